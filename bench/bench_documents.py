"""A specification of many requirements: our whole process beside docxtpl alone and python-docx alone.

``python bench/bench_documents.py [--requirements 500] [--rows 2000] [--repeats 3]``

Three ways to the same D01 of the demonstration project with copied requirements, in turn, each by the median of its CPU
time (with that of child processes): ours from the rows of the workbook to the bytes of the file (disclosure, context,
checksum, filling in a child process, contents, captions, properties); docxtpl's ``render`` and ``save`` on the same template
and context; and a table of as many requirements by python-docx' ``add_row``, no template at all. Then one table of many
rows. Page numbers of the contents need LibreOffice and are given apart. The goal is 1.5 times docxtpl alone.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import docx  # noqa: E402 - after the path is set
from docxtpl import DocxTemplate  # noqa: E402

from automation.commands.documents import document_kind, made_now  # noqa: E402
from automation.commands.request import Request  # noqa: E402
from automation.word.pages import pages_of  # noqa: E402
from tests.tables import catalogue, settings  # noqa: E402
from tests.word import samples  # noqa: E402

GOAL = 1.5
TEMPLATE = ROOT / "templates" / "zh" / "D01.docx"


def processor_seconds() -> float:
    """CPU seconds of this process and its children so far."""
    found = os.times()
    return found.user + found.system + found.children_user + found.children_system


def ours(project: object) -> bytes:
    """The file as ``document BOOK D01`` makes it, without pages."""
    request = Request(project, (), catalogue(), settings(company_name="乙"), samples.STATUS_DATE)
    found = made_now(request, document_kind("D01"), "zh", "PRJ-001").request
    return samples.prepared_of(found).finished(None)


def template_alone(context: dict[str, object]) -> bytes:
    """What docxtpl makes of template and context."""
    target, document = io.BytesIO(), DocxTemplate(TEMPLATE)
    document.render(context, autoescape=True)
    document.save(target)
    return target.getvalue()


def rows_alone(lines: list[list[str]]) -> bytes:
    """One table of these lines by python-docx."""
    target, document = io.BytesIO(), docx.Document()
    table = document.add_table(rows=0, cols=len(lines[0]))
    for line in lines:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    document.save(target)
    return target.getvalue()


def measured(work: dict[str, object], repeats: int) -> dict[str, float]:
    """The median CPU seconds of each piece of work, all in turn."""
    found: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(repeats):
        for name, run in work.items():
            begin = processor_seconds()
            run()  # type: ignore[operator]
            found[name].append(processor_seconds() - begin)
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def report(title: str, times: dict[str, float], base: str) -> None:
    print(title)
    for name, seconds in times.items():
        print(f"  {name:32} {seconds:7.2f} s  {seconds / times[base]:6.2f} x")


def main() -> int:
    """Measure and print; 1 when the goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requirements", type=int, default=500)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    project = samples.demo(requirements=asked.requirements)
    found = samples.request("D01", "zh", requirements=asked.requirements)
    lines = [
        [str(n), "REQ-001", "设备运行数据自动采集", "高", "已确认", "每班一次", "验收标准"]
        for n in range(asked.requirements)
    ]
    times = measured(
        {
            "docxtpl alone": lambda: template_alone(found.context),
            "ours, rows to file": lambda: ours(project),
            "python-docx add_row, one table": lambda: rows_alone(lines),
        },
        asked.repeats,
    )
    report(f"D01 of {asked.requirements} requirements", times, "docxtpl alone")
    long = lines * (asked.rows // len(lines) + 1)
    times_long = measured(
        {
            "docxtpl alone": lambda: table_by_template(long[: asked.rows]),
            "python-docx add_row": lambda: rows_alone(long[: asked.rows]),
        },
        1,
    )
    report(f"One table of {asked.rows} rows", times_long, "docxtpl alone")
    made = samples.prepared_of(found)
    begin = time.perf_counter()
    pages_of([(made.draft(), made.headings)])
    print(f"page numbers of its {made.headings} headings by LibreOffice: {time.perf_counter() - begin:.1f} s elapsed")
    return int(times["ours, rows to file"] > GOAL * times["docxtpl alone"])


def table_by_template(lines: list[list[str]]) -> bytes:
    """The same table by docxtpl from a template of one row."""
    source = io.BytesIO()
    document = docx.Document()
    table = document.add_table(rows=3, cols=len(lines[0]))
    table.cell(0, 0).text = "{%tr for line in lines %}"
    for number in range(len(lines[0])):
        table.cell(1, number).text = f"{{{{ line[{number}] }}}}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.save(source)
    source.seek(0)
    target, template = io.BytesIO(), DocxTemplate(source)
    template.render({"lines": lines}, autoescape=True)
    template.save(target)
    return target.getvalue()


if __name__ == "__main__":
    sys.exit(main())
