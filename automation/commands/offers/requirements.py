"""Commands on requirements and changes: confirmation, traceability, impact."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.commands.command import Command

COMMANDS: tuple[Command, ...] = ()
