"""Schemas, casting, reading back, codebook."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from briefing_kit.analysis import analyse
from briefing_kit.schemas import SCHEMAS
from briefing_kit.tables import TableError, build, cast, codebook, concat, empty, read_tables, validate

TEXT = "The UN said on 3 May 2021 that at least 12 people were killed near Gao. Officials denied it."


@pytest.fixture(scope="module")
def tables():
    return analyse(TEXT, document_date=date(2021, 5, 5))


@pytest.mark.parametrize("name", SCHEMAS)
def test_empty_tables_hold_to_their_schemas(name):
    """A table without rows has the same columns and dtypes as one with rows."""
    validate(name, empty(name))


def test_found_tables_hold_to_their_schemas(tables):
    """What analyse returns is valid, and no table of this text is empty."""
    assert min(tables.validated().counts().values()) > 0


def test_tables_survive_writing_and_reading(tables, tmp_path):
    """Parquet gives back equal tables."""
    tables.write(tmp_path)
    for name, frame in read_tables(tmp_path).items():
        pd.testing.assert_frame_equal(frame, getattr(tables, name))


def test_a_missing_table_is_named(tables, tmp_path):
    """Reading says which file is missing."""
    tables.write(tmp_path)
    (tmp_path / "claims.parquet").unlink()
    with pytest.raises(TableError, match=r"claims.parquet is missing"):
        read_tables(tmp_path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: f.assign(extra=1), "unknown column 'extra'"),
        (lambda f: f.drop(columns="value"), "column 'value' is missing"),
    ],
)
def test_cast_refuses_other_columns(tables, change, message):
    """Columns are neither dropped nor made up in silence."""
    with pytest.raises(TableError, match=message):
        cast("dates", change(tables.dates))


def test_validation_names_the_wrong_cell(tables):
    """Doubled ids, wrong dtypes and values outside a closed list are refused by name."""
    with pytest.raises(TableError, match="stands twice"):
        validate("dates", pd.concat([tables.dates, tables.dates], ignore_index=True))
    with pytest.raises(TableError, match=r"claims.low: dtype"):
        validate("claims", tables.claims.assign(low="12"))
    with pytest.raises(TableError, match="not allowed"):
        build("dates", {"granularity": ["fortnight"]})


def test_days_before_1678_are_kept():
    """Seconds as the unit hold the year 490, which nanoseconds refuse."""
    cells = {"doc_id": ["a"], "published_on": [date(490, 9, 12)]}
    assert build("documents", cells)["published_on"][0].year == 490


def test_codebook_covers_every_column():
    """Every column of every table has a meaning; a misspelt table is answered with its neighbour."""
    book = codebook()
    assert len(book) == sum(map(len, SCHEMAS.values()))
    assert book["meaning"].str.len().min() > 3
    with pytest.raises(TableError, match="did you mean 'claims'"):
        codebook("claim")


def test_concat_and_weeks(tables):
    """Tables of several runs join; a week without rows gives empty tables of the right shape."""
    assert concat([tables, tables]).counts()["claims"] == 2 * len(tables.claims)
    assert concat([]).counts()["claims"] == 0
    assert tables.of_weeks(["2021-W18"]).counts() == tables.counts()
    assert set(tables.of_weeks(["2000-W01"]).validated().counts().values()) == {0}
