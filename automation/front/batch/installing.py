"""``batch install`` and ``batch uninstall``: the entry that makes the operating system call ``batch run``.

Nothing needs an administrator: it is an entry of this user. Not here: the texts (``entries``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.front import circumstances, state
from automation.front.batch import entries
from automation.front.batch.times import pace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from automation.front.batch.jobs import Job

SYSTEMS = ("systemd", "cron", "launchd", "windows")


class Done(NamedTuple):
    """What a program of the system said: exit status and output."""

    status: int
    out: str


class Computer(NamedTuple):
    """What installing touches: the user's home, and how programs of the system are called (words, their input)."""

    home: Path
    call: Callable[[Sequence[str], str], Done]


class Plan(NamedTuple):
    """Files to write and programs to call, in order; each program with its input. ``rest`` is said at the end."""

    files: tuple[tuple[Path, bytes], ...]
    calls: tuple[tuple[tuple[str, ...], str], ...]
    rest: tuple[Text, ...] = ()


def call(words: Sequence[str], text: str) -> Done:
    """Call a program of the system."""
    try:
        ended = subprocess.run(  # noqa: S603 - fixed programs of the system
            [*words], input=text, capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Done(127, str(error))
    return Done(ended.returncode, ended.stdout if ended.returncode == 0 else ended.stdout + ended.stderr)


def this_computer() -> Computer:
    """The computer and user of this process."""
    return Computer(Path.home(), call)


def system_of(wanted: str = "") -> str:
    """The scheduler to use: the one wanted, else the usual one of this system."""
    if wanted:
        return wanted
    if os.name == "nt":
        return "windows"
    if sys.platform == "darwin":
        return "launchd"
    return "systemd" if Path("/run/systemd/system").is_dir() and shutil.which("systemctl") else "cron"


def entry_of(config: Path, jobs: Sequence[Job]) -> entries.Entry:
    """The entry for a configuration, as often as the times of its jobs need."""
    program = Path(sys.executable)
    quiet = program.with_name("pythonw.exe")  # opens no window on Windows
    words = [str(quiet if quiet.is_file() else program), "-m", "automation", "batch", "run", "--config", str(config)]
    kept = {name: os.environ[name] for name in ("DELIVERYBOOK_STATE",) if os.environ.get(name)}
    times = [one for job in jobs for one in job.times]
    log = state.folder("batch") / "scheduled.log"
    return entries.Entry([*words, "--quiet"], pace(times), {**kept, "PYTHONUTF8": "1"}, str(config.parent), str(log))


def installed(system: str, entry: entries.Entry, computer: Computer) -> Plan:
    """What installing means on a system."""
    if system == "systemd":
        folder = _units(computer)
        return Plan(
            (
                (folder / f"{entries.NAME}.service", entries.service(entry).encode()),
                (folder / f"{entries.NAME}.timer", entries.timer(entry).encode()),
            ),
            (
                (("systemctl", "--user", "daemon-reload"), ""),
                (("systemctl", "--user", "enable", "--now", f"{entries.NAME}.timer"), ""),
            ),
            (
                Text(
                    "要在没有登录时也执行，请运行一次 loginctl enable-linger。",
                    "To have it run while you are not signed in, run loginctl enable-linger once.",
                ),
            ),
        )
    if system == "cron":
        table = entries.crontab_with(_crontab(computer), entries.cron_line(entry))
        return Plan((), ((("crontab", "-"), table),))
    if system == "launchd":
        path = _agent(computer)
        return Plan(
            ((path, entries.launchd(entry)),),
            ((("launchctl", "unload", str(path)), ""), (("launchctl", "load", "-w", str(path)), "")),
        )
    begin = f"{circumstances.now():%Y-%m-%dT00:00:00}"
    path = state.folder("batch") / "task.xml"
    words = ("schtasks", "/Create", "/TN", entries.TASK, "/XML", str(path), "/F")
    return Plan(((path, entries.windows_task(entry, begin=begin)),), ((words, ""),))


def uninstalled(system: str, computer: Computer) -> Plan:
    """What uninstalling means on a system; its files are those to delete."""
    if system == "systemd":
        folder = _units(computer)
        return Plan(
            tuple((folder / f"{entries.NAME}.{kind}", b"") for kind in ("timer", "service")),
            (
                (("systemctl", "--user", "disable", "--now", f"{entries.NAME}.timer"), ""),
                (("systemctl", "--user", "daemon-reload"), ""),
            ),
        )
    if system == "cron":
        return Plan((), ((("crontab", "-"), entries.crontab_with(_crontab(computer), "")),))
    if system == "launchd":
        path = _agent(computer)
        return Plan(((path, b""),), ((("launchctl", "unload", "-w", str(path)), ""),))
    words = ("schtasks", "/Delete", "/TN", entries.TASK, "/F")
    return Plan(((state.folder("batch") / "task.xml", b""),), ((words, ""),))


def install(plan: Plan, computer: Computer) -> None:
    """Write the files and call the programs. Raises UsageError when the last program does not do it."""
    for path, data in plan.files:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise _failed(str(path), str(error)) from error
    _call_all(plan, computer)


def uninstall(plan: Plan, computer: Computer) -> None:
    """Call the programs and delete the files, whatever is there of them."""
    for words, text in plan.calls:
        computer.call(words, text)
    for path, _ in plan.files:
        path.unlink(missing_ok=True)


def _call_all(plan: Plan, computer: Computer) -> None:
    for number, (words, text) in enumerate(plan.calls, start=1):
        done = computer.call(words, text)
        if done.status and number == len(plan.calls):
            raise _failed(" ".join(words), done.out.strip().replace("\n", " "))


def _failed(what: str, detail: str) -> UsageError:
    return UsageError(
        Text(
            f"没有装好：{what}（{detail}）。可用 --with {'、'.join(SYSTEMS)} 换一种方式。",
            f"Not installed: {what} ({detail}). Another way can be chosen by --with {', '.join(SYSTEMS)}.",
        ),
        code="NOT_INSTALLED",
    )


def _units(computer: Computer) -> Path:
    return computer.home / ".config" / "systemd" / "user"


def _agent(computer: Computer) -> Path:
    return computer.home / "Library" / "LaunchAgents" / f"{entries.LABEL}.plist"


def _crontab(computer: Computer) -> str:
    """The user's crontab, empty when there is none."""
    done = computer.call(("crontab", "-l"), "")
    return done.out if done.status == 0 else ""
