"""What the points of a plan's health are called, what to do about each, and a report of them in lines.

Not here: the points (``planning.health``), the command on workbooks (``plan_health``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.planning.health_case import Point

FEW = 8
"""Tasks that a line names."""


class Words(NamedTuple):
    """The name of a point, and what to do about the tasks concerned."""

    name: Text
    advice: Text


WORDS: dict[str, Words] = {
    "missing_logic": Words(
        Text("开口任务", "Open ends"),
        Text("请补上前置任务或后续任务。", "Add the predecessor or the successor that is missing."),
    ),
    "leads": Words(
        Text("提前量", "Leads"),
        Text(
            "请去掉负的间隔：把任务拆开，或改用“开始-开始”加间隔。",
            "Take the negative lag away: split the task, or use start-to-start with a lag.",
        ),
    ),
    "lags": Words(
        Text("滞后量", "Lags"),
        Text("请把等待的时间改为单独的任务，写明等什么、由谁负责。", "Make the wait a task of its own with an owner."),
    ),
    "link_kinds": Words(
        Text("“完成-开始”关系占比", "Finish-to-start links"),
        Text(
            "请尽量改为“完成-开始”关系，必要时拆分任务。",
            "Use finish-to-start links where possible; split tasks if need be.",
        ),
    ),
    "hard_constraints": Words(
        Text("硬约束", "Hard constraints"),
        Text(
            "请去掉固定日期的约束，改用前后关系，期限写在“截止日期”中。",
            "Take the fixed date away: use links, and put the date into the deadline.",
        ),
    ),
    "high_float": Words(
        Text("浮动过大", "High float"),
        Text("请检查是否缺少后续任务。", "Check whether a successor is missing."),
    ),
    "negative_float": Words(
        Text("负浮动", "Negative float"),
        Text(
            "请压缩该任务之前的路径，或与客户商定新的期限。",
            "Shorten the path that leads there, or agree a new deadline with the customer.",
        ),
    ),
    "high_duration": Words(
        Text("工期过长", "Long durations"),
        Text("请拆成较短的任务，便于跟踪进度。", "Split it into shorter tasks whose progress can be followed."),
    ),
    "invalid_dates": Words(
        Text("无效日期", "Invalid dates"),
        Text(
            "请更正晚于状态日期的实际日期；应已开始或完成的，请填写实际日期或重排。",
            "Correct actual dates after the status date; fill in what has happened, and reschedule what has not.",
        ),
    ),
    "resources": Words(
        Text("未分配资源", "No resources"),
        Text("请指定负责人或资源。", "Name an owner or a resource."),
    ),
    "missed_tasks": Words(
        Text("未按基线完成", "Missed tasks"),
        Text(
            "请找出延误原因，并安排追赶措施。",
            "Find out why it was late and how the time is to be caught up.",
        ),
    ),
    "critical_path": Words(
        Text("关键路径测试", "Critical path test"),
        Text(
            "推迟该任务，项目完成没有相应推迟：请检查其后的约束、固定日期和缺失的关系。",
            "Delaying this task does not delay the finish as it should: check constraints, fixed dates and links behind it.",
        ),
    ),
    "path_index": Words(
        Text("关键路径长度指数(CPLI)", "Critical path length index (CPLI)"),
        Text(
            "剩余路径来不及按基线完成：请压缩关键任务，或办理基线变更。",
            "The path left is too long for the baseline: shorten critical tasks, or have the baseline changed.",
        ),
    ),
    "execution_index": Words(
        Text("基线执行指数(BEI)", "Baseline execution index (BEI)"),
        Text(
            "请先完成已到期的任务，并为没有基线的任务设定基线。",
            "Finish the tasks that are due first, and give those without a baseline one.",
        ),
    ),
    "dangling": Words(
        Text("悬空的开始或完成", "Dangling starts and finishes"),
        Text(
            "请补上决定其开始的前置关系，或等待其完成的后续关系。",
            "Add a link that governs its start, or one that waits for its finish.",
        ),
    ),
    "long_lags": Words(
        Text("间隔过长", "Long lags"),
        Text("请把长间隔改为单独的任务。", "Make the long lag a task of its own."),
    ),
    "out_of_sequence": Words(
        Text("进度与顺序不符", "Out-of-sequence progress"),
        Text(
            "前置任务还未完成就已开工：请核对实际日期，或更正前后关系。",
            "It went ahead of its predecessor: check the actual dates, or correct the link.",
        ),
    ),
    "summary_links": Words(
        Text("阶段汇总上的关系", "Links at summaries"),
        Text("请把关系改到阶段下的任务或里程碑上。", "Move the link to a task or milestone below the summary."),
    ),
    "missing_baseline": Words(
        Text("没有基线", "No baseline"),
        Text("请设定基线；新增任务按变更办理。", "Set the baseline; tasks that were added need a change."),
    ),
}
RESULTS = {
    True: Text("通过", "passed"),
    False: Text("未通过", "failed"),
    None: Text("不适用", "not applicable"),
}
MARKS = {True: "  ", False: "! ", None: "- "}


def value_of(point: Point) -> Text:
    """The value of a point with its unit; empty where nothing was judged."""
    return Text("", "") if point.value is None else _amount(point, point.value)


def limit_of(point: Point) -> Text:
    """The limit of a point, as the most or the least that is allowed."""
    amount = _amount(point, point.limit)
    sign = "≥" if point.at_least else "≤"
    return Text(f"{sign} {amount.zh}", f"{sign} {amount.en}")


def _amount(point: Point, number: float) -> Text:
    if point.unit == "percent":
        return Text(f"{number:.1f}%", f"{number:.1f} %")
    if point.unit == "days":
        return Text(f"{number:.4g} 个工作日", f"{number:.4g} working days")
    return Text(*2 * ((f"{number:.0f}" if point.unit == "count" else f"{number:.2f}"),))


def lines_of(points: Sequence[Point], names: Mapping[str, str]) -> Iterator[Text]:
    """A line a point, and below each that failed whom it concerns and what to do; last how many passed."""
    for point in points:
        words, value, limit, result = WORDS[point.id], value_of(point), limit_of(point), RESULTS[point.passed]
        number = f"{point.number}." if point.number else "+"
        said = Text(f"{value.zh}(限值 {limit.zh})，", f"{value.en} (limit {limit.en}), ")
        if point.value is None:
            said = Text("", "")
        mark = MARKS[point.passed]
        yield Text(
            f"{mark}{number:<3} {words.name.zh}：{said.zh}{result.zh}",
            f"{mark}{number:<3} {words.name.en}: {said.en}{result.en}",
        )
        if point.passed is False:
            if point.tasks:
                yield Text(f"      {_some(point.tasks, names, '、')}", f"      {_some(point.tasks, names, ', ')}")
            yield Text(f"      {words.advice.zh}", f"      {words.advice.en}")
    figures = counts(points)
    yield Text(
        f"DCMA 14 点：通过 {figures['passed']}，未通过 {figures['failed']}，不适用 {figures['not_judged']}；"
        f"其他检查未通过 {figures['failed_beyond']}。",
        f"DCMA 14 points: {figures['passed']} passed, {figures['failed']} failed, {figures['not_judged']} not applicable; "
        f"{figures['failed_beyond']} of the other checks failed.",
    )


def _some(tasks: Sequence[str], names: Mapping[str, str], separator: str) -> str:
    shown = separator.join(f"{task} {names.get(task, '')}".strip() for task in tasks[:FEW])
    return shown + (f" … (+{len(tasks) - FEW})" if len(tasks) > FEW else "")


def counts(points: Sequence[Point]) -> dict[str, int]:
    """How many of the 14 points passed, failed and could not be judged, and how many of those beyond them failed."""
    dcma = [point.passed for point in points if point.number]
    return {
        "passed": dcma.count(True),
        "failed": dcma.count(False),
        "not_judged": dcma.count(None),
        "failed_beyond": sum(point.passed is False for point in points if not point.number),
    }


def point_value(point: Point) -> dict[str, Any]:
    """One point for programs."""
    words = WORDS[point.id]
    return {
        "point": point.id,
        "dcma": point.number,
        "name": {"zh": words.name.zh, "en": words.name.en},
        "value": None if point.value is None else round(point.value, 2),
        "limit": point.limit,
        "limit_is": "least" if point.at_least else "most",
        "unit": point.unit,
        "passed": point.passed,
        "tasks": list(point.tasks),
        "looked_at": point.of,
        "advice": {"zh": words.advice.zh, "en": words.advice.en},
    }
