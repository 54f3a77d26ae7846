"""Corrections: what each kind does in each table, that they stick, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing_kit as bk
from briefing_kit.correcting import new_row, row_correction, write_correction
from briefing_kit.corrections import Correction, CorrectionError, apply_corrections, stale_corrections, stale_reasons
from briefing_kit.corrections_file import COLUMNS, pairs
from briefing_kit.schemas import ROW_KINDS, SCHEMAS

FIRST = "Militants attacked the port of Sirte on 3 May 2021, killing 12 people. Police said that 15 people had died."
SECOND = "The Zarqun Brigade seized Derna on 4 May 2021. Air strikes hit Sabha on 19, 24 and 26 April 2021."
TEXT = f"{FIRST}\n\n{SECOND}\n"


def tables_of(text: str = TEXT, corrections: tuple[Correction, ...] = ()) -> bk.Tables:
    briefing = bk.Briefing(text=text, doc_id="note", published_on=date(2021, 5, 5))
    return bk.analyse(briefing, corrections=corrections).validated()


@cache
def plain() -> bk.Tables:
    return tables_of()


def row(tables: bk.Tables, table: str, text: str) -> pd.Series:
    frame = getattr(tables, table)
    return frame[frame["text"] == text].iloc[0]


def key(table: str) -> str:
    return SCHEMAS[table][0].name


def line(table: str, text: str, action: str, column: str = "", value: str = "", number: int = 1) -> Correction:
    """A correction of the first row of the plain tables with these words."""
    made = row_correction(plain(), row(plain(), table, text)[key(table)], action, column=column, value=value)
    return replace(made, correction_id=f"c{number}")


ROWS = [
    ("dates", "3 May 2021", "mod", "APPROX"),
    ("mentions", "Zarqun Brigade", "actor_type", "political"),
    ("claims", "12 people", "factuality", "alleged"),
    ("events", "seized", "event_type", "armed_clash"),
    ("events", "seized", "actors", "zarqun-brigade; libya"),
    ("attributions", "Police said that 15 people had died", "cue_class", "committed"),
]


@pytest.mark.parametrize(("table", "text"), [case[:2] for case in ROWS])
def test_a_rejected_row_stays_and_is_marked(table, text):
    """Nothing is lost: the row says that, and by which line, it was rejected."""
    before, after = plain(), tables_of(corrections=(line(table, text, "reject"),))
    changed = row(after, table, text)
    assert (changed["status"], changed["correction_id"]) == ("rejected", "c1")
    assert after.counts() == before.counts()
    assert (getattr(after, table)["status"] == "rejected").sum() == 1


def test_rejected_rows_count_nowhere():
    """The answers leave them out."""
    lines = tuple(line(table, text, "reject") for table, text, *_ in ROWS[1:4])
    after = tables_of(corrections=lines)
    assert "zarqun-brigade" not in set(bk.actor_mentions(after)["actor_id"])
    assert "12 people" not in set(bk.numeric_claims(after)["text"])
    assert "seized" not in set(bk.timeline(after)["text"])


@pytest.mark.parametrize(("table", "text"), [case[:2] for case in ROWS])
def test_a_confirmed_row_says_so(table, text):
    """Only status and correction_id change."""
    after = getattr(tables_of(corrections=(line(table, text, "confirm"),)), table)
    before = getattr(plain(), table)
    assert row(tables_of(corrections=(line(table, text, "confirm"),)), table, text)["status"] == "confirmed"
    rest = [column for column in before if column not in ("status", "correction_id")]
    pd.testing.assert_frame_equal(after[rest], before[rest])


@pytest.mark.parametrize(("table", "text", "column", "value"), ROWS)
def test_set_changes_one_cell(table, text, column, value):
    """The cell, the status and the id of the line; every other row stays as it was."""
    after = tables_of(corrections=(line(table, text, "set", column, value),))
    changed = row(after, table, text)
    assert (str(changed[column]), changed["status"], changed["correction_id"]) == (value, "corrected", "c1")
    others = getattr(after, table)["text"] != text
    pd.testing.assert_frame_equal(getattr(after, table)[others], getattr(plain(), table)[others])


def test_a_rejected_figure_contests_nothing():
    """Two sources disagree; once the figure of one is rejected, the other is contested no more."""
    text = "Police said that 12 people were killed in Sirte on 3 May 2021. Doctors said that 40 people were killed in Sirte on 3 May 2021."
    before = tables_of(text).claims
    assert before["contested"].tolist() == [True, True]
    made = replace(row_correction(tables_of(text), before.iloc[1]["claim_id"], "reject"), correction_id="c1")
    assert tables_of(text, (made,)).claims["contested"].tolist() == [False, False]


def test_an_empty_value_is_missing():
    """`set` without a value empties a cell that may be empty."""
    assert pd.isna(row(tables_of(corrections=(line("claims", "12 people", "set", "actor_id"),)), "claims", "12 people")["actor_id"])


def test_a_relinked_mention_takes_name_type_and_country_along():
    """From the gazetteer, or from another mention of the same actor."""
    after = row(
        tables_of(corrections=(line("mentions", "Zarqun Brigade", "set", "actor_id", "islamic-state"),)), "mentions", "Zarqun Brigade"
    )
    assert (after["actor"], after["actor_type"], after["known"]) == ("Islamic State", "armed_group", True)
    after = row(tables_of(corrections=(line("mentions", "Derna", "set", "actor_id", "zarqun-brigade"),)), "mentions", "Derna")
    assert (after["actor"], after["actor_type"], after["known"]) == ("Zarqun Brigade", "armed_group", False)


def test_an_actor_that_nobody_knows_is_refused():
    """With the near miss: a mention must not bear one actor's id and another's name."""
    with pytest.raises(CorrectionError, match=r"c1.*'islamic-stat'.*did you mean 'islamic-state'"):
        tables_of(corrections=(line("mentions", "Zarqun Brigade", "set", "actor_id", "islamic-stat"),))


ADDED = [
    ("mentions", "port", {"actor_id": "islamic-state"}, {"actor": "Islamic State", "mention_kind": "alias", "known": True}),
    (
        "dates",
        "Air strikes",
        {"timex_type": "DATE", "value": "2021-04", "granularity": "month", "resolved_by": "explicit", "date_start": "2021-04-01"},
        {"date_start": pd.Timestamp("2021-04-01"), "ambiguous": False},
    ),
    (
        "claims",
        "Militants",
        {"kind": "vague", "unit_class": "people", "measure": "militants", "statistic": "count", "source": "(author)"}
        | {"source_kind": "author", "factuality": "asserted", "low": "2"},
        {"low": 2.0, "contested": False},
    ),
    (
        "events",
        "killing",
        {"granularity": "day", "date_start": "2021-05-03", "date_end": "2021-05-03", "headline": "killing 12 people"}
        | {"event_type": "killing", "predicate": "killing", "source": "(author)", "source_kind": "author", "factuality": "asserted"}
        | {"actors": "militants; libya"},
        {"actors": "militants; libya", "is_future": False},
    ),
    (
        "attributions",
        "Police said",
        {"source": "Police", "source_kind": "organisation", "cue": "said", "cue_start": "78", "cue_end": "82"}
        | {"cue_class": "neutral", "factuality": "reported", "content_start": "83", "content_end": "110"},
        {"cue_start": 78},
    ),
]


@pytest.mark.parametrize(("table", "words", "cells", "found"), ADDED, ids=[case[0] for case in ADDED])
def test_a_missed_row_is_added(table, words, cells, found):
    """In its place in the text, with offsets that give back the words, valid, and named by an id of its own."""
    added = replace(new_row(plain(), table, "note", words, cells), correction_id="c7")
    after = tables_of(corrections=(added,))
    frame = getattr(after, table)
    assert len(frame) == len(getattr(plain(), table)) + 1
    new = frame[frame["correction_id"] == "c7"].iloc[0]
    assert (new["status"], new["rule"], new["text"]) == ("added", "correction", words)
    assert TEXT[new["start"] : new["end"]] == words
    assert {name: new[name] for name in found} == found
    assert frame["start"].is_monotonic_increasing
    assert len(new[key(table)]) == 12
    edited = tables_of(f"An earlier note on Malta.\n\n{TEXT}", (added,))
    assert new[key(table)] in set(getattr(edited, table)[key(table)])


def test_a_row_that_is_found_by_now_is_not_doubled():
    """The extractor has learnt: the added cells go to its row; an event is only taken for one that says the same."""
    mention = replace(new_row(plain(), "mentions", "note", "Zarqun Brigade", {"actor_id": "islamic-state"}), correction_id="c1")
    after = tables_of(corrections=(mention,))
    assert len(after.mentions) == len(plain().mentions)
    assert row(after, "mentions", "Zarqun Brigade")[["actor", "status"]].tolist() == ["Islamic State", "corrected"]
    same = replace(new_row(plain(), "events", "note", "seized", {"event_type": "territory_change"}), correction_id="c1")
    after = tables_of(corrections=(same,))
    assert len(after.events) == len(plain().events)
    assert row(after, "events", "seized")["status"] == "confirmed"


def test_an_added_row_lacking_cells_is_refused():
    """With the list of what it needs."""
    with pytest.raises(CorrectionError, match=r"c1: value: an added row needs event_type=\.\.\.; .*factuality"):
        tables_of(
            corrections=(
                replace(
                    new_row(plain(), "events", "note", "killing", {"granularity": "day", "headline": "x", "source": "(author)"}),
                    correction_id="c1",
                ),
            )
        )


def test_one_of_several_events_of_a_verb():
    """Three strikes on three days share their words; one is rejected by its row id, and `set` is refused as it would change all."""
    strikes = plain().events[plain().events["text"] == "Air strikes"]
    assert len(strikes) == 3
    second = strikes.iloc[1]["event_id"]
    after = tables_of(corrections=(replace(row_correction(plain(), second, "reject"), correction_id="c1"),)).events
    assert after.loc[after["status"] == "rejected", "event_id"].tolist() == [second]
    with pytest.raises(CorrectionError, match="3 rows of events share the words 'Air strikes'"):
        row_correction(plain(), second, "set", column="event_type", value="bombing")


EDITS = [
    ("a paragraph before", f"An earlier note on Malta says nothing.\n\n{TEXT}"),
    ("a paragraph after", f"{TEXT}\nA later note on Malta says nothing."),
    ("another sentence changed", TEXT.replace("15 people", "16 people").replace("26 April", "27 April")),
    ("the next paragraph gone", FIRST),
    ("lines wrapped anew", TEXT.replace(" the port", "\nthe port")),
    ("curly quotes elsewhere", TEXT.replace("Police", "The town\u2019s police")),
]


@pytest.mark.parametrize("text", [text for _, text in EDITS], ids=[what for what, _ in EDITS])
def test_corrections_survive_edits_elsewhere(text):
    """What was said about a sentence holds wherever that sentence now stands."""
    lines = (
        line("claims", "12 people", "set", "factuality", "alleged"),
        line("mentions", "Sirte", "reject", number=2),
        replace(new_row(plain(), "mentions", "note", "port", {"actor_id": "islamic-state"}), correction_id="c3"),
    )
    after = tables_of(text, lines)
    assert stale_corrections(after, lines) == []
    assert row(after, "claims", "12 people")["factuality"] == "alleged"
    assert row(after, "mentions", "Sirte")["status"] == "rejected"
    assert row(after, "mentions", "port")["actor"] == "Islamic State"
    assert row(after, "claims", "12 people")["claim_id"] == row(plain(), "claims", "12 people")["claim_id"]


def test_a_correction_whose_sentence_changed_is_stale():
    """It is listed with the reason, and changes nothing; documents that are not there are not asked for."""
    lines = (
        line("claims", "12 people", "reject"),
        line("mentions", "Zarqun Brigade", "reject", number=2),
        replace(line("mentions", "Derna", "reject", number=3), text="Benghazi"),
        replace(line("mentions", "Derna", "reject", number=4), end=line("mentions", "Derna", "reject").end - 1, text=""),
        replace(line("mentions", "Derna", "reject", number=5), doc_id="elsewhere"),
    )
    text = TEXT.replace("killing 12 people", "killing 12 people at once")
    assert stale_reasons(tables_of(text), lines) == {
        "c1": "its sentence is gone or was changed",
        "c3": "other words stand there",
        "c4": "no row of mentions stands there any more",
    }
    after = tables_of(text, lines)
    assert [found.correction_id for found in stale_corrections(after, lines)] == ["c1", "c3", "c4"]
    assert (after.claims["status"] == "auto").all()
    assert after.mentions.loc[after.mentions["status"] != "auto", "correction_id"].tolist() == ["c2"]


def test_an_added_row_may_be_corrected_further():
    """Such a line is not stale, though the extractor finds no row there."""
    added = replace(new_row(plain(), "mentions", "note", "port", {"actor_id": "islamic-state"}), correction_id="c1")
    lines = (added, replace(added, correction_id="c2", action="set", column="actor_type", value="political"))
    assert stale_corrections(plain(), lines) == []
    assert row(tables_of(corrections=lines), "mentions", "port")[["actor_type", "correction_id"]].tolist() == ["political", "c2"]


def test_the_same_sentence_twice_is_corrected_once():
    """`occurrence` tells the two apart."""
    again = tables_of(f"{TEXT}\n{TEXT}", (line("claims", "12 people", "reject"),))
    assert again.claims.loc[again.claims["text"] == "12 people", "status"].tolist() == ["rejected", "auto"]


def test_a_row_must_not_contradict_itself():
    """A value outside its own bounds is refused; changed together with them it is not."""
    with pytest.raises(CorrectionError, match=r"c1: value: low would be 12\.0 and value 11\.0; set both in two lines"):
        tables_of(corrections=(line("claims", "12 people", "set", "value", "11"),))
    both = tuple(line("claims", "12 people", "set", column, "11", number) for number, column in enumerate(("value", "low", "high"), 1))
    assert row(tables_of(corrections=both), "claims", "12 people")["value"] == 11
    with pytest.raises(CorrectionError, match="date_start would be"):
        tables_of(corrections=(line("events", "seized", "set", "date_end", "2021-05-01"),))


@cache
def candidates() -> list[Correction]:
    """Corrections of every kind, some of them of the same rows."""
    made = [line(table, text, action) for table, text, *_ in ROWS for action in ("reject", "confirm")]
    made += [line(table, text, "set", column, value) for table, text, column, value in ROWS]
    made += [line("mentions", text, "set", "actor_id", "islamic-state") for text in ("Sirte", "Zarqun Brigade")]
    made += [new_row(plain(), table, "note", words, cells) for table, words, cells, _ in ADDED]
    made += [new_row(plain(), "mentions", "note", "Zarqun Brigade", {"actor_id": "islamic-state"})]
    made += [replace(made[0], sentence_hash="0" * 16)]
    return made


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_applying_twice_is_applying_once(data):
    """Whatever the lines and their order; the result is valid and every row's words stand where it says."""
    chosen = data.draw(st.lists(st.sampled_from(candidates()), max_size=8))
    lines = [replace(correction, correction_id=f"c{number}") for number, correction in enumerate(chosen)]
    gazetteer = bk.load_gazetteer()
    once = apply_corrections(plain(), lines, gazetteer)
    twice = apply_corrections(once, lines, gazetteer)
    for name, frame in once.validated().items():
        pd.testing.assert_frame_equal(frame, getattr(twice, name))
        if name in ROW_KINDS:
            assert [TEXT[start:end] for start, end in zip(frame["start"], frame["end"], strict=True)] == frame["text"].tolist()


