"""A fresh workbook in the other language is the fresh workbook of that language; what people add stays and goes on working."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from automation.base.errors import WriteRefusedError
from automation.commands.switching import switch_language
from automation.excel.language import switching
from automation.excel.language.wording import wording
from automation.excel.package import Package
from automation.excel.reader import read
from automation.excel.writer import edited
from automation.front.session import Common, request_of
from tests.excel.books import MAIN, RELATIONS, parts_of, zip_of
from tests.excel.decorations import OWN_COLUMN, OWN_SHEET, decorate, sheet_parts
from tests.excel.master.built import LANGUAGES, catalogue, filled, fresh

OTHER = {"zh": "en", "en": "zh"}
TEXTS = re.compile(r">([^<]+)<| (?:descr|name)=\"([^\"]*)\"")


@pytest.fixture(autouse=True, scope="module")
def built_once():
    """What fresh workbooks say is read off them once for all tests here: they all have the shipped schemas."""
    built = cache(lambda old, new: wording(catalogue(), old, new))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(switching, "wording", lambda _catalogue, old, new: built(old, new))
        yield


def switched(path, to):
    """The workbook in another language, and what was said."""
    common = Common(status_date=date(2026, 6, 12), parameters={"to": to})
    outcome = switch_language(request_of(read(path), None, common))
    written = edited(Package(path, path.read_bytes()), outcome.edits)
    return written.data, [notice.zh for notice in (*outcome.notices, *written.notices)]


def saved(path, data):
    path.write_bytes(data)
    return path


@cache
def sheets(data):
    """The trees of the worksheets by name, and the shared texts."""
    parts = parts_of(data)
    workbook, relations = (
        etree.fromstring(parts[f"xl/{name}"]) for name in ("workbook.xml", "_rels/workbook.xml.rels")
    )
    targets = {one.get("Id"): one.get("Target") for one in relations}
    found = {
        one.get("name"): etree.fromstring(parts[f"xl/{targets[one.get(f'{{{RELATIONS}}}id')]}"])
        for one in workbook.iter(f"{{{MAIN}}}sheet")
    }
    shared = ["".join(one.itertext()) for one in etree.fromstring(parts["xl/sharedStrings.xml"])]
    return found, shared


@cache
def cells(data):
    """Texts, numbers and formulas (with ``=``) of all cells, by sheet and address."""
    trees, shared = sheets(data)
    found = {}
    for name, root in trees.items():
        for cell in root.iter(f"{{{MAIN}}}c"):
            formula, stored = cell.find(f"{{{MAIN}}}f"), cell.find(f"{{{MAIN}}}v")
            if formula is not None:
                found[name, cell.get("r")] = f"={formula.text}"
            elif cell.get("t") == "inlineStr":
                found[name, cell.get("r")] = "".join(cell[0].itertext())
            elif stored is not None:
                found[name, cell.get("r")] = shared[int(stored.text)] if cell.get("t") == "s" else stored.text
    return found


def around(data):
    """What stands in worksheets beside the cells: validations, conditional formats, links, headers and footers."""
    names = ("dataValidation", "formula", "formula1", "formula2", "hyperlink", "oddHeader", "oddFooter")
    return {
        name: [(dict(one.attrib), one.text) for kind in names for one in root.iter(f"{{{MAIN}}}{kind}")]
        for name, root in sheets(data)[0].items()
    }


def names(data):
    """The defined names of a workbook, whatever their order and however sheets are quoted."""
    root = etree.fromstring(parts_of(data)["xl/workbook.xml"])
    return sorted((one.get("name"), one.text.replace("'", "")) for one in root.iter(f"{{{MAIN}}}definedName"))


def said(data):
    """What charts, drawings and tables of a workbook say, by part."""
    return {
        name: TEXTS.findall(content.decode())
        for name, content in parts_of(data).items()
        if name.startswith(("xl/charts/chart", "xl/drawings/drawing", "xl/tables/table"))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fresh_workbook_says_what_one_made_in_the_other_language_says(language, tmp_path):
    data, _ = switched(saved(tmp_path / "book.xlsx", fresh(language)), OTHER[language])
    made = fresh(OTHER[language])
    assert list(sheets(data)[0]) == list(sheets(made)[0])
    assert cells(data) == cells(made)
    assert around(data) == around(made)
    assert said(data) == said(made)
    assert names(data) == names(made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_and_back_every_cell_is_what_it_was(language, tmp_path):
    path = saved(tmp_path / "book.xlsx", filled(language, stored=False))
    there, _ = switched(path, OTHER[language])
    back, _ = switched(saved(tmp_path / "there.xlsx", there), language)
    assert cells(back) == cells(path.read_bytes())
    assert around(back) == around(path.read_bytes())
    chinese = re.compile("[\u4e00-\u9fff]")
    pages = {place: text for place, text in cells(there).items() if place[0] in {"Cover", "Dashboard"}}
    assert not [
        text
        for text in pages.values()
        if language == "zh" and chinese.search(re.sub("产线改造|明川精密制造有限公司", "", text))
    ]


def decorated(tmp_path):
    return decorate(saved(tmp_path / "plain.xlsx", filled("zh")), tmp_path / "book.xlsm", "计划")


def test_what_staff_add_stays_and_knows_the_new_names(tmp_path, ooxml_validator):
    path = decorated(tmp_path)
    data, said_of_it = switched(path, "en")
    before, after = parts_of(path), parts_of(data)
    changed = {name for name in before if before[name] != after[name]}
    assert not {
        name for name in changed if re.search("vml|comments|persons|media|sheet90|vba|pivotTable|slicer90", name)
    }
    assert b'sourceName="Status"' in after["xl/slicerCaches/slicerCache90.xml"]
    assert b'<cacheField name="Status"' in after["xl/pivotCache/pivotCacheDefinition90.xml"]
    assert f'name="{OWN_COLUMN}"'.encode() in b"".join(after[name] for name in after if "tables/" in name)
    assert OWN_SHEET in sheets(data)[0]
    assert any("数据透视表" in text for text in said_of_it)
    assert any("宏" in text for text in said_of_it)
    assert ooxml_validator(saved(tmp_path / "after.xlsm", data)) == []
    back, _ = switched(tmp_path / "after.xlsm", "zh")
    assert {name for name, content in parts_of(back).items() if content != before[name]} <= {
        name for name in changed if not re.search("9[01]", name)
    }


def with_cells(tmp_path, typed):
    """A filled workbook in which somebody typed something into empty cells at the end of rows."""
    parts = parts_of(filled("zh", stored=False))
    for sheet, cell, value in typed:
        part = sheet_parts(parts)[sheet]
        xml = parts[part].decode()
        inner = f"<f>{escape(value[1:])}</f>" if value.startswith("=") else f"<is><t>{escape(value)}</t></is>"
        kind = "" if value.startswith("=") else ' t="inlineStr"'
        row = f'<row r="{re.sub("[A-Z]", "", cell)}"'
        end = xml.index("</row>", xml.index(row))
        parts[part] = f'{xml[:end]}<c r="{cell}"{kind}>{inner}</c>{xml[end:]}'.encode()
    return zip_of(tmp_path / "typed.xlsx", parts)


TYPED = """
计划      | AZ2 | =SUM(计划!J2:J9)+COUNTIF(tbl_plan[状态],"x")      | =SUM(Plan!J2:J9)+COUNTIF(tbl_plan[Status],"x")
计划      | BA2 | =INDEX('需求'!$C:$C,2)                            | =INDEX('Requirements'!$C:$C,2)
计划      | BB2 | 高                                                | 高
需求      | AZ2 | 计划                                              | 计划
"""


def test_what_a_person_typed_stays_but_for_the_names_that_formulas_refer_to(tmp_path):
    lines = [[part.strip() for part in line.split(" | ")] for line in TYPED.strip().splitlines()]
    data, _ = switched(with_cells(tmp_path, [line[:3] for line in lines]), "en")
    new = {"计划": "Plan", "需求": "Requirements"}
    assert [cells(data)[new[sheet], cell] for sheet, cell, _, _ in lines] == [line[3] for line in lines]


def test_a_formula_that_names_a_list_value_is_told(tmp_path):
    _, said_of_it = switched(with_cells(tmp_path, [("计划", "AZ2", '=IF(G2="高",1,0)')]), "en")
    assert any("Plan!AZ2" in text for text in said_of_it)


def test_a_name_of_a_sheet_in_a_text_and_a_list_of_ones_own_are_told_and_ours_are_not(tmp_path):
    path = with_cells(tmp_path, [("计划", "AZ2", '=INDIRECT("需求!A6")')])
    _, said_of_it = switched(path, "en")
    assert any("Plan!AZ2" in text for text in said_of_it)
    parts = parts_of(filled("zh", stored=False))
    part = sheet_parts(parts)["计划"]
    own = '<dataValidation type="list" sqref="BC2:BC9"><formula1>"已确认,新建"</formula1></dataValidation>'
    xml = parts[part].decode()
    parts[part] = xml.replace("</dataValidations>", f"{own}</dataValidations>").encode()
    _, said_of_it = switched(zip_of(tmp_path / "own.xlsx", parts), "en")
    assert [text for text in said_of_it if "Plan!BC2:BC9" in text]
    _, said_of_it = switched(zip_of(tmp_path / "plain.xlsx", parts_of(filled("zh", stored=False))), "en")
    assert not [text for text in said_of_it if "文字中写有" in text]


def test_a_sheet_that_has_the_new_name_stops_the_switch(tmp_path):
    parts = parts_of(filled("zh"))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('name="封面"'.encode(), b'name="plan"')
    with pytest.raises(WriteRefusedError) as refused:
        switched(zip_of(tmp_path / "book.xlsx", parts), "en")
    assert refused.value.code == "sheet-name-taken"


def test_a_column_that_has_the_new_name_stops_the_switch(tmp_path):
    path = decorated(tmp_path)
    parts = {name: content.replace(OWN_COLUMN.encode(), b"Status") for name, content in parts_of(path).items()}
    with pytest.raises(WriteRefusedError) as refused:
        switched(zip_of(path, parts), "en")
    assert refused.value.code == "heading-taken"


def test_a_workbook_that_is_in_the_language_already_stays_as_it_is(tmp_path):
    path = saved(tmp_path / "book.xlsx", filled("en"))
    data, said_of_it = switched(path, "en")
    assert (data, said_of_it) == (path.read_bytes(), [])
