"""The text with every row marked and numbered, and the evidence behind a single row."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from briefing_kit.analysis import Readable, analyse, day_of
from briefing_kit.answers import find_row, standing
from briefing_kit.briefing import Briefing, text_briefing
from briefing_kit.reading import load_briefing
from briefing_kit.schemas import ROW_KINDS
from briefing_kit.tables import Tables
from briefing_kit.view.marked import MarkedText, Part, show_spans

# A mark's label is the letter of its kind and its number within the briefing, so that it is legible in greyscale and by ear.
LETTERS = {"actor": "A", "place": "P", "claim": "C", "date": "D", "event": "E", "source": "S"}
KINDS = tuple(LETTERS)
# Of marks around the same words the wider notion lies outside.
_OUTER = {"source": 0, "claim": 1, "event": 2, "date": 3, "place": 4, "actor": 5}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text to mark: its kind (one of KINDS), its label and the row it stands for."""

    start: int
    end: int
    kind: str
    label: str
    row_id: str


def show(briefing: Readable, tables: Tables | None = None, *, kinds: tuple[str, ...] = KINDS, **options: Any) -> MarkedText:
    """The text with actors, places, claims, dates, events and sources marked, each numbered within its kind (A1, C2).

    Args:
        briefing: a Briefing, a text or a path.
        tables: its tables, where they have been made already.
        kinds: what to mark.
        options: as for `analyse`.

    >>> show("Troops seized Sirte on 6 January 2020.", kinds=("date",)).payload["parts"]
    [['Troops seized Sirte on ', None], ['6 January 2020', 'date', 'D1', '528631913ed2'], ['.', None]]
    """
    given = _briefing(briefing, **options)
    found = tables or analyse(given, **options)
    return show_spans(marked_parts(given.text, marks(found, given.doc_id, kinds)), caption=given.title or "")


def explain(tables: Tables, row_id: str) -> MarkedText:
    """The sentence a row stands in with its words marked, the rule that found it, and who says so.

    Raises:
        KeyError: no table has a row of that name.

    >>> tables = analyse("Troops seized Sirte on 6 January 2020.")
    >>> explain(tables, tables.dates["date_id"][0]).payload["caption"]
    'dates: 2020-01-06'
    """
    name, row = find_row(tables, row_id)
    sentence = tables.sentences.set_index("sentence_id").loc[row["sentence_id"]]
    base, text = int(sentence["start"]), str(sentence["text"])
    start, end = int(row["start"]) - base, int(row["end"]) - base
    facts = [f"{key}: {value}" for key, value in row.items() if key in _TOLD and not pd.isna(value)]
    kind = {"mentions": "actor", "attributions": "source"}.get(name, ROW_KINDS[name])
    parts = [
        (text[:start], None),
        (text[start : min(end, len(text))], kind),
        (text[end:], None),
        (f"\n{row['doc_id']}, characters {row['start']} to {row['end']}. {'; '.join(facts)}.", None),
    ]
    headline = {"dates": "value", "mentions": "actor", "claims": "measure", "events": "event_type", "attributions": "source"}[name]
    return show_spans([part for part in parts if part[0]], caption=f"{name}: {row[headline]}")


_TOLD = ("rule", "source", "cue", "cue_class", "factuality", "resolved_by", "kind", "mention_kind", "status", "correction_id")


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
    return mark.start, -mark.end, _OUTER[mark.kind]


def _mark_part(inner: list[Part], mark: Mark | None, end: int) -> Part:
    assert mark is not None  # noqa: S101 - only the outermost level has no mark, and it is never closed
    content = inner[0][0] if len(inner) == 1 and inner[0][1] is None else inner
    return (content, mark.kind, mark.label if end == mark.end else None, mark.row_id)


def _all_marks(tables: Tables, doc_id: str) -> Iterator[Mark]:
    for name, kind in (("mentions", "actor"), ("claims", "claim"), ("dates", "date"), ("events", "event"), ("attributions", "source")):
        frame = standing(getattr(tables, name))
        frame = frame[frame["doc_id"] == doc_id]
        if kind == "source":
            frame = frame[frame["source_start"].notna()]
        starts, ends = ("source_start", "source_end") if kind == "source" else ("start", "end")
        places = frame["actor_type"] == "place" if kind == "actor" else [False] * len(frame)
        counts = {"actor": 0, "place": 0, kind: 0}
        for start, end, row_id, is_place in zip(frame[starts], frame[ends], frame[f"{ROW_KINDS[name]}_id"], places, strict=True):
            own = "place" if is_place else kind
            counts[own] += 1
            yield Mark(int(start), int(end), own, f"{LETTERS[own]}{counts[own]}", row_id)


def _briefing(source: Readable, **options: Any) -> Briefing:
    if isinstance(source, Briefing):
        return source
    day = day_of(options.get("document_date"))
    return text_briefing(source, document_date=day) if isinstance(source, str) else load_briefing(source, document_date=day)
