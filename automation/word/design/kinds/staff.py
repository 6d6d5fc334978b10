"""Templates for staff and management."""

from __future__ import annotations

from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = ()
