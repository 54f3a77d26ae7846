"""Names of several words that the grammar must not take apart: holidays, and wars or groups named after a time."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from briefing_kit.extract.timex_vocabulary import split_words, vocabulary
from briefing_kit.lexicon import read_lexicon


@cache
def holidays() -> dict[tuple[str, ...], tuple[str, str]]:
    """Tokens of a holiday's name -> (rule, day) of `lexicon/holidays.csv`."""
    return {split_words(row["name"]): (row["rule"], row["day"]) for row in read_lexicon("holidays")}


@cache
def phrases() -> dict[str, list[tuple[str, ...]]]:
    """Token -> the names that it stands for as its most telling word, longest first; each name as a tuple of tokens."""
    by_anchor: dict[str, list[tuple[str, ...]]] = {}
    for words in [*holidays(), *(split_words(row["name"]) for row in read_lexicon("named_events"))]:
        anchor = next((word for word in words if word not in vocabulary() and word.isalpha()), words[-1])
        by_anchor.setdefault(anchor, []).append(words)
    for found in by_anchor.values():
        found.sort(key=lambda words: (-len(words), words))
    return by_anchor


def easter(year: int) -> date:
    """Western Easter Sunday of a Gregorian year (the anonymous algorithm, Nature 1876; Meeus, Astronomical Algorithms 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holiday_day(name: tuple[str, ...], year: int) -> date | None:
    """The day of a holiday in a year; None for those that the name alone does not settle."""
    rule, day = holidays()[name]
    if rule == "fixed":
        return date(year, int(day[:2]), int(day[3:]))
    if rule == "easter" and year >= 1583:
        return easter(year) + timedelta(days=int(day))
    return None
