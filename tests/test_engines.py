"""Engines: the same results whoever does the work, and workers that die lose and double nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from multiprocessing import active_children
from pathlib import Path
from threading import Thread

import archived
import pandas as pd
import pytest
from archived import files_of, hold, write_texts

import briefing_kit as bk
from briefing_kit.engines import EngineError, Workers, crew

TWO = Workers(engine="processes", number=2)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engine": "process"}, "engine: 'process'; did you mean 'processes'?"),
        ({"engine": "x"}, "engine: 'x'; choose serial, processes, dask"),
        ({"workers": -1}, "workers: -1; write 0 for one per core, or how many"),
        ({"scheduler": "tcp://x:1"}, "scheduler: tcp://x:1 with engine 'serial'; only engine='dask' has a scheduler"),
    ],
)
def test_what_there_is_not_is_refused(options, message):
    """Before anything is read or started."""
    with pytest.raises(EngineError) as refusal:
        bk.analyse("The UN said 12 people were killed.", **options)
    assert str(refusal.value) == message


def test_dask_is_an_extra(monkeypatch):
    """Without it one line says how to get it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EngineError, match=r"pip install 'briefing-kit\[scale\]'"):
        bk.analyse("The UN said 12 people were killed.", engine="dask")


def test_serial_is_lazy():
    """One piece of work after the other, as the results are asked for."""
    with crew(Workers()) as hands:
        found = hands.spread(archived.double, 3, iter([1, 2]))
        assert next(found) == (1, 3)
        assert list(found) == [(2, 6)]


def test_processes():
    """All results, an error of the work as it is, and no process left when the caller stops early."""
    before = set(active_children())
    with crew(TWO) as hands:
        assert dict(hands.spread(archived.double, 3, range(20))) == {item: item * 3 for item in range(20)}
        with pytest.raises(ValueError, match="item 3 will not do"):
            list(hands.spread(archived.fail_at_3, "", range(6)))
        with closing(hands.spread(archived.double, 3, iter(int, 1))) as endless:
            assert next(endless) == (0, 0)
    assert set(active_children()) <= before


def test_a_killed_process_is_replaced(tmp_path):
    """What it was at is done by another one; no result is lost or given twice."""
    with crew(TWO) as hands:
        assert sorted(hands.spread(archived.die_once, str(tmp_path), range(8))) == list(range(8))
    assert (tmp_path / "died").exists()


def test_work_that_always_kills_its_process_is_given_up_and_named():
    """All else is done first."""
    done = []
    with crew(TWO) as hands, pytest.raises(EngineError, match=r"worker processes died 3 times at 3 .*run it again with fewer workers"):
        done.extend(hands.spread(archived.die_always, "", range(6)))
    assert sorted(done) == [0, 1, 2, 4, 5]


@pytest.mark.slow  # starts two interpreters and a Dask cluster of two more
def test_the_same_whatever_the_engine(tmp_path):
    """Files of an archive byte for byte, tables cell for cell."""
    pytest.importorskip("distributed", reason="needs the extra briefing-kit[scale]")
    paths = write_texts(tmp_path / "texts")
    serial = bk.analyse(paths, store=tmp_path / "serial")
    tables = bk.analyse(paths)
    for engine in ("processes", "dask"):
        assert files_of(bk.analyse(paths, store=tmp_path / engine, engine=engine, workers=2).folder) == files_of(serial.folder)
        for name, frame in bk.analyse(paths[::-1], engine=engine, workers=1).items():
            pd.testing.assert_frame_equal(frame, getattr(tables, name))


def test_no_scheduler_answers():
    """The address is named."""
    distributed = pytest.importorskip("distributed", reason="needs the extra briefing-kit[scale]")
    import dask

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "100ms"}),
        pytest.raises(EngineError, match=r"scheduler: tcp://127\.0\.0\.1:9: "),
    ):
        bk.analyse("The UN said 12 people were killed.", engine="dask", scheduler="tcp://127.0.0.1:9")
    assert distributed


