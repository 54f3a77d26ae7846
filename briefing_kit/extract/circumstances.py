"""The circumstances of a figure: its happening, date and place, and whom it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from briefing_kit.extract.actor_words import vocabulary
from briefing_kit.extract.comparisons import is_baseline
from briefing_kit.extract.statistics import last_match
from briefing_kit.records import Attribution, Event, Mention, Timex

_BREAK = re.compile(r"[;\u2014]|,\s+(?:but|while|whereas|although|though)\b|\b(?:but|while|whereas)\b")
_OF = re.compile(r"\s+(?:of|from|belonging to|linked to|loyal to)\s+(?:the\s+)?")
_WITHIN = re.compile(
    r"\b(?:in|inside|across|throughout|within|from|(?<!according )to|into)[ \n](?:the[ \n])?$"
)  # a state is a place where one is in it
_AS_OF = re.compile(r"\bas[ \n](?:of|at)\b", re.I)
_THAN = re.compile(r"\b(?:than|from|against|compared)\b")
_NUMBER_OF = re.compile(r"\bnumbers? of\b")
_POSSESSION = re.compile(
    r"(?:'s|s')?\s+(?:(?:now|still|currently|also|once|has|have|had|holds?|held|with|fields?|fielded|commands?|counts?|lost|deployed|sent"
    r"|retains?|losses|casualties|dead|deaths)\b\s*)+"
    r"(?:(?!been\b|and\b|or\b)[\w'-]+\s+){0,3}$"
)


def happening_of(folded: str, start: int, end: int, events: Sequence[Event], others: Sequence[int], *, befell: bool) -> Event | None:
    """The event that the figure belongs to: the counted noun itself, the verb beside it, or for victims the nearest of the clause.

    `others` are the starts of the sentence's other claims: a verb beyond one of them belongs to that one.
    """
    best, shortest = None, 90 if befell else 40
    for event in events:
        if event.event_type == "statement":
            continue
        if event.start < end and start < event.end:
            return event
        gap_start, gap_end = (event.end, start) if event.end <= start else (end, event.start)
        gap = gap_end - gap_start
        if not befell and ((event.end <= start and gap > 12) or _holds(others, gap_start, gap_end)):
            continue
        if gap < shortest and not _BREAK.search(folded, gap_start, gap_end):
            best, shortest = event, gap
    return best


def as_of(
    folded: str, start: int, end: int, timexes: Sequence[Timex], event: Event | None, attribution: Attribution | None, others: Sequence[int]
) -> tuple[date | None, date | None]:
    """First and last day that the figure is for: those of its happening, else of a date in its clause, else of what was said when.

    `others` are the starts of the sentence's other claims: a date beyond one of them belongs to that one.
    """
    if not timexes:
        return (event.date_start, event.date_end) if event is not None else (None, None)
    beside = next((t for t in timexes if end <= t.start <= end + 8 and t.timex_type == "DATE" and t.date_end), None)
    if beside is not None:
        return _interval(beside, timexes)  # "66.8 tonnes in 2021"
    stated = next((t for t in reversed(timexes) if t.end <= start and _AS_OF.search(folded, max(0, t.start - 6), t.end)), None)
    if stated is not None and not _BREAK.search(folded, stated.end, start):
        return _interval(stated, timexes)  # "As of 14 August, the office counted 90"
    if event is not None and (event.date_start or event.date_end):
        return event.date_start, event.date_end
    dated = [t for t in timexes if t.timex_type in ("DATE", "TIME") and (t.date_start or t.date_end)]
    if not dated:
        return None, None
    inside = [t for t in dated if attribution is None or attribution.content_start <= t.start < attribution.content_end]
    after = next((t for t in inside if t.start >= end), None)
    compared = after is not None and _THAN.search(folded, end, after.start) is not None  # "less than in July" dates the other figure
    if after is not None and not compared and _reaches(folded, end, after.start, others, 70):
        return _interval(after, timexes)
    before = next((t for t in reversed(inside) if t.end <= start), None)
    between = before is not None and event is not None and before.end <= event.start and event.end <= start
    held = before is not None and is_baseline(folded[before.end : start])  # "in May 40, up from 26" does not date the 26
    if before is not None and not between and not held and _reaches(folded, before.end, start, others, 60):
        return _interval(before, timexes)
    if attribution is not None:
        said = [t for t in dated if not attribution.content_start <= t.start < attribution.content_end]
        near = [t for t in said if min(abs(t.start - attribution.cue_end), abs(attribution.cue_start - t.end)) <= 60]
        if len(near) == 1:
            return _interval(near[0], timexes)
    return None, None


def _interval(timex: Timex, timexes: Sequence[Timex]) -> tuple[date | None, date | None]:
    """First and last day of an expression with those that it is joined to: "between March and June"."""
    if timex.joined is None:
        return timex.date_start, timex.date_end
    parts = [t for t in timexes if t.joined == timex.joined]
    starts, ends = [t.date_start for t in parts if t.date_start], [t.date_end for t in parts if t.date_end]
    if len(starts) < len(parts) or len(ends) < len(parts):
        return timex.date_start, timex.date_end
    return min(starts), max(ends)


def _holds(others: Sequence[int], start: int, end: int) -> bool:
    """Whether one of these offsets, in order, lies in the stretch."""
    at = bisect_left(others, start)
    return at < len(others) and others[at] < end


def _reaches(folded: str, start: int, end: int, others: Sequence[int], reach: int) -> bool:
    """Whether a date and a figure with only this stretch between them belong together: near, in one clause, no other claim between."""
    return end - start <= reach and not _holds(others, start, end) and not _BREAK.search(folded, start, end)


def places_in(folded: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a sentence that say where something is: places, and countries that something is in."""
    return [
        m
        for m in mentions
        if m.actor_type == "place"
        or (m.actor_type == "state" and m.actor_id in vocabulary().countries and _WITHIN.search(folded[max(0, m.start - 12) : m.start]))
    ]


