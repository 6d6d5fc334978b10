"""The same tasks on a Dask cluster, by the address of its scheduler; its workers see the folders under the same paths.

Each worker of the cluster works on a workbook in a watched process of its own, as this computer does (``pool``). A task has
the key of its run: the cluster does it once, and again only where a worker was lost. Needs the extra ``cluster``. Not
here: what a task is (``tasks``).
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import replace
from automation.front import circumstances, state
from automation.front.batch.pool import Limits, Pool
from automation.model.runs import BookRun, RunOutcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from automation.front.batch.tasks import Task

CONNECT_SECONDS = 15
LOOK_SECONDS = 0.5
_own = threading.local()


def runs(
    address: str, tasks: Sequence[Task], limits: Limits, *, stopped: Callable[[], bool] = lambda: False
) -> Iterator[BookRun]:
    """The run of each task, in the order in which they end; after ``stopped()`` those not begun are given back.

    Raises UsageError when the cluster cannot be reached or the extra is not installed.
    """
    client = _client(address)
    over: queue.Queue[Any] = queue.Queue()
    try:
        waiting: dict[str, tuple[Any, Task]] = {}  # a future that nobody holds is given back
        for task in tasks:
            future = client.submit(on_cluster, task, limits, key=f"deliverybook-{task.id}", retries=1)
            waiting[future.key] = future, task
            future.add_done_callback(over.put)
        while waiting and not stopped():
            try:
                future = over.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                continue
            yield _ended(future, waiting.pop(future.key)[1], address)
    finally:
        client.close()  # gives back what is not begun


def on_cluster(task: Task, limits: Limits) -> BookRun:
    """The run of one task in a watched process of the worker's own; runs on the cluster."""
    pools: dict[Limits, Pool] = _own.__dict__.setdefault("pools", {})
    if limits not in pools:
        pools[limits] = Pool(1, limits)
    (run,) = pools[limits].runs([task])
    return run


def _ended(future: Any, task: Task, address: str) -> BookRun:
    """The run of a future that is over; what the cluster could not do is a run as well, with the reason."""
    if future.status == "finished":
        run: BookRun = future.result()
        return replace(run, id=task.id)
    why = f"{type(future.exception()).__name__}" if future.status == "error" else str(future.status)
    log = state.folder("batch") / "workers.log"
    with log.open("a", encoding="utf-8") as stream:
        stream.write(f"{circumstances.moment().isoformat()} {address} {task.book} {future.status} {why}\n")
    return BookRun(
        id=task.id,
        batch=task.batch,
        job=task.job,
        book=task.book,
        started_at=circumstances.moment(),
        seconds=0.0,
        outcome=RunOutcome.CRASHED,
        exit=3,
        status_date=task.status_date,
        reason=Text(
            f"集群没有完成它（{why}）；工作簿保持完好，详细记录在 {log}。",
            f"The cluster did not do it ({why}); the workbook is intact, details are in {log}.",
        ),
        code="cluster",
    )


def _client(address: str) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra that few have
    except ImportError:
        raise UsageError(
            Text(
                "使用集群需要安装附加组件：pip install 'deliverybook[cluster]'。",
                "A cluster needs the extra: pip install 'deliverybook[cluster]'.",
            ),
            code="NO_CLUSTER",
        ) from None
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            Text(
                f"连接不到集群 {address}：请检查地址和网络。",
                f"The cluster {address} cannot be reached: check the address.",
            ),
            code="NO_CLUSTER",
        ) from error
