"""The analyst's desk: each decision is one line that the next run obeys, taken back exactly, merged with what others wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing_kit as bk
from briefing_kit.correcting import write_correction
from briefing_kit.corrections import CorrectionError, load_corrections
from briefing_kit.csv_lines import CsvLines, FileBusyError, alone_in, read_csv_lines
from briefing_kit.desk import bench as bench_module
from briefing_kit.desk.bench import bench
from briefing_kit.desk.exchange import Exchange, Units
from briefing_kit.desk.ledger import LedgerError
from briefing_kit.desk.parts import with_offsets
from briefing_kit.desk.rows import document_rows
from briefing_kit.desk.sitting import ClashError, Desk, DeskError
from briefing_kit.gazetteer import Gazetteer, load_gazetteer
from briefing_kit.schemas import ROW_KINDS, SCHEMAS
from briefing_kit.view.frontend import STATIC
from briefing_kit.view.marked import KIND_COLOURS

FIRST = "Militants attacked the port of Sirte on 3 May 2021, killing 12 people. Police said that 15 people had died."
SECOND = "The Zarqun Brigade seized Derna on 4 May 2021. The riding club of Derna reported 30 injured."
EARLIER = bk.Briefing(text="Police said 40 people fled Sirte.", doc_id="earlier", title="Earlier", published_on=date(2021, 4, 28))
NOTE = bk.Briefing(text=f"{FIRST}\n\n{SECOND}\n", doc_id="note", title="Note", published_on=date(2021, 5, 5))
ACTORS = (
    "id,name,type,country,parent,aliases,case_sensitive,active_from,active_to,status,merged_into,notes\n"
    "# ours\nzarqun-brigade,Zarqun Brigade,armed_group,LBY,,,,,,,,\n"
)


@cache
def _gazetteer(content: bytes) -> Gazetteer:
    with TemporaryDirectory() as folder:
        (Path(folder) / "actors.csv").write_bytes(content)
        return load_gazetteer(Path(folder) / "actors.csv")


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most desks here open the same actors.csv: its gazetteer is built once for all tests."""
    monkeypatch.setattr(
        "briefing_kit.desk.sitting.load_gazetteer", lambda path: _gazetteer(path.read_bytes()) if path else load_gazetteer()
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "actors.csv").write_text(ACTORS, encoding="utf-8")
    return tmp_path


def sit(data: Path) -> Desk:
    return Desk([EARLIER, NOTE], data)


def row(desk: Desk, text: str, kind: str = "") -> dict[str, Any]:
    return next(one for one in desk.rows() if one["text"] == text and kind in ("", one["kind"]))


def cell(desk: Desk, text: str, column: str, table: str = "claims") -> Any:
    frame = getattr(desk.tables, table)
    return frame[frame["text"] == text].iloc[0][column]


def run_of(data: Path) -> bk.Tables:
    """What a run makes of the files as they are."""
    actors, corrections = data / "actors.csv", load_corrections(data / "corrections.csv")
    return bk.analyse([EARLIER, NOTE], gazetteer=_gazetteer(actors.read_bytes()), corrections=corrections)


ACTIONS: list[tuple[str, Callable[[Desk], str]]] = [
    ("confirmed", lambda desk: desk.confirm(row(desk, "12 people")["id"], "seen")),
    ("rejected", lambda desk: desk.reject(row(desk, "12 people")["id"])),
    ("factuality set to alleged", lambda desk: desk.relabel(row(desk, "12 people")["id"], {"factuality": "alleged"})),
    ("value set to 14, low set to 14, high set to 14", lambda desk: desk.relabel(row(desk, "12 people")["id"], {"value": "14"})),
    ("actor_id set to zarqun-brigade", lambda desk: desk.link(row(desk, "Militants", "actor")["id"], "Zarqun Brigade")),
    ("actors set to militants; zarqun-brigade", lambda desk: desk.link(row(desk, "attacked")["id"], "zarqun-brigade")),
    ("added: actor_id=zarqun-brigade", lambda desk: desk.add_words("mentions", "riding club", {"actor_id": "zarqun-brigade", "note": ""})),
    ("added riding club", lambda desk: desk.add_actor("riding club", "company", country="Libya")),
    ("is counted as Zarqun Brigade", lambda desk: desk.merge_name("Police", "zarqun-brigade")),
    ("no actor any more", lambda desk: desk.reject_name("Zarqun Brigade")),
]


