"""The bound PDF: tagged, marked, whole, stable, and deaf to markup in its text."""

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import nbformat.v4 as nbf
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting import ARABIC, HOSTILE, LONG, META, PNG, RUSSIAN, book, claims, code, demo, output

from briefing_kit.report.meta import ReportError, ReportMeta
from briefing_kit.report.pdf import render_pdf
from briefing_kit.view.display import TABLE_MIME, show_table
from briefing_kit.view.marked import SPANS_MIME, show_note, show_spans

PLAIN = ReportMeta(title="Test")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")


def text_of(data: bytes, tmp_path: Path, *options: str) -> str:
    """The PDF's text by poppler."""
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def bound() -> bytes:
    result = render_pdf(demo(), META)
    assert result.warnings == ()
    return result.data


def test_declares_both_standards_and_is_tagged(bound: bytes) -> None:
    """PDF/UA-1 and PDF/A-2a stand in the metadata; without attachments only."""
    assert b"<pdfuaid:part>1</pdfuaid:part>" in bound
    assert b"<pdfaid:part>2</pdfaid:part>" in bound
    assert b"/StructTreeRoot" in bound
    attached = render_pdf([book("# A")], META, {"claims.csv": b"a\n1\n"}).data
    assert b"<pdfaid:part>3</pdfaid:part>" in attached
    assert b"claims.csv" in attached
    undated = render_pdf([book("# A")], PLAIN).data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in undated
    assert b"pdfaid:part" not in undated
    assert b"/CreationDate" not in undated


def test_same_input_gives_same_bytes(bound: bytes) -> None:
    """Two renderings of freshly built notebooks are equal byte for byte, dated by the newest publication date."""
    assert render_pdf(demo(), META).data == bound
    assert b"D:20191018" in bound


def test_metadata_names_title_and_series_only(bound: bytes) -> None:
    """Title and author are those of the report; neither user, host nor folder appears."""
    assert b"North Africa Watch" in bound
    for private in (str(Path.home()), str(Path.cwd())):
        assert private.encode() not in bound


@needs_poppler
def test_every_sentence_is_whole_and_every_name_is_found(bound: bytes, tmp_path: Path) -> None:
    """Table cells are not cut; Cyrillic and Arabic names are found by search."""
    text = squeezed(text_of(bound, tmp_path, "-raw"))
    assert text.count(squeezed(LONG)) >= 10
    assert RUSSIAN in text
    assert ARABIC in text_of(bound, tmp_path)


@needs_poppler
def test_marking_stands_twice_on_every_page(bound: bytes, tmp_path: Path) -> None:
    """TLP 2.0: in the header and in the footer of every page, the first one too, where it is also read out with the title."""
    pages = text_of(bound, tmp_path).split("\f")[:-1]
    assert len(pages) >= 4
    assert [page.count("TLP:AMBER") for page in pages] == [3] + [2] * (len(pages) - 1)


