"""Tables as files for other programs: CSV that no spreadsheet runs as a formula, Parquet with its types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# OWASP, "CSV Injection": a cell that starts with one of these is run or split by spreadsheet programs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_QUOTED = re.compile('[",\r\n]')


def write_csv(frame: pd.DataFrame, path: Path, raw: bool = False) -> None:
    """Write a dataframe as UTF-8 CSV without its index; the same frame gives the same bytes on every system.

    Text cells that a spreadsheet could take for a formula get a leading apostrophe, unless `raw`. Numbers are untouched,
    dates are ISO 8601, missing is empty.
    """
    columns = [_column(frame.iloc[:, i], raw=raw) for i in range(frame.shape[1])]
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        file.writelines(csv_lines([_text(str(name), raw=raw) for name in frame.columns], zip(*columns, strict=True)))


def csv_bytes(names: Iterable[str], rows: Iterable[Iterable[str | float | None]], *, raw: bool = False) -> bytes:
    """Cells as a CSV file in memory, formula-safe unless `raw`; None is empty."""
    cells = ([_value(cell, raw=raw) if cell is not None else "" for cell in row] for row in rows)
    return "".join(csv_lines([_text(name, raw=raw) for name in names], cells)).encode("utf-8", "replace")


def write_parquet(frame: pd.DataFrame, path: Path, marking: str | None = None) -> None:
    """Write a dataframe as Parquet with its dtypes and nothing that changes from run to run (no index, no times).

    The marking stands in the file's own metadata under the key `marking`, which every reader of Parquet shows and none trips over.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, preserve_index=False)
    if marking:
        table = table.replace_schema_metadata({**(table.schema.metadata or {}), b"marking": marking.encode()})
    pq.write_table(table, path, compression="zstd")


def iso(value: Any) -> str:
    """A date or time stamp as ISO 8601, its time only where it has one; right for every year (strftime is not, before 1000)."""
    return str(value.isoformat()).removesuffix("T00:00:00")


def csv_lines(names: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a CSV file whose cells are strings already."""
    yield _line(names)
    yield from map(_line, rows)


def _line(cells: Iterable[str]) -> str:
    """RFC 4180, but lines end in a single newline; the csv module leaves a lone carriage return unquoted then."""
    return (",".join('"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell for cell in cells) or '""') + "\n"


def _column(series: pd.Series[Any], *, raw: bool) -> list[str]:
    present = series.notna()
    return [_value(value, raw=raw) if there else "" for value, there in zip(series, present, strict=True)]


def _value(value: Any, *, raw: bool) -> str:
    if isinstance(value, str):
        return _text(value, raw=raw)
    return iso(value) if hasattr(value, "isoformat") else str(value)


def _text(text: str, *, raw: bool) -> str:
    return f"'{text}" if not raw and text.startswith(FORMULA_STARTS) else text
