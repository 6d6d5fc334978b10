"""Names of the next meetings of a series."""

from datetime import date

import pytest

from automation.commands.subjects import continued

OLD = date(2026, 6, 11)


@pytest.mark.parametrize(
    ("subject", "new", "step", "expected"),
    [
        ("第16周进度审查", date(2026, 6, 25), 2, "第18周进度审查"),
        ("第 3 次评审", date(2026, 7, 11), 1, "第 4 次评审"),
        ("Progress review, week 16", date(2026, 6, 18), 1, "Progress review, week 17"),
        ("5月项目进展汇报", date(2026, 7, 15), 1, "6月项目进展汇报"),
        ("12月项目进展汇报", date(2026, 7, 15), 1, "1月项目进展汇报"),
        ("2026年11月汇报", date(2026, 8, 15), 2, "2027年1月汇报"),
        ("Project report for May", date(2026, 7, 15), 1, "Project report for June"),
        ("2026年第二季度服务流程审查", date(2026, 7, 17), 1, "2026年第三季度服务流程审查"),
        ("2026年第四季度审查", date(2026, 9, 17), 1, "2027年第一季度审查"),
        ("Review of Q4 2026", date(2026, 9, 17), 1, "Review of Q1 2027"),
        ("5月12日会议纪要确认", date(2026, 7, 15), 1, "5月12日会议纪要确认"),
        ("质量部原型使用回访", date(2026, 7, 6), 1, "质量部原型使用回访"),
        ("M4调整方案", date(2026, 7, 6), 1, "M4调整方案"),
    ],
)
def test_numbers_of_weeks_months_and_quarters_go_on(subject, new, step, expected):
    assert continued(subject, old=OLD, new=new, step=step) == expected