@pytest.mark.parametrize(("says", "act"), ACTIONS, ids=[says for says, _ in ACTIONS])
def test_an_action_is_one_change_that_a_run_obeys_and_undo_takes_back(says: str, act: Callable[[Desk], str], data: Path) -> None:
    desk = sit(data)
    before = {name: frame.copy() for name, frame in desk.tables.items()}
    assert says in act(desk)
    again = run_of(data)
    for name in ROW_KINDS:  # what only all briefings together tell is not the desk's to show
        shown, made = (getattr(tables, name).drop(columns=["contested", "cluster_id"], errors="ignore") for tables in (desk.tables, again))
        assert shown.reset_index(drop=True).equals(made[made["doc_id"] == "note"].reset_index(drop=True))
    assert any(not before[name].equals(getattr(desk.tables, name)) for name in ROW_KINDS)
    assert desk.undo().startswith("undone: ")
    assert (data / "actors.csv").read_text(encoding="utf-8") == ACTORS
    assert load_corrections(data / "corrections.csv") == []
    assert all(before[name].equals(getattr(desk.tables, name)) for name in ROW_KINDS)
    with pytest.raises(DeskError, match="nothing to undo"):
        desk.undo()


REFUSED: list[tuple[str, Callable[[Desk], str]]] = [
    ("no row 'abc'", lambda desk: desk.confirm("abc")),
    ("choose a column", lambda desk: desk.relabel(row(desk, "12 people")["id"], {})),
    (
        "factuality cannot be 'alledged': did you mean 'alleged'",
        lambda desk: desk.relabel(row(desk, "12 people")["id"], {"factuality": "alledged"}),
    ),
    ("low would be 20", lambda desk: desk.relabel(row(desk, "12 people")["id"], {"low": "20"})),
    ("contested is worked out", lambda desk: desk.relabel(row(desk, "12 people")["id"], {"contested": "True"})),
    (
        "no actor 'zarkun brigade' on file: did you mean 'zarqun-brigade'",
        lambda desk: desk.link(row(desk, "Militants", "actor")["id"], "zarkun brigade"),
    ),
    ("no actor '' on file", lambda desk: desk.link(row(desk, "Militants", "actor")["id"], " ")),
    ("has no actor", lambda desk: desk.link(row(desk, "3 May 2021", "date")["id"], "Police")),
    ("is linked to zarqun-brigade already", lambda desk: desk.link(row(desk, "Zarqun Brigade", "actor")["id"], "zarqun-brigade")),
    ("within one sentence", lambda desk: desk.add_row("mentions", 60, 90, {"actor_id": "zarqun-brigade"})),
    ("within one sentence", lambda desk: desk.add_row("mentions", 7, 7, {"actor_id": "zarqun-brigade"})),
    ("TABLE: no 'rumours'", lambda desk: desk.add_row("rumours", 3, 7, {})),
    ("an added row needs unit_class", lambda desk: desk.add_words("claims", "the port", {"kind": "exact"})),
    ("stands 2 times", lambda desk: desk.add_words("mentions", "Derna", {"actor_id": "zarqun-brigade"})),
    ("did you mean 'company'", lambda desk: desk.add_actor("riding club", "compani")),
    ("no briefing 'notes': did you mean 'note'", lambda desk: desk.open("notes") or ""),
]


@pytest.mark.parametrize(("says", "act"), REFUSED, ids=[says for says, _ in REFUSED])
def test_what_cannot_be_done_is_refused_and_changes_nothing(says: str, act: Callable[[Desk], str], data: Path) -> None:
    desk = sit(data)
    rows = desk.rows()
    with pytest.raises(ValueError, match=re.escape(says)):
        act(desk)
    assert desk.rows() == rows
    assert not desk.undoable
    assert not (data / "corrections.csv").exists()
    assert (data / "actors.csv").read_text(encoding="utf-8") == ACTORS
    assert sorted(path.name for path in data.iterdir()) == ["actors.csv"]


