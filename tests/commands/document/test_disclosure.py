"""What a customer's copy may hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.commands.document.disclosure import disclosed, without_amounts
from tests.tables import catalogue, project_of

SECRET = frozenset({Decimal(1_980_000), Decimal(265_000)})
BOOK = """
projects
 project_id | name | budget_total | constraints
 PRJ-001 | A | 1980000 | 停机仅周日;预算198万元
deals
 deal_id | customer_id | name | est_cost | quote_amount | needs_summary
 DEAL-001 | CUS-001 | B | 265000 | 320000 | 报价320000元;成本26.5万元
requirements
 req_id | title | est_cost | description
 REQ-001 | C | 320000 | 每班产量1980000件
resources
 resource_id | name | cost_rate
 RES-001 | 王 | 1600
"""


def test_every_confidential_column_is_empty_in_what_comes_out():
    rows = disclosed(project_of(BOOK), catalogue()).rows
    for sheet in catalogue().business:
        for column in sheet.columns:
            if column.confidential:
                assert all(getattr(row, column.id) is None for row in getattr(rows, sheet.id)), column.id
    assert rows.projects[0].name == "A"
    assert rows.deals[0].quote_amount == 320_000


def test_every_document_is_made_from_disclosed_rows_only():
    from automation.commands.document import acceptance, frame, requirements, trace

    for module in (acceptance, frame, requirements, trace):
        assert "Project" not in vars(module)
        assert "disclosed" not in vars(module)


def test_clauses_that_name_a_confidential_amount_are_left_out_and_reported():
    found = disclosed(project_of(BOOK), catalogue())
    assert found.rows.projects[0].constraints == "停机仅周日"
    assert found.rows.deals[0].needs_summary == "报价320000元"
    assert [(cell.sheet, cell.key, cell.column) for cell in found.withheld] == [
        ("projects", "PRJ-001", "constraints"),
        ("deals", "DEAL-001", "needs_summary"),
    ]


def test_a_number_that_is_no_money_stays():
    assert disclosed(project_of(BOOK), catalogue()).rows.requirements[0].description == "每班产量1980000件"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("预算198万元", ""),
        ("预算 1,980,000 元；停机仅周日", "停机仅周日"),
        ("Budget 1.98 million; Sunday only", " Sunday only"),
        ("cost of 265k", ""),
        ("毛利率12.5%。按期交付", "按期交付"),
        ("margin 12.5 %", ""),
        ("动用风险预留20000元。分批上线", "分批上线"),
        ("265 台设备，预算另计", "265 台设备，预算另计"),
        ("合同金额2480000元", "合同金额2480000元"),
        ("REQ-265000 cost", ""),
        ("没有数字", "没有数字"),
    ],
)
def test_amounts_are_recognised_in_every_usual_form(text, expected):
    assert without_amounts(text, SECRET) == expected


@given(amount=st.sampled_from(sorted(SECRET)), before=st.text(max_size=10), after=st.text(max_size=10))
def test_an_amount_with_its_currency_never_survives(amount, before, after):
    for form in (f"{amount}元", f"{amount:,}元", f"{amount / 10_000}万元", f"¥{amount}", f"CNY {amount:,.2f}"):
        text = f"{before};{form};{after}"
        assert form not in without_amounts(text, SECRET) or form in before + after
