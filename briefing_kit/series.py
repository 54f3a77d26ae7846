"""Figures over time and side by side: series of one measure, contested figures, totals per event. Pure functions over claim rows."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from briefing_kit.claim_rows import ClaimRow, Claims, claim_rows, claims_frame, is_named, is_real
from briefing_kit.contests import contested_claims
from briefing_kit.tables import Tables


def contested(claims: Claims) -> pd.DataFrame:
    """The contested figures side by side, never averaged: one row per claim, sorted by measure, day and source.

    Columns: measure, as_of_start, as_of_end, source, source_kind, text, value, low, high, kind, factuality, cue, doc_id, claim_id.
    """
    frame = claims_frame(claims)
    rows = frame[contested_claims(frame)].sort_values(["measure", "as_of_start", "source", "doc_id", "start"], kind="stable")
    columns = "measure as_of_start as_of_end source source_kind text value low high kind factuality cue doc_id claim_id".split()
    return rows[columns].reset_index(drop=True)


def number_history(claims: Claims) -> pd.DataFrame:
    """How each figure has moved: one row per claim of a measure, oldest first, with the change from the figure before.

    Columns: measure, day (last as-of day, else publication), week, text, value, low, high, kind, statistic, source, factuality, claim_id,
    before_id, change, percent, approximate. The figure before is the one that the text compares it to, else the latest earlier one of
    the measure where it names actor and noun: a level follows a level, a running total a running total; counts of separate happenings
    have no figure before, and a peak is only what others are compared to. change and percent need two single values;
    `approximate` says that one is rounded. Changes, targets and unreal figures are left out.
    """
    frame = claims_frame(claims)
    rows = frame[np.array([is_real(row) for row in claim_rows(frame)], dtype=bool)]
    day = rows["as_of_end"].fillna(rows["published_on"]).fillna(rows["as_of_start"])  # "since 4 April" runs to the day of the text
    rows = rows.assign(day=day).sort_values(["measure", "day", "published_on", "doc_id", "start"], kind="stable", na_position="first")
    ordered = claim_rows(rows)
    by_id = {row.claim_id: row for row in ordered}
    latest: dict[tuple[str, str | None], ClaimRow] = {}
    moves = []
    for row in ordered:
        key = (row.measure, _goes_on(row))
        before = by_id.get(row.compared_to) if row.compared_to is not None else latest.get(key)
        if before is not None and row.compared_to is None and not _same_series(row, before):
            before = None  # "60,000 people" and "6,000 people" of nobody in particular are no series
        moves.append(_move(row, before))
        if key[1] in ("level", "cumulative"):
            latest[key] = row
    columns = "measure day week text value low high kind statistic source factuality claim_id".split()
    moved = pd.DataFrame(moves, columns=["before_id", "change", "percent", "approximate"], index=rows.index)
    moved = moved.astype({"change": "Float64", "percent": "Float64", "approximate": "bool", "before_id": "str"})
    return pd.concat([rows[columns], moved], axis=1).reset_index(drop=True)


def totals(tables: Tables) -> pd.DataFrame:
    """One row per (doc_id, event_id or missing, unit_class): value, low, high, n_claims.

    Figures of one source for different things are added ("two soldiers" and "more than 30 rebels" are at least 33); a part of a stated
    total is not added to it, nor is a figure for the same thing given again. Where sources differ, low and high span what they give and
    value is missing. A missing bound makes the sum's bound missing; figures in different units are not added.
    """
    groups: dict[tuple[str, str | None, str], list[ClaimRow]] = {}
    for row in claim_rows(claims_frame(tables)):
        if is_real(row) and row.part_of is None and row.unit_class != "percent":
            groups.setdefault((row.doc_id, row.event_id, row.unit_class), []).append(row)
    out = [(*key, *_total(rows), len(rows)) for key, rows in groups.items()]
    result = pd.DataFrame(out, columns=["doc_id", "event_id", "unit_class", "value", "low", "high", "n_claims"])
    types = {
        "doc_id": "str",
        "event_id": "str",
        "unit_class": "str",
        "value": "Float64",
        "low": "Float64",
        "high": "Float64",
        "n_claims": "Int64",
    }
    return result.astype(types)


def _goes_on(row: ClaimRow) -> str | None:
    """The kind of series that a figure goes on: of states or of running totals; None for what happened once."""
    if row.statistic == "count":
        return "level" if row.unit_class == "displaced" else None  # how many are displaced is a state
    return row.statistic


def _same_series(row: ClaimRow, before: ClaimRow) -> bool:
    """Whether an earlier figure of the measure is of the same thing: a named one, or a rate at the same place."""
    return is_named(row) or (row.unit_class == "rate" and row.location == before.location)


def _move(row: ClaimRow, before: ClaimRow | None) -> tuple[str | None, float | None, float | None, bool]:
    if before is None or before.claim_id == row.claim_id:
        return None, None, None, False
    approximate = row.kind != "exact" or before.kind != "exact"
    if row.value is None or before.value is None or (row.unit or "") != (before.unit or ""):
        return before.claim_id, None, None, approximate
    change = row.value - before.value
    return before.claim_id, change, round(100 * change / before.value, 1) if before.value else None, approximate


def _unit(row: ClaimRow) -> str:
    return row.unit or ""


def _total(rows: Iterable[ClaimRow]) -> tuple[float | None, float | None, float | None]:
    """The sum of each source's figures, and the span over the sources."""
    by_source: dict[str, dict[str, list[ClaimRow]]] = {}
    units = set()
    for row in rows:
        thing = row.counted.lower() if row.counted else ""
        by_source.setdefault(row.source, {}).setdefault(thing, []).append(row)
        units.add(row.unit or "")
    if len(units) > 1:
        return None, None, None
    sums = [_added([_latest(figures) for figures in things.values()]) for things in by_source.values()]
    values, lows, highs = ([figure[i] for figure in sums] for i in range(3))
    value = values[0] if len(set(values)) == 1 else None
    low = None if any(figure is None for figure in lows) else min(figure for figure in lows if figure is not None)
    high = None if any(figure is None for figure in highs) else max(figure for figure in highs if figure is not None)
    return value, low, high


def _latest(rows: list[ClaimRow]) -> ClaimRow:
    """Of several figures for the same thing by the same source the one given last."""
    return max(rows, key=lambda row: row.start)


def _added(rows: list[ClaimRow]) -> tuple[float | None, float | None, float | None]:
    def added(name: str) -> float | None:
        figures = [getattr(row, name) for row in rows]
        return None if any(figure is None for figure in figures) else float(sum(figures))

    return added("value"), added("low"), added("high")
