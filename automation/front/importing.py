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


def _workbook(path: Path) -> Mapping[str, Any]:
    from automation.excel.reader import read  # noqa: PLC0415 - as above

    _bytes(path)
    return {"tables": [sheet for sheet in read(path).sheets if sheet.rows], "file": path.name}


def _text(path: Path) -> Mapping[str, Any]:
    from automation.exchange.separated import separated_rows  # noqa: PLC0415 - as above
    from automation.model.tables import RawSheet  # noqa: PLC0415 - as above

    rows: list[list[Any]] = [list(row) for row in separated_rows(_bytes(path), path.name)]
    return {"tables": [RawSheet(path.stem, rows)], "file": path.name}


_ROWS = Command(
    id="import",
    run=later("automation.commands.importing_rows", "import_rows"),
    name=Text("导入", "Import"),
    help=Text("导入其他表格(xlsx、csv)的行", "rows of another table (xlsx, csv)"),
    writes="always",
)

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
    **dict.fromkeys((".xlsx", ".xlsm"), ImportSource(_workbook, _ROWS)),
    **dict.fromkeys((".csv", ".tsv", ".txt"), ImportSource(_text, _ROWS)),
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
    if "tables" in parameters:
        from automation.excel.reader import read  # noqa: PLC0415 - as above

        parameters |= {"raw": read(book), "map": mapping(common.parameters.get("map"))}
    return perform(known.command, book, replace(common, parameters=parameters))


def mapping(path: Path | None) -> Mapping[str, str]:
    """The columns by heading that a YAML file gives. Raises UsageError when it is no such file."""
    if path is None:
        return {}
    import yaml  # noqa: PLC0415 - as above

    from automation.schema.catalogue import parse_yaml  # noqa: PLC0415 - as above

    try:
        found = parse_yaml(_bytes(path).decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        found = None
    if not isinstance(found, dict):
        raise UsageError(
            Text(
                f"{path.name} 应为 YAML，每行写“文件中的列标题: 工作簿的列标识”，例如 客户需求: description。",
                f"{path.name} is a YAML file with lines “heading in the file: column”, such as Customer need: description.",
            ),
            code="MAP",
        )
    return {str(heading): str(name) for heading, name in found.items()}


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
