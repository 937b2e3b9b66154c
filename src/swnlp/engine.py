"""Where the map runs: in this process, in several, or on a Dask cluster; the result does not depend on it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import NamedTuple

from swnlp import store
from swnlp.errors import EngineError
from swnlp.extras import require
from swnlp.mapper import MapTask, run_task

# So many tasks wait or run per worker: enough to keep it busy, few enough to stop soon.
IN_FLIGHT = 2


class Progress(NamedTuple):
    """How far a run is: parts and bytes that are mapped; `stage` is map, reduce or export."""

    stage: str
    parts_done: int
    parts_total: int
    bytes_done: int
    bytes_total: int


class Pool(NamedTuple):
    """An executor and how many tasks it runs at once; no executor is this process."""

    executor: Executor | None
    workers: int


@contextmanager
def pool(workers: int = 1, scheduler: str | None = None) -> Iterator[Pool]:
    """Open where the map runs.

    Args:
        workers: Processes on this machine; 1 is this process.
        scheduler: Address of a Dask scheduler (tcp://...); its workers must see the corpus and the result
            folder under the same paths. Takes precedence over `workers`.

    Raises:
        MissingExtraError: If a scheduler is given and Dask is not installed.
        EngineError: If the scheduler does not answer, or has no workers.
    """
    if scheduler is not None:
        with _dask(scheduler) as opened:
            yield opened
    elif workers > 1:
        # Spawned, not forked: the same on every system, and Arrow's threads do not survive a fork.
        executor = ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=_ignore_interrupt
        )
        try:
            yield Pool(executor, workers)
        except BaseException:
            _stop(executor)
            raise
        executor.shutdown()
    else:
        yield Pool(None, 1)


@contextmanager
def _dask(address: str) -> Iterator[Pool]:
    distributed = require("distributed", extra="dask")
    try:
        client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise EngineError(
            f"{address}: 连接不上 Dask 调度器 / no Dask scheduler answers there: {error}"
        ) from None
    with client:
        workers = sum(client.nthreads().values())
        if not workers:
            raise EngineError(f"{address}: 调度器没有工作节点 / the scheduler has no workers")
        with client.get_executor(pure=False) as executor:
            yield Pool(executor, workers)


def _ignore_interrupt() -> None:
    """Leave Ctrl-C to the main process, which ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _stop(executor: ProcessPoolExecutor) -> None:
    """End the workers now; a part half-written is under a temporary name."""
    processes = list((executor._processes or {}).values())
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()


def run_map(
    todo: Sequence[MapTask],
    opened: Pool,
    say: Callable[[Progress], None],
    run: Callable[[MapTask], str] = run_task,
) -> None:
    """Make the part of every task; at most a few per worker are submitted at a time.

    Args:
        todo: The tasks, in the order in which they are begun.
        opened: Where they run.
        say: Told how far the map is, after every part.
        run: Makes one part; must be importable by name if an executor runs it.

    Raises:
        EngineError: If a worker died.
        OutputError: If a part can't be written.
    """
    total, done, parts = sum(task.size for task in todo), 0, 0
    say(Progress("map", 0, len(todo), 0, total))
    for task in _finished(todo, opened, run):
        done, parts = done + task.size, parts + 1
        say(Progress("map", parts, len(todo), done, total))


def _finished(todo: Sequence[MapTask], opened: Pool, run: Callable[[MapTask], str]) -> Iterator[MapTask]:
    """Yield the tasks as they end."""
    if opened.executor is None:
        for task in todo:
            run(task)
            yield task
        return
    waiting: dict[Future[str], MapTask] = {}
    rest = iter(todo)
    while True:
        for task in islice(rest, IN_FLIGHT * opened.workers - len(waiting)):
            waiting[_submit(opened.executor, run, task)] = task
        if not waiting:
            return
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            task = waiting.pop(future)
            _result(future)
            yield task


def _submit(executor: Executor, run: Callable[[MapTask], str], task: MapTask) -> Future[str]:
    try:
        return executor.submit(run, task)
    except BrokenProcessPool:
        raise _died() from None


def _result(future: Future[str]) -> None:
    try:
        future.result()
    except BrokenProcessPool:
        raise _died() from None


def _died() -> EngineError:
    return EngineError(
        "一个工作进程中止了（可能是内存不足）。已完成的部分已保存；请减少 --workers 后再次运行。 "
        "A worker died, perhaps for lack of memory. What was done is kept: run again, with fewer --workers."
    )


def unmade(todo: Sequence[MapTask]) -> list[MapTask]:
    """Return the tasks whose part is not there yet."""
    return [task for task in todo if not store.has_part(task.folder, task.key)]
