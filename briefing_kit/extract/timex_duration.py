"""Durations, repeated times and clock times: how long, how often, at what hour."""

from __future__ import annotations

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
        other = calendar.moved(base, draft.unit, step(rel) * int(draft.count))
        if other is not None:
            span = (other, base) if other <= base else (base, other)
    if span == calendar.NOWHERE:
        how = "unresolved"
    return Reading("DURATION", value, "duration", how, span, draft.mod)


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
        value = f"PT{count}{unit[0]}" if unit in ("H", "MIN", "S") else f"P{count}{unit}"
    return Reading("SET", value, "set", "explicit")


def clock(time: str, zone: str, told: Narrative) -> Reading:
    """A clock time, on the last day that the text named."""
    if told.day is not None and told.telling:
        return Reading("TIME", f"{told.day.isoformat()}T{time}{zone}", "time", "narrative", (told.day, told.day))
    return Reading("TIME", f"XXXX-XX-XXT{time}{zone}", "time", "unresolved")
