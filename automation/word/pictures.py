"""Pictures in a filled document: each mark is replaced by the picture that it stands for, with what it shows in words.

Not here: the drawing (``charts``) and where pictures stand (the template).
"""

from __future__ import annotations

import io
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from docx.shared import Mm
from docx.text.paragraph import Paragraph

from automation.word.contents import text_of
from automation.word.headings import W

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Language
    from automation.model.charts.chart import Chart
    from automation.word.charts.picture import Picture

_OPENING = "\u27e6"
_MARK = re.compile(rf"{_OPENING}(\w+)\u27e7")


def draw_pictures(document: Any, charts: Mapping[str, Chart], language: Language) -> None:
    """Draws each chart where its mark stands, once a mark; a chart without a mark is not drawn.

    Raises UsageError when there is Chinese text to write and this computer has no font for it.
    """
    marked = [text for text in document.element.body.iter(f"{W}t") if _OPENING in (text.text or "")] if charts else []
    for node in dict.fromkeys(next(text.iterancestors(f"{W}p")) for text in marked):
        match = _MARK.fullmatch(text_of(node).strip())
        if match and match[1] in charts:
            from automation.word.charts.drawing import pictures  # noqa: PLC0415 - a document without any waits for none

            _put(document, node, pictures(charts[match[1]], language), language)


def _put(document: Any, node: Any, found: tuple[Picture, ...], language: Language) -> None:
    """The pictures in the paragraph of the mark and in copies of it, one below the other."""
    for run in node.findall(f"{W}r"):
        node.remove(run)
    places = [node]
    for _ in found[1:]:
        places[-1].addnext(deepcopy(node))
        places.append(places[-1].getnext())
    for place, picture in zip(places, found, strict=True):
        inline = Paragraph(place, document.element.body).add_run()
        inline._parent = document  # noqa: SLF001 - a run asks its parent for the part that holds the picture
        shape = inline.add_picture(io.BytesIO(picture.png), width=Mm(picture.width_mm), height=Mm(picture.height_mm))
        described = shape._inline.docPr  # noqa: SLF001 - python-docx has no way to set the alternative text
        described.set("descr", picture.alternative.in_(language))
        described.set("title", picture.caption.in_(language))
