"""What is made of the runs of a batch for people: the overview, and the reminders to owners.

A report that cannot be made is told and spoils nothing: the runs are kept already. Not here: the overview itself
(``overview``), mails (``mail``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.errors import AutomationError
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from automation.base.findings import Language
    from automation.front.batch.loading import Loaded
    from automation.front.batch.running import JobRun
    from automation.front.session import Common

REPORTS = "reports"
"""The folder of the overview, beside the configuration, where a job names none."""


def reported(loaded: Loaded, done: Sequence[JobRun], common: Common) -> tuple[tuple[Path, ...], tuple[Text, ...]]:
    """The files made for the runs of jobs, and what could not be made."""
    made: list[Path] = []
    notices: list[Text] = []
    if common.dry_run:
        return (), ()
    for one in done:
        if not one.runs:
            continue
        folder = common.out or one.job.reports or loaded.path.parent / REPORTS
        try:
            made += _overview(folder, one, common.language or loaded.language)
        except (AutomationError, OSError) as error:
            why = error.text if isinstance(error, AutomationError) else Text(str(error), str(error))
            notices.append(
                Text(
                    f"任务“{one.job.name}”的总览没有写成：{why.zh}",
                    f"The overview of the job '{one.job.name}' was not written: {why.en}",
                )
            )
    return tuple(made), tuple(notices)


def _overview(folder: Path, one: JobRun, language: Language) -> list[Path]:
    from automation.front.batch import drafts, overview  # noqa: PLC0415 - only what was run has an overview

    made = [overview.write(folder, one.runs, language=language)]
    if "owners" in one.job.tell:
        made += drafts.write(folder, one.runs, language=language)
    addresses = [word for word in one.job.tell if word != "owners"]
    if addresses:
        made.append(drafts.write_summary(folder, one.runs, addresses, language=language))
    return made
