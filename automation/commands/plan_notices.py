"""Sentences on plans that could not be computed as a whole: which tasks were left out, and why.

Not here: what is left out (``planning.doubts``), the findings on the causes (``checks``, ``deviations.structure``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.planning.problems import ProblemKind
from automation.planning.statutory import known_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from automation.commands.request import Request
    from automation.planning.doubts import Doubt
    from automation.planning.plan import Plan

SHOWN = 5
"""How many causes and tasks a sentence names."""
KINDS = {
    ProblemKind.CYCLE: Text("前置任务形成循环 {}", "its predecessors form a loop: {}"),
    ProblemKind.UNKNOWN_PREDECESSOR: Text("前置任务 {} 不在计划中", "predecessor {} is not in the plan"),
    ProblemKind.DUPLICATE_TASK: Text("任务编号重复{}", "more than one row has this ID{}"),
    ProblemKind.SUMMARY_START: Text("与阶段汇总 {} 的关系不能计算", "its link to the summary {} cannot be computed"),
    ProblemKind.TOO_LONG: Text("工期或间隔过长{}", "duration or lag is too long{}"),
}


def plan_notices(request: Request) -> tuple[Text, ...]:
    """Sentences on projects that are not closed: dates that are unknown with their causes, and dates that are provisional."""
    standing = [(name, plan) for name, plan in request.plans.items() if request.case.stands(name)]
    known = known_until((row.date, row.kind or "") for row in request.project.rows.calendar if row.date is not None)
    unknown = [_notice(request, name, plan) for name, plan in standing if plan.doubts]
    provisional = [
        _provisional(name, last, known)
        for name, plan in standing
        if known and (last := max(filter(None, (plan.finish, plan.forecast_finish)), default=None)) and last > known
    ]
    return (*unknown, *provisional)


def _provisional(project: str, last: date, known: date) -> Text:
    return Text(
        f"项目 {project} 排到 {last}，而日历表的法定节假日只到 {known.year} 年：之后按普通周末计算，日期是暂定的；"
        "国务院办公厅公布新一年的安排后，请补充日历表。",
        f"Project {project} runs until {last}, but the calendar sheet has statutory holidays up to {known.year} only: later "
        "dates count ordinary weekends and are provisional; add the new year to the calendar sheet when it is announced.",
    )


def _notice(request: Request, project: str, plan: Plan) -> Text:
    explained = {doubt.task for doubt in plan.doubts if doubt.kind is not None}
    doubts = [doubt for doubt in plan.doubts if doubt.columns != ("predecessors",) or doubt.task not in explained]
    causes = [_cause(request, doubt) for doubt in doubts[:SHOWN]]
    zh, en = "；".join(cause.zh for cause in causes), "; ".join(cause.en for cause in causes)
    if len(doubts) > SHOWN:
        zh, en = f"{zh}；等共 {len(doubts)} 处", f"{en}; and {len(doubts) - SHOWN} more"
    left = list(_left_out(plan))
    shown_zh, shown_en = _few(left, "、"), _few(left, ", ")
    tasks = Text(
        f"未计算日期的任务 {len(left)} 个：{shown_zh}；", f"No dates are computed for {len(left)} task(s): {shown_en}. "
    )
    if not left:
        tasks = Text("", "")
    return Text(
        f"项目 {project} 的计划不能完整计算（{zh}）。{tasks.zh}{_whole(plan).zh}",
        f"The plan of project {project} cannot be computed as a whole ({en}). {tasks.en}{_whole(plan).en}",
    )


def _whole(plan: Plan) -> Text:
    if plan.forecast_known:
        return Text(
            "项目的计算完成日、总浮动和关键任务未更新，表中保留原值。",
            "Its computed finish, floats and critical tasks are not updated; the cells keep what they hold.",
        )
    return Text(
        "项目的预测完成、偏差和完成率也未计算，表中保留原值。",
        "Its forecast finish, slip and percent complete are not computed either; the cells keep what they hold.",
    )


def _left_out(plan: Plan) -> Iterator[str]:
    for name, planned in plan.tasks.items():
        if planned.drawn is None or planned.forecast is None:
            yield name


def _few(names: Sequence[str], separator: str) -> str:
    return separator.join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")


def _cause(request: Request, doubt: Doubt) -> Text:
    sheet = request.catalogue.sheets["plan"]
    if doubt.kind is not None:
        words = KINDS[doubt.kind]
        separator = " → " if doubt.kind is ProblemKind.CYCLE else ", "
        related = separator.join(doubt.related)
        return Text(f"{doubt.task} {words.zh.format(related)}", f"{doubt.task}: {words.en.format(related)}")
    labels = [sheet.column(name).label for name in doubt.columns]
    zh, en = "、".join(f"“{label.zh}”" for label in labels), ", ".join(f"“{label.en}”" for label in labels)
    if doubt.task:
        return Text(f"{doubt.task} 的{zh}有误或未填", f"{doubt.task}: {en} wrong or empty")
    return Text(f"计划表缺少{zh}或其中有行未填", f"the Plan sheet lacks {en}, or rows leave it empty")
