"""``deliverybook addin doctor``: every check of an installation in order, and how they are shown.

Not here: what is checked (``checks``, ``windows``, ``macos``).
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from automation import __version__
from automation.base.findings import Text
from automation.front.addin import checks, files, macos, setup, windows
from automation.front.addin.checks import Check, Interpreter, Probes, Scene
from automation.front.addin.places import require_excel
from automation.front.addin.server import is_running
from automation.front.output import Result

if TYPE_CHECKING:
    from automation.base.findings import Language
    from automation.front.addin.places import Places

SECONDS = 60
"""A Python that needs longer to start than this does not work."""
QUESTION = """
import json, sys
import xlwings.utils
from importlib import metadata
import automation
wanted = [one for one in metadata.requires("deliverybook") or () if one.startswith("xlwings")]
print(json.dumps({
    "version": automation.__version__,
    "xlwings": metadata.version("xlwings"),
    "requires": wanted[0].removeprefix("xlwings").partition(";")[0].strip() if wanted else "",
    "prefix": sys.prefix,
}))
"""
"""Asked of a Python with the very imports that a click begins with."""
BOTH = (checks.addin, checks.interpreter, checks.xlwings, checks.startup, checks.state, checks.synced)


def doctor(places: Places, *, language: Language = "zh", probes: Probes | None = None) -> Result:
    """All checks with what to do; exit 1 when there is a problem. Raises UsageError where there is no Excel."""
    require_excel(places)
    found = examined(places, probes or Probes(ask, read_registry, is_running))
    problems = sum(check.state == "problem" for check in found)
    return Result(
        command="addin doctor",
        book=f"Deliverybook {__version__}",
        exit=int(problems > 0),
        figures={state: sum(check.state == state for check in found) for state in STATES},
        lines=(*(line for check in found for line in _lines(check)), _total(problems)),
        tables={"checks": [_row(check, language) for check in found]},
        language=language,
    )


def examined(places: Places, probes: Probes) -> tuple[Check, ...]:
    """The checks of this system, in the order in which they are shown."""
    configuration = setup.read_configuration(places)
    named = configuration.get("INTERPRETER_WIN" if places.windows else "INTERPRETER_MAC", "")
    path = expanded(named, places) if named else None
    told = Interpreter(failure="-") if path is None else probes.ask(path)
    scene = Scene(places, probes, configuration, path, told, files.content(places.addin))
    return tuple(check(scene) for check in (*BOTH, *(windows.CHECKS if places.windows else macos.CHECKS)))


def expanded(text: str, places: Places) -> Path:
    r"""A path of the configuration as VBA takes it: ``%USERPROFILE%`` and ``$HOME`` are the home folder."""
    mark, slash = ("%USERPROFILE%", "\\") if places.windows else ("$HOME", "/")
    return places.home.joinpath(*text.split(slash)[1:]) if text.startswith(mark + slash) else Path(text)


def ask(interpreter: Path) -> Interpreter:
    """What a Python tells of itself, started in its own folder as the add-in starts it."""
    if not interpreter.is_file():
        return Interpreter(failure="文件不存在 / no such file")
    try:
        done = subprocess.run(  # noqa: S603 - the interpreter of this person's own configuration
            [str(interpreter), "-B", "-c", QUESTION],
            cwd=interpreter.parent,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        return Interpreter(**json.loads(done.stdout))
    except (OSError, subprocess.TimeoutExpired) as error:
        return Interpreter(failure=str(error))
    except (ValueError, TypeError):
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        return Interpreter(failure=lines[-1] if lines else f"exit {done.returncode}")


def read_registry(root: str, key: str, name: str) -> Any:
    """A value of Windows' registry, ``None`` when it is not there. Raises OSError when it may not be read."""
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - for Windows only

        with contextlib.suppress(FileNotFoundError), winreg.OpenKey(getattr(winreg, root), key) as opened:
            return winreg.QueryValueEx(opened, name)[0]
    return None


STATES = {
    "problem": Text("问题", "problem"),
    "warning": Text("注意", "warning"),
    "unknown": Text("未查看", "not seen"),
    "ok": Text("正常", "ok"),
}


def _lines(check: Check) -> list[Text]:
    mark = STATES[check.state]
    lines = [
        Text(f"[{mark.zh}] {check.looked.zh}：{check.found.zh}", f"[{mark.en}] {check.looked.en}: {check.found.en}")
    ]
    if check.advice.en:
        lines.append(Text(f"      → {check.advice.zh}", f"      → {check.advice.en}"))
    return lines


def _total(problems: int) -> Text:
    if problems:
        return Text(
            f"有 {problems} 个问题，请按 → 后面的说明处理。", f"{problems} problem(s): do what stands after the arrows."
        )
    return Text("没有发现问题。", "No problem was found.")


def _row(check: Check, language: Language) -> dict[str, str]:
    return {
        "id": check.id,
        "state": check.state,
        "looked_at": check.looked.in_(language),
        "found": check.found.in_(language),
        "advice": check.advice.in_(language),
    }
