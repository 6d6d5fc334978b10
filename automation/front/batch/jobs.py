"""The section ``jobs:`` of a config.yaml as values, with a finding for everything in it that is not understood.

A job that cannot be run as it is written is left out; the others run. Not here: when jobs are due (``due``), running
them (``running``).
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import dataclass
from automation.front.batch.job_findings import invalid, shapeless, unknown
from automation.front.batch.times import EXPECTED, Times, TimesError, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import tzinfo

    from automation.base.findings import Finding

KEYS = (
    "name",
    "folders",
    "patterns",
    "exclude",
    "commands",
    "times",
    "timezone",
    "status_date",
    "tell",
    "send",
    "reports",
    "limits",
    "workers",
    "open",
    "cluster",
    "enabled",
)
COMMANDS = ("check --write", "document D28")
PATTERNS = ("*.xlsx", "*.xlsm")
OWNERS = "owners"
LIMITS = ("seconds", "megabytes")
NUMBERS = {"seconds": (1, 86_400, 120), "megabytes": (128, 65_536, 1024), "workers": (1, 64, 0)}
"""Least, most and default of the numbers; ``workers`` 0 means one for each processor."""
CHOICES = {"open": ("read", "skip"), "status_date": ("today", "workbook")}


@dataclass(frozen=True, slots=True)
class Job:
    """One job: which workbooks, what is done to them, when, and who hears of it.

    ``commands`` are the words of command lines without the workbook; ``status_date`` is the day of the run or what the
    workbook says; ``tell`` are addresses and the word ``owners``, ``send`` whether their mails are sent
    (``None``: as the section ``mail`` says); ``reports`` is the folder of overview and documents (``None``: beside the configuration, documents where each workbook has them). ``seconds`` and ``megabytes`` limit each
    workbook; ``opened`` says what is done with one that somebody has open.
    """

    name: str
    folders: tuple[Path, ...]
    patterns: tuple[str, ...] = PATTERNS
    exclude: tuple[str, ...] = ()
    commands: tuple[tuple[str, ...], ...] = ()
    times: tuple[Times, ...] = ()
    written_times: tuple[str, ...] = ()
    zone: tzinfo | None = None
    status_date: Literal["today", "workbook"] = "today"
    tell: tuple[str, ...] = ()
    send: bool | None = None
    reports: Path | None = None
    seconds: int = 120
    megabytes: int = 1024
    workers: int = 0
    opened: Literal["read", "skip"] = "read"
    cluster: str = ""
    enabled: bool = True


class Jobs(NamedTuple):
    """The jobs of a configuration that can be run, in its order, and what is wrong with it."""

    jobs: tuple[Job, ...]
    findings: tuple[Finding, ...]


class World(NamedTuple):
    """What judging a job needs to know of the computer: folders, zones, and whether words are a command on a workbook.

    ``command`` raises UsageError for words that are none, ``zone`` KeyError for a name that is none.
    """

    is_folder: Callable[[Path], bool]
    zone: Callable[[str], tzinfo]
    command: Callable[[Sequence[str]], object]


def jobs_of(config: object, home: Path, world: World) -> Jobs:
    """The jobs of a parsed configuration; its paths begin at the folder ``home``."""
    section = config.get("jobs") if isinstance(config, dict) else None
    if section is None:
        return Jobs((), ())
    entries: list[Any] = []
    if isinstance(section, dict):
        entries = [{"name": name, **(job if isinstance(job, dict) else {})} for name, job in section.items()]
    elif isinstance(section, list):
        entries = section
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        return Jobs((), (shapeless(),))
    jobs: list[Job] = []
    findings: list[Finding] = []
    for number, entry in enumerate(entries, start=1):
        reader = _Reader(entry, str(entry.get("name") or number), home, world)
        job = reader.job()
        if job is not None and any(one.name == job.name for one in jobs):
            reader.wrong("name", job.name, Text("每个任务的名称应不同", "expected a different name for each job"))
            job = None
        findings += reader.findings
        jobs += [] if job is None else [job]
    return Jobs(tuple(jobs), tuple(findings))


class _Reader:
    """Reads one entry; ``findings`` grows, and what stops the job is told apart from what does not."""

    def __init__(self, entry: dict[Any, Any], name: str, home: Path, world: World) -> None:
        self.entry, self.name, self.home, self.world = entry, name, home, world
        self.findings: list[Finding] = []
        self.stopped = False

    def job(self) -> Job | None:
        """The job, ``None`` when it cannot be run as it is written."""
        self.findings += [unknown(self.name, str(key), KEYS) for key in self.entry if key not in KEYS]
        if not self.entry.get("name"):
            self.wrong(
                "name", "", Text("应有一个名称，例如 name: 每晚检查", "expected a name, such as name: nightly check")
            )
        self._check_limits()
        reports = self.entry.get("reports")
        job = Job(
            name=self.name,
            folders=self._folders(),
            patterns=self._patterns("patterns") or PATTERNS,
            exclude=self._patterns("exclude"),
            commands=self._commands(),
            times=tuple(self._times()),
            written_times=self._words("times"),
            zone=self._zone(),
            status_date=self._choice("status_date"),
            tell=self._tell(),
            send=self._send(),
            reports=None if reports is None else self.home / str(reports),
            **{key: self._number(key) for key in NUMBERS},
            opened=self._choice("open"),
            cluster=self._cluster(),
            enabled=self.entry.get("enabled") is not False,
        )
        return None if self.stopped else job

    def wrong(self, key: str, value: object, expected: Text, *, stops: bool = True) -> None:
        """Note a value that does not fit its key."""
        self.findings.append(invalid(self.name, key, value, expected, stops=stops))
        self.stopped = self.stopped or stops

    def _words(self, key: str) -> tuple[str, ...]:
        given = self.entry.get(key)
        parts: Iterable[Any] = given if isinstance(given, list) else () if given is None else (given,)
        return tuple(_shown(part, key).strip() for part in parts if str(part).strip())

    def _patterns(self, key: str) -> tuple[str, ...]:
        words = self._words(key)
        for word in words:
            if Path(word).is_absolute() or ".." in Path(word).parts or ("**" in word and "**" not in Path(word).parts):
                expected = Text(
                    "应为文件夹内的模式，例如 **/*.xlsx", "expected a pattern inside the folder such as **/*.xlsx"
                )
                self.wrong(key, word, expected)
        return words

    def _folders(self) -> tuple[Path, ...]:
        wanted = [(word, self.home / Path(word).expanduser()) for word in self._words("folders")]
        there = [path for _, path in wanted if self.world.is_folder(path)]
        for word, path in wanted:
            if path not in there:
                expected = Text(
                    f"应为存在的文件夹；没有找到 {path}", f"expected a folder that exists; {path} was not found"
                )
                self.wrong("folders", word, expected, stops=not there)
        if not wanted:
            self.wrong(
                "folders",
                "",
                Text("应至少有一个文件夹，例如 folders: [项目]", "expected folders, such as folders: [projects]"),
            )
        return tuple(dict.fromkeys(there))

    def _commands(self) -> tuple[tuple[str, ...], ...]:
        found = []
        for line in self._words("commands") or COMMANDS:
            try:
                words = tuple(shlex.split(line))
                self.world.command(words)
            except UsageError as error:
                self.wrong("commands", line, Text(error.text.zh.rstrip("。"), error.text.en.rstrip(".")))
            except ValueError:
                self.wrong("commands", line, Text("引号应成对", "expected quotation marks in pairs"))
            else:
                found.append(words)
        return tuple(found)

    def _times(self) -> list[Times]:
        given = self.entry.get("times")
        found = []
        for text in given if isinstance(given, list) else () if given is None else (given,):
            try:
                found.append(parse(text))
            except TimesError:
                self.wrong("times", _shown(text, "times"), EXPECTED)
        return found

    def _zone(self) -> tzinfo | None:
        name = self.entry.get("timezone")
        if name is None:
            return None
        try:
            return self.world.zone(str(name))
        except (KeyError, ValueError, OSError):
            self.wrong(
                "timezone", name, Text("应为时区名称，例如 Asia/Shanghai", "expected a time zone such as Asia/Shanghai")
            )
        return None

    def _tell(self) -> tuple[str, ...]:
        words = self._words("tell")
        for word in words:
            if word != OWNERS and "@" not in word.strip("@"):
                expected = Text("应为邮箱地址，或 owners（各负责人）", "expected an e-mail address, or owners")
                self.wrong("tell", word, expected, stops=False)
        return tuple(word for word in words if word == OWNERS or "@" in word.strip("@"))

    def _send(self) -> bool | None:
        given = self.entry.get("send")
        if given is not None and not isinstance(given, bool):
            self.wrong("send", given, Text("应为 true 或 false", "expected true or false"), stops=False)
            return False
        if given and not self._words("tell"):
            expected = Text(
                "还要用 tell 写明发给谁，例如 tell: [owners]", "expected tell beside it, such as tell: [owners]"
            )
            self.wrong("send", "true", expected, stops=False)
        return given

    def _number(self, key: str) -> int:
        least, most, usual = NUMBERS[key]
        given = (self._limits() if key in LIMITS else self.entry).get(key)
        if given is None:
            return usual
        try:
            number = int(str(given))
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            expected = Text(f"应为 {least} 至 {most} 之间的整数", f"expected a whole number from {least} to {most}")
            self.wrong(key, given, expected, stops=False)
            return usual
        return number

    def _limits(self) -> dict[Any, Any]:
        limits = self.entry.get("limits")
        return limits if isinstance(limits, dict) else {}

    def _check_limits(self) -> None:
        limits = self.entry.get("limits")
        if limits is not None and not isinstance(limits, dict):
            example = "limits: {seconds: 120, megabytes: 1024}"
            self.wrong("limits", limits, Text(f"应写成 {example}", f"expected {example}"), stops=False)
        self.findings += [
            unknown(self.name, f"limits.{key}", tuple(f"limits.{name}" for name in LIMITS))
            for key in self._limits()
            if key not in LIMITS
        ]

    def _choice(self, key: str) -> Any:
        choices = CHOICES[key]
        given = str(self.entry.get(key) or choices[0]).strip()
        if given not in choices:
            expected = Text(f"应为以下之一：{'、'.join(choices)}", f"expected one of {', '.join(choices)}")
            self.wrong(key, given, expected, stops=False)
            return choices[0]
        return given

    def _cluster(self) -> str:
        address = str(self.entry.get("cluster") or "").strip()
        if address and not address.startswith(("tcp://", "tls://")):
            expected = Text(
                "应为调度器地址，例如 tcp://10.0.0.5:8786", "expected a scheduler such as tcp://10.0.0.5:8786"
            )
            self.wrong("cluster", address, expected)
        return address


def _shown(part: object, key: str) -> str:
    """A word as it was typed; YAML reads ``22:30`` as the number 1350."""
    if key == "times" and isinstance(part, int) and not isinstance(part, bool) and part >= 0:
        return f"{part // 60:02}:{part % 60:02}"
    return str(part)
