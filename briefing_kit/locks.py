"""A lock that a dead process does not hold: the system's own on an open file."""

from __future__ import annotations

import os
from typing import IO


def try_lock(handle: IO[str]) -> bool:
    """Lock an open file for this process alone (flock; on Windows a locked byte), or say that another one holds it.

    The system drops the lock when the file is closed or the process ends, however it ends.
    """
    try:
        if os.name == "nt":  # pragma: no cover - Windows only
            import msvcrt

            handle.seek(1 << 20)  # a byte far behind the text, which stays readable
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # Windows only
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
