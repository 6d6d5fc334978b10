"""The commands on a workbook, in the order of the ribbon: to add one, write a function and add a line.

Not here: the functions (which do not import this module) and the doors that offer them (``front``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from automation.base.findings import Text
from automation.base.records import dataclass
from automation.commands.checking import check
from automation.commands.repairing import repair
from automation.commands.scheduling import baseline, forecast, reschedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.commands.request import Request
    from automation.model.effects import Outcome


@dataclass(frozen=True, slots=True)
class Option:
    """One parameter of a command beyond the common ones. ``positional`` ones have no dashes."""

    name: str
    help: Text
    kind: Literal["text", "flag"] = "text"
    positional: bool = False
    metavar: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: ``id`` is its name on the command line, ``button`` its ribbon id in ``domain/5``.

    ``writes`` says whether its edits are carried out always, never, or only with ``--write``.
    """

    id: str
    run: Callable[[Request], Outcome]
    name: Text
    help: Text
    writes: Literal["always", "never", "asked"]
    button: str = ""
    options: tuple[Option, ...] = ()


def _document(request: Request) -> Outcome:
    """What ``commands.documents.document`` returns."""
    from automation.commands.documents import document  # noqa: PLC0415 - a check does not wait for documents

    return document(request)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="check",
        run=check,
        name=Text("检查全部", "Check all"),
        help=Text("按全部规则检查工作簿；只读，加 --write 才写回", "every check and rule; reads only without --write"),
        writes="asked",
        button="B02",
        options=(
            Option(
                "write",
                Text("写回检查结果表、计算列和单元格标记", "also write the findings sheet, computed columns and marks"),
                kind="flag",
            ),
        ),
    ),
    Command(
        id="repair",
        run=repair,
        name=Text("采用修复建议", "Apply repairs"),
        help=Text("采用 check 给出的安全修复(--dry-run 只列出)", "apply the safe repairs that check offers"),
        writes="always",
        button="B03",
    ),
    Command(
        id="reschedule",
        run=reschedule,
        name=Text("重排计划", "Reschedule"),
        help=Text("重算最早日期、总浮动和关键任务", "early dates, total float, critical tasks (C02)"),
        writes="always",
        button="B10",
    ),
    Command(
        id="baseline",
        run=baseline,
        name=Text("设为基线", "Set baseline"),
        help=Text("把计算日期定为进度基线；再次设定须注明变更", "freeze computed dates as the baseline (C03)"),
        writes="always",
        button="B11",
        options=(
            Option(
                "change",
                Text("再次设定基线所依据的变更", "the approved change that justifies a new baseline"),
                metavar="CHG-nnn",
            ),
        ),
    ),
    Command(
        id="forecast",
        run=forecast,
        name=Text("更新预测", "Update forecast"),
        help=Text("按状态日期更新预测日期、偏差和完成率", "forecast dates, slips, percent complete (C04 to C06)"),
        writes="always",
        button="B12",
    ),
    Command(
        id="document",
        run=_document,
        name=Text("生成文档", "Generate document"),
        help=Text("生成 Word 文档(D01 需求规格说明书、D12 验收报告)", "a Word document: D01 or D12"),
        writes="never",
        button="B24",
        options=(
            Option("id", Text("文档编号，如 D01", "document id such as D01"), positional=True, metavar="ID"),
            Option(
                "for",
                Text("为哪一行生成(默认唯一的项目)", "the row it is for (default: the only project)"),
                metavar="KEY",
            ),
            Option("pdf", Text("同时生成 PDF", "also make a PDF"), kind="flag"),
            Option("draft", Text("数据有错误时也生成，标为草稿", "make it even if its rows have errors"), kind="flag"),
        ),
    ),
)
