"""Times told by their place beside another: yesterday, Tuesday, last week, two days later, that evening."""

from __future__ import annotations

from datetime import date, timedelta

from briefing_kit.extract import timex_calendar as calendar
from briefing_kit.extract.timex_draft import Draft
from briefing_kit.extract.timex_narrative import Ahead, Narrative
from briefing_kit.extract.timex_resolve import Reading, undated

FROM_NARRATIVE = ("previous", "preceding", "prior", "following", "subsequent", "ensuing", "succeeding", "that", "same")
_BACK = ("last", "past", "previous", "preceding", "prior")
_TOLD = ("that", "same")
_HERE = ("this", "that", "same")


def step(rel: str | None) -> int:
    """-1, 0 or 1: before, in or after the time that it stands beside."""
    return -1 if rel in _BACK else 0 if rel in _HERE or rel is None else 1


def deictic(draft: Draft, told: Narrative) -> Reading:
    """Today, yesterday, tomorrow, tonight, the day before yesterday."""
    offset = (draft.offset or 0) + draft.direction * (draft.unit == "D")
    part = "NI" if draft.offset is None else draft.part
    if told.published is None:
        return undated("PRESENT_REF" if offset == 0 and not part else f"XXXX-XX-XX{'T' + part if part else ''}")
    day = calendar.add_days(told.published, offset)
    return on_day(day, part, "relative") if day else undated("XXXX-XX-XX")


def on_day(day: date, part: str | None, how: str) -> Reading:
    """A day, or the part of it or the clock time that is named."""
    if not part:
        return Reading("DATE", day.isoformat(), "day", how, (day, day))
    return Reading("TIME", f"{day.isoformat()}T{part}", "time" if ":" in part else "part_of_day", how, (day, day))


def weekday(draft: Draft, told: Narrative, *, ahead: Ahead) -> Reading:
    """A day of the week: the last one up to publication, the next one where the sentence looks ahead, or the one that is said."""
    number = draft.weekday or 1
    how = "relative"
    day: date | None = None
    if told.day is not None and (draft.rel in ("previous", "following") or (draft.rel == "next" and draft.has_the)):
        onward = (number - told.day.isoweekday()) % 7 or 7
        day, how = calendar.add_days(told.day, onward if step(draft.rel) > 0 else (onward - 7) or -7), "narrative"
    elif told.telling_history and draft.rel in (None, *FROM_NARRATIVE):
        if told.day is not None:
            day, how = calendar.add_days(told.day, (number - told.day.isoweekday()) % 7), "narrative"
    elif told.published is not None:
        published = told.published
        since = (published.isoweekday() - number) % 7
        until = (number - published.isoweekday()) % 7
        if draft.unit == "W":
            day = calendar.add_days(published, number - published.isoweekday() + 7 * step(draft.rel))
        elif draft.rel in _BACK:  # yesterday and tomorrow are not called "last Friday" and "next Friday"
            near = 1 if draft.rel == "past" else 2
            day = calendar.add_days(published, -(since if since >= near else since + 7))
        elif step(draft.rel) > 0:
            near = 1 if draft.rel in ("coming", "upcoming", "forthcoming") else 2
            day = calendar.add_days(published, until if until >= near else until + 7)
        elif draft.rel == "this":
            day = calendar.add_days(published, number - published.isoweekday())
        else:
            day = calendar.add_days(published, until if ahead() > 0 else -since)
    if day is None:
        part = f"T{draft.part}" if draft.part else ""
        return Reading("TIME" if part else "DATE", f"XXXX-WXX-{number}{part}", "part_of_day" if part else "day", "unresolved")
    told.note(day.year, day.month, day)
    return on_day(day, draft.part, how)._replace(mod=draft.mod)


def weekdays_ago(draft: Draft, told: Narrative) -> Reading:
    """Two Fridays ago: the last Friday is one Friday ago."""
    if told.published is None or told.telling_history or draft.count is None or draft.count < 1:
        return undated("PAST_REF")
    since = (told.published.isoweekday() - (draft.weekday or 1)) % 7 or 7
    day = calendar.add_days(told.published, -since - 7 * (int(draft.count) - 1))
    return on_day(day, None, "relative") if day else undated("PAST_REF")


