"""The three tables, the evidence behind a row, offsets that give the text back, and same input, same output."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing_kit as bk
from briefing_kit.briefing import text_briefing
from briefing_kit.reading import ReadingError
from briefing_kit.view.marked import kinds_of, read_spans

ROOT = Path(__file__).parents[1]
DAY = date(2019, 10, 16)
TEXT = (
    "On 10 October the Libyan National Army (LNA) said it had killed at least 30 fighters near Sirte.\n\n"
    "The UN reported that around 5,000 people had fled. An attack on Gharyan could follow.\n\n"
    "Click here to receive a free sample copy on 12 October with 5 reports."
)
ROW_TABLES = ("dates", "mentions", "claims", "events", "attributions")
WORDS = st.sampled_from(
    "The UN LNA said that at least 30 5,000 fighters killed on 10 October 2019 in Sirte , . \n\n - # could not deny \u201c \u201d the $5m "
    "between 3 and 4 per cent late September \u2019s (IS) airstrikes were denied last week \u00a0 \u00ad".split(" ")
)
SENTENCES = st.lists(WORDS, max_size=60).map(" ".join)


@pytest.fixture(scope="module")
def tables():
    return bk.analyse(TEXT, document_date=DAY)


def _assert_offsets(text, tables):
    for name in ROW_TABLES:
        frame = getattr(tables, name)
        for start, end, words in zip(frame["start"], frame["end"], frame["text"], strict=True):
            assert text[start:end] == words, name


def test_boilerplate_gives_no_row(tables):
    """The footer's date and number are in no table of rows; its sentences are listed as boilerplate."""
    footer = TEXT.index("Click here")
    for name in ROW_TABLES:
        assert (getattr(tables, name)["start"] < footer).all(), name
    assert tables.sentences["role"].tolist().count("boilerplate") == 1


def test_every_row_stands_where_it_says(tables):
    """text[start:end] is the row's text in every table."""
    _assert_offsets(TEXT, tables)
    tables.validated()


@settings(max_examples=60, deadline=None)
@given(SENTENCES | st.text(max_size=200))
def test_any_text_gives_valid_tables(text):
    """Arbitrary text never raises, offsets give the text back, ids are never doubled, bounds are in order."""
    found = bk.analyse(text, document_date=DAY).validated()
    _assert_offsets(text, found)
    claims = found.claims.dropna(subset=["low", "high"])
    assert (claims["low"] <= claims["high"]).all()
    for frame in (found.dates, found.events):
        closed = frame.dropna(subset=["date_start", "date_end"])
        assert (closed["date_start"] <= closed["date_end"]).all()


@settings(max_examples=20, deadline=None)
@given(SENTENCES)
def test_unseen_characters_change_no_row(text):
    """Soft hyphens and zero-width spaces inside words leave the rows as they are, with offsets into the text as given."""
    hidden = text.replace("tober", "to\u00adber").replace("000", "0\u200b00")
    plain, seen = (bk.analyse(t, document_date=DAY) for t in (text.replace("\u00ad", ""), hidden))
    _assert_offsets(hidden, seen)
    assert plain.counts() == seen.counts()
    assert plain.dates["value"].tolist() == seen.dates["value"].tolist()


def test_same_input_same_tables(tables):
    """Two runs give equal tables, whatever the order of the briefings."""
    again = bk.analyse(TEXT, document_date=DAY)
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(frame, getattr(again, name))
    two = [text_briefing(TEXT, document_date=DAY, doc_id="b"), text_briefing("Troops left.", document_date=date(2019, 1, 1), doc_id="a")]
    one, other = bk.analyse(two), bk.analyse(two[::-1])
    for name, frame in one.items():
        pd.testing.assert_frame_equal(frame, getattr(other, name))


def test_without_a_date_nothing_is_dated():
    """No publication date: dates are found and stay without a year."""
    found = bk.analyse(TEXT)
    assert found.dates["value"].tolist() == ["XXXX-10-10"]
    assert found.dates["date_start"].isna().all()
    assert "NO_DATE" in found.documents["warnings"][0]


def test_timeline_leaves_out_what_did_not_happen(tables):
    """Dated happenings only, sorted; hypothetical ones and undated ones are elsewhere."""
    events = bk.timeline(tables)
    assert events["date_start"].is_monotonic_increasing
    assert not events["factuality"].isin(["hypothetical", "denied"]).any()
    assert len(bk.undated(tables)) + len(bk.timeline(tables, include_unreal=True)) == len(tables.events)


def test_explain_shows_the_words_and_the_rule(tables):
    """The marked part is the row's text, and the rule is named; an unknown id is refused by name."""
    claim = tables.claims.iloc[0]
    shown = bk.explain(tables, claim["claim_id"]).payload
    assert [part[0] for part in shown["parts"] if part[1] == "claim"] == [claim["text"]]
    assert claim["rule"] in shown["parts"][-1][0]
    with pytest.raises(KeyError, match="no row 'x'"):
        bk.explain(tables, "x")


def test_show_marks_every_kind_and_loses_no_character(tables):
    """The parts put together are the text, each mark is numbered."""
    parts = bk.show(TEXT, document_date=DAY).payload["parts"]
    spans = read_spans(parts)
    assert "".join(span.text for span in spans) == TEXT
    assert set(kinds_of(spans)) >= {"actor", "place", "claim", "date", "event"}


def test_two_briefings_of_one_id_are_refused():
    """Rows could not be told apart."""
    with pytest.raises(ReadingError, match="the same doc_id"):
        bk.analyse([TEXT, TEXT])


def test_recycled_sentences_are_marked():
    """A sentence seen in an earlier briefing points to its first occurrence."""
    old = text_briefing("The town has been without water since the pumps were destroyed.", document_date=date(2019, 9, 1), doc_id="old")
    new = text_briefing(old.text, document_date=DAY, doc_id="new")
    sentences = bk.analyse([new, old]).sentences
    assert sentences["doc_id"].tolist() == ["old", "new"]
    assert sentences["repeat_of"].tolist()[1] == sentences["sentence_id"][0]


def test_another_language_is_flagged_and_not_misread():
    """German gives no rows but a warning."""
    text = "Am 10. Oktober wurden nach Angaben der Polizei in Berlin mindestens 30 Menschen festgenommen, als sie vor dem Reichstag " * 2
    found = bk.analyse(text, document_date=DAY)
    assert "LANGUAGE" in found.documents["warnings"][0]
    assert sum(len(getattr(found, name)) for name in ROW_TABLES) == 0


def test_coverage_lists_what_gave_no_row():
    """A sentence with a digit and no row is listed."""
    found = bk.analyse("See Annex 7 for the mandate. Ten people were killed on 3 May 2019.")
    assert bk.coverage(found)["text"].tolist() == ["See Annex 7 for the mandate."]


def test_a_date_may_be_given_as_text():
    """ISO text is a date; anything else is refused in one line."""
    assert bk.analyse("He left on 3 May.", document_date="2021-05-05").dates["value"].tolist() == ["2021-05-03"]
    with pytest.raises(ReadingError, match="write it as 2019-10-16"):
        bk.analyse("He left.", document_date="5 May")
