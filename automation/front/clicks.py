"""A click on a button for a workbook that is open: from the workbook as values to what is to be done to it, as values.

Ribbon and task pane come through here with the same values, so they do the same as the command line does to a closed
file. Only documents are made here, as files; what the actions do to the workbook is carried out by who has it open
(``front.ribbon``, the task pane). Not here: the clock, the taking of the workbook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import AutomationError, NotAllowedError, UsageError
from automation.base.findings import EMPTY, Text, counts
from automation.base.records import dataclass, field, replace
from automation.commands import undoing
from automation.commands.buttons import button
from automation.excel.areas import area_of
from automation.excel.live.planned import planned
from automation.excel.live.reading import raw_of
from automation.excel.refusals import refused
from automation.front import circumstances, outcomes, undo_note
from automation.front.output import Result
from automation.front.session import Common, request_of
from automation.model.effects import AppendRows, LogEntry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from automation.base.findings import Finding, Language
    from automation.commands.buttons import Button
    from automation.commands.command import Command
    from automation.commands.request import Request
    from automation.excel.live.actions import Action
    from automation.excel.live.planned import Planned
    from automation.excel.live.state import LiveBook
    from automation.model.effects import Outcome
    from automation.model.tables import Raw

CLOSING = Text(
    "工作簿将先保存、关闭，处理后重新打开；不能用“撤销上次操作”恢复，但会先做备份。继续吗？",
    "The workbook is saved, closed and opened again. “Undo last click” cannot take this back, but a backup is made first. Go on?",
)
NO_FOLDER = Text(
    "工作簿不在这台电脑的文件夹中：请先用“另存为”保存到本地文件夹。",
    "The workbook lies in no folder of this computer: save it to a local folder first.",
)
REFUSED = 2
"""The exit code of what could not be done."""


@dataclass(frozen=True, slots=True)
class Click:
    """Who clicked what: the control's id, the sign-in name, the language of messages (``None``: the workbook's).

    ``folder`` is where the workbook lies on this computer, ``None`` when it lies elsewhere or was never saved.
    ``parameters`` are given on top of what the button stands for and what the selection fills; ``can_close`` says that who
    clicks can close the workbook and open it again.
    """

    control: str
    user: str
    language: Language | None = None
    folder: Path | None = None
    dry_run: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    can_close: bool = False


class Copies(NamedTuple):
    """Where dated copies of a workbook go, how many of them stay, and for how many days (0: any)."""

    folder: str = ""
    keep: int = 20
    keep_days: int = 0


@dataclass(frozen=True, slots=True)
class Clicked:
    """What a click comes to: its result as on the command line, and the actions to carry out, in order.

    ``cells`` are those whose values change, by sheet; ``goto`` is where the person goes on (``""``: stays);
    ``message`` is one line for the status bar; ``keeps_copy`` asks for a dated copy before anything is carried out, and
    ``question``, unless empty, is to be answered with yes before. ``undoable`` is what ``undo`` needs (see
    ``undo_note.Change``), ``copies`` says where dated copies go. ``closes`` is the command to perform on the file while it
    is closed, after the question.
    """

    result: Result
    actions: tuple[Action, ...] = ()
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    goto: str = ""
    message: Text = EMPTY
    keeps_copy: bool = False
    undoable: tuple[undo_note.Change, ...] = ()
    copies: Copies = Copies()
    question: Text = EMPTY
    closes: Command | None = None


def clicked(book: LiveBook, click: Click) -> Clicked:
    """What the click comes to on the open workbook.

    What the person may not do comes back with exit code 2, the reason, and the row of the log that notes it. Raises
    UsageError for an unknown button, and every error of the command.
    """
    pressed = button(click.control)
    if pressed is None:
        raise UsageError(
            Text(
                f"没有“{click.control}”这个按钮：加载项与程序版本可能不一致，请运行 deliverybook addin doctor。",
                f"There is no button '{click.control}': add-in and program may differ, run deliverybook addin doctor.",
            ),
            code="NO_SUCH_BUTTON",
        )
    raw = raw_of(book)
    request = request_of(raw, click.folder, Common(language=click.language))
    parameters = _parameters(request, book, pressed, click)
    if any(option.filled_from == "kept" for option in pressed.command.options):
        parameters = undo_note.with_kept(parameters, request.project, raw)
    request = replace(request, parameters=parameters)
    try:
        outcome = outcomes.run(pressed.command, request)
        return _done(_Asked(book, raw, request, pressed, click), outcome)
    except NotAllowedError as error:
        return _refused(_Asked(book, raw, request, pressed, click), error)
    except AutomationError as error:
        error.language = error.language or request.settings.language
        raise


def remember(before: LiveBook, found: Clicked) -> Path | None:
    """The file in which what the click has changed is kept for ``undo``; ``None`` when nothing is to be kept.

    To be called when the actions have been carried out. After an undo the click that it has undone is forgotten.
    """
    if found.result.command == undoing.ID:
        if found.result.exit != REFUSED:
            undo_note.used(before.path)
        return None
    return undo_note.keep(before.path, found.undoable, moment=circumstances.now())


class _Asked(NamedTuple):
    """A click with what was read for it."""

    book: LiveBook
    raw: Raw
    request: Request
    pressed: Button
    click: Click


def _done(asked: _Asked, outcome: Outcome) -> Clicked:
    book, raw, request, pressed, click = asked
    command = pressed.command
    if command.closed:
        return _to_close(asked, outcome)
    edits = () if command.writes == "never" else outcome.edits
    plan = first = planned(book, edits)
    if plan.actions or outcomes.always_noted(outcome):
        plan = planned(book, (*edits, *outcomes.log_rows(request, outcome.log, command.id)))
    common = Common(language=click.language, dry_run=click.dry_run)
    documents: list[Path] = []
    kept: list[Text] = []
    if not click.dry_run:
        documents, kept = outcomes.make_documents(click.folder, request, outcome.documents, common)
        documents += outcomes.make_files(click.folder, request, outcome.files, common)
    result = replace(
        outcomes.result_of(command.id, book.path or book.name, request, outcome, common),
        edits=sum(map(len, plan.cells.values())),
        documents=tuple(documents),
        notices=tuple(dict.fromkeys((*outcome.notices, *kept, *plan.notices))),
    )
    return Clicked(
        result=result,
        actions=() if click.dry_run else plan.actions,
        cells=plan.cells,
        goto=outcome.goto or _new_row(outcome, plan),
        message=message(pressed.command.name, result),
        keeps_copy=outcome.copy,
        undoable=undo_note.changes(request.project, raw, raw_of(plan.after), {} if outcome.copy else first.cells),
        copies=Copies(
            request.settings.text("backup_folder"),
            max(request.settings.whole("backup_keep"), 1),
            request.settings.whole("backup_keep_days"),
        ),
        question=outcome.question if plan.actions else EMPTY,
    )


def _to_close(asked: _Asked, outcome: Outcome) -> Clicked:
    """What is to be done to the file once it is closed; nothing when it is as wanted already."""
    book, _, request, pressed, click = asked
    common = Common(language=click.language, dry_run=click.dry_run)
    result = outcomes.result_of(pressed.command.id, book.path or book.name, request, outcome, common)
    if not outcome.edits:
        return Clicked(result, message=message(pressed.command.name, result))
    if not click.can_close:
        raise refused("closed-only")
    if click.folder is None:
        raise AutomationError(NO_FOLDER, code="NO_FOLDER")
    return Clicked(
        result,
        message=message(pressed.command.name, result),
        question=CLOSING,
        closes=None if click.dry_run else pressed.command,
    )


def _parameters(request: Request, book: LiveBook, pressed: Button, click: Click) -> dict[str, object]:
    """What the button stands for, what sheet and selection fill, and the person; a click always writes."""
    filled: dict[str, object] = {"language": click.language, "write": True, "user": click.user}
    ours = any(table.name == book.active for table in request.project.tables.values())
    for option in pressed.command.options:
        if option.filled_from == "sheet" and (ours or option.positional):
            filled[option.name] = book.active
        elif option.filled_from == "row" and (key := _selected(request, book, option.of)):
            filled[option.name] = key
    return {**filled, **pressed.parameters, **click.parameters}


def _selected(request: Request, book: LiveBook, sheet: str) -> str:
    """The key of the selected row, if it is one of that sheet (``""``: any); ``""`` when no row is selected."""
    for table in request.project.tables.values():
        if table.name != book.active or sheet not in {"", table.sheet.id} or not book.selection:
            continue
        row = area_of(book.selection.partition(",")[0]).top
        return dict(zip(table.numbers, table.keys, strict=True)).get(row, "")
    return ""


def _new_row(outcome: Outcome, plan: Planned) -> str:
    """The first cell of the rows that were added, ``""`` when none were."""
    for edit in outcome.edits:
        if isinstance(edit, AppendRows) and plan.cells.get(edit.sheet):
            return f"'{edit.sheet}'!{plan.cells[edit.sheet][0]}"
    return ""


def _refused(asked: _Asked, error: NotAllowedError) -> Clicked:
    """What is left of a click that is not allowed: the reason, and its row in the log."""
    book, _, request, pressed, click = asked
    action = f"{pressed.command.id} (refused)"
    plan = planned(book, outcomes.log_rows(request, (LogEntry(action),), action))
    result = Result(
        command=pressed.command.id,
        book=book.path or book.name,
        exit=REFUSED,
        status_date=request.status_date,
        notices=(error.text,),
        language=request.settings.language,
    )
    return Clicked(result, () if click.dry_run else plan.actions, plan.cells, message=error.text)


def message(name: Text, result: Result) -> Text:
    """One line that says what a click came to: the command, findings by severity, cells changed, documents made."""
    zh, en = [name.zh], [name.en]
    if result.lines:
        zh, en = [result.lines[0].zh], [result.lines[0].en]
    open_ones = _counted(result.findings)
    zh += [open_ones.zh] if open_ones.zh else []
    en += [open_ones.en] if open_ones.en else []
    if result.edits:
        zh.append(f"修改 {result.edits} 个单元格")
        en.append(f"{result.edits} {'cell' if result.edits == 1 else 'cells'} changed")
    zh += [path.name for path in result.documents]
    en += [path.name for path in result.documents]
    zh += [notice.zh for notice in result.notices[:1]]
    en += [notice.en for notice in result.notices[:1]]
    if len(zh) == 1 and not result.lines:
        zh.append("完成，没有变化")
        en.append("done, nothing changed")
    return Text(" · ".join(zh), " · ".join(en))


def _counted(findings: tuple[Finding, ...]) -> Text:
    """How many findings there are of the severities that occur; empty without findings."""
    names = {
        "error": Text("错误", "error"),
        "high": Text("高", "high"),
        "medium": Text("中", "medium"),
        "low": Text("低", "low"),
        "reminder": Text("提醒", "reminder"),
    }
    there = [(names[code], number) for code, number in counts(findings).items() if number]
    return Text(
        " ".join(f"{name.zh} {number}" for name, number in there),
        ", ".join(f"{number} {name.en}" for name, number in there),
    )
