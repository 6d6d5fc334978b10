"""How the pages of a document are laid out: report with a cover, form, letter; headers and footers.

Not here: what a document says (``bodies``), page sizes (``sections``), the package (``templates``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import quoteattr

from automation.base.findings import Text
from automation.word.design.blocks import WIDE, contents, field, listing_of, paragraph, run, where
from automation.word.design.logo import watermark
from automation.word.design.numbering import WORD
from automation.word.design.package import RELATIONS
from automation.word.design.sections import FIRST, section

if TYPE_CHECKING:
    from automation.base.findings import Language

Layout = Literal["report", "form", "letter"]
"""A report has a cover, revisions, approvals and contents; a form begins with its title and facts; a letter is one."""

_EMU = 360_000
"""English Metric Units to the centimetre."""


def document_part(layout: Layout, title: Text, body: str, language: Language) -> str:
    """The main part of a template."""
    top = {"report": _report_top, "form": _form_top, "letter": _letter_top}[layout](title, language)
    text = top + body + section()
    if layout == "report":
        text = text.replace(FIRST, "<w:titlePg/>", 1)
    return f"<w:document {_NAMESPACES}><w:body>{text.replace(FIRST, '')}</w:body></w:document>"


def _report_top(title: Text, language: Language) -> str:
    return _cover(title, language) + _front_matter(language) + contents(language)


def _form_top(title: Text, language: Language) -> str:
    """The title and the facts that identify the document: names in a line of their own, the short ones in pairs."""
    labels = (
        ("客户", "服务方", "事项", "文档编号", "版本", "状态", "日期")
        if language == "zh"
        else ("Customer", "Supplier", "Subject", "Number", "Version", "Status", "Date")
    )
    values = (
        "customer.name",
        "supplier.name",
        "subject.name",
        "document.number",
        "document.version",
        "document.status",
        "document.date",
    )
    facts = [run(label, "Label") + run(f"\t{{{{ {value} }}}}") for label, value in zip(labels, values, strict=True)]
    names, short = facts[:3], facts[3:]
    pairs = [left + run("\t") + right for left, right in zip(short[::2], short[1::2], strict=True)]
    customer, supplier, subject, *rest = [paragraph("", "FormFact", inner=one) for one in names + pairs]
    return (
        paragraph(title.in_(language), "FormTitle")
        + where("customer.name != '—'", customer)
        + supplier
        + where("subject.name != customer.name", subject)
        + "".join(rest)
    )


def _letter_top(title: Text, language: Language) -> str:
    """Number and date, whom it goes to, and what it is about."""
    number, day, colon = ("编号", "日期", "：") if language == "zh" else ("Ref.", "Date", ": ")
    named = "{% if addressee.person != '—' %}"
    salutation = (
        f"尊敬的{named}{{{{ addressee.person }}}}{{% else %}}客户{{% endif %}}："
        if language == "zh"
        else f"Dear {named}{{{{ addressee.person }}}}{{% else %}}Sir or Madam{{% endif %}},"
    )
    return (
        paragraph(f"{number}{colon}{{{{ document.number }}}}", "LetterFact")
        + paragraph(f"{day}{colon}{{{{ document.date }}}}", "LetterFact")
        + paragraph("{{ addressee.organisation }}", "Addressee")
        + where(
            "addressee.person != '—'",
            paragraph(
                "{{ addressee.person }}{% if addressee.title != '—' %}　{{ addressee.title }}{% endif %}", "Addressee"
            ),
        )
        + paragraph(title.in_(language), "LetterTitle")
        + paragraph(salutation, "Addressee", properties='<w:spacing w:after="160"/>')
    )


def _cover(title: Text, language: Language) -> str:
    """The first page: supplier, title, project, and the facts that identify the document."""
    labels = (
        ("客户", "服务方", "文档编号", "版本", "日期", "密级", "状态")
        if language == "zh"
        else ("Customer", "Supplier", "Document number", "Version", "Date", "Classification", "Status")
    )
    values = (
        "customer.name",
        "supplier.name",
        "document.number",
        "document.version",
        "document.date",
        "document.classification",
        "document.status",
    )
    other = title.en if language == "zh" else "{{ subject.id }}"
    lines = [
        paragraph("", "CoverFact", inner=run(label, "Label") + run(f"\t{{{{ {value} }}}}"))
        for label, value in zip(labels, values, strict=True)
    ]
    facts = where("customer.name != '—'", lines[0]) + "".join(lines[1:])
    logo = _logo(1.4, 101, "rIdLogo", language)
    return (
        paragraph("", "CoverSupplier", inner=logo + run("   {{ supplier.name }}"))
        + paragraph(title.in_(language), "Title")
        + paragraph(other, "Subtitle")
        + paragraph("{{ subject.name }}", "CoverProject")
        + facts
        + paragraph("{{ document.notice }}", "CoverNote")
    )


def _front_matter(language: Language) -> str:
    """The revision table and the approval table on a page of their own."""
    chinese = language == "zh"
    revisions = listing_of(
        Text("修订记录", "Revision history"),
        language,
        loop="revision in revisions",
        columns=(
            (Text("版本", "Version"), 1000, "revision.version"),
            (Text("日期", "Date"), 1900, "revision.date"),
            (Text("修订内容", "Description"), 3598, "revision.description"),
            (Text("编制", "Author"), 1300, "revision.author"),
            (Text("批准", "Approved by"), 1500, "revision.approver"),
        ),
    )
    approvals = listing_of(
        Text("编制、审核与批准", "Preparation, review and approval"),
        language,
        loop="approval in approvals",
        columns=(
            (Text("环节", "Step"), 1700, "approval.step"),
            (Text("单位", "Organisation"), 2900, "approval.organisation"),
            (Text("姓名", "Name"), 1500, "approval.person"),
            (Text("职务", "Title"), 1500, "approval.title"),
            (Text("签字／日期", "Signature / date"), 1698, "approval.date"),
        ),
    )
    changes = listing_of(
        Text("与上一版的差异", "Changes since the last version"),
        language,
        loop="difference in differences",
        columns=(
            (Text("位置", "Where"), 2500, "difference.item"),
            (Text("上一版", "Before"), 3399, "difference.before"),
            (Text("本版", "Now"), 3399, "difference.after"),
        ),
    )
    return (
        paragraph("修订记录" if chinese else "Revision history", "FrontHeading", properties="<w:pageBreakBefore/>")
        + revisions
        + where(
            "differences",
            paragraph("与上一版的差异" if chinese else "Changes since the last version", "FrontHeading") + changes,
        )
        + paragraph("编制、审核与批准" if chinese else "Preparation, review and approval", "FrontHeading")
        + approvals
    )


def _logo(centimetres: float, identifier: int, relation: str, language: Language) -> str:
    side = round(centimetres * _EMU)
    text = "公司标志（在 Word 中右键“更改图片”替换）" if language == "zh" else "Company logo (replace it in Word)"
    size = f'cx="{side}" cy="{side}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{identifier}" name="logo" descr={quoteattr(text)}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{identifier}" name="logo.png" descr={quoteattr(text)}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def header(language: Language, *, wide: bool = False) -> str:
    """The header of all pages but a cover's; ``wide`` for pages turned on their side."""
    gap = "　" if language == "zh" else "  "
    title = "{{ subject.name }}\t{{ document.title }}" + gap + "{{ document.version }}" + gap + "{{ document.mark }}"
    return (
        f"<w:hdr {_NAMESPACES}>"
        + paragraph(
            "",
            "Header",
            properties=_wide_tabs(center=False) if wide else "",
            inner=watermark(language) + _logo(0.5, 102, "rIdLogo", language) + run("  " + title),
        )
        + "</w:hdr>"
    )


