"""Commands on requirements and changes: traceability, confirmation, impact."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands.command import Command, Option, Ribbon, later

COMMANDS: tuple[Command, ...] = (
    Command(
        id="trace",
        run=later("automation.commands.tracing", "trace"),
        name=Text("跟踪矩阵", "Traceability"),
        help=Text(
            "需求到任务、检查、交付物的对应和缺口(C11)", "requirements to tasks, checks, deliverables, with gaps (C11)"
        ),
        writes="always",
        ribbon=Ribbon(
            "B08",
            "requirements",
            "TraceDependents",
            "Z",
            Text(
                "在“跟踪矩阵”表列出每条需求的任务、检查和交付物，缺口以红色标出。",
                "Tasks, checks and deliverables of every requirement on its own sheet, gaps in red.",
            ),
        ),
        options=(
            Option(
                "project",
                Text("项目编号(默认全部)", "a project (default: all)"),
                metavar="PRJ-nnn",
                filled_from="row",
                of="projects",
            ),
        ),
    ),
)
