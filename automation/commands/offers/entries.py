"""Commands on entries: checking them, repairing them, adding rows."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands.checking import check
from automation.commands.command import SHEET, WRITE, Command, Option, Ribbon
from automation.commands.new_row import new_row
from automation.commands.repairing import repair

COMMANDS: tuple[Command, ...] = (
    Command(
        id="check",
        run=check,
        name=Text("检查全部", "Check all"),
        help=Text("按全部规则检查工作簿；只读，加 --write 才写回", "every check and rule; reads only without --write"),
        writes="asked",
        ribbon=Ribbon(
            "B02",
            "entries",
            "AcceptInvitation",
            "A",
            Text(
                "按全部规则检查工作簿，标出单元格，列出检查结果，更新计算列和看板。",
                "Checks the whole workbook by every rule, marks the cells, lists the findings, updates computed columns and dashboard.",
            ),
            large=True,
        ),
        options=(WRITE,),
    ),
    Command(
        id="check-sheet",
        run=check,
        name=Text("检查本表", "Check sheet"),
        help=Text(
            "只报告并标记一张表；只读，加 --write 才写回", "report and mark one sheet; reads only without --write"
        ),
        writes="asked",
        ribbon=Ribbon(
            "B01",
            "entries",
            "SpellingMenu",
            "S",
            Text("只检查当前工作表，并标出它的单元格。", "Checks the active sheet alone and marks its cells."),
        ),
        options=(SHEET, WRITE),
    ),
    Command(
        id="repair",
        run=repair,
        name=Text("采用修复建议", "Apply repairs"),
        help=Text("采用 check 给出的安全修复(--dry-run 只列出)", "apply the safe repairs that check offers"),
        writes="always",
        ribbon=Ribbon(
            "B03",
            "entries",
            "AutoCorrect",
            "F",
            Text(
                "列出安全的修复(选项写法、多余空格、文本日期)，确认后写入。",
                "Lists the safe repairs (list spelling, stray spaces, text dates) and makes them after you agree.",
            ),
        ),
        options=(
            Option(
                "only",
                Text("只修复这些问题(编号，逗号分隔)", "repair these findings only (ids, parted by commas)"),
                metavar="F-xxx,F-yyy",
            ),
        ),
    ),
    Command(
        id="new-row",
        run=new_row,
        name=Text("新增一行", "New row"),
        help=Text("新增一行：编号、默认值、负责人已填好", "one row more: next id, usual values, you as owner"),
        writes="always",
        ribbon=Ribbon(
            "B04",
            "entries",
            "TableRowsInsertBelowExcel",
            "N",
            Text(
                "在当前工作表下方新增一行：编号、默认值和负责人已填好。",
                "Adds a row to the active sheet with the next id, the usual values and you as owner.",
            ),
        ),
        options=(SHEET,),
    ),
)
