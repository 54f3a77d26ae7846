"""Which words of a briefing stand for which row: one mark a row, and the text in parts with its marks lying in each other."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_kit.schemas import ROW_KINDS
from briefing_kit.view.marked import Part

if TYPE_CHECKING:
    from briefing_kit.tables import Tables

# A mark's label is the letter of its kind and its number within the briefing, so that it is legible in greyscale and by ear.
LETTERS = {"actor": "A", "place": "P", "claim": "C", "date": "D", "event": "E", "source": "S"}
KINDS = tuple(LETTERS)
# Of marks around the same words the wider notion lies outside.
_OUTER = {"source": 0, "claim": 1, "event": 2, "date": 3, "place": 4, "actor": 5}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text to mark: its kind (one of KINDS, or one of layout), its label and the row it stands for."""

    start: int
    end: int
    kind: str
    label: str
    row_id: str


def marks(tables: Tables, doc_id: str, kinds: tuple[str, ...] = KINDS) -> list[Mark]:
    """The spans to mark in one document in the order of the text; they may lie in each other or overlap."""
    found = [mark for mark in _all_marks(tables, doc_id) if mark.kind in kinds and mark.start < mark.end]
    return sorted(found, key=_order)


def marked_parts(text: str, spans: Iterable[Mark]) -> list[Part]:
    """The whole text as the parts that `show_spans` takes, marks lying in each other.

    Of two marks that overlap without one holding the other, the later one goes on behind the earlier one's end in a piece of its
    own; its label stands at its end.
    """
    turn = itertools.count()
    queue = [(*_order(mark), next(turn), mark) for mark in spans]
    heapq.heapify(queue)
    whole: list[Part] = []
    levels: list[tuple[int, list[Part], Mark | None]] = [(len(text), whole, None)]
    at = 0

    def advance(to: int) -> int:
        if to > at:
            levels[-1][1].append((text[at:to], None))
        return to

    while True:
        start = queue[0][0] if queue else len(text) + 1
        while len(levels) > 1 and levels[-1][0] <= start:
            at = advance(levels[-1][0])
            end, inner, mark = levels.pop()
            levels[-1][1].append(_mark_part(inner, mark, end))
        if not queue:
            advance(len(text))
            return whole
        mark = heapq.heappop(queue)[-1]
        at = advance(mark.start)
        end = min(mark.end, levels[-1][0])
        if end < mark.end:
            rest = Mark(end, mark.end, mark.kind, mark.label, mark.row_id)
            heapq.heappush(queue, (*_order(rest), next(turn), rest))
        levels.append((end, [], mark))


def _order(mark: Mark) -> tuple[int, int, int]:
    return mark.start, -mark.end, _OUTER.get(mark.kind, -1)


def _mark_part(inner: list[Part], mark: Mark | None, end: int) -> Part:
    assert mark is not None  # noqa: S101 - only the outermost level has no mark, and it is never closed
    content = inner[0][0] if len(inner) == 1 and inner[0][1] is None else inner
    return (content, mark.kind, mark.label if end == mark.end else None, mark.row_id)


def _all_marks(tables: Tables, doc_id: str) -> Iterator[Mark]:
    for name, kind in (("mentions", "actor"), ("claims", "claim"), ("dates", "date"), ("events", "event"), ("attributions", "source")):
        frame = getattr(tables, name)
        frame = frame[(frame["doc_id"] == doc_id) & (frame["status"] != "rejected")]
        if kind == "source":
            frame = frame[frame["source_start"].notna()]
        starts, ends = ("source_start", "source_end") if kind == "source" else ("start", "end")
        places = frame["actor_type"] == "place" if kind == "actor" else [False] * len(frame)
        counts = {"actor": 0, "place": 0, kind: 0}
        for start, end, row_id, is_place in zip(frame[starts], frame[ends], frame[f"{ROW_KINDS[name]}_id"], places, strict=True):
            own = "place" if is_place else kind
            counts[own] += 1
            yield Mark(int(start), int(end), own, f"{LETTERS[own]}{counts[own]}", row_id)
