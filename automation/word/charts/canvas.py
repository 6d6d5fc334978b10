"""A picture in the making: a figure measured in millimetres from its top left corner, and its bytes when it is finished.

Not here: what is drawn. No state of matplotlib is left changed; pictures are drawn one at a time.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from PIL import Image

from automation.base.findings import EMPTY, Text
from automation.word.charts import fonts, look
from automation.word.charts.picture import Picture
from automation.word.charts.pixels import png_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.text import Text as Label

    from automation.base.findings import Language

MM_PER_INCH, POINTS_PER_INCH = 25.4, 72
DPI = 200
ELLIPSIS = "…"
TITLE_MM, HALO = 8.0, 1.8
_DRAWING = threading.Lock()
_OURS: dict[Any, Any] = {
    "text.parse_math": False,
    "text.hinting": "no_hinting",
    "axes.unicode_minus": False,
    "path.simplify": False,
    "hatch.linewidth": 0.6,
}


class Paper(NamedTuple):
    """What a picture is drawn for: the language of its words, the room that it has, and whether it carries a title."""

    language: Language
    width_mm: float = 160
    height_mm: float = 230
    titled: bool = False


@contextmanager
def drawing(language: Language) -> Iterator[None]:
    """Within this, matplotlib draws as we want it, whatever a user's own configuration of it says."""
    with _DRAWING:
        wanted: dict[Any, Any] = {
            key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith("backend")
        }
        wanted |= _OURS | {"font.family": list(fonts.families(language))}
        with mpl.rc_context(wanted):
            yield


class Canvas:
    """A figure of that size with a plane in millimetres, (0, 0) at the top left, on which texts and shapes are placed.

    With a ``title`` (what the caption says) the plane begins below it.
    """

    def __init__(self, paper: Paper, height_mm: float, *, caption: Text, alternative: Text = EMPTY) -> None:
        self.paper, self.language = paper, paper.language
        self.caption, self.alternative = caption, alternative
        self._top = TITLE_MM if paper.titled else 0.0
        self._size = (_pixels(paper.width_mm), _pixels(height_mm + self._top))
        self.figure = Figure(figsize=(self._size[0] / DPI, self._size[1] / DPI), dpi=DPI, facecolor="white")
        self._agg = FigureCanvasAgg(self.figure)
        self.width, self.height = paper.width_mm, height_mm
        self.plane = self.axes(0, 0, self.width, self.height)
        self.plane.set_axis_off()
        self.plane.set_xlim(0, self.width)
        self.plane.set_ylim(self.height, 0)
        if paper.titled:
            self._add_title()

    def axes(self, x: float, y: float, width: float, height: float) -> Axes:
        """New axes in the rectangle with that top left corner, without a frame at the top and on the right."""
        whole = self.height + self._top
        bottom = 1 - (y + self._top + height) / whole
        made = self.figure.add_axes((x / self.width, bottom, width / self.width, height / whole))
        made.patch.set_visible(False)
        made.spines[["top", "right"]].set_visible(False)
        made.spines[["left", "bottom"]].set(color=look.STONE, linewidth=look.THIN)
        made.tick_params(width=look.THIN, length=2, color=look.STONE, labelsize=look.SMALL, labelcolor=look.INK, pad=2)
        made.set_axisbelow(True)
        return made

    def write(self, x: float, y: float, text: str, *, size: float = look.BODY, halo: str = "", **look_of: Any) -> Label:
        """A text at a place of the plane; its left edge and middle stand there unless ``ha`` and ``va`` say otherwise.

        A ``halo`` of the colour of the ground keeps lines from running through it.
        """
        wanted: dict[str, Any] = {"ha": "left", "va": "center_baseline", "color": look.INK} | look_of
        if halo:
            wanted |= {"path_effects": [withStroke(linewidth=HALO, foreground=halo)], "zorder": 5}
        return self.plane.text(x, y, self.writable(text), fontsize=size, **wanted)

    def writable(self, text: str) -> str:
        """The text in one line of characters that the fonts have."""
        return fonts.writable(text, self.language)

    def say(self, text: Text) -> str:
        """The text in the picture's language; in the other where it has none in that."""
        return text.in_(self.language) or text.zh or text.en

    def width_of(self, text: str, size: float = look.BODY, *, weight: str = "normal") -> float:
        """The millimetres that a text takes."""
        return fonts.width(self.writable(text), self.language, weight) * size / POINTS_PER_INCH * MM_PER_INCH

    def fitted(self, text: str, width: float, size: float = look.BODY, *, weight: str = "normal") -> str:
        """The text, cut with … if it would take more than so many millimetres; empty where nothing has room."""
        text = self.writable(text)
        if self.width_of(text, size, weight=weight) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width_of(text[:middle].rstrip() + ELLIPSIS, size, weight=weight) <= width
            low, high = (middle, high) if fits else (low, middle - 1)
        return text[:low].rstrip() + ELLIPSIS if low else ""

    def picture(self) -> Picture:
        """The finished picture."""
        agg: Any = self._agg
        agg.draw()
        png = png_of(Image.frombuffer("RGBA", self._size, agg.buffer_rgba()), dpi=DPI)
        width, height = (side / DPI * MM_PER_INCH for side in self._size)
        return Picture(png, round(width, 2), round(height, 2), self.caption, self.alternative)

    def _add_title(self) -> None:
        title = self.fitted(self.say(self.caption), self.width - 2, look.TITLE, weight="bold")
        self.plane.text(
            1, -self._top * 0.55, title, fontsize=look.TITLE, weight="bold", color=look.NAVY,
            ha="left", va="center_baseline", clip_on=False,
        )  # fmt: skip


def _pixels(millimetres: float) -> int:
    return round(millimetres / MM_PER_INCH * DPI)
