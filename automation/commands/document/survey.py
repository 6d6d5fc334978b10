"""Satisfaction: the questionnaire for the customer (D16) and the analysis for management (D16R).

Not here: their look (``templates/*/D16*.docx``), the figures (``deviations.feedback``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.charts import satisfaction_chart
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, pair
from automation.deviations import feedback

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import FeedbackRow

TITLE = Text("满意度调查表", "Satisfaction questionnaire")
REPORT = Text("满意度分析报告", "Satisfaction analysis")
QUESTIONS = {
    "overall": Text("总体上，您对我们的服务是否满意？", "Overall, how satisfied are you with us?"),
    "product": Text("产品和系统的功能、质量是否满足需要？", "Do product and system do what you need, and well?"),
    "service": Text("问题的响应和解决是否及时、有效？", "Are questions and faults answered in time and solved?"),
    "delivery_schedule": Text("交付是否按约定的时间完成？", "Do we deliver on the days agreed?"),
    "communication": Text("沟通是否及时、清楚？", "Do we keep you informed, clearly and in time?"),
    "price": Text("价格与所得到的价值是否相称？", "Is the price right for what you get?"),
    "process": Text("办事流程是否简单、顺畅？", "Are our procedures simple and smooth?"),
}
"""What is asked by dimension, codes of the list ``dimension``."""
OPEN = (
    Text("最满意的是什么？", "What do you value most?"),
    Text("最希望我们改进的是什么？", "What should we improve first?"),
    Text("其他意见或建议", "Anything else"),
)


def questionnaire(source: Source) -> dict[str, Any]:
    """The context of D16 for the source's customer."""
    labels = source.catalogue.lists["dimension"].by_code
    return {
        **frame(source, "D16", TITLE, signed=False),
        "questions": [
            {
                "no": str(number),
                "dimension": labels[code].label.in_(source.language) if code in labels else code,
                "text": question.in_(source.language),
            }
            for number, (code, question) in enumerate(QUESTIONS.items(), 1)
        ],
        "open": [question.in_(source.language) for question in OPEN],
        "period": source.month(source.status_date.isoformat()[:7]),
        "touchpoints": [value.label.in_(source.language) for value in source.catalogue.lists["touchpoint"].values],
    }


def satisfaction_report(source: Source) -> dict[str, Any]:
    """The context of D16R for the source's customer."""
    rows = _rows(source)
    surveys = [row for row in rows if row.kind == feedback.SURVEY and row.score is not None]
    return {
        **frame(source, "D16R", REPORT, signed=False),
        "summary": _summary(source, rows, surveys),
        "periods": _periods(source, rows),
        "distribution": [
            {"score": str(score), "count": str(count)}
            for score, count in reversed(list(feedback.distribution(rows).items()))
        ],
        "dimensions": _means(source, rows, "dimension"),
        "touchpoints": _touchpoints(source, rows),
        "voices": [_voice(source, row) for row in rows if row.kind != feedback.SURVEY][-20:],
        "causes": [{"cause": cause, "count": str(count)} for cause, count in feedback.causes(rows)],
        "actions": _actions(source, rows),
        "charts": {"satisfaction": satisfaction_chart(source, rows)},
    }


def _rows(source: Source) -> list[FeedbackRow]:
    customer = source.customer.customer_id if source.customer else None
    return feedback.by_day(
        row
        for row in source.rows.feedback
        if row.customer_id == customer and (row.received_on is None or row.received_on <= source.status_date)
    )


def _summary(source: Source, rows: list[FeedbackRow], surveys: list[FeedbackRow]) -> list[dict[str, str]]:
    customer = (source.customer.customer_id if source.customer else None) or ""
    latest = feedback.latest_satisfaction(rows).get(customer)
    target = source.request.settings.number("sat_target")
    complaints = [row for row in rows if row.kind == feedback.COMPLAINT]
    waiting = sum(row.replied_on is None for row in complaints)
    return [
        pair(source, "最近一期总体满意度", "Overall, latest period", EMPTY if latest is None else f"{latest:.1f}"),
        pair(source, "目标", "Target", f"{target:.1f}"),
        pair(source, "评分数", "Scores", str(len(surveys))),
        pair(
            source,
            "投诉",
            "Complaints",
            source.say(f"{len(complaints)} 件，其中未答复 {waiting} 件", f"{len(complaints)}, not answered: {waiting}"),
        ),
        pair(source, "表扬", "Praise", str(sum(row.kind == feedback.PRAISE for row in rows))),
    ]


def _periods(source: Source, rows: list[FeedbackRow]) -> list[dict[str, str]]:
    customer = (source.customer.customer_id if source.customer else None) or ""
    target = source.request.settings.number("sat_target")
    found, before = [], None
    for period, mean in feedback.overall_by_period(rows).get(customer, {}).items():
        change = EMPTY if before is None else f"{mean.value - before:+.1f}"
        low = "low" if mean.value < target else ""
        found.append(
            {
                "period": source.month(period),
                "score": f"{mean.value:.1f}",
                "answers": str(mean.number),
                "change": change,
                "low": low,
            }
        )
        before = mean.value
    return found


def _means(source: Source, rows: list[FeedbackRow], column: str) -> list[dict[str, str]]:
    """Means by dimension or touchpoint in the order of the list; those without any score say so."""
    target = source.request.settings.number("sat_target")
    means = feedback.by(rows, column)
    labels = source.catalogue.lists[column].values
    return [
        {
            "code": value.code,
            "name": value.label.in_(source.language),
            "score": f"{means[value.code].value:.1f}" if value.code in means else EMPTY,
            "answers": str(means[value.code].number) if value.code in means else "0",
            "low": "low" if value.code in means and means[value.code].value < target else "",
        }
        for value in labels
    ]


def _touchpoints(source: Source, rows: list[FeedbackRow]) -> list[dict[str, str]]:
    """Means by touchpoint and when each was last heard of; those silent for longer than the days set stand out."""
    since = source.status_date - timedelta(days=source.request.settings.whole("touch_days"))
    last = {row.touchpoint: row.received_on for row in rows if row.touchpoint and row.received_on}
    return [
        {
            **mean,
            "last": source.day(day) if (day := last.get(mean["code"])) else source.say("无反馈", "no feedback"),
            "silent": "" if day is not None and day > since else "silent",
        }
        for mean in _means(source, rows, "touchpoint")
    ]


def _voice(source: Source, row: FeedbackRow) -> dict[str, str]:
    return {
        "date": source.day(row.received_on),
        "kind": source.label("feedback", "kind", row.kind),
        "content": row.content or EMPTY,
        "answer": row.reply or source.say("尚未答复", "not answered"),
        "late": "late" if row.kind == feedback.COMPLAINT and not row.reply else "",
    }


def _actions(source: Source, rows: list[FeedbackRow]) -> list[dict[str, str]]:
    keys = {row.action_id for row in rows if row.action_id}
    sources = {row.feedback_id for row in rows}
    return [
        {
            "id": row.action_id or EMPTY,
            "measure": row.measure or source.pick(row, "title"),
            "owner": source.person(row.owner),
            "due": source.day(row.due),
            "effect": source.label("improvements", "effect", row.effect),
        }
        for row in source.rows.improvements
        if row.action_id in keys or (row.source_ref and row.source_ref in sources)
    ]
