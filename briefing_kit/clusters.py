"""The same happening reported twice gets one id: reports are compared by date, type, actors, place and figures.

Reports are blocked by type family, day and a place, actor or figure, so that only few are compared (a block that has grown large takes no
more: block purging, Papadakis and others 2013); a report joins the cluster whose first report it agrees with best. Two reports agree
where their dates fit, nothing contradicts (another place, another country, figures of the same kind that differ) and something beyond
date and type speaks for it. The weights follow record linkage (Fellegi and Sunter 1969): agreement and disagreement on each field count
for and against. A recycled sentence is the same report again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import date, timedelta
from operator import attrgetter

from briefing_kit.records import record

# Reporters name one happening by its means or by its result, so these types are compared with each other.
_FAMILY = {
    **dict.fromkeys(("air_strike", "armed_clash", "bombing", "shelling", "killing", "attack_civilians"), "fighting"),
    **dict.fromkeys(("arrest", "kidnapping"), "custody"),
}
_NEAR_TYPES = frozenset(("killing", "attack_civilians", "armed_clash"))
_WIDEST = 31  # days: wider intervals ("in 2018") say too little to tell one happening from another
_OVERLAP = 0.3  # of the days that either report covers, the part that both must cover
_SAME = 1.0  # evidence needed to call two reports one happening
_MOST = 100  # happenings kept under one key: more of one day with one actor tell each other apart by their places
_STORED: dict[bool, tuple[str, ...]] = {True: ("all", "unplaced"), False: ("all",)}  # by whether a report has no place
_SOUGHT: dict[bool, tuple[str, ...]] = {True: ("all",), False: ("unplaced",)}
_CASUALTIES = frozenset(("killed", "injured", "detained", "displaced"))


@record
class EventRow:
    """What clustering needs of a row of the events table; `figures` are (unit_class, value) of its claims."""

    event_id: str
    doc_id: str
    published_on: date | None
    date_start: date | None
    date_end: date | None
    granularity: str
    event_type: str
    actors: frozenset[str] = frozenset()
    location: str | None = None
    country: str | None = None
    figures: tuple[tuple[str, float], ...] = ()
    sentence_hash: str = ""


_TOLD = attrgetter("doc_id", "date_start", "date_end", "event_type", "actors", "location", "country", "figures")


def cluster_events(events: Sequence[EventRow]) -> list[str]:
    """The cluster id of each event in order: the event_id of the first report (earliest published_on) of the same happening.

    Undated events and intervals of more than 31 days join only where the sentence is recycled.
    """
    order = sorted(range(len(events)), key=lambda index: _reported(events[index]))
    cluster_of: dict[int, int] = {}
    recycled: dict[tuple[object, ...], int] = {}
    blocks: dict[tuple[object, ...], list[int]] = {}
    alike: set[tuple[object, ...]] = set()
    rank = {index: at for at, index in enumerate(order)}  # ties go to the earlier report, whatever the order of the rows
    for index in order:
        event = events[index]
        copy = recycled.setdefault(_sentence_key(event), index)
        if copy != index and events[copy].doc_id != event.doc_id:
            cluster_of[index] = cluster_of[copy]
            continue
        firsts = sorted({first for key in _keys(event, sought=True) for first in blocks.get(key, ())}, key=rank.__getitem__)
        best = max(firsts, key=lambda first: likeness(events[first], event), default=None)
        if best is not None and likeness(events[best], event) >= _SAME:
            cluster_of[index] = best
            continue
        cluster_of[index] = index
        if (told := _TOLD(event)) in alike:
            continue  # whatever agrees with this report agrees as well with the earlier one
        alike.add(told)
        for key in _keys(event, sought=False):
            block = blocks.setdefault(key, [])
            if len(block) < _MOST:
                block.append(index)
    return [events[cluster_of[index]].event_id for index in range(len(events))]


def _reported(event: EventRow) -> tuple[bool, date, str, str]:
    return event.published_on is None, event.published_on or date.min, event.doc_id, event.event_id


def _sentence_key(event: EventRow) -> tuple[object, ...]:
    # Sentence and type are not enough: one sentence may tell of two raids on two days.
    return event.sentence_hash or event.event_id, event.event_type, event.granularity, event.date_start, event.date_end


def _keys(event: EventRow, *, sought: bool) -> Iterator[tuple[object, ...]]:
    """Where a report is stored, or sought: a day, and a place, actor or figure that two reports of one happening both give.

    Two places that differ always part two reports, so one with a place meets others by actor or figure only where they have none.
    """
    days = list(_days(event))
    if not days:
        return
    family = _FAMILY.get(event.event_type, event.event_type)
    features: list[tuple[object, ...]] = [("actor", actor) for actor in event.actors]
    features += [("figure", *figure) for figure in event.figures]
    place = event.location.casefold() if event.location else None
    lists = _SOUGHT[place is None] if sought else _STORED[place is None]
    for day in days:
        if place is not None:
            yield family, day, "place", place
        for name in lists:
            yield from ((family, day, name, *feature) for feature in features)


def _days(event: EventRow) -> Iterator[date]:
    if event.date_start is not None and event.date_end is not None and 0 <= (event.date_end - event.date_start).days < _WIDEST:
        for n in range((event.date_end - event.date_start).days + 1):
            yield event.date_start + timedelta(days=n)


def likeness(first: EventRow, other: EventRow) -> float:
    """How much speaks for one happening: 1 or more is enough; below 0 something contradicts."""
    when = _dates(first, other)
    if when is None:
        return -1.0
    if first.event_type != other.event_type and not {first.event_type, other.event_type} & _NEAR_TYPES:
        return -1.0
    score = when + (0.2 if first.event_type == other.event_type else 0.0)
    score += _places(first, other) + _actors(first.actors, other.actors) + _figures(first.figures, other.figures)
    # An author rarely tells one happening twice with a date.
    return score - (0.3 if first.doc_id == other.doc_id else 0.0)


def _dates(first: EventRow, other: EventRow) -> float | None:
    """What the dates say; None where they part the reports, as a month's total and one of its days do."""
    if first.date_start is None or other.date_start is None or first.date_end is None or other.date_end is None:
        return None
    if (first.date_start, first.date_end) == (other.date_start, other.date_end):
        return 0.3 if first.date_start == first.date_end else 0.0
    both = (min(first.date_end, other.date_end) - max(first.date_start, other.date_start)).days + 1
    either = (max(first.date_end, other.date_end) - min(first.date_start, other.date_start)).days + 1
    return -0.2 if both >= _OVERLAP * either else None


def _places(first: EventRow, other: EventRow) -> float:
    if first.country and other.country and first.country != other.country:
        return -2.0
    if first.location and other.location:
        same = first.location.casefold() == other.location.casefold()
        return 0.6 if same else -0.8
    return 0.0


def _actors(first: Set[str], other: Set[str]) -> float:
    if not first or not other:
        return 0.0
    shared = len(first & other)
    return 0.6 * shared / min(len(first), len(other)) if shared else -0.4


def _figures(first: Sequence[tuple[str, float]], other: Sequence[tuple[str, float]]) -> float:
    """Equal counts speak for one happening; unlike ones a little against it, since tolls are revised."""
    if not first or not other:
        return 0.0
    ours, theirs = dict(first), dict(other)
    score = 0.0
    for unit_class in ours.keys() & theirs.keys():
        if ours[unit_class] == theirs[unit_class]:
            score += 0.5 if unit_class in _CASUALTIES else 0.2
        else:
            score -= 0.2
    return min(score, 0.6)
