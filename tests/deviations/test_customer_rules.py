"""Customers that stand twice, and profiles."""

from __future__ import annotations

import pytest

from tests.tables import RULES, judged, reported

BOOK = """
customers
 customer_id | name                   | phone          | email             | customer_type | account_manager
 CUS-001     | 明川精密制造有限公司   | 010-88880001   | info@example.com  | external      | RES-009
 {rest}
"""


def found(*rows, **values):
    text = BOOK.format(rest="\n ".join(rows))
    return reported("V07", text, **values)


@pytest.mark.parametrize(
    "name",
    [
        "明川精密制造",
        "明川精密制造股份有限公司",
        "明川 精密制造有限责任公司",
        "明川精密制造有限公司（停用）",
        "明川精密制造公司",
        "明川精蜜制造有限公司",
    ],
)
def test_a_name_that_means_the_same_is_reported_on_the_later_row(name):
    one = found(f"CUS-002 | {name} | | | external | RES-008")["CUS-002"]
    assert "可能与 CUS-001“明川精密制造有限公司”重复：名称相似度 " in one.message.zh
    assert "may be the same as CUS-001 “明川精密制造有限公司”: names alike at " in one.message.en
    assert (one.place.column, one.threshold, one.owner) == ("name", 0.9, "RES-008")


@pytest.mark.parametrize("name", ["明川机械制造有限公司", "远泽食品有限公司", "有限公司", "明川"])
def test_another_name_is_not_reported(name):
    assert not found(f"CUS-002 | {name} | | | external |")


def test_the_limit_decides_how_like_names_must_be():
    row = "CUS-002 | 明川精工制造有限公司 | | | external |"
    assert found(row)["CUS-002"].value == 0.9
    assert not found(row, dup_similarity=0.91)


@pytest.mark.parametrize(
    "phone", ["010-88880001", "+86 10 8888 0001", "0086-10-88880001", "(010) 8888-0001", "10 88880001"]
)
def test_the_same_phone_is_found_however_it_is_written(phone):
    one = found(f"CUS-002 | 远泽食品 | {phone} | | external |")["CUS-002"]
    assert "重复：“联系电话”相同。" in one.message.zh
    assert (one.place.column, one.value) == ("phone", phone)


def test_mobile_phones_with_and_without_country_code_are_the_same():
    rows = ("CUS-002 | 甲食品 | 13800001234 | | external |", "CUS-003 | 乙机械 | 8613800001234 | | external |")
    assert set(found(*rows)) == {"CUS-003"}


@pytest.mark.parametrize(
    ("phone", "other"), [("8001", "8001"), ("000-00000000", "000-00000000"), ("8613800001", "13800001")]
)
def test_extensions_placeholders_and_other_numbers_are_not_the_same(phone, other):
    rows = (f"CUS-002 | 甲食品 | {phone} | | external |", f"CUS-003 | 乙机械 | {other} | | external |")
    assert not found(*rows)


def test_the_same_mail_is_found_whatever_its_case():
    one = found("CUS-002 | 远泽食品 | | INFO@Example.com | external |")["CUS-002"]
    assert (one.place.column, one.value) == ("email", "INFO@Example.com")


def test_one_other_customer_is_one_finding_with_all_reasons():
    one = found("CUS-002 | 明川精密制造 | 010-88880001 | info@example.com | external |")["CUS-002"]
    assert "名称相似度 1.00、“联系电话”相同、“电子邮箱”相同" in one.message.zh


def test_two_other_customers_are_two_findings():
    rows = (
        "CUS-002 | 远泽食品 | | two@example.com | external |",
        "CUS-003 | 明川精密制造 | | two@example.com | external |",
    )
    result = judged(next(rule for rule in RULES if rule.id == "V07"), BOOK.format(rest="\n ".join(rows)))
    assert [(one.place.key, one.place.column) for one in result.findings] == [("CUS-003", "name"), ("CUS-003", "email")]


def test_our_own_departments_share_a_switchboard():
    assert not found("CUS-002 | 售后服务部 | 010-88880001 | info@example.com | internal |")


PROFILES = """
customers
 customer_id | status   | industry | company_size | address | business_scope | main_products | market_position | it_status | pain_points | dev_plan
 CUS-001     | active   | a        | small        | c       | d              | e             | f               | g         | h           |
 CUS-002     | active   | a        | small        | c       | d              | e             | f               | g         |             |
 CUS-003     | prospect | a        |              |         |                |               |                 |           |             |
 CUS-004     | in_talks | a        |              |         |                |               |                 |           |             |
"""


def test_an_active_customer_s_profile_may_be_complete_to_exactly_the_limit():
    found_ = reported("V08", PROFILES)
    assert {key: one.value for key, one in found_.items()} == {"CUS-002": 70}
    assert "还缺：“痛点与问题”、“发展规划”、“需求偏好”" in found_["CUS-002"].message.zh
    assert set(reported("V08", PROFILES, profile_min=90)) == {"CUS-001", "CUS-002"}


def test_the_columns_of_the_settings_count():
    assert not reported("V08", PROFILES, profile_columns="industry;address")
    assert not reported("V08", PROFILES, profile_columns="nothing")
