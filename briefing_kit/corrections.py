"""The analyst's corrections: one line each in `corrections.csv`, obeyed at every run.

A line names its row by document, sentence hash, occurrence of that sentence and offsets within it, so that edits elsewhere
in the document do not lose it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pandas as pd

from briefing_kit.naming import did_you_mean
from briefing_kit.schemas import ROW_KINDS, SCHEMAS, Column
from briefing_kit.tables import Tables, build, dtype

ACTIONS = ("reject", "confirm", "set", "add")


class CorrectionError(ValueError):
    """A line of corrections.csv that cannot be obeyed; the message names file, line, field and mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One line of corrections.csv; `start` and `end` are offsets in the sentence, `value` is written as in the tables.

    reject and confirm take no column; set changes one column; add makes a row whose further columns are given as
    "column=value; column=value" in `value`.
    """

    correction_id: str
    table: str
    action: str
    doc_id: str
    sentence_hash: str
    occurrence: int
    start: int
    end: int
    text: str
    column: str = ""
    value: str = ""
    note: str = ""


COLUMNS = tuple(field.name for field in fields(Correction))


def load_corrections(path: Path) -> list[Correction]:
    """The lines of a corrections file; a missing file holds none.

    Raises:
        CorrectionError: a line cannot be understood.
    """
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise CorrectionError(f"{path.name}: line 1: the columns must be {','.join(COLUMNS)}")
        return [_parsed({key: (cell or "").strip() for key, cell in row.items()}, f"{path.name}: line {reader.line_num}") for row in reader]


def _parsed(row: dict[str, str], where: str) -> Correction:
    for column, allowed in (("table", tuple(ROW_KINDS)), ("action", ACTIONS)):
        if row[column] not in allowed:
            near = did_you_mean(row[column], allowed)
            raise CorrectionError(f"{where}: {column}: {row[column]!r}; write {near!r}" if near else f"{where}: {column}: one of {allowed}")
    numbers = {}
    for column in ("occurrence", "start", "end"):
        if not row[column].isdecimal():
            raise CorrectionError(f"{where}: {column}: {row[column]!r} is no whole number")
        numbers[column] = int(row[column])
    names = {column.name for column in SCHEMAS[row["table"]]}
    wanted = [row["column"]] if row["action"] == "set" else _pairs(row["value"]) if row["action"] == "add" else []
    for name in wanted:
        if name not in names:
            near = did_you_mean(name, names)
            raise CorrectionError(f"{where}: column: {row['table']} has no {name!r}" + (f"; did you mean {near!r}?" if near else ""))
    return Correction(**{**row, **numbers})  # type: ignore[arg-type]  # the three numbers replace their strings


def _pairs(value: str) -> dict[str, str]:
    return {name.strip(): cell.strip() for name, found, cell in (part.partition("=") for part in value.split(";")) if found}


def apply_corrections(tables: Tables, corrections: Sequence[Correction]) -> Tables:
    """The tables with every correction applied: rejected rows stay, marked so; `correction_id` says which line did it.

    Raises:
        CorrectionError: a value does not fit its column.
    """
    sentences = tables.sentences.set_index("sentence_id")
    changed = {name: frame.copy() for name, frame in tables.items()}
    for name in ROW_KINDS:
        wanted = [correction for correction in corrections if correction.table == name]
        if wanted:
            changed[name] = _corrected(name, changed[name], wanted, sentences)
    return Tables(**changed)


def stale_corrections(tables: Tables, corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections whose sentence or row is no longer there, for documents that are; they change nothing."""
    documents = set(tables.documents["doc_id"])
    stale = []
    sentences = tables.sentences.set_index("sentence_id")
    for correction in corrections:
        if correction.doc_id not in documents:
            continue
        if correction.action == "add":
            present = _sentence_of(correction, sentences) is not None
        else:
            present = bool(_rows_of(correction, getattr(tables, correction.table), sentences).any())
        if not present:
            stale.append(correction)
    return stale


