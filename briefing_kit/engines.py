"""How work is spread: one process, all cores, or a Dask cluster. The same results whatever the engine, only not in the same order.

A piece of work is `work(job, item)`: a module's own function, so that any process can import it; `job` is what all items share and goes to
each worker once. Only so many items are under way at a time as keep the workers busy, so that memory does not grow with their number.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from multiprocessing import active_children, get_context
from typing import Any, Literal, TypeVar, get_args

from briefing_kit.naming import did_you_mean
from briefing_kit.refusals import RefusalError

Engine = Literal["serial", "processes", "dask"]
ENGINES: tuple[str, ...] = get_args(Engine)
Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Any, Item], Result]
_AHEAD = 2  # items per worker that are handed out: one in work, one waiting
_PATIENCE = 2.0  # seconds to wait for a Dask scheduler to say goodbye
_DEATHS = 3  # times that a worker may die before the run gives up: once is bad luck


class EngineError(RefusalError):
    """Work that could not be spread or finished; the message says what is done and how to go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """Which engine, how many workers (0: one per core) and, for Dask, the address of a scheduler ("": a cluster of our own)."""

    engine: str = "serial"
    number: int = 0
    scheduler: str = ""

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            near = did_you_mean(self.engine, ENGINES)
            raise EngineError(f"engine: {self.engine!r}; " + (f"did you mean {near!r}?" if near else f"choose {', '.join(ENGINES)}"))
        if self.number < 0:
            raise EngineError(f"workers: {self.number}; write 0 for one per core, or how many")
        if self.scheduler and self.engine != "dask":
            raise EngineError(f"scheduler: {self.scheduler} with engine {self.engine!r}; only engine='dask' has a scheduler")

    @property
    def count(self) -> int:
        """The number of worker processes on this machine."""
        return self.number or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))


class Crew:
    """Workers at hand: `spread` gives them work, as often as there is some."""

    def spread(self, work: Work[Item, Result], job: Any, items: Iterable[Item]) -> Iterator[Result]:
        """The results of `work(job, item)`, as they come.

        Raises:
            EngineError: workers died again and again, or the scheduler is gone.
        """
        for item in items:
            yield work(job, item)


@contextmanager
def crew(workers: Workers) -> Iterator[Crew]:
    """The workers, until the block ends.

    Raises:
        EngineError: the extra for Dask is missing, or no scheduler answers.
    """
    if workers.engine == "serial":
        yield Crew()
    elif workers.engine == "processes":
        yield _Processes(workers.count)
    else:
        with _dask_crew(workers) as found:
            yield found


class _Processes(Crew):
    """Processes of this machine, started anew (spawn), so that no thread or lock of this one is copied into them."""

    def __init__(self, number: int) -> None:
        self._number = number

    def spread(self, work: Work[Item, Result], job: Any, items: Iterable[Item]) -> Iterator[Result]:
        left = iter(items)
        suspects: list[Item] = []
        deaths = 0
        while True:
            lost: list[Item] = []
            for result in self._until_one_dies(work, job, left, lost, self._number):
                deaths = 0
                yield result
            if not lost:
                break
            deaths += 1
            suspects += lost
            if deaths == _DEATHS:  # nothing gets done at all
                raise _given_up(lost[0])
        killers: list[Item] = []
        for item in suspects:  # one at a time and after all the rest: only so is it known which one kills its process
            for _ in range(_DEATHS):
                lost = []
                yield from self._until_one_dies(work, job, iter([item]), lost, 1)
                if not lost:
                    break
            else:
                killers.append(item)
        if killers:
            raise _given_up(killers[0])

    def _until_one_dies(self, work: Work[Item, Result], job: Any, items: Iterator[Item], lost: list[Item], number: int) -> Iterator[Result]:
        """Results until all items are done or a worker died; then `lost` holds what was under way."""
        ours_not = set(active_children())
        blob = pickle.dumps((work, job))
        pool = ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=_begin, initargs=(blob,))
        pending: dict[Future[Any], Item] = {}
        broken = False
        try:
            while True:
                for item in islice(items, 0 if broken else number * _AHEAD - len(pending)):
                    try:
                        pending[pool.submit(_step, item)] = item
                    except BrokenProcessPool:
                        broken = True
                        lost.append(item)
                        break
                if not pending:
                    return
                for future in wait(pending, return_when=FIRST_COMPLETED).done:
                    item = pending.pop(future)
                    try:
                        result = future.result()
                    except BrokenProcessPool:
                        broken = True
                        lost.append(item)
                        continue
                    yield result
        except BaseException:  # the caller's error or Ctrl-C: what the workers are at is wanted no more
            for child in set(active_children()) - ours_not:
                child.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _given_up(item: object) -> EngineError:
    return EngineError(
        f"worker processes died {_DEATHS} times at {item} (killed, or out of memory?); what is done is kept: run it again with "
        'fewer workers. In a script, the call must stand under `if __name__ == "__main__":`'
    )


