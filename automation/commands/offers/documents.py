"""Commands that make documents."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands.command import Command, Option, Ribbon, later


def _menu() -> tuple[tuple[str, Text], ...]:
    """The documents that there are, by id."""
    from automation.commands.documents import DOCUMENTS  # noqa: PLC0415 - a check does not wait for documents

    return tuple((one.id, one.name) for one in DOCUMENTS)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="document",
        run=later("automation.commands.documents", "document"),
        name=Text("生成文档", "Generate document"),
        help=Text("生成 Word 文档(D01 需求规格说明书、D12 验收报告)", "a Word document: D01 or D12"),
        writes="never",
        ribbon=Ribbon(
            "B24",
            "documents",
            "FileSaveAsWordDocx",
            "D",
            Text("由工作簿生成可交给客户的 Word 文档。", "Makes the Word document for the customer from the workbook."),
            large=True,
        ),
        menu=_menu,
        options=(
            Option("id", Text("文档编号，如 D01", "document id such as D01"), positional=True, metavar="ID"),
            Option(
                "for",
                Text("为哪一行生成(默认唯一的项目)", "the row it is for (default: the only project)"),
                metavar="KEY",
                filled_from="row",
                of="projects",
            ),
            Option("pdf", Text("同时生成 PDF", "also make a PDF"), kind="flag"),
            Option("draft", Text("数据有错误时也生成，标为草稿", "make it even if its rows have errors"), kind="flag"),
        ),
    ),
)
