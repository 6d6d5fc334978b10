"""Commands on other programs' plan files, by the ending of the file's name: the same names as on workbooks.

Not here: what they do (``plans``, ``simulations``, ``health_plans``, ``levels``), which load only when a plan file is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import replace

if TYPE_CHECKING:
    from pathlib import Path

    from automation.front.output import Result
    from automation.front.session import Common
    from automation.schema.catalogue import Catalogue

PLAN, INSTANCE = ".xml", ".sm"
"""How the names of Microsoft Project's XML files and of PSPLIB's instances end."""
DEFAULT_POLICY = "ms"


def is_plan_file(path: Path) -> bool:
    """Whether the file is a plan of another program, by its name."""
    return path.suffix.lower() in {PLAN, INSTANCE}


def perform(command: str, path: Path, common: Common) -> tuple[Result, Catalogue | None]:
    """The result of a command on a plan file; it only reads. Raises AutomationError when it cannot be done."""
    suffix = path.suffix.lower()
    if (command, suffix) == ("reschedule", PLAN):
        from automation.front.plans import reschedule_plan  # noqa: PLC0415 - each loads what it needs

        policy = str(common.parameters.get("policy") or DEFAULT_POLICY)
        result, catalogue = reschedule_plan(path, policy=policy, common=common)
        return _flat(result), catalogue
    if (command, suffix) == ("explain", PLAN):
        from automation.front.plans import explain_plan  # noqa: PLC0415 - as above

        return explain_plan(path, policy=str(common.parameters.get("policy") or DEFAULT_POLICY), common=common)
    if (command, suffix) == ("simulate", PLAN):
        from automation.front.simulations import simulate_plan  # noqa: PLC0415 - as above

        return simulate_plan(path, common=common)
    if (command, suffix) == ("plan-health", PLAN):
        from automation.front.health_plans import health_of_plan  # noqa: PLC0415 - as above

        return health_of_plan(path, common=common)
    if (command, suffix) == ("level", PLAN):
        from automation.front.levels import level_plan  # noqa: PLC0415 - as above

        return level_plan(path, common=common)
    if (command, suffix) == ("level", INSTANCE):
        from automation.front.levels import level_instance  # noqa: PLC0415 - as above

        return _flat(level_instance(path, common=common)), None
    raise UsageError(
        Text(
            f"{command} 不能用于 {path.name}：请指定交付簿的工作簿(.xlsx)；reschedule、explain、simulate、plan-health、level 也接受 "
            "Microsoft Project 的 XML 文件，level 还接受 .sm 文件。",
            f"{command} does not work on {path.name}: name a workbook (.xlsx); reschedule, explain, simulate, plan-health and level also "
            "take XML files of Microsoft Project, level also .sm files.",
        ),
        code="PLAN_FILE",
    )


def _flat(result: Result) -> Result:
    """A result whose tables are the body of its JSON."""
    return replace(result, tables={}, body=result.tables)
