"""The appraisal sheet of a person (D26): indicators with target and actual, parts of the score, reward, remarks.

Not here: its look (``templates/*/D26.docx``), the score (``deviations.appraisal``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.amounts import money
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number, pair
from automation.deviations import indicators
from automation.deviations.appraisal import PARTS, appraisals

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.deviations.appraisal import Person
    from automation.model.rows import MetricsRow, ResourcesRow

TITLE = Text("绩效考核表", "Appraisal sheet")
NAMES = {
    "on_time": Text("任务按期完成", "Tasks done in time"),
    "rating": Text("客户评分", "Ratings by customers"),
    "sla": Text("服务时限", "Service levels kept"),
    "information": Text("信息提供", "Information provided"),
    "training": Text("培训", "Training"),
}
_PEOPLE = frozenset({"person"})


def appraisal_sheet(source: Source) -> dict[str, Any]:
    """The context of D26 for the source's resource and the last month that is over."""
    row: ResourcesRow = source.subject
    period = month_before(source)
    people = appraisals(source.rows, source.request.settings, period, source.status_date)
    own = next((one for one in people if one.resource == row.resource_id), None)
    return {
        **frame(source, "D26", TITLE, signed=False),
        "facts": _facts(source, row, period, own, len(people)),
        "parts": _parts(source, own),
        "metrics": [_metric(source, one) for one in _metrics(source, row)],
    }


def month_before(source: Source) -> str:
    """The month before that of the day after the status date, such as 2026-05: the last one that is over."""
    following = source.status_date + timedelta(days=1)
    return (following.replace(day=1) - timedelta(days=1)).isoformat()[:7]


def _facts(source: Source, row: ResourcesRow, period: str, own: Person | None, of: int) -> list[dict[str, str]]:
    score = EMPTY if own is None or own.score is None else f"{own.score:.1f}"
    rank = EMPTY if own is None or own.rank is None else f"{own.rank} / {of}"
    return [
        pair(source, "姓名", "Name", row.name),
        pair(source, "部门", "Department", row.department),
        pair(source, "角色", "Role", source.label("resources", "role", row.role)),
        pair(source, "考核期", "Period", source.month(period)),
        pair(source, "综合得分（0 至 100）", "Score (0 to 100)", score),
        pair(source, "排名", "Rank", rank),
    ]


def _parts(source: Source, own: Person | None) -> list[dict[str, str]]:
    settings = source.request.settings
    values = {part: getattr(own, part) if own else None for part in PARTS}
    return [
        {
            "name": NAMES[part].in_(source.language),
            "weight": number(settings.number(f"weight_{part}")),
            "value": source.say("无数据", "no data") if values[part] is None else f"{values[part]:.1f}",
        }
        for part in PARTS
    ]


def _metrics(source: Source, row: ResourcesRow) -> list[MetricsRow]:
    own = [one for one in source.rows.metrics if one.scope_kind in _PEOPLE and one.scope_ref == row.resource_id]
    return sorted(own, key=lambda one: (one.indicator or "", one.period or ""))


def _metric(source: Source, row: MetricsRow) -> dict[str, str]:
    achieved = indicators.achievement(row)
    target, actual = (None if value is None else float(value) for value in (row.target, row.actual))
    amount = money(source, row.reward_amount) if row.reward_amount is not None else ""
    reward = source.label("metrics", "reward", row.reward)
    return {
        "name": source.label("metrics", "indicator", row.indicator),
        "period": source.month(row.period),
        "target": number(target),
        "actual": number(actual),
        "achieved": EMPTY if achieved is None else f"{achieved:.0f}%",
        "reward": f"{reward} {amount}".strip(),
        "comment": row.comment or EMPTY,
    }
