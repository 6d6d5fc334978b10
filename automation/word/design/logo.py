"""The placeholder for a company's logo, which staff replace in Word, and the watermark of a draft.

Not here: where it stands (``templates``).
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from automation.word.design.blocks import run
from automation.word.design.numbering import EAST_ASIAN

if TYPE_CHECKING:
    from automation.base.findings import Language

SIDE = 96
_LARGE = range(4, 64)
_SMALL = range(36, 92)
_BACK = (255, 255, 255)
_DARK = (0x1B, 0x36, 0x5D)
_LIGHT = (0x2F, 0x6D, 0xB5)


def placeholder() -> bytes:
    """A PNG of two overlapping squares, 96 by 96 pixels, always the same bytes."""
    rows = b"".join(b"\0" + bytes(value for x in range(SIDE) for value in _colour(x, y)) for y in range(SIDE))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _colour(x: int, y: int) -> tuple[int, int, int]:
    if x in _SMALL and y in _SMALL:
        return _LIGHT
    return _DARK if x in _LARGE and y in _LARGE else _BACK


def watermark(language: Language) -> str:
    """Runs that show the word for draft aslant behind the text, where the document is one."""
    wide = 240 if language == "zh" else 380
    text = "草稿水印" if language == "zh" else "Draft watermark"
    face = quoteattr(f"font-family:'{EAST_ASIAN}';font-size:1pt")
    shape = (
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
        'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="DraftWatermark" o:spid="_x0000_s2049" type="#_x0000_t136" alt={quoteattr(text)} '
        f'style="position:absolute;margin-left:0;margin-top:0;width:{wide}pt;height:120pt;rotation:315;'
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" '
        'fillcolor="#dfe4ea" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style={face} string="{{{{ document.mark }}}}"/></v:shape>'
    )
    return run("{% if document.mark %}") + f"<w:r><w:pict>{shape}</w:pict></w:r>" + run("{% endif %}")
