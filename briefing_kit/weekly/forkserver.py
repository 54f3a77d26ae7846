"""A warm process that forks a kernel per notebook (`--kernel fork`): pandas and pyplot are imported once, not per notebook.

`python -m briefing_kit.weekly.forkserver ADDRESS` listens on a Unix socket. A client sends one JSON line (argv, cwd, env),
gets the process id of its kernel in one line, and its exit code in another when the kernel has ended. POSIX only. The
server ends, and its kernels with it, when its standard input closes: so it never outlives the run that started it.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import selectors
import signal
import socket
import sys
from typing import Any

from briefing_kit.weekly.lean import lean_imports

PRELOAD = (
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "IPython.core.completer", "pandas", "pyarrow.parquet", "matplotlib.pyplot"),
    *("briefing_kit.weeks", "briefing_kit.sources", "briefing_kit.unknown_names", "briefing_kit.measures", "briefing_kit.comparison"),
    *("briefing_kit.view.charts", "briefing_kit.view.timeline", "briefing_kit.view.evidence"),
)
REAP_SECONDS = 0.05


def main(address: str) -> None:
    """Preload, listen, fork."""
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(address)
    listener.listen(16)
    _warm()
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    selector.register(sys.stdin.buffer, selectors.EVENT_READ)
    clients: dict[int, socket.socket] = {}
    while True:
        for key, _ in selector.select(REAP_SECONDS):
            if key.fileobj is not listener:
                for pid in clients:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                return
            client, _ = listener.accept()
            with client.makefile("rb") as lines:
                order = json.loads(lines.readline())
            pid = os.fork()
            if pid == 0:
                selector.close()
                listener.close()
                client.close()
                for other in clients.values():
                    other.close()
                _serve(order)
            clients[pid] = client
            client.sendall(b"%d\n" % pid)
        _reap(clients)


def _warm() -> None:
    """Import and use once what every notebook uses: the modules, the schemas, matplotlib's fonts and its SVG writer."""
    with lean_imports():
        for module in PRELOAD:
            with contextlib.suppress(ImportError):
                importlib.import_module(module)
        from matplotlib.figure import Figure

        from briefing_kit.schemas import SCHEMAS
        from briefing_kit.tables import Tables, empty

        Tables(**{name: empty(name) for name in SCHEMAS}).validated()
        figure = Figure()  # not pyplot: the backend is the kernel's to choose
        figure.add_subplot().set_title("warm")
        figure.savefig(io.BytesIO(), format="svg")


def _reap(clients: dict[int, socket.socket]) -> None:
    for pid in list(clients):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            client = clients.pop(pid)
            with contextlib.suppress(OSError):
                client.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
            client.close()


def _serve(order: dict[str, Any]) -> None:
    """Become a kernel: the forked child never returns from here."""
    code = 1
    try:
        os.setsid()
        os.environ.clear()
        os.environ.update({**order["env"], "JPY_PARENT_PID": str(os.getppid())})
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        os.chdir(order["cwd"])
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        sys.argv = ["ipykernel_launcher", *order["argv"]]
        if sys.path and sys.path[0] == "":
            del sys.path[0]
        kernelapp = importlib.import_module("ipykernel.kernelapp")
        kernelapp.launch_new_instance(argv=order["argv"])
        code = 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1])
