"""The sales pipeline: expected and weighted amounts by stage. Not here: the deals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.charts import bars, legend, look
from automation.word.charts.canvas import Canvas
from automation.word.charts.values import amount, money

if TYPE_CHECKING:
    from automation.model.charts.service import Pipeline
    from automation.word.charts.canvas import Paper


def canvases(chart: Pipeline, paper: Paper) -> list[Canvas]:
    """The picture of the pipeline."""
    caption = Text(f"{chart.subject.zh} 商机漏斗", f"Sales pipeline of {chart.subject.en}")
    trial = Canvas(paper, 10, caption=caption)
    pairs = [
        bars.Pair(
            trial.say(Text(f"{one.name.zh}（{one.deals} 个）", f"{one.name.en or one.name.zh} ({one.deals})")),
            (one.expected, one.weighted),
            (amount(one.expected, paper.language), amount(one.weighted, paper.language)),
        )
        for one in chart.stages
    ]
    entries = [
        legend.Entry(legend.box(look.SKY, look.BLUE), trial.say(Text("预期金额", "Expected"))),
        legend.Entry(legend.box(look.BLUE, look.BLUE), trial.say(Text("按成交可能性加权", "Weighted by probability"))),
    ]
    if trial.say(chart.currency):
        entries.append(
            legend.Entry(None, trial.say(Text(f"单位：{chart.currency.zh}", f"Amounts in {chart.currency.en}")))
        )
    canvas = Canvas(paper, bars.height_mm(trial, pairs, entries), caption=caption, alternative=alternative(chart))
    bars.draw(canvas, pairs, entries)
    return [canvas]


def alternative(chart: Pipeline) -> Text:
    """What the picture shows, in words."""
    deals = sum(one.deals for one in chart.stages)
    expected, weighted = sum(one.expected for one in chart.stages), sum(one.weighted for one in chart.stages)
    zh = "、".join(f"{one.name.zh} {one.deals} 个 {money(one.expected, 'zh', chart.currency)}" for one in chart.stages)
    en = ", ".join(
        f"{one.name.en or one.name.zh} {one.deals} with {money(one.expected, 'en', chart.currency)}"
        for one in chart.stages
    )
    return Text(
        f"{chart.subject.zh} 商机漏斗：{deals} 个商机，预期 {money(expected, 'zh', chart.currency)}，加权 "
        f"{money(weighted, 'zh', chart.currency)}；{zh}。",
        f"Sales pipeline of {chart.subject.en}: {deals} deals, expected {money(expected, 'en', chart.currency)}, weighted "
        f"{money(weighted, 'en', chart.currency)}; {en}.",
    )
