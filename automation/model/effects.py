"""What a command wants done, as values: edits, marks, whole owned sheets, documents, notices.

Not here: the doing, which is ``front.runner``'s alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import EMPTY
from automation.base.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Finding, Language, Severity, Text, Value
    from automation.model.charts.chart import Chart
    from automation.schema.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell of a worksheet (by its name in the workbook) gets a value; ``None`` empties it.

    ``str`` is always written as text, never as a formula. Dates need a cell whose style shows a date.
    """

    sheet: str
    cell: str
    value: Value


@dataclass(frozen=True, slots=True)
class AppendRows:
    """Rows added under the table of a worksheet; ``rows`` maps column number (from 1) to value, in order."""

    sheet: str
    rows: tuple[Mapping[int, Value], ...]


@dataclass(frozen=True, slots=True)
class ReplaceRows:
    """All rows of an owned sheet's table are replaced; ``rows`` are complete rows from the table's first column.

    ``links`` maps (row index from 0, column index from 0) to the place in the workbook a click leads to,
    such as ``'计划'!D5``.
    """

    sheet: str
    rows: tuple[tuple[Value, ...], ...]
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marks:
    """The complete set of marked cells of a worksheet by severity; cells not named lose their mark."""

    sheet: str
    cells: Mapping[str, Severity]


@dataclass(frozen=True, slots=True)
class SwitchLanguage:
    """Everything that our schemas name gets its name in ``language``; what people typed stays. Made after all other edits.

    ``sheets`` are old and new names. By the old name of a sheet: ``headings`` are cells of headings with what must stand there
    and what will, ``labels`` by column number old and new texts of the cells from the row ``first_rows`` on, ``folded`` the
    columns to fold away and to show. ``catalogue`` tells what else a fresh workbook says.
    """

    language: Language
    sheets: Mapping[str, str]
    headings: Mapping[str, Mapping[str, tuple[str, str]]]
    labels: Mapping[str, Mapping[int, Mapping[str, str]]]
    first_rows: Mapping[str, int]
    folded: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]]
    catalogue: Catalogue
    sheet: str = ""


BookEdit = CellEdit | AppendRows | ReplaceRows | Marks | SwitchLanguage


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """A Word document to be made: ``id`` such as ``D01``, the template's context, the file's name stem.

    ``context["properties"]`` are those of the file: title, ``on`` (ISO date), subject, author, company ...
    ``charts`` are drawn where the context's ``pictures`` of the same name stand in the template. ``former`` is the stem of
    the version before; what differs from it fills the context's ``differences``.
    """

    id: str
    language: Language
    context: Mapping[str, Any]
    stem: str
    charts: Mapping[str, Chart] = field(default_factory=dict)
    former: str = ""


@dataclass(frozen=True, slots=True)
class FileRequest:
    """A file to be made where documents go: its name with the ending, safe on every system, and what is in it.

    ``content`` are its bytes, a plan to be written as Microsoft Project XML (``planning.filed.FiledPlan``, which this floor
    does not know), or a chart to be drawn as PNG with words in ``language``; a chart that is too large for one picture
    makes several files, ``-1``, ``-2`` and so on before the ending. An older file of that name is replaced.
    """

    name: str
    content: bytes | Chart | Any
    language: Language = "zh"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the ``log`` sheet, without time and user, which the runner adds."""

    action: str
    sheet: str = ""
    key: str = ""
    column: str = ""
    old: Value = None
    new: Value = None
    document: str = ""
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody must be allowed for something to be done: a code of the list ``permission`` on a sheet (its id)."""

    permission: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything a command found out and wants done.

    ``figures`` are computed results by name, ``notices`` are sentences for the user, in order. ``goto`` is the place
    in the workbook where a person goes on, such as ``'检查结果'!A2``; ``lines`` are the body of what is shown.
    ``needs`` must be allowed to the person who asks, or nothing is done. ``copy`` asks for a dated copy of the
    workbook as it is, which is noted in its log. ``question`` is what a person who clicks is asked before anything
    is carried out; nobody is asked on the command line, which has ``--dry-run``. ``files`` are made beside documents.
    """

    findings: tuple[Finding, ...] = ()
    edits: tuple[BookEdit, ...] = ()
    documents: tuple[DocumentRequest, ...] = ()
    log: tuple[LogEntry, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    notices: tuple[Text, ...] = ()
    tables: Mapping[str, Any] = field(default_factory=dict)
    goto: str = ""
    lines: tuple[Text, ...] = ()
    needs: tuple[Need, ...] = ()
    copy: bool = False
    noted: bool = False
    question: Text = EMPTY
    files: tuple[FileRequest, ...] = ()
