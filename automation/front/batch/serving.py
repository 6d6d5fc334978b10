"""What ``batch serve`` does: stay, look every few seconds whether a job is due, run it, end cleanly when asked.

``schedule`` keeps the rhythm of the looks. What is due is asked of ``due`` at every look: ``schedule`` itself forgets
at a restart, runs nothing that was missed, and knows no summer time. Not here: the batch (``once``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.front import circumstances, state
from automation.front.batch.keeping import Standing
from automation.front.batch.loading import chosen, load
from automation.front.batch.once import batch, due_jobs, only_batch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from automation.front.batch.jobs import Job
    from automation.front.batch.once import Asked
    from automation.front.output import Result

LOOK_SECONDS = 5
"""How often to look: a job begins at most so much after its time."""


class Service:
    """The resident batch: what was asked, the names of its jobs (none: all), and where it says what happened."""

    def __init__(self, asked: Asked, names: Sequence[str], say: Callable[[Text | Result], None]) -> None:
        self.asked, self.names, self.say = asked, names, say
        self._said: Text | None = None

    def serve(self, *, look_seconds: int = LOOK_SECONDS) -> None:
        """Stay until asked to stop. Raises UsageError for names of jobs that are none."""
        from schedule import Scheduler  # noqa: PLC0415 - only the service waits for it

        stop = self.asked.stop
        chosen(self.asked.loaded.jobs, self.names)
        scheduler = Scheduler()
        scheduler.every(look_seconds).seconds.do(self.look)
        self.look()
        while not stop.asked():
            stop.wait(min(scheduler.idle_seconds or 0.0, look_seconds))
            if not stop.asked():
                scheduler.run_pending()

    def look(self) -> None:
        """Run what is due now; whatever goes wrong is said, and the service stays."""
        try:
            self._follow_configuration()
            jobs = chosen(self.asked.loaded.jobs, self.names)
            standing = self._looked_after(jobs)
            if next(due_jobs(jobs, standing, circumstances.moment(), now=False), None) is None:
                return
            self.say(batch(self.asked._replace(jobs=jobs, wish=self.asked.wish._replace(now=False))))
            self._said = None
        except AutomationError as error:
            self._complain(error.text)
        except Exception as error:  # noqa: BLE001 - a service outlives a bug, which is logged
            log = state.log_bug("batch serve")
            self._complain(
                Text(
                    f"程序内部错误（{type(error).__name__}），详细记录在 {log}；服务继续。",
                    f"An internal error ({type(error).__name__}); details are in {log}; the service goes on.",
                )
            )

    def _looked_after(self, jobs: Sequence[Job]) -> Standing:
        """How far the jobs have got; one that nobody knew counts from now on. Raises UsageError while a batch runs."""
        standing = Standing(self.asked.loaded.path)
        strange = [job.name for job in jobs if not standing.is_known(job.name)]
        if strange:
            with only_batch(0):
                standing.read()
                for name in strange:
                    standing.look_after(name, circumstances.moment())
        return standing

    def _follow_configuration(self) -> None:
        """Take on the configuration as it is now; one that cannot be read is told and the last good one stays."""
        try:
            found = load(self.asked.loaded.path)
        except AutomationError as error:
            self._complain(error.text)
            return
        if found.findings != self.asked.loaded.findings:
            for finding in found.findings:
                self.say(finding.message)
        self.asked = self.asked._replace(loaded=found)

    def _complain(self, text: Text) -> None:
        """Say what went wrong once, not at every look."""
        if text != self._said:
            self.say(text)
        self._said = text


def stamped(text: str) -> str:
    """A line of the service's output, with the time."""
    return f"{circumstances.now():%Y-%m-%d %H:%M:%S} {text}"
