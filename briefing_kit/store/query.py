"""Questions in SQL, answered by DuckDB over a store's files: it may read these tables and nothing else.

DuckDB gets the tables as Arrow data sets of ours and is then cut off: no file, no address, no extension, no variable of the calling
program, no change of its settings. One SELECT at a time; everything else is refused before it runs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from pyarrow.fs import LocalFileSystem

from briefing_kit.schemas import SCHEMAS
from briefing_kit.settling import SETTLED
from briefing_kit.store.layout import StoreError, arrow_schema, parts_in
from briefing_kit.tables import Tables

_CUT_OFF = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET python_enable_replacements = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def ask(folder: Path, sql: str) -> pd.DataFrame:
    """The answer over a whole store, read from its files as far as it is needed.

    Raises:
        StoreError: DuckDB is not installed, the SQL is no single SELECT or has an error.
    """
    return _answer({name: _dataset(folder, name) for name in SCHEMAS}, sql)


def ask_tables(tables: Tables, sql: str) -> pd.DataFrame:
    """The answer over tables in memory.

    Raises:
        StoreError: DuckDB is not installed, the SQL is no single SELECT or has an error.
    """
    return _answer({name: pa.Table.from_pandas(frame, preserve_index=False) for name, frame in tables.items()}, sql)


def _dataset(folder: Path, name: str) -> Any:
    """The files of a table as one data set, with `week` and `year` from their folders."""
    parquet, schema = ds.ParquetFileFormat(), arrow_schema(name).append(pa.field("week", pa.string())).append(pa.field("year", pa.int32()))
    fragments = []
    for part in parts_in(folder):
        where = (ds.field("week") == part.week) & (ds.field("year") == int(part.week[:4])) if part.week else ds.field("week").is_null()
        fragments.append(parquet.make_fragment(str(folder / part.path(name)), LocalFileSystem(), partition_expression=where))
    return ds.FileSystemDataset(fragments, schema, parquet)


def _answer(tables: Mapping[str, Any], sql: str) -> pd.DataFrame:
    with _database(tables) as (duckdb, connection):
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise StoreError("only one SELECT is answered; write `SELECT ... FROM claims ...`")
            found: pd.DataFrame = connection.execute(statements[0]).df()
        except duckdb.Error as error:
            raise StoreError(f"SQL: {_mended(str(error))}") from None
        except (FileNotFoundError, OSError):
            raise StoreError("the store was written to while it was read; ask again") from None
    return found


@contextmanager
def _database(tables: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    try:
        duckdb = import_module("duckdb")
    except ModuleNotFoundError:
        raise StoreError("questions in SQL need an extra: pip install 'briefing-kit[scale]'") from None
    with tempfile.TemporaryDirectory(prefix="briefing-kit-") as scratch, duckdb.connect(":memory:") as connection:
        connection.execute(f"SET temp_directory = '{Path(scratch).as_posix()}'")  # where it may sort what memory does not hold
        for name, table in tables.items():
            connection.register(f"_{name}", table)
            columns = ", ".join(_shown(column.name, column.kind) for column in SCHEMAS[name] if column.name in table.schema.names)
            year = ", year" if "year" in table.schema.names else ""
            connection.execute(f"CREATE VIEW {name} AS SELECT {columns}{year} FROM _{name}")  # noqa: S608 - names of ours  # noqa: S608 - names of ours
        for statement in _CUT_OFF:
            connection.execute(statement)
        yield duckdb, connection


def _shown(name: str, kind: str) -> str:
    return f'CAST("{name}" AS DATE) AS "{name}"' if kind == "day" else f'"{name}"'


def _mended(message: str) -> str:
    """DuckDB's first line, with a word on the columns that a whole store cannot have."""
    line = next((line for line in message.splitlines() if line.strip()), "cannot be answered")
    for column in SETTLED.values():
        if f'"{column}" not found' in line:
            return f"{column} depends on which briefings are read together; name the weeks (--weeks 2019-W40..2019-W42)"
    return line[:300]
