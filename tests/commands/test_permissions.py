"""Permissions: who may do what by the resources and permissions sheets."""

import pytest

from automation.base.errors import NotAllowedError
from automation.commands.permissions import check_allowed, person
from automation.model.effects import Need
from tests.tables import catalogue, project_of

SHEETS = """
resources
 resource_id | name | access_role     | windows_user
 RES-001     | 王   | project_manager | DEMO\\wang
 RES-002     | 李   | read_only       | li
 RES-003     | 陈   |                 | chen
permissions
 access_role     | sheet        | permission
 project_manager | 计划         | edit
 project_manager | Requirements | edit
 project_manager | plan         | approve
 read_only       | plan         | read
"""


def allowed(user, permission, sheet, sheets=SHEETS):
    try:
        check_allowed(project_of(sheets), catalogue(), user, [Need(permission, sheet)])
    except NotAllowedError:
        return False
    return True


@pytest.mark.parametrize("user", ["wang", "WANG", "DEMO\\wang", "demo\\Wang"])
def test_a_person_is_found_with_and_without_the_domain(user):
    assert person(project_of(SHEETS), user).resource_id == "RES-001"


@pytest.mark.parametrize("user", ["OTHER\\wang", "wangx", "", "?"])
def test_somebody_else_is_not_that_person(user):
    assert person(project_of(SHEETS), user) is None


def test_a_sheet_may_be_named_by_its_identifier_or_by_either_label():
    assert allowed("wang", "edit", "plan")
    assert allowed("wang", "edit", "requirements")
    assert allowed("wang", "approve", "plan")


def test_what_is_not_listed_is_not_allowed():
    assert not allowed("wang", "edit", "risks")
    assert not allowed("li", "edit", "plan")
    assert not allowed("li", "approve", "plan")


def test_one_missing_permission_of_several_is_enough():
    with pytest.raises(NotAllowedError):
        check_allowed(project_of(SHEETS), catalogue(), "wang", (Need("edit", "plan"), Need("edit", "risks")))


def test_somebody_unknown_and_somebody_without_a_role_are_not_held_back():
    assert allowed("root", "edit", "risks")
    assert allowed("chen", "edit", "risks")


def test_a_workbook_without_permissions_allows_everything():
    assert allowed("li", "edit", "plan", SHEETS.partition("permissions")[0])


def test_the_refusal_says_who_what_where_and_what_to_do():
    with pytest.raises(NotAllowedError) as caught:
        check_allowed(project_of(SHEETS), catalogue(), "li", [Need("edit", "plan")])
    assert caught.value.code == "NOT_ALLOWED"
    assert caught.value.text.zh == (
        "li 的角色“只读”没有“计划”表的“编辑”权限；如有需要，请管理员在“permissions”表中增加。"
    )
    assert caught.value.text.en == (
        "li has the role Read only, which may not edit on sheet Plan; an administrator can add that on sheet permissions."
    )
