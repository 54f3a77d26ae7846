"""Briefings into a store: all are looked at, those that are new or changed are analysed, each part of a week by one worker.

The worker that analyses a part writes it too, so that no table travels and memory is bounded by the size of a part, whatever the number of
briefings. A part that is written again comes out the same, byte for byte; a run that was cut off is simply started again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple, Protocol
from uuid import uuid4

from briefing_kit.briefing import Briefing
from briefing_kit.corrections_file import Correction
from briefing_kit.engines import Crew, EngineError, Workers, crew
from briefing_kit.gazetteer import Gazetteer
from briefing_kit.locks import try_lock
from briefing_kit.progress import shown
from briefing_kit.reading import ReadingError, refuse_doubles
from briefing_kit.spreading import found_in
from briefing_kit.store.keys import analysis_key, by_document, gazetteer_hash, rules_hash
from briefing_kit.store.layout import KEY, WORK, Part, StoreError, make_store, part_of, parts_in, parts_needed, replace_text
from briefing_kit.store.parts import RUN, Change, Rows, joined, mend, only, read_part, read_table, rows_of, without
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

    def found(self, looks: Iterable[Look], briefings: Sequence[Briefing]) -> Tables:
        """The rows of these briefings, corrected."""
        own = (self.corrections.get(one.doc_id, ()) for one in looks)
        return found_in(self.how.obeying(chain.from_iterable(own)), briefings)


class Look(NamedTuple):
    """A briefing as it was looked at: where it is read from again (itself, or a path as text), and what its rows depend on."""

    item: Briefing | str
    doc_id: str
    week: str
    key: str
    characters: int
    series: str | None

    @property
    def path(self) -> str:
        """What the file is called."""
        return Path(self.item).name if isinstance(self.item, str) else self.item.path or self.doc_id


class Batch(NamedTuple):
    """The briefings of one part that are to be analysed."""

    part: Part
    looks: tuple[Look, ...]

    def __str__(self) -> str:
        return f"{self.part} ({len(self.looks)} briefings, {self.looks[0].doc_id} to {self.looks[-1].doc_id})"


class Stored(NamedTuple):
    """A document of the store."""

    part: Part
    key: str
    characters: int
    series: str | None


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


@contextmanager
def writing(folder: Path) -> Iterator[str]:
    """Be the only one who writes to the store while the block runs; gives the run's name, after what a crash left was mended.

    Raises:
        StoreError: another run is writing.
    """
    with (folder / WORK / "lock").open("a+", encoding="ascii") as handle:
        if not try_lock(handle):
            raise StoreError(f"{folder.name}: another run is writing to this store; wait for it")
        run = uuid4().hex
        replace_text(folder / WORK / RUN, run)
        mend(folder)
        yield run


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
        looks, refused = _looked_at(hands, job, items, strict=strict)
        if not _new_in(folder, looks):
            return Added(unchanged=len(looks), refused=refused)
        with writing(folder) as run:
            stored = index(folder)
            todo = _new_in(folder, looks, stored)
            changed = sum(look.doc_id in stored for look in todo)
            done = Added(len(todo) - changed, changed, len(looks) - len(todo), refused)
            del looks
            batches = _prepared(folder, run, todo, stored)
            del todo, stored
            for _ in shown(hands.spread(write, replace(job, run=run), batches), len(batches), "analysed", "parts"):
                pass
    return done


def _looked_at(hands: Crew, job: Job, items: Iterable[Briefing | Path], *, strict: bool) -> tuple[list[Look], list[str]]:
    looks: list[Look] = []
    refused: list[str] = []
    chunks = _chunks(items)
    for found in hands.spread(look, job, chunks):
        for one in found:
            if isinstance(one, str):
                refused.append(one)
                if strict:
                    raise ReadingError(min(refused))
                continue
            looks.append(one)
    by_name: Any = sorted(looks, key=lambda one: one.path)
    refuse_doubles(by_name)
    return looks, sorted(refused)


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
            week, series = intern(briefing.week or ""), briefing.series and intern(briefing.series)
            found.append(Look(item, briefing.doc_id, week, key, len(briefing.text), series))
    return found


def index(folder: Path, parts: Iterable[Part] | None = None) -> dict[str, Stored]:
    """The documents of a store by doc_id.

    Raises:
        FileNotFoundError: one of the parts is gone.
    """
    columns = ("doc_id", KEY, "n_characters", "series")
    found = {}
    for part in parts_in(folder) if parts is None else parts:
        rows = read_table(folder, part, "documents", columns)
        for row in zip(*(rows[name].to_pylist() for name in columns), strict=True):
            found[row[0]] = Stored(part, *row[1:])
    return found


def _new_in(folder: Path, looks: Sequence[Look], stored: dict[str, Stored] | None = None) -> list[Look]:
    """Those that the store does not hold as they are.

    Raises:
        StoreError: it holds another briefing of the same doc_id.
    """
    stored = index(folder) if stored is None else stored
    todo = []
    for one in looks:
        known = stored.get(one.doc_id)
        if known is None:
            todo.append(one)
        elif (known.key, known.part.week) != (one.key, one.week):
            if known.series and one.series and known.series != one.series:
                raise StoreError(
                    f"{folder.name}: {one.doc_id!r} of {one.series!r} is there already, but of {known.series!r}; rename the file, "
                    f"or take the other one out: briefing-kit store remove {one.doc_id}"
                )
            todo.append(one)
    return todo


def _prepared(folder: Path, run: str, todo: Sequence[Look], stored: dict[str, Stored]) -> list[Batch]:
    """The pieces of work, each for one part that is there or may be made, after documents that moved were taken out of their old week."""
    by_week: dict[str, list[Look]] = {}
    moved: dict[str, set[str]] = {}
    replaced = {one.doc_id for one in todo}
    for one in todo:
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
        of_part: dict[Part, list[Look]] = {}
        for one in by_week[week]:
            of_part.setdefault(part_of(week, one.doc_id, number), []).append(one)
        batches += [Batch(part, tuple(sorted(of_part[part], key=lambda one: one.doc_id))) for part in sorted(of_part)]
    return batches


def lay_out(folder: Path, run: str, parts: Sequence[Part], of: int, *, drop: Iterable[str] = ()) -> int:
    """Put the rows of some parts of a week into parts of another number, without some documents; returns how many of those there were."""
    gone = set(drop)
    rows = joined([read_part(folder, part) for part in parts])
    doc_ids = rows["documents"]["doc_id"].to_pylist()
    there = gone.intersection(doc_ids)
    if not there and all(part.of == of for part in parts):
        return 0
    kept: dict[Part, list[str]] = {}
    for doc_id in doc_ids:
        if doc_id not in there:
            kept.setdefault(part_of(parts[0].week, doc_id, of), []).append(doc_id)
    with Change(folder, run) as change:
        for part in parts:
            change.remove(part)
        for part, ids in kept.items():
            change.put(part, only(rows, ids))
        change.commit()
    return len(there)


def write(job: Job, batch: Batch) -> int:
    """Analyse the briefings of a part and write it, with what it holds of others; returns how many there were.

    Raises:
        EngineError: a briefing cannot be analysed; the message names it.
        StoreError: a briefing has changed since it was looked at, or another run has begun to write.
    """
    parts: list[Rows] = []
    for looks in _bites(batch.looks):
        briefings = _read_again(job, looks)
        keys = {one.doc_id: one.key for one in looks}
        parts.append(rows_of(job.found(looks, briefings), keys))
    if (job.folder / batch.part.path("documents")).exists():
        parts.append(without(read_part(job.folder, batch.part), [one.doc_id for one in batch.looks]))
    with Change(job.folder, job.run) as change:
        change.put(batch.part, joined(parts))
        change.commit()
    return len(batch.looks)


def _bites(looks: Sequence[Look]) -> Iterator[list[Look]]:
    bite: list[Look] = []
    size = 0
    for one in looks:
        bite.append(one)
        size += one.characters
        if size >= _ANALYSED:
            yield bite
            bite, size = [], 0
    if bite:
        yield bite


def _read_again(job: Job, looks: Sequence[Look]) -> list[Briefing]:
    found = []
    for one in looks:
        briefing = next((briefing for briefing in _read(job.how, one.item) if briefing.doc_id == one.doc_id), None)
        if briefing is None or job.keys([briefing]) != [one.key]:
            raise StoreError(f"{one.doc_id}: changed while it was read; run it again")
        found.append(briefing)
    return found
