"""Quality figures (C15, C16; B16): first-pass yield, open failures, overdue rework, the proposed conclusion.

Not here: the figures (``deviations.quality``).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.analysis_sheets import filled
from automation.commands.scheduling import rounded
from automation.deviations import quality
from automation.deviations.derived import by_project
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.commands.request import Request
    from automation.model.rows import ChecksRow, ProjectsRow

SHEET = "quality_figures"
VERDICTS = {
    "accepted": Text("通过", "accepted"),
    "with_conditions": Text("有条件通过", "accepted with conditions"),
    "not_accepted": Text("不通过", "not accepted"),
}


def quality_figures(request: Request) -> Outcome:
    """First-pass yield by project and month, open failures by severity, overdue rework, and each project's conclusion."""
    rows = request.project.rows
    groups = by_project(rows.checks)
    projects = [row for row in rows.projects if row.project_id and row.status not in {"closed", "terminated"}]
    limit = request.settings.number("first_pass_min")
    table = [line for row in projects for line in _months(row, groups.get(row.project_id, []), limit)]
    found = filled(request, SHEET, table, caption=_caption(request))
    each = {row.project_id or "": _project(request, row, groups.get(row.project_id, [])) for row in projects}
    whole = quality.first_pass(rows.checks)
    return Outcome(
        edits=found.edits,
        figures={
            "first_pass_yield": rounded(whole.percent),
            "executed": whole.executed,
            "open_failures": sum(one["open_failures"] for one in each.values()),
            "overdue_rework": sum(len(one["overdue_rework"]) for one in each.values()),
            "projects": each,
        },
        lines=tuple(_lines(projects, each)),
        tables={"months": [{**line, "label": None} for line in table], "kinds": _kinds(rows.checks)},
        notices=found.notices,
        log=(LogEntry("quality", SHEET),),
        goto=found.goto,
        needs=(Need("generate", "checks"),),
    )


def _months(row: ProjectsRow, checks: Sequence[ChecksRow], limit: float) -> Iterator[dict[str, Any]]:
    for month, members in quality.by_month(checks).items():
        found = quality.first_pass(members)
        if found.executed:
            yield {
                "label": f"{row.project_id} {month}",
                "project_id": row.project_id,
                "month": month,
                "executed": found.executed,
                "passed": found.passed,
                "first_pass": rounded(found.percent),
                "target": limit,
            }


def _kinds(checks: Sequence[ChecksRow]) -> list[dict[str, Any]]:
    kinds = dict.fromkeys(row.kind for row in checks if row.kind)
    found = []
    for kind in kinds:
        one = quality.first_pass(row for row in checks if row.kind == kind)
        found.append({"kind": kind, "executed": one.executed, "passed": one.passed, "first_pass": rounded(one.percent)})
    return found


def _project(request: Request, row: ProjectsRow, checks: Sequence[ChecksRow]) -> dict[str, Any]:
    requirements = [one for one in request.project.rows.requirements if one.project_id == row.project_id]
    found = quality.conclusion(requirements, checks)
    failures = quality.open_failures(checks)
    return {
        "first_pass_yield": rounded(quality.first_pass(checks).percent),
        "open_failures": len(failures),
        "failures_by_severity": dict(Counter(one.defect_severity or "unknown" for one in failures)),
        "overdue_rework": [one.check_id for one in quality.overdue_rework(checks, request.status_date)],
        "verdict": found.verdict,
        "unproven": [one.req_id for one in found.unproven],
        "residual": [one.check_id for one in (*found.grave, *found.minor)],
    }


def _caption(request: Request) -> Text:
    return Text(
        f"状态日期 {request.status_date}：按执行月份统计首次检查；复检不计，有条件通过算通过。",
        f"At {request.status_date}: first checks by month of execution; rechecks do not count, conditional passes do.",
    )


def _lines(projects: Sequence[ProjectsRow], each: dict[str, dict[str, Any]]) -> Iterator[Text]:
    if not projects:
        yield Text("没有进行中的项目。", "There are no open projects.")
    for row in projects:
        one = each[row.project_id or ""]
        verdict = VERDICTS[one["verdict"]]
        share = "—" if one["first_pass_yield"] is None else f"{one['first_pass_yield']}%"
        unproven, residual = one["unproven"], one["residual"]
        yield Text(
            f"{row.project_id} {row.name or ''}：一次通过率 {share}，未关闭问题 {one['open_failures']} 项，建议结论：{verdict.zh}",
            f"{row.project_id} {row.name_en or row.name or ''}: first-pass yield {share}, {one['open_failures']} open failures, "
            f"proposed conclusion: {verdict.en}",
        )
        if residual:
            yield Text(f"  未关闭：{'、'.join(residual)}", f"  open: {', '.join(residual)}")
        if unproven:
            yield Text(
                f"  尚未证明的高优先级需求：{'、'.join(unproven)}",
                f"  requirements of high priority not proven yet: {', '.join(unproven)}",
            )
        if one["overdue_rework"]:
            rework = one["overdue_rework"]
            yield Text(f"  整改逾期：{'、'.join(rework)}", f"  rework overdue: {', '.join(rework)}")
