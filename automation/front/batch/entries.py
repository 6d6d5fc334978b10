"""The entries of operating systems that call ``batch run`` every few minutes, as texts: systemd, cron, launchd, Windows.

``batch run`` itself knows what is due, so that an entry stays as it is when jobs or their times change. Not here: where the
texts go (``installing``).
"""

from __future__ import annotations

import plistlib
import shlex
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = "deliverybook-batch"
LABEL = "com.deliverybook.batch"
TASK = "Deliverybook Batch"
DESCRIPTION = "交付簿批处理 Deliverybook batch"


class Entry(NamedTuple):
    """What the system is to call: the words, every so many minutes, variables, and the folder for what it prints."""

    words: Sequence[str]
    minutes: int
    variables: Mapping[str, str]
    folder: str
    log: str


def service(entry: Entry) -> str:
    """The unit of systemd that runs a batch once. Being stopped, it lets workbooks in progress end."""
    variables = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in entry.variables.items())
    return (
        f"[Unit]\nDescription={DESCRIPTION}\n\n"
        f"[Service]\nType=oneshot\nExecStart={' '.join(map(_quoted, entry.words))}\n"
        f"WorkingDirectory={_percent(entry.folder)}\n{variables}"
        "SuccessExitStatus=1\nKillMode=mixed\nTimeoutStopSec=60\nNice=10\n"
    )


def timer(entry: Entry) -> str:
    """The timer of systemd for it; ``Persistent`` makes up what was missed while the computer was off."""
    return (
        f"[Unit]\nDescription={DESCRIPTION}\n\n"
        f"[Timer]\nOnCalendar=*:0/{entry.minutes}\nPersistent=true\nAccuracySec=10s\nUnit={NAME}.service\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def cron_line(entry: Entry) -> str:
    """The line of a crontab. In it ``%`` would end the command."""
    variables = " ".join(f"{name}={shlex.quote(value)}" for name, value in entry.variables.items())
    command = f"cd {shlex.quote(entry.folder)} && {variables} {shlex.join(entry.words)}".replace("  ", " ")
    command += f" >> {shlex.quote(entry.log)} 2>&1"
    return f"*/{entry.minutes} * * * * {command}".replace("%", r"\%")


BEGIN, END = f"# {NAME}: begin", f"# {NAME}: end"


def crontab_with(present: str, line: str) -> str:
    """A crontab with our line in place of an earlier one; an empty ``line`` takes it out. Everything else stays."""
    kept, ours = [], False
    for row in present.splitlines():
        ours = ours or row == BEGIN
        if not ours:
            kept.append(row)
        ours = ours and row != END
    rows = [*kept, *([BEGIN, line, END] if line else [])]
    return "".join(f"{row}\n" for row in rows)


def launchd(entry: Entry) -> bytes:
    """The agent of launchd."""
    return plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": [*entry.words],
            "StartInterval": entry.minutes * 60,
            "RunAtLoad": True,
            "WorkingDirectory": entry.folder,
            "EnvironmentVariables": dict(entry.variables),
            "StandardOutPath": entry.log,
            "StandardErrorPath": entry.log,
            "ProcessType": "Background",
            "ExitTimeOut": 60,
        }
    )


def windows_task(entry: Entry, *, begin: str) -> bytes:
    """The task of the Windows Task Scheduler, as UTF-16 XML; ``begin`` is a local time such as 2026-06-12T00:00:00.

    It runs for the user who is signed in, makes up a missed start, and never twice at once.
    """
    arguments = " ".join(_windows_quoted(word) for word in entry.words[1:])
    text = f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>{escape(DESCRIPTION)}</Description></RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition><Interval>PT{entry.minutes}M</Interval><StopAtDurationEnd>false</StopAtDurationEnd></Repetition>
      <StartBoundary>{begin}</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author"><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(entry.words[0])}</Command>
      <Arguments>{escape(arguments)}</Arguments>
      <WorkingDirectory>{escape(entry.folder)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""
    return text.replace("\n", "\r\n").encode("utf-16")


def _percent(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """A word for a unit of systemd."""
    escaped = _percent(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"'


def _windows_quoted(word: str) -> str:
    from subprocess import list2cmdline  # noqa: PLC0415 - only Windows wants it

    return list2cmdline([word])
