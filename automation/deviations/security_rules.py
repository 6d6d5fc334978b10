"""Rules on the workbook's safety: only those change a sheet who may, copies are kept, nothing internal goes out.

Not here: the permissions themselves (``commands.permissions``), the making of copies (``store``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity, Text
from automation.base.rules import Problem, Rule
from automation.deviations import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.deviations.case import Case

_WRITE = frozenset({"edit", "approve"})
_BACKUP = "backup"
_NOTES = frozenset({"state", "states"})
"""Entries that a run writes about what it found."""
_ORDER = ("public", "internal", "confidential")


def check_permitted(case: Case) -> Iterator[Problem]:
    """The log shows no change on a sheet by somebody whose role may only read it.

    A change is an entry with a row or a column. It means that a guard was passed by, or that the permissions are not
    what the work needs.

    日志中不应出现“只读”角色改动工作表的记录。
    有行号或列名的记录视为改动。出现这种记录，要么有人绕过了限制，要么权限设置不符合实际工作。

    Passes::

        permissions
          access_role | sheet | permission
          editor      | plan  | edit
          read_only   | plan  | read
        log
          time                | user | role      | action  | sheet | row_key
          2026-06-10 09:00:00 | li   | editor    | new-row | plan  | T-001
          2026-06-10 10:00:00 | wu   | read_only | check   | plan  |

    Fails::

        permissions
          access_role | sheet | permission
          editor      | plan  | edit
          read_only   | plan  | read
        log
          time                | user | role      | action  | sheet | row_key
        > 2026-06-10 09:00:00 | wu   | read_only | new-row | plan  | T-001
    """
    allowed = _allowed(case)
    roles = case.catalogue.lists["access_role"]
    codes = {name.casefold(): one.code for one in roles.values for name in (one.code, one.label.zh, one.label.en)}
    for row in case.rows.log:
        role = codes.get((row.role or "").strip().casefold())
        sheet = _sheet_of(case, row.sheet or "")
        noted = row.action in _NOTES or not (row.row_key or row.column)
        if role is None or sheet is None or noted or role not in allowed:
            continue
        if not allowed[role].get(sheet, frozenset()) & _WRITE:
            label = case.catalogue.sheets[sheet].label
            fields = {
                "user": row.user or "",
                "role": roles.by_code[role].label,
                "date": row.time.date() if row.time else "",
                "target": label,
                "row": row.row_key or "",
                "action": row.action or "",
            }
            yield Problem(row, "sheet", value=row.sheet, fields=fields)


def _allowed(case: Case) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Permissions by role and sheet; roles without any entry are not judged."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for row in case.rows.permissions:
        sheet = _sheet_of(case, row.sheet or "")
        if row.access_role and sheet and row.permission:
            sheets = found.setdefault(row.access_role, {})
            sheets[sheet] = sheets.get(sheet, frozenset()) | {row.permission}
    return found


def _sheet_of(case: Case, name: str) -> str | None:
    """The identifier of a sheet named by its identifier or by a label."""
    folded = name.strip().casefold()
    for sheet in case.catalogue.sheets.values():
        if folded in {sheet.id, sheet.label.zh.casefold(), sheet.label.en.casefold()}:
            return sheet.id
    return None


def check_backed_up(case: Case) -> Iterator[Problem]:
    """The last copy made with the backup button or by the nightly run is not older than the limit.

    A workbook whose log is younger than that is not reported. What is only in one file is gone with that file.

    最近一次备份(用“备份”按钮或夜间批处理)距今不应超过规定天数。
    日志开始得比这更晚的工作簿不提示。只存一份的数据，文件坏了就什么都没有了。

    Options: ``backup_days``.

    Passes::

        status date 2026-06-12
        log
          time                | user | action
          2026-05-01 09:00:00 | li   | check
          2026-06-08 09:00:00 | li   | backup

    Fails::

        status date 2026-06-12
        log
          time                | user | action
          2026-05-01 09:00:00 | li   | check
        > 2026-06-01 09:00:00 | li   | backup
    """
    limit = case.settings.whole("backup_days")
    dated = [(row.time, number, row) for number, row in enumerate(case.rows.log) if row.time is not None]
    if not dated:
        return
    copies = [one for one in dated if one[2].action == _BACKUP]
    time, _, last = max(copies) if copies else min(dated)
    days = (case.status_date - time.date()).days
    if days >= limit:
        fields = {"date": time.date(), "days": days}
        yield Problem(last, "action", value=days, threshold=limit, fields=fields, variant="" if copies else "never")


def check_nothing_internal_goes_out(case: Case) -> Iterator[Problem]:
    """What a customer is given is not marked more openly than the customer's own data.

    A deliverable marked public although its customer is confidential may be passed on to anybody. Documents made by this
    tool leave costs, margins, rates and other customers' rows out by themselves.

    交给客户的交付物，密级不应比客户资料的密级更宽。
    客户资料为“保密”而交付物标为“公开”，文件就可能被转给任何人。本工具生成的客户文档本身不含成本、毛利、费率和其他客户的数据。

    Passes::

        projects
          project_id | name | customer_id
          PRJ-001    | A    | CUS-001
        customers
          customer_id | name               | confidentiality
          CUS-001     | 甲公司 // A Company | confidential
        deliverables
          deliverable_id | name               | confidentiality
          DLV-001        | 测试报告 // Test report | confidential
          DLV-002        | 培训材料 // Training    |

    Fails::

        projects
          project_id | name | customer_id
          PRJ-001    | A    | CUS-001
        customers
          customer_id | name               | confidentiality
          CUS-001     | 甲公司 // A Company | confidential
        deliverables
          deliverable_id | name               | confidentiality
        > DLV-001        | 测试报告 // Test report | public
    """
    for row in case.rows.deliverables:
        project = case.find("projects", row.project_id)
        customer = case.find("customers", project.customer_id) if project else None
        if customer is None or not case.stands(row.project_id) or row.confidentiality != _ORDER[0]:
            continue
        if customer.confidentiality == _ORDER[-1]:
            fields = {
                "title": Text(row.name or "", row.name_en or row.name or ""),
                "mark": wording.code(case, "deliverables", "confidentiality", row.confidentiality),
                "customer": customer.name or "",
                "limit": wording.code(case, "customers", "confidentiality", customer.confidentiality),
            }
            yield Problem(row, "confidentiality", value=row.confidentiality, owner=row.owner or "", fields=fields)


RULES: tuple[Rule, ...] = (
    Rule(
        "SEC-01",
        check_permitted,
        "log",
        Severity.HIGH,
        (
            "log.role",
            "log.sheet",
            "log.row_key",
            "permissions.access_role",
            "permissions.sheet",
            "permissions.permission",
        ),
        tier="should",
    ),
    Rule(
        "SEC-02", check_backed_up, "log", Severity.MEDIUM, ("log.time", "log.action"), ("backup_days",), tier="should"
    ),
    Rule(
        "SEC-03",
        check_nothing_internal_goes_out,
        "deliverables",
        Severity.ERROR,
        ("deliverables.confidentiality", "customers.confidentiality"),
        tier="could",
    ),
)
