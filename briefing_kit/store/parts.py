"""The files of a store's parts: written beside, then put in place, so that a reader or a crash finds the old rows or the new, never both.

A change is prepared in a folder of its own under `_work`, noted in a journal, and put in place: files that go are removed first, then the
new ones take their names (`os.replace`). A crash before the journal leaves the old state; after it, whoever comes next finishes the job.
So a table's file is never half there and no row is ever there twice, for readers that only look at the files too; the seven tables
of a part change within milliseconds of each other, and `read_part` waits for the last of them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from briefing_kit.schemas import SCHEMAS
from briefing_kit.store.layout import (
    EXTRA,
    KEY,
    WORK,
    Part,
    StoreError,
    arrow_schema,
    columns_stored,
    fingerprint,
    fingerprint_in,
    metadata,
)
from briefing_kit.tables import Tables

Rows = dict[str, pa.Table]  # the stored columns of all seven tables
RUN = "run"  # in _work: which run may write
_JOURNAL = "journal.json"
_PATH = re.compile(rf"(?:{'|'.join(SCHEMAS)})/year=\w+/week=[\w-]+/part-\d+of\d+\.parquet", re.ASCII)
_TRIES = 50
_PAUSE = 0.1  # seconds between two looks at a part that is being written


def rows_of(tables: Tables, keys: Mapping[str, str]) -> Rows:
    """The rows of analysed briefings as they are stored; `keys` by doc_id."""
    rows = {}
    for name, frame in tables.items():
        columns = [_column(frame, column.name, name, keys) for column in columns_stored(name)]
        rows[name] = pa.Table.from_arrays(columns, schema=arrow_schema(name))
    return rows


def _column(frame: Any, name: str, table: str, keys: Mapping[str, str]) -> Any:
    kind = arrow_schema(table).field(name).type
    if name == KEY:
        return pa.array([keys[doc_id] for doc_id in frame["doc_id"]], type=kind)
    values = frame["cluster_id" if name == EXTRA.get(table) else name].array
    found = pa.array(values, from_pandas=True)
    return found.cast(kind) if found.type != kind else found


def joined(parts: Sequence[Rows]) -> Rows:
    """The rows of several sets, oldest briefing first as `analyse` has them, then by doc_id."""
    together = {name: pa.concat_tables([part[name] for part in parts]) for name in SCHEMAS}
    documents = together["documents"]
    dated = zip(documents["published_on"].to_pylist(), documents["doc_id"].to_pylist(), strict=True)
    oldest_first = sorted(dated, key=lambda one: (one[0] is None, one[0] or datetime.min, one[1]))
    doc_ids = pa.array([doc_id for _, doc_id in oldest_first], type=pa.string())
    return {name: _by_document(table, doc_ids) for name, table in together.items()}


def _by_document(table: pa.Table, doc_ids: Any) -> pa.Table:
    ranks = pc.index_in(table["doc_id"], value_set=doc_ids).to_numpy()
    if (ranks[1:] >= ranks[:-1]).all():
        return table
    return table.take(pa.array(np.argsort(ranks, kind="stable")))


def without(rows: Rows, doc_ids: Collection[str]) -> Rows:
    """The rows of all documents but these."""
    return {name: table.filter(pc.invert(_among(table, doc_ids))) for name, table in rows.items()}


def only(rows: Rows, doc_ids: Collection[str]) -> Rows:
    """The rows of these documents alone."""
    return {name: table.filter(_among(table, doc_ids)) for name, table in rows.items()}


def _among(table: pa.Table, doc_ids: Collection[str]) -> Any:
    return pc.is_in(table["doc_id"], value_set=pa.array(list(doc_ids), type=pa.string()))


def read_part(folder: Path, part: Part, *, patient: bool = True) -> Rows:
    """The rows of a part, all seven tables of one state; waits some seconds where it is just being written, if `patient`.

    Raises:
        FileNotFoundError: there is no such part any more.
        StoreError: files are missing, damaged or of different states, and stay so.
    """
    reason = ""
    for attempt in range(_TRIES if patient else 1):
        if attempt:
            time.sleep(_PAUSE)
        if not (folder / part.path("documents")).exists():
            raise FileNotFoundError(part.path("documents"))
        try:
            rows = {name: read_table(folder, part, name) for name in SCHEMAS}
        except FileNotFoundError as error:
            reason = f"{error} is missing"
            continue
        if len({fingerprint_in(table.schema.metadata) for table in rows.values()}) == 1:
            return rows
        reason = "its files are of different states"
    raise StoreError(f"{folder.name}: {part}: {reason}; briefing-kit store compact finishes what a run left undone")


def read_table(folder: Path, part: Part, table: str, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of one table of a part.

    Raises:
        FileNotFoundError: there is no such file.
        StoreError: it is damaged.
    """
    path = folder / part.path(table)
    try:
        with path.open("rb") as handle, pq.ParquetFile(handle) as file:
            return file.read(columns=None if columns is None else list(columns))
    except FileNotFoundError:
        raise FileNotFoundError(part.path(table)) from None
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"{folder.name}: {part.path(table)}: {_one_line(error)}; run briefing-kit store check") from None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


