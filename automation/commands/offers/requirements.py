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
    Command(
        id="review",
        run=later("automation.commands.reviewing", "review"),
        name=Text("需求评审", "Review requirements"),
        help=Text(
            "哪些需求未评审、评审后又改动、哪些任务和检查待核对",
            "what is unreviewed, changed since, and which links are suspect",
        ),
        writes="asked",
        ribbon=Ribbon(
            "",
            "requirements",
            "ReviewTrackChanges",
            "5",
            Text(
                "记录需求已评审；需求改动后，为它安排的任务、检查、交付物列为待核对。",
                "Notes requirements as reviewed; when one changes, what was made for it is to be looked at again.",
            ),
        ),
        options=(
            Option(
                "only",
                Text("需求编号，用分号分隔(默认全部)", "requirements parted by ; (default: all)"),
                metavar="REQ-nnn",
            ),
            Option("write", Text("记录本次评审", "note the review"), kind="flag"),
            Option(
                "clear",
                Text("已核对的任务、检查、交付物编号", "tasks, checks, deliverables that were looked at"),
                metavar="ID",
            ),
        ),
    ),
    Command(
        id="confirm",
        run=later("automation.commands.confirming", "confirm"),
        name=Text("需求确认", "Confirm requirements"),
        help=Text("记录客户确认并建立需求基线(C12)", "note the customer's confirmation and set the baseline (C12)"),
        writes="always",
        ribbon=Ribbon(
            "B07",
            "requirements",
            "ReviewAcceptChange",
            "O",
            Text(
                "检查已分析的需求是否可以确认；客户签字后记录确认人、日期和基线。",
                "Checks whether the analysed requirements are ready; after the signature notes person, day and baseline.",
            ),
        ),
        options=(
            Option("project", Text("项目编号(默认唯一的)", "the project (default: the only one)"), metavar="PRJ-nnn"),
            Option("only", Text("需求编号，用分号分隔", "requirements parted by ;"), metavar="REQ-nnn"),
            Option("by", Text("客户确认人(联系人编号)", "the contact who confirms"), metavar="CON-nnn"),
            Option("on", Text("确认日期(默认状态日期)", "the day (default: the status date)"), metavar="YYYY-MM-DD"),
        ),
    ),
    Command(
        id="impact",
        run=later("automation.commands.impact", "change_impact"),
        name=Text("变更影响", "Change impact"),
        help=Text(
            "试算变更对完成日、里程碑、成本的影响(C13)", "what a change would do to finish, milestones, cost (C13)"
        ),
        writes="asked",
        ribbon=Ribbon(
            "B09",
            "requirements",
            "WhatIfAnalysisMenu",
            "2",
            Text(
                "在计划的副本上试算所选变更的影响；确认后写入进度影响和成本影响。",
                "Works out the selected change on a copy of the plan; after your yes the numbers are written.",
            ),
        ),
        options=(
            Option(
                "only",
                Text("变更编号，用分号分隔(默认待定的)", "changes parted by ; (default: those pending)"),
                metavar="CHG-nnn",
                filled_from="row",
                of="changes",
            ),
            Option("together", Text("作为一个整体测算", "all of them as one"), kind="flag"),
            Option("write", Text("把结果写入变更", "write the numbers into the changes"), kind="flag"),
        ),
    ),
)
