"""Microsoft Project XML (MSPDI): bytes in, a plan as values out.

What cannot be right in a single row (an impossible date, a negative duration, a link that Microsoft Project does not
know) is left out and said as a doubt; a file that is not a plan is an error. Not here: calendars
(``mspdi_calendars``), single values (``mspdi_values``), scheduling (``planning.filing``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.records import replace
from automation.exchange.markup import parse, unreadable
from automation.exchange.mspdi_assignments import assignments_of, worked_of
from automation.exchange.mspdi_calendars import calendars_of
from automation.exchange.mspdi_values import ELAPSED, OWN_NUMBER, PERCENT, Reading
from automation.model.links import LagUnit, Link, LinkKind
from automation.planning.filed import FiledPlan, FiledResource, FiledTask
from automation.planning.tasks import Constraint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from automation.exchange.markup import Node
    from automation.exchange.mspdi_assignments import Stretch
    from automation.planning.filed import Assignment

LINKS = {"0": LinkKind.FF, "1": LinkKind.FS, "2": LinkKind.SF, "3": LinkKind.SS}
CONSTRAINTS = {
    "0": Constraint.NONE,
    "1": Constraint.AS_LATE,
    "2": Constraint.START_ON,
    "3": Constraint.FINISH_ON,
    "4": Constraint.START_NO_EARLIER,
    "5": Constraint.START_NO_LATER,
    "6": Constraint.FINISH_NO_EARLIER,
    "7": Constraint.FINISH_NO_LATER,
}
FIXED_DURATION = "1"
WORK_RESOURCE = "1"
NO_CALENDAR = {"", "-1"}
MINUTES_PER_DAY = 480
_ELAPSED_PERCENT = "\x1f"
"""Marks a percentage of elapsed time, which no unit of a link says, until all durations are known."""


def read_plan(data: bytes) -> FiledPlan:
    """The plan in a Microsoft Project XML file.

    Raises AutomationError when the bytes are no such file, or hold no start to schedule from.
    """
    root = parse(data)
    if root.name != "Project":
        raise unreadable(
            f"根元素是 <{root.name[:40]}>，不是 Microsoft Project XML 的 <Project>。",
            f"its root is <{root.name[:40]}>, not the <Project> of Microsoft Project XML.",
        )
    reading = Reading()
    values = root.values()
    calendars = calendars_of(root, reading)
    resources = {resource.id: resource for resource in map(_resource, root.all("Resources", "Resource"))}
    resources = {
        key: resource if resource.calendar in calendars else replace(resource, calendar=None)
        for key, resource in resources.items()
    }
    assignments = assignments_of(root, reading)
    tasks = _with_splits(_tasks(root, reading, assignments, known=frozenset(calendars)), worked_of(root))
    project = values.get("CalendarUID", "")
    start = reading.moment("", "StartDate", values.get("StartDate", ""))
    finish = reading.moment("", "FinishDate", values.get("FinishDate", ""))
    if start is None:
        start = finish or min((task.start for task in tasks if task.start is not None), default=None)
    if start is None:
        raise unreadable(
            "缺少可用的项目开始日期（StartDate）；请在原软件的项目信息中设置后重新导出。",
            "it has no usable project start (StartDate); set it in the project information and export again.",
            "plan-start",
        )
    return FiledPlan(
        name=values.get("Title", "") or values.get("Name", ""),
        start=start,
        tasks=_percent_lags(tasks),
        calendars=calendars,
        calendar=project if project in calendars else None,
        resources=resources,
        finish=finish,
        from_start=reading.flag(values.get("ScheduleFromStart", ""), default=True),
        status_date=reading.moment("", "StatusDate", values.get("StatusDate", "")),
        day_minutes=reading.whole("", "MinutesPerDay", values.get("MinutesPerDay", ""), MINUTES_PER_DAY),
        slack_limit_days=reading.number("", "CriticalSlackLimit", values.get("CriticalSlackLimit", ""), 0),
        separate_ends=reading.flag(values.get("MultipleCriticalPathsEnabled", "")),
        honour_constraints=reading.flag(values.get("HonorConstraints", ""), default=True),
        doubts=tuple(reading.doubts),
    )


def _resource(node: Node) -> FiledResource:
    values = node.values()
    calendar = values.get("CalendarUID", "")
    works = values.get("Type", WORK_RESOURCE) == WORK_RESOURCE and values.get("IsCostResource", "0") != "1"
    return FiledResource(
        id=values.get("UID", ""),
        name=values.get("Name", ""),
        works=works,
        calendar=None if calendar in NO_CALENDAR else calendar,
        max_units=_float(values.get("MaxUnits", "")),
    )


def _float(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 1.0


def _tasks(
    root: Node, reading: Reading, assignments: Mapping[str, tuple[Assignment, ...]], *, known: frozenset[str]
) -> tuple[FiledTask, ...]:
    """The rows of the plan; empty rows and a second row with the same UID are left out."""
    tasks: dict[str, FiledTask] = {}
    for node in root.all("Tasks", "Task"):
        values = node.values()
        uid = values.get("UID", "")
        if not uid or values.get("IsNull") == "1":
            continue
        if uid in tasks:
            reading.doubt(
                uid, "UID", uid, "编号重复，后一行未计入", "the number is used twice; the later row is left out"
            )
            continue
        tasks[uid] = _task(node, values, reading, assignments.get(uid, ()), known=known)
    return tuple(tasks.values())


def _with_splits(tasks: tuple[FiledTask, ...], worked: Mapping[str, tuple[Stretch, ...]]) -> tuple[FiledTask, ...]:
    return tuple(replace(task, worked=worked[task.id]) if task.id in worked else task for task in tasks)


def _task(
    node: Node, values: dict[str, str], reading: Reading, assignments: tuple[Assignment, ...], *, known: frozenset[str]
) -> FiledTask:
    uid, get = values["UID"], values.get

    def moment(name: str, default: str = "") -> datetime | None:
        return reading.moment(uid, name, get(name, "") or get(default, ""))

    calendar = get("CalendarUID", "")
    constraint = CONSTRAINTS.get(get("ConstraintType", "0"), Constraint.NONE)
    actual_start, actual_finish = reading.pair(uid, "ActualFinish", moment("ActualStart"), moment("ActualFinish"))
    baseline = _baseline(node, reading, uid)
    manual = reading.flag(get("Manual", ""))
    start, finish = moment("Start"), moment("Finish")
    if manual:
        start, finish = moment("ManualStart", "Start"), moment("ManualFinish", "Finish")
        start, finish = reading.pair(uid, "ManualFinish", start, finish)
    remaining = get("RemainingDuration", "")
    return FiledTask(
        id=uid,
        row=reading.whole(uid, "ID", get("ID", ""), 0),
        name=get("Name", ""),
        level=reading.whole(uid, "OutlineLevel", get("OutlineLevel", ""), 1),
        duration=reading.duration(
            uid, "Duration", (get("ManualDuration", "") if manual else "") or get("Duration", "")
        ),
        elapsed=get("DurationFormat", "") in ELAPSED,
        fixed_duration=get("Type", "") == FIXED_DURATION,
        milestone=reading.flag(get("Milestone", "")),
        active=reading.flag(get("Active", ""), default=True),
        manual=manual,
        calendar=calendar if calendar in known and calendar not in NO_CALENDAR else None,
        ignore_resource_calendars=reading.flag(get("IgnoreResourceCalendar", "")),
        constraint=constraint,
        constraint_date=moment("ConstraintDate"),
        deadline=moment("Deadline"),
        levelling_delay=reading.whole(uid, "LevelingDelay", get("LevelingDelay", ""), 0),
        levelling_elapsed=get("LevelingDelayFormat", "") in {"", *ELAPSED},
        priority=reading.whole(uid, "Priority", get("Priority", ""), 500),
        percent_complete=reading.number(uid, "PercentComplete", get("PercentComplete", ""), 0),
        actual_start=actual_start,
        actual_finish=actual_finish,
        remaining=reading.duration(uid, "RemainingDuration", remaining) if remaining else None,
        resume=moment("Resume"),
        start=start,
        finish=finish,
        links=_links(node, reading, uid),
        assignments=assignments,
        baseline_start=baseline[0],
        baseline_finish=baseline[1],
        code=_own_number(node),
        wbs=get("WBS", "") or get("OutlineNumber", ""),
        summary=reading.flag(get("Summary", "")),
    )


def _own_number(node: Node) -> str:
    """The number that the task has in the workbook from which the file came."""
    fields = (each.values() for each in node.all("ExtendedAttribute"))
    return next((one.get("Value", "").strip()[:40] for one in fields if one.get("FieldID") == OWN_NUMBER), "")


def _baseline(node: Node, reading: Reading, uid: str) -> tuple[datetime | None, datetime | None]:
    for baseline in node.all("Baseline"):
        values = baseline.values()
        if values.get("Number", "0") == "0":
            start = reading.moment(uid, "BaselineStart", values.get("Start", ""))
            return start, reading.moment(uid, "BaselineFinish", values.get("Finish", ""))
    return None, None


def _links(node: Node, reading: Reading, uid: str) -> tuple[Link, ...]:
    links: list[Link] = []
    for each in node.all("PredecessorLink"):
        values = each.values()
        kind = LINKS.get(values.get("Type", "1"))
        if kind is None or not values.get("PredecessorUID"):
            reading.doubt(
                uid,
                "PredecessorLink",
                values.get("PredecessorUID", ""),
                "链接无法识别，未计入",
                "the link is not understood and left out",
            )
            continue
        style = values.get("LagFormat", "")
        lag = round(reading.number(uid, "LinkLag", values.get("LinkLag", ""), 0))
        unit = LagUnit.PERCENT if style in PERCENT else LagUnit.ELAPSED if style in ELAPSED else LagUnit.WORKING
        name = values["PredecessorUID"]
        links.append(Link(f"{_ELAPSED_PERCENT}{name}" if style in PERCENT & ELAPSED else name, kind, lag, unit))
    return tuple(links)


def _percent_lags(tasks: tuple[FiledTask, ...]) -> tuple[FiledTask, ...]:
    """The tasks with percentages of elapsed time turned into minutes of elapsed time."""
    durations = {task.id: task.duration for task in tasks}

    def plain(link: Link) -> Link:
        if not link.predecessor.startswith(_ELAPSED_PERCENT):
            return link
        name = link.predecessor[1:]
        return Link(name, link.kind, round(durations.get(name, 0) * link.lag / 100), LagUnit.ELAPSED)

    return tuple(
        replace(task, links=tuple(map(plain, task.links)))
        if any(link.predecessor.startswith(_ELAPSED_PERCENT) for link in task.links)
        else task
        for task in tasks
    )