def test_two_sittings_in_turn_lose_nothing(data: Path) -> None:
    """Each writes after the other without having looked: both lines stand, and each undoes its own."""
    mine, theirs = sit(data), sit(data)
    theirs.reject(row(theirs, "15 people")["id"])
    mine.confirm(row(mine, "12 people")["id"])
    theirs.add_actor("riding club", "company")
    assert [(line.correction_id, line.action) for line in load_corrections(data / "corrections.csv")] == [
        ("c1", "reject"),
        ("c2", "confirm"),
    ]
    assert row(mine, "15 people")["status"] == "rejected"
    mine.look()
    assert row(mine, "riding club", "actor")["head"] == "company"
    theirs.undo()
    theirs.undo()
    assert [(line.correction_id, line.action) for line in load_corrections(data / "corrections.csv")] == [("c2", "confirm")]
    assert (data / "actors.csv").read_text(encoding="utf-8") == ACTORS


def test_a_clash_is_shown_and_not_written(data: Path) -> None:
    """Asked again, with the other decision in sight, the later line is written after it; the earlier one stays."""
    mine, theirs = sit(data), sit(data)
    theirs.reject(row(theirs, "12 people")["id"], "a rumour")
    with pytest.raises(ClashError, match=r"c1: claim “12 people” rejected; you: claim “12 people” confirmed\. Nothing was written"):
        mine.confirm(row(mine, "12 people")["id"])
    assert row(mine, "12 people")["status"] == "rejected"
    assert row(mine, "12 people")["history"] == [{"id": "c1", "what": "rejected", "note": "a rumour"}]
    mine.confirm(row(mine, "12 people")["id"])
    assert [line.action for line in load_corrections(data / "corrections.csv")] == ["reject", "confirm"]
    theirs.look()
    assert row(theirs, "12 people")["status"] == "confirmed"


CLASHES = [
    (lambda desk: desk.relabel(row(desk, "12 people")["id"], {"factuality": "alleged"}), True),
    (lambda desk: desk.relabel(row(desk, "12 people")["id"], {"factuality": "denied"}), False),
    (lambda desk: desk.relabel(row(desk, "12 people")["id"], {"counted": "men"}), False),
    (lambda desk: desk.confirm(row(desk, "12 people")["id"]), True),
    (lambda desk: desk.reject(row(desk, "15 people")["id"]), False),
]


@pytest.mark.parametrize(("act", "clashes"), CLASHES)
def test_only_another_decision_on_the_same_cell_clashes(act: Callable[[Desk], str], clashes: bool, data: Path) -> None:
    mine, theirs = sit(data), sit(data)
    theirs.relabel(row(theirs, "12 people")["id"], {"factuality": "denied"})
    if clashes:
        with pytest.raises(ClashError):
            act(mine)
    else:
        act(mine)


def test_the_same_decision_twice_is_said_not_written(data: Path) -> None:
    mine, theirs = sit(data), sit(data)
    theirs.reject(row(theirs, "12 people")["id"])
    with pytest.raises(DeskError, match=r"rejected already \(c1\). Written by somebody else since you looked"):
        mine.reject(row(mine, "12 people")["id"])
    assert len(load_corrections(data / "corrections.csv")) == 1


def test_undo_refuses_where_the_line_was_changed_since(data: Path) -> None:
    desk = sit(data)
    desk.reject(row(desk, "12 people")["id"])
    path = data / "corrections.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("reject", "confirm"), encoding="utf-8")
    with pytest.raises(LedgerError, match="changed or removed since"):
        desk.undo()
    assert [line.action for line in load_corrections(path)] == ["confirm"]


def test_undo_puts_back_the_line_of_an_actor_that_it_changed(data: Path) -> None:
    desk = sit(data)
    desk.reject_name("Zarqun Brigade")
    desk.add_actor("Zarqun Brigade", "political")
    assert row(desk, "Zarqun Brigade", "actor")["head"] == "political"
    desk.undo()
    assert "rejected" in (data / "actors.csv").read_text(encoding="utf-8")
    desk.undo()
    assert (data / "actors.csv").read_text(encoding="utf-8") == ACTORS


def test_no_actor_goes_whom_a_correction_names(data: Path) -> None:
    """Else every later run would refuse the correction."""
    mine, theirs = sit(data), sit(data)
    mine.add_actor("riding club", "company")
    theirs.look()
    theirs.link(row(theirs, "Militants", "actor")["id"], "riding-club")
    with pytest.raises(ValueError, match="riding-club"):
        mine.undo()
    run_of(data)
    assert "riding club" in (data / "actors.csv").read_text(encoding="utf-8")


