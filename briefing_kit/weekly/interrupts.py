"""Signals as exceptions: SIGTERM and the run's deadline end a run in order; while it publishes they wait."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from briefing_kit.weekly.status import Interrupted


class DeadlinePassedError(BaseException):
    """The whole run took longer than its deadline; like an interrupt it must not be swallowed on its way."""


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM and SIGHUP raise `Interrupted` in this block (in the main thread; elsewhere nothing changes)."""
    if not _in_main_thread():
        yield
        return

    def stop(signum: int, _frame: FrameType | None) -> None:
        raise Interrupted(signal.Signals(signum).name)

    names = [number for number in ("SIGTERM", "SIGHUP") if hasattr(signal, number)]
    before = {name: signal.signal(getattr(signal, name), stop) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """The block is ended with `DeadlinePassedError` after so many seconds, where the system has such a timer."""
    if not _in_main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_signum: int, _frame: FrameType | None) -> None:
        raise DeadlinePassedError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Signals that would stop the run wait until this short block is done, and then take effect.

    The handlers are exchanged rather than the signals blocked: a mask holds for one thread, and the run has several.
    """
    if not _in_main_thread():
        yield
        return
    waiting: list[int] = []

    def note(signum: int, _frame: FrameType | None) -> None:
        waiting.append(signum)

    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGALRM") if hasattr(signal, name)]
    before = {number: signal.signal(number, note) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in waiting[:1]:
            signal.raise_signal(number)
