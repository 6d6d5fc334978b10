"""The data check and deviation report (D28): scope, counts by severity and sheet, what is new and resolved, details.

Not here: its look (``templates/*/D28.docx``), the findings (``checks``, ``deviations``).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from automation.base.findings import FindingStatus, Severity, Text
from automation.commands import findings_sheet
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.base.findings import Finding
    from automation.commands.document.source import Source

TITLE = Text("数据检查报告", "Data check and deviation report")
MOST = 300
"""So many findings are listed one by one, the gravest first; the others are counted."""
_NAMES = {
    Severity.ERROR: Text("错误", "Error"),
    Severity.HIGH: Text("高", "High"),
    Severity.MEDIUM: Text("中", "Medium"),
    Severity.LOW: Text("低", "Low"),
    Severity.REMINDER: Text("提醒", "Reminder"),
}
_STATES = {
    FindingStatus.NEW: Text("新增", "new"),
    FindingStatus.CONTINUING: Text("持续", "continuing"),
    FindingStatus.RESOLVED: Text("已解决", "resolved"),
    FindingStatus.WAIVED: Text("已豁免", "waived"),
}


def data_report(source: Source) -> dict[str, Any]:
    """The context of D28 for the workbook."""
    request = source.request
    followed = findings_sheet.follow(
        request.findings, request.project, request.catalogue, request.status_date, skipped=request.judged.skipped
    )
    found = followed.findings
    open_ones = [one for one in found if request.is_open(one)]
    resolved = [one for one in found if one.status is FindingStatus.RESOLVED]
    return {
        **frame(source, "D28", TITLE, signed=False),
        "scope": _scope(source, open_ones, resolved),
        "severities": _severities(source, open_ones),
        "sheets": _sheets(source, open_ones),
        "owners": _owners(source, open_ones),
        "findings": [_line(source, one) for one in open_ones[:MOST]],
        "more": max(len(open_ones) - MOST, 0),
        "resolved": [_line(source, one) for one in resolved[:MOST]],
        "repairs": [_repair(source, one) for one in open_ones if one.repair is not None][:MOST],
    }


def _scope(source: Source, open_ones: Sequence[Finding], resolved: Sequence[Finding]) -> list[dict[str, str]]:
    request = source.request
    tables = [table for table in request.project.tables.values() if table.sheet.kind == "business"]
    rows = sum(len(table) for table in tables)
    name = request.project.path.replace("\\", "/").rpartition("/")[2]
    new = sum(one.status is FindingStatus.NEW for one in open_ones)
    return [
        pair(source, "工作簿", "Workbook", name),
        pair(source, "状态日期", "Status date", source.day(source.status_date)),
        pair(
            source,
            "检查范围",
            "Scope",
            source.say(
                f"{sum(map(bool, map(len, tables)))} 张表，{rows} 行",
                f"{sum(map(bool, map(len, tables)))} sheets, {rows} rows",
            ),
        ),
        pair(source, "未解决问题", "Open findings", str(len(open_ones))),
        pair(source, "其中新增", "Of these new", str(new)),
        pair(source, "已解决", "Resolved", str(len(resolved))),
    ]


def _severities(source: Source, found: Sequence[Finding]) -> list[dict[str, str]]:
    counted = Counter(one.severity for one in found)
    new = Counter(one.severity for one in found if one.status is FindingStatus.NEW)
    return [
        {"name": name.in_(source.language), "count": str(counted[grade]), "new": str(new[grade])}
        for grade, name in _NAMES.items()
    ]


def _sheets(source: Source, found: Sequence[Finding]) -> list[dict[str, str]]:
    counted: dict[str, Counter[Severity]] = {}
    for one in found:
        counted.setdefault(one.place.sheet, Counter())[one.severity] += 1
    return [
        {
            "name": _sheet(source, sheet),
            **{grade.name.lower(): str(counts[grade]) for grade in _NAMES},
            "total": str(sum(counts.values())),
        }
        for sheet, counts in sorted(counted.items(), key=lambda one: -sum(one[1].values()))
    ]


def _sheet(source: Source, name: str) -> str:
    sheet = source.catalogue.sheets.get(name)
    return sheet.label.in_(source.language) if sheet else name


def _owners(source: Source, found: Sequence[Finding]) -> list[dict[str, str]]:
    counted = Counter(one.owner for one in found)
    grave = Counter(one.owner for one in found if one.severity >= Severity.HIGH)
    nobody = source.say("未指定", "nobody")
    return [
        {"name": source.person(owner) if owner else nobody, "count": str(count), "grave": str(grave[owner])}
        for owner, count in counted.most_common()
    ]


def _line(source: Source, one: Finding) -> dict[str, str]:
    where = " ".join(filter(None, (_sheet(source, one.place.sheet), one.place.cell)))
    return {
        "severity": _NAMES[one.severity].in_(source.language),
        "grave": "grave" if one.severity >= Severity.HIGH else "",
        "rule": one.rule,
        "place": where or EMPTY,
        "key": one.place.key or EMPTY,
        "message": one.message.in_(source.language),
        "hint": one.hint.in_(source.language),
        "owner": source.person(one.owner or None),
        "status": _STATES[one.status].in_(source.language),
    }


def _repair(source: Source, one: Finding) -> dict[str, str]:
    return {
        "place": " ".join(filter(None, (_sheet(source, one.place.sheet), one.place.cell))),
        "before": EMPTY if one.value is None else str(one.value),
        "after": EMPTY if one.repair is None or one.repair.value is None else str(one.repair.value),
    }
