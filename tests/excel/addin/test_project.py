"""The built files before outside judges: olevba, Microsoft's validator, openpyxl and LibreOffice."""

import io
import shutil
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from pyopenvba import check_file

from automation.base.errors import AutomationError
from automation.excel.addin import project
from automation.excel.addin.package import MAIN_TYPES, as_kind, contents, packed
from automation.excel.addin.project import Module, addin, with_macros
from automation.front.addin import build as addin_build
from automation.front.addin.stamp import stamp_of
from tests.excel.addin.judged import judged

SOURCES = addin_build.sources()
PROPERTIES = {"deliverybook": "1.2.3", "xlwings": SOURCES.xlwings}
KNOWN_WORDS = 24
"""Words that olevba calls suspicious, nearly all of them in xlwings' module; 29 before it was narrowed."""


@pytest.fixture(scope="module")
def made(tmp_path_factory, plain_book):
    """The add-in and a workbook with macros, as files."""
    folder = tmp_path_factory.mktemp("made")
    files = {
        "xlam": addin(SOURCES.modules, SOURCES.ribbons, properties=PROPERTIES),
        "xlsm": with_macros(plain_book, SOURCES.modules, SOURCES.ribbons),
    }
    paths = {}
    for kind, content in files.items():
        paths[kind] = folder / f"deliverybook.{kind}"
        paths[kind].write_bytes(content)
    return paths


KINDS = pytest.mark.parametrize("kind", ["xlam", "xlsm"])


@KINDS
def test_olevba_sees_the_generated_sources_and_nothing_else(made, kind):
    assert judged(made[kind]).modules == {one.name: one.source.replace("\r\n", "\n") for one in SOURCES.modules}


@KINDS
def test_nothing_starts_by_itself_and_few_words_are_suspicious(made, kind):
    said = judged(made[kind])
    assert said.words("AutoExec") == []
    assert len(said.words("Suspicious")) <= KNOWN_WORDS


def test_a_macro_that_starts_by_itself_would_be_seen(tmp_path, plain_book):
    path = tmp_path / "auto.xlsm"
    auto = Module("Auto", 'Attribute VB_Name = "Auto"\r\nPublic Sub Auto_Open()\r\nEnd Sub\r\n')
    path.write_bytes(with_macros(plain_book, [auto], SOURCES.ribbons))
    assert judged(path).words("AutoExec") == ["Auto_Open"]


@KINDS
def test_the_project_holds_no_compiled_code_and_is_sound(made, kind):
    assert check_file(made[kind]).ok


@KINDS
def test_microsofts_validator_finds_nothing(made, kind, ooxml_validator):
    assert ooxml_validator(made[kind]) == []


@KINDS
def test_the_same_input_gives_the_same_bytes(made, kind, plain_book):
    again = (
        addin(SOURCES.modules, SOURCES.ribbons, properties=PROPERTIES)
        if kind == "xlam"
        else with_macros(plain_book, SOURCES.modules, SOURCES.ribbons)
    )
    assert again == made[kind].read_bytes()


def test_the_cells_of_the_workbook_stay(made):
    book = openpyxl.load_workbook(made["xlsm"], keep_vba=True)
    assert book["Plan"]["A1"].value == "as it was"
    assert book.vba_archive is not None
    book.vba_archive.close()


def test_openpyxl_reads_the_addin_when_it_is_called_a_workbook(made):
    book = openpyxl.load_workbook(io.BytesIO(packed(as_kind(contents(made["xlam"].read_bytes()), "xlsm"))))
    assert book.sheetnames == ["Deliverybook"]


def test_the_addin_tells_its_versions_without_being_opened(made):
    stamp = stamp_of(made["xlam"].read_bytes())
    assert (stamp.version, stamp.xlwings) == ("1.2.3", SOURCES.xlwings)


def test_the_addin_is_declared_as_one(made):
    with zipfile.ZipFile(made["xlam"]) as archive:
        assert MAIN_TYPES["xlam"].encode() in archive.read("[Content_Types].xml")


def test_no_name_of_a_person_is_in_the_addin(made):
    for name, content in contents(made["xlam"].read_bytes()).items():
        assert b"Smith" not in content, name
    assert b"<dc:creator>Deliverybook</dc:creator>" in contents(made["xlam"].read_bytes())["docProps/core.xml"]


@KINDS
def test_libreoffice_opens_the_file_with_its_modules(made, kind, macro_office):
    seen = macro_office.look(made[kind], addin=kind == "xlam")
    assert seen["sheets"] == [{"xlam": "Deliverybook", "xlsm": "Plan"}[kind]]
    assert {one.name for one in SOURCES.modules} <= set(seen["modules"])


@pytest.mark.parametrize(
    "name", ["deliverybook-zh.xlsm", "deliverybook-en.xlsm", "deliverybook-zh.xlsx", "deliverybook-en.xlsx"]
)
def test_libreoffice_and_openpyxl_see_the_same_sheets_in_the_files_of_the_source_tree(name, macro_office, tmp_path):
    path = Path(shutil.copy(addin_build.FOLDER / name, tmp_path))  # LibreOffice writes a lock beside it
    book = openpyxl.load_workbook(path, read_only=True)
    seen = macro_office.look(path)
    assert seen["sheets"] == book.sheetnames
    assert ("DeliverybookRibbon" in seen["modules"]) == (path.suffix == ".xlsm")
    book.close()


def test_without_the_library_for_building_it_says_what_to_install(monkeypatch, plain_book):
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    with pytest.raises(AutomationError, match="needs pyOpenVBA") as raised:
        project.with_macros(plain_book, [], {})
    assert raised.value.code == "NO_PYOPENVBA"
