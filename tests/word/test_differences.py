"""What differs between two versions of a document, by heading, paragraph and row."""

from automation.commands.documents import document_kind, document_request
from automation.model.changed import with_values
from automation.word.differences import MOST, differences
from tests.documents import source_of
from tests.word.samples import COMPANY, STATUS_DATE, W, demo, fill, filled, part, text_of


def version(identifier, language, sheet, key, **values):
    """The demonstration's document with some cells of one row changed."""
    table = demo().tables[sheet]
    project = with_values(demo(), sheet, table.by_key[key].row, values)
    made = source_of(project, language, day=STATUS_DATE, company=COMPANY)
    return document_request(document_kind(identifier), made)


def found(language="zh", sheet="requirements", key="REQ-003", identifier="D01", **values):
    return differences(
        filled(identifier, language), fill(version(identifier, language, sheet, key, **values)), language
    )


def test_the_same_document_differs_in_nothing():
    assert differences(filled("D01", "zh"), filled("D01", "zh"), "zh") == []


def test_a_changed_text_is_named_by_its_requirement():
    assert {"item": "REQ-003 产品质量追溯(批次/序列号) · 需求描述", "after": "按批次追溯"}.items() <= next(
        one for one in found(description="按批次追溯") if "需求描述" in one["item"]
    ).items()


def test_a_changed_cell_of_a_table_is_shown_with_the_heading_of_its_column():
    changed = found(language="en", priority="low")
    matrix = [one for one in changed if "Priority: Low" in one["after"]]
    assert matrix
    assert all("Priority: High" in one["before"] for one in matrix)


def test_a_requirement_that_is_new_or_gone_is_one_line():
    fewer = version("D01", "zh", "requirements", "REQ-003", title="另一条需求")
    items = {one["item"]: one for one in differences(filled("D01", "zh"), fill(fewer), "zh")}
    assert items["REQ-003 产品质量追溯(批次/序列号)"]["after"] == "—"
    assert items["REQ-003 另一条需求"]["before"] == "—"


def test_the_list_stands_in_the_document_and_is_bounded():
    present = version("D01", "zh", "requirements", "REQ-003", description="按批次追溯")
    with_list = fill(present, former=filled("D01", "zh"))
    assert "与上一版的差异" in text_of(part(with_list))
    assert "与上一版的差异" not in text_of(part(filled("D01", "zh")))
    rows = sum("按批次追溯" in text_of(row) for row in part(with_list).iter(f"{W}tr"))
    assert rows >= 2  # the list, and the requirement itself


def test_more_than_can_be_read_are_counted():
    other = demo()
    for row in other.rows.requirements:
        other = with_values(other, "requirements", row.row, {"title": f"新 {row.req_id}", "description": "新"})
    made = source_of(other, "zh", day=STATUS_DATE, company=COMPANY)
    listed = differences(filled("D01", "zh"), fill(document_request(document_kind("D01"), made)), "zh")
    assert len(listed) <= MOST + 1
