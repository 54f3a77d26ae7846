"""New lines for `corrections.csv`, from rows that are there or from words that should have given one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd

from briefing_kit.answers import find_row
from briefing_kit.corrections import Correction, CorrectionError
from briefing_kit.corrections_file import COLUMNS, check_correction, load_corrections, one_line
from briefing_kit.csv_lines import alone_in, read_csv_lines
from briefing_kit.naming import did_you_mean
from briefing_kit.schemas import ROW_KINDS, SCHEMAS
from briefing_kit.tables import Tables

_NUMBER = re.compile(r"c(\d+)")


def row_correction(tables: Tables, row_id: str, action: str, *, column: str = "", value: str = "", note: str = "") -> Correction:
    """The correction of one row, still without a correction_id.

    Args:
        tables: what `analyse` returns.
        row_id: the first cell of the row.
        action: reject, confirm or set.
        column: the column that set changes.
        value: its new value, written as in the tables.
        note: why.

    Raises:
        CorrectionError: there is no such row, or column and value will not do.
    """
    try:
        table, row = find_row(tables, row_id)
    except KeyError as error:
        raise CorrectionError(f"ROW_ID: {error.args[0]}") from None
    frame = getattr(tables, table)
    beside = frame[(frame["sentence_id"] == row["sentence_id"]) & (frame["start"] == row["start"]) & (frame["end"] == row["end"])]
    if len(beside) > 1:
        if action == "set":
            raise CorrectionError(f"ROW_ID: {len(beside)} rows of {table} share the words {row['text']!r}: reject this one and add another")
        column, value = SCHEMAS[table][0].name, row_id
    sentence = tables.sentences.set_index("sentence_id").loc[row["sentence_id"]]
    correction = Correction(
        correction_id="",
        table=table,
        action=action,
        doc_id=str(row["doc_id"]),
        sentence_hash=str(sentence["sentence_hash"]),
        occurrence=int(sentence["occurrence"]),
        start=int(row["start"]) - int(sentence["start"]),
        end=int(row["end"]) - int(sentence["start"]),
        text=one_line(str(row["text"])),
        column=column,
        value=value,
        note=note,
    )
    check_correction(correction)
    return correction


def new_row(tables: Tables, table: str, doc_id: str, words: str, cells: Mapping[str, str], *, note: str = "") -> Correction:
    """The correction that adds a row at words that stand once in a document, still without a correction_id.

    Raises:
        CorrectionError: no such table, document or words, words that stand there more than once, or a value that will not do.
    """
    for field, given, known in (("TABLE", table, ROW_KINDS), ("DOC_ID", doc_id, set(tables.documents["doc_id"]))):
        if given not in known:
            near = did_you_mean(given, known)
            raise CorrectionError(
                f"{field}: no {given!r}: " + (f"did you mean {near!r}?" if near else f"there is {', '.join(sorted(known))}")
            )
    sentences = tables.sentences[tables.sentences["doc_id"] == doc_id]
    spaced = r"\s+".join(map(re.escape, words.split()))
    whole = re.compile(rf"(?<!\w){spaced}(?!\w)")
    found = [(at, hit) for at, text in zip(sentences.index, sentences["text"], strict=True) for hit in whole.finditer(text)]
    if len(found) != 1 or not words.strip():
        mend = "give them with more of what stands around" if found else "give them as they stand there, within one sentence"
        raise CorrectionError(f"WORDS: {words!r} stands {len(found)} times in {doc_id}: {mend}")
    at, hit = found[0]
    return _added(sentences.loc[at], table, hit.start(), hit.end(), cells, note)


def new_row_at(tables: Tables, table: str, doc_id: str, start: int, end: int, cells: Mapping[str, str], *, note: str = "") -> Correction:
    """The correction that adds a row at text[start:end] of a document (code points), still without a correction_id.

    Raises:
        CorrectionError: no such table, no words there, words of more than one sentence, or a value that will not do.
    """
    if table not in ROW_KINDS:
        raise CorrectionError(f"TABLE: no {table!r}: there is {', '.join(ROW_KINDS)}")
    sentences = tables.sentences[tables.sentences["doc_id"] == doc_id]
    holding = sentences[(sentences["start"] <= start) & (sentences["end"] >= end)]
    if end <= start or holding.empty:
        raise CorrectionError("WORDS: choose words within one sentence")
    sentence = holding.iloc[0]
    return _added(sentence, table, start - int(sentence["start"]), end - int(sentence["start"]), cells, note)


def _added(sentence: pd.Series[Any], table: str, start: int, end: int, cells: Mapping[str, str], note: str) -> Correction:
    correction = Correction(
        correction_id="",
        table=table,
        action="add",
        doc_id=str(sentence["doc_id"]),
        sentence_hash=str(sentence["sentence_hash"]),
        occurrence=int(sentence["occurrence"]),
        start=start,
        end=end,
        text=one_line(str(sentence["text"])[start:end]),
        value="; ".join(f"{name}={cell}" for name, cell in cells.items()),
        note=note,
    )
    check_correction(correction)
    return correction


def numbered(there: Iterable[Correction], new: Iterable[Correction]) -> list[Correction]:
    """New corrections under the next free ids (c1, c2 ...) of those that are there."""
    used = [int(found[1]) for line in there if (found := _NUMBER.fullmatch(line.correction_id))]
    return [replace(line, correction_id=f"c{number}") for number, line in enumerate(new, max(used, default=0) + 1)]


def as_cells(correction: Correction) -> dict[str, str]:
    """A correction as the cells of its line."""
    return {name: str(cell) for name, cell in asdict(correction).items()}


def append_corrections(path: Path, corrections: Iterable[Correction]) -> None:
    """Append corrections with their ids to the file, all at once.

    Raises:
        CorrectionError: the file cannot be written.
    """
    lines = read_csv_lines(path, COLUMNS)
    for correction in corrections:
        lines = lines.appended(as_cells(correction))
    try:
        lines.write(path)
    except OSError as error:
        mend = "close it in other programs, and see that this user may write there"
        raise CorrectionError(f"{path.name}: cannot be written ({error.strerror}): {mend}") from None


def write_correction(path: Path, correction: Correction) -> str:
    """Append a correction to the file under the next free id (c1, c2 ...); returns the id.

    Raises:
        CorrectionError: the file cannot be read or written.
    """
    with alone_in(path.parent):
        made = numbered(load_corrections(path), [correction])
        append_corrections(path, made)
    return made[0].correction_id
