"""Check: every data check and rule, compared with the run before.

With ``write`` also the findings sheet, the computed columns that the rules rest on, and the marks on cells. Not here:
the checks and rules, nor the layout of the findings sheet (``commands.findings_sheet``).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from automation.base.findings import FindingStatus, Severity, Text
from automation.commands import dashboard, derived_columns, findings_sheet, sales_figures, scheduling, service_columns
from automation.commands.computed import cell_edits
from automation.commands.plan_notices import plan_notices
from automation.commands.sheet_names import sheet_named
from automation.commands.state_notes import state_notes
from automation.model.effects import LogEntry, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.base.findings import Finding
    from automation.commands.request import Request
    from automation.model.effects import BookEdit

HEALTH_RULES = ("PLN-", "CST-", "CHK-", "DLV-", "FBK-")
"""Rules whose findings colour the health of a project (C33): milestone slip, budget, quality, satisfaction."""


def check(request: Request) -> Outcome:
    """Every check and rule on the workbook, with what changed since the run before.

    Parameters: ``write``: also ask for the findings sheet, the computed columns and the marks to be written; ``sheet``:
    report and mark that sheet alone, and leave computed columns as they are. Raises UsageError for an unknown sheet.
    """
    only = ""
    if request.parameters.get("sheet"):
        only = sheet_named(request, str(request.parameters["sheet"])).id
    followed = findings_sheet.followed(request)
    figures = dashboard.figures(request)
    edits: tuple[BookEdit, ...] = ()
    if request.parameters.get("write"):
        edits = findings_sheet.edits(followed, request.project, request.catalogue, request.status_date, only=only)
        if not only:
            edits = (*computed_edits(request, followed.findings), *dashboard.edits(request, figures), *edits)
    shown = tuple(finding for finding in followed.findings if only in {"", finding.place.sheet})
    table = request.project.tables["findings"]
    return Outcome(
        findings=shown,
        edits=edits,
        log=(LogEntry("check", only), *(state_notes(request) if edits and not only else ())),
        goto=f"'{table.name}'!A{table.header_row + 1}" if shown and table.columns and not only else "",
        figures={**figures, **finding_figures(shown)},
        notices=(*plan_notices(request), *skipped_notices(request), *_kept_notice(followed)),
    )


def computed_edits(request: Request, findings: tuple[Finding, ...]) -> tuple[BookEdit, ...]:
    """Edits of every computed column that a rule of this run rests on."""
    values: dict[str, dict[int, dict[str, Any]]] = {}
    for part in (
        {"plan": scheduling.drawn_values(request)},
        {"plan": scheduling.forecast_values(request)},
        {"projects": scheduling.project_values(request)},
        {"projects": health_values(request, findings)},
        derived_columns.values(request.project.rows, request.settings),
        sales_figures.values(request),
        service_columns.values(request),
    ):
        for sheet, rows in part.items():
            for number, columns in rows.items():
                values.setdefault(sheet, {}).setdefault(number, {}).update(columns)
    return tuple(
        edit for sheet, rows in values.items() for edit in cell_edits(request.project, request.catalogue, sheet, rows)
    )


def health_values(request: Request, findings: tuple[Finding, ...]) -> dict[int, dict[str, Any]]:
    """Health by project row (C33): red with a finding of severity high, amber with medium, else green.

    Findings on plan, costs, checks, deliverables and feedback count, each for the project that its row names.
    """
    worst: dict[str, Severity] = {}
    for finding in findings:
        if finding.rule.startswith(HEALTH_RULES) and request.is_open(finding):
            project = project_of(request, finding)
            worst[project] = max(finding.severity, worst.get(project, Severity.REMINDER))
    colours: Mapping[bool, str] = {True: "red", False: "amber"}
    result: dict[int, dict[str, Any]] = {}
    for row in request.project.rows.projects:
        grade = worst.get(row.project_id or "", Severity.REMINDER)
        colour = "green" if grade < Severity.MEDIUM else colours[grade >= Severity.HIGH]
        result[row.row] = {"health": colour}
    return result


def project_of(request: Request, finding: Finding) -> str:
    """The project that a finding is about, ``""`` for none."""
    if finding.place.sheet == "projects":
        return finding.place.key
    row = request.project.tables[finding.place.sheet].by_key.get(finding.place.key)
    return str(getattr(row, "project_id", "") or "")


def finding_figures(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """How many findings are new, continuing, resolved and waived."""
    total = Counter(finding.status.value for finding in findings)
    return {f"findings_{status.value}": total.get(status.value, 0) for status in FindingStatus}


def skipped_notices(request: Request) -> tuple[Text, ...]:
    """One sentence for each rule that could not judge some rows: for errors, missing columns or unknown dates."""
    judged = request.judged
    undated, lacking = set(judged.undated), {rule for rule, _ in judged.lacking}
    rows: dict[str, list[str]] = {}
    waiting: dict[str, list[str]] = {}
    for entry in judged.skipped:
        rule, _, key = entry
        if rule not in lacking:
            (waiting if entry in undated else rows).setdefault(rule, []).append(key)
    return (
        *_lacking(request),
        *(_undated(request, rule, sorted(set(keys))) for rule, keys in waiting.items()),
        *(_skipped(request, rule, sorted(set(keys))) for rule, keys in rows.items()),
    )


def _lacking(request: Request) -> Iterator[Text]:
    """One sentence for each sheet that lacks columns which rules need."""
    columns: dict[str, dict[str, None]] = {}
    rules: dict[str, dict[str, None]] = {}
    for rule, place in request.judged.lacking:
        name, _, column = place.partition(".")
        columns.setdefault(name, {})[column] = None
        rules.setdefault(name, {})[rule] = None
    for name, missing in columns.items():
        sheet = request.catalogue.sheets[name]
        labels = [sheet.column(column).label for column in missing]
        zh, en = "、".join(f"“{label.zh}”" for label in labels), ", ".join(f"“{label.en}”" for label in labels)
        yield Text(
            f"“{sheet.label.zh}”表缺少列{zh}，规则 {'、'.join(rules[name])} 未判断；请先恢复这些列的标题。",
            f"Sheet “{sheet.label.en}” lacks the column(s) {en}: the rules {', '.join(rules[name])} were not judged; "
            "restore the headings first.",
        )


def _undated(request: Request, rule: str, keys: list[str]) -> Text:
    name = request.catalogue.rule_messages[rule].name
    return Text(
        f"规则 {rule}“{name.zh}”未判断 {len(keys)} 行({_few(keys)})：计划没有给出所需的日期，请先改正计划。",
        f"Rule {rule} '{name.en}' did not judge {len(keys)} row(s) ({_few(keys)}): "
        "the plan does not give the dates they need, correct the plan first.",
    )


def _kept_notice(followed: findings_sheet.Followed) -> tuple[Text, ...]:
    """A sentence on the findings of the run before that could not be judged again."""
    count = len(followed.kept)
    if not count:
        return ()
    return (
        Text(
            f"上次的 {count} 项检查结果这次无法重新判断，按“持续”保留，没有算作已解决。",
            f"{count} finding(s) of the run before could not be judged again: they stay open and do not count as resolved.",
        ),
    )


def _few(keys: list[str]) -> str:
    return ", ".join(keys[:5]) + (" …" if len(keys) > 5 else "")  # noqa: PLR2004 - five fit on a line


def _skipped(request: Request, rule: str, keys: list[str]) -> Text:
    name = request.catalogue.rule_messages[rule].name
    shown = _few(keys)
    return Text(
        f"规则 {rule}“{name.zh}”未判断 {len(keys)} 行({shown})：这些行有数据错误，请先更正。",
        f"Rule {rule} '{name.en}' did not judge {len(keys)} row(s) ({shown}): they have data errors, correct these first.",
    )
