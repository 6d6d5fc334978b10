"""The shape of a rule and of what it yields.

A rule is one function. Its docstring says what must hold and why it matters to a client, and ends with an example
that passes and one that fails; the manual's page and two tests are made from it.

Not here: the rules (``deviations``) and how they are run (``deviations.running``).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from automation.base.findings import Severity, Value

Tier = Literal["must", "should", "could"]


class Problem(NamedTuple):
    """One row that breaks a rule.

    ``row`` is the row itself; ``column`` the column to point at (part of the finding's identity); ``fields`` fill
    the message of the rule; ``severity`` replaces the rule's own; ``owner`` is the id of who should act.
    ``variant`` names a second wording of the rule's message, ``sheet`` the sheet of the row where it is not the
    rule's.
    """

    row: Any
    column: str = ""
    value: Value = None
    threshold: Value = None
    severity: Severity | None = None
    owner: str = ""
    fields: Mapping[str, object] = MappingProxyType({})
    variant: str = ""
    sheet: str = ""


class Rule(NamedTuple):
    """A rule: ``check`` yields a problem for each row that breaks it.

    ``inputs`` are ``sheet.column`` names: a row one of whose inputs failed a data check is not judged.
    ``regardless`` are columns that do not keep it from judging, because their being empty or wrong is what it is
    about. A rule one of whose columns, of both kinds, the workbook lacks is not run.
    ``parameters`` are the settings that it reads. ``sheet`` is where its findings stand.
    """

    id: str
    check: Callable[[Any], Iterator[Problem]]
    sheet: str
    severity: Severity
    inputs: tuple[str, ...]
    parameters: tuple[str, ...] = ()
    tier: Tier = "must"
    regardless: tuple[str, ...] = ()
