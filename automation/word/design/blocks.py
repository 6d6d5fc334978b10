"""Building blocks of a template: paragraphs, tags, tables, captions, contents, cover, signatures, as XML text.

Not here: styles (``styles``), pages (``sections``) and which blocks make which document (``bodies``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from automation.base.findings import Text
from automation.word.design.styles import LABEL_FILL, NAVY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.base.findings import Language

WIDTH = 9298
"""Width between the page margins in twentieths of a point (16.4 cm)."""

WIDE = 14230
"""The same on a page turned on its side (25.1 cm)."""


class Cell(NamedTuple):
    """A column of a table: its heading, width in twentieths of a point and what a row shows there."""

    head: str
    width: int
    text: str
    style: str = "TableText"
    mark: str = ""
    alert: str = ""
    """A field that, where it is filled, makes the text stand out."""


def run(text: str, style: str = "") -> str:
    """A run of text; line feeds become line breaks, tabs become tabs."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    pieces = []
    for number, line in enumerate(text.split("\n")):
        if number:
            pieces.append("<w:br/>")
        for position, piece in enumerate(line.split("\t")):
            if position:
                pieces.append("<w:tab/>")
            if piece:
                pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{properties}{''.join(pieces)}</w:r>"


def paragraph(text: str, style: str = "BodyText", *, inner: str = "", properties: str = "") -> str:
    """A paragraph of plain text (with tags) or, where ``inner`` is given, of ready runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner or run(text)}</w:p>'


def lead(text: str) -> str:
    """A paragraph that introduces what follows and stays on its page."""
    return paragraph(text, properties="<w:keepNext/>")


def tag(text: str) -> str:
    """A paragraph that holds only a tag for whole paragraphs, such as ``{%p if rows %}``; it vanishes on filling."""
    return f'<w:p><w:pPr><w:pStyle w:val="TableNote"/></w:pPr>{run("{%p " + text + " %}")}</w:p>'


def repeated(loop: str, *blocks: str) -> str:
    """Blocks for every element of a list: ``loop`` such as ``item in scope.included``."""
    return tag(f"for {loop}") + "".join(blocks) + tag("endfor")


def where(condition: str, *blocks: str, otherwise: str = "") -> str:
    """Blocks that stand only where a condition holds, or ``otherwise``."""
    other = tag("else") + otherwise if otherwise else ""
    return tag(f"if {condition}") + "".join(blocks) + other + tag("endif")


def bullets(items: str, language: Language) -> str:
    """A bulleted list of the texts of a list, or one line that there are none."""
    return where(
        items,
        repeated(f"item in {items}", paragraph("{{ item }}", "ListBullet")),
        otherwise=paragraph("无。" if language == "zh" else "None."),
    )


def field(code: str, shown: str = "1") -> str:
    """Runs of a field with its shown result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{escape(shown)}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def caption(text: str, language: Language) -> str:
    """A table's caption with its running number."""
    name, gap = ("表", "　") if language == "zh" else ("Table", "  ")
    return paragraph("", "Caption", inner=run(f"{name} ") + field(f"SEQ {name} \\* ARABIC") + run(gap + text))


def picture(name: str, title: Text, language: Language) -> str:
    """A picture of the context's ``pictures`` with its caption below; nothing where the document has none."""
    word, gap = ("图", "　") if language == "zh" else ("Figure", "  ")
    below = run(f"{word} ") + field(f"SEQ {word} \\* ARABIC") + run(gap + title.in_(language))
    return where(
        f"pictures.{name}",
        paragraph(f"{{{{ pictures.{name} }}}}", "Picture"),
        paragraph("", "PictureCaption", inner=below),
    )


