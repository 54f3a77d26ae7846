"""The workers of a run: processes that execute notebooks, with deadlines, and nothing left behind."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing_kit.weekly.executed import Replacements
from briefing_kit.weekly.status import Outcome, Status

START_TIMEOUT = 60
MOST_JOBS = 4
LONGEST_SCRATCH = 70  # a Unix socket's path has room for about 100 bytes
SECRETS = "BRIEFING_KIT_"  # environment variables that notebooks have no business with


@dataclass(frozen=True, kw_only=True)
class Job:
    """A notebook to execute into `output`, in the folder `cwd`."""

    name: str
    notebook: Path
    output: Path
    parameters: dict[str, Any]
    cwd: Path
    cell_timeout: int
    replacements: Replacements


@dataclass(frozen=True, kw_only=True)
class Event:
    """News of a job: `begun`, `cell` (with its number), or `done` (with its outcome and what went to standard error)."""

    kind: str
    job: str
    cell: int = 0
    outcome: Outcome | None = None
    stderr: tuple[str, ...] = ()


class _Process:
    def __init__(
        self, number: int, scratch: Path, environment: dict[str, str], inbox: queue.SimpleQueue[tuple[int, dict[str, Any]]]
    ) -> None:
        self.number = number
        self.job: Job | None = None
        self.kernel: int | None = None
        self.began = 0.0
        self.log = scratch / f"worker-{number}.log"
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                [sys.executable, "-P", "-m", "briefing_kit.weekly.worker", str(scratch)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )
        threading.Thread(target=self._listen, args=(inbox,), daemon=True).start()

    def _listen(self, inbox: queue.SimpleQueue[tuple[int, dict[str, Any]]]) -> None:
        assert self.popen.stdout is not None  # noqa: S101 - for mypy: it is a pipe
        for line in self.popen.stdout:
            inbox.put((self.number, json.loads(line)))
        inbox.put((self.number, {"event": "gone"}))

    def send(self, order: dict[str, Any]) -> None:
        assert self.popen.stdin is not None  # noqa: S101 - for mypy: it is a pipe
        with suppress(BrokenPipeError):  # a worker that is gone says so through its answers
            self.popen.stdin.write(json.dumps(order) + "\n")
            self.popen.stdin.flush()

    def end(self) -> None:
        if self.kernel is not None:
            kill_group(self.kernel)
        self.popen.kill()
        self.popen.wait()
        for pipe in (self.popen.stdin, self.popen.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def last_words(self) -> str:
        with suppress(OSError):
            lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            return "\n".join(lines[-20:])
        return ""


class Pool:
    """Worker processes kept warm from one notebook, and one week, to the next. Use it in a `with` block.

    `environment` is added to theirs; the variables named in `withheld` are kept from them and so from every notebook.
    """

    def __init__(
        self, jobs: int = 0, kernel: str = "stock", environment: dict[str, str] | None = None, withheld: Iterable[str] = ()
    ) -> None:
        self.size = jobs or min(os.cpu_count() or 1, MOST_JOBS)
        self.kernel = kernel
        self._environment = environment or {}
        self._withheld = frozenset(withheld)
        self._inbox: queue.SimpleQueue[tuple[int, dict[str, Any]]] = queue.SimpleQueue()
        self._processes: dict[int, _Process] = {}
        self._number = 0
        self._fork_server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Pool:
        self._start()
        return self

    def _start(self) -> None:
        self.scratch = scratch_folder()
        self.fork_socket = str(self.scratch / "fork") if self.kernel == "fork" else ""
        if self.fork_socket:
            with (self.scratch / "fork.log").open("ab") as log:
                command = [sys.executable, "-P", "-m", "briefing_kit.weekly.forkserver", self.fork_socket]
                self._fork_server = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=log, stderr=log, env=self._worker_environment(), start_new_session=True
                )
        self._fill()

    def _fill(self) -> None:
        while len(self._processes) < self.size:
            self._number += 1
            process = _Process(self._number, self.scratch, self._worker_environment(), self._inbox)
            self._processes[self._number] = process

    def restart(self) -> None:
        """End all that runs and begin afresh: after an interrupt nobody knows what the workers are at."""
        self.end()
        self._start()

    def __exit__(self, *exception: object) -> None:
        self.end()

    def end(self) -> None:
        """End workers, kernels and the fork server, and remove what they wrote for themselves."""
        for process in self._processes.values():
            process.end()
        self._processes.clear()
        if self._fork_server is not None:
            kill_group(self._fork_server.pid)
            self._fork_server.wait()
            if self._fork_server.stdin:
                self._fork_server.stdin.close()
            self._fork_server = None
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _worker_environment(self) -> dict[str, str]:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(SECRETS) and key not in self._withheld}
        return {
            **inherited,
            "PYTHONHASHSEED": "0",
            "PYTHONUTF8": "1",
            "TZ": "UTC",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "IPYTHONDIR": str(self.scratch / "ipython"),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            **self._environment,
        }

    def run(self, jobs: Iterable[Job], seconds: float, tell: Callable[[Event], None], *, keep_going: bool = False) -> None:
        """Execute the jobs and tell how each went; after the first that is not ok no other is begun, unless `keep_going`.

        `seconds` is the deadline for all of them together: what still runs then is ended and timed-out.
        """
        self._fill()
        waiting = list(jobs)
        deadline = time.monotonic() + seconds
        failed = False
        while True:
            if not failed:
                self._hand_out(waiting, tell)
            busy = [process for process in self._processes.values() if process.job]
            if not busy and (failed or not waiting):
                break
            try:
                number, message = self._inbox.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                for process in busy:
                    self._cut_short(process, "timed-out", "the run took longer than its deadline (--run-timeout)", tell)
                break
            failed = (self._hear(number, message, tell) and not keep_going) or failed

    def _hand_out(self, waiting: list[Job], tell: Callable[[Event], None]) -> None:
        for process in self._processes.values():
            if process.job is None and waiting:
                job = waiting.pop(0)
                process.job, process.began = job, time.monotonic()
                process.send(self._order(job))
                tell(Event(kind="begun", job=job.name))

    def _order(self, job: Job) -> dict[str, Any]:
        return {
            "name": job.name,
            "notebook": str(job.notebook),
            "output": str(job.output),
            "parameters": job.parameters,
            "cwd": str(job.cwd),
            "cell_timeout": job.cell_timeout,
            "start_timeout": START_TIMEOUT,
            "scratch": str(self.scratch),
            "fork_socket": self.fork_socket,
            "replacements": [*job.replacements, (str(self.scratch), "scratch")],
        }

    def _hear(self, number: int, message: dict[str, Any], tell: Callable[[Event], None]) -> bool:
        """Take one message of a worker; True where it says that a notebook failed."""
        process = self._processes.get(number)
        if process is None:
            return False
        if message["event"] == "kernel":
            process.kernel = int(message["pid"])
        elif message["event"] == "cell" and process.job:
            tell(Event(kind="cell", job=process.job.name, cell=message["number"]))
        elif message["event"] == "done" and process.job:
            outcome = Outcome(**message["outcome"])
            tell(Event(kind="done", job=process.job.name, outcome=outcome, stderr=tuple(message["stderr"])))
            process.job = process.kernel = None
            return outcome.status != "ok"
        elif message["event"] == "gone":
            return self._bury(process, tell)
        return False

    def _bury(self, process: _Process, tell: Callable[[Event], None]) -> bool:
        code = process.popen.wait()
        words = process.last_words()
        busy = process.job is not None
        if busy:
            self._cut_short(process, "failed", f"its worker process ended with code {code}", tell, words)
        else:
            del self._processes[process.number]
            process.end()
        if not self._processes and not busy:
            raise RuntimeError(f"no worker process could start (code {code}): {words.splitlines()[-1] if words else 'no message'}")
        return busy

    def _cut_short(self, process: _Process, status: Status, reason: str, tell: Callable[[Event], None], words: str = "") -> None:
        assert process.job is not None  # noqa: S101 - for mypy: only busy processes come here
        seconds = round(time.monotonic() - process.began, 3)
        outcome = Outcome(notebook=process.job.name, status=status, reason=reason, seconds=seconds, traceback=words)
        process.end()
        del self._processes[process.number]
        tell(Event(kind="done", job=outcome.notebook, outcome=outcome))


def scratch_folder() -> Path:
    """A folder of our own whose path is short enough for Unix sockets."""
    folder = Path(tempfile.mkdtemp(prefix="bk-"))
    if len(str(folder)) > LONGEST_SCRATCH and os.name == "posix":
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="bk-", dir="/tmp"))
    return folder


def kill_group(pid: int) -> None:
    """End a process and all it started, where it leads a group of its own."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
        else:  # pragma: no cover - Windows only
            os.kill(pid, signal.SIGTERM)
