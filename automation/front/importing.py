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
VALUES = "values"
"""The key of a file of columns under which values stand that every row gets."""


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

    tables = [sheet for sheet in read(path).sheets if any(any(row) for row in sheet.rows)]
    if not tables:
        raise UsageError(Text(f"{path.name} 是空的。", f"{path.name} is empty."), code="EMPTY")
    return {"tables": tables, "file": path.name}


def _text(path: Path) -> Mapping[str, Any]:
    from automation.exchange.separated import separated_rows  # noqa: PLC0415 - as above
    from automation.model.tables import RawSheet  # noqa: PLC0415 - as above

    rows: list[list[Any]] = [list(row) for row in separated_rows(_bytes(path), path.name)]
    return {"tables": [RawSheet(path.stem, rows)], "file": path.name}


def _requirements(path: Path) -> Mapping[str, Any]:
    from automation.exchange import reqif  # noqa: PLC0415 - as above
    from automation.exchange.archive import unpacked  # noqa: PLC0415 - as above
    from automation.model.tables import RawSheet  # noqa: PLC0415 - as above

    data = _bytes(path)
    if path.suffix.lower() == ".reqifz":
        data = unpacked(data, path.name, ".reqif")
    found = reqif.read_requirements(data)
    if not found.rows:
        raise UsageError(Text(f"{path.name} 中没有需求。", f"{path.name} holds no requirements."), code="EMPTY")
    notices = []
    if found.pictures:
        notices.append(
            Text(f"正文中的 {found.pictures} 张图片未导入。", f"{found.pictures} pictures in texts were left out.")
        )
    if found.relations:
        notices.append(
            Text(f"{found.relations} 条需求之间的关系未导入。", f"{found.relations} relations were left out.")
        )
    if found.doubled:
        notices.append(
            Text(
                f"{found.doubled} 个对象的标识与前面的相同，都作为单独的需求导入，请核对。",
                f"{found.doubled} objects have the identifier of one before; each was taken as a requirement of its own: "
                "look at them.",
            )
        )
    return {
        "tables": [RawSheet(path.stem, [list(found.headings), *found.rows])],
        "file": path.name,
        "known": reqif.COLUMNS,
        "names": dict(enumerate(found.names, start=2)),
        "notices": notices,
        "usual_sheet": "requirements",
    }


_ROWS = Command(
    id="import",
    run=later("automation.commands.importing_rows", "import_rows"),
    name=Text("导入", "Import"),
    help=Text(
        "导入其他表格(xlsx、csv)的行或 ReqIF 的需求", "rows of another table (xlsx, csv) or requirements (ReqIF)"
    ),
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
    **dict.fromkeys((".reqif", ".reqifz"), ImportSource(_requirements, _ROWS)),
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

        columns, values = mapping(common.parameters.get("map"))
        sheet = parameters.get("sheet") or parameters.get("usual_sheet")
        parameters |= {"raw": read(book), "map": columns, "values": values, "sheet": sheet}
    return perform(known.command, book, replace(common, parameters=parameters))


def mapping(path: Path | None) -> tuple[Mapping[str, str], Mapping[str, Any]]:
    """The columns by heading that a YAML file gives, and the values by column under its ``values``.

    Raises UsageError when it is no such file.
    """
    if path is None:
        return {}, {}
    import yaml  # noqa: PLC0415 - as above

    from automation.schema.catalogue import parse_yaml  # noqa: PLC0415 - as above

    try:
        found = parse_yaml(_bytes(path).decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError):
        found = None
    values = found.pop(VALUES, None) if isinstance(found, dict) and isinstance(found.get(VALUES), dict) else {}
    nested = any(isinstance(value, (list, dict)) for value in values.values())
    if not isinstance(found, dict) or nested or not all(isinstance(name, str) for name in found.values()):
        raise UsageError(
            Text(
                f"{path.name} 应为 YAML，每行写“文件中的列标题: 工作簿的列标识”，例如 客户需求: description；"
                f"各行相同的值写在 {VALUES} 下，例如 category: 功能性。",
                f"{path.name} is a YAML file with lines “heading in the file: column”, such as Customer need: description; "
                f"what is the same in every row stands under {VALUES}, such as category: Functional.",
            ),
            code="MAP",
        )
    return {str(heading): name for heading, name in found.items()}, values


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
