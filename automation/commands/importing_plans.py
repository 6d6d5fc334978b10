"""A plan of another program taken over into a project: new tasks as rows, known ones updated, what does not fit said.

A task is known by its own number in the file, else by WBS and name, else by a name that is one of a kind. Only the columns
of ``OWNED`` are ever changed, never what staff typed elsewhere; rows that the file lacks are named, not deleted. Not here:
reading the file (``exchange.mspdi``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.computed import cell_edits
from automation.commands.new_row import next_id
from automation.model.effects import AppendRows, LogEntry, Need, Outcome
from automation.model.links import LagUnit, format_links
from automation.planning.layout import TENTHS
from automation.planning.tasks import Constraint
from automation.planning.working_time import MAKE_UP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from automation.commands.request import Request
    from automation.model.rows import PlanRow, ProjectsRow
    from automation.planning.filed import FiledPlan, FiledTask

SHEET = "plan"
OWNED = (
    "wbs", "name", "kind", "duration", "predecessors", "constraint_kind", "constraint_date", "deadline", "actual_start",
    "actual_finish", "percent_complete", "remaining_days",
)  # fmt: skip
"""Columns that an import fills and updates."""
FIRST = ("task_id", "project_id", "phase", "owner", "resource_use", "baseline_start", "baseline_finish")
"""Columns that it fills in a new row only."""
_CONSTRAINTS = {
    Constraint.NONE: "none",
    Constraint.START_NO_EARLIER: "start_no_earlier_than",
    Constraint.START_ON: "must_start_on",
    Constraint.FINISH_NO_LATER: "finish_no_later_than",
}
_SHOWN = 12
_WHOLE = 100


class Taken(NamedTuple):
    """One task of the file with its number in the workbook; ``row`` is ``None`` for a new one."""

    task: FiledTask
    id: str
    row: PlanRow | None
    phase: str | None = None


class Came(NamedTuple):
    """What an import comes to: every task, what changes in known rows, what the file lacks, new days of the calendar."""

    taken: Sequence[Taken]
    changed: Sequence[tuple[str, str, Any, Any]]
    gone: Sequence[str]
    days: Sequence[tuple[date, str]]


def import_plan(request: Request) -> Outcome:
    """The tasks, links, progress and days off of a plan in the rows of ``plan`` and ``calendar``.

    Parameters: ``plan`` the FiledPlan, ``project`` (default: the only one). Raises UsageError without a project or when
    the workbook lacks the plan sheet.
    """
    plan: FiledPlan = request.parameters["plan"]
    project = _project(request)
    table = request.project.tables[SHEET]
    if not table.columns:
        raise UsageError(
            Text(f"工作簿没有“{table.name}”表。", f"The workbook has no sheet {table.name}."), code="NO_SHEET"
        )
    taken = _taken(request, project, plan)
    numbers = {one.task.id: one.id for one in taken}
    values = {one.row.row: _owned(request, one, plan, numbers) for one in taken if one.row is not None}
    new = [one for one in taken if one.row is None]
    rows = tuple(_row(request, project, one, _owned(request, one, plan, numbers), plan) for one in new)
    days = _days_off(request, plan)
    edits = [*cell_edits(request.project, request.catalogue, SHEET, values)]
    changed = [entry for one in taken if one.row is not None for entry in _changes(request, one, values[one.row.row])]
    append = [AppendRows(table.name, rows)] if rows else []
    append += _calendar_rows(request, days)
    gone = _gone(request, project, taken)
    return Outcome(
        edits=(*edits, *append),
        figures={
            "tasks": len(taken),
            "new": len(rows),
            "changed": len({key for key, *_ in changed}),
            "days": len(days),
            "not_in_file": gone,
        },
        lines=tuple(_lines(request, Came(taken, changed, gone, days))),
        tables={
            "new": [{"task": one.id, "name": one.task.name} for one in new],
            "changes": [{"task": key, "column": name, "old": old, "new": value} for key, name, old, value in changed],
        },
        notices=tuple(_left_out(request, plan, numbers)),
        log=(
            LogEntry("import", SHEET, project.project_id or "", new=f"{len(rows)} new"),
            *(LogEntry("import", SHEET, key, name, old, value) for key, name, old, value in changed),
        ),
        needs=(Need("edit", SHEET),),
    )


def _project(request: Request) -> ProjectsRow:
    key = str(request.parameters.get("project") or "")
    rows = [row for row in request.project.rows.projects if row.project_id and (not key or row.project_id == key)]
    if len(rows) == 1:
        return rows[0]
    names = ", ".join(row.project_id for row in request.project.rows.projects if row.project_id) or "—"
    raise UsageError(
        Text(
            f"请用 --project 指定导入到哪个项目：现有 {names}。",
            f"Name the project to import into with --project: there are {names}.",
        ),
        code="NO_SUCH_ROW",
    )


def _taken(request: Request, project: ProjectsRow, plan: FiledPlan) -> list[Taken]:
    """Every task of the file with its row, or with a number for a new one."""
    table = request.project.tables[SHEET]
    own = [row for row in table.rows if row.project_id == project.project_id and row.task_id]
    by_id = {row.task_id: row for row in own}
    by_place = {(row.wbs, row.name): row for row in own}
    names: dict[str | None, list[PlanRow]] = {}
    for row in own:
        names.setdefault(row.name, []).append(row)
    used: set[str | None] = set()
    phases = _phases(request, plan)
    found: list[Taken] = []
    fresh = 0
    for task in plan.tasks:
        if not task.name and not task.code:
            continue
        alone = names.get(task.name, [])
        row = (
            by_id.get(task.code)
            or by_place.get((task.wbs or None, task.name))
            or (alone[0] if len(alone) == 1 else None)
        )
        if row is not None and row.task_id not in used:
            used.add(row.task_id)
            found.append(Taken(task, row.task_id or "", row, phases.get(task.id)))
        else:
            free = task.code and task.code not in table.by_key and task.code not in {one.id for one in found}
            name = task.code if free else next_id(table.sheet, table, after=fresh)
            found.append(Taken(task, name, None, phases.get(task.id)))
            fresh += not free
    return found


def _phases(request: Request, plan: FiledPlan) -> Mapping[str, str]:
    """The phase of each task: that of the nearest summary above it whose name is the label of one."""
    labels = {
        spelling.casefold(): value.code
        for value in request.catalogue.lists["phase"].values
        for spelling in (value.code, value.label.zh, value.label.en)
    }
    above: list[tuple[int, str]] = []
    found = {}
    for task in plan.tasks:
        while above and above[-1][0] >= task.level:
            above.pop()
        code = labels.get(task.name.strip().casefold()) if task.summary else None
        if code:
            above.append((task.level, code))
        if above:
            found[task.id] = above[-1][1]
    return found


def _owned(request: Request, one: Taken, plan: FiledPlan, numbers: Mapping[str, str]) -> dict[str, Any]:
    """The values of the columns that an import owns, as model values."""
    task, day = one.task, plan.day_minutes * TENTHS
    begun, over = task.actual_start is not None, task.actual_finish is not None
    milestone = task.milestone and not task.duration
    values: dict[str, Any] = {
        "wbs": task.wbs or None,
        "name": task.name or one.id,
        "kind": "phase" if task.summary else "milestone" if milestone else "task",
        "duration": 0 if milestone else round(task.duration / day, 4),
        "predecessors": _links(one, plan, numbers) or None,
        "constraint_kind": _CONSTRAINTS.get(task.constraint, "none"),
        "constraint_date": None,
        "deadline": task.deadline.date() if task.deadline else None,
        "actual_start": task.actual_start.date() if task.actual_start and not task.summary else None,
        "actual_finish": task.actual_finish.date() if task.actual_finish and not task.summary else None,
        "percent_complete": 100 if over else round(task.percent_complete, 2),
        "remaining_days": round(task.remaining / day, 4) if task.remaining is not None and begun and not over else None,
    }
    if task.constraint in _CONSTRAINTS and task.constraint is not Constraint.NONE and task.constraint_date is not None:
        values["constraint_date"] = task.constraint_date.date()
    if values["constraint_kind"] == "none" and (one.row is None or one.row.constraint_kind is None):
        values["constraint_kind"] = None
    if task.summary:
        values |= {"remaining_days": None, "predecessors": values["predecessors"]}
    columns = request.project.tables[SHEET].columns
    return {name: value for name, value in values.items() if name in columns}


def _links(one: Taken, plan: FiledPlan, numbers: Mapping[str, str]) -> str:
    """The links as they are typed; those that the workbook cannot hold keep their lag in working days."""
    links = tuple(
        replace(link, predecessor=numbers[link.predecessor], lag=round(link.lag / TENTHS), unit=LagUnit.WORKING)
        for link in one.task.links
        if link.predecessor in numbers and link.unit is not LagUnit.PERCENT
    )
    percent = tuple(
        replace(link, predecessor=numbers[link.predecessor], lag=_of_percent(link, plan), unit=LagUnit.WORKING)
        for link in one.task.links
        if link.predecessor in numbers and link.unit is LagUnit.PERCENT
    )
    return format_links((*links, *percent), day_minutes=plan.day_minutes)


def _of_percent(link: Any, plan: FiledPlan) -> int:
    """A lag in percent of its predecessor as working minutes."""
    duration = next((task.duration for task in plan.tasks if task.id == link.predecessor), 0)
    minutes: float = duration * link.lag / _WHOLE / TENTHS
    return round(minutes)


def _row(
    request: Request, project: ProjectsRow, one: Taken, owned: Mapping[str, Any], plan: FiledPlan
) -> dict[int, Any]:
    """A new row by column number, list values as labels."""
    table = request.project.tables[SHEET]
    task = one.task
    people = _people(request)
    uses = [
        (people[name], share.units)
        for share in task.assignments
        if (resource := plan.resources.get(share.resource)) is not None
        and (name := resource.name.strip().casefold()) in people
    ]
    status = "done" if task.actual_finish else "in_progress" if task.actual_start else "not_started"
    values = {
        **owned,
        "task_id": one.id,
        "project_id": project.project_id,
        "phase": one.phase,
        "owner": uses[0][0] if uses else None,
        "resource_use": ";".join(f"{name}:{units * _WHOLE:g}%" for name, units in uses) or None,
        "baseline_start": task.baseline_start.date() if task.baseline_start else None,
        "baseline_finish": task.baseline_finish.date() if task.baseline_finish else None,
        "status": status,
    }
    shown = {}
    for name, value in values.items():
        if name in table.columns and value is not None:
            column = table.sheet.column(name)
            label = request.catalogue.label(column, value, request.language) if column.kind == "enum" else value
            shown[table.columns[name]] = label
    return shown


def _people(request: Request) -> Mapping[str, str]:
    """Resources by their folded names and ids."""
    found: dict[str, str] = {}
    for row in request.project.rows.resources:
        for name in (row.name, row.resource_id):
            if name and row.resource_id:
                found.setdefault(name.strip().casefold(), row.resource_id)
    return found


def _changes(request: Request, one: Taken, values: Mapping[str, Any]) -> Iterator[tuple[str, str, Any, Any]]:
    """What changes in a row that is known: its number, column, old and new value."""
    edited = (
        {edit.cell for edit in cell_edits(request.project, request.catalogue, SHEET, {one.row.row: values})}
        if one.row
        else set()
    )
    table = request.project.tables[SHEET]
    for name, value in values.items():
        if one.row is not None and table.cell(one.row.row, name) in edited:
            yield one.id, name, getattr(one.row, name), value


def _days_off(request: Request, plan: FiledPlan) -> list[tuple[date, str]]:
    """Days that the file's calendar has and the workbook's lacks: days off on weekdays, weekends that are worked."""
    calendar = plan.calendars.get(plan.calendar or "")
    if calendar is None:
        return []
    known = {row.date for row in request.project.rows.calendar}
    found = []
    for day, periods in sorted(calendar.exceptions.items()):
        usual = bool(calendar.week[day.weekday()])
        if day not in known and bool(periods) != usual:
            found.append((day, MAKE_UP if periods else "company_day_off"))
    return found


def _calendar_rows(request: Request, days: Sequence[tuple[date, str]]) -> list[AppendRows]:
    table = request.project.tables["calendar"]
    if not days or not table.columns:
        return []
    name = Text("计划文件中的日历", "from the plan file")
    rows = []
    for day, kind in days:
        values: dict[str, Any] = {
            "date": day,
            "kind": kind,
            "name_zh": name.zh,
            "name_en": name.en,
            "greeting_day": "no",
        }
        shown = {}
        for column, value in values.items():
            if column in table.columns:
                known = table.sheet.column(column)
                label = request.catalogue.label(known, value, request.language) if known.kind == "enum" else value
                shown[table.columns[column]] = label
        rows.append(shown)
    return [AppendRows(table.name, tuple(rows))]


def _gone(request: Request, project: ProjectsRow, taken: Sequence[Taken]) -> list[str]:
    """Tasks of the project that the file does not have."""
    there = {one.id for one in taken}
    return [
        row.task_id or ""
        for row in request.project.rows.plan
        if row.project_id == project.project_id and row.task_id and row.task_id not in there
    ]


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" … ({len(names)})" if len(names) > _SHOWN else "")


def _lines(request: Request, came: Came) -> Iterator[Text]:
    taken, changed, gone, days = came
    new = [one for one in taken if one.row is None]
    moved = len({key for key, *_ in changed})
    yield Text(
        f"文件中 {len(taken)} 个任务：新增 {len(new)}，更新 {moved}，日历新增 {len(days)} 天。",
        f"{len(taken)} tasks in the file: {len(new)} new, {moved} changed; {len(days)} days new in the calendar.",
    )
    for one in new[:_SHOWN]:
        yield Text(f"  + {one.id} {one.task.name}", f"  + {one.id} {one.task.name}")
    for key, name, old, value in changed[: 3 * _SHOWN]:
        label = request.catalogue.sheets[SHEET].column(name).label
        was, now = ("—" if one is None else f"{one}" for one in (old, value))
        yield Text(f"  {key} {label.zh}：{was} → {now}", f"  {key} {label.en}: {was} -> {now}")
    if gone:
        yield Text(
            f"  文件中没有、保持不变的任务：{_some(gone)}", f"  not in the file, left as they are: {_some(gone)}"
        )


def _left_out(request: Request, plan: FiledPlan, numbers: Mapping[str, str]) -> Iterator[Text]:
    """What the workbook cannot hold, each with the tasks concerned."""
    people = _people(request)

    def named(tasks: Iterator[FiledTask]) -> list[str]:
        return [numbers[task.id] for task in tasks if task.id in numbers]

    tasks = plan.tasks
    kinds = (
        (
            Text("分段任务(只保留总工期)", "splits (only the duration is kept)"),
            named(t for t in tasks if len(t.worked) > 1),
        ),
        (Text("按自然时间计的工期", "elapsed durations"), named(t for t in tasks if t.elapsed)),
        (Text("任务日历", "task calendars"), named(t for t in tasks if t.calendar)),
        (Text("资源平衡延迟", "levelling delays"), named(t for t in tasks if t.levelling_delay)),
        (
            Text("工作簿没有的约束类型", "kinds of constraint that the workbook lacks"),
            named(t for t in tasks if t.constraint not in _CONSTRAINTS),
        ),
        (
            Text("百分比或自然时间的延隔(折成工作日)", "lags in percent or elapsed time (turned into working days)"),
            named(t for t in tasks if any(link.unit is not LagUnit.WORKING for link in t.links)),
        ),
        (
            Text("手动安排的任务(按自动计算)", "tasks scheduled by hand (computed here)"),
            named(t for t in tasks if t.manual),
        ),
        (Text("停用的任务", "inactive tasks"), named(t for t in tasks if not t.active)),
        (Text("汇总任务上的前置关系", "links of summaries"), named(t for t in tasks if t.summary and t.links)),
    )
    for what, names in kinds:
        if names:
            yield Text(f"未能带入：{what.zh}：{_some(names)}", f"Not taken over: {what.en}: {_some(names)}")
    unknown = [one.name for one in plan.resources.values() if one.name and one.name.strip().casefold() not in people]
    if unknown:
        yield Text(
            f"“资源”表中没有的资源，未带入分配：{_some(unknown)}",
            f"Resources that the sheet Resources lacks; their assignments are not taken over: {_some(unknown)}",
        )
    others = [one.name for one in plan.calendars.values() if one.id != plan.calendar]
    if others:
        yield Text(f"其他日历未带入：{_some(others)}", f"Other calendars are not taken over: {_some(others)}")
    for doubt in plan.doubts[:_SHOWN]:
        task = numbers.get(doubt.task, doubt.task)
        yield Text(
            f"文件中 {task} 的 {doubt.column}“{doubt.value}”：{doubt.text.zh}",
            f"{doubt.column} “{doubt.value}” of {task} in the file: {doubt.text.en}",
        )