def test_a_broken_file_is_said_and_what_was_shown_stays(data: Path) -> None:
    desk = sit(data)
    rows = desk.rows()
    (data / "corrections.csv").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(CorrectionError, match=r"corrections.csv: line 1: the columns must be"):
        desk.confirm(rows[0]["id"])
    assert desk.rows() == rows
    assert (data / "corrections.csv").read_text(encoding="utf-8") == "nonsense\n"


def test_a_file_that_cannot_be_written_is_said(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = sit(data)

    def full(lines: CsvLines, path: Path) -> None:
        if path.parent == data:
            raise OSError(28, "No space left on device")
        write(lines, path)

    write = CsvLines.write
    monkeypatch.setattr(CsvLines, "write", full)
    with pytest.raises(DeskError, match="cannot be written"):
        desk.reject(row(desk, "12 people")["id"])
    assert row(desk, "12 people")["status"] == "auto"
    assert sorted(path.name for path in data.iterdir()) == ["actors.csv"]


def test_one_program_at_a_time_changes_the_files(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing_kit.csv_lines._PATIENCE_SECONDS", 0.0)
    desk = sit(data)
    line = next(row for row in desk.rows() if row["text"] == "12 people")
    with alone_in(data), pytest.raises(FileBusyError, match="another program is writing"):
        desk.confirm(line["id"])
    desk.confirm(line["id"])


def test_the_open_briefing_can_be_changed(data: Path) -> None:
    desk = sit(data)
    assert desk.doc_id == "note"
    desk.open("earlier")
    assert {one["kind"] for one in desk.rows()} == {"source", "claim", "event", "place", "actor"}
    desk.reject(row(desk, "40 people")["id"])
    assert (cell(desk, "40 people", "status"), load_corrections(data / "corrections.csv")[0].doc_id) == ("rejected", "earlier")


def test_rows_point_into_the_text_and_know_their_history(data: Path) -> None:
    desk = sit(data)
    desk.relabel(row(desk, "12 people")["id"], {"counted": "men", "factuality": "alleged"}, "from the hospital")
    assert [line["what"] for line in row(desk, "12 people")["history"]] == ["counted set to men", "factuality set to alleged"]
    rows = desk.rows()
    assert rows == sorted(rows, key=lambda one: one["start"])
    for one in rows:
        assert " ".join(NOTE.text[one["start"] : one["end"]].split()) == one["text"]
        assert one["sentence"][0] <= one["start"] < one["end"] <= one["sentence"][1]
        assert one["mark"][0] < one["mark"][1]
    by_words = [one for one in rows if one["history"]]
    assert [one["text"] for one in by_words] == ["12 people"]


def test_rows_that_share_their_words_keep_their_own_history() -> None:
    text = "Air strikes hit Sabha on 19, 24 and 26 April 2021."
    tables = bk.analyse(bk.Briefing(text=text, doc_id="strikes", published_on=date(2021, 5, 5)))
    events = tables.events[tables.events["text"] == tables.events["text"].iloc[0]]
    assert len(events) == 3
    from briefing_kit.correcting import row_correction

    line = row_correction(tables, events["event_id"].iloc[1], "reject")
    told = {one["id"]: one["history"] for one in document_rows(tables, "strikes", [line]) if one["kind"] == "event"}
    assert [bool(told[event_id]) for event_id in events["event_id"]] == [False, True, False]


def test_a_desk_needs_a_briefing(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="no briefing to read"):
        Desk([], tmp_path)


# ---- what the front end is told


def ask(exchange: Exchange, do: str, **more: Any) -> dict[str, Any]:
    return exchange.answer({"n": 1, "do": do, **more})


def test_an_answer_carries_only_what_changed(data: Path) -> None:
    exchange = Exchange(sit(data))
    page = json.loads(exchange.page())
    assert (page["doc_id"], len(page["documents"]), page["text"]) == ("note", 2, NOTE.text)
    at = row(exchange.desk, "12 people")
    answer = ask(exchange, "reject", row=at["id"], note=" a\nrumour ")
    assert (answer["ok"], [one["status"] for one in answer["rows"]], answer["gone"]) == (True, ["rejected"], [])
    assert answer["rows"][0]["history"][0]["note"] == "a rumour"
    assert "“12 people” rejected" in answer["undo"]
    added = ask(exchange, "add_actor", name="riding club", type="company", aliases="the club | riders")
    assert [one["text"] for one in added["rows"] if one["kind"] == "actor"] == ["riding club"]
    assert {one["kind"] for one in added["rows"]} == {"actor", "source", "claim"}  # it is whom the figure is from by now
    assert ["riding-club", "riding club"] in added["actors"]
    gone = ask(exchange, "undo")
    assert {one["id"] for one in added["rows"]} == {one["id"] for one in gone["rows"]} | set(gone["gone"])
    assert [one | {"status": "auto", "history": []} for one in exchange.desk.rows()] == page["rows"]
    assert ask(exchange, "look") == {"n": 1, "ok": True, "clash": False, "said": "", "rows": [], "gone": [], "undo": answer["undo"]}


def test_lines_of_others_are_told_when_one_looks(data: Path) -> None:
    mine, theirs = Exchange(sit(data)), sit(data)
    theirs.reject(row(theirs, "12 people")["id"])
    answer = ask(mine, "look")
    assert answer["said"] == "1 correction by somebody else since you last looked (c1), shown now"
    assert [one["status"] for one in answer["rows"]] == ["rejected"]
    theirs.confirm(row(theirs, "15 people")["id"])
    clash = ask(mine, "reject", row=row(mine.desk, "15 people")["id"])
    assert (clash["ok"], clash["clash"], [one["status"] for one in clash["rows"]]) == (False, True, ["confirmed"])


def test_a_file_that_breaks_meanwhile_is_answered(data: Path) -> None:
    exchange = Exchange(sit(data))
    (data / "actors.csv").write_text("nonsense\n", encoding="utf-8")
    answer = ask(exchange, "look")
    assert (answer["ok"], answer["rows"], "actors" in answer) == (False, [], False)
    assert "column 'nonsense' is not known" in answer["said"]
    (data / "actors.csv").unlink()
    (data / "actors.csv").mkdir()
    (data / "corrections.csv").mkdir()
    assert ask(exchange, "look")["ok"]  # folders of these names are no files


def test_opening_another_briefing_asks_for_a_new_page(data: Path) -> None:
    exchange = Exchange(sit(data))
    answer = ask(exchange, "open", doc_id="earlier")
    assert (answer["ok"], answer["page"], "rows" in answer) == (True, True, False)
    assert json.loads(exchange.page())["doc_id"] == "earlier"


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"do": "fly"},
        {"do": "reject"},
        {"do": "relabel", "row": "x", "cells": 5},
        {"do": "add_row", "table": "mentions", "start": "x", "end": 2},
    ],
)
def test_a_request_that_cannot_be_read_is_answered(request_: dict[str, Any], data: Path) -> None:
    answer = Exchange(sit(data)).answer({"n": 7} | request_)
    assert (answer["n"], answer["ok"], answer["rows"], bool(answer["said"])) == (7, False, [], True)


