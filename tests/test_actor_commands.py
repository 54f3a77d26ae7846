"""`briefing-kit actors` and `corrections` from end to end: what an analyst decides holds at every later run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import briefing_kit as bk
from briefing_kit import cli, csv_lines

MARCH_10 = """---
published_on: 2021-03-10
---
Fighters of the Zarqun Brigade attacked Warri on 8 March, killing 12 people. The Pelican Brigade won its match.

The Mangrove Council met the Zarkoun Brigade in Warri. Mangrove Council members left on 9 March.
"""
MARCH_17 = """---
published_on: 2021-03-17
---
The Zarkoun Brigade left Warri on 15 March. Officials said the Pelican Brigade had won again.
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    briefings = tmp_path / "book" / "data" / "briefings"
    briefings.mkdir(parents=True)
    (briefings / "2021-03-10_delta.md").write_text(MARCH_10, encoding="utf-8")
    (briefings / "2021-03-17_delta.md").write_text(MARCH_17, encoding="utf-8")
    return tmp_path / "book"


@pytest.fixture
def run(monkeypatch, capsys, book) -> Any:
    """`run(*arguments)` gives exit code, standard output and standard error of `briefing-kit`, called in the workbook."""
    monkeypatch.chdir(book)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["briefing-kit", *arguments])
        with pytest.raises(SystemExit) as ending:
            cli.main()
        out, err = capsys.readouterr()
        return int(ending.value.code or 0), out, err

    return call


