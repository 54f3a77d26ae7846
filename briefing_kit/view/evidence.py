"""The text with every row marked and numbered, and the evidence behind a single row."""

from __future__ import annotations

from typing import Any

import pandas as pd

from briefing_kit.analysis import Readable, analyse, day_of
from briefing_kit.answers import find_row
from briefing_kit.briefing import Briefing, text_briefing
from briefing_kit.measures import measure_label
from briefing_kit.reading import load_briefing
from briefing_kit.schemas import ROW_KINDS
from briefing_kit.tables import Tables
from briefing_kit.view.marked import MarkedText, show_spans
from briefing_kit.view.marks import KINDS, marked_parts, marks


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
    'Date: 2020-01-06'
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
    said = measure_label(row[headline]) if name == "claims" else str(row[headline]).replace("_", " ")
    return show_spans([part for part in parts if part[0]], caption=f"{ROW_KINDS[name].capitalize()}: {said}")


_TOLD = ("rule", "source", "cue", "cue_class", "factuality", "resolved_by", "kind", "mention_kind", "status", "correction_id")


def _briefing(source: Readable, **options: Any) -> Briefing:
    if isinstance(source, Briefing):
        return source
    day = day_of(options.get("document_date"))
    return text_briefing(source, document_date=day) if isinstance(source, str) else load_briefing(source, document_date=day)
