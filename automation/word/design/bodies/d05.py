"""The body of the template of the service contract's draft.

The clauses are a starting point that a lawyer must check; staff change them in Word. Not here: cover and contents
(``layouts``) and the values (``commands.document.contract_draft``).
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
    signatures,
    table,
    where,
)

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """The parties, ten articles and the signatures, as XML text."""
    return (
        _parties(language)
        + _services(language)
        + _time(language)
        + _staff(language)
        + _fee(language)
        + _quality(language)
        + "".join(_article(title, clauses, language) for title, clauses in _ARTICLES)
        + _sign_off(language)
    )


def _clauses(texts: tuple[Text, ...], language: Language) -> str:
    return "".join(paragraph(text.in_(language)) for text in texts)


def _article(title: Text, clauses: tuple[Text, ...], language: Language) -> str:
    return heading(1, title, language) + _clauses(clauses, language)


def _parties(language: Language) -> str:
    warning = Text(
        "本文件为合同草稿，由工作簿数据和通用条款生成，不具法律效力。须经法务或律师审查、修改并经双方签署后方可使用；"
        "空白处由双方商定后填写。",
        "This is a draft made of the workbook's data and general clauses. It has no legal effect: a lawyer must check and "
        "revise it and both parties must sign before it is used. The blanks are to be filled in as agreed.",
    )
    preamble = Text(
        "双方本着平等自愿、诚实信用的原则，依据《中华人民共和国民法典》等有关法律法规，就下列服务订立本合同。",
        "Both parties enter into this contract on the services below freely, as equals and in good faith, under the law "
        "that applies to it.",
    )
    return (
        heading(1, Text("合同当事人", "Parties"), language, properties=_FIRST)
        + paragraph(warning.in_(language), "Callout")
        + facts(Text("合同", "Contract"), "row in contract", language, numbered=True)
        + listing_of(
            Text("合同当事人", "Parties"),
            language,
            loop="row in parties",
            numbered=True,
            columns=(
                (Text("项目", "Item"), 1900, "row.label"),
                (Text("甲方（委托方）", "Customer"), 3699, "row.customer"),
                (Text("乙方（服务方）", "Supplier"), 3699, "row.supplier"),
            ),
        )
        + paragraph(preamble.in_(language), properties='<w:spacing w:before="160"/>')
    )


def _services(language: Language) -> str:
    wanted = Text("甲方的需求如下：", "The customer's need is:")
    given = Text("为此，乙方向甲方提供下列服务：", "For it the supplier provides:")
    catalogue = listing_of(
        Text("服务内容", "Services"),
        language,
        loop="row in services",
        numbered=True,
        columns=(
            (Text("服务", "Service"), 2100, "row.name"),
            (Text("内容", "Content"), 4798, "row.content"),
            (Text("服务期限", "Term"), 2400, "row.period"),
        ),
    )
    return (
        heading(1, Text("服务内容", "Services"), language)
        + lead(wanted.in_(language))
        + bullets("needs", language)
        + lead(given.in_(language))
        + bullets("content", language)
        + where("services", catalogue)
    )


def _time(language: Language) -> str:
    clauses = (
        Text("服务期限：{{ term }}。", "Term: {{ term }}."),
        Text(
            "服务方式和地点：远程服务与现场服务相结合，现场服务地点为甲方所在地或双方书面确认的其他地点。",
            "Services are given remotely and on site, at the customer's place or another that both confirm in writing.",
        ),
    )
    windows = listing_of(
        Text("服务时段", "Service windows"),
        language,
        loop="row in limits",
        numbered=True,
        columns=((Text("服务", "Service"), 5298, "row.name"), (Text("服务时段", "Window"), 4000, "row.window")),
    )
    return _article(Text("服务期限、方式与时段", "Term, manner and hours"), clauses, language) + where(
        "limits", windows
    )


def _staff(language: Language) -> str:
    clause = Text(
        "乙方指派下列人员提供服务。更换主要人员的，乙方应提前告知甲方并取得同意，接替人员的资历不低于原人员。",
        "The supplier appoints these people. A key person is replaced after notice to the customer and with its consent, by "
        "somebody no less qualified.",
    )
    return (
        heading(1, Text("服务人员", "Staff"), language)
        + lead(clause.in_(language))
        + listing_of(
            Text("服务人员", "Staff"),
            language,
            loop="row in staff",
            numbered=True,
            columns=(
                (Text("姓名", "Name"), 1800, "row.name"),
                (Text("角色", "Role"), 2200, "row.role"),
                (Text("负责内容", "Responsible for"), 5298, "row.task"),
            ),
        )
    )


def _fee(language: Language) -> str:
    cells = [
        cell(Text("序号", "No."), 700, "{{ row.no }}", language),
        cell(Text("费用项", "Item"), 4098, "{{ row.name }}", language),
        cell(Text("数量", "Quantity"), 1300, "{{ row.quantity }}", language),
        cell(Text("单价（{{ total.unit }}）", "Unit price ({{ total.unit }})"), 1600, "{{ row.price }}", language),
        cell(Text("金额（{{ total.unit }}）", "Amount ({{ total.unit }})"), 1600, "{{ row.amount }}", language),
    ]
    amount = Text(
        "本合同服务费用总额为{{ total.figures }}{% if total.capitals %}（大写：{{ total.capitals }}）{% endif %}。"
        "是否含税及税率：{{ blank }}。",
        "The total fee is {{ total.figures }}{% if total.capitals %} (in Chinese capitals: {{ total.capitals }}){% endif %}. "
        "Tax included or not, and its rate: {{ blank }}.",
    )
    return (
        heading(1, Text("服务费用与支付", "Fee and payment"), language)
        + paragraph(amount.in_(language), properties="<w:keepNext/>")
        + table(Text("服务费用", "Fee"), cells, language, loop="row in items")
        + facts(Text("交付、售后与支付", "Delivery, after-sales and payment"), "row in terms", language, numbered=True)
    )


def _quality(language: Language) -> str:
    text = Text(
        "乙方按下表的时限提供服务，时限按优先级高／中／低给出，单位为小时，只计服务时段内的时间；"
        "准确率为处理结果正确的请求所占比例。",
        "The supplier keeps the times of the table: hours by priority high / medium / low, within the service window. "
        "Accuracy is the share of requests whose result was right.",
    )
    accuracy = Text("各项服务的准确率均不低于{{ accuracy }}。", "Accuracy of every service is at least {{ accuracy }}.")
    none = Text(
        "服务质量标准由双方约定如下：{{ blank }}。", "The standards of quality are agreed as follows: {{ blank }}."
    )
    limits = listing_of(
        Text("服务级别", "Service levels"),
        language,
        loop="row in limits",
        numbered=True,
        columns=(
            (Text("服务", "Service"), 3098, "row.name"),
            (Text("响应（小时）", "Response (hours)"), 2200, "row.response"),
            (Text("解决（小时）", "Resolution (hours)"), 2400, "row.resolve"),
            (Text("准确率", "Accuracy"), 1600, "row.accuracy"),
        ),
    )
    return heading(1, Text("服务质量标准", "Quality of service"), language) + where(
        "limits",
        lead(text.in_(language)),
        limits,
        where("accuracy", paragraph(accuracy.in_(language), properties='<w:spacing w:before="120"/>')),
        otherwise=paragraph(none.in_(language)),
    )


_ARTICLES: tuple[tuple[Text, tuple[Text, ...]], ...] = (
    (
        Text("双方的权利与义务", "Rights and duties"),
        (
            Text(
                "甲方应及时提供服务所需的资料、场地、权限和人员配合，并按约定支付费用。",
                "The customer provides in time the information, premises, access and people the services need, and pays as "
                "agreed.",
            ),
            Text(
                "乙方应按约定的内容、时间和质量提供服务，如实、完整地保存服务记录，并按约定向甲方报告。",
                "The supplier renders the services as agreed in content, time and quality, keeps true and complete records, "
                "and reports as agreed.",
            ),
        ),
    ),
    (
        Text("保密", "Confidentiality"),
        (
            Text(
                "任何一方对在订立和履行本合同中知悉的对方商业秘密、技术资料和个人信息负有保密义务，"
                "未经对方书面同意，不得向第三方披露或用于本合同以外的目的；法律另有规定的除外。",
                "Each party keeps secret the other's business secrets, technical documents and personal data that it learns "
                "through this contract, and neither discloses nor uses them otherwise without written consent, unless the law "
                "demands it.",
            ),
            Text(
                "保密义务自知悉之日起，至本合同终止后{{ blank }}年内有效；个人信息和商业秘密的保护不受此限。",
                "This duty lasts until {{ blank }} years after the contract ends; the protection of personal data and business "
                "secrets is not limited by it.",
            ),
        ),
    ),
    (
        Text("验收", "Acceptance"),
        (
            Text(
                "有交付成果的服务，乙方提交成果后，甲方应在{{ blank }}个工作日内按约定的标准验收，并出具书面意见。"
                "不符合约定的，乙方应整改后再次提交。",
                "Where there is a result to deliver, the customer examines it by the agreed standards within {{ blank }} working "
                "days and answers in writing. What does not conform is reworked and submitted again.",
            ),
            Text(
                "持续性服务按月以服务报告作为考核依据，由双方确认。",
                "Continuing services are judged month by month by the service report, which both parties confirm.",
            ),
        ),
    ),
    (
        Text("变更", "Changes"),
        (
            Text(
                "服务内容、期限、人员或费用需要变更的，提出方应书面说明原因及其对进度、费用和质量的影响，"
                "经双方授权代表书面确认后生效；未经确认的变更，双方均不受其约束。",
                "Who wants to change services, term, people or fee states in writing the reason and the effect on schedule, cost "
                "and quality. A change takes effect when representatives of both have confirmed it in writing; otherwise it "
                "binds neither.",
            ),
        ),
    ),
    (
        Text("违约责任", "Breach"),
        (
            Text(
                "一方未按约定履行义务的，应承担继续履行、采取补救措施或者赔偿损失等责任。",
                "A party that fails in its duties must perform, remedy or compensate.",
            ),
            Text(
                "甲方逾期付款的，每逾期一日按应付未付金额的{{ blank }}支付违约金；乙方逾期提供服务或交付成果的，"
                "每逾期一日按对应费用的{{ blank }}支付违约金。违约金累计不超过合同总额的{{ blank }}。",
                "For each day of late payment the customer owes {{ blank }} of the amount due; for each day of late service or "
                "delivery the supplier owes {{ blank }} of the fee concerned. Together these do not exceed {{ blank }} of the "
                "total fee.",
            ),
            Text(
                "因不可抗力不能履行的，按其影响部分或者全部免除责任，但应及时通知对方并提供证明。",
                "Force majeure frees from liability as far as it reaches; the other party is told at once, with proof.",
            ),
        ),
    ),
    (
        Text("争议解决与其他", "Disputes and other provisions"),
        (
            Text(
                "因本合同发生的争议，双方应先行协商；协商不成的，按下列方式解决：{{ blank }}（仲裁委员会或人民法院）。",
                "The parties first negotiate any dispute. Failing that it is settled by: {{ blank }} (arbitration or court).",
            ),
            Text(
                "双方确认的解决方案建议书、服务方案与SLA说明书为本合同附件，与本合同具有同等效力；与本合同不一致的，以本合同为准。",
                "The solution proposal and the service plan with SLA that both confirmed are annexes with equal force; where they "
                "differ, this contract prevails.",
            ),
        ),
    ),
)


def _sign_off(language: Language) -> str:
    text = Text(
        "本合同一式{{ blank }}份，双方各执{{ blank }}份，自双方签字并盖章之日起生效。",
        "This contract is made in {{ blank }} copies, {{ blank }} for each party, and takes effect when both have signed and "
        "sealed it.",
    )
    return (
        heading(1, Text("签署", "Signatures"), language, properties=_FIRST)
        + paragraph(text.in_(language), properties='<w:keepNext/><w:spacing w:after="240"/>')
        + signatures(language)
    )
