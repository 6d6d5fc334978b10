"""The commands on a workbook, in the order of the ribbon.

To add one, write a function and add an entry to its group in ``offers``. Not here: the functions (which do not import
this module), what a command is (``command``), the ribbon's controls (``buttons``), the doors that offer them (``front``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.commands.offers import analysis, documents, entries, plan, requirements, workbook

if TYPE_CHECKING:
    from automation.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    *entries.COMMANDS,
    *requirements.COMMANDS,
    *plan.COMMANDS,
    *analysis.COMMANDS,
    *documents.COMMANDS,
    *workbook.COMMANDS,
)
