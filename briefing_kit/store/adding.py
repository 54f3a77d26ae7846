"""Briefings into a store: all are looked at, those that are new or changed are analysed, each part of a week by one worker.

The worker that analyses a part writes it too, so that no table travels and memory is bounded by the size of a part, whatever the number of
briefings. A part that is written again comes out the same, byte for byte; a run that was cut off is simply started again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple, Protocol

from briefing_kit.briefing import Briefing
from briefing_kit.corrections_file import Correction
from briefing_kit.engines import Crew, EngineError, Workers, crew
from briefing_kit.gazetteer import Gazetteer
from briefing_kit.progress import shown
from briefing_kit.reading import ReadingError, file_name, refuse_doubles
from briefing_kit.spreading import found_in
from briefing_kit.store.keys import analysis_key, by_document, gazetteer_hash, rules_hash
from briefing_kit.store.layout import Part, StoreError, make_store, part_of, parts_in, parts_needed
from briefing_kit.store.parts import Change, Rows, joined, read_part, rows_of, without
from briefing_kit.store.upkeep import Stored, index, lay_out, steady, writing
from briefing_kit.tables import Tables

_LOOKED_AT = 200  # briefings that one piece of work looks at
_ANALYSED = 200_000  # characters that are analysed in one go


class Analysis(Protocol):
    """How briefings are read and analysed; see `briefing_kit.analysis.Analysis`."""

    @property
    def gazetteer(self) -> Gazetteer: ...  # noqa: D102
    @property
    def corrections(self) -> tuple[Correction, ...]: ...  # noqa: D102
    @property
    def day_first(self) -> bool: ...  # noqa: D102
    def read(self, briefings: Any) -> Iterator[Briefing]: ...  # noqa: D102
    def found(self, briefings: Iterable[Briefing]) -> Tables: ...  # noqa: D102
    def obeying(self, corrections: Iterable[Correction]) -> Analysis: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Job:
    """What all pieces of work of a run share; `settings` is the part of the key that all documents have in common.

    `how` obeys no correction: those of each document are in `corrections`.
    """

    folder: Path
    run: str
    how: Analysis
    corrections: Mapping[str, tuple[Correction, ...]]
    settings: str
    rules: str

    def keys(self, briefings: Sequence[Briefing]) -> list[str]:
        """The keys of these briefings.

        Raises:
            EngineError: this process runs other code than the one that began the run.
        """
        if rules_hash() != self.rules:
            raise EngineError("a worker has another version of briefing-kit, or other code; install the same on all machines")
        return [analysis_key(briefing, self.corrections.get(briefing.doc_id, ()), self.settings) for briefing in briefings]

    def found(self, briefings: Sequence[Briefing]) -> Tables:
        """The rows of these briefings, corrected."""
        own = (self.corrections.get(briefing.doc_id, ()) for briefing in briefings)
        return found_in(self.how.obeying(chain.from_iterable(own)), briefings)


class Look(NamedTuple):
    """A briefing as it was looked at: where it is read from again (itself, or a path as text), and what tells whether it is due."""

    item: Briefing | str
    doc_id: str
    week: str
    key: str
    characters: int
    series: str | None


class Due(NamedTuple):
    """A briefing that may have to be analysed, in as little room as it takes: there may be millions."""

    item: Briefing | str
    doc_id: str
    week: str
    characters: int

    @property
    def path(self) -> str:
        """What the file is called."""
        return file_name(Path(self.item)) if isinstance(self.item, str) else self.item.path or self.doc_id


class Batch(NamedTuple):
    """The briefings of one part that are to be analysed."""

    part: Part
    due: tuple[Due, ...]

    def __str__(self) -> str:
        return f"{self.part} ({len(self.due)} briefings, {self.due[0].doc_id} to {self.due[-1].doc_id})"


@dataclass(slots=True)
class Added:
    """What became of the briefings: how many were new, changed or as they were, and why others were passed over."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [f"{self.new:,} new", f"{self.changed:,} changed", f"{self.unchanged:,} unchanged"]
        return ", ".join(parts + ([f"{len(self.refused):,} refused"] if self.refused else []))


def add(folder: Path, items: Iterable[Briefing | Path], how: Analysis, workers: Workers, *, strict: bool = True) -> Added:
    """Analyse what is new or changed and put it into the store, which is made where there is none.

    Args:
        folder: the store.
        items: briefings, or paths of their files.
        how: how they are analysed.
        workers: who does the work.
        strict: refuse the run where a file cannot be read, instead of passing it over.

    Raises:
        ReadingError: a file cannot be read, or two briefings have one doc_id.
        StoreError: no store can be made there, or another run is writing to it.
        EngineError: workers died again and again; what is done is kept.
    """
    make_store(folder)
    settings = sha256(f"{rules_hash()} {gazetteer_hash(how.gazetteer)} {how.day_first}".encode()).hexdigest()
    job = Job(folder.resolve(), "", how.obeying(()), by_document(how.corrections), settings, rules_hash())
    with crew(workers) as hands:
        stored = steady(folder, lambda parts: index(folder, parts))
        due, unchanged, refused = _looked_at(hands, job, items, stored, strict=strict)
        if not due:
            return Added(unchanged=unchanged, refused=refused)
        with writing(folder) as run:
            stored = index(folder)
            changed = sum(one.doc_id in stored for one in due)
            done = Added(len(due) - changed, changed, unchanged, refused)
            batches = _prepared(folder, run, due, stored)
            del due, stored
            for _ in shown(hands.spread(write, replace(job, run=run), batches), len(batches), "analysed", "parts"):
                pass
    return done