def relative_unit(draft: Draft, told: Narrative, *, behind: bool = False) -> Reading | None:
    """This week, last year, the next day, later that month, the end of the year, the day before."""
    rel = draft.rel or (None if not draft.direction else "previous" if draft.direction < 0 else "following")
    if rel is None or (draft.rel is None and (draft.mod is not None or draft.side)):
        rel = "that" if told.telling else "this"
    leans_back = rel in FROM_NARRATIVE or _follows(draft) or (told.telling_history and draft.rel in ("this", "next", "last"))
    move = step(rel)
    base, how = told.published, "relative"
    if draft.direction and rel in ("last", "next") and base is not None:
        return period(base, draft.unit or "D", move + draft.direction, draft.mod, how, told)  # "the week after next"
    if leans_back and told.year is not None:
        how = "narrative"
        if draft.unit == "D" or draft.unit == "W" or draft.unit == "WE":
            base = told.day
        elif draft.unit == "M":
            base = date(*told.month, 1) if told.month and told.month[0] > 0 else None
        else:
            base = date(told.year, 1, 1) if 1 <= told.year <= 9999 else None
            if base is None:
                return _ancient(told, draft.unit or "Y", move)
    elif rel in ("previous", "preceding") and draft.rel is not None and draft.unit in ("W", "WE", "M", "Y") and told.year is None:
        how = "relative"  # no time told before it: the week before that of publication
    elif rel in ("previous", "following", "preceding", "subsequent") or _follows(draft) or draft.rel in _TOLD:
        base = None
    if base is None or (draft.unit in ("H", "MIN", "S")):
        return _nowhere(draft)
    if behind and base.isoweekday() <= 5:
        move -= 1  # "this weekend" told on a weekday in the past tense is the one just gone
    return period(base, draft.unit or "D", move, draft.mod, how, told)


def period(base: date, unit: str, move: int, mod: str | None, how: str, told: Narrative) -> Reading | None:
    """The day, week, month ... that is `move` units from the one of `base`."""
    if unit == "D":
        day = calendar.add_days(base, move)
        if day is None:
            return None
        told.note(day.year, day.month, day)
        return Reading("DATE", day.isoformat(), "day", how, (day, day), mod)
    if unit in ("W", "WE", "FN"):
        day = calendar.add_days(base, 7 * move)
        if day is None:
            return None
        span = calendar.week_span(day)
        value = calendar.week_value(day)
        if unit == "WE" and span[0] and span[1]:
            return Reading("DATE", f"{value}-WE", "days", how, (span[1] - timedelta(days=1), span[1]), mod)
        return Reading("DATE", value, "part_week" if calendar.is_part(mod) else "week", how, span, mod)
    if unit == "M":
        year, month = calendar.add_months(base.year, base.month, move)
        told.note(year, month)
        part = calendar.is_part(mod)
        span = calendar.part_of(calendar.month_span(year, month), mod)
        return Reading("DATE", f"{year:04d}-{month:02d}", "part_month" if part else "month", how, span, mod)
    year = base.year + move
    part = calendar.is_part(mod)
    if unit == "Y":
        told.note(year)
        span = calendar.part_of(calendar.years_span(year, year), mod)
        return Reading("DATE", f"{year:04d}", "part_year" if part else "year", how, span, mod)
    if unit == "DE":
        first = base.year // 10 * 10 + 10 * move
        return Reading(
            "DATE",
            f"{first // 10:03d}",
            "part_decade" if part else "decade",
            how,
            calendar.part_of(calendar.years_span(first, first + 9), mod),
            mod,
        )
    first = base.year // 100 * 100 + 100 * move
    return Reading("DATE", f"{first // 100:02d}", "century", how, calendar.part_of(calendar.years_span(first, first + 99), mod), mod)


def _nowhere(draft: Draft) -> Reading:
    """A unit beside a time that the text has not told."""
    value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Y": "XXXX"}.get(draft.unit or "", "XXXX")
    if draft.unit in ("H", "MIN", "S"):
        return Reading("TIME", "XXXX-XX-XXTXX", "undated", "unresolved", mod=draft.mod)
    return Reading("DATE", value, "undated", "unresolved", mod=draft.mod)


