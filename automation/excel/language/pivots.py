"""Pivot tables and slicers that know our columns by their headings, and their items by the texts of cells.

They find their columns again at the next refresh, because the names that they remember change with the headings. Not here:
the headings and cells themselves (``switching``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.excel.areas import area_of
from automation.excel.language.references import with_attributes
from automation.excel.markup import plain_text, splice
from automation.excel.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from automation.excel.areas import Area
    from automation.excel.book import Book
    from automation.excel.cells import Piece


class Source(NamedTuple):
    """A table that pivot tables and slicers may be about: its number and names in the workbook, where it stands.

    ``columns`` are old and new headings, ``values`` old and new texts of cells by old heading.
    """

    number: int
    names: frozenset[str]
    sheet: str
    area: Area
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


def switch_pivots(book: Book, sources: Sequence[Source], sheets: Mapping[str, str]) -> bool:
    """Let pivot tables and slicers know the new names of columns, items and sheets; whether there are pivot tables on ours.

    Refused where it cannot be told which column a slicer is about.
    """
    about: list[Source] = []
    parts = [(name, name.lower().rpartition("/")[2]) for name in book.package.names() if name.lower().endswith(".xml")]
    for name, file in parts:
        if file.startswith("pivotcachedefinition"):
            about += _switch_cache(book, name, sources, sheets)
    for name, file in parts:
        if file.startswith("slicercache"):
            _switch_slicer(book, name, sources, about)
    return bool(about)


def _switch_cache(book: Book, part: str, sources: Iterable[Source], sheets: Mapping[str, str]) -> list[Source]:
    """One cache of pivot tables; the table that it is about, if it is one of ours."""
    root, xml = book.tree(part), book.xml(part)
    place = next(root.all("worksheetSource"), None)
    if place is None:
        return []
    pieces: list[Piece] = []
    sheet = place.attributes.get("sheet", "")
    if sheet in sheets:
        pieces.append((place.start, place.inner, with_attributes(xml, place, {"sheet": sheets[sheet]})))
    name, ref = place.attributes.get("name", ""), place.attributes.get("ref", "")
    found = [
        one
        for one in sources
        if name in one.names
        or (sheet == one.sheet and ref and area_of(ref).meets(one.area._replace(bottom=one.area.top)))
    ]
    for field in root.all("cacheField") if found else ():
        old = plain_text(field.attributes.get("name", ""))
        if old in found[0].columns:
            pieces.append((field.start, field.inner, with_attributes(xml, field, {"name": found[0].columns[old]})))
        known = found[0].values.get(old, {})
        for item in (one for holder in field.all("sharedItems") for one in holder.all("s")):
            new = known.get(plain_text(item.attributes.get("v", "")))
            if new is not None:
                pieces.append((item.start, item.inner, with_attributes(xml, item, {"v": new})))
    book.put(part, splice(xml, pieces))
    return found[:1]


def _switch_slicer(book: Book, part: str, sources: Iterable[Source], about: Sequence[Source]) -> None:
    """One cache of slicers: of a table, or of pivot tables about one."""
    root, xml = book.tree(part), book.xml(part)
    old = plain_text(root.attributes.get("sourceName", ""))
    table = next(root.all("tableSlicerCache"), None)
    if table is not None:
        number = table.number("tableId", 0)
        new = {one.columns[old] for one in sources if one.number == number and old in one.columns}
    else:
        new = {one.columns.get(old, old) for one in about}
    if len(new) > 1:
        raise refused("knows-headings", detail=old)
    if new and new != {old}:
        book.put(part, splice(xml, [(root.start, root.inner, with_attributes(xml, root, {"sourceName": new.pop()}))]))
