"""A table held against a hand-labelled gold table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Score:
    """How well a table agrees with its gold: rows right of those in gold and those found, and what differs, one line each."""

    right: int
    gold: int
    found: int
    differences: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Right rows of those found, per cent; 100 where nothing was found and nothing wanted."""
        return 100 * self.right / self.found if self.found else 100.0 * (not self.gold)

    @property
    def recall(self) -> float:
        """Right rows of those in gold, per cent; 100 where nothing was wanted."""
        return 100 * self.right / self.gold if self.gold else 100.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, per cent."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def cell(value: Any) -> str:
    """A cell as gold files write it: "" for missing, ISO dates, whole numbers without a point."""
    if value is None or pd.isna(value):
        return ""
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m-%d"))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def score(
    found: pd.DataFrame, gold: Sequence[Mapping[str, str]], *, key: Sequence[str] = ("start", "end"), compared: Sequence[str] = ()
) -> Score:
    """Hold rows against gold rows that are told apart by `key`; a row is right when all `compared` cells agree.

    Args:
        found: a table, or part of one.
        gold: rows of a gold CSV file, as strings.
        key: columns that pair a row with its gold row.
        compared: columns that must agree; an empty gold cell must be missing in the row.

    >>> score(pd.DataFrame({"start": [3], "end": [7], "value": [5.0]}), [{"start": "3", "end": "7", "value": "5"}], compared=["value"]).f1
    100.0
    """
    left: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for record in found.to_dict("records"):
        row = {str(name): cell(value) for name, value in record.items()}
        left.setdefault(tuple(row[name] for name in key), []).append(row)
    right, differences = 0, []
    for wanted in gold:
        candidates = left.get(tuple(wanted[name] for name in key), [])
        what = wanted.get("text") or wanted.get("predicate") or " ".join(wanted[name] for name in key)
        if not candidates:
            differences.append(f"missing {what!r} at {wanted.get('start', '?')}")
            continue
        row = candidates.pop(0)
        wrong = [f"{name} {row[name]!r}, gold {wanted[name]!r}" for name in compared if row[name] != wanted[name]]
        right += not wrong
        if wrong:
            differences.append(f"wrong {what!r} at {wanted.get('start', '?')}: {'; '.join(wrong)}")
    for rows in left.values():
        differences += [f"extra {row.get('text')!r} at {row.get('start')}" for row in rows]
    return Score(right=right, gold=len(gold), found=len(found), differences=tuple(differences))
