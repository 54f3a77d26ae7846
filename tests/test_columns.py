"""Cells to columns and back, records to rows in batches, and contested figures without comparing all pairs."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_claims import claims_frame

from briefing_kit import contests, findings
from briefing_kit.analysis import analyse
from briefing_kit.briefing import text_briefing
from briefing_kit.columns import array, cells, dtype, joined
from briefing_kit.schemas import SCHEMAS, Column
from briefing_kit.tables import concat

COLUMNS = {
    "text": (Column("c", "text", ""), st.text(st.characters(exclude_categories=["Cs"]), max_size=5)),
    "choice": (Column("c", "choice", "", allowed=("a", "b")), st.sampled_from(["a", "b"])),
    "day": (Column("c", "day", ""), st.dates()),
    "whole": (Column("c", "whole", ""), st.integers(-(2**60), 2**60)),
    "number": (Column("c", "number", ""), st.floats(allow_nan=False)),
}


@pytest.mark.parametrize("kind", COLUMNS)
@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_a_column_gives_back_its_cells(kind, data):
    column, values = COLUMNS[kind]
    given_cells = data.draw(st.lists(st.none() | values, max_size=8))
    made = array(column, given_cells)
    assert made.dtype == dtype(column)
    assert cells(pd.DataFrame({"c": made}), ["c"]) == [given_cells]


@pytest.mark.parametrize("values", [[], [3, 1], [3, None]])
def test_a_required_whole_number_may_still_be_missing(values):
    """What is missing against the schema is the validation's business, not a crash."""
    column = Column("c", "whole", "", required=True)
    assert cells(pd.DataFrame({"c": array(column, values)}), ["c"]) == [values]


def test_joined_text_lies_in_one_piece():
    """However many parts a table came in, what is written from it is the same."""
    column = COLUMNS["text"][0]
    whole = joined([array(column, ["a", None]), array(column, []), array(column, ["b"])])
    assert whole.__arrow_array__().num_chunks == 1
    assert cells(pd.DataFrame({"c": whole}), ["c"]) == [["a", None, "b"]]


TEXTS = [
    f"The UN said on {day} May 2021 that 1{day} people were killed near Gao. Soft\u00adened words. Officials denied it."
    for day in range(1, 8)
]


def test_the_size_of_a_batch_changes_nothing(monkeypatch):
    briefings = [text_briefing(text, document_date=date(2021, 5, 9)) for text in [*TEXTS, "", "Привет, это текст на русском языке. " * 9]]
    whole = analyse(briefings)
    monkeypatch.setattr(findings, "_BATCH", 1)
    for name, frame in analyse(briefings).items():
        pd.testing.assert_frame_equal(frame, getattr(whole, name))


def test_what_is_found_is_not_kept_with_the_briefing():
    briefing = text_briefing(TEXTS[0])
    analyse(briefing)
    assert set(vars(briefing)) == set(briefing.__dataclass_fields__)


def test_tables_end_to_end():
    parts = [analyse(text) for text in TEXTS[:3]]
    for name, frame in concat(parts).items():
        assert len(frame) == sum(len(getattr(part, name)) for part in parts)
        assert frame.dtypes.equals(getattr(parts[0], name).dtypes)
        assert list(frame.columns) == [column.name for column in SCHEMAS[name]]


CLAIM = st.fixed_dictionaries(
    {
        "value": st.integers(1, 4),
        "source": st.sampled_from(["UN", "LNA", "GNA"]),
        "statistic": st.sampled_from(["level", "count"]),
        "counted": st.sampled_from(["fighters", "mercenaries", None]),
        "unit": st.sampled_from([None, "km"]),
        "location": st.sampled_from([None, "Gao", "Kidal"]),
        "as_of_start": st.sampled_from([None, date(2021, 5, 1), date(2021, 5, 3)]),
        "as_of_end": st.sampled_from([None, date(2021, 5, 3), date(2021, 5, 20)]),
        "published_on": st.sampled_from([None, date(2021, 5, 5), date(2021, 5, 12)]),
        "sentence_id": st.sampled_from(["s1", "s2", "s3"]),
        "doc_id": st.sampled_from(["d1", "d2"]),
        "event_id": st.sampled_from([None, "e1", "e2"]),
    }
)


@settings(deadline=None, max_examples=50)
@given(st.lists(CLAIM, max_size=9))
def test_contested_figures_are_those_that_some_pair_contests(claims):
    """The figures met class by class are the same as pair by pair."""
    frame = claims_frame(*claims)
    figures = list(contests._figures(frame))
    flags = [False] * len(frame)
    for one, other in combinations(figures, 2):
        if _may_be_of_one_thing(one, other) and one.source != other.source and (one.high < other.low or other.high < one.low):
            flags[one.at] = flags[other.at] = True
    found = contests.contested_claims(frame).tolist()
    # Counts of one passage are met besides, so they may be contested by more.
    happened = {figure.at for figure in figures if figure.group[1] == "happened"}
    for at, found in enumerate(contests.contested_claims(frame)):
        assert found == flags[at] or (found and at in happened)


def _may_be_of_one_thing(one, other):
    if one.group != other.group:
        return False
    same_days = one.dated and other.dated and one.first <= other.last and other.first <= one.last
    shared = one.sentence_id == other.sentence_id or (one.happening is not None and one.happening == other.happening)
    return shared or (same_days and contests._comparable(one, other))