def table(title: Text, cells: Sequence[Cell], language: Language, *, loop: str, numbered: bool = True) -> str:
    """A table with one row for every element of a list (``loop`` such as ``row in trace.rows``).

    Its heading row repeats on every page, rows stay whole; an empty list gives one row that says so.
    """
    text = title.in_(language)
    none = "无" if language == "zh" else "None"
    empty = [Cell("", cell.width, none if number == 0 else "—") for number, cell in enumerate(cells)]
    rows = (
        _tag_row("for " + loop, cells)
        + _row([_loop_cell(cell) for cell in cells])
        + _tag_row("else", cells)
        + _row([_cell(cell.width, cell.text, cell.style) for cell in empty])
        + _tag_row("endfor", cells)
    )
    head = caption(text, language) if numbered else ""
    return head + _table(text, [cell.width for cell in cells], _head_row(cells) + rows)


def cell(
    head: Text, width: int | tuple[int, int], text: str, language: Language, *, mark: str = "", alert: str = ""
) -> Cell:
    """A column in one language; ``width`` may be a pair of Chinese and English widths."""
    wide = width if isinstance(width, int) else width[0 if language == "zh" else 1]
    return Cell(head.in_(language), wide, text, mark=mark, alert=alert)


def card(title: str, description: str, head: tuple[str, str], rows: Sequence[tuple[str, str]]) -> str:
    """A block of labels and values for one thing, with a heading row; kept on one page where it fits.

    A label that starts with ``?name `` stands only where the field ``name`` is filled.
    """
    widths = (1840, WIDTH - 1840)
    keep = "<w:keepNext/>"
    top = _row(
        [_cell(widths[0], head[0], "CardHead", fill=NAVY), _cell(widths[1], head[1], "CardHead", fill=NAVY)],
        heading=True,
    )
    body = ""
    for number, (label, value) in enumerate(rows):
        together = keep if number < len(rows) - 1 else ""
        condition, _, name = label[1:].partition(" ") if label.startswith("?") else ("", "", label)
        row = _row(
            [
                _cell(widths[0], name, "CardLabel", fill=LABEL_FILL, properties=together),
                _cell(widths[1], value, "CardText", properties=together),
            ]
        )
        body += _tag_row(f"if {condition}", widths) + row + _tag_row("endif", widths) if condition else row
    return _table(title, widths, top + body, description=description)


def signatures(language: Language) -> str:
    """The table both sides sign: organisation, name, title, signature, seal, date."""
    title, heads, rows = _SIGNATURES[language]
    widths = (1840, 3729, 3729)
    body = "".join(
        _row(
            [
                _cell(widths[0], label, "TableLabel", fill=LABEL_FILL),
                *(
                    _cell(width, value.format(side=f"signatures.{side}"))
                    for width, side in zip(widths[1:], ("customer", "supplier"), strict=True)
                ),
            ],
            height=height,
        )
        for label, value, height in rows
    )
    cells = [Cell(head, width, "") for head, width in zip(heads, widths, strict=True)]
    return _table(title, widths, _head_row(cells) + body)


_SIGNATURES = {
    "zh": (
        "双方签署",
        ("签署项", "甲方（客户）", "乙方（服务方）"),
        (
            ("单位名称", "{{{{ {side}.organisation }}}}", 0),
            ("授权代表", "{{{{ {side}.person }}}}", 0),
            ("职务", "{{{{ {side}.title }}}}", 0),
            ("签字", "", 900),
            ("盖章", "", 1900),
            ("日期", "　　　　年　　月　　日", 640),
        ),
    ),
    "en": (
        "Signatures of both parties",
        ("Item", "Customer", "Supplier"),
        (
            ("Organisation", "{{{{ {side}.organisation }}}}", 0),
            ("Representative", "{{{{ {side}.person }}}}", 0),
            ("Title", "{{{{ {side}.title }}}}", 0),
            ("Signature", "", 900),
            ("Company seal", "", 1900),
            ("Date", "", 640),
        ),
    ),
}
"""Title, headings and rows of the signature table: label, what stands there, least height of the row."""


