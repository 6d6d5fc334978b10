"""Permissions: what the role of a person may do on which sheet, by the resources and permissions sheets.

A guard against mistakes, not security: a workbook cannot protect itself. Somebody whom the resources sheet does not
know is not held back, and a workbook without permissions allows everything. Not here: the writing of the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.errors import NotAllowedError
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.model.effects import Need
    from automation.model.project import Project
    from automation.model.rows import ResourcesRow
    from automation.schema.catalogue import Catalogue, Sheet


def person(project: Project, user: str) -> ResourcesRow | None:
    r"""The row of the resources sheet with that sign-in name; ``CORP\wang``, ``wang`` and ``WANG`` are the same person.

    Two different domains are two persons.
    """
    wanted = _parts(user)
    for row in project.rows.resources:
        domain, name = _parts(row.windows_user or "")
        if name and name == wanted[1] and (not domain or not wanted[0] or domain == wanted[0]):
            return row
    return None


def check_allowed(project: Project, catalogue: Catalogue, user: str, needs: Iterable[Need]) -> None:
    """Nothing when the person may do all that is needed, else NotAllowedError with the first that is missing."""
    row = person(project, user)
    if row is None or row.access_role is None or not project.rows.permissions:
        return
    allowed = {
        (sheet.id, entry.permission)
        for entry in project.rows.permissions
        if entry.access_role == row.access_role
        for sheet in _sheets(catalogue, entry.sheet or "")
    }
    for need in needs:
        if (need.sheet, need.permission) not in allowed:
            raise _refusal(catalogue, project, user, row.access_role, need)


def _parts(user: str) -> tuple[str, str]:
    domain, _, name = user.strip().casefold().rpartition("\\")
    return domain, name


def _sheets(catalogue: Catalogue, name: str) -> list[Sheet]:
    """The sheets that a cell of the permissions sheet names, by identifier or by either label."""
    folded = name.strip().casefold()
    return [sheet for sheet in catalogue.sheets.values() if folded in {sheet.id, *map(str.casefold, sheet.label)}]


def _refusal(catalogue: Catalogue, project: Project, user: str, role: str, need: Need) -> NotAllowedError:
    roles, permissions = catalogue.lists["access_role"], catalogue.lists["permission"]
    sheet = catalogue.sheets[need.sheet].label
    where = project.tables["permissions"].name
    zh, en = ((roles.label(role, language), permissions.label(need.permission, language)) for language in ("zh", "en"))
    return NotAllowedError(
        Text(
            f"{user} 的角色“{zh[0]}”没有“{sheet.zh}”表的“{zh[1]}”权限；如有需要，请管理员在“{where}”表中增加。",
            f"{user} has the role {en[0]}, which may not {en[1].lower()} on sheet {sheet.en}; "
            f"an administrator can add that on sheet {where}.",
        ),
        code="NOT_ALLOWED",
    )
