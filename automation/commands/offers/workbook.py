"""Commands on the workbook as a whole: its copies, its settings, help, undoing."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands import housekeeping
from automation.commands.command import Command, Option, Ribbon, later
from automation.commands.undoing import undo

COMMANDS: tuple[Command, ...] = (
    Command(
        id="waive",
        run=later("automation.commands.waiving", "waive"),
        name=Text("豁免问题", "Waive findings"),
        help=Text("把可以接受的问题设为豁免，写明理由", "accept findings, with a reason"),
        writes="always",
        options=(
            Option(
                "id",
                Text("问题编号 F-… 或 规则:行编号", "the finding's number F-... or RULE:ROW, several parted by ;"),
                positional=True,
                metavar="FINDING",
            ),
            Option("reason", Text("为什么可以接受", "why it can be accepted"), metavar="TEXT"),
            Option("undo", Text("取消豁免", "take it up again"), kind="flag"),
        ),
    ),
    Command(
        id="backup",
        run=housekeeping.backup,
        name=Text("备份", "Backup"),
        help=Text("为工作簿做一份带日期的副本，并记入日志", "a dated copy of the workbook, noted in its log"),
        writes="always",
        ribbon=Ribbon(
            "B06",
            "workbook",
            "FileSaveAs",
            "C",
            Text(
                "为工作簿做一份带日期的副本，并记入日志。",
                "Makes a dated copy of the workbook and notes it in the log.",
            ),
        ),
    ),
    Command(
        id="undo",
        run=undo,
        name=Text("撤销上次操作", "Undo last click"),
        help=Text("把上一次点击改动的单元格恢复原值", "put back what the last click in Excel changed"),
        writes="always",
        ribbon=Ribbon(
            "",
            "workbook",
            "Undo",
            "U",
            Text(
                "恢复上一次按钮操作改动的单元格；之后又被修改过的保持现状。",
                "Puts back the cells that the last button changed; those changed since stay as they are.",
            ),
        ),
        options=(
            Option(
                "kept",
                Text("修改记录文件(默认最近一次)", "the record of changes (default: the last click)"),
                metavar="FILE",
                filled_from="kept",
            ),
        ),
    ),
    Command(
        id="settings",
        run=housekeeping.settings,
        name=Text("参数", "Settings"),
        help=Text("现行参数：状态日期、阈值、文件夹、语言", "the settings in force: status date, thresholds, folders"),
        writes="never",
        ribbon=Ribbon(
            "B26",
            "workbook",
            "PropertySheet",
            "T",
            Text(
                "打开参数表：状态日期、阈值、文件夹和语言。",
                "Opens the settings: status date, thresholds, folders and language.",
            ),
        ),
    ),
    Command(
        id="switch-language",
        run=later("automation.commands.switching", "switch_language"),
        name=Text("中文⇄English", "中文⇄English"),
        help=Text(
            "把工作簿切换为中文或英文：表名、列标题、列表取值和说明；填写的内容不变",
            "the workbook in the other language: sheets, headings, list values, help; what you typed stays",
        ),
        writes="always",
        closed=True,
        ribbon=Ribbon(
            "B27",
            "workbook",
            "Translate",
            "6",
            Text(
                "把工作表、标题、选项换成另一种语言，填写的内容不变；工作簿会先保存、关闭，再重新打开。",
                "Turns sheets, headings and lists into the other language; what you typed stays. The workbook is saved, closed and "
                "opened again.",
            ),
        ),
        options=(Option("to", Text("zh 或 en(默认另一种)", "zh or en (default: the other one)"), metavar="zh|en"),),
    ),
    Command(
        id="guide",
        run=housekeeping.guide,
        name=Text("帮助", "Help"),
        help=Text("各表的用途和各列的填写说明", "what a sheet is for and what goes into each column"),
        writes="never",
        ribbon=Ribbon(
            "B28",
            "workbook",
            "Help",
            "H",
            Text("说明当前工作表的用途。", "Says what the active sheet is for."),
        ),
        options=(
            Option(
                "sheet",
                Text("工作表(默认列出全部)", "the sheet (default: all of them)"),
                metavar="SHEET",
                filled_from="sheet",
            ),
        ),
    ),
)
