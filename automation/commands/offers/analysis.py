"""Commands that count and show: load, risks, quality, service, satisfaction, reminders, processes, people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.commands.command import Command

COMMANDS: tuple[Command, ...] = ()
