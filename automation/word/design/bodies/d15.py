"""The body of the template of the monthly service report.

Not here: cover and contents (``layouts``) and the values (``commands.document.service_report``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import cell, facts, heading, lead, listing_of, paragraph, picture, table, where

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """Requests, service levels, what was missed, faults, upkeep, ratings and actions as XML text."""
    return (
        _requests(language)
        + _levels(language)
        + _missed(language)
        + _faults(language)
        + _upkeep(language)
        + _ratings(language)
        + _actions(language)
    )


def _requests(language: Language) -> str:
    title, kinds = Text("概况", "Overview"), Text("请求数量与类型", "Requests by kind")
    intro = Text("本报告涵盖 {{ month }} 受理的全部请求。", "This report covers all requests received in {{ month }}.")
    return (
        heading(1, title, language, properties=_FIRST)
        + lead(intro.in_(language))
        + facts(title, "row in summary", language, numbered=True)
        + heading(1, kinds, language)
        + listing_of(
            kinds,
            language,
            loop="row in kinds",
            numbered=True,
            columns=(
                (Text("类型", "Kind"), 3798, "row.kind"),
                (Text("受理", "Received"), 1900, "row.count"),
                (Text("已解决", "Solved"), 1800, "row.solved"),
                (Text("未解决", "Open"), 1800, "row.open"),
            ),
        )
    )


def _levels(language: Language) -> str:
    title = Text("SLA 达成", "Service levels")
    cells = [
        cell(Text("服务", "Service"), 2998, "{{ row.name }}", language),
        cell(Text("已判定", "Judged"), 1000, "{{ row.judged }}", language),
        cell(Text("按时", "In time"), 1000, "{{ row.in_time }}", language),
        cell(Text("达成率", "Attainment"), 1300, "{{ row.percent }}", language, alert="row.low"),
        cell(Text("准确率", "Accuracy"), 1400, "{{ row.accuracy }}", language, alert="row.wrong"),
        cell(Text("准确率目标", "Target for accuracy"), 1600, "{{ row.target }}", language),
    ]
    note = Text(
        "响应和解决均未超过约定时限的请求为按时；时限只在服务时段内计时。",
        "A request is in time when neither response nor solution exceeded its limit; limits run inside the service window.",
    )
    return (
        heading(1, title, language)
        + table(title, cells, language, loop="row in levels")
        + paragraph(note.in_(language), "TableNote")
        + picture("attainment", Text("各月达成率", "Attainment by month"), language)
    )


def _missed(language: Language) -> str:
    title = Text("未达标明细与原因", "What was missed, and why")
    more = Text("另有 {{ missed_more }} 项未逐一列出。", "{{ missed_more }} more are not listed.")
    return (
        heading(1, title, language)
        + listing_of(
            title,
            language,
            loop="row in missed",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1050, "row.id"),
                (Text("请求", "Request"), 2000, "row.subject"),
                (Text("优先级", "Priority"), (800, 900), "row.priority"),
                (Text("超时", "Overrun"), (2300, 2200), "row.late"),
                (Text("原因", "Cause"), 1574, "row.cause"),
                (Text("处理", "Solution"), 1574, "row.solution"),
            ),
        )
        + where("missed_more", paragraph(more.in_(language)))
    )


def _faults(language: Language) -> str:
    title = Text("重复故障", "Repeated faults")
    return (
        heading(1, title, language)
        + lead("{{ fault_days }}")
        + listing_of(
            title,
            language,
            loop="row in faults",
            numbered=True,
            columns=(
                (Text("服务", "Service"), 2898, "row.service"),
                (Text("次数", "Times"), 900, "row.count"),
                (Text("请求", "Requests"), 5500, "row.requests"),
            ),
        )
    )


def _upkeep(language: Language) -> str:
    title, visits = Text("维护与升级记录", "Maintenance and upgrades"), Text("下次维护", "Next maintenance")
    cells = [
        cell(Text("服务", "Service"), 5298, "{{ row.service }}", language),
        cell(Text("计划日期", "Planned"), 4000, "{{ row.date }}", language, alert="row.late"),
    ]
    return (
        heading(1, title, language)
        + listing_of(
            title,
            language,
            loop="row in upkeep",
            numbered=True,
            columns=(
                (Text("类型", "Kind"), 1500, "row.kind"),
                (Text("内容", "Subject"), 3098, "row.subject"),
                (Text("完成日期", "Done on"), 1800, "row.date"),
                (Text("结果", "Result"), 2900, "row.result"),
            ),
        )
        + heading(2, visits, language)
        + table(visits, cells, language, loop="row in next_visits")
    )


def _ratings(language: Language) -> str:
    title = Text("客户评分", "Ratings")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in ratings",
        numbered=True,
        columns=((Text("评分", "Score"), 4649, "row.score"), (Text("次数", "Number"), 4649, "row.count")),
    )


def _actions(language: Language) -> str:
    title = Text("改进行动", "Improvements")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in actions",
        numbered=True,
        columns=(
            (Text("编号", "ID"), 1200, "row.id"),
            (Text("措施", "Measure"), 4798, "row.measure"),
            (Text("负责人", "Owner"), 1400, "row.owner"),
            (Text("期限", "Due"), 1900, "row.due"),
        ),
    )
