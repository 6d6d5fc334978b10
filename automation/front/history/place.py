"""Where the history is kept and how long: the section ``history:`` of a config.yaml, with a finding for what is not understood.

Not here: passwords (``store.history.connecting``), what keeps runs (``front.batch``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Finding, Place, Severity, Text
from automation.base.secrets import without_passwords
from automation.front import circumstances, library, state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from automation.model.runs import BookRun
    from automation.model.trends import Kept, Moved, Point
    from automation.store.history import History

SECTION = "history"
KEYS = ("url", "keep_days")
FILE = "history.sqlite"
LOCAL_FILE = "sqlite:///"
MOST_DAYS = 36_500
EXAMPLE = "history: {url: postgresql://deliverybook@db.example.com/deliverybook, keep_days: 730}"


class Where(NamedTuple):
    """The address of the database (``None``: the file of this user) and the days that runs are kept (0: for ever)."""

    url: str | None = None
    keep_days: int = 0


def where_of(config: object, home: Path) -> tuple[Where, tuple[Finding, ...]]:
    """What a parsed configuration says; a path in it begins at the folder ``home``."""
    section = config.get(SECTION) if isinstance(config, dict) else None
    if section is None:
        return Where(), ()
    if not isinstance(section, dict):
        expected = Text(f"应写成 {EXAMPLE}", f"expected {EXAMPLE}")
        return Where(), (_finding("", section, expected),)
    findings = [_unknown(str(key)) for key in section if key not in KEYS]
    url = str(section.get("url") or "").strip() or None
    if url and url.startswith(LOCAL_FILE):
        url = LOCAL_FILE + str(home / url.removeprefix(LOCAL_FILE))
    days = section.get("keep_days")
    if days is not None and (not str(days).isascii() or not str(days).isdigit() or not 1 <= int(days) <= MOST_DAYS):
        expected = Text(f"应为 1 至 {MOST_DAYS} 的整数（天）", f"expected a whole number of days from 1 to {MOST_DAYS}")
        findings.append(_finding("keep_days", days, expected))
        days = None
    return Where(url, int(days or 0)), tuple(findings)


def place(config: Path | None) -> tuple[Where, tuple[Finding, ...]]:
    """What is in force: of the file named, else of config.yaml here, else of the one in this user's own folder.

    Raises SettingsError when the file cannot be read.
    """
    for path in (config,) if config else (Path.cwd() / "config.yaml", state.folder() / "config.yaml"):
        if config or path.is_file():
            return where_of(library.config_of(path), path.resolve().parent)
    return Where(), ()


def opened(config: Path | None) -> History:
    """The history in force. Raises AutomationError when it cannot be opened."""
    where, _ = place(config)
    return _opened(where)


def notices(findings: Sequence[Finding]) -> tuple[Text, ...]:
    """What is wrong in the section, in sentences: another history than the one that was meant may be in force."""
    both = ((one.message, one.hint) for one in findings)
    return tuple(Text(f"{message.zh}{hint.zh}", f"{message.en} {hint.en}") for message, hint in both)


def _opened(where: Where) -> History:
    from automation.store.history import History  # noqa: PLC0415 - the database loads only for what is kept

    return History.open(where.url) if where.url else History.open(path=state.folder("batch") / FILE)


class Recorder:
    """Keeps the runs of batches in the history in force. Raises AutomationError when it cannot be opened."""

    def __init__(self, config: Path | None) -> None:
        self.where, _ = place(config)
        self.history = _opened(self.where)

    def record(self, run: BookRun) -> bool:
        """Keep a run; ``False`` when one of its id is kept already."""
        return self.history.record(run)

    def last(self, book: str) -> Kept | None:
        """The newest kept run that could read a workbook, ``None`` when there is none."""
        return self.history.last(book, read=True)

    def thin_out(self) -> int:
        """Forget the runs that are older than the configuration says; how many that were."""
        days = self.where.keep_days
        return self.history.retain(days, circumstances.moment()) if days else 0

    def moved_of_all(self, since: datetime) -> Mapping[str, Sequence[Moved]]:
        """The findings of every workbook by path and day, by checks that began at a moment (UTC, inclusive) or later."""
        return self.history.moved_of_all(since=since)

    def trend(self, book: str) -> Sequence[Point]:
        """The projects of a workbook, run by run, from the oldest on."""
        return self.history.trend(book)

    def close(self) -> None:
        """Give the connections back."""
        self.history.close()


def _unknown(key: str) -> Finding:
    import difflib  # noqa: PLC0415 - only what is misspelt waits for it

    near = difflib.get_close_matches(key, KEYS, 1)
    hint = (
        Text(f"是否应为“{near[0]}”？", f"Did you mean '{near[0]}'?")
        if near
        else Text("请删除该行。", "Remove the line.")
    )
    message = Text(f"“{SECTION}”部分的“{key}”不认识。", f"'{key}' in the section '{SECTION}' is not known.")
    return Finding("CONFIG", Severity.MEDIUM, Place("config.yaml", SECTION, key), message, hint, value=key)


def _finding(key: str, value: Any, expected: Text) -> Finding:
    shown = without_passwords(str(value))
    name = f"{SECTION}.{key}".rstrip(".")
    message = Text(f"“{name}”填了“{shown}”，{expected.zh}。", f"'{name}' holds '{shown}': {expected.en}.")
    hint = Text(
        "请在 config.yaml 中更正；现按没有填写处理。", "Correct it in config.yaml; until then it counts as empty."
    )
    return Finding("CONFIG", Severity.MEDIUM, Place("config.yaml", SECTION, key), message, hint, value=shown)
