"""S01, S02, S09, S21: the documents about a project's plan, progress, checks and end."""

from tests.front.systems.word_files import made, text_of


def test_the_delivery_plan_has_every_milestone_and_every_deliverable(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D06"))
    rows = demo_book.rows("deliverables")
    names = [row[rows[0].index("名称")] for row in rows[1:]]
    assert len(names) == 12
    for shown in (*names, *(f"里程碑M{number}" for number in range(1, 8)), "2026年8月28日", "CHK-005", "变更规则"):
        assert shown in text, shown


def test_the_progress_report_lists_done_undone_and_problems(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D07"))
    for shown in ("55.2%", "71.4%", "+14 个工作日", "已完成任务", "未完成任务", "T-023", "T-026", "供应商原因", "红灯"):
        assert shown in text, shown
    assert "延期未告知客户" not in text


def test_money_and_load_stand_in_the_internal_annex_alone(demo_book, tmp_path):
    report = text_of(made(demo_book, tmp_path, "D07"))
    annex = text_of(made(demo_book, tmp_path, "D07I"))
    for amount in ("1,428,000", "1428000", "72.1%"):
        assert amount not in report, amount
    for shown in ("¥1,428,000.00", "72.1%", "资源负荷", "刘洋", "排程与派工模块开发", "CST-02"):
        assert shown in annex, shown


def test_the_test_report_lists_plan_method_result_and_resolution(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D11"))
    for shown in ("CHK-005", "3.4", "不通过", "功能测试", "一次通过率", "目前不具备通过验收的条件", "问题与整改"):
        assert shown in text, shown


def test_the_risk_register_is_whole_for_us_and_short_for_the_customer(demo_book, tmp_path):
    register = text_of(made(demo_book, tmp_path, "D10"))
    short = text_of(made(demo_book, tmp_path, "D10C"))
    for shown in ("RISK-001", "4 × 4 = 16", "触发条件", "风险识别与应对培训", "预留"):
        assert shown in register, shown
    assert "数采网关到货延迟" in short
    assert "预留" not in short


def test_the_closing_report_says_where_time_was_lost_and_what_was_learnt(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D23"))
    for shown in (
        "阶段总结",
        "供应商原因",
        "跨假日的客户签字至少提前两周约定签字人和日期",
        "接口报文增加版本号",
        "¥1,980,000.00",
    ):
        assert shown in text, shown
