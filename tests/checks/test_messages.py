"""Messages word for word in both languages: each names the cell, quotes the value, says what to type."""

from __future__ import annotations

import pytest

from tests.checks.books import said

SAID = [
    (
        "an empty required cell",
        """
        requirements
        req_id | title
        REQ-001 | -
        """,
        "单元格 B2“需求名称”没有填写，此项必须填写。 请在 B2 填写“需求名称”。简短的需求名称，最多 60 个字，例如“工单排程与派工”。",
        "Cell B2 “Title” is empty; it must always be filled in. Fill in B2 “Title”. Short title of at most 60 characters.",
    ),
    (
        "a cell that a condition needs",
        """
        requirements
        req_id | status | verify_method | confirmed_by | confirmed_on
        REQ-001 | confirmed | review | - | 2026-06-01
        """,
        "单元格 D2“确认人”没有填写；状态为“已确认”或之后时，此项必须填写。 请在 D2 填写“确认人”。确认需求的客户联系人编号；状态为“已确认”起必填。",
        "Cell D2 “Confirmed by” is empty; it must be filled in when the status is Confirmed or later. Fill in D2 “Confirmed by”. Contact who confirmed it; needed from confirmation.",
    ),
    (
        "neither phone nor mail",
        """
        customers
        customer_id | email | phone
        CUS-001 | - | -
        """,
        "单元格 C2“联系电话”没有填写；没有填写邮箱时，此项必须填写。 请在 C2 填写“联系电话”。只用数字和 + - ( ) 及空格，例如 010-88886666；电话和邮箱至少填一项。",
        "Cell C2 “Phone” is empty; it must be filled in when the e-mail is empty. Fill in C2 “Phone”. Digits, + - ( ) and spaces, for example 010-88886666; phone or e-mail is needed.",
    ),
    (
        "a number that is not whole",
        """
        requirements
        req_id | importance
        REQ-001 | 2.5
        """,
        "单元格 B2“重要性”填了“2.5”，这里应为整数。 请输入不带小数的数字，例如 3。",
        "Cell B2 “Importance 1-5” holds “2.5”; a whole number was expected. Type a number without decimals, for example 3.",
    ),
    (
        "a word for a number",
        """
        requirements
        req_id | est_effort
        REQ-001 | 五天
        """,
        "单元格 B2“估算工作量(人天)”填了“五天”，这里应为数字。 请只输入数字，不要带单位或文字，例如 12.5。",
        "Cell B2 “Effort estimate (person-days)” holds “五天”; a number was expected. Type digits only, without units or words, for example 12.5.",
    ),
    (
        "a number stored as text",
        """
        requirements
        req_id | est_cost
        REQ-001 | '1,200
        """,
        "单元格 B2“估算成本”中的数字“1,200”是按文字保存的，无法参与计算。 请重新输入数字 1200，或使用“采用修复建议”。",
        "Cell B2 “Cost estimate” holds the number “1,200” as text, so it cannot be used in computations. Type the number 1200 again, or use “Apply repairs”.",
    ),
    (
        "a word for a day",
        """
        requirements
        req_id | raised_on
        REQ-001 | 上周
        """,
        "单元格 B2“提出日期”填了“上周”，这里应为日期。 请按“年-月-日”输入日期，例如 2026-06-12。",
        "Cell B2 “Raised on” holds “上周”; a date was expected. Type a date as year-month-day, for example 2026-06-12.",
    ),
    (
        "a day stored as text",
        """
        requirements
        req_id | raised_on
        REQ-001 | 2026.6.1
        """,
        "单元格 B2“提出日期”中的日期“2026.6.1”是按文字保存的，无法参与计算。 请重新输入日期 2026-06-01，或使用“采用修复建议”。",
        "Cell B2 “Raised on” holds the date “2026.6.1” as text, so it cannot be used in computations. Type the date 2026-06-01 again, or use “Apply repairs”.",
    ),
    (
        "a day that does not exist",
        """
        requirements
        req_id | raised_on
        REQ-001 | '2026-02-30
        """,
        "单元格 B2“提出日期”填了“2026-02-30”，日历中没有这一天。 请按“年-月-日”输入实际存在的日期，例如 2026-06-12。",
        "Cell B2 “Raised on” holds “2026-02-30”; there is no such day in the calendar. Type an existing date as year-month-day, for example 2026-06-12.",
    ),
    (
        "a word for a moment",
        """
        requests
        request_id | received_at
        SR-001 | 早上
        """,
        "单元格 B2“受理时间”填了“早上”，这里应为日期和时间。 请按 2026-06-08 09:10 的形式输入日期和时间。",
        "Cell B2 “Received at” holds “早上”; a date with a time was expected. Type date and time as year-month-day hour:minute, for example 2026-06-08 09:10.",
    ),
    (
        "an id of the wrong form",
        """
        requirements
        req_id
        R-1
        """,
        "单元格 A2“需求编号”填了“R-1”，格式不符。 请按要求的格式填写。需求的唯一编号，REQ- 加至少三位数字，例如 REQ-001。",
        "Cell A2 “Requirement ID” holds “R-1”, which does not have the right form. Type it in the right form. Unique ID: REQ- and at least three digits, for example REQ-001.",
    ),
    (
        "too short",
        """
        requirements
        req_id | description
        REQ-001 | 太短
        """,
        "单元格 B2“需求描述”填了“太短”，内容太短，至少要 10 个字。 请补充到 10 个字以上。写清谁在什么情况下需要什么，至少 10 个字。",
        "Cell B2 “Description” holds “太短”, which is too short: at least 10 characters were expected. Write 10 characters or more. Who needs what and when, in at least 10 characters.",
    ),
    (
        "too long",
        """
        requirements
        req_id | title
        REQ-001 | 长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长
        """,
        "单元格 B2“需求名称”的内容“长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长…”过长，最多 60 个字。 请缩短到 60 个字以内，详细内容写到说明列。",
        "Cell B2 “Title” holds “长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长…”, which is too long: at most 60 characters are allowed. Shorten it to 60 characters and put details into a description column.",
    ),
    (
        "too small",
        """
        requirements
        req_id | est_effort
        REQ-001 | -1
        """,
        "单元格 B2“估算工作量(人天)”填了“-1”，不能小于 0。 请输入不小于 0 的数字。",
        "Cell B2 “Effort estimate (person-days)” holds “-1”; it must not be less than 0. Type a number of 0 or more.",
    ),
    (
        "too large",
        """
        requirements
        req_id | importance
        REQ-001 | 9
        """,
        "单元格 B2“重要性”填了“9”，不能大于 5。 请输入不大于 5 的数字。",
        "Cell B2 “Importance 1-5” holds “9”; it must not be more than 5. Type a number of 5 or less.",
    ),
    (
        "not in the list",
        """
        requirements
        req_id | status
        REQ-001 | 作废
        """,
        "单元格 B2“状态”填了“作废”，不在允许的取值中。 请从下拉列表中选择：已收集、已分析、已确认、实现中、已实现、已验证、已验收、暂缓…。",
        "Cell B2 “Status” holds “作废”, which is not one of the allowed values. Choose from the drop-down list: Collected, Analysed, Confirmed, In realisation, Realised, Verified, Accepted, Deferred ….",
    ),
    (
        "nearly in the list",
        """
        requirements
        req_id | feas_cost
        REQ-001 | 可行的
        """,
        "单元格 B2“成本可行性”填了“可行的”，不在允许的取值中，最接近的是“可行”。 请改为“可行”，或从下拉列表中选择：未评估、可行、有条件可行、不可行。",
        "Cell B2 “Cost feasibility” holds “可行的”, which is not one of the allowed values. Choose from the drop-down list: Not assessed, Feasible, Feasible with conditions, Not feasible.",
    ),
    (
        "an id in another spelling",
        """
        requirements
        req_id
        req-021
        """,
        "单元格 A2“需求编号”填了“req-021”，编号的写法不规范，应为“REQ-021”。 请改为“REQ-021”，或使用“采用修复建议”。",
        "Cell A2 “Requirement ID” holds “req-021”, which is not how the ID is spelt; “REQ-021” was expected. Change it to “REQ-021”, or use “Apply repairs”.",
    ),
    (
        "a day that cannot be meant",
        """
        requirements
        req_id | raised_on
        REQ-001 | 1900-01-01
        """,
        "单元格 B2“提出日期”填了“1900-01-01”，这个日期不合理，应在 1990 年至 2199 年之间。 请核对年份，按“年-月-日”重新输入日期，例如 2026-06-12；改正之前，该日期不参与计算。",
        "Cell B2 “Raised on” holds “1900-01-01”, an implausible date; the years 1990 to 2199 are possible. Check the year and type the date again as year-month-day, for example 2026-06-12; until then it is left out of computations.",
    ),
    (
        "an id twice",
        """
        requirements
        req_id
        REQ-001
        REQ-001
        """,
        "单元格 A3“需求编号”的编号“REQ-001”与 A2 重复。 请把其中一行改为新的编号，例如 REQ-002；如果是误复制的行，请删除。",
        "Cell A3 “Requirement ID” repeats the ID “REQ-001” of A2. Give one of the rows a new ID, for example REQ-002, or delete the row if it was copied by mistake.",
    ),
    (
        "a unique value twice",
        """
        customers
        customer_id | name
        CUS-001 | ACME
        CUS-002 | ａｃｍｅ
        """,
        "单元格 B3“公司名称”的“ａｃｍｅ”与 B2 重复，此列每个值只能出现一次。 请核对两行，改正填错的一行，或合并重复的行。",
        "Cell B3 “Company name” repeats “ａｃｍｅ” of B2; each value may occur only once in this column. Compare the two rows and correct the wrong one, or merge the rows if they are the same.",
    ),
    (
        "a combination twice",
        """
        plan
        task_id | wbs | project_id
        T-001 | 1.1 | PRJ-001
        T-002 | 1.1 | PRJ-001
        """,
        "单元格 B3 所在行的“项目、WBS编码”组合“PRJ-001 + 1.1”与 B2 所在行重复。 请修改其中一行，使“项目、WBS编码”的组合不再相同。",
        "The row of cell B3 repeats the combination “PRJ-001 + 1.1” of Project, WBS code in the row of B2. Change one of the rows so that Project, WBS code together are different.",
    ),
    (
        "an unknown id",
        """
        requirements
        req_id | project_id
        REQ-001 | PRJ-077

        projects
        project_id
        PRJ-001
        PRJ-002
        """,
        "单元格 B2“项目”填了“PRJ-077”，“项目”表中没有这个编号。 请填写“项目”表中已有的编号，或先在该表新增这一行。",
        "Cell B2 “Project” holds “PRJ-077”, an ID that no row of sheet “Projects” carries. Type an ID of sheet “Projects”, or add the row there first.",
    ),
    (
        "an id written differently",
        """
        requirements
        req_id | project_id
        REQ-001 | prj-2

        projects
        project_id
        PRJ-001
        PRJ-002
        """,
        "单元格 B2“项目”填了“prj-2”，“项目”表中没有这个编号，最接近的是“PRJ-002”。 如果指的是“PRJ-002”，请改为“PRJ-002”；否则请先在“项目”表新增这一行。",
        "Cell B2 “Project” holds “prj-2”, an ID that no row of sheet “Projects” carries; the nearest is “PRJ-002”. Change it to “PRJ-002” if that is meant; otherwise add the row to sheet “Projects” first.",
    ),
    (
        "a row of another project",
        """
        changes
        change_id | project_id | req_id
        CHG-001 | PRJ-002 | REQ-001

        requirements
        req_id | project_id
        REQ-001 | PRJ-001
        """,
        "单元格 C2“需求”填了“REQ-001”，它的“项目”是“PRJ-001”，与本行的“PRJ-002”不同。 请选择“项目”为“PRJ-002”的编号，或改正本行的“项目”。",
        "Cell C2 “Requirement” holds “REQ-001”, whose “Project” is “PRJ-001”, not “PRJ-002” as in this row. Choose an ID whose “Project” is “PRJ-002”, or correct “Project” in this row.",
    ),
    (
        "a row of the wrong kind",
        """
        plan
        task_id | owner
        T-001 | RES-001

        resources
        resource_id | kind
        RES-001 | equipment
        """,
        "单元格 B2“负责人”填了“RES-001”，它的“资源类型”是“设备”，这里需要“人员”。 请改填“资源”表中“资源类型”为“人员”的编号。",
        "Cell B2 “Owner” holds “RES-001”, whose “Kind” is “Equipment”; “Person” is needed here. Type an ID of sheet “Resources” whose “Kind” is “Person”.",
    ),
    (
        "the row itself",
        """
        requirements
        req_id | conflict_with
        REQ-001 | REQ-001
        """,
        "单元格 B2“冲突需求”填了“REQ-001”，这是本行自己的编号。 请填写另一行的编号，或清空 B2。",
        "Cell B2 “Conflicts with” holds “REQ-001”, the row's own ID. Type the ID of another row, or clear B2.",
    ),
    (
        "one side only",
        """
        requirements
        req_id | conflict_with
        REQ-001 | REQ-002
        REQ-002 | -
        """,
        "单元格 B2“冲突需求”填了“REQ-002”，但 REQ-002 那一行的“冲突需求”没有填 REQ-001。 请在 REQ-002 那一行的 B3 也填上 REQ-001，或从 B2 中删除 REQ-002。",
        "Cell B2 “Conflicts with” holds “REQ-002”, but “Conflicts with” of REQ-002 does not name REQ-001. Add REQ-001 to B3 in the row of REQ-002, or remove REQ-002 from B2.",
    ),
    (
        "a loop",
        """
        checks
        check_id | recheck_of | req_id
        CHK-001 | CHK-002 | REQ-001
        CHK-002 | CHK-001 | REQ-001
        """,
        "单元格 B2“复检对象”形成循环：CHK-001 → CHK-002 → CHK-001。 请删除循环中的一个编号，使其不再首尾相连。",
        "Cell B2 “Recheck of” is part of a loop: CHK-001 → CHK-002 → CHK-001. Remove one of the IDs so that the chain no longer returns to its start.",
    ),
    (
        "predecessors that cannot be read",
        """
        plan
        task_id | predecessors
        T-001 | -
        T-002 | T-001FS+2;之后
        """,
        "单元格 B3“前置任务”中的“之后”无法识别为前置任务。 请写任务编号，可加 FS、SS、FF、SF 和间隔工作日，多个用分号分隔，例如 T-024SS+5;T-025。",
        "In cell B3 “Predecessors”, “之后” is not a predecessor that can be read. Type task IDs, with FS, SS, FF or SF and a lag in working days where needed: T-024SS+5;T-025.",
    ),
    (
        "resource use that cannot be read",
        """
        plan
        task_id | resource_use
        T-001 | RES-001=半天
        """,
        "单元格 B2“资源投入”中的“RES-001=半天”无法识别为资源投入。 请写资源编号和投入百分比，多个用分号分隔，例如 RES-004:100%;RES-011:50%。",
        "In cell B2 “Resource use”, “RES-001=半天” is not a resource use that can be read. Type resource IDs with percentages, separated by semicolons: RES-004:100%;RES-011:50%.",
    ),
    (
        "ids that cannot be read",
        """
        improvements
        action_id | source_ref
        IMP-001 | 会议
        """,
        "单元格 B2“来源编号”中的“会议”无法识别为编号。 请写编号，多个用分号分隔。来源行的编号，例如 RISK-001、FB-009、KPI-006。",
        "In cell B2 “Source row”, “会议” is not an ID that can be read. Type IDs separated by semicolons. ID of the row it came from, for example RISK-001, FB-009, KPI-006.",
    ),
    (
        "a day before another",
        """
        requirements
        req_id | raised_on | confirmed_on
        REQ-001 | 2026-06-02 | 2026-06-01
        """,
        "单元格 C2“确认日期”为 2026-06-01，早于“提出日期”2026-06-02。 请核对这两个单元格：“确认日期”不能早于“提出日期”。",
        "Cell C2 “Confirmed on” is 2026-06-01, before “Raised on” 2026-06-02. Check both cells: “Confirmed on” must not be before “Raised on”.",
    ),
    (
        "a day not after another",
        """
        projects
        project_id | start_planned | finish_deadline
        PRJ-001 | 2026-06-02 | 2026-06-02
        """,
        "单元格 C2“合同交付截止”为 2026-06-02，没有晚于“计划开始”2026-06-02。 请核对这两个单元格：“合同交付截止”必须晚于“计划开始”。",
        "Cell C2 “Contract deadline” is 2026-06-02, not after “Planned start” 2026-06-02. Check both cells: “Contract deadline” must be after “Planned start”.",
    ),
    (
        "a day after the status date",
        """
        requirements
        req_id | raised_on
        REQ-001 | 2026-06-13
        """,
        "单元格 B2“提出日期”为 2026-06-13，晚于状态日期 2026-06-12。 已经发生的事请填 2026-06-12 或之前的日期；如果数据是新的，请先更新“参数”表的状态日期。",
        "Cell B2 “Raised on” is 2026-06-13, after the status date 2026-06-12. Type 2026-06-12 or an earlier date; if the data are newer, move the status date on the Settings sheet first.",
    ),
    (
        "a total that does not agree",
        """
        projects
        project_id | budget_total
        PRJ-001 | 1000

        costs
        cost_id | project_id | planned_amount
        COST-001 | PRJ-001 | 900
        COST-002 | PRJ-001 | 98.9
        """,
        "单元格 B2“预算总额”为 1000，而“预算与成本”表中“预算金额”的合计是 998.90。 请把 B2 改为 998.90，或核对“预算与成本”表中的各行（允许相差 1）。",
        "Cell B2 “Total budget” is 1000, but “Planned” of sheet “Costs” adds up to 998.90. Change B2 to 998.90, or check the rows of sheet “Costs” (a difference of 1 is allowed).",
    ),
    (
        "values that do not go together",
        """
        requirements
        req_id | category | subtype
        REQ-001 | functional | performance
        """,
        "单元格 C2“需求细类”填了“性能”，与“需求类别”的“功能性”不匹配。 “需求类别”为“功能性”时，请选择：功能、接口、数据、界面、流程；或改正“需求类别”。",
        "Cell C2 “Sub-type” holds “Performance”, which does not go with “Functional” in “Category”. With “Functional” in “Category”, choose Function, Interface, Data, User interface, Process, or correct “Category”.",
    ),
    (
        "a result against the measurement",
        """
        checks
        check_id | req_id | compare | target_value | actual_value | result | executed_on
        CHK-001 | REQ-001 | at_least | 99 | 98.5 | passed | 2026-06-01
        """,
        "单元格 F2“结果”填了“通过”，但按实测值 98.5 和目标 ≥ 99 应为“不通过”。 请把 F2 改为“不通过”，或核对实测值、判定方式和目标值。",
        "Cell F2 “Result” holds “Passed”, but with the actual value 98.5 and the target at least 99 it should be “Failed”. Change F2 to “Failed”, or check actual value, comparison and target.",
    ),
    (
        "less than the step before",
        """
        services
        service_id | response_high | response_medium | response_low | resolve_high | resolve_medium | resolve_low
        SVC-001 | 4 | 2 | 8 | 8 | 8 | 9
        """,
        "单元格 C2“响应时限-中(小时)”为 2，小于“响应时限-高(小时)”的 4。 请输入不小于 4 的数字，或改正“响应时限-高(小时)”。",
        "Cell C2 “Response, medium (h)” is 2, less than “Response, high (h)” with 4. Type 4 or more, or correct “Response, high (h)”.",
    ),
    (
        "a value that its status forbids",
        """
        plan
        task_id | duration | status | percent_complete | actual_start | actual_finish | updated_on
        T-001 | 5 | done | 90 | 2026-06-01 | 2026-06-02 | 2026-06-02
        """,
        "单元格 D2“完成百分比”填了“90”，而状态为“已完成”。 请改为 100；如果还没有完成，请把状态改为“进行中”。",
        "Cell D2 “% complete” holds “90”, but the status is Done. Change it to 100, or change the status to In progress.",
    ),
    (
        "a month that is over",
        """
        metrics
        metric_id | period | actual
        KPI-001 | 2026-05 | -
        """,
        "单元格 C2“实际值”没有填写；统计期 2026-05 已经结束时，此项必须填写。 请在 C2 填写“实际值”。实际值，只填数字；统计期结束后必填，部分指标自动计算。",
        "Cell C2 “Actual” is empty; it must be filled in when the period 2026-05 is over. Fill in C2 “Actual”. Actual as a number; needed once the period is over, some are computed.",
    ),
    (
        "a scope that is no row",
        """
        metrics
        metric_id | scope_kind | scope_ref
        KPI-001 | company | 全部
        """,
        "单元格 C2“考核对象”填了“全部”，不在允许的取值中，最接近的是“ALL”。 请改为“ALL”，或从下拉列表中选择：ALL。",
        "Cell C2 “Scope” holds “全部”, which is not one of the allowed values; the nearest is “ALL”. Change it to “ALL”, or choose from the drop-down list: ALL.",
    ),
]


@pytest.mark.parametrize(("name", "book", "zh", "en"), SAID, ids=[case[0] for case in SAID])
def test_what_is_said_in_chinese_and_in_english(name, book, zh, en):
    assert said(book) == [zh]
    assert said(book, "en") == [en]
