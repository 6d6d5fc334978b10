"""Jobs from text tables with a column ``uses``; 2026-01-05 is a Monday."""

from __future__ import annotations

from datetime import date

from automation.planning.calendar import WorkCalendar
from automation.planning.forecast import progressed
from automation.planning.levelling.resources import Job
from automation.planning.levelling.shares import shares_of
from automation.planning.network import network
from automation.planning.passes import schedule
from tests.planning.tables import read, task

MONDAY, BEFORE = date(2026, 1, 5), date(2026, 1, 4)


def job_of(tasks, calendar=None, status=BEFORE, start=MONDAY):
    net = network(tasks, calendar or WorkCalendar())
    work = progressed(net, project_start=start, status_date=status)
    return Job(net, work, schedule(net, work))


def read_job(table, *, calendar=None, status=BEFORE, progress=False):
    """The job of a table, and who its tasks use."""
    rows = read(table)
    uses = {row["task"]: shares_of(row["uses"]) for row in rows}
    return job_of([task(row, progress=progress) for row in rows], calendar, status), uses


def spans(job):
    """Start and finish of each task in days of 2026, such as ``01-05 01-09``."""
    from automation.planning.spans import span

    found = {}
    for place, one in enumerate(job.network.tasks):
        lies = span(job.network, job.schedule, place)
        found[one.id] = f"{lies.start:%m-%d} {lies.finish:%m-%d}"
    return found
