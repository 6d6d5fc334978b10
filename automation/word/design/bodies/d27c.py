"""The body of the template of the renewal letter to the customer.

Not here: number, date, addressee and title (``layouts``) and the values (``commands.document.renewal``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import closing, paragraph, where

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """When the contract ends, what was done, what we propose, and whom to answer, as XML text."""
    opening = Text(
        "贵我双方签订的《{{ contract.name }}》{% if contract.number != '—' %}（合同编号：{{ contract.number }}）{% endif %}"
        "{% if contract.over %}已于{{ contract.end }}到期{% else %}将于{{ contract.end }}到期{% endif %}。"
        "感谢贵方在合同期内的信任与支持。",
        "Our contract “{{ contract.name }}”{% if contract.number != '—' %} (No. {{ contract.number }}){% endif %} "
        "{% if contract.over %}ended{% else %}ends{% endif %} on {{ contract.end }}. Thank you for your confidence and "
        "support during its term.",
    )
    record = Text(
        "截至{{ document.date }}，我方在合同期内共受理贵方服务请求 {{ record.received }} 件。"
        "{% if record.judged %}按约定时限已可判定 {{ record.judged }} 件，其中 {{ record.in_time }} 件响应与解决均未超时，"
        "达成率 {{ record.attainment }}。{% endif %}",
        "Up to {{ document.date }} we have received {{ record.received }} requests from you within the term. "
        "{% if record.judged %}Of {{ record.judged }} that can be judged by the agreed times, {{ record.in_time }} kept both "
        "the response and the resolution time: {{ record.attainment }}.{% endif %}",
    )
    proposal = Text(
        "为保证服务不中断，我方建议续签{% if next_term != '—' %}，期限为{{ next_term }}{% endif %}"
        "{% if services != '—' %}，服务内容包括{{ services }}{% endif %}。"
        "如贵方希望调整服务范围或服务时限，我方将按贵方需要修订方案并另行报价。",
        "So that services continue without a break we propose to renew the contract{% if next_term != '—' %} for "
        "{{ next_term }}{% endif %}{% if services != '—' %}, with these services: {{ services }}{% endif %}. If you wish to "
        "change scope or times we gladly revise the plan and quote anew.",
    )
    answer = Text(
        "烦请贵方告知续签意向及方便面谈的时间。联系人：{{ sender.person }}{% if mail != '—' %}，邮箱：{{ mail }}{% endif %}。",
        "Please let us know whether you wish to renew and when we may meet. Contact: {{ sender.person }}"
        "{% if mail != '—' %}, {{ mail }}{% endif %}.",
    )
    return (
        paragraph(opening.in_(language), "LetterText")
        + where("record.received", paragraph(record.in_(language), "LetterText"))
        + paragraph(proposal.in_(language), "LetterText")
        + paragraph(answer.in_(language), "LetterText")
        + closing(language)
    )
