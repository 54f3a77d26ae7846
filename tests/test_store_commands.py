"""`briefing-kit store` and workbooks that read through an archive."""

from __future__ import annotations

import pandas as pd
import pytest
from archived import TEXTS, write_texts

import briefing_kit as bk
from briefing_kit import cli
from briefing_kit.briefing import MARKINGS
from briefing_kit.store.archive import open_store
from briefing_kit.weekly.stage import analysed
from briefing_kit.workbook import load_workbook


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A workbook with some briefings, to be called in."""
    write_texts(tmp_path / "data" / "briefings", TEXTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, monkeypatch, *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["briefing-kit", "store", *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    said = capsys.readouterr()
    return end.value.code, said.out, said.err


@pytest.fixture
def store(capsys, monkeypatch):
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


def test_fill_ask_remove_compact(book, store):
    """The whole life of an archive on the command line, in its default place."""
    sub = write_texts(book / "data" / "briefings" / "older", {"2020-01-08_x.md": "Police said 3 people were killed on 6 January."})[0]
    assert store("add", "data/briefings") == (0, "6 new, 0 changed, 0 unchanged\n", "")
    assert store("add", "data/briefings/*.md", str(sub)) == (0, "0 new, 0 changed, 5 unchanged\n", "")
    code, out, _ = store("info")
    assert code == 0
    assert out.startswith("6 briefings, 1 of them without a date; 2020-W02 to 2021-W12 (4 weeks); 35 files, ")
    assert store("check") == (0, "all is well\n", "")
    code, out, _ = store("query", "SELECT doc_id, published_on, n_words / 2.0 AS half FROM documents WHERE week = '2020-W02'")
    assert (code, out) == (0, "doc_id        published_on  half\n------------  ------------  ----\n2020-01-08-x  2020-01-08    4.5\n")
    assert store("query", "SELECT doc_id FROM documents ORDER BY 1", "--limit", "1")[1].endswith(
        "and 5 more rows: --limit 6, or --out FILE.csv\n"
    )
    sub.unlink()
    assert store("remove", "--not-in", "data/briefings") == (0, "1 removed\n", "")
    assert store("remove", "--not-in", "data/briefings") == (0, "0 removed\n", "")
    assert store("remove", "notes") == (0, "1 removed\n", "")
    assert store("compact") == (0, "0 weeks laid out anew, 21 files before, 21 now\n", "")
    (book / "archive" / "claims" / "x.parquet").write_bytes(b"")
    assert store("check") == (1, "claims/x.parquet: belongs to no part; remove it\n", "")


def test_answers_as_files(book, store):
    """CSV and Parquet bear the strictest marking of the briefings asked about; contested figures need weeks."""
    store("add", "data/briefings")
    sql = "SELECT value, source FROM claims WHERE contested ORDER BY value"
    assert store("query", sql, "--weeks", "2021-W10..2021-W11", "--out", "told.csv") == (0, "told.TLP-AMBER.csv\n", "")
    assert (book / "told.TLP-AMBER.csv").read_text(encoding="utf-8").startswith("value,source\n")
    assert store("query", "SELECT 1 AS one", "--weeks", "2021-W12", "--out", "one.parquet") == (0, "one.parquet\n", "")
    assert pd.read_parquet(book / "one.parquet")["one"].tolist() == [1]
    assert open_store(book / "archive").marking() in MARKINGS


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("query", "SELECT 1"), "archive: no store in this folder; make one with briefing-kit store add FOLDER --store archive"),
        (("add", "nowhere"), "FOLDER: nowhere: no such folder, file or pattern: check the name"),
        (
            ("add", "data/briefings", "--scheduler", "tcp://x:1"),
            "scheduler: tcp://x:1 with engine 'serial'; only engine='dask' has a scheduler",
        ),
        (("add", "data/briefings", "--store", "data"), "data: there is something else in this place; name a new folder for the store"),
        (("add", "data/briefings", "--date", "soon"), "document_date: 'soon' is no date; write it as 2019-10-16"),
    ],
)
def test_refusals(book, store, arguments, message):
    """One line on standard error, exit code 2."""
    assert store(*arguments) == (2, "", f"briefing-kit: {message}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("query", "SELECT 1", "--weeks", "2021-W12..2021-W10"), "--weeks: 2021-W12..2021-W10: ends before it begins"),
        (("query", "SELECT 1", "--weeks", "2021-12"), "--weeks: '2021-12' is not a week"),
        (("query", "SELECT 1", "--out", "x.txt"), "--out: x.txt: name a .csv or .parquet file"),
        (("query", "SELEC 1"), "SQL: Parser Error"),
        (("remove",), "DOC_ID: name the briefings to take out"),
        (("remove", "note"), "archive: no briefing 'note'; did you mean 'notes'?"),
    ],
)
def test_refusals_of_an_archive(book, store, arguments, message):
    """One line on standard error, exit code 2, nothing done."""
    store("add", "data/briefings")
    code, out, err = store(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_files_that_cannot_be_read_are_passed_over_or_refused(book, store):
    """The rest is added and the exit code says that something was not; --strict adds nothing."""
    (book / "data" / "briefings" / "bad.md").write_bytes(b"\0\0")
    code, out, err = store("add", "data/briefings", "--strict")
    assert (code, out) == (2, "")
    code, out, err = store("add", "data/briefings")
    assert (code, out) == (1, "5 new, 0 changed, 0 unchanged, 1 refused\n")
    assert err.startswith("briefing-kit: passed over: bad.md: ")


def test_cells_cannot_steer_the_terminal(book, store):
    """Control characters of a text are not printed."""
    write_texts(book / "data" / "briefings", {"2020-01-08_x.md": "Police in\x1b[2J \u202eBenghazi said 3 people were killed on 6 January."})
    store("add", "data/briefings")
    out = store("query", "SELECT text FROM sentences WHERE week = '2020-W02'")[1]
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_a_workbook_reads_through_its_archive(book):
    """With the setting `store` notebooks and the weekly run get the same tables, and only what is new is analysed."""
    plain = bk.load_week("2021-W12", weeks_before=2, workbook=book)
    without = analysed(load_workbook(book), bk.load_briefings(book / "data" / "briefings"), ())
    (book / "data" / "workbook.toml").write_text('store = "data/archive"\n')
    for _ in range(2):
        through = bk.load_week("2021-W12", weeks_before=2, workbook=book)
        for part in ("this", "before", "all"):
            for name, frame in getattr(plain, part).items():
                pd.testing.assert_frame_equal(frame, getattr(getattr(through, part), name))
    assert open_store(book / "data" / "archive").weeks() == ["2021-W10", "2021-W11", "2021-W12"]
    assert bk.load_week(workbook=book).week == "2021-W12"
    with_store = analysed(load_workbook(book), bk.load_briefings(book / "data" / "briefings"), ())
    for name, frame in without.items():
        pd.testing.assert_frame_equal(frame, getattr(with_store, name))
    alone = bk.load_week(store=book / "data" / "archive", weeks_before=2)
    for name, frame in plain.all.items():
        pd.testing.assert_frame_equal(frame, getattr(alone.all, name))
