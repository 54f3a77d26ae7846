"""What all formats share: plain cells, the words of a date, which events can be dated, and how to say what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from briefing_kit.answers import UNREAL
from briefing_kit.refusals import RefusalError
from briefing_kit.report.meta import spoken_date

if TYPE_CHECKING:
    import pandas as pd

    from briefing_kit.tables import Tables

Row = dict[str, Any]
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
)
_YEAR = re.compile(r"\b\d{4}\b")
DAY = ("time", "part_of_day", "day")  # granularities known to the day


class ExportError(RefusalError):
    """An export that cannot be made: one line that names the format and the mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of the whole: its title, its TLP 2.0 marking ("" for none), and whether CSV cells are left unguarded."""

    title: str = "Briefings"
    marking: str = ""
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """An export as text, and one line for each kind of row that it had to leave out."""

    text: str
    left_out: tuple[str, ...] = ()


def rows(frame: pd.DataFrame) -> Iterator[Row]:
    """The rows as plain dicts: missing cells are None, time stamps are dates, numbers Python's own."""
    names = [str(column) for column in frame.columns]
    for cells in zip(*(_plain(frame[name]) for name in names), strict=True):
        yield dict(zip(names, cells, strict=True))


def _plain(series: pd.Series[Any]) -> list[Any]:
    present = series.notna()
    return [_value(value) if there else None for value, there in zip(series, present, strict=True)]


def _value(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return date(value.year, value.month, value.day)
    return value.item() if hasattr(value, "item") else value


def counted(number: int, one: str, many: str = "") -> str:
    """A number and its noun: 1 event, 2 events."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def told(*numbers: tuple[int, str]) -> tuple[str, ...]:
    """What was left out, in words; kinds of which nothing was left out go unsaid. `event ...` counts as `events ...`."""
    lines = []
    for number, what in numbers:
        first, _, rest = what.partition(" ")
        if number:
            lines.append(f"{counted(number, first)} {rest}")
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Events:
    """The standing events of a set of tables with the sentence and the words of the date of each; what was left out is counted."""

    dated: tuple[Row, ...]
    left_out: tuple[str, ...]


def dated_events(tables: Tables, *, once: bool = False) -> Events:
    """The dated events in the order of time, each with `sentence`, `date_words` and `document` (its briefing's row).

    Rejected, undated, hypothetical and denied ones are left out; with `once`, so are further reports of one happening.
    """
    from briefing_kit.answers import standing, timeline

    standing_events = standing(tables.events)
    undated = int((standing_events["granularity"] == "undated").sum())
    unreal = int((standing_events["factuality"].isin(UNREAL) & (standing_events["granularity"] != "undated")).sum())
    found = timeline(tables)
    kept = found.drop_duplicates("cluster_id") if once else found
    sentences = {row["sentence_id"]: row for row in rows(tables.sentences)}
    documents = {row["doc_id"]: row for row in rows(tables.documents)}
    dates = {row["date_id"]: row for row in rows(tables.dates)}
    events = []
    for row in rows(kept):
        sentence = sentences[row["sentence_id"]]
        given = [dates[one] for one in (row["date_ids"] or "").split("; ") if one in dates]
        words = _words(given, sentence)
        events.append(
            {**row, "sentence": sentence["text"].lstrip("-*\u2022\u2013 "), "date_words": words, "document": documents[row["doc_id"]]}
        )
    left = told(
        (len(tables.events) - len(standing_events), "event rejected by an analyst"),
        (undated, "event without a date"),
        (unreal, "event told as hypothetical or denied"),
        (len(found) - len(kept), "report of a happening that is there already"),
    )
    return Events(tuple(events), left)


def _words(dates: list[Row], sentence: Row) -> str:
    """The date as written: from the first to the last of its expressions where they stand in the event's own sentence."""
    if not dates:
        return ""
    start, end = min(one["start"] for one in dates), max(one["end"] for one in dates)
    if all(one["sentence_id"] == sentence["sentence_id"] for one in dates):
        return " ".join(str(sentence["text"][start - sentence["start"] : end - sentence["start"]]).split())
    return "; ".join(one["text"] for one in dates)


def spoken(event: Row) -> str:
    """The date as written, with what the words alone do not say.

    The year where they name a month without one (late September 2019), else the day or the EDTF as it was read: yesterday
    (15 October 2019), last week (2019-10-07/2019-10-13).
    """
    words, edtf = event["date_words"], event["edtf"] or ""
    years = {str(day.year) for day in (event["date_start"], event["date_end"]) if day}
    is_open = not event["date_start"] or not event["date_end"]
    if words and not is_open and all(year in words for year in years):
        return str(words)
    if len(years) == 1 and not is_open and _MONTH.search(words) and not _YEAR.search(words):
        return f"{words} {years.pop()}"
    if event["granularity"] in DAY and event["date_start"] == event["date_end"]:
        day = spoken_date(event["date_start"])
        return day if words.isdecimal() or not words else f"{words} ({day})"  # "on 5 and 6 October": the words of the first are "5"
    return f"{words} ({edtf})" if words and edtf else words or edtf


def actor_names(tables: Tables) -> dict[str, Row]:
    """One row of the mentions for each actor_id: the standing name, type and country of an actor; places are none."""
    from briefing_kit.answers import actor_mentions

    return {row["actor_id"]: row for row in rows(actor_mentions(tables).drop_duplicates("actor_id"))}


def named_actors(tables: Tables) -> tuple[dict[str, Row], tuple[str, ...]]:
    """The actors that bear a name, and how many mentions of unnamed groups (gunmen, officials) are left out.

    Another tool would make a standing entity of each, and merge everybody's gunmen into one.
    """
    from briefing_kit.answers import actor_mentions

    unnamed = actor_mentions(tables)["actor_type"] == "group"
    named = {actor_id: row for actor_id, row in actor_names(tables).items() if row["actor_type"] != "group"}
    return named, told((int(unnamed.sum()), "mention of unnamed groups"))
