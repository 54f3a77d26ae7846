"""One run at a time: a lock that a dead process does not hold."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from briefing_kit.locks import try_lock
from briefing_kit.weekly.status import BusyError

POLL_SECONDS = 0.2


@contextmanager
def held(path: Path, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the lock file while the block runs. The system drops the lock when its process ends, however it ends.

    The lock is the system's on the open file (flock; on Windows a locked byte), not the file itself, which stays.

    Raises:
        BusyError: another run holds it, still after `wait_seconds`.
    """
    deadline = time.monotonic() + wait_seconds
    with path.open("a+", encoding="ascii") as handle:
        while not try_lock(handle):
            if time.monotonic() >= deadline:
                handle.seek(0)
                who = handle.read(20).strip()
                whose = f" (process {who})" if who else ""
                raise BusyError(f"reports/: another run{whose} is writing there: wait for it, or use --wait 600")
            time.sleep(POLL_SECONDS)
        _note(handle, str(os.getpid()))
        try:
            yield
        finally:
            _note(handle, "")


def _note(handle: IO[str], who: str) -> None:
    """Write who holds the lock, for whoever finds it held; on a full disk the lock holds without it."""
    with suppress(OSError):
        os.ftruncate(handle.fileno(), 0)
        os.write(handle.fileno(), who.encode("ascii"))
