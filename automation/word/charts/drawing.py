"""The way in: a picture, or several, of what a chart shows. To add a kind, write its values, its module and a line here.

Not here: the values (``model.charts``), where pictures go (documents, files).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.model.charts.delivery import BurnUp, Costs, RiskMatrix, ValueCurve
from automation.model.charts.history import FindingsTrend, IndexTrend
from automation.model.charts.plan import Drivers, Finishes, Gantt, MilestoneTrend, ResourceLoad
from automation.model.charts.service import Attainment, Pipeline, Satisfaction
from automation.word.charts import (
    attainment,
    burn_up,
    costs,
    drivers,
    findings_trend,
    finishes,
    gantt_pages,
    index_trend,
    milestone_trend,
    pipeline,
    resource_load,
    risk_matrix,
    satisfaction,
    value_curve,
)
from automation.word.charts.canvas import Paper, drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from automation.base.findings import Language
    from automation.model.charts.chart import Chart
    from automation.word.charts.canvas import Canvas
    from automation.word.charts.picture import Picture

KINDS: Mapping[type[Any], Callable[[Any, Paper], list[Canvas]]] = {
    Gantt: gantt_pages.canvases,
    Finishes: finishes.canvases,
    Drivers: drivers.canvases,
    MilestoneTrend: milestone_trend.canvases,
    ResourceLoad: resource_load.canvases,
    ValueCurve: value_curve.canvases,
    BurnUp: burn_up.canvases,
    RiskMatrix: risk_matrix.canvases,
    Costs: costs.canvases,
    Attainment: attainment.canvases,
    Satisfaction: satisfaction.canvases,
    Pipeline: pipeline.canvases,
    FindingsTrend: findings_trend.canvases,
    IndexTrend: index_trend.canvases,
}


def pictures(chart: Chart, language: Language, *, titled: bool = False, width_mm: float = 160) -> tuple[Picture, ...]:
    """What a chart shows, as one picture or as several where it is too large for one.

    ``titled`` ones carry their caption at the top, for files that stand on their own. Raises UsageError when there is
    Chinese text to write and this computer has no font for it.
    """
    paper = Paper(language, width_mm=width_mm, titled=titled)
    with drawing(language):
        return tuple(canvas.picture() for canvas in KINDS[type(chart)](chart, paper))
