"""What is counted: mentions per actor and week, who appears with whom, salience, trends; on tables made by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from made_tables import made_tables

import briefing_kit as bk

KNOWN = {"known": True}
SENTENCES = ["Alpha met Beta.", "Alpha left.", "Alpha, Beta and Gamma talked.", "Nothing happened at Delta Town."]
MENTIONS = [
    (0, "Alpha", "ngo"),
    (0, "Beta", "igo"),
    (1, "Alpha", "ngo"),
    (2, "Alpha", "ngo"),
    (2, "Beta", "igo"),
    (2, "Gamma", "igo"),
    (3, "Delta Town", "place"),
]
TWO_WEEKS = [date(2021, 3, 10), date(2021, 3, 24)]
WEEKS = ["2021-W10", "2021-W11", "2021-W12"]


def test_mentions_share_and_first_place():
    """Salience: how often, in how many sentences, how early, which share; places are no actors."""
    counts = bk.mention_counts(made_tables(MENTIONS, SENTENCES))
    assert counts[["actor", "mentions", "sentences", "first_seen", "share"]].values.tolist() == [
        ["Alpha", 3, 3, 0.0, 50.0],
        ["Beta", 2, 2, 0.11, 33.3],
        ["Gamma", 1, 1, 0.49, 16.7],
    ]


def test_rejected_mentions_and_pronouns_are_not_counted():
    """What an analyst rejected counts nowhere; a pronoun is an echo."""
    mentions = [
        (0, "Alpha", "ngo", {"status": "rejected"}),
        (1, "Alpha", "ngo", {"mention_kind": "pronoun"}),
        (2, "Alpha", "ngo", {"status": "added"}),
    ]
    assert bk.mention_counts(made_tables(mentions, SENTENCES))["mentions"].tolist() == [1]


def test_weeks_without_a_briefing_are_not_zero():
    """Silence and absence differ: <NA> where nothing was published."""
    frame = bk.actor_weeks(made_tables(MENTIONS, SENTENCES, TWO_WEEKS), WEEKS).set_index("actor")
    assert frame.loc["Alpha", "2021-W10"] == 2
    assert frame.loc["Alpha", "2021-W12"] == 1
    assert frame.loc["Gamma"].tolist()[0] == 0
    assert frame["2021-W11"].isna().all()


def test_only_the_weeks_asked_for_count():
    """An actor of other weeks has no row; the most mentioned come first."""
    tables = made_tables(MENTIONS, SENTENCES, TWO_WEEKS)
    assert bk.actor_weeks(tables, ["2021-W10"])["actor"].tolist() == ["Alpha", "Beta"]
    assert bk.actor_weeks(tables, WEEKS, top=1)["actor"].tolist() == ["Alpha"]


def test_pairs_count_sentences():
    """Each pair once, whatever the order and however often both are named."""
    tables = made_tables([*MENTIONS, (0, "Alpha met Beta", "ngo", {"actor_id": "alpha", "actor": "Alpha"})], SENTENCES)
    assert bk.comentions(tables).values.tolist() == [["Alpha", "Beta", 2], ["Alpha", "Gamma", 1], ["Beta", "Gamma", 1]]
    assert bk.comentions(tables, top=2).values.tolist() == [["Alpha", "Beta", 2]]


def test_actors_are_told_apart_by_id_and_counted_once():
    """Two actors of one name stay two; one actor under two names stays one."""
    mentions = [
        (0, "Alpha", "ngo", {"actor_id": "alpha-one"}),
        (1, "Alpha", "ngo", {"actor_id": "alpha-two"}),
        (0, "Beta", "igo", {"actor_id": "beta"}),
        (2, "Gamma", "igo", {"actor_id": "beta"}),
    ]
    tables = made_tables(mentions, SENTENCES)
    expected = {"Alpha (alpha-one)": 1, "Alpha (alpha-two)": 1, "Beta": 2}
    assert bk.mention_counts(tables).set_index("actor")["mentions"].to_dict() == expected
    assert bk.actor_weeks(tables, ["2021-W10"]).set_index("actor")["2021-W10"].to_dict() == expected
    assert bk.comentions(tables).values.tolist() == [["Alpha (alpha-one)", "Beta", 1]]


def test_no_mentions_give_empty_tables():
    """With their columns, so that charts can say that there is nothing."""
    tables = made_tables([], SENTENCES)
    assert list(bk.mention_counts(tables)) == ["actor_id", "actor", "actor_type", "mentions", "sentences", "first_seen", "share"]
    assert list(bk.actor_weeks(tables, WEEKS)) == ["actor", *WEEKS]
    assert list(bk.comentions(tables)) == ["actor", "other", "sentences"]
    assert bk.mention_counts(tables).empty
    assert bk.actor_weeks(tables, WEEKS).empty


def weekly(counts: list[int]) -> tuple[bk.Tables, bk.Tables]:
    """The last week and those before it, one briefing a week, with so many mentions of Alpha in each."""
    days = [date.fromisocalendar(2021, 10 + at, 3) for at in range(len(counts))]
    tables = made_tables([(at, "Alpha", "ngo", KNOWN) for at, n in enumerate(counts) for _ in range(n)], ["Alpha."] * len(counts), days)
    weeks = sorted(tables.documents["week"])
    return tables.of_weeks(weeks[-1:]), tables.of_weeks(weeks[:-1])


@pytest.mark.parametrize(
    ("counts", "trend"),
    [
        ([0, 0, 0, 0, 3], "new"),
        ([1, 1, 1, 1, 0], "gone"),
        ([4, 4, 4, 0, 4], "returning"),
        ([1, 1, 1, 1, 5], "limited change"),
        ([1, 1, 1, 1, 6], "strong rise"),
        ([8, 8, 8, 8, 10], "rise"),
        ([20, 20, 20, 20, 22], "little change"),
        ([8, 8, 8, 8, 8], "little change"),
        ([8, 8, 8, 8, 5], "fall"),
        ([3, 3, 3, 3, 2], "fall"),
    ],
)
def test_trends_against_the_weeks_before(counts, trend):
    """The bands and the low-base guard; a mean of at most 2 with at most 5 mentions says nothing in per cent."""
    actors = bk.changes(*weekly(counts)).actors
    assert actors["trend"].tolist() == [trend]
    assert actors["mentions"].tolist() == [counts[-1]]
    assert actors["mean_before"].tolist() == [sum(counts[:-1]) / 4]


def test_a_week_without_a_briefing_is_in_no_mean():
    """Two briefings in four weeks: the mean is over two."""
    this, before = weekly([8, 8, 8])
    assert bk.changes(this, before).actors["mean_before"].tolist() == [8.0]
    assert pd.Series(before.documents["week"]).nunique() == 2
