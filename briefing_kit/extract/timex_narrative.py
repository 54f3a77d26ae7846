"""What a date without a year leans on: the day of publication, or the dates that the text named before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ROLLOVER_DAYS = 30
"""A date without a year that would lie further than this after publication belongs to the year before (DESIGN: years)."""


@dataclass(slots=True)
class Narrative:
    """The dates named so far, and how the text as a whole is dated.

    `history`: the text tells of past years, so that a date without a year belongs to the last year that was named, and not
    to the year of publication; `told` is the same for the paragraph at hand.
    """

    published: date | None
    history: bool = False
    told: bool = False
    bc: bool = False
    year: int | None = None
    month: int | None = None
    day: date | None = None

    @property
    def telling(self) -> bool:
        """Whether a date without a year leans on the text before it."""
        return self.year is not None and (self.history or self.told)

    def new_paragraph(self) -> None:
        """A paragraph may open on another year than the one before it closed on, unless the whole text is a history."""
        self.told = False

    def note(self, year: int, month: int | None = None, day: date | None = None) -> None:
        """Remember a date that the text has named."""
        if month is None and day is None and year == self.year:
            return
        self.year, self.month, self.day = year, month, day

    def year_of_month(self, month: int, day: int | None, *, ahead: bool) -> tuple[int | None, str]:
        """The year of a month (and day) named without one, and how it was found."""
        if self.telling and self.year is not None:
            if self.month is not None and month < self.month - 6:
                return self.year + 1, "narrative"
            return self.year, "narrative"
        if self.published is None:
            return None, "unresolved"
        return year_near(self.published, month, day or 1, ahead=ahead)


def year_near(published: date, month: int, day: int, *, ahead: bool) -> tuple[int, str]:
    """The year of a day named without one in a text of that day of publication: its own, or rolled over by a year.

    A day more than ROLLOVER_DAYS after publication lies in the year before, unless the sentence looks ahead; where it does,
    a day more than ROLLOVER_DAYS before publication lies in the year after.
    """
    try:
        candidate = date(published.year, month, day)
    except ValueError:
        candidate = date(published.year, month, 28)
    if not ahead and candidate > published + timedelta(days=ROLLOVER_DAYS):
        return published.year - 1, "rollover"
    if ahead and candidate < published - timedelta(days=ROLLOVER_DAYS):
        return published.year + 1, "rollover"
    return published.year, "published_on"
