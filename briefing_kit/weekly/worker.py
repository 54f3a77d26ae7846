"""A process that executes notebooks with papermill, one after another, for the run that started it.

Orders come as JSON lines on standard input, answers go out as JSON lines on standard output. When standard input closes
the run is gone: the worker ends its kernel and itself, so that nothing is orphaned.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, Any

from briefing_kit.weekly.executed import Replacements, clean, last_started, plain, stderr_lines, to_text, verify
from briefing_kit.weekly.lean import lean_imports
from briefing_kit.weekly.status import Outcome

KERNEL_ATTEMPTS = 3
BACK_OFF_SECONDS = 0.5


class Worker:
    """The state of one worker process: its way to answer and the kernel it has running."""

    def __init__(self, answers: IO[str]) -> None:
        self.answers = answers
        self.kernel: int | None = None
        self.cells_begun = 0
        self.stderr: list[str] = []

    def tell(self, **message: Any) -> None:
        """Send one message to the run."""
        self.answers.write(json.dumps(message) + "\n")
        self.answers.flush()

    def kernel_started(self, pid: int) -> None:
        """Note the kernel and tell the run, which ends it where this process no longer can."""
        self.kernel = pid
        self.tell(event="kernel", pid=pid)

    def cell_begun(self, cell: Any, cell_index: int) -> None:  # noqa: ARG002 - nbclient calls it with both
        """Tell the run how far the notebook is."""
        self.cells_begun += 1
        self.tell(event="cell", number=self.cells_begun)

    def kill_kernel(self) -> None:
        """End the running kernel and whatever it started."""
        if self.kernel is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.kernel, signal.SIGKILL) if hasattr(os, "killpg") else os.kill(self.kernel, signal.SIGTERM)

    def execute(self, order: dict[str, Any]) -> Outcome:
        """Execute one notebook; a kernel that does not start is tried again, nothing else is."""
        self.stderr = []
        began = time.monotonic()
        for attempt in range(1, KERNEL_ATTEMPTS + 1):
            self.cells_begun = 0
            try:
                outcome = self._once(order)
            except Exception as error:  # whatever the engine raises is this notebook's end, and is reported as such
                if self.cells_begun == 0 and attempt < KERNEL_ATTEMPTS and not isinstance(error, OSError):
                    time.sleep(BACK_OFF_SECONDS * 2**attempt)
                    continue
                outcome = _outcome_of(order, error)
            self.kernel = None
            break
        return replace(outcome, seconds=round(time.monotonic() - began, 3))

    def _once(self, order: dict[str, Any]) -> Outcome:
        import papermill

        from briefing_kit.weekly.kernels import kernel_manager

        notebook = papermill.execute_notebook(
            order["notebook"],
            order["output"],
            parameters=order["parameters"],
            kernel_name="python3",
            language="python",
            progress_bar=False,
            start_timeout=order["start_timeout"],
            execution_timeout=order["cell_timeout"],
            cwd=order["cwd"],
            kernel_manager_class=kernel_manager(Path(order["scratch"]), order["fork_socket"], self.kernel_started),
            shutdown_kernel="immediate",
            record_timing=False,
            on_cell_start=self.cell_begun,
        )
        outcome = verify(order["name"], notebook)
        if outcome.status == "ok":
            self.stderr = stderr_lines(notebook)
            replacements: Replacements = [(old, new) for old, new in order["replacements"]]
            Path(order["output"]).write_text(to_text(clean(notebook, replacements)), encoding="utf-8")
        return outcome


def _outcome_of(order: dict[str, Any], error: Exception) -> Outcome:
    """What an exception of the engine means."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    cell, source = None, ""
    with suppress(OSError, ValueError, KeyError):
        cell, source = last_started(json.loads(Path(order["output"]).read_text(encoding="utf-8")))
    known = Outcome(notebook=order["name"], status="failed", cell=cell, source=source)
    if isinstance(error, PapermillExecutionError):
        return replace(
            known,
            source=error.source,
            reason=plain(f"{error.ename}: {error.evalue}").strip(),
            traceback=plain("\n".join(error.traceback)),
        )
    if isinstance(error, CellTimeoutError):
        return replace(known, status="timed-out", reason=f"the cell ran longer than {order['cell_timeout']} s (--cell-timeout)")
    if isinstance(error, DeadKernelError) or "Kernel died" in str(error):
        return replace(known, status="kernel-died", reason="the kernel died: out of memory, or killed from outside")
    return replace(known, reason=plain(f"{type(error).__name__}: {error}").strip())


def _read_orders(orders: queue.SimpleQueue[dict[str, Any]], worker: Worker, scratch: str) -> None:
    for line in sys.stdin:
        orders.put(json.loads(line))
    worker.kill_kernel()
    shutil.rmtree(scratch, ignore_errors=True)  # the run was killed and cannot do it
    os._exit(0)


def main(scratch: str) -> None:
    """Serve until standard input closes; `scratch` is the run's folder for sockets and logs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's to handle, which then ends its workers
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else prints must not mix with the answers
    worker = Worker(answers)
    orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_read_orders, args=(orders, worker, scratch), daemon=True).start()
    with lean_imports():
        import papermill  # noqa: F401 - imported now, while the run analyses

        import briefing_kit.weekly.kernels  # noqa: F401
    worker.tell(event="ready")
    while True:
        order = orders.get()
        outcome = worker.execute(order)
        worker.tell(event="done", outcome=asdict(outcome), stderr=worker.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
