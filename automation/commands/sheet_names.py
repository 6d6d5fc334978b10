"""A sheet that somebody names: by its identifier, by either label, or by the name it has in the workbook.

Not here: which worksheets are ours (``model.headers``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.commands.request import Request
    from automation.schema.catalogue import Sheet


KNOWN = 6
"""How many sheets an error names."""


def sheet_named(request: Request, name: str, *, business: bool = True) -> Sheet:
    """The sheet of that name. Raises UsageError when the workbook has none (``business``: that people fill in)."""
    folded = name.strip().casefold()
    for sheet in request.catalogue.business if business else request.catalogue.sheets.values():
        table = request.project.tables.get(sheet.id)
        names = {sheet.id, *sheet.label, table.name if table else ""}
        if folded and folded in map(str.casefold, names):
            if table is not None and not table.columns:
                break
            return sheet
    known = request.catalogue.business[:KNOWN]
    zh, en = "、".join(one.label.zh for one in known), ", ".join(one.label.en for one in known)
    raise UsageError(
        Text(
            f"“{name}”不是可以使用此功能的业务表：请先切换到业务表，例如{zh}……",
            f"'{name}' is not a sheet that this works on: go to one such as {en} ...",
        ),
        code="NO_SUCH_SHEET",
    )


def known_sheets(request: Request, names: Iterable[str]) -> list[Sheet]:
    """The sheets of ours that have these names in the workbook, each once, in the order given."""
    by_name = {table.name: table.sheet for table in request.project.tables.values() if table.columns}
    return [by_name[name] for name in dict.fromkeys(names) if name in by_name]
