"""The parts of a template's package around its text: types, relationships, settings, fonts, properties.

Not here: the text, headers and footers (``layouts``), styles (``styles``) and numbering (``numbering``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from automation.word.design.numbering import EAST_ASIAN, LANGUAGE_TAGS, LATIN, SYMBOLS, WORD

if TYPE_CHECKING:
    from automation.base.findings import Language, Text

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def settings(language: Language) -> str:
    """Settings: compatibility with current Word, east-Asian language, no theme."""
    return (
        f'<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{LANGUAGE_TAGS[language]}" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table() -> str:
    """The faces that the styles name."""
    known = ((EAST_ASIAN, "86", "swiss"), (LATIN, "00", "swiss"), (SYMBOLS, "00", "swiss"))
    return (
        f'<w:fonts xmlns:w="{WORD}">'
        + "".join(
            f'<w:font w:name="{name}"><w:charset w:val="{charset}"/><w:family w:val="{family}"/>'
            '<w:pitch w:val="variable"/></w:font>'
            for name, charset, family in known
        )
        + "</w:fonts>"
    )


def core(title: Text, subject: str, language: Language) -> str:
    """Core properties, which filling a template replaces."""
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title.in_(language))}</dc:title><dc:subject>{subject}</dc:subject>"
        f"<dc:creator>Deliverybook</dc:creator><dc:language>{LANGUAGE_TAGS[language]}</dc:language>"
        "<cp:lastModifiedBy>Deliverybook</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>'
    )


def application() -> str:
    """The application that the file says it is for."""
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
    )


def content_types() -> str:
    """Content types of all parts."""
    overrides = {
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/word/document.xml": f"{_MAIN_TYPE}.document.main+xml",
        "/word/fontTable.xml": f"{_MAIN_TYPE}.fontTable+xml",
        "/word/footer1.xml": f"{_MAIN_TYPE}.footer+xml",
        "/word/footer2.xml": f"{_MAIN_TYPE}.footer+xml",
        "/word/footer3.xml": f"{_MAIN_TYPE}.footer+xml",
        "/word/header1.xml": f"{_MAIN_TYPE}.header+xml",
        "/word/header2.xml": f"{_MAIN_TYPE}.header+xml",
        "/word/header3.xml": f"{_MAIN_TYPE}.header+xml",
        "/word/numbering.xml": f"{_MAIN_TYPE}.numbering+xml",
        "/word/settings.xml": f"{_MAIN_TYPE}.settings+xml",
        "/word/styles.xml": f"{_MAIN_TYPE}.styles+xml",
    }
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
        + "</Types>"
    )


def relations(entries: tuple[tuple[str, str, str], ...]) -> str:
    """A relationships part of (id, type, target)."""
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in entries)
        + "</Relationships>"
    )


def package_relations() -> str:
    """Relationships of the package."""
    return relations(
        (
            ("rId1", f"{RELATIONS}/officeDocument", "word/document.xml"),
            ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{RELATIONS}/extended-properties", "docProps/app.xml"),
        )
    )


def document_relations() -> str:
    """Relationships of the main part."""
    return relations(
        (
            ("rIdStyles", f"{RELATIONS}/styles", "styles.xml"),
            ("rIdNumbering", f"{RELATIONS}/numbering", "numbering.xml"),
            ("rIdSettings", f"{RELATIONS}/settings", "settings.xml"),
            ("rIdFonts", f"{RELATIONS}/fontTable", "fontTable.xml"),
            ("rIdHeader", f"{RELATIONS}/header", "header1.xml"),
            ("rIdHeaderFirst", f"{RELATIONS}/header", "header2.xml"),
            ("rIdHeaderWide", f"{RELATIONS}/header", "header3.xml"),
            ("rIdFooter", f"{RELATIONS}/footer", "footer1.xml"),
            ("rIdFooterFirst", f"{RELATIONS}/footer", "footer2.xml"),
            ("rIdFooterWide", f"{RELATIONS}/footer", "footer3.xml"),
            ("rIdLogo", f"{RELATIONS}/image", "media/logo.png"),
        )
    )
