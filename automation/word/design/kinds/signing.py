"""Templates of what a customer signs or answers."""

from __future__ import annotations

from automation.base.findings import Text
from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = (
    Template("D02", Text("需求确认单", "Requirement Confirmation Sheet"), layout="form", numbering="official"),
    Template(
        "D08", Text("需求变更影响分析单", "Change Request and Impact Analysis"), layout="form", numbering="official"
    ),
    Template("D09", Text("延期说明函", "Delay Notice"), layout="letter"),
    Template("D12", Text("验收报告", "Acceptance Report"), numbering="official"),
    Template("D13", Text("交付清单", "Delivery Note"), layout="form", numbering="official"),
    Template("D17", Text("反馈答复函", "Our Answer to Your Feedback"), layout="letter"),
    Template("D18", Text("会议纪要", "Minutes"), layout="form", numbering="official"),
    Template("D19", Text("祝福函", "With Our Best Wishes"), layout="letter"),
)
