"""Reading the analyst's `actors.csv`: every line checked, every fault told with file, line, field and what would mend it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from briefing_kit.naming import slug
from briefing_kit.refusals import RefusalError
from briefing_kit.schemas import ACTOR_TYPES

COLUMNS = (
    *("id", "name", "type", "country", "parent", "aliases", "case_sensitive", "active_from", "active_to", "status"),
    *("merged_into", "notes"),
)
STATUSES = ("active", "rejected", "merged")


class GazetteerError(RefusalError):
    """A line of `actors.csv` that cannot be used; the message names file, line, field and what would mend it."""


def read_actors(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The lines of `actors.csv` with their numbers, all columns as stripped strings; `#` lines and empty ones are passed over.

    Raises:
        FileNotFoundError: there is no such file.
        GazetteerError: its encoding, its header or the number of cells will not do.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path.name}: not UTF-8 (byte {error.start}); save it as 'CSV UTF-8'") from None
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        return []
    header = next(csv.reader([lines[0][1]]))
    names = [cell.strip() for cell in header]
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or "name" not in names:
        problem = f"column {unknown[0]!r} is not known" if unknown else "the column 'name' is missing"
        raise GazetteerError(f"{path.name} line {lines[0][0]}: {problem}; the columns are {', '.join(COLUMNS)}")
    rows = []
    for number, line in lines[1:]:
        cells = next(csv.reader([line]))
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            raise GazetteerError(
                f"{path.name} line {number}: {len(cells)} cells for {len(names)} columns; put a cell with a comma in quotes"
            )
        row = dict.fromkeys(COLUMNS, "") | {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
        if any(row.values()):
            rows.append((number, row))
    return rows


def check_actor(row: Mapping[str, str], file: str, number: int) -> None:
    """Refuse a line that cannot be used.

    Raises:
        GazetteerError: the first cell that will not do, and what would.
    """
    where = f"{file} line {number}"
    if not row["name"]:
        raise GazetteerError(f"{where}, name: empty; give the actor's canonical name")
    if not slug(row["name"]):
        raise GazetteerError(f"{where}, name: {row['name']!r} has neither letter nor digit")
    if row["type"] and row["type"] not in ACTOR_TYPES:
        raise GazetteerError(f"{where}, type: {row['type']!r} is not one of {', '.join(ACTOR_TYPES)}")
    if row["id"] and row["id"] != slug(row["id"]):
        raise GazetteerError(
            f"{where}, id: {row['id']!r} has other signs than small letters, digits and hyphens; {slug(row['id'])!r} would do"
        )
    if row["country"] and not re.fullmatch(r"[A-Z]{3}", row["country"]):
        raise GazetteerError(f"{where}, country: {row['country']!r} is not an ISO 3166 alpha-3 code such as LBY")
    if row["case_sensitive"].lower() not in ("", "yes", "no", "true", "false", "1", "0"):
        raise GazetteerError(f"{where}, case_sensitive: {row['case_sensitive']!r} is neither yes nor no")
    if row["status"] and row["status"] not in STATUSES:
        raise GazetteerError(f"{where}, status: {row['status']!r} is not one of {', '.join(STATUSES)}")
    if row["status"] == "merged" and not row["merged_into"]:
        raise GazetteerError(f"{where}, merged_into: empty; name the id of the actor it belongs to")


def day_of(cell: str, column: str, file: str, number: int) -> date | None:
    """The day of a cell (a year or month counts from its first day), None where it is empty.

    Raises:
        GazetteerError: it is no day.
    """
    if not cell:
        return None
    try:
        return date.fromisoformat(cell + {4: "-01-01", 7: "-01"}.get(len(cell), ""))
    except ValueError:
        raise GazetteerError(f"{file} line {number}, {column}: {cell!r} is not a day such as 2019-10-16") from None
