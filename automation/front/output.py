"""What a command's result looks like: one JSON object for programs, a summary for people.

Not here: any computing; the result is shown as it is.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from automation.base.findings import Finding, FindingStatus, Language, Severity, Text, counts
from automation.base.records import dataclass, field
from automation.base.secrets import has_password, without_passwords

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from automation.schema.catalogue import Catalogue

SHOWN = 60
"""How many findings the text form lists; the findings sheet and JSON have all."""
FILES_SHOWN = 40
"""How many files of one folder are listed; of more the folder is named. JSON has all."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one run of a command came to. ``edits`` is the number of cells changed (or that would be).

    ``lines`` are the body of the text form, ``tables`` the same rows for programs, ``body`` further fields of the JSON.
    """

    command: str
    book: str
    exit: int
    status_date: date | None = None
    findings: tuple[Finding, ...] = ()
    edits: int = 0
    documents: tuple[Path, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    notices: tuple[Text, ...] = ()
    backup: Path | None = None
    lines: tuple[Text, ...] = ()
    tables: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    dry_run: bool = False
    language: Language = "zh"


def as_json(result: Result, language: Language) -> str:
    """The JSON object of design section 5, with ``notices`` and ``backup`` added; passwords in addresses are hidden."""
    value = {
        "command": result.command,
        "book": result.book,
        "status_date": result.status_date,
        "exit": result.exit,
        "findings": [finding_value(finding, language) for finding in result.findings],
        "counts": counts(result.findings),
        "edits": result.edits,
        "documents": [str(path) for path in result.documents],
        "figures": dict(result.figures),
        "notices": [notice.in_(language) for notice in result.notices],
        "backup": str(result.backup) if result.backup else None,
    }
    if result.tables:
        value["tables"] = dict(result.tables)
    value.update(result.body)
    text = json.dumps(value, ensure_ascii=False, default=_plain)
    return json.dumps(_hidden(json.loads(text)), ensure_ascii=False) if has_password(text) else text


def _hidden(value: Any) -> Any:
    """A value of JSON with the passwords in the addresses of its texts hidden."""
    if isinstance(value, dict):
        return {key: _hidden(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_hidden(one) for one in value]
    return without_passwords(value) if isinstance(value, str) else value


def finding_value(finding: Finding, language: Language) -> dict[str, Any]:
    """One finding as design section 5 lists its fields, with what a repair would write."""
    place = finding.place
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity.code,
        "sheet": place.sheet,
        "key": place.key,
        "column": place.column,
        "cell": place.cell,
        "value": finding.value,
        "threshold": finding.threshold,
        "message": finding.message.in_(language),
        "hint": finding.hint.in_(language),
        "status": finding.status.value,
        "owner": finding.owner,
        "repair": finding.repair.value if finding.repair else None,
    }


def _plain(value: object) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return str(value)


def as_text(result: Result, catalogue: Catalogue | None, language: Language) -> str:
    """The summary for people: figures, findings from the gravest on, documents."""
    lines = [_title(result, language)]
    lines += _figures(result, language)
    lines += _findings(result, catalogue, language)
    lines += [line.in_(language) for line in result.lines]
    lines += [f"· {notice.in_(language)}" for notice in result.notices]
    lines += _made(result, language)
    if result.backup:
        lines.append(_say(language, f"原文件已备份：{result.backup}", f"Backup of the file as it was: {result.backup}"))
    return without_passwords("\n".join(lines))


def _made(result: Result, language: Language) -> list[str]:
    """The files that were made, or where they are when they are many in one folder."""
    folders = {path.parent for path in result.documents}
    if len(result.documents) > FILES_SHOWN and len(folders) == 1:
        count = len(result.documents)
        folder = next(iter(folders))
        return [_say(language, f"文档：{count} 份，在 {folder}", f"Documents: {count}, in {folder}")]
    return [f"{_kind(path).in_(language)}{path}" for path in result.documents]


def _kind(path: Path) -> Text:
    """What a file is, before its path: a Word document and its PDF, a picture, anything else."""
    kinds = {
        ".docx": Text("文档：", "Document: "),
        ".pdf": Text("文档：", "Document: "),
        ".png": Text("图片：", "Picture: "),
    }
    return kinds.get(path.suffix.lower(), Text("文件：", "File: "))


def _say(language: Language, zh: str, en: str) -> str:
    return zh if language == "zh" else en


def _title(result: Result, language: Language) -> str:
    changed = ""
    if result.edits:
        done = ("将修改", "would change") if result.dry_run else ("已修改", "changed")
        cells = "cell" if result.edits == 1 else "cells"
        changed = _say(language, f" · {done[0]} {result.edits} 个单元格", f" · {done[1]} {result.edits} {cells}")
    day = f" · {_say(language, '状态日期', 'status date')} {result.status_date}" if result.status_date else ""
    return f"{' · '.join(filter(None, (result.command, result.book)))}{day}{changed}"


FIGURES = (
    ("percent_complete", Text("完成率", "Complete"), "%"),
    ("planned_percent", Text("计划完成率", "Planned"), "%"),
    ("baseline_finish", Text("基线完成", "Baseline finish"), ""),
    ("forecast_finish", Text("预测完成", "Forecast finish"), ""),
    ("slip_days", Text("偏差(工作日)", "Slip (working days)"), ""),
    ("budget_used", Text("预算使用率", "Budget used"), "%"),
    ("estimate_at_completion", Text("完工估算", "Estimate at completion"), ""),
    ("deadline_slip_days", Text("相对合同截止(工作日)", "Against deadline (working days)"), ""),
)


def _figures(result: Result, language: Language) -> list[str]:
    shown = [
        f"{label.in_(language)} {_number(result.figures[name])}{unit}"
        for name, label, unit in FIGURES
        if result.figures.get(name) is not None
    ]
    return ["  " + " · ".join(shown)] if shown else []


def _number(value: object) -> str:
    """A figure as people read it: money with thousands, the rest as it is."""
    return f"{value:,.0f}" if isinstance(value, Decimal) else str(value)


NOTHING = {
    "check": Text("没有发现问题。", "Nothing was found."),
    "repair": Text("没有可以采用的修复。", "There is nothing to repair."),
}
"""What a command says that found nothing."""


def _findings(result: Result, catalogue: Catalogue | None, language: Language) -> list[str]:
    if catalogue is None or (not result.findings and result.command not in NOTHING):
        return []
    if not result.findings:
        return [f"  {NOTHING[result.command].in_(language)}"]
    names = {value.code: value.label.in_(language) for value in catalogue.lists["severity"].values}
    total = " · ".join(f"{names[code]} {count}" for code, count in counts(result.findings).items())
    statuses = catalogue.lists["finding_status"]
    by_status = " · ".join(
        f"{statuses.label(status.value, language)} {number}"
        for status in FindingStatus
        if (number := sum(finding.status == status for finding in result.findings))
    )
    lines = [f"  {total}  ({by_status})", ""]
    current = [finding for finding in result.findings if finding.status != FindingStatus.RESOLVED]
    for finding in current[:SHOWN]:
        lines += _finding(finding, catalogue, names[finding.severity.code], language)
    if len(current) > SHOWN:
        rest = len(current) - SHOWN
        lines.append(
            _say(
                language,
                f"…… 还有 {rest} 项，见检查结果表或 --format json。",
                f"... and {rest} more: see the findings sheet or --format json.",
            )
        )
    return lines


def _finding(finding: Finding, catalogue: Catalogue, severity: str, language: Language) -> list[str]:
    sheet = catalogue.sheets.get(finding.place.sheet)
    where = f"{sheet.label.in_(language) if sheet else finding.place.sheet}"
    where += f"!{finding.place.cell}" if finding.place.cell else ""
    waived = _say(language, "(已豁免)", " (waived)") if finding.status == FindingStatus.WAIVED else ""
    return [
        f"[{severity}] {finding.rule} {where}{waived}  {finding.message.in_(language)}",
        f"      → {finding.hint.in_(language)}",
    ]


def exit_code(findings: tuple[Finding, ...], fail_on: Severity) -> int:
    """1 when an open finding is at or above ``fail_on``, else 0."""
    open_ones = {FindingStatus.NEW, FindingStatus.CONTINUING}
    return int(any(finding.severity >= fail_on and finding.status in open_ones for finding in findings))
