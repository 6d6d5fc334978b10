"""The schedule by Microsoft Project's rules: early and late dates, total and free slack, critical tasks, drivers.

Not here: the two passes (``microsoft_forward``, ``microsoft_backward``), the rules of the workbook, where remaining work
waits for the status date (``passes``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.planning.microsoft_backward import backward
from automation.planning.microsoft_forward import Frame, forward, special_places
from automation.planning.passes import Schedule
from automation.planning.tasks import Constraint
from automation.planning.work import Reason

if TYPE_CHECKING:
    from automation.planning.microsoft_backward import Late
    from automation.planning.microsoft_forward import Dates
    from automation.planning.network import Network


AS_LATE = Constraint.AS_LATE  # looked up once: members of enums are slow to reach


class Rules(NamedTuple):
    """The options of a plan: instants, and working minutes as the plan's calendar counts them."""

    start: int
    finish: int | None = None
    """The finish from which a plan is scheduled backwards; ``None`` schedules from the start."""
    honour_constraints: bool = True
    separate_ends: bool = False
    """Multiple critical paths: every open end has its own finish as its late one."""
    slack_limit: int = 0
    """Up to which total slack a task is critical."""


def schedule(network: Network, rules: Rules) -> Schedule:
    """The schedule of a network built with ``summary_starts``."""
    special = special_places(network)
    if rules.finish is not None:
        return _from_finish(network, rules, special, rules.finish)
    frame = Frame(rules.start, rules.honour_constraints, {})
    dates, late, last = _both(network, rules, frame, special)
    pinned = _as_late(network, dates, late)
    if pinned:
        dates, late, last = _both(network, rules, frame._replace(pinned=pinned), special)
    return _schedule(network, rules, dates, late, last)


def _both(
    network: Network, rules: Rules, frame: Frame, special: frozenset[int], *, last: int | None = None
) -> tuple[Dates, Late, int]:
    """Both passes, and the project's finish: the one given, or that of the last task."""
    dates = forward(network, frame, special)
    if last is None:
        last = frame.start
        if network.tasks:
            last = max((dates.finishes[max(dates.end)], *dates.finish.values()))
    late = backward(network, dates, project_finish=last, separate_ends=rules.separate_ends)
    return dates, late, last


def _as_late(network: Network, dates: Dates, late: Late) -> dict[int, int]:
    """The late starts of the tasks that are to be as late as possible and have not begun."""
    return {
        place: late.start[place]
        for place in dates.special
        if network.tasks[place].constraint is AS_LATE and place not in dates.done and place not in dates.left
    }


def _from_finish(network: Network, rules: Rules, special: frozenset[int], last: int) -> Schedule:
    """Backwards from the finish: the project starts where the earliest late start lies."""
    frame = Frame(rules.start, rules.honour_constraints, {})
    dates, late, _ = _both(network, rules, frame, special, last=last)
    starts = [late.start[place] if place in special else dates.starts[begin] for place, begin in enumerate(late.begin)]
    frame = Frame(min(starts, default=rules.start), rules.honour_constraints, _as_late(network, dates, late))
    return _schedule(network, rules, *_both(network, rules, frame, special, last=last))


def _schedule(network: Network, rules: Rules, dates: Dates, late: Late, last: int) -> Schedule:
    calendar, special = network.calendar, dates.special
    start, finish = calendar.starts_at(dates.begin), calendar.finishes_at(dates.end)
    late_start, late_finish = calendar.starts_at(late.begin), calendar.finishes_at(late.end)
    total = [after - before for after, before in zip(late.begin, dates.begin, strict=True)]
    for place in special:
        start[place], finish[place] = dates.start[place], dates.finish[place]
        late_start[place], late_finish[place] = late.start[place], late.finish[place]
        total[place] = _total(network, dates, late, place)
        if network.tasks[place].actual_start is not None:
            late_start[place] = start[place]
    done = [False] * len(start)
    for place in dates.done:
        done[place], total[place] = True, 0
    limit = rules.slack_limit
    return Schedule(
        start=start,
        finish=finish,
        late_start=late_start,
        late_finish=late_finish,
        total_float=total,
        free_float=[max(0, min(gap, rest)) for gap, rest in zip(late.free, total, strict=True)],
        critical=[slack <= limit and not is_done for slack, is_done in zip(total, done, strict=True)],
        done=done,
        governor=dates.governor,
        drivers=dates.drivers,
        reason=Reason.PROJECT_START,
        project_start=min(start, default=rules.start),
        project_finish=last,
    )


def _total(network: Network, dates: Dates, late: Late, place: int) -> int:
    """The total slack of a special task: the smaller one at start and finish, from where logic would have it."""
    calendar = network.calendars[place]
    if calendar is network.calendar and place not in dates.logic:
        at_finish = late.end[place] - dates.end[place]
        return at_finish if place in dates.left else min(late.begin[place] - dates.begin[place], at_finish)
    start, finish = dates.logic.get(place, (dates.start[place], dates.finish[place]))
    at_finish = calendar.between(finish, late.finish[place])
    return at_finish if place in dates.left else min(calendar.between(start, late.start[place]), at_finish)
