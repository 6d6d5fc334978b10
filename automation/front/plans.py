"""``reschedule PLAN.xml``: the schedule of a Microsoft Project XML file, for programs and for people. It only reads.

Not here: the commands on workbooks (``runner``), how the file is read (``exchange``), how it is scheduled
(``planning.filing``).
"""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from automation.base.errors import AutomationError, UsageError
from automation.base.findings import Finding, Place, Severity, Text
from automation.base.records import replace
from automation.commands.explaining import no_such_task
from automation.exchange.markup import MOST_BYTES, unreadable
from automation.exchange.mspdi import read_plan
from automation.front.library import Library
from automation.front.output import Result, exit_code
from automation.model.links import LagUnit, Link
from automation.planning.explaining import explain
from automation.planning.filing import Policy, filing
from automation.planning.layout import TENTHS, moment_of
from automation.planning.problems import MAXIMUM_DAYS, ProblemKind
from automation.planning.work import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from automation.front.session import Common
    from automation.planning.filed import Doubt, FiledPlan
    from automation.planning.filing import Filing, Row
    from automation.planning.forward import Driver
    from automation.planning.problems import Problem
    from automation.schema.catalogue import Catalogue

VALUE_RULE, LOGIC_RULE = "XML-01", "XML-02"
"""The findings of plan files: a value that cannot be right, and logic that cannot be computed."""
SHOWN = 200
"""Rows that the text form lists; JSON has all."""
NAMED = 5
"""Tasks that one finding names."""
NAME_WIDTH = 40

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
REASONS = {
    Reason.PROJECT_START: Text("项目开始", "project start"),
    Reason.STATUS_DATE: Text("状态日期", "status date"),
    Reason.CONSTRAINT: Text("限制日期", "constraint"),
    Reason.AVAILABILITY: Text("资源可用时间", "availability"),
    Reason.CALENDAR: Text("日历", "calendar"),
    Reason.ACTUAL: Text("实际日期", "actual dates"),
}


def reschedule_plan(path: Path, *, policy: str, common: Common) -> tuple[Result, Catalogue]:
    """The schedule of a plan file under a policy, ``ms`` or ``data-date``.

    Raises AutomationError when the file cannot be read or nothing of it can be scheduled.
    """
    library = Library(None)
    catalogue = library.catalogue()
    settings, _ = library.settings(common.config, catalogue)
    rules = policy_of(policy)
    plan = plan_of(path)
    found = filing(plan, rules, status=_status(plan, common.status_date))
    findings = (*_value_findings(plan), *_logic_findings(found))
    moment = common.status_date or plan.status_date
    last = moment_of(found.schedule.project_finish, TENTHS)
    figures: dict[str, Any] = {"policy": rules.value, "tasks": len(found.rows)}
    if found.rows:
        figures |= {"finish": f"{last:%Y-%m-%dT%H:%M}", "critical": sum(row.critical for row in found.rows)}
    result = Result(
        command="reschedule",
        book=str(path),
        exit=exit_code(findings, settings.fail_on),
        status_date=moment.date() if isinstance(moment, datetime) else moment,
        findings=findings,
        figures=figures,
        lines=() if common.json else table(found),
        tables={"tasks": [_value(row) for row in found.rows]},
        language=common.language or "zh",
    )
    return result, catalogue


def explain_plan(path: Path, *, policy: str, common: Common) -> tuple[Result, Catalogue]:
    """Why a task of a plan file is where it is; parameter ``task``: its UID, or its name. Only reads.

    Of a summary the task below it that finishes last is explained. Raises AutomationError as ``reschedule_plan``, and
    UsageError for a task that is not there.
    """
    scheduled, catalogue = reschedule_plan(path, policy=policy, common=common)
    plan = plan_of(path)
    found = filing(plan, policy_of(policy), status=_status(plan, common.status_date))
    wanted = str(common.parameters.get("task") or "").strip()
    names = {row.task.id: row.task.name for row in found.rows}
    known = next((row.task.id for row in found.rows if wanted in {row.task.id, row.task.name}), "")
    network = found.network
    places = [network.place[known]] if known in network.place else network.children.get(known, [])
    if not places:
        raise no_such_task(wanted)
    place = max(places, key=found.schedule.finish.__getitem__)
    figures = {"task": known, "critical": found.schedule.critical[place]}
    line = explain(network, found.schedule, place, names)
    return replace(scheduled, command="explain", figures=figures, lines=(line,), tables={}), catalogue


def policy_of(name: str) -> Policy:
    """The policy of that name; UsageError for any other."""
    try:
        return Policy(name)
    except ValueError:
        raise UsageError(
            Text(
                zh=f"没有名为“{name}”的排程方式；请用 ms 或 data-date。",
                en=f"There is no policy '{name}'; use ms or data-date.",
            ),
            code="policy",
        ) from None


