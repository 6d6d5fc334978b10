"""Checking a closed workbook: ours beside a bare read, openpyxl with jsonschema, and frictionless; and our start.

``python bench/bench_check.py [--rows 10000 100000] [--repeats 3] [--only NAME ...]``

A requirements workbook with 5 % bad rows (empty, wrong type, out of range, not in the list, date as text, repeated
ids, dangling references) is made with XlsxWriter. Every way of checking runs in fresh processes, one after another
in turn; CPU seconds (user and system, from the start of the process to its end) are compared by their medians.
``ours`` is the command line with everything that a user waits for: data checks, rules, plan, findings as JSON.
``ours, data checks`` is the library, with what the peers do and no more; the sets of cells with errors are compared
with its. Modules are compiled beforehand for all alike, as an installation leaves them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
STATUS_DATE = date(2027, 6, 30)
PROJECTS, RESOURCES = 20, 50
COLUMNS = (
    "req_id",
    "project_id",
    "title",
    "description",
    "category",
    "subtype",
    "source_channel",
    "raised_on",
    "importance",
    "urgency",
    "priority",
    "feas_technical",
    "feas_cost",
    "feas_time",
    "status",
    "status_since",
    "owner",
)
COMMAND = ("-m", "automation", "check")
OPTIONS = ("--status-date", STATUS_DATE.isoformat(), "--format", "json", "--quiet")
START = {
    "Python alone": "pass",
    "imports of a command": "import automation.front.cli",
}
START_GOAL, START_REPEATS = 0.120, 11
GOALS = {"bare read": ("at most", 1.7), "openpyxl + jsonschema": ("at least", 8), "frictionless": ("at least", 5)}
KEYWORDS = {"required": "V01", "enum": "V03"}


def catalogue():
    from automation.front.library import Library

    return Library().catalogue()


def make(path: Path, rows: int) -> None:
    """The workbook, and beside it what the peers need to know of its columns."""
    import xlsxwriter

    from automation.checks.compiled import row_schema

    known = catalogue()
    sheet = known.sheets["requirements"]
    labels = {
        name: {v.label.zh: v.code for v in known.lists[sheet.by_id[name].list].values}
        for name in COLUMNS
        if sheet.by_id[name].list
    }
    schema = row_schema(sheet, known)
    schema["properties"] = {name: schema["properties"][name] for name in COLUMNS}
    schema["required"] = [name for name in schema["required"] if name in COLUMNS]
    header = {sheet.by_id[name].label.zh: name for name in COLUMNS}
    path.with_suffix(".json").write_text(json.dumps({"schema": schema, "header": header, "labels": labels}), "utf-8")
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, prefix, count in (("projects", "PRJ", PROJECTS), ("resources", "RES", RESOURCES)):
        other = known.sheets[name]
        worksheet = book.add_worksheet(other.label.zh)
        worksheet.write(0, 0, other.by_id[other.key].label.zh)
        for number in range(1, count + 1):
            worksheet.write(number, 0, f"{prefix}-{number:03}")
    worksheet = book.add_worksheet(sheet.label.zh)
    worksheet.write_row(0, 0, list(header))
    chance = random.Random(rows)
    choices = {name: list(codes) for name, codes in labels.items()}
    choices.update(category=["功能性"], subtype=["功能", "接口", "数据"], status=["已收集", "已分析"])
    for number in range(1, rows + 1):
        for at, value in enumerate(row(number, chance, choices)):
            if isinstance(value, datetime):
                worksheet.write_datetime(number, at, value, day)
            elif value is not None:
                worksheet.write(number, at, value)
    book.close()


def row(number: int, chance: random.Random, choices: dict[str, list[str]]) -> list[object]:
    raised = datetime(2026, 1, 5) + timedelta(days=number % 300)  # noqa: DTZ001 - days of a sheet
    values: dict[str, object] = {name: chance.choice(labels) for name, labels in choices.items()}
    values |= {
        "req_id": f"REQ-{number:06}",
        "project_id": f"PRJ-{chance.randint(1, PROJECTS):03}",
        "title": f"需求标题 {number}",
        "description": f"这是一段大约四十个字的描述，用来模拟真实的内容，编号 {number}，它应该足够长，可以看。",
        "raised_on": raised,
        "status_since": raised + timedelta(days=7),
        "importance": chance.randint(1, 5),
        "urgency": chance.randint(1, 5),
        "owner": f"RES-{chance.randint(1, RESOURCES):03}",
    }
    if chance.random() < 0.05:
        spoil = {
            "title": None,
            "priority": "紧急",
            "raised_on": "2026.6.12",
            "importance": 9,
            "urgency": "高",
            "owner": "RES-999",
            "req_id": chance.choice([f"R-{number}", f"REQ-{max(1, number - 1):06}"]),
        }
        name = chance.choice(list(spoil))
        values[name] = spoil[name]
    return [values[name] for name in COLUMNS]


def run_ours(path: str) -> list[tuple[int, str, str]]:
    """The library path: reader, model, data checks, every finding in words."""
    from automation.checks.registry import checked
    from automation.excel.reader import read
    from automation.model.project import build

    known = catalogue()
    project, _ = build(read(path), known)
    findings = checked(project, known, STATUS_DATE, most=10**9).findings
    return [(one.place.row, one.place.column, one.rule) for one in findings if one.place.sheet == "requirements"]


def run_bare_read(path: str) -> None:
    import python_calamine

    book = python_calamine.load_workbook(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def run_openpyxl_jsonschema(path: str) -> list[tuple[int, str, str]]:
    import jsonschema
    import openpyxl

    known = json.loads(Path(path).with_suffix(".json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(known["schema"], format_checker=jsonschema.FormatChecker())
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    ids = {name: {line[0] for line in book[name].iter_rows(min_row=2, values_only=True)} for name in ("项目", "资源")}
    lines = book["需求"].iter_rows(values_only=True)
    names = [known["header"][text] for text in next(lines)]
    found: list[tuple[int, str, str]] = []
    seen: set[object] = set()
    for number, line in enumerate(lines, start=2):
        record = {}
        for name, value in zip(names, line, strict=True):
            if value is not None:
                code = known["labels"].get(name, {}).get(value, value)
                record[name] = code.date().isoformat() if isinstance(code, datetime) else code
        for error in validator.iter_errors(record):
            column = error.absolute_path[0] if error.absolute_path else error.message.split("'")[1]
            found.append((number, str(column), KEYWORDS.get(str(error.validator), "V02")))
        if record.get("req_id") in seen:
            found.append((number, "req_id", "V04"))
        seen.add(record.get("req_id"))
        for name, sheet in (("project_id", "项目"), ("owner", "资源")):
            if name in record and record[name] not in ids[sheet]:
                found.append((number, name, "V05"))
    return found


def run_frictionless(path: str) -> list[tuple[int, str, str]]:
    import frictionless
    from frictionless.formats import ExcelControl

    known = json.loads(Path(path).with_suffix(".json").read_text("utf-8"))
    label_of = {name: label for label, name in known["header"].items()}
    fields = []
    for name in COLUMNS:
        part = known["schema"]["properties"][name]
        limits = {key: part[key] for key in ("minimum", "maximum", "pattern", "minLength", "maxLength") if key in part}
        if name in known["labels"]:
            limits["enum"] = list(known["labels"][name])
        kind = {"integer": "integer", "string": "string"}[part["type"]]
        kind = "date" if part.get("format") == "date" else kind
        fields.append({"name": label_of[name], "type": kind, "constraints": {"required": True, **limits}})
    schema = {
        "fields": fields,
        "primaryKey": [label_of["req_id"]],
        "foreignKeys": [
            {"fields": [label_of[name]], "reference": {"resource": resource, "fields": [key]}}
            for name, resource, key in (("project_id", "projects", "项目编号"), ("owner", "resources", "资源编号"))
        ],
    }

    def resource(name: str, sheet: str, own: object) -> frictionless.Resource:
        dialect = frictionless.Dialect(controls=[ExcelControl(sheet=sheet)])
        return frictionless.Resource(
            name=name, path=Path(path).name, basepath=str(Path(path).parent), dialect=dialect, schema=own
        )

    key = {"projects": "项目编号", "resources": "资源编号"}
    others = [
        resource(name, sheet, frictionless.Schema.from_descriptor({"fields": [{"name": key[name], "type": "string"}]}))
        for name, sheet in (("projects", "项目"), ("resources", "资源"))
    ]
    main = resource("requirements", "需求", frictionless.Schema.from_descriptor(schema))
    report = frictionless.Package(resources=[*others, main]).validate(limit_errors=10**9)
    kinds = {"primary-key": "V04", "foreign-key": "V05", "constraint-error": "", "type-error": "V02"}
    found = []
    for task in report.tasks:
        for error in task.errors:
            kind = kinds.get(error.type, error.type)
            column = known["header"].get(getattr(error, "field_name", ""), "")
            if error.type == "constraint-error":
                kind = "V01" if "required" in error.note else "V03" if "enum" in error.note else "V02"
            if error.type in {"primary-key", "foreign-key"}:
                column = "req_id" if error.type == "primary-key" else "owner"
            found.append((getattr(error, "row_number", 0), column, kind))
    return found


WAYS = {
    "ours, data checks": run_ours,
    "bare read": run_bare_read,
    "openpyxl + jsonschema": run_openpyxl_jsonschema,
    "frictionless": run_frictionless,
}


def measured(arguments: list[str], folder: Path) -> tuple[float, str]:
    """CPU seconds of a fresh Python process from its start to its end, and what it printed.

    Compiled modules and the remembered schemas lie in ``folder``. Exit code 1 says that there are findings.
    """
    own = {
        "PYTHONPYCACHEPREFIX": f"{folder}/compiled",
        "DELIVERYBOOK_STATE": f"{folder}/state",
        "PYTHONPATH": str(ROOT),
    }
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, check=False, text=True, cwd=ROOT, env=environment
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in {0, 1}:
        raise ChildProcessError(done.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def arguments_of(way: str, path: Path) -> list[str]:
    return [*COMMAND, str(path), *OPTIONS] if way == "ours" else [__file__, "--run", way, str(path)]


def compare(path: Path, rows: int, ways: list[str], repeats: int) -> None:
    times: dict[str, list[float]] = {way: [] for way in ways}
    found: dict[str, set[tuple[object, ...]]] = {}
    for _ in range(repeats):
        for way in ways:
            seconds, printed = measured(arguments_of(way, path), path.parent)
            times[way].append(seconds)
            if way != "ours":
                found[way] = set(map(tuple, json.loads(printed) or []))
    ours = statistics.median(times["ours"])
    print(f"\n{rows:,} rows x {len(COLUMNS)} columns, CPU seconds, median of {repeats}")
    print(f"{'way':24}{'CPU s':>8}{'ratio':>8}  {'goal':14}{'errors':>8}  cells with an error")
    for way in ways:
        median = statistics.median(times[way])
        kind, limit = GOALS.get(way, ("", 0))
        ratio = ours / median if kind == "at most" else median / ours
        met = "" if not kind else ("met" if (ratio <= limit) == (kind == "at most") else "MISSED")
        goal = f"{kind} {limit:g} {met}" if kind else ""
        same = ""
        if way in found and way not in {"ours, data checks", "bare read"}:
            same = agreement(found["ours, data checks"], found[way])
        print(f"{way:24}{median:8.3f}{ratio:8.2f}  {goal:14}{len(found.get(way, ())):8}  {same}")


def start(folder: Path, repeats: int) -> None:
    """CPU milliseconds of our imports in a fresh process, beside those of Python alone."""
    times: dict[str, list[float]] = {name: [] for name in START}
    for number in range(repeats + 1):
        for name, code in START.items():
            seconds, _ = measured(["-c", code], folder)
            if number:
                times[name].append(seconds)
    print(f"\nStart, CPU milliseconds, median of {repeats}")
    for name, known in times.items():
        print(f"{name:24}{statistics.median(known) * 1000:8.0f}   (least {min(known) * 1000:.0f})")
    met = "met" if statistics.median(times["imports of a command"]) <= START_GOAL else "MISSED"
    print(f"goal: at most {START_GOAL * 1000:.0f} {met}")


def agreement(ours: set[tuple[object, ...]], theirs: set[tuple[object, ...]]) -> str:
    if ours == theirs:
        return "the same"
    if {one[:2] for one in ours} == {one[:2] for one in theirs}:
        return "the same cells"
    return f"{len(ours & theirs)} the same, {len(ours - theirs)} only ours, {len(theirs - ours)} only theirs"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=list(WAYS)[1:], default=list(WAYS)[1:])
    parser.add_argument("--run", nargs=2, metavar=("WAY", "PATH"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        print(json.dumps(WAYS[options.run[0]](options.run[1])))
        return
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / "10.xlsx", 10)
        for way in ("ours", *WAYS):
            measured(arguments_of(way, Path(folder) / "10.xlsx"), Path(folder))
        start(Path(folder), START_REPEATS)
        for rows in options.rows:
            path = Path(folder) / f"{rows}.xlsx"
            make(path, rows)
            compare(path, rows, ["ours", next(iter(WAYS)), *options.only], options.repeats)


if __name__ == "__main__":
    main()
