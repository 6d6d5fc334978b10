"""The pages of a template: their size and margins, and parts of it whose pages are turned on their side.

Not here: what stands in headers and footers (``layouts``).
"""

from __future__ import annotations

FIRST = "<!--first-->"
"""Stands in every section; in the first one of a document with a cover it becomes the mark for a page of its own."""


def section(*, wide: bool = False) -> str:
    """The properties of a section: A4, upright or turned on its side."""
    header, footer = ("rIdHeaderWide", "rIdFooterWide") if wide else ("rIdHeader", "rIdFooter")
    size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if wide else '<w:pgSz w:w="11906" w:h="16838"/>'
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{header}"/>'
        '<w:headerReference w:type="first" r:id="rIdHeaderFirst"/>'
        f'<w:footerReference w:type="default" r:id="{footer}"/>'
        f'<w:footerReference w:type="first" r:id="rIdFooterFirst"/>{size}'
        '<w:pgMar w:top="1474" w:right="1304" w:bottom="1247" w:left="1304" w:header="737" w:footer="624" '
        f'w:gutter="0"/>{FIRST}</w:sectPr>'
    )


def sideways(*blocks: str) -> str:
    """Blocks on pages turned on their side, for tables ``blocks.WIDE`` wide; more blocks must follow."""
    return _break(section()) + "".join(blocks) + _break(section(wide=True))


def _break(properties: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="CoverMargin"/>{properties}</w:pPr></w:p>'
