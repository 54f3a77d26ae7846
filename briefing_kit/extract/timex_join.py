"""What neighbours do to each other: a year said once for two, intervals, dates with their clock time, open ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from briefing_kit.extract.timex_calendar import add_days, moved, week_span, week_value
from briefing_kit.extract.timex_context import is_prefixed
from briefing_kit.extract.timex_draft import Draft
from briefing_kit.extract.timex_resolve import Reading
from briefing_kit.extract.timex_tokens import Tokens

_TO = frozenset("to until till through -".split())
_LIST = _TO | {"and", "or", ","}
_UNTIL_NEXT = {"before": -1, "after": 1, "from": 1}
_APPROXIMATE = frozenset("around about circa ca approximately roughly".split())

_TALKING = frozenset("how what talk talks talking talked know knew all anything something nothing question questions".split())


@dataclass(slots=True)
class Found:
    """A draft and its reading."""

    draft: Draft
    reading: Reading


_TIMELESS = frozenset(("duration", "set", "undated"))
_PARTS = {"month": "part_month", "year": "part_year", "week": "part_week", "decade": "part_decade"}


def clip(reading: Reading, side: int, anchor: date | None) -> Reading:
    """What lies before or after a day: "earlier this month", "later that year"; the whole period where the day lies elsewhere."""
    first, last = reading.span
    if not side or first is None or last is None or reading.granularity not in _PARTS:
        return reading
    if anchor is not None and first <= anchor <= last:
        first, last = (anchor, last) if side > 0 else (first, anchor)
    return reading._replace(granularity=_PARTS[reading.granularity], span=(first, last))


def halve(reading: Reading, half: int) -> Reading:
    """The first or second half of a period: of a month the days 1-15 or 16-end."""
    first, last = reading.span
    if not half or first is None or last is None:
        return reading
    days = 15 if (last - first).days <= 31 else ((last - first).days + 1) // 2
    middle = add_days(first, days)
    if middle is None:
        return reading
    return reading._replace(span=(first, middle - timedelta(days=1)) if half == 1 else (middle, last))


def _between(tokens: Tokens, first: Draft, second: Draft) -> list[str]:
    """The words between two expressions, in small letters; at most four of them are looked at."""
    return tokens.lowers(first.last, min(second.first, first.last + 4))


def put_spelled_years(tokens: Tokens, drafts: list[Draft]) -> list[Draft]:
    """The list with years in words put to the month or day before them: "August two thousand and fifteen"."""
    if not any(draft.rule == "spelled_year" for draft in drafts):
        return drafts
    merged: list[Draft] = []
    for draft in drafts:
        last = merged[-1] if merged else None
        spelled = draft.rule == "spelled_year" and last is not None and last.month is not None and last.year is None
        if spelled and last is not None and _between(tokens, last, draft) in ([], [","], ["of"]):
            last.year, last.last = draft.year, draft.last
            continue
        merged.append(draft)
    return merged


def borrow_years(tokens: Tokens, drafts: list[Draft]) -> None:
    """Give a month, day or season without a year the year of the one it is listed with: "August and September 1914"."""
    for first, second in reversed(list(pairwise(drafts))):
        if first.year is not None or second.year is None or first.year_rel or not (first.month or first.season):
            continue
        words = _between(tokens, first, second)
        if not (second.month or second.season) or not words or len(words) > 3 or not set(words) <= _LIST | {"the", "in", "from"}:
            continue
        before = first.month and second.month and first.month > second.month
        first.year = second.year - 1 if before else second.year
        first.bc = second.bc


def join(tokens: Tokens, found: list[Found]) -> list[Found]:
    """The list with clock times put to their day, intervals numbered (`joined`) and open ends set."""
    found = _with_clock(tokens, _counted_from(tokens, _with_weekday(tokens, found)))
    number = 0
    for first, second in pairwise(found):
        if first.draft.joined is None and _is_interval(tokens, first, second):
            number += 1
            first.draft.joined = second.draft.joined = number
            _put_in_order(first, second)
    for each in found:
        if each.reading.granularity not in _TIMELESS:
            _week_of(tokens, each)
            _open_end(tokens, each)
    return found


def _counted_from(tokens: Tokens, found: list[Found]) -> list[Found]:
    """One expression of a duration and the day it is counted from: "two days after Christmas", "three weeks from 4 May"."""
    merged: list[Found] = []
    for each in found:
        last = merged[-1] if merged else None
        day, unit = each.reading.span[0], last.draft.unit if last else None
        if last is not None and last.reading.timex_type == "DURATION" and each.reading.granularity == "day" and day is not None:
            words = _between(tokens, last.draft, each.draft)
            count = last.draft.count
            if words[0:1] == ["from"] and tokens.lower(each.draft.last) in _TO:
                words = []
            if len(words) == 1 and words[0] in _UNTIL_NEXT and count is not None and count == int(count) and unit in ("D", "W", "M", "Y"):
                counted = moved(day, unit, _UNTIL_NEXT[words[0]] * int(count))
                if counted is not None:
                    reading = each.reading._replace(value=counted.isoformat(), span=(counted, counted))
                    merged[-1] = Found(replace(each.draft, first=last.draft.first), reading)
                    continue
        merged.append(each)
    return merged


def _with_weekday(tokens: Tokens, found: list[Found]) -> list[Found]:
    """One expression of a weekday and the day behind it: "Wednesday evening, 9 October"."""
    merged: list[Found] = []
    for each in found:
        last = merged[-1] if merged else None
        if last is not None and _names_weekday_of(last, each) and _between(tokens, last.draft, each.draft) in ([], [","]):
            reading, part = each.reading, last.draft.part
            if part:
                reading = reading._replace(timex_type="TIME", value=f"{reading.value}T{part}", granularity="part_of_day")
            each.draft.first, each.reading = last.draft.first, reading
            merged.pop()
        merged.append(each)
    return merged


def _names_weekday_of(weekday: Found, day: Found) -> bool:
    return (
        weekday.draft.rule == "weekday" and weekday.draft.rel is None and day.reading.granularity == "day" and day.draft.month is not None
    )


def _week_of(tokens: Tokens, each: Found) -> None:
    """The week of 7 October, the week ending 12 October."""
    draft, day = each.draft, each.reading.span[0]
    if tokens.lower(draft.first - 2) != "week":
        return
    before = tokens.lowers(draft.first - 2, draft.first)
    if each.reading.granularity != "day" or draft.joined is not None:
        return
    if before[1] not in ("of", "beginning", "starting", "commencing", "ending"):
        return
    draft.first -= 3 if tokens.name(draft.first - 3) == "the" else 2
    if day is None:
        each.reading = each.reading._replace(granularity="week")
    elif before[1] == "of":
        each.reading = each.reading._replace(value=week_value(day), granularity="week", span=week_span(day))
    else:
        first = add_days(day, -6) if before[1] == "ending" else day
        last = day if before[1] == "ending" else add_days(day, 6)
        if first and last:
            each.reading = each.reading._replace(value=f"{first.isoformat()}/{last.isoformat()}", granularity="week", span=(first, last))


def _with_clock(tokens: Tokens, found: list[Found]) -> list[Found]:
    """One expression of a day and the clock time beside it: "9:30 p.m. on 4 May", "4 May, 21:30"."""
    merged: list[Found] = []
    for each in found:
        last = merged[-1] if merged else None
        kinds = {last.reading.granularity, each.reading.granularity} if last is not None else set()
        if last is not None and kinds == {"time", "set"} and _between(tokens, last.draft, each.draft) in ([], ["at"]):
            repeated = last if last.reading.granularity == "set" else each
            merged[-1] = Found(replace(repeated.draft, first=last.draft.first, last=each.draft.last), repeated.reading)
            continue
        if last is not None and kinds == {"time", "day"}:
            words = _between(tokens, last.draft, each.draft)
            if words in ([], [","], ["on"], [",", "on"], ["at"], [",", "at"]) and each.draft.first - last.draft.last <= 2:
                day, clock = (last, each) if last.reading.granularity == "day" else (each, last)
                time = clock.reading.value.partition("T")[2]
                reading = day.reading._replace(timex_type="TIME", value=f"{day.reading.value}T{time}", granularity="time")
                merged[-1] = Found(replace(day.draft, first=last.draft.first, last=each.draft.last), reading)
                continue
        merged.append(each)
    return merged


def _is_interval(tokens: Tokens, first: Found, second: Found) -> bool:
    if not 1 <= second.draft.first - first.draft.last <= 2:
        return False
    if any(each.reading.granularity in _TIMELESS for each in (first, second)):
        return False
    between = _between(tokens, first.draft, second.draft)
    before = tokens.lower(first.draft.first - 1)
    if between[0] in _TO and between[-1] in (between[0], "the"):
        return True
    if between == ["and"]:
        if before == "between":
            return True
        return first.reading.mod == "END" and second.reading.mod == "START" and first.reading.granularity == second.reading.granularity
    return False


def _put_in_order(first: Found, second: Found) -> None:
    """Move the first end of an interval back by a week or a year where it came out after the second: "Tuesday to Thursday"."""
    begin, end = first.reading.span[0], second.reading.span[1]
    if begin is None or end is None or begin <= end or first.reading.resolved_by == "explicit":
        return
    step = ("D", -7) if first.draft.rule == "weekday" else ("Y", -1)
    span = (moved(begin, *step), moved(first.reading.span[1] or begin, *step))
    if span[0] is None or span[1] is None:
        return
    value = first.reading.value
    value = span[0].isoformat() + value[10:] if step[0] == "D" else f"{span[0].year:04d}{value[4:]}"
    how = "rollover" if first.reading.resolved_by == "published_on" else first.reading.resolved_by
    first.reading = first.reading._replace(value=value, span=span, resolved_by=how)


def _open_end(tokens: Tokens, each: Found) -> None:
    """Since, until, by, before, after: one end is known, the other is not. Around, about: approximate, and part of the expression."""
    reading, draft = each.reading, each.draft
    first, last = reading.span
    before = tokens.lower(draft.first - 1)
    if before in ("about", "around") and tokens.lower(draft.first - 2) in _TALKING:
        return
    if before in _APPROXIMATE or (before == "." and tokens.lower(draft.first - 2) in ("c", "ca")):
        draft.first -= 1 if before in _APPROXIMATE else 2
        if reading.mod is None:
            each.reading = reading._replace(mod="APPROX")
        return
    if draft.joined is not None:
        return
    if before == "the":
        before = tokens.lower(draft.first - 2)
    if is_prefixed(tokens, draft.first):
        before = "after" if tokens.lower(draft.first - 2) == "post" else "before"
    if before == "to" and tokens.lower(draft.first - 2) == "prior":
        before = "before"
    if before == "than" and tokens.lower(draft.first - 2) in ("later", "earlier"):
        before = "by" if tokens.lower(draft.first - 2) == "later" else "since"
    if before == "from" and tokens.lower(draft.last) in ("on", "onward", "onwards"):
        before = "since"
    if before in ("since", "after"):
        each.reading = reading._replace(mod="AFTER", span=(first if before == "since" else last, None))
    elif before in ("until", "till", "by", "before"):
        each.reading = reading._replace(mod="BEFORE", span=(None, first if before == "before" else last))
