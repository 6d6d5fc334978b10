"""Commands that count and show: load, risks, quality, service, satisfaction, reminders, processes, people."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands.command import Command, Option, Ribbon, later

COMMANDS: tuple[Command, ...] = (
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
)
