"""Projects from text tables, so that a test of a rule or command shows the rows that it is about.

A text is what ``automation.deviations.examples`` reads: ``status date``, then for each sheet its identifier, a
header of column identifiers and rows parted by ``|``. Columns that a table leaves out are empty, but for the key
(numbered), the project (PRJ-001) and the few defaults below; a project row is added where there is none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from automation.base.settings import RuleSetting, Settings
from automation.commands.request import Request
from automation.deviations.examples import WORDS_APART, Example, ExampleTable, example
from automation.deviations.registry import RULES
from automation.deviations.running import judge
from automation.model.project import build
from automation.model.tables import Raw, RawSheet
from automation.planning.workbook import plans_of
from automation.schema import catalogue as catalogues
from automation.schema.parameters import defaults, value_of

if TYPE_CHECKING:
    from automation.base.findings import Finding
    from automation.base.rules import Rule
    from automation.deviations.case import Case
    from automation.deviations.running import Judged
    from automation.model.project import Project
    from automation.schema.catalogue import Catalogue

SCHEMAS = Path(__file__).parents[1] / "schemas"
DEFAULTS = {
    "projects": {"name": "Example", "status": "running", "start_planned": "2026-05-25", "project_manager": "RES-001"},
    "plan": {
        "name": "Task",
        "kind": "task",
        "phase": "design_and_development",
        "owner": "RES-001",
        "duration": "5",
        "percent_complete": "0",
    },
    "requirements": {"title": "Requirement", "description": "What the customer needs", "owner": "RES-002"},
    "changes": {"title": "Change"},
    "risks": {"title": "Risk", "identified_on": "2026-06-10", "owner": "RES-003"},
}
PROJECT = "projects\n project_id | name\n PRJ-001 | Example"


class Sample(NamedTuple):
    """A project with what is needed to judge it, and the (sheet, row number) of its marked rows."""

    case: Case
    marked: frozenset[tuple[str, str]]


@cache
def catalogue() -> Catalogue:
    """The catalogue of the repository's schemas."""
    paths = sorted(SCHEMAS.rglob("*.yaml"))
    return catalogues.parse({path.relative_to(SCHEMAS).as_posix(): path.read_text("utf-8") for path in paths})


def settings(**values: object) -> Settings:
    """The default settings with some values replaced."""
    known = catalogue().parameters
    return Settings(defaults(catalogue()) | {key: value_of(known[key], value) for key, value in values.items()})


def project_of(tables: str | Example, *, lacks: tuple[str, ...] = ()) -> Project:
    """The project of a text of tables, in a workbook that lacks the columns ``sheet.column`` given."""
    found = tables if isinstance(tables, Example) else example(tables)
    parts = list(found.tables)
    if all(table.sheet != "projects" for table in parts):
        parts += example(PROJECT).tables
    sheets = tuple(_without(_sheet(table), lacks) for table in parts)
    return build(Raw("book.xlsx", sheets), catalogue())[0]


def _without(sheet: RawSheet, lacks: tuple[str, ...]) -> RawSheet:
    header = sheet.rows[0]
    kept = [place for place, name in enumerate(header) if f"{sheet.name}.{name}" not in lacks]
    return RawSheet(sheet.name, [[row[place] for place in kept] for row in sheet.rows])


def sample(
    tables: str | Example,
    *,
    failed: frozenset[tuple[str, int, str]] = frozenset(),
    lacks: tuple[str, ...] = (),
    **values: object,
) -> Sample:
    """The case of a text of tables; ``values`` replace settings, ``failed`` are cells with an error."""
    found = tables if isinstance(tables, Example) else example(tables)
    project = project_of(found, lacks=lacks)
    request = Request(project, (), catalogue(), settings(**values), found.status_date)
    case = replace(
        request.case, plans=plans_of(project, request.calendar, found.status_date, failed=failed), failed=failed
    )
    marked = {
        (table.sheet, project.tables[table.sheet].keys[index]) for table in found.tables for index in table.marked
    }
    return Sample(case, frozenset(marked))


def judged(rule: Rule, tables: str | Example, **values: object) -> Judged:
    """What one rule says about a text of tables."""
    return judge([rule], sample(tables, **values).case)


def reported(rule: str, tables: str | Example, **values: object) -> dict[str, Finding]:
    """The findings of the rule with that id on a text of tables, by row key; several on one row are an error."""
    found = judged(next(one for one in RULES if one.id == rule), tables, **values).findings
    by_key = {finding.place.key: finding for finding in found}
    assert len(by_key) == len(found)
    return by_key


def switched_off(case: Case, rule: Rule) -> Case:
    """The case in a company that has switched a rule off."""
    return replace(case, settings=Settings(case.settings.values, {rule.id: RuleSetting(enabled=False)}))


def _sheet(table: ExampleTable) -> RawSheet:
    sheet = catalogue().sheets[table.sheet]
    unknown = set(table.columns) - set(sheet.by_id)
    assert not unknown, f"{table.sheet} has no columns {unknown}"
    columns = [column.id for column in sheet.columns]
    fixed = dict(DEFAULTS.get(table.sheet, {}))
    if "project_id" in columns:
        fixed.setdefault("project_id", "PRJ-001")
    rows = []
    for number, row in enumerate(table.rows, start=1):
        texts = {sheet.key: f"{sheet.prefix}-{number:03}"} | fixed | dict(zip(table.columns, row, strict=True))
        if table.sheet == "plan":
            texts.setdefault("wbs", f"1.{number}")
            if "status" not in table.columns:
                texts["status"] = _task_status(texts)
        rows.append([_value(sheet.column(name).kind, texts.get(name, "")) for name in columns])
    return RawSheet(table.sheet, [list(columns), *rows])


def _task_status(texts: dict[str, str]) -> str:
    if texts.get("actual_finish") or texts["percent_complete"] == "100":
        return "done"
    return "in_progress" if texts.get("actual_start") else "not_started"


def _value(kind: str, text: str) -> object:
    if not text:
        return None
    if kind in {"int", "num", "money", "pct"}:
        return float(text)
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "dt":
        return datetime.fromisoformat(text)
    return text.partition(WORDS_APART)[0]