@given(st.text(st.sampled_from("aé😀\n𐍈 "), max_size=30), st.data())
def test_units_are_those_of_utf_16(text: str, draws: st.DataObject) -> None:
    units, at = Units(text), draws.draw(st.integers(0, len(text)))
    assert units.units(at) == len(text[:at].encode("utf-16-le")) // 2
    assert units.points(units.units(at)) == at


def test_offsets_behind_an_emoji_are_units(tmp_path: Path) -> None:
    text = "😀😀 Police said 12 people died in Derna."
    exchange = Exchange(Desk([bk.Briefing(text=text, doc_id="smile", published_on=date(2021, 5, 5))], tmp_path))
    page = json.loads(exchange.page())
    wide = page["text"].encode("utf-16-le")
    for one in page["rows"]:
        start, end = one["start"] * 2, one["end"] * 2
        assert wide[start:end].decode("utf-16-le") == one["text"]
    at = wide.decode("utf-16-le").index("Derna") + 2
    answer = ask(
        exchange,
        "add_row",
        table="dates",
        start=at,
        end=at + 5,
        cells={"timex_type": "DATE", "value": "2021", "granularity": "year", "resolved_by": "explicit"},
    )
    assert answer["ok"], answer["said"]
    assert load_corrections(tmp_path / "corrections.csv")[0].text == "Derna"


