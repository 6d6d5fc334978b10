"""The look of every document: colours, fonts, paragraph, character and table styles, heading numbers.

Not here: what stands in a document (``bodies``) and the package around it (``templates``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from automation.word.design.numbering import SYMBOLS, WORD, fonts

if TYPE_CHECKING:
    from automation.base.findings import Language
    from automation.word.design.numbering import Numbering


NAVY = "1B365D"
TABLE_HALF_POINTS = 19
"""The size of text in tables, in half points."""
MARGIN_TWIPS = 100
"""Between a cell's left or right border and its text."""
ACCENT = "2F6DB5"
GREY = "5B6675"
RULE = "B9C4D0"
LABEL_FILL = "EEF2F7"
WARNING = "A61C1C"
WHITE = "FFFFFF"

_SPACING = re.compile(r"<w:spacing [^>]*>")
_BUILT_IN = frozenset({
    "Normal", "Body Text", "List Bullet", "heading 1", "heading 2", "heading 3", "Title", "Subtitle", "caption",
    "header", "footer", "toc 1", "toc 2", "toc 3",
})  # fmt: skip
"""Styles that Word knows by name and translates in its menus."""


class Style(NamedTuple):
    """One paragraph style. Sizes are half-points, spaces and indents twentieths of a point."""

    id: str
    name: str
    base: str = "Normal"
    following: str = ""
    paragraph: str = ""
    size: int = 0
    bold: bool = False
    colour: str = ""
    extra: str = ""


def spacing(before: int = 0, after: int = 0, line: int = 0) -> str:
    """The spacing element; ``line`` is a least line height in twentieths of a point, 0 for the style's own."""
    height = f' w:line="{line}" w:lineRule="atLeast"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def styles(language: Language, numbering: Numbering, *, compact: bool = False) -> str:
    """The styles part of a document in that language; ``compact`` has the smaller headings of forms and letters."""
    hint = "eastAsia" if language == "zh" else ""
    known = _paragraph_styles(language, numbering)
    if compact:
        known = tuple(_compact(style) for style in known)
    body = "".join(_paragraph_style(style, hint) for style in known)
    return (
        f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts(hint=hint)}'
        '<w:kern w:val="2"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        f'<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        f'<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" '
        'w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376"/>'
        f"{body}{_CHARACTER_STYLES}{_TABLE_STYLES}"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style></w:styles>'
    )


def _compact(style: Style) -> Style:
    size, before, after = {"Heading1": (26, 300, 120), "Heading2": (22, 200, 80)}.get(style.id, (0, 0, 0))
    if not size:
        return style
    return style._replace(size=size, paragraph=_SPACING.sub(spacing(before, after), style.paragraph, count=1))


def _paragraph_style(style: Style, hint: str) -> str:
    default = ' w:default="1"' if style.id == "Normal" else "" if style.name in _BUILT_IN else ' w:customStyle="1"'
    based = "" if style.id == "Normal" else f'<w:basedOn w:val="{style.base}"/>'
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>' if style.size else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style.id}"><w:name w:val="{style.name}"/>{based}{following}'
        f"<w:qFormat/><w:pPr>{style.paragraph}</w:pPr><w:rPr>{fonts(hint=hint)}{bold}{style.extra}{colour}{size}</w:rPr></w:style>"
    )


def _heading_indents(language: Language, numbering: Numbering) -> tuple[str, str, str]:
    if numbering == "official" and language == "zh":
        return ("", "", "")
    return tuple(f'<w:ind w:left="{wide}" w:hanging="{wide}"/>' for wide in (567, 709, 851))  # type: ignore[return-value]


