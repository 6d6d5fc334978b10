"""The body of the template of a customer profile.

Not here: cover and contents (``layouts``) and the values (``commands.document.profile``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import bullets, cell, facts, heading, listing_of, picture, table

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """Basics, business, projects, contracts, service, satisfaction, history, tier and advice as XML text."""
    return (
        _basics(language)
        + _projects(language)
        + _deals(language)
        + _service(language)
        + _satisfaction(language)
        + _history(language)
        + _tier(language)
    )


def _basics(language: Language) -> str:
    basics, business, contacts = (
        Text("基本信息", "Basics"),
        Text("业务信息", "Business"),
        Text("联系人", "Contacts"),
    )
    return (
        heading(1, basics, language, properties=_FIRST)
        + facts(basics, "row in basics", language, numbered=True)
        + heading(2, contacts, language)
        + listing_of(
            contacts,
            language,
            loop="row in contacts",
            numbered=True,
            columns=(
                (Text("姓名", "Name"), 1400, "row.name"),
                (Text("部门和职务", "Department and title"), 2400, "row.title"),
                (Text("角色", "Role"), 1900, "row.role"),
                (Text("常用方式", "Channel"), 1300, "row.channel"),
                (Text("邮箱或电话", "Mail or phone"), 2298, "row.reach"),
            ),
        )
        + heading(1, business, language)
        + facts(business, "row in business", language, numbered=True)
    )


def _projects(language: Language) -> str:
    title = Text("项目信息", "Projects")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in projects",
        numbered=True,
        columns=(
            (Text("编号", "ID"), 1150, "row.id"),
            (Text("项目", "Project"), 2948, "row.name"),
            (Text("状态", "Status"), (1200, 1100), "row.status"),
            (Text("完成率", "Done"), (1000, 900), "row.percent"),
            (Text("预测完成", "Forecast"), (1800, 1500), "row.finish"),
            (Text("项目经理", "Manager"), (1200, 1700), "row.manager"),
        ),
    )


def _deals(language: Language) -> str:
    title = Text("商机与合同", "Deals and contracts")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in deals",
        numbered=True,
        columns=(
            (Text("编号", "ID"), 1150, "row.id"),
            (Text("名称", "Name"), (2038, 1898), "row.name"),
            (Text("阶段", "Stage"), (950, 1150), "row.stage"),
            (Text("金额", "Amount"), (1500, 1850), "row.amount"),
            (Text("合同到期", "Ends"), (1860, 1350), "row.end"),
            (Text("下一步", "Next step"), (1800, 1900), "row.next"),
        ),
    )


def _service(language: Language) -> str:
    title = Text("服务记录", "Service")
    return heading(1, title, language) + facts(title, "row in service", language, numbered=True)


def _satisfaction(language: Language) -> str:
    title, voices = Text("满意度", "Satisfaction"), Text("意见与投诉", "Voices")
    cells = [
        cell(Text("期间", "Period"), 3698, "{{ row.period }}", language),
        cell(Text("总体满意度", "Overall"), 3000, "{{ row.score }}", language, alert="row.low"),
        cell(Text("评分数", "Answers"), 2600, "{{ row.answers }}", language),
    ]
    return (
        heading(1, title, language)
        + table(title, cells, language, loop="row in satisfaction")
        + picture("satisfaction", Text("满意度趋势", "Satisfaction over time"), language)
        + heading(2, voices, language)
        + listing_of(
            voices,
            language,
            loop="row in voices",
            numbered=True,
            columns=(
                (Text("日期", "Date"), 1800, "row.date"),
                (Text("类型", "Kind"), 1500, "row.kind"),
                (Text("内容", "Content"), 4598, "row.content"),
                (Text("状态", "Status"), 1400, "row.status"),
            ),
        )
    )


def _history(language: Language) -> str:
    title = Text("最近往来", "Latest contacts")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in history",
        numbered=True,
        columns=(
            (Text("日期", "Date"), (1800, 1400), "row.date"),
            (Text("类型", "Kind"), (1600, 1900), "row.kind"),
            (Text("事项", "Matter"), (4498, 4398), "row.title"),
            (Text("经办人", "Owner"), (1400, 1600), "row.owner"),
        ),
    )


def _tier(language: Language) -> str:
    title = Text("分层", "Tier")
    return (
        heading(1, Text("分层与建议", "Tier and advice"), language)
        + heading(2, title, language)
        + facts(title, "row in tier", language, numbered=True)
        + heading(2, Text("建议", "What to do"), language)
        + bullets("advice", language)
    )
