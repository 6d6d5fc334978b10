"""What people ask of the workbook itself: a dated copy, the settings in force, help on a sheet.

Not here: the copying (``front.runner``) and what settings mean (``schema.parameters``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.sheet_names import sheet_named
from automation.model.effects import LogEntry, Outcome

if TYPE_CHECKING:
    from automation.commands.request import Request
    from automation.schema.catalogue import Parameter, Sheet


CHOOSE = Text(
    "各表的用途如下；先切换到一张业务表再点帮助，可看该表各列的说明。",
    "What each sheet is for; go to one of them and ask again for what goes into its columns.",
)


def backup(request: Request) -> Outcome:  # noqa: ARG001 - every command is asked in the same way
    """A dated copy of the workbook as it is, noted in its log."""
    return Outcome(copy=True, log=(LogEntry("backup"),))


def settings(request: Request) -> Outcome:
    """Every setting in force: its value, its unit, its name and key; those that differ from their default first."""
    parameters = sorted(request.catalogue.parameters.values(), key=lambda one: not _is_changed(request, one))
    lines = tuple(_setting(request, one) for one in parameters)
    values = {one.key: request.settings.values[one.key] for one in parameters}
    return Outcome(lines=lines, tables={"settings": values}, goto=_top(request, "settings"))


def guide(request: Request) -> Outcome:
    """What a sheet is for and what goes into each column. Parameter: ``sheet`` (default: what each sheet is for).

    Raises UsageError for a sheet that the workbook does not have.
    """
    name = str(request.parameters.get("sheet") or "")
    if not name:
        return Outcome(lines=(CHOOSE, *map(_sheet_line, request.catalogue.sheets.values())))
    sheet = sheet_named(request, name, business=False)
    lines = (_sheet_line(sheet), *(_column_line(sheet, one.id) for one in sheet.columns))
    return Outcome(lines=lines)


def _top(request: Request, sheet: str) -> str:
    """The first cell below the headings of a sheet, ``""`` when the workbook lacks it."""
    table = request.project.tables[sheet]
    return f"'{table.name}'!A{table.header_row + 1}" if table.columns else ""


def _is_changed(request: Request, parameter: Parameter) -> bool:
    return bool(request.settings.values[parameter.key] != parameter.default)


def _setting(request: Request, parameter: Parameter) -> Text:
    value = _shown(request.settings.values[parameter.key])
    mark = "*" if _is_changed(request, parameter) else " "
    unit = request.catalogue.lists["parameter_unit"]
    zh, en = (
        f" {unit.label(parameter.unit, language)}" if parameter.unit and value else "" for language in ("zh", "en")
    )
    label = parameter.label
    return Text(
        f"{mark} {label.zh} = {value or '(空)'}{zh}  [{parameter.key}]",
        f"{mark} {label.en} = {value or '(empty)'}{en}  [{parameter.key}]",
    )


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _sheet_line(sheet: Sheet) -> Text:
    return Text(f"{sheet.label.zh}：{sheet.purpose.zh}", f"{sheet.label.en}: {sheet.purpose.en}")


def _column_line(sheet: Sheet, name: str) -> Text:
    column = sheet.column(name)
    return Text(f"  {column.label.zh}：{column.hint.zh}", f"  {column.label.en}: {column.hint.en}")
