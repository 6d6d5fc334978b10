"""The report on customers' needs and the market (D24): needs by kind, information classes, competitors, advice.

Not here: its look (``templates/*/D24.docx``), the figures (``deviations.feedback``, ``deviations.derived``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number, pair
from automation.deviations import derived, feedback

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.commands.document.source import Source
    from automation.model.rows import RequirementsRow

TITLE = Text("客户需求与市场调研报告", "Customer-need and market research report")
_MARKET = frozenset({"market_information", "competitor_information"})
_MOST = 15


def market_report(source: Source) -> dict[str, Any]:
    """The context of D24 for the source's project: its requirements, and what is known of customers and market."""
    rows = source.own(source.rows.requirements)
    return {
        **frame(source, "D24", TITLE, signed=False),
        "target": _target(source),
        "segments": _segments(source),
        "sources": _sources(source, rows),
        "groups": _groups(source, rows),
        "top": [_requirement(source, row) for row in _ranked(rows)[:_MOST]],
        "competitors": _competitors(source),
        "classes": _classes(source),
        "corroborated": _corroborated(source),
        "market": [_information(source, row) for row in source.rows.feedback if row.kind in _MARKET],
        "advice": list(_advice(source, rows)),
    }


def _target(source: Source) -> list[dict[str, str]]:
    row = source.customer
    if row is None:
        return []
    return [
        pair(source, "客户", "Customer", row.name),
        pair(source, "行业", "Industry", row.industry),
        pair(source, "业务与产品", "Business and products", row.main_products or row.business_scope),
        pair(source, "市场地位", "Market position", row.market_position),
        pair(source, "痛点", "Pains", "\n".join(source.items(row.pain_points))),
        pair(source, "发展规划", "Plans", row.dev_plan),
    ]


def _segments(source: Source) -> list[dict[str, str]]:
    """Customers by industry and tier."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in source.rows.customers:
        if row.customer_type != "internal":
            found[row.industry or source.say("未填写", "not stated")][row.tier or ""] += 1
    return [
        {
            "industry": industry,
            "count": str(sum(tiers.values())),
            "tiers": source.joined(f"{_tier_name(source, tier)} {count}" for tier, count in sorted(tiers.items())),
        }
        for industry, tiers in sorted(found.items(), key=lambda one: (-sum(one[1].values()), one[0]))
    ]


def _tier_name(source: Source, tier: str) -> str:
    if not tier:
        return source.say("未分层", "no tier")
    label = source.label("customers", "tier", tier)
    return source.say(f"{label} 类", label)


def _sources(source: Source, rows: tuple[RequirementsRow, ...]) -> list[dict[str, str]]:
    counted = Counter(row.source_channel or "" for row in rows)
    return [
        {"channel": source.label("requirements", "source_channel", channel or None), "count": str(count)}
        for channel, count in counted.most_common()
    ]


def _groups(source: Source, rows: tuple[RequirementsRow, ...]) -> list[dict[str, str]]:
    """Requirements by sub-type with their number and priorities."""
    groups: dict[str, list[RequirementsRow]] = defaultdict(list)
    for row in rows:
        groups[row.subtype or ""].append(row)
    return [
        {
            "group": source.label("requirements", "subtype", subtype or None),
            "count": str(len(found)),
            **{level: str(sum(row.priority == level for row in found)) for level in ("high", "medium", "low")},
            "score": _mean_score(found),
        }
        for subtype, found in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))
    ]


def _mean_score(rows: list[RequirementsRow]) -> str:
    scores = [score for row in rows if (score := derived.priority_score(row.importance, row.urgency)) is not None]
    return f"{sum(scores) / len(scores):.1f}" if scores else EMPTY


def _ranked(rows: tuple[RequirementsRow, ...]) -> list[RequirementsRow]:
    scored = [(derived.priority_score(row.importance, row.urgency), row) for row in rows]
    known = [(score, row) for score, row in scored if score is not None]
    return [row for _, row in sorted(known, key=lambda one: (-one[0], one[1].row))]


def _requirement(source: Source, row: RequirementsRow) -> dict[str, str]:
    score = derived.priority_score(row.importance, row.urgency)
    suggested = derived.suggested_priority(score, source.request.settings)
    return {
        "id": row.req_id or EMPTY,
        "title": source.pick(row, "title"),
        "score": EMPTY if score is None else f"{number(row.importance)} × {number(row.urgency)} = {score}",
        "priority": source.label("requirements", "priority", row.priority),
        "suggested": source.label("requirements", "priority", suggested),
        "differs": "differs" if suggested and row.priority and suggested != row.priority else "",
    }


def _competitors(source: Source) -> list[dict[str, str]]:
    """Competitors that deals name, with these deals."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in source.rows.deals:
        for name in source.items(row.competitors):
            found[name].append(source.pick(row))
    return [{"name": name, "deals": source.joined(deals)} for name, deals in found.items()]


def _classes(source: Source) -> list[dict[str, str]]:
    labels = source.catalogue.lists["info_class"].by_code
    return [
        {
            "name": labels[code].label.in_(source.language) if code in labels else code,
            "count": str(one.number),
            "converted": str(one.converted),
            "share": EMPTY if one.share is None else f"{one.share:.0f}%",
        }
        for code, one in feedback.information(source.rows.feedback).items()
    ]


def _corroborated(source: Source) -> list[dict[str, str]]:
    names = {row.req_id: source.pick(row, "title") for row in source.rows.requirements}
    labels = source.catalogue.lists["info_class"].by_code
    return [
        {
            "id": key,
            "title": names.get(key) or EMPTY,
            "classes": source.joined(
                labels[code].label.in_(source.language) if code in labels else code for code in classes
            ),
        }
        for key, classes in feedback.corroborated(source.rows.feedback).items()
    ]


def _information(source: Source, row: Any) -> dict[str, str]:
    return {
        "date": source.day(row.received_on),
        "kind": source.label("feedback", "kind", row.kind),
        "class": source.label("feedback", "info_class", row.info_class),
        "content": row.content or EMPTY,
        "requirement": row.req_id or EMPTY,
    }


def _advice(source: Source, rows: tuple[RequirementsRow, ...]) -> Iterator[str]:
    differing = [row.req_id or EMPTY for row in _ranked(rows) if _requirement(source, row)["differs"]]
    if differing:
        names = source.joined(differing[:8])
        yield source.say(
            f"下列需求的优先级与重要性×紧迫性的结果不一致，请复核：{names}。",
            f"Priorities that differ from importance × urgency should be looked at again: {names}.",
        )
    single = [
        row for row in source.rows.feedback if row.kind in _MARKET and row.info_class in {"c", "d"} and not row.req_id
    ]
    if single:
        yield source.say(
            f"有 {len(single)} 条 C、D 类信息尚无其他来源佐证，采用前请先核实。",
            f"{len(single)} pieces of class C or D have no second source: verify them before use.",
        )
    proven = feedback.corroborated(source.rows.feedback)
    if proven:
        names = source.joined(proven)
        yield source.say(
            f"{names} 有两类以上信息佐证，可优先安排。",
            f"{names}: supported by information of two classes, can go first.",
        )
