"""The demonstration project's documents, filled once for all tests of this folder."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from lxml import etree

import automation
from automation.base.findings import Text
from automation.commands.documents import DOCUMENTS, document_kind, document_request
from automation.front import demo as main_job
from automation.model.project import build
from automation.model.tables import Raw, RawSheet
from automation.word.design.numbering import WORD
from automation.word.render import Properties, prepared, render
from tests.documents import source_of
from tests.tables import catalogue

ROOT = Path(automation.__file__).parents[1]
DEMO = ROOT / "automation" / "demo"
TEMPLATES = ROOT / "templates"
STATUS_DATE = date(2026, 6, 12)
COMPANY = Text("启程信息技术有限公司(示例)", "Qicheng Information Technology Co., Ltd. (example)")
W = f"{{{WORD}}}"
SUBJECTS = dict(named.split(":") for named in main_job.DOCUMENTS.split() if ":" in named)
"""The row of the demonstration project that a document is about, where there are several."""
ALL = tuple((kind.id, language) for kind in DOCUMENTS for language in ("zh", "en"))


@cache
def demo(*, requirements: int = 0):
    """The demonstration project; ``requirements`` of them (copies under new numbers) where a number is given."""
    sheets = []
    for path in sorted(DEMO.glob("*.yaml")):
        if path.stem not in catalogue().sheets:
            continue
        rows = yaml.safe_load(path.read_text("utf-8")) or []
        if requirements and path.stem == "requirements":
            rows = [{**rows[n % len(rows)], "req_id": f"REQ-{n + 1:03}"} for n in range(requirements)]
        columns = [column.id for column in catalogue().sheets[path.stem].columns]
        sheets.append(RawSheet(path.stem, [columns, *([row.get(name) for name in columns] for row in rows)]))
    return build(Raw("demo.xlsx", tuple(sheets)), catalogue())[0]


@cache
def request(identifier: str, language: str, *, requirements: int = 0):
    kind = document_kind(identifier)
    made = source_of(
        demo(requirements=requirements),
        language,
        day=STATUS_DATE,
        company=COMPANY,
        sheet=kind.sheet,
        key=SUBJECTS.get(kind.id, ""),
        internal=kind.audience == "internal",
    )
    return document_request(kind, made)


def properties(found) -> Properties:
    return Properties(**{**found.context["properties"], "on": STATUS_DATE, "language": found.language})


def fill(found, **options) -> bytes:
    template = TEMPLATES / found.language / f"{found.id}.docx"
    return render(template, found.context, properties=properties(found), charts=found.charts, **options)


def prepared_of(found):
    """A filled document that waits for the pages of its headings."""
    template = TEMPLATES / found.language / f"{found.id}.docx"
    return prepared(template, found.context, properties=properties(found), charts=found.charts)


@cache
def filled(identifier: str, language: str) -> bytes:
    """A document of the demonstration project without page numbers."""
    return fill(request(identifier, language))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def part(data: bytes, name: str = "word/document.xml"):
    return etree.fromstring(parts(data)[name])


def text_of(element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Style and text of every paragraph of the body, in order."""
    found = []
    for paragraph in part(data).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        found.append(("" if style is None else style.get(f"{W}val"), text_of(paragraph)))
    return found
