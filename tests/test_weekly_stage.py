"""The staged tables: checked once by the run, and again by nobody unless they were touched."""

from datetime import date

import pandas as pd
import pytest

from briefing_kit import analyse
from briefing_kit.tables import TableError, Tables, read_tables, stamp


@pytest.fixture
def folder(tmp_path):
    """A folder of staged tables."""
    analyse("Police said on 3 May 2021 that 12 people were killed.", document_date=date(2021, 5, 5)).validated().write(tmp_path)
    stamp(tmp_path)
    return tmp_path


def test_stamped_tables_are_read_without_another_check(folder, monkeypatch):
    """The notebooks of a run do not repeat what the run has done."""
    monkeypatch.setattr(Tables, "validated", lambda self: pytest.fail("checked again"))
    assert read_tables(folder).counts()["claims"] == 1


def test_tables_that_were_touched_are_checked_again(folder):
    """The stamp is of the bytes, not of the folder."""
    path = folder / "claims.parquet"
    frame = pd.read_parquet(path)
    pd.concat([frame, frame]).to_parquet(path, index=False)
    with pytest.raises(TableError, match="stands twice"):
        read_tables(folder)


@pytest.mark.parametrize("text", ["", "0" * 64, "\u00e9"])
def test_a_wrong_stamp_vouches_for_nothing(folder, monkeypatch, text):
    """Nor does one that cannot be read."""
    (folder / "checked.txt").write_text(text, encoding="utf-8")
    checked = []
    monkeypatch.setattr(Tables, "validated", lambda self: checked.append(self) or self)
    read_tables(folder)
    assert len(checked) == 1