def _paragraph_styles(language: Language, numbering: Numbering) -> tuple[Style, ...]:
    first, second, third = _heading_indents(language, numbering)
    indent = '<w:ind w:firstLineChars="200" w:firstLine="420"/>' if language == "zh" else ""
    body_jc = '<w:jc w:val="both"/>' if language == "zh" else '<w:jc w:val="left"/>'
    keep = "<w:keepNext/><w:keepLines/>"
    page = "<w:pageBreakBefore/>"
    under = f'<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="4" w:color="{ACCENT}"/></w:pBdr>'

    def number(level: int, identifier: int = 1) -> str:
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identifier}"/></w:numPr>'

    def outline(level: int) -> str:
        return f'<w:outlineLvl w:val="{level}"/>'

    return (
        Style("Normal", "Normal", paragraph=spacing(line=320)),
        Style("BodyText", "Body Text", paragraph=spacing(0, 100, 340) + indent + body_jc),
        Style("ListBullet", "List Bullet", paragraph=number(0, 3) + spacing(0, 60, 320)),
        Style(
            "Heading1",
            "heading 1",
            following="BodyText",
            size=32,
            bold=True,
            colour=NAVY,
            paragraph=keep + number(0) + spacing(480, 180) + first + outline(0),
        ),
        Style(
            "Heading2",
            "heading 2",
            following="BodyText",
            size=26,
            bold=True,
            colour=NAVY,
            paragraph=keep + number(1) + spacing(300, 120) + second + outline(1),
        ),
        Style(
            "Heading3",
            "heading 3",
            following="BodyText",
            size=22,
            bold=True,
            colour=NAVY,
            paragraph=keep + number(2) + spacing(200, 60) + third + outline(2),
        ),
        Style(
            "AppendixHeading",
            "Appendix Heading",
            base="Heading1",
            following="BodyText",
            paragraph=keep + page + number(0, 2) + '<w:ind w:left="0" w:firstLine="0"/>' + outline(0),
        ),
        Style(
            "PlainHeading",
            "Plain Heading",
            base="Heading1",
            following="BodyText",
            paragraph=keep + page + number(0, 0) + '<w:ind w:left="0" w:firstLine="0"/>' + outline(0),
        ),
        Style(
            "FrontHeading",
            "Front Heading",
            following="BodyText",
            size=28,
            bold=True,
            colour=NAVY,
            paragraph=keep + under + spacing(480, 160),
        ),
        Style("CoverSupplier", "Cover Supplier", size=22, colour=GREY, paragraph=spacing(0, 0)),
        Style("Title", "Title", size=60, bold=True, colour=NAVY, paragraph=spacing(2400, 120)),
        Style("Subtitle", "Subtitle", size=26, colour=GREY, paragraph=spacing(0, 360)),
        Style(
            "CoverProject",
            "Cover Project",
            size=32,
            colour=NAVY,
            paragraph=f'<w:pBdr><w:top w:val="single" w:sz="36" w:space="14" w:color="{ACCENT}"/></w:pBdr>'
            + spacing(0, 840, 480),
        ),
        Style(
            "CoverFact",
            "Cover Fact",
            size=21,
            paragraph=f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="5" w:color="{RULE}"/>'
            f'<w:between w:val="single" w:sz="4" w:space="5" w:color="{RULE}"/></w:pBdr>'
            '<w:tabs><w:tab w:val="left" w:pos="2268"/></w:tabs>'
            + spacing(60, 60, 340)
            + '<w:ind w:left="2268" w:hanging="2268"/>',
        ),
        Style("CoverNote", "Cover Note", size=17, colour=GREY, paragraph=spacing(600, 0)),
        Style("TableText", "Table Text", size=TABLE_HALF_POINTS, paragraph=spacing(40, 40, 280)),
        Style("TableHead", "Table Head", base="TableText", bold=True, colour=WHITE, paragraph="<w:keepNext/>"),
        Style("TableLabel", "Table Label", base="TableText", bold=True, colour=NAVY),
        Style("CardHead", "Card Head", base="TableHead", paragraph="<w:keepNext/>" + spacing(20, 20, 264)),
        Style("CardText", "Card Text", base="TableText", paragraph=spacing(20, 20, 264)),
        Style("CardLabel", "Card Label", base="TableLabel", paragraph=spacing(20, 20, 264)),
        Style(
            "Caption",
            "caption",
            following="TableText",
            size=18,
            bold=True,
            colour=GREY,
            paragraph="<w:keepNext/>" + spacing(200, 80),
        ),
        Style("Picture", "Picture", paragraph="<w:keepNext/>" + spacing(120, 0) + '<w:jc w:val="center"/>'),
        Style(
            "PictureCaption",
            "Picture Caption",
            base="Caption",
            following="BodyText",
            paragraph='<w:keepNext w:val="0"/>' + spacing(60, 200) + '<w:jc w:val="center"/>',
        ),
        *_form_styles(),
        Style("TableNote", "Table Note", size=17, colour=GREY, paragraph=spacing(80, 160, 260)),
        Style(
            "Tick",
            "Tick Line",
            size=23,
            paragraph="<w:keepNext/>" + spacing(80, 80, 380) + '<w:ind w:left="567" w:hanging="425"/>',
        ),
        Style(
            "Callout",
            "Callout",
            size=24,
            bold=True,
            colour=NAVY,
            paragraph="<w:keepNext/>"
            f'<w:pBdr><w:left w:val="single" w:sz="36" w:space="10" w:color="{ACCENT}"/></w:pBdr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{LABEL_FILL}"/>'
            + spacing(120, 160, 400)
            + '<w:ind w:left="284"/>',
        ),
        Style(
            "Header",
            "header",
            size=17,
            colour=GREY,
            paragraph=f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="6" w:color="{RULE}"/></w:pBdr>'
            '<w:tabs><w:tab w:val="right" w:pos="9298"/></w:tabs>' + spacing(line=240),
        ),
        Style(
            "Footer",
            "footer",
            size=17,
            colour=GREY,
            paragraph=f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="{RULE}"/></w:pBdr>'
            '<w:tabs><w:tab w:val="center" w:pos="4649"/><w:tab w:val="right" w:pos="9298"/></w:tabs>'
            + spacing(line=240),
        ),
        Style("CoverMargin", "Cover Margin", size=17, paragraph=spacing(line=240)),
        *_contents_styles(),
    )


