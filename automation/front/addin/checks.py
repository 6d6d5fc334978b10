"""Checks of an installation, each of one thing: what was looked at, what it is like, what to do.

Here are those of both systems. Not here: what only Windows (``windows``) or macOS (``macos``) has, and the order and
the showing of checks (``doctor``).
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any, Literal

from automation import __version__
from automation.base.findings import EMPTY, Text
from automation.base.records import dataclass, field
from automation.front.addin import files, setup
from automation.front.addin.stamp import order, stamp_of
from automation.store.places import SYNC_VARIABLES, is_synced, is_unc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from automation.front.addin.places import Places

State = Literal["ok", "warning", "problem", "unknown"]
INSTALL = Text("运行 deliverybook addin install。", "Run deliverybook addin install.")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``unknown`` is what cannot be looked at without rights or without Excel."""

    id: str
    looked: Text
    state: State
    found: Text
    advice: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Interpreter:
    """What a Python told of itself when it was started as Excel starts it; ``failure`` is why it told nothing."""

    version: str = ""
    xlwings: str = ""
    requires: str = ""
    prefix: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Probes:
    """How the doctor looks at the machine; tests give their own.

    ``ask`` starts an interpreter; ``registry`` reads a value by root, key and name (``None``: not there) and raises
    OSError when it may not; ``running`` says whether the persistent server runs.
    """

    ask: Callable[[Path], Interpreter]
    registry: Callable[[str, str, str], Any]
    running: Callable[[Places], bool]


@dataclass(frozen=True, slots=True)
class Scene:
    """What the checks look at, taken once."""

    places: Places
    probes: Probes
    configuration: Mapping[str, str]
    interpreter: Path | None
    told: Interpreter
    addin: bytes | None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def server(self) -> bool:
        """Whether Excel is to use the persistent server."""
        return all(self.configuration.get(key) == "True" for key in setup.SERVER_KEYS)


def addin(scene: Scene) -> Check:
    """The add-in is where Excel opens it, of this package's version, and has not been changed."""
    looked = Text("加载项文件", "Add-in file")
    path = scene.places.addin
    if scene.addin is None:
        return Check("addin", looked, "problem", Text(f"没有 {path}", f"there is no {path}"), INSTALL)
    sha, stamp = files.digest(scene.addin), stamp_of(scene.addin)
    if stamp is None:
        found = Text(f"{path} 已损坏或不是交付簿的加载项", f"{path} is damaged or not Deliverybook's")
        return Check("addin", looked, "problem", found, INSTALL)
    if stamp.version != __version__:
        return _other_version(looked, stamp.version)
    shipped = files.content(setup.shipped_addin())
    if shipped is not None and files.digest(shipped) == sha:
        found = Text(
            f"版本 {__version__}，SHA-256 {sha} 与发布的一致", f"version {__version__}, SHA-256 {sha} as published"
        )
        return Check("addin", looked, "ok", found)
    recorded = files.read_record(scene.places).files.get(str(path)) == sha
    found = Text(
        f"版本 {__version__}，SHA-256 {sha} 与发布的不同",
        f"version {__version__}, SHA-256 {sha} is not the published one",
    )
    advice = Text(
        "如果这是公司签名后的文件，这是正常的；否则请重新安装。",
        "This is right if your company signed the file; otherwise install again.",
    )
    return Check("addin", looked, "ok" if recorded else "warning", found, advice)


def _other_version(looked: Text, version: str) -> Check:
    found = Text(f"加载项 {version}，程序 {__version__}", f"add-in {version}, package {__version__}")
    newer = order(version) > order(__version__)
    advice = Text(
        "升级交付簿程序，再运行 deliverybook addin install。",
        "Upgrade the package, then run deliverybook addin install.",
    )
    return Check("addin", looked, "problem", found, advice if newer else INSTALL)


def interpreter(scene: Scene) -> Check:
    """The configuration names a Python that exists and, started as Excel starts it, finds this package."""
    looked = Text("Excel 要调用的 Python", "The Python that Excel calls")
    path, told = scene.interpreter, scene.told
    if path is None:
        place = scene.places.configuration
        found = Text(f"{place} 里没有解释器路径", f"{place} names no interpreter")
        return Check("interpreter", looked, "problem", found, INSTALL)
    if told.failure:
        found = Text(f"{path} 不能用：{told.failure}", f"{path} does not work: {told.failure}")
        return Check("interpreter", looked, "problem", found, INSTALL)
    if told.version != __version__:
        found = Text(
            f"{path} 里是交付簿 {told.version}，不是 {__version__}",
            f"{path} has Deliverybook {told.version}, not {__version__}",
        )
        return Check("interpreter", looked, "problem", found, INSTALL)
    if path != scene.places.python():
        found = Text(
            f"{path}，不是正在运行的 {scene.places.python()}", f"{path}, not the one running, {scene.places.python()}"
        )
        return Check("interpreter", looked, "warning", found, INSTALL)
    return Check(
        "interpreter", looked, "ok", Text(f"{path}，交付簿 {told.version}", f"{path}, Deliverybook {told.version}")
    )


