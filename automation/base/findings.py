"""What a check says: text in two languages, severities, places and findings.

Not here: the rules that make findings (``checks``, ``deviations``) and the sheet that shows them (``commands``).
"""

from __future__ import annotations

import enum
import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from automation.base.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

Language = Literal["zh", "en"]
Value = str | int | float | bool | Decimal | date | datetime | None
"""One value of a cell as Python sees it; ``None`` only means an empty cell."""


class Text(NamedTuple):
    """A sentence in Chinese and in English."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """The sentence in one language."""
        return self.zh if language == "zh" else self.en


EMPTY = Text("", "")


class Severity(enum.IntEnum):
    """How grave a finding is; the larger, the graver. ``ERROR`` blocks documents that need the row."""

    REMINDER = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    ERROR = 5

    @property
    def code(self) -> str:
        """The code used in JSON, settings and the ``severity`` list."""
        return self.name.lower()


class FindingStatus(enum.StrEnum):
    """Where a finding stands in comparison with the run before."""

    NEW = "new"
    CONTINUING = "continuing"
    RESOLVED = "resolved"
    WAIVED = "waived"


OPEN = frozenset({FindingStatus.NEW, FindingStatus.CONTINUING})
"""Where findings stand that count; resolved and waived ones do not."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: sheet and column as identifiers, the row's key, the cell as an A1 address.

    ``key``, ``column`` and ``cell`` are empty strings where the finding concerns a whole sheet or row.
    ``row`` is the row number in Excel's count (from 1), 0 when there is none.
    """

    sheet: str
    key: str = ""
    column: str = ""
    cell: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Repair:
    """A safe replacement that ``repair`` may write: what stands in the cell becomes ``value``."""

    value: Value


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a user should look at: where, what stands there, what was expected, what to do."""

    rule: str
    severity: Severity
    place: Place
    message: Text
    hint: Text
    value: Value = None
    threshold: Value = None
    owner: str = ""
    repair: Repair | None = None
    status: FindingStatus = FindingStatus.NEW
    reason: str = ""

    @property
    def id(self) -> str:
        """Identity over runs: rule, sheet, row key and column, so that a finding can be followed and waived."""
        place = self.place
        text = f"{self.rule}\x1f{place.sheet}\x1f{place.key}\x1f{place.column}"
        return f"F-{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def ordered(findings: Iterable[Finding], sheets: tuple[str, ...]) -> tuple[Finding, ...]:
    """Findings from the gravest to the mildest, then by sheet (in the order given), row and rule."""
    position = {sheet: number for number, sheet in enumerate(sheets)}

    def key(finding: Finding) -> tuple[int, int, int, str, str, str]:
        place = finding.place
        return (
            -finding.severity,
            position.get(place.sheet, len(position)),
            place.row,
            finding.rule,
            place.key,
            place.column,
        )

    return tuple(sorted(findings, key=key))


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity, gravest first; resolved and waived ones do not count."""
    total = {severity.code: 0 for severity in sorted(Severity, reverse=True)}
    for finding in findings:
        if finding.status in OPEN:
            total[finding.severity.code] += 1
    return total
