"""What a date without a year leans on: the day of publication, or the dates that the text named before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

Ahead = Callable[[], int]
"""Whether the sentence looks ahead, from 2 to -2 where it tells what happened (`timex_tense.tense`): asked only where it matters."""

ROLLOVER_DAYS = 30
GRACE_DAYS = 7
"""A date without a year that would lie further than this after publication belongs to the year before (DESIGN: years)."""
STORY_YEARS = 3
"""A year named in passing moves the story on when it lies no more than this ahead of it."""


@dataclass(slots=True)
class Narrative:
    """The dates named so far, and how the text as a whole is dated.

    `history`: the text tells of past years, so that a date without a year belongs to the year the story has reached, and not
    to that of publication; `told` is the same for the paragraph at hand. `year`, `month`, `day` are the date named last ("the
    next day", "that year"); `story_year`, `story_month` leave out years named in passing ("until 1614", "as in 1939"). `weight` is
    that of the date at hand, `opens` says that it opens a sentence, `begun` that the paragraph has moved the story before it.
    """

    published: date | None
    history: bool = False
    told: bool = False
    weight: int = 2
    opens: bool = True
    begun: bool = False
    year: int | None = None
    month: tuple[int, int] | None = None
    day: date | None = None
    story_year: int | None = None
    story_month: int | None = None

    @property
    def telling(self) -> bool:
        """Whether a date without a year leans on the text before it."""
        return self.story_year is not None and (self.history or self.told)

    @property
    def telling_history(self) -> bool:
        """Whether even "this year", "Friday" and "three years ago" lean on the text before them."""
        return self.story_year is not None and self.history

    def new_paragraph(self) -> None:
        """A paragraph may open on another year than the one before it closed on, unless the whole text is a history."""
        self.told = self.begun = False

    def _moves(self, years: int) -> bool:
        """Whether a date so many years from the story moves it on, or back at the head of a sentence or of a paragraph."""
        if self.weight == 2:
            return years >= 0 or self.opens or not self.begun
        return self.weight == 1 and (0 < years <= STORY_YEARS or (-STORY_YEARS <= years < 0 and not self.begun))

    def note(self, year: int, month: int | None = None, day: date | None = None) -> None:
        """Remember a date that the text has named."""
        moves = self.story_year is None or self._moves(year - self.story_year)
        if moves and (month is not None or year != self.story_year):
            self.story_year, self.story_month = year, month
        self.begun = self.begun or moves
        if month is not None or ((self.weight == 2 or moves) and year != self.year):
            self.month, self.day = (year, month) if month is not None else None, day
        self.year = year

    def year_of_month(self, month: int, day: int | None, *, ahead: Ahead) -> tuple[int | None, str]:
        """The year of a month (and day) named without one, and how it was found."""
        if self.telling and self.story_year is not None:
            if self.story_month is not None and month < self.story_month - 6:
                return self.story_year + 1, "narrative"
            return self.story_year, "narrative"
        if self.published is None:
            return None, "unresolved"
        return year_near(self.published, month, day or 1, ahead=ahead)


def year_near(published: date, month: int, day: int, *, ahead: Ahead) -> tuple[int, str]:
    """The year of a day named without one in a text of that day of publication: its own, or rolled over by a year.

    A day more than ROLLOVER_DAYS after publication lies in the year before, unless the sentence looks ahead, and so does one more
    than GRACE_DAYS after it on which the sentence says that something has happened (some weeklies bear the first day of their
    week). Where the sentence looks ahead, a day more than ROLLOVER_DAYS before publication lies in the year after.
    """
    try:
        candidate = date(published.year, month, day)
    except ValueError:
        candidate = date(published.year, month, 28)
    apart = (candidate - published).days
    if apart > GRACE_DAYS and ahead() <= (0 if apart > ROLLOVER_DAYS else -2):
        return published.year - 1, "rollover"
    if apart < -ROLLOVER_DAYS and ahead() > 1:
        return published.year + 1, "rollover"
    return published.year, "published_on"
