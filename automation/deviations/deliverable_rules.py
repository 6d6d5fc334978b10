"""Rules on deliverables: handed over in time, accepted in time and rightly, resting on what was agreed.

Not here: which failures are open (``quality``), the documents themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity, Text
from automation.base.rules import Problem, Rule
from automation.deviations import derived, quality, wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from automation.deviations.case import Case
    from automation.model.rows import ChecksRow, DeliverablesRow

_ACCEPTED = frozenset({"accepted", "accepted_with_conditions"})


def _standing(case: Case) -> list[DeliverablesRow]:
    return [row for row in case.rows.deliverables if case.stands(row.project_id)]


def _title(row: DeliverablesRow) -> Text:
    return Text(row.name or "", row.name_en or row.name or "")


def check_delivered_in_time(case: Case) -> Iterator[Problem]:
    """A deliverable is handed over by the day it is due.

    The contract's deadlines hang on it.

    交付物应在应交日期前交付。
    合同中的期限和付款都与它挂钩。

    Passes::

        status date 2026-06-12
        deliverables
          deliverable_id | name                   | due        | delivered_on | accept_status
          DLV-001        | 测试报告 // Test report | 2026-06-12 |              | not_submitted
          DLV-002        | 网关 // Gateways       | 2026-06-01 | 2026-06-05   | submitted

    Fails::

        status date 2026-06-12
        deliverables
          deliverable_id | name             | due        | delivered_on | accept_status
        > DLV-001        | 网关 // Gateways | 2026-06-11 |              | not_submitted
    """
    for row in _standing(case):
        if row.due is None or row.delivered_on is not None or row.due >= case.status_date:
            continue
        if row.accept_status in {None, "not_submitted"}:
            fields = {"title": _title(row), "date": row.due, "days": (case.status_date - row.due).days}
            yield Problem(row, "due", value=row.due, owner=row.owner or "", fields=fields)


def check_accepted_in_time(case: Case) -> Iterator[Problem]:
    """What was handed over is accepted or rejected within the time allowed.

    Without an answer nobody knows whether the work is done, and warranty and payment do not begin.

    交付后，客户应在期限内验收或拒收。
    没有答复，就不知道工作是否完成，质保和付款也无法开始。

    Options: ``accept_days``.

    Passes::

        status date 2026-06-12
        deliverables
          deliverable_id | name                   | delivered_on | accept_status
          DLV-001        | 测试报告 // Test report | 2026-06-01   | submitted
          DLV-002        | 网关 // Gateways       | 2026-05-13   | accepted

    Fails::

        status date 2026-06-12
        deliverables
          deliverable_id | name                   | delivered_on | accept_status
        > DLV-001        | 测试报告 // Test report | 2026-05-29   | submitted
    """
    limit = case.settings.whole("accept_days")
    for row in _standing(case):
        if row.delivered_on is None or row.accept_status != "submitted":
            continue
        days = case.waited(row.delivered_on)
        if days >= limit:
            fields = {"title": _title(row), "date": row.delivered_on}
            yield Problem(row, "accept_status", days, limit, owner=row.owner or "", fields=fields)


def check_accepted_without_grave_failure(case: Case) -> Iterator[Problem]:
    """A deliverable is not accepted while a critical or major failure of it, or of its requirements, is open.

    What is accepted with a known grave failure has to be paid for by somebody later.

    交付物本身或其需求还有未关闭的致命或严重问题时，不应验收。
    带着已知的严重问题验收，日后总有一方要付代价。

    Passes::

        checks
          check_id | kind   | req_id  | deliverable_id | standard | result | defect_severity
          CHK-001  | review | REQ-001 |                | ≤ 0      | failed | minor
        deliverables
          deliverable_id | name             | req_ids | accept_status
          DLV-001        | 软件 // Software | REQ-001 | accepted

    Fails::

        checks
          check_id | kind   | req_id  | deliverable_id | standard | result | defect_severity
          CHK-001  | review | REQ-001 |                | ≤ 0      | failed | major
        deliverables
          deliverable_id | name             | req_ids | accept_status
        > DLV-001        | 软件 // Software | REQ-001 | accepted
    """
    by_requirement: dict[str, list[ChecksRow]] = {}
    by_deliverable: dict[str, list[ChecksRow]] = {}
    for check in quality.open_failures(case.rows.checks):
        if check.result == "failed" and check.defect_severity in quality.GRAVE:
            if check.req_id:
                by_requirement.setdefault(check.req_id, []).append(check)
            if check.deliverable_id:
                by_deliverable.setdefault(check.deliverable_id, []).append(check)
    for row in _standing(case):
        if row.accept_status not in _ACCEPTED:
            continue
        found = [*by_deliverable.get(row.deliverable_id or "", ())]
        found += [check for name in row.req_ids for check in by_requirement.get(name, ())]
        names = list(dict.fromkeys(check.check_id or "" for check in found))
        if names:
            fields = {
                "title": _title(row),
                "status": wording.code(case, "deliverables", "accept_status", row.accept_status),
                "checks": wording.listed(names),
            }
            yield Problem(row, "accept_status", value=row.accept_status, owner=row.owner or "", fields=fields)


def check_based_on_requirement(case: Case) -> Iterator[Problem]:
    """Every deliverable rests on a requirement or on the project's contract, every confirmed requirement on a deliverable.

    What nobody ordered is not paid for; what was ordered and is in no delivery will be missed at acceptance.

    每个交付物都应有需求或项目合同作依据；每个已确认的需求都应包含在某个交付物中。
    没人要的东西收不到款，要了却没放进任何交付的东西，验收时会被追问。

    Passes::

        projects
          project_id | name | deal_id
          PRJ-001    | A    | DEAL-001
        requirements
          req_id  | title              | status
          REQ-001 | 排程 // Scheduling | confirmed
        deliverables
          deliverable_id | name               | req_ids
          DLV-001        | 软件 // Software   | REQ-001
          DLV-002        | 培训材料 // Slides |

    Fails::

        projects
          project_id | name | deal_id
          PRJ-001    | A    |
        requirements
          req_id  | title              | status
        > REQ-001 | 排程 // Scheduling | confirmed
        deliverables
          deliverable_id | name               | req_ids
        > DLV-002        | 培训材料 // Slides |
    """
    projects = {row.project_id: row for row in case.rows.projects}
    delivered: dict[str | None, set[str]] = {}
    for row in case.rows.deliverables:
        delivered.setdefault(row.project_id, set()).update(row.req_ids)
    for row in _standing(case):
        project = projects.get(row.project_id)
        if not row.req_ids and project is not None and project.deal_id is None:
            yield Problem(row, "req_ids", owner=row.owner or "", fields={"title": _title(row)})
    for requirement in case.rows.requirements:
        named = delivered.get(requirement.project_id)
        if requirement.status not in derived.CONFIRMED or named is None or not case.stands(requirement.project_id):
            continue
        if requirement.req_id not in named:
            title = Text(requirement.title or "", requirement.title_en or requirement.title or "")
            yield Problem(
                requirement, "req_id", owner=requirement.owner or "", fields={"title": title}, variant="requirement",
                sheet="requirements",
            )  # fmt: skip


def check_submitted_again(case: Case) -> Iterator[Problem]:
    """A deliverable that needs rework is submitted again within the time allowed.

    The time counts from the day it was rejected where that is noted, else from the delivery.

    待整改的交付物应在期限内重新提交。
    从客户退回之日算起，没有记录的从交付日期算起。

    Options: ``resubmit_days``.

    Passes::

        status date 2026-06-12
        deliverables
          deliverable_id | name             | delivered_on | accept_status
          DLV-001        | 软件 // Software | 2026-05-29   | rework_needed

    Fails::

        status date 2026-06-12
        deliverables
          deliverable_id | name             | delivered_on | accept_status
        > DLV-001        | 软件 // Software | 2026-05-28   | rework_needed
    """
    limit = case.settings.whole("resubmit_days")
    for row in _standing(case):
        since = _sent_back(case, row)
        if row.accept_status != "rework_needed" or since is None:
            continue
        days = case.waited(since)
        if days > limit:
            fields = {"title": _title(row), "date": since}
            yield Problem(row, "accept_status", days, limit, owner=row.owner or "", fields=fields)


def _sent_back(case: Case, row: DeliverablesRow) -> date | None:
    """The day on which the log notes that a deliverable needs rework, else the day of its delivery."""
    status = case.catalogue.lists["accept_status"].by_code["rework_needed"]
    words = {status.code, status.label.zh, status.label.en}
    noted = [
        one.time.date()
        for one in case.rows.log
        if one.time is not None and one.row_key == row.deliverable_id and one.new in words
    ]
    return max([day for day in noted if day <= case.status_date], default=row.delivered_on)


def check_document_is_current(case: Case) -> Iterator[Problem]:
    """A document that was made from the workbook still says what the workbook says.

    The log keeps a checksum of the data of each document; what has changed since is missing in the file. Judged is the
    last version of documents that are meant to last, such as the specification, not of reports on a day that is past.

    由工作簿生成的文档，内容应与工作簿当前的数据一致。
    日志中记录了每份文档数据的校验值；之后改动的数据，文件里没有。只判断长期有效的文档(如需求规格说明书)的最新版本，过去某日的报告不算。

    Passes::

        log
          time                | user | action   | document                  | checksum
          2026-06-10 09:00:00 | li   | check    | PRJ-001-D12-V0.1_Acceptance_report | 00

    Fails::

        log
          time                | user | action   | document                  | checksum
        > 2026-06-10 09:00:00 | li   | document | PRJ-001-D12-V0.1_Acceptance_report | 00
    """
    kept = {row.row for row in case.rows.log}
    for row in case.documents() if case.documents is not None else ():
        if row.row not in kept:
            continue
        day = row.time.date() if row.time else ""
        yield Problem(row, "document", value=row.document, fields={"title": row.document or "", "date": day})


RULES: tuple[Rule, ...] = (
    Rule(
        "DLV-01",
        check_delivered_in_time,
        "deliverables",
        Severity.HIGH,
        ("deliverables.due", "deliverables.delivered_on", "deliverables.accept_status"),
    ),
    Rule(
        "DLV-02",
        check_accepted_in_time,
        "deliverables",
        Severity.MEDIUM,
        ("deliverables.delivered_on", "deliverables.accept_status"),
        ("accept_days",),
    ),
    Rule(
        "DLV-03",
        check_accepted_without_grave_failure,
        "deliverables",
        Severity.HIGH,
        ("deliverables.accept_status", "deliverables.req_ids", "checks.result", "checks.defect_severity"),
    ),
    Rule(
        "DLV-04",
        check_based_on_requirement,
        "deliverables",
        Severity.LOW,
        ("deliverables.req_ids", "requirements.status", "projects.deal_id"),
        tier="should",
    ),
    Rule("DLV-05", check_document_is_current, "log", Severity.MEDIUM, ("log.document", "log.checksum"), tier="should"),
    Rule(
        "DLV-06",
        check_submitted_again,
        "deliverables",
        Severity.MEDIUM,
        ("deliverables.accept_status", "deliverables.delivered_on"),
        ("resubmit_days",),
        tier="should",
    ),
)
