"""The Word templates: one package a document and language, all from the same design, always the same bytes.

``build_templates`` writes them; the files in ``templates/`` are its output. Not here: filling them (``render``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import quoteattr

from lxml import etree

from automation.base.findings import Text
from automation.word.design import d01, d12
from automation.word.design.blocks import contents, field, listing_of, paragraph, run
from automation.word.design.logo import placeholder, watermark
from automation.word.design.numbering import WORD, numbering_part
from automation.word.design.package import (
    RELATIONS,
    application,
    content_types,
    core,
    document_relations,
    font_table,
    package_relations,
    relations,
    settings,
)
from automation.word.design.styles import styles
from automation.word.package import CONTENT_TYPES, zipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from automation.base.findings import Language
    from automation.word.design.numbering import Numbering

_EMU = 360_000
"""English Metric Units to the centimetre."""


class Template(NamedTuple):
    """One template: its document's id and title, what its body holds and how its headings are numbered."""

    id: str
    title: Text
    body: Callable[[Language], str]
    numbering: Numbering = "technical"


TEMPLATES = (
    Template("D01", Text("需求规格说明书", "Requirements Specification"), d01.body),
    Template("D12", Text("验收报告", "Acceptance Report"), d12.body, "official"),
)
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def build_templates(target: Path) -> tuple[Path, ...]:
    """The paths of all templates, written under ``target`` as ``zh/D01.docx``, ``en/D01.docx`` and so on."""
    written = []
    for language in LANGUAGES:
        folder = target / language
        folder.mkdir(parents=True, exist_ok=True)
        for template in TEMPLATES:
            path = folder / f"{template.id}.docx"
            path.write_bytes(template_bytes(template, language))
            written.append(path)
    return tuple(written)


def template_bytes(template: Template, language: Language) -> bytes:
    """The template's package, ready to be edited in Word."""
    texts = {
        CONTENT_TYPES: content_types(),
        "_rels/.rels": package_relations(),
        "docProps/app.xml": application(),
        "docProps/core.xml": core(template.title, template.id, language),
        "word/_rels/document.xml.rels": document_relations(),
        "word/_rels/header1.xml.rels": relations((("rIdLogo", f"{RELATIONS}/image", "media/logo.png"),)),
        "word/document.xml": _document(template, language),
        "word/fontTable.xml": font_table(),
        "word/footer1.xml": _footer(language),
        "word/footer2.xml": _margin("ftr"),
        "word/header1.xml": _header(language),
        "word/header2.xml": _margin("hdr"),
        "word/numbering.xml": numbering_part(language, template.numbering),
        "word/settings.xml": settings(language),
        "word/styles.xml": styles(language, template.numbering),
    }
    parts = {name: _serialised(text) for name, text in texts.items()}
    parts["word/media/logo.png"] = placeholder()
    return zipped(parts)


def _serialised(text: str) -> bytes:
    root = etree.fromstring(text.encode())
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _document(template: Template, language: Language) -> str:
    body = _cover(template, language) + _front_matter(language) + contents(language) + template.body(language)
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:headerReference w:type="first" r:id="rIdHeaderFirst"/>'
        '<w:footerReference w:type="default" r:id="rIdFooter"/>'
        '<w:footerReference w:type="first" r:id="rIdFooterFirst"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1474" w:right="1304" w:bottom="1247" w:left="1304" w:header="737" w:footer="624" '
        'w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    return f"<w:document {_NAMESPACES}><w:body>{body}{section}</w:body></w:document>"


def _cover(template: Template, language: Language) -> str:
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
    note = (
        "本文件供合同双方在本项目中使用，未经双方书面同意不得向第三方提供。"
        if language == "zh"
        else "This document is for the two contracting parties within this project. It may be passed to third parties "
        "only with the written consent of both."
    )
    other = template.title.en if language == "zh" else "{{ project.id }}"
    facts = "".join(
        paragraph("", "CoverFact", inner=run(label, "Label") + run(f"\t{{{{ {value} }}}}"))
        for label, value in zip(labels, values, strict=True)
    )
    logo = _logo(1.4, 101, "rIdLogo", language)
    return (
        paragraph("", "CoverSupplier", inner=logo + run("   {{ supplier.name }}"))
        + paragraph(template.title.in_(language), "Title")
        + paragraph(other, "Subtitle")
        + paragraph("{{ project.name }}", "CoverProject")
        + facts
        + paragraph(note, "CoverNote")
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
    return (
        paragraph("修订记录" if chinese else "Revision history", "FrontHeading", properties="<w:pageBreakBefore/>")
        + revisions
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


def _header(language: Language) -> str:
    gap = "　" if language == "zh" else "  "
    title = "{{ project.name }}\t{{ document.title }}" + gap + "{{ document.version }}" + gap + "{{ document.mark }}"
    return (
        f"<w:hdr {_NAMESPACES}>"
        + paragraph("", "Header", inner=watermark(language) + _logo(0.5, 102, "rIdLogo", language) + run("  " + title))
        + "</w:hdr>"
    )


def _footer(language: Language) -> str:
    before, between, after = ("第 ", " 页 共 ", " 页") if language == "zh" else ("Page ", " of ", "")
    label = "密级：" if language == "zh" else "Classification: "
    inner = (
        run("{{ document.number }}\t" + label + "{{ document.classification }}\t" + before)
        + field("PAGE")
        + run(between)
        + field("NUMPAGES")
        + (run(after) if after else "")
    )
    return f"<w:ftr {_NAMESPACES}>" + paragraph("", "Footer", inner=inner) + "</w:ftr>"


def _margin(root: str) -> str:
    return f'<w:{root} {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="CoverMargin"/></w:pPr></w:p></w:{root}>'


_NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
