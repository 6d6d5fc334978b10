"""Opening a workbook for a command: read, build, settings in force, status date.

Not here: performing what the command wants (``front.runner``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.collecting import paused
from automation.base.days import FIRST_YEAR, LAST_YEAR, is_plausible
from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import dataclass, field, replace
from automation.commands.request import Request
from automation.front.library import Library
from automation.model.project import build
from automation.schema.parameters import with_options, with_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from automation.base.findings import Finding, Language
    from automation.base.settings import Settings
    from automation.model.project import Project
    from automation.model.tables import Raw
    from automation.schema.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Common:
    """The options that every command understands; ``None`` means not given."""

    language: Language | None = None
    status_date: date | None = None
    config: Path | None = None
    out: Path | None = None
    dry_run: bool = False
    quiet: bool = False
    json: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)


def request_of(raw: Raw, folder: Path | None, common: Common) -> Request:
    """The request on a workbook as read, with what lies beside it in ``folder`` (``None``: only what is shipped).

    A parameter ``kept`` is replaced by the entries of the file that it names (see ``undo_note``).
    """
    library = Library(folder)
    with paused():
        project, read_findings = build(raw, library.catalogue())
    catalogue = library.catalogue()
    settings, config_findings = library.settings(common.config, catalogue)
    settings, sheet_findings = with_rows(settings, setting_rows(project), catalogue)
    settings = with_options(settings, {"status_date": common.status_date, "language": common.language})
    findings = (*config_findings, *sheet_findings, *read_findings)
    parameters = {"language": common.language, "folder": _made_in(folder, settings, common), **common.parameters}
    if "kept" in parameters:
        from automation.front.undo_note import with_kept  # noqa: PLC0415 - one command in ten waits for it

        parameters = with_kept(parameters, project, raw)
    request = request_on(project, findings, catalogue, settings, parameters)
    return _with_company_rules(request, common.config) if settings.company else request


def _made_in(folder: Path | None, settings: Settings, common: Common) -> str:
    """Where documents go, as it is written into the workbook: from the workbook's folder on where they lie below it."""
    if common.out is None:
        return settings.text("output_folder").strip("/")
    out = common.out.resolve()
    below = folder is not None and out.is_relative_to(folder)
    return (out.relative_to(folder) if folder is not None and below else out).as_posix().removeprefix(".")


def _with_company_rules(request: Request, config: Path | None) -> Request:
    from automation.front.company_rules import company_rules  # noqa: PLC0415 - few companies have any

    found = company_rules(request.settings.company, config)
    messages = {**request.catalogue.rule_messages, **found.messages}
    return replace(
        request,
        catalogue=replace(request.catalogue, rule_messages=messages),
        rules=(*request.rules, *found.rules),
        failures=found.failures,
    )


def request_on(
    project: Project,
    findings: tuple[Finding, ...],
    catalogue: Catalogue,
    settings: Settings,
    parameters: Mapping[str, Any],
) -> Request:
    """The request on a built project. Raises UsageError when the settings hold no status date that can be meant."""
    if settings.status_date is None:
        unread = next((one for one in findings if one.rule == "CONFIG" and one.place.key == "status_date"), None)
        if unread is not None:
            raise _unread_status_date(unread, catalogue)
        sheet = catalogue.sheets["settings"].label
        raise UsageError(
            Text(
                f"没有状态日期：请在“{sheet.zh}”表的 status_date 行填写日期，或加选项 --status-date 2026-06-12。",
                f"No status date: fill the status_date row of the '{sheet.en}' sheet, or add --status-date 2026-06-12.",
            ),
            code="NO_STATUS_DATE",
        )
    if not is_plausible(settings.status_date):
        raise UsageError(
            Text(
                f"状态日期 {settings.status_date} 不合理：请使用 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间的日期。",
                f"The status date {settings.status_date} is implausible: use one of the years {FIRST_YEAR} to {LAST_YEAR}.",
            ),
            code="STATUS_DATE_UNREADABLE",
        )
    return Request(project, findings, catalogue, settings, settings.status_date, parameters)


def _unread_status_date(found: Finding, catalogue: Catalogue) -> UsageError:
    """The error for a status date that stands in the settings sheet or in config.yaml but cannot be understood."""
    sheet = catalogue.sheets["settings"].label
    where = Text(f"“{sheet.zh}”表 {found.place.cell}", f"Cell {found.place.cell} of the '{sheet.en}' sheet")
    where = where if found.place.cell else Text("config.yaml", "config.yaml")
    return UsageError(
        Text(
            f"{where.zh} 的状态日期填了“{found.value}”，无法使用：请改为日期，例如 2026-06-12，"
            "或加选项 --status-date 2026-06-12。",
            f"{where.en} holds the status date '{found.value}', which cannot be used: type a date such as 2026-06-12, "
            "or add --status-date 2026-06-12.",
        ),
        code="STATUS_DATE_UNREADABLE",
    )


def setting_rows(project: Project) -> list[tuple[str, object, Any]]:
    """Key, value as read, place: the value column is text for the schema, but dates and numbers are typed there."""
    table = project.tables["settings"]
    return [
        (row.key, row.value, table.place(index, "value")) for index, row in enumerate(table.rows) if row.key is not None
    ]
