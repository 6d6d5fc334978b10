"""S02, S10, S11 and forms and letters: what a customer confirms, decides, receives or is told."""

import pytest

from tests.front.systems.word_files import made, text_of


def test_the_delay_notice_for_the_fourth_milestone(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D09", "--for", "T-032"))
    for shown in (
        "里程碑M4 开发完成",
        "2026年7月1日",
        "2026年7月21日",
        "晚 14 个工作日",
        "质量追溯模块开发",
        "需求变更",
        "王志强",
    ):
        assert shown in text, shown
    assert "里程碑M2" not in text  # it was reached: no new date to agree


def test_the_confirmation_sheet_names_what_waits_and_has_lines_for_both_sides(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D02"))
    for shown in ("本次（第 1 轮）提请确认 2 项", "REQ-010", "REQ-020", "甲方（客户）", "乙方（服务方）", "☐"):
        assert shown in text, shown
    assert "与REQ-031冲突" in text


def test_the_change_sheet_shows_before_and_after(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D08", "--for", "CHG-006"))
    for shown in ("2026年9月17日", "2026年10月13日", "+14 个工作日", "¥130,000.00", "☐", "甲方（客户）", "T-023"):
        assert shown in text, shown


def test_a_change_that_is_done_is_not_counted_twice(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D08", "--for", "CHG-002"))
    assert "已于2026年5月22日实施，现行计划已包含" in text
    assert "☑" in text


def test_the_delivery_note_parts_what_came_from_what_is_to_come(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D13"))
    assert "应交付 12 项" in text
    assert "已交付 3 项，其中已验收 2 项" in text
    assert "签收不代替验收" in text


@pytest.mark.parametrize(
    ("feedback", "tone", "draft"),
    [("FB-009", "深表歉意", False), ("FB-008", "感谢贵方的肯定", True), ("FB-001", "感谢贵方的建议", False)],
)
def test_an_answer_speaks_by_the_kind_of_feedback(demo_book, tmp_path, feedback, tone, draft):
    found = demo_book.command("document", "D17", "--for", feedback, "--out", tmp_path)
    text = text_of(found["documents"][0])
    assert tone in text
    assert ("还没有填写“答复内容”" in " ".join(map(str, found["notices"]))) == draft


def test_minutes_name_people_and_actions(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D18", "--for", "EVT-006"))
    for shown in ("设计评审会", "陈浩、刘洋、高峰、方圆", "周明（IT经理）", "设计冻结", "IMP-001", "2026年5月22日"):
        assert shown in text, shown


def test_a_greeting_goes_only_to_those_who_agree(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D19", "--for", "CON-001"))
    assert "祝您生日快乐" in text
    refused = demo_book.run("document", demo_book.path, "D19", "--for", "CON-003", "--out", tmp_path)
    assert refused.exit == 2
    assert "没有同意接收祝福" in refused.err
