"""The rows of the claims table as plain values, for what is worked out claim by claim."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pandas as pd

from briefing_kit.columns import cells
from briefing_kit.tables import Tables

Claims = pd.DataFrame | Tables

UNREAL = ("denied", "hypothetical", "forecast")
NOT_A_STATE = ("change", "target")


class ClaimRow(NamedTuple):
    """The columns of `claims` that figures are compared by; None is missing."""

    claim_id: str
    doc_id: str
    published_on: date | None
    sentence_id: str
    start: int
    value: float | None
    low: float | None
    high: float | None
    kind: str
    unit: str | None
    unit_class: str
    counted: str | None
    measure: str
    statistic: str
    as_of_start: date | None
    as_of_end: date | None
    location: str | None
    event_id: str | None
    part_of: str | None
    source: str
    source_id: str | None
    factuality: str
    compared_to: str | None
    status: str


def claims_frame(claims: Claims) -> pd.DataFrame:
    """The table itself, of tables too."""
    return claims.claims if isinstance(claims, Tables) else claims


def claim_rows(frame: pd.DataFrame) -> list[ClaimRow]:
    """The rows of a claims table in order."""
    return list(map(ClaimRow._make, zip(*cells(frame, ClaimRow._fields), strict=True)))


def is_real(row: ClaimRow) -> bool:
    """Whether a figure is put forward as a state of things that is or was, and no analyst has rejected it."""
    return row.statistic not in NOT_A_STATE and row.factuality not in UNREAL and row.status != "rejected"


def is_named(row: ClaimRow) -> bool:
    """Whether the measure says what is measured, not only in which unit: it has an actor and a counted noun."""
    return not row.measure.startswith("-:") and (row.counted is not None or row.unit is None)
