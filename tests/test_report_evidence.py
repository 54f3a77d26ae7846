"""The evidence in reports: every row marked in its text, numbered, listed and linked, however marks overlap."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reporting import HOSTILE, META, book, code, output
from test_report_html import Page

import briefing_kit as bk
from briefing_kit.briefing import text_briefing
from briefing_kit.report.appendix import codebook_chapter, evidence_chapter
from briefing_kit.report.blocks import Block, SpansBlock, TableBlock
from briefing_kit.report.html import render_html
from briefing_kit.report.pdf import render_pdf
from briefing_kit.schemas import ROW_KINDS, SCHEMAS
from briefing_kit.view.display import show_table
from briefing_kit.view.marked import Span, read_spans
from briefing_kit.view.marks import LETTERS, Mark, marked_parts, marks

SAMPLE = Path(__file__).parent.parent / "data" / "briefings" / "2019-10-16_libya.md"
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")


@pytest.fixture(scope="module")
def week() -> tuple[bk.Briefing, object]:
    briefing = bk.load_briefing(SAMPLE)
    return briefing, bk.analyse(briefing)


@pytest.fixture(scope="module")
def chapters(week) -> list[list[Block]]:
    return [evidence_chapter(week[1], [week[0]]), codebook_chapter()]


def walk(spans: tuple[Span, ...], at: int = 0) -> Iterator[tuple[int, int, Span]]:
    """Every mark with the place of its words."""
    for span in spans:
        if span.kind:
            yield at, at + len(span.text), span
        if not isinstance(span.content, str):
            yield from walk(span.content, at)
        at += len(span.text)


A1, A2 = ("actor", "A1", "A1"), ("actor", "A2", "A2")


@pytest.mark.parametrize(
    ("spans", "parts"),
    [
        ([], [("abcdef", None)]),
        ([(1, 3, "A1")], [("a", None), ("bc", *A1), ("def", None)]),
        ([(0, 6, "A1")], [("abcdef", *A1)]),
        ([(1, 5, "A1"), (2, 3, "A2")], [("a", None), ([("b", None), ("c", *A2), ("de", None)], *A1), ("f", None)]),
        ([(0, 3, "A1"), (2, 5, "A2")], [([("ab", None), ("c", "actor", None, "A2")], *A1), ("de", *A2), ("f", None)]),
        ([(0, 2, "A1"), (2, 4, "A2")], [("ab", *A1), ("cd", *A2), ("ef", None)]),
    ],
)
def test_marks_lie_in_each_other(spans: list[tuple[int, int, str]], parts: list[object]) -> None:
    """Nested, overlapping, adjacent: the label stands once, at the end of the last piece."""
    assert marked_parts("abcdef", [Mark(start, end, "actor", name, name) for start, end, name in spans]) == parts


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(1, 12), st.sampled_from(sorted(LETTERS))), max_size=12))
def test_any_marks_keep_text_and_places(drawn: list[tuple[int, int, str]]) -> None:
    """Whatever overlaps, the text is whole, and the pieces of each mark cover just its own words."""
    text = "".join(chr(97 + i % 26) for i in range(30))
    given_marks = [Mark(start, min(start + length, 30), kind, f"A{i}", f"row{i}") for i, (start, length, kind) in enumerate(drawn)]
    spans = read_spans(marked_parts(text, given_marks))
    assert "".join(span.text for span in spans) == text
    covered: dict[str, set[int]] = {}
    labels: list[str] = []
    for start, end, span in walk(spans):
        assert covered.setdefault(span.row, set()).isdisjoint(range(start, end))
        covered[span.row] |= set(range(start, end))
        labels += [span.label] if span.label else []
    assert covered == {mark.row_id: set(range(mark.start, mark.end)) for mark in given_marks}
    assert sorted(labels) == sorted(mark.label for mark in given_marks)


def test_every_standing_row_is_marked_and_listed(week, chapters) -> None:
    """Each row of the five tables has one mark at its place, numbered within its kind, and one line in the list."""
    briefing, tables = week
    found = marks(tables, briefing.doc_id)
    rows = {
        row_id
        for name, kind in ROW_KINDS.items()
        for row_id, place in zip(getattr(tables, name)[f"{kind}_id"], getattr(tables, name).get("source_start", [0] * 999), strict=False)
        if place == place  # a source in another sentence has no words here
    }
    assert {mark.row_id for mark in found} == rows
    for kind, letter in LETTERS.items():
        labels = [mark.label for mark in found if mark.kind == kind]
        assert sorted(labels) == sorted(f"{letter}{number}" for number in range(1, len(labels) + 1))
    listed = next(block.payload for block in chapters[0] if isinstance(block, TableBlock))
    assert set(listed["ids"]) == rows
    passage = next(block for block in chapters[0] if isinstance(block, SpansBlock))
    places = {span.row: (start, end) for start, end, span in walk(passage.spans) if span.row and span.label}
    plain = "".join(span.text for span in passage.spans)
    assert {mark.row_id: briefing.text[mark.start : mark.end] for mark in found} == {
        row: plain[start:end] for row, (start, end) in places.items()
    }


def test_rejected_rows_are_not_marked(week) -> None:
    """What an analyst has rejected is no evidence."""
    briefing, tables = week
    claims = tables.claims.copy()
    claims["status"] = claims["status"].where(claims.index > 0, "rejected")
    changed = replace(tables, claims=claims)
    assert claims["claim_id"][0] not in {mark.row_id for mark in marks(changed, briefing.doc_id)}


def test_html_links_rows_and_marks_both_ways(week, chapters) -> None:
    """A row's id is its anchor; marks lead to it, the list leads back, and a table that names the row leads to it too."""
    _, tables = week
    claim = tables.claims["claim_id"][0]
    table = show_table(tables.claims.head(1), caption="c", columns={"text": "Claim", "claim_id": "Row"})
    page = Page(render_html([book("# A", code(output(table)))], META, chapters))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    rows = {row for name, kind in ROW_KINDS.items() for row in getattr(tables, name)[f"{kind}_id"]}
    assert rows - set(ids) <= set(tables.attributions.loc[tables.attributions["source_start"].isna(), "attribution_id"])
    targets = [attrs["href"][1:] for tag, attrs in page.tags if tag == "a" and attrs["href"].startswith("#")]
    assert set(targets) <= set(ids)
    assert targets.count(claim) == 2  # from the mark and from the table
    assert targets.count(f"in-text-{claim}") == 1


