"""Contested figures: claims of one measure and time for which another source gives a figure that rules theirs out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from briefing_kit.claim_rows import ClaimRow, Claims, claim_rows, claims_frame, is_named, is_real

_HAPPENED = ("count", "cumulative")
_ANYBODY = frozenset("people persons person others lives victims casualties bodies deaths fatalities civilians".split())
_PASSAGE = 400  # characters: undated counts this near to each other in one text are of the same happening
_NEIGHBOURS = 8
_LONGEST_DAY = 7  # days: two counts dated no closer than this may be of different happenings
_End = tuple[float, str]  # an end of a figure and who gives it


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


class _Range(NamedTuple):
    """What is needed to know whether some figures contradict another one, however many they are.

    Each holds the end that reaches least far and the like of another source: the upper ends, and the lower ones with their sign changed.
    """

    uppers: Sequence[_End]
    lowers: Sequence[_End]

    def contradicts(self, figure: _Figure) -> bool:
        """Whether a figure of another source ends before this one begins, or begins after it ends."""
        return any(end < figure.low and source != figure.source for end, source in self.uppers) or any(
            end < -figure.high and source != figure.source for end, source in self.lowers
        )


def contested_claims(claims: Claims) -> pd.Series:
    """For each claim whether another source gives a disjoint figure for the same measure and time: booleans aligned with the rows.

    Same time: overlapping as-of days, or the same week of publication where a level bears no date. Figures of what happened
    (killed, arrested, airstrikes) must also belong to the same event, sentence or passage, or to days no more than a week apart at the
    same place, or be of the same sort of people in the same stretch of days; soldiers and rebels are not the same. Where the measure
    names no actor, or only a unit, they must share event, sentence or place. Changes, targets, parts of a total, denied, hypothetical and
    forecast figures contest nothing. An approximate figure stands for its rounding (half the place of its last digit that is not 0, so
    "around 5,000" is 4,500-5,500).
    """
    frame = claims_frame(claims)
    figures = list(_figures(frame))
    flags = [False] * len(frame)
    for members, others in _met(figures):
        for figure in members:
            if others.contradicts(figure):
                flags[figure.at] = True
    return pd.Series(flags, index=frame.index, dtype="bool")


def _figures(frame: pd.DataFrame) -> Iterator[_Figure]:
    for at, row in enumerate(claim_rows(frame)):
        bounds = _bounds(row)
        if bounds is None or row.part_of is not None or not is_real(row):
            continue
        statistic = "happened" if row.statistic in _HAPPENED else row.statistic
        first, last = _ordinal(row.as_of_start), _ordinal(row.as_of_end)
        if first is None and last is None and statistic != "happened" and row.published_on is not None:
            monday = row.published_on - timedelta(days=row.published_on.weekday())
            first, last = monday.toordinal(), monday.toordinal() + 6
        yield _Figure(
            at=at,
            group=(row.measure, statistic, row.unit or ""),
            dated=first is not None or last is not None,
            first=first or last or 0,
            last=last or first or 0,
            low=bounds[0],
            high=bounds[1],
            source=row.source_id or row.source,
            happening=row.event_id,
            doc_id=row.doc_id,
            start=row.start,
            sentence_id=row.sentence_id,
            location=row.location,
            named=is_named(row),
            head=_head(row),
        )


def _head(row: ClaimRow) -> str | None:
    """The sort of people or things counted, as far as the text tells one: "mercenaries", not "people"."""
    noun = row.counted.split()[-1].lower() if row.counted and row.counted.split() else None
    return None if noun in _ANYBODY else noun


def _met(figures: list[_Figure]) -> Iterator[tuple[Sequence[_Figure], _Range]]:
    """Figures, and the range of those for the same measure and time: of one happening, one sentence, one passage or the same days."""
    for key in ("sentence_id", "happening"):
        shared: dict[tuple[object, ...], list[_Figure]] = {}
        for figure in figures:
            if getattr(figure, key) is not None:
                shared.setdefault((figure.group, getattr(figure, key)), []).append(figure)
        for members in shared.values():
            if len(members) > 1:
                yield members, _range(members)
    told = sorted((f for f in figures if f.group[1] == "happened"), key=lambda f: (f.group, f.doc_id, f.start))
    for i, one in enumerate(told):
        for other in told[i + 1 : i + 1 + _NEIGHBOURS]:
            if (one.group, one.doc_id) == (other.group, other.doc_id) and other.start - one.start <= _PASSAGE and not _apart(one, other):
                yield (one, other), _range((one, other))
    yield from _same_days([f for f in figures if f.dated])


def _same_days(dated: list[_Figure]) -> Iterator[tuple[Sequence[_Figure], _Range]]:
    """Figures of overlapping days that may be of the same thing; those that differ in value and source alone are met as one."""
    alike: dict[tuple[object, ...], list[_Figure]] = {}
    for f in dated:
        alike.setdefault((f.group, f.first, f.last, f.location, f.named, f.head), []).append(f)
    classes = sorted(((members, _range(members)) for members in alike.values()), key=lambda one: (one[0][0].group, one[0][0].first))
    for _, group in groupby(classes, key=lambda one: one[0][0].group):
        met = list(group)
        for i, (members, values) in enumerate(met):
            for others, theirs in met[i:]:
                if others[0].first > members[0].last:
                    break
                if _comparable(members[0], others[0]):
                    yield members, theirs
                    yield others, values


def _range(figures: Iterable[_Figure]) -> _Range:
    figures = list(figures)
    return _Range(_least([(f.high, f.source) for f in figures]), _least([(-f.low, f.source) for f in figures]))


def _least(ends: list[_End]) -> list[_End]:
    """The least of these ends, and the least that another source gives."""
    least = min(ends)
    other = min((end for end in ends if end[1] != least[1]), default=None)
    return [least] if other is None else [least, other]


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


def _bounds(row: ClaimRow) -> tuple[float, float] | None:
    """The lowest and highest figure that the claim may mean; open ends are infinite."""
    if row.low is not None or row.high is not None:
        return (-math.inf if row.low is None else row.low), (math.inf if row.high is None else row.high)
    if row.value is None:
        return None
    half = rounding(row.value) / 2
    return row.value - half, row.value + half


def rounding(value: float) -> float:
    """The place of the last digit that is not 0: 5,000 -> 1000, 120 -> 10, 37 -> 1."""
    if value == 0 or not float(value).is_integer():
        return 0.0
    place = 1
    while value % (place * 10) == 0:
        place *= 10
    return float(place)


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
