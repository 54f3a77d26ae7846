"""Vocabulary as data: one CSV per list, read once.

Each file opens with `#` lines that say what one row is and where the convention comes from, then a header row. A cell
with several values joins them by "|".
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from itertools import zip_longest

Row = dict[str, str]


@cache
def read_lexicon(name: str) -> tuple[Row, ...]:
    """The rows of `lexicon/<name>.csv` in file order, all cells as stripped strings.

    Raises:
        FileNotFoundError: there is no such list.
    """
    text = (files(__package__) / f"{name}.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    rows = csv.reader(lines)  # a DictReader takes three times as long, and this is most of what a first call waits for
    header = next(rows)
    return tuple(dict(zip_longest(header, map(str.strip, cells), fillvalue="")) for cells in rows)


def words(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several: "a|b" gives ("a", "b")."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