def parsed(run: Any, table: str) -> list[dict[str, Any]]:
    """One table of all the workbook's briefings, parsed anew."""
    files = ["--actors", "data/actors.csv"] if Path("data/actors.csv").is_file() else []
    files += ["--corrections", "data/corrections.csv"] if Path("data/corrections.csv").is_file() else []
    code, out, err = run("parse", "data/briefings", "--table", table, "--format", "jsonl", *files)
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def ids(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {row["text"]: row["actor_id"] for row in rows}


def test_decisions_hold_at_every_later_run(run, book):
    """Reject a false actor, add a new one, merge two, mend a figure; parse again, edit another paragraph, parse again: all obeyed."""
    before = ids(parsed(run, "mentions"))
    assert {"Zarqun Brigade", "Zarkoun Brigade", "Pelican Brigade", "Mangrove Council"} <= before.keys()
    code, out, _ = run("actors", "worklist")
    assert code == 0
    assert "   2  Zarkoun Brigade  (armed_group, 2 weeks)" in out
    assert "the same as Zarqun Brigade (zarqun-brigade)?" in out

    assert run("actors", "reject", "Pelican Brigade")[0] == 0
    assert (
        run("actors", "add", "Mangrove Council", "--type", "political", "--country", "NGA", "--alias", "Council of the Mangroves")[0] == 0
    )
    assert run("actors", "add", "Zarqun Brigade", "--type", "armed_group")[0] == 0
    assert run("actors", "merge", "Zarkoun Brigade", "zarqun-brigade")[0] == 0
    claim = next(row for row in parsed(run, "claims") if row["text"] == "12 people")
    code, out, _ = run("corrections", "set", claim["claim_id"], "factuality", "alleged", "--note", "police figure")
    assert (code, out) == (0, "data/corrections.csv: c1: set claims '12 people' in 2021-03-10-delta\n")
    warri = next(row for row in parsed(run, "mentions") if row["text"] == "Warri")
    assert run("corrections", "reject", warri["mention_id"])[0] == 0
    code, out, _ = run(
        "corrections", "add", "mentions", "2021-03-17-delta", "Officials", "actor_id=mangrove-council", "mention_kind=nominal"
    )
    assert (code, out) == (0, "data/corrections.csv: c3: add mentions 'Officials' in 2021-03-17-delta\n")

    def obeyed() -> None:
        mentions = parsed(run, "mentions")
        after = ids(mentions)
        assert "Pelican Brigade" not in after
        assert {after["Zarqun Brigade"], after["Zarkoun Brigade"]} == {"zarqun-brigade"}
        council = next(row for row in mentions if row["text"] == "Mangrove Council")
        assert (council["actor_type"], council["country"], council["known"]) == ("political", "NGA", True)
        mended = next(row for row in parsed(run, "claims") if row["text"] == "12 people")
        assert (mended["factuality"], mended["status"], mended["correction_id"]) == ("alleged", "corrected", "c1")
        assert next(row["status"] for row in mentions if row["text"] == "Warri") == "rejected"
        added = next(row for row in mentions if row["text"] == "Officials")
        assert (added["actor"], added["status"], added["correction_id"]) == ("Mangrove Council", added["status"], "c3")
        assert added["status"] in ("added", "corrected")
        assert run("corrections", "stale") == (0, "3 corrections, 0 stale\n", "")
        code, out, _ = run("actors", "worklist")
        assert (code, out) == (0, "every name in data/briefings is on file\n")
        week = bk.load_week("2021-W11", workbook=book)
        counts = bk.mention_counts(week.all).set_index("actor_id")["mentions"]
        assert counts["zarqun-brigade"] == 3
        assert counts["mangrove-council"] == 3

    obeyed()
    first, second = (book / "data" / "briefings" / f"2021-03-{day}_delta.md" for day in (10, 17))
    first.write_text(
        MARCH_10.replace("The Mangrove Council met", "It rained all week.\n\nOn Tuesday the Mangrove Council met"), encoding="utf-8"
    )
    second.write_text(MARCH_17.replace("left Warri on 15 March", "left Warri at dawn on 16 March"), encoding="utf-8")
    obeyed()


def test_a_rejected_person_goes_with_the_surname(run, book):
    """Who is no actor under the full name is none under the short one."""
    path = book / "data" / "briefings" / "2021-03-17_delta.md"
    path.write_text(f"{MARCH_17}\nPolice arrested John Ekpenyong in Warri. Ekpenyong was released on 16 March.\n", encoding="utf-8")
    assert {"John Ekpenyong", "Ekpenyong"} <= ids(parsed(run, "mentions")).keys()
    run("actors", "reject", "John Ekpenyong")
    assert not {"John Ekpenyong", "Ekpenyong"} & ids(parsed(run, "mentions")).keys()


def test_a_stale_correction_is_listed(run, book):
    """With the reason, once the sentence itself was edited."""
    claim = next(row for row in parsed(run, "claims") if row["text"] == "12 people")
    run("corrections", "confirm", claim["claim_id"])
    path = book / "data" / "briefings" / "2021-03-10_delta.md"
    path.write_text(MARCH_10.replace("on 8 March, ", ""), encoding="utf-8")
    code, out, _ = run("corrections", "stale")
    assert code == 0
    assert out.splitlines() == [
        "c1  confirm claims  2021-03-10-delta  '12 people': its sentence is gone or was changed",
        "1 corrections, 1 stale",
    ]
    assert all(row["status"] == "auto" for row in parsed(run, "claims"))


def test_the_worklist_can_be_cut_and_written(run, tmp_path):
    """`--limit` says how many more there are; `--out` writes all of them."""
    code, out, _ = run("actors", "worklist", "--limit", "1")
    assert code == 0
    assert out.splitlines()[-1] == "and 3 more: --limit 4"
    assert run("actors", "worklist", "--out", str(tmp_path / "list.csv")) == (0, "", "")
    assert pd.read_csv(tmp_path / "list.csv")["count"].tolist() == [2, 2, 2, 1]


def test_clashes_in_the_file_are_reported(run, book):
    """Two lines with one name: the worklist and doctor say which one counts."""
    lines = ["name,type,id", "Delta Watch,ngo,", "Delta Watch,ngo,watch-of-delta"]
    (book / "data" / "actors.csv").write_text("\n".join(lines), encoding="utf-8")
    told = "data/actors.csv line 3: 'Delta Watch' is a name of 'delta-watch' (line 2) too; that one counts"
    assert run("actors", "worklist")[2] == f"briefing-kit: {told}\n"
    assert told in run("doctor")[1]


REFUSED = [
    (("actors", "add", "X Y", "--type", "gang"), "--type: no type 'gang'"),
    (("actors", "add", "X Y"), "--type"),
    (("actors", "merge", "X Y", "Nobody At All"), "INTO: no actor 'Nobody At All' on file"),
    (("actors", "reject", "="), "NAME: '=' is no name"),
    (("actors", "worklist", "--limit", "0"), "--limit"),
    (("actors", "add", "X Y", "--type", "ngo", "--workbook", "nowhere"), "--workbook: nowhere is not a folder"),
    (("actors", "reject", "X Y", "--workbook", "data"), "--workbook: data holds no data/: call it in a workbook's folder"),
    (("actors", "worklist", "--workbook", "data"), "--workbook: data holds no data/"),
    (("corrections", "stale", "--workbook", "data"), "--workbook: data holds no data/"),
    (("corrections", "reject", "ffffffffffff"), "ROW_ID: no row 'ffffffffffff'"),
    (("corrections", "add", "claim", "2021-03-17-delta", "Warri"), "TABLE: no 'claim': did you mean 'claims'?"),
    (("corrections", "add", "claims", "2021-03-17-delta", "Warri", "value"), "value: 'value' is not written as column=value"),
    (("parse", "data/briefings", "--table", "claims", "--corrections", "none.csv"), "--corrections: no file none.csv"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED, ids=[" ".join(arguments) for arguments, _ in REFUSED])
def test_a_refusal_is_one_line_and_writes_nothing(run, book, arguments, message):
    """Exit 2, what to mend, no file."""
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err
    assert sorted(path.name for path in (book / "data").iterdir()) == ["briefings"]


def test_actors_wait_for_another_program_that_writes(run, book, monkeypatch):
    """Two programs that change one file at once would lose a decision: the later one says so."""
    monkeypatch.setattr(csv_lines, "_PATIENCE_SECONDS", 0.0)
    with csv_lines.alone_in(book / "data"):
        code, _, said = run("actors", "reject", "Annex Alpha")
    assert (code, said.count("\n")) == (2, 1)
    assert "another program is writing there" in said
    assert not (book / "data" / "actors.csv").exists()
    assert run("actors", "reject", "Annex Alpha")[0] == 0


def test_a_correction_that_cannot_be_written_as_such_is_refused(run):
    """A value outside the closed list, before the file is made."""
    claim = next(row for row in parsed(run, "claims") if row["text"] == "12 people")
    code, out, err = run("corrections", "set", claim["claim_id"], "factuality", "aleged")
    assert (code, out) == (2, "")
    assert "value: factuality cannot be 'aleged': did you mean 'alleged'?" in err
    assert not Path("data/corrections.csv").exists()


def test_without_spacy_the_worklist_stands(run, monkeypatch):
    """`--ner` says how to get it; without `--ner` nothing is missing."""
    monkeypatch.setitem(__import__("sys").modules, "spacy", None)
    code, _, err = run("actors", "worklist", "--ner")
    assert (code, err) == (2, "briefing-kit: --ner: spaCy is not installed: pip install 'briefing-kit[ner]', or leave --ner out\n")
    assert run("actors", "worklist")[0] == 0
