"""Backups: made before each writing, thinned out by number and age, the newest never."""

from __future__ import annotations

import datetime as dt

import pytest

from automation.base.errors import WriteRefusedError
from automation.store.backups import backups_of, folder_of, thin_out
from automation.store.files import save
from automation.store.writing import digest_of

NOW = dt.datetime(2026, 11, 22, 9, 30, 5)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "主计划.xlsx"
    path.write_bytes(b"old")
    return path


def save_again(book, data, *, days=0, seconds=0, **options):
    moment = NOW + dt.timedelta(days=days, seconds=seconds)
    return save(book, data, expected=digest_of(book), now=moment, **options)


def contents(book, **options):
    return [path.read_bytes() for path in backups_of(book, **options)]


def test_only_so_many_backups_are_kept_and_those_of_other_books_stay(book):
    other = book.parent / "backups" / "别的.20200101T000000.0123456789ab.xlsx"
    other.parent.mkdir()
    other.write_bytes(b"x")
    for number in range(6):
        save_again(book, b"new %d" % number, seconds=number, keep=3)
    assert contents(book) == [b"new 4", b"new 3", b"new 2"]
    assert other.exists()


def test_backups_older_than_so_many_days_go(book):
    for number, days in enumerate((0, 5, 30, 31)):
        save_again(book, b"new %d" % number, days=days, keep_days=20)
    assert contents(book) == [b"new 2", b"new 1"]


def test_the_newest_backup_stays_however_old_it_is(book):
    save_again(book, b"1", keep_days=20)
    save_again(book, b"2", days=1, keep_days=20)
    later = NOW + dt.timedelta(days=400)
    removed = thin_out(book, folder="", keep=20, days=20, now=later, fresh=book)
    assert [path.name.split(".")[1] for path in removed] == ["20261122T093005"]
    assert contents(book) == [b"1"]


def test_the_backup_just_made_stays_even_when_the_clock_went_back(book):
    save_again(book, b"1", days=50)
    saved = save_again(book, b"2", keep=1, keep_days=1)
    assert saved.backup.exists()
    assert saved.backup.read_bytes() == b"1"


def test_backups_of_the_same_second_are_told_apart_by_their_age(book):
    for data in (b"1", b"2", b"3", b"4"):
        save_again(book, data, keep=2)
    assert contents(book) == [b"3", b"2"]


def test_backups_go_to_the_folder_of_the_settings(book):
    saved = save_again(book, b"new", folder="归档/备份")
    assert saved.backup.parent == book.parent / "归档" / "备份"
    assert contents(book, folder="归档/备份") == [b"old"]
    assert contents(book) == []


def test_an_empty_setting_means_the_usual_folder(book):
    assert folder_of(book, " ") == book.parent / "backups"


@pytest.mark.parametrize("form", ["absolute", "relative"])
def test_two_workbooks_of_one_name_do_not_thin_out_each_others_backups_elsewhere(tmp_path, form):
    shared = str(tmp_path / "shared") if form == "absolute" else "../shared"
    books = []
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        books.append(tmp_path / place / "主计划.xlsx")
        books[-1].write_bytes(place.encode())
    for number, book in enumerate(books):
        save_again(book, b"new", seconds=number, folder=shared, keep=1)
    assert [contents(book, folder=shared) for book in books] == [[b"a"], [b"b"]]
    assert {item.name for item in tmp_path.iterdir()} == {"a", "b", "shared"}


def test_without_a_backup_nothing_is_written(book):
    (book.parent / "backups").write_bytes(b"a file where the folder should be")
    with pytest.raises(WriteRefusedError) as caught:
        save_again(book, b"new")
    assert caught.value.code == "no-backup"
    assert book.read_bytes() == b"old"
    assert sorted(item.name for item in book.parent.iterdir() if item.suffix != ".lock") == ["backups", "主计划.xlsx"]


def test_a_backup_that_fails_because_the_disk_is_full_says_so(book, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("automation.store.backups.write_new", full)
    with pytest.raises(WriteRefusedError) as caught:
        save_again(book, b"new")
    assert caught.value.code == "disk-full"
    assert book.read_bytes() == b"old"
