"""What is carried from a batch that died to the next one: runs as reports need them, and no half ones."""

from decimal import Decimal

from automation.base.findings import OPEN
from automation.base.records import replace
from automation.front.batch.carried import Carried
from tests.front.overview.views import RUNS, facts

PROJECT = replace(facts(), budget=Decimal("1980000.00"), estimate_at_completion=Decimal("2221838.19"), start=None)
WHOLE = [replace(run, id=f"r{number}", book=f"/p/\udcff{number}.xlsx") for number, run in enumerate(RUNS)]
WHOLE[1] = replace(WHOLE[1], projects=(PROJECT,), customers=frozenset({"a@example.com"}))


def test_runs_come_back_as_reports_need_them(tmp_path):
    carried = Carried(tmp_path / "b.done")
    for run in WHOLE:
        carried.add(run)
    found = list(carried.runs({run.id for run in WHOLE[1:]}))
    assert [run.id for run in found] == ["r1", "r2"]
    for before, after in zip(WHOLE[1:], found, strict=True):
        same = (
            "book",
            "outcome",
            "exit",
            "reason",
            "projects",
            "owners",
            "customers",
            "started_at",
            "seconds",
            "status_date",
        )
        assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
        assert list(after.findings) == [replace(one, value=None) for one in before.findings if one.status in OPEN]


def test_a_half_line_and_a_line_of_another_version_are_passed_over(tmp_path):
    carried = Carried(tmp_path / "b.done")
    carried.add(WHOLE[0])
    with carried.path.open("a") as stream:
        stream.write('\n{"id": "r9"}\n[1]\n{"id": "r2", "bat')
    carried.add(WHOLE[1])
    assert [run.id for run in carried.runs({"r0", "r1", "r2", "r9"})] == ["r0", "r1"]


def test_without_a_file_there_is_nothing(tmp_path):
    assert list(Carried(tmp_path / "b.done").runs({"r0"})) == []