@needs_poppler
def test_order_front_page_then_chapters(bound: bytes, tmp_path: Path) -> None:
    """Title, key judgements, key figures, contents, the chapters in order, the last page."""
    text = squeezed(text_of(bound, tmp_path))
    parts = [
        "Libya weekly",
        "Key judgements",
        "Key figures",
        "Contents",
        "An answer in one line",
        "The passage with",
        "A wide table",
        "Invented text",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "Table 1." in text
    assert "Figure 1." in text


@needs_poppler
def test_code_and_removed_cells_are_absent(bound: bytes, tmp_path: Path) -> None:
    """Source code is never shown, nor a cell tagged remove-cell; printed output is."""
    text = text_of(bound, tmp_path)
    assert "secret_source_code" not in text
    assert "never to be seen" not in text
    assert "12 rows" in text


@needs_poppler
def test_hostile_text_arrives_as_text(tmp_path: Path) -> None:
    """Typst, LaTeX, Jinja and HTML markup in a cell, a caption, a heading and a title is printed as typed."""
    table = show_table(pd.DataFrame({HOSTILE: [HOSTILE]}), caption=HOSTILE)
    meta = replace(META, title=HOSTILE, series=HOSTILE, notes=(HOSTILE,), key_figures=((HOSTILE, HOSTILE),), marking="TLP:RED")
    data = render_pdf([book("# A", code(output(table), output(show_note(HOSTILE)), output(show_spans([(HOSTILE, "claim")]))))], meta).data
    text = squeezed(text_of(data, tmp_path, "-raw"))
    for piece in (
        "<script>alert('x')</script>",
        "#strong[typ]",
        "#panic()",
        "US$5m to US$7m",
        "\\input{/etc/passwd}",
        "{{ 7*7 }}",
        "=HYPERLINK(",
    ):
        assert text.count(piece) >= 5, piece


@needs_poppler
def test_failed_cell_is_shown_and_warned_of(tmp_path: Path) -> None:
    """An error output is never hidden, not even by a tag that hides outputs."""
    error = nbf.new_output("error", ename="KeyError", evalue="'no such column'", traceback=["\x1b[31mKeyError\x1b[0m"])
    result = render_pdf([book("# A", code(error), code(error, tags=("remove-output",)))], PLAIN)
    assert len([warning for warning in result.warnings if "failed: KeyError" in warning]) == 2
    assert squeezed(text_of(result.data, tmp_path)).count("KeyError: 'no such column'") == 2


@needs_poppler
def test_uncovered_characters_are_named(tmp_path: Path) -> None:
    """What no font can draw becomes a name in brackets and a warning; so do bidirectional overrides."""
    result = render_pdf([book("# A", code(output(show_note("Alarm \U0001f6a8 in \u6f22 and \u202e5,000\x07!"))))], PLAIN)
    text = squeezed(text_of(result.data, tmp_path))
    assert "Alarm [police cars revolving light] in [cjk unified ideograph-6f22] and [RLO]5,000!" in text
    assert [warning for warning in result.warnings if "U+1F6A8" in warning]


@needs_poppler
def test_what_only_the_compiler_finds_is_named_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A character that passes the pre-flight and that no font can draw is named after the first attempt; letters beside it stay."""
    monkeypatch.setattr("briefing_kit.report.text.covered", lambda: frozenset(range(0x110000)))
    result = render_pdf([book("# A", code(output(show_note("an \u6f22 and e\u20dd"))))], PLAIN)
    assert "an [cjk unified ideograph-6f22] and e[combining enclosing circle]" in squeezed(text_of(result.data, tmp_path))


@needs_poppler
def test_long_table_is_capped_and_attached(tmp_path: Path) -> None:
    """Beyond 500 rows the table stops, its caption says how many there are, and the whole of it is attached."""
    table = show_table(pd.DataFrame({"n": [f"row {i}" for i in range(620)]}), caption="Rows.")
    data = render_pdf([book("# A", code(output(show_note("x"))), code(output(table)))], META).data
    text = squeezed(text_of(data, tmp_path))
    assert "The first 500 of 620 rows; all of them are attached to this file as table-1.csv" in text
    assert "row 499" in text
    assert "row 500" not in text
    assert b"<pdfaid:part>3</pdfaid:part>" in data
    assert b"table-1.csv" in data


@needs_poppler
def test_forty_thousand_characters_in_one_cell(tmp_path: Path) -> None:
    """A cell longer than a page breaks over pages and keeps its last word; an endless word breaks too."""
    table = show_table(pd.DataFrame({"s": ["word " * 8000 + "END", "x" * 3000]}), caption="Long.")
    text = text_of(render_pdf([book("# A", code(output(table)))], PLAIN).data, tmp_path, "-raw")
    assert text.count("word") == 8000
    assert "END" in text
    assert text.replace("\n", "").count("x" * 2000) >= 1 or text.count("x") >= 3000


def test_headings_that_repeat_clash_nowhere() -> None:
    """One heading text in two chapters and twice in one compiles, linked to from both; so do empty and skipping headings."""
    chapter = "# Same\n\n[go](#Same) [gone](#Nowhere) [out](javascript:alert(1))\n\n## Same\n\n#### Deep\n\n### Less deep\n\n##\n\n## Same"
    result = render_pdf([book(chapter), book(chapter), book("no heading")], PLAIN)
    assert result.warnings == ("no heading for the link #Nowhere",)


def test_notebook_of_another_tool() -> None:
    """A pandas repr, a Styler, a PNG, plain text, attachments and unknown outputs all find a form."""
    styler = (
        "<style>#T_a_row0_col0, #T_a_row0_col1 {background-color: #08306b; color: red}</style>"
        "<table id='T_a'><thead><tr><th>&nbsp;</th><th colspan='2'>A &amp; B</th></tr></thead>"
        "<tbody><tr><th>0</th><td id='T_a_row0_col0'>1,5</td><td id='T_a_row0_col1'>x<br>y</td></tr></tbody></table>"
    )
    cells = [
        "# Foreign\n\n<div class='x'>raw <b>HTML</b></div>\n\ntext<br>with <i>tags</i> ![pic](attachment:a.png) ![none](b.png)",
        code(nbf.new_output("display_data", data={"text/html": styler, "text/plain": "<Styler>"})),
        code(nbf.new_output("display_data", data={"text/html": pd.DataFrame({"a": [1]}).to_html(), "text/plain": "   a\n0  1"})),
        code(nbf.new_output("display_data", data={"image/png": PNG, "text/plain": "<Figure size 1x1>"})),
        code(nbf.new_output("display_data", data={"image/svg+xml": "<svg", "text/plain": "broken drawing"})),
        code(nbf.new_output("display_data", data={"application/vnd.unknown+json": {}, "text/plain": "an object"})),
        code(nbf.new_output("display_data", data={"text/markdown": "**bold**"})),
    ]
    notebook = book(*cells)
    notebook.cells[0]["attachments"] = {"a.png": {"image/png": PNG}}
    result = render_pdf([notebook], PLAIN)
    assert result.data.count(b"/Subtype/Image") + result.data.count(b"/Subtype /Image") >= 1
    assert sorted(result.warnings) == [
        "cell 4: a figure has neither caption nor alt text",
        "cell 5: an SVG figure is malformed",
        "image not found in the notebook: b.png",
    ]


def test_malformed_payloads_fall_back() -> None:
    """A payload that another version wrote wrongly is replaced by the output's plain text, with a warning."""
    wrong = [{"columns": [{"name": "a", "kind": "number"}], "rows": [[1, 2]]}, {"rows": []}, {"columns": [{}], "rows": []}]
    cells = [code(nbf.new_output("display_data", data={TABLE_MIME: payload, "text/plain": "words"})) for payload in wrong]
    cells.append(code(nbf.new_output("display_data", data={SPANS_MIME: {"parts": [["a"]]}, "text/plain": "words"})))
    result = render_pdf([book("# A", *cells)], PLAIN)
    assert len([warning for warning in result.warnings if "malformed" in warning]) == 4


def test_empty_report_is_a_report() -> None:
    """No notebooks, no key judgements, no dates: still a conforming document."""
    assert render_pdf([], ReportMeta(title="Quiet week")).data.startswith(b"%PDF")
    assert render_pdf([book()], replace(META, key_judgements="", key_figures=())).data.startswith(b"%PDF")


@pytest.mark.parametrize(("judgements", "sections"), [(0, 2), (3, 12), (25, 20), (40, 60), (120, 3)])
def test_front_page_of_any_length_settles(judgements: int, sections: int) -> None:
    """Contents and page numbers settle whatever the front matter's length; the compiler says so when they do not."""
    meta = replace(META, key_judgements="\n".join(f"- Judgement {i}." for i in range(judgements)))
    chapters = [book("# Chapter\n\n" + "\n\n".join(f"## Section {i}\n\nWords." for i in range(sections))) for _ in range(2)]
    assert render_pdf(chapters, meta).warnings == ()


def test_refusals_are_one_clear_line() -> None:
    """No title and a path for an attachment's name are refused."""
    with pytest.raises(ReportError, match="no title"):
        render_pdf([], ReportMeta(title=" "))
    with pytest.raises(ReportError, match=r"attachment '\.\./x'"):
        render_pdf([], PLAIN, {"../x": b""})


def test_wide_table_takes_its_heading_to_a_landscape_page(bound: bytes) -> None:
    """Twelve columns are set on a landscape page."""
    boxes = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", bound)
    assert any(float(box.split()[2]) > float(box.split()[3]) for box in boxes)


def test_dates_before_the_epoch_do_not_stop_a_report() -> None:
    """A briefing of 1956 can be reported."""
    assert render_pdf([book("# A")], replace(PLAIN, published=(date(1956, 10, 29),))).data.startswith(b"%PDF")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_compiles(cell: str, prose: str) -> None:
    """Arbitrary text in a cell, a mark and Markdown never stops the report."""
    table = show_table(pd.DataFrame({"c": pd.Series([cell], dtype=object)}), caption=prose)
    notebook = book(
        "# A\n\n" + prose.encode("utf-8", "replace").decode(), code(output(table), output(show_spans([(cell, "claim", prose)])))
    )
    assert render_pdf([notebook], PLAIN).data.startswith(b"%PDF")


def test_report_modules_import_cheaply() -> None:
    """Heavy libraries wait until a report is made."""
    modules = "pdf html workbook index csvs"
    script = (
        f"import sys\nfor name in '{modules}'.split(): __import__('briefing_kit.report.' + name)\nimport briefing_kit.view.display\n"
        "print([m for m in ('pandas', 'matplotlib', 'typst', 'mistune', 'fontTools', 'xlsxwriter', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_demo_claims_fit_their_page() -> None:
    """A report of claims alone keeps a portrait page."""
    data = render_pdf([book("# A", code(output(show_table(claims(), caption="c"))))], PLAIN).data
    boxes = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", data)
    assert all(float(box.split()[2]) < float(box.split()[3]) for box in boxes)
