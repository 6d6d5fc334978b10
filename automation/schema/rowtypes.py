"""Source code of ``automation/model/rows.py``: one frozen row type a sheet, generated from the catalogue.

Not here: the row types themselves. ``python -m automation schema rows`` writes them and a test compares.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

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
``row`` is the row number in Excel, from 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.model.rowtype import row_type

if TYPE_CHECKING:
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
    sheets = [
        sheet for sheet in catalogue.sheets.values() if sheet.id not in SHEETS_WITHOUT_ROWS and sheet.kind != "analysis"
    ]
    typed = [*(_typed_class(sheet) for sheet in sheets), _typed_rows(sheets)]
    made = [
        *(_made(class_name(sheet), ("row", *sheet.by_id)) for sheet in sheets),
        _made("Rows", [s.id for s in sheets]),
    ]
    parts = [HEAD, *typed]
    return "\n".join(parts) + "\nelse:\n" + "\n".join(made) + "\n\n" + _types(sheets)


def _typed_class(sheet: Sheet) -> str:
    lines = [
        f"    class {class_name(sheet)}(NamedTuple):",
        f'        """One row of {sheet.id} ({sheet.label.zh})."""',
        "",
    ]
    lines.append("        row: int")
    lines += [_field(column) for column in sheet.columns]
    return "\n".join(lines) + "\n"


def _field(column: Column) -> str:
    return f"        {column.id}: {TYPES[column.kind]}"


def _typed_rows(sheets: list[Sheet]) -> str:
    lines = ["    class Rows(NamedTuple):", '        """The rows of every sheet, in sheet order."""', ""]
    lines += [f"        {sheet.id}: tuple[{class_name(sheet)}, ...]" for sheet in sheets]
    return "\n".join(lines) + "\n"


def _made(name: str, fields: Iterable[str]) -> str:
    lines = textwrap.wrap(" ".join(fields), 100)
    text = "\n".join(f'        "{line}{" " if number < len(lines) else ""}"' for number, line in enumerate(lines, 1))
    if len(lines) == 1 and len(text) + len(name) < 90:  # noqa: PLR2004 - one line where the formatter would
        return f'    {name} = row_type("{name}", {text.strip()})'
    return f'    {name} = row_type(\n        "{name}",\n{text},\n    )'


def _types(sheets: list[Sheet]) -> str:
    lines = ["ROW_TYPES: dict[str, Any] = {"]
    lines += [f'    "{sheet.id}": {class_name(sheet)},' for sheet in sheets]
    return "\n".join([*lines, "}"]) + "\n"
