"""The findings on a plan file: values that cannot be right, logic that cannot be computed, what a policy leaves out.

Not here: reading the file (``exchange``), scheduling it (``planning.filing``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Finding, Place, Severity, Text
from automation.planning.filing import Policy
from automation.planning.problems import MAXIMUM_DAYS, ProblemKind
from automation.planning.tasks import Constraint, Detail

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.planning.filed import Doubt, FiledPlan
    from automation.planning.filing import Filing
    from automation.planning.problems import Problem
    from automation.planning.tasks import Task

VALUE_RULE, LOGIC_RULE, LEFT_OUT_RULE = "XML-01", "XML-02", "XML-03"
"""The findings of plan files: a value that cannot be right, logic that cannot be computed, what a policy leaves out."""
NAMED = 5
"""Tasks that one finding names."""

LOGIC = {
    ProblemKind.CYCLE: (
        Severity.HIGH,
        Text("任务{task}的前置任务形成循环：{way}", "The predecessors of task {task} form a loop: {way}"),
        Text("删除循环中的一条链接", "Remove one link of the loop"),
    ),
    ProblemKind.NOT_COMPUTED: (
        Severity.MEDIUM,
        Text("{count}个任务排在无法计算的任务之后，没有日期：{tasks}", "{count} tasks behind these have no dates: {tasks}"),
        Text("先处理其前置任务的问题", "Solve the problems of their predecessors first"),
    ),
    ProblemKind.UNKNOWN_PREDECESSOR: (
        Severity.HIGH,
        Text("任务{task}的前置任务{related}不在文件中，该链接未计入", "Task {task} follows {related}, which is not in the file; the link is left out"),
        Text("改正或删除该链接", "Correct or remove the link"),
    ),
    ProblemKind.CANCELLED_PREDECESSOR: (
        Severity.MEDIUM,
        Text("任务{task}的前置任务{related}已停用，该链接未计入", "Task {task} follows {related}, which is inactive; the link is left out"),
        Text("改正或删除该链接", "Correct or remove the link"),
    ),
    ProblemKind.DUPLICATE_TASK: (
        Severity.HIGH,
        Text("编号{task}出现不止一次，后面的行未计入", "Number {task} is used more than once; later rows are left out"),
        Text("在原软件中重新导出", "Export again from the program it came from"),
    ),
    ProblemKind.SUMMARY_START: (
        Severity.MEDIUM,
        Text(
            "任务{task}与摘要任务{related}开始的链接在该排程方式下不能计算，未计入",
            "Task {task} is linked to the start of summary {related}, which this policy cannot compute; the link is left out",
        ),
        Text("改为链接到摘要中的任务", "Link to a task below the summary instead"),
    ),
    ProblemKind.TOO_LONG: (
        Severity.HIGH,
        Text(
            "任务{task}的工期或间隔超过{most}天，没有日期",
            "Duration or lag of task {task} is above {most} days; it has no dates",
        ),
        Text("检查是否多输了数字", "Check it for digits too many"),
    ),
}  # fmt: skip

LEFT_OUT = {
    "LevelingDelay": Text("资源平衡延迟", "levelling delays"),
    "Assignment": Text(
        "资源日历和多个资源的不同工时", "the calendars of resources and their different amounts of work"
    ),
    "Manual": Text("手动排程的日期", "dates of tasks scheduled by hand"),
    "TimephasedData": Text("任务拆分", "splits"),
    "ConstraintType": Text("“越晚越好”的限制", "the constraint 'as late as possible'"),
    "ScheduleFromStart": Text("从项目完成日期倒排", "scheduling from the project finish"),
}
"""What the policy ``data-date`` leaves out, by the element of the file that says it."""
LEFT_OUT_HINT = Text(
    "需要按 Microsoft Project 的规则计算日期时，请用 reschedule --policy ms",
    "For dates by the rules of Microsoft Project use reschedule --policy ms",
)


def findings_of(found: Filing) -> tuple[Finding, ...]:
    """Every finding on a plan file, those on single values first."""
    return (*_value_findings(found.plan), *_logic_findings(found), *_left_out_findings(found))


def _value_findings(plan: FiledPlan) -> Iterator[Finding]:
    """One finding for each value that was left out."""
    for doubt in plan.doubts:
        yield _value_finding(doubt)


def _value_finding(doubt: Doubt) -> Finding:
    where = Text(f"任务{doubt.task}的", f" of task {doubt.task}") if doubt.task else Text("", "")
    return Finding(
        rule=VALUE_RULE,
        severity=Severity.HIGH,
        place=Place("plan", key=doubt.task, column=doubt.column),
        message=Text(
            f"{where.zh}{doubt.column}“{doubt.value}”{doubt.text.zh}",
            f"{doubt.column}{where.en} '{doubt.value}' {doubt.text.en}",
        ),
        hint=Text("在原软件中改正后重新导出", "Correct it in the program it came from and export again"),
        value=doubt.value,
    )


def _logic_findings(found: Filing) -> Iterator[Finding]:
    """One finding for each problem; all tasks that only wait behind one share a finding."""
    behind = [problem.task for problem in found.problems if problem.kind is ProblemKind.NOT_COMPUTED]
    for problem in dict.fromkeys(found.problems):
        if problem.kind is not ProblemKind.NOT_COMPUTED:
            yield _logic_finding(problem, ())
        elif problem.task == behind[0]:
            yield _logic_finding(problem, behind)


def _logic_finding(problem: Problem, behind: Sequence[str]) -> Finding:
    severity, message, hint = LOGIC[problem.kind]
    way = [*problem.related, *problem.related[:1]]
    shown = [*way[:NAMED], "…", way[-1]] if len(way) > 2 * NAMED else way
    fields: dict[str, Any] = {
        "task": problem.task,
        "related": ", ".join(problem.related[:NAMED]),
        "way": " → ".join(shown),
        "count": len(behind),
        "tasks": ", ".join(behind[:NAMED]) + (" …" if len(behind) > NAMED else ""),
        "most": MAXIMUM_DAYS,
    }
    return Finding(
        rule=LOGIC_RULE,
        severity=severity,
        place=Place("plan", key=problem.task, column="PredecessorLink"),
        message=Text(message.zh.format(**fields), message.en.format(**fields)),
        hint=hint,
        value=fields["related"] or None,
    )


def _left_out_findings(found: Filing) -> Iterator[Finding]:
    """One finding for each kind of thing that the policy leaves out, with the tasks that have it."""
    if found.policy is Policy.MICROSOFT:
        return
    if not found.plan.from_start:
        yield _left_out("ScheduleFromStart", ())
    tasks: dict[str, list[str]] = {}
    for task in found.network.tasks:
        for element in _elements(task):
            tasks.setdefault(element, []).append(task.id)
    for element in LEFT_OUT:
        if element in tasks:
            yield _left_out(element, tasks[element])


def _elements(task: Task) -> Iterator[str]:
    """What of an unfinished task the passes over remaining work do not look at."""
    if task.actual_finish is not None:
        return
    begun = task.actual_start is not None
    if task.constraint is Constraint.AS_LATE and not begun:
        yield "ConstraintType"
    detail = task.detail or Detail()
    said = {
        "LevelingDelay": detail.levelling_delay and not begun,
        "Assignment": detail.crews,
        "Manual": detail.manual,
        "TimephasedData": detail.breaks,
    }
    yield from (element for element, value in said.items() if value)


def _left_out(element: str, tasks: Sequence[str]) -> Finding:
    what, names = LEFT_OUT[element], ", ".join(tasks[:NAMED]) + (" …" if len(tasks) > NAMED else "")
    zh, en = (f"（任务{names}）", f" (task{'s' if len(tasks) > 1 else ''} {names})") if tasks else ("", "")
    return Finding(
        rule=LEFT_OUT_RULE,
        severity=Severity.REMINDER,
        place=Place("plan", key=tasks[0] if tasks else "", column=element),
        message=Text(
            f"按状态日期排程时，未考虑{what.zh}{zh}",
            f"Scheduled from the data date on, the plan does not take into account {what.en}{en}",
        ),
        hint=LEFT_OUT_HINT,
        value=len(tasks) or None,
    )
