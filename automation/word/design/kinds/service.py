"""Templates about services, feedback and customers."""

from __future__ import annotations

from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = ()
