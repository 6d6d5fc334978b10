"""Every kind of picture: a PNG of the size stated, the same again, labels that hide nothing, words with the figures."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from functools import cache
from itertools import combinations
from typing import NamedTuple

import pytest
from PIL import Image

from automation.base.records import replace
from automation.model.charts.chart import Chart
from automation.word.charts.canvas import Paper, drawing
from automation.word.charts.drawing import KINDS, pictures
from tests.word.charts import samples

USUAL, ODD = samples.usual(), samples.odd()
ALL = USUAL | ODD
LANGUAGES = ("zh", "en")
LARGE = {"gantt of 300", "resource load of 45 by 40"}
SLACK = 1.5
"""Pixels by which boxes of texts may touch: they are a little larger than what is seen of them."""


class Label(NamedTuple):
    text: str
    left: float
    bottom: float
    right: float
    top: float


def labels(canvas):
    """The texts of a picture with the boxes that they fill."""
    canvas.figure.canvas.draw()
    found = [text for axes in canvas.figure.axes for text in axes.texts if text.get_text() and text.get_visible()]
    return [
        Label(text.get_text(), box.x0 + SLACK, box.y0 + SLACK, box.x1 - SLACK, box.y1 - SLACK)
        for text in found
        for box in [text.get_window_extent()]
    ]


def overlapping(found):
    return [
        (one.text, other.text)
        for one, other in combinations(found, 2)
        if one.left < other.right and other.left < one.right and one.bottom < other.top and other.bottom < one.top
    ]


@cache
def made(name, language):
    """The pictures of a chart, drawn once for all tests."""
    return pictures(ALL[name], language)


def canvases(chart, language, **paper):
    return KINDS[type(chart)](chart, Paper(language, **paper))


@pytest.mark.parametrize(
    ("name", "language"),
    [(name, language) for name in ALL for language in LANGUAGES if language == "zh" or name not in LARGE],
)
def test_no_label_hides_another_or_leaves_the_picture(name, language):
    with drawing(language):
        for canvas in canvases(ALL[name], language, titled=True):
            found = labels(canvas)
            assert overlapping(found) == []
            width, height = canvas.figure.canvas.get_width_height()
            outside = [one for one in found if one.left < 0 or one.bottom < 0 or one.right > width or one.top > height]
            assert outside == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", USUAL)
def test_a_picture_is_a_png_of_the_size_stated(name, language):
    for picture in made(name, language):
        image = Image.open(io.BytesIO(picture.png))
        image.load()
        assert image.format == "PNG"
        assert image.size == (round(picture.width_mm / 25.4 * 200), round(picture.height_mm / 25.4 * 200))
        assert [round(number) for number in image.info["dpi"]] == [200, 200]
        assert picture.width_mm == pytest.approx(160, abs=0.1)
        assert picture.height_mm <= 230.1
        assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
        assert len(image.convert("L").getcolors()) > 20


@pytest.mark.parametrize("name", USUAL)
def test_the_same_values_give_the_same_bytes_without_time_or_program(name):
    first, second = made(name, "zh"), pictures(USUAL[name], "zh")
    assert [one.png for one in first] == [one.png for one in second]
    for one in first:
        assert sorted(Image.open(io.BytesIO(one.png)).info) == ["dpi"]
        assert b"tEXt" not in one.png
        assert b"tIME" not in one.png


def test_every_kind_of_chart_can_be_drawn():
    assert set(KINDS) == set(Chart.__args__)
    assert {type(chart) for chart in USUAL.values()} == set(KINDS)


@pytest.mark.parametrize("name", USUAL)
def test_caption_and_words_are_in_both_languages_and_language_alone_changes_what_is_drawn(name):
    zh, en = (made(name, language)[0] for language in LANGUAGES)
    assert (zh.caption, zh.alternative) == (en.caption, en.alternative)
    for text in (zh.caption, zh.alternative):
        assert re.search("[一-鿿]", text.zh)
        assert not re.search("[一-鿿]", text.en)
    assert zh.alternative.zh.endswith("。")
    assert zh.alternative.en.endswith(".")
    assert zh.png != en.png


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("gantt", ["46", "4", "2026-01-02", "2026-04-15", "2026-08-03", "3", "2026-07-24"]),
        ("finishes", ["2026-07-02", "2026-07-06", "2026-06-26", "2026-06-24", "<1%"]),
        ("drivers", ["T-000", "0.83", "100%", "RISK-000", "10%", "12.5"]),
        ("milestone trend", ["2026-04-06", "1", "2026-04-05", "2026-06-04"]),
        ("resource load", ["10", "175", "2026-01-05", "RES-000"]),
        ("risk matrix", ["11", "0", "3", "8"]),
        ("attainment", ["95", "2024-06", "90%", "80%"]),
        ("satisfaction", ["2024-06", "3.0", "4"]),
        ("findings trend", ["2026-01-05", "2026-01-28", "60"]),
        ("index trend", ["2026-01-05", "1.00", "2026-01-28", "0.77", "0.80", "0.86"]),
    ],
)
def test_the_words_have_the_figures(name, figures):
    for text in made(name, "zh")[0].alternative:
        assert [figure for figure in figures if not re.search(rf"(?<![\d-]){figure}(?![\d-])", text)] == []


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        (
            "value curve",
            (
                "生产自动化与IT运维外包项目 挣值曲线，截至 2026-06-12：计划值 PV 106万元，挣值 EV 84.9万元，实际成本 AC 95.5万元，"
                "完工预算 198万元，完工估算 222万元，SPI 0.80，CPI 0.89。"
            ),
            (
                "Earned value of Production automation and IT outsourcing at 2026-06-12: Planned value PV CNY 1.06M, Earned "
                "value EV CNY 849k, Actual cost AC CNY 955k, budget CNY 1.98M, estimate at completion CNY 2.22M, SPI 0.80, CPI 0.89."
            ),
        ),
        (
            "burn-up",
            (
                "生产自动化与IT运维外包项目 需求燃起图，2026-03-06 至 2026-06-05：需求由 10 条变为 23 条，其中已确认 15 条、已实现 6 "
                "条、已验收 2 条。"
            ),
            (
                "Requirements of Production automation and IT outsourcing from 2026-03-06 to 2026-06-05: their number went from "
                "10 to 23, of which 15 are confirmed, 6 realised and 2 accepted."
            ),
        ),
        (
            "costs",
            "生产自动化与IT运维外包项目 分类成本，截至 2026-06-12：计划 150万元，实际 82.1万元（54.7%）；任务3超出计划 8.88万元。",
            (
                "Costs of Production automation and IT outsourcing by category at 2026-06-12: planned CNY 1.5M, actual CNY 821k "
                "(54.7 %); Task 3 is CNY 88.8k above its plan."
            ),
        ),
    ],
)
def test_the_words_are_whole_sentences(name, zh, en):
    alternative = made(name, "zh")[0].alternative
    assert (alternative.zh, alternative.en) == (zh, en)


def test_a_title_stands_above_and_is_cut_where_it_is_too_long():
    with drawing("zh"):
        plain, titled = (canvases(USUAL["costs"], "zh", titled=titled)[0] for titled in (False, True))
        assert titled.figure.bbox.height == pytest.approx(plain.figure.bbox.height + 8 / 25.4 * 200, abs=1)
        assert "生产自动化与IT运维外包项目 分类成本：计划与实际" in {one.text for one in labels(titled)}
        long = replace(USUAL["costs"], project=samples.Text("很长的项目名称" * 20, ""))
        assert any(
            one.text.startswith("很长的项目名称") and one.text.endswith("…")
            for one in labels(canvases(long, "zh", titled=True)[0])
        )


def test_names_are_shown_as_typed_even_with_signs_of_formulas():
    chart = replace(
        USUAL["pipeline"],
        stages=(samples.Stage(samples.Text("$100 到 $200_a^b\\n", ""), 1, samples.Decimal(5), samples.Decimal(1)),),
    )
    with drawing("zh"):
        assert "$100 到 $200_a^b\\n（1 个）" in {one.text for one in labels(canvases(chart, "zh")[0])}


def test_a_wider_picture_is_as_wide_as_asked_for():
    (picture,) = pictures(USUAL["finishes"], "en", width_mm=240)
    assert picture.width_mm == pytest.approx(240, abs=0.1)
    assert Image.open(io.BytesIO(picture.png)).width == round(240 / 25.4 * 200)


def test_many_tasks_take_a_second_or_two_a_page():
    """300 rows on six pages: about 3.5 s when this was written; the limit leaves room for slow computers."""
    start = time.process_time()
    found = pictures(ODD["gantt of 300"], "zh")
    assert 5 <= len(found) <= 7
    assert time.process_time() - start < 20
    assert max(len(one.png) for one in found) < 250_000


def test_a_picture_takes_a_second_and_little_memory_from_the_start():
    """Start of Python, matplotlib and one picture: about 1.3 s of CPU and 135 MB when this was written."""
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from tests.word.charts import samples\n"
        "from automation.word.charts.drawing import pictures\n"
        "pictures(samples.usual()['gantt'], 'zh')\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
        "status = Path('/proc/self/status')\n"
        "peak = status.read_text().partition('VmHWM:')[2].split()[0] if status.exists() else 0\n"
        "print(time.process_time(), peak)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, kilobytes = map(float, done.stdout.split())
    assert seconds < 10
    assert kilobytes < 300_000


def test_a_users_own_settings_of_matplotlib_change_nothing(tmp_path):
    expected = pictures(USUAL["costs"], "en")[0].png
    (tmp_path / "matplotlibrc").write_text(
        "lines.linewidth: 9\nfont.family: serif\nsavefig.dpi: 30\ntext.usetex: True\n"
    )
    code = (
        "import sys, hashlib\n"
        "from tests.word.charts import samples\n"
        "from automation.word.charts.drawing import pictures\n"
        "print(hashlib.sha256(pictures(samples.usual()['costs'], 'en')[0].png).hexdigest())\n"
    )
    import hashlib
    from pathlib import Path

    root = str(Path(__file__).resolve().parents[3])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert done.stdout.strip() == hashlib.sha256(expected).hexdigest()


def test_nothing_of_matplotlib_stays_changed():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    pictures(USUAL["costs"], "zh")
    assert dict(mpl.rcParams) == before
