"""The door to a store: its tables with the names that notebooks know, its upkeep, and questions in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

from briefing_kit.briefing import Briefing
from briefing_kit.engines import Workers
from briefing_kit.isoweek import exists
from briefing_kit.marking import strictest
from briefing_kit.naming import did_you_mean
from briefing_kit.schemas import SCHEMAS
from briefing_kit.settling import SETTLED, settle
from briefing_kit.store.adding import Added, Analysis, add
from briefing_kit.store.checking import problems
from briefing_kit.store.layout import BY_HAND, Part, StoreError, check_format, parts_in, parts_needed
from briefing_kit.store.parts import Rows, joined, only, read_part, read_table
from briefing_kit.store.upkeep import index, lay_out, steady, writing
from briefing_kit.tables import Tables, cast, empty


@dataclass(frozen=True, slots=True)
class Extent:
    """What a store holds: briefings, the weeks with a dated one, files and their bytes."""

    briefings: int
    undated: int
    weeks: tuple[str, ...]
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Store:
    """An archive of analysed briefings in a folder; see `open_store`."""

    folder: Path

    def weeks(self) -> list[str]:
        """The ISO weeks that have a briefing, oldest first."""
        return sorted({part.week for part in parts_in(self.folder)} - {""})

    def tables(
        self,
        weeks: Iterable[str] | None = None,
        *,
        series: str | None = None,
        country: str | None = None,
        doc_ids: Iterable[str] | None = None,
    ) -> Tables:
        """The seven tables of the chosen briefings, just as `analyse` would return them for these.

        `repeat_of`, `cluster_id` and `contested` hold among the briefings that are read together here, and no others.

        Args:
            weeks: ISO weeks such as 2019-W42; None is all, briefings without a date included.
            series: only briefings of this series, whatever its case.
            country: only briefings on this country (ISO 3166 alpha-3).
            doc_ids: only these briefings.

        Raises:
            StoreError: a week is none, or a part of the store cannot be read.
        """
        wanted = None if weeks is None else _checked(weeks)
        chosen = None if doc_ids is None else set(doc_ids)

        def read(parts: list[Part]) -> list[tuple[Part, Rows]]:
            found = []
            seen: set[str] = set()
            for part in parts:
                if wanted is not None and part.week not in wanted:
                    continue
                ids = _chosen(read_table(self.folder, part, "documents", ("doc_id", "series", "country")), series, country, chosen)
                if not seen.isdisjoint(ids):
                    raise FileNotFoundError  # a briefing went from one week to another between two looks
                seen.update(ids)
                if ids:
                    rows = read_part(self.folder, part)
                    found.append((part, only(rows, ids) if len(ids) < len(rows["documents"]) else rows))
            return found

        return settle(_tables(steady(self.folder, read)))

    def query(self, sql: str, weeks: Iterable[str] | None = None) -> pd.DataFrame:
        """The answer to one SELECT in DuckDB's SQL over the seven tables; nothing can be written, no file or address be reached.

        Over the whole store (`weeks` None) the tables lack `repeat_of`, `cluster_id` and `contested`, which depend on the briefings
        that are read together; with `weeks` they are the tables of these weeks, complete.

        Raises:
            StoreError: DuckDB is not installed, or the SQL is no single SELECT or has an error.
        """
        from briefing_kit.store.query import ask, ask_tables

        return ask(self.folder, sql) if weeks is None else ask_tables(self.tables(weeks), sql)

    def extent(self) -> Extent:
        """How much the store holds."""
        found = steady(self.folder, lambda parts: index(self.folder, parts))
        files = [path for name in SCHEMAS for path in (self.folder / name).rglob("*.parquet")]
        return Extent(
            briefings=len(found),
            undated=sum(not one.part.week for one in found.values()),
            weeks=tuple(self.weeks()),
            files=len(files),
            bytes=sum(path.stat().st_size for path in files),
        )

    def marking(self, weeks: Iterable[str] | None = None) -> str:
        """The strictest marking of the briefings, of all or of some weeks; "" where none bears one."""
        wanted = None if weeks is None else _checked(weeks)

        def read(parts: list[Part]) -> list[str | None]:
            chosen = [part for part in parts if wanted is None or part.week in wanted]
            found = [read_table(self.folder, part, "documents", ("marking",))["marking"].to_pylist() for part in chosen]
            return [marking for markings in found for marking in markings]

        return strictest(steady(self.folder, read))

    def doc_ids(self) -> list[str]:
        """The briefings that the store holds, sorted."""
        return sorted(steady(self.folder, lambda parts: index(self.folder, parts)))

    def remove(self, doc_ids: Iterable[str]) -> int:
        """Take briefings out, all or, where one is not there, none; returns how many.

        Raises:
            StoreError: a briefing is not in the store, or another run is writing to it.
        """
        gone = set(doc_ids)
        with writing(self.folder) as run:
            known = index(self.folder)
            missing = sorted(gone - known.keys())
            if missing:
                near = did_you_mean(missing[0], known)
                raise StoreError(f"{self.folder.name}: no briefing {missing[0]!r}" + (f"; did you mean {near!r}?" if near else " there"))
            for part in sorted({known[doc_id].part for doc_id in gone}):
                lay_out(self.folder, run, [part], part.of, drop=gone)
        return len(gone)

    def compact(self) -> int:
        """Finish what a crash left undone, and give each week as many files as its text needs; returns how many weeks were laid out anew.

        Raises:
            StoreError: another run is writing to the store.
        """
        changed = 0
        with writing(self.folder) as run:
            by_week: dict[str, int] = {}
            for one in index(self.folder).values():
                by_week[one.part.week] = by_week.get(one.part.week, 0) + one.characters
            for week, characters in sorted(by_week.items()):
                changed += _compacted(self.folder, run, week, parts_needed(characters))
        return changed

    def check(self) -> list[str]:
        """What is wrong with the store, a line each: missing or damaged files, rows twice or out of place, schemas not held to."""
        return problems(self.folder)


def open_store(folder: str | Path) -> Store:
    """An archive that `briefing-kit store add` or `analyse(..., store=...)` made.

    Raises:
        StoreError: no store is there, or one that another version made.
    """
    path = Path(folder)
    check_format(path)
    return Store(path)


def add_to(
    folder: str | Path, items: Iterable[Briefing | Path], how: Analysis, workers: Workers, *, strict: bool = True
) -> tuple[Store, Added]:
    """Add briefings to an archive, which is made where there is none; see `adding.add`."""
    path = Path(folder)
    added = add(path, items, how, workers, strict=strict)
    return Store(path), added


def _checked(weeks: Iterable[str]) -> list[str]:
    found = sorted({weeks} if isinstance(weeks, str) else set(weeks))
    wrong = next((week for week in found if not exists(week)), None)
    if wrong is not None:
        raise StoreError(f"week {wrong!r}: no ISO 8601 week; write it as 2019-W42")
    return found


def _chosen(documents: pa.Table, series: str | None, country: str | None, doc_ids: set[str] | None) -> list[str]:
    rows = zip(*(documents[name].to_pylist() for name in ("doc_id", "series", "country")), strict=True)
    return [
        doc_id
        for doc_id, its_series, its_country in rows
        if (series is None or (its_series or "").casefold() == series.casefold())
        and country in (None, its_country)
        and (doc_ids is None or doc_id in doc_ids)
    ]


def _tables(parts: Sequence[tuple[Part, Rows]]) -> Tables:
    """The tables of these parts, not settled yet."""
    if not parts:
        return Tables(**{name: empty(name) for name in SCHEMAS})
    dated = []
    for part, rows in parts:
        weeks = {name: pa.repeat(pa.scalar(part.week or None, pa.string()), len(table)) for name, table in rows.items()}
        dated.append({name: table.append_column("week", weeks[name]) for name, table in rows.items()})
    together = joined(dated)
    return Tables(**{name: _frame(name, together.pop(name)) for name in SCHEMAS})


def _frame(name: str, table: pa.Table) -> pd.DataFrame:
    types = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}
    settled = SETTLED.get(name)
    if settled == "cluster_id":
        table = table.append_column(settled, table[BY_HAND]).drop_columns([BY_HAND])
    elif settled is not None:
        nothing = pa.scalar(False) if settled == "contested" else pa.scalar(None, pa.string())
        table = table.append_column(settled, pa.repeat(nothing, len(table)))
    wanted = [column.name for column in SCHEMAS[name]]
    frame = table.select(wanted).combine_chunks().to_pandas(types_mapper=types.get, self_destruct=True)
    return cast(name, frame)


def _compacted(folder: Path, run: str, week: str, needed: int) -> bool:
    parts = parts_in(folder, [week])
    if all(part.of == needed for part in parts):
        return False
    if any(part.of < needed for part in parts):
        for part in parts:
            lay_out(folder, run, [part], needed)
        return True
    for number in range(needed):
        of_number = [part for part in parts if part.number % needed == number]
        if of_number:
            lay_out(folder, run, of_number, needed)
    return True
