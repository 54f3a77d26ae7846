"""The one way through all extractors: briefings in, seven tables out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefing_kit.briefing import Briefing, text_briefing
from briefing_kit.corrections import Correction, apply_corrections
from briefing_kit.findings import batches, find
from briefing_kit.gazetteer import Gazetteer, load_gazetteer
from briefing_kit.reading import ReadingError, load_briefing, refuse_doubles
from briefing_kit.rows import columns_of
from briefing_kit.settling import settle
from briefing_kit.tables import Tables, join

Readable = Briefing | str | Path


def analyse(
    briefings: Readable | Iterable[Readable],
    *,
    document_date: date | str | None = None,
    gazetteer: Gazetteer | None = None,
    corrections: Sequence[Correction] = (),
    day_first: bool = True,
) -> Tables:
    """All that the extractors find in one briefing or many, as seven tables.

    Args:
        briefings: a Briefing, a text, a path (pathlib), or any number of them.
        document_date: publication day of those that have none of their own; a date or ISO 8601 text.
        gazetteer: the actors to know; the built-in ones by default (see `load_gazetteer`).
        corrections: the analyst's corrections, applied last.
        day_first: how to read 10/11/2019; True is 10 November.

    Raises:
        ReadingError: a path cannot be read, two briefings have the same doc_id, or document_date is no date.

    >>> analyse("The UN said 12 people were killed on 3 May 2021.").claims["value"].tolist()
    [12.0]
    """
    how = Analysis(gazetteer or load_gazetteer(), tuple(corrections), day_first=day_first, document_date=day_of(document_date))
    read = list(how.read(briefings))
    refuse_doubles(read)
    # Oldest first, whatever the order of the arguments: "seen before" must mean before.
    read.sort(key=lambda briefing: (briefing.published_on is None, briefing.published_on or date.min, briefing.doc_id))
    return settle(how.found(read))


@dataclass(frozen=True, slots=True)
class Analysis:
    """How briefings are read and analysed; it goes to worker processes as it is."""

    gazetteer: Gazetteer
    corrections: tuple[Correction, ...] = ()
    day_first: bool = True
    document_date: date | None = None

    def read(self, briefings: Readable | Iterable[Readable]) -> Iterator[Briefing]:
        """The briefings themselves, read where they are paths."""
        return _read(briefings, self.document_date)

    def found(self, briefings: Iterable[Briefing]) -> Tables:
        """The rows of each briefing in turn, corrected; what depends on the others is left for `settle`."""
        batched = (find(briefing, self.gazetteer, day_first=self.day_first) for briefing in briefings)
        tables = join([columns_of(batch) for batch in batches(batched)])
        return apply_corrections(tables, self.corrections, self.gazetteer) if self.corrections else tables


def day_of(given: date | str | None) -> date | None:
    """A day given as such or as ISO 8601 text.

    Raises:
        ReadingError: the text is no date.
    """
    if not isinstance(given, str):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ReadingError(f"document_date: {given!r} is no date; write it as 2019-10-16") from None


def _read(briefings: Readable | Iterable[Readable], document_date: date | None) -> Iterator[Briefing]:
    if isinstance(briefings, str):
        yield text_briefing(briefings, document_date=document_date)
    elif isinstance(briefings, Path):
        yield load_briefing(briefings, document_date=document_date)
    elif isinstance(briefings, Briefing):
        yield briefings
    else:
        for one in briefings:
            yield from _read(one, document_date)
