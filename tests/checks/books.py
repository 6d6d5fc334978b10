"""Workbooks for the data checks from text tables that show cells as a user types them.

First line of a block: the sheet's identifier. Second line: column identifiers. Then rows parted by ``|``. A cell is
empty, ``-`` for empty, ``'12`` for the text 12, ``#REF!`` for an error value, else a number, a day (2026-06-12), a
moment (2026-06-12 09:30) or a text. Required columns that a block does not name get sound values.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.checks.registry import checked
from automation.model.project import build
from automation.model.tables import CellError, Raw, RawSheet
from tests.tables import catalogue

if TYPE_CHECKING:
    from automation.base.findings import Finding, Language
    from automation.model.project import Project
    from automation.schema.catalogue import Column, Sheet

STATUS_DATE = date(2026, 6, 12)
SOUND = {
    ("plan", "wbs"): lambda number: f"1.{number}",
    ("plan", "kind"): lambda _: "task",
    ("plan", "status"): lambda _: "not_started",
    ("plan", "percent_complete"): lambda _: 0.0,
    ("projects", "finish_deadline"): lambda _: date(2026, 12, 31),
    ("projects", "quality_goal"): lambda _: "合格率 100%",
    ("services", "active_to"): lambda _: date(2027, 12, 31),
    ("deals", "stage"): lambda _: "lead",
    ("customers", "name"): lambda number: f"客户{number}",
    ("processes", "process_code"): lambda _: "P-SVC",
    ("processes", "version"): lambda _: "V1.0",
    ("processes", "step_no"): float,
    ("metrics", "period"): lambda number: f"2026-{number:02}",
    ("metrics", "scope_kind"): lambda _: "company",
    ("metrics", "scope_ref"): lambda _: "ALL",
}


class Result(NamedTuple):
    """What the checks say of a workbook; ``read`` are the findings of reading."""

    project: Project
    read: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    failed: frozenset[tuple[str, int, str]]

    def cells(self, *rules: str) -> list[tuple[str, str, str]]:
        """Rule, sheet and cell of the findings of the checks, in order."""
        return [
            (finding.rule, finding.place.sheet, finding.place.cell)
            for finding in self.findings
            if not rules or finding.rule in rules
        ]

    def one(self) -> Finding:
        """The only finding of the checks."""
        assert len(self.findings) == 1, [finding.message.zh for finding in self.findings]
        return self.findings[0]


def result(text: str, *, language: Language = "zh", most: int = 200) -> Result:
    """The checks of the workbook of a text."""
    project, read = project_of(text, language=language)
    done = checked(project, catalogue(), STATUS_DATE, most=most)
    return Result(project, read, done.findings, done.failed)


def said(text: str, language: Language = "zh") -> list[str]:
    """Message and hint, in the order found, of the workbook of a text in that language."""
    return [
        f"{finding.message.in_(language)} {finding.hint.in_(language)}"
        for finding in result(text, language=language).findings
    ]


def project_of(text: str, *, language: Language = "zh") -> tuple[Project, tuple[Finding, ...]]:
    """The project of a text with the findings of reading."""
    blocks = [block.strip().splitlines() for block in re.split(r"\n\s*\n", text.strip())]
    return build(Raw("book.xlsx", tuple(_sheet(block, language) for block in blocks)), catalogue())


def _sheet(lines: list[str], language: Language) -> RawSheet:
    sheet = catalogue().sheets[lines[0].strip()]
    names = [name.strip() for name in lines[1].split("|")]
    rest = [column for column in sheet.columns if column.need == "required" and column.id not in names]
    header = [sheet.by_id[name].label.in_(language) for name in names]
    rows: list[list[Any]] = [[*header, *(column.label.in_(language) for column in rest)]]
    for number, line in enumerate(lines[2:], start=1):
        cells = [_cell(cell.strip()) for cell in line.split("|")]
        assert len(cells) == len(names), line
        rows.append([*cells, *(sound(sheet, column, number, language) for column in rest)])
    return RawSheet(sheet.label.in_(language), rows)


def _cell(text: str) -> Any:  # noqa: PLR0911 - one form a line
    if text in {"", "-"}:
        return None
    if text.startswith("'"):
        return text[1:]
    if re.fullmatch(r"#[A-Z/0]+[!?]?", text):
        return CellError(text)
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return float(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", text):
        return datetime.fromisoformat(text)
    return text.replace("␣", " ")


def sound(sheet: Sheet, column: Column, number: int, language: Language = "zh") -> Any:  # noqa: PLR0911 - as above
    """A value that a sound row holds in a required column, as it stands in the cell."""
    own = SOUND.get((sheet.id, column.id))
    if column.list:
        values = catalogue().lists[column.list]
        return values.label(own(number) if own else values.values[0].code, language)
    if own:
        return own(number)
    if column.id == sheet.key and sheet.prefix:
        return f"{sheet.prefix}-{number:03}"
    if column.reference:
        return f"{catalogue().sheets[column.reference.sheet].prefix}-001"
    if column.kind == "date":
        return date(2026, 6, 1)
    if column.kind == "dt":
        return datetime(2026, 6, 1, 9)
    if column.kind in {"int", "num", "money", "pct"}:
        return float(column.schema.get("minimum", 1)) or 1.0
    return "这是一段足够长的文字内容"
