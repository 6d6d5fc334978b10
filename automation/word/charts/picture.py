"""A finished picture. Not here: the drawing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.records import dataclass

if TYPE_CHECKING:
    from automation.base.findings import Text


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with the size at which it is printed; the same values give the same bytes on one computer.

    ``caption`` is what stands under it in a document, without a number. ``alternative`` says in one to three sentences
    what it shows, with its figures, for those who cannot see it.
    """

    png: bytes
    width_mm: float
    height_mm: float
    caption: Text
    alternative: Text
