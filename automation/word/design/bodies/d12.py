"""The body of the acceptance report's template.

Not here: cover, revision and approval tables, contents (``templates``) and the values (``commands.document.acceptance``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import bullets, cell, lead, listing_of, paragraph, repeated, run, signatures, table

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """The eight chapters of the report as XML text."""
    return (
        _overview(language)
        + _basis(language)
        + _deliverables(language)
        + _results(language)
        + _residual(language)
        + _conclusion(language)
        + _handover(language)
        + _sign_off(language)
    )


def _heading(level: int, text: Text, language: Language, properties: str = "") -> str:
    return paragraph(text.in_(language), f"Heading{level}", properties=properties)


def _facts(title: Text, loop: str, language: Language) -> str:
    return listing_of(
        title,
        language,
        loop=loop,
        numbered=True,
        columns=((Text("项目", "Item"), 2300, "row.label"), (Text("内容", "Content"), 6998, "row.text")),
    )


def _overview(language: Language) -> str:
    return (
        _heading(1, Text("项目概况", "The project"), language, _FIRST)
        + _heading(2, Text("基本情况", "Facts"), language)
        + _facts(Text("项目概况", "Project facts"), "row in facts", language)
        + _heading(2, Text("交付范围", "Scope of delivery"), language)
        + bullets("scope.included", language)
    )


def _basis(language: Language) -> str:
    text = Text(
        "本次验收依据下列合同、需求规格说明书和经客户同意的变更。",
        "Acceptance is based on the contract, the requirements specification and the changes the customer agreed to.",
    )
    return (
        _heading(1, Text("验收依据", "Basis of acceptance"), language)
        + lead(text.in_(language))
        + _heading(2, Text("合同", "Contract"), language)
        + _facts(Text("合同", "Contract"), "row in contract", language)
        + _heading(2, Text("需求规格与相关文件", "Specification and related documents"), language)
        + listing_of(
            Text("依据文件", "Documents"),
            language,
            loop="row in documents",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1250, "row.id"),
                (Text("文件", "Document"), 4048, "row.name"),
                (Text("版本", "Version"), 1200, "row.version"),
                (Text("验收状态", "Acceptance"), 2800, "row.status"),
            ),
        )
        + _heading(2, Text("已同意的变更", "Agreed changes"), language)
        + listing_of(
            Text("已同意的变更", "Agreed changes"),
            language,
            loop="row in changes",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1250, "row.id"),
                (Text("变更", "Change"), (3348, 2948), "row.title"),
                (Text("需求", "Requirement"), (1250, 1500), "row.requirement"),
                (Text("客户同意", "Agreed by"), 2150, "row.agreed"),
                (Text("状态", "Status"), (1300, 1450), "row.status"),
            ),
        )
    )


def _deliverables(language: Language) -> str:
    return (
        _heading(1, Text("交付清单", "Deliverables"), language)
        + lead(
            Text(
                "应交付 {{ figures.deliverables }} 项，已验收 {{ figures.deliverables_accepted }} 项。",
                "{{ figures.deliverables }} items are due, {{ figures.deliverables_accepted }} have been accepted.",
            ).in_(language)
        )
        + listing_of(
            Text("交付清单", "Deliverables"),
            language,
            loop="row in deliverables",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1100, "row.id"),
                (Text("名称", "Name"), (2348, 2248), "row.name"),
                (Text("类型", "Kind"), (1000, 1200), "row.kind"),
                (Text("数量", "Quantity"), (900, 1050), "row.quantity"),
                (Text("版本", "Version"), (850, 1000), "row.version"),
                (Text("交付日期", "Delivered on"), (1800, 1400), "row.delivered"),
                (Text("验收状态", "Acceptance"), 1300, "row.status"),
            ),
        )
    )


def _results(language: Language) -> str:
    summary = Text(
        "应验收需求 {{ figures.total }} 项：通过 {{ figures.passed }} 项，有条件通过 {{ figures.conditional }} 项，"
        "不通过 {{ figures.failed }} 项，未执行 {{ figures.open }} 项。其中高优先级 {{ figures.high }} 项，"
        "已通过 {{ figures.high_passed }} 项。",
        "{{ figures.total }} requirements are to be accepted: {{ figures.passed }} passed, {{ figures.conditional }} "
        "passed with conditions, {{ figures.failed }} failed, {{ figures.open }} not executed. Of {{ figures.high }} "
        "requirements of high priority {{ figures.high_passed }} have passed.",
    )
    cells = [
        cell(Text("需求", "Requirement"), (2400, 2250), "{{ row.requirement }}", language),
        cell(Text("优先级", "Priority"), (850, 1000), "{{ row.priority }}", language),
        cell(Text("检查", "Check"), 1500, "{{ row.check }}", language),
        cell(Text("标准与实测", "Standard and measurement"), 3298, "{{ row.standard }}", language),
        cell(Text("结果", "Result"), 1250, "{{ row.result }}", language, alert="row.alert"),
    ]
    return (
        _heading(1, Text("逐项验收结果", "Results item by item"), language)
        + _heading(2, Text("检查结果", "Check results"), language)
        + lead(summary.in_(language))
        + table(Text("需求、检查与结果", "Requirements, checks and results"), cells, language, loop="row in results")
        + _heading(2, Text("不在本次验收范围的需求", "Requirements outside this acceptance"), language)
        + listing_of(
            Text("暂缓与取消的需求", "Deferred and cancelled requirements"),
            language,
            loop="row in withdrawn",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1250, "row.id"),
                (Text("需求", "Requirement"), 4048, "row.title"),
                (Text("状态", "Status"), 1700, "row.status"),
                (Text("状态日期", "Since"), 2300, "row.date"),
            ),
        )
    )


def _residual(language: Language) -> str:
    return _heading(1, Text("遗留问题与整改期限", "Residual issues and deadlines"), language) + listing_of(
        Text("遗留问题", "Residual issues"),
        language,
        loop="row in residual",
        numbered=True,
        columns=(
            (Text("编号", "ID"), 1100, "row.id"),
            (Text("问题", "Issue"), 3698, "row.text"),
            (Text("级别", "Severity"), 1000, "row.severity"),
            (Text("整改负责人", "Owner"), 1500, "row.owner"),
            (Text("整改期限", "Due"), 2000, "row.due"),
        ),
    )


def _conclusion(language: Language) -> str:
    proposal = Text("建议结论：{{ conclusion.proposal }}", "Proposed conclusion: {{ conclusion.proposal }}")
    note = Text(
        "建议按下列规则由检查结果得出：全部高优先级需求均有通过的检查且没有未关闭的致命或严重问题的，为通过；"
        "只余一般问题或建议的，为有条件通过；其余为不通过。最终结论以双方签署为准。",
        "The proposal follows from the check results: accepted if every requirement of high priority has a passed check "
        "and no critical or major failure is open; accepted with conditions if only minor ones remain; not accepted "
        "otherwise. What both parties sign is decisive.",
    )
    boxes = (
        ("accepted", Text("通过验收", "Accepted")),
        (
            "with_conditions",
            Text(
                "有条件通过：遗留问题按第五章期限整改",
                "Accepted with conditions: residual issues are settled as in chapter 5",
            ),
        ),
        ("not_accepted", Text("不通过：整改后重新验收", "Not accepted: acceptance is repeated after rework")),
    )
    ticks = "".join(
        paragraph("", "Tick", inner=run(f"{{{{ conclusion.boxes.{name} }}}}", "Box") + run("  " + text.in_(language)))
        for name, text in boxes
    )
    return (
        _heading(1, Text("验收结论", "Conclusion"), language)
        + paragraph(proposal.in_(language), "Callout")
        + repeated("reason in conclusion.reasons", paragraph("{{ reason }}", "ListBullet", properties="<w:keepNext/>"))
        + ticks
        + paragraph(note.in_(language), "TableNote")
    )


def _handover(language: Language) -> str:
    text = Text(
        "自终验之日起，系统转入运维服务，由{{ handover.owner }}负责。质保与售后：{{ handover.warranty }}。",
        "After final acceptance the system passes into service under {{ handover.owner }}. Warranty and after-sales "
        "terms: {{ handover.warranty }}.",
    )
    return (
        _heading(1, Text("服务移交", "Handover to service"), language)
        + lead(text.in_(language))
        + _heading(2, Text("移交的服务", "Services"), language)
        + listing_of(
            Text("移交的服务", "Services handed over"),
            language,
            loop="row in handover.services",
            numbered=True,
            columns=(
                (Text("服务", "Service"), 2398, "row.name"),
                (Text("服务时段", "Window"), 1500, "row.window"),
                (Text("响应时限（高／中／低，小时）", "Response (high / medium / low, hours)"), 1900, "row.response"),
                (
                    Text("解决时限（高／中／低，小时）", "Resolution (high / medium / low, hours)"),
                    1900,
                    "row.resolution",
                ),
                (Text("负责人", "Owner"), 1600, "row.owner"),
            ),
        )
        + _heading(2, Text("移交任务", "Handover tasks"), language)
        + listing_of(
            Text("移交任务", "Handover tasks"),
            language,
            loop="row in handover.tasks",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1250, "row.id"),
                (Text("任务", "Task"), 4348, "row.name"),
                (Text("负责人", "Owner"), 1700, "row.owner"),
                (Text("状态", "Status"), 2000, "row.status"),
            ),
        )
    )


def _sign_off(language: Language) -> str:
    text = Text(
        "双方确认上述验收结果与结论。本报告一式两份，双方各执一份，自双方签字盖章之日起生效。",
        "Both parties confirm the results and the conclusion above. This report is made in two copies, one for each "
        "party, and takes effect when both have signed and sealed it.",
    )
    return (
        _heading(1, Text("签字盖章", "Signatures"), language, _FIRST)
        + paragraph(text.in_(language), properties='<w:keepNext/><w:spacing w:after="240"/>')
        + signatures(language)
    )
