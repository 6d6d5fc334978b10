"""``reschedule PLAN.xml`` and ``explain PLAN.xml``: commands on a Microsoft Project XML file. They only read.

Not here: the commands on workbooks (``runner``), how the file is read (``exchange``), how it is scheduled
(``planning.filing``), what is shown of its rows (``plan_rows``) and what is found wrong (``plan_findings``).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from automation.base.errors import AutomationError, UsageError
from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.explaining import no_such_task
from automation.exchange.markup import MOST_BYTES, unreadable
from automation.exchange.mspdi import read_plan
from automation.front.library import Library
from automation.front.output import Result, exit_code
from automation.front.plan_findings import findings_of
from automation.front.plan_rows import table, value_of
from automation.planning.explaining import Staff, explain, explain_summary
from automation.planning.filing import Policy, filing
from automation.planning.layout import TENTHS, moment_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from automation.front.session import Common
    from automation.planning.filed import FiledPlan
    from automation.schema.catalogue import Catalogue


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
    findings = findings_of(found)
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
        tables={"tasks": [value_of(row) for row in found.rows]},
        language=common.language or "zh",
    )
    return result, catalogue


def explain_plan(path: Path, *, policy: str, common: Common) -> tuple[Result, Catalogue]:
    """Why a task of a plan file is where it is; parameter ``task``: its UID, or its name. Only reads.

    Of a summary it names the tasks below it that fix its start and its finish. Raises AutomationError as ``reschedule_plan``, and
    UsageError for a task that is not there.
    """
    scheduled, catalogue = reschedule_plan(path, policy=policy, common=common)
    plan = plan_of(path)
    found = filing(plan, policy_of(policy), status=_status(plan, common.status_date))
    wanted = str(common.parameters.get("task") or "").strip()
    names = {row.task.id: row.task.name for row in found.rows}
    known = next((row.task.id for row in found.rows if wanted in {row.task.id, row.task.name}), "")
    network = found.network
    staff = Staff(
        _uses(plan),
        {resource.id: resource.name for resource in plan.resources.values()},
    )
    row = next((row for row in found.rows if row.task.id == known), None)
    if row is None:
        raise no_such_task(wanted)
    figures: dict[str, Any] = {"task": known, "critical": row.critical}
    if row.ends is None:
        line = explain(network, found.schedule, network.place[known], names, staff=staff)
    else:
        figures |= {"starts_with": row.ends[0], "finishes_with": row.ends[1]}
        line = explain_summary(network, found.schedule, known, names, staff=staff)
    return replace(scheduled, command="explain", figures=figures, lines=(line,), tables={}), catalogue


def _uses(plan: FiledPlan) -> dict[str, list[str]]:
    """The resources that work on each task."""
    working = {resource.id for resource in plan.resources.values() if resource.works}
    return {task.id: [one.resource for one in task.assignments if one.resource in working] for task in plan.tasks}


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
