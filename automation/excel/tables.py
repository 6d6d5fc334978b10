"""A table (Insert > Table) as its part describes it: where it stands, its columns, and the part with a new last row.

Not here: the rows of the worksheet under it (``rows``).
"""

from __future__ import annotations

from automation.base.records import dataclass
from automation.excel.areas import Area, area_of
from automation.excel.markup import Node, attribute_text, splice, tag_with


@dataclass(frozen=True, slots=True)
class Formula:
    """The formula of a calculated column, for a new cell; ``text`` is without the equals sign."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; ``formula`` is that of a calculated column, ``""`` for any other."""

    name: str
    formula: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its part, its whole range, how many header rows and totals rows it has, its columns."""

    part: str
    area: Area
    header_rows: int
    totals_rows: int
    columns: tuple[Column, ...]

    @property
    def first_row(self) -> int:
        """The row of the first data row."""
        return self.area.top + self.header_rows

    @property
    def last_row(self) -> int:
        """The row of the last data row."""
        return self.area.bottom - self.totals_rows

    @property
    def data(self) -> Area:
        """The data rows."""
        return self.area._replace(top=self.first_row, bottom=self.last_row)

    @property
    def fixed(self) -> list[Area]:
        """The header rows and totals rows, whose cells must agree with the table's part."""
        areas = []
        if self.header_rows:
            areas.append(self.area._replace(bottom=self.first_row - 1))
        if self.totals_rows:
            areas.append(self.area._replace(top=self.last_row + 1))
        return areas


def table_of(part: str, root: Node) -> Table:
    """The table that a table part describes."""
    columns = []
    holder = root.child("tableColumns")
    for node in holder.children if holder else ():
        formula = node.child("calculatedColumnFormula")
        columns.append(Column(node.attributes.get("name", ""), formula.text if formula else ""))
    return Table(
        part,
        area_of(root.required("ref")),
        root.number("headerRowCount", 1),
        root.number("totalsRowCount", 0),
        tuple(columns),
    )


def resized(xml: bytes, root: Node, *, last_row: int) -> bytes:
    """The table part with its range, its filter's and its sorting's ending at ``last_row``."""
    old = area_of(root.required("ref")).bottom
    pieces = []
    for node in (root, *root.all("autoFilter"), *root.all("sortState"), *root.all("sortCondition")):
        area = area_of(node.attributes.get("ref", root.required("ref")))
        if "ref" in node.attributes and area.bottom == old:
            text = attribute_text(area._replace(bottom=max(last_row, area.top)).text())
            pieces.append((node.start, node.inner, tag_with(xml[node.start : node.inner], {b"ref": text})))
    return splice(xml, pieces)
