"""Who has a workbook open: the real bytes of both programs' owner files."""

from __future__ import annotations

import datetime as dt
import os

import pytest

from automation.store.owners import excel_name, libreoffice_name, owner_of


def excel_owner(name):
    narrow = name.encode("gb18030")
    wide = name.ljust(54).encode("utf-16-le")
    return bytes([len(narrow)]) + narrow.ljust(54) + bytes([len(name), 0]) + wide


@pytest.mark.parametrize("name", ["Zhang San", "张三", "李 (交付部)"])
def test_excel_owner_files_give_the_name(name):
    data = excel_owner(name)
    assert len(data) == 165
    assert excel_name(data) == name


def test_an_empty_owner_file_still_says_that_the_book_is_open(tmp_path):
    book = tmp_path / "b.xlsx"
    (tmp_path / "~$b.xlsx").write_bytes(b"")
    assert owner_of(book).name == "?"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("张三,zhang,PC-07,22.11.2026 09:30,file:///home/zhang/.config/libreoffice/4;", "张三"),
        (",zhang,PC-07,22.11.2026 09:30,file:///home/zhang;", "zhang@PC-07"),
        (r"Doe\, Jane,jane,PC,22.11.2026 09:30,x;", "Doe, Jane"),
        ("", ""),
    ],
)
def test_libreoffice_owner_files_give_the_name(line, name):
    assert libreoffice_name(line.encode()) == name


def test_the_owner_file_of_another_book_does_not_count(tmp_path):
    (tmp_path / "~$a.xlsx").write_bytes(excel_owner("x"))
    (tmp_path / ".~lock.a.xlsx#").write_text("x,y,z,1,2;")
    assert owner_of(tmp_path / "b.xlsx") is None


def test_since_is_the_time_of_the_owner_file(tmp_path):
    mark = tmp_path / ".~lock.b.xlsx#"
    mark.write_text("张三,z,PC,22.11.2026 09:30,x;")
    moment = dt.datetime(2026, 11, 22, 1, 30, tzinfo=dt.UTC)
    os.utime(mark, (moment.timestamp(), moment.timestamp()))
    owner = owner_of(tmp_path / "b.xlsx")
    assert (owner.name, owner.since, owner.mark) == ("张三", moment, mark)
