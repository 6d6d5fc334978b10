"""The body of the progress report's template.

Not here: cover, revision and approval tables, contents (``layouts``) and the values (``commands.document.progress``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import (
    bullets,
    cell,
    facts,
    heading,
    lead,
    listing_of,
    paragraph,
    picture,
    repeated,
    table,
    where,
)

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """The nine chapters of the report as XML text."""
    return (
        _summary(language)
        + _done(language)
        + _unfinished(language)
        + _milestones(language)
        + _problems(language)
        + _risks(language)
        + _changes(language)
        + _next(language)
        + heading(1, Text("需客户配合事项", "What we ask of you"), language)
        + bullets("asked", language)
    )


def _summary(language: Language) -> str:
    title = Text("状态摘要", "Summary")
    health = Text("项目健康度　{{ health.text }}", "Project health  {{ health.text }}")
    because = Text("主要原因：", "Mainly because of:")
    return (
        heading(1, title, language, properties=_FIRST)
        + paragraph(health.in_(language), "Callout")
        + where(
            "health.reasons",
            lead(because.in_(language)),
            repeated("reason in health.reasons", paragraph("{{ reason }}", "ListBullet")),
        )
        + facts(title, "row in summary", language, numbered=True)
    )


def _done(language: Language) -> str:
    title = Text("已完成任务", "Tasks done")
    intro = Text(
        "报告日期之前 {{ period.days }} 天内完成的任务：",
        "Tasks finished in the {{ period.days }} days up to the status date:",
    )
    cells = [
        cell(Text("任务", "Task"), (4038, 3898), "{{ row.id }}  {{ row.name }}", language),
        cell(Text("负责人", "Owner"), (1100, 1400), "{{ row.owner }}", language),
        cell(Text("完成日期", "Finished"), (1860, 1500), "{{ row.finish }}", language),
        cell(Text("与基线相差（工作日）", "Against baseline (days)"), (2300, 2500), "{{ row.slip }}", language),
    ]
    return heading(1, title, language) + lead(intro.in_(language)) + table(title, cells, language, loop="row in done")


def _unfinished(language: Language) -> str:
    title = Text("未完成任务", "Tasks not done yet")
    intro = Text(
        "正在进行的任务，以及按基线应已开始或完成、但尚未完成的任务：",
        "Tasks that run, and those that by the baseline should have begun or ended:",
    )
    cells = [
        cell(Text("任务", "Task"), (2478, 2698), "{{ row.id }}  {{ row.name }}", language),
        cell(Text("负责人", "Owner"), (900, 1200), "{{ row.owner }}", language),
        cell(Text("完成率", "Done"), 900, "{{ row.percent }}", language),
        cell(Text("基线完成", "Agreed"), (1860, 1500), "{{ row.agreed }}", language),
        cell(Text("预测完成", "Forecast"), (1860, 1500), "{{ row.finish }}", language),
        cell(Text("偏差（天）", "Slip (days)"), (1300, 1500), "{{ row.slip }}", language, alert="row.late"),
    ]
    return (
        heading(1, title, language)
        + lead(intro.in_(language))
        + table(title, cells, language, loop="row in unfinished")
    )


def _milestones(language: Language) -> str:
    title = Text("里程碑与偏差", "Milestones")
    cells = [
        cell(Text("里程碑", "Milestone"), 3398, "{{ row.name }}", language),
        cell(Text("基线日期", "Agreed"), (1800, 1700), "{{ row.date }}", language),
        cell(Text("实际或预测", "Reached or expected"), (1800, 1900), "{{ row.expected }}", language),
        cell(Text("偏差（工作日）", "Slip (days)"), (1300, 1200), "{{ row.slip }}", language, alert="row.late"),
        cell(Text("状态", "State"), (1000, 1100), "{{ row.state }}", language),
    ]
    return (
        heading(1, title, language)
        + table(title, cells, language, loop="row in milestones")
        + picture("gantt", Text("计划与预测", "Plan and forecast"), language)
    )


def _problems(language: Language) -> str:
    title = Text("遇到的问题与解决方案", "Problems and what we do about them")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in problems",
        numbered=True,
        columns=(
            (Text("事项", "Matter"), 2300, "row.name"),
            (Text("问题", "Problem"), 2899, "row.text"),
            (Text("解决方案", "Remedy"), 2899, "row.solution"),
            (Text("负责人", "Owner"), 1200, "row.owner"),
        ),
    )


def _risks(language: Language) -> str:
    title = Text("主要风险", "Main risks")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in risks",
        numbered=True,
        columns=(
            (Text("风险", "Risk"), (2698, 2398), "row.title"),
            (Text("级别", "Level"), (800, 1000), "row.level"),
            (Text("趋势", "Trend"), (800, 1200), "row.trend"),
            (Text("应对措施", "Response"), (3800, 3400), "row.response"),
            (Text("负责人", "Owner"), (1200, 1300), "row.owner"),
        ),
    )


def _changes(language: Language) -> str:
    title = Text("变更", "Changes")
    return heading(1, title, language) + listing_of(
        Text("未关闭的变更", "Changes not closed"),
        language,
        loop="row in changes",
        numbered=True,
        columns=(
            (Text("编号", "ID"), 1150, "row.id"),
            (Text("变更", "Change"), 3448, "row.title"),
            (Text("对完成日的影响", "Effect on finish"), 1900, "row.impact"),
            (Text("客户决定", "Decision"), 1300, "row.decision"),
            (Text("状态", "Status"), 1500, "row.status"),
        ),
    )


def _next(language: Language) -> str:
    intro = Text(
        "报告日期之后 {{ period.days }} 天内开始或完成的任务：",
        "Tasks that begin or end in the {{ period.days }} days after the status date:",
    )
    tasks = Text("下期任务", "Tasks of the next period")
    events = Text("下期会议与沟通", "Meetings of the next period")
    return (
        heading(1, Text("下期计划", "Next period"), language)
        + heading(2, tasks, language)
        + lead(intro.in_(language))
        + listing_of(
            tasks,
            language,
            loop="row in next",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 900, "row.id"),
                (Text("任务", "Task"), 3398, "row.name"),
                (Text("负责人", "Owner"), 1400, "row.owner"),
                (Text("预测开始", "Start"), 1800, "row.start"),
                (Text("预测完成", "Finish"), 1800, "row.finish"),
            ),
        )
        + heading(2, events, language)
        + listing_of(
            events,
            language,
            loop="row in events",
            numbered=True,
            columns=(
                (Text("日期", "Date"), 1900, "row.date"),
                (Text("主题", "Subject"), 4098, "row.subject"),
                (Text("类型", "Kind"), 1800, "row.kind"),
                (Text("主持", "Chair"), 1500, "row.owner"),
            ),
        )
    )
