"""A template filled with values: the bytes of a finished Word document, the same bytes for the same values.

Not here: the values (``commands``), the look (``design``), the closed world of the tags (``sandbox``).
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

import jinja2
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError
from lxml import etree

from automation.base.errors import TemplateError
from automation.base.findings import Text
from automation.word.contents import completed
from automation.word.design_numbering import LANGUAGE_TAGS
from automation.word.package import unzipped, zipped
from automation.word.sandbox import TemplateEnvironment, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from automation.base.findings import Language

_BREAKS = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*[\n\t][^<]*)</w:t>")
_TAG = re.compile(r"\{[{%].*?[}%]\}|\{[{%][^{}]*")
_LONGEST_TAG = 80


class Properties(NamedTuple):
    """What a file's properties say; ``on`` is the date of both creation and last change."""

    title: str
    on: date
    language: Language
    subject: str = ""
    author: str = ""
    company: str = ""
    category: str = ""
    keywords: str = ""
    version: str = ""


class _Filling(DocxTemplate):  # type: ignore[misc]
    """docxtpl with one step replaced: line feeds and tabs in values, which it looks for in every paragraph's runs."""

    def resolve_listing(self, xml: str) -> str:
        """The XML with line feeds in texts as line breaks and tabs as tabs; values hold no other control characters."""
        return _BREAKS.sub(_broken_lines, xml)


def _broken_lines(match: re.Match[str]) -> str:
    opening = '<w:t xml:space="preserve">'
    text = match[2].replace("\n", f"</w:t><w:br/>{opening}").replace("\t", f"</w:t><w:tab/>{opening}")
    return f"{opening}{text}</w:t>"


def render(
    template: Path,
    context: Mapping[str, Any],
    *,
    properties: Properties,
    page_numbers: Callable[[bytes, int], Sequence[int] | None] | None = None,
) -> bytes:
    """The finished document of a template and its values (text, numbers, lists and dicts only).

    ``page_numbers`` finds the page of every heading of a document (``pages.heading_pages``); without it, or where
    it finds none, the contents entries stand without numbers and Word fills them on opening.
    Raises TemplateError naming template and field when one is missing or a tag is wrong.
    """
    filled = _filled(template, plain(dict(context)))
    document: Any = filled.docx
    contents = completed(document.element.body, document.styles.element, _numbering(document))
    _describe(document, properties)
    if page_numbers is not None:
        pages = page_numbers(_saved(document, properties), len(contents.headings))
        if pages is not None and len(pages) == len(contents.headings):
            contents.number_pages(pages)
            return _saved(document, properties)
    contents.leave_to_word()
    return _saved(document, properties)


def _filled(template: Path, context: dict[str, Any]) -> DocxTemplate:
    name = f"{template.parent.name}/{template.name}"
    if not template.is_file():
        raise TemplateError(
            Text(
                f"找不到 Word 模板 {name}：请放回该文件，或在参数“模板文件夹”中改正位置。",
                f"The Word template {name} is missing: put it back or correct the setting 'template folder'.",
            ),
            code="MISSING",
        )
    document = _Filling(template)
    try:
        document.init_docx()
    except (PackageNotFoundError, zipfile.BadZipFile, OSError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise _broken(name, error) from error
    try:
        document.render(context, TemplateEnvironment(), autoescape=True)
    except jinja2.UndefinedError as error:
        raise _unknown_field(name, str(error.message)) from error
    except SecurityError as error:
        raise _forbidden(name, error) from error
    except (jinja2.TemplateError, TypeError, ValueError, OverflowError, etree.XMLSyntaxError) as error:
        raise _wrong_tag(name, error) from error
    return document


def _broken(name: str, error: Exception) -> TemplateError:
    reason = type(error).__name__
    return TemplateError(
        Text(
            f"Word 模板 {name} 已损坏或不是 .docx 文件（{reason}）：请用 Word 重新保存，或换回随附的模板。",
            f"The Word template {name} is damaged or not a .docx file ({reason}): save it again in Word or take the "
            "shipped one.",
        ),
        code="DAMAGED",
    )


def _unknown_field(name: str, field: str) -> TemplateError:
    return TemplateError(
        Text(
            f"Word 模板 {name} 用到了不存在的字段“{field}”：请在 Word 中改正该标记，或删除它。",
            f"The Word template {name} uses the field '{field}', which does not exist: correct or delete that tag in "
            "Word.",
        ),
        code="FIELD",
    )


def _forbidden(name: str, error: Exception) -> TemplateError:
    return TemplateError(
        Text(
            f"Word 模板 {name} 中的标记含有不允许的运算或调用（{error}）：模板只能显示数据，请删除它。",
            f"A tag in the Word template {name} computes or calls something ({error}): templates only show values, "
            "delete it.",
        ),
        code="FORBIDDEN",
    )


def _wrong_tag(name: str, error: Exception) -> TemplateError:
    """The sentence for a tag that Jinja2 cannot understand or carry out; docxtpl gives the lines around it."""
    lines = list(getattr(error, "docx_context", ()))
    tags = [tag for line in lines for tag in _TAG.findall(line)]
    reason = " ".join(str(error).split())[:_LONGEST_TAG]
    near = tags[min(3, len(tags) - 1)][:_LONGEST_TAG] if tags else reason
    return TemplateError(
        Text(
            f"Word 模板 {name} 中的标记写错了，位置在“{near}”附近（{reason}）：请在 Word 中改正。",
            f"A tag in the Word template {name} is wrong, near '{near}' ({reason}): correct it in Word.",
        ),
        code="TAG",
    )


def _numbering(document: Any) -> Any:
    return document.part.numbering_part.element


def _describe(document: Any, properties: Properties) -> None:
    core = document.core_properties
    moment = datetime.combine(properties.on, time(), tzinfo=UTC)
    core.title, core.subject, core.author = properties.title, properties.subject, properties.author
    core.last_modified_by, core.keywords, core.category = properties.author, properties.keywords, properties.category
    core.language, core.version, core.revision = LANGUAGE_TAGS[properties.language], properties.version, 1
    core.created = core.modified = moment


def _saved(document: Any, properties: Properties) -> bytes:
    target = io.BytesIO()
    document.save(target)
    parts = unzipped(target.getvalue())
    if properties.company and "docProps/app.xml" in parts:
        parts["docProps/app.xml"] = _with_company(parts["docProps/app.xml"], properties.company)
    return zipped(parts)


def _with_company(part: bytes, company: str) -> bytes:
    root = etree.fromstring(part)
    namespace = etree.QName(root).namespace
    for old in root.findall(f"{{{namespace}}}Company"):
        root.remove(old)
    etree.SubElement(root, f"{{{namespace}}}Company").text = company
    version = root.find(f"{{{namespace}}}AppVersion")
    if version is not None:
        root.append(version)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
