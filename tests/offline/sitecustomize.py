"""No Python process of the tests reaches beyond this machine: each attempt is refused and put on record.

Every interpreter that finds this folder in PYTHONPATH imports it when it starts: the tests, kernels, workers, servers alike.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

RECORD = "OFFLINE_RECORD"  # the environment variable that names the file of attempts
_HERE = {"", "localhost", "localhost.localdomain", "0.0.0.0", "::", "::1", socket.gethostname()}


def _is_here(host: object) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    return name is None or (isinstance(name, str) and (name in _HERE or name.startswith("127.")))


def _refuse_strangers(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) and address else None  # a path: a socket of this machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    if not _is_here(host):
        record = os.environ.get(RECORD)
        if record:
            with Path(record).open("a", encoding="utf-8") as file:
                file.write(f"{event} {host}\n")
        raise OSError(f"the tests run without a network: {event} {host}")


sys.addaudithook(_refuse_strangers)
