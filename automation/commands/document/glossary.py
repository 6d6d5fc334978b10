"""Terms that a specification explains: those of requirements work always, abbreviations where the text uses them.

Not here: words of the data model (labels and hints in ``schemas/``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Text

if TYPE_CHECKING:
    from automation.base.findings import Language


class Term(NamedTuple):
    """A term with its explanation. ``found_by`` is the abbreviation that must occur, ``""`` for always."""

    name: Text
    meaning: Text
    found_by: str = ""


TERMS = (
    Term(
        Text("需求", "Requirement"),
        Text("客户对系统或服务提出、可以检查是否满足的一项要求。", "A demand on the system or service whose fulfilment can be checked."),
    ),
    Term(
        Text("功能性需求", "Functional requirement"),
        Text("系统必须能做什么，包括界面、接口与数据。", "What the system must do, interfaces and data included."),
    ),
    Term(
        Text("非功能性需求", "Non-functional requirement"),
        Text("系统做到什么程度：性能、安全、可用、扩展与服务。", "How well it must do so: performance, security, availability, growth, service."),
    ),
    Term(
        Text("验收标准", "Acceptance criterion"),
        Text("判定一项需求是否满足的可测量条件。", "The measurable condition that decides whether a requirement is met."),
    ),
    Term(
        Text("验证方法", "Verification method"),
        Text("检查验收标准的方式，如评审、测试或用户验收。", "How a criterion is checked: review, test, user acceptance and the like."),
    ),
    Term(
        Text("需求基线", "Requirement baseline"),
        Text("双方确认后冻结的需求内容，其后只能通过变更修改。", "The requirements as both parties confirmed them; later alterations need a change."),
    ),
    Term(
        Text("里程碑", "Milestone"),
        Text("计划中没有工期的时间点，标志一个阶段成果。", "A point of the plan without duration that marks a result."),
    ),
    Term(
        Text("MES（生产执行系统）", "MES (manufacturing execution system)"),
        Text("管理车间工单、派工、采集与追溯的系统。", "The system for work orders, dispatching, data acquisition and tracing on the shop floor."),
        "MES",
    ),
    Term(
        Text("ERP（企业资源计划）", "ERP (enterprise resource planning)"),
        Text("管理订单、物料、财务等企业资源的系统。", "The system for orders, materials, finance and other company resources."),
        "ERP",
    ),
    Term(
        Text("WMS（仓库管理系统）", "WMS (warehouse management system)"),
        Text("管理物料出入库与库位的系统。", "The system for stock movements and storage places."),
        "WMS",
    ),
    Term(
        Text("OEE（设备综合效率）", "OEE (overall equipment effectiveness)"),
        Text("时间开动率、性能开动率与合格率的乘积。", "The product of availability, performance and quality rate."),
        "OEE",
    ),
    Term(
        Text("AGV（自动导引车）", "AGV (automated guided vehicle)"),
        Text("在厂内自动搬运物料的车辆。", "A driverless vehicle that moves material inside the plant."),
        "AGV",
    ),
    Term(
        Text("UAT（用户验收测试）", "UAT (user acceptance test)"),
        Text("由客户用户按验收标准进行的测试。", "The test by the customer's users against the acceptance criteria."),
        "UAT",
    ),
    Term(
        Text("SLA（服务级别协议）", "SLA (service level agreement)"),
        Text("对服务时段、响应与解决时限等的约定。", "What was agreed on service hours, response and resolution times."),
        "SLA",
    ),
    Term(
        Text("CRM（客户关系管理）", "CRM (customer relationship management)"),
        Text("管理客户资料、商机与服务记录的系统。", "The system for customer data, opportunities and service records."),
        "CRM",
    ),
    Term(
        Text("API（应用程序接口）", "API (application programming interface)"),
        Text("系统之间交换数据与调用功能的约定。", "The agreed way in which systems exchange data and call functions."),
        "API",
    ),
)  # fmt: skip


def glossary(text: str, language: Language) -> list[dict[str, str]]:
    """The terms for a document with that text: term, the same in the other language, meaning."""
    other: Language = "en" if language == "zh" else "zh"
    return [
        {"term": term.name.in_(language), "other": term.name.in_(other), "meaning": term.meaning.in_(language)}
        for term in TERMS
        if not term.found_by or re.search(rf"(?<![A-Za-z]){term.found_by}(?![A-Za-z])", text)
    ]