_given: tuple[Callable[[Any, Any], Any], Any]  # what a worker process was started for


def _begin(blob: bytes) -> None:
    """Make a new worker process ready: Ctrl-C is the parent's to handle, which then ends its workers."""
    global _given
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _given = pickle.loads(blob)  # noqa: S301 - from our own parent process


def _step(item: Any) -> Any:
    work, job = _given
    return work(job, item)


@contextmanager
def _dask_crew(workers: Workers) -> Iterator[Crew]:
    try:
        distributed: Any = import_module("distributed")
    except ModuleNotFoundError:
        raise EngineError("engine 'dask' needs an extra: pip install 'briefing-kit[scale]'") from None
    if workers.scheduler:
        try:
            client = distributed.Client(workers.scheduler, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EngineError(f"scheduler: {workers.scheduler}: {reason}; start one with `dask scheduler`, or leave it out") from None
        with _closing(client):
            yield _Dask(client)
        return
    cluster = distributed.LocalCluster(
        n_workers=workers.count,
        threads_per_worker=1,  # the work is Python: threads would wait for each other
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
    )
    with cluster, _closing(distributed.Client(cluster, set_as_default=False)) as client:
        yield _Dask(client)


@contextmanager
def _closing(client: Any) -> Iterator[Any]:
    """A client that is closed at the end, and does not wait for a scheduler that is gone, nor write a log about it."""
    log = logging.getLogger("distributed")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield client
    finally:
        with suppress(Exception):  # what was to be told has been told
            client.close(timeout=_PATIENCE)
        log.setLevel(level)


class _Dask(Crew):
    """A Dask cluster: a worker that dies is replaced by its nanny, and the scheduler hands its work to another one."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def spread(self, work: Work[Item, Result], job: Any, items: Iterable[Item]) -> Iterator[Result]:
        distributed: Any = import_module("distributed")
        client, left = self._client, iter(items)
        under_way = distributed.as_completed(loop=client.loop)
        try:
            # A task, not scattered data: what a dead worker held is made again.
            shared = client.submit(pickle.loads, pickle.dumps(job), pure=False)
            while True:
                for item in islice(left, max(0, self._wanted() - under_way.count())):  # fewer workers than a moment ago: none
                    under_way.add(client.submit(work, shared, item, pure=False))
                if under_way.is_empty():
                    return
                yield next(under_way).result()
        except distributed.KilledWorker:
            raise EngineError(
                "Dask workers died again and again at the same work (out of memory?); what is done is kept: "
                "run it again with fewer workers or more memory for each"
            ) from None
        except Exception as error:
            if client.status == "running" and not isinstance(error, (CancelledError, distributed.comm.CommClosedError)):
                raise
            raise EngineError("the Dask scheduler is gone; what is done is kept: run it again") from None
        finally:
            if client.status == "running":
                with suppress(Exception):
                    client.cancel([*under_way.futures])

    def _wanted(self) -> int:
        """How many items are handed out at once, now that there are so many workers: some may have come or gone."""
        return _AHEAD * max(1, int(sum(self._client.nthreads().values())))