@needs_poppler
def test_pdf_has_evidence_and_codebook(week, chapters, tmp_path: Path) -> None:
    """Both chapters are in the contents and in the text; a row of a table is a link to its place in the list."""
    _, tables = week
    table = show_table(tables.claims.head(1), caption="c", columns={"text": "Claim", "claim_id": "Row"})
    path = tmp_path / "report.pdf"
    path.write_bytes(render_pdf([book("# A", code(output(table)))], META, appendices=chapters).data)
    text = " ".join(subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True).stdout.split())
    assert re.search(r"Contents .* The evidence [. \u2060]+\d+ .* Codebook [. \u2060]+\d+", text)
    assert re.search(r"More than 120,000 people ?C\d", text)
    for column in SCHEMAS["claims"]:
        assert column.name in text
    assert path.read_bytes().count(b"/Subtype /Link") + path.read_bytes().count(b"/Subtype/Link") > len(tables.claims)


@needs_poppler
def test_hostile_texts_are_inert(tmp_path: Path) -> None:
    """Markup in the text, title and actor's name of a briefing is shown as typed in both reports."""
    briefing = replace(text_briefing(f"{HOSTILE} Libya said on 10 October that 5 men died."), title=HOSTILE)
    tables = bk.analyse(briefing)
    assert len(tables.mentions) > 1
    tables = replace(tables, mentions=tables.mentions.assign(actor=HOSTILE))
    chapter = evidence_chapter(tables, [briefing])
    page = Page(render_html([book("# A")], META, [chapter]))
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert all((attrs.get("href") or "").startswith("#") for tag, attrs in page.tags if tag == "a")
    path = tmp_path / "report.pdf"
    path.write_bytes(render_pdf([book("# A")], META, appendices=[chapter]).data)
    text = " ".join(subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, text=True).stdout.split())
    for piece in ("<script>alert('x')</script>", "#strong[typ]", "US$5m to US$7m", "{{ 7*7 }}", "[a](javascript:alert(1))", "// -- ~"):
        assert text.count(piece) >= 4, piece  # heading, two captions, the text, an actor's name
        assert page.words.count(piece) >= 5, piece


@needs_poppler
@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("A sentence of " + "many words " * 3640 + "ends on 10 October.", [("many words", 3640), ("ends on 10 October", 1)]),
        ("\u202e000,5 men died in Sirte \u2066on 10 October.", [("[RLO]000,5 men died", 1), ("[LRI]on", 1)]),
        ("\U0001f6a8 Troops seized \u6f22 on 10 October.", [("[police cars revolving light]", 1), ("[cjk unified ideograph-6f22]", 1)]),
    ],
    ids=["forty thousand characters", "overrides", "missing glyphs"],
)
def test_troublesome_texts_are_whole(text: str, pieces: list[tuple[str, int]], tmp_path: Path) -> None:
    """An endless sentence, hidden reordering and characters without a glyph: all words are there, in both reports."""
    briefing = text_briefing(text)
    chapter = evidence_chapter(bk.analyse(briefing), [briefing])
    path = tmp_path / "report.pdf"
    path.write_bytes(render_pdf([book("# A")], META, appendices=[chapter]).data)
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, text=True)
    page = Page(render_html([book("# A")], META, [chapter]))
    printed, shown = (re.sub(r"(?<=[\w\]]) ?[A-Z]\d+\b", "", words) for words in (" ".join(done.stdout.split()), page.words))
    for piece, count in pieces:
        assert printed.count(piece) >= count, piece
        if "ideograph" not in piece and "police" not in piece:  # a browser has fonts of its own
            assert shown.count(piece) >= count, piece


def test_text_that_names_a_table_leads_to_it() -> None:
    """In Markdown, notes and captions; a number that no table bears, a heading and a link stay as they are."""
    table = show_table(bk.analyse("x").claims.assign(text="t").iloc[:0], caption="none")
    full = show_table(bk.codebook("claims").head(2), caption="See Table 2 and Table 3.")
    source = "# Table 1\n\nAs **Table 1** and Table 2 show, unlike Table 9 or [Table 1](http://example.org/). `Table 1`"
    page = Page(render_html([book(source, code(output(table), output(full), output(full)))], META))
    targets = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert targets.count("#table-1") == 1
    assert targets.count("#table-2") == 3  # once in the text, once in each caption
    assert "#table-9" not in targets
    data = render_pdf([book(source, code(output(table), output(full), output(full)))], META).data
    assert data.startswith(b"%PDF")
