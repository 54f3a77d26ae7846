"""The command line: what it prints, what it refuses, and with which exit code."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from small_workbook import make_workbook, tree

from briefing_kit import cli
from briefing_kit.weekly import history


@pytest.fixture
def run(monkeypatch, capsys, tmp_path) -> Any:
    """`run(*arguments)` gives exit code, standard output and standard error of `briefing-kit`, called in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["briefing-kit", *map(str, arguments)])
        with pytest.raises(SystemExit) as ending:
            cli.main()
        out, err = capsys.readouterr()
        return int(ending.value.code or 0), out, err

    return call


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_workbook(tmp_path / "book")


REFUSALS = [
    (["--week", "2021-W60"], ["--week", "'2021-W60'", "2021-W52"]),
    (["--week", "2021-W20"], ["--week", "no briefing of 2021-W20", "2021-W10, 2021-W11"]),
    (["--since", "2022-W01"], ["--since", "2021-W10, 2021-W11"]),
    (["--since", "2022"], ["--since", "such as 2019-W42"]),
    (["--week", "2021-W11", "--all"], ["--week", "contradicts --all"]),
    (["--all", "--missing"], ["contradicts"]),
    (["--set", "second.tpo=3"], ["--set second", "did you mean 'top'?"]),
    (["--set", "second.top=many"], ["02_second.top", "'many'"]),
    (["--briefings", "nowhere"], ["--briefings", "nowhere", "is not a folder"]),
    (["--briefings", "empty"], ["empty", "no briefing in this folder"]),
    (["--marking", "secret"], ["--marking", "TLP:CLEAR"]),
    (["--country", "Atlantis"], ["--country", "ISO 3166"]),
    (["--country", "LBY"], ["--country", "no briefing of 'LBY'", "NGA"]),
    (["--series", "Libya"], ["--series", "Delta monitor"]),
    (["--weeks-before", "-1"], ["--weeks-before"]),
    (["--kernel", "java"], ["--kernel", "stock"]),
    (["--wek", "2021-W11"], ["--wek", "--week"]),
    (["--workbook", "nowhere"], ["--workbook", "nowhere"]),
    (["--workbook", "empty"], ["--workbook", "empty holds no notebooks/"]),
]


