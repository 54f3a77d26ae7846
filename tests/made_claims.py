"""Claims made by hand for tests of what is counted over claims, without any extractor."""

from __future__ import annotations

from datetime import date

import pandas as pd

from briefing_kit.schemas import SCHEMAS
from briefing_kit.tables import build

DEFAULTS = {
    "doc_id": "w41",
    "published_on": date(2019, 10, 9),
    "week": "2019-W41",
    "sentence_id": "s1",
    "kind": "exact",
    "unit_class": "people",
    "counted": "fighters",
    "measure": "islamic-state:fighters:LBY",
    "statistic": "level",
    "source": "AFRICOM officials",
    "source_kind": "unnamed",
    "factuality": "reported",
    "contested": False,
    "rule": "claim.noun",
    "status": "auto",
}


def claims_frame(*rows: dict[str, object]) -> pd.DataFrame:
    """A claims table of these rows, each told by what sets it apart from DEFAULTS."""
    cells: dict[str, list[object]] = {column.name: [] for column in SCHEMAS["claims"]}
    for at, row in enumerate(rows):
        full = {"claim_id": f"c{at}", "start": at * 10, "end": at * 10 + 5, "text": "five fighters"[:5], **DEFAULTS, **row}
        if "value" in full and "low" not in full and full["kind"] == "exact":
            full |= {"low": full["value"], "high": full["value"]}
        for name, values in cells.items():
            values.append(full.get(name))
    return build("claims", cells)
