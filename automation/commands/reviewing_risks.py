"""Risk review (C14, B15): risks that are due with their trend, the 5x5 matrix, the reserve; and a review noted.

Not here: the figures (``deviations.risk_review``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.analysis_sheets import filled
from automation.commands.computed import cell_edits
from automation.deviations import derived
from automation.deviations.risk_review import matrix, reserve, review
from automation.model.effects import LogEntry, Need, Outcome
from automation.model.spelling import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from automation.commands.request import Request
    from automation.deviations.risk_review import Reviewed

SHEET = "risk_matrix"
SCALE = range(1, 6)
_TRENDS = {
    "rising": Text("上升", "rising"),
    "falling": Text("下降", "falling"),
    "unchanged": Text("不变", "unchanged"),
    "new": Text("首次", "first"),
}


def risk_review(request: Request) -> Outcome:
    """The open risks with exposure, trend and next review; with ``write`` the review of those due, or named, is noted.

    Noting one sets the previous exposure to what it is now, the last review to the status date and the next review
    after it. Parameters: ``only`` these risks, parted by semicolons (default: those due), ``write``. Raises UsageError
    for an unknown risk.
    """
    projects = {row.project_id for row in request.project.rows.projects if row.status not in {"closed", "terminated"}}
    rows = [row for row in request.project.rows.risks if row.project_id in projects or row.project_id is None]
    found = review(rows, request.settings, request.status_date)
    wanted = _wanted(request, found)
    sheet = filled(request, SHEET, _matrix_rows(found), caption=_caption(request, found))
    values = {one.row.row: _noted(request, one) for one in wanted}
    edits = tuple(cell_edits(request.project, request.catalogue, "risks", values))
    return Outcome(
        edits=(*edits, *sheet.edits),
        figures={
            "open_risks": len(found),
            "due": sum(one.due for one in found),
            "rising": sum(one.trend == "rising" for one in found),
            "not_assessed": sum(one.exposure is None for one in found),
            "reserve": reserve(found),
            "by_level": {level: sum(one.level == level for one in found) for level in _levels(request)},
            "reviewed": len(wanted),
        },
        lines=tuple(_lines(request, found)),
        tables={
            "risks": [_value(one) for one in found],
            "matrix": {f"{p}x{i}": list(keys) for (p, i), keys in sorted(matrix(found).items())},
        },
        notices=sheet.notices,
        log=tuple(_log(request, wanted)),
        goto=sheet.goto,
        needs=(Need("edit", "risks"),) if request.parameters.get("write") else (),
        question=_question(wanted),
    )


def _levels(request: Request) -> tuple[str, ...]:
    return tuple(value.code for value in request.catalogue.lists["risk_level"].values)


def _wanted(request: Request, found: Sequence[Reviewed]) -> tuple[Reviewed, ...]:
    """The risks whose review is noted: those named, else those due."""
    named = ids_of(str(request.parameters.get("only") or ""))
    if not named:
        return tuple(one for one in found if one.due)
    known = {one.row.risk_id: one for one in found}
    missing = [name for name in named if name not in known]
    if missing:
        raise UsageError(
            Text(
                f"没有未关闭的风险 {'、'.join(missing)}：请检查编号。",
                f"There is no open risk {', '.join(missing)}: check the id.",
            ),
            code="NO_SUCH_ROW",
        )
    return tuple(known[name] for name in dict.fromkeys(named))


def _noted(request: Request, one: Reviewed) -> dict[str, Any]:
    """What a review writes into the row of a risk."""
    cycle = derived.review_cycle(one.row, request.settings)
    return {
        "previous_exposure": one.exposure,
        "last_review": request.status_date,
        "exposure": one.exposure,
        "level": one.level,
        "next_review": None if cycle is None else request.status_date + timedelta(days=cycle),
    }


def _log(request: Request, wanted: Sequence[Reviewed]) -> Iterator[LogEntry]:
    for one in wanted:
        key = one.row.risk_id or ""
        yield LogEntry("risk-review", "risks", key, "last_review", one.row.last_review, request.status_date)
        if one.row.previous_exposure != one.exposure:
            yield LogEntry("risk-review", "risks", key, "previous_exposure", one.row.previous_exposure, one.exposure)
    if not wanted:
        yield LogEntry("risk-review", SHEET)


def _question(wanted: Sequence[Reviewed]) -> Text:
    if not wanted:
        return Text("", "")
    names = [one.row.risk_id or "" for one in wanted]
    return Text(
        f"记录 {len(names)} 项风险的评审({'、'.join(names)})？上次评审日期改为状态日期，上次风险值改为现在的值。",
        f"Note the review of {len(names)} {'risk' if len(names) == 1 else 'risks'} ({', '.join(names)})? The last review "
        "becomes the status date, the previous exposure the present one.",
    )


def _matrix_rows(found: Sequence[Reviewed]) -> list[dict[str, Any]]:
    """Rows of the matrix from the highest probability down."""
    places = matrix(found)
    return [
        {"probability": p, **{f"i{i}": "; ".join(places.get((p, i), ())) or None for i in SCALE}}
        for p in reversed(SCALE)
    ]


def _caption(request: Request, found: Sequence[Reviewed]) -> Text:
    total, due, money = len(found), sum(one.due for one in found), _money(request, reserve(found))
    return Text(
        f"状态日期 {request.status_date}：未关闭的风险 {total} 项，到期应评审 {due} 项，风险准备金合计 {money}。",
        f"At {request.status_date}: {total} open risks, {due} due for review, reserve in all {money}.",
    )


def _money(request: Request, amount: Decimal) -> str:
    return f"{request.settings.text('currency')} {amount:,.0f}".strip()


def _lines(request: Request, found: Sequence[Reviewed]) -> Iterator[Text]:
    yield _caption(request, found)
    column = request.catalogue.sheets["risks"].column("level")
    for one in sorted(found, key=lambda one: (not one.due, -(one.exposure or 0))):
        row = one.row
        zh, en = (request.catalogue.label(column, one.level or "", language) or "—" for language in ("zh", "en"))
        trend = _TRENDS[one.trend]
        moved = (
            f"{row.previous_exposure} → {one.exposure}"
            if row.previous_exposure is not None
            else f"{one.exposure or '—'}"
        )
        mark = "! " if one.due else "  "
        yield Text(
            f"{mark}{row.risk_id} {row.title or ''}：{zh}，风险值 {moved}({trend.zh})，下次评审 {one.next_review or '—'}",
            f"{mark}{row.risk_id} {row.title_en or row.title or ''}: {en}, exposure {moved} ({trend.en}), next review "
            f"{one.next_review or '—'}",
        )


def _value(one: Reviewed) -> dict[str, Any]:
    return {
        "risk": one.row.risk_id,
        "exposure": one.exposure,
        "previous_exposure": one.row.previous_exposure,
        "level": one.level,
        "trend": one.trend,
        "next_review": one.next_review,
        "due": one.due,
    }
