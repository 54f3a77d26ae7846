"""The weekly run end to end on a small workbook, and every way in which it can fail."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import psutil
import pytest
from small_workbook import FIRST, make_workbook, tree, write_notebook

from briefing_kit.weekly import history
from briefing_kit.weekly.lock import held
from briefing_kit.weekly.plan import RunOptions
from briefing_kit.weekly.run import run_week, run_weeks
from briefing_kit.weekly.status import Refused

WEEK = "2021-W11"
MARKED = ("claims.TLP-GREEN.csv", "claims.TLP-GREEN.parquet", "documents.TLP-GREEN.csv", "codebook.TLP-GREEN.csv")
COMMAND = [sys.executable, "-m", "briefing_kit", "weekly"]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with one good report."""
    folder = make_workbook(tmp_path_factory.mktemp("good") / "book")
    result = run_week(WEEK, workbook=folder)
    assert result.ok, (result.reason, result.traceback)
    return folder


@pytest.fixture
def book(published: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copytree(published, tmp_path / "book"))


@pytest.fixture
def begun(tmp_path: Path) -> Any:
    """A pipe: `begun()` waits until a notebook with the code `begun.code` is at work."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def wait() -> int:
        with pipe.open(encoding="ascii") as handle:
            return int(handle.read())

    wait.code = f"import os, time\nwith open({str(pipe)!r}, 'w') as pipe:\n    pipe.write(str(os.getpid()))\ntime.sleep(600)"
    return wait


def spoil(book: Path, *code: str) -> None:
    """Put other code into the first notebook."""
    write_notebook(book / "notebooks" / "01_first.ipynb", list(code))


def report(book: Path, week: str = WEEK) -> dict[str, bytes]:
    return tree(book / "reports" / week)


def last(book: Path) -> dict[str, Any]:
    return history.read(book / "reports")[-1]


def started(book: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen([*COMMAND, "--workbook", str(book), *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _namespaces() -> bool:
    tool = shutil.which("unshare")
    return bool(tool) and subprocess.run([str(tool), "-rn", "true"], check=False, capture_output=True).returncode == 0


def test_a_report_has_every_form(published):
    """PDF, HTML, workbook, CSV and Parquet tables, executed notebooks, changes and manifest."""
    names = set(report(published))
    assert {f"{WEEK}.pdf", f"{WEEK}.html", f"{WEEK}.xlsx", "changes.json", "manifest.json", "notebooks/01_first.ipynb"} <= names
    assert {f"tables/{name}" for name in MARKED} <= names
    assert report(published)[f"{WEEK}.pdf"].startswith(b"%PDF-")
    assert (published / "reports" / "index.html").is_file()
    assert not list((published / "reports").glob(".staging*"))


def test_the_manifest_says_what_the_report_is_made_from(published):
    """Parameters with defaults, hashes, versions and row counts; no time of day."""
    manifest = json.loads(report(published)["manifest.json"])
    assert manifest["status"] == "ok"
    assert manifest["marking"] == "TLP:GREEN"
    assert manifest["parameters"]["02_second"] == {
        "week": WEEK,
        "briefings": "data/briefings",
        "tables": "tables",
        "weeks_before": 4,
        "top": 5,
    }
    assert {"data/briefings/2021-03-10_delta.md", "data/briefings/2021-03-17_delta.md", "notebooks/01_first.ipynb"} <= set(
        manifest["made_from"]
    )
    assert manifest["rows"]["documents"] == 1
    assert manifest["supersedes"] is None
    assert {output["path"] for output in manifest["outputs"]} == set(report(published)) - {"manifest.json"}


def test_notebooks_are_executed_with_the_parameters(published):
    """The injected cell and the output of the code stand in the published notebook."""
    text = report(published)["notebooks/02_second.ipynb"].decode()
    assert f"second {WEEK} 5" in text
    assert "injected-parameters" in text


def test_nothing_published_tells_where_it_was_made(published):
    """No path of this machine, no user, no host, in any file that can be read as text."""
    secrets = [str(published), f"{Path.home()}/", sys.prefix, *[host for host in [os.uname().nodename] if len(host) > 5]]
    for name, data in report(published).items():
        assert not [secret for secret in secrets if secret.encode() in data], name


def test_the_same_input_gives_the_same_bytes(published, book):
    """A forced second run, in another folder, changes not one byte of any artefact."""
    assert run_week(WEEK, workbook=book, force=True, settings=(("kernel", "fork"), ("jobs", 1))).ok
    assert report(book) == report(published)


def test_a_standing_report_is_left_alone(book):
    """A second call does nothing, not even write a line."""
    before = tree(book)
    result = run_week(WEEK, workbook=book)
    assert (result.ok, result.up_to_date) == (True, True)
    assert tree(book) == before


def test_a_changed_input_makes_the_report_anew_and_says_so(book):
    """The new report names the one it supersedes and what changed."""
    before = json.loads(report(book)["manifest.json"])
    path = book / "data" / "briefings" / "2021-03-17_delta.md"
    path.write_text(path.read_text(encoding="utf-8").replace("14 people", "15 people"), encoding="utf-8")
    assert not run_week(WEEK, workbook=book).up_to_date
    said = json.loads(report(book)["manifest.json"])["supersedes"]
    assert said == {"key": before["key"], "changed": {"data/briefings/2021-03-17_delta.md": "changed"}}


def test_a_damaged_report_is_made_anew(book, published):
    """A published file that somebody changed does not stay."""
    (book / "reports" / WEEK / f"{WEEK}.pdf").write_bytes(b"")
    assert run_week(WEEK, workbook=book).ok
    assert report(book) == report(published)


def test_missing_weeks_are_filled_oldest_first(book):
    """Only weeks without a report; a second call finds none."""
    results = run_weeks(RunOptions(workbook=book, missing=True))
    assert [(result.week, result.status) for result in results] == [("2021-W10", "ok")]
    assert run_weeks(RunOptions(workbook=book, missing=True)) == []
    assert all(result.up_to_date for result in run_weeks(RunOptions(workbook=book, all_weeks=True)))


def test_a_choice_of_series_has_a_folder_of_its_own(book, published):
    """The whole week's report is not replaced by a part of it."""
    result = run_week(WEEK, workbook=book, series="delta monitor")
    assert result.ok
    assert result.folder == book / "reports" / f"{WEEK}_delta-monitor"
    assert report(book) == report(published)


