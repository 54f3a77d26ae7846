"""Archives in SQL and as other programs read them: the right rows, and no way out of them."""

from __future__ import annotations

import pandas as pd
import pytest
from archived import write_texts

import briefing_kit as bk
from briefing_kit.schemas import SCHEMAS
from briefing_kit.settling import SETTLED
from briefing_kit.store.layout import EXTRA, StoreError

duckdb = pytest.importorskip("duckdb", reason="questions in SQL need the extra briefing-kit[scale]")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archives")
    return bk.analyse(write_texts(folder / "texts"), store=folder / "archive")


def test_sql_over_the_whole_archive(archive):
    """Tables by their names, days as days, weeks and years from the folders, briefings without a date too."""
    found = archive.query("SELECT week, year, count(*) AS n FROM claims GROUP BY ALL ORDER BY week")
    counts = archive.tables().claims["week"].value_counts(dropna=False)
    assert found["n"].sum() == counts.sum()
    assert found["week"].tolist()[:3] == ["2021-W10", "2021-W11", "2021-W12"]
    assert pd.isna(found["week"].iloc[3])
    assert found["year"].tolist()[:3] == [2021, 2021, 2021]
    assert archive.query("SELECT typeof(published_on) AS t FROM documents LIMIT 1")["t"].item() == "DATE"
    assert str(archive.query("SELECT min(date_start) AS day FROM dates")["day"].item()).startswith("1066-10-14")
    assert archive.query("SELECT doc_id FROM documents WHERE week = '2021-W12'")["doc_id"].tolist() == ["2021-03-24-delta"]


def test_sql_over_some_weeks_knows_what_is_contested(archive):
    """Where the weeks are named, the tables are complete."""
    assert archive.query("SELECT value FROM claims WHERE contested ORDER BY value", ["2021-W10"])["value"].tolist() == [12.0, 20.0]
    assert archive.query("SELECT repeat_of FROM sentences WHERE repeat_of IS NOT NULL", ["2021-W11"]).empty
    for table, column in SETTLED.items():
        with pytest.raises(StoreError, match=f"{column} depends on which briefings are read together; name the weeks"):
            archive.query(f"SELECT {column} FROM {table}")


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT * FROM read_text('/etc/hostname')", "disabled (by|through) configuration"),
        ("SELECT * FROM '{folder}/claims/**/*.parquet'", "disabled (by|through) configuration"),
        ("SELECT * FROM glob('/etc/*')", "disabled (by|through) configuration"),
        ("SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')", "disabled (by|through) configuration"),
        ("SELECT * FROM archive", "archive does not exist"),
        ("SELECT * FROM sqlite_scan('x', 'y')", "sqlite_scan"),
        ("SELECT * FROM query('COPY (SELECT 1) TO ''x.csv''')", "SELECT"),
        ("COPY claims TO 'x.csv'", "only one SELECT"),
        ("EXPORT DATABASE 'x'", "only one SELECT"),
        ("ATTACH 'x.db'", "only one SELECT"),
        ("INSTALL httpfs", "only one SELECT"),
        ("LOAD httpfs", "only one SELECT"),
        ("SET enable_external_access = true", "only one SELECT"),
        ("CREATE TABLE x AS SELECT 1", "only one SELECT"),
        ("DROP VIEW claims", "only one SELECT"),
        ("DELETE FROM _claims", "only one SELECT"),
        ("SELECT 1; SELECT 2", "only one SELECT"),
        ("", "only one SELECT"),
        ("SELECT nothing FROM claims", '"nothing" not found'),
        ("SELEC 1", "syntax error"),
    ],
)
def test_sql_that_is_refused(archive, tmp_path, monkeypatch, sql, message):
    """Files, addresses, variables, extensions, settings and changes are out of reach; errors are one line."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=message) as refusal:
        archive.query(sql.format(folder=archive.folder))
    assert "\n" not in str(refusal.value)
    assert not list(tmp_path.iterdir())


def test_pandas_reads_the_files_as_they_are(archive):
    """A table's folder is a data set: plain strings, numbers and times, the week from the folder's name."""
    for name in SCHEMAS:
        frame = pd.read_parquet(archive.folder / name)
        wanted = {column.name for column in SCHEMAS[name]} - {SETTLED.get(name)} | {"year", EXTRA.get(name)} - {None}
        assert set(frame.columns) - {None} == wanted
        assert len(frame) == len(getattr(archive.tables(), name))
    claims = pd.read_parquet(archive.folder / "claims", filters=[("week", "==", "2021-W11")])
    assert claims["value"].tolist() == [14.0]
    assert claims["source"].dtype == "str"
    assert claims["published_on"].dtype.kind == "M"
    assert pd.read_parquet(archive.folder / "dates")["date_start"].min().year == 1066
    assert set(pd.read_parquet(archive.folder / "documents").query("year == 0")["week"]) == {"undated"}


def test_duckdb_reads_the_files_as_they_are(archive):
    """By a pattern, with hive partitions; unfinished files of a run are not among them."""
    (archive.folder / "_work" / "change-x").mkdir()
    (archive.folder / "_work" / "change-x" / "0.parquet").write_bytes(b"unfinished")
    sql = (
        f"SELECT week, count(*) FROM read_parquet('{archive.folder}/mentions/**/*.parquet', hive_partitioning = true) GROUP BY 1 ORDER BY 1"
    )
    found = duckdb.sql(sql).fetchall()
    counts = archive.tables().mentions["week"].value_counts()
    assert dict(found[:3]) == {week: counts[week] for week in ("2021-W10", "2021-W11", "2021-W12")}
    assert found[3][0] == "undated"


def test_spark_reads_the_files_as_they_are(archive):
    """What Spark asks of a data set: types that it knows, no column both in file and folder, names of one schema."""
    import pyarrow.parquet as pq

    for name in SCHEMAS:
        schemas = {str(pq.read_schema(path).remove_metadata()) for path in (archive.folder / name).rglob("*.parquet")}
        assert len(schemas) == 1
        schema = pq.ParquetFile(next((archive.folder / name).rglob("*.parquet"))).schema
        assert {schema.column(at).physical_type for at in range(len(schema.names))} <= {"BYTE_ARRAY", "INT64", "DOUBLE", "BOOLEAN"}
        assert not {"week", "year"} & set(schema.names)
