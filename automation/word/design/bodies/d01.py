"""The body of the requirements specification's template.

Not here: cover, revision and approval tables, contents (``templates``) and the values (``commands.document.requirements``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import (
    bullets,
    card,
    cell,
    lead,
    listing_of,
    paragraph,
    repeated,
    signatures,
    table,
    where,
)
from automation.word.design.sections import sideways

if TYPE_CHECKING:
    from automation.base.findings import Language
    from automation.word.design.blocks import Cell

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """Chapters 1 to 8, the appendix and the signature page, as XML text."""
    return (
        _introduction(language)
        + _overview(language)
        + _requirements(language, "functional", Text("功能性需求", "Functional requirements"))
        + _requirements(language, "non_functional", Text("非功能性需求", "Non-functional requirements"))
        + _interfaces(language)
        + _conflicts(language)
        + _open_points(language)
        + _trace(language)
        + _glossary(language)
        + _sign_off(language)
    )


def _heading(level: int, text: Text, language: Language, properties: str = "") -> str:
    return paragraph(text.in_(language), f"Heading{level}", properties=properties)


def _introduction(language: Language) -> str:
    purpose = Text(
        "本说明书记录{{ customer.name }}与{{ supplier.name }}就“{{ project.name }}”商定的需求，"
        "是设计、开发、测试、变更控制和验收的共同依据。经双方签署后，对已确认需求的任何改动均须通过变更流程办理。",
        "This specification records the requirements that {{ customer.name }} and {{ supplier.name }} have agreed for "
        "the project {{ project.name }}. It is the common basis for design, development, test, change control and acceptance. "
        "Once both parties have signed it, any alteration of a confirmed requirement goes through change control.",
    )
    numbers = Text(
        "本版共收录需求 {{ figures.total }} 项，其中功能性 {{ figures.functional }} 项、非功能性 "
        "{{ figures.non_functional }} 项；另有暂缓或取消的需求 {{ figures.withdrawn }} 项，单独列于 7.3 节。"
        "数据截至{{ document.date }}。",
        "This version holds {{ figures.total }} requirements: {{ figures.functional }} functional and "
        "{{ figures.non_functional }} non-functional. {{ figures.withdrawn }} deferred or cancelled ones are listed "
        "apart in section 7.3. The data stand at {{ document.date }}.",
    )
    return (
        _heading(1, Text("引言", "Introduction"), language, _FIRST)
        + _heading(2, Text("目的", "Purpose"), language)
        + paragraph(purpose.in_(language))
        + paragraph(numbers.in_(language))
        + _heading(2, Text("范围：包含", "Scope: included"), language)
        + bullets("scope.included", language)
        + _heading(2, Text("范围：不包含", "Scope: excluded"), language)
        + bullets("scope.excluded", language)
        + _heading(2, Text("限制条件", "Constraints"), language)
        + bullets("scope.constraints", language)
    )


def _overview(language: Language) -> str:
    situation = listing_of(
        Text("客户业务与现状", "The customer's business and situation"),
        language,
        loop="row in overview.situation",
        columns=((Text("方面", "Aspect"), 2100, "row.label"), (Text("说明", "Description"), 7198, "row.text")),
        numbered=True,
    )
    goals = listing_of(
        Text("项目目标与衡量指标", "Objectives and measures"),
        language,
        loop="row in overview.goals",
        columns=(
            (Text("目标", "Objective"), 4298, "row.objective"),
            (Text("衡量指标", "Measure"), 3500, "row.measure"),
            (Text("目标值", "Target"), 1500, "row.target"),
        ),
        numbered=True,
    )
    return (
        _heading(1, Text("总体描述", "Overall description"), language)
        + _heading(2, Text("客户业务与现状", "Business and present situation"), language)
        + situation
        + _heading(2, Text("痛点", "Problems to be solved"), language)
        + bullets("overview.problems", language)
        + _heading(2, Text("目标与指标", "Objectives and measures"), language)
        + goals
    )


def _requirements(language: Language, kind: str, title: Text) -> str:
    labels = {
        "text": Text("需求描述", "Description"),
        "source": Text("来源", "Source"),
        "feasibility": Text("可行性", "Feasibility"),
        "criterion": Text("验收标准", "Acceptance criterion"),
        "performance": Text("性能指标", "Performance target"),
        "method": Text("验证方法", "Verification"),
        "confirmed": Text("客户确认", "Confirmed by"),
    }
    rows = [
        ("?requirement.performance " if name == "performance" else "") + label.in_(language)
        for name, label in labels.items()
    ]
    head = Text(
        "优先级：{{ requirement.priority }}　　状态：{{ requirement.status }}　　负责人：{{ requirement.owner }}",
        "Priority: {{ requirement.priority }}     Status: {{ requirement.status }}     Owner: {{ requirement.owner }}",
    )
    block = card(
        Text("需求明细", "Requirement details").in_(language),
        Text(
            "一项需求的描述、来源、可行性、验收标准与验证方法",
            "One requirement with source, feasibility, criterion and method",
        ).in_(language),
        ("{{ requirement.id }}", head.in_(language)),
        [(label, f"{{{{ requirement.{name} }}}}") for label, name in zip(rows, labels, strict=True)],
    )
    none = Text("本项目没有此类需求。", "There are no requirements of this kind.")
    return _heading(1, title, language) + where(
        f"{kind}",
        repeated(
            f"group in {kind}",
            paragraph("{{ group.name }}", "Heading2"),
            repeated(
                "requirement in group.requirements",
                paragraph("{{ requirement.id }} {{ requirement.title }}", "Heading3"),
                block,
            ),
        ),
        otherwise=paragraph(none.in_(language)),
    )


def _interfaces(language: Language) -> str:
    note = Text(
        "本章汇总接口类与数据类需求；完整内容与验收标准见第 3、4 章对应条目。",
        "This chapter brings together the requirements on interfaces and data; their full text and acceptance criteria "
        "stand in chapters 3 and 4.",
    )

    def columns(name: Text) -> list[Cell]:
        return [
            cell(Text("需求编号", "ID"), 1250, "{{ row.id }}", language, mark="ItemLink"),
            cell(name, 2300, "{{ row.title }}", language),
            cell(Text("内容", "Content"), (4648, 4398), "{{ row.text }}", language),
            cell(Text("状态", "Status"), (1100, 1350), "{{ row.status }}", language),
        ]

    return (
        _heading(1, Text("接口与数据", "Interfaces and data"), language)
        + lead(note.in_(language))
        + _heading(2, Text("接口", "Interfaces"), language)
        + table(
            Text("外部接口", "External interfaces"),
            columns(Text("接口", "Interface")),
            language,
            loop="row in interfaces",
        )
        + _heading(2, Text("数据", "Data"), language)
        + table(Text("数据需求", "Data requirements"), columns(Text("数据项", "Data")), language, loop="row in data")
    )


def _conflicts(language: Language) -> str:
    text = Text(
        "下表列出相互冲突的需求及双方商定的解决办法。没有解决办法的冲突须在签署前处理。",
        "The table lists requirements that contradict each other and what was agreed. A conflict without resolution "
        "must be settled before signing.",
    )
    cells = [
        cell(Text("需求", "Requirement"), 2500, "{{ row.first }}", language),
        cell(Text("冲突需求", "Conflicts with"), 2500, "{{ row.second }}", language),
        cell(Text("解决办法", "Resolution"), 3098, "{{ row.resolution }}", language),
        cell(Text("状态", "State"), 1200, "{{ row.state }}", language),
    ]
    return (
        _heading(1, Text("需求冲突与解决", "Conflicts between requirements"), language)
        + lead(text.in_(language))
        + table(Text("需求冲突", "Conflicts"), cells, language, loop="row in conflicts")
    )


def _open_points(language: Language) -> str:
    basis = Text(
        "下列需求在所列条件成立时可行；条件变化时双方重新评估。",
        "The following requirements are feasible under the conditions named; if a condition changes, both parties "
        "assess them again.",
    )
    pending = Text("签署前须逐项给出结论。", "Each point needs a decision before signing.")
    apart = Text(
        "下列需求不在本期交付范围内，恢复须经变更流程。",
        "The following requirements are not part of this delivery; bringing one back takes a change.",
    )
    return (
        _heading(1, Text("假设与待确认项", "Assumptions and open points"), language)
        + _heading(2, Text("假设与前提", "Assumptions"), language)
        + lead(basis.in_(language))
        + listing_of(
            Text("假设与前提", "Assumptions"),
            language,
            loop="row in assumptions",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1250, "row.id"),
                (Text("需求", "Requirement"), 3000, "row.title"),
                (Text("前提", "Assumption"), 5048, "row.text"),
            ),
        )
        + _heading(2, Text("待确认项", "Open points"), language)
        + lead(pending.in_(language))
        + listing_of(
            Text("待确认项", "Open points"),
            language,
            loop="row in open_points",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1250, "row.id"),
                (Text("事项", "Subject"), 2600, "row.title"),
                (Text("待确认内容", "What is open"), 3448, "row.text"),
                (Text("提出日期", "Raised on"), 2000, "row.date"),
            ),
        )
        + _heading(2, Text("暂缓与取消的需求", "Deferred and cancelled requirements"), language)
        + lead(apart.in_(language))
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


def _trace(language: Language) -> str:
    summary = Text(
        "需求共 {{ figures.total }} 项：已对应任务 {{ figures.with_task }} 项，已有检查 {{ figures.with_check }} 项，"
        "已对应交付物 {{ figures.with_deliverable }} 项；已确认的需求中已验收 {{ figures.accepted }} 项，"
        "履行率 {{ figures.fulfilment }}。缺口以红字标出。",
        "Of {{ figures.total }} requirements, {{ figures.with_task }} have a task, {{ figures.with_check }} a check and "
        "{{ figures.with_deliverable }} a deliverable; {{ figures.accepted }} of the confirmed ones are accepted, a "
        "fulfilment rate of {{ figures.fulfilment }}. Gaps are shown in red.",
    )
    cells = [
        cell(Text("需求编号", "ID"), 1300, "{{ row.id }}", language, mark="ItemLink"),
        cell(Text("需求名称", "Requirement"), 4130, "{{ row.title }}", language),
        cell(Text("任务", "Tasks"), 2000, "{{ row.tasks }}", language),
        cell(Text("检查与结果", "Checks and results"), 3000, "{{ row.checks }}", language),
        cell(Text("交付物", "Deliverables"), 2000, "{{ row.deliverables }}", language),
        cell(Text("缺口", "Gaps"), 1800, "{{ row.gaps }}", language, mark="Warning"),
    ]
    return sideways(
        _heading(1, Text("需求跟踪矩阵", "Traceability matrix"), language),
        lead(summary.in_(language)),
        table(
            Text("需求、任务、检查与交付物的对应关系", "Requirements, tasks, checks and deliverables"),
            cells,
            language,
            loop="row in trace",
        ),
    )


def _glossary(language: Language) -> str:
    return paragraph("术语" if language == "zh" else "Glossary", "AppendixHeading") + listing_of(
        Text("术语", "Glossary"),
        language,
        loop="row in glossary",
        numbered=True,
        columns=(
            (Text("术语", "Term"), 2100, "row.term"),
            (Text("英文", "Chinese"), 2400, "row.other"),
            (Text("说明", "Meaning"), 4798, "row.meaning"),
        ),
    )


def _sign_off(language: Language) -> str:
    text = Text(
        "双方确认已审阅本说明书（编号 {{ document.number }}），同意以其中已确认的需求及其验收标准作为本项目设计、"
        "开发、测试与验收的依据。第 7.2 节所列待确认项除外。",
        "Both parties have reviewed this specification ({{ document.number }}) and accept its confirmed requirements "
        "with their acceptance criteria as the basis for design, development, test and acceptance of this project, the "
        "open points of section 7.2 excepted.",
    )
    return (
        paragraph("签署页" if language == "zh" else "Signatures", "PlainHeading")
        + paragraph(text.in_(language), properties='<w:keepNext/><w:spacing w:after="240"/>')
        + signatures(language)
    )