def xlwings(scene: Scene) -> Check:
    """The xlwings there is of a version that this package supports and, where names depend on it, of the add-in's."""
    looked = Text("xlwings 版本", "Version of xlwings")
    version = scene.told.xlwings
    if not version:
        found = Text("没有安装，或解释器不能用", "not installed, or the interpreter does not work")
        return Check("xlwings", looked, "problem", found, Text("重新安装交付簿。", "Reinstall Deliverybook."))
    if not within(version, scene.told.requires):
        found = Text(f"{version}，需要 {scene.told.requires}", f"{version}, needed is {scene.told.requires}")
        return Check("xlwings", looked, "problem", found, _pip(scene.told.requires))
    stamp = stamp_of(scene.addin) if scene.addin else None
    if stamp and stamp.xlwings and stamp.xlwings != version:
        found = Text(
            f"{version}，加载项用 {stamp.xlwings} 制成", f"{version}, the add-in was made with {stamp.xlwings}"
        )
        state: State = "problem" if scene.server else "warning"
        return Check("xlwings", looked, state, found, _pip(f"=={stamp.xlwings}"))
    return Check("xlwings", looked, "ok", Text(version, version))


def _pip(wanted: str) -> Text:
    command = f'pip install "xlwings{wanted}"'
    return Text(f"在这个 Python 里运行 {command}。", f"Run {command} with this Python.")


COMPARED = {
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
    "==": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
}


def within(version: str, wanted: str) -> bool:
    """Whether a version of numbers is in a range such as ``<0.40,>=0.33``."""
    ranges = re.findall(r"([<>=!]=|[<>])\s*([\d.]+)", wanted)
    return all(COMPARED[sign](order(version), order(limit)) for sign, limit in ranges)


def startup(scene: Scene) -> Check:
    """The folder that Excel opens at its start may be written, for installing and updating."""
    folder = scene.places.startup
    return writable("startup", Text("Excel 启动文件夹", "Excel's start-up folder"), folder, folder.parent)


def state(scene: Scene) -> Check:
    """The folder of logs, locks and the record may be written."""
    folder = scene.places.state
    return writable("state", Text("交付簿的记录文件夹", "Deliverybook's own folder"), folder, folder)


def writable(name: str, looked: Text, folder: Path, probe: Path) -> Check:
    """Whether a folder may be written, tried with a file in ``probe`` (where Excel does not look)."""
    if not folder.is_dir():
        found = Text(f"{folder} 还不存在", f"{folder} does not exist yet")
        return Check(name, looked, "warning", found, INSTALL)
    trial = probe / f".deliverybook-{uuid.uuid4().hex}"
    try:
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        found = Text(f"{folder} 不可写：{error.strerror}", f"{folder} may not be written: {error.strerror}")
        advice = Text("请 IT 部门给您本人写入这个文件夹的权限。", "Ask IT to let you write this folder.")
        return Check(name, looked, "problem", found, advice)
    return Check(name, looked, "ok", Text(f"{folder} 可写", f"{folder} may be written"))


def synced(scene: Scene) -> Check:
    """Python and its packages lie on this computer, not in a synchronised folder or on a server."""
    looked = Text("OneDrive、SharePoint 和网络盘", "OneDrive, SharePoint and network drives")
    roots = {name: scene.places.environment[name] for name in SYNC_VARIABLES if scene.places.environment.get(name)}
    path = scene.interpreter or scene.places.python()
    if is_unc(path) or is_synced(path, list(roots.values())):
        found = Text(f"Python 在同步或网络文件夹里：{path}", f"Python lies in a synchronised or network folder: {path}")
        advice = Text(
            "把交付簿装到本机文件夹(例如安装包默认的位置)，否则启动很慢，文件也可能不在本机。",
            "Install Deliverybook on this computer (the bundle's own place will do): starts are slow there, and files "
            "may not be on this computer at all.",
        )
        return Check("synced", looked, "warning", found, advice)
    if not roots:
        return Check(
            "synced", looked, "ok", Text("Python 在本机；没有登录 OneDrive", "Python is on this computer; no OneDrive")
        )
    shown = ", ".join(sorted(set(roots.values())))
    found = Text(f"Python 在本机；OneDrive 文件夹：{shown}", f"Python is on this computer; OneDrive: {shown}")
    documents = scene.places.state / "documents"
    advice = Text(
        f"那里的工作簿可以照常使用；Excel 以网址打开时，生成的文档放在 {documents}。",
        f"Workbooks in there work; for those that Excel opens by a web address, documents go to {documents}.",
    )
    return Check("synced", looked, "ok", found, advice)
