"""Source code of ``automation/model/rows.py``: one frozen row type a sheet, generated from the catalogue.

Not here: the row types themselves. ``python -m automation schema rows`` writes them and a test compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.schema.catalogue import Catalogue, Column, Sheet

TYPES = {
    "id": "str | None",
    "text": "str | None",
    "long": "str | None",
    "enum": "str | None",
    "ref": "str | None",
    "int": "int | None",
    "num": "float | None",
    "pct": "float | None",
    "money": "Decimal | None",
    "date": "date | None",
    "dt": "datetime | None",
    "mref": "tuple[str, ...]",
}

HEAD = '''"""Row types of every sheet with rows, generated from ``schemas/``: do not edit, run ``deliverybook schema rows``.

A field is ``None`` when its cell is empty or holds something that cannot be read as its kind (the data checks
say so). List values are codes, ``mref`` columns are tuples of ids, percentages run from 0 to 100, money is Decimal.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
'''

SHEETS_WITHOUT_ROWS = frozenset({"dashboard", "lists"})


def class_name(sheet: Sheet) -> str:
    """The name of a sheet's row type, such as ``RequirementsRow``."""
    return f"{sheet.id.title().replace('_', '')}Row"


def source(catalogue: Catalogue) -> str:
    """The whole source text of ``automation/model/rows.py``."""
    sheets = [sheet for sheet in catalogue.sheets.values() if sheet.id not in SHEETS_WITHOUT_ROWS]
    parts = [HEAD, *(_row_class(sheet) for sheet in sheets), _rows_class(sheets), _types(sheets)]
    return "\n\n".join(parts)


def _row_class(sheet: Sheet) -> str:
    lines = [
        f"class {class_name(sheet)}(NamedTuple):",
        f'    """One row of {sheet.id} ({sheet.label.zh})."""',
        "",
        "    row: int",
        '    """Row number in Excel, from 1."""',
    ]
    for column in sheet.columns:
        lines += _field(column)
    return "\n".join(lines) + "\n"


def _field(column: Column) -> list[str]:
    return [f"    {column.id}: {TYPES[column.kind]}", f'    """{column.label.en}."""']


def _rows_class(sheets: list[Sheet]) -> str:
    lines = ["class Rows(NamedTuple):", '    """The rows of every sheet, in sheet order."""', ""]
    lines += [f"    {sheet.id}: tuple[{class_name(sheet)}, ...]" for sheet in sheets]
    return "\n".join(lines) + "\n"


def _types(sheets: list[Sheet]) -> str:
    lines = ["ROW_TYPES: dict[str, type[NamedTuple]] = {"]
    lines += [f'    "{sheet.id}": {class_name(sheet)},' for sheet in sheets]
    return "\n".join([*lines, "}"]) + "\n"
