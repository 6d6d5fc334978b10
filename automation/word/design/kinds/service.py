"""Templates about services, feedback and customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = ()