def contents(language: Language, levels: str = "1-2") -> str:
    """The table of contents: a real field whose entries are written when the document is filled."""
    title, waiting = (
        ("目录", "生成文件时在此填写目录") if language == "zh" else ("Contents", "Filled in when the document is made")
    )
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(title)}/><w:docPartObj>"
        '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>'
        + paragraph(title, "FrontHeading", properties="<w:pageBreakBefore/>")
        + paragraph(
            "",
            "TOC1",
            inner='<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> TOC \\o "{levels}" \\h \\z \\u </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(waiting)}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        )
        + "</w:sdtContent></w:sdt>"
    )


def _table(text: str, widths: Sequence[int], rows: str, *, description: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="DeliveryTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val={quoteattr(text)}/>'
        f"<w:tblDescription w:val={quoteattr(description or text)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(cells: Sequence[str], *, heading: bool = False, height: int = 0) -> str:
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    head = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{head}</w:trPr>{''.join(cells)}</w:tr>"


def _head_row(cells: Sequence[Cell]) -> str:
    return _row([_cell(cell.width, cell.head, "TableHead", fill=NAVY) for cell in cells], heading=True)


def _tag_row(text: str, cells: Sequence[Cell] | Sequence[int]) -> str:
    widths = [cell if isinstance(cell, int) else cell.width for cell in cells]
    first = _cell(widths[0], "{%tr " + text + " %}")
    return _row([first, *(_cell(width, "") for width in widths[1:])])


def _loop_cell(cell: Cell) -> str:
    if not cell.alert:
        return _cell(cell.width, cell.text, cell.style, mark=cell.mark)
    runs = run(f"{{% if {cell.alert} %}}") + run(cell.text, "Warning") + run("{% else %}" + cell.text + "{% endif %}")
    return _cell(cell.width, cell.text, cell.style, runs=runs)


def _cell(
    width: int,
    text: str,
    style: str = "TableText",
    *,
    fill: str = "",
    mark: str = "",
    properties: str = "",
    runs: str = "",
) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    content = paragraph(text, style, inner=runs or (run(text, mark) if mark else ""), properties=properties)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


def listing_of(
    title: Text,
    language: Language,
    *,
    loop: str,
    columns: Sequence[tuple[Text, int | tuple[int, int], str]],
    numbered: bool = False,
) -> str:
    """A table of the plain fields of a list: columns are heading, width (or Chinese and English) and field name."""
    cells = [cell(head, width, f"{{{{ {name} }}}}", language) for head, width, name in columns]
    return table(title, cells, language, loop=loop, numbered=numbered)


def heading(level: int, text: Text, language: Language, *, properties: str = "") -> str:
    """A numbered heading of level 1 to 3."""
    return paragraph(text.in_(language), f"Heading{level}", properties=properties)


def facts(title: Text, loop: str, language: Language, *, numbered: bool = False) -> str:
    """A table of labels and texts: a list of elements with ``label`` and ``text`` (``loop`` such as ``row in terms``)."""
    columns = ((Text("项目", "Item"), 2300, "row.label"), (Text("内容", "Content"), 6998, "row.text"))
    return listing_of(title, language, loop=loop, columns=columns, numbered=numbered)


def closing(language: Language) -> str:
    """The end of a letter: the complimentary close, then who signs it for the supplier, and the date."""
    title = "{% if sender.title != '—' %}　{{ sender.title }}{% endif %}"
    close = (
        paragraph("此致", "LetterText", properties="<w:keepNext/>")
        + paragraph("敬礼！", "Addressee", properties="<w:keepNext/>")
        if language == "zh"
        else paragraph("Yours sincerely,", "LetterText", properties="<w:keepNext/>")
    )
    return close + "".join(
        paragraph(text, "Sender", properties=properties)
        for text, properties in (
            ("{{ sender.organisation }}", '<w:spacing w:before="480"/>'),
            ("{{ sender.person }}" + title, ""),
            ("{{ document.date }}", ""),
        )
    )
