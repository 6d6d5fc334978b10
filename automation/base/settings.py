"""Settings in force: typed values by key, and which rules are on.

Not here: where they come from and whether they are sound (``schema.parameters``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from automation.base.findings import Language, Severity
from automation.base.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What a company changed about a rule: off, or another severity (``None``: the rule's own)."""

    enabled: bool = True
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Values by parameter key, complete and of the parameter's type; ``rules`` by rule id where changed.

    ``company`` names the file with the company's own rules, ``""`` for none.
    """

    values: Mapping[str, Any]
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    company: str = ""

    def number(self, key: str) -> float:
        """A number: days, percent, points, hours or a plain number."""
        return float(self.values[key])

    def whole(self, key: str) -> int:
        """A whole number, such as a count of days."""
        return int(self.values[key])

    def text(self, key: str) -> str:
        """A text, ``""`` when it is not set."""
        value = self.values[key]
        return "" if value is None else str(value)

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        return tuple(self.values[key] or ())

    @property
    def status_date(self) -> date | None:
        """The day at whose end everything stands; ``None`` when nobody set it."""
        value = self.values["status_date"]
        return value if isinstance(value, date) else None

    @property
    def language(self) -> Language:
        """The language of messages."""
        return "en" if self.values["language"] == "en" else "zh"

    @property
    def fail_on(self) -> Severity:
        """The mildest severity that makes a command end with exit code 1."""
        return Severity[str(self.values["fail_on"]).upper()]

    def rule(self, rule: str) -> RuleSetting:
        """What the company changed about a rule."""
        return self.rules.get(rule, RuleSetting())
