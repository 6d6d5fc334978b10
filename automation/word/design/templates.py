"""The Word templates: one package a document and language, all from the same design, always the same bytes.

``build_templates`` writes them; the files in ``templates/`` are its output. Not here: filling them (``render``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from automation.word.design.kinds import project, sales, service, signing, staff
from automation.word.design.layouts import document_part, empty_margin, footer, header
from automation.word.design.logo import placeholder
from automation.word.design.numbering import numbering_part
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
    from pathlib import Path

    from automation.base.findings import Language
    from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = tuple(
    sorted(
        (*project.TEMPLATES, *signing.TEMPLATES, *sales.TEMPLATES, *service.TEMPLATES, *staff.TEMPLATES),
        key=lambda template: template.id,
    )
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
        "word/_rels/header3.xml.rels": relations((("rIdLogo", f"{RELATIONS}/image", "media/logo.png"),)),
        "word/document.xml": document_part(template.layout, template.title, template.body(language), language),
        "word/fontTable.xml": font_table(),
        "word/footer1.xml": footer(language),
        "word/footer2.xml": empty_margin("ftr"),
        "word/footer3.xml": footer(language, wide=True),
        "word/header1.xml": header(language),
        "word/header2.xml": empty_margin("hdr"),
        "word/header3.xml": header(language, wide=True),
        "word/numbering.xml": numbering_part(language, template.numbering),
        "word/settings.xml": settings(language),
        "word/styles.xml": styles(language, template.numbering, compact=template.layout != "report"),
    }
    parts = {name: _serialised(text) for name, text in texts.items()}
    parts["word/media/logo.png"] = placeholder()
    return zipped(parts)


def _serialised(text: str) -> bytes:
    root = etree.fromstring(text.encode())
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
