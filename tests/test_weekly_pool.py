"""Workers: what is tried again, what is ended, what is said."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from small_workbook import write_notebook

from briefing_kit.weekly import worker
from briefing_kit.weekly.interrupts import DeadlinePassedError, deadline, stoppable, undisturbed
from briefing_kit.weekly.lean import SLOW, lean_imports
from briefing_kit.weekly.pool import Event, Job, Pool, scratch_folder
from briefing_kit.weekly.status import Interrupted, Outcome


class Failing(worker.Worker):
    """A worker whose engine fails as told, a number of times."""

    def __init__(self, failures: int, error: Exception, *, cells: int = 0) -> None:
        super().__init__(io.StringIO())
        self.failures, self.error, self.cells, self.calls = failures, error, cells, 0

    def _once(self, order: dict[str, Any]) -> Outcome:
        self.calls += 1
        self.cells_begun = self.cells
        if self.calls <= self.failures:
            raise self.error
        return Outcome(notebook=order["name"], status="ok")


ORDER = {"name": "a", "output": "/nowhere/a.ipynb", "cell_timeout": 5}


@pytest.mark.parametrize(
    ("failures", "error", "cells", "calls", "status"),
    [
        (2, RuntimeError("Kernel didn't respond in 60 seconds"), 0, 3, "ok"),
        (9, RuntimeError("Kernel died before replying to kernel_info"), 0, 3, "kernel-died"),
        (1, RuntimeError("no"), 2, 1, "failed"),
        (1, OSError(28, "No space left on device"), 0, 1, "failed"),
    ],
)
def test_only_a_kernel_that_does_not_start_is_tried_again(monkeypatch, failures, error, cells, calls, status):
    """Once a cell has begun nothing is repeated, for what it did may not be repeatable."""
    monkeypatch.setattr(worker, "BACK_OFF_SECONDS", 0)
    failing = Failing(failures, error, cells=cells)
    assert failing.execute(ORDER).status == status
    assert failing.calls == calls


def job(folder: Path, *code: str, name: str = "01_x", timeout: int = 60) -> Job:
    path = write_notebook(folder / f"{name}.ipynb", list(code))
    (folder / "out").mkdir(exist_ok=True)
    return Job(
        name=name, notebook=path, output=folder / "out" / path.name, parameters={}, cwd=folder, cell_timeout=timeout, replacements=[]
    )


def test_each_notebook_has_its_own_folder_and_kernel(tmp_path):
    """Two at once do not disturb each other; standard error is passed on; what changes one kernel is unknown to the next."""
    events: list[Event] = []
    first = job(tmp_path, "import sys\nx = 1\nprint('oh', file=sys.stderr)", name="01_a")
    second = job(tmp_path, "import os\nassert 'x' not in globals()\nassert os.path.exists('01_a.ipynb')", name="02_b")
    with Pool(1) as pool:
        pool.run([first, second], 60, events.append)
        scratch = pool.scratch
        assert scratch.is_dir()
    assert not scratch.exists()
    done = {event.job: event for event in events if event.kind == "done"}
    assert {name: event.outcome.status for name, event in done.items() if event.outcome} == {"01_a": "ok", "02_b": "ok"}
    assert done["01_a"].stderr == ("cell 2: oh",)
    assert [event.cell for event in events if event.kind == "cell" and event.job == "01_a"][-1] == 3


def test_after_a_failure_no_other_notebook_is_begun(tmp_path):
    """Unless asked to keep going, as the update of stored notebooks does."""
    jobs = [job(tmp_path, "1 / 0", name="01_a"), job(tmp_path, "1", name="02_b")]
    with Pool(1) as pool:
        for keep_going, names in ((False, ["01_a"]), (True, ["01_a", "02_b"])):
            events: list[Event] = []
            pool.run(jobs, 60, events.append, keep_going=keep_going)
            assert [event.job for event in events if event.kind == "done"] == names


def test_notebooks_do_not_see_the_secrets_of_the_run(tmp_path, monkeypatch):
    """Passwords for mail are in the environment of the run, not of its kernels."""
    monkeypatch.setenv("BRIEFING_KIT_SMTP_PASSWORD", "secret")
    events: list[Event] = []
    with Pool(1) as pool:
        pool.run([job(tmp_path, "import os\nassert not [k for k in os.environ if 'PASSWORD' in k]")], 60, events.append)
    assert events[-1].outcome is not None
    assert events[-1].outcome.status == "ok", events[-1].outcome.reason


def test_a_dead_worker_is_a_failed_notebook(tmp_path):
    """Killed from outside, as by a system short of memory."""
    events: list[Event] = []
    code = "import os, signal\nfrom pathlib import Path\n"
    code += "parent = int(os.environ['JPY_PARENT_PID'])\nos.kill(parent, signal.SIGKILL)\nimport time\ntime.sleep(60)"
    with Pool(1) as pool:
        pool.run([job(tmp_path, code)], 60, events.append)
    outcome = events[-1].outcome
    assert outcome is not None
    assert (outcome.status, outcome.reason) == ("failed", "its worker process ended with code -9")


def test_the_scratch_folder_is_short_enough_for_sockets(monkeypatch, tmp_path):
    """A deep temporary folder is not used."""
    deep = tmp_path / ("x" * 90)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    folder = scratch_folder()
    try:
        assert len(str(folder)) < 70
    finally:
        folder.rmdir()
    assert list(deep.iterdir()) == []


def test_slow_imports_are_left_out_only_in_the_block():
    """And found again after it, as before it."""
    before = {name: sys.modules.get(name, "absent") for name in SLOW}
    with lean_imports():
        assert all(name in sys.modules for name in SLOW)
    assert {name: sys.modules.get(name, "absent") for name in SLOW} == before


def test_a_deadline_ends_what_hangs():
    """Wherever it hangs; a block that is done in time is left alone."""
    with deadline(60):
        pass
    with pytest.raises(DeadlinePassedError), deadline(0.01):
        threading.Event().wait(60)


def test_signals_wait_while_a_report_is_put_in_place():
    """They take effect when the block is done."""
    done = []

    def work() -> None:
        with undisturbed():
            os.kill(os.getpid(), signal.SIGTERM)
            done.append("published")
        threading.Event().wait(60)

    with stoppable(), pytest.raises(Interrupted, match="SIGTERM"):
        work()
    assert done == ["published"]


def test_other_threads_may_run_weeks_too(tmp_path):
    """Signals belong to the main thread; elsewhere the guards do nothing."""
    seen: list[str] = []

    def work() -> None:
        with stoppable(), deadline(0.001), undisturbed():
            seen.append("worked")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == ["worked"]


def test_answers_are_json_lines():
    """One message a line, whatever it holds."""
    answers = io.StringIO()
    worker.Worker(answers).tell(event="done", text="a\nb")
    assert json.loads(answers.getvalue()) == {"event": "done", "text": "a\nb"}
    assert answers.getvalue().count("\n") == 1
