"""The check and test report (D11): what was checked how, results item by item, problems, rework and rechecks.

Not here: its look (``templates/*/D11.docx``), the proposed verdict (``deviations.quality``).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.acceptance import conclusion
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number, pair
from automation.commands.document.trace import in_scope
from automation.deviations import quality

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.commands.document.source import Source
    from automation.model.rows import ChecksRow

TITLE = Text("检查与测试报告", "Check and test report")
RESULTS = ("passed", "passed_with_conditions", "failed", "not_executed")
_VERDICTS = {
    "accepted": Text("具备通过验收的条件", "The results support acceptance"),
    "with_conditions": Text("具备有条件通过验收的条件", "The results support acceptance with conditions"),
    "not_accepted": Text("目前不具备通过验收的条件", "The results do not support acceptance yet"),
}


def check_report(source: Source) -> dict[str, Any]:
    """The context of D11 for the source's project."""
    rows = source.own(source.rows.checks)
    return {
        **frame(source, "D11", TITLE, signed=False),
        "basis": _basis(source, rows),
        "methods": _by_kind(source, rows),
        "figures": _figures(source, rows),
        "results": [_result(source, row) for row in rows if row.executed_on is not None],
        "planned": [_planned(source, row) for row in rows if row.executed_on is None],
        "problems": [_problem(source, row) for row in rows if row.result == "failed" or row.problem],
        "rechecks": [_recheck(source, row) for row in rows if row.recheck_of],
        "unchecked": _unchecked(source, rows),
        "conclusion": _concluded(source),
    }


def _basis(source: Source, rows: tuple[ChecksRow, ...]) -> list[dict[str, str]]:
    days = [row.executed_on for row in rows if row.executed_on]
    period = EMPTY
    if days:
        first, last = source.day(min(days)), source.day(max(days))
        period = source.say(f"{first}至{last}", f"{first} to {last}")
    scope = in_scope(source)
    covered = len({row.req_id for row in rows if row.req_id} & {row.req_id for row in scope})
    return [
        pair(
            source,
            "依据",
            "Basis",
            source.say(
                "需求规格说明书及其验收标准、经同意的变更",
                "Requirements specification with its criteria, agreed changes",
            ),
        ),
        pair(source, "质量目标", "Quality goals", "\n".join(source.items(source.project.quality_goal))),
        pair(source, "检查期间", "Period", period),
        pair(source, "检查项目", "Checks", str(len(rows))),
        pair(source, "覆盖需求", "Requirements covered", f"{covered} / {len(scope)}"),
    ]


def _by_kind(source: Source, rows: tuple[ChecksRow, ...]) -> list[dict[str, str]]:
    groups: dict[str, list[ChecksRow]] = defaultdict(list)
    for row in rows:
        groups[row.kind or ""].append(row)
    return [
        {
            "kind": source.label("checks", "kind", kind or None),
            "planned": str(len(found)),
            **{name: str(sum((row.result or "not_executed") == name for row in found)) for name in RESULTS},
        }
        for kind, found in groups.items()
    ]


def _figures(source: Source, rows: tuple[ChecksRow, ...]) -> dict[str, str]:
    first = quality.first_pass(rows)
    open_ones = quality.open_failures(rows)
    late = quality.overdue_rework(rows, source.status_date)
    return {
        "total": str(len(rows)),
        "executed": str(sum(row.executed_on is not None for row in rows)),
        "yield": EMPTY if first.percent is None else f"{first.percent:.1f}%",
        "open": str(len(open_ones)),
        "late": str(len(late)),
    }


def _about(source: Source, row: ChecksRow) -> str:
    known = (
        ("requirements", row.req_id, "title"),
        ("deliverables", row.deliverable_id, "name"),
        ("plan", row.task_id, "name"),
    )
    for sheet, key, column in known:
        found = source.request.project.table(sheet).by_key.get(key or "")
        if found is not None:
            return f"{key} {source.pick(found, column)}"
    return row.step_id or EMPTY


def _measured(row: ChecksRow, value: float | None) -> str:
    return EMPTY if value is None else f"{number(float(value))} {row.unit or ''}".strip()


def _result(source: Source, row: ChecksRow) -> dict[str, str]:
    sign = source.label("checks", "compare", row.compare) if row.compare else ""
    target = _measured(row, row.target_value)
    return {
        "id": row.check_id or EMPTY,
        "about": _about(source, row),
        "kind": source.label("checks", "kind", row.kind),
        "standard": row.standard or EMPTY,
        "target": f"{sign} {target}".strip() if target != EMPTY else EMPTY,
        "actual": _measured(row, row.actual_value),
        "date": source.day(row.executed_on),
        "by": source.person(row.executor),
        "result": source.label("checks", "result", row.result),
        "failed": "failed" if row.result == "failed" else "",
    }


def _planned(source: Source, row: ChecksRow) -> dict[str, str]:
    late = row.planned_on is not None and row.planned_on < source.status_date
    return {
        "id": row.check_id or EMPTY,
        "about": _about(source, row),
        "kind": source.label("checks", "kind", row.kind),
        "date": source.day(row.planned_on),
        "late": "late" if late else "",
        "by": source.person(row.executor),
    }


def _problem(source: Source, row: ChecksRow) -> dict[str, str]:
    late = row.rework_due is not None and row.rework_due < source.status_date and row.rework_done is None
    return {
        "id": row.check_id or EMPTY,
        "problem": row.problem or row.standard or EMPTY,
        "severity": source.label("checks", "defect_severity", row.defect_severity),
        "resolution": row.resolution or source.say("待定", "to be decided"),
        "owner": source.person(row.rework_owner),
        "due": source.day(row.rework_due),
        "late": "late" if late else "",
        "done": source.day(row.rework_done),
    }


def _recheck(source: Source, row: ChecksRow) -> dict[str, str]:
    return {
        "id": row.check_id or EMPTY,
        "of": row.recheck_of or EMPTY,
        "date": source.day(row.executed_on or row.planned_on),
        "actual": _measured(row, row.actual_value),
        "result": source.label("checks", "result", row.result or "not_executed"),
    }


def _unchecked(source: Source, rows: Iterable[ChecksRow]) -> list[str]:
    """Requirements in scope that no check names."""
    covered = {row.req_id for row in rows}
    return [f"{row.req_id} {source.pick(row, 'title')}" for row in in_scope(source) if row.req_id not in covered]


def _concluded(source: Source) -> dict[str, Any]:
    found = conclusion(source)
    unproven, grave, minor = len(found.unproven), len(found.grave), len(found.minor)
    return {
        "text": _VERDICTS[found.verdict].in_(source.language),
        "reasons": [
            source.say(
                f"高优先级需求中 {unproven} 项尚无通过的检查。",
                f"{unproven} requirements of high priority have no passed check yet.",
            ),
            source.say(
                f"未关闭的致命或严重问题 {grave} 项，一般问题或建议 {minor} 项。",
                f"{grave} critical or major failures and {minor} minor ones are open.",
            ),
        ],
    }
