"""Files in force: shipped ones, a user's own beside the workbook, and the memory of parsed schemas."""

import json

import pytest

from automation.base.errors import TemplateError
from automation.front import library
from automation.front.library import Library
from automation.schema.catalogue import from_values


@pytest.fixture(autouse=True)
def own_state(monkeypatch, tmp_path):
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
    library._catalogue.cache_clear()


def test_remembered_schemas_give_the_same_catalogue(tmp_path):
    first = Library().catalogue()
    (memory,) = (tmp_path / "state" / "cache").glob("schemas-*.json")
    library._catalogue.cache_clear()
    again = Library().catalogue()
    assert again == first
    assert from_values(json.loads(memory.read_text(encoding="utf-8"))) == first


def test_damaged_memory_is_no_harm(tmp_path):
    first = Library().catalogue()
    for memory in (tmp_path / "state" / "cache").glob("*.json"):
        memory.write_text("{", encoding="utf-8")
    library._catalogue.cache_clear()
    assert Library().catalogue() == first


def test_own_schemas_beside_the_workbook_win_file_by_file(tmp_path):
    own = tmp_path / "schemas" / "sheets"
    own.mkdir(parents=True)
    text = (library.shipped("schemas") / "sheets" / "risks.yaml").read_text(encoding="utf-8")
    (own / "risks.yaml").write_text(text.replace('"风险"', '"风险登记"', 1), encoding="utf-8")
    catalogue = Library(tmp_path).catalogue()
    assert catalogue.sheets["risks"].label.zh == "风险登记"
    assert catalogue.sheets["plan"] == Library().catalogue().sheets["plan"]


def test_own_templates_win_and_a_missing_one_is_named(tmp_path):
    own = tmp_path / "templates" / "zh"
    own.mkdir(parents=True)
    (own / "D01.docx").write_bytes(b"mine")
    assert Library(tmp_path).template("zh/D01.docx").read_bytes() == b"mine"
    assert Library(tmp_path).template("en/D01.docx") == library.shipped("templates") / "en" / "D01.docx"
    with pytest.raises(TemplateError) as error:
        Library(tmp_path).template("zh/D99.docx")
    assert "zh/D99.docx" in error.value.text.zh
