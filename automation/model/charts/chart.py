"""Every kind of picture that can be asked for, as one type. Not here: what each shows (the modules beside this one)."""

from __future__ import annotations

from automation.model.charts.delivery import BurnUp, Costs, RiskMatrix, ValueCurve
from automation.model.charts.history import FindingsTrend, IndexTrend
from automation.model.charts.plan import Drivers, Finishes, Gantt, MilestoneTrend, ResourceLoad
from automation.model.charts.service import Attainment, Pipeline, Satisfaction

Chart = (
    Gantt
    | Finishes
    | Drivers
    | MilestoneTrend
    | ResourceLoad
    | ValueCurve
    | BurnUp
    | RiskMatrix
    | Costs
    | Attainment
    | Satisfaction
    | Pipeline
    | FindingsTrend
    | IndexTrend
)
