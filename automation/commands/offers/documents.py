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
        help=Text("生成 Word 文档；写不存在的编号则列出全部", "a Word document; an unknown id lists them all"),
        writes="when_free",
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
            Option(
                "id",
                Text(
                    "文档编号，如 D01；几份用逗号隔开，可带行号：D01,D03:DEAL-001",
                    "document id such as D01; several, with their rows: D01,D03:DEAL-001",
                ),
                positional=True,
                metavar="ID",
            ),
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
    Command(
        id="documents",
        run=later("automation.commands.document_list", "documents"),
        name=Text("文档清单", "List documents"),
        help=Text(
            "能生成哪些文档、已有版本、数据是否已变", "documents that can be made, versions made, what changed since"
        ),
        writes="never",
    ),
    Command(
        id="hand-over",
        run=later("automation.commands.registering", "register"),
        name=Text("登记交付验收", "Register delivery"),
        help=Text("登记交付、验收、整改或拒收", "note a delivery, its acceptance, rework or rejection"),
        writes="always",
        ribbon=Ribbon(
            "B25",
            "documents",
            "FileMarkAsFinal",
            "1",
            Text(
                "把所选交付物登记为下一个状态(已提交、已验收)，日期取状态日期。",
                "Notes the next state of the selected deliverable (submitted, accepted) on the status date.",
            ),
        ),
        options=(
            Option(
                "id",
                Text("交付物编号", "the deliverable"),
                positional=True,
                metavar="DLV-nnn",
                filled_from="row",
                of="deliverables",
            ),
            Option("status", Text("新状态(默认下一个)", "the new state (default: the next one)"), metavar="STATUS"),
            Option("on", Text("日期(默认状态日期)", "the day (default: the status date)"), metavar="YYYY-MM-DD"),
            Option("by", Text("客户方联系人(默认项目的)", "the contact (default: the project's)"), metavar="CON-nnn"),
            Option("remark", Text("条件或原因", "conditions or reasons"), metavar="TEXT"),
            Option("file", Text("签署版文件的位置", "where the signed version is"), metavar="PATH"),
            Option("version", Text("版本", "the version"), metavar="V1.0"),
        ),
    ),
)
