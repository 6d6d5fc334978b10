"""The workbook in the other language (B27): names of sheets, headings, list cells, help; what a person typed stays.

Not here: how a file is changed (``excel.language``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.model.analyses import analysis_place
from automation.model.effects import CellEdit, LogEntry, Need, Outcome, SwitchLanguage
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.base.findings import Language
    from automation.commands.request import Request
    from automation.model.project import Table
    from automation.schema.catalogue import Sheet

LANGUAGES: Mapping[Language, Text] = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}
HISTORY = "log"
"""The sheet whose cells tell what was, in the words of then."""
UNITS = "parameter_unit"
"""The list of the units in the settings sheet, whose column is text."""
SHEET_NAME = "sheet"
"""The column of system and analysis sheets that holds names of sheets."""
_SHOWN = {"zh": ("_en", "_zh"), "en": ("_zh", "_en")}
"""By language: the endings of columns that are folded away and of those that are shown."""


def switch_language(request: Request) -> Outcome:
    """The workbook in the language of parameter ``to`` (default: the other one); nothing when it is in that language.

    Raises UsageError for another language than ``zh`` and ``en``.
    """
    new = _asked(request)
    old = request.language
    if new == old:
        name = LANGUAGES[new]
        return Outcome(
            figures={"language": new},
            lines=(Text(f"工作簿已经是{name.zh}。", f"The workbook is in {name.en} already."),),
        )
    edits = [*_column_names(request, old, new), *_setting(request, new)]
    return Outcome(
        edits=(*edits, _switch(request, old, new)),
        figures={"language": new},
        lines=tuple(_lines(new)),
        notices=tuple(_notices(request, edits)),
        log=(LogEntry("switch-language", "settings", "language", "value", old, new),),
        noted=True,
        needs=(Need("edit", "settings"),),
    )


def _asked(request: Request) -> Language:
    asked = str(request.parameters.get("to") or "").strip().lower()
    if asked == "zh" or (not asked and request.language == "en"):
        return "zh"
    if asked == "en" or not asked:
        return "en"
    raise UsageError(
        Text(
            f"没有语言“{asked}”：--to 后请写 zh 或 en。", f"There is no language '{asked}': write zh or en after --to."
        ),
        code="NO_SUCH_LANGUAGE",
    )


def _switch(request: Request, old: Language, new: Language) -> SwitchLanguage:
    sheets = {sheet.label.in_(old): sheet.label.in_(new) for sheet in request.catalogue.sheets.values()}
    headings: dict[str, Mapping[str, tuple[str, str]]] = {}
    labels: dict[str, Mapping[int, Mapping[str, str]]] = {}
    first_rows: dict[str, int] = {}
    folded = {}
    for table in request.project.tables.values():
        if not table.columns:
            continue
        headings[table.name] = _headings(table.sheet, table.columns, table.header_row, old, new)
        first_rows[table.name] = table.header_row + 1
        if table.sheet.id != HISTORY:
            labels[table.name] = _labels(request, table.sheet, table.columns, sheets, (old, new))
        folded[table.name] = _folded(table, new)
    for name, worksheet in request.project.analyses.items():
        sheet = request.catalogue.sheets[name]
        place = analysis_place(worksheet, sheet)
        if place is not None:
            headings[place.name] = _headings(sheet, place.columns, place.header_row, old, new)
            first_rows[place.name] = place.header_row + 1
            labels[place.name] = _labels(request, sheet, place.columns, sheets, (old, new))
    return SwitchLanguage(
        language=new,
        sheets=sheets,
        headings=headings,
        labels=labels,
        first_rows=first_rows,
        folded=folded,
        catalogue=request.catalogue,
    )


def _headings(
    sheet: Sheet, columns: Mapping[str, int], row: int, old: Language, new: Language
) -> dict[str, tuple[str, str]]:
    """What stands in the cells of the headings and what will."""
    found = {address(row, number): sheet.column(name).label for name, number in columns.items()}
    return {cell: (label.in_(old), label.in_(new)) for cell, label in found.items()}


def _labels(
    request: Request,
    sheet: Sheet,
    columns: Mapping[str, int],
    sheets: Mapping[str, str],
    languages: tuple[Language, Language],
) -> dict[int, Mapping[str, str]]:
    """Old and new texts by column number, of columns with a list and of those that name sheets."""
    found: dict[int, Mapping[str, str]] = {}
    for name, number in columns.items():
        list_id = UNITS if (sheet.id, name) == ("settings", "unit") else sheet.column(name).list
        if list_id:
            found[number] = _of_list(request, list_id, languages)
        elif name == SHEET_NAME and sheet.kind != "business":
            found[number] = sheets
    return found


def _of_list(request: Request, list_id: str, languages: tuple[Language, Language]) -> dict[str, str]:
    old, new = languages
    values = request.catalogue.lists[list_id].values
    return {
        value.label.in_(old): value.label.in_(new) for value in values if value.label.in_(old) != value.label.in_(new)
    }


def _folded(table: Table, new: Language) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns to fold away and those to show in their place: of pairs such as ``message_zh`` and ``message_en``."""
    away, shown = _SHOWN[new]
    if table.sheet.kind != "system":
        return (), ()
    names = [name.removesuffix(away) for name in table.columns if name.endswith(away)]
    pairs = [
        (table.columns[name + away], table.columns[name + shown]) for name in names if name + shown in table.columns
    ]
    return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)


def _column_names(request: Request, old: Language, new: Language) -> Iterator[CellEdit]:
    """The names of columns in the findings sheet; which column it is depends on the sheet that the row names."""
    table = request.project.tables["findings"]
    sheets = {text: sheet for sheet in request.catalogue.sheets.values() for text in (*sheet.label, sheet.id)}
    for row in request.project.rows.findings:
        sheet = sheets.get(row.sheet or "")
        columns = sheet.columns if sheet and row.column else ()
        label = next((one.label for one in columns if one.label.in_(old) == row.column), None)
        cell = table.cell(row.row, "column")
        if label is not None and cell and label.in_(new) != row.column:
            yield CellEdit(table.name, cell, label.in_(new))


def _setting(request: Request, new: Language) -> Iterator[CellEdit]:
    table = request.project.tables["settings"]
    row: Any = table.by_key.get("language")
    cell = table.cell(row.row, "value") if row is not None else ""
    if cell:
        yield CellEdit(table.name, cell, new)


def _lines(new: Language) -> Iterator[Text]:
    name = LANGUAGES[new]
    yield Text(
        f"工作簿切换为{name.zh}：表名、列标题、列表取值、下拉列表、填写说明和图表。您填写的内容保持原样。",
        f"The workbook in {name.en}: sheet names, headings, list values, drop-downs, help and charts. What you typed stays as "
        "it is.",
    )


def _notices(request: Request, edits: list[CellEdit]) -> Iterator[Text]:
    if not any(edit.sheet == request.project.tables["settings"].name for edit in edits):
        yield Text(
            "参数表没有 language 一行，消息的语言仍由 config.yaml 决定。",
            "The settings sheet has no row language, so config.yaml still decides on the language of messages.",
        )
    filled = [
        request.catalogue.sheets[name].label
        for name, worksheet in request.project.analyses.items()
        if (place := analysis_place(worksheet, request.catalogue.sheets[name])) is not None
        and any(True for _ in place.filled(place.header_row + 1, 1, max(place.columns.values())))
    ]
    if filled:
        yield Text(
            f"分析表中由命令写入的文字在下次运行该命令时更新：{'、'.join(label.zh for label in filled)}。",
            f"Texts that commands wrote into analyses change when they run again: {', '.join(label.en for label in filled)}.",
        )
