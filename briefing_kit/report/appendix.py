"""The last chapters of a bound report: the briefings with every row marked and listed, and an extract of the codebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from briefing_kit.report.blocks import Block, Prose, SpansBlock, TableBlock
from briefing_kit.schemas import ONE_ROW_PER, ROW_KINDS, SCHEMAS, Column
from briefing_kit.view.display import format_cell
from briefing_kit.view.marked import HEADING, Part, read_spans
from briefing_kit.view.marks import LETTERS, Mark, marked_parts, marks

if TYPE_CHECKING:
    from briefing_kit.briefing import Briefing
    from briefing_kit.tables import Tables

_PLURALS = {"actor": "actors", "place": "places", "claim": "claims", "date": "dates", "event": "happenings", "source": "statements"}
_ROW_COLUMNS = [
    {"name": "No.", "kind": "string"},
    {"name": "Words", "kind": "string"},
    {"name": "Read as", "kind": "string"},
    {"name": "Rule", "kind": "string"},
    {"name": "Row", "kind": "string"},
]
_CODEBOOK_COLUMNS = [
    {"name": "Column", "kind": "string"},
    {"name": "Meaning", "kind": "string"},
    {"name": "Values or unit", "kind": "string"},
]
_SIGNS = "signs"
_HEADING_SIGNS = re.compile(r"[ ]*(?:#{1,6}[ ]+)?")  # matches always
_NUMBER = {"name": "", "kind": "number"}


def evidence_chapter(tables: Tables, briefings: Sequence[Briefing]) -> list[Block]:
    """Each briefing's text with its rows marked and numbered, and under it the rows themselves; empty without briefings."""
    if not briefings:
        return []
    letters = ", ".join(f"{letter} for {_PLURALS[kind]}" for kind, letter in LETTERS.items())
    blocks: list[Block] = [
        Prose(
            "# The evidence\n\nThe briefings as they stand, with every row of the tables marked in place. A mark bears a letter and a "
            f"number ({letters}) under which the row is listed after the text, with what it was read as, the rule that found it and "
            "its name in the data files. Where marks overlap, each keeps its own line under the words."
        )
    ]
    details = _details(tables)
    for briefing in briefings:
        found = marks(tables, briefing.doc_id)
        title = briefing.title or briefing.doc_id
        blocks.append(Prose(f"## {_literal(title)}"))
        blocks.append(SpansBlock(f"{title}, with its rows marked.", read_spans(_parts(briefing, found))))
        listed = sorted(found, key=lambda mark: (list(LETTERS).index(mark.kind), int(mark.label[1:])))
        rows = [_row(briefing.text, mark, details.get(mark.row_id, ("", ""))) for mark in listed]
        if rows:
            caption = f"The rows of {title}, by kind and in the order of the text."
            blocks.append(TableBlock({"caption": caption, "columns": _ROW_COLUMNS, "rows": rows, "ids": [row[-1] for row in rows]}))
    return blocks


def _parts(briefing: Briefing, found: Sequence[Mark]) -> list[Part]:
    """The text with its marks; headings stand out, and without the signs that made them headings."""
    layout = []
    for segment in briefing.segments:
        if segment.role == "heading":
            words = segment.start + len(_HEADING_SIGNS.match(briefing.text, segment.start).group())  # type: ignore[union-attr]
            layout += [Mark(segment.start, words, _SIGNS, "", ""), Mark(words, segment.end, HEADING, "", "")]
    return [part for part in marked_parts(briefing.text, [*layout, *found]) if part[1] != _SIGNS]


def codebook_chapter() -> list[Block]:
    """What the columns of the five row tables mean; the full codebook is among the data files."""
    shared = {column.name for column in SCHEMAS["claims"]} & {column.name for column in SCHEMAS["dates"]} - {"value"}
    every = [column for column in SCHEMAS["claims"] if column.name in {*shared, "claim_id"}]
    blocks: list[Block] = [
        Prose(
            "# Codebook\n\nAn extract: the columns of the tables that this report draws on. The data files beside it hold all columns, "
            "under these names, and the whole codebook. Where a chapter prints a value, it sets a space for the underscore."
        ),
        _codebook_table("Columns that every table of rows has (the first is named after its table).", every),
    ]
    for name in ("mentions", "claims", "events", "dates", "attributions"):
        own = [column for column in SCHEMAS[name] if column.name not in shared and column.name != f"{ROW_KINDS[name]}_id"]
        blocks.append(_codebook_table(f"{name}: one row per {ONE_ROW_PER[name]}.", own))
    return blocks


def _codebook_table(caption: str, columns: Iterable[Column]) -> TableBlock:
    rows = [[column.name, column.meaning, ", ".join(column.allowed) or column.unit or None] for column in columns]
    return TableBlock({"caption": caption, "columns": _CODEBOOK_COLUMNS, "rows": rows})


def _row(text: str, mark: Mark, detail: tuple[str, str]) -> list[str | None]:
    words = " ".join(text[mark.start : mark.end].split())
    return [mark.label, words, detail[0] or None, detail[1] or None, mark.row_id]


def _details(tables: Tables) -> dict[str, tuple[str, str]]:
    """Row id -> what the row was read as, and its rule."""
    return {
        row[f"{ROW_KINDS[name]}_id"]: ("; ".join(_known(reading(row))), str(row["rule"]))
        for name, reading in _READINGS.items()
        for row in getattr(tables, name).to_dict("records")
    }


def _known(values: Iterable[Any]) -> Iterator[str]:
    """The values that are there, codes with a space for the underscore."""
    return (str(value).replace("_", " ") for value in values if value is not None and value == value and str(value))


def _mention(row: Mapping[str, Any]) -> list[Any]:
    return [row["actor"], row["actor_type"], row["mention_kind"]]


def _claim(row: Mapping[str, Any]) -> list[Any]:
    return [_amount(row), row["kind"], row["unit_class"], row["source"], row["factuality"]]


def _date(row: Mapping[str, Any]) -> list[Any]:
    return [row["edtf"] if isinstance(row["edtf"], str) else row["value"], row["granularity"], row["resolved_by"]]


def _event(row: Mapping[str, Any]) -> list[Any]:
    return [row["event_type"], row["edtf"] if isinstance(row["edtf"], str) else "undated", row["source"], row["factuality"]]


def _attribution(row: Mapping[str, Any]) -> list[Any]:
    return [f"“{row['cue']}”", row["cue_class"], row["source_kind"]]


_READINGS = {"mentions": _mention, "claims": _claim, "dates": _date, "events": _event, "attributions": _attribution}


def _amount(row: Mapping[str, Any]) -> str:
    """The figure, or its bounds as an open or closed interval."""
    value, low, high = (_figure(row[name]) for name in ("value", "low", "high"))
    unit = f" {row['unit']}" if isinstance(row["unit"], str) else ""
    if value:
        return f"{value}{unit}"
    if low and high:
        return f"{low} to {high}{unit}"
    return f"at least {low}{unit}" if low else f"at most {high}{unit}" if high else ""


def _figure(value: Any) -> str:
    import pandas as pd

    return "" if pd.isna(value) else format_cell(float(value), _NUMBER)


def _literal(text: str) -> str:
    """Text as Markdown that shows it as itself."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()#+-.!|<>~^&" else char for char in " ".join(text.split()))
