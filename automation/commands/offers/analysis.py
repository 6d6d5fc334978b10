"""Commands that count and show: load, risks, quality, service, satisfaction, reminders, processes, people."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands.command import Command, Option, Ribbon, later

COMMANDS: tuple[Command, ...] = (
    Command(
        id="dashboard",
        run=later("automation.commands.dashboard_page", "show"),
        name=Text("看板", "Dashboard"),
        help=Text(
            "更新看板的全部数据并说明健康度的原因", "bring every figure of the dashboard up to date, and say why"
        ),
        writes="always",
        ribbon=Ribbon(
            "B21",
            "analysis",
            "ChartInsert",
            "3",
            Text("更新看板上的项目、成本、服务、销售数据。", "Brings the figures of the dashboard up to date."),
            large=True,
        ),
    ),
    Command(
        id="load",
        run=later("automation.commands.loading", "load"),
        name=Text("资源负荷", "Resource load"),
        help=Text("每个资源各周的负荷和超负荷(C08)", "load of each resource by week, and overloads (C08)"),
        writes="always",
        ribbon=Ribbon(
            "B14",
            "analysis",
            "ResourceDetails",
            "L",
            Text(
                "在“资源负荷”表中按周列出每个资源的负荷，超过上限的为红色。",
                "Lists the load of every resource by week on its own sheet; red is above the limit.",
            ),
        ),
        options=(Option("weeks", Text("显示几周(默认到工作结束)", "how many weeks (default: all)"), metavar="N"),),
    ),
    Command(
        id="risk-review",
        run=later("automation.commands.reviewing_risks", "risk_review"),
        name=Text("风险评审", "Risk review"),
        help=Text("到期的风险、趋势、矩阵和准备金(C14)", "risks due, trend, matrix and reserve (C14)"),
        writes="asked",
        ribbon=Ribbon(
            "B15",
            "analysis",
            "Risks",
            "K",
            Text(
                "列出应评审的风险和 5×5 矩阵；确认后把评审记入风险表。",
                "Shows the risks due and the 5x5 matrix; after your yes the review is noted in the risks.",
            ),
        ),
        options=(
            Option(
                "only",
                Text("风险编号，用分号分隔(默认到期的)", "risks parted by ; (default: those due)"),
                metavar="RISK-nnn",
            ),
            Option("write", Text("记录评审，并写入矩阵", "note the review and write the matrix"), kind="flag"),
        ),
    ),
    Command(
        id="quality",
        run=later("automation.commands.quality_figures", "quality_figures"),
        name=Text("质量统计", "Quality figures"),
        help=Text(
            "一次通过率、未关闭问题、验收结论建议(C15、C16)",
            "first-pass yield, open failures, proposed conclusion (C15, C16)",
        ),
        writes="always",
        ribbon=Ribbon(
            "B16",
            "analysis",
            "MarkTaskComplete",
            "W",
            Text(
                "在“质量统计”表列出一次通过率，并给出未关闭问题和验收结论建议。",
                "First-pass yield on its own sheet, with open failures and the proposed conclusion.",
            ),
        ),
    ),
    Command(
        id="service-figures",
        run=later("automation.commands.serving", "service_figures"),
        name=Text("服务统计", "Service figures"),
        help=Text("SLA 达成率、请求、热线(C17-C19)", "SLA attainment, requests, the hotline (C17 to C19)"),
        writes="always",
        ribbon=Ribbon(
            "B17",
            "analysis",
            "Call",
            "V",
            Text(
                "在“服务统计”表列出各服务每月的达成率和准确率。",
                "Attainment and accuracy of each service by month on its own sheet.",
            ),
        ),
        options=(
            Option(
                "month", Text("月份，如 2026-05(默认全部)", "a month such as 2026-05 (default: all)"), metavar="YYYY-MM"
            ),
        ),
    ),
    Command(
        id="satisfaction",
        run=later("automation.commands.satisfying", "satisfaction"),
        name=Text("满意度分析", "Satisfaction"),
        help=Text(
            "客户各期满意度、维度、接触点、原因(C20)", "satisfaction by period, dimension, touchpoint, cause (C20)"
        ),
        writes="always",
        ribbon=Ribbon(
            "B18",
            "analysis",
            "HappyFace",
            "M",
            Text(
                "在“满意度分析”表列出各客户各期的总体满意度和变化。",
                "Overall satisfaction of customers by period on its own sheet.",
            ),
        ),
        options=(
            Option(
                "customer",
                Text("客户编号(默认全部)", "a customer (default: all)"),
                metavar="CUS-nnn",
                filled_from="row",
                of="customers",
            ),
        ),
    ),
    Command(
        id="reminders",
        run=later("automation.commands.reminding", "remind"),
        name=Text("提醒清单", "Reminders"),
        help=Text("今后几天到期和逾期的事项，按负责人(C29)", "what is due within some days, by owner (C29)"),
        writes="always",
        ribbon=Ribbon(
            "B19",
            "analysis",
            "ReminderSound",
            "I",
            Text(
                "在“提醒清单”表列出到期和逾期的事项；不发送任何内容。",
                "Lists what is due or overdue on its own sheet; nothing is sent.",
            ),
        ),
        options=(Option("days", Text("今后几天(默认按参数)", "how many days (default: the setting)"), metavar="N"),),
    ),
    Command(
        id="expand-plan",
        run=later("automation.commands.expanding", "expand_plan"),
        name=Text("展开沟通计划", "Expand communication plan"),
        help=Text("按频率补齐例行沟通的日期(C28)", "dated rows for what recurs (C28)"),
        writes="always",
        ribbon=Ribbon(
            "B20",
            "analysis",
            "Recurrence",
            "X",
            Text(
                "为例行沟通补齐今后的日期，遇假日顺延；不发送任何内容。",
                "Adds dated rows for recurring talks, moved to working days; nothing is sent.",
            ),
        ),
        options=(
            Option(
                "until", Text("到哪一天(默认按参数)", "up to which day (default: the setting)"), metavar="YYYY-MM-DD"
            ),
        ),
    ),
    Command(
        id="process-analysis",
        run=later("automation.commands.process_analysis", "process_analysis"),
        name=Text("流程分析", "Process analysis"),
        help=Text(
            "客户、资源、瓶颈、控制、稳定性五项分析(C25、C30)",
            "customer, resource, bottleneck, control, stability (C25, C30)",
        ),
        writes="always",
        ribbon=Ribbon(
            "B22",
            "analysis",
            "DatabaseAnalyzePerformance",
            "J",
            Text(
                "在“流程分析”表列出各步骤的五项分析，并统计优化需求漏斗。",
                "The five analyses of each step on its own sheet, and the funnel of needs.",
            ),
        ),
        options=(Option("process", Text("流程代码(默认全部)", "a process code (default: all)"), metavar="P-XXX"),),
    ),
    Command(
        id="appraisal",
        run=later("automation.commands.appraising", "appraise"),
        name=Text("绩效考核", "Appraisal"),
        help=Text("人员当期各项得分、综合分和排名(C27)", "scores of people in a month, and their rank (C27)"),
        writes="always",
        ribbon=Ribbon(
            "B23",
            "analysis",
            "StarRatedFull",
            "Y",
            Text(
                "在“绩效分析”表列出人员当期各项得分和排名。",
                "Scores and ranks of people in a month on its own sheet.",
            ),
        ),
        options=(Option("period", Text("月份(默认上个月)", "a month (default: the last one)"), metavar="YYYY-MM"),),
    ),
    Command(
        id="history",
        run=later("automation.commands.reminding", "customer_history"),
        name=Text("客户往来", "History of a customer"),
        help=Text(
            "一个客户的活动、请求和反馈，最近的在前", "events, requests and feedback of a customer, newest first"
        ),
        writes="never",
        options=(Option("customer", Text("客户编号", "the customer"), positional=True, metavar="CUS-nnn"),),
    ),
)
