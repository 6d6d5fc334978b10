"""A template filled with values: the bytes of a finished Word document, the same bytes for the same values.

Not here: the values (``commands``), the look (``design``), the filling of tags (``filling``, in a child process).
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

import docx
from lxml import etree

from automation.base.errors import TemplateError
from automation.base.findings import Text
from automation.word.contents import completed
from automation.word.design.numbering import LANGUAGE_TAGS
from automation.word.differences import differences
from automation.word.filling import filled
from automation.word.package import parts_of, zipped
from automation.word.pictures import draw_pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from automation.base.findings import Language
    from automation.model.charts.chart import Chart


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


class Prepared:
    """A filled document that waits for the pages of its headings."""

    def __init__(self, document: Any, properties: Properties) -> None:
        self._document, self._properties = document, properties
        self._contents = completed(document.element.body, document.styles.element, _numbering(document))
        _describe(document, properties)

    @property
    def headings(self) -> int:
        """How many headings it has; 0 where it has no table of contents, which needs no pages."""
        return len(self._contents.headings) if self._contents.entries else 0

    def draft(self) -> bytes:
        """The document without page numbers, to be laid out."""
        return _saved(self._document, self._properties)

    def finished(self, pages: Sequence[int] | None) -> bytes:
        """The document with the page of each heading in its contents; without, Word fills them in on opening."""
        if pages is not None and self.headings and len(pages) == self.headings:
            self._contents.number_pages(pages)
        else:
            self._contents.leave_to_word()
        return _saved(self._document, self._properties)


def prepared(
    template: Path,
    context: Mapping[str, Any],
    *,
    properties: Properties,
    charts: Mapping[str, Chart] | None = None,
    former: bytes | None = None,
) -> Prepared:
    """The document of a template and its values (text, numbers, lists and dicts only).

    ``charts`` are drawn where the template shows ``pictures`` of their names. ``former`` is the file of the version
    before: what differs from it fills the field ``differences``. Raises TemplateError naming template, place and field
    when one is missing, a tag is wrong or filling takes too much.
    """
    data = _filled(template, context)
    if former is not None and (found := differences(former, data, properties.language)):
        data = _filled(template, {**context, "differences": found})
    document: Any = docx.Document(io.BytesIO(data))
    draw_pictures(document, charts or {}, properties.language)
    return Prepared(document, properties)


def render(
    template: Path,
    context: Mapping[str, Any],
    *,
    properties: Properties,
    charts: Mapping[str, Chart] | None = None,
    page_numbers: Callable[[bytes, int], Sequence[int] | None] | None = None,
    former: bytes | None = None,
) -> bytes:
    """The finished document, as ``prepared``; ``page_numbers`` finds the page of every heading (``pages.heading_pages``)."""
    found = prepared(template, context, properties=properties, charts=charts, former=former)
    pages = page_numbers(found.draft(), found.headings) if page_numbers is not None and found.headings else None
    return found.finished(pages)


def _filled(template: Path, context: Mapping[str, Any]) -> bytes:
    """The filled template; a field that is not there, or a wrong tag, is told with its place and the nearest field."""
    try:
        return filled(template, context)
    except TemplateError as error:
        if error.code not in {"FIELD", "TAG"}:
            raise
        from automation.word.template_check import check, shape_of  # noqa: PLC0415 - only where a template is wrong

        fault = next(iter(check(template.read_bytes(), shape_of(dict(context))).faults), None)
        if fault is None:
            raise
        name, sentence = f"{template.parent.name}/{template.name}", fault.sentence()
        located = Text(
            f"Word 模板 {name} {sentence.zh}。请在 Word 中改正，或运行 deliverybook template check。",
            f"Word template {name}: {sentence.en}. Correct it in Word, or run deliverybook template check.",
        )
        raise TemplateError(located, code=error.code) from error


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
    parts = parts_of(document)
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
