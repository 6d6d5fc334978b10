"""A levelling proposal in words, Chinese and English: over-allocations, delays with their reasons, the new finish.

Not here: the proposal (``levelling``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from automation.planning.calendar import WorkCalendar
    from automation.planning.levelling.loads import Overload
    from automation.planning.levelling.proposal import Delay, Proposal

SHOWN = 40
"""How many stretches and delays are listed; the tables have all."""
FEW = 5
"""How many tasks a sentence names."""


class _Stretch(NamedTuple):
    resource: str
    first: date
    last: date
    load: float
    capacity: float
    tasks: tuple[str, ...]


class Named(NamedTuple):
    """What resources and tasks are called, by their numbers; a number without a name stands alone."""

    resources: Mapping[str, str]
    tasks: Mapping[str, str]

    def some(self, numbers: Sequence[str], separator: str) -> str:
        """The first tasks of several, each with its name."""
        shown = separator.join(self.task(number) for number in numbers[:FEW])
        return shown + (" …" if len(numbers) > FEW else "")

    def resource(self, number: str) -> str:
        """The number and the name of a resource."""
        return f"{number} {self.resources.get(number, '')}".strip()

    def task(self, number: str) -> str:
        """The number and the name of a task."""
        return f"{number} {self.tasks.get(number, '')}".strip()


def lines_of(
    projects: Sequence[str], proposal: Proposal, calendar: WorkCalendar, names: Named, *, preview: bool = True
) -> tuple[Text, ...]:
    """What a person reads, from what is wrong over what is proposed to what it leads to."""
    if not proposal.before:
        return (Text("没有资源超负荷，不需要推迟任务。", "Nobody is over-allocated; no task needs to wait."),)
    lines = [
        Text("资源超负荷：", "Over-allocated:"),
        *_shown([_overloaded(one, names) for one in _stretches(proposal.before, calendar)]),
    ]
    if proposal.delays:
        lines += [
            Text("建议推迟(仅为预览，未写入)：", "Proposed delays (a preview, nothing is written):")
            if preview
            else Text("推迟：", "Delays:"),
            *_shown([_delayed(one, names) for one in proposal.delays]),
        ]
    lines += _finishes(projects, proposal, calendar)
    if proposal.after:
        lines += [
            Text(
                "推迟任务无法消除的超负荷(已开工或日期固定的任务不推迟)：",
                "Over-allocations that no delay can end (work that runs or has a fixed date stays where it is):",
            ),
            *_shown([_overloaded(one, names) for one in _stretches(proposal.after, calendar)]),
        ]
    lines += [
        Text(
            f"  {names.task(task)} 需要的 {names.resource(name)} 超过其可用量，请减少投入或增加资源。",
            f"  {names.task(task)} needs more of {names.resource(name)} than there is: lower the use or add capacity.",
        )
        for task, name in proposal.homeless
    ]
    return tuple(lines)


def _overloaded(one: _Stretch, names: Named) -> Text:
    who, tasks = names.resource(one.resource), one.tasks
    to_zh, to_en = ("", "") if one.first == one.last else (f" 至 {one.last}", f" to {one.last}")
    return Text(
        f"  {who}，{one.first}{to_zh}：需要 {one.load:g}%，可用 {one.capacity:g}%；任务 {names.some(tasks, '、')}",
        f"  {who}, {one.first}{to_en}: {one.load:g} % asked, {one.capacity:g} % there; {names.some(tasks, ', ')}",
    )


def _delayed(one: Delay, names: Named) -> Text:
    who = names.resource(one.resource)
    task, waits_for = names.task(one.task), one.waits_for
    if waits_for:
        why = Text(
            f"等 {names.some(waits_for, '、')} 完成后 {who} 才有空",
            f"{who} is free once {names.some(waits_for, ', ')} {'is' if len(waits_for) == 1 else 'are'} done",
        )
    else:
        why = Text(f"{who} 到那时才可用", f"{who} is not available before")
    days, unit = f"{round(one.days, 2):g}", "day" if round(one.days, 2) == 1 else "days"
    return Text(
        f"  {task} 推迟 {days} 个工作日，{one.start} 开始(原 {one.start_before})，{one.finish} 完成：{why.zh}。",
        f"  {task} by {days} working {unit}, start {one.start} (was {one.start_before}), finish {one.finish}: {why.en}.",
    )


def _finishes(projects: Sequence[str], proposal: Proposal, calendar: WorkCalendar) -> Iterator[Text]:
    for name, before, after in zip(projects, proposal.finishes_before, proposal.finishes, strict=True):
        if before is None or after is None:
            continue
        days = calendar.days_between(before, after)
        if days == 0:
            yield Text(f"{name} 预测完成不变：{after}。", f"{name} still finishes on {after}.")
        else:
            zh, en = (f"晚 {days}", f"{days} working {'day' if days == 1 else 'days'} later")
            if days < 0:
                zh, en = (f"早 {-days}", f"{-days} working {'day' if days == -1 else 'days'} earlier")
            yield Text(
                f"{name} 预测完成由 {before} 变为 {after}({zh} 个工作日)。",
                f"{name} finishes on {after} instead of {before} ({en}).",
            )


def _stretches(overloads: Sequence[Overload], calendar: WorkCalendar) -> Iterator[_Stretch]:
    """Working days that follow each other with the same over-allocation, in one."""
    current: _Stretch | None = None
    for one in overloads:
        same = (one.resource, one.load, one.capacity, one.tasks)
        if current is not None and (*same, one.day) == (*_alike(current), calendar.add_days(current.last, 1)):
            current = current._replace(last=one.day)
            continue
        if current is not None:
            yield current
        current = _Stretch(one.resource, one.day, one.day, one.load, one.capacity, one.tasks)
    if current is not None:
        yield current


def _alike(one: _Stretch) -> tuple[str, float, float, tuple[str, ...]]:
    return one.resource, one.load, one.capacity, one.tasks


def _shown(lines: list[Text]) -> list[Text]:
    rest = len(lines) - SHOWN
    return lines if rest <= 0 else [*lines[:SHOWN], Text(f"  ……另有 {rest} 项", f"  … and {rest} more")]
