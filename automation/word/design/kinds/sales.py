"""Templates about deals, contracts and services to be sold."""

from __future__ import annotations

from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = ()