def _sentence_of(correction: Correction, sentences: pd.DataFrame) -> str | None:
    found = sentences[
        (sentences["doc_id"] == correction.doc_id)
        & (sentences["sentence_hash"] == correction.sentence_hash)
        & (sentences["occurrence"] == correction.occurrence)
    ]
    return str(found.index[0]) if len(found) else None


def _rows_of(correction: Correction, frame: pd.DataFrame, sentences: pd.DataFrame) -> pd.Series[Any]:
    sentence_id = _sentence_of(correction, sentences)
    if sentence_id is None:
        return pd.Series(data=False, index=frame.index)
    base = int(sentences.loc[sentence_id, "start"])  # type: ignore[arg-type]  # sentence ids are unique
    return (
        (frame["sentence_id"] == sentence_id) & (frame["start"] == base + correction.start) & (frame["end"] == base + correction.end)
    ).astype(bool)


def _corrected(name: str, frame: pd.DataFrame, corrections: Sequence[Correction], sentences: pd.DataFrame) -> pd.DataFrame:
    columns = {column.name: column for column in SCHEMAS[name]}
    for correction in corrections:
        if correction.action == "add":
            added = _added(name, correction, sentences)
            if added is not None:
                frame = pd.concat([frame, added], ignore_index=True)
            continue
        rows = _rows_of(correction, frame, sentences)
        if correction.action == "set":
            frame.loc[rows, correction.column] = _value(columns[correction.column], correction)
        status = {"reject": "rejected", "confirm": "confirmed", "set": "corrected"}[correction.action]
        frame.loc[rows, "status"] = status
        frame.loc[rows, "correction_id"] = correction.correction_id
    return (
        frame.sort_values(["doc_id", "start"], kind="stable", ignore_index=True) if any(c.action == "add" for c in corrections) else frame
    )


def _added(name: str, correction: Correction, sentences: pd.DataFrame) -> pd.DataFrame | None:
    sentence_id = _sentence_of(correction, sentences)
    if sentence_id is None:
        return None
    sentence = {str(key): cell for key, cell in sentences.loc[[sentence_id]].iloc[0].items()}
    columns = {column.name: column for column in SCHEMAS[name]}
    given = {key: _value(columns[key], replace(correction, column=key, value=cell)) for key, cell in _pairs(correction.value).items()}
    cells = {
        SCHEMAS[name][0].name: correction.correction_id,
        **{key: sentence[key] for key in ("doc_id", "week")},
        "published_on": None if pd.isna(sentence["published_on"]) else sentence["published_on"],
        "sentence_id": sentence_id,
        "start": int(sentence["start"]) + correction.start,
        "end": int(sentence["start"]) + correction.end,
        "text": str(sentence["text"])[correction.start : correction.end],
        "rule": "correction",
        "status": "added",
        "correction_id": correction.correction_id,
        **given,
    }
    lacking = [key for key, column in columns.items() if column.required and cells.get(key) is None and column.kind != "flag"]
    if lacking:
        raise CorrectionError(
            f"corrections.csv: {correction.correction_id}: value: an added row needs {'; '.join(f'{k}=...' for k in lacking)}"
        )
    defaults = {key: False for key, column in columns.items() if column.kind == "flag"}
    return build(name, {key: [value] for key, value in {**defaults, **cells}.items()})


def _value(column: Column, correction: Correction) -> Any:
    """A cell from its text, in the column's dtype; an empty one is missing."""
    text = correction.value
    if not text:
        return None
    try:
        if column.allowed and text not in column.allowed:
            raise ValueError(f"one of {', '.join(column.allowed)}")
        if column.kind == "flag":
            return {"true": True, "false": False}[text.lower()]
        return pd.Series([text]).astype(dtype(column)).iloc[0]
    except (ValueError, KeyError, TypeError) as error:
        reason = f"{correction.correction_id}: {column.name}: {text!r} does not fit ({error})"
        raise CorrectionError(f"corrections.csv: {reason}") from None