def plan_of(path: Path) -> FiledPlan:
    """The plan in a file."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise unreadable("文件过大。", "it is too large.")
        data = path.read_bytes()
    except OSError as error:
        raise AutomationError(
            Text(
                zh=f"无法打开文件 {path}；请检查路径和权限。",
                en=f"The file {path} cannot be opened; check the path and your permission to read it.",
            ),
            code="plan-missing",
        ) from error
    return read_plan(data)


def _status(plan: FiledPlan, day: date | None) -> datetime | None:
    """The moment up to which progress is known.

    A day means its end, as for workbooks; the file's own moment is used where it lies on that day.
    """
    if day is None or (plan.status_date is not None and plan.status_date.date() == day):
        return plan.status_date
    return datetime(day.year, day.month, day.day) + timedelta(days=1)  # noqa: DTZ001 - plans know no time zone


# For programs


def _value(row: Row) -> dict[str, Any]:
    """One row as design section 5 lists its fields."""
    start, finish = _minute(row.start), _minute(row.finish)
    return {
        "uid": _number(row.task.id),
        "name": row.task.name,
        "summary": row.summary,
        "start": start,
        "finish": finish,
        "early_start": start,
        "early_finish": finish,
        "late_start": _minute(row.late_start),
        "late_finish": _minute(row.late_finish),
        "total_slack_minutes": _plain(row.total_slack / TENTHS),
        "free_slack_minutes": _plain(row.free_slack / TENTHS),
        "critical": row.critical,
        "driver": _driver(row.driver),
    }


def _minute(moment: int) -> str:
    """A moment to the minute; parts of one are kept where there are any."""
    when = moment_of(moment, TENTHS)
    return when.strftime("%Y-%m-%dT%H:%M:%S" if when.second else "%Y-%m-%dT%H:%M")


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number


def _number(name: str) -> int | str:
    return int(name) if name.isdecimal() else name


def _driver(driver: Driver | None) -> dict[str, Any] | None:
    if driver is None:
        return None
    if not isinstance(driver, Link):
        return {"kind": driver.value}
    value: dict[str, Any] = {"kind": "link", "uid": _number(driver.predecessor), "type": driver.kind.name}
    if driver.lag:
        percent = driver.unit is LagUnit.PERCENT
        value |= {"lag_percent": driver.lag} if percent else {"lag_minutes": _plain(driver.lag / TENTHS)}
        value["lag_unit"] = driver.unit.value
    return value


# For people


def table(found: Filing) -> tuple[Text, ...]:
    """The rows as a table: number, task, start, finish, slack in days, critical, driver."""
    day = found.plan.day_minutes * TENTHS or 1
    rows = [_cells(row, day) for row in found.rows[:SHOWN]]
    zh = _aligned([("编号", "任务", "开始", "完成", "总时差(天)", "关键", "决定因素"), *(row[0] for row in rows)])
    en = _aligned([("UID", "Task", "Start", "Finish", "Slack (d)", "Critical", "Driven by"), *(row[1] for row in rows)])
    lines = [Text(*pair) for pair in zip(zh, en, strict=True)]
    if len(found.rows) > SHOWN:
        rest = len(found.rows) - SHOWN
        lines.append(Text(f"…… 还有{rest}个任务，见 --format json。", f"... and {rest} more tasks: see --format json."))
    return tuple(lines)


def _cells(row: Row, day: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    when = [f"{moment_of(moment, TENTHS):%Y-%m-%d %H:%M}" for moment in (row.start, row.finish)]
    name = "  " * max(0, row.task.level - 1) + row.task.name
    slack = f"{row.total_slack / day:.4g}"
    driver = driver_text(row.driver)
    return (
        (row.task.id, name, *when, slack, "是" if row.critical else "", driver.zh),
        (row.task.id, name, *when, slack, "yes" if row.critical else "", driver.en),
    )


def driver_text(driver: Driver | None) -> Text:
    """What fixes a task's dates, in a few words."""
    if driver is None:
        return Text("", "")
    if isinstance(driver, Link):
        text = f"{driver.predecessor} {driver.kind.name}"
        if driver.lag and driver.unit is LagUnit.PERCENT:
            text += f" {driver.lag:+d}%"
        elif driver.lag:
            text += f" {driver.lag / TENTHS / 60:+.4g} h"
        return Text(text, text)
    return REASONS[driver]


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with columns of one width; Chinese characters are two wide."""
    short = [[_cut(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*short, strict=True)]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in short
    ]


def _cut(text: str) -> str:
    clean = "".join(character if character.isprintable() else " " for character in text)
    return clean if _width(clean) <= NAME_WIDTH else f"{clean[: NAME_WIDTH // 2]}…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


# Findings


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
