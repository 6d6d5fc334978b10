"""The bytes of a picture: a PNG of at most 256 colours, a third of the size of one with all and not to be told from it.

Not here: the drawing.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence

COLOURS, AREAS = 256, 64
"""The colours of a picture, and how many of them, those of areas, are exactly as drawn."""

Colour = tuple[int, int, int]


def png_of(image: Image.Image, *, dpi: int) -> bytes:
    """The PNG of an image with its resolution, without time and program; equal images give equal bytes."""
    full = image.convert("RGB")
    few = full.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    counted: list[tuple[int, Any]] = full.getcolors(full.width * full.height) or []
    areas = [colour for _, colour in sorted(counted, key=lambda one: (-one[0], one[1]))[:AREAS]]
    few.putpalette(_with_areas(few.getpalette() or [], areas))
    target = io.BytesIO()
    few.save(target, "PNG", dpi=(dpi, dpi), optimize=True)
    return target.getvalue()


def _with_areas(palette: Sequence[int], areas: Sequence[Colour]) -> list[int]:
    """A palette (red, green, blue of each entry in turn) in which the entry next to an area's colour is that colour.

    Of two areas next to the same entry the first one has it.
    """
    entries: list[Colour] = [(palette[at], palette[at + 1], palette[at + 2]) for at in range(0, len(palette), 3)]
    taken: set[int] = set()
    for colour in areas if entries else ():
        nearest = min(range(len(entries)), key=lambda number: (_distance(entries[number], colour), number))
        if nearest not in taken:
            entries[nearest] = colour
            taken.add(nearest)
    return [part for entry in entries for part in entry]


def _distance(one: Colour, other: Colour) -> int:
    return sum((left - right) ** 2 for left, right in zip(one, other, strict=True))
