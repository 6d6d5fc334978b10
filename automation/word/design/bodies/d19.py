"""The body of the template of a greeting.

Not here: number, date, addressee and title (``layouts``) and the values (``commands.document.greeting``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import closing, paragraph, where

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """The wish, thanks for working together, and who sends it, as XML text."""
    birthday = Text(
        "值此生日之际，谨代表{{ sender.organisation }}祝您生日快乐，身体健康，工作顺利，阖家幸福。",
        "On your birthday {{ sender.organisation }} sends you warm wishes: health, joy in your work, and a happy year with "
        "those close to you.",
    )
    holiday = Text(
        "{{ holiday }}将至，谨代表{{ sender.organisation }}向您和您的团队致以节日的问候，祝大家节日愉快，阖家安康。",
        "As {{ holiday }} draws near, {{ sender.organisation }} sends you and your team warm wishes for a pleasant holiday "
        "with your families.",
    )
    thanks = Text(
        "{% if together %}合作{{ together }}年来，{% endif %}感谢您一直以来的信任与支持"
        "{% if project.name %}，也感谢您为“{{ project.name }}”付出的时间和意见{% endif %}。期待与您继续合作。",
        "{% if together %}In {{ together }} years of working together{% else %}Working with "
        "you{% endif %} your confidence has meant much to us{% if project.name %}, and so have the time and advice that you "
        "give to “{{ project.name }}”{% endif %}. We look forward to what comes next.",
    )
    return (
        where(
            "occasion == 'birthday'",
            paragraph(birthday.in_(language), "LetterText"),
            otherwise=paragraph(holiday.in_(language), "LetterText"),
        )
        + paragraph(thanks.in_(language), "LetterText")
        + closing(language)
    )
