"""Templates of what a customer signs or answers."""

from __future__ import annotations

from automation.base.findings import Text
from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = (Template("D12", Text("验收报告", "Acceptance Report"), numbering="official"),)
