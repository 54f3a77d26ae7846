"""A report is put in place at once or not at all."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_workbook import tree

from briefing_kit.weekly import history, manifest, publish
from briefing_kit.weekly.lock import held
from briefing_kit.weekly.status import Refused

HOLD = """
import sys
from pathlib import Path
from briefing_kit.weekly.lock import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    input()
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A reports folder with one good report and a finished staging folder beside it."""
    folder = tmp_path / "reports"
    for name, text in (("2021-W11", "old"), (".staging-2021-W11--x", "new")):
        (folder / name).mkdir(parents=True)
        (folder / name / "a.txt").write_text(text, encoding="utf-8")
    return folder


def content(reports: Path) -> dict[str, str]:
    return {name: data.decode() for name, data in tree(reports).items()}


def test_a_first_report_is_renamed_into_place(reports):
    """Nothing is left of the staging folder."""
    publish.publish(reports / ".staging-2021-W11--x", reports / "2021-W12")
    assert content(reports) == {"2021-W11/a.txt": "old", "2021-W12/a.txt": "new"}


def test_a_new_report_takes_the_place_of_the_old(reports):
    """The old one is gone when it returns."""
    publish.publish(reports / ".staging-2021-W11--x", reports / "2021-W11")
    assert content(reports) == {"2021-W11/a.txt": "new"}


def test_without_the_system_call_two_renames_do_it(reports, monkeypatch):
    """Other systems and file systems publish too, and leave no journal."""
    monkeypatch.setattr(publish, "exchange", lambda one, other: False)
    publish.publish(reports / ".staging-2021-W11--x", reports / "2021-W11")
    assert content(reports) == {"2021-W11/a.txt": "new"}


@pytest.mark.parametrize("fatal", range(1, 5))
def test_killed_between_two_renames_the_next_run_mends_it(reports, monkeypatch, fatal):
    """At whichever rename the process dies, a complete report stands after `recover`, the old one or the new one."""
    monkeypatch.setattr(publish, "exchange", lambda one, other: False)
    steps = 0
    rename = Path.rename

    def dying(self: Path, target: Path) -> Path:
        nonlocal steps
        steps += 1
        if steps >= fatal:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", dying)
    with suppress(KeyboardInterrupt):
        publish.publish(reports / ".staging-2021-W11--x", reports / "2021-W11")
    monkeypatch.setattr(Path, "rename", rename)
    publish.recover(reports)
    expected = {1: "old", 2: "old", 3: "new", 4: "new"}[fatal]
    assert content(reports) == {"2021-W11/a.txt": expected}


def test_recovery_names_the_runs_that_were_cut_short(reports):
    """Their staging folders go, the good report stays."""
    assert publish.recover(reports) == ["2021-W11--x"]
    assert content(reports) == {"2021-W11/a.txt": "old"}


@given(st.text(max_size=30))
def test_only_weeks_name_a_folder(name):
    """Whatever the name, no path leads out of reports/."""
    root = Path("/nowhere/reports")
    try:
        target = publish.report_folder(root, name)
    except Refused:
        return
    assert target.parent == root
    assert not target.name.startswith(".")


@pytest.mark.parametrize("name", ["../2021-W11", "2021-W11/..", "2021-W11\n", "a/2021-W11", "2021-W11_", "2021-W11_a/b", ".."])
def test_names_that_lead_elsewhere_are_refused(tmp_path, name):
    """No traversal, no newline."""
    with pytest.raises(Refused):
        publish.report_folder(tmp_path, name)


def test_a_link_in_place_of_a_report_is_refused(reports, tmp_path):
    """Publishing must not write where a link points."""
    (reports / "2021-W12").symlink_to(tmp_path)
    with pytest.raises(Refused, match="a link or a file"):
        publish.report_folder(reports, "2021-W12")


def test_reports_that_lead_out_of_the_workbook_are_refused(tmp_path):
    """The reports folder itself may be a link, but not out of the workbook."""
    book, outside = tmp_path / "book", tmp_path / "outside"
    book.mkdir()
    outside.mkdir()
    (book / "reports").symlink_to(outside)
    with pytest.raises(Refused, match="leads out of the workbook"):
        publish.reports_folder(book)


def test_a_lock_is_not_shared(tmp_path):
    """The second run is refused at once, and told who holds it."""
    path = tmp_path / ".lock"
    with held(path), pytest.raises(Refused, match=f"process {os.getpid()}"), held(path):
        pass
    with held(path):
        pass


def test_a_dead_process_holds_no_lock(tmp_path):
    """SIGKILL frees it, for the system keeps it, not a file."""
    path = tmp_path / ".lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Refused), held(path):
            pass
        holder.kill()
        holder.wait()
        with held(path):
            pass


def test_a_run_may_wait_for_the_other(tmp_path):
    """As long as it was told to."""
    path = tmp_path / ".lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.stdin.write("\n")
        holder.stdin.flush()
        with held(path, wait_seconds=60):
            pass
        assert holder.wait() == 0


def test_the_manifest_lists_every_file(tmp_path):
    """With its hash; a changed or missing file shows."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "a.csv").write_text("a", encoding="utf-8")
    written = manifest.write_manifest(tmp_path, {"week": "2021-W11", "key": "k"})
    assert [output["path"] for output in written["outputs"]] == ["tables/a.csv"]
    assert manifest.read_manifest(tmp_path) == written
    assert manifest.intact(tmp_path, written)
    (tmp_path / "tables" / "a.csv").write_text("b", encoding="utf-8")
    assert not manifest.intact(tmp_path, written)
    (tmp_path / "tables" / "a.csv").unlink()
    assert not manifest.intact(tmp_path, written)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99}'])