def test_what_a_form_starts_from_makes_a_row(data: Path) -> None:
    """For each table, the required columns are offered, and its starts with the rest filled in are accepted."""
    exchange = Exchange(sit(data))
    page = json.loads(exchange.page())
    rest = {
        "dates": {"value": "2021"},
        "mentions": {"actor_id": "zarqun-brigade"},
        "claims": {"measure": "-:people:LBY", "value": "1"},
        "events": {"headline": "the port of Sirte", "predicate": "port"},
        "attributions": {"source": "Sirte", "cue": "attacked"},
    }
    for table in ROW_KINDS:
        offered = {column["name"] for column in page["columns"][table] if column["settable"]}
        needed = {column.name for column in SCHEMAS[table] if column.required} & offered
        found = {"actor", "mention_kind", "known", "cue_start", "cue_end", "content_start", "content_end"}
        assert needed - page["starts"][table].keys() - rest[table].keys() <= found
        cells = page["starts"][table] | rest[table]
        if table == "mentions":
            cells.pop("actor_type")
        answer = ask(exchange, "add_row", table=table, start=10, end=36, cells=cells)  # "attacked the port of Sirte"
        assert answer["ok"], answer["said"]
        assert [(one["table"], one["status"]) for one in answer["rows"]][-1] == (table, "added")
    made = run_of(data).validated().attributions
    added = made[made["status"] == "added"].iloc[0]
    parts = [FIRST[added[f"{part}_start"] : added[f"{part}_end"]] for part in ("source", "cue", "content")]
    assert parts == ["Sirte", "attacked", "the port of"]


PARTS = [
    ("Police said that 15 people had died", {"source": "Police", "cue": "said"}, ("Police", "said", "15 people had died")),
    ("15 people had died, police said", {"source": "police", "cue": "said"}, ("police", "said", "15 people had died")),
    ("According to  the\nUN, 15 died", {"source": "the UN", "cue": "According to"}, ("the\nUN", "According to", "15 died")),
    ("15 people had died", {"source": "police", "cue": "said"}, ("", "", "")),
]


@pytest.mark.parametrize(("text", "cells", "parts"), PARTS)
def test_parts_of_an_attribution_are_found_by_their_words(text: str, cells: dict[str, str], parts: tuple[str, str, str]) -> None:
    made = with_offsets(f"... {text} ...", 4, 4 + len(text), cells)
    spans = [(int(made.get(f"{part}_start", 0)), int(made.get(f"{part}_end", 0))) for part in ("source", "cue", "content")]
    assert tuple(f"... {text} ..."[start:end] for start, end in spans) == parts
    assert with_offsets(text, 0, len(text), cells | {"cue_start": "3"})["cue_start"] == "3"  # what is given stays


# ---- what a notebook shows


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    (folder / "data" / "briefings").mkdir(parents=True)
    for briefing in (EARLIER, NOTE):
        head = f"---\ntitle: {briefing.title}\npublished_on: {briefing.published_on}\n---\n"
        (folder / "data" / "briefings" / f"{briefing.doc_id}.md").write_text(head + briefing.text, encoding="utf-8")
    return folder


