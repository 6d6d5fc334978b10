"""Deliveries registered (B25): handed over, accepted, rejected or sent back, after signature.

A typed date or name is never replaced by another. Not here: the making of documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.days import date_of
from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.computed import cell_edits
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from automation.commands.request import Request
    from automation.model.rows import DeliverablesRow

SHEET = "deliverables"
NEXT: Mapping[str, tuple[str, ...]] = {
    "not_submitted": ("submitted",),
    "submitted": ("accepted", "accepted_with_conditions", "rework_needed", "rejected"),
    "rework_needed": ("submitted",),
    "rejected": ("submitted",),
}
"""Where a deliverable may go from each state; the first is what a click proposes."""
_REMARKED = frozenset({"accepted_with_conditions", "rework_needed", "rejected"})


def register(request: Request) -> Outcome:
    """One deliverable's next state with its date and person.

    Parameters: ``id``, ``status`` (default: the usual next one), ``on`` a day (default: the status date), ``by`` the
    customer's contact (default: the project's), ``remark``, ``file`` the path of the signed version, ``version``. Raises
    UsageError for a state that cannot follow, a missing remark, and a cell that holds another value.
    """
    row = _row(request)
    state = _state(request, row)
    day = _day(request)
    values = _values(request, row, state, day)
    _check_free(request, row, values)
    edits = tuple(cell_edits(request.project, request.catalogue, SHEET, {row.row: values}))
    labels = [_label(request, code) for code in (row.accept_status, state)]
    name = Text(row.name or "", row.name_en or row.name or "")
    return Outcome(
        edits=edits,
        figures={"deliverable": row.deliverable_id, "status": state, "on": day},
        lines=(
            Text(
                f"{row.deliverable_id} {name.zh}：{labels[0].zh} → {labels[1].zh}({day})",
                f"{row.deliverable_id} {name.en}: {labels[0].en} -> {labels[1].en} ({day})",
            ),
        ),
        log=(LogEntry("hand-over", SHEET, row.deliverable_id or "", "accept_status", row.accept_status, state),),
        needs=(Need("edit", SHEET),),
        question=Text(
            f"登记交付物 {row.deliverable_id}“{name.zh}”为“{labels[1].zh}”，日期 {day}？",
            f"Register deliverable {row.deliverable_id} “{name.en}” as “{labels[1].en}” on {day}?",
        ),
    )


def _row(request: Request) -> DeliverablesRow:
    key = str(request.parameters.get("id") or "")
    row: DeliverablesRow | None = request.project.tables[SHEET].by_key.get(key)
    if row is None:
        raise UsageError(
            Text(
                f"没有交付物“{key}”：请选中一行或填写编号。",
                f"There is no deliverable “{key}”: select its row or give its id.",
            ),
            code="NO_SUCH_ROW",
        )
    return row


def _label(request: Request, code: str | None) -> Text:
    found = request.catalogue.lists["accept_status"].by_code.get(code or "")
    return found.label if found else Text("—", "—")


def _state(request: Request, row: DeliverablesRow) -> str:
    following = NEXT.get(row.accept_status or "not_submitted", ())
    text = str(request.parameters.get("status") or "").strip()
    known = request.catalogue.lists["accept_status"]
    wanted = next((one.code for one in known.values if text.casefold() in _spellings(one)), text) if text else ""
    if not wanted and following:
        return following[0]
    if wanted in following:
        return wanted
    now = _label(request, row.accept_status)
    zh = "、".join(f"“{_label(request, code).zh}”({code})" for code in following) or "无"
    en = ", ".join(f"“{_label(request, code).en}” ({code})" for code in following) or "nothing"
    raise UsageError(
        Text(
            f"{row.deliverable_id} 现为“{now.zh}”，不能改为“{text or '—'}”：之后可以是 {zh}。",
            f"{row.deliverable_id} is “{now.en}” and cannot become “{text or '—'}”: it may become {en}.",
        ),
        code="TRANSITION",
    )


def _spellings(one: Any) -> set[str]:
    return {one.code, one.label.zh.casefold(), one.label.en.casefold()}


def _day(request: Request) -> date:
    text = str(request.parameters.get("on") or "")
    day = date_of(text) if text else request.status_date
    if day is None or day > request.status_date:
        raise UsageError(
            Text(
                f"--on 应为不晚于状态日期 {request.status_date} 的日期，而不是“{text}”。",
                f"--on takes a day not after the status date {request.status_date}, not “{text}”.",
            ),
            code="NOT_A_DATE",
        )
    return day


def _values(request: Request, row: DeliverablesRow, state: str, day: date) -> dict[str, Any]:
    """The cells of the new state."""
    project = request.case.find("projects", row.project_id)
    person = str(request.parameters.get("by") or (project.customer_owner if project else "") or "")
    if person and person not in request.project.tables["contacts"].by_key:
        raise UsageError(Text(f"没有联系人“{person}”。", f"There is no contact “{person}”."), code="NO_SUCH_ROW")
    remark = str(request.parameters.get("remark") or "") or None
    if state in _REMARKED and remark is None and row.accept_remark is None:
        raise UsageError(
            Text("请用 --remark 写明条件或原因。", "Give the conditions or reasons with --remark."), code="NO_REMARK"
        )
    values: dict[str, Any] = {"accept_status": state}
    if state == "submitted":
        values |= {"delivered_on": day, "recipient": person or None}
    elif state in {"accepted", "accepted_with_conditions"}:
        values |= {"accepted_on": day, "accepted_by": person or None}
    extra = {
        "accept_remark": remark,
        "file_path": request.parameters.get("file"),
        "version": request.parameters.get("version"),
    }
    return {name: value for name, value in {**values, **extra}.items() if value is not None}


def _check_free(request: Request, row: DeliverablesRow, values: Mapping[str, Any]) -> None:
    """Nothing, unless a date or person of the new state is typed already and differs; a new submission replaces its date."""
    again = row.accept_status in {"rework_needed", "rejected"}
    for name in ("delivered_on", "recipient", "accepted_on", "accepted_by"):
        old = getattr(row, name)
        if (
            name in values
            and old is not None
            and old != values[name]
            and not (again and name in {"delivered_on", "recipient"})
        ):
            label = request.catalogue.sheets[SHEET].column(name).label
            raise UsageError(
                Text(
                    f"{row.deliverable_id} 的“{label.zh}”已填写为 {old}：请先核对，再清空该单元格或使用相同的值。",
                    f"'{label.en}' of {row.deliverable_id} holds {old} already: check it, then clear the cell or give the same.",
                ),
                code="TAKEN",
            )
