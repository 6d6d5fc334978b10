"""The ribbon's controls, made of the registry: every door with buttons (Excel's ribbon, the task pane) shows these.

Not here: how they are drawn (``excel.addin``, ``front.pane``) and what a click does (``front.clicks``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.base.records import dataclass, field
from automation.commands.registry import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.commands.command import Command, Ribbon


@dataclass(frozen=True, slots=True)
class Button:
    """One control of the ribbon. Only its ``id`` goes from Excel to Python; ``parameters`` are what it stands for.

    ``menu`` is the id of the menu that it stands in, ``""`` for a button directly in its group. A control with
    ``is_menu`` runs nothing itself.
    """

    id: str
    command: Command
    label: Text
    tip: Text
    look: Ribbon
    parameters: Mapping[str, str] = field(default_factory=dict)
    menu: str = ""
    is_menu: bool = False


def buttons() -> tuple[Button, ...]:
    """Every control of the ribbon in order, a menu before the buttons in it."""
    found: list[Button] = []
    for command in COMMANDS:
        if command.ribbon is None:
            continue
        look, whole = command.ribbon, command.control
        found.append(Button(whole, command, command.name, look.tip, look, is_menu=command.menu is not None))
        for value, name in command.menu() if command.menu else ():
            label = Text(f"{value} {name.zh}", f"{value} {name.en}")
            choice = {command.options[0].name: value}
            found.append(Button(f"{whole}_{value.lower()}", command, label, look.tip, look, choice, menu=whole))
    return tuple(found)


def open_buttons() -> tuple[Button, ...]:
    """The buttons for who cannot close a workbook and open it again, as the task pane."""
    return tuple(one for one in buttons() if not one.command.closed)


def button(control: str) -> Button | None:
    """The button with that id, ``None`` when there is none that can be clicked; only the menu asked for is looked at."""
    for command in COMMANDS:
        if command.ribbon is None or not f"{control}_".startswith(f"{command.control}_"):
            continue
        if command.control == control and command.menu is None:
            return Button(control, command, command.name, command.ribbon.tip, command.ribbon)
        if command.menu is not None:
            found = (one for one in buttons() if one.id == control and not one.is_menu)
            return next(found, None)
    return None