def test_without_a_front_end_text_and_rows_are_shown(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes each time, and no widget, whose random id would differ at every run."""
    shown: list[Any] = []
    monkeypatch.setenv(STATIC, "1")
    monkeypatch.setattr("IPython.display.display", shown.append)
    bench(workbook=workbook)._ipython_display_()
    bench(workbook=workbook)._ipython_display_()
    bundles = [one._repr_mimebundle_() for one in shown]
    assert bundles[:2] == bundles[2:]
    assert len(bundles) == 4
    assert "application/vnd.jupyter.widget-view+json" not in {mime for bundle in bundles for mime in bundle}
    assert "12 people" in bundles[0]["text/html"]
    assert "rows of note, 0 of them decided on" in bundles[1]["text/html"]


def test_with_a_front_end_a_widget_is_shown(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("anywidget")
    monkeypatch.setenv("JPY_SESSION_NAME", "explore.ipynb")
    monkeypatch.delenv(STATIC, raising=False)
    shown: list[Any] = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    made = bench(workbook=workbook)
    made._ipython_display_()
    made._ipython_display_()
    assert shown[0] is shown[1]  # the same sitting, seen twice
    widget, sent = shown[0], []
    monkeypatch.setattr(widget, "send", sent.append)
    target = row(made.desk, "12 people")["id"]
    widget._asked(widget, {"n": 1, "do": "reject", "row": target}, [])
    assert sent[0]["ok"]
    assert '"rejected"' in widget.page.decode()  # what a browser that reloads is given
    widget._asked(widget, {"n": 2, "do": "open", "doc_id": "earlier"}, [])
    assert json.loads(widget.page)["doc_id"] == "earlier"
    widget.close()


def test_without_widgets_the_reader_is_told_what_to_install(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", "explore.ipynb")
    monkeypatch.delenv(STATIC, raising=False)
    monkeypatch.setattr(bench_module, "find_spec", lambda name: None)
    outputs = bench(workbook=workbook)._outputs()
    assert len(outputs) == 3
    assert "pip install 'briefing-kit[lab]'" in outputs[0]._repr_mimebundle_()["text/plain"]


def test_bench_takes_what_analyse_takes(workbook: Path) -> None:
    folder = workbook / "data" / "briefings"
    assert list(bench(folder / "note.md", workbook=workbook).desk.briefings) == ["note"]
    assert list(bench(folder, workbook=workbook).desk.briefings) == ["earlier", "note"]
    assert list(bench([NOTE, EARLIER], workbook=workbook).desk.briefings) == ["earlier", "note"]
    assert "text-" in repr(bench("Police said 12 people died.", workbook=workbook))
    assert bench([folder / "note.md", EARLIER], workbook=workbook).desk.doc_id == "note"


def test_the_files_of_the_front_end_are_whole() -> None:
    """No address to load anything from; the light colours are those of the evidence view."""
    folder = Path(bench_module.__file__).parent
    script = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js")))
    style = (folder / "bench.css").read_text(encoding="utf-8")
    assert not re.search(r"https?://|@import|url\(|innerHTML|insertAdjacentHTML|\beval\b|^import ", script + style, re.MULTILINE)
    light = dict(re.findall(r"--bk-(\w+): (#\w{6});", style.split("body[data-jp-theme-light")[0]))
    assert {kind: light[kind] for kind in KIND_COLOURS} == KIND_COLOURS
    dark = dict(re.findall(r"--bk-(\w+): (#\w{6});", style.split('body[data-jp-theme-light="false"]')[1].split("}")[0]))
    system = dict(re.findall(r"--bk-(\w+): (#\w{6});", style.split("prefers-color-scheme")[1].split("}")[0]))
    assert dark.items() <= system.items()
    for colours in (light | {"mark-ink": "#000000"}, dark | {"mark-ink": "#ffffff"}):
        for kind in KIND_COLOURS:
            assert contrast(colours[kind], colours["mark-ink"]) >= 7


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


# ---- any sequence of actions


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 4), st.integers(0, 30)), max_size=8))
def test_whatever_two_people_do_in_turn_every_line_stands_until_its_writer_undoes_it(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, int]]
) -> None:
    data = tmp_path_factory.mktemp("data")
    (data / "actors.csv").write_text(ACTORS, encoding="utf-8")
    desks = [sit(data), sit(data)]
    for who, what, where in steps:
        desk, before = desks[who], load_corrections(data / "corrections.csv")
        rows = desk.rows()
        target = rows[where % len(rows)]["id"]
        try:
            if what == 0:
                desk.undo()
            elif what == 1:
                desk.confirm(target)
            elif what == 2:
                desk.reject(target)
            elif what == 3:
                desk.relabel(target, {"source" if rows[where % len(rows)]["table"] in ("claims", "events") else "rule": "hearsay"})
            else:
                desk.look()
        except ValueError:
            assert load_corrections(data / "corrections.csv") == before
            continue
        after = load_corrections(data / "corrections.csv")
        assert len(after) == len(before) + {0: -1, 1: 1, 2: 1, 3: 1, 4: 0}[what]
        assert all(line in before for line in after) if what == 0 else after[: len(before)] == before
        run_of(data)


def test_a_line_taken_out_leaves_the_rest_byte_for_byte(data: Path) -> None:
    path = data / "corrections.csv"
    desk = sit(data)
    desk.reject(row(desk, "12 people")["id"])
    before = path.read_bytes() + b"# kept by hand\r\n\n"
    path.write_bytes(before)
    desk.confirm(row(desk, "15 people")["id"])
    other = load_corrections(path)[0]
    assert write_correction(path, other) == "c3"
    desk.undo()
    assert path.read_bytes().startswith(before)
    assert [line.correction_id for line in load_corrections(path)] == ["c1", "c3"]
    assert read_csv_lines(path, ()).records()[-1][1]["correction_id"] == "c3"
