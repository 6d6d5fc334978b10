"""Files that a command wants made: bytes as they are, charts as pictures, all ready before the first is written."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from automation.base.errors import UsageError
from automation.front.new_files import write_files
from automation.model.effects import FileRequest
from automation.word.charts import drawing, fonts
from tests.word.charts import samples


@pytest.fixture(autouse=True)
def _chinese_font():
    samples.need_chinese_font()


def test_bytes_are_written_as_they_are_and_replace_an_older_file(tmp_path):
    (tmp_path / "计划.xml").write_bytes(b"old")
    assert write_files(tmp_path, [FileRequest("计划.xml", b"<new/>")]) == [tmp_path / "计划.xml"]
    assert (tmp_path / "计划.xml").read_bytes() == b"<new/>"


def test_a_chart_becomes_a_picture_with_its_title(tmp_path):
    (path,) = write_files(tmp_path, [FileRequest("costs.png", samples.costs(3), "en")])
    assert path == tmp_path / "costs.png"
    (titled,) = drawing.pictures(samples.costs(3), "en", titled=True)
    assert path.read_bytes() == titled.png
    assert (
        Image.open(io.BytesIO(titled.png)).height
        > Image.open(io.BytesIO(drawing.pictures(samples.costs(3), "en")[0].png)).height
    )


def test_a_chart_of_several_pictures_becomes_as_many_numbered_files(tmp_path):
    paths = write_files(tmp_path, [FileRequest("PRJ-1.2_甘特图.png", samples.gantt(70, 200))])
    assert [path.name for path in paths] == ["PRJ-1.2_甘特图-1.png", "PRJ-1.2_甘特图-2.png"]
    assert all(path.is_file() for path in paths)


def test_nothing_is_written_when_a_picture_cannot_be_drawn(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise fonts.no_chinese_font()

    monkeypatch.setattr(drawing, "pictures", refuse)
    with pytest.raises(UsageError):
        write_files(tmp_path, [FileRequest("a.xml", b"<a/>"), FileRequest("b.png", samples.costs(1))])
    assert list(tmp_path.iterdir()) == []
