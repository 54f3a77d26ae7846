"""The HTML report and the index in a real browser: nothing is fetched, nothing fails, and what may be clicked works."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from reporting import HOSTILE, META, demo

import briefing_kit as bk
from briefing_kit.report.appendix import codebook_chapter, evidence_chapter
from briefing_kit.report.html import render_html
from briefing_kit.report.index import render_index

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SAMPLE = Path(__file__).parent.parent / "data" / "briefings" / "2019-10-16_libya.md"
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
pytestmark = [
    pytest.mark.slow,  # a browser takes some seconds to start
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield started
        started.close()


@pytest.fixture
def visit(browser, tmp_path: Path) -> Iterator[object]:
    """Open a page from disk, offline; at the end no request but the page itself and no word on the console is allowed."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    said: list[str] = []
    asked: list[str] = []

    def open_page(source: str, **media: str):
        path = tmp_path / "page.html"
        path.write_text(source, encoding="utf-8")
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.emulate_media(**media)
        page.goto(path.as_uri())
        return page

    yield open_page
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1


@pytest.fixture(scope="module")
def report() -> str:
    briefing = bk.load_briefing(SAMPLE)
    return render_html(demo(), META, [evidence_chapter(bk.analyse(briefing), [briefing]), codebook_chapter()])


def test_tables_sort_by_value(visit, report: str) -> None:
    """A click on a heading sorts up, another down; numbers by value, by keyboard too; a row keeps its anchor."""
    page = visit(report)
    table = page.locator("#table-1")
    values = "#table-1 tbody td:nth-child(2)"
    head = table.locator("thead th").nth(1)
    head.locator(".sort").click()
    head.locator(".sort").press("Enter")
    shown = page.eval_on_selector_all(values, "cells => cells.map(cell => Number(cell.textContent.replaceAll(',', '')))")
    assert shown == sorted(shown, reverse=True)
    assert head.get_attribute("aria-sort") == "descending"
    assert page.locator("#table-1-12").inner_text().startswith("1,011 families")


def test_marks_are_switched_off_by_kind(visit, report: str) -> None:
    """Without its box a kind is neither coloured nor numbered, inside other marks and around them; the text stays whole."""
    page = visit(report)
    figure = page.locator("figure:has(.passage)").last
    before = figure.locator(".passage").inner_text()
    assert "A1" in before
    box = figure.locator("input[value=actor]")
    box.uncheck()
    assert figure.locator("mark.off").count() == figure.locator("mark[data-kind=actor]").count() > 10
    after = figure.locator(".passage").inner_text()
    assert "A1" not in after
    assert "C1" in after
    assert figure.locator("mark.off").first.evaluate("mark => getComputedStyle(mark).backgroundColor") == "rgba(0, 0, 0, 0)"
    box.check()
    assert figure.locator(".passage").inner_text() == before


def test_a_mark_leads_to_its_row_and_back(visit, report: str) -> None:
    """The number beside the words goes to the row, the row's number goes to the words."""
    page = visit(report)
    page.locator("mark[data-kind=claim] sup a").first.click()
    row = page.evaluate("location.hash.slice(1)")
    assert page.locator(f'tr[id="{row}"]').evaluate("row => row.getBoundingClientRect().top") >= 0
    page.locator(f'tr[id="{row}"] td a').first.click()
    assert page.evaluate("location.hash.slice(1)") == f"in-text-{row}"


def test_light(visit, report: str) -> None:
    """White paper on a light screen, nothing wider than the window."""
    page = visit(report, color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_dark(visit, report: str) -> None:
    """Light text on dark paper, and on white paper in print all the same."""
    page = visit(report, color_scheme="dark")
    colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    assert page.evaluate(colours) == ["rgb(20, 23, 28)", "rgb(228, 231, 236)"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_index_is_searched(visit) -> None:
    """Every word must occur in a row for it to stay; the count says how many do."""
    manifests = [
        {
            "edition": f"2019-W{week}",
            "week": f"2019-W{week}",
            "title": HOSTILE if week == 40 else "Libya: weekly workbook",
            "published": [f"2019-10-{week - 38:02d}"],
            "key_figures": [["Actor mentions", "46"], ["Numeric claims", "13"], ["Dated events", "9"]],
            "outputs": [{"path": f"2019-W{week}.pdf"}],
        }
        for week in (40, 41, 42)
    ]
    page = visit(render_index(manifests))
    assert page.locator("tbody tr:visible").count() == 3
    page.locator("#search").fill("w41 LIBYA")
    assert page.locator("tbody tr:visible").count() == 1
    assert page.locator("#count").inner_text() == "1 shown"
    page.locator("#search").fill("<script>")
    assert page.locator("tbody tr:visible").all_inner_texts()[0].startswith("2019-W40")
    assert page.locator("tbody a").first.get_attribute("href") == "2019-W42/2019-W42.pdf"
