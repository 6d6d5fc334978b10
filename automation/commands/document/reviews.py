"""Which reviews of a deal must have passed before its quotation goes out (as rule SAL-05 demands).

Not here: how documents show them (``quotation``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.deviations.deals import OPEN

if TYPE_CHECKING:
    from automation.model.rows import DealsRow

TECHNICAL = Text("技术评审", "technical review")
FINANCIAL = Text("财务评审", "financial review")
LEGAL = Text("法务评审", "legal review")
PASSED = "passed"


def open_reviews(deal: DealsRow) -> tuple[Text, ...]:
    """The reviews that must still pass before the quotation goes out: the technical and the financial one."""
    found = ((TECHNICAL, deal.tech_review), (FINANCIAL, deal.finance_review))
    return tuple(name for name, state in found if state != PASSED)


def not_reviewed(deal: DealsRow) -> Text | None:
    """Why a document with this deal's price may only be a draft.

    ``None`` once both reviews have passed, while there is no price, and for what was signed or lost long ago.
    """
    names = open_reviews(deal)
    if not names or deal.quote_amount is None or deal.stage not in OPEN:
        return None
    zh, en = "、".join(name.zh for name in names), " and ".join(name.en for name in names)
    return Text(
        f"{zh}尚未通过：文件标为草稿，通过后请重新生成再发给客户。",
        f"Not passed yet: {en}. The document is marked as a draft; make it again once passed, before it goes out.",
    )
