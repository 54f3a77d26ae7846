"""What changed: trends with their guard, figures, events, contests."""

from __future__ import annotations

from datetime import date

import pytest

import briefing_kit as bk
from briefing_kit.briefing import text_briefing
from briefing_kit.comparison import _trend
from briefing_kit.weeks import WeekError, preceding, select_week

WEEKS = ["2019-W38", "2019-W39"]


@pytest.mark.parametrize(
    ("now", "mean", "last", "trend"),
    [
        (3, 0.0, None, "new"),
        (0, 4.0, "2019-W39", "gone"),
        (3, 2.0, "2019-W38", "returning"),
        (5, 2.0, "2019-W39", "limited change"),
        (6, 2.0, "2019-W39", "strong rise"),
        (10, 8.0, "2019-W39", "rise"),
        (10, 10.0, "2019-W39", "little change"),
        (8, 10.0, "2019-W39", "little change"),
        (7, 10.0, "2019-W39", "fall"),
    ],
)
def test_trends(now, mean, last, trend):
    """Bands of +25, +10 and -25 per cent, with a guard for small bases."""
    assert _trend(now, mean, last, WEEKS) == trend


@pytest.fixture(scope="module")
def two_weeks():
    before = text_briefing(
        "The UN said that 9,400 people had been displaced in Libya. Egypt protested on 3 October.",
        document_date=date(2019, 10, 9),
        doc_id="one",
    )
    after = text_briefing(
        "The UN said that 16,700 people had been displaced in Libya. Turkey protested on 14 October.",
        document_date=date(2019, 10, 16),
        doc_id="two",
    )
    tables = bk.analyse([before, after])
    return select_week(tables, "2019-W42", 4)


def test_changes(two_weeks):
    """New and gone actors, the revised figure with its difference, the new event; all with row ids."""
    found = bk.changes(two_weeks.this, two_weeks.before)
    trends = found.actors.set_index("actor_id")["trend"]
    assert (trends["turkey"], trends["egypt"]) == ("new", "gone")
    assert set(found.actors["mention_id"]) <= set(two_weeks.all.mentions["mention_id"])
    figure = found.figures.iloc[0]
    assert (figure["change"], figure["percent"], bool(figure["approximate"])) == (7300.0, 77.7, False)
    assert figure["claim_id"] in set(two_weeks.this.claims["claim_id"])
    assert found.events["status"].tolist() == ["new"]
    assert "Figures changed: 1." in str(found)


def test_changes_as_plain_values(two_weeks):
    """The JSON form has ISO dates and None for missing."""
    records = bk.changes(two_weeks.this, two_weeks.before).records()
    assert records["events"][0]["date_start"] == "2019-10-14"
    assert records["events"][0]["before_start"] is None


def test_nothing_before_and_nothing_now(two_weeks):
    """Empty sides give empty tables, not errors."""
    nothing = two_weeks.this.of_weeks([])
    assert len(bk.changes(nothing, nothing).actors) == 0
    assert set(bk.changes(two_weeks.this, nothing).actors["trend"]) == {"new"}


def test_weeks():
    """The weeks before a week, over the turn of the year; what is no week is refused."""
    assert preceding("2020-W01", 2) == ("2019-W51", "2019-W52")
    for wrong in ("2019-W60", "2019-42", "next"):
        with pytest.raises(WeekError, match="2019-W42"):
            preceding(wrong, 1)


def test_newest_week_by_default(two_weeks):
    """Without a week the newest is taken; without any dated briefing there is none."""
    assert select_week(two_weeks.all, "", 1).week == "2019-W42"
    with pytest.raises(WeekError, match="published_on"):
        select_week(bk.analyse("Troops left."), "", 1)
