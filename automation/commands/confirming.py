"""Requirements confirmed (C12; B07): who and when, the digest of what was confirmed, and the project's baseline.

What is not ready is refused with the reason and nothing is written. Not here: the digest (``deviations.derived``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.days import date_of
from automation.base.errors import UsageError
from automation.base.findings import Finding, Severity, Text
from automation.commands.computed import cell_edits
from automation.deviations import derived
from automation.deviations.requirements import measurable
from automation.model.effects import LogEntry, Need, Outcome
from automation.model.spelling import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from automation.commands.request import Request
    from automation.model.rows import ProjectsRow, RequirementsRow

SHEET = "requirements"
NAME = "B07"
"""What findings of this command are called."""
_READY = frozenset({"feasible", "feasible_with_conditions"})
_WITHDRAWN = frozenset({"deferred", "cancelled"})


def confirm(request: Request) -> Outcome:
    """Requirements confirmed by the customer, and the baseline set once none of high priority is left.

    Parameters: ``project`` (default: the only one), ``only`` requirements parted by semicolons (default: all that are
    analysed; then the baseline is set too), ``by`` the customer's contact (default: the project's), ``on`` a day (default:
    the status date). Raises UsageError for what does not exist.
    """
    project = _project(request)
    rows = _wanted(request, project)
    day, person = _day(request), _person(request, project)
    faults = [fault for row in rows for fault in _faults(request, row)]
    whole = not request.parameters.get("only")
    if whole:
        faults += list(_left_out(request, project, rows))
    if faults:
        return Outcome(findings=tuple(faults), notices=(_refused(len(faults)),), needs=(Need("edit", SHEET),))
    edits = list(
        cell_edits(request.project, request.catalogue, SHEET, {row.row: _values(row, day, person) for row in rows})
    )
    log = [LogEntry("confirm", SHEET, row.req_id or "", "status", row.status, "confirmed") for row in rows]
    if whole and project.req_baseline_on is None:
        edits += cell_edits(request.project, request.catalogue, "projects", {project.row: {"req_baseline_on": day}})
        log.append(LogEntry("confirm", "projects", project.project_id or "", "req_baseline_on", None, day))
    return Outcome(
        edits=tuple(edits),
        figures={"confirmed": len(rows), "baseline": whole and project.req_baseline_on is None},
        lines=tuple(_lines(rows, project, day, whole=whole)),
        tables={"requirements": [row.req_id for row in rows]},
        log=tuple(log),
        needs=(Need("edit", SHEET),),
        question=_question(rows, day, person),
    )


def _project(request: Request) -> ProjectsRow:
    key = str(request.parameters.get("project") or "")
    rows = [row for row in request.project.rows.projects if row.project_id and (not key or row.project_id == key)]
    if len(rows) == 1:
        return rows[0]
    names = ", ".join(row.project_id for row in request.project.rows.projects if row.project_id) or "—"
    raise UsageError(
        Text(f"请用 --project 指定项目：现有 {names}。", f"Name the project with --project: there are {names}."),
        code="NO_SUCH_ROW",
    )


def _wanted(request: Request, project: ProjectsRow) -> tuple[RequirementsRow, ...]:
    table = request.project.tables[SHEET]
    names = ids_of(str(request.parameters.get("only") or ""))
    missing = [name for name in names if name not in table.by_key]
    if missing:
        raise UsageError(
            Text(
                f"没有需求 {'、'.join(missing)}：请检查编号。",
                f"There is no requirement {', '.join(missing)}: check the id.",
            ),
            code="NO_SUCH_ROW",
        )
    if names:
        return tuple(table.by_key[name] for name in dict.fromkeys(names))
    return tuple(row for row in table.rows if row.project_id == project.project_id and row.status == "analysed")


def _day(request: Request) -> date:
    text = str(request.parameters.get("on") or "")
    if not text:
        return request.status_date
    day = date_of(text)
    if day is None or day > request.status_date:
        raise UsageError(
            Text(
                f"--on 应为不晚于状态日期 {request.status_date} 的日期，而不是“{text}”。",
                f"--on takes a day not after the status date {request.status_date}, not “{text}”.",
            ),
            code="NOT_A_DATE",
        )
    return day


def _person(request: Request, project: ProjectsRow) -> str:
    name = str(request.parameters.get("by") or project.customer_owner or "")
    contact = request.project.tables["contacts"].by_key.get(name)
    if contact is None or (project.customer_id and contact.customer_id != project.customer_id):
        raise UsageError(
            Text(
                f"请用 --by 指定客户方确认人的联系人编号，而不是“{name}”。",
                f"Name the customer's contact who confirms with --by, not “{name}”.",
            ),
            code="NO_SUCH_ROW",
        )
    return name


def _faults(request: Request, row: RequirementsRow) -> Iterator[Finding]:
    """What keeps a requirement from being confirmed."""
    if row.status != "analysed":
        label = _label(request, "status", row.status)
        yield _finding(
            request, row, "status",
            Text(f"状态为“{label.zh}”，只有“已分析”的需求可以确认", f"is “{label.en}”; only analysed ones can be confirmed"),
            Text("请先完成分析，把状态改为“已分析”。", "Finish the analysis first and set it to Analysed."),
        )  # fmt: skip
        return
    text = row.acceptance_criterion or ""
    if not text or not measurable(text, request.settings):
        yield _finding(
            request, row, "acceptance_criterion",
            Text("没有可衡量的验收标准", "has no measurable acceptance criterion"),
            Text("请与客户商定数值或能判断是与否的条件。", "Agree on a number, or on a condition that is met or not."),
        )  # fmt: skip
    feasibility = derived.feasibility(row)
    if feasibility not in _READY:
        label = _label(request, "feasibility", feasibility)
        yield _finding(
            request, row, "feasibility",
            Text(f"综合可行性为“{label.zh}”", f"has the overall feasibility “{label.en}”"),
            Text("请完成技术、成本、时间三项可行性评估；不可行的，与客户协商调整。", "Assess all three; if it is not feasible, change it with the customer."),
        )  # fmt: skip
    if row.verify_method is None:
        yield _finding(
            request, row, "verify_method",
            Text("没有填写验证方法", "has no method of verification"),
            Text("请选择验收时怎样验证它，例如“测试”。", "Say how it is to be verified at acceptance, such as by test."),
        )  # fmt: skip
    if row.conflict_with and row.conflict_resolution is None:
        names = "、".join(row.conflict_with), ", ".join(row.conflict_with)
        yield _finding(
            request, row, "conflict_resolution",
            Text(f"与 {names[0]} 的冲突没有解决办法", f"conflicts with {names[1]} without a resolution"),
            Text("请与提出双方商定，填写冲突解决。", "Settle it with both sides and fill in the resolution."),
        )  # fmt: skip


def _left_out(request: Request, project: ProjectsRow, rows: Sequence[RequirementsRow]) -> Iterator[Finding]:
    """Requirements of high priority that would still be unconfirmed, so that there can be no baseline."""
    taken = {row.req_id for row in rows}
    for row in request.project.rows.requirements:
        open_ = row.status not in derived.CONFIRMED and row.status not in _WITHDRAWN
        if row.project_id == project.project_id and row.priority == "high" and open_ and row.req_id not in taken:
            yield _finding(
                request, row, "status",
                Text("优先级为“高”但未确认，不能建立需求基线", "is of high priority and not confirmed, so there can be no baseline"),
                Text("请先分析并确认它，或改为“暂缓”；只确认部分需求请用 --only。", "Analyse it first, or defer it; confirm some only with --only."),
            )  # fmt: skip


def _label(request: Request, column: str, code: str | None) -> Text:
    known = request.catalogue.sheets[SHEET].column(column)
    return Text(*(request.catalogue.label(known, code or "", language) for language in ("zh", "en")))


def _finding(request: Request, row: RequirementsRow, column: str, fault: Text, hint: Text) -> Finding:
    title = Text(row.title or "", row.title_en or row.title or "")
    message = Text(f"需求 {row.req_id}“{title.zh}”{fault.zh}。", f"Requirement {row.req_id} “{title.en}” {fault.en}.")
    place = request.project.tables[SHEET].place_of(row, column)
    return Finding(NAME, Severity.HIGH, place, message, hint, owner=row.owner or "")


def _refused(number: int) -> Text:
    return Text(
        f"没有确认任何需求：有 {number} 处需要先处理。",
        f"Nothing was confirmed: {number} {'thing has' if number == 1 else 'things have'} to be settled first.",
    )


def _values(row: RequirementsRow, day: date, person: str) -> dict[str, Any]:
    return {
        "status": "confirmed",
        "status_since": day,
        "confirmed_by": person,
        "confirmed_on": day,
        "confirm_rounds": (row.confirm_rounds or 0) + 1,
        "baseline_text_hash": derived.text_digest(row.description, row.acceptance_criterion),
    }


def _lines(rows: Sequence[RequirementsRow], project: ProjectsRow, day: date, *, whole: bool) -> Iterator[Text]:
    if not rows:
        yield Text("没有“已分析”的需求需要确认。", "No requirement is analysed and waits to be confirmed.")
    for row in rows:
        yield Text(
            f"{row.req_id} {row.title or ''}：已确认", f"{row.req_id} {row.title_en or row.title or ''}: confirmed"
        )
    if whole and project.req_baseline_on is None:
        yield Text(f"需求基线日期：{day}", f"Requirements baseline: {day}")


def _question(rows: Sequence[RequirementsRow], day: date, person: str) -> Text:
    if not rows:
        return Text("", "")
    return Text(
        f"客户已签字确认这 {len(rows)} 项需求？记录确认人 {person}、日期 {day}。",
        f"Has the customer signed these {len(rows)} requirements? Noted are {person} and {day}.",
    )
