"""From a draft to a dated reading: TIMEX3 value, first and last day, granularity and what the reading leans on."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from briefing_kit.extract import timex_calendar as calendar
from briefing_kit.extract.timex_calendar import NOWHERE, Span
from briefing_kit.extract.timex_draft import Draft
from briefing_kit.extract.timex_names import holiday_day, holidays
from briefing_kit.extract.timex_narrative import Ahead, Narrative


class Reading(NamedTuple):
    """What a draft means where it stands."""

    timex_type: str
    value: str
    granularity: str
    resolved_by: str
    span: Span = NOWHERE
    mod: str | None = None
    ambiguous: bool = False


def undated(value: str) -> Reading:
    """A reading that no day can be told for."""
    return Reading("DATE", value, "undated", "unresolved")


def resolve(draft: Draft, told: Narrative, *, ahead: Ahead) -> Reading | None:
    """The reading of a draft; None when the words name no possible time. Notes the date in the narrative."""
    if draft.short_year and draft.year is not None and told.telling and told.story_year is not None:
        draft.year = told.story_year // 100 * 100 + draft.year % 100  # '89 in a story of the 1790s
    if draft.month is not None:
        return _month(draft, told, ahead=ahead)
    if draft.rule == "season":
        return _season(draft, told, ahead=ahead)
    if draft.rule in ("year", "ancient_year", "spelled_year"):
        return _year(draft, told)
    if draft.rule == "year_range":
        return _year_range(draft, told)
    if draft.rule == "holiday":
        return _holiday(draft, told, ahead=ahead)
    if draft.rule in ("quarter", "half"):
        return _fraction(draft, told)
    if draft.rule in ("decade", "century"):
        return _long(draft)
    return None


def _month(draft: Draft, told: Narrative, *, ahead: Ahead) -> Reading | None:
    """A month, or one or several of its days."""
    month = draft.month or 1
    year, how = _year_for(draft, told, month, draft.day, ahead=ahead)
    prefix = f"{calendar.year_text(year)}-{month:02d}" if year is not None else f"XXXX-{month:02d}"
    if draft.rule == "nth_weekday":
        return _nth_weekday(draft, told, year, how)
    if draft.rule == "week_number":
        return _week_of_month(draft, told, year, how)
    if draft.day is None:
        span = calendar.month_span(year, month) if year is not None else NOWHERE
        if year is not None:
            told.note(year, month)
        part = calendar.is_part(draft.mod)
        return Reading("DATE", prefix, "part_month" if part else "month", how, _part(span, draft), draft.mod)
    if (month, draft.day) == (2, 29) and draft.year is None and year is not None:
        year -= year % 4  # the leap year last past
        prefix = f"{calendar.year_text(year)}-02"
    if not calendar.valid_day(year, month, draft.day):
        return None
    day = date(year, month, draft.day) if year is not None and 1 <= year <= 9999 else None
    value = f"{prefix}-{draft.day:02d}"
    if draft.day_end is not None:
        if not calendar.valid_day(year, month, draft.day_end) or draft.day_end <= draft.day:
            return None
        last = day.replace(day=draft.day_end) if day else None
        if last:
            told.note(last.year, last.month)
        return Reading("DATE", f"{value}/{prefix}-{draft.day_end:02d}", "days", how, (day, last), draft.mod)
    if year is not None:
        told.note(year, month, day)
    if draft.part:
        return Reading("TIME", f"{value}T{draft.part}", "part_of_day", how, (day, day), draft.mod)
    return Reading("DATE", value, "day", how, (day, day), draft.mod)


def _nth_weekday(draft: Draft, told: Narrative, year: int | None, how: str) -> Reading | None:
    """The second Tuesday of November, the last Friday in September 2019."""
    month, weekday = draft.month or 1, draft.weekday or 1
    if year is None or not 1 <= year <= 9999:
        return Reading("DATE", f"XXXX-{month:02d}-XX", "day", how)
    days = [day for day in range(1, calendar.days_in(year, month) + 1) if date(year, month, day).isoweekday() == weekday]
    number = draft.ordinal or len(days)
    if not 1 <= number <= len(days):
        return None
    found = date(year, month, days[number - 1])
    told.note(year, month, found)
    return Reading("DATE", found.isoformat(), "day", how, (found, found))


def _week_of_month(draft: Draft, told: Narrative, year: int | None, how: str) -> Reading | None:
    """The first, second, third, fourth or last seven days of a month."""
    number = draft.ordinal or 5
    mod = "START" if number == 1 else "END" if number == 5 else "MID"
    if year is None or not 1 <= number <= 5 or not 1 <= year <= 9999:
        return Reading("DATE", f"XXXX-{draft.month:02d}", "part_month", how, mod=mod)
    month = draft.month or 1
    length = calendar.days_in(year, month)
    first = 7 * number - 6 if number < 5 else length - 6
    told.note(year, month)
    span = (date(year, month, first), date(year, month, first + 6))
    return Reading("DATE", f"{year:04d}-{month:02d}", "part_month", how, span, mod)


def _part(span: Span, draft: Draft) -> Span:
    """The third of a period that the words name; a half is cut out of the whole later."""
    return span if draft.half else calendar.part_of(span, draft.mod)


def _year_for(draft: Draft, told: Narrative, month: int, day: int | None, *, ahead: Ahead) -> tuple[int | None, str]:
    """The year of a month: written, named by its place ("of that year"), or the one the narrative or publication gives."""
    if draft.year is not None:
        return draft.year, "explicit"
    published = told.published
    if draft.year_rel is None:
        return told.year_of_month(month, day, ahead=ahead)
    rel = draft.year_rel
    if rel in ("that", "same"):
        return (told.year, "narrative") if told.year is not None else told.year_of_month(month, day, ahead=ahead)
    if rel in ("previous", "preceding", "prior", "following", "subsequent", "ensuing", "succeeding") or told.telling_history:
        if told.year is None:
            return None, "unresolved"
        return told.year + _step(rel), "narrative"
    if published is None:
        return None, "unresolved"
    if not draft.names_year:
        return _beside(published, month, rel), "relative"
    return published.year + _step(rel), "relative"


def _beside(published: date, month: int, rel: str) -> int:
    """The year of "last October", "next May", "this June": the nearest such month before, after or in the year."""
    if rel in ("last", "past"):
        return published.year if month < published.month else published.year - 1
    if _step(rel) > 0:
        return published.year if month > published.month else published.year + 1
    return published.year


def _step(rel: str) -> int:
    if rel in ("last", "past", "previous", "preceding", "prior"):
        return -1
    return 0 if rel in ("this", "that", "same", "recent") else 1


def _season(draft: Draft, told: Narrative, *, ahead: Ahead) -> Reading:
    season = draft.season or "SP"
    year, how = _year_for(draft, told, calendar.SEASON_MONTH[season], None, ahead=ahead)
    if year is None:
        return Reading("DATE", f"XXXX-{season}", "season", how, mod=draft.mod)
    if draft.year is not None:
        told.note(year)
    return Reading(
        "DATE",
        f"{calendar.year_text(year)}-{season}",
        "season",
        how,
        calendar.part_of(calendar.season_span(year, season), draft.mod),
        draft.mod,
    )


def _year(draft: Draft, told: Narrative) -> Reading | None:
    year = draft.year
    if year is None:
        return None
    told.note(year)
    part = calendar.is_part(draft.mod)
    span = calendar.part_of(calendar.years_span(year, year), draft.mod)
    return Reading("DATE", calendar.year_text(year), "part_year" if part else "year", "explicit", span, draft.mod)


def _year_range(draft: Draft, told: Narrative) -> Reading:
    """The years from one to the other: "1980-88"."""
    first, last = draft.year or 1, draft.number or 1
    told.note(last)
    return Reading("DATE", f"{first:04d}/{last:04d}", "year", "explicit", calendar.years_span(first, last))


def _holiday(draft: Draft, told: Narrative, *, ahead: Ahead) -> Reading:
    """A day known by its name; those that move with the moon or the country stay undated."""
    words = tuple(draft.text.split())
    rule, named = holidays()[words]
    part = f"T{draft.part}" if draft.part else ""
    kind, granularity = ("TIME", "part_of_day") if part else ("DATE", "day")
    if rule == "movable":
        year = draft.year
        if year is None:
            return undated("XXXX-XX-XX")
        return Reading("DATE", f"{year:04d}-XX-XX", "part_year", "explicit", calendar.years_span(year, year))
    month, number = (int(named[:2]), int(named[3:])) if rule == "fixed" else (4, 10)
    year, how = _year_for(draft, told, month, number, ahead=ahead)
    day = holiday_day(words, year) if year is not None and 1 <= year <= 9999 else None
    if day is None:
        return Reading(kind, (f"XXXX-{named}" if rule == "fixed" else "XXXX-XX-XX") + part, granularity, "unresolved", mod=draft.mod)
    told.note(day.year, day.month, day)
    return Reading(kind, day.isoformat() + part, granularity, how, (day, day), draft.mod)


def _fraction(draft: Draft, told: Narrative) -> Reading | None:
    """A quarter or half of a year."""
    letter, count = ("Q", 4) if draft.rule == "quarter" else ("H", 2)
    number = draft.ordinal or draft.number or (1 if draft.mod == "START" else count)
    number = count if number == -1 else number
    if not 1 <= number <= count:
        return None
    year, how = draft.year, "explicit"
    if year is None:
        year, how = (
            _year_for(draft, told, 1, None, ahead=lambda: 0)
            if draft.year_rel
            else (told.published.year if told.published else None, "published_on")
        )
    if year is None:
        return Reading("DATE", f"XXXX-{letter}{number}", "quarter" if letter == "Q" else "half", "unresolved")
    months = 12 // count
    told.note(year)
    span = calendar.months_span(year, (number - 1) * months + 1, months)
    return Reading("DATE", f"{year:04d}-{letter}{number}", "quarter" if letter == "Q" else "half", how, span)


def _long(draft: Draft) -> Reading | None:
    """A decade or century."""
    if draft.rule == "century":
        number = (draft.ordinal or 0) - 1
        if not 0 <= number <= 30:
            return None
        if draft.bc:
            return Reading("DATE", f"BC{number:02d}", "century", "explicit", mod=draft.mod)
        span = _part(calendar.years_span(number * 100, number * 100 + 99), draft)
        return Reading("DATE", f"{number:02d}", "century", "explicit", span, draft.mod)
    number = draft.number or 0
    if number < 100:
        number += 2000 if number < 20 else 1900
    part = calendar.is_part(draft.mod)
    if draft.bc:
        return Reading("DATE", f"BC{number // 10:03d}", "decade", "explicit", mod=draft.mod)
    span = _part(calendar.years_span(number, number + 9), draft)
    return Reading("DATE", f"{number // 10:03d}", "part_decade" if part else "decade", "explicit", span, draft.mod)
