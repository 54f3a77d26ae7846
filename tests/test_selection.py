"""A question as a value: the rows it lets through, and code that gives the same rows."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing_kit as bk
from briefing_kit.selection import VIEWS, Selection, SelectionError, only, select, select_code


@pytest.fixture(scope="module")
def tables():
    return bk.analyse(bk.load_briefings("data/briefings"))


@pytest.mark.parametrize(
    ("selection", "holds"),
    [
        (Selection(view="claims", weeks=("2019-W42",)), lambda rows, _: set(rows["week"]) == {"2019-W42"}),
        (Selection(view="claims", kinds=("killed", "people")), lambda rows, _: set(rows["unit_class"]) == {"killed", "people"}),
        (Selection(view="events", source_kinds=("author",)), lambda rows, _: set(rows["source_kind"]) == {"author"}),
        (Selection(view="mentions", actors=("islamic-state",)), lambda rows, _: set(rows["actor_id"]) == {"islamic-state"}),
        (
            Selection(view="events", actors=("libyan-national-army",)),
            lambda rows, _: all("libyan-national-army" in cell.split("; ") for cell in rows["actors"]),
        ),
        (
            Selection(view="claims", words="FIGHTERS"),
            lambda rows, t: (
                t.sentences.set_index("sentence_id").loc[rows["sentence_id"], "text"].str.contains("fighters", case=False).all()
            ),
        ),
        (Selection(view="claims", order="value", descending=True), lambda rows, _: rows["value"].dropna().is_monotonic_decreasing),
        (Selection(view="claims", countries=("XXX",)), lambda rows, _: rows.empty),
    ],
)
def test_what_a_filter_lets_through(tables, selection, holds):
    rows = select(tables, selection)
    assert holds(rows, tables)
    assert len(rows) < len(VIEWS[selection.view][1](tables)) or selection.order
    assert rows.empty == ("XXX" in selection.countries)


def _some(values):
    return st.lists(st.sampled_from(sorted(values)), max_size=3, unique=True).map(tuple)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_code_gives_the_same_rows(tables, data):
    view = data.draw(st.sampled_from(sorted(VIEWS)))
    rows = VIEWS[view][1](tables)
    kind = {"mentions": "actor_type", "claims": "unit_class", "events": "event_type"}[view]
    selection = Selection(
        view=view,
        weeks=data.draw(_some(set(tables.documents["week"].dropna()))),
        series=data.draw(_some(set(tables.documents["series"].dropna()) | {"no such series"})),
        countries=data.draw(_some({"LBY", "MLI"})),
        actors=data.draw(_some(set(tables.mentions["actor_id"]))),
        kinds=data.draw(_some(set(rows[kind].dropna().astype("str")))),
        source_kinds=data.draw(_some({"author", "named", "unnamed"})),
        firmness=data.draw(_some({"asserted", "reported"})),
        words=data.draw(st.sampled_from(["", "the", 'it\'s "said"', "$5m\\", "Tripoli"])),
        order=data.draw(st.sampled_from(["", "text", "start", "published_on"])),
        descending=data.draw(st.booleans()),
    )
    *before, last = select_code(selection).splitlines()
    scope = {"tables": tables}
    exec("\n".join(before), scope)
    assert last == "rows"
    pd.testing.assert_frame_equal(scope["rows"], select(tables, selection))


def test_what_cannot_be_asked(tables):
    with pytest.raises(SelectionError, match="view: no 'people'"):
        select(tables, Selection(view="people"))
    with pytest.raises(SelectionError, match="order: claims has no column 'size'"):
        select(tables, Selection(view="claims", order="size"))


def test_charts_see_the_selected_rows_only(tables):
    rows = select(tables, Selection(view="claims", weeks=("2019-W42",)))
    assert len(only(tables, Selection(view="claims"), rows).claims) == len(rows)
    assert len(only(tables, Selection(view="claims"), rows).events) == len(tables.events)
