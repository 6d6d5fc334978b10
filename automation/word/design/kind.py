"""What a template is. Not here: which there are (``kinds``) and how they are written (``templates``)."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from automation.base.findings import Language, Text
    from automation.word.design.layouts import Layout
    from automation.word.design.numbering import Numbering


class Template(NamedTuple):
    """One template: its document's id and title, how its pages are laid out and its headings numbered.

    Its body is the function ``body(language)`` of the module of its id in ``bodies``.
    """

    id: str
    title: Text
    layout: Layout = "report"
    numbering: Numbering = "technical"

    def body(self, language: Language) -> str:
        """What stands after the cover or title, as XML text with tags."""
        module = importlib.import_module(f"automation.word.design.bodies.{self.id.casefold()}")
        return str(module.body(language))
