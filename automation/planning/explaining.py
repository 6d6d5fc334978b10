"""Why a task is where it is, and why it is or is not critical: one paragraph from a schedule, in two languages.

The chain goes from the task back along what drives each date to where it begins: a constraint, a calendar, actual dates,
the status date or the project's start. It serves workbooks and plan files alike. Not here: the schedule itself
(``passes``, ``microsoft``).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Text
from automation.model.links import LagUnit, Link, LinkKind
from automation.planning.layout import moment_of
from automation.planning.passes import behind, driver, ends
from automation.planning.work import Reason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from automation.planning.network import Network
    from automation.planning.passes import Schedule

SHOWN = 6
"""Links of a chain that are told; of a longer one the ones in the middle are only counted."""
MINUTES_OF_HOUR = 60

BEGINNINGS = {
    Reason.PROJECT_START: Text("项目从这时开始", "the project begins then"),
    Reason.STATUS_DATE: Text("未完成的工作只能排在状态日期之后", "work that is left is done after the status date"),
    Reason.CONSTRAINT: Text("它的限制日期或手工日期如此规定", "its own constraint or fixed date says so"),
    Reason.AVAILABILITY: Text("负责人这时才可用", "its owner is available only from then on"),
    Reason.CALENDAR: Text("在此之前其日历没有工作时间", "its calendar has no working time before"),
    Reason.LEVELLING: Text("资源平衡把它推迟到这时", "levelling of resources delays it until then"),
    Reason.ACTUAL: Text("它已按实际日期开始或完成", "it has really started or finished then"),
}
ENDS = {
    LinkKind.FS: Text("{before}完成后才能开始", "can start only after {before} finishes"),
    LinkKind.SS: Text("{before}开始后才能开始", "can start only after {before} starts"),
    LinkKind.FF: Text("{before}完成后才能完成", "can finish only after {before} finishes"),
    LinkKind.SF: Text("{before}开始后才能完成", "can finish only after {before} starts"),
}
DELAYED = Text("，资源平衡又把它推后", ", and levelling of resources delays it further")


class Step(NamedTuple):
    """One task of a chain, by its place, and the link that drives it; ``None`` where the chain begins.

    ``delayed`` says that levelling delays the task beyond what the link asks.
    """

    place: int
    link: Link | None
    delayed: bool = False


class Staff(NamedTuple):
    """Which resources each task uses, by its number, and what resources are called."""

    uses: Mapping[str, Collection[str]]
    names: Mapping[str, str]


def chain(network: Network, schedule: Schedule, place: int) -> tuple[tuple[Step, ...], Reason]:
    """The tasks that drive each other, from this one back to the one that another reason than a link drives."""
    steps: list[Step] = []
    seen: set[int] = set()
    while True:
        found = driver(network, schedule, place)
        held = behind(network, schedule, place) if found is Reason.LEVELLING else None
        if held is not None:
            found = held
        if not isinstance(found, Link):
            return (*steps, Step(place, None)), found
        before = _before(network, schedule, found)
        if before is None or place in seen:
            return (*steps, Step(place, None)), Reason.CONSTRAINT
        seen.add(place)
        steps.append(Step(place, found, delayed=held is not None))
        place = before


def _before(network: Network, schedule: Schedule, link: Link) -> int | None:
    """The place of the task at the other end of a link; of a summary the task below it that decides."""
    if link.predecessor in network.place:
        return network.place[link.predecessor]
    places = network.children.get(link.predecessor, [])
    if link.kind & 1:
        return min(places, key=schedule.start.__getitem__, default=None)
    return max(places, key=schedule.finish.__getitem__, default=None)


def explain(
    network: Network, schedule: Schedule, place: int, names: Mapping[str, str], *, staff: Staff | None = None
) -> Text:
    """One paragraph on a task; ``names`` are what tasks are called, by number.

    Where levelling or a constraint holds a task back, ``staff`` tells which resource is busy until then.
    """
    return _joined(
        _where(network, schedule, place, names),
        *_reasons(network, schedule, place, names, staff),
        _critical(network, schedule, place),
    )


def explain_summary(
    network: Network, schedule: Schedule, summary: str, names: Mapping[str, str], *, staff: Staff | None = None
) -> Text:
    """One paragraph on a summary: the tasks below it that fix its start and its finish, and why these are where they are.

    It must have a task below it that has dates. The last sentence is about the one that fixes its finish.
    """
    first, last = ends(schedule, network.children[summary])
    moments = schedule.start[first], schedule.finish[last]
    begins, finishes = _name(network, first, names), _name(network, last, names)
    told = [_span(_named(summary, names), *moments, network.calendar.ticks)]
    if first == last:
        told.append(
            Text(
                f"其开始和完成都由其下的{begins.zh}决定。",
                f"Both its start and its finish are those of {begins.en}, which belongs to it.",
            )
        )
    else:
        told.append(
            Text(
                f"其开始由其下最早开始的{begins.zh}决定。",
                f"Its start is that of {begins.en}, the first of its tasks to start.",
            )
        )
        told += _reasons(network, schedule, first, names, staff)
        told.append(
            Text(
                f"其完成由其下最晚完成的{finishes.zh}决定。",
                f"Its finish is that of {finishes.en}, the last of its tasks to finish.",
            )
        )
    told += _reasons(network, schedule, last, names, staff)
    critical = _critical(network, schedule, last)
    told.append(
        Text(f"{finishes.zh}：{critical.zh}", f"About {finishes.en}: {critical.en[0].lower()}{critical.en[1:]}")
    )
    return _joined(*told)


def _reasons(
    network: Network, schedule: Schedule, place: int, names: Mapping[str, str], staff: Staff | None
) -> list[Text]:
    """The chain of a task, and who was busy until it begins."""
    steps, beginning = chain(network, schedule, place)
    held = [step.place for step in steps if step.delayed]
    if beginning in {Reason.LEVELLING, Reason.CONSTRAINT}:
        held.append(steps[-1].place)
    told = [_why(network, steps, beginning, names)]
    if staff is not None:
        told += [text for one in held[:SHOWN] for text in _busy(network, schedule, one, names, staff)]
    return told


def _busy(network: Network, schedule: Schedule, place: int, names: Mapping[str, str], staff: Staff) -> Iterator[Text]:
    """Which resource of the task at a place works until its start on what other task; nothing if none does."""
    own = staff.uses.get(network.tasks[place].id, ())
    position = network.calendar.position
    until = position(schedule.start[place])
    for other, task in enumerate(network.tasks):
        shared = next((name for name in own if name in staff.uses.get(task.id, ())), None)
        works = schedule.finish[other] > schedule.start[other]
        if other != place and shared is not None and works and position(schedule.finish[other]) == until:
            who, what, mine = _named(shared, staff.names), _name(network, other, names), _name(network, place, names)
            yield Text(
                f"{mine.zh}开始之前，资源{who.zh}要做{what.zh}。",
                f"Until {mine.en} starts, resource {who.en} works on {what.en}.",
            )
            return


def _joined(*sentences: Text) -> Text:
    return Text("".join(sentence.zh for sentence in sentences), " ".join(sentence.en for sentence in sentences))


def _name(network: Network, place: int, names: Mapping[str, str]) -> Text:
    return _named(network.tasks[place].id, names)


def _named(number: str, names: Mapping[str, str]) -> Text:
    name = names.get(number, "")
    return Text(f"{number}“{name}”", f"{number} '{name}'") if name else Text(number, number)


def _where(network: Network, schedule: Schedule, place: int, names: Mapping[str, str]) -> Text:
    return _span(_name(network, place, names), schedule.start[place], schedule.finish[place], network.calendar.ticks)


def _span(name: Text, first: int, last: int, ticks: int) -> Text:
    """From when to when something runs."""
    start, finish = (f"{moment_of(moment, ticks):%Y-%m-%d %H:%M}" for moment in (first, last))
    if start == finish:
        return Text(f"{name.zh}位于{start}。", f"{name.en} stands at {start}.")
    return Text(f"{name.zh}从{start}到{finish}。", f"{name.en} runs from {start} to {finish}.")


def _why(network: Network, steps: tuple[Step, ...], beginning: Reason, names: Mapping[str, str]) -> Text:
    """The chain, told from the task backwards; the middle of a long one is only counted."""
    zh: list[str] = []
    en: list[str] = []
    links = len(steps) - 1
    for number, (step, following) in enumerate(pairwise(steps)):
        if links > SHOWN and SHOWN // 2 <= number < links - SHOWN // 2:
            if number == SHOWN // 2:
                zh.append(f"再往前经过{links - SHOWN}个任务")
                more = links - SHOWN
                en.append("one more task leads" if more == 1 else f"{more} more tasks lead")
                en[-1] += " back from there"
            continue
        if step.link is None:
            continue
        before, own, end = (
            _name(network, following.place, names),
            _name(network, step.place, names),
            ENDS[step.link.kind],
        )
        lag = _lag(step.link, network.calendar.ticks, network.calendar.day_minutes)
        further = DELAYED if step.delayed else Text("", "")
        zh.append(f"{own.zh}要等{end.zh.format(before=before.zh)}{lag.zh}{further.zh}")
        en.append(f"{own.en} {end.en.format(before=before.en)}{lag.en}{further.en}")
    first, said = _name(network, steps[-1].place, names), BEGINNINGS[beginning]
    zh.append(f"{first.zh}排在那里，是因为{said.zh}")
    en.append(f"{first.en} is where it is because {said.en}")
    told = "; ".join(en)
    return Text(f"{'；'.join(zh)}。", f"{told[0].upper()}{told[1:]}.")


def _lag(link: Link, ticks: int, day: int) -> Text:
    if not link.lag:
        return Text("", "")
    if link.unit is LagUnit.PERCENT:
        return Text(f"（{link.lag:+d}%工期）", f" ({link.lag:+d}% of its duration)")
    if link.unit is LagUnit.ELAPSED:
        hours = f"{link.lag / ticks / MINUTES_OF_HOUR:+.4g}"
        return Text(f"（{hours}小时）", f" ({hours} h elapsed)")
    days = f"{link.lag / day:+.4g}"
    return Text(f"（{days}个工作日）", f" ({_days(days)})")


def _days(number: str) -> str:
    """So many working days, in English."""
    return f"{number} working day" if number.lstrip("+-") == "1" else f"{number} working days"


def _critical(network: Network, schedule: Schedule, place: int) -> Text:
    """Why the task is or is not critical."""
    day = network.calendar.day_minutes
    total, free = f"{schedule.total_float[place] / day:.4g}", f"{schedule.free_float[place] / day:.4g}"
    if schedule.done[place]:
        return Text("它已完成，不再是关键任务。", "It is finished and no longer critical.")
    if schedule.total_float[place] < 0:
        short = f"{-schedule.total_float[place] / day:.4g}"
        return Text(
            f"它是关键任务：比截止或限制日期所需晚{short}个工作日。",
            f"It is critical: it is {_days(short)} later than a deadline or constraint allows.",
        )
    if schedule.critical[place]:
        limit = "" if total == "0" else f"（时差{total}个工作日）"
        small = "" if total == "0" else f" ({_days(total)} of slack)"
        return Text(
            f"它是关键任务{limit}：它一拖延，项目完成就会推迟。",
            f"It is critical{small}: any delay of it delays the end of the project.",
        )
    return Text(
        f"它不是关键任务：可拖延{total}个工作日而不影响项目完成，其中{free}个工作日不影响其他任务。",
        f"It is not critical: it can slip by {_days(total)} before the project's end or a deadline moves, "
        f"and by {free} before another task does.",
    )
