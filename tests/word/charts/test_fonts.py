"""Fonts: found by name in collections too, with a way out for what they lack; without Chinese one clear refusal."""

from __future__ import annotations

import io

import pytest
from matplotlib import font_manager
from PIL import Image

from automation.base.errors import UsageError
from automation.word.charts import fonts
from automation.word.charts.drawing import pictures
from tests.word.charts import samples

CACHED = (fonts.families, fonts._newly_installed, fonts._faces, fonts._has, fonts._advance)


@pytest.fixture
def others(monkeypatch):
    """Let matplotlib know other fonts than it does: a callable that takes a filter of its list."""

    def forget():
        for function in CACHED:
            function.cache_clear()

    def keep(wanted, *, files=()):
        manager = font_manager.fontManager
        monkeypatch.setattr(manager, "ttflist", [entry for entry in manager.ttflist if wanted(entry)])
        monkeypatch.setattr(font_manager, "findSystemFonts", lambda: list(files))
        forget()

    yield keep
    monkeypatch.undo()
    forget()


def chinese(entry):
    return entry.name in fonts.CHINESE


def test_a_font_with_the_characters_of_mainland_china_is_found():
    """A collection such as Noto's begins with the Japanese forms, which are not ours."""
    family = fonts.chinese_family()
    assert family in fonts.CHINESE
    face = font_manager.findfont(font_manager.FontProperties(family=[family]))
    entry = next(
        entry
        for entry in font_manager.fontManager.ttflist
        if (entry.fname, entry.index) == (face.path, face.face_index)
    )
    assert entry.name == family
    if "NotoSansCJK" in face.path:
        assert face.face_index == 2


def test_chinese_text_is_set_in_the_chinese_font_and_english_in_the_one_of_the_templates():
    zh, en = fonts.families("zh"), fonts.families("en")
    assert zh[0] == en[1] == fonts.chinese_family()
    assert en[0] == zh[1]
    assert en[0] in fonts.LATIN
    assert {zh[-1], en[-1]} <= {"DejaVu Sans", fonts.chinese_family()}
    assert "DejaVu Sans" in zh
    assert "DejaVu Sans" in en


def test_a_family_that_is_further_down_the_list_serves_where_the_first_ones_are_not_there(others):
    first = fonts.chinese_family()
    others(lambda entry: entry.name != first)
    assert fonts.chinese_family() != first


def test_without_a_chinese_font_a_chinese_picture_is_refused_and_says_what_to_install(others):
    others(lambda entry: not chinese(entry))
    assert fonts.chinese_family() == ""
    with pytest.raises(UsageError) as refused:
        pictures(samples.costs(3), "zh")
    assert refused.value.code == "FONT"
    assert refused.value.text.zh.startswith(
        "这台电脑没有可用的中文字体，无法生成带中文的图片。请安装后重试：Windows 在"
    )
    assert "fonts-noto-cjk" in refused.value.text.zh
    assert refused.value.text.en.startswith(
        "This computer has no font for Chinese, so a picture with Chinese text cannot be made."
    )
    assert "Supplemental Fonts" in refused.value.text.en


def test_without_a_chinese_font_a_picture_without_chinese_text_is_made(others):
    others(lambda entry: not chinese(entry))
    assert Image.open(io.BytesIO(pictures(samples.costs(3), "en")[0].png)).format == "PNG"


def test_a_font_that_was_installed_since_matplotlib_looked_is_found(others):
    family = fonts.chinese_family()
    paths = sorted({entry.fname for entry in font_manager.fontManager.ttflist if entry.name == family})
    others(lambda entry: not chinese(entry) and entry.fname not in paths, files=paths)
    added = len(font_manager.fontManager.ttflist)
    assert fonts.chinese_family() == family
    assert len(font_manager.fontManager.ttflist) > added
    assert fonts.writable("国", "zh") == "国"


def hollow_font(path):
    """A font that has every character and draws none of them, as newer forms of fonts come out in older readers."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "any"])
    builder.setupCharacterMap({ord(sign): "any" for sign in fonts.SAMPLE})
    builder.setupGlyf({".notdef": Glyph(), "any": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "any": (1000, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "PingFang SC", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return str(path)


def test_a_font_that_cannot_be_read_or_draws_nothing_is_passed_over(others, tmp_path, monkeypatch):
    broken = tmp_path / "msyh.ttc"
    broken.write_bytes(b"not a font")
    others(lambda entry: entry.name not in {"Microsoft YaHei", "PingFang SC"})
    family = fonts.chinese_family()
    found = [
        font_manager.FontEntry(fname=str(broken), name="Microsoft YaHei"),
        font_manager.FontEntry(fname=hollow_font(tmp_path / "pingfang.ttf"), name="PingFang SC"),
    ]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [*found, *font_manager.fontManager.ttflist])
    assert [fonts._draws(entry) for entry in found] == [False, False]
    assert fonts.chinese_family() == family


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("项目🚀启动", "项目启动"),
        ("第一行\n第二行\t三", "第一行 第二行 三"),
        ("零宽\u200b字符\ufeff", "零宽字符"),
        ("  两头  空 ", "两头 空"),
        ("℃ ① ✓ № é Ж α", "℃ ① ✓ № é Ж α"),
        ("$100 到 $200", "$100 到 $200"),
        ("私有\ue0a5字", "私有〓字"),
        ("坏\ud800字", "坏字"),
        ("", ""),
    ],
)
def test_what_no_font_can_draw_is_replaced_or_left_out(typed, written):
    assert fonts.writable(typed, "zh") == written
    assert fonts.writable(typed, "en") == written


def test_widths_are_those_that_are_drawn():
    from automation.word.charts.canvas import Canvas, Paper, drawing

    for language in ("zh", "en"):
        with drawing(language):
            canvas = Canvas(Paper(language), 50, caption=samples.PROJECT)
            for text in (samples.PROJECT.zh, "2026-06-12", "Task name AVATo", "+14"):
                for weight in ("normal", "bold"):
                    drawn = canvas.write(1, 10, text, size=8, weight=weight).get_window_extent().width / 200 * 25.4
                    measured = canvas.width_of(text, 8, weight=weight)
                    assert 0.9 * measured - 0.35 <= drawn <= measured + 0.35


def test_a_text_is_cut_to_the_width():
    from automation.word.charts.canvas import Canvas, Paper, drawing

    with drawing("zh"):
        canvas = Canvas(Paper("zh"), 50, caption=samples.PROJECT)
        whole = canvas.width_of(samples.PROJECT.zh)
        assert canvas.fitted(samples.PROJECT.zh, whole) == samples.PROJECT.zh
        for width in (whole - 0.1, 20, 10, 6):
            cut = canvas.fitted(samples.PROJECT.zh, width)
            assert cut.endswith("…")
            assert canvas.width_of(cut) <= width
            assert samples.PROJECT.zh.startswith(cut[:-1])
        assert canvas.fitted(samples.PROJECT.zh, 1) == ""
        assert canvas.fitted(samples.PROJECT.zh, -5) == ""
