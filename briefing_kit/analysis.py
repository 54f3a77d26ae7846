"""The one way through all extractors: briefings in, seven tables out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, overload

from briefing_kit.briefing import Briefing, text_briefing
from briefing_kit.corrections import Correction, apply_corrections
from briefing_kit.engines import Engine, Workers
from briefing_kit.findings import batches, find
from briefing_kit.gazetteer import Gazetteer, load_gazetteer
from briefing_kit.reading import ReadingError, load_briefing, refuse_doubles
from briefing_kit.rows import columns_of
from briefing_kit.settling import settle
from briefing_kit.tables import Tables, join

if TYPE_CHECKING:
    from briefing_kit.store.archive import Store

Readable = Briefing | str | Path


@overload
def analyse(
    briefings: Readable | Iterable[Readable],
    *,
    document_date: date | str | None = None,
    gazetteer: Gazetteer | None = None,
    corrections: Sequence[Correction] = (),
    day_first: bool = True,
    engine: Engine = "serial",
    workers: int = 0,
    scheduler: str = "",
    store: None = None,
) -> Tables: ...
@overload
def analyse(
    briefings: Readable | Iterable[Readable],
    *,
    document_date: date | str | None = None,
    gazetteer: Gazetteer | None = None,
    corrections: Sequence[Correction] = (),
    day_first: bool = True,
    engine: Engine = "serial",
    workers: int = 0,
    scheduler: str = "",
    store: str | Path,
) -> Store: ...
def analyse(
    briefings: Readable | Iterable[Readable],
    *,
    document_date: date | str | None = None,
    gazetteer: Gazetteer | None = None,
    corrections: Sequence[Correction] = (),
    day_first: bool = True,
    engine: Engine = "serial",
    workers: int = 0,
    scheduler: str = "",
    store: str | Path | None = None,
) -> Tables | Store:
    """All that the extractors find in one briefing or many, as seven tables; with `store`, written there instead.

    Args:
        briefings: a Briefing, a text, a path (pathlib), or any number of them.
        document_date: publication day of those that have none of their own; a date or ISO 8601 text.
        gazetteer: the actors to know; the built-in ones by default (see `load_gazetteer`).
        corrections: the analyst's corrections, applied last.
        day_first: how to read 10/11/2019; True is 10 November.
        engine: "serial", "processes" (of this machine) or "dask"; the result is the same.
        workers: how many processes; 0 is one per core.
        scheduler: address of a running Dask scheduler; "" starts a cluster on this machine.
        store: an archive to add to, made where there is none (see `open_store`): only what is new or changed is analysed, memory does
            not grow with the number of briefings, and the archive is returned.

    Raises:
        ReadingError: a path cannot be read, two briefings have the same doc_id, or document_date is no date.
        EngineError: there is no such engine, or its workers died again and again.
        StoreError: the archive cannot be written.

    >>> analyse("The UN said 12 people were killed on 3 May 2021.").claims["value"].tolist()
    [12.0]
    """
    how = Analysis(gazetteer or load_gazetteer(), tuple(corrections), day_first=day_first, document_date=day_of(document_date))
    hands = Workers(engine=engine, number=workers, scheduler=scheduler)
    if store is not None:
        from briefing_kit.store.archive import add_to

        return add_to(store, _each(briefings, how.document_date), how, hands)[0]
    if engine != "serial":
        from briefing_kit.spreading import found_by

        return settle(found_by(hands, how, _each(briefings, how.document_date)))
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
        for one in _each(briefings, self.document_date):
            yield load_briefing(one, document_date=self.document_date) if isinstance(one, Path) else one

    def found(self, briefings: Iterable[Briefing]) -> Tables:
        """The rows of each briefing in turn, corrected; what depends on the others is left for `settle`."""
        batched = (find(briefing, self.gazetteer, day_first=self.day_first) for briefing in briefings)
        tables = join([columns_of(batch) for batch in batches(batched)])
        return apply_corrections(tables, self.corrections, self.gazetteer) if self.corrections else tables

    def obeying(self, corrections: Iterable[Correction]) -> Analysis:
        """The same with these corrections."""
        return replace(self, corrections=tuple(corrections))


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


def _each(briefings: Readable | Iterable[Readable], document_date: date | None) -> Iterator[Briefing | Path]:
    """The briefings one by one, paths unread."""
    if isinstance(briefings, str):
        yield text_briefing(briefings, document_date=document_date)
    elif isinstance(briefings, (Briefing, Path)):
        yield briefings
    else:
        for one in briefings:
            yield from _each(one, document_date)
