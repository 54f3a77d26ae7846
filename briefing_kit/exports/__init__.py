"""Tables in the forms that other tools read: timelines, event lists, threat-intelligence bundles, citations, calendars.

Each format is one module with one pure function from rows to text. Nothing is invented on the way: what a format cannot hold
without a guess (an undated event on a timeline) is left out and counted.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from briefing_kit.exports.rows import About, Exported, ExportError
from briefing_kit.marking import strictest
from briefing_kit.naming import did_you_mean

if TYPE_CHECKING:
    from briefing_kit.tables import Tables

__all__ = ["FORMATS", "ExportError", "Exported", "export"]

# format -> (module, ending of the file, what it is)
FORMATS = {
    "acled": ("acled", ".csv", "CSV with ACLED's columns, one row per dated event; blank where the text does not say"),
    "bibtex": ("citations", ".bib", "BibTeX entries, one per briefing"),
    "ftm": ("ftm", ".jsonl", "FollowTheMoney entities as JSON lines (needs the extra briefing-kit[export])"),
    "ical": ("ical", ".ics", "iCalendar, one entry per planned or expected event"),
    "markdown": ("markdown", ".md", "tables for pasting into Markdown"),
    "sources": ("citations", ".txt", "plain list of the briefings and of the sources that they cite"),
    "stix": ("stix", ".json", "STIX 2.1 bundle (needs the extra briefing-kit[export])"),
    "timelinejs": ("timelinejs", ".json", "TimelineJS 3, dates as precise as the text"),
    "timesketch": ("timesketch", ".jsonl", "Timesketch JSON lines, one per event whose first day is known"),
}


def export(tables: Tables, format_: str, *, title: str = "Briefings", marking: str | None = None, raw: bool = False) -> Exported:
    """The tables in another tool's format, as text, with what had to be left out.

    Args:
        tables: what `analyse` returns.
        format_: acled, bibtex, ftm, ical, markdown, sources, stix, timelinejs or timesketch.
        title: what the whole is called, where the format has a place for it.
        marking: TLP 2.0 label; the strictest of the briefings by default.
        raw: CSV cells as they are, without the guard against spreadsheet formulas.

    >>> made = export(bk.analyse("Militants attacked a clinic. 12 people were killed on 3 May 2021."), "timelinejs")
    >>> '"display_date": "3 May 2021"' in made.text, made.left_out
    (True, ('1 event without a date',))

    Raises:
        ExportError: there is no such format, or the library that makes it is not installed.
    """
    if format_ not in FORMATS:
        near = did_you_mean(format_, FORMATS)
        raise ExportError(f"no format {format_!r}: " + (f"did you mean {near!r}?" if near else f"there is {', '.join(FORMATS)}"))
    label = strictest(tables.documents["marking"].dropna()) if marking is None else marking
    make = getattr(import_module(f"briefing_kit.exports.{FORMATS[format_][0]}"), format_)
    made: Exported = make(tables, About(title=title, marking=label, raw=raw))
    return made
