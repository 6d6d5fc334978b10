"""Satisfaction (C20, C31; B18): means by customer and period, dimensions, touchpoints, causes, information classes.

Not here: the figures (``deviations.feedback``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.analysis_sheets import filled
from automation.commands.scheduling import rounded
from automation.deviations import feedback
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.commands.request import Request
    from automation.deviations.feedback import Mean
    from automation.model.rows import FeedbackRow

SHEET = "satisfaction"
_KINDS = (feedback.SURVEY, feedback.INTERNAL, feedback.STAFF)


def satisfaction(request: Request) -> Outcome:
    """Means of overall satisfaction by customer and period, with what stands behind them.

    Parameter: ``customer`` (default: all). Raises UsageError for an unknown customer.
    """
    wanted = str(request.parameters.get("customer") or "")
    known = {row.customer_id or "": row.name or "" for row in request.project.rows.customers}
    if wanted and wanted not in known:
        raise UsageError(
            Text(f"没有客户 {wanted}：请检查编号。", f"There is no customer {wanted}: check the id."),
            code="NO_SUCH_ROW",
        )
    rows = [row for row in request.project.rows.feedback if not wanted or row.customer_id == wanted]
    periods = feedback.overall_by_period(rows)
    target = request.settings.number("sat_target")
    found = filled(request, SHEET, _rows(periods, known, target), caption=_caption(request))
    dimensions, touchpoints = feedback.by(rows, "dimension"), feedback.by(rows, "touchpoint")
    latest = list(feedback.latest_satisfaction(rows).values())
    return Outcome(
        edits=found.edits,
        figures={
            "satisfaction": rounded(sum(latest) / len(latest), 2) if latest else None,
            "answers": sum(row.kind == feedback.SURVEY and row.score is not None for row in rows),
            "internal_satisfaction": _last(rows, feedback.INTERNAL),
            "staff_satisfaction": _last(rows, feedback.STAFF),
        },
        lines=tuple(_lines(request, periods, known, dimensions, touchpoints)),
        tables=_tables(rows, periods, dimensions, touchpoints),
        notices=found.notices,
        log=(LogEntry("satisfaction", SHEET),),
        goto=found.goto,
        needs=(Need("generate", "feedback"),),
    )


def _last(rows: Sequence[FeedbackRow], kind: str) -> float | None:
    """The mean over all customers of the latest mean of a kind."""
    means = [list(periods.values())[-1].value for periods in feedback.overall_by_period(rows, kind).values()]
    return rounded(sum(means) / len(means), 2) if means else None


def _rows(periods: Mapping[str, Mapping[str, Mean]], known: Mapping[str, str], target: float) -> list[dict[str, Any]]:
    found = []
    for customer, means in periods.items():
        before: Mean | None = None
        for period, mean in means.items():
            found.append(
                {
                    "label": f"{known.get(customer) or customer} {period}",
                    "customer_id": customer or None,
                    "period": period,
                    "mean": rounded(mean.value, 2),
                    "answers": mean.number,
                    "change": None if before is None else rounded(mean.value - before.value, 2),
                    "target": target,
                }
            )
            before = mean
    return found


def _caption(request: Request) -> Text:
    return Text(
        f"状态日期 {request.status_date}：满意度调查中维度为“总体”的均值；内部客户和员工另行统计。",
        f"At {request.status_date}: means of the dimension Overall in surveys; internal customers and staff stand apart.",
    )


def _tables(
    rows: Sequence[FeedbackRow],
    periods: Mapping[str, Mapping[str, Mean]],
    dimensions: Mapping[str, Mean],
    touchpoints: Mapping[str, Mean],
) -> dict[str, Any]:
    def shown(means: Mapping[str, Mean]) -> list[dict[str, Any]]:
        return [{"name": name, "mean": rounded(mean.value, 2), "answers": mean.number} for name, mean in means.items()]

    return {
        "periods": [
            {"customer": customer, "period": period, "mean": rounded(mean.value, 2), "answers": mean.number}
            for customer, means in periods.items()
            for period, mean in means.items()
        ],
        "dimensions": shown(dimensions),
        "touchpoints": shown(touchpoints),
        "distribution": {str(score): number for score, number in feedback.distribution(rows).items()},
        "causes": [{"cause": cause, "times": number} for cause, number in feedback.causes(rows)],
        "information": [
            {"class": name, "number": one.number, "converted": one.converted, "share": rounded(one.share)}
            for name, one in feedback.information(rows).items()
        ],
        "corroborated": {name: list(classes) for name, classes in feedback.corroborated(rows).items()},
    }


def _lines(
    request: Request,
    periods: Mapping[str, Mapping[str, Mean]],
    known: Mapping[str, str],
    dimensions: Mapping[str, Mean],
    touchpoints: Mapping[str, Mean],
) -> Iterator[Text]:
    if not periods:
        yield Text("没有满意度调查。", "There are no surveys.")
    target = request.settings.number("sat_target")
    for customer, means in periods.items():
        values = [f"{period} {mean.value:.2f}" for period, mean in means.items()]
        mark = "! " if list(means.values())[-1].value < target else "  "
        name = f"{customer} {known.get(customer, '')}".strip()
        yield Text(f"{mark}{name}：{'、'.join(values)}", f"{mark}{name}: {', '.join(values)}")
    for title, column, found in (
        (Text("维度", "Dimensions"), "dimension", dimensions),
        (Text("接触点", "Touchpoints"), "touchpoint", touchpoints),
    ):
        if found:
            values_zh, values_en = (
                [
                    f"{_label(request, column, name, language)} {mean.value:.2f}({mean.number})"
                    for name, mean in found.items()
                ]
                for language in ("zh", "en")
            )
            yield Text(f"  {title.zh}：{'、'.join(values_zh)}", f"  {title.en}: {', '.join(values_en)}")


def _label(request: Request, column: str, code: str, language: Any) -> str:
    return request.catalogue.label(request.catalogue.sheets["feedback"].column(column), code, language)
