"""The HTML report and the index: one file, no request, escaped text, figures that do not clash."""

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting import HOSTILE, LONG, META, RUSSIAN, book, chart, code, demo, output

from briefing_kit.report.html import render_html
from briefing_kit.report.index import render_index
from briefing_kit.report.meta import ReportMeta
from briefing_kit.report.svg import inline_svg
from briefing_kit.view.display import show_figure, show_table
from briefing_kit.view.marked import show_note, show_spans

VOID = {"meta", "br", "img", "input", "hr", "link"}


class Page(HTMLParser):
    """Checks nesting, and collects tags, ids, attributes and text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in {"script", "style"}:
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


@pytest.fixture(scope="module")
def source() -> str:
    return render_html(demo(), META)


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_same_input_gives_same_text(source: str) -> None:
    """Two renderings are equal."""
    assert render_html(demo(), META) == source


def test_nothing_is_fetched(page: Page, source: str) -> None:
    """No attribute but a plain link leads out, and the policy forbids all but data images and the page's own script."""
    for tag, attrs in page.tags:
        for name, value in attrs.items():
            if name in {"src", "href", "srcset", "action", "data", "poster"} and not (tag == "a" and name == "href"):
                assert (value or "").startswith(("data:image/", "#")), (tag, name, value)
    assert "@import" not in source
    policy = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    script = re.search(r"<script>(.*?)</script>", source, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.group(1).encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert f"script-src 'sha256-{digest}'" in policy


def test_ids_are_unique_and_links_arrive(page: Page) -> None:
    """No id stands twice, over repeated headings and figures too, and every inner link has its target."""
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {attrs["href"][1:] for tag, attrs in page.tags if tag == "a" and (attrs.get("href") or "").startswith("#")}
    assert targets <= set(ids)
    assert "c1-The-table" in targets
    assert {"table-1-1", "table-1-12"} <= set(ids)


def test_everything_is_there_and_whole(page: Page) -> None:
    """Headings, whole sentences, chart text, captions, the marking at both ends, no code."""
    assert page.words.count(" ".join(LONG.split())) >= 12
    assert page.words.count("TLP:AMBER") == 2
    assert page.words.index("Key judgements") < page.words.index("Key figures") < page.words.index("Contents")
    for piece in ("Key judgements", "46", "Table 1.", "Figure 1.", "mentions (n = 29), none in US$ or US$5m", RUSSIAN, "12 rows"):
        assert piece in page.words
    assert "secret_source_code" not in page.words
    assert "never to be seen" not in page.words


def test_heading_levels_never_skip(page: Page) -> None:
    """One h1, and no heading more than one level below the one before."""
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_hostile_text_is_inert() -> None:
    """Markup in a title, cell, caption, label or marking is shown as typed, and adds no element."""
    table = show_table(pd.DataFrame({HOSTILE: [HOSTILE]}), caption=HOSTILE)
    passage = show_spans([(HOSTILE, HOSTILE, HOSTILE)], caption=HOSTILE)
    meta = replace(META, title=HOSTILE, series=HOSTILE, notes=(HOSTILE,), marking=HOSTILE, key_figures=((HOSTILE, HOSTILE),))
    page = Page(render_html([book("# A", code(output(table), output(passage), output(show_note(HOSTILE))))], meta))
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert page.words.count("<script>alert('x')</script>") >= 10
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]


def test_markdown_lets_no_raw_html_or_script_link_through() -> None:
    """HTML blocks give their text, dangerous links stay text."""
    source = "# A\n\n<script>alert(1)</script>\n\n<div onclick='x()'>words</div>\n\n[a](javascript:alert(1)) [b](data:text/html,x) ![c](http://x.org/p.png)"
    page = Page(render_html([book(source)], ReportMeta(title="T")))
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert all((attrs.get("href") or "#").startswith("#") for tag, attrs in page.tags if tag == "a")
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert "words" in page.words
    assert "alert" not in page.words


def test_bidirectional_overrides_are_shown() -> None:
    """An override cannot turn a number around unseen."""
    page = Page(render_html([book("# A\n\n\u202e5,000", code(output(show_note("\u202e5,000"))))], ReportMeta(title="T")))
    assert page.words.count("[RLO]5,000") == 2


def test_two_figures_share_no_id() -> None:
    """The same figure twice: ids differ, references follow, and no style sheet leaks into the page."""
    figure = output(show_figure(chart(), caption="c", alt="a"))
    page = Page(render_html([book("# A", code(figure), code(figure))], ReportMeta(title="T")))
    assert sum(tag == "svg" for tag, _ in page.tags) == 2
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    used = {name for _, attrs in page.tags for value in attrs.values() for name in re.findall(r"url\(#([^)]+)\)", value or "")}
    assert used
    assert used <= set(ids)
    assert sum(tag == "style" for tag, _ in page.tags) == 1


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<rect onclick='x()'/>",
        "<image href='http://example.org/x.png'/>",
        "<a href='http://example.org'/>",
        "<foreignObject/>",
        "<rect style='fill:url(http://example.org)'/>",
        "<style>rect{fill:red}</style>",
    ],
)
def test_unexpected_svg_is_not_inlined(inside: str) -> None:
    """What could run, fetch or leak is left to an isolated image."""
    assert inline_svg(f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>", "f", "alt") is None


def test_index_lists_newest_first_with_links() -> None:
    """Every report with its numbers and files; the page bears the strictest marking; hostile titles are inert."""
    manifests = [
        {"edition": "2019-W41", "week": "2019-W41", "title": HOSTILE, "marking": "TLP:AMBER", "rows": {"claims": 3}},
        {
            "edition": "2019-W42",
            "week": "2019-W42",
            "marking": "TLP:GREEN",
            "published": ["2019-10-16"],
            "rows": {"mentions": 1046, "claims": 12},
            "outputs": [{"path": "2019-W42.pdf"}, {"path": "tables/claims.csv"}, {"path": "a b.html"}],
        },
    ]
    source = render_index(manifests)
    page = Page(source)
    assert page.words.index("2019-W42") < page.words.index("2019-W41")
    assert "1,046" in page.words
    assert page.words.count("TLP:AMBER") == 3
    assert [attrs["href"] for tag, attrs in page.tags if tag == "a"][1:] == ["2019-W42/2019-W42.pdf", "2019-W42/a%20b.html"]
    assert "No reports yet." in render_index([])


def test_index_shows_the_key_figures_of_the_reports() -> None:
    """The numbers are those printed in the reports, sortable by value, blank where a report has none."""
    manifests = [
        {"week": "2019-W41", "key_figures": [["Actor mentions", "1,046"]]},
        {"week": "2019-W42", "key_figures": [["New figure", "3"]]},
    ]
    page = Page(render_index(manifests))
    assert "Actor mentions" in page.words
    assert "New figure" in page.words
    assert [attrs.get("data-v") for tag, attrs in page.tags if tag == "td" and "data-v" in attrs] == ["3", "", "", "1046"]


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text())
def test_any_text_gives_a_well_formed_page(cell: str, prose: str) -> None:
    """Arbitrary text in cells, marks and Markdown keeps the page well-formed and its script alone."""
    table = show_table(pd.DataFrame({"c": pd.Series([cell], dtype=object)}), caption=prose)
    notebook = book(
        "# A\n\n" + prose.encode("utf-8", "replace").decode(), code(output(table), output(show_spans([(cell, "claim", prose)])))
    )
    page = Page(render_html([notebook], ReportMeta(title="T", marking=cell)))
    assert sum(tag == "script" for tag, _ in page.tags) == 1
