"""What the bench shows of one document: its rows in the order of the text, each with its words, cells, rule and corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from briefing_kit.corrections_file import Correction, settable
from briefing_kit.schemas import ROW_KINDS, SCHEMAS
from briefing_kit.tables import Tables

Row = dict[str, Any]
Place = tuple[str, str, int, int, int]
Standing = tuple[str, int, int, int]  # a sentence's hash, occurrence, first and last offset
KIND_OF = {"mentions": "actor", "claims": "claim", "dates": "date", "events": "event", "attributions": "source"}
LINKED_COLUMN = {"mentions": "actor_id", "claims": "actor_id", "events": "actors", "attributions": "source_id"}
# Where the row stands is shown otherwise; the last two compare briefings with each other, and one alone cannot tell them.
_SHOWN_OTHERWISE = frozenset("doc_id published_on week sentence_id start end text status correction_id contested cluster_id".split())
_OFFSETS = frozenset("source_start source_end cue_start cue_end content_start content_end".split())


def shown_columns(table: str) -> list[str]:
    """The columns whose cells the bench lists for a row."""
    return [column.name for column in SCHEMAS[table][1:] if column.name not in _SHOWN_OTHERWISE | _OFFSETS]


def described_columns() -> dict[str, list[dict[str, Any]]]:
    """For each table the columns that a row may show or a correction may set: name, meaning, kind, allowed values."""
    described = {}
    for table in ROW_KINDS:
        editable = {column.name for column in settable(table)} - _SHOWN_OTHERWISE
        shown = set(shown_columns(table))
        described[table] = [
            {
                "name": column.name,
                "meaning": column.meaning,
                "kind": column.kind,
                "allowed": list(column.allowed),
                "required": column.required,
                "shown": column.name in shown,
                "settable": column.name in editable,
            }
            for column in SCHEMAS[table]
            if column.name in editable | shown
        ]
    return described


def document_rows(tables: Tables, doc_id: str, corrections: Sequence[Correction]) -> list[Row]:
    """The rows of a document in the order of the text, rejected ones too; offsets are code points of the briefing's text."""
    sentences = tables.sentences[tables.sentences["doc_id"] == doc_id]
    keys = zip(sentences["sentence_hash"], sentences["occurrence"], sentences["start"], sentences["end"], strict=True)
    standing = dict(zip(sentences["sentence_id"], ((str(h), int(o), int(s), int(e)) for h, o, s, e in keys), strict=True))
    history = _by_place(corrections, doc_id)
    rows = [row for table in ROW_KINDS for row in _table_rows(table, getattr(tables, table), doc_id, standing, history)]
    rows.sort(key=lambda row: (row["start"], row["end"], row["kind"], row["id"]))
    return rows


def _table_rows(
    table: str,
    frame: pd.DataFrame,
    doc_id: str,
    standing: Mapping[str, Standing],
    history: Mapping[Place, list[Correction]],
) -> Iterator[Row]:
    frame = frame[frame["doc_id"] == doc_id]
    shown = shown_columns(table)
    columns = {name: _plain(frame[name]) for name in [*shown, *(set(_OFFSETS) & set(frame.columns))]}
    ids = list(frame[SCHEMAS[table][0].name])
    fixed = zip(ids, frame["sentence_id"], frame["start"], frame["end"], frame["text"], frame["status"], strict=True)
    for at, (row_id, sentence_id, start, end, text, status) in enumerate(fixed):
        digest, occurrence, first, last = standing[sentence_id]
        cells = {name: columns[name][at] for name in shown}
        place = (table, digest, occurrence, int(start) - first, int(end) - first)
        mark = [int(start), int(end)]
        if table == "attributions":  # the mark is on the source, as in the evidence view, or on the cue where it is elsewhere
            named = "source" if columns["source_start"][at] is not None else "cue"
            mark = [int(columns[f"{named}_{edge}"][at] or 0) for edge in ("start", "end")]
        yield {
            "id": row_id,
            "table": table,
            "kind": "place" if cells.get("actor_type") == "place" else KIND_OF[table],
            "start": int(start),
            "end": int(end),
            "mark": mark,
            "sentence": [first, last],
            "text": " ".join(str(text).split()),
            "head": headline(table, cells, str(text)),
            "status": str(status),
            "cells": list(cells.values()),
            "history": [said(line) for line in history.get(place, ()) if _concerns(line, table, row_id)],
        }


def headline(table: str, cells: Mapping[str, str | None], text: str = "") -> str:
    """What a row says, in a few words; what `text` says already is left out."""
    figure = cells.get("value")
    if table == "claims" and figure is None:
        low, high = cells["low"], cells["high"]
        figure = f"{low} to {high}" if low and high else f"at least {low}" if low else f"up to {high}" if high else "no figure"
    parts: dict[str, tuple[str | None, ...]] = {
        "mentions": (cells.get("actor"), cells.get("actor_type")),
        "claims": (f"{figure} {cells.get('currency') or cells.get('unit_class')}", cells.get("source"), cells.get("factuality")),
        "dates": (cells.get("edtf") or cells.get("value"), cells.get("granularity")),
        "events": (cells.get("event_type"), cells.get("edtf") or cells.get("granularity"), cells.get("factuality")),
        "attributions": (cells.get("cue"), cells.get("cue_class")),
    }
    return " · ".join(_spoken(part) for part in parts[table] if part and part != text)


def said(correction: Correction) -> dict[str, str]:
    """A correction as the history of its row tells it."""
    what = {"reject": "rejected", "confirm": "confirmed", "add": "added"}.get(correction.action, "")
    if correction.action == "set":
        what = f"{correction.column} set to {correction.value or 'missing'}"
    elif correction.action == "add":
        what = f"added: {correction.value}"
    return {"id": correction.correction_id, "what": what, "note": correction.note}


def place_of(correction: Correction) -> Place:
    """Where a correction applies, whatever it says."""
    return correction.table, correction.sentence_hash, correction.occurrence, correction.start, correction.end


def _by_place(corrections: Iterable[Correction], doc_id: str) -> dict[Place, list[Correction]]:
    found: dict[Place, list[Correction]] = {}
    for line in corrections:
        if line.doc_id == doc_id:
            found.setdefault(place_of(line), []).append(line)
    return found


def _concerns(correction: Correction, table: str, row_id: str) -> bool:
    """Whether a correction of these words means this row of them; those that name a row by its id mean that one alone."""
    key = SCHEMAS[table][0].name
    return correction.action not in ("reject", "confirm") or correction.column != key or correction.value == row_id


def _plain(series: pd.Series[Any]) -> list[str | None]:
    """The cells as text, as corrections.csv would write them; missing ones are None."""
    days = pd.api.types.is_datetime64_any_dtype(series.dtype)
    return [None if gone else _written(cell, days=days) for cell, gone in zip(series.tolist(), series.isna().tolist(), strict=True)]


def _written(cell: Any, *, days: bool) -> str:
    if days:
        return str(cell.date().isoformat())
    return _number(cell) if isinstance(cell, float) else str(cell)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _spoken(word: str) -> str:
    return word.replace("_", " ")
