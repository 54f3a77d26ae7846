"""The spreadsheet, CSV and Parquet: typed, safe, whole, the same bytes every time."""

import csv
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting import ARABIC, HOSTILE, META

from briefing_kit.report.csvs import write_csv, write_parquet
from briefing_kit.report.meta import ReportMeta
from briefing_kit.report.workbook import write_workbook

SHEETS = ["Summary", "Actors", "Claims", "Timeline", "Undated", "Contested", "Sources", "Codebook", "Methods"]
NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
CODEBOOK = pd.DataFrame({"table": ["claims"], "column": ["value"], "meaning": ["the number"]})


def tables() -> dict[str, pd.DataFrame]:
    """Four small tables with what hurts spreadsheets."""
    base = {"doc_id": "d", "published_on": pd.Timestamp(2019, 10, 16), "sentence_id": "s1"}
    claims = [
        {"text": "=1+1", "value": 5000.0, "low": None, "measure": "b", "contested": True, "as_of_start": pd.Timestamp(2019, 10, 10)},
        {"text": "bell\x07 and \x0b tab", "value": 12.5, "low": 1.0, "measure": "a", "contested": True, "as_of_start": pd.NaT},
        {"text": "http://example.org", "value": None, "low": None, "measure": "c", "contested": False, "as_of_start": None},
        {"text": "x" * 40_000, "value": 1.0, "low": None, "measure": HOSTILE, "contested": False, "as_of_start": None},
    ]
    events = [
        {"headline": "dated", "granularity": "day", "date_start": "1815-06-18", "date_end": "2019-10-10"},
        {"headline": "undated", "granularity": "undated", "date_start": None, "date_end": None},
    ]
    mentions = [{"actor": ARABIC, "actor_type": "person"}, {"actor": "Sirte", "actor_type": "place"}]
    frame = pd.DataFrame([base | row | {"start": i} for i, row in enumerate(claims)])
    frame = frame.astype({"value": "Float64", "low": "Float64", "start": "Int64", "contested": "bool"})
    timeline = pd.DataFrame([base | row | {"start": i} for i, row in enumerate(events)])
    return {
        "sentences": pd.DataFrame({"sentence_id": ["s1"], "text": ["The whole sentence."]}),
        "claims": frame,
        "events": timeline.astype({"date_start": "datetime64[s]", "date_end": "datetime64[s]"}),
        "mentions": pd.DataFrame([base | row for row in mentions]),
    }


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    path = tmp_path_factory.mktemp("book") / "week.xlsx"
    write_workbook(tables(), META, path, CODEBOOK)
    return zipfile.ZipFile(path)


def cells(book: zipfile.ZipFile, sheet: str) -> list[dict[str, tuple[str, str]]]:
    """The sheet's rows: column letters -> (type, value); strings resolved, dates as Excel's day numbers."""
    strings = [
        "".join(node.text or "" for node in item.iter(f"{{{NS['x']}}}t"))
        for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    ]
    root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{SHEETS.index(sheet) + 1}.xml"))
    rows = []
    for row in root.iterfind(".//x:row", NS):
        found: dict[str, tuple[str, str]] = {}
        for cell in row.iterfind("x:c", NS):
            kind, value = cell.get("t", "n"), cell.findtext("x:v", "", NS)
            found[cell.get("r", "").rstrip("0123456789")] = (kind, strings[int(value)] if kind == "s" else value)
        rows.append(found)
    return rows


def column(book: zipfile.ZipFile, sheet: str, name: str) -> list[tuple[str, str]]:
    head, *rows = cells(book, sheet)[2:]
    letters = next(key for key, (_, value) in head.items() if value == name)
    return [row.get(letters, ("", "")) for row in rows]


def test_sheets_stand_in_order(book: zipfile.ZipFile) -> None:
    """Nine sheets, Summary first."""
    root = ElementTree.fromstring(book.read("xl/workbook.xml"))
    assert [sheet.get("name") for sheet in root.iterfind(".//x:sheet", NS)] == SHEETS


def test_no_formula_and_no_link_anywhere(book: zipfile.ZipFile) -> None:
    """Text that looks like a formula or an address is a string cell."""
    for name in book.namelist():
        if name.startswith("xl/worksheets/"):
            assert b"<f>" not in book.read(name)
            assert b"<hyperlink" not in book.read(name)
    assert [value for _, value in column(book, "Claims", "text")][0::2] == ["=1+1", "http://example.org"]


