"""Pre-flight: what is no good workbook is told by its kind, in one line, before anything in it is believed."""

from __future__ import annotations

import copy
import os
import zipfile

import pytest

from automation.base.errors import WorkbookError
from automation.excel import refusals
from automation.excel.package import open_package, resolve
from automation.excel.repack import repack
from tests.excel.books import MAIN, part_book, parts_of, table_book, zip_of

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def code(path):
    with pytest.raises(WorkbookError) as caught:
        open_package(path).sheets()
    for half in caught.value.text:
        assert "\n" not in half
        assert "{" not in half
        assert path.name in half
    return caught.value.code


def written(path, data):
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty-file"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "html"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", "html"),
        ("编号,名称\n1,甲\n2,乙\n".encode("gb18030"), "csv"),
        (b"id\tname\n1\tx\n", "csv"),
        ("只是一段文字".encode(), "text"),
        (b"%PDF-1.7\x00\x01\x02", "not-workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not-workbook"),
        (OLE, "old-xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04 and then nothing", "damaged"),
    ],
)
def test_the_first_bytes_tell_what_the_file_really_is(tmp_path, data, expected):
    assert code(written(tmp_path / "b.xlsx", data)) == expected


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    assert code(tmp_path / "none.xlsx") == "missing"
    assert code(tmp_path) == "directory"


def test_other_office_files_are_named(tmp_path):
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'
    relations = (
        '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": "<d/>"}
    assert code(zip_of(tmp_path / "w.xlsx", parts)) == "word-file"
    slides = types.replace("wordprocessingml", "presentationml")
    assert code(zip_of(tmp_path / "p.xlsx", parts | {"[Content_Types].xml": slides})) == "powerpoint-file"
    binary = types.replace(WORD, "application/vnd.ms-excel.sheet.binary.macroEnabled.main")
    assert code(zip_of(tmp_path / "x.xlsx", parts | {"[Content_Types].xml": binary})) == "binary-workbook"
    assert code(zip_of(tmp_path / "n.xlsx", {"[Content_Types].xml": types})) == "no-workbook"
    ods = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}
    assert code(zip_of(tmp_path / "o.xlsx", ods)) == "open-document"
    assert code(zip_of(tmp_path / "z.xlsx", {"readme.txt": "hello"})) == "no-workbook"


def test_a_flipped_bit_is_found_by_the_checksum(tmp_path):
    path = part_book(tmp_path / "b.xlsx", "")
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("xl/workbook.xml")
    data = bytearray(path.read_bytes())
    data[entry.header_offset + 30 + len(entry.filename) + 20] ^= 0x10
    path.write_bytes(data)
    with pytest.raises(WorkbookError) as caught:
        open_package(path).read("xl/workbook.xml")
    assert caught.value.code == "damaged"


def test_a_truncated_file_is_damaged(tmp_path):
    path = table_book(tmp_path / "b.xlsx", [["a", "b", None, 1]])
    assert code(written(path, path.read_bytes()[:-300])) == "damaged"


def test_doubled_and_escaping_entry_names_are_refused(tmp_path):
    path = part_book(tmp_path / "b.xlsx", "")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/Workbook.xml", "<other/>")
    assert code(path) == "duplicate-entry"
    assert code(part_book(tmp_path / "c.xlsx", "", extra={"../../evil.txt": "x"})) == "unsafe-name"


def test_a_zip_bomb_is_refused_by_its_declared_size(tmp_path):
    path = part_book(tmp_path / "b.xlsx", "", extra={"xl/media/zeros.bin": b"\0" * 60_000_000})
    assert code(path) == "too-big"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "b">]>', "document-type"),
        (b'<?xml version="1.0" encoding="GB2312"?>', "encoding"),
        (b"junk", "bad-xml"),
    ],
)
def test_dtd_and_foreign_encodings_are_refused(tmp_path, head, expected):
    path = part_book(tmp_path / "b.xlsx", "")
    parts = parts_of(path)
    parts["xl/workbook.xml"] = head + parts["xl/workbook.xml"]
    with pytest.raises(WorkbookError) as caught:
        open_package(zip_of(path, parts)).sheets()
    assert caught.value.code == expected


def test_utf16_parts_are_refused_instead_of_read_as_empty(tmp_path):
    path = part_book(tmp_path / "b.xlsx", "")
    parts = parts_of(path)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].decode().encode("utf-16")
    with pytest.raises(WorkbookError) as caught:
        open_package(zip_of(path, parts)).sheets()
    assert caught.value.code == "encoding"


