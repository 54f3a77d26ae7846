"""A time expression as its words put it, before anything is resolved."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Draft:
    """Tokens `first` to `last` (half-open), the rule that found them, and what stands in them.

    Years before Christ are counted as astronomers do: 1 BC is the year 0, 490 BC is -489.
    """

    first: int
    last: int
    rule: str
    year: int | None = None
    bc: bool = False
    short_year: bool = False
    """Two digits behind an apostrophe: their century is that of the story."""
    month: int | None = None
    day: int | None = None
    day_end: int | None = None
    """The second day of "10-13 October"."""
    weekday: int | None = None
    season: str | None = None
    ordinal: int | None = None
    number: int | None = None
    """Of a week, quarter, half or decade; -1 is the last one."""
    mod: str | None = None
    """START, MID, END, from one to another ("MID-END"), APPROX, MORE_THAN ..."""
    half: int = 0
    """The first (1) or second (2) half of the period."""
    side: int = 0
    """Later (1) or earlier (-1) in a period: after or before the time told, not a third of it."""
    rel: str | None = None
    """Beside which time it stands: last, previous, next, following, this, that, same."""
    has_the: bool = False
    year_rel: str | None = None
    """The same for the year of a month, season or holiday: "July of that year", "last October"."""
    names_year: bool = False
    """Whether `year_rel` belongs to the word year: "October last year", not "last October"."""
    unit: str | None = None
    count: float | None = None
    count_end: float | None = None
    """The second number of "two to three weeks"."""
    vague: bool = False
    parts: tuple[tuple[float | None, str, bool], ...] = ()
    """Counts, units and vagueness of a duration: "two years and six months"."""
    direction: int = 0
    """Before (-1) or after (1) the time that it is counted from."""
    offset: int | None = None
    """Days from publication: yesterday is -1."""
    part: str | None = None
    """Part of day (MO, AF, EV, NI, DT) or a clock time "10:30"."""
    zone: str = ""
    text: str = ""
    """The value of the lexicon or the words themselves, where the rule needs them."""
    joined: int | None = None