def test_no_corrections_change_nothing():
    """Not even the order or a dtype."""
    after = apply_corrections(plain(), [])
    for name, frame in after.items():
        pd.testing.assert_frame_equal(frame, getattr(plain(), name))


HEADER = ",".join(COLUMNS)
GOOD = "c1,claims,set,note,00ff00ff00ff00ff,0,3,9,twelve,value,12,"
REFUSED = [
    ("correction_id,table\n", "line 1: the columns must be correction_id,table,action"),
    (GOOD.replace("claims", "claim"), "line 2: table: 'claim'; write 'claims'"),
    (GOOD.replace("set", "delete"), "line 2: action: 'delete'"),
    (GOOD.replace("value", "valeu"), "line 2: column: claims has no 'valeu'; did you mean 'value'"),
    (GOOD.replace(",12,", ",twelve,"), "line 2: value: value cannot be 'twelve': write a number"),
    (GOOD.replace("value,12", "kind,approx"), "line 2: value: kind cannot be 'approx': did you mean 'approximate'"),
    (GOOD.replace("value,12", "contested,True"), "line 2: column: contested is worked out from the figures"),
    (GOOD.replace("claims", "mentions").replace("value,12", "known,maybe"), "line 2: value: known cannot be 'maybe': write True or False"),
    (GOOD.replace("value,12", "as_of_start,May"), "line 2: value: as_of_start cannot be 'May': write a day such as 2019-10-16"),
    (GOOD.replace("value,12", "kind,"), "line 2: value: kind may not be empty"),
    (GOOD.replace("value,12", "start,12"), "line 2: column: start says where the row stands"),
    (GOOD.replace("value,12", "claim_id,12"), "line 2: column: claim_id says where the row stands"),
    (GOOD.replace(",3,9,", ",3,x,"), "line 2: end: 'x' is no whole number"),
    (GOOD.replace(",3,9,", ",9,3,"), "line 2: end: 3 is not after start 9"),
    (GOOD.replace("note", "", 1), "line 2: doc_id: empty"),
    (GOOD.replace("set", "add").replace("value,12", ",twelve"), "line 2: value: 'twelve' is not written as column=value"),
    (GOOD + ",,more", "line 2: 14 cells for 12 columns"),
    (f"{GOOD}\n\n# a note\n{GOOD}", "line 5: correction_id: 'c1' stands twice"),
    (GOOD.replace("set", "reject").replace("value", "valeu"), "line 2: column: claims has no 'valeu'"),
]