@contextmanager
def cluster(folder: Path, workers: int):
    """A Dask scheduler and workers with nannies as processes of their own, as on other machines; the file that names the scheduler."""
    where = folder / "scheduler.json"
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    options = {
        "env": {**os.environ, "PYTHONPATH": path},
        "start_new_session": True,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(where)]
    worker = ["worker", "--scheduler-file", str(where), "--nworkers", str(workers), "--nthreads", "1", "--local-directory", str(folder)]
    worker += ["--host", "127.0.0.1", "--no-dashboard"]
    started = [subprocess.Popen([sys.executable, "-m", "dask", *arguments], **options) for arguments in (scheduler, worker)]
    try:
        yield where, started
    finally:
        stop(started)


def stop(started: list[subprocess.Popen[bytes]]) -> None:
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.slow  # a scheduler and workers in processes of their own, and the run again on a cluster of ours
def test_a_killed_worker_then_a_killed_scheduler(tmp_path):
    """The worker's work is done by another one; the rerun after the scheduler's death completes: nothing lost, nothing doubled."""
    distributed = pytest.importorskip("distributed", reason="needs the extra briefing-kit[scale]")
    paths = write_texts(tmp_path / "texts")
    serial = bk.analyse(paths, store=tmp_path / "serial")
    first, second = "2021-W10", "2021-W12"
    for week in (first, second):
        os.mkfifo(tmp_path / f"{week}.pipe")
    with cluster(tmp_path, 2) as (where, started):
        with distributed.Client(scheduler_file=str(where), set_as_default=False) as client:
            client.wait_for_workers(2)
            client.register_plugin(hold(tmp_path, [first, second]))
        address = json.loads(where.read_text())["address"]
        errors = []

        def run():
            try:
                bk.analyse(paths, store=tmp_path / "archive", engine="dask", scheduler=address)
            except Exception as error:
                errors.append(str(error))
            finally:  # a run that ends too early must not leave the test waiting at a pipe
                for week in (first, second):
                    os.close(os.open(tmp_path / f"{week}.pipe", os.O_RDONLY | os.O_NONBLOCK))

        running = Thread(target=run)
        running.start()
        with (tmp_path / f"{first}.pipe").open("w"):  # waits until a worker is in the middle of that week, and holds it there
            assert errors == []
            os.kill(int((tmp_path / f"{first}.pid").read_text()), signal.SIGKILL)
        with (tmp_path / f"{second}.pipe").open("w"):
            started[0].kill()
            running.join()
            stop(started)
    assert errors == ["the Dask scheduler is gone; what is done is kept: run it again"]
    left = bk.open_store(tmp_path / "archive")
    assert left.check() == []
    assert second not in left.weeks()
    again = bk.analyse(paths, store=left.folder, engine="dask", workers=2)
    assert files_of(again.folder) == files_of(serial.folder)
    assert again.check() == []


@pytest.mark.slow  # an interpreter of its own, with two workers
def test_ctrl_c_ends_the_workers(tmp_path):
    """SIGINT to the whole group, as a terminal sends it: one traceback of the caller, no worker left, the archive in order."""
    os.mkfifo(tmp_path / "here.pipe")
    script = tmp_path / "script.py"
    script.write_text(
        "import archived\nfrom briefing_kit.engines import Workers, crew\n"
        "if __name__ == '__main__':\n"
        "    with crew(Workers(engine='processes', number=2)) as hands:\n"
        f"        list(hands.spread(archived.wait_forever, {str(tmp_path)!r}, range(4)))\n"
    )
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    process = subprocess.Popen(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": path}, start_new_session=True, stderr=subprocess.PIPE, text=True
    )
    with (tmp_path / "here.pipe").open() as pipe:
        worker = int(pipe.readline())
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert said.count("KeyboardInterrupt") == 1
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
