"""The sources of a set of tables with the grades that people gave them, and the conventions that every row rests on."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from briefing_kit.answers import numeric_claims, standing, timeline
from briefing_kit.lexicon import read_lexicon
from briefing_kit.tables import Tables
from briefing_kit.workbook import WorkbookError, find_workbook, load_workbook

UNGRADED = ("F", "6")  # Admiralty code: reliability and credibility cannot be judged
_ALLOWED = {"reliability": "ABCDEF", "credibility": "123456"}


def graded_sources(tables: Tables, path: str | Path = "") -> pd.DataFrame:
    """One row per source: source, source_kind, statements (claims and dated events), reliability, credibility, note.

    The grades are the Admiralty code of NATO's AJP-2.1, set by people in sources.csv; a source without a grade is F6. The
    author's own voice is left out.

    Args:
        tables: what `analyse` returns.
        path: the sources file; "" is the workbook's data/sources.csv.

    Raises:
        WorkbookError: the file has a grade outside the code.
    """
    file = Path(path) if path else load_workbook(find_workbook()).sources
    grades = _read_grades(file) if file else {}
    parts = [frame[["source", "source_kind"]] for frame in (numeric_claims(tables), timeline(tables), standing(tables.attributions))]
    said = pd.concat(parts).astype("str")
    said = said[said["source_kind"] != "author"]
    counted = said.groupby(["source", "source_kind"]).size().rename("statements").reset_index()
    found = [grades.get(source.casefold(), {}) for source in counted["source"]]
    for column, default in zip(_ALLOWED, UNGRADED, strict=True):
        counted[column] = [row.get(column, default) for row in found]
    counted["note"] = pd.Series([row.get("note") or None for row in found], dtype="str", index=counted.index)
    return counted.sort_values(["statements", "source"], ascending=[False, True], ignore_index=True)


def _read_grades(file: Path) -> dict[str, dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        grades = {}
        for row in reader:
            for column, allowed in _ALLOWED.items():
                if row.get(column) not in (*allowed,):
                    raise WorkbookError(
                        f"{file.name}: line {reader.line_num}: {column}: {row.get(column)!r}; write one of {', '.join(allowed)}"
                    )
            grades[(row.get("source") or "").casefold()] = row
    return grades


def conventions() -> pd.DataFrame:
    """What vague words are taken to mean: words, meaning. From the lexicon, for the methods chapter.

    >>> conventions().set_index("words").loc["early, mid, late (month)", "meaning"]
    'days 1 to 10, 11 to 20, 21 to the last'
    """
    rows = [(row["words"], row["meaning"]) for row in read_lexicon("conventions")]
    for row in read_lexicon("vague_magnitudes"):
        low, high = f"{int(row['low']):,}", f"{int(row['high']):,}"
        rows.append((row["word"], low if low == high else f"{low} to {high}"))
    return pd.DataFrame(rows, columns=["words", "meaning"])
