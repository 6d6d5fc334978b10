"""The body of the solution proposal's template.

Not here: cover and contents (``layouts``) and the values (``commands.document.solution``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import bullets, cell, facts, heading, lead, listing_of, paragraph, table, where

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """Eight chapters as XML text."""
    return (
        _understanding(language)
        + _goals(language)
        + _solution(language)
        + _services(language)
        + _plan(language)
        + _team(language)
        + _risks(language)
        + _price(language)
    )


def _later(text: Text, language: Language) -> str:
    return paragraph(text.in_(language))


def _understanding(language: Language) -> str:
    text = Text(
        "本建议书依据我方与{{ customer.name }}的沟通编写。如与贵方实际情况有出入，请告知我方，以便及时修订。",
        "This proposal rests on our talks with {{ customer.name }}. Please tell us where it does not match your situation, "
        "so that we can revise it.",
    )
    return (
        heading(1, Text("对客户的理解", "Our understanding of your situation"), language, properties=_FIRST)
        + paragraph(text.in_(language))
        + heading(2, Text("企业概况", "The company"), language)
        + facts(Text("企业概况", "The company"), "row in facts", language, numbered=True)
        + heading(2, Text("现状与痛点", "Current situation and pain points"), language)
        + bullets("pains", language)
        + heading(2, Text("本次需求", "What is needed"), language)
        + bullets("needs", language)
    )


def _goals(language: Language) -> str:
    later = Text(
        "可衡量的目标与指标将在需求确认阶段由双方商定，并写入合同。",
        "Measurable goals are to be agreed by both parties when the requirements are confirmed, and written into the contract.",
    )
    return heading(1, Text("目标", "Goals"), language) + where(
        "goals",
        facts(Text("目标", "Goals"), "row in goals", language, numbered=True),
        otherwise=_later(later, language),
    )


def _solution(language: Language) -> str:
    drafting = Text(
        "具体方案正在编制，将在需求明确后补充。",
        "The solution is being worked out and follows once the needs are clear.",
    )
    scope = (
        heading(2, Text("实施范围", "Scope"), language)
        + bullets("scope.included", language)
        + where(
            "scope.excluded",
            heading(2, Text("不在范围内", "Outside the scope"), language),
            bullets("scope.excluded", language),
        )
    )
    requirements = heading(
        2, Text("重点需求与验收标准", "Main requirements and acceptance criteria"), language
    ) + listing_of(
        Text("重点需求与验收标准", "Main requirements and acceptance criteria"),
        language,
        loop="row in requirements",
        numbered=True,
        columns=(
            (Text("需求", "Requirement"), 3698, "row.title"),
            (Text("验收标准", "Acceptance criterion"), 5600, "row.criterion"),
        ),
    )
    return (
        heading(1, Text("方案内容与优势", "The solution and its advantages"), language)
        + heading(2, Text("方案内容", "What we propose"), language)
        + where("solution", bullets("solution", language), otherwise=_later(drafting, language))
        + where("scope.included", scope)
        + where("requirements", requirements)
        + heading(2, Text("合作基础与方案优势", "Common ground and advantages"), language)
        + bullets("basis", language)
    )


def _services(language: Language) -> str:
    later = Text(
        "本方案未包含持续服务；如有需要，我方可另行提供服务方案。",
        "This proposal holds no continuing services; we gladly propose them separately.",
    )
    catalogue = listing_of(
        Text("服务内容", "Services"),
        language,
        loop="row in services",
        numbered=True,
        columns=(
            (Text("服务", "Service"), 2100, "row.name"),
            (Text("内容", "Content"), 4198, "row.content"),
            (Text("服务时段", "Window"), 1900, "row.window"),
            (Text("负责人", "Owner"), 1100, "row.owner"),
        ),
    )
    limits = lead(
        Text(
            "时限按优先级高／中／低给出，单位为小时，只计服务时段内的时间。",
            "Times are in hours for priority high / medium / low and count within the service window.",
        ).in_(language)
    ) + listing_of(
        Text("服务时限", "Service times"),
        language,
        loop="row in limits",
        numbered=True,
        columns=(
            (Text("服务", "Service"), 3098, "row.name"),
            (Text("响应（小时）", "Response (hours)"), 2200, "row.response"),
            (Text("解决（小时）", "Resolution (hours)"), 2400, "row.resolve"),
            (Text("准确率目标", "Accuracy"), 1600, "row.accuracy"),
        ),
    )
    return heading(1, Text("服务方案", "Services"), language) + where(
        "services", catalogue, limits, otherwise=_later(later, language)
    )


def _plan(language: Language) -> str:
    later = Text(
        "实施计划与里程碑将在方案确认后由双方商定，作为合同附件。",
        "Plan and milestones are to be agreed by both parties once the solution is confirmed, and attached to the contract.",
    )
    phases = listing_of(
        Text("实施阶段", "Phases"),
        language,
        loop="row in phases",
        numbered=True,
        columns=(
            (Text("阶段", "Phase"), 3398, "row.name"),
            (Text("开始", "Start"), 2200, "row.start"),
            (Text("完成", "Finish"), 2200, "row.finish"),
            (Text("任务数", "Tasks"), 1500, "row.tasks"),
        ),
    )
    milestones = listing_of(
        Text("里程碑", "Milestones"),
        language,
        loop="row in milestones",
        numbered=True,
        columns=(
            (Text("里程碑", "Milestone"), 6298, "row.name"),
            (Text("计划日期", "Planned for"), 3000, "row.date"),
        ),
    )
    known = (
        heading(2, Text("实施阶段", "Phases"), language)
        + phases
        + heading(2, Text("里程碑", "Milestones"), language)
        + milestones
    )
    return heading(1, Text("实施计划与里程碑", "Plan and milestones"), language) + where(
        "phases or milestones", known, otherwise=_later(later, language)
    )


def _team(language: Language) -> str:
    return heading(1, Text("项目团队", "Team"), language) + listing_of(
        Text("项目团队", "Team"),
        language,
        loop="row in team",
        numbered=True,
        columns=(
            (Text("姓名", "Name"), 2000, "row.name"),
            (Text("角色", "Role"), 2600, "row.role"),
            (Text("专长", "Skills"), 4698, "row.skills"),
        ),
    )


def _risks(language: Language) -> str:
    later = Text(
        "风险与对策将在项目启动时由双方共同识别，并在实施过程中定期评审。",
        "Risks are identified together when the project starts, and reviewed regularly while it runs.",
    )
    cells = [
        cell(Text("风险", "Risk"), 2600, "{{ row.title }}", language),
        cell(Text("级别", "Level"), 1000, "{{ row.level }}", language),
        cell(Text("对策", "Response"), 4298, "{{ row.response }}", language),
        cell(Text("负责人", "Owner"), 1400, "{{ row.owner }}", language),
    ]
    return heading(1, Text("风险与对策", "Risks and responses"), language) + where(
        "risks",
        table(Text("风险与对策", "Risks and responses"), cells, language, loop="row in risks"),
        otherwise=_later(later, language),
    )


def _price(language: Language) -> str:
    cells = [
        cell(Text("序号", "No."), 700, "{{ row.no }}", language),
        cell(Text("报价项", "Item"), 4098, "{{ row.name }}", language),
        cell(Text("数量", "Quantity"), 1300, "{{ row.quantity }}", language),
        cell(Text("单价（{{ total.unit }}）", "Unit price ({{ total.unit }})"), 1600, "{{ row.price }}", language),
        cell(Text("金额（{{ total.unit }}）", "Amount ({{ total.unit }})"), 1600, "{{ row.amount }}", language),
    ]
    capitals = lead("大写：{{ total.capitals }}" if language == "zh" else "In Chinese capitals: {{ total.capitals }}")
    later = Text("报价将在方案确认后另行提交。", "The quotation follows once the solution is confirmed.")
    priced = (
        paragraph(Text("合计：{{ total.figures }}", "Total: {{ total.figures }}").in_(language), "Callout")
        + where("total.capitals", capitals)
        + table(Text("报价摘要", "Price"), cells, language, loop="row in items")
    )
    return (
        heading(1, Text("报价摘要", "Price"), language)
        + where("items", priced, otherwise=_later(later, language))
        + heading(2, Text("商务条件", "Terms"), language)
        + facts(Text("商务条件", "Terms"), "row in terms", language, numbered=True)
        + heading(2, Text("联系方式", "Contact"), language)
        + facts(Text("联系方式", "Contact"), "row in contact", language, numbered=True)
    )
