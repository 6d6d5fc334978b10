"""The cases that nobody here wrote: where they lie, and what they look like as Microsoft Project XML."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.judges import give_up

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
HELP = "the folder shared/cases beside the checkout, with cases computed by other programs"
P6_CONSTRAINTS = {"CS_MSO": "MSO", "CS_MEO": "MFO", "CS_MEOB": "FNLT", "CS_MSOA": "SNET", "CS_MEOA": "FNET"}
WEEK = [[[480, 720], [780, 1020]]] * 5 + [[], []]


def names(folder: str, pattern: str) -> list[str]:
    """The cases in a folder; where they are absent one empty name, whose test then gives up."""
    return sorted(path.name for path in (SHARED / "cases" / folder).glob(pattern)) or [""]


def load(folder: str, name: str) -> Any:
    """One case."""
    if not name:
        give_up(HELP)
    return json.loads((SHARED / "cases" / folder / name).read_text("utf-8"))


def mspdi(case: dict[str, Any]) -> bytes:
    """A case as Microsoft Project XML, without its answers, by the tool that lies beside the cases."""
    path = SHARED / "tools" / "case_to_mspdi.py"
    if not path.exists():
        give_up(HELP)
    tool = sys.modules.get("case_to_mspdi")
    if tool is None:
        found = importlib.util.spec_from_file_location("case_to_mspdi", path)
        tool = importlib.util.module_from_spec(found)
        found.loader.exec_module(tool)
        sys.modules["case_to_mspdi"] = tool
    written = io.BytesIO()
    tool.mspdi(case).write(written, encoding="UTF-8", xml_declaration=True)
    return written.getvalue()


def project(**changes: Any) -> dict[str, Any]:
    """The project of a case that starts on a Monday, with changes."""
    return {
        "start": "2026-01-05T08:00:00",
        "finish": None,
        "schedule_from_start": True,
        "status_date": None,
        "calendar": 1,
        "minutes_per_day": 480,
        "minutes_per_week": 2400,
        "days_per_month": 20,
        "critical_slack_limit_days": 0,
        "multiple_critical_paths": False,
        "honor_constraints": True,
        "split_in_progress": True,
    } | changes


def task(uid: int, days: float = 1, links: str = "", **changes: Any) -> dict[str, Any]:
    """A task of a case; links such as ``1FS+2 3SS`` have lags in days."""
    return {
        "uid": uid,
        "id": uid,
        "name": f"Task {uid}",
        "outline": str(uid),
        "parent": None,
        "summary": False,
        "milestone": not days,
        "type": "fixed_units",
        "elapsed": False,
        "duration_min": days * 480,
        "stop": None,
        "resume": None,
        "percent_complete": 0,
        "actual_start": None,
        "actual_finish": None,
        "constraint": "ASAP",
        "constraint_date": None,
        "calendar": None,
        "deadline": None,
        "links": [_link(text) for text in links.split()],
        "assignments": [],
    } | changes


def _link(text: str) -> dict[str, Any]:
    kind = next(kind for kind in ("FS", "SS", "FF", "SF") if kind in text)
    name, _, lag = text.partition(kind)
    link = {"pred": int(name), "type": kind, "lag_min": 0, "lag_elapsed": lag.endswith("e")}
    if lag.endswith("%"):
        return link | {"lag_pct": int(lag[:-1])}
    return link | {"lag_min": float(lag.rstrip("e") or 0) * (1440 if lag.endswith("e") else 480)}


def case(*tasks: dict[str, Any], calendars: tuple[dict[str, Any], ...] = (), **changes: Any) -> dict[str, Any]:
    """A case of some tasks, from Monday 2026-01-05 on."""
    standard = {"uid": 1, "name": "Standard", "week_minutes": WEEK, "exceptions": {}}
    resources = changes.pop("resources", [])
    return {
        "title": "case",
        "project": project(**changes),
        "calendars": [standard, *calendars],
        "resources": resources,
        "tasks": list(tasks),
    }


def p6(name: str) -> tuple[bytes, list[dict[str, str]]]:
    """A Primavera case as Microsoft Project XML, and the rows that Primavera computed."""
    given = load("p6-native", f"{name}/input.json" if name else "")
    codes = {activity["code"]: number for number, activity in enumerate(given["activities"], start=1)}
    tasks = []
    for activity in given["activities"]:
        links = [
            {
                "pred": codes[link["from_code"]],
                "type": link["type"],
                "lag_min": link["lag_days"] * 480,
                "lag_elapsed": False,
            }
            for link in given["relationships"]
            if link["to_code"] == activity["code"]
        ]
        wish = activity.get("constraint")
        started, ended = activity.get("actual_start"), activity.get("actual_finish")
        left = activity.get("remaining_duration")
        tasks.append(
            task(
                codes[activity["code"]],
                activity["duration_days"],
                name=activity["code"],
                constraint=P6_CONSTRAINTS[wish["type"]] if wish else "ASAP",
                constraint_date=f"{wish['date']}T00:00:00" if wish else None,
                actual_start=f"{started}T08:00:00" if started else None,
                actual_finish=f"{ended}T17:00:00" if ended else None,
                percent_complete=100 if ended else 0,
                remaining_duration_min=None if left is None else left * 480,
            )
            | {"links": links}
        )
    opts = given["opts"]
    plan = case(*tasks, start=f"{opts['projectStart']}T08:00:00", status_date=f"{opts['dataDate']}T08:00:00")
    with (SHARED / "cases" / "p6-native" / name / "comparison.csv").open(newline="", encoding="utf-8") as rows:
        return mspdi(plan), list(csv.DictReader(rows))


def moment(text: str) -> datetime:
    """The moment that a case names; Primavera marks actual ones with an A."""
    return datetime.fromisoformat(text.removesuffix(" A"))