def test_cells_are_typed(book: zipfile.ZipFile) -> None:
    """Numbers are numbers, dates are Excel dates (ISO text before 1900), missing cells stay blank, booleans are booleans."""
    assert column(book, "Claims", "value")[:2] == [("n", "5000"), ("n", "12.5")]
    assert column(book, "Timeline", "date_start") == [("s", "1815-06-18")]
    assert column(book, "Timeline", "date_end") == [("n", str((date(2019, 10, 10) - date(1899, 12, 30)).days))]
    assert column(book, "Contested", "contested") == [("b", "1"), ("b", "1")]


def test_rows_go_to_their_sheets(book: zipfile.ZipFile) -> None:
    """Places are no actors, undated events stand apart, disputed figures side by side, each with its sentence."""
    assert column(book, "Actors", "actor") == [("s", ARABIC)]
    assert column(book, "Timeline", "headline") == [("s", "dated")]
    assert column(book, "Undated", "headline") == [("s", "undated")]
    assert [value for _, value in column(book, "Contested", "measure")] == ["a", "b"]
    assert column(book, "Contested", "low") == [("n", "1"), ("", "")]
    assert column(book, "Actors", "sentence") == [("s", "The whole sentence.")]


def test_control_characters_and_long_cells_are_counted(book: zipfile.ZipFile) -> None:
    """What a spreadsheet cannot hold is cleaned or cut, and Methods says how often."""
    methods = {row["A"][1]: row["B"][1] for row in cells(book, "Methods") if "B" in row}
    assert methods["Control characters removed from cells"] == "4"  # two, on two sheets
    assert methods["Cells cut at 32,767 characters"] == "1"
    cut = [value for _, value in column(book, "Claims", "text")][3]
    assert len(cut) == 32_767
    assert cut.endswith("[cut: 40,000 characters; whole in the CSV file]")


def test_key_judgements_are_plain_text(book: zipfile.ZipFile) -> None:
    """The Summary holds the judgements without Markdown signs."""
    assert ("s", "It is likely that figures will be revised.") in [row.get("B") for row in cells(book, "Summary")]


def test_marking_is_on_every_sheet(book: zipfile.ZipFile) -> None:
    """In the first row, and in header and footer."""
    for i, name in enumerate(SHEETS, 1):
        assert cells(book, name)[0]["A"] == ("s", "TLP:AMBER")
        assert book.read(f"xl/worksheets/sheet{i}.xml").count(b"TLP:AMBER") == 2


def test_tables_have_filters_and_frozen_heads(book: zipfile.ZipFile) -> None:
    """A filter over the table, the rows above it frozen."""
    source = book.read(f"xl/worksheets/sheet{SHEETS.index('Claims') + 1}.xml")
    assert b'<autoFilter ref="A3:' in source
    assert b'ySplit="3"' in source


def test_workbook_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    """Same tables, same bytes; the creation date is the newest publication date."""
    for name in ("a", "b"):
        write_workbook(tables(), META, tmp_path / f"{name}.xlsx", CODEBOOK)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert b"2019-10-18T00:00:00Z" in zipfile.ZipFile(tmp_path / "a.xlsx").read("docProps/core.xml")


