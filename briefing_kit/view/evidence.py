"""The text with every row marked and numbered, and the evidence behind a single row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from briefing_kit.analysis import Readable, analyse, day_of
from briefing_kit.answers import find_row, standing
from briefing_kit.briefing import Briefing, text_briefing
from briefing_kit.reading import load_briefing
from briefing_kit.schemas import ROW_KINDS
from briefing_kit.tables import Tables
from briefing_kit.view.display import MarkedText, show_spans

KINDS = ("actor", "place", "claim", "date", "event", "source")
# Where spans overlap, the one that says most keeps the words: an event's one verb inside a claim, a name inside a date.
_PRIORITY = {"event": 0, "claim": 1, "date": 2, "actor": 3, "source": 4, "place": 5}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text to mark: its kind (one of KINDS), its label and the row it stands for."""

    start: int
    end: int
    kind: str
    label: str
    row_id: str


def show(briefing: Readable, tables: Tables | None = None, *, kinds: tuple[str, ...] = KINDS, **options: Any) -> MarkedText:
    """The text with actors, places, claims, dates, events and sources marked, each numbered within its kind.

    Args:
        briefing: a Briefing, a text or a path.
        tables: its tables, where they have been made already.
        kinds: what to mark.
        options: as for `analyse`.

    >>> show("Troops seized Sirte on 6 January 2020.", kinds=("date",)).payload["parts"]
    [['Troops seized Sirte on ', None], ['6 January 2020', 'date', '1'], ['.', None]]
    """
    given = _briefing(briefing, **options)
    found = tables or analyse(given, **options)
    parts = list(_parts(given.text, marks(found, given.doc_id, kinds)))
    return show_spans(parts, caption=given.title or "")


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
    """The spans to mark in one document, in order, none overlapping another; labels number the rows within a kind."""
    wanted = [mark for mark in _all_marks(tables, doc_id) if mark.kind in kinds]
    kept: list[Mark] = []
    taken = bytearray(max((mark.end for mark in wanted), default=0))  # one byte a character: linear in a text of many rows
    for mark in sorted(wanted, key=lambda m: (_PRIORITY[m.kind], m.start, -m.end)):
        if not any(taken[mark.start : mark.end]):
            kept.append(mark)
            taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    return sorted(kept, key=lambda m: m.start)


def _all_marks(tables: Tables, doc_id: str) -> Iterator[Mark]:
    for name, kind in (("mentions", "actor"), ("claims", "claim"), ("dates", "date"), ("events", "event"), ("attributions", "source")):
        frame = standing(getattr(tables, name))
        frame = frame[frame["doc_id"] == doc_id]
        if kind == "source":
            frame = frame[frame["source_start"].notna()]
        starts, ends = ("source_start", "source_end") if kind == "source" else ("start", "end")
        places = frame["actor_type"] == "place" if kind == "actor" else [False] * len(frame)
        rows = zip(frame[starts], frame[ends], frame[f"{ROW_KINDS[name]}_id"], places, strict=True)
        for number, (start, end, row_id, is_place) in enumerate(rows, 1):
            yield Mark(int(start), int(end), "place" if is_place else kind, str(number), row_id)


def _parts(text: str, spans: list[Mark]) -> Iterator[tuple[str, str | None] | tuple[str, str | None, str | None]]:
    at = 0
    for mark in spans:
        if mark.start > at:
            yield text[at : mark.start], None
        yield text[mark.start : mark.end], mark.kind, mark.label
        at = mark.end
    if at < len(text):
        yield text[at:], None


def _briefing(source: Readable, **options: Any) -> Briefing:
    if isinstance(source, Briefing):
        return source
    day = day_of(options.get("document_date"))
    return text_briefing(source, document_date=day) if isinstance(source, str) else load_briefing(source, document_date=day)
