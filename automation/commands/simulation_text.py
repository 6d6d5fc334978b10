"""The sentences of a simulation. Not here: the figures (``simulating``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SHOWN = 10
"""How many tasks and milestones are listed; JSON has all."""


def simulation_lines(project: str, figures: Mapping[str, Any], tables: Mapping[str, Any]) -> Iterator[Text]:
    """What the simulation of one project comes to, in lines: finish, deadline, milestones to come, risks, tasks."""
    tasks, risks = figures["uncertain_tasks"], figures["uncertain_risks"]
    yield Text(
        f"项目 {project}（{tasks} 个任务有估算范围，{risks} 个风险有延误）：{_days(figures['percentiles'])}",
        f"Project {project} ({tasks} tasks with a range, {risks} risks with a delay): {_days(figures['percentiles'])}",
    )
    planned, deadline = figures["forecast_finish"], figures["deadline"]
    if deadline is None:
        yield Text(f"  预测完成 {planned}", f"  Forecast finish {planned}")
    else:
        chance = _percent(figures["deadline_chance"])
        yield Text(
            f"  预测完成 {planned}；合同截止 {deadline}，按期完成的可能性 {chance}",
            f"  Forecast finish {planned}; contract deadline {deadline}, kept with a chance of {chance}",
        )
    to_come = [one for one in figures["milestones"] if one["key"] in figures["criticality"]]
    for one in to_come[:SHOWN]:
        chance = "" if one["deadline"] is None else f" ≤{one['deadline']} {_percent(one['deadline_chance'])}"
        yield _named(one, "key", f"{_days(one['percentiles'])}{chance}")
    for one in tables["risks"][:SHOWN]:
        occurs, delay = _percent(one["chance"]), one["delay_days"]
        if delay is not None:
            yield Text(
                f"  {one['risk']}：可能性 {occurs}，发生时平均推迟完工 {delay:.1f} 个工作日",
                f"  {one['risk']}: chance {occurs}, on average {delay:.1f} working days later when it occurs",
            )
    for one in tables["tasks"][:SHOWN]:
        if one["cruciality"] is not None:
            share = _percent(one["criticality"])
            yield _named(
                one,
                "task",
                (
                    f"关键率 {share}，相关系数 {one['cruciality']:.2f}",
                    f"critical {share}, correlation {one['cruciality']:.2f}",
                ),
            )


def nothing_to_simulate(project: str) -> Text:
    """The project has no plan that could be simulated."""
    return Text(
        f"项目 {project} 没有可以完整计算的计划，未模拟；请先处理检查结果中的计划问题。",
        f"Project {project} has no plan that can be computed as a whole and was not simulated; solve the findings on its plan first.",
    )


def nothing_uncertain(project: str) -> Text:
    """Nothing varies in the project."""
    return Text(
        f"项目 {project} 没有估算范围，模拟结果等于预测；请在计划表填写“乐观工期”“悲观工期”、在风险表填写“延误”，或用 --spread 80-150 给出通常范围。",
        f"Nothing varies in project {project}, so the result is the forecast; fill in “Optimistic” and “Pessimistic” "
        "in the plan and “Delay” in the risks, or give a usual range by --spread 80-150.",
    )


def no_range() -> Text:
    """Nothing varies in a plan file."""
    return Text(
        "计划文件没有估算范围，模拟结果等于计划；请用 --spread 80-150 给出工期的通常范围（百分比）。",
        "A plan file holds no estimates, so the result is the plan; give a usual range by --spread 80-150 (percent).",
    )


def ignored_estimates(project: str, tasks: Sequence[str]) -> Text:
    """Some estimates contradict the duration."""
    more = " …" if len(tasks) > SHOWN else ""
    zh, en = "、".join(tasks[:SHOWN]) + more, ", ".join(tasks[:SHOWN]) + more
    return Text(
        f"项目 {project} 中这些任务的估算未采用（应为 乐观工期 ≤ 工期 ≤ 悲观工期，且大于 0）：{zh}。",
        f"Estimates in project {project} that were not used (optimistic ≤ duration ≤ pessimistic, above 0): {en}.",
    )


def ignored_risk(risk: str) -> Text:
    """A risk has a delay that cannot be simulated."""
    return Text(
        f"风险 {risk} 的延误未模拟：请填写“可能性”(1-5)和计划中存在的“影响任务”。",
        f"The delay of risk {risk} was not simulated: fill in its probability (1-5) and affected tasks of the plan.",
    )


def _named(row: Mapping[str, Any], key: str, rest: str | tuple[str, str]) -> Text:
    zh, en = (rest, rest) if isinstance(rest, str) else rest
    name = row["name"] or ""
    return Text(f"  {row[key]} {name}：{zh}", f"  {row[key]} {row['name_en'] or name}: {en}")


def _days(percentiles: Mapping[str, Any]) -> str:
    return " · ".join(f"{name.upper()} {day}" for name, day in percentiles.items())


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