def footer(language: Language, *, wide: bool = False) -> str:
    """The footer of all pages but a cover's: number, classification, page of pages."""
    before, between, after = ("第 ", " 页 共 ", " 页") if language == "zh" else ("Page ", " of ", "")
    label = "密级：" if language == "zh" else "Classification: "
    inner = (
        run("{{ document.number }}\t" + label + "{{ document.classification }}\t" + before)
        + field("PAGE")
        + run(between)
        + field("NUMPAGES")
        + (run(after) if after else "")
    )
    return (
        f"<w:ftr {_NAMESPACES}>"
        + paragraph("", "Footer", properties=_wide_tabs(center=True) if wide else "", inner=inner)
        + "</w:ftr>"
    )


def _wide_tabs(*, center: bool) -> str:
    """The tabs of headers and footers on wide pages in place of those of the style."""
    middle = f'<w:tab w:val="clear" w:pos="4649"/><w:tab w:val="center" w:pos="{WIDE // 2}"/>' if center else ""
    return f'<w:tabs>{middle}<w:tab w:val="clear" w:pos="9298"/><w:tab w:val="right" w:pos="{WIDE}"/></w:tabs>'


def empty_margin(root: str) -> str:
    """The header (``hdr``) or footer (``ftr``) of a cover: nothing."""
    return f'<w:{root} {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="CoverMargin"/></w:pPr></w:p></w:{root}>'


_NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
