"""The XML manifest of the add-in: the form that every Excel takes. English with Chinese beside it.

Not here: what is on the tab (``tab``), the JSON form (``json_manifest``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from automation.excel.addin.ribbon import TAB
from automation.front.pane import tab
from automation.front.pane.tab import CHINESE, ICON_SIZES, NAME, REQUIREMENTS, SHOW_PANE

if TYPE_CHECKING:
    from automation.base.findings import Text
    from automation.front.pane.tab import Control, Group

NAME_SPACES = {
    "xmlns": "http://schemas.microsoft.com/office/appforoffice/1.1",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xmlns:bt": "http://schemas.microsoft.com/office/officeappbasictypes/1.0",
}
OVERRIDES = "http://schemas.microsoft.com/office/taskpaneappversionoverrides"


def xml(address: str) -> bytes:
    """The manifest of the add-in served at ``address``, such as ``https://localhost:21443``.

    Prefixes stand as Microsoft writes them, since some of its tools read them and not the name spaces.
    """
    root = ET.Element("OfficeApp", NAME_SPACES | {"xsi:type": "TaskPaneApp"})
    _values(root, Id=tab.ID, Version=tab.version(), ProviderName=NAME.en, DefaultLocale="en-US")
    _text(root, "DisplayName", NAME)
    _text(root, "Description", tab.DETAILS)
    _add(root, "IconUrl", DefaultValue=tab.icon(address, "deliverybook", 32))
    _add(root, "HighResolutionIconUrl", DefaultValue=tab.icon(address, "deliverybook", 64))
    _add(root, "SupportUrl", DefaultValue=f"{address}/about.html")
    _values(_add(root, "AppDomains"), AppDomain=address)
    _add(_add(root, "Hosts"), "Host", Name="Workbook")
    sets = _add(_add(root, "Requirements"), "Sets", DefaultMinVersion="1.1")
    for name, least in REQUIREMENTS:
        _add(sets, "Set", Name=name, MinVersion=least)
    _add(_add(root, "DefaultSettings"), "SourceLocation", DefaultValue=f"{address}/pane.html")
    _values(root, Permissions="ReadWriteDocument")
    _Overrides(root, address).fill()
    ET.indent(root)
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _add(parent: ET.Element, name: str, /, kind: str = "", **attributes: str) -> ET.Element:
    return ET.SubElement(parent, name, ({"xsi:type": kind} if kind else {}) | attributes)


def _values(parent: ET.Element, **values: str) -> None:
    for name, value in values.items():
        _add(parent, name).text = value


def _text(parent: ET.Element, name: str, text: Text) -> None:
    _add(_add(parent, name, DefaultValue=text.en), "Override", Locale=CHINESE, Value=text.zh)


class _Overrides:
    """The part of the manifest that has the ribbon; texts, pictures and addresses in it are named resources."""

    def __init__(self, root: ET.Element, address: str) -> None:
        self.root = _add(root, "VersionOverrides", kind="VersionOverridesV1_0", xmlns=OVERRIDES)
        self.address = address
        self.images: dict[str, str] = {}
        self.short: dict[str, Text] = {}
        self.long: dict[str, Text] = {}

    def fill(self) -> None:
        """Everything below ``VersionOverrides``, in the order that Office expects."""
        host = _add(_add(self.root, "Hosts"), "Host", kind="Workbook")
        _add(_add(host, "Runtimes"), "Runtime", resid="Pane.Url", lifetime="long")
        form = _add(host, "DesktopFormFactor")
        _add(form, "FunctionFile", resid="Pane.Url")
        point = _add(form, "ExtensionPoint", kind="PrimaryCommandSurface")
        holder = _add(point, "CustomTab", id="Deliverybook.Tab")
        for group in tab.groups():
            self._group(holder, group)
        _add(holder, "Label", resid=self._string("Tab.Label", TAB))
        self._resources()

    def _group(self, parent: ET.Element, group: Group) -> None:
        element = _add(parent, "Group", id=f"Group.{group.id}")
        _add(element, "Label", resid=self._string(f"Group.{group.id}", group.label))
        self._icon(element, group.picture)
        for control in group.controls:
            kind = "Menu" if control.items else "Button"
            made = _add(element, "Control", kind=kind, id=f"Control.{control.id}")
            self._look(made, control)
            if not control.items:
                self._action(made, control)
                continue
            items = _add(made, "Items")
            for entry in control.items:
                item = _add(items, "Item", id=f"Item.{entry.id}")
                self._look(item, entry)
                self._action(item, entry)

    def _look(self, element: ET.Element, control: Control) -> None:
        number = len(self.long)
        _add(element, "Label", resid=self._string(f"Label{number}", control.label))
        tip = _add(element, "Supertip")
        _add(tip, "Title", resid=f"Label{number}")
        self.long[f"Tip{number}"] = control.tip
        _add(tip, "Description", resid=f"Tip{number}")
        self._icon(element, control.picture)

    def _action(self, element: ET.Element, control: Control) -> None:
        if control.action == SHOW_PANE:
            action = _add(element, "Action", kind="ShowTaskpane")
            _values(action, TaskpaneId="Deliverybook.Pane")
            _add(action, "SourceLocation", resid="Pane.Url")
            return
        _values(_add(element, "Action", kind="ExecuteFunction"), FunctionName=control.action)

    def _icon(self, element: ET.Element, picture: str) -> None:
        holder = _add(element, "Icon")
        for size in ICON_SIZES:
            name = f"Icon.{picture}.{size}"
            self.images[name] = tab.icon(self.address, picture, size)
            _add(holder, "bt:Image", size=str(size), resid=name)

    def _string(self, name: str, text: Text) -> str:
        self.short[name] = text
        return name

    def _resources(self) -> None:
        resources = _add(self.root, "Resources")
        images = _add(resources, "bt:Images")
        for name, value in self.images.items():
            _add(images, "bt:Image", id=name, DefaultValue=value)
        _add(_add(resources, "bt:Urls"), "bt:Url", id="Pane.Url", DefaultValue=f"{self.address}/pane.html")
        for kind, texts in (("bt:ShortStrings", self.short), ("bt:LongStrings", self.long)):
            strings = _add(resources, kind)
            for name, text in texts.items():
                string = _add(strings, "bt:String", id=name, DefaultValue=text.en)
                _add(string, "bt:Override", Locale=CHINESE, Value=text.zh)
