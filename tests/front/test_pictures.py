"""Pictures as a user asks for them: ``--pictures`` writes PNG files, in either language, and says where they are."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from automation.word.charts import drawing, fonts
from tests.planning import cases
from tests.word.charts.samples import need_chinese_font


@pytest.fixture(autouse=True)
def _chinese_font():
    need_chinese_font()


WORDS = ("--status-date", "2026-06-12", "--spread", "80-150", "--iterations", "200")


def test_simulate_writes_the_finish_and_what_it_depends_on(run, book, tmp_path):
    done = run("simulate", book, *WORDS, "--pictures", "--out", tmp_path / "out", "--format", "json")
    assert done.exit == 0
    names = ["PRJ-001_完成日期模拟_2026-06-12.png", "PRJ-001_完成日期影响因素_2026-06-12.png"]
    assert [Path(path).name for path in done.json["documents"]] == names
    for path in done.json["documents"]:
        image = Image.open(io.BytesIO(Path(path).read_bytes()))
        assert (image.format, image.width) == ("PNG", 1260)


def test_without_out_they_lie_where_documents_lie(run, book):
    done = run("simulate", book, *WORDS, "--pictures", "--lang", "en")
    assert done.exit == 0
    path = book.parent / "output" / "PRJ-001_simulated_finish_2026-06-12.png"
    assert path.is_file()
    assert f"Picture: {path}" in done.out


def test_without_asking_or_on_a_dry_run_there_are_none(run, book, tmp_path):
    assert run("simulate", book, *WORDS, "--out", tmp_path / "one", "--format", "json").json["documents"] == []
    done = run("simulate", book, *WORDS, "--pictures", "--dry-run", "--out", tmp_path / "two", "--format", "json")
    assert done.json["documents"] == []
    assert not (tmp_path / "one").exists()
    assert not (tmp_path / "two").exists()


def test_a_plan_file_has_its_pictures_beside_it(run, tmp_path):
    plan = tmp_path / "plan.xml"
    plan.write_bytes(cases.mspdi(cases.case(cases.task(1, 5), cases.task(2, 10, "1FS", name="Build"))))
    done = run("simulate", plan, "--spread", "50-200", "--pictures", "--lang", "en")
    assert done.exit == 0
    assert sorted(path.name for path in tmp_path.glob("*.png")) == [
        "plan_finish_drivers.png",
        "plan_simulated_finish.png",
    ]
    assert f"Picture: {tmp_path / 'plan_simulated_finish.png'}" in done.out


def test_gantt_draws_a_picture_beside_the_sheet(run, book, tmp_path):
    done = run(
        "gantt", book, "--status-date", "2026-06-12", "--pictures", "--out", tmp_path / "out", "--format", "json"
    )
    assert done.exit == 0
    assert [Path(path).name for path in done.json["documents"]] == ["PRJ-001_甘特图_2026-06-12.png"]


def test_without_a_chinese_font_it_says_what_to_install(run, book, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise fonts.no_chinese_font()

    monkeypatch.setattr(drawing, "pictures", refuse)
    done = run("simulate", book, *WORDS, "--pictures", "--out", tmp_path / "out")
    assert done.exit == 2
    assert "没有可用的中文字体" in done.err
    assert "[FONT]" in done.err
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.parametrize("words", [("simulate", *WORDS), ("check", "--status-date", "2026-06-12")])
def test_nobody_loads_matplotlib_who_asks_for_no_picture(book, words):
    code = (
        "import sys\n"
        "from automation.front.cli import main\n"
        f"main([{words[0]!r}, {str(book)!r}, *{list(words[1:])!r}])\n"
        "print('LOADED', sorted({'matplotlib', 'PIL'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("LOADED []")
