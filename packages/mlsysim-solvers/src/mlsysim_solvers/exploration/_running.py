"""The parts of a sweep one after another, on processes, or on a cluster."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from concurrent.futures import ProcessPoolExecutor as Processes
from contextlib import contextmanager
from itertools import chain, islice
from threading import Thread
from typing import Any, TypeVar

from mlsysim_core.errors import InputError, MLSysimError

from ._optional import imported

__all__ = ["Cluster", "cluster", "run"]

Result = TypeVar("Result")
_Job = tuple[Any, ...]
_Waiting = dict[Future[Any], _Job]

_TRIES = 3
"""Times that processes may die before any part is finished."""
_AHEAD = 64
"""Parts that an executor of unknown size is given at a time."""


class Cluster:
    """An executor, and what is known of it."""

    def __init__(self, executor: Executor, ahead: Callable[[], int] = lambda: _AHEAD) -> None:
        self.executor, self.ahead = executor, ahead

    def replaced(self) -> bool:
        """Put another executor in the place of one whose processes died, if that can be."""
        return False

    def close(self) -> None:
        """End what was begun for this sweep."""


class _Pool(Cluster):
    """Processes on this machine, which end with whoever started them."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        super().__init__(self._start(), lambda: 2 * workers)

    def _start(self) -> Executor:
        # A fork would copy threads' locks; and it is what Python starts with from 3.14 on.
        context = multiprocessing.get_context("spawn")
        return Processes(self._workers, context, _prepare)

    def replaced(self) -> bool:
        self.close()
        self.executor = self._start()
        return True

    def close(self) -> None:
        self.executor.shutdown(cancel_futures=True)


def _prepare() -> None:
    """Leave interrupts to the parent, and end when it ends, however that happens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def end() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=end, daemon=True).start()


@contextmanager
def cluster(
    workers: int | None = None, scheduler: str | None = None, executor: Executor | None = None
) -> Iterator[Cluster | None]:
    """Open what parts run on; nothing where they run one after another.

    Parameters
    ----------
    workers : int, optional
        Processes on this machine.
    scheduler : str, optional
        Address of a Dask scheduler.
    executor : concurrent.futures.Executor, optional
        Any other executor, which is left open.
    """
    if sum(one is not None for one in (workers, scheduler, executor)) > 1:
        raise InputError("workers, scheduler and executor exclude one another: give one of them")
    if workers is not None and (type(workers) is not int or workers < 1):
        raise InputError(f"workers must be a whole number of at least 1, got {workers!r}")
    if scheduler is not None:
        with _dask(scheduler) as found:
            yield found
    elif executor is not None:
        yield Cluster(executor)
    elif workers is None or workers == 1:
        yield None
    else:
        pool = _Pool(workers)
        try:
            yield pool
        finally:
            pool.close()


@contextmanager
def _dask(address: str) -> Iterator[Cluster]:
    distributed = imported("distributed", "a Dask scheduler", "dask")
    try:
        client = distributed.Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise MLSysimError(f"no Dask scheduler answers at {address}: {error}") from error
    with client:

        def ahead() -> int:
            return max(_AHEAD, 2 * int(sum(client.nthreads().values())))

        yield Cluster(client.get_executor(pure=False), ahead)


def run(
    function: Callable[..., Result], jobs: Iterable[_Job], on: Cluster | None
) -> Iterator[Result]:
    """Call a function with each tuple of arguments; give results as they come.

    Parameters
    ----------
    function : callable
        One that other processes can import.
    jobs : iterable of tuple
        Only so many are taken at a time as the cluster needs, to be busy.
    on : Cluster or None
        Where.

    Raises
    ------
    MLSysimError
        If processes die again and again.
    """
    if on is None:
        for job in jobs:
            yield function(*job)
        return
    jobs, deaths = iter(jobs), 0
    waiting: _Waiting = {}
    try:
        while True:
            lost = _fill(on, function, jobs, waiting)
            if not waiting and not lost:
                return
            for job, found in _finished(waiting):
                if isinstance(found, BrokenExecutor):
                    lost.append(job)
                else:
                    deaths = 0
                    yield found
            if lost:
                deaths += 1
                if deaths == _TRIES or not on.replaced():
                    raise MLSysimError(
                        f"processes died {deaths} times and finished nothing in between, perhaps "
                        "for want of memory; what was finished before is kept"
                    )
                jobs = chain(lost, [*waiting.values()], jobs)
                waiting.clear()
    finally:
        for future in waiting:
            future.cancel()


def _fill(
    on: Cluster, function: Callable[..., Any], jobs: Iterator[_Job], waiting: _Waiting
) -> list[_Job]:
    """Give the executor what it needs to be busy; return a job that it could not take."""
    for job in islice(jobs, max(on.ahead() - len(waiting), 0)):
        try:
            waiting[on.executor.submit(function, *job)] = job
        except BrokenExecutor:
            return [job]
    return []


def _finished(waiting: _Waiting) -> Iterator[tuple[_Job, Any]]:
    """Wait, and take out what has finished: a result, or that its process died."""
    done = wait(waiting, return_when=FIRST_COMPLETED).done if waiting else set()
    for future in done:
        job = waiting.pop(future)
        try:
            yield job, future.result()
        except BrokenExecutor as error:
            yield job, error
