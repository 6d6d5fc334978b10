"""The add-in's tab in Excel: its groups and controls, made from the registry of commands, and what it is called.

Not here: the two forms in which Office reads it (``xml_manifest``, ``json_manifest``), the functions behind the buttons
(``static/pane.js``), the pictures (``icons``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation import __version__
from automation.base.findings import Text
from automation.base.records import dataclass
from automation.commands.buttons import open_buttons
from automation.commands.command import GROUPS
from automation.front.pane import icons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.commands.buttons import Button

ID = "b2c9f6a0-8f0e-5c63-9d0a-3c1d7c1f7e42"
NAME = Text("交付簿", "Deliverybook")
SUMMARY = Text(
    "在 Excel 中检查、重排并生成客户交付项目的文档。", "Checks, reschedules and documents a client project in Excel."
)
DETAILS = Text(
    "交付簿在本机运行：任务窗格列出检查结果，可筛选、定位和修复；数据不离开这台电脑。",
    "Runs on this computer: the pane lists findings, lets you filter, jump and repair; no data leaves the computer.",
)
PANE = Text("检查结果窗格", "Findings pane")
PANE_TIP = Text(
    "打开任务窗格：检查结果、筛选、定位、修复。", "Open the pane: findings, filters, jump to cells, repairs."
)
REQUIREMENTS = (("SharedRuntime", "1.1"), ("ExcelApi", "1.13"))
"""What Excel must offer: buttons and pane share one page; tables that change their size came with ExcelApi 1.13."""
CHINESE = "zh-CN"
ICON_SIZES = (16, 32, 80)
MENU_LIMIT = 20
"""Entries of one menu, as Office allows them."""
LABEL_LIMIT, TIP_LIMIT = 64, 250
"""Characters of a label and of a tip, the narrower of what the two forms allow."""


@dataclass(frozen=True, slots=True)
class Control:
    """One control of the tab: a button that runs the function ``action``, or a menu of such."""

    id: str
    label: Text
    tip: Text
    picture: str
    action: str = ""
    items: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of controls on the tab."""

    id: str
    label: Text
    picture: str
    controls: tuple[Control, ...]


SHOW_PANE = "show_pane"


def groups() -> tuple[Group, ...]:
    """The groups of the tab: the pane's own first, then those of the registry that have buttons."""
    pane = Control(SHOW_PANE, PANE, PANE_TIP, "pane", SHOW_PANE)
    every = open_buttons()
    made = [Group("pane", NAME, "deliverybook", (pane,))]
    for name, label in GROUPS:
        controls = tuple(_controls([one for one in every if one.look.group == name]))
        if controls:
            made.append(Group(name, label, name, controls))
    return tuple(made)


def _controls(members: list[Button]) -> Iterator[Control]:
    """The controls of a group; a menu with more entries than Office allows goes on in another one."""
    for one in members:
        entries = [_control(entry) for entry in members if entry.menu == one.id]
        if not one.is_menu:
            yield from () if one.menu else (_control(one),)
            continue
        for number, start in enumerate(range(0, len(entries), MENU_LIMIT), start=1):
            more = f" ({number})" if number > 1 else ""
            label = Text(_cut(one.label.zh + more, LABEL_LIMIT), _cut(one.label.en + more, LABEL_LIMIT))
            name = f"{one.id}_menu{number if number > 1 else ''}"
            yield Control(name, label, _tip(one.tip), _picture(one), items=tuple(entries[start : start + MENU_LIMIT]))


def _control(one: Button) -> Control:
    label = Text(_cut(one.label.zh, LABEL_LIMIT), _cut(one.label.en, LABEL_LIMIT))
    return Control(one.id, label, _tip(one.tip), _picture(one), one.id)


def _tip(tip: Text) -> Text:
    """A command's help as a sentence of its own."""
    return Text(_cut(tip.zh, TIP_LIMIT), _cut(tip.en[:1].upper() + tip.en[1:], TIP_LIMIT))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _picture(one: Button) -> str:
    return icons.picture_of(one.command.id, one.look.group)


def version() -> str:
    """The version as Office counts: four numbers, the first of them at least 1."""
    numbers = ["".join(filter(str.isdigit, part)) or "0" for part in __version__.split(".")[:3]]
    return ".".join(["1", *numbers, "0", "0"][:4])


def icon(address: str, picture: str, size: int) -> str:
    """The address of a picture."""
    return f"{address}/icons/{picture}-{size}.png"
