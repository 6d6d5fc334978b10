"""Links to places in the same workbook on an open sheet, without what Excel does to the cells that get one.

Not here: links out of the workbook, which are never touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.excel.areas import Area, area_of, runs
from automation.excel.live.taking import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.excel.live.native import Font, NativeSheet


def inner_links(sheet: NativeSheet, area: Area) -> dict[str, str]:
    """The places in this workbook that cells of an area lead to, by A1 address."""
    return {
        link.area.text(): link.place
        for link in sheet.links()
        if not link.address
        and area.holds(link.area.top, link.area.left)
        and area.holds(link.area.bottom, link.area.right)
    }


def put_links(
    sheet: NativeSheet, area: Area, links: Mapping[str, str], *, present: Mapping[str, str] | None = None
) -> None:
    """Exactly these links to places in this workbook stand in an area afterwards; values and looks stay.

    ``present`` are those that stand there now, where that is known already. Excel makes linked cells blue and writes the
    place into empty ones, so fonts are put back by column and values looked at once more.
    """
    if present is None:
        present = inner_links(sheet, area)
    gone = [area_of(cell) for cell, place in present.items() if links.get(cell) != place]
    alone = [cell for cell in gone if (cell.top, cell.left) == (cell.bottom, cell.right)]
    for part in (*runs((cell.top, cell.left) for cell in alone), *(cell for cell in gone if cell not in alone)):
        sheet.clear_links(part)
    added = {cell: place for cell, place in links.items() if present.get(cell) != place}
    if not added:
        return
    touched = _around([area_of(cell) for cell in added])
    values = sheet.values(touched)
    fonts = list(_fonts(sheet, [area_of(cell) for cell in added]))
    for cell, place in added.items():
        sheet.add_link(area_of(cell), place)
    for part, font in fonts:
        sheet.put_font(part, font)
    for down, (now, before) in enumerate(zip(sheet.values(touched), values, strict=True)):
        for across, value in enumerate(before):
            if now[across] != value and value in {None, ""}:
                row, column = touched.top + down, touched.left + across
                sheet.put(Area(row, column, row, column), [[None]])


def _fonts(sheet: NativeSheet, cells: Sequence[Area]) -> Iterator[tuple[Area, Font]]:
    """The fonts of cells, asked for whole runs in a column and, where they differ, for halves."""
    places = sorted((cell.left, cell.top) for cell in cells)
    start = 0
    for number in range(1, len(places) + 1):
        ended = number == len(places) or places[number] != (places[number - 1][0], places[number - 1][1] + 1)
        if ended:
            column, top = places[start]
            run = Area(top, column, places[number - 1][1], column)
            yield from ((part, font) for part, font in pieces(run, lambda part: _one_font(sheet, part)) if font)
            start = number


def _one_font(sheet: NativeSheet, area: Area) -> Font | None:
    """The font of cells that all have it; of a single cell in any case, whatever its letters have."""
    font = sheet.font(area)
    return None if None in font and area.top != area.bottom else font


def _around(cells: Sequence[Area]) -> Area:
    """The smallest area that holds all cells."""
    return Area(
        min(cell.top for cell in cells),
        min(cell.left for cell in cells),
        max(cell.bottom for cell in cells),
        max(cell.right for cell in cells),
    )