def place_of(start: int, end: int, places: Sequence[Mention], event: Event | None) -> tuple[str | None, str | None]:
    """Location and country (ISO 3166 alpha-3): the happening's, else the nearest place of the sentence, the one after it first."""
    if event is not None and event.location:
        return event.location, event.country
    if not places:
        return None, None
    after = next((m for m in places if end <= m.start <= end + 80), None)
    before = next((m for m in reversed(places) if start - 80 <= m.end <= start), None)
    place = after if after is not None and (before is None or after.start - end <= start - before.end + 20) else before
    return (place.text, place.country) if place else (None, None)


def actors_in(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a sentence that a figure may be about."""
    return [m for m in mentions if m.actor_type not in ("place", "media") and m.mention_kind != "pronoun"]


def actor_of(
    folded: str, start: int, end: int, actors: Sequence[Mention], event: Event | None, source_span: tuple[int, int] | None
) -> str | None:
    """Whom the figure is about.

    An actor named inside the counted phrase, "of X" after it, its owner before it ("the LNA has lost 40 men"), the one named in "the number
    of X militants", and for counted happenings ("four airstrikes") who acts in them.
    """
    for m in actors:
        if start <= m.start and m.end <= end and m.actor_type not in ("person", "group") and m.mention_kind != "nominal" and m.end < end:
            return m.actor_id
        if end <= m.start <= end + 20 and _OF.fullmatch(folded, end, m.start):
            return m.actor_id
    for m in reversed(actors):
        speaks = source_span is not None and source_span[0] <= m.start < source_span[1]
        if not speaks and m.end <= start <= m.end + 45 and _POSSESSION.fullmatch(folded, m.end, start):
            return m.actor_id
    number = last_match(_NUMBER_OF, folded, max(0, start - 120), start) if actors else None
    if number is not None:
        numbered = next((m for m in actors if number.end() <= m.start < min(start, number.end() + 30)), None)
        if numbered is not None:
            return numbered.actor_id
    counts_event = event is not None and event.start < end and start < event.end
    return event.actors[0] if event is not None and counts_event and event.actors else None
