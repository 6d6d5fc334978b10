"""The body of the template of an answer to feedback.

Not here: number, date, addressee and title (``layouts``) and the values (``commands.document.answer``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import closing, paragraph, repeated, where

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """What was said, thanks or apology, cause, what we did and do, whom to ask, as XML text."""
    opening = Text(
        "我方于{{ received }}收到贵方{% if channel != '—' %}通过{{ channel }}{% endif %}提出的"
        "{% if tone == 'apology' %}投诉{% elif tone == 'suggestion' %}建议{% elif tone == 'thanks' %}表扬{% else %}反馈{% endif %}："
        "“{{ content }}”。{% if tone == 'apology' %}给贵方带来不便，我方深表歉意。"
        "{% elif tone == 'thanks' %}感谢贵方的肯定，这是对我们工作的鼓励。"
        "{% elif tone == 'suggestion' %}感谢贵方的建议，我们已认真研究。{% else %}感谢贵方抽出时间告诉我们。{% endif %}",
        "On {{ received }} we received your {% if tone == 'apology' %}complaint{% elif tone == 'suggestion' %}suggestion"
        "{% elif tone == 'thanks' %}praise{% else %}feedback{% endif %}{% if channel != '—' %} ({{ channel }}){% endif %}: "
        "“{{ content }}”. {% if tone == 'apology' %}We apologise for the trouble this has caused you."
        "{% elif tone == 'thanks' %}Thank you; your words encourage us."
        "{% elif tone == 'suggestion' %}Thank you; we have considered it with care."
        "{% else %}Thank you for taking the time to tell us.{% endif %}",
    )
    cause = Text("经查，原因是：{{ cause }}。", "We looked into it. The cause: {{ cause }}.")
    titles = (
        ("reply", Text("处理结果", "What was done")),
        ("measure", Text("改进措施", "What we do so that it stays so")),
    )
    due = Text(
        "上述措施预计于{{ due }}完成，完成后我方将告知贵方。",
        "We expect to complete this by {{ due }} and will tell you then.",
    )
    done = Text("上述措施已于{{ done }}完成。", "This was completed on {{ done }}.")
    requirement = Text(
        "贵方的意见已列为需求 {{ requirement }}。", "Your point has become requirement {{ requirement }}."
    )
    ask = Text(
        "如对答复有疑问，请随时与{{ contact.name }}联系{% if contact.mail %}（{{ contact.mail }}）{% endif %}。",
        "For any question please turn to {{ contact.name }}{% if contact.mail %} ({{ contact.mail }}){% endif %} at any time.",
    )
    return (
        paragraph(opening.in_(language), "LetterText")
        + where("cause", paragraph(cause.in_(language), "LetterText"))
        + "".join(
            where(
                name,
                paragraph(title.in_(language), "LetterHeading", properties="<w:keepNext/>"),
                repeated(f"item in {name}", paragraph("{{ item }}", "ListBullet")),
            )
            for name, title in titles
        )
        + where("requirement", paragraph(requirement.in_(language), "LetterText"))
        + where("due", paragraph(due.in_(language), "LetterText"))
        + where("done", paragraph(done.in_(language), "LetterText"))
        + paragraph(ask.in_(language), "LetterText")
        + closing(language)
    )