@pytest.mark.parametrize(("options", "words"), REFUSALS, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_a_refusal_is_one_line_and_writes_nothing(run, book, options, words):
    """Exit 2; option or file, field and mend are named; no traceback, no file."""
    (book.parent / "empty").mkdir()
    before = tree(book)
    where = [] if "--workbook" in options else ["--workbook", book]
    code, out, err = run("weekly", *where, *options)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert all(word in err for word in words), err
    assert tree(book) == before
    assert not (book / "reports").exists()


BAD_FILES = [
    ("2021-03-17_bad.md", b"---\npublished_on: 2021-13-45\n---\nText.\n", ["2021-03-17_bad.md", "published_on", "2019-10-16"]),
    ("2021-03-17_bad.md", b"---\nmarking: TLP:RED\ntlp: TLP:CLEAR\n---\nText.\n", ["2021-03-17_bad.md", "marking", "twice"]),
    ("2021-03-17_bad.txt", bytes(range(256)) * 20, ["2021-03-17_bad.txt", "text"]),
]


@pytest.mark.parametrize(("name", "data", "words"), BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused_where_strict(run, book, name, data, words):
    """File, field and mend, before anything is written."""
    (book / "data" / "briefings" / name).write_bytes(data)
    code, out, err = run("weekly", "--workbook", book, "--strict")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert all(word in err for word in words), err
    assert not (book / "reports").exists()


def test_key_judgements_that_are_no_text_are_refused(run, book):
    """Before the report is made, not when it is bound."""
    (book / "data" / "commentary").mkdir()
    (book / "data" / "commentary" / "2021-W11.md").write_bytes(b"Unrest is likely\xff")
    code, _, err = run("weekly", "--workbook", book)
    assert code == 2
    assert "data/commentary/2021-W11.md: not UTF-8 text" in err


def test_no_dated_briefing_is_refused(run, book):
    """A week cannot be guessed."""
    for path in (book / "data" / "briefings").iterdir():
        path.unlink()
    (book / "data" / "briefings" / "note.txt").write_text("Nothing happened.", encoding="utf-8")
    code, _, err = run("weekly", "--workbook", book)
    assert code == 2
    assert "note.txt: published_on" in err


def test_a_refusal_is_on_record_where_there_is_a_history(run, book):
    """A scheduler's misspelling can be found later; the reports themselves are not touched."""
    (book / "reports").mkdir()
    history.append(book / "reports", {"week": "2021-W11", "status": "ok"})
    assert run("weekly", "--workbook", book, "--set", "tpo=1")[0] == 2
    last = history.read(book / "reports")[-1]
    assert last["status"] == "refused"
    assert "did you mean 'top'?" in last["reason"]


def test_a_dry_run_tells_the_plan(run, book):
    """And does nothing."""
    code, out, _ = run("weekly", "--workbook", book, "--all", "--dry-run")
    assert code == 0
    assert out == "2021-W10  make  (no report yet)\n2021-W11  make  (no report yet)\n"
    assert not (book / "reports").exists()


def test_history_shows_the_last_runs(run, book):
    """Newest last, no more than asked for."""
    (book / "reports").mkdir()
    for week in ("2021-W09", "2021-W10", "2021-W11"):
        history.append(book / "reports", {"week": week, "status": "failed", "seconds": 1.25, "reason": "because"})
    code, out, _ = run("history", "--workbook", book, "-n", "2")
    assert (code, out) == (0, "2021-W10  failed  1.2 s  because\n2021-W11  failed  1.2 s  because\n")


@pytest.mark.parametrize("command", ["weekly", "parse", "check", "codebook", "history", "doctor", "actors"])
def test_every_command_has_help(run, command):
    """`--help` says what a command does and exits 0."""
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "Usage: briefing-kit" in out


def test_help_teaches_by_example(run):
    """The weekly command shows calls that can be copied."""
    assert "briefing-kit weekly --week 2019-W42" in " ".join(run("weekly", "--help")[1].split())


def test_codebook_of_one_table(run):
    """Every column with its meaning."""
    code, out, _ = run("codebook", "claims")
    assert code == 0
    assert out.startswith("claims: one row per ")
    assert "approximator" in out
    code, _, err = run("codebook", "claim")
    assert code == 2
    assert "'claims'" in err


def test_parse_prints_one_table(run, book, monkeypatch):
    """CSV or JSON lines on standard output, all formats to a folder."""
    path = book / "data" / "briefings" / "2021-03-10_delta.md"
    code, out, _ = run("parse", path, "--table", "documents", "--format", "jsonl")
    assert code == 0
    assert json.loads(out)["title"] == "Delta monitor 1"
    code, out, err = run("parse", path, "--table", "documents")
    assert out.splitlines()[0].startswith("doc_id,")
    assert err == "briefing-kit: marked TLP:GREEN\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("Police said 12 people were killed."))
    code, out, _ = run("parse", "-", "--date", "2021-03-10", "--table", "documents", "--format", "jsonl")
    assert json.loads(out)["doc_id"] == "stdin"


def test_parse_leaves_out_what_cannot_be_read(run, book):
    """Of a folder or pattern, told on standard error; a file that is named, and any with --strict, is refused."""
    (book / "data" / "briefings" / "2021-03-24_bad.md").write_text("---\npublished_on: soon\n---\nText.\n", encoding="utf-8")
    line = "2021-03-24_bad.md: published_on: 'soon' is no date; write it as 2019-10-16"
    for source in (book / "data" / "briefings", book / "data" / "**" / "*.md"):
        code, out, err = run("parse", source, "--table", "documents", "--format", "jsonl")
        assert (code, out.count("\n")) == (0, 2)
        assert err.splitlines()[0] == f"briefing-kit: left out {line}"
        code, out, err = run("parse", source, "--table", "documents", "--strict")
        assert (code, out, err) == (2, "", f"briefing-kit: {line}\n")
    assert run("parse", book / "data" / "briefings" / "2021-03-24_bad.md", "--table", "documents")[0] == 2


def test_parse_writes_all_tables(run, book):
    """Seven files, for a folder of briefings."""
    out = book / "out"
    assert run("parse", book / "data" / "briefings", "--out", out, "--format", "parquet")[0] == 0
    assert len(list(out.glob("*.TLP-GREEN.parquet"))) == 7


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--table", "claim"], "did you mean 'claims'?"),
        ([], "--table"),
        (["--table", "claims", "--format", "parquet"], "--out"),
        (["--table", "claims", "--date", "yesterday"], "--date"),
        (["--table", "claims", "--actors", "nowhere.csv"], "--actors"),
    ],
)
def test_parse_refuses_what_it_cannot_do(run, book, options, word):
    """One line, exit 2."""
    code, out, err = run("parse", book / "data" / "briefings" / "2021-03-10_delta.md", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert word in err


def test_doctor_gives_each_finding_its_mend(run, book):
    """Two weeks without a report are worth a note."""
    code, out, _ = run("doctor", "--workbook", book)
    assert "no report yet of 2021-W10, 2021-W11: briefing-kit weekly --missing" in out
    assert "no run is on record" in out
    assert code == 0, out


def test_actors_are_added_merged_and_rejected(run, book):
    """One line of data/actors.csv each, and one sentence that says so; what will not do is refused."""
    where = ("--workbook", book)
    code, out, err = run("actors", "add", "Delta Avengers", "--type", "armed_group", "--country", "NGA", "--alias", "DAV", *where)
    assert (code, err) == (0, "")
    assert "added Delta Avengers (delta-avengers)" in out
    assert "counted as Delta Avengers" in run("actors", "merge", "Avengers of the Delta", "Delta Avengers", *where)[1]
    assert "is no actor" in run("actors", "reject", "Delta Monitor", *where)[1]
    path = book / "data" / "actors.csv"
    before = path.read_bytes()
    assert before.count(b"\n") == 4
    for arguments, word in (
        (("add", "X Front", "--type", "gang"), "'gang'"),
        (("merge", "Delta Avengers", "Nobody At All"), "Nobody At All"),
    ):
        code, out, err = run("actors", *arguments, *where)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert word in err
    assert path.read_bytes() == before


def test_the_worklist_shows_unknown_names(run, book):
    """Each with its sentence."""
    path = book / "data" / "briefings" / "2021-03-17_delta.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nThe Zorbek Liberation Front attacked Warri on 15 March.\n", encoding="utf-8")
    code, out, _ = run("actors", "worklist", "--workbook", book)
    assert code == 0
    assert "Zorbek Liberation Front" in out
    assert "attacked Warri" in out
