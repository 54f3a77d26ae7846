"""Series of one measure, contested figures side by side, totals without double counting."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from made_claims import claims_frame

from briefing_kit.contests import contested_claims, rounding
from briefing_kit.schemas import SCHEMAS
from briefing_kit.series import contested, number_history, totals
from briefing_kit.tables import Tables, build


def tables_of(*rows: dict[str, object]) -> Tables:
    empty = {name: build(name, {column.name: [] for column in SCHEMAS[name]}) for name in SCHEMAS}
    return Tables(**{**empty, "claims": claims_frame(*rows)})


OTHER = {"source": "UN panel", "source_kind": "document"}
IN_MAY = {
    "statistic": "count",
    "counted": "Russian mercenaries",
    "measure": "-:killed:LBY",
    "as_of_start": date(2019, 5, 1),
    "as_of_end": date(2019, 5, 31),
}
CONTESTS = [
    ("disjoint figures of two sources in one week", [{"value": 100}, {"value": 300, **OTHER}], True),
    ("the same source revises itself", [{"value": 100}, {"value": 300}], False),
    ("bounds that meet", [{"low": 80, "high": 120, "kind": "range"}, {"value": 100, **OTHER}], False),
    ("a rounded figure covers its rounding", [{"value": 100, "low": None, "kind": "approximate"}, {"value": 120, **OTHER}], False),
    ("a rounded figure far off", [{"value": 100, "low": None, "kind": "approximate"}, {"value": 400, **OTHER}], True),
    ("an open bound that is kept", [{"low": 31, "kind": "at_least"}, {"value": 40, **OTHER}], False),
    ("an open bound that is broken", [{"low": 31, "kind": "at_least"}, {"value": 12, **OTHER}], True),
    ("another measure", [{"value": 100}, {"value": 300, "measure": "islamic-state:camps:LBY", **OTHER}], False),
    ("a level against a peak", [{"value": 100}, {"value": 300, "statistic": "peak", **OTHER}], False),
    ("a part of a total", [{"value": 100}, {"value": 3, "part_of": "c9", **OTHER}], False),
    ("a denied figure", [{"value": 100}, {"value": 300, "factuality": "denied", **OTHER}], False),
    ("a rejected figure", [{"value": 100}, {"value": 300, "status": "rejected", **OTHER}], False),
    (
        "nobody's people at unknown places",
        [
            {"value": 100, "measure": "-:people:LBY", "sentence_id": "s1"},
            {"value": 300, "measure": "-:people:LBY", "sentence_id": "s2", **OTHER},
        ],
        False,
    ),
    (
        "nobody's people at one place",
        [
            {"value": 100, "measure": "-:people:LBY", "location": "Sirte"},
            {"value": 300, "measure": "-:people:LBY", "sentence_id": "s2", "location": "Sirte", **OTHER},
        ],
        True,
    ),
    (
        "levels of different weeks",
        [{"value": 100}, {"value": 300, "published_on": date(2019, 10, 16), "sentence_id": "s2", **OTHER}],
        False,
    ),
    (
        "as-of days that overlap in reports of different weeks",
        [
            {"value": 100, "as_of_start": date(2019, 10, 1), "as_of_end": date(2019, 10, 10)},
            {"value": 300, "as_of_start": date(2019, 10, 10), "as_of_end": date(2019, 10, 10), "published_on": date(2019, 10, 16), **OTHER},
        ],
        True,
    ),
    ("counts in one sentence", [{"value": 5, "statistic": "count"}, {"value": 12, "statistic": "count", **OTHER}], True),
    (
        "undated counts of one passage",
        [{"value": 5, "statistic": "count"}, {"value": 12, "statistic": "count", "sentence_id": "s2", **OTHER}],
        True,
    ),
    (
        "undated counts far apart",
        [{"value": 5, "statistic": "count"}, {"value": 12, "statistic": "count", "sentence_id": "s2", "start": 2000, "end": 2005, **OTHER}],
        False,
    ),
    (
        "counts of one event",
        [
            {"value": 5, "statistic": "count", "event_id": "e1"},
            {"value": 12, "statistic": "count", "event_id": "e1", "sentence_id": "s2", **OTHER},
        ],
        True,
    ),
    (
        "an undated count after a dated one of the same passage",
        [
            {"value": 8, "statistic": "count", "as_of_start": date(2019, 10, 1), "as_of_end": date(2019, 10, 1)},
            {"value": 10, "statistic": "count", "sentence_id": "s2", **OTHER},
        ],
        True,
    ),
    (
        "an undated count before the next dated one",
        [
            {"value": 10, "statistic": "count"},
            {
                "value": 11,
                "statistic": "count",
                "sentence_id": "s2",
                "as_of_start": date(2019, 10, 1),
                "as_of_end": date(2019, 10, 1),
                **OTHER,
            },
        ],
        False,
    ),
    (
        "undated counts of different people in one passage",
        [
            {"value": 5, "statistic": "count", "counted": "soldiers", "measure": "-:killed:LBY"},
            {"value": 12, "statistic": "count", "counted": "security agents", "measure": "-:killed:LBY", "sentence_id": "s2", **OTHER},
        ],
        False,
    ),
    (
        "the same people in the same month",
        [{"value": 8, **IN_MAY}, {"low": 10, "high": 35, "kind": "range", "doc_id": "w42", "sentence_id": "s9", **IN_MAY, **OTHER}],
        True,
    ),
    (
        "other people in the same month",
        [{"value": 8, **IN_MAY}, {"value": 43, "doc_id": "w42", "sentence_id": "s9", **IN_MAY, "counted": "people", **OTHER}],
        False,
    ),
    (
        "counts of one day at different places",
        [
            {"value": 5, "statistic": "count", "location": "Sirte", "as_of_start": date(2019, 10, 1), "as_of_end": date(2019, 10, 1)},
            {
                "value": 12,
                "statistic": "count",
                "location": "Sabha",
                "sentence_id": "s2",
                "as_of_start": date(2019, 10, 1),
                "as_of_end": date(2019, 10, 1),
                **OTHER,
            },
        ],
        False,
    ),
]


@pytest.mark.parametrize(("case", "rows", "wanted"), CONTESTS, ids=[case for case, _, _ in CONTESTS])
def test_contests(case: str, rows: list[dict[str, object]], wanted: bool) -> None:
    """Two sources contest a figure when measure and time are the same and the bounds are disjoint."""
    frame = claims_frame(*rows)
    assert contested_claims(frame).tolist() == [wanted, wanted]
    assert len(contested(frame)) == 2 * wanted


def test_contested_stands_side_by_side() -> None:
    """The contested table keeps both figures as they are, with their sources."""
    table = contested(claims_frame({"value": 300, **OTHER}, {"value": 100}))
    assert table[["source", "value"]].values.tolist() == [["AFRICOM officials", 100.0], ["UN panel", 300.0]]


def test_history_of_the_founding_figure() -> None:
    """From the peak of about 5,000 to around 100: -4,900, -98 per cent, approximate."""
    peak = {"claim_id": "peak", "value": 5000, "low": None, "kind": "approximate", "statistic": "peak", "source": "(author)"}
    now = {"claim_id": "now", "value": 100, "low": None, "kind": "approximate", "compared_to": "peak", "as_of_end": date(2019, 10, 10)}
    history = number_history(claims_frame(now, peak)).set_index("claim_id")
    assert history.loc["now", ["before_id", "change", "percent", "approximate"]].tolist() == ["peak", -4900.0, -98.0, True]


@pytest.mark.parametrize(
    ("statistic", "unit_class", "linked"),
    [
        ("level", "people", True),
        ("cumulative", "killed", True),
        ("count", "displaced", True),
        ("count", "killed", False),
        ("count", "events", False),
    ],
)
def test_history_of_separate_happenings(statistic: str, unit_class: str, linked: bool) -> None:
    """Levels, running totals and the displaced move; the dead of two strikes are no change, except where the text compares them."""
    common = {"statistic": statistic, "unit_class": unit_class}
    first = {"claim_id": "a", "value": 43, "published_on": date(2019, 10, 2), **common}
    history = number_history(claims_frame(first, {"claim_id": "b", "value": 3, **common}))
    assert history["before_id"].dropna().tolist() == ["a"] * linked
    assert history["change"].notna().tolist() == [False, linked]
    compared = number_history(claims_frame(first, {"claim_id": "b", "value": 3, "compared_to": "a", **common}))
    assert compared["change"].tolist()[1] == -40.0


def test_history_keeps_totals_and_levels_apart() -> None:
    """A running total does not follow a level."""
    history = number_history(claims_frame({"value": 43, "published_on": date(2019, 10, 2)}, {"value": 300, "statistic": "cumulative"}))
    assert history["before_id"].isna().all()


def test_history_over_weeks() -> None:
    """A figure is held against the latest earlier one; ranges and bounds give no change."""
    rows = [
        {"claim_id": "a", "value": 40, "published_on": date(2019, 9, 25)},
        {"claim_id": "c", "value": 50, "published_on": date(2019, 10, 9)},
        {"claim_id": "b", "low": 40, "high": 60, "kind": "range", "published_on": date(2019, 10, 2)},
        {"claim_id": "d", "value": 60, "published_on": date(2019, 10, 16), "factuality": "denied"},
        {"claim_id": "e", "value": 75, "published_on": date(2019, 10, 23)},
    ]
    history = number_history(claims_frame(*rows))
    assert history["claim_id"].tolist() == ["a", "b", "c", "e"]
    assert history["before_id"].tolist()[1:] == ["a", "b", "c"]
    assert history["change"].isna().tolist() == [True, True, True, False]
    assert history["percent"].tolist()[-1] == 50.0


TOTALS = [
    ("two and more than 30", [{"value": 2, "counted": "soldiers"}, {"low": 31, "kind": "at_least", "counted": "rebels"}], (None, 33, None)),
    ("a part is not added", [{"value": 12, "counted": "people"}, {"value": 2, "counted": "children", "part_of": "c0"}], (12, 12, 12)),
    ("the same thing again", [{"value": 12, "counted": "people"}, {"value": 12, "counted": "people"}], (12, 12, 12)),
    ("a revised figure", [{"value": 12, "counted": "people"}, {"value": 14, "counted": "people"}], (14, 14, 14)),
    ("sources that differ", [{"value": 12}, {"value": 20, **OTHER}], (None, 12, 20)),
    ("sources that agree", [{"value": 12}, {"value": 12, **OTHER}], (12, 12, 12)),
    ("exact parts", [{"value": 4, "counted": "policemen"}, {"value": 3, "counted": "soldiers"}], (7, 7, 7)),
    (
        "a rounded part",
        [{"value": 100, "low": None, "kind": "approximate", "counted": "a"}, {"value": 3, "counted": "b"}],
        (103, None, None),
    ),
    ("different units", [{"value": 4, "unit": "hectare"}, {"value": 3, "unit": "square kilometre"}], (None, None, None)),
]


@pytest.mark.parametrize(("case", "rows", "wanted"), TOTALS, ids=[case for case, _, _ in TOTALS])
def test_totals(case: str, rows: list[dict[str, object]], wanted: tuple[float | None, ...]) -> None:
    """Parts add up once, bounds stay bounds, and sources that differ give a span."""
    table = totals(tables_of(*({"event_id": "e1", **row} for row in rows)))
    assert len(table) == 1
    assert tuple(None if pd.isna(figure) else figure for figure in table.loc[0, ["value", "low", "high"]]) == wanted


def test_totals_are_per_document_event_and_class() -> None:
    """Different events and classes are not added together; percentages, changes and forecasts are left out."""
    table = totals(
        tables_of(
            {"value": 5, "event_id": "e1", "unit_class": "killed"},
            {"value": 7, "event_id": "e1", "unit_class": "injured"},
            {"value": 9, "unit_class": "killed"},
            {"value": 30, "unit_class": "percent"},
            {"value": 8, "statistic": "change"},
            {"value": 8, "factuality": "forecast"},
        )
    )
    assert table["n_claims"].tolist() == [1, 1, 1]
    assert table["event_id"].isna().tolist() == [False, False, True]


def test_nothing_to_compare() -> None:
    """Empty tables give empty tables with the same columns."""
    empty = tables_of()
    assert len(contested_claims(empty)) == len(contested(empty)) == len(number_history(empty)) == len(totals(empty)) == 0


@pytest.mark.parametrize(("value", "place"), [(5000, 1000), (120, 10), (37, 1), (0, 0), (2.5, 0)])
def test_rounding(value: float, place: float) -> None:
    """The place of the last digit that is not 0."""
    assert rounding(value) == place
