"""The body of the template of the service plan and SLA.

Not here: cover and contents (``layouts``) and the values (``commands.document.service_plan``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import (
    facts,
    heading,
    lead,
    listing_of,
    paragraph,
    repeated,
    where,
)

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """Eight chapters as XML text."""
    return (
        _purpose(language)
        + _catalogue(language)
        + _process(language)
        + _limits(language)
        + _windows(language)
        + _maintenance(language)
        + _people(language)
        + _escalation(language)
    )


def _purpose(language: Language) -> str:
    text = Text(
        "本说明书说明{{ supplier.name }}向{{ customer.name }}提供哪些服务、按什么流程和时限提供、"
        "服务质量如何衡量，以及有问题时找谁。服务内容和时限以双方签订的合同为准。",
        "This document says which services {{ supplier.name }} gives to {{ customer.name }}, in which steps and within "
        "which times, how their quality is measured, and whom to turn to. The contract both parties signed prevails.",
    )
    return (
        heading(1, Text("目的与适用范围", "Purpose and scope"), language, properties=_FIRST)
        + lead(text.in_(language))
        + facts(Text("适用合同", "Contract"), "row in contract", language, numbered=True)
    )


def _catalogue(language: Language) -> str:
    return heading(1, Text("服务目录", "Service catalogue"), language) + listing_of(
        Text("服务目录", "Service catalogue"),
        language,
        loop="row in services",
        numbered=True,
        columns=(
            (Text("服务", "Service"), (1900, 1800), "row.name"),
            (Text("类型", "Kind"), 1300, "row.kind"),
            (Text("内容", "Content"), (3198, 3098), "row.content"),
            (Text("服务期限", "Term"), (1800, 1900), "row.period"),
            (Text("负责人", "Owner"), (1100, 1200), "row.owner"),
        ),
    )


def _process(language: Language) -> str:
    steps = listing_of(
        Text("{{ process.name }}", "{{ process.name }}"),
        language,
        loop="row in process.steps",
        numbered=True,
        columns=(
            (Text("步骤", "Step"), 750, "row.no"),
            (Text("名称", "Name"), (1750, 1800), "row.name"),
            (Text("负责人", "Owner"), (1100, 1200), "row.owner"),
            (Text("输入", "Input"), (2249, 2149), "row.input"),
            (Text("输出", "Output"), (2249, 2149), "row.output"),
            (Text("标准时间（小时）", "Standard time (hours)"), (1200, 1250), "row.hours"),
        ),
    )
    none = Text("服务流程由双方另行约定。", "The service process is to be agreed by both parties.")
    return heading(1, Text("服务流程", "Service process"), language) + where(
        "processes",
        repeated("process in processes", heading(2, Text("{{ process.name }}", "{{ process.name }}"), language), steps),
        otherwise=paragraph(none.in_(language)),
    )


def _limits(language: Language) -> str:
    text = Text(
        "下表按优先级高／中／低给出时限，单位为小时。时限只计服务时段内的时间：响应时限从受理起到首次响应为止，"
        "解决时限从受理起到解决为止。优先级在受理时由服务人员与报修人共同确定。",
        "The table gives the times in hours for priority high / medium / low. Only hours within the service window "
        "count: response runs from reception to the first answer, resolution from reception to the solution. The "
        "priority is settled at reception by the service agent and the person who reports.",
    )
    measure = Text(
        "达成率按服务和月份统计：响应与解决均未超时的请求数，除以已可判定的请求数。我方对达成率的要求是不低于"
        "{{ attainment_least }}，低于该值时分析原因并提出改进措施。准确率为处理结果正确的请求所占比例。",
        "Attainment is counted by service and month: requests that kept both times, over those that can be judged. We "
        "require at least {{ attainment_least }} of ourselves; below that we find the cause and propose a remedy. "
        "Accuracy is the share of requests whose result was right.",
    )
    return (
        heading(1, Text("服务级别：时限与准确率", "Service levels: times and accuracy"), language)
        + lead(text.in_(language))
        + listing_of(
            Text("响应与解决时限（小时）", "Response and resolution (hours)"),
            language,
            loop="row in limits",
            numbered=True,
            columns=(
                (Text("服务", "Service"), (2298, 2198), "row.name"),
                (Text("服务时段", "Window"), 2100, "row.window"),
                (Text("响应（高／中／低）", "Response (high / medium / low)"), 1750, "row.response"),
                (Text("解决（高／中／低）", "Resolution (high / medium / low)"), (1750, 1850), "row.resolve"),
                (Text("准确率目标", "Accuracy"), 1400, "row.accuracy"),
            ),
        )
        + paragraph(measure.in_(language), properties='<w:spacing w:before="120"/>')
    )


def _windows(language: Language) -> str:
    text = Text(
        "{% if channels != '—' %}服务请求可通过下列渠道提出：{{ channels }}。{% else %}受理渠道由双方另行约定。{% endif %}",
        "{% if channels != '—' %}Requests can be made through these channels: {{ channels }}.{% else %}The channels are to "
        "be agreed by both parties.{% endif %}",
    )
    return heading(1, Text("受理渠道", "Channels"), language) + paragraph(text.in_(language))


def _maintenance(language: Language) -> str:
    return (
        heading(1, Text("维护与升级安排", "Maintenance and upgrades"), language)
        + heading(2, Text("定期维护", "Periodic maintenance"), language)
        + listing_of(
            Text("定期维护", "Periodic maintenance"),
            language,
            loop="row in maintenance",
            numbered=True,
            columns=(
                (Text("服务", "Service"), 1900, "row.name"),
                (Text("内容", "Content"), (3238, 3398), "row.content"),
                (Text("周期", "Cycle"), 1200, "row.cycle"),
                (Text("下次日期", "Next"), (1860, 1700), "row.next"),
                (Text("负责人", "Owner"), 1100, "row.owner"),
            ),
        )
        + heading(2, Text("系统升级", "Upgrades"), language)
        + listing_of(
            Text("系统升级", "Upgrades"),
            language,
            loop="row in upgrades",
            numbered=True,
            columns=(
                (Text("服务", "Service"), 1900, "row.name"),
                (Text("内容", "Content"), 4398, "row.content"),
                (Text("服务时段", "Window"), 1600, "row.window"),
                (Text("负责人", "Owner"), 1400, "row.owner"),
            ),
        )
    )


def _people(language: Language) -> str:
    return (
        heading(1, Text("双方人员", "People on both sides"), language)
        + heading(2, Text("服务方", "Supplier"), language)
        + listing_of(
            Text("服务方人员", "Supplier's people"),
            language,
            loop="row in team",
            numbered=True,
            columns=(
                (Text("姓名", "Name"), 2600, "row.name"),
                (Text("角色", "Role"), 2600, "row.role"),
                (Text("电子邮箱", "E-mail"), 4098, "row.email"),
            ),
        )
        + heading(2, Text("客户", "Customer"), language)
        + listing_of(
            Text("客户联系人", "Customer's contacts"),
            language,
            loop="row in customer_contacts",
            numbered=True,
            columns=(
                (Text("姓名", "Name"), 1800, "row.name"),
                (Text("职务", "Title"), 1900, "row.title"),
                (Text("角色", "Role"), 2200, "row.role"),
                (Text("电话、邮箱", "Phone, e-mail"), 3398, "row.reach"),
            ),
        )
    )


def _escalation(language: Language) -> str:
    text = Text(
        "对服务不满意时，请按下列顺序联系我方。投诉在收到后 {{ complaint_days }}内答复。",
        "If a service does not satisfy you, please turn to us in this order. A complaint is answered within "
        "{{ complaint_days }} of its receipt.",
    )
    return (
        heading(1, Text("问题升级与投诉途径", "Escalation and complaints"), language)
        + lead(text.in_(language))
        + listing_of(
            Text("问题升级与投诉途径", "Escalation and complaints"),
            language,
            loop="row in escalation",
            numbered=True,
            columns=(
                (Text("级别", "Level"), 900, "row.level"),
                (Text("联系对象", "Role"), 1900, "row.role"),
                (Text("姓名", "Name"), 2300, "row.person"),
                (Text("何时联系", "When"), 4198, "row.when"),
            ),
        )
    )