def _form_styles() -> tuple[Style, ...]:
    """The styles of forms and letters, which have no cover."""
    return (
        Style("FormTitle", "Form Title", size=44, bold=True, colour=NAVY, paragraph=spacing(200, 160)),
        Style(
            "FormFact",
            "Form Fact",
            size=20,
            paragraph=f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="{RULE}"/>'
            f'<w:between w:val="single" w:sz="4" w:space="3" w:color="{RULE}"/></w:pBdr>'
            '<w:tabs><w:tab w:val="left" w:pos="1361"/><w:tab w:val="left" w:pos="5387"/>'
            '<w:tab w:val="left" w:pos="6804"/></w:tabs>'
            + spacing(40, 40, 300)
            + '<w:ind w:left="1361" w:hanging="1361"/>',
        ),
        Style(
            "LetterFact", "Letter Fact", size=20, colour=GREY, paragraph=spacing(0, 0, 300) + '<w:jc w:val="right"/>'
        ),
        Style("Addressee", "Addressee", size=22, paragraph=spacing(0, 0, 340)),
        Style(
            "LetterTitle",
            "Letter Title",
            size=36,
            bold=True,
            colour=NAVY,
            paragraph=spacing(360, 240) + '<w:jc w:val="center"/>',
        ),
        Style("LetterText", "Letter Text", base="BodyText", size=22, paragraph=spacing(0, 140, 380)),
        Style("LetterHeading", "Letter Heading", size=22, bold=True, colour=NAVY, paragraph=spacing(160, 80)),
        Style("Sender", "Sender", size=22, paragraph="<w:keepNext/>" + spacing(0, 0, 360) + '<w:ind w:left="5103"/>'),
    )


def _contents_styles() -> tuple[Style, ...]:
    def tabs(text: int) -> str:
        return (
            f'<w:tabs><w:tab w:val="left" w:pos="{text}"/><w:tab w:val="right" w:leader="dot" w:pos="9298"/></w:tabs>'
        )

    return (
        Style("TOC1", "toc 1", bold=True, paragraph=tabs(425) + spacing(120, 20)),
        Style("TOC2", "toc 2", paragraph=tabs(1021) + spacing(0, 20) + '<w:ind w:left="425"/>'),
        Style("TOC3", "toc 3", size=19, paragraph=tabs(1758) + spacing() + '<w:ind w:left="1021"/>'),
    )


_CHARACTER_STYLES = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="ItemLink"><w:name w:val="Item Link"/><w:qFormat/>'
    f'<w:rPr>{fonts()}<w:color w:val="{ACCENT}"/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="Warning"><w:name w:val="Warning"/><w:qFormat/>'
    f'<w:rPr>{fonts()}<w:b/><w:bCs/><w:color w:val="{WARNING}"/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="Label"><w:name w:val="Label"/><w:qFormat/>'
    f'<w:rPr>{fonts()}<w:b/><w:bCs/><w:color w:val="{NAVY}"/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="Box"><w:name w:val="Tick Box"/><w:qFormat/>'
    f'<w:rPr>{fonts(SYMBOLS, SYMBOLS)}<w:color w:val="{NAVY}"/></w:rPr></w:style>'
)

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = (
    f'<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="{MARGIN_TWIPS}" w:type="dxa"/>'
    f'<w:bottom w:w="20" w:type="dxa"/><w:right w:w="{MARGIN_TWIPS}" w:type="dxa"/></w:tblCellMar>'
)
_TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="DeliveryTable"><w:name w:val="Delivery Table"/>'
    f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders>{_MARGINS}</w:tblPr>'
    "</w:style>"
)