def _looked_at(
    hands: Crew, job: Job, items: Iterable[Briefing | Path], stored: Mapping[str, Stored], *, strict: bool
) -> tuple[list[Due], int, list[str]]:
    """Which briefings are new or changed, how many are as they are stored, and why others cannot be read."""
    everything: list[Due] = []
    due: list[Due] = []
    refused: list[str] = []
    for found in hands.spread(look, job, _chunks(items)):
        for one in found:
            if isinstance(one, str):
                refused.append(one)
                if strict:
                    raise ReadingError(one)
                continue
            slim = Due(one.item, one.doc_id, intern(one.week), one.characters)
            everything.append(slim)
            if _is_due(job.folder, one, stored.get(one.doc_id)):
                due.append(slim)
    by_name: Any = sorted(everything, key=lambda one: one.path)
    refuse_doubles(by_name)
    return due, len(everything) - len(due), sorted(refused)


def _is_due(folder: Path, one: Look, known: Stored | None) -> bool:
    """Whether the store does not hold a briefing as it is.

    Raises:
        StoreError: it holds another briefing of the same doc_id.
    """
    if known is None:
        return True
    if (known.key, known.part.week) == (one.key, one.week):
        return False
    if known.series and one.series and known.series != one.series:
        raise StoreError(
            f"{folder.name}: {one.doc_id!r} of {one.series!r} is there already, but of {known.series!r}; rename the file, "
            f"or take the other one out: briefing-kit store remove {one.doc_id}"
        )
    return True


def _chunks(items: Iterable[Briefing | Path]) -> Iterator[list[Briefing | str]]:
    chunk: list[Briefing | str] = []
    for item in items:
        chunk.append(str(item) if isinstance(item, Path) else item)  # a path takes five times the room of its text
        if len(chunk) == _LOOKED_AT:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _read(how: Analysis, item: Briefing | str) -> Iterator[Briefing]:
    return how.read(Path(item) if isinstance(item, str) else item)


def look(job: Job, items: Sequence[Briefing | str]) -> list[Look | str]:
    """Each briefing as far as it must be known before it is analysed, or in one line why it cannot be read."""
    found: list[Look | str] = []
    for item in items:
        try:
            briefings = list(_read(job.how, item))
        except ReadingError as error:
            found.append(str(error))
            continue
        for briefing, key in zip(briefings, job.keys(briefings), strict=True):
            found.append(Look(item, briefing.doc_id, briefing.week or "", key, len(briefing.text), briefing.series))
    return found


def _prepared(folder: Path, run: str, due: Sequence[Due], stored: Mapping[str, Stored]) -> list[Batch]:
    """The pieces of work, each for one part that is there or may be made, after documents that moved were taken out of their old week."""
    by_week: dict[str, list[Due]] = {}
    moved: dict[str, set[str]] = {}
    replaced = {one.doc_id for one in due}
    for one in due:
        by_week.setdefault(one.week, []).append(one)
        known = stored.get(one.doc_id)
        if known is not None and known.part.week != one.week:
            moved.setdefault(known.part.week, set()).add(one.doc_id)
    characters: dict[str, int] = {}
    for doc_id, known in stored.items():
        if doc_id not in replaced:
            characters[known.part.week] = characters.get(known.part.week, 0) + known.characters
    for week, gone in moved.items():
        for part in parts_in(folder, [week]):
            lay_out(folder, run, [part], part.of, drop=gone)
    batches = []
    for week in sorted(by_week):
        there = parts_in(folder, [week])
        needed = parts_needed(characters.get(week, 0) + sum(one.characters for one in by_week[week]))
        number = max([needed, *(part.of for part in there)])
        for part in there:
            if part.of < number:
                lay_out(folder, run, [part], number)
        of_part: dict[Part, list[Due]] = {}
        for one in by_week[week]:
            of_part.setdefault(part_of(week, one.doc_id, number), []).append(one)
        batches += [Batch(part, tuple(sorted(of_part[part], key=lambda one: one.doc_id))) for part in sorted(of_part)]
    return batches


def write(job: Job, batch: Batch) -> int:
    """Analyse the briefings of a part and write it, with what it holds of others; returns how many there were.

    Raises:
        EngineError: a briefing cannot be analysed; the message names it.
        StoreError: a briefing has changed its name or week since it was looked at, or another run has begun to write.
    """
    parts: list[Rows] = []
    for due in _bites(batch.due):
        briefings = [_read_again(job, one) for one in due]
        keys = dict(zip((briefing.doc_id for briefing in briefings), job.keys(briefings), strict=True))
        parts.append(rows_of(job.found(briefings), keys))
    if (job.folder / batch.part.path("documents")).exists():
        parts.append(without(read_part(job.folder, batch.part), [one.doc_id for one in batch.due]))
    with Change(job.folder, job.run) as change:
        change.put(batch.part, joined(parts))
        change.commit()
    return len(batch.due)


def _bites(due: Sequence[Due]) -> Iterator[list[Due]]:
    bite: list[Due] = []
    size = 0
    for one in due:
        bite.append(one)
        size += one.characters
        if size >= _ANALYSED:
            yield bite
            bite, size = [], 0
    if bite:
        yield bite


def _read_again(job: Job, one: Due) -> Briefing:
    for briefing in _read(job.how, one.item):
        if (briefing.doc_id, briefing.week or "") == (one.doc_id, one.week):
            return briefing
    raise StoreError(f"{one.path}: changed while it was read; run it again")
