"""Formulas follow new names of sheets and columns as Excel lets them; texts stay."""

import pytest

from automation.excel.language.formulas import Renaming, canonical, renamed, skeleton, texts, with_texts

SHEETS = {"计划": "Plan", "商机与合同": "Deals and contracts"}
COLUMNS = {"tbl_plan": {"状态": "Status", "完成率": "Percent complete", "[注]": "Note #1"}}
THERE = Renaming(SHEETS, COLUMNS)
BACK = Renaming(
    {new: old for old, new in SHEETS.items()}, {"tbl_plan": {new: old for old, new in COLUMNS["tbl_plan"].items()}}
)

CASES = '''
计划!A1                                    | Plan!A1
'计划'!A1                                  | 'Plan'!A1
SUM(计划!A1:B2)+计划!$C$3                  | SUM(Plan!A1:B2)+Plan!$C$3
商机与合同!A1                              | 'Deals and contracts'!A1
我的计划!A1                                | 我的计划!A1
'我的 计划'!A1                             | '我的 计划'!A1
"计划!A1"                                  | "计划!A1"
IF(A1="计划!","计划",计划!A1)              | IF(A1="计划!","计划",Plan!A1)
INDIRECT("'计划'!A1")                      | INDIRECT("'计划'!A1")
[1]计划!A1                                 | [1]计划!A1
'[book.xlsx]计划'!A1                       | '[book.xlsx]计划'!A1
计划:商机与合同!A1                         | 'Plan:Deals and contracts'!A1
计划!A1&"say ""计划!"""                    | Plan!A1&"say ""计划!"""
tbl_plan[状态]                             | tbl_plan[Status]
TBL_PLAN[状态]                             | TBL_PLAN[Status]
tbl_plan[[#This Row],[状态]]               | tbl_plan[[#This Row],[Status]]
tbl_plan[[#Headers],[状态]:[完成率]]       | tbl_plan[[#Headers],[Status]:[Percent complete]]
tbl_plan[#All]                             | tbl_plan[#All]
tbl_plan['[注']]                           | tbl_plan[Note '#1]
tbl_plan[备注]                             | tbl_plan[备注]
tbl_own[状态]                              | tbl_own[状态]
COUNTIF(tbl_plan[状态],"状态")             | COUNTIF(tbl_plan[Status],"状态")
A1:B2                                      | A1:B2
状态                                       | 状态
'''
PAIRS = [tuple(part.strip() for part in line.split(" | ")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_references_follow_and_texts_stay(old, new):
    assert renamed(old, THERE) == new


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_and_back_again(old, new):
    assert canonical(renamed(new, BACK)) == canonical(old)


def test_the_quotes_of_our_builder_stay():
    assert renamed("'Plan'!A1", BACK) == "'计划'!A1"
    always = Renaming(BACK.sheets, {}, always_quoted=True)
    assert renamed("'Deals and contracts'!A1", always) == "'商机与合同'!A1"
    assert renamed("'Deals and contracts'!A1+Plan!A1", always) == "商机与合同!A1+计划!A1"


def test_texts_are_found_and_changed():
    formula = '"状态 "&IF(A1="高","a""b",计划!A1)'
    assert list(texts(formula)) == ["状态 ", "高", 'a"b']
    assert with_texts(formula, {"状态 ": "Status ", 'a"b': 'x"y'}) == '"Status "&IF(A1="高","x""y",计划!A1)'


def test_formulas_that_differ_in_texts_and_cells_alone_have_one_skeleton():
    assert skeleton('"状态 "&IF(A1="高",计划!$B:$B)') == skeleton('"x"&IF($AB$7="",计划!$C:$C)')
    assert skeleton('IF(A1="高",计划!A1)') != skeleton('IF(A1="高",计划!A1,1)')
