"""What a command is: its function, its options, and how it looks in the ribbon. Not here: which there are (``registry``)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal

from automation.base.findings import Text
from automation.base.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.commands.request import Request
    from automation.model.effects import Outcome

Group = Literal["entries", "requirements", "plan", "analysis", "documents", "workbook"]
GROUPS: tuple[tuple[Group, Text], ...] = (
    ("entries", Text("录入与检查", "Entries and checks")),
    ("requirements", Text("需求与变更", "Requirements and changes")),
    ("plan", Text("计划", "Plan")),
    ("analysis", Text("分析", "Analyses")),
    ("documents", Text("文档", "Documents")),
    ("workbook", Text("工作簿", "Workbook")),
)
"""The groups of the ribbon tab from the left."""


@dataclass(frozen=True, slots=True)
class Option:
    """One parameter of a command beyond the common ones. ``positional`` ones have no dashes.

    ``filled_from`` says what fills it after a click in an open workbook, where nobody types it: the name of the active
    sheet, or the key of the selected row (of the sheet ``of`` if that is given, else of whichever is active).
    ``kept`` is filled at every door, with what the last click changed.
    """

    name: str
    help: Text
    kind: Literal["text", "flag"] = "text"
    positional: bool = False
    metavar: str = ""
    filled_from: Literal["", "sheet", "row", "kept"] = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """How a command looks in the ribbon.

    ``code`` is its id in ``domain/5`` (``""`` for one that is not there), ``icon`` the name of one of Office's own pictures (imageMso), ``key_tip`` the
    letters after Alt and those of the tab; ``tip`` says in a sentence what a click does.
    """

    code: str
    group: Group
    icon: str
    key_tip: str
    tip: Text
    large: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command: ``id`` is its name on the command line, ``ribbon`` how it looks there (``None``: no button).

    ``writes`` says whether its edits are carried out always, never, only with ``--write``, or where the workbook is free
    (``when_free``: what it makes is made even while somebody has the workbook open); a click always asks for them. ``menu`` gives the choices of its first option, each a button of its own in a menu: value and name.
    """

    id: str
    run: Callable[[Request], Outcome]
    name: Text
    help: Text
    writes: Literal["always", "never", "asked", "when_free"]
    ribbon: Ribbon | None = None
    options: tuple[Option, ...] = ()
    menu: Callable[[], tuple[tuple[str, Text], ...]] | None = None
    closed: bool = False
    """It changes more of a file than can be changed while it is open: a click saves it, closes it and opens it again."""

    @property
    def control(self) -> str:
        """Its id in the ribbon, made of ``a`` to ``z`` and ``_``."""
        return self.id.replace("-", "_")


def later(module: str, name: str) -> Callable[[Request], Outcome]:
    """The function of that name in that module, which is loaded only when it runs: a check does not wait for it."""

    def run(request: Request) -> Outcome:
        function: Callable[[Request], Outcome] = getattr(import_module(module), name)
        return function(request)

    return run


WRITE = Option(
    "write",
    Text("写回检查结果表、计算列和单元格标记", "also write the findings sheet, computed columns and marks"),
    kind="flag",
)
SHEET = Option(
    "sheet",
    Text("工作表：名称或标识，如 需求", "the sheet: its name or identifier, such as requirements"),
    positional=True,
    metavar="SHEET",
    filled_from="sheet",
)