def test_a_marking_lowered_by_hand_is_told(book):
    """The strictest of the briefings otherwise."""
    assert run_week(WEEK, workbook=book, marking="clear").ok
    assert json.loads(report(book)["manifest.json"])["marking"] == "TLP:CLEAR"


def test_judgements_of_other_briefings_do_not_open_the_report(book, tmp_path):
    """With another folder of texts the workbook's key judgements are left out, as a note and a warning say; with its own they open it."""
    (book / "data" / "commentary").mkdir()
    (book / "data" / "commentary" / f"{WEEK}.md").write_text("Quiet weeks are unlikely.\n", encoding="utf-8")
    assert run_week(WEEK, workbook=book).ok
    assert b"Quiet weeks are unlikely" in report(book)[f"{WEEK}.html"]
    elsewhere = shutil.copytree(book / "data" / "briefings", tmp_path / "elsewhere")
    result = run_week(WEEK, workbook=book, briefings=elsewhere)
    page = report(book)[f"{WEEK}.html"].decode()
    assert "Quiet weeks are unlikely" not in page
    assert f"The key judgements of data/commentary/{WEEK}.md are left out" in page
    assert any("are left out" in warning for warning in result.warnings)
    assert run_week(WEEK, workbook=book, briefings=book / "data" / ".." / "data" / "briefings").ok
    assert b"Quiet weeks are unlikely" in report(book)[f"{WEEK}.html"]


KILLED_BEFORE_THE_LINE = """
import os, sys
from briefing_kit.weekly import account, run
from briefing_kit.weekly.publish import publish

def publish_and_die(staging, target):
    publish(staging, target)
    os.kill(os.getpid(), 9)

run.publish = publish_and_die
run.run_week(sys.argv[2], workbook=sys.argv[1])
"""


