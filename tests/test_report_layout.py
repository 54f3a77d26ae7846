"""How the bound PDF lies on its pages, measured on compiled files: rows, figures, columns, numbers, reading order, attachments."""

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from reporting import ARABIC, LONG, META, RUSSIAN, book, chart, claims, code, demo, output

import briefing_kit as bk
from briefing_kit.report import pdf
from briefing_kit.report.appendix import evidence_chapter
from briefing_kit.report.blocks import TableBlock, notebook_blocks
from briefing_kit.report.layout import BOTTOM, first_to_shrink
from briefing_kit.report.pdf import render_pdf
from briefing_kit.view.display import format_cell, show_figure, show_table

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")


def words_of(data: bytes, tmp_path: Path) -> list[list[tuple[str, float, float, float]]]:
    """The words of each page: text, left, right and top edge in points."""
    path = tmp_path / "layout.pdf"
    path.write_bytes(data)
    source = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True, text=True).stdout
    word = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>')
    pages = source.split("<page ")[1:]
    return [[(text, float(left), float(right), float(top)) for left, top, right, text in word.findall(page)] for page in pages]


def raw_text(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "raw.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, text=True)
    return " ".join(done.stdout.split())


def page_of(pages: list[list[tuple[str, float, float, float]]], text: str) -> int:
    """The one page that holds this word."""
    (page,) = [number for number, words in enumerate(pages, 1) if any(word[0] == text for word in words)]
    return page


@pytest.fixture(scope="module")
def long_table(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[str, float, float, float]]]:
    frame = pd.DataFrame(
        {
            "id": [f"row{i}" for i in range(40)],
            "value": [10**(i % 7) for i in range(40)],
            "sentence": [f"begin{i} {LONG} end{i}" for i in range(40)],
            "source": ["interior ministry"] * 40,
        }
    )  # fmt: skip
    data = render_pdf([book("# A", code(output(show_table(frame, caption="Long."))))], META).data
    return words_of(data, tmp_path_factory.mktemp("long"))


def test_no_row_is_split(long_table) -> None:
    """Every row stands on one page with all of its lines, over as many pages as the table has."""
    assert {page_of(long_table, f"row{i}") for i in range(40)} > {2, 3}
    for i in range(40):
        assert page_of(long_table, f"row{i}") == page_of(long_table, f"begin{i}") == page_of(long_table, f"end{i}")


def test_a_short_table_is_kept_whole(tmp_path: Path) -> None:
    """A table of a few rows goes to the next page whole rather than be parted at the end of one."""
    frame = pd.DataFrame({"id": [f"row{i}" for i in range(4)], "words": ["some words"] * 4})
    table = code(output(show_table(frame, caption="Short.")))
    for lines in (34, 35):
        pages = words_of(render_pdf([book("# A"), book("# B", "\n\n".join(["x"] * lines), table)], META).data, tmp_path)
        assert len({page_of(pages, f"row{i}") for i in range(4)} | {page_of(pages, "Short.")}) == 1


def test_heads_are_repeated_on_every_page(long_table) -> None:
    """Whoever opens a page in the middle of a table sees what the columns are."""
    for number in range(page_of(long_table, "row0"), page_of(long_table, "row39") + 1):
        assert [word for word, *_ in long_table[number - 1]].count("sentence") == 1


def test_numbers_end_at_one_edge(long_table) -> None:
    """Numbers are right-aligned, whatever their length; text is left-aligned."""
    for words in long_table:
        rights = {round(right, 1) for word, left, right, _ in words if re.fullmatch(r"10*(?:,000)*", word) and left < 130}
        lefts = {round(left, 1) for word, left, _, _ in words if re.fullmatch(r"row\d+", word)}
        assert len(rights) <= 1
        assert len(lefts) <= 1


def test_long_texts_get_the_width(long_table) -> None:
    """The column of sentences is at least half as wide as the page's text, and short columns stay on one line."""
    words = long_table[page_of(long_table, "row0") - 1]
    head = {word: left for word, left, _, top in words if word in {"id", "value", "sentence", "source"}}
    assert head["source"] - head["sentence"] > 235
    assert [round(top, 1) for word, _, _, top in words if word == "interior"] == [
        round(top, 1) for word, _, _, top in words if word == "ministry"
    ]


def test_parts_of_a_wide_table_bear_one_number(tmp_path: Path) -> None:
    """A table too wide for any page is split into parts of one number; the next table has the next."""
    wide = pd.DataFrame({f"column number {i}": ["some words of text"] * 2 for i in range(30)})
    cells = [code(output(show_table(wide, caption="Wide."))), code(output(show_table(claims(1), caption="Next.")))]
    text = raw_text(render_pdf([book("# A", *cells)], META).data, tmp_path)
    assert "Table 1. Wide. (part 1 of" in text
    assert "Table 1. Wide. (part 2 of" in text
    assert "Table 2. Next." in text


