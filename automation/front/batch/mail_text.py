"""The words of a mail to an owner: subject, plain text, and the same as a page that mail programs show.

Styles stand in the elements themselves, since mail programs drop style sheets; whatever came from a workbook is escaped.
Not here: for whom mails are made (``drafts``).
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import FindingStatus, Severity, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from automation.base.findings import Finding, Language
    from automation.model.runs import BookRun, Tally
    from automation.schema.catalogue import Catalogue

MOST = 60
"""So many findings of a workbook stand in a mail, the gravest; its findings sheet has all."""
NEW = Text("新", "new")
LATE = Text("已逾期", "overdue")
DUE = Text("到期", "Due")
HEADS = (Text("级别", "Severity"), Text("位置和处理办法", "Row and what to do"), DUE)
_FONT = "font:14px/1.5 'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','Segoe UI',Arial,sans-serif;color:#1b2a41"
_CELL = "padding:8px 8px;border-bottom:1px solid #d5dce6;text-align:left;vertical-align:top"
_COLOURS = {
    Severity.ERROR: "#c1272d",
    Severity.HIGH: "#c1272d",
    Severity.MEDIUM: "#96590b",
    Severity.LOW: "#5b6b80",
    Severity.REMINDER: "#5b6b80",
}


class Part(NamedTuple):
    """What is open for an owner in one workbook: the findings that can be named, and how many there are in all."""

    run: BookRun
    findings: Sequence[Finding]
    tally: Tally


class Words(NamedTuple):
    """A mail's texts in one language; ``name`` is whom it is for."""

    name: str
    parts: Sequence[Part]
    catalogue: Catalogue
    language: Language

    def subject(self) -> str:
        """What is new and how grave it is, in one line."""
        count = sum(part.tally.open for part in self.parts)
        new = sum(part.tally.new for part in self.parts)
        grave = sum(part.tally.grave for part in self.parts)
        books = len(self.parts)
        where = one_line(Path(self.parts[0].run.book).stem) if books == 1 else f"{books} 个工作簿"
        place = where if books == 1 else f"{books} workbooks"
        return Text(
            f"请处理：{f'新增 {new} 项，' if new else ''}共 {count} 项（高级别以上 {grave} 项）- {where}",
            f"To do: {f'{new} new, ' if new else ''}{count} open ({grave} high or above) - {place}",
        ).in_(self.language)

    def plain(self) -> str:
        """The mail as plain text."""
        lines = [self._greeting(), "", self._intent(), ""]
        for part in self.parts:
            lines += [f"■ {one_line(Path(part.run.book).name)}", f"  {one_line(part.run.book)}", ""]
            for number, one in enumerate(_first(part.findings), start=1):
                due = part.run.due.get(one.id)
                day = f" · {DUE.in_(self.language)} {self._day(part, due)}" if due else ""
                lines += [
                    f"{number}. [{self._severity(one)}{self._new(one)}] {self._place(one)}{day}",
                    f"   {one_line(one.message.in_(self.language))}",
                    f"   → {one_line(one.hint.in_(self.language))}",
                ]
            lines += [*(f"   {text}" for text in self._rest(part)), ""]
        return "\n".join([*lines, self._origin(), ""])

    def page(self) -> str:
        """The mail as a page: a table for each workbook."""
        tables = "".join(self._table(part) for part in self.parts)
        tongue = "zh-CN" if self.language == "zh" else "en"
        return (
            f'<!doctype html><html lang="{tongue}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1"></head>'
            f'<body style="margin:0;padding:16px;background:#fff;{_FONT}"><div style="max-width:820px">'
            f'<p style="margin:0 0 8px">{escape(self._greeting())}</p>'
            f'<p style="margin:0 0 16px">{escape(self._intent())}</p>{tables}'
            f'<p style="margin:16px 0 0;color:#5b6b80;font-size:12px">{escape(self._origin())}</p></div></body></html>'
        )

    def _table(self, part: Part) -> str:
        path = Path(part.run.book)
        name = escape(one_line(path.name))
        if path.is_absolute():
            name = f'<a href="{escape(path.as_uri())}" style="color:#1b365d">{name}</a>'
        heads = "".join(
            f'<th style="{_CELL};background:#f3f6fa;white-space:nowrap">{escape(head.in_(self.language))}</th>'
            for head in HEADS
        )
        rows = "".join(self._row(part, one) for one in _first(part.findings))
        rest = "".join(f'<p style="margin:6px 0;color:#5b6b80">{escape(text)}</p>' for text in self._rest(part))
        return (
            f'<h2 style="margin:20px 0 2px;font-size:16px;color:#1b365d">{name}</h2>'
            f'<p style="margin:0 0 8px;color:#5b6b80;font-size:12px;word-break:break-all">{escape(one_line(part.run.book))}</p>'
            f'<table style="width:100%;border-collapse:collapse;font-size:14px"><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table>{rest}"
        )

    def _row(self, part: Part, one: Finding) -> str:
        due = part.run.due.get(one.id)
        late = ";color:#c1272d" if due and _is_late(part, due) else ""
        grade = f'<b style="color:{_COLOURS[one.severity]}">{escape(self._severity(one))}</b>'
        grade += f"<br>{NEW.in_(self.language)}" if one.status == FindingStatus.NEW else ""
        what = (
            f'<b style="white-space:nowrap">{escape(self._place(one))}</b><br>{escape(one.message.in_(self.language))}'
            f'<div style="margin-top:2px;color:#5b6b80">→ {escape(one.hint.in_(self.language))}</div>'
        )
        day = f'<span style="white-space:nowrap">{due}</span><br>{LATE.in_(self.language)}' if late else due or ""
        return (
            f'<tr><td style="{_CELL}">{grade}</td><td style="{_CELL};overflow-wrap:anywhere">{what}</td>'
            f'<td style="{_CELL}{late}">{day}</td></tr>'
        )

    def _greeting(self) -> str:
        name = one_line(self.name)
        return Text(f"{name}，您好：", f"Dear {name},").in_(self.language)

    def _intent(self) -> str:
        count = sum(part.tally.open for part in self.parts)
        is_are = "item is" if count == 1 else "items are"
        return Text(
            f"以下 {count} 项由您负责，请处理；处理好的下次检查后不再列出。",
            f"{count} {is_are} with you; what is done will be gone after the next check.",
        ).in_(self.language)

    def _rest(self, part: Part) -> Iterator[str]:
        rest = part.tally.open - min(len(part.findings), MOST)
        if rest > 0:
            sheet = self.catalogue.sheets["findings"].label
            yield Text(f"还有 {rest} 项，见“{sheet.zh}”表。", f"{rest} more: see the sheet {sheet.en}.").in_(
                self.language
            )

    def _origin(self) -> str:
        days = [part.run.status_date for part in self.parts if part.run.status_date]
        day = Text(f"（状态日期 {max(days)}）", f" (status date {max(days)})") if days else Text("", "")
        return Text(
            f"由交付簿检查工作簿后自动写成{day.zh}。", f"Written by Deliverybook after checking the workbooks{day.en}."
        ).in_(self.language)

    def _severity(self, one: Finding) -> str:
        return self.catalogue.lists["severity"].label(one.severity.code, self.language)

    def _new(self, one: Finding) -> str:
        return f" · {NEW.in_(self.language)}" if one.status == FindingStatus.NEW else ""

    def _place(self, one: Finding) -> str:
        sheet = self.catalogue.sheets.get(one.place.sheet)
        return one_line(f"{sheet.label.in_(self.language) if sheet else one.place.sheet} {one.place.key}".strip())

    def _day(self, part: Part, due: date) -> str:
        late = f" {LATE.in_(self.language)}" if _is_late(part, due) else ""
        return f"{due}{late}"


def _is_late(part: Part, due: date) -> bool:
    return part.run.status_date is not None and due < part.run.status_date


def _first(findings: Sequence[Finding]) -> Sequence[Finding]:
    """The gravest findings, of like ones the new first."""
    return sorted(findings, key=lambda one: (-one.severity, one.status != FindingStatus.NEW))[:MOST]


def one_line(text: str) -> str:
    """The text in one line: a name of a file may hold line breaks."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