@pytest.mark.parametrize("first", [True, False])
def test_a_run_killed_after_its_report_stood_is_recorded_as_ok(book, first):
    """The manifest tells that it went well; the next run says so in the history, and makes nothing anew."""
    if first:
        shutil.rmtree(book / "reports" / WEEK)
    path = book / "data" / "briefings" / "2021-03-17_delta.md"
    path.write_text(path.read_text(encoding="utf-8").replace("14 people", "15 people"), encoding="utf-8")
    before = len(history.read(book / "reports"))
    done = subprocess.run([sys.executable, "-c", KILLED_BEFORE_THE_LINE, str(book), WEEK], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(history.read(book / "reports")) == before
    assert run_week(WEEK, workbook=book).up_to_date
    lines = history.read(book / "reports")[before:]
    assert [(line["week"], line["status"]) for line in lines] == [(WEEK, "ok")]
    assert lines[0]["reason"] == "the run was killed after its report was put in place"
    after = tree(book)
    assert run_week(WEEK, workbook=book).up_to_date
    assert tree(book) == after


FAULTS = {
    "cell error": ("1 / 0", {}, "failed", "ZeroDivisionError"),
    "cell time-out": ("import time; time.sleep(600)", {"cell_timeout": 3}, "timed-out", "--cell-timeout"),
    "run deadline": ("import time; time.sleep(600)", {"run_timeout": 8}, "timed-out", "--run-timeout"),
    "dead kernel": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", {}, "kernel-died", "kernel died"),
    "silent exit": ("raise SystemExit(0)", {}, "failed", "SystemExit"),
    "notebook changed": ("open('../../../notebooks/02_second.ipynb', 'a').write(' ')", {}, "failed", "02_second.ipynb was changed while"),
    "input deleted": ("import shutil; shutil.rmtree(tables)\nopen(tables + '/claims.parquet')", {}, "failed", "FileNotFoundError"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_run_keeps_the_good_report_and_its_evidence(book, published, fault):
    """Each fault ends in its own status, says which cell and why, and leaves the last good report as it was."""
    code, settings, status, reason = FAULTS[fault]
    spoil(book, "print('before')", code, "print('after')")
    result = run_week(WEEK, workbook=book, settings=tuple(settings.items()))
    assert (result.status, last(book)["status"]) == (status, status), result
    assert reason in result.reason
    assert report(book) == report(published)
    assert result.folder == book / "reports" / "failed" / f"{WEEK}-1"
    assert {path.name for path in result.folder.iterdir()} == {"failure.html", "failure.json", "notebooks"}
    page = (result.folder / "failure.html").read_text(encoding="utf-8")
    assert status in page
    assert "01_first" in page
    notebook = (result.folder / "notebooks" / "01_first.ipynb").read_text(encoding="utf-8")
    assert "before" in notebook
    assert str(book) not in page + notebook + (result.folder / "failure.json").read_text(encoding="utf-8")
    assert not list((book / "reports").glob(".staging*"))


def test_only_the_newest_failures_are_kept(book):
    """So many as the settings say; numbers go on, for the history names them."""
    spoil(book, "1 / 0")
    for _ in range(3):
        run_week(WEEK, workbook=book, settings=(("keep_failed", 2),))
    kept = {path.name for path in (book / "reports" / "failed").iterdir()}
    assert kept == {f"{WEEK}-2", f"{WEEK}-3"}
    (book / "reports" / "failed" / "notes of mine").mkdir()
    run_week(WEEK, workbook=book, settings=(("keep_failed", 1),))
    assert {path.name for path in (book / "reports" / "failed").iterdir()} == {f"{WEEK}-4", "notes of mine"}


@pytest.mark.slow
def test_a_notebook_broken_in_one_week_does_not_stop_the_others(book):
    """A backfill makes what can be made and fails the rest."""
    spoil(book, "assert week != '2021-W10', 'not this one'")
    results = run_weeks(RunOptions(workbook=book, all_weeks=True))
    assert [(result.week, result.status) for result in results] == [("2021-W10", "failed"), (WEEK, "ok")]
    assert (book / "reports" / "failed" / "2021-W10-1" / "failure.html").is_file()


def test_a_stage_that_hangs_is_ended_by_the_deadline(book, published, monkeypatch):
    """Not only notebooks may take too long."""
    monkeypatch.setattr("briefing_kit.weekly.stage.stage_tables", lambda *arguments: threading.Event().wait(600))
    result = run_week(WEEK, workbook=book, force=True, settings=(("run_timeout", 1),))
    assert (result.status, last(book)["status"]) == ("timed-out", "timed-out")
    assert result.reason == "analyse was not done after 1 s (--run-timeout)"
    assert report(book) == report(published)


def test_an_error_of_a_stage_is_told_with_its_traceback(book, published, monkeypatch):
    """A renderer that fails leaves the last good report, and a page about itself."""

    def broken(*arguments: Any) -> None:
        raise ValueError(f"no font in {book}")

    monkeypatch.setattr("briefing_kit.weekly.render.render_html", broken)
    result = run_week(WEEK, workbook=book, force=True)
    assert (result.status, result.reason) == ("failed", f"render: no font in {book}")
    assert report(book) == report(published)
    assert result.folder is not None
    page = (result.folder / "failure.html").read_text(encoding="utf-8")
    assert "Traceback of the run" in page
    assert str(book) not in page


def test_an_input_deleted_while_the_run_is_at_work_changes_nothing(book):
    """What was read at the start is what is reported: the source is not looked at again."""
    path = str(book / "data" / "briefings" / "2021-03-17_delta.md")
    spoil(book, f"import os\nos.remove({path!r})", *FIRST)
    assert run_week(WEEK, workbook=book).ok
    with pytest.raises(Refused, match=f"no briefing of {WEEK}"):
        run_week(WEEK, workbook=book)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_run_told_to_stop_is_interrupted(book, published, begun, name):
    """Ctrl-C and a scheduler's stop end the run in order, its kernel too."""
    spoil(book, begun.code)
    with started(book) as run:
        kernel = begun()
        run.send_signal(getattr(signal, name))
        _, told = run.communicate(timeout=60)
    assert run.returncode == 1
    assert f"interrupted: stopped by {name} during execute" in told
    assert last(book)["status"] == "interrupted"
    assert report(book) == report(published)
    assert not is_alive(kernel)


@pytest.mark.slow
@pytest.mark.parametrize("kernel_kind", ["stock", "fork"])
def test_a_killed_run_leaves_the_good_report_and_no_kernel(book, published, begun, kernel_kind):
    """After kill -9 the last report stands, workers and kernel end by themselves, and the next run cleans up and records it."""
    spoil(book, begun.code)
    with started(book, "--kernel", kernel_kind) as run:
        kernel = psutil.Process(begun())
        workers = psutil.Process(run.pid).children()
        scratch = {Path(worker.cmdline()[-1].removesuffix("/fork")) for worker in workers}
        assert all(folder.is_dir() for folder in scratch)
        run.kill()
        run.communicate(timeout=60)
    assert report(book) == report(published)
    assert list((book / "reports").glob(".staging*"))
    assert psutil.wait_procs([kernel, *workers], timeout=60)[1] == [], "something outlived its run"
    assert not any(folder.exists() for folder in scratch)
    spoil(book, *FIRST)
    assert run_week(WEEK, workbook=book).ok
    assert report(book) == report(published)
    assert not list((book / "reports").glob(".staging*"))
    assert [line["status"] for line in history.read(book / "reports")] == ["ok", "interrupted"]


@pytest.mark.slow
def test_a_full_disk_leaves_the_good_report(book, published):
    """What cannot be written fails the run; a limit on the size of files stands for the disk."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    command = [*COMMAND, "--workbook", str(book), "--force"]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, check=False)
    assert done.returncode == 1, done.stderr
    assert "File too large" in done.stderr
    assert report(book) == report(published)
    assert last(book)["status"] == "failed"


SMALL_DISK = """
set -e
cp -r "$1/reports" "$1/kept"
mount -t tmpfs -o size=$(( $(du -sk "$1/reports" | cut -f1) + 60 ))k tmpfs "$1/reports"
cp -r "$1/kept/." "$1/reports/"
shift
"$@" || echo "exit $?"
cat "$BOOK/reports/runs.jsonl"
cd "$BOOK" && diff -r "kept/$WEEK" "reports/$WEEK" && echo unchanged
"""


@pytest.mark.slow
@pytest.mark.skipif(not _namespaces(), reason="the system gives no mount namespaces")
def test_a_disk_that_fills_up_leaves_the_good_report(book):
    """On a real file system without room for a second report the run fails, says so in the history, and the first one stands."""
    command = ["unshare", "-rm", "sh", "-c", SMALL_DISK, "sh", str(book), *COMMAND, "--workbook", str(book), "--force"]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "BOOK": str(book), "WEEK": WEEK}, check=False)
    assert "exit 1" in done.stdout, done.stderr
    assert "No space left on device" in done.stderr
    assert '"status": "failed"' in done.stdout
    assert done.stdout.endswith("unchanged\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder_is_refused(book):
    """Before anything is started."""
    (book / "reports").chmod(0o500)
    try:
        with pytest.raises(Refused, match="cannot be written"):
            run_week(WEEK, workbook=book, force=True)
    finally:
        (book / "reports").chmod(0o700)


def test_a_file_in_place_of_the_reports_folder_is_refused(tmp_path):
    """As good as unwritable, for root too."""
    book = make_workbook(tmp_path / "book")
    (book / "reports").write_text("", encoding="utf-8")
    with pytest.raises(Refused, match="a file, not a folder"):
        run_week(workbook=book)


def test_two_runs_at_once_are_one_too_many(book):
    """The second is refused while the first holds the lock, and nothing is written."""
    with held(book / "reports" / ".lock"):
        before = tree(book)
        with pytest.raises(Refused, match="another run"):
            run_week(WEEK, workbook=book, force=True)
        assert tree(book) == before


def test_a_refusal_writes_nothing(tmp_path):
    """Not even the folder of reports."""
    book = make_workbook(tmp_path / "book")
    before = tree(tmp_path)
    with pytest.raises(Refused):
        run_week("2021-W60", workbook=book)
    with pytest.raises(Refused):
        run_week(workbook=book, set_=("second.tpo=3",))
    assert tree(tmp_path) == before
    assert not (book / "reports").exists()


NO_NETWORK = """
import os, socket
from pathlib import Path

record = Path(os.environ["NETWORK_RECORD"])
with record.open("a") as handle:
    handle.write("started\\n")

def guarded(name, real):
    def call(self, address, *rest):
        if self.family != socket.AF_UNIX and not str(address[0]).startswith("127."):
            with record.open("a") as handle:
                handle.write(f"{name} {address}\\n")
            raise OSError(f"no network: {address}")
        return real(self, address, *rest)
    return call

for name in ("connect", "connect_ex"):
    setattr(socket.socket, name, guarded(name, getattr(socket.socket, name)))
"""


@pytest.mark.slow
def test_no_process_of_the_run_asks_for_the_network(tmp_path):
    """With every socket but loopback blocked, in the run, its workers and its kernels, the report is made and nobody tried."""
    book = make_workbook(tmp_path / "book")
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    record = tmp_path / "record.txt"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "guard"), "NETWORK_RECORD": str(record)}
    done = subprocess.run([*COMMAND, "--workbook", str(book)], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    lines = record.read_text(encoding="utf-8").splitlines()
    assert set(lines) == {"started"}
    assert len(lines) >= 1 + 2, "the guard was not at work in the child processes"


@pytest.mark.slow
@pytest.mark.skipif(not _namespaces(), reason="the system gives no network namespaces")
def test_the_run_needs_no_network_at_all(tmp_path):
    """In a namespace without any network, loopback included, for compiled code too."""
    book = make_workbook(tmp_path / "book")
    done = subprocess.run(["unshare", "-rn", *COMMAND, "--workbook", str(book)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith(f"reports/{WEEK}/{WEEK}.pdf")


def test_run_week_makes_one_week():
    """Choices of several weeks belong to the command line; the refusal says so."""
    with pytest.raises(Refused, match="run_week makes one week: leave missing out"):
        run_week(missing=True)


def test_a_file_that_cannot_be_read_is_left_out_and_told(book, capsys):
    """In the run's warnings, the manifest and the report's methods; the week is made anew once the file can be read."""
    bad = book / "data" / "briefings" / "2021-03-18_bad.md"
    bad.write_text("---\npublished_on: soon\n---\nPolice said 40 people were killed in Warri on 9 March.\n", encoding="utf-8")
    said = "data/briefings/2021-03-18_bad.md was left out: published_on: 'soon' is no date; write it as 2019-10-16"
    result = run_week(WEEK, workbook=book)
    assert (result.status, result.warnings) == ("ok", (said,))
    manifest = json.loads(report(book)["manifest.json"])
    assert manifest["warnings"] == [said]
    assert manifest["rows"]["documents"] == 1
    assert "2021-03-18_bad.md was left out" in report(book)[f"{WEEK}.html"].decode()
    again = run_week(WEEK, workbook=book)
    assert (again.up_to_date, again.warnings) == (True, (said,))
    with pytest.raises(Refused, match=r"2021-03-18_bad\.md: published_on"):
        run_week(WEEK, workbook=book, strict=True)
    bad.write_text(bad.read_text(encoding="utf-8").replace("soon", "2021-03-18"), encoding="utf-8")
    assert run_week(WEEK, workbook=book).warnings == ()
    assert json.loads(report(book)["manifest.json"])["rows"]["documents"] == 2


def test_an_unread_file_of_another_week_is_told_but_changes_no_report(book):
    """The newest briefing may be the one that cannot be read: last week's report must not pass for this week's in silence."""
    (book / "data" / "briefings" / "2021-03-24_bad.pdf").write_bytes(b"%PDF-")
    result = run_week(workbook=book)
    assert (result.week, result.up_to_date) == (WEEK, True)
    assert "2021-03-24_bad.pdf was left out" in result.warnings[0]
    with pytest.raises(Refused, match=r"--week: data/briefings/2021-03-24_bad\.pdf was left out"):
        run_week("2021-W12", workbook=book)


def test_a_pattern_of_briefings(book):
    """In place of a folder."""
    result = run_week(WEEK, workbook=book, briefings=book / "data" / "*" / "2021-03-17*")
    assert result.ok, result.reason
    made_from = json.loads(report(book)["manifest.json"])["made_from"]
    assert [name for name in made_from if name.endswith(".md")] == ["data/2021-03-17_delta.md"]