@pytest.mark.parametrize(
    ("top", "landed", "scales", "shrunk"),
    [
        (500.0, 2, {}, {"figure-1": (BOTTOM - 500 - 62) / 240}),
        (500.0, 1, {}, {}),  # it fits as it is
        (600.0, 2, {}, {}),  # it would have to be too small
        (500.0, 2, {"figure-1": 0.9}, {}),  # settled before
    ],
)
def test_which_figure_shrinks(top: float, landed: int, scales: dict[str, float], shrunk: dict[str, float]) -> None:
    """Only one that was pushed off its page, by little, and once."""
    assert first_to_shrink({"figure-1": 240.0}, [("figure-1", 1, top), ("figure-1", landed, 77.0)], scales) == shrunk


def test_a_figure_stays_with_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a slightly smaller figure fits under its table it is drawn there, heading and all, and the page is not left half empty."""
    cells = ["## The figure", code(output(show_figure(chart(), caption="Mentions.", alt="bars")))]
    lines = next(n for n in range(20, 29) if _figure_page(n, cells, tmp_path, monkeypatch, fit=False) == 3)
    assert _figure_page(lines, cells, tmp_path, monkeypatch, fit=True) == 2


def _figure_page(lines: int, cells: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fit: bool) -> int:
    monkeypatch.setattr(pdf, "_FITTINGS", 12 if fit else 0)
    pages = words_of(render_pdf([book("# A"), book("# B", "\n\n".join(["x"] * lines), *cells)], META).data, tmp_path)
    return page_of(pages, "Mentions.")


def test_whole_data_is_attached(tmp_path: Path) -> None:
    """The attachment of a capped table holds every row and cell, ready for other programs."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    frame = pd.DataFrame({"n": range(620), "text": [f"=row {i}, {RUSSIAN}" for i in range(620)]})
    data = render_pdf([book("# A", code(output(show_table(frame, caption="Rows."))))], META).data
    attached = pypdf.PdfReader(io.BytesIO(data)).attachments
    rows = list(csv.DictReader(io.StringIO(attached["table-1.csv"][0].decode())))
    assert [row["n"] for row in rows] == [str(n) for n in range(620)]
    assert rows[-1]["text"] == f"'=row 619, {RUSSIAN}"


def content_order(page: Any) -> list[int]:
    """The numbers of marked content in the order in which the page paints it."""
    from pypdf.generic import ContentStream

    operations = ContentStream(page["/Contents"].get_object(), page.pdf).operations
    return [operands[1]["/MCID"] for operands, name in operations if name == b"BDC" and "/MCID" in operands[1]]


def tree_order(node: Any, page: Any, wanted: Any) -> Iterator[int]:
    """The numbers of marked content on one page in the order of the structure tree: what a screen reader follows."""
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            yield from tree_order(kid, page, wanted)
    elif isinstance(node, dict):
        page = node.raw_get("/Pg").idnum if "/Pg" in node else page
        if node.get("/Type") == "/MCR":
            if page == wanted:
                yield node["/MCID"]
        elif "/K" in node:
            yield from tree_order(node.raw_get("/K"), page, wanted)
    elif isinstance(node, int) and page == wanted:
        yield int(node)


def test_screen_readers_read_in_the_order_of_the_page() -> None:
    """On every page the structure tree tells the words in the order in which they are painted, marks within marks included."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    briefing = bk.load_briefing(ROOT / "data" / "briefings" / "2019-10-16_libya.md")
    books = demo()[1:]  # the first has a footnote, which is read where the text refers to it
    data = render_pdf(books, META, appendices=[evidence_chapter(bk.analyse(briefing), [briefing])]).data
    reader = pypdf.PdfReader(io.BytesIO(data))
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    for page in reader.pages:
        painted = content_order(page)
        assert painted
        assert list(tree_order(tree, None, page.indirect_reference.idnum)) == painted


def test_every_table_sentence_of_a_sample_week_is_found_whole(tmp_path: Path) -> None:
    """The stored notebooks as a report: each longer cell of each table is one string in the text of the PDF."""
    books = [nbformat.read(path, as_version=4) for path in sorted((ROOT / "notebooks").glob("0*.ipynb"))]
    text = raw_text(render_pdf(books, META).data, tmp_path)
    cells = {
        " ".join(shown.split())
        for notebook in books
        for block in notebook_blocks(notebook, [])
        if isinstance(block, TableBlock)
        for row in block.payload["rows"][:500]
        for shown in map(format_cell, row, block.payload["columns"])
        if len(shown) > 30
    }
    assert len(cells) > 20
    assert [cell for cell in cells if cell not in text] == []


def test_names_in_other_scripts_are_found(tmp_path: Path) -> None:
    """Cyrillic and Arabic in a table and in its caption."""
    path = tmp_path / "names.pdf"
    path.write_bytes(render_pdf([book("# A", code(output(show_table(claims(4), caption=f"{RUSSIAN} and {ARABIC}"))))], META).data)
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True).stdout
    assert text.count(RUSSIAN) == 2
    assert text.count(ARABIC) == 2
