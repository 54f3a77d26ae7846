"""The seven tables as dataframes: cast, validated, written, read, and explained by a codebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing_kit.columns import TableError as TableError
from briefing_kit.columns import array, joined
from briefing_kit.columns import dtype as dtype
from briefing_kit.marking import marked_files
from briefing_kit.naming import did_you_mean
from briefing_kit.schemas import ONE_ROW_PER, SCHEMAS

if TYPE_CHECKING:
    import pandera.pandas as pa

STAMP = "checked.txt"


@dataclass(frozen=True)
class Tables:
    """What was found in a set of briefings, one dataframe per kind of row (columns: see `codebook`)."""

    documents: pd.DataFrame
    sentences: pd.DataFrame
    dates: pd.DataFrame
    mentions: pd.DataFrame
    claims: pd.DataFrame
    events: pd.DataFrame
    attributions: pd.DataFrame

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """The names and dataframes, in the order of the codebook."""
        return ((name, getattr(self, name)) for name in SCHEMAS)

    def counts(self) -> dict[str, int]:
        """The number of rows of each table."""
        return {name: len(frame) for name, frame in self.items()}

    def of_weeks(self, weeks: Iterable[str]) -> Tables:
        """Only the rows published in these ISO weeks."""
        wanted = list(weeks)
        return Tables(**{name: frame[frame["week"].isin(wanted)].reset_index(drop=True) for name, frame in self.items()})

    def validated(self) -> Tables:
        """The tables themselves, held against their schemas.

        Raises:
            TableError: a table does not hold to its schema.
        """
        for name, frame in self.items():
            validate(name, frame)
        return self

    def write(self, folder: str | Path) -> None:
        """Write each table as `<name>.parquet` into the folder, which is made where it is missing."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in self.items():
            frame.to_parquet(folder / f"{name}.parquet", index=False)


def stamp(folder: str | Path) -> None:
    """Note in a folder that its tables, byte for byte, hold to their schemas: reading them then need not check again."""
    (Path(folder) / STAMP).write_text(_digest(Path(folder)), encoding="ascii")


def _stamped(folder: Path) -> bool:
    path = folder / STAMP
    return path.is_file() and path.read_text(encoding="ascii", errors="replace") == _digest(folder)


def _digest(folder: Path) -> str:
    digest = sha256(repr(SCHEMAS).encode())
    for name in SCHEMAS:
        digest.update((folder / f"{name}.parquet").read_bytes())
    return digest.hexdigest()


def read_tables(folder: str | Path) -> Tables:
    """The tables that `Tables.write` or a weekly run put into a folder, held against their schemas unless `stamp` vouches for them.

    A published table bears its marking in its name (`claims.TLP-AMBER.parquet`); it is found under either name.

    Raises:
        TableError: a table is missing or does not hold to its schema.
    """
    frames = {}
    for name in SCHEMAS:
        found = marked_files(Path(folder), name, ".parquet")
        if not found:
            raise TableError(f"{Path(folder).name}: {name}.parquet is missing; write the tables again with Tables.write")
        if len(found) > 1:
            raise TableError(f"{Path(folder).name}: {found[0].name} and {found[1].name} are the same table; keep one of them")
        frames[name] = cast(name, pd.read_parquet(found[0]))
    tables = Tables(**frames)
    return tables if _stamped(Path(folder)) else tables.validated()


def empty(name: str) -> pd.DataFrame:
    """The table without rows, with all its columns and dtypes."""
    return build(name, {})


def build(name: str, cells: Mapping[str, Any]) -> pd.DataFrame:
    """A dataframe from lists of cells, one a column; None is missing, and so is a column left out."""
    n_rows = max(map(len, cells.values()), default=0)
    return pd.DataFrame({column.name: array(column, cells.get(column.name) or [None] * n_rows) for column in SCHEMAS[name]})


def cast(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the schema's columns in the schema's order and dtypes (after reading CSV or Parquet).

    Raises:
        TableError: a column is missing or unknown.
    """
    wanted = [column.name for column in SCHEMAS[name]]
    missing, unknown = [c for c in wanted if c not in frame], [c for c in frame if c not in wanted]
    if missing or unknown:
        what = f"column {missing[0]!r} is missing" if missing else f"unknown column {unknown[0]!r}"
        raise TableError(f"{name}: {what}; see the codebook of {name}")
    return pd.DataFrame({column.name: frame[column.name].astype(dtype(column)) for column in SCHEMAS[name]})


@cache
def _schema(name: str) -> pa.DataFrameSchema:
    import pandera.pandas as pa  # half a second that only validation needs

    columns = {}
    for column in SCHEMAS[name]:
        checks = [pa.Check.isin(column.allowed)] if column.allowed else []
        columns[column.name] = pa.Column(None, checks=checks, nullable=not column.required, description=column.meaning)
    return pa.DataFrameSchema(columns, strict=True, ordered=True, name=name)


def validate(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame itself, held against its schema: columns, dtypes, allowed values, missing cells, ids without doubles.

    Raises:
        TableError: what is wrong, in one line.
    """
    import pandera.errors

    for column in SCHEMAS[name]:
        if column.name in frame and frame[column.name].dtype != dtype(column):
            raise TableError(f"{name}.{column.name}: dtype {frame[column.name].dtype}, not {dtype(column)}; use briefing_kit.tables.cast")
    try:
        _schema(name).validate(frame)
    except pandera.errors.SchemaError as error:
        raise TableError(f"{name}: {' '.join(str(error).split())[:300]}") from None
    key = SCHEMAS[name][0].name
    doubled = frame[key][frame[key].duplicated()]
    if len(doubled):
        raise TableError(f"{name}.{key}: {doubled.iloc[0]!r} stands twice")
    return frame


def concat(parts: Sequence[Tables]) -> Tables:
    """The rows of several sets of tables in one set, in order."""
    return join(
        [{name: {column.name: frame[column.name].array for column in SCHEMAS[name]} for name, frame in part.items()} for part in parts]
    )


def join(parts: Sequence[dict[str, dict[str, Any]]]) -> Tables:
    """The tables whose columns stand in parts, by table and column; the parts are used up, so that no column is held twice for long."""
    if not parts:
        return Tables(**{name: empty(name) for name in SCHEMAS})
    frames = {}
    for name, columns in SCHEMAS.items():
        frames[name] = pd.DataFrame({column.name: joined([part[name].pop(column.name) for part in parts]) for column in columns})
    return Tables(**frames)


def codebook(table: str | None = None) -> pd.DataFrame:
    """What every column means: table, column, type, values or unit, may be missing, meaning. One table, or all seven.

    >>> codebook("dates").query("column == 'value'")["type"].item()
    'text'

    Raises:
        TableError: there is no such table.
    """
    if table is not None and table not in SCHEMAS:
        near = did_you_mean(table, SCHEMAS)
        raise TableError(f"no table {table!r}; " + (f"did you mean {near!r}?" if near else f"there are {', '.join(SCHEMAS)}"))
    rows = [
        {
            "table": name,
            "one_row_per": ONE_ROW_PER[name],
            "column": column.name,
            "type": column.kind,
            "values_or_unit": ", ".join(column.allowed) or column.unit,
            "may_be_missing": not column.required,
            "meaning": column.meaning,
        }
        for name in SCHEMAS
        if table in (None, name)
        for column in SCHEMAS[name]
    ]
    return pd.DataFrame(rows)