@pytest.mark.parametrize(("lines", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_a_line_that_cannot_be_obeyed_is_refused(tmp_path, lines, message):
    """File, line, field and mend, before anything is analysed."""
    path = tmp_path / "corrections.csv"
    path.write_text(lines if lines.startswith("correction_id") else f"{HEADER}\n{lines}\n", encoding="utf-8")
    with pytest.raises(CorrectionError) as refusal:
        bk.load_corrections(path)
    assert str(refusal.value).startswith(f"corrections.csv: {message}")
    assert "\n" not in str(refusal.value)


def test_what_spreadsheets_make_of_a_file_is_read(tmp_path):
    """A byte order mark, CR LF, empty cells at the end of lines, empty lines, comments; another encoding is refused."""
    path = tmp_path / "corrections.csv"
    text = f"\ufeff# ours\r\n{HEADER},,\r\n{GOOD},,\r\n,,,,,,,,,,,,,\r\n"
    path.write_bytes(text.encode())
    assert [found.correction_id for found in bk.load_corrections(path)] == ["c1"]
    assert bk.load_corrections(tmp_path / "none.csv") == []
    path.write_bytes(f"{HEADER}\nc1,caf\u00e9".encode("latin-1"))
    with pytest.raises(CorrectionError, match="not UTF-8"):
        bk.load_corrections(path)


@given(
    value=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1).map(str.strip).filter(bool),
    note=st.text(st.sampled_from('a ,"#=')).map(str.strip),
)
@settings(max_examples=60, deadline=None)
def test_a_written_line_is_read_as_it_was(tmp_path_factory, value, note):
    """Commas, quotes and signs in values and notes come back."""
    path = tmp_path_factory.mktemp("corrections") / "corrections.csv"
    made = replace(line("claims", "12 people", "set", "factuality", "alleged"), column="counted", value=value, note=note)
    assert [write_correction(path, made), write_correction(path, made)] == ["c1", "c2"]
    assert bk.load_corrections(path) == [replace(made, correction_id="c1"), replace(made, correction_id="c2")]


def test_words_over_two_lines_are_one_line_in_the_file(tmp_path):
    """The file stays one line a correction, however the briefing is wrapped."""
    wrapped = tables_of(TEXT.replace("12 people", "12\npeople"))
    claim = wrapped.claims.iloc[0]
    assert claim["text"] == "12\npeople"
    path = tmp_path / "corrections.csv"
    write_correction(path, row_correction(wrapped, claim["claim_id"], "reject"))
    write_correction(path, new_row(wrapped, "mentions", "note", "12 people", {"actor_id": "islamic-state"}))
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3
    for tables in (wrapped, plain()):
        assert stale_corrections(tables, bk.load_corrections(path)) == []


def test_cells_with_several_values():
    """A semicolon parts cells only before the next column's name."""
    assert pairs("actors=a; b; location=Sirte") == {"actors": "a; b", "location": "Sirte"}
    assert pairs("") == {}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("claim", "note", "12 people", {}), "TABLE: no 'claim': did you mean 'claims'?"),
        (("claims", "notes", "12 people", {}), "DOC_ID: no 'notes': did you mean 'note'?"),
        (("claims", "note", "twelve people", {}), "WORDS: 'twelve people' stands 0 times in note"),
        (("claims", "note", "people", {}), "WORDS: 'people' stands 2 times in note: give them with more"),
        (("claims", "note", "12 people", {"valeu": "1"}), "claims has no 'valeu'"),
    ],
)
def test_words_that_cannot_be_found_are_refused(arguments, message):
    """A row is added where its words stand once."""
    with pytest.raises(CorrectionError, match=message.replace("?", r"\?")):
        new_row(plain(), *arguments)


def test_a_row_id_that_is_not_there_is_refused():
    """The message says where row ids are."""
    with pytest.raises(CorrectionError, match="ROW_ID: no row 'ffffffffffff'"):
        row_correction(plain(), "ffffffffffff", "reject")
