"""Charts of every kind to be drawn in tests: of a usual size, with nothing in them, very large, with short and long names."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal

from automation.base.findings import Text
from automation.model.charts.delivery import (
    BurnUp,
    CategoryCost,
    Costs,
    RatedRisk,
    RiskMatrix,
    ScopePoint,
    ValueCurve,
    ValuePoint,
)
from automation.model.charts.history import FindingsTrend, IndexPoint, IndexTrend
from automation.model.charts.plan import (
    Drivers,
    Finishes,
    Gantt,
    GanttRow,
    LoadedResource,
    MilestoneTrend,
    ResourceLoad,
    RiskDriver,
    TaskDriver,
    TrendedMilestone,
)
from automation.model.charts.service import (
    AttainedMonth,
    Attainment,
    Pipeline,
    Satisfaction,
    Scored,
    ScoredDimension,
    Stage,
)
from automation.model.trends import Moved
from automation.word.charts.fonts import chinese_family
from tests.judges import give_up

HELP = "a font for Chinese: apt-get install fonts-noto-cjk"
STATUS = date(2026, 6, 12)
PROJECT = Text("生产自动化与IT运维外包项目", "Production automation and IT outsourcing")
COMPANY = Text("明川精密制造有限公司", "Mingchuan Precision Manufacturing")
YUAN = Text("元", "CNY")
LONG = Text(
    "，含与客户设备科、信息中心及第三方供应商的联合调试和书面确认",
    " with joint commissioning by the customer's plant engineers",
)
NOTHING = Text("", "")


def need_chinese_font() -> None:
    """Give the test up where no font draws Chinese."""
    if not chinese_family():
        give_up(HELP)


def named(number: int, *, long: bool) -> Text:
    """A name; every second one is long where that is asked for."""
    more = LONG if long and number % 2 else NOTHING
    return Text(f"任务{number}{more.zh}", f"Task {number}{more.en}")


def day(number: int) -> date:
    return date(2026, 1, 5) + timedelta(days=number)


def gantt(tasks: int, days: int, *, long: bool = False, phase: int = 11) -> Gantt:
    """So many tasks over so many days, a phase before every eleventh and a milestone at its end."""
    rows: list[GanttRow] = []
    for first in range(0, tasks, phase):
        members = []
        for number in range(first, min(first + phase, tasks)):
            begin = number * days // tasks
            length = 0 if number % phase == phase - 1 else 1 + number * 7 % max(2, days // 9)
            percent = 100 if number * 3 < tasks else 40 if number * 2 < tasks else 0
            members.append(
                GanttRow(
                    key=f"T-{number + 1:03d}",
                    name=named(number + 1, long=long),
                    kind="task" if length else "milestone",
                    level=1,
                    start=day(begin),
                    finish=day(begin + length),
                    baseline_start=day(begin - 3),
                    baseline_finish=day(begin + length - 2),
                    percent=percent,
                    critical=number % 3 == 0,
                    slip_days=(0, 2, -1, 14, None)[number % 5],
                )
            )
        rows.append(
            GanttRow(
                key="",
                name=Text(f"第{first // phase + 1}阶段", f"Phase {first // phase + 1}"),
                kind="phase",
                start=members[0].start,
                finish=max(row.finish for row in members),
                baseline_start=members[0].baseline_start,
                baseline_finish=members[-1].baseline_finish,
                percent=50,
                slip_days=3,
            )
        )
        rows += members
    off = tuple(day(number) for number in range(-30, days + 300) if day(number).weekday() >= 5)
    return Gantt(PROJECT, tuple(rows), day(days // 2), day(days), off)


def finishes(spread: int, *, start: date = STATUS) -> Finishes:
    """Finishes over so many days around a middle."""
    middle = spread / 2
    found = [
        (start + timedelta(number), round(1000 * math.exp(-(((number - middle) / (spread / 5)) ** 2))))
        for number in range(spread)
        if (start + timedelta(number)).weekday() < 5
    ]
    at = [start + timedelta(round(spread * share)) for share in (0.3, 0.5, 0.6, 0.35)]
    return Finishes(PROJECT, tuple(found), at[1], at[2], planned=at[3], deadline=at[0], deadline_chance=0.004)


def drivers(tasks: int, risks: int, *, long: bool = False) -> Drivers:
    return Drivers(
        PROJECT,
        tuple(
            TaskDriver(f"T-{number:03d}", named(number, long=long), 0.9 / (number + 1) - 0.07, 1 / (number + 1))
            for number in range(tasks)
        ),
        tuple(
            RiskDriver(f"RISK-{number:03d}", named(number, long=long), 0.1 + number % 5 * 0.2, 12.5 / (number + 1))
            for number in range(risks)
        ),
    )


def milestone_trend(milestones: int, dates: int, *, long: bool = False) -> MilestoneTrend:
    found = []
    for number in range(milestones):
        due = day(60 + 30 * number)
        points = tuple(
            (day(30 * place), max(due + timedelta(place * number // 2), day(30 * place)))
            for place in range(dates)
            if day(30 * place) <= due + timedelta(20)
        )
        reached = due if points and points[-1][0] > due else None
        found.append(TrendedMilestone(f"T-{number:03d}", named(number, long=long), points, due, reached))
    return MilestoneTrend(PROJECT, tuple(found), day(30 * max(dates - 1, 0)), day(150))


def resource_load(resources: int, weeks: int, *, long: bool = False) -> ResourceLoad:
    mondays = tuple(date(2026, 1, 5) + timedelta(weeks=number) for number in range(weeks))
    loads = (None, 20.0, 60.0, 100.0, 175.0, 80.0, 0.0)
    return ResourceLoad(
        PROJECT,
        mondays,
        tuple(
            LoadedResource(
                f"RES-{number:03d}",
                named(number, long=long),
                tuple(loads[(number * 3 + week * 5) % len(loads)] for week in range(weeks)),
            )
            for number in range(resources)
        ),
        STATUS,
    )


def value_curve(weeks: int) -> ValueCurve:
    total = Decimal(1_980_000)
    points = []
    for number in range(weeks):
        when = STATUS + timedelta(weeks=number - weeks // 2)
        share = Decimal(number + 1) / weeks
        past, ahead = when <= STATUS, when >= STATUS
        points.append(
            ValuePoint(
                when,
                total * share,
                total * share * Decimal("0.8") if past else None,
                total * share * Decimal("0.9") if past else None,
                total * share * Decimal("0.8") if ahead else None,
                total * share if ahead else None,
            )
        )
    return ValueCurve(PROJECT, tuple(points), STATUS, total, Decimal(2_220_000), 0.8, 0.89, YUAN)


def burn_up(weeks: int) -> BurnUp:
    points = tuple(
        ScopePoint(STATUS - timedelta(weeks=weeks - number), 10 + number, 2 + number, number // 2, number // 5)
        for number in range(weeks)
    )
    return BurnUp(PROJECT, points, STATUS)


def risk_matrix(risks: int) -> RiskMatrix:
    return RiskMatrix(
        PROJECT, tuple(RatedRisk(f"RISK-{number:03d}", 1 + number % 5, 1 + number // 5 % 5) for number in range(risks))
    )


def costs(categories: int, *, long: bool = False) -> Costs:
    return Costs(
        PROJECT,
        tuple(
            CategoryCost(named(number, long=long), Decimal(100_000 * number), Decimal(43_200 * number * (number % 4)))
            for number in range(categories)
        ),
        STATUS,
        YUAN,
    )


def attainment(months: int, target: float | None = 95) -> Attainment:
    return Attainment(
        COMPANY,
        tuple(
            AttainedMonth(
                f"{2024 + number // 12}-{number % 12 + 1:02d}",
                number * 7,
                85 + number % 16,
                None if number % 6 == 5 else 80.4,
            )
            for number in range(months)
        ),
        target,
    )


def satisfaction(periods: int, dimensions: int, *, long: bool = False) -> Satisfaction:
    return Satisfaction(
        COMPANY,
        tuple(
            ScoredDimension(
                named(number, long=long),
                tuple(
                    Scored(f"{2024 + period // 12}-{period % 12 + 1:02d}", 3.0 + (period + number) % 5 / 2.5)
                    for period in range(periods)
                    if (period + number) % 4 or number == 0
                ),
            )
            for number in range(dimensions)
        ),
        4.0,
    )


def pipeline(stages: int, *, long: bool = False) -> Pipeline:
    return Pipeline(
        COMPANY,
        tuple(
            Stage(named(number, long=long), number, Decimal(320_000 * number), Decimal(96_000 * number))
            for number in range(stages)
        ),
        YUAN,
    )


def findings_trend(days: int, *, apart: int = 1) -> FindingsTrend:
    found, before = [], 0
    for number in range(days):
        opened, closed = (60 if number == 0 else 3 + number * 7 % 9), min(before, 2 + number * 5 % 11)
        before += opened - closed
        grave = before // 4
        found.append(Moved(day(number * apart), before, opened, closed, error=grave // 3, high=grave - grave // 3))
    return FindingsTrend(PROJECT, tuple(found))


def index_trend(days: int, *, cost: bool = True, first: float = 1.0) -> IndexTrend:
    points = (
        IndexPoint(day(number), first - number * 0.01, 0.8 + number % 5 * 0.02 if cost else None)
        for number in range(days)
    )
    return IndexTrend(PROJECT, tuple(points))


def usual() -> dict[str, object]:
    """One chart of each kind as most projects have it."""
    return {
        "gantt": gantt(50, 200),
        "finishes": finishes(40),
        "drivers": drivers(12, 4),
        "milestone trend": milestone_trend(7, 6),
        "resource load": resource_load(10, 18),
        "value curve": value_curve(28),
        "burn-up": burn_up(14),
        "risk matrix": risk_matrix(11),
        "costs": costs(6),
        "attainment": attainment(6),
        "satisfaction": satisfaction(6, 4),
        "pipeline": pipeline(6),
        "findings trend": findings_trend(24),
        "index trend": index_trend(24),
    }


def odd() -> dict[str, object]:
    """Charts with very little, very much and very long in them."""
    return {
        "gantt of 3": gantt(3, 9),
        "gantt of 3, long names": gantt(3, 40, long=True),
        "gantt of 60": gantt(54, 400, long=True),
        "gantt of 300": gantt(270, 1100, long=True),
        "gantt of ten years": gantt(40, 3650, long=True),
        "gantt of nothing": Gantt(PROJECT, (), STATUS),
        "gantt without dates": Gantt(PROJECT, (GanttRow("T-001", named(1, long=True)),), STATUS, STATUS),
        "finishes on one day": Finishes(PROJECT, ((STATUS, 10_000),), STATUS, STATUS, STATUS, STATUS, 1.0),
        "finishes over a year": finishes(400),
        "finishes over ten years": finishes(3000),
        "drivers, long names": drivers(40, 20, long=True),
        "drivers, none": drivers(0, 0),
        "drivers, one": drivers(1, 0),
        "milestone trend of 30": milestone_trend(30, 12, long=True),
        "milestone trend of one date": milestone_trend(3, 1),
        "milestone trend of nothing": milestone_trend(0, 0),
        "resource load of 45 by 40": resource_load(45, 40, long=True),
        "resource load of one": resource_load(1, 1),
        "resource load of nothing": resource_load(0, 0),
        "value curve of one week": value_curve(1),
        "value curve of three years": value_curve(156),
        "burn-up of nothing": burn_up(0),
        "burn-up of two years": burn_up(104),
        "risk matrix of 200": risk_matrix(200),
        "risk matrix of nothing": risk_matrix(0),
        "costs, long names": costs(12, long=True),
        "costs, none": costs(0),
        "attainment of three years": attainment(36),
        "attainment of one month": attainment(1, None),
        "attainment of nothing": attainment(0),
        "satisfaction, long": satisfaction(30, 12, long=True),
        "satisfaction of one period": satisfaction(1, 1),
        "satisfaction of nothing": satisfaction(0, 0),
        "pipeline, long names": pipeline(12, long=True),
        "pipeline of nothing": pipeline(0),
        "findings trend of one day": findings_trend(1),
        "findings trend of two years": findings_trend(730),
        "findings trend by week": findings_trend(20, apart=7),
        "findings trend of nothing": findings_trend(0),
        "index trend of one day": index_trend(1, cost=False),
        "index trend of a year": index_trend(365, first=4.0),
        "index trend of nothing": index_trend(0),
    }
