"""The marking of everything that leaves: strictest of the inputs, in name or header, never in the way of a reader."""

import json
import zipfile

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_workbook import make_workbook, tree

import briefing_kit as bk
from briefing_kit.briefing import MARKINGS
from briefing_kit.marking import is_stricter, marked_name, product_marking, strictest
from briefing_kit.tables import TableError
from briefing_kit.weekly.run import run_week

WEEK = "2021-W11"


@given(st.lists(st.sampled_from((None, *MARKINGS)), max_size=5), st.sampled_from((None, *MARKINGS)))
def test_no_input_is_marked_more_strictly_than_the_product(markings, default):
    """Whatever the inputs, none of them is stricter; and the product's label is one of theirs."""
    label = strictest(markings, default)
    assert not [marking for marking in markings if is_stricter(marking or default, label)]
    assert label in {marking or default or "" for marking in markings} | {""}


@pytest.mark.parametrize(
    ("override", "label", "told"),
    [(None, "TLP:AMBER", False), ("TLP:GREEN", "TLP:GREEN", True), ("TLP:RED", "TLP:RED", False), ("TLP:AMBER", "TLP:AMBER", False)],
)
def test_only_a_lowered_marking_is_told(override, label, told):
    """Raising it by hand needs no note."""
    found, note = product_marking(["TLP:GREEN", None], "TLP:AMBER", override)
    assert found == label
    assert bool(note) == told


@pytest.mark.parametrize("marking", MARKINGS)
def test_names_of_all_markings_differ_and_need_no_quoting(marking):
    """A plain file name, told apart from every other marking's."""
    name = marked_name("claims", ".csv", marking)
    assert name.replace(".", "").replace("-", "").isalnum()
    assert len({marked_name("claims", ".csv", other) for other in MARKINGS}) == len(MARKINGS)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A report of a GREEN week that looks back on an AMBER+STRICT one."""
    book = make_workbook(tmp_path_factory.mktemp("marked") / "book")
    path = book / "data" / "briefings" / "2021-03-10_delta.md"
    path.write_text(path.read_text(encoding="utf-8").replace("TLP:GREEN", "TLP:AMBER+STRICT"), encoding="utf-8")
    result = run_week(WEEK, workbook=book)
    assert result.ok, result.reason
    return result.folder


def test_every_published_file_bears_the_strictest_marking(report):
    """In the name, or inside; the weeks looked back on count, for their rows are shown too."""
    label = "TLP:AMBER+STRICT"
    for name, data in tree(report).items():
        inside = data
        if name.endswith(".xlsx"):
            inside = zipfile.ZipFile(report / name).read("xl/sharedStrings.xml")
        elif name.endswith(".pdf"):
            continue  # its pages are looked at in the tests of the PDF
        assert "TLP-AMBER-STRICT" in name or label.encode() in inside or name.endswith("checked.txt"), name
    assert json.loads((report / "manifest.json").read_text(encoding="utf-8"))["marking"] == label
    assert json.loads((report / "changes.json").read_text(encoding="utf-8"))["marking"] == label


def test_marked_tables_are_read_as_any_others(report):
    """`pd.read_csv` meets no comment line, `read_tables` finds the published and the staged tables alike."""
    claims = pd.read_csv(report / "tables" / "claims.TLP-AMBER-STRICT.csv")
    published, staged = bk.read_tables(report / "tables"), bk.read_tables(report / "notebooks" / "tables")
    assert claims["claim_id"].tolist() == published.claims["claim_id"].tolist()
    assert set(published.claims["claim_id"]) < set(staged.claims["claim_id"])
    for path in (report / "tables" / "claims.TLP-AMBER-STRICT.parquet", report / "notebooks" / "tables" / "claims.parquet"):
        assert pq.read_schema(path).metadata[b"marking"] == b"TLP:AMBER+STRICT"


def test_two_files_of_one_table_are_refused(report, tmp_path):
    """Which of them is meant nobody can tell."""
    for path in (report / "tables").glob("*.parquet"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "claims.parquet").write_bytes(b"")
    with pytest.raises(TableError, match=r"claims.parquet and claims.TLP-AMBER-STRICT.parquet are the same table"):
        bk.read_tables(tmp_path)


def test_notebooks_show_their_marking_first(report):
    """Above the title, and in the metadata."""
    notebook = json.loads((report / "notebooks" / "01_first.ipynb").read_text(encoding="utf-8"))
    assert "".join(notebook["cells"][0]["source"]) == "**TLP:AMBER+STRICT**"
    assert notebook["metadata"]["marking"] == "TLP:AMBER+STRICT"
