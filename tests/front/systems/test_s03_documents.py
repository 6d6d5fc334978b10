"""S03: the service plan with its limits, and the renewal of the support contract."""

from tests.front.systems.word_files import made, text_of


def test_the_service_plan_shows_catalogue_process_and_limits(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D14", "--for", "DEAL-002"))
    for shown in ("热线与故障响应", "定期巡检", "1 / 4 / 8", "95%", "受理登记", "每 90 天", "2026年7月14日", "何伟"):
        assert shown in text, shown
    assert "12,000" not in text


def test_the_renewal_notice_counts_the_days_and_advises(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D27", "--for", "DEAL-002"))
    assert "合同将于2026年6月30日到期，还有 18 天；尚无续签商机。" in text
    assert "最近一次总体满意度 3.7 分，低于 4 分" in text
    assert "18.1%" in text


def test_the_renewal_letter_proposes_the_term_that_follows_and_no_margin(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D27C", "--for", "DEAL-002"))
    assert "2026年7月1日至2027年6月30日" in text
    assert "共受理贵方服务请求 244 件" in text
    assert "18.1%" not in text
    assert "毛利" not in text
