"""Master workbooks built once for all tests of the builder, and a small project to fill them with."""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl

from automation.excel.master.building import build
from automation.excel.master.places import Places
from automation.schema.catalogue import parse

SCHEMAS = Path(__file__).resolve().parents[3] / "schemas"
LANGUAGES = ("zh", "en")
ROWS = {
    "projects": [
        {
            "project_id": "PRJ-001",
            "name": "产线改造",
            "name_en": "Line refit",
            "customer_id": "CUS-001",
            "start_planned": date(2026, 3, 2),
            "finish_deadline": "2026-09-10",
            "budget_total": 1_980_000,
            "status": "running",
            "percent_complete": 52.4,
            "forecast_finish": date(2026, 9, 14),
            "slip_days": 14,
            "budget_used": 72.1,
            "health": "red",
        }
    ],
    "customers": [{"customer_id": "CUS-001", "name": "明川精密制造有限公司"}],
    "plan": [
        {
            "task_id": "T-001",
            "wbs": "1.10",
            "project_id": "PRJ-001",
            "name": "启动会",
            "kind": "task",
            "status": "done",
        },
        {"task_id": "T-002", "project_id": "PRJ-001", "name": "开发", "kind": "task", "status": "in_progress"},
        {
            "task_id": "T-003",
            "project_id": "PRJ-001",
            "name": "设计冻结",
            "name_en": "Design frozen",
            "kind": "milestone",
            "status": "not_started",
            "baseline_finish": date(2026, 5, 8),
            "forecast_finish": date(2026, 5, 12),
            "slip_days": 3,
        },
        {"task_id": "T-004", "project_id": "PRJ-001", "name": "取消的", "kind": "milestone", "status": "cancelled"},
    ],
    "requirements": [
        {"req_id": "REQ-001", "project_id": "PRJ-001", "title": "自动排程", "status": "confirmed"},
        {"req_id": "REQ-002", "project_id": "PRJ-001", "title": "数据采集", "status": "accepted"},
        {"req_id": "REQ-003", "project_id": "PRJ-001", "title": "看板", "status": "collected"},
    ],
    "costs": [
        {"project_id": "PRJ-001", "category": "labour", "planned_amount": 1_180_000.5, "actual_amount": 800_000},
        {"project_id": "PRJ-001", "category": "labour", "planned_amount": 100.25, "actual_amount": 0},
        {"project_id": "PRJ-001", "category": "travel", "planned_amount": 40_000, "actual_amount": 26_000},
    ],
    "risks": [
        {"project_id": "PRJ-001", "probability": 4, "impact": 5, "level": "very_high", "status": "in_response"},
        {"project_id": "PRJ-001", "probability": 4, "impact": 5, "level": "very_high", "status": "closed"},
    ],
    "checks": [
        {"project_id": "PRJ-001", "result": "passed"},
        {"project_id": "PRJ-001", "result": "failed"},
        {"project_id": "PRJ-001", "result": "not_executed"},
    ],
    "requests": [{"request_id": "SR-001", "sla_resolve": "yes"}, {"request_id": "SR-002", "sla_resolve": "no"}],
    "findings": [
        {"finding_id": "F-1", "severity": "error", "sheet": "plan", "cell": "D2", "status": "new"},
        {"finding_id": "F-2", "severity": "high", "sheet": "plan", "cell": "D3", "status": "continuing"},
        {"finding_id": "F-3", "severity": "high", "sheet": "plan", "cell": "D4", "status": "resolved"},
    ],
    "dashboard": [{"figure": "planned_percent", "value": 61.8}],
}


@cache
def catalogue():
    """The shipped catalogue."""
    return parse({path.relative_to(SCHEMAS).as_posix(): path.read_text("utf-8") for path in SCHEMAS.rglob("*.yaml")})


def places(language):
    """Names and addresses in that language."""
    return Places(catalogue(), language)


def made(language, **options):
    """The bytes of a workbook."""
    target = BytesIO()
    build(catalogue(), language=language, path=target, **options)
    return target.getvalue()


@cache
def fresh(language):
    """The bytes of a workbook without rows of its own."""
    return made(language)


@cache
def filled(language, *, stored=True):
    """The bytes of a workbook with the small project."""
    return made(language, rows=ROWS, settings={"status_date": "2026-06-12"}, stored_results=stored)


@cache
def opened(data, *, results=False):
    """The workbook as openpyxl reads it: formulas, or their results."""
    return openpyxl.load_workbook(BytesIO(data), data_only=results)


def part(data, name):
    """A part of the package as text."""
    with ZipFile(BytesIO(data)) as package:
        return package.read(name).decode()


@cache
def _starts(sheet):
    rules = {}
    for rule in sheet.data_validations.dataValidation:
        rules.setdefault(str(rule.sqref).partition(":")[0], []).append(rule)
    return rules


def validations(sheet, cell):
    """The data validations of a sheet that begin at a cell."""
    return _starts(sheet).get(cell, [])


def formulas(book):
    """Every formula of a workbook as (sheet name, address, text)."""
    return [
        (sheet.title, cell.coordinate, getattr(cell.value, "text", cell.value))
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
