"""Appraisal (C27; B23): indicators per person in a month, weighted into a score and ranked.

Not here: the figures (``deviations.appraisal``).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.analysis_sheets import filled
from automation.commands.scheduling import rounded
from automation.deviations.appraisal import PARTS, appraisals
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.commands.request import Request
    from automation.deviations.appraisal import Person

SHEET = "appraisal"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def appraise(request: Request) -> Outcome:
    """Every person's figures and score in a month, the best first.

    Parameter: ``period`` a month (default: the last one that is over). Raises UsageError for one that is none.
    """
    period = _period(request)
    found = appraisals(request.project.rows, request.settings, period, request.status_date)
    names = {row.resource_id or "": row.name or "" for row in request.project.rows.resources}
    sheet = filled(request, SHEET, [_row(one, names) for one in found], caption=_caption(request, period))
    return Outcome(
        edits=sheet.edits,
        figures={"period": period, "people": len(found), "best": found[0].resource if found else None},
        lines=tuple(_lines(found, names, period)),
        tables={"people": [_row(one, names) for one in found]},
        notices=sheet.notices,
        log=(LogEntry("appraisal", SHEET),),
        goto=sheet.goto,
        needs=(Need("generate", "metrics"),),
    )


def _period(request: Request) -> str:
    text = str(request.parameters.get("period") or "")
    if not text:
        following = request.status_date + timedelta(days=1)
        return f"{following.replace(day=1) - timedelta(days=1):%Y-%m}"
    if not _MONTH.fullmatch(text):
        raise UsageError(
            Text(
                f"--period 应为月份，例如 2026-05，而不是“{text}”。",
                f"--period takes a month such as 2026-05, not “{text}”.",
            ),
            code="NOT_A_MONTH",
        )
    return text


def _row(one: Person, names: dict[str, str]) -> dict[str, Any]:
    parts = {part: rounded(getattr(one, part)) for part in PARTS}
    return {
        "rank": one.rank,
        "resource_id": one.resource,
        "name": names.get(one.resource),
        **parts,
        "score": rounded(one.score),
    }


def _caption(request: Request, period: str) -> Text:
    weights = [request.settings.number(f"weight_{part}") for part in PARTS]
    return Text(
        f"{period}：权重 按期 {weights[0]:g}、评分 {weights[1]:g}、SLA {weights[2]:g}、信息 {weights[3]:g}、培训 {weights[4]:g}；没有数据的项不计。",
        f"{period}: weights on time {weights[0]:g}, rating {weights[1]:g}, SLA {weights[2]:g}, information {weights[3]:g}, "
        f"training {weights[4]:g}; parts without data do not count.",
    )


def _lines(found: Sequence[Person], names: dict[str, str], period: str) -> Iterator[Text]:
    if not found:
        yield Text(f"{period} 没有可考核的数据。", f"There is nothing to judge in {period}.")
    for one in found:
        name = f"{one.resource} {names.get(one.resource, '')}".strip()
        parts = {part: "—" if (value := getattr(one, part)) is None else f"{value:.0f}" for part in PARTS}
        yield Text(
            f"{one.rank}. {name}：{one.score:.1f}(按期 {parts['on_time']}、评分 {parts['rating']}、SLA {parts['sla']}、"
            f"信息 {parts['information']}、培训 {parts['training']})",
            f"{one.rank}. {name}: {one.score:.1f} (on time {parts['on_time']}, rating {parts['rating']}, SLA {parts['sla']}, "
            f"information {parts['information']}, training {parts['training']})",
        )
