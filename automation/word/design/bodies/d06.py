"""The body of the delivery plan's template.

Not here: cover, revision and approval tables, contents (``layouts``) and the values (``commands.document.delivery_plan``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import (
    bullets,
    facts,
    heading,
    lead,
    listing_of,
    paragraph,
    picture,
    signatures,
)
from automation.word.design.sections import sideways

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """The eight chapters of the plan and the signatures as XML text."""
    return (
        _goals(language)
        + _deliverables(language)
        + _timetable(language)
        + _team(language)
        + _risks(language)
        + _quality(language)
        + _communication(language)
        + _changes(language)
        + _sign_off(language)
    )


def _goals(language: Language) -> str:
    title = Text("项目目标", "Objective")
    return (
        heading(1, Text("目标与范围", "Objective and scope"), language, properties=_FIRST)
        + heading(2, title, language)
        + facts(title, "row in goals", language, numbered=True)
        + heading(2, Text("范围：包含", "In scope"), language)
        + bullets("scope.included", language)
        + heading(2, Text("范围：不包含", "Out of scope"), language)
        + bullets("scope.excluded", language)
        + heading(2, Text("限制条件", "Constraints"), language)
        + bullets("scope.constraints", language)
    )


def _deliverables(language: Language) -> str:
    title = Text("交付物清单", "Deliverables")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in deliverables",
        numbered=True,
        columns=(
            (Text("编号", "ID"), 1050, "row.id"),
            (Text("交付物", "Deliverable"), 1900, "row.name"),
            (Text("数量", "Quantity"), (850, 1000), "row.quantity"),
            (Text("交付标准", "Standard"), (2338, 2448), "row.standard"),
            (Text("里程碑", "Milestone"), (1300, 1400), "row.milestone"),
            (Text("应交日期", "Due"), (1860, 1500), "row.due"),
        ),
    )


def _timetable(language: Language) -> str:
    phases, milestones, tasks = (
        Text("阶段", "Phases"),
        Text("里程碑", "Milestones"),
        Text("任务时间表", "Timetable of tasks"),
    )
    return (
        heading(1, Text("阶段、里程碑与时间表", "Phases, milestones and timetable"), language)
        + heading(2, phases, language)
        + listing_of(
            phases,
            language,
            loop="row in phases",
            numbered=True,
            columns=(
                (Text("阶段", "Phase"), 3698, "row.name"),
                (Text("计划开始", "Start"), 2000, "row.start"),
                (Text("计划完成", "Finish"), 2000, "row.finish"),
                (Text("任务数", "Tasks"), 1600, "row.tasks"),
            ),
        )
        + heading(2, milestones, language)
        + listing_of(
            milestones,
            language,
            loop="row in milestones",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1300, "row.id"),
                (Text("里程碑", "Milestone"), 3998, "row.name"),
                (Text("基线日期", "Agreed"), 2000, "row.date"),
                (Text("实际或预测", "Reached or expected"), 2000, "row.expected"),
            ),
        )
        + heading(2, Text("甘特图", "Gantt chart"), language)
        + picture("gantt", Text("项目计划", "Project plan"), language)
        + sideways(
            heading(2, tasks, language),
            listing_of(
                tasks,
                language,
                loop="row in tasks",
                numbered=True,
                columns=(
                    (Text("编号", "ID"), 1100, "row.id"),
                    (Text("阶段", "Phase"), 2500, "row.phase"),
                    (Text("任务", "Task"), 4130, "row.name"),
                    (Text("负责人", "Owner"), 1500, "row.owner"),
                    (Text("工期（天）", "Days"), 1000, "row.duration"),
                    (Text("计划开始", "Start"), 2000, "row.start"),
                    (Text("计划完成", "Finish"), 2000, "row.finish"),
                ),
            ),
        )
    )


def _team(language: Language) -> str:
    title, guests = Text("项目团队", "Our team"), Text("客户方联系人", "On the customer's side")
    return (
        heading(1, Text("资源分配", "People"), language)
        + heading(2, title, language)
        + listing_of(
            title,
            language,
            loop="row in team",
            numbered=True,
            columns=(
                (Text("姓名", "Name"), 1200, "row.name"),
                (Text("角色", "Role"), 1700, "row.role"),
                (Text("承担任务", "Tasks"), 4098, "row.tasks"),
                (Text("邮箱", "Mail"), 2300, "row.mail"),
            ),
        )
        + heading(2, guests, language)
        + listing_of(
            guests,
            language,
            loop="row in contacts",
            numbered=True,
            columns=(
                (Text("姓名", "Name"), 1400, "row.name"),
                (Text("职务", "Title"), 1800, "row.title"),
                (Text("角色", "Role"), 2198, "row.role"),
                (Text("常用方式", "Channel"), 1500, "row.channel"),
                (Text("邮箱", "Mail"), 2400, "row.mail"),
            ),
        )
    )


def _risks(language: Language) -> str:
    title = Text("风险与应对", "Risks and responses")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in risks",
        numbered=True,
        columns=(
            (Text("风险", "Risk"), 2300, "row.title"),
            (Text("级别", "Level"), (750, 900), "row.level"),
            (Text("应对措施", "Response"), (2948, 2898), "row.response"),
            (Text("预案", "Fallback"), 2100, "row.contingency"),
            (Text("负责人", "Owner"), (1200, 1100), "row.owner"),
        ),
    )


def _quality(language: Language) -> str:
    title = Text("检查计划", "Planned checks")
    return (
        heading(1, Text("质量标准与检查计划", "Quality and checks"), language)
        + heading(2, Text("质量目标", "Quality goals"), language)
        + bullets("quality", language)
        + heading(2, title, language)
        + listing_of(
            title,
            language,
            loop="row in checks",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1150, "row.id"),
                (Text("类型", "Kind"), (1300, 1350), "row.kind"),
                (Text("对象", "Subject"), 1150, "row.about"),
                (Text("标准", "Standard"), (2738, 3048), "row.standard"),
                (Text("计划日期", "Planned"), (1860, 1500), "row.planned"),
                (Text("执行人", "Executor"), 1100, "row.executor"),
            ),
        )
    )


def _communication(language: Language) -> str:
    routine, single = Text("例行沟通", "Routine"), Text("已安排的会议", "Meetings planned")
    return (
        heading(1, Text("沟通计划", "Communication"), language)
        + heading(2, routine, language)
        + listing_of(
            routine,
            language,
            loop="row in routine",
            numbered=True,
            columns=(
                (Text("类型", "Kind"), 2000, "row.kind"),
                (Text("频率", "Frequency"), 1300, "row.frequency"),
                (Text("方式", "Channel"), 1400, "row.channel"),
                (Text("客户方参加人", "Customer's side"), 2998, "row.guests"),
                (Text("负责人", "Owner"), 1600, "row.owner"),
            ),
        )
        + heading(2, single, language)
        + listing_of(
            single,
            language,
            loop="row in events",
            numbered=True,
            columns=(
                (Text("日期", "Date"), 1900, "row.date"),
                (Text("主题", "Subject"), 3698, "row.subject"),
                (Text("类型", "Kind"), 2100, "row.kind"),
                (Text("负责人", "Owner"), 1600, "row.owner"),
            ),
        )
    )


def _changes(language: Language) -> str:
    rules = (
        Text(
            "对需求、范围、完成日或费用的任何修改均作为变更登记，由提出人说明原因。",
            "Any modification of requirements, scope, finish or cost is registered as a change with its reason.",
        ),
        Text(
            "服务方分析变更对进度、费用、质量和风险的影响，以《需求变更影响分析单》书面告知客户。",
            "We analyse its effect on schedule, cost, quality and risk and tell the customer in writing "
            "(change request and impact analysis).",
        ),
        Text(
            "变更经客户授权代表书面同意后实施；未经同意的修改不实施、不计费。",
            "A change is carried out once the customer's representative has agreed in writing; nothing else is done or charged.",
        ),
        Text(
            "同意的变更写入需求规格说明书的新版本，并据此调整计划和基线。",
            "Agreed changes go into the next version of the requirements specification; plan and baseline follow.",
        ),
    )
    return (
        heading(1, Text("变更规则", "Changes"), language)
        + lead(Text("本项目的变更按以下步骤处理：", "Changes are handled in these steps:").in_(language))
        + "".join(paragraph(rule.in_(language), "ListBullet") for rule in rules)
    )


def _sign_off(language: Language) -> str:
    text = Text(
        "双方确认本计划作为项目执行和进度检查的依据。本计划一式两份，双方各执一份。",
        "Both parties confirm this plan as the basis of execution and of progress control. It is made in two copies, one for "
        "each party.",
    )
    return (
        heading(1, Text("签字盖章", "Signatures"), language, properties=_FIRST)
        + paragraph(text.in_(language), properties='<w:keepNext/><w:spacing w:after="240"/>')
        + signatures(language)
    )
