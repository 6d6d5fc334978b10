"""Costs by category, planned against actual. Not here: the estimate at completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.charts import bars, legend, look
from automation.word.charts.canvas import Canvas
from automation.word.charts.values import amount, money

if TYPE_CHECKING:
    from automation.model.charts.delivery import CategoryCost, Costs
    from automation.word.charts.canvas import Paper


def canvases(chart: Costs, paper: Paper) -> list[Canvas]:
    """The picture of the costs."""
    caption = Text(f"{chart.project.zh} 分类成本：计划与实际", f"Costs of {chart.project.en}: planned and actual")
    trial = Canvas(paper, 10, caption=caption)
    pairs = [
        bars.Pair(
            trial.say(one.category),
            (one.planned, one.actual),
            (amount(one.planned, paper.language), amount(one.actual, paper.language) + _used(one)),
            is_marked=one.actual > one.planned,
        )
        for one in chart.categories
    ]
    entries = _legend(trial, chart)
    canvas = Canvas(paper, bars.height_mm(trial, pairs, entries), caption=caption, alternative=alternative(chart))
    bars.draw(canvas, pairs, entries)
    return [canvas]


def _used(cost: CategoryCost) -> str:
    """The share of the plan that is used, in brackets."""
    return f" ({100 * cost.actual / cost.planned:.0f}%)" if cost.planned else ""


def _legend(canvas: Canvas, chart: Costs) -> list[legend.Entry]:
    entries = [
        legend.Entry(legend.box(look.SKY, look.BLUE), canvas.say(Text("计划", "Planned"))),
        legend.Entry(legend.box(look.BLUE, look.BLUE), canvas.say(Text("实际（占计划）", "Actual (of the plan)"))),
    ]
    if any(one.actual > one.planned for one in chart.categories):
        sample = legend.box(look.ROSE, look.DARK_RED, hatch=look.CRITICAL_HATCH)
        entries.append(legend.Entry(sample, canvas.say(Text("超出计划", "Above the plan"))))
    if canvas.say(chart.currency):
        entries.append(
            legend.Entry(None, canvas.say(Text(f"单位：{chart.currency.zh}", f"Amounts in {chart.currency.en}")))
        )
    return entries


def alternative(chart: Costs) -> Text:
    """What the picture shows, in words."""
    planned, actual = sum(one.planned for one in chart.categories), sum(one.actual for one in chart.categories)
    share = f"（{100 * actual / planned:.1f}%）" if planned else ""
    over = [one for one in chart.categories if one.actual > one.planned]
    zh = f"计划 {money(planned, 'zh', chart.currency)}，实际 {money(actual, 'zh', chart.currency)}{share}"
    en = f"planned {money(planned, 'en', chart.currency)}, actual {money(actual, 'en', chart.currency)}"
    en += f" ({100 * actual / planned:.1f} %)" if planned else ""
    for one in over:
        more = one.actual - one.planned
        zh += f"；{one.category.zh}超出计划 {money(more, 'zh', chart.currency)}"
        en += f"; {one.category.en} is {money(more, 'en', chart.currency)} above its plan"
    return Text(
        f"{chart.project.zh} 分类成本，截至 {chart.status_date}：{zh}。",
        f"Costs of {chart.project.en} by category at {chart.status_date}: {en}.",
    )
