"""The ribbon tab as customUI XML, in Office's schemas of 2006 and 2009, from plain values.

Everything is written down when the add-in is built: no callback asks for a label or a state, so the tab is there at
once and works without Python. Every button calls one macro (``CALLBACK``), which passes on its id alone.
Not here: which buttons there are (``commands.buttons``, mapped in ``front.addin.build``).
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal
from xml.sax.saxutils import escape

from automation.base.findings import Text
from automation.base.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Schema = Literal["2006", "2009"]
NAMESPACES: Final[dict[Schema, str]] = {
    "2006": "http://schemas.microsoft.com/office/2006/01/customui",
    "2009": "http://schemas.microsoft.com/office/2009/07/customui",
}
TAB: Final = Text("客户交付", "Client Delivery")
TAB_ID: Final = "deliverybook_tab"
TAB_KEY_TIP: Final = "K"
"""Free among Excel's own tabs, and not a letter of the menus of old that Alt still opens (A D E F I O T V)."""
CALLBACK: Final = "deliverybook_button"
"""Not ``..._click``: virus scanners take a macro of that name for one that starts by itself."""
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_KEY_TIP: Final = re.compile(r"[A-Z0-9]{1,3}")
_BREAK: Final = "&#13;&#10;"
_QUOTE: Final = {'"': "&quot;"}


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the tab: its id, made of a to z, and its label."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Control:
    """A button, or a menu of buttons when ``is_menu``.

    ``icon`` names one of Office's own pictures (imageMso). ``key_tip`` are the letters after those of the tab; in a
    menu they may be missing. ``menu`` is the id of the menu that a button stands in, ``""`` when in none.
    """

    id: str
    group: str
    label: Text
    tip: Text
    icon: str
    key_tip: str = ""
    large: bool = False
    menu: str = ""
    is_menu: bool = False


def custom_ui(groups: Sequence[Group], controls: Sequence[Control], *, schema: Schema) -> str:
    """The part ``customUI.xml`` (schema 2006) or ``customUI14.xml`` (2009). Groups without controls are left out.

    Raises ValueError when ids or key tips would not work in Office; see ``problems``.
    """
    wrong = problems(groups, controls)
    if wrong:
        raise ValueError("; ".join(wrong))
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f'<customUI xmlns="{NAMESPACES[schema]}">',
        "  <ribbon>",
        "    <tabs>",
        f"      <tab{_attributes(id=TAB_ID, label=_both(TAB), keytip=TAB_KEY_TIP)}>",
    ]
    for group in groups:
        inside = [one for one in controls if one.group == group.id]
        if inside:
            lines.append(f"        <group{_attributes(id=f'deliverybook_group_{group.id}', label=_both(group.label))}>")
            lines += [f"          {line}" for line in _controls(inside)]
            lines.append("        </group>")
    lines += ["      </tab>", "    </tabs>", "  </ribbon>", "</customUI>", ""]
    return "\n".join(lines)


def problems(groups: Sequence[Group], controls: Sequence[Control]) -> tuple[str, ...]:
    """What Office would refuse or resolve wrongly: ids, references to menus and groups, key tips, missing icons."""
    found = [f"id {one.id!r} is not made of a to z, 0 to 9, _" for one in controls if not _ID.fullmatch(one.id)]
    found += [f"id {name!r} is there twice" for name in _twice(one.id for one in controls)]
    known = {group.id for group in groups}
    menus = {one.id for one in controls if one.is_menu}
    for one in controls:
        if one.group not in known:
            found.append(f"{one.id}: there is no group {one.group!r}")
        if one.menu and one.menu not in menus:
            found.append(f"{one.id}: there is no menu {one.menu!r}")
        if one.is_menu and one.menu:
            found.append(f"{one.id}: a menu in a menu has no place in this tab")
        if not one.icon and not one.menu:
            found.append(f"{one.id}: it has no icon")
        if one.key_tip and not _KEY_TIP.fullmatch(one.key_tip):
            found.append(f"{one.id}: key tip {one.key_tip!r} is not 1 to 3 of A to Z, 0 to 9")
        if not one.key_tip and not one.menu:
            found.append(f"{one.id}: it has no key tip")
    for menu in ("", *sorted(menus)):
        tips = sorted(one.key_tip for one in controls if one.menu == menu and one.key_tip)
        found += [f"key tip {first} hides {second}" for first, second in pairwise(tips) if second.startswith(first)]
    return tuple(found)


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _controls(controls: Sequence[Control]) -> Iterator[str]:
    """The elements of one group; a menu is followed by its buttons, inside it."""
    for one in controls:
        if one.menu:
            continue
        size = "large" if one.large else "normal"
        common = _attributes(id=one.id, label=_both(one.label), imageMso=one.icon, size=size, keytip=one.key_tip)
        if not one.is_menu:
            yield f"<button{common}{_tips(one)}{_attributes(onAction=CALLBACK)}/>"
            continue
        yield f"<menu{common}{_tips(one)}>"
        for item in controls:
            if item.menu == one.id:
                look = _attributes(id=item.id, label=_both(item.label), imageMso=item.icon, keytip=item.key_tip)
                yield f"  <button{look}{_tips(item)}{_attributes(onAction=CALLBACK)}/>"
        yield "</menu>"


def _tips(control: Control) -> str:
    """The heading and the text that appear under the mouse, each in both languages."""
    text = _BREAK.join(escape(part, _QUOTE) for part in control.tip)
    return f'{_attributes(screentip=f"{control.label.zh} {control.label.en}")} supertip="{text}"'


def _both(text: Text) -> str:
    """Both languages side by side; an ampersand is doubled, since a single one marks a letter in Office."""
    return f"{text.zh} {text.en}".replace("&", "&&")


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{escape(value, _QUOTE)}"' for name, value in values.items() if value)
