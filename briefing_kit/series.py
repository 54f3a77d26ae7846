"""Figures over time and side by side: series of one measure, contested figures, totals per event. Pure functions over claim rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, groupby
from typing import Any, NamedTuple

import pandas as pd

from briefing_kit.tables import Tables

Claims = pd.DataFrame | Tables

UNREAL = ("denied", "hypothetical", "forecast")
NOT_A_STATE = ("change", "target")
_HAPPENED = ("count", "cumulative")
_ANYBODY = frozenset("people persons person others lives victims casualties bodies deaths fatalities civilians".split())
_PASSAGE = 400  # characters: undated counts this near to each other in one text are of the same happening
_NEIGHBOURS = 8
_LONGEST_DAY = 7  # days: two counts dated no closer than this may be of different happenings


class _Figure(NamedTuple):
    """A claim as far as a contest needs it; `first` and `last` are ordinal days."""

    at: int
    group: tuple[str, str, str]
    dated: bool
    first: int
    last: int
    low: float
    high: float
    source: str
    happening: str | None
    doc_id: str
    start: int
    sentence_id: str
    location: str | None
    named: bool
    head: str | None


def contested_claims(claims: Claims) -> pd.Series:
    """For each claim whether another source gives a disjoint figure for the same measure and time: booleans aligned with the rows.

    Same time: overlapping as-of days, or the same week of publication where a level bears no date. Figures of what happened
    (killed, arrested, airstrikes) must also belong to the same event, sentence or passage, or to days no more than a week apart at the
    same place, or be of the same sort of people in the same stretch of days; soldiers and rebels are not the same. Where the measure
    names no actor, or only a unit, they must share event, sentence or place. Changes, targets, parts of a total, denied, hypothetical and
    forecast figures contest nothing. An approximate figure stands for its rounding (half the place of its last digit that is not 0, so
    "around 5,000" is 4,500-5,500).
    """
    frame = _frame(claims)
    flags = [False] * len(frame)
    for one, other in _together(list(_figures(frame))):
        if one.source != other.source and (one.high < other.low or other.high < one.low):
            flags[one.at] = flags[other.at] = True
    return pd.Series(flags, index=frame.index, dtype="bool")


def contested(claims: Claims) -> pd.DataFrame:
    """The contested figures side by side, never averaged: one row per claim, sorted by measure, day and source.

    Columns: measure, as_of_start, as_of_end, source, source_kind, text, value, low, high, kind, factuality, cue, doc_id, claim_id.
    """
    frame = _frame(claims)
    rows = frame[contested_claims(frame)].sort_values(["measure", "as_of_start", "source", "doc_id", "start"], kind="stable")
    columns = "measure as_of_start as_of_end source source_kind text value low high kind factuality cue doc_id claim_id".split()
    return rows[columns].reset_index(drop=True)


def number_history(claims: Claims) -> pd.DataFrame:
    """How each figure has moved: one row per claim of a measure, oldest first, with the change from the figure before.

    Columns: measure, day (last as-of day, else publication), week, text, value, low, high, kind, statistic, source, factuality, claim_id,
    before_id, change, percent, approximate. The figure before is the one that the text compares it to, else the latest earlier one of
    the measure where it names actor and noun: a level follows a level, a running total a running total; counts of separate happenings
    have no figure before, and a peak is only what others are compared to. change and percent need two single values;
    `approximate` says that one is rounded. Changes, targets and unreal figures are left out.
    """
    frame = _frame(claims)
    rows = frame[_real(frame)]
    day = rows["as_of_end"].fillna(rows["published_on"]).fillna(rows["as_of_start"])  # "since 4 April" runs to the day of the text
    rows = rows.assign(day=day).sort_values(["measure", "day", "published_on", "doc_id", "start"], kind="stable", na_position="first")
    ordered = _rows(rows)
    by_id = {row.claim_id: row for row in ordered}
    latest: dict[tuple[str, str | None], Any] = {}
    moves = []
    for row in ordered:
        key = (row.measure, _goes_on(row))
        before = by_id.get(row.compared_to) if isinstance(row.compared_to, str) else latest.get(key)
        if before is not None and not isinstance(row.compared_to, str) and not _same_series(row, before):
            before = None  # "60,000 people" and "6,000 people" of nobody in particular are no series
        moves.append(_move(row, before))
        if key[1] in ("level", "cumulative"):
            latest[key] = row
    columns = "measure day week text value low high kind statistic source factuality claim_id".split()
    moved = pd.DataFrame(moves, columns=["before_id", "change", "percent", "approximate"], index=rows.index)
    moved = moved.astype({"change": "Float64", "percent": "Float64", "approximate": "bool", "before_id": "str"})
    return pd.concat([rows[columns], moved], axis=1).reset_index(drop=True)


def totals(tables: Tables) -> pd.DataFrame:
    """One row per (doc_id, event_id or missing, unit_class): value, low, high, n_claims.

    Figures of one source for different things are added ("two soldiers" and "more than 30 rebels" are at least 33); a part of a stated
    total is not added to it, nor is a figure for the same thing given again. Where sources differ, low and high span what they give and
    value is missing. A missing bound makes the sum's bound missing; figures in different units are not added.
    """
    frame = _frame(tables)
    rows = frame[_real(frame) & frame["part_of"].isna() & (frame["unit_class"] != "percent")]
    keyed = rows.assign(event_key=rows["event_id"].fillna(""), class_key=rows["unit_class"].astype("str"))
    out = []
    for (doc_id, event_key, unit_class), group in keyed.groupby(["doc_id", "event_key", "class_key"], sort=False):
        value, low, high = _total(_rows(group))
        out.append((doc_id, event_key or None, unit_class, value, low, high, len(group)))
    result = pd.DataFrame(out, columns=["doc_id", "event_id", "unit_class", "value", "low", "high", "n_claims"])
    types = {
        "doc_id": "str",
        "event_id": "str",
        "unit_class": "str",
        "value": "Float64",
        "low": "Float64",
        "high": "Float64",
        "n_claims": "Int64",
    }
    return result.astype(types)


def _frame(claims: Claims) -> pd.DataFrame:
    return claims.claims if isinstance(claims, Tables) else claims


def _rows(frame: pd.DataFrame) -> list[Any]:
    return list(frame.itertuples(index=False))


def _real(frame: pd.DataFrame) -> pd.Series:
    return ~frame["statistic"].isin(NOT_A_STATE) & ~frame["factuality"].isin(UNREAL) & (frame["status"] != "rejected")


def _figures(frame: pd.DataFrame) -> Iterable[_Figure]:
    real = _real(frame).tolist()
    for at, row in enumerate(_rows(frame)):
        bounds = _bounds(row)
        if not real[at] or bounds is None or isinstance(row.part_of, str):
            continue
        statistic = "happened" if row.statistic in _HAPPENED else str(row.statistic)
        happening = row.event_id if isinstance(row.event_id, str) else None
        first, last = _ordinal(row.as_of_start), _ordinal(row.as_of_end)
        if first is None and last is None and statistic != "happened" and not pd.isna(row.published_on):
            monday = row.published_on.date() - timedelta(days=row.published_on.weekday())
            first, last = monday.toordinal(), monday.toordinal() + 6
        yield _Figure(
            at=at,
            group=(str(row.measure), statistic, str(row.unit) if isinstance(row.unit, str) else ""),
            dated=first is not None or last is not None,
            first=first or last or 0,
            last=last or first or 0,
            low=bounds[0],
            high=bounds[1],
            source=str(row.source_id) if isinstance(row.source_id, str) else str(row.source),
            happening=happening,
            doc_id=str(row.doc_id),
            start=int(row.start),
            sentence_id=str(row.sentence_id),
            location=row.location if isinstance(row.location, str) else None,
            named=_is_named(row),
            head=_head(row),
        )


def _is_named(row: Any) -> bool:
    """Whether the measure says what is measured, not only in which unit: it has an actor and a counted noun."""
    return not str(row.measure).startswith("-:") and (isinstance(row.counted, str) or not isinstance(row.unit, str))


def _head(row: Any) -> str | None:
    """The sort of people or things counted, as far as the text tells one: "mercenaries", not "people"."""
    noun = row.counted.split()[-1].lower() if isinstance(row.counted, str) and row.counted.split() else None
    return None if noun in _ANYBODY else noun


def _goes_on(row: Any) -> str | None:
    """The kind of series that a figure goes on: of states or of running totals; None for what happened once."""
    if row.statistic == "count":
        return "level" if row.unit_class == "displaced" else None  # how many are displaced is a state
    return str(row.statistic)


def _same_series(row: Any, before: Any) -> bool:
    """Whether an earlier figure of the measure is of the same thing: a named one, or a rate at the same place."""
    here, there = (place if isinstance(place, str) else None for place in (row.location, before.location))
    return _is_named(row) or (row.unit_class == "rate" and here == there)


def _together(figures: list[_Figure]) -> Iterator[tuple[_Figure, _Figure]]:
    """The pairs of figures for the same measure and time."""
    for key in ("sentence_id", "happening"):
        shared: dict[tuple[Any, ...], list[_Figure]] = {}
        for figure in figures:
            if getattr(figure, key) is not None:
                shared.setdefault((figure.group, getattr(figure, key)), []).append(figure)
        for members in shared.values():
            yield from combinations(members, 2)
    told = sorted((f for f in figures if f.group[1] == "happened"), key=lambda f: (f.group, f.doc_id, f.start))
    for i, one in enumerate(told):
        for other in told[i + 1 : i + 1 + _NEIGHBOURS]:
            if (one.group, one.doc_id) == (other.group, other.doc_id) and other.start - one.start <= _PASSAGE and not _apart(one, other):
                yield one, other
    dated = sorted((f for f in figures if f.dated), key=lambda f: (f.group, f.first, f.at))
    for _, group in groupby(dated, key=lambda f: f.group):
        members = list(group)
        for i, one in enumerate(members):
            at = i + 1
            while at < len(members) and members[at].first <= one.last:
                if _comparable(one, members[at]):
                    yield one, members[at]
                at += 1


def _apart(one: _Figure, other: _Figure) -> bool:
    """Whether two figures of one passage are dated to different days, put at different places or of different people."""
    if one.head and other.head and one.head != other.head:
        return True
    if one.location and other.location and one.location != other.location:
        return True
    if other.dated and not one.dated and other.start > one.start:
        return True  # a date opens another happening
    return one.dated and other.dated and (one.first > other.last or other.first > one.last)


def _comparable(one: _Figure, other: _Figure) -> bool:
    """Whether two figures of overlapping days may be of the same thing: by place and by how closely they are dated."""
    happened = one.group[1] == "happened"
    if happened and one.head and one.head == other.head and (one.first, one.last) == (other.first, other.last):
        return not (one.location and other.location and one.location != other.location)
    if not (one.named and other.named) and (one.location is None or one.location != other.location or one.group[2]):
        return False
    if happened and one.location and other.location and one.location != other.location:
        return False
    return not (happened and any(f.last - f.first >= _LONGEST_DAY for f in (one, other)))


def _bounds(row: Any) -> tuple[float, float] | None:
    """The lowest and highest figure that the claim may mean; open ends are infinite."""
    value, low, high = (None if pd.isna(figure) else float(figure) for figure in (row.value, row.low, row.high))
    if value is not None and low is None and high is None:
        half = rounding(value) / 2
        return value - half, value + half
    if value is None and low is None and high is None:
        return None
    return (-math.inf if low is None else low), (math.inf if high is None else high)


def rounding(value: float) -> float:
    """The place of the last digit that is not 0: 5,000 -> 1000, 120 -> 10, 37 -> 1."""
    if value == 0 or not float(value).is_integer():
        return 0.0
    place = 1
    while value % (place * 10) == 0:
        place *= 10
    return float(place)


def _ordinal(day: Any) -> int | None:
    return None if pd.isna(day) else date.toordinal(day.date())


def _move(row: Any, before: Any) -> tuple[str | None, float | None, float | None, bool]:
    if before is None or before.claim_id == row.claim_id:
        return None, None, None, False
    approximate = row.kind != "exact" or before.kind != "exact"
    if pd.isna(row.value) or pd.isna(before.value) or _unit(row) != _unit(before):
        return before.claim_id, None, None, approximate
    change = float(row.value) - float(before.value)
    return before.claim_id, change, round(100 * change / float(before.value), 1) if before.value else None, approximate


def _unit(row: Any) -> str:
    return row.unit if isinstance(row.unit, str) else ""


def _total(rows: Iterable[Any]) -> tuple[float | None, float | None, float | None]:
    """The sum of each source's figures, and the span over the sources."""
    by_source: dict[str, dict[str, list[Any]]] = {}
    units = set()
    for row in rows:
        thing = str(row.counted).lower() if isinstance(row.counted, str) else ""
        by_source.setdefault(row.source, {}).setdefault(thing, []).append(row)
        units.add(_unit(row))
    if len(units) > 1:
        return None, None, None
    sums = [_added([_latest(figures) for figures in things.values()]) for things in by_source.values()]
    values, lows, highs = ([figure[i] for figure in sums] for i in range(3))
    value = values[0] if len(set(values)) == 1 else None
    low = None if any(figure is None for figure in lows) else min(figure for figure in lows if figure is not None)
    high = None if any(figure is None for figure in highs) else max(figure for figure in highs if figure is not None)
    return value, low, high


def _latest(rows: list[Any]) -> Any:
    """Of several figures for the same thing by the same source the one given last."""
    return max(rows, key=lambda row: row.start)


def _added(rows: list[Any]) -> tuple[float | None, float | None, float | None]:
    def added(name: str) -> float | None:
        figures = [getattr(row, name) for row in rows]
        return None if any(pd.isna(figure) for figure in figures) else float(sum(figures))

    return added("value"), added("low"), added("high")