def test_a_manifest_that_cannot_be_read_is_none(tmp_path, text):
    """The report is then made again."""
    (tmp_path / manifest.NAME).write_text(text, encoding="utf-8")
    assert manifest.read_manifest(tmp_path) is None


def test_what_a_report_supersedes():
    """What changed is named; made again from the same, a report says what it said before."""
    old = {"key": "1", "made_from": {"a.md": "x", "b.md": "y"}}
    said = manifest.supersedes(old, {"a.md": "z", "c.md": "n"}, "2")
    assert said == {"key": "1", "changed": {"a.md": "changed", "b.md": "gone", "c.md": "new"}}
    assert manifest.supersedes(None, {}, "1") is None
    again = {"key": "2", "supersedes": said}
    assert manifest.supersedes(again, {}, "2") == said


def test_a_reader_is_told_of_changed_inputs_only():
    """New software alone is no news for the reader."""
    assert manifest.supersedes_note({"changed": {"code": "changed", "version.pandas": "changed"}}) == ""
    assert manifest.supersedes_note(None) == ""
    note = manifest.supersedes_note({"changed": {"data/briefings/a.md": "changed", "code": "changed"}})
    assert note == "This report supersedes an earlier one of the same week. Since then: data/briefings/a.md (changed)."


def test_the_history_survives_a_line_cut_short(tmp_path):
    """A power failure costs one line, not the history."""
    history.append(tmp_path, {"week": "2021-W10", "status": "ok"})
    with (tmp_path / history.NAME).open("a", encoding="utf-8") as handle:
        handle.write('{"week": "2021-')
        handle.write("\n")
    history.append(tmp_path, {"week": "2021-W11", "status": "failed"})
    assert [line["week"] for line in history.read(tmp_path)] == ["2021-W10", "2021-W11"]
    assert json.loads((tmp_path / history.NAME).read_text(encoding="utf-8").splitlines()[-1])["status"] == "failed"


def test_no_history_is_an_empty_one(tmp_path):
    """A new workbook has none."""
    assert history.read(tmp_path) == []
