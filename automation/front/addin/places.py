r"""Where Excel looks for what belongs to one person, on Windows and on macOS, as values that tests can invent.

``%APPDATA%\Microsoft\Excel\XLSTART`` and its brother on macOS are opened by Excel at its start, everything that lies
there included: so the add-in alone is put there, and never a backup, a version text or a temporary file. Not here:
the writing (``files``).
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import dataclass, field
from automation.front import state

if TYPE_CHECKING:
    from collections.abc import Mapping

WINDOWS, MACOS = "win32", "darwin"
ADDIN = "deliverybook.xlam"
PROJECT = "deliverybook"
"""The constant PROJECT_NAME of the add-in's VBA, by which it finds its configuration."""
LOG_ON = "deliverybook-server.cmd"
SYSTEMS = {WINDOWS: Text("Windows", "Windows"), MACOS: Text("macOS", "macOS")}


UNSAFE = re.compile(r"[^\w./+@:,-]", re.ASCII)
"""What a shell would take apart: the script puts the interpreter's path into a command without quotation marks."""


@dataclass(frozen=True, slots=True)
class Places:
    """One person's folders and the Python that is to work for Excel.

    ``platform`` is as ``sys.platform`` has it; ``roaming`` is ``%APPDATA%`` (unused on macOS); ``base`` is where the
    Python lies that an environment was made from; ``encoding`` is what VBA reads text files in.
    """

    platform: str
    home: Path
    roaming: Path
    state: Path
    executable: Path
    base: Path
    encoding: str = "ascii"
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def windows(self) -> bool:
        """Whether this is Windows, not macOS."""
        return self.platform == WINDOWS

    @property
    def office(self) -> Path:
        """The folder that Excel itself makes when it is first started, and that is not ours to make on macOS."""
        if self.windows:
            return self.roaming / "Microsoft"
        return self.home / "Library/Group Containers/UBF8T346G9.Office"

    @property
    def startup(self) -> Path:
        """The folder whose files Excel opens at its start."""
        if self.windows:
            return self.office / "Excel" / "XLSTART"
        return self.office / "User Content.localized/Startup.localized/Excel"

    @property
    def addin(self) -> Path:
        """The installed add-in."""
        return self.startup / ADDIN

    @property
    def container(self) -> Path:
        """What Excel on macOS takes for its home folder."""
        return self.home / "Library/Containers/com.microsoft.Excel/Data"

    @property
    def configuration(self) -> Path:
        """The file in which the add-in's VBA looks for the Python to call."""
        if self.windows:
            return self.home / f".{PROJECT}" / f"{PROJECT}.conf"
        return self.container / f"{PROJECT}.conf"

    @property
    def scripts(self) -> Path:
        """Where macOS lets Excel run AppleScript from."""
        return self.home / "Library/Application Scripts/com.microsoft.Excel"

    @property
    def log_on(self) -> Path:
        """The command file that Windows runs when this person logs on, for the persistent server."""
        return self.roaming / "Microsoft/Windows/Start Menu/Programs/Startup" / LOG_ON

    @property
    def record(self) -> Path:
        """The list of what was installed."""
        return self.state / "addin.json"

    @property
    def kept(self) -> Path:
        """Where files go that stood in the way."""
        return self.state / "addin-kept"

    def python(self, *, windowless: bool = False) -> Path:
        """The interpreter that Excel is to call; on Windows the one with or without a console."""
        if not self.windows or self.executable.name.lower() not in {"python.exe", "pythonw.exe"}:
            return self.executable
        return self.executable.with_name("pythonw.exe" if windowless else "python.exe")

    def portable(self, path: Path) -> str:
        r"""A path as VBA expands it: below the home folder it begins with ``%USERPROFILE%`` or ``$HOME``.

        So it stays plain letters where a person's folder is ``C:\Users\张三``; VBA reads files in an old code page.
        """
        mark, slash = ("%USERPROFILE%", "\\") if self.windows else ("$HOME", "/")
        if path.is_relative_to(self.home):
            return slash.join((mark, *path.relative_to(self.home).parts))
        return str(path)


def places_here() -> Places:
    """The places of the person who runs this, on this machine."""
    home = Path.home()
    return Places(
        platform=sys.platform,
        home=home,
        roaming=Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming"),
        state=state.folder(),
        executable=Path(sys.executable),
        base=Path(sys.base_prefix),
        encoding="mbcs" if sys.platform == WINDOWS else "ascii",
        environment=dict(os.environ),
    )


def require_excel(places: Places) -> None:
    """Raises UsageError where Excel does not exist, or where nothing that is written would reach it."""
    if places.platform not in SYSTEMS:
        raise UsageError(
            Text(
                "Excel 只能在 Windows 和 macOS 上运行：请在装有 Excel 的电脑上运行这条命令；本机可以用 deliverybook serve 或命令行。",
                "Excel runs on Windows and macOS only: run this where Excel is installed; here, use deliverybook serve "
                "or the command line.",
            ),
            code="ADDIN_PLATFORM",
        )
    if places.windows and "WindowsApps" in places.base.parts:
        raise UsageError(
            Text(
                "这个 Python 来自 Microsoft Store，它写入 AppData 的文件 Excel 看不到：请改装 python.org 的 Python(选“仅为我安装”)，再重新安装交付簿。",
                "This Python comes from the Microsoft Store, and Excel does not see what it writes to AppData: install "
                "Python from python.org (for you only) and Deliverybook into it.",
            ),
            code="ADDIN_STORE_PYTHON",
        )
    if not places.windows and not (places.office.is_dir() and places.container.is_dir()):
        raise UsageError(
            Text(
                "没有找到 Excel 的个人文件夹：请先启动一次 Excel 并退出，再运行 deliverybook addin install。",
                "Excel's folders of this user do not exist yet: start Excel once, quit it, then run deliverybook addin install.",
            ),
            code="ADDIN_NO_EXCEL",
        )


def strange_signs(python: Path) -> str:
    """The signs of a path, quoted, that the script which starts Python would take for its own; ``""`` for none."""
    return " ".join(f"“{sign}”" for sign in sorted(set(UNSAFE.findall(str(python)))))