def test_strict_workbooks_are_fine(tmp_path):
    path = part_book(tmp_path / "b.xlsx", "")
    strict = {
        name: content.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            b"schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in parts_of(path).items()
    }
    assert [sheet.name for sheet in open_package(zip_of(path, strict)).sheets()] == ["S"]


def test_a_copy_keeps_the_compressed_bytes_of_untouched_parts(tmp_path):
    path = table_book(tmp_path / "b.xlsx", [["a", "b", None, 1]])
    package = open_package(path)
    copy = tmp_path / "c.xlsx"
    copy.write_bytes(repack(package, {"xl/styles.xml": b"<styleSheet/>"}))
    again = open_package(copy)
    assert again.names() == package.names()
    for name in package.names():
        if name == "xl/styles.xml":
            assert again.read(name) == b"<styleSheet/>"
        else:
            assert again.compressed(name) == package.compressed(name)
    with zipfile.ZipFile(copy) as archive:
        assert archive.testzip() is None


def test_targets_are_seen_from_their_part():
    assert resolve("xl/workbook.xml", "worksheets/s.xml") == "xl/worksheets/s.xml"
    assert resolve("xl/worksheets/s.xml", "../tables/t.xml") == "xl/tables/t.xml"
    assert resolve("xl/workbook.xml", "/xl/s.xml") == "xl/s.xml"
    assert resolve("", "xl/workbook.xml") == "xl/workbook.xml"


@pytest.mark.parametrize("table", [refusals.UNREADABLE, refusals.REFUSED])
def test_every_sentence_is_one_line_in_both_languages_and_ends(table):
    for text in table.values():
        assert text.zh.endswith("。")
        assert text.en.endswith(".")
        assert "\n" not in text.zh + text.en
        assert set(text.zh.split("{")[1:]) != {""}
        places = [{part.partition("}")[0] for part in half.split("{")[1:]} for half in text]
        assert places[0] == places[1]


def test_a_part_for_two_sheets_is_damage(tmp_path):
    path = part_book(tmp_path / "b.xlsx", "")
    parts = parts_of(path)
    again = b'<sheet name="T" sheetId="2" r:id="rId1"/></sheets>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", again)
    assert code(zip_of(path, parts)) == "damaged"


def test_parts_that_lie_over_one_another_are_damage(tmp_path):
    path = part_book(tmp_path / "b.xlsx", "")
    with zipfile.ZipFile(path, "a") as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
        for number in range(40):
            twin = copy.copy(entry)
            twin.filename = twin.orig_filename = f"xl/media/image{number}.bin"
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
        archive._didModify = True
    assert code(path) == "damaged"


def test_a_document_type_behind_a_long_comment_is_not_read(tmp_path):
    path = part_book(tmp_path / "b.xlsx", "")
    parts = parts_of(path)
    late = b"<!--" + b"x" * 100_000 + b'--><!DOCTYPE workbook [<!ENTITY a "b">]>'
    parts["xl/workbook.xml"] = late + parts["xl/workbook.xml"]
    assert code(zip_of(path, parts)) == "bad-xml"


def test_elements_nested_too_deep_are_refused(tmp_path):
    path = part_book(tmp_path / "b.xlsx", "", workbook="<x>" * 50_000 + "</x>" * 50_000)
    assert code(path) == "bad-xml"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes among its files")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "b.xlsx")
    assert code(tmp_path / "b.xlsx") == "not-workbook"


@pytest.mark.parametrize("flag", [0x20, 0x40], ids=["patched", "strongly-encrypted"])
def test_a_part_that_no_zip_library_reads_is_damaged_and_no_bug(tmp_path, flag):
    path = part_book(tmp_path / "b.xlsx", "")
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.start_dir
        offset = archive.infolist()[0].header_offset
    data[start + 8] |= flag  # the flags of the first entry, in the directory and before its data
    data[offset + 6] |= flag
    path.write_bytes(data)
    assert code(path) == "damaged"


def test_a_copy_is_never_packed_so_tightly_that_we_would_take_it_for_a_zip_bomb(tmp_path):
    book = table_book(tmp_path / "b.xlsx", [["T-1", "a", None, 1]])
    package = open_package(book)
    part = package.sheets()[0].part
    same = package.xml(part).replace(b"</worksheet>", b" " * 60_000_000 + b"</worksheet>")
    copy_of_it = written(tmp_path / "copy.xlsx", repack(package, {part: same}))
    assert open_package(copy_of_it).size(part) == len(same)
