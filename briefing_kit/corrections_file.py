"""The lines of `corrections.csv`: what they may say, read and checked before anything is analysed."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, fields
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from briefing_kit.naming import did_you_mean
from briefing_kit.refusals import RefusalError
from briefing_kit.schemas import ROW_KINDS, SCHEMAS, Column
from briefing_kit.tables import dtype

ACTIONS = ("reject", "confirm", "set", "add")
_FIXED = frozenset("doc_id published_on week sentence_id start end text rule status correction_id".split())
_PAIR = re.compile(r";\s*(?=[a-z_]+\s*=)")  # a cell may itself hold several values joined by "; "


class CorrectionError(RefusalError):
    """A line of corrections.csv that cannot be obeyed; the message names file, line, field and mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One line of corrections.csv; `start` and `end` are offsets in the sentence, `value` is written as in the tables.

    set changes one column. add makes a row whose further columns are given as "column=value; column=value" in `value`; where such a
    row stands already, that one is changed (an event: confirmed) instead. reject and confirm concern every row at these words; a
    column and its value narrow them down, as to one of several events that share a verb.
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
    """The lines of a corrections file; a missing file holds none. Blank lines and lines that begin with # are passed over.

    Raises:
        CorrectionError: a line cannot be understood.
    """
    if not path.is_file():
        return []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{path.name}: not UTF-8 (byte {error.start}); save it as 'CSV UTF-8'") from None
    reader = csv.reader(StringIO(text, newline=""))
    header = False
    corrections: dict[str, Correction] = {}
    for cells in reader:
        cells = [cell.strip() for cell in cells]
        where = f"{path.name}: line {reader.line_num}"
        if not any(cells) or cells[0].startswith("#"):
            continue
        if any(cells[len(COLUMNS) :]):
            raise CorrectionError(f"{where}: {len(cells)} cells for {len(COLUMNS)} columns; put a cell with a comma in quotes")
        cells = [*cells, *[""] * len(COLUMNS)][: len(COLUMNS)]
        if not header:
            if tuple(cells) != COLUMNS:
                raise CorrectionError(f"{where}: the columns must be {','.join(COLUMNS)}")
            header = True
            continue
        correction = _parsed(dict(zip(COLUMNS, cells, strict=True)), where)
        if correction.correction_id in corrections:
            raise CorrectionError(f"{where}: correction_id: {correction.correction_id!r} stands twice; give each line one of its own")
        corrections[correction.correction_id] = correction
    return list(corrections.values())


def _parsed(row: dict[str, str], where: str) -> Correction:
    for column, allowed in (("table", tuple(ROW_KINDS)), ("action", ACTIONS)):
        if row[column] not in allowed:
            near = did_you_mean(row[column], allowed)
            raise CorrectionError(
                f"{where}: {column}: {row[column]!r}; " + (f"write {near!r}" if near else f"write one of {', '.join(allowed)}")
            )
    for column in ("correction_id", "doc_id", "sentence_hash"):
        if not row[column]:
            raise CorrectionError(f"{where}: {column}: empty")
    numbers = {}
    for column in ("occurrence", "start", "end"):
        if not (row[column].isascii() and row[column].isdecimal()):
            raise CorrectionError(f"{where}: {column}: {row[column]!r} is no whole number")
        numbers[column] = int(row[column])
    if numbers["end"] <= numbers["start"]:
        raise CorrectionError(f"{where}: end: {numbers['end']} is not after start {numbers['start']}")
    row["text"] = one_line(row["text"])
    correction = Correction(**{**row, **numbers})  # type: ignore[arg-type]  # the three numbers replace their strings
    try:
        check_correction(correction)
    except CorrectionError as error:
        raise CorrectionError(f"{where}: {error}") from None
    return correction


def check_correction(correction: Correction) -> None:
    """Hold the column and value of a correction against the table's schema.

    Raises:
        CorrectionError: there is no such column, it is not for people to change, or the value does not fit it.
    """
    if correction.action in ("reject", "confirm"):
        if correction.column and correction.column not in columns_of(correction.table):
            raise CorrectionError(_no_column(correction.table, correction.column))
        return
    given = {correction.column: correction.value} if correction.action == "set" else pairs(correction.value)
    columns = columns_of(correction.table)
    for name, text in given.items():
        if name not in columns:
            raise CorrectionError(_no_column(correction.table, name))
        if name in _FIXED or columns[name] is SCHEMAS[correction.table][0]:
            raise CorrectionError(f"column: {name} says where the row stands and how it came about; reject the row and add another")
        if name == "contested":
            raise CorrectionError("column: contested is worked out from the figures; correct or reject those")
        if not text and columns[name].required:
            raise CorrectionError(f"value: {name} may not be empty")
        cell_value(columns[name], text)


def settable(table: str) -> list[Column]:
    """The columns of a table that a correction may change."""
    key = SCHEMAS[table][0]
    return [column for column in SCHEMAS[table] if column is not key and column.name not in {*_FIXED, "contested"}]


def one_line(words: str) -> str:
    """Words as the file holds them, whatever the line breaks of the text."""
    return " ".join(words.split())


def columns_of(table: str) -> dict[str, Column]:
    """The columns of a table by name."""
    return {column.name: column for column in SCHEMAS[table]}


def _no_column(table: str, name: str) -> str:
    near = did_you_mean(name, columns_of(table))
    return f"column: {table} has no {name!r}" + (f"; did you mean {near!r}?" if near else f"; briefing-kit codebook {table} lists them")


def pairs(value: str) -> dict[str, str]:
    """The cells of an added row, as text, from "column=value; column=value".

    Raises:
        CorrectionError: a part is not written so.
    """
    parts = [part.partition("=") for part in _PAIR.split(value) if part.strip()]
    for name, equals, _ in parts:
        if not equals:
            raise CorrectionError(f"value: {name.strip()!r} is not written as column=value")
    return {name.strip(): cell.strip() for name, _, cell in parts}


def cell_value(column: Column, text: str) -> Any:
    """A cell from its text, in the column's dtype; an empty one is missing.

    Raises:
        CorrectionError: the text does not fit the column.
    """
    if not text:
        return None
    if column.allowed and text not in column.allowed:
        near = did_you_mean(text, column.allowed)
        mend = f"did you mean {near!r}?" if near else f"write one of {', '.join(column.allowed)}"
        raise CorrectionError(f"value: {column.name} cannot be {text!r}: {mend}")
    try:
        if column.kind == "flag":
            return {"true": True, "false": False}[text.lower()]
        if column.kind == "day":
            date.fromisoformat(text)  # pandas alone would read "May" as a day
        value: Any = pd.Series([text]).astype(dtype(column)).iloc[0]
    except (ValueError, KeyError, TypeError):
        form = {"flag": "True or False", "day": "a day such as 2019-10-16", "whole": "a whole number"}.get(column.kind, "a number")
        raise CorrectionError(f"value: {column.name} cannot be {text!r}: write {form}") from None
    return value
