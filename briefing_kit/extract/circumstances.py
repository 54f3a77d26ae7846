"""The circumstances of a figure: statistic, date, place, happening and whom it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from briefing_kit.records import Attribution, Event, Mention, Timex

_CHANGE = re.compile(
    r"(?:\b(?:ris|rose|fell|fall|increas|decreas|declin|drop|gr[eo]w|cut|reduc|shr[aiu]nk|climb|jump|slump|surg|soar|plung|lower|rais|expand|contract"
    r"|swell|swelled|slid|dip|went)\w*\s+(?:\w+\s+){0,3}?by|\b(?:increase|decrease|rise|fall|drop|decline|reduction|growth|cut) of|\b(?:up|down))\s+$"
)
_PEAK = re.compile(r"\b(?:maximum|peak(?:ed)?|all-time high|highest|at (?:its|their|the) height|heyday|record)\b", re.I)
_TARGET = re.compile(
    r"\b(?:aim(?:s|ed|ing)?|target|goal|quota|plan(?:s|ned)? to|intend(?:s|ed)? to|seek(?:s|ing)? to|appeal(?:ed|s)? for|hop(?:es|ed|ing) to|objective)\b"
    r"[^.;,]{0,60}$"
)
_CUMULATIVE_BEFORE = re.compile(r"\b(?:since|a total of|in total|in all|altogether|overall|to date|so far|cumulative(?:ly)?|toll)\b", re.I)
_CUMULATIVE_AFTER = re.compile(r"[^.;]{0,50}\b(?:so far|to date|in total|in all|altogether|overall|since)\b")
_HAPPENED = frozenset(("killed", "injured", "events"))
_BREAK = re.compile(r"[;\u2014]|,\s+(?:but|while|whereas|although|though)\b|\b(?:but|while|whereas)\b")
_AS_OF = re.compile(r"\b(?:as of|as at|by|on|in|at the end of|since|until|from|during)\s+(?:the\s+)?$")
_NUMBER_OF = re.compile(r"\bnumbers? of\b")
_POSSESSION = re.compile(r"(?:'s|s')?\s+(?:(?:now|still|currently|also|once|has|have|had|holds?|held|with|fields?|fielded|commands?|counts?|lost|deployed|sent|retains?)\b\s*)+"
                         r"(?:[\w'-]+\s+){0,3}$")


def statistic_of(folded: str, start: int, end: int, floor: int, limit: int, unit_class: str, *, previous: int, happened: bool) -> str:
    """change, peak, target, cumulative, count or level, by the words around the figure.

    `previous` is where the sentence's claim before it ends: "maximum" before that is the other figure's. A figure of what happened (killed, injured, events, or the subject of a dated happening) is a count, of what there is a level.
    """
    before = folded[max(floor, start - 90) : start]
    if is_change(before):
        return "change"
    clause = before[last.end() :] if (last := _last(_BREAK, before)) else before
    if _PEAK.search(folded, max(start - len(clause), previous), start):
        return "peak"
    if _TARGET.search(clause):
        return "target"
    if unit_class not in ("percent",) and (_CUMULATIVE_BEFORE.search(clause) or _CUMULATIVE_AFTER.match(folded, end, limit)):
        return "cumulative"
    return "count" if unit_class in _HAPPENED or happened else "level"


def is_change(before: str) -> bool:
    """Whether the words before a figure say that something changed by it: "rose by", "down"."""
    return _CHANGE.search(before) is not None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text):
        last = match
    return last


def happening_of(folded: str, start: int, end: int, events: Sequence[Event], *, befell: bool) -> Event | None:
    """The event that the figure belongs to: the counted noun itself, the verb beside it, or for victims the nearest of the clause."""
    best, shortest = None, 90 if befell else 40
    for event in events:
        if event.event_type == "statement":
            continue
        if event.start < end and start < event.end:
            return event
        gap_start, gap_end = (event.end, start) if event.end <= start else (end, event.start)
        gap = gap_end - gap_start
        if not befell and event.end <= start and gap > 12:
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
    if event is not None and (event.date_start or event.date_end):
        return event.date_start, event.date_end
    dated = [t for t in timexes if t.timex_type in ("DATE", "TIME") and (t.date_start or t.date_end)]
    inside = [t for t in dated if attribution is None or attribution.content_start <= t.start < attribution.content_end]
    after = next((t for t in inside if t.start >= end), None)
    if after is not None and after.start - end <= 70 and not any(end <= at < after.start for at in others):
        if not _BREAK.search(folded, end, after.start):
            return after.date_start, after.date_end
    before = next((t for t in reversed(inside) if t.end <= start), None)
    if before is not None and start - before.end <= 60 and not any(before.end <= at < start for at in others):
        if not _BREAK.search(folded, before.end, start) and (event is None or before.end > event.end or before.start < event.start):
            return before.date_start, before.date_end
    if attribution is not None:
        said = [t for t in dated if attribution.start <= t.start < attribution.end and not attribution.content_start <= t.start < attribution.content_end]
        near = [t for t in said if min(abs(t.start - attribution.cue_end), abs(attribution.cue_start - t.end)) <= 40]
        if len(near) == 1:
            return near[0].date_start, near[0].date_end
    return None, None


def place_of(start: int, end: int, mentions: Sequence[Mention], event: Event | None) -> tuple[str | None, str | None]:
    """Location and country (ISO 3166 alpha-3): the happening's, else the nearest place of the sentence, what follows before what precedes."""
    if event is not None and event.location:
        return event.location, event.country
    places = [m for m in mentions if m.actor_type == "place" or (m.actor_type == "state" and m.mention_kind in ("name", "alias"))]
    after = next((m for m in places if end <= m.start <= end + 80), None)
    before = next((m for m in reversed(places) if start - 80 <= m.end <= start), None)
    place = after if after is not None and (before is None or after.start - end <= start - before.end + 20) else before
    return (place.text, place.country) if place else (None, None)


def actor_of(
    folded: str, start: int, end: int, mentions: Sequence[Mention], event: Event | None, source_span: tuple[int, int] | None
) -> str | None:
    """Whom the figure is about: an actor named inside the counted phrase, its owner before it, "of X" after it, else who acts in the event."""
    actors = [m for m in mentions if m.actor_type not in ("place", "media") and m.mention_kind != "pronoun"]
    inside = [m for m in actors if start <= m.start and m.end <= end and m.actor_type != "person" and m.mention_kind != "nominal"]
    if inside:
        return inside[0].actor_id
    for m in actors:
        if end <= m.start <= end + 20 and re.fullmatch(r"\s+(?:of|from|belonging to|linked to|loyal to)\s+(?:the\s+)?", folded[end : m.start]):
            return m.actor_id
    for m in reversed(actors):
        if m.end <= start <= m.end + 45 and not (source_span and source_span[0] <= m.start < source_span[1]):
            if _POSSESSION.fullmatch(folded, m.end, start):
                return m.actor_id
    if (number := _last(_NUMBER_OF, folded[max(0, start - 120) : start])) is not None:
        begins = max(0, start - 120) + number.end()
        numbered = [m for m in actors if begins <= m.start < start and m.start - begins < 30]
        if numbered:
            return numbered[0].actor_id  # "the number of IS militants in Libya to around 100 fighters"
    return event.actors[0] if event is not None and event.actors else None
