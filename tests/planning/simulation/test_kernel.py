"""Every iteration of the simulation is the plan that the ordinary passes make of the same minutes."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from automation.planning.passes import schedule
from automation.planning.simulation.kernel import Kernel
from tests.planning.simulation.networks import DAY, projects


@settings(max_examples=200, deadline=None)
@given(projects(), st.data())
def test_each_iteration_is_what_the_passes_make_of_its_minutes(project, data):
    network, work = project
    assume(network.tasks)
    extra = st.sampled_from([0, 0, 1, 77, DAY, 5 * DAY])
    iterations = []
    for _ in range(4):
        added = [0 if place in work.ended else data.draw(extra) for place in range(len(network.tasks))]
        iterations.append([minutes + more for minutes, more in zip(work.minutes, added, strict=True)])
    minutes = np.array(iterations, dtype=np.int32).T.copy()
    kernel = Kernel(network, work, minutes.max(axis=1).tolist())
    passed = kernel.forward(minutes)
    finishes = [kernel.latest(passed, [place]) for place in range(len(network.tasks))]
    project_finish = kernel.project_finish(passed)
    critical = kernel.critical(passed, project_finish)
    expected = [schedule(network, work._replace(minutes=one)) for one in iterations]
    assert [row.tolist() for row in finishes] == [
        list(row) for row in zip(*(one.finish for one in expected), strict=True)
    ]
    assert project_finish.tolist() == [one.project_finish for one in expected]
    assert critical == [sum(flags) for flags in zip(*(one.critical for one in expected), strict=True)]
