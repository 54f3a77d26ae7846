"""From time expressions to dates that can place a happening: joined expressions are one interval, nested ones the narrower."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from briefing_kit.records import Timex

# Too wide, too vague or no position in time at all.
_UNPLACED = frozenset(("duration", "set", "undated", "century", "era"))
_APPROXIMATE = frozenset(("START", "MID", "END", "APPROX"))
_TRUST = ("explicit", "published_on", "rollover", "relative", "narrative", "unresolved")
_FINENESS = (
    "time part_of_day day days part_week week part_month month part_quarter quarter season half part_year year part_decade decade".split()
)
_MONTH = _FINENESS.index("month")
_MARKS = re.compile(r"[ *_+>\u2022-]*")  # of a list, or of bold print
_ITEM = re.compile(r"[*_]*(?:[:.]| ?[-\u2014])[*_]*(?:\s|$)")
_ADVERBIAL_GAP = re.compile(r"[ ]*[,(]?[ ]*(?:on|at|in|of|in the)?[ ]*(?:the )?")

# "ten days before the vote": the day hangs on a happening that the expression does not name.
_NO_DAY = re.compile(r"T|XXXX-XX-XXT")
_ANCHORS = ("before", "after", "from", "prior to", "into")
_ANCHORED_AHEAD = re.compile(rf"\b(?:{'|'.join(_ANCHORS)})$", re.IGNORECASE)
_PHRASE_AHEAD = re.compile(r"[ ]\w")


class DateRef(NamedTuple):
    """A date in the text as events need it: its span, the expressions it is made of, its interval and precision."""

    start: int
    end: int
    timexes: tuple[Timex, ...]
    date_start: date | None
    date_end: date | None
    granularity: str
    edtf: str | None
    resolved_by: str


def find_date_refs(text: str, timexes: Sequence[Timex]) -> list[DateRef]:
    """The dates that can place a happening, in order of the text; durations and sets are left out."""
    refs: list[DateRef] = []
    group: list[Timex] = []
    for timex in timexes:
        anchored = timex.text.lower().endswith(_ANCHORS) and _ANCHORED_AHEAD.search(timex.text)
        if anchored and _PHRASE_AHEAD.match(text, timex.end):
            continue
        if group and _belongs(text, group[-1], timex):
            group.append(timex)
            continue
        refs += _refs(group)
        group = [timex]
    return refs + _refs(group)


def _belongs(text: str, before: Timex, timex: Timex) -> bool:
    if before.joined is not None and before.joined == timex.joined:
        # "renewed on 28 June until 30 June 2019" is a day and a term, no range of days.
        return not (text[max(0, before.start - 4) : before.start].lower().endswith("on ") and "until" in text[before.end : timex.start])
    if timex.start - before.end > 12 or not (_places(before) and _places(timex)):
        return False
    gap = text[before.end : timex.start]
    return _ADVERBIAL_GAP.fullmatch(gap) is not None and _nested(before, timex)


def _nested(one: Timex | DateRef, other: Timex | DateRef) -> bool:
    if one.date_start is None or one.date_end is None or other.date_start is None or other.date_end is None:
        return False
    inside = one.date_start >= other.date_start and one.date_end <= other.date_end
    around = other.date_start >= one.date_start and other.date_end <= one.date_end
    return (inside and around) or ((inside or around) and one.granularity != other.granularity)


def _places(timex: Timex) -> bool:
    if timex.granularity in _UNPLACED or timex.timex_type in ("DURATION", "SET"):
        return False
    return timex.date_start is not None or timex.date_end is not None or not _NO_DAY.match(timex.value)  # "at noon" of no known day


def _refs(group: list[Timex]) -> list[DateRef]:
    if not group or not _places(group[0]):
        return []
    if len(group) == 1:
        return [_ref(group, group[0])]
    if group[0].joined is None or group[0].joined != group[-1].joined:
        return [_ref(group, min(group, key=_fineness))]
    first, last = group[0], group[-1]
    return [
        DateRef(
            start=first.start,
            end=last.end,
            timexes=tuple(group),
            date_start=first.date_start if last.date_end else None,
            date_end=last.date_end if first.date_start else None,
            granularity=_joined_granularity(first, last),
            edtf=_joined_edtf(first, last),
            resolved_by=max((timex.resolved_by for timex in group), key=_TRUST.index),
        )
    ]


def _ref(group: list[Timex], finest: Timex) -> DateRef:
    within_day = finest.granularity in ("time", "part_of_day")  # "before dawn on 15 January" is still that day
    return DateRef(
        start=group[0].start,
        end=group[-1].end,
        timexes=tuple(group),
        date_start=finest.date_start or (finest.date_end if within_day else None),
        date_end=finest.date_end or (finest.date_start if within_day else None),
        granularity=finest.granularity,
        edtf=finest.edtf,
        resolved_by=finest.resolved_by,
    )


def _fineness(timex: Timex | DateRef) -> int:
    return _FINENESS.index(timex.granularity) if timex.granularity in _FINENESS else len(_FINENESS)


def _joined_granularity(first: Timex, last: Timex) -> str:
    coarser = max(first, last, key=_fineness).granularity
    return "days" if coarser == "day" else coarser


def _joined_edtf(first: Timex, last: Timex) -> str | None:
    if first.date_start is not None and last.date_end is not None:
        return f"{_edge(first.date_start, first)}/{_edge(last.date_end, last)}"
    if first.edtf and last.edtf and "/" not in first.edtf + last.edtf:
        return f"{first.edtf}/{last.edtf}"
    return None


def _edge(day: date, timex: Timex) -> str:
    return day.isoformat() + ("~" if timex.mod in _APPROXIMATE else "")


def interval(one: DateRef, other: DateRef) -> DateRef | None:
    """The interval between an open beginning and an open end, whichever comes first in the text; None for other dates."""
    first, last = (one, other) if one.date_end is None else (other, one)
    if first.date_start is None or first.date_end is not None or last.date_end is None or last.date_start is not None:
        return None
    if first.date_start > last.date_end:
        return None
    return DateRef(
        start=min(one.start, other.start),
        end=max(one.end, other.end),
        timexes=one.timexes + other.timexes,
        date_start=first.date_start,
        date_end=last.date_end,
        granularity=_joined_granularity(first.timexes[0], last.timexes[0]),
        edtf=f"{first.date_start.isoformat()}/{last.date_end.isoformat()}",
        resolved_by=max((one.resolved_by, other.resolved_by), key=_TRUST.index),
    )


def heading_of(text: str, start: int, refs: Sequence[DateRef]) -> DateRef | None:
    """The date that opens an item of a chronicle ("3 May: ...", "**3 May.** ..."), from the dates of the item's first sentence."""
    if not refs or refs[0].date_start is None or refs[0].date_end is None or _fineness(refs[0]) > _MONTH:
        return None
    opens = _MARKS.fullmatch(text, start, refs[0].start) and _ITEM.match(text, refs[0].end)
    return refs[0] if opens else None


def closed(ref: DateRef) -> DateRef | None:
    """The day, month or year from which "since" counts, as the time of what happened then; None where its end is not known."""
    if ref.date_start is None or ref.date_end is not None:
        return ref
    first, last = ref.date_start, ref.date_start
    if ref.granularity == "month":
        last = first.replace(day=monthrange(first.year, first.month)[1])
    elif ref.granularity == "year":
        last = first.replace(month=12, day=31)
    elif ref.granularity != "day":
        return None
    return ref._replace(date_end=last, edtf=first.isoformat()[: {"year": 4, "month": 7}.get(ref.granularity, 10)])


def narrower(one: DateRef, other: DateRef) -> DateRef | None:
    """The narrower of two dates of which one lies within the other ("in 2018 ... on 3 May"); None for other dates."""
    if not _nested(one, other):
        return None
    finest = min(one, other, key=_fineness)
    return finest._replace(timexes=one.timexes + other.timexes)
