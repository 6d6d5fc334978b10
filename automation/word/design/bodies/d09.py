"""The body of the template of a delay notice.

Not here: number, date, addressee and title (``layouts``) and the values (``commands.document.delay_notice``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import closing, listing_of, paragraph, repeated, where

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """Which date moves, why, what was done, and the timetable that we propose, as XML text."""
    opening = Text(
        "感谢贵方对“{{ project.name }}”项目的支持与配合。现就{% if milestone %}里程碑{% endif %}“{{ about }}”的进度说明如下："
        "{% if late %}基线日期为{{ agreed }}，截至{{ document.date }}预测为{{ forecast }}，比约定晚 {{ days }} 个工作日。"
        "由此带来的不便，我方深表歉意。{% else %}基线日期为{{ agreed }}，截至{{ document.date }}预测为{{ forecast }}，"
        "目前没有延期。{% endif %}",
        "Thank you for your support of the project “{{ project.name }}”. This is how {% if milestone %}the milestone {% endif %}"
        "“{{ about }}” stands: {% if late %}it was agreed for {{ agreed }}; as of {{ document.date }} we expect it on "
        "{{ forecast }}, {{ days }} working days later. We apologise for the inconvenience.{% else %}it was agreed for "
        "{{ agreed }}; as of {{ document.date }} we expect it on {{ forecast }}, so there is no delay at present.{% endif %}",
    )
    titles = {
        "reasons": Text("延期原因", "Causes"),
        "measures": Text("已采取的措施", "What we have done"),
        "timetable": Text("新的时间安排（待双方商定）", "Proposed timetable (to be agreed)"),
    }
    propose = Text(
        "以上日期为我方按现有进展的预测。烦请贵方审阅，并在三个工作日内答复是否同意，或告知方便商谈的时间。",
        "These dates are our forecast from today's progress. Please let us know within three working days whether you agree, "
        "or when we may talk.",
    )
    contact = Text(
        "联系人：{{ sender.person }}{% if mail != '—' %}，邮箱：{{ mail }}{% endif %}。",
        "Contact: {{ sender.person }}{% if mail != '—' %}, {{ mail }}{% endif %}.",
    )
    return (
        paragraph(opening.in_(language), "LetterText")
        + _list(titles["reasons"], "reasons", language)
        + _list(titles["measures"], "measures", language)
        + paragraph(titles["timetable"].in_(language), "LetterHeading", properties="<w:keepNext/>")
        + listing_of(
            titles["timetable"],
            language,
            loop="row in timetable",
            columns=(
                (Text("里程碑或任务", "Milestone or task"), 3798, "row.name"),
                (Text("基线日期", "Agreed"), 2000, "row.agreed"),
                (Text("预测日期", "Expected"), 2000, "row.forecast"),
                (Text("相差（工作日）", "Working days"), 1500, "row.days"),
            ),
        )
        + paragraph(propose.in_(language), "LetterText", properties='<w:spacing w:before="200"/>')
        + paragraph(contact.in_(language), "LetterText")
        + closing(language)
    )


def _list(title: Text, items: str, language: Language) -> str:
    return where(
        items,
        paragraph(title.in_(language), "LetterHeading", properties="<w:keepNext/>"),
        repeated(f"item in {items}", paragraph("{{ item }}", "ListBullet")),
    )
