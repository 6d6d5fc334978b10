"""Worksheet functions as Excel calls them: xlwings' own generator and ``call_udf`` on the module, with pywin32 stubbed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from automation.commands.functions.record import LONGEST_HELP
from automation.commands.functions.registry import FUNCTIONS
from automation.excel.addin import vba_functions
from automation.excel.reader import read
from automation.front import udf

ROOT = Path(__file__).parents[2]
SMALL = {
    "sheets": {
        "Projects": [["Project ID"], ["PRJ-001"]],
        "Calendar": [["Date", "Kind"], [{"date": "2026-06-15"}, "Company day off"]],
        "Settings": [["Key", "Value"], ["working_hours", "09:00-17:00"], ["language", "en"]],
        "Costs": [["Budget", 100.0, 50.0], ["Done", {"money": "200.50"}, 100.0], [None, None, None]],
    }
}
FOREIGN = {"sheets": {"Sheet1": [["anything"]]}}
TABLE = """
case           | book    | function     | arguments                                                | shows
serial         | small   | DB_WORKDAY   | [46185.0, 1.0, "missing"]                                | 2026-06-16
date cell      | small   | DB_WORKDAY   | [{"range": [[{"date": "2026-06-12"}]]}, 1.0, "missing"]  | 2026-06-16
text           | small   | DB_WORKDAY   | ["2026-06-12", "1", "missing"]                           | 2026-06-16
column         | small   | DB_WORKDAY   | [{"range": [[46185.0], [null], ["x"]]}, 1.0, "missing"]  | 2026-06-16;;#Not a date: “x”; type a date such as 2026-06-12
row constant   | small   | DB_WORKDAY   | [46185.0, {"array": [1.0, 2.0]}, "missing"]              | 2026-06-16,2026-06-17
block constant | small   | DB_WORKDAY   | [46185.0, {"array": [[1.0, 2.0], [3.0, 4.0]]}, "missing"]| 2026-06-16,2026-06-17;2026-06-18,2026-06-19
own calendar   | small   | DB_WORKDAY   | [46185.0, 1.0, {"range": [[46186.0, "调休上班"]]}]         | 2026-06-13
error cell     | small   | DB_WORKDAY   | [{"range": [[-2146826246]]}, 1.0, "missing"]             | #The cell referred to holds #N/A; correct that first
newer error    | small   | DB_WORKDAY   | [-2146826243, 1.0, "missing"]                            | #The cell referred to holds #SPILL!; correct that first
true or false  | small   | DB_ISWORKDAY | [{"range": [[46185.0, 46188.0]]}, "missing"]             | True,False
blank          | small   | DB_ISWORKDAY | [{"range": [[null]]}, "missing"]                         |
money          | small   | DB_EV        | [{"range": [[100.0], [{"money": "200.50"}]]}, {"range": [[50.0], [100.0]]}] | 250.5
settings       | small   | DB_SLAHOURS  | ["2026-06-12 08:00", "2026-06-16 10:00", "missing", "missing"] | 9.0
moment         | small   | DB_SLADUE    | ["2026-06-12 16:30", 1.0, "missing", "missing"]          | 2026-06-16 09:30:00
label          | small   | DB_LABEL     | ["高", "priority", "missing"]                             | High
other book     | demo    | DB_WORKDAY   | [46185.0, 1.0, "missing"]                                | 2026-06-15
make-up day    | demo    | DB_WORKDAY   | ["2026-10-09", 1.0, "missing"]                           | 2026-10-10
Chinese        | demo    | DB_WORKDAY   | ["abc", 1.0, "missing"]                                  | #日期无法识别：“abc”，请输入日期，例如 2026-06-12
Chinese label  | demo    | DB_LABEL     | ["High", "priority", "missing"]                          | 高
1904           | old     | DB_WORKDAY   | [44723.0, 1.0, "missing"]                                | 2026-06-16
not ours       | foreign | DB_WORKDAY   | [46185.0, 1.0, "missing"]                                | #本工作簿没有“日历”表，请在最后一个参数给出日历区域（日期、类型两列）
not ours, range| foreign | DB_WORKDAY   | [46185.0, 1.0, {"range": [[{"date": "2026-06-15"}]]}]    | 2026-06-16
"""
CASES = [tuple(part.strip() for part in line.split("|")) for line in TABLE.strip().splitlines()[1:]]


def ask(books, calls, state):
    """What xlwings' Windows code gives for these calls, in a process of its own."""
    environment = {**os.environ, "DELIVERYBOOK_STATE": str(state), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.front.windows_excel"],
        input=json.dumps({"books": books, "calls": calls}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def content(path):
    """A workbook file as the sheets of a stand-in."""

    def cell(value):
        return {"date": value.isoformat()} if isinstance(value, date | datetime) else value

    return {"sheets": {sheet.name: [[cell(one) for one in row] for row in sheet.rows] for sheet in read(path).sheets}}


@pytest.fixture(scope="module")
def answers(demo, tmp_path_factory):
    """The answer to all calls of the table and to 5,000 cells of one column."""
    books = {"small": SMALL, "demo": content(demo.book), "old": {**SMALL, "date_1904": True}, "foreign": FOREIGN}
    calls = [
        {"book": book, "function": function, "arguments": json.loads(arguments)}
        for _, book, function, arguments, _ in CASES
    ]
    calls += [
        {"book": "small", "function": "DB_EV", "arguments": [{"sheet": "Costs", "column": number} for number in pair]}
        for pair in ((2, 3), (1, 3))
    ]
    calls += [
        {"book": "demo", "function": "DB_WORKDAY", "arguments": [46185.0, float(days), "missing"]}
        for days in range(5_000)
    ]
    return ask(books, calls, tmp_path_factory.mktemp("state"))


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case[0] for case in CASES])
def test_a_call_from_a_cell_shows(answers, number):
    def shown(value):
        text = "" if value is None else str(value).removesuffix("+00:00")
        return text.removesuffix(" 00:00:00")

    rows = answers["results"][number]
    assert ";".join(",".join(map(shown, row)) for row in rows) == CASES[number][-1]


