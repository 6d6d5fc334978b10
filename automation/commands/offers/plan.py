"""Commands on the plan: its dates, baseline, forecast, explanation, simulation and levelling."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands.command import Command, Option, Ribbon, later
from automation.commands.scheduling import baseline, forecast, reschedule

COMMANDS: tuple[Command, ...] = (
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
        id="gantt",
        run=later("automation.commands.gantt", "gantt_chart"),
        name=Text("甘特图", "Gantt"),
        help=Text(
            "把计划画成横道图：基线、预测、里程碑、状态日期",
            "the plan as bars: baseline, forecast, milestones, status date",
        ),
        writes="always",
        ribbon=Ribbon(
            "B13",
            "plan",
            "GanttChartWizard",
            "G",
            Text(
                "在“甘特图”表中画出计划：基线、预测、关键任务、里程碑和状态日期。",
                "Draws the plan on the Gantt sheet: baseline, forecast, critical tasks, milestones and status date.",
            ),
        ),
        options=(
            Option(
                "project",
                Text("项目编号(默认全部未结束的项目)", "the project's id (default: all that are not closed)"),
                metavar="PRJ-nnn",
                filled_from="row",
                of="projects",
            ),
            Option(
                "scale",
                Text("每格一天、一周或一月(默认按长度)", "a day, week or month per column (default: by length)"),
                metavar="day|week|month",
            ),
            Option("pictures", Text("另存为图片(PNG)", "also as a picture (PNG)"), kind="flag"),
        ),
    ),
    Command(
        id="explain",
        run=later("automation.commands.explaining", "explain"),
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
        id="plan-health",
        run=later("automation.commands.plan_health", "plan_health"),
        name=Text("计划质量", "Plan health"),
        help=Text(
            "按 DCMA 14 点检查计划质量(工作簿、Project XML)",
            "schedule quality by the 14 points of the DCMA (workbook or Project XML)",
        ),
        writes="always",
        ribbon=Ribbon(
            "",
            "plan",
            "DatabaseAnalyzePerformance",
            "Q",
            Text(
                "按 DCMA 14 点检查计划质量，在“计划质量”表中列出数值、限值、相关任务和建议。",
                "Checks the plan by the 14 points of the DCMA and lists values, limits, tasks and advice on a sheet.",
            ),
        ),
        options=(
            Option(
                "project",
                Text("项目编号(默认全部未结束的项目)", "the project's id (default: all that are not closed)"),
                metavar="PRJ-nnn",
                filled_from="row",
                of="projects",
            ),
        ),
    ),
    Command(
        id="earned-value",
        run=later("automation.commands.earned_value", "earned_value"),
        name=Text("挣值分析", "Earned value"),
        help=Text(
            "状态日期的计划价值、挣值和实际成本，完工估算和挣得进度；只读",
            "planned value, earned value and actual cost, estimates, earned schedule; reads only",
        ),
        writes="never",
    ),
    Command(
        id="simulate",
        run=later("automation.commands.simulating", "simulate"),
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
            Option(
                "pictures",
                Text("另存两张图片(PNG)：完成日期分布、影响因素", "also draw the finish and what it depends on (PNG)"),
                kind="flag",
            ),
        ),
    ),
    Command(
        id="level",
        run=later("automation.commands.levelling", "asked"),
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
        id="export",
        run=later("automation.commands.exporting", "export_plan"),
        name=Text("导出计划", "Export plan"),
        help=Text("把计划导出为 Microsoft Project 的 XML 文件", "the plan as an XML file of Microsoft Project"),
        writes="never",
        ribbon=Ribbon(
            "",
            "plan",
            "FileSaveAs",
            "4",
            Text(
                "把计划、关联、进度、基线和资源导出为 Microsoft Project 能打开的 XML 文件。",
                "Plan, links, progress, baseline and resources as an XML file that Microsoft Project opens.",
            ),
        ),
        options=(
            Option(
                "project",
                Text("项目编号(默认唯一的)", "the project (default: the only one)"),
                metavar="PRJ-nnn",
                filled_from="row",
                of="projects",
            ),
        ),
    ),
)
