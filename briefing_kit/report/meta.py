"""What a report says about itself, and the one error that the report stage raises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class ReportError(Exception):
    """A report could not be made; the message is one line that says what to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMeta:
    """Title page, marking and provenance of one report; empty strings and tuples leave their line out.

    `published` are the publication dates of the briefings; the newest one stands for the report's own date, so that the
    same input gives the same bytes. `key_judgements` is the analyst's own Markdown; `key_figures` are pairs of label and
    figure as printed (`("Actor mentions", "46")`); `documents` are the briefings as a reader may cite them; `notes` are
    sentences for the last page (a lowered marking, what was left out). `marking` is a TLP 2.0 label (`TLP:AMBER`), or another
    word that must stand on every page.
    """

    title: str
    series: str = ""
    country: str = ""
    week: str = ""
    published: tuple[date, ...] = ()
    marking: str = ""
    key_judgements: str | None = None
    key_figures: tuple[tuple[str, str], ...] = ()
    version: str = ""
    documents: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def newest(self) -> date | None:
        """The newest publication date, which dates the report."""
        return max(self.published, default=None)

    @property
    def maker(self) -> str:
        """What made the report: a bare version number gets the package's name."""
        return f"briefing_kit {self.version}" if self.version[:1].isdigit() else self.version

    @property
    def subtitle(self) -> str:
        """Country, week and publication dates in one line."""
        days = ", ".join(spoken_date(day) for day in sorted(set(self.published)))
        return " · ".join(part for part in (self.country, self.week, f"published {days}" if days else "") if part)


def spoken_date(day: date) -> str:
    """16 October 2019, whatever the locale."""
    months = "January February March April May June July August September October November December".split()
    return f"{day.day} {months[day.month - 1]} {day.year}"