def test_whole_columns_are_read_down_to_the_last_used_row_and_words_in_them_are_refused(answers):
    assert answers["results"][len(CASES)] == [[250.5]]
    assert answers["results"][len(CASES) + 1] == [["#Not a number: “Budget”; type one such as 5"]]


def test_five_thousand_cells_read_the_calendar_a_few_times_and_nothing_else(answers):
    last = answers["results"][len(CASES) + 2 :]
    assert len({row[0][0] for row in last}) == 5_000
    reads = {sheet: count for sheet, count in answers["reads"]["demo"].items() if count}
    assert set(reads) == {"日历", "参数"}
    assert max(reads.values()) <= 20


def signatures(text):
    """Name and arguments of the functions in VBA text, optional ones in brackets."""
    found = {}
    for name, listed in re.findall(r"^(?:Public )?Function (DB_\w+)\((.*)\)", text, re.MULTILINE):
        parts = [part.strip().removesuffix(" As Variant") for part in listed.split(",")]
        found[name] = [re.sub(r"^Optional (\w+)$", r"[\1]", part) for part in parts]
    return found


EXPECTED = {
    function.name: [f"[{one.name}]" if one.optional else one.name for one in function.arguments]
    for function in FUNCTIONS
}


def test_the_generator_of_xlwings_takes_the_module_and_finds_every_function(answers):
    assert signatures(answers["wrappers"]) == EXPECTED
    assert answers["wrappers"].count('XLPy.CallUDF("automation.front.udf", ') == 2 * len(FUNCTIONS)


def test_the_wrappers_of_the_add_in_have_the_same_functions_and_arguments():
    module = vba_functions.function_module(
        [
            vba_functions.Function(
                one.name,
                tuple(vba_functions.Argument(argument.name, argument.optional) for argument in one.arguments),
                one.help.en,
            )
            for one in FUNCTIONS
        ]
    )
    assert signatures(module.replace("\r\n", "\n")) == EXPECTED
    assert udf.__name__ == vba_functions.PYTHON_MODULE
    assert vba_functions.LONGEST_DESCRIPTION == LONGEST_HELP


def test_there_is_one_function_for_each_line_of_the_registry():
    assert [name for name in vars(udf) if name.startswith("DB_")] == [function.name for function in FUNCTIONS]


def test_a_bug_is_a_sentence_in_the_cell_and_a_trace_in_the_log(monkeypatch, tmp_path):
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path))

    def broken():
        raise RuntimeError("no such thing")

    monkeypatch.setattr(udf, "calling_book", broken)
    ((shown,),) = udf.DB_WORKDAY("2026-06-12", 1.0)
    assert shown.startswith("#程序内部错误")
    assert str(tmp_path) in shown
    assert "no such thing" in (tmp_path / "error.log").read_text(encoding="utf-8")
