"""What lies where in a store, and what its files hold.

    STORE/_store.json                                        format and columns: another format is refused
    STORE/claims/year=2019/week=2019-W42/part-00of01.parquet one folder per table, ISO year and ISO week (hive partitions)
    STORE/_work/                                             a run's unfinished files, and the journals that a crash is mended from

A week is one part, or where it is large two, four, eight ...; a document belongs to the part that the hash of its doc_id names, so that
where a row lies follows from what is stored, never from how or in which order it came. All seven files of a part bear the same
fingerprint (of its documents and their keys). Briefings without a date lie in `year=0/week=undated`. `week` stands in the folder's name
only; `year` is the ISO year. Names that begin with _ are passed over by pandas, Spark and Dask.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from briefing_kit import __version__
from briefing_kit.refusals import RefusalError
from briefing_kit.schemas import SCHEMAS, Column
from briefing_kit.settling import SETTLED

FORMAT = 1
ABOUT = "_store.json"
WORK = "_work"
UNDATED = "undated"  # hive has a name for a missing value, but pandas cannot read it
KEY = "analysis_key"  # in documents: what the rows were made from
BY_HAND = "cluster_id_by_hand"  # in events: a cluster_id that a correction set; the others depend on what is read together
EXTRA = {"documents": KEY, "events": BY_HAND}
PART_CHARACTERS = 4_000_000  # of text in one part at most, on average: some 1,300 briefings, 3 MB on disk, seconds of work
_FINGERPRINT = b"briefing_kit.part"
_COLUMNS = b"briefing_kit.columns"


class StoreError(RefusalError):
    """A store that cannot be read or written as asked; the message names it and says how to mend that."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One of the `of` parts of a week ("" for briefings without a date): seven files of the same name."""

    week: str
    number: int = 0
    of: int = 1

    def __str__(self) -> str:
        where = self.week or "without a date"
        return where if self.of == 1 else f"{where}, part {self.number + 1} of {self.of}"

    def path(self, table: str) -> str:
        """Where a table's file lies in the store."""
        return f"{table}/{week_folder(self.week)}/part-{self.number:02}of{self.of:02}.parquet"

    @property
    def paths(self) -> dict[str, str]:
        """Where the files of all seven tables lie."""
        return {name: self.path(name) for name in SCHEMAS}


def week_folder(week: str) -> str:
    """The folder of a week in each table's folder."""
    return f"year={int(week[:4])}/week={week}" if week else f"year=0/week={UNDATED}"


def part_of(week: str, doc_id: str, of: int) -> Part:
    """The part that holds a document, where its week has `of` parts."""
    return Part(week, int.from_bytes(sha256(doc_id.encode()).digest()[:8], "big") % of, of)


def parts_needed(characters: int) -> int:
    """How many parts a week of so much text has: a power of two, so that a part splits without touching the others."""
    number = 1
    while characters > number * PART_CHARACTERS:
        number *= 2
    return number


def parts_in(folder: Path, weeks: Iterable[str] | None = None) -> list[Part]:
    """The parts of a store, or of some of its weeks, sorted; the table of documents says which there are.

    Raises:
        StoreError: a file lies there that no store wrote.
    """
    documents = folder / "documents"
    folders = documents.glob("year=*/week=*") if weeks is None else (documents / week_folder(week) for week in weeks)
    return sorted(_part(path) for place in folders for path in place.glob("part-*.parquet"))


def _part(path: Path) -> Part:
    week = path.parent.name.removeprefix("week=")
    try:
        number, of = path.stem.removeprefix("part-").split("of")
        return Part("" if week == UNDATED else week, int(number), int(of))
    except ValueError:
        raise StoreError(f"{path.name}: no part of a store; take it out of {path.parent.name}") from None


def columns_stored(table: str) -> Iterator[Column]:
    """The columns of a table's files: those of the codebook but for the week and what only briefings read together can tell."""
    for column in SCHEMAS[table]:
        if column.name not in ("week", SETTLED.get(table)):
            yield column
    if table in EXTRA:
        yield Column(EXTRA[table], "text", "")


@cache
def arrow_schema(table: str) -> Any:
    """The columns of a table's files as Arrow types: plain ones that pandas, DuckDB and Spark read alike."""
    import pyarrow as pa

    # Milliseconds are the coarsest time that Parquet knows; they hold the year 490, which nanoseconds do not.
    types = {"whole": pa.int64(), "number": pa.float64(), "day": pa.timestamp("ms"), "flag": pa.bool_()}
    return pa.schema([(column.name, types.get(column.kind, pa.string())) for column in columns_stored(table)])


@cache
def columns_hash() -> str:
    """Twelve hex digits that change with the columns of any table."""
    return sha256(repr([(name, str(arrow_schema(name))) for name in SCHEMAS]).encode()).hexdigest()[:12]


def metadata(fingerprint: str) -> dict[bytes, bytes]:
    """What each file says of itself."""
    return {_FINGERPRINT: fingerprint.encode(), _COLUMNS: columns_hash().encode()}


def fingerprint_in(found: dict[bytes, bytes] | None) -> str:
    """The fingerprint that a file bears; "" where it bears none."""
    return (found or {}).get(_FINGERPRINT, b"").decode("ascii", "replace")


def fingerprint(keys: Iterable[tuple[str, str]]) -> str:
    """One hash over the documents of a part: their ids and the keys of their analyses."""
    return sha256("\n".join(f"{doc_id} {key}" for doc_id, key in sorted(keys)).encode()).hexdigest()[:32]


def check_format(folder: Path) -> None:
    """Refuse a folder that is no store, or one of another format.

    Raises:
        StoreError: it is none that this version reads.
    """
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        found, columns, package = int(about["format"]), str(about["columns"]), str(about["package"])
    except FileNotFoundError:
        raise StoreError(
            f"{folder.name}: no store in this folder; make one with briefing-kit store add FOLDER --store {folder.name}"
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(f"{folder.name}/{ABOUT}: cannot be read; make a new store from the briefings") from None
    if found > FORMAT:
        raise StoreError(f"{folder.name}: a store of format {found}, made by briefing-kit {package}; this is {__version__}: upgrade it")
    if found < FORMAT or columns != columns_hash():
        raise StoreError(
            f"{folder.name}: its tables are those of briefing-kit {package}, not of this one ({__version__}); "
            "make a new store from the briefings: briefing-kit store add FOLDER --store NEW"
        )


def make_store(folder: Path) -> None:
    """Make a folder a store where it is none yet.

    Raises:
        StoreError: other things lie there, or it is a store of another format.
    """
    if not (folder / ABOUT).exists():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise StoreError(f"{folder.name}: there is something else in this place; name a new folder for the store")
        folder.mkdir(parents=True, exist_ok=True)
        about = {"format": FORMAT, "columns": columns_hash(), "package": __version__}
        replace_text(folder / ABOUT, json.dumps(about, indent=1) + "\n")
    check_format(folder)
    (folder / WORK).mkdir(exist_ok=True)


def replace_text(path: Path, text: str) -> None:
    """Write a small file whole or not at all."""
    new = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with new.open("w", encoding="utf-8", newline="") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    new.replace(path)
