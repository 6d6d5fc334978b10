"""The commands on a workbook, in the order of the ribbon: to add one, write a function and add an entry.

Not here: the functions (which do not import this module), what a command is (``command``), the ribbon's controls
(``buttons``) and the doors that offer them (``front``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.commands import housekeeping
from automation.commands.checking import check
from automation.commands.command import Command, Option, Ribbon
from automation.commands.new_row import new_row
from automation.commands.repairing import repair
from automation.commands.scheduling import baseline, forecast, reschedule
from automation.commands.undoing import undo

if TYPE_CHECKING:
    from automation.commands.request import Request
    from automation.model.effects import Outcome


def _document(request: Request) -> Outcome:
    """What ``commands.documents.document`` returns."""
    from automation.commands.documents import document  # noqa: PLC0415 - a check does not wait for documents

    return document(request)


def _explain(request: Request) -> Outcome:
    """What ``commands.explaining.explain`` returns."""
    from automation.commands.explaining import explain  # noqa: PLC0415 - a check does not wait for it

    return explain(request)


def _simulate(request: Request) -> Outcome:
    """What ``commands.simulating.simulate`` returns."""
    from automation.commands.simulating import simulate  # noqa: PLC0415 - a check does not wait for it

    return simulate(request)


def _level(request: Request) -> Outcome:
    """What ``commands.levelling`` returns: the proposal, or its delays as edits."""
    from automation.commands.levelling import apply, level  # noqa: PLC0415 - a check does not wait for it

    return apply(request) if request.parameters.get("write") else level(request)


def _document_menu() -> tuple[tuple[str, Text], ...]:
    """The documents that there are, by id."""
    from automation.commands.documents import DOCUMENTS  # noqa: PLC0415 - as above

    return tuple((one.id, one.name) for one in DOCUMENTS)


_WRITE = Option(
    "write",
    Text("写回检查结果表、计算列和单元格标记", "also write the findings sheet, computed columns and marks"),
    kind="flag",
)
_SHEET = Option(
    "sheet",
    Text("工作表：名称或标识，如 需求", "the sheet: its name or identifier, such as requirements"),
    positional=True,
    metavar="SHEET",
    filled_from="sheet",
)

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
        options=(_WRITE,),
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
        options=(_SHEET, _WRITE),
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
        options=(_SHEET,),
    ),
    Command(
        id="reschedule",
        run=reschedule,
        name=Text("重排计划", "Reschedule"),
        help=Text("重算最早日期、总浮动和关键任务", "early dates, total float, critical tasks (C02)"),
        writes="always",
        ribbon=Ribbon(
            "B10",
            "plan",
            "CalculateNow",
            "R",
            Text(
                "按工期、关联和工作日重算最早日期、总浮动和关键任务。",
                "Recomputes early dates, total float and critical tasks from durations, links and working days.",
            ),
            large=True,
        ),
        options=(
            Option(
                "policy",
                Text("Project XML 的规则：ms 或 data-date", "rules for Project XML: ms or data-date"),
                metavar="ms|data-date",
            ),
        ),
    ),
    Command(
        id="baseline",
        run=baseline,
        name=Text("设为基线", "Set baseline"),
        help=Text("把计算日期定为进度基线；再次设定须注明变更", "freeze computed dates as the baseline (C03)"),
        writes="always",
        ribbon=Ribbon(
            "B11",
            "plan",
            "Lock",
            "B",
            Text(
                "把计算日期定为进度基线；再次设定前，先选中客户已同意的变更所在的行。",
                "Freezes the computed dates as the baseline; before doing so again, select the row of the change that the customer approved.",
            ),
        ),
        options=(
            Option(
                "change",
                Text("再次设定基线所依据的变更", "the approved change that justifies a new baseline"),
                metavar="CHG-nnn",
                filled_from="row",
                of="changes",
            ),
        ),
    ),
    Command(
        id="forecast",
        run=forecast,
        name=Text("更新预测", "Update forecast"),
        help=Text("按状态日期更新预测日期、偏差和完成率", "forecast dates, slips, percent complete (C04 to C06)"),
        writes="always",
        ribbon=Ribbon(
            "B12",
            "plan",
            "ChartTrendline",
            "P",
            Text(
                "按状态日期更新预测日期、偏差和完成率。",
                "Updates forecast dates, slips and percent complete at the status date.",
            ),
        ),
    ),
    Command(
        id="explain",
        run=_explain,
        name=Text("说明任务", "Explain task"),
        help=Text("说明一个任务为什么排在那里、为什么关键", "why a task is where it is, and why it is critical or not"),
        writes="never",
        ribbon=Ribbon(
            "",
            "plan",
            "TracePrecedents",
            "E",
            Text(
                "说明所选任务为什么排在那里、为什么是或不是关键任务。",
                "Says why the selected task is where it is, and why it is critical or not.",
            ),
        ),
        options=(
            Option(
                "task",
                Text("任务编号，如 T-030", "the task's id, such as T-030"),
                positional=True,
                metavar="TASK",
                filled_from="row",
                of="plan",
            ),
            Option(
                "policy",
                Text("Project XML 的规则：ms 或 data-date", "rules for Project XML: ms or data-date"),
                metavar="ms|data-date",
            ),
        ),
    ),
    Command(
        id="simulate",
        run=_simulate,
        name=Text("模拟工期", "Simulate"),
        help=Text(
            "蒙特卡洛模拟完成日期(工作簿或 Microsoft Project XML)",
            "Monte Carlo finish dates of a workbook or Project XML",
        ),
        writes="never",
        options=(
            Option("iterations", Text("次数(默认 10000)", "how often (default 10,000)"), metavar="N"),
            Option("seed", Text("随机种子", "the seed of chance"), metavar="S"),
            Option("distribution", Text("triangular 或 pert", "triangular or pert"), metavar="NAME"),
            Option("correlation", Text("任务之间的相关 0 到 1", "correlation of the tasks, 0 to 1"), metavar="R"),
            Option(
                "spread", Text("没有估计的任务的范围，如 80-150", "percent for tasks without estimates"), metavar="A-B"
            ),
        ),
    ),
    Command(
        id="level",
        run=_level,
        name=Text("资源平衡", "Level resources"),
        help=Text(
            "资源超负荷和推迟建议(工作簿、Project XML、.sm)；只读，加 --write 才采用",
            "over-allocations and proposed delays; reads only without --write",
        ),
        writes="asked",
        options=(
            Option("write", Text("把推迟写成“不早于”约束", "apply the delays as constraints"), kind="flag"),
            Option("seconds", Text("搜索用时(默认 1)", "seconds to search (default 1)"), metavar="N"),
            Option("iterations", Text("以次数代替用时", "iterations in place of seconds"), metavar="N"),
            Option("seed", Text("随机种子", "the seed of chance"), metavar="S"),
            Option("priority", Text("任务优先级，如 T-003:900", "priorities such as T-003:900"), metavar="LIST"),
        ),
    ),
    Command(
        id="document",
        run=_document,
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
        menu=_document_menu,
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