def offset(draft: Draft, told: Narrative) -> Reading | None:
    """Two days later, three years ago, a few months earlier."""
    direction = draft.direction or 1
    reference = "PAST_REF" if direction < 0 else "FUTURE_REF"
    count = draft.count
    if count is None or count != int(count) or draft.unit is None:
        return undated(reference)
    if len(draft.parts) > 1:
        return _compound_offset(draft, told, direction, reference)
    from_now = draft.text in ("ago", "hence", "PRESENT_REF") and not told.telling_history
    base: date | None
    if from_now:
        base, how = told.published, "relative"
    else:
        how = "narrative"
        if draft.unit in ("Y", "DE", "CE"):
            base = date(told.year, 1, 1) if told.year is not None and 1 <= told.year <= 9999 else None
        elif draft.unit == "M":
            base = date(*told.month, 1) if told.month and told.month[0] > 0 else None
        else:
            base = told.day
    if draft.unit in ("H", "MIN", "S"):
        if told.published is None or draft.unit != "H" or count % 24:
            return None
        return period(told.published, "D", -int(count) // 24, None, "relative", told)
    if base is None and draft.unit in ("Y", "DE", "CE") and told.year is not None and not from_now:
        return _ancient(told, draft.unit, direction * int(count))
    if base is None:
        return undated({"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(draft.unit, reference))
    mod = draft.mod if draft.mod == "APPROX" else None
    if draft.unit == "FN":
        return period(base, "W", direction * 2 * int(count), mod, how, told)
    return period(base, draft.unit, direction * int(count), mod, how, told)


def _compound_offset(draft: Draft, told: Narrative, direction: int, reference: str) -> Reading:
    """Two years and six months ago: a month or, where days or weeks are counted too, a day."""
    base = told.published if draft.text in ("ago", "hence", "PRESENT_REF") and not told.telling_history else told.day
    for count, unit, _ in draft.parts:
        if base is None or count is None or count != int(count):
            return undated(reference)
        base = calendar.moved(base, unit, direction * int(count))
    how = "relative" if base is not None and not told.telling_history else "narrative"
    if base is None:
        return undated(reference)
    if {unit for _, unit, _ in draft.parts} <= {"Y", "M"}:
        return Reading("DATE", f"{base.year:04d}-{base.month:02d}", "month", how, calendar.month_span(base.year, base.month))
    told.note(base.year, base.month, base)
    return on_day(base, None, how)


def _follows(draft: Draft) -> bool:
    """Whether "next" counts from what was told, not from publication: "the next week", and "next day" with or without "the"."""
    return draft.rel == "next" and (draft.has_the or draft.unit == "D")


def _ancient(told: Narrative, unit: str, move: int) -> Reading:
    """Years, decades and centuries counted from a year before Christ."""
    if unit == "DE":
        return Reading("DATE", f"BC{(1 - (told.year or 0)) // 10 - move:03d}", "decade", "narrative")
    year = (told.year or 0) + move * {"Y": 1, "DE": 10, "CE": 100}[unit]
    told.note(year)
    return Reading("DATE", calendar.year_text(year), "year", "narrative")


def relative_part(draft: Draft, told: Narrative) -> Reading:
    """That evening, the next morning, this afternoon."""
    part = draft.part or "XX"
    rel = draft.rel
    deixis = rel == "this" or (rel == "last" and not draft.has_the)  # "next morning" follows what was told, with or without "the"
    base, how = (told.published, "relative") if deixis and not told.telling_history else (told.day, "narrative")
    if base is None:
        return Reading("TIME", f"XXXX-XX-XXT{part}", "part_of_day", "unresolved")
    day = calendar.add_days(base, step(rel))
    if day is None:
        return Reading("TIME", f"XXXX-XX-XXT{part}", "part_of_day", "unresolved")
    if not deixis:
        told.note(day.year, day.month, day)
    return on_day(day, part, how)


def day_of_month(draft: Draft, told: Narrative, *, ahead: Ahead) -> Reading | None:
    """The 20th: of the month told last, or the one nearest to publication; with a weekday, one on which both fall together."""
    day = draft.day or 0
    if told.telling and told.month is not None and draft.weekday is None:
        (year, month), how = told.month, "narrative"
        if not calendar.valid_day(year, month, day):
            return None
        found = date(year, month, day) if year > 0 else None
        told.note(year, month, found)
        return Reading("DATE", f"{calendar.year_text(year)}-{month:02d}-{day:02d}", "day", how, (found, found))
    if told.published is None:
        return Reading("DATE", f"XXXX-XX-{day:02d}", "day", "unresolved")
    published = told.published
    onward = ahead() > 0
    months = range(61) if onward else range(0, -61, -1)
    for move in months:
        year, month = calendar.add_months(published.year, published.month, step(draft.rel) if draft.rel else move)
        if not (1 <= year <= 9999 and calendar.valid_day(year, month, day)):
            continue
        found = date(year, month, day)
        apart = (found - published).days
        fits = draft.weekday in (None, found.isoweekday()) and (draft.rel is not None or (apart >= 0 if onward else apart <= 0))
        if fits:
            told.note(year, month, found)
            return Reading("DATE", found.isoformat(), "day", "relative", (found, found))
    return None


def week_number(draft: Draft, told: Narrative) -> Reading | None:
    """Week 42, week 3 of 2019, the first week of 2021."""
    number = draft.number if draft.number is not None else draft.ordinal
    if number is None:
        return None
    year, how = draft.year, "explicit"
    if year is None:
        if told.published is None:
            return Reading("DATE", f"XXXX-W{number:02d}", "week", "unresolved")
        year, how = told.published.year + (step(draft.rel or draft.year_rel) if draft.rel or draft.year_rel else 0), "published_on"
    if draft.number == -1:
        number = date(year, 12, 28).isocalendar().week  # 28 December is always in the last week (ISO 8601)
    span = calendar.iso_week_span(year, number)
    if span == calendar.NOWHERE:
        return None
    return Reading("DATE", f"{year:04d}-W{number:02d}", "week", how, span)