class Change:
    """Files that go and files that come, put in place together by `commit`. A block that raises leaves the store as it was."""

    def __init__(self, folder: Path, run: str) -> None:
        self._folder, self._run = folder, run
        self._place = folder / WORK / f"change-{uuid4().hex}"
        self._gone: list[str] = []
        self._new: dict[str, str] = {}

    def __enter__(self) -> Change:
        self._place.mkdir(parents=True)
        return self

    def __exit__(self, *_: object) -> None:
        if not (self._place / _JOURNAL).exists():
            shutil.rmtree(self._place, ignore_errors=True)

    def remove(self, part: Part) -> None:
        """Let a part go, where there is one."""
        self._gone += part.paths.values()

    def put(self, part: Part, rows: Rows) -> None:
        """Let a part hold these rows and no others; without rows it goes."""
        documents = rows["documents"]
        if not len(documents):
            self.remove(part)
            return
        says = metadata(fingerprint(zip(documents["doc_id"].to_pylist(), documents[KEY].to_pylist(), strict=True)))
        # Documents come last: who finds one there finds its rows.
        for name in sorted(SCHEMAS, key=lambda name: name == "documents"):
            staged = f"{len(self._new)}.parquet"
            with (self._place / staged).open("wb") as handle:
                table = rows[name].replace_schema_metadata(says)
                pq.write_table(table, handle, compression="zstd")
                handle.flush()
                os.fsync(handle.fileno())
            self._new[part.path(name)] = staged

    def commit(self) -> None:
        """Put everything in place.

        Raises:
            StoreError: another run has begun to write since.
        """
        if not self._gone and not self._new:
            return
        gone = [path for path in self._gone if path not in self._new]
        journal = json.dumps({"run": self._run, "gone": gone, "new": self._new})
        pending = self._place / f"{_JOURNAL}.tmp"
        with pending.open("w", encoding="utf-8") as handle:
            handle.write(journal)
            handle.flush()
            os.fsync(handle.fileno())
        if running(self._folder) != self._run:
            raise StoreError(f"{self._folder.name}: another run has begun to write; this one stops")
        pending.replace(self._place / _JOURNAL)
        finish(self._folder, self._place)


def running(folder: Path) -> str:
    """The run that may write; a worker that was given up for lost finds another one here and keeps its hands off."""
    try:
        return (folder / WORK / RUN).read_text(encoding="ascii")
    except FileNotFoundError:
        return ""


def finish(folder: Path, place: Path) -> None:
    """Do what a journal says, as far as it is not done: again and again the same."""
    journal = json.loads((place / _JOURNAL).read_text(encoding="utf-8"))
    if not all(_PATH.fullmatch(path) for path in (*journal["gone"], *journal["new"])):
        raise StoreError(f"{place.name}/{_JOURNAL}: names files that are no store's; remove {WORK}/{place.name}")
    for path in journal["gone"]:
        (folder / path).unlink(missing_ok=True)
        with suppress(OSError):  # not empty, or gone
            (folder / path).parent.rmdir()
            (folder / path).parent.parent.rmdir()
    for path, staged in journal["new"].items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        new = place / Path(staged).name
        if new.exists():  # else this was done before the crash
            new.replace(folder / path)
    shutil.rmtree(place, ignore_errors=True)


def mend(folder: Path) -> int:
    """Finish or clear away what a run that was cut off has left, and return how many changes were finished. Only for who holds the lock."""
    finished = 0
    for place in sorted((folder / WORK).glob("change-*")):
        if (place / _JOURNAL).exists():
            finish(folder, place)
            finished += 1
        else:
            shutil.rmtree(place, ignore_errors=True)
    return finished


def unfinished(folder: Path) -> bool:
    """Whether a change is just being put in place, or was when its process died."""
    return any((folder / WORK).glob(f"change-*/{_JOURNAL}"))