def test_workbook_of_a_quiet_week(tmp_path: Path) -> None:
    """No tables at all: the sheets are there and say so."""
    write_workbook({}, ReportMeta(title="Quiet"), tmp_path / "q.xlsx", CODEBOOK)
    book = zipfile.ZipFile(tmp_path / "q.xlsx")
    assert cells(book, "Claims")[0]["A"][1] == "Claims: One row per quantity that somebody claims. No rows."


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_defuses_formulas(start: str, tmp_path: Path) -> None:
    """Text that a spreadsheet would run gets an apostrophe; numbers and the raw switch do not."""
    frame = pd.DataFrame({"t": [f"{start}1+1", "safe"], "n": [-5, 1]})
    write_csv(frame, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["t", "n"], [f"'{start}1+1", "-5"], ["safe", "1"]]
    write_csv(frame, tmp_path / "raw.csv", raw=True)
    with (tmp_path / "raw.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1] == [f"{start}1+1", "-5"]


def test_csv_dates_and_missing(tmp_path: Path) -> None:
    """Dates are ISO in every century, missing is empty, whole numbers stay whole."""
    frame = pd.DataFrame(
        {
            "d": pd.array(["0490-09-12", None], dtype="datetime64[s]"),
            "n": pd.array([5, None], dtype="Int64"),
            "b": [True, False],
            "s": ["", None],
        }
    )
    write_csv(frame, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b"d,n,b,s\n0490-09-12,5,True,\n,,False,\n"


def test_parquet_comes_back_with_its_types(tmp_path: Path) -> None:
    """A round trip keeps dtypes, and two writings are equal."""
    frame = tables()["claims"].drop(columns="as_of_start").astype({"measure": "category"})
    write_parquet(frame, tmp_path / "a.parquet")
    write_parquet(frame, tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "a.parquet"), frame)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_text_can_be_filed(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Arbitrary text goes into CSV and workbook; no CSV cell starts like a formula."""
    folder = tmp_path_factory.mktemp("any")
    frame = pd.DataFrame({"text": pd.Series(texts, dtype=object)})
    write_csv(frame, folder / "a.csv")
    with (folder / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    write_workbook({"claims": frame}, ReportMeta(title="T", marking=texts[0]), folder / "a.xlsx", CODEBOOK)
    ElementTree.fromstring(zipfile.ZipFile(folder / "a.xlsx").read("xl/worksheets/sheet3.xml"))


FIRSTS = ("=", "+", "-", "@", "\t=", "\r", "{=", "'=", "http://", "mailto:", "internal:", "file://")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A workbook whose every text is hostile, read back by another library with formulas kept."""
    openpyxl = pytest.importorskip("openpyxl")
    text = [f"{first}cmd|' /C calc'!A0 {HOSTILE}" for first in FIRSTS]
    base = {"doc_id": text, "sentence_id": text, "published_on": pd.Timestamp(2019, 10, 16), "start": range(len(text))}
    frame = pd.DataFrame({**base, "text": text, "actor": text, "actor_type": "person", "measure": text, "contested": True, "source": text})
    frame = frame.assign(
        date_end=pd.NaT, headline=text, granularity=["day", "undated"] * (len(text) // 2), date_start=pd.Timestamp(1899, 12, 31)
    )
    tables = dict.fromkeys(("mentions", "claims", "events", "attributions"), frame)
    notes: dict[str, Any] = {"key_judgements": HOSTILE, "notes": (text[0],), "documents": (text[1],)}
    meta = ReportMeta(title=text[0], series=text[3], marking="TLP:AMBER+STRICT", **notes)
    path = tmp_path_factory.mktemp("hostile") / "week.xlsx"
    write_workbook(tables, meta, path, frame[["text"]])
    return openpyxl.load_workbook(path)


def test_hostile_text_is_text_on_every_sheet(hostile: Any) -> None:
    """Titles, names, sources, notes, judgements: no cell is a formula, an error or a link, and the text is all there."""
    assert hostile.sheetnames == SHEETS
    for sheet in hostile:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert kinds <= {"s", "n", "b", "d"}, sheet.title
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        assert sheet["A1"].value == "TLP:AMBER+STRICT"
        assert "TLP:AMBER+STRICT" in (sheet.oddHeader.right.text or "")
        assert "TLP:AMBER+STRICT" in (sheet.oddFooter.right.text or "")
    names = {cell.value: cell.column for cell in hostile["Claims"][3]}
    shown = [hostile["Claims"].cell(row, names["text"]).value for row in range(4, 4 + len(FIRSTS))]
    wanted = [f"{first}cmd|' /C calc'!A0 {HOSTILE}".lstrip() for first in FIRSTS]
    assert [value.lstrip() for value in shown] == wanted


def test_days_that_excel_lacks_are_text(hostile: Any) -> None:
    """Its calendar begins in 1900, and counts a 29 February that year never had."""
    sheet = hostile["Timeline"]
    names = {cell.value: cell.column for cell in sheet[3]}
    assert sheet.cell(4, names["date_start"]).value == "1899-12-31"
    assert sheet.cell(4, names["published_on"]).is_date


def test_long_texts_have_room_and_print_what_is_read_first(tmp_path: Path) -> None:
    """A row is as tall as its wrapped text, within what Excel can; the print area holds the leading columns."""
    openpyxl = pytest.importorskip("openpyxl")
    write_workbook(tables(), META, tmp_path / "week.xlsx", CODEBOOK)
    sheet = openpyxl.load_workbook(tmp_path / "week.xlsx")["Claims"]
    assert sheet.row_dimensions[7].height == pytest.approx(409, abs=1)
    assert sheet.row_dimensions[5].height is None
    last = [cell.value for cell in sheet[3]].index("published_on")
    assert sheet.print_area == f"'Claims'!$A$1:${openpyxl.utils.get_column_letter(last + 1)}$7"
    assert sheet.print_title_rows == "$3:$3"
