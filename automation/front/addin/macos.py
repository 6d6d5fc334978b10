"""Checks of what only macOS has: the AppleScript that starts Python, the permission to control Excel.

Not here: changing a permission, which only the person can do in System Settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.front.addin import files, setup
from automation.front.addin.checks import INSTALL, Check
from automation.front.addin.places import strange_signs
from automation.front.addin.stamp import stamp_of

if TYPE_CHECKING:
    from automation.front.addin.checks import Scene

DECLINED = b"-1743"
"""The error of macOS for a program that may not control another."""


def script(scene: Scene) -> Check:
    """The AppleScript that the add-in's VBA calls lies where macOS lets Excel run it."""
    looked = Text("启动脚本(AppleScript)", "AppleScript that starts Python")
    stamp = stamp_of(scene.addin) if scene.addin else None
    version = (stamp.xlwings if stamp else "") or scene.told.xlwings
    path = scene.places.scripts / f"xlwings-{version}.applescript"
    data, source = files.content(path), setup.script_source()
    if data is None:
        return Check("script", looked, "problem", Text(f"没有 {path}", f"there is no {path}"), INSTALL)
    if source is not None and source.read_bytes() != data:
        found = Text(f"{path} 与已安装的 xlwings 不同", f"{path} differs from the installed xlwings' own")
        return Check("script", looked, "warning", found, INSTALL)
    return Check("script", looked, "ok", Text(str(path), str(path)))


def path(scene: Scene) -> Check:
    """The interpreter's path is one word for a shell."""
    looked = Text("Python 路径中的字符", "Characters in the Python's path")
    interpreter = scene.interpreter or scene.places.python()
    if shown := strange_signs(interpreter):
        found = Text(
            f"{interpreter} 含有 {shown}，启动脚本会把它拆开",
            f"{interpreter} contains {shown}, which the script would take apart",
        )
        advice = Text(
            "把交付簿装到只含英文字母和数字的文件夹，再运行 deliverybook addin install。",
            "Install Deliverybook in a folder of plain letters and digits, then run deliverybook addin install.",
        )
        return Check("path", looked, "problem", found, advice)
    return Check("path", looked, "ok", Text("没有空格等字符", "no spaces or other signs"))


def automation(scene: Scene) -> Check:
    """Excel may be controlled; macOS shows that to nobody, so the log of the last click is looked at."""
    looked = Text("控制 Excel 的权限", "Permission to control Excel")
    log = scene.places.container / "xlwings.log"
    advice = Text(
        "打开“系统设置 > 隐私与安全性 > 自动化”，在 Microsoft Excel(或 Python、终端)下允许 Microsoft Excel，再点击一次按钮。",
        "Open System Settings > Privacy & Security > Automation, allow Microsoft Excel under Microsoft Excel (or Python, "
        "Terminal), then click again.",
    )
    try:
        declined = DECLINED in (files.content(log) or b"")
    except UsageError:
        declined = False
    if declined:
        found = Text(f"上次点击被拒绝(-1743)，见 {log}", f"the last click was declined (-1743), see {log}")
        return Check("automation", looked, "problem", found, advice)
    found = Text(
        "macOS 不让程序查看这项权限；上次点击没有被拒绝的记录",
        "macOS shows this to no program; no click is on record as declined",
    )
    return Check("automation", looked, "unknown", found, advice)


CHECKS = (script, path, automation)
"""In the order in which they are shown, after those of both systems."""
