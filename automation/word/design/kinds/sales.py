"""Templates about deals, contracts and services to be sold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = ()
