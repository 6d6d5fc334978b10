"""S03, S06, S08, S12, S16, S17, S20 and staff: documents about services, customers, processes and people."""

from tests.front.systems.word_files import made, text_of


def test_the_service_report_shows_attainment_of_the_month_that_is_over(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D15", "--for", "CUS-001"))
    for shown in (
        "2026年5月",
        "SLA 达成率",
        "热线与故障响应",
        "93.2%",
        "二号车间交换机重启（2026年6月9日）",
        "2026年7月14日",
    ):
        assert shown in text, shown


def test_the_questionnaire_has_a_box_for_each_score(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D16", "--for", "CUS-001"))
    assert text.count("☐") == 7 * 5 + 6


def test_the_satisfaction_analysis_has_the_table_of_touchpoints(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D16R", "--for", "CUS-001"))
    for shown in ("按接触点", "售前", "购买", "交付", "使用", "维护", "升级", "3.7"):
        assert shown in text, shown


def test_the_profile_holds_everything_of_a_customer_in_one_document(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D20", "--for", "CUS-001"))
    for shown in (
        "明川精密制造",
        "周明",
        "PRJ-001",
        "DEAL-002",
        "服务请求",
        "SLA 达成率",
        "3.7",
        "尚无续签商机",
        "FB-007",
    ):
        assert shown in text, shown


def test_the_process_document_prints_all_steps(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D21", "--for", "P-SVC"))
    rows = demo_book.rows("processes")
    code, step = rows[0].index("流程编码"), rows[0].index("步骤编号")
    steps = [row[step] for row in rows[1:] if row[code] == "P-SVC"]
    assert len(steps) >= 3
    for shown in steps:
        assert shown in text, shown


def test_the_process_analysis_names_the_bottleneck(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D22", "--for", "P-SVC"))
    assert "PROC-008" in text
    assert "2.6 倍" in text


def test_the_market_report_groups_needs_by_kind_with_their_numbers(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D24"))
    for shown in ("按细类统计", "功能", "接口", "性能", "5 × 5 = 25"):
        assert shown in text, shown


def test_the_declaration_of_a_need_prints(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D29", "--for", "IMP-004"))
    for shown in ("IMP-004", "☑", "☐", "问题导向", "筛选与分析意见"):
        assert shown in text, shown


def test_training_appraisal_and_data_report_print(demo_book, tmp_path):
    assert "风险识别与应对培训" in text_of(made(demo_book, tmp_path, "D25"))
    assert "综合得分" in text_of(made(demo_book, tmp_path, "D26", "--for", "RES-008"))
    report = text_of(made(demo_book, tmp_path, "D28"))
    for shown in ("PLN-03", "按工作表", "建议修复", "里程碑"):
        assert shown in report, shown
