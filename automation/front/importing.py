"""The door of ``import``: a file of another program taken over into a workbook, by the ending of its name.

A source is a function that reads the file and gives the parameters of a command. Not here: what a command does with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.command import Command, later
from automation.front.runner import perform

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from automation.front.output import Result
    from automation.front.session import Common
    from automation.schema.catalogue import Catalogue

MOST_BYTES = 200_000_000


class ImportSource(NamedTuple):
    """How files of one kind are read, and the command that takes over what they hold."""

    read: Callable[[Path], Mapping[str, Any]]
    command: Command


def _plan(path: Path) -> Mapping[str, Any]:
    from automation.exchange.mspdi import read_plan  # noqa: PLC0415 - only imports of plans need it

    return {"plan": read_plan(_bytes(path))}


def _bytes(path: Path) -> bytes:
    """The bytes of a file. Raises UsageError when it cannot be read or is too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(Text(f"{path.name} 太大。", f"{path.name} is too large."), code="TOO_LARGE")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            Text(f"无法读取 {path}：请检查文件是否存在。", f"Cannot read {path}: check that it exists."), code="NO_FILE"
        ) from error


SOURCES: Mapping[str, ImportSource] = {
    ".xml": ImportSource(
        _plan,
        Command(
            id="import",
            run=later("automation.commands.importing_plans", "import_plan"),
            name=Text("导入", "Import"),
            help=Text("导入 Microsoft Project 的 XML 计划", "a plan of Microsoft Project in XML"),
            writes="always",
        ),
    ),
}
"""By the ending of a file's name. To add a kind, write its reader and its command and add a line."""


def import_file(source: Path, book: Path, common: Common) -> tuple[Result, Catalogue]:
    """The result of taking a file over into a workbook; with ``--dry-run`` what it would be.

    Raises UsageError for a kind of file that cannot be imported, and what reading and the command raise.
    """
    known = SOURCES.get(source.suffix.lower())
    if known is None:
        raise UsageError(_unknown(source), code="SOURCE")
    parameters = {**common.parameters, **known.read(source)}
    return perform(known.command, book, replace(common, parameters=parameters))


def _unknown(source: Path) -> Text:
    if source.suffix.lower() in {".mpp", ".mpt"}:
        return Text(
            f"{source.name} 是 Microsoft Project 的二进制文件：请在 Project 中“另存为 XML 格式”后再导入。",
            f"{source.name} is a binary file of Microsoft Project: save it there as XML and import that.",
        )
    kinds = "、".join(SOURCES), ", ".join(SOURCES)
    return Text(
        f"{source.name} 不能导入：可以导入的文件为 {kinds[0]}。",
        f"{source.name} cannot be imported: files may end in {kinds[1]}.",
    )
