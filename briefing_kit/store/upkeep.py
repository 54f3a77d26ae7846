"""A store looked after: who may write, what is in it, and its parts laid out anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TypeVar
from uuid import uuid4

from briefing_kit.locks import try_lock
from briefing_kit.store.layout import KEY, WORK, Part, StoreError, part_of, parts_in, replace_text
from briefing_kit.store.parts import RUN, Change, joined, mend, only, read_part, read_table, unfinished

_T = TypeVar("_T")
_LOOKS = 100  # times that a store is looked at again while another run changes its parts
_PAUSE = 0.05  # seconds between two looks


class Stored(NamedTuple):
    """A document of the store."""

    part: Part
    key: str
    characters: int
    series: str | None


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


def steady(folder: Path, read: Callable[[list[Part]], _T]) -> _T:
    """What `read` finds in the parts that there are, called again where one goes while it reads.

    A part that another run replaces meanwhile is read as it was or as it is; what a dead run left is finished first.

    Raises:
        StoreError: parts go and come all the time.
    """
    for attempt in range(_LOOKS):
        if attempt:
            time.sleep(_PAUSE)
        parts = parts_in(folder)
        if unfinished(folder) or parts_in(folder) != parts:
            with suppress(StoreError, OSError), writing(folder):  # unless a living run is at it, or this is no place to write
                pass
            continue
        with suppress(FileNotFoundError):
            return read(parts)
    raise StoreError(f"{folder.name}: it is being written to all the time; ask again later")


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
