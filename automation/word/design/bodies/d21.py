"""The body of the template of a process document.

Not here: cover and contents (``layouts``) and the values (``commands.document.process``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import card, facts, heading, listing_of, paragraph, repeated

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """The process, its steps at a glance, and each step, as XML text."""
    title, overview = Text("流程概况", "The process"), Text("步骤一览", "Steps at a glance")
    return (
        heading(1, title, language, properties=_FIRST)
        + facts(title, "row in process", language, numbered=True)
        + heading(1, overview, language)
        + listing_of(
            overview,
            language,
            loop="row in overview",
            numbered=True,
            columns=(
                (Text("序号", "No."), 750, "row.no"),
                (Text("步骤", "Step"), 1948, "row.name"),
                (Text("责任人", "Owner"), (1200, 1400), "row.owner"),
                (Text("输入", "Input"), (2000, 2100), "row.input"),
                (Text("输出", "Output"), (2000, 2100), "row.output"),
                (Text("时限（小时）", "Hours"), (1400, 1000), "row.hours"),
            ),
        )
        + heading(1, Text("步骤说明", "Steps"), language)
        + repeated("row in steps", paragraph("{{ row.name }}", "Heading2"), _card(language))
    )


def _card(language: Language) -> str:
    labels = (
        (Text("责任人", "Owner"), "{{ row.owner }}"),
        (Text("服务对象", "Served"), "{{ row.served }}"),
        (Text("客户需求", "What they need"), "{{ row.need }}"),
        (Text("输入", "Input"), "{{ row.input }}"),
        (Text("操作说明", "What to do"), "{{ row.instruction }}"),
        (Text("输出", "Output"), "{{ row.output }}"),
        (Text("所需资源", "Resources"), "{{ row.resources }}"),
        (Text("转入下一步的条件", "Goes on when"), "{{ row.condition }}"),
        (Text("时限（小时）", "Time limit (hours)"), "{{ row.hours }}"),
        (Text("控制点", "Control point"), "{{ row.control }}"),
        (Text("控制措施", "Control"), "{{ row.measure }}"),
        (Text("异常处理", "When something goes wrong"), "{{ row.exception }}"),
    )
    title = Text("步骤", "Step").in_(language)
    return card(title, title, ("{{ row.id }}", "{{ row.name }}"), [(one.in_(language), text) for one, text in labels])
