"""A week's tables and those of the weeks before it: what every notebook opens with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing_kit.analysis import analyse
from briefing_kit.briefing import Briefing
from briefing_kit.corrections import Correction, load_corrections
from briefing_kit.gazetteer import load_gazetteer
from briefing_kit.isoweek import exists, shift
from briefing_kit.reading import load_briefings
from briefing_kit.refusals import RefusalError
from briefing_kit.tables import Tables, read_tables
from briefing_kit.workbook import Workbook, find_workbook, load_workbook


class WeekError(RefusalError):
    """A week that does not exist or has no briefing; the message says which there are."""


@dataclass(frozen=True)
class Week:
    """The tables of one ISO week (`this`), of the weeks before it (`before`), and of both (`all`)."""

    week: str
    weeks_before: tuple[str, ...]
    this: Tables
    before: Tables
    all: Tables

    def __str__(self) -> str:
        counts = self.this.counts()
        n_documents = counts.pop("documents")
        rows = ", ".join(f"{n:,} {name}" for name, n in counts.items())
        span = f"{len(self.weeks_before)} weeks before it" if self.weeks_before else "no week before it"
        return f"{self.week}: {n_documents} briefing{'s' * (n_documents != 1)}, {rows}; compared with {span}."


def check_week(week: str) -> str:
    """The week as it stands, where it is one.

    Raises:
        WeekError: it is no ISO 8601 week.
    """
    if not exists(week):
        raise WeekError(f"week {week!r}: no ISO 8601 week; write it as 2019-W42 (W01 to W52, in some years W53)")
    return week


def preceding(week: str, number: int) -> tuple[str, ...]:
    """The ISO weeks just before this one, oldest first."""
    check_week(week)
    return tuple(shift(week, -back) for back in range(number, 0, -1))


def load_week(
    week: str = "", *, briefings: str = "", tables: str = "", weeks_before: int = 4, workbook: str | Path = "", store: str | Path = ""
) -> Week:
    """The tables of a week and of the weeks before it, from staged tables or, without them, from the workbook's briefings.

    Where data/workbook.toml names a `store`, only these weeks are read, and only what is new or changed since is analysed.

    Args:
        week: an ISO week; "" is the newest that there is.
        briefings: a folder of briefings; "" is the workbook's own.
        tables: a folder that `Tables.write` filled; "" analyses the briefings instead.
        weeks_before: how many weeks to look back.
        workbook: the folder that holds data/; "" is this one or the nearest above it.
        store: an archive to read instead of briefings, as it is (see `open_store`).

    Raises:
        WeekError: no such week, or no briefing with a date.
        StoreError: the archive cannot be read or, where the settings name one, written.
    """
    if week:
        check_week(week)
    if tables:
        return select_week(read_tables(tables), week, weeks_before)
    if store:
        from briefing_kit.store.archive import open_store

        archive = open_store(store)
        week = week or _newest(archive.weeks())
        return select_week(archive.tables([*preceding(week, weeks_before), week]), week, weeks_before)
    book = load_workbook(workbook or find_workbook())
    read = load_briefings(book.folder / briefings if briefings else book.briefings)
    if book.store:
        week = week or _newest(briefing.week for briefing in read if briefing.week)
        read = [briefing for briefing in read if briefing.week in (*preceding(week, weeks_before), week)]
    return select_week(analysed_in(book, read), week, weeks_before)


def analysed_in(book: Workbook, briefings: Sequence[Briefing], corrections: Sequence[Correction] | None = None) -> Tables:
    """The tables of these briefings, with the workbook's actors, corrections and reading of dates, through its archive if it has one.

    Raises:
        CorrectionError: a correction cannot be obeyed.
        StoreError: the archive cannot be written.
    """
    gazetteer, day_first = load_gazetteer(book.actors), book.settings.date_order == "dmy"
    if corrections is None:
        corrections = load_corrections(book.corrections) if book.corrections else ()
    if book.store is None:
        return analyse(briefings, gazetteer=gazetteer, corrections=corrections, day_first=day_first)
    archive = analyse(briefings, gazetteer=gazetteer, corrections=corrections, day_first=day_first, store=book.store)
    return archive.tables(doc_ids=[briefing.doc_id for briefing in briefings])


def select_week(tables: Tables, week: str, weeks_before: int) -> Week:
    """One week of the tables and the weeks before it; a week without a briefing gives empty tables.

    Raises:
        WeekError: no such week, or there is no dated briefing at all.
    """
    known = sorted(tables.documents["week"].dropna().unique())
    if week:
        check_week(week)
    else:
        week = _newest(known)
    earlier = preceding(week, weeks_before)
    return Week(
        week=week,
        weeks_before=earlier,
        this=tables.of_weeks([week]),
        before=tables.of_weeks(earlier),
        all=tables.of_weeks([*earlier, week]),
    )


def _newest(weeks: Iterable[str]) -> str:
    found = max(weeks, default="")
    if not found:
        raise WeekError("no briefing has a date of publication; add `published_on: 2019-10-16` to its front matter")
    return found
