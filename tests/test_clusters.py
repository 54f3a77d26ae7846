"""The same happening in several reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_kit import clusters
from briefing_kit.clusters import EventRow, cluster_events, likeness

STRIKE = EventRow(
    event_id="a1",
    doc_id="w38",
    published_on=date(2019, 9, 25),
    date_start=date(2019, 9, 19),
    date_end=date(2019, 9, 19),
    granularity="day",
    event_type="air_strike",
    actors=frozenset(("us-africa-command", "islamic-state")),
    location="Murzuq",
    country="LBY",
    figures=(("killed", 8.0),),
    sentence_hash="h1",
)
LATER = replace(STRIKE, event_id="b1", doc_id="w39", published_on=date(2019, 10, 2), sentence_hash="h2")


def test_two_reports_of_one_happening_bear_the_first_reports_id() -> None:
    """The earlier publication gives the id, whatever the order of the rows."""
    assert cluster_events([LATER, STRIKE]) == ["a1", "a1"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"figures": (("killed", 11.0),)}, "tolls are revised"),
        ({"location": None, "country": None}, "the second report names no place"),
        ({"actors": frozenset(("us-africa-command",))}, "the second report names fewer actors"),
        ({"event_type": "killing"}, "one report names the means, the other the result"),
    ],
)
def test_reports_that_differ_a_little_are_one_happening(change: dict[str, object], why: str) -> None:
    """Missing or revised particulars do not part two reports."""
    assert cluster_events([STRIKE, replace(LATER, **change)]) == ["a1", "a1"], why


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"date_start": date(2019, 9, 20), "date_end": date(2019, 9, 20)}, "another day"),
        ({"location": "Sirte", "figures": (("killed", 3.0),)}, "another place"),
        ({"country": "SYR", "location": None}, "another country"),
        ({"event_type": "statement"}, "another kind of event"),
        ({"event_type": "bombing"}, "another means"),
        ({"date_start": date(2019, 9, 1), "date_end": date(2019, 9, 30), "granularity": "month"}, "the month's total"),
        ({"location": None, "actors": frozenset(), "figures": ()}, "nothing beyond the day and the type"),
        ({"actors": frozenset(("libyan-national-army",)), "location": None, "figures": ()}, "other actors"),
    ],
)
def test_other_happenings_stay_apart(change: dict[str, object], why: str) -> None:
    """A contradiction, or nothing in common beyond day and type, keeps reports apart."""
    assert cluster_events([STRIKE, replace(LATER, **change)]) == ["a1", "b1"], why


def test_a_recycled_sentence_is_the_same_report_again() -> None:
    """An undated happening in a repeated sentence counts once; the same sentence in one document twice does not join."""
    undated = replace(STRIKE, date_start=None, date_end=None, granularity="undated", actors=frozenset(), figures=(), location=None)
    again = replace(undated, event_id="b1", doc_id="w39", published_on=date(2019, 10, 2))
    other = replace(again, sentence_hash="h9", event_id="c1")
    assert cluster_events([undated, again, other]) == ["a1", "a1", "c1"]


def test_overlapping_periods_with_the_same_parties_are_one_happening() -> None:
    """Two tellings of one series of raids agree though their limits differ."""
    first = replace(STRIKE, date_end=date(2019, 9, 29), granularity="days", figures=(("events", 4.0),))
    second = replace(LATER, date_start=date(2019, 9, 21), date_end=date(2019, 10, 2), granularity="part_month", figures=(("events", 4.0),))
    assert cluster_events([first, second]) == ["a1", "a1"]


@pytest.mark.parametrize("varied", [False, True])
def test_many_reports_of_one_day_are_compared_with_few(varied: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that tells one thing thousands of times, or that many things of one day and actor, costs so much a report and no more."""
    compared = 0

    def counted(first: EventRow, other: EventRow) -> float:
        nonlocal compared
        compared += 1
        return likeness(first, other)

    monkeypatch.setattr(clusters, "likeness", counted)
    n_reports = 4_000
    told = replace(STRIKE, location=None)
    rows = [replace(told, event_id=f"{index:04}", figures=(("sorties", float(index)),) if varied else ()) for index in range(n_reports)]
    assert len(set(cluster_events(rows))) == n_reports  # one author's reports that nothing but day and actors joins
    assert compared <= 101 * n_reports


def test_no_reports_no_clusters() -> None:
    """An empty table has no ids."""
    assert cluster_events([]) == []


def _rows(n_rows: int, seed: int) -> list[EventRow]:
    draw = Random(seed)
    rows = []
    for index in range(n_rows):
        day = date(2019, 1, 1) + timedelta(days=draw.randrange(5))
        rows.append(
            EventRow(
                event_id=f"{index:04}",
                doc_id=f"d{draw.randrange(4)}",
                published_on=draw.choice([None, day, day + timedelta(days=7)]),
                date_start=day,
                date_end=day + timedelta(days=draw.choice([0, 0, 3, 40])),
                granularity="day",
                event_type=draw.choice(["killing", "air_strike", "arrest"]),
                actors=frozenset(draw.sample(["x", "y", "z"], draw.randrange(3))),
                location=draw.choice([None, "Gao", "Kidal"]),
                figures=(("killed", float(draw.randrange(3))),),
                sentence_hash=f"s{draw.randrange(20)}",
            )
        )
    return rows


@given(st.integers(0, 30), st.integers(0, 10_000))
def test_clusters_do_not_depend_on_the_order_of_rows(n_rows: int, seed: int) -> None:
    """Shuffled rows keep their ids; every id is that of a member which names itself."""
    rows = _rows(n_rows, seed)
    found = {row.event_id: cluster for row, cluster in zip(rows, cluster_events(rows), strict=True)}
    assert all(found[cluster] == cluster for cluster in found.values())
    Random(seed + 1).shuffle(rows)
    assert found == {row.event_id: cluster for row, cluster in zip(rows, cluster_events(rows), strict=True)}
