"""The unified JSON manifest of the add-in in its package, which an administrator uploads. English, Chinese beside it.

Not here: what is on the tab (``tab``), the XML form (``xml_manifest``).
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from automation.excel.addin.ribbon import TAB
from automation.front.pane import icons, tab
from automation.front.pane.tab import CHINESE, ICON_SIZES, NAME, REQUIREMENTS, SHOW_PANE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.front.pane.tab import Control, Group

SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.20/MicrosoftTeams.schema.json"
MOST_ACTIONS = 20
"""So many actions a runtime of the manifest may have; further ones go to further runtimes on the same page."""


def unified(address: str) -> dict[str, Any]:
    """The unified manifest of the add-in served at ``address``; its Chinese texts are in ``chinese``."""
    about = f"{address}/about.html"
    return {
        "$schema": SCHEMA,
        "manifestVersion": "1.20",
        "id": tab.ID,
        "version": tab.version(),
        "name": {"short": NAME.en, "full": NAME.en},
        "description": {"short": tab.SUMMARY.en, "full": tab.DETAILS.en},
        "developer": {"name": NAME.en, "websiteUrl": about, "privacyUrl": about, "termsOfUseUrl": about},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#1B365D",
        "localizationInfo": {
            "defaultLanguageTag": "en",
            "additionalLanguages": [{"languageTag": CHINESE.lower(), "file": f"{CHINESE.lower()}.json"}],
        },
        "authorization": {
            "permissions": {"resourceSpecific": [{"name": "Document.ReadWrite.User", "type": "Delegated"}]}
        },
        "validDomains": [address.removeprefix("https://")],
        "extensions": [_extension(address)],
    }


def _extension(address: str) -> dict[str, Any]:
    groups = tab.groups()
    runs = [entry.action for group in groups for one in group.controls for entry in (one.items or (one,))]
    actions = [
        {"id": name, "type": "openPage", "view": "pane"}
        if name == SHOW_PANE
        else {"id": name, "type": "executeFunction"}
        for name in runs
    ]
    runtimes = [
        {
            "id": f"pane{number or ''}",
            "type": "general",
            "code": {"page": f"{address}/pane.html"},
            "lifetime": "long",
            "actions": list(some),
        }
        for number, some in enumerate(_batches(actions, MOST_ACTIONS))
    ]
    ribbon = {
        "contexts": ["default"],
        "tabs": [{"id": "delivery", "label": TAB.en, "groups": [_json_group(address, group) for group in groups]}],
    }
    return {
        "requirements": {
            "scopes": ["workbook"],
            "capabilities": [{"name": name, "minVersion": least} for name, least in REQUIREMENTS],
        },
        "runtimes": runtimes,
        "ribbons": [ribbon],
    }


def _batches(values: list[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def _json_group(address: str, group: Group) -> dict[str, Any]:
    return {
        "id": f"group_{group.id}",
        "label": group.label.en,
        "icons": _json_icons(address, group.picture),
        "controls": [_json_control(address, one) for one in group.controls],
    }


def _json_control(address: str, one: Control, kind: str = "button") -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"control_{one.id}",
        "type": "menu" if one.items else kind,
        "label": one.label.en,
        "icons": _json_icons(address, one.picture),
        "supertip": {"title": one.label.en, "description": one.tip.en},
    }
    if one.items:
        return made | {"items": [_json_control(address, entry, "menuItem") for entry in one.items]}
    return made | {"actionId": one.action}


def _json_icons(address: str, picture: str) -> list[dict[str, Any]]:
    return [{"size": size, "url": tab.icon(address, picture, size)} for size in ICON_SIZES]


def chinese() -> dict[str, str]:
    """The Chinese texts of the unified manifest, by their places in it."""
    texts = {
        "$schema": SCHEMA.replace("MicrosoftTeams.schema", "MicrosoftTeams.Localization.schema"),
        "name.short": NAME.zh,
        "name.full": NAME.zh,
        "description.short": tab.SUMMARY.zh,
        "description.full": tab.DETAILS.zh,
        "extensions[0].ribbons[0].tabs[0].label": TAB.zh,
    }
    for number, group in enumerate(tab.groups()):
        place = f"extensions[0].ribbons[0].tabs[0].groups[{number}]"
        texts[f"{place}.label"] = group.label.zh
        for index, one in enumerate(group.controls):
            texts |= _chinese_control(f"{place}.controls[{index}]", one)
            for position, entry in enumerate(one.items):
                texts |= _chinese_control(f"{place}.controls[{index}].items[{position}]", entry)
    return texts


def _chinese_control(place: str, one: Control) -> dict[str, str]:
    return {
        f"{place}.label": one.label.zh,
        f"{place}.supertip.title": one.label.zh,
        f"{place}.supertip.description": one.tip.zh,
    }


def package(address: str) -> bytes:
    """The package that an administrator uploads: the unified manifest, its Chinese texts and two pictures."""
    parts = {
        "manifest.json": _json_bytes(unified(address)),
        f"{CHINESE.lower()}.json": _json_bytes(chinese()),
        "color.png": icons.png("deliverybook", 192),
        "outline.png": icons.png("outline", 32),
    }
    holder = io.BytesIO()
    with zipfile.ZipFile(holder, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return holder.getvalue()


def _json_bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
