"""What stops the work: one tree of errors, each of which writes its own sentence.

``AutomationError``
├── ``WorkbookError``      the workbook cannot be read (missing, damaged, encrypted, not ours)
├── ``WriteRefusedError``  the workbook cannot be written safely; carries a refusal code
├── ``SettingsError``      config.yaml cannot be read at all
├── ``TemplateError``      a Word template is missing or cannot be filled
├── ``UsageError``         the command line asks for something that does not exist
└── ``NotAllowedError``    the person's role may not do this in the workbook

What a user typed wrong in a workbook is never an error: it is a finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.base.findings import Language, Text


class AutomationError(Exception):
    """The work cannot be done; ``text`` says why and what to do, in one line, in both languages."""

    def __init__(self, text: Text, *, code: str = "") -> None:
        super().__init__(text.en)
        self.text = text
        self.code = code
        self.language: Language | None = None
        """The language of the workbook concerned, once it is known."""

    def in_(self, language: Language) -> str:
        """The sentence in one language."""
        return self.text.in_(language)


class WorkbookError(AutomationError):
    """The workbook cannot be read; ``code`` is one of the closed list in ``excel.package``."""


class WriteRefusedError(AutomationError):
    """Writing was refused and nothing was touched; ``code`` is one of the closed list in ``excel.refusals``."""


class SettingsError(AutomationError):
    """A configuration file cannot be read."""


class TemplateError(AutomationError):
    """A Word template is missing or cannot be filled."""


class UsageError(AutomationError):
    """The command line asks for something that does not exist."""


class NotAllowedError(AutomationError):
    """The role of the person who asks may not do this; a guard against mistakes, not security."""
