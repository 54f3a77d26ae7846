"""Durations, repeated times and clock times: how long, how often, at what hour."""

from __future__ import annotations

from dataclasses import replace

from briefing_kit.extract import timex_calendar as calendar
from briefing_kit.extract.timex_deixis import FROM_NARRATIVE, step
from briefing_kit.extract.timex_draft import Draft
from briefing_kit.extract.timex_narrative import Narrative
from briefing_kit.extract.timex_resolve import Reading, undated


def duration(draft: Draft) -> Reading:
    """For two weeks, a three-month siege, several hours."""
    if draft.rule == "duration" and draft.text:
        digits = draft.text.rstrip("abcdefghijklmnopqrstuvwxyzDWMYHS")
        letters = draft.text[len(digits) :]
        unit = letters[0].upper() if not letters.lower().startswith("min") else "MIN"
        value = f"PT{digits}{unit[0]}" if letters.lower()[0] == "h" or unit == "MIN" else f"P{digits}{unit}"
        return Reading("DURATION", value, "duration", "explicit")
    return Reading("DURATION", duration_value(draft), "duration", "explicit", mod=draft.mod)


def duration_value(draft: Draft) -> str:
    """TIMEX3 value of a duration: P3M, PT2H, PXD, P1Y6M."""
    if draft.count_end is not None:
        low, high = (
            duration_value(replace(draft, count_end=None, parts=((count, draft.unit or "D", False),)))
            for count in (draft.count, draft.count_end)
        )
        return f"{low}/{high}"
    days, clock = "", ""
    for count, unit, _ in draft.parts or ((draft.count, draft.unit or "D", draft.vague),):
        number = "X" if count is None else f"{count:g}"
        if unit in ("H", "MIN", "S"):
            clock += f"{number}{unit[0]}"
        elif unit == "FN":
            days += "XW" if count is None else f"{2 * count:g}W"
        else:
            days += f"{number}{'D' if unit == 'N' else unit}"
    return f"P{days}T{clock}" if clock else f"P{days}"


def relative_units(draft: Draft, told: Narrative) -> Reading:
    """The past three months, the next few days, recent weeks: a duration whose ends are known when its count and anchor are."""
    value = duration_value(draft)
    rel = draft.rel
    if draft.year is not None and (draft.ordinal == 1 or rel in ("last", "final", "first")):
        return _of_period(draft, told, value)
    if rel == "recent" or (rel == "last" and draft.count is None and not draft.vague and not draft.has_the):
        return undated("PAST_REF")
    span = calendar.NOWHERE
    how = "unresolved"
    base = told.published
    if rel in FROM_NARRATIVE or told.telling_history or (rel == "next" and draft.has_the):
        base, how = told.day, "narrative"
    elif base is not None:
        how = "relative"
    if base is not None and draft.count is not None and draft.count == int(draft.count) and rel is not None and draft.unit:
        hours = draft.unit == "H"
        whole = not hours or draft.count % 24 == 0
        count, unit = (int(draft.count) // 24, "D") if hours else (int(draft.count), draft.unit)
        other = calendar.moved(base, unit, step(rel) * count) if whole and draft.count_end is None else None
        if other is not None:
            span = (other, base) if other <= base else (base, other)
    if span == calendar.NOWHERE:
        how = "unresolved"
    return Reading("DURATION", value, "duration", how, span, draft.mod)


def _of_period(draft: Draft, told: Narrative, value: str) -> Reading:
    """The first ten months of 1915, the last two weeks of June 2019: a duration with known ends."""
    year = draft.year or 0
    span = calendar.month_span(year, draft.month) if draft.month else calendar.years_span(year, year)
    told.note(year, draft.month)
    first, last = span
    if draft.count is None or draft.count != int(draft.count) or first is None or last is None:
        return Reading("DURATION", value, "duration", "unresolved", mod=draft.mod)
    from_start = draft.ordinal == 1 or draft.rel == "first"
    base = first if from_start else calendar.add_days(last, 1)
    other = calendar.moved(base, draft.unit or "D", int(draft.count) if from_start else -int(draft.count)) if base else None
    if other is None or not first <= other <= (calendar.add_days(last, 1) or last):
        return Reading("DURATION", value, "duration", "unresolved", mod=draft.mod)
    span = (first, calendar.add_days(other, -1)) if from_start else (other, last)
    return Reading("DURATION", value, "duration", "explicit", span, draft.mod)


def repeated(draft: Draft) -> Reading:
    """Every Friday, daily, twice a week, on Mondays."""
    if draft.text:
        value = draft.text
    elif draft.weekday and draft.part:
        value = f"XXXX-WXX-{draft.weekday}T{draft.part}"
    elif draft.weekday:
        value = f"XXXX-WXX-{draft.weekday}"
    elif draft.season:
        value = f"XXXX-{draft.season}"
    elif draft.part:
        value = f"XXXX-XX-XXT{draft.part}"
    else:
        unit = draft.unit or "D"
        count = int(draft.count) if draft.count and draft.count == int(draft.count) else draft.number or 1
        if draft.ordinal:
            count = draft.ordinal
        number = "X" if draft.vague else str(count)
        value = f"PT{number}{unit[0]}" if unit in ("H", "MIN", "S") else f"P{number}{unit}"
    return Reading("SET", value, "set", "explicit")


def clock(time: str, zone: str, told: Narrative) -> Reading:
    """A clock time, on the last day that the text named."""
    if told.day is not None and told.telling:
        return Reading("TIME", f"{told.day.isoformat()}T{time}{zone}", "time", "narrative", (told.day, told.day))
    return Reading("TIME", f"XXXX-XX-XXT{time}{zone}", "time", "unresolved")
