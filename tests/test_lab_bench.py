"""The bench in a real JupyterLab, driven as an analyst would: click, keys, selection, undo, and the weekly run that obeys."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from briefing_kit.correcting import row_correction, write_correction
from briefing_kit.corrections import load_corrections

pytest.importorskip("playwright.sync_api", reason="needs Playwright for Python: pip install playwright")
pytest.importorskip("jupyterlab", reason="needs JupyterLab: pip install 'briefing-kit[lab]'")
pytest.importorskip("anywidget", reason="needs anywidget: pip install 'briefing-kit[lab]'")

from lab import BENCH_CELL, CHROMIUM, ROOT, Lab, copied_workbook, running_browser, running_lab, select_words, write_notebook

import briefing_kit as bk

pytestmark = [
    pytest.mark.slow,  # a server, a kernel and a browser are started
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
DOC_ID = "2019-10-16-libya"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copied_workbook(tmp_path_factory.mktemp("lab") / "workbook")
    write_notebook(folder / "notebooks" / "bench.ipynb", BENCH_CELL)
    return folder


@pytest.fixture(scope="module")
def lab(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(workbook, tmp_path_factory.mktemp("jupyter")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running_browser() as running:
        yield running


@pytest.fixture(scope="module")
def notebook(lab: Lab, browser: Any) -> Any:
    return lab.open(browser, "bench.ipynb")


@pytest.fixture
def page(notebook: Any, lab: Lab, workbook: Path) -> Iterator[Any]:
    """Fresh files and a new bench in a kernel that goes on; afterwards: no complaint, and no request to any other address."""
    for name in ("actors.csv", "corrections.csv"):
        shutil.copy(ROOT / "data" / name, workbook / "data" / name)
    lab.run_all(notebook)
    notebook.wait_for_selector(".bk-bench .bk-option")
    yield notebook
    assert lab.complaints == []
    assert lab.elsewhere() == set()


def message(page: Any, words: str) -> None:
    page.locator(".bk-message", has_text=words).wait_for()


def option(page: Any, name: str) -> Any:
    return page.get_by_role("listbox", name="Rows").get_by_role("option", name=name)


def lines(workbook: Path) -> list[tuple[str, str, str]]:
    return [(line.table, line.action, line.text) for line in load_corrections(workbook / "data" / "corrections.csv")]


def test_what_an_analyst_decides_on_the_tour_stays_decided(lab: Lab, browser: Any, workbook: Path) -> None:
    """Run all cells; click a mark, reject it; add an actor from a selection, undo, add it again; run the cell again; weekly obeys."""
    page = lab.open(browser, "explore.ipynb")
    lab.run_all(page, timeout=120_000)
    cell = page.locator(".jp-CodeCell", has=page.locator(".bk-bench"))
    cell.scroll_into_view_if_needed()
    page.locator(".bk-text mark[data-kind=claim]", has_text="three girls").click()
    assert option(page, "claim: three girls").get_attribute("aria-selected") == "true"
    detail = page.get_by_role("region", name="The selected row")
    assert "3 killed" in option(page, "claim: three girls").get_attribute("aria-label")
    assert "UN Support Mission in Libya" in detail.inner_text()
    page.keyboard.press("r")
    message(page, "c1: claim “three girls” rejected")
    assert page.locator(".bk-text mark[data-kind=claim]", has_text="three girls").get_attribute("data-status") == "rejected"
    assert lines(workbook) == [("claims", "reject", "three girls")]

    actors = (workbook / "data" / "actors.csv").read_bytes()
    select_words(page, "riding club")
    for undone in (True, False):
        page.keyboard.press("n")
        form = page.get_by_role("form", name="Add “riding club”")
        form.get_by_label("type").select_option("company")
        form.get_by_role("button", name="Add").click()
        message(page, "added riding club (riding-club), company")
        option(page, "actor: riding club").wait_for()
        if undone:
            page.keyboard.press("u")
            message(page, "undone: actors.csv")
            option(page, "actor: riding club").wait_for(state="detached")
            assert (workbook / "data" / "actors.csv").read_bytes() == actors
            select_words(page, "riding club")

    page.evaluate("document.querySelector('.bk-bench').dataset.before = 'yes'")
    cell.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".bk-bench:not([data-before]) .bk-option")
    assert page.locator(".bk-bench").count() == 1
    page.get_by_role("searchbox", name="Find in rows").fill("riding club")
    option(page, "actor: riding club").wait_for()
    page.get_by_role("searchbox", name="Find in rows").fill("three girls")
    assert option(page, "claim: three girls").get_attribute("data-status") == "rejected"

    weekly = [sys.executable, "-m", "briefing_kit", "weekly", "--workbook", str(workbook), "--week", "2019-W42", "--no-notify"]
    done = subprocess.run(weekly, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = workbook / "reports" / "2019-W42"
    claims, mentions = (next(report.rglob(f"{name}*.parquet")) for name in ("claims", "mentions"))
    rejected = pd.read_parquet(claims).query("text == 'three girls'")
    assert rejected["status"].tolist() == ["rejected"]
    assert "riding-club" in set(pd.read_parquet(mentions)["actor_id"])
    page.context.close()
    assert lab.complaints == []
    assert lab.elsewhere() == set()


def test_every_action_has_a_key_and_jupyterlab_keeps_its_hands_off(page: Any, workbook: Path) -> None:
    """The one-letter keys of a notebook in command mode (dd, x, b, m ...) do nothing to its cells while the bench has the focus."""
    page.get_by_role("listbox", name="Rows").click()
    first = page.locator(".bk-option[aria-selected=true]").get_attribute("data-row")
    page.keyboard.press("j")
    page.keyboard.press("k")
    for key in "ddxbmyzO0":
        page.keyboard.press(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == 1
    page.locator(f'.bk-option[data-row="{first}"][aria-selected=true]').wait_for()

    page.keyboard.press("Home")
    page.keyboard.press("a")
    message(page, "confirmed")
    page.keyboard.press("Space")
    message(page, "confirmed already")  # Home is decided on by now: nothing is written twice
    page.keyboard.press("j")
    page.keyboard.press("Space")
    message(page, "c2: ")
    page.keyboard.press("Control+z")
    message(page, "undone: c2")

    page.locator(".bk-text mark[data-kind=actor]", has_text="GNA Health Ministry").click()
    page.keyboard.press("l")
    page.get_by_label("Actor", exact=True).fill("UNSMIL")
    page.keyboard.press("Enter")
    message(page, "actor_id set to un-support-mission-in-libya")
    page.keyboard.press("e")
    page.get_by_label("Column").select_option("actor_type")
    page.get_by_label("New actor type").select_option("ngo")
    page.get_by_role("button", name="Save", exact=True).click()
    message(page, "actor_type set to ngo")
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    page.get_by_role("form").wait_for(state="detached")

    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys of the bench").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    page.locator('.bk-chip[data-kind=claim][aria-pressed="false"]').wait_for()
    plain = "getComputedStyle(document.querySelector('.bk-text mark[data-kind=claim]')).backgroundColor"
    assert page.evaluate(plain) == "rgba(0, 0, 0, 0)"
    assert option(page, "claim: ").count() == 0
    page.keyboard.press("[")
    message(page, "opened 2019-10-09-libya")
    assert [action for _, action, _ in lines(workbook)] == ["confirm", "set", "set"]


def test_what_somebody_else_decided_is_shown_not_overwritten(page: Any, workbook: Path) -> None:
    claim = page.locator(".bk-text mark[data-kind=claim]", has_text="three girls")
    claim.click()
    text = bk.load_briefing(workbook / "data" / "briefings" / "2019-10-16_libya.md")
    tables = bk.analyse(text, gazetteer=bk.load_gazetteer(workbook / "data" / "actors.csv"))
    row_id = tables.claims.loc[tables.claims["text"] == "three girls", "claim_id"].iloc[0]
    write_correction(workbook / "data" / "corrections.csv", row_correction(tables, row_id, "reject", note="a rumour"))
    page.keyboard.press("a")
    page.get_by_role("alert").filter(has_text="written by somebody else since you looked: c1: claim “three girls” rejected").wait_for()
    assert claim.get_attribute("data-status") == "rejected"
    assert "a rumour" in page.get_by_role("region", name="The selected row").inner_text()
    assert lines(workbook) == [("claims", "reject", "three girls")]
    page.keyboard.press("a")
    message(page, "c2: claim “three girls” confirmed")
    assert [action for _, action, _ in lines(workbook)] == ["reject", "confirm"]


def test_a_page_that_is_reloaded_shows_the_bench_as_it_is(page: Any, lab: Lab) -> None:
    """The kernel goes on: its sitting, with what was decided and can be undone, comes back."""
    page.locator(".bk-text mark[data-kind=claim]", has_text="three girls").click()
    page.keyboard.press("r")
    message(page, "rejected")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".jp-DocumentSearch-overlay, .lm-TabBar-tab.jp-mod-dirty", state="detached")
    page.reload()
    page.wait_for_selector(".bk-bench .bk-option")
    assert page.locator(".bk-text mark[data-kind=claim]", has_text="three girls").get_attribute("data-status") == "rejected"
    page.get_by_role("button", name="Undo").click()
    message(page, "undone: c1")


def test_a_stored_notebook_holds_no_text_of_the_bench(page: Any, workbook: Path) -> None:
    """What is saved is a reference to the widget: the briefing's text stays where its marking put it."""
    page.keyboard.press("Control+s")
    page.wait_for_selector(".lm-TabBar-tab.jp-mod-dirty", state="detached")
    stored = json.loads((workbook / "notebooks" / "bench.ipynb").read_text(encoding="utf-8"))
    data = stored["cells"][0]["outputs"][0]["data"]
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "text/plain"}
    assert "widgets" not in stored["metadata"]


def test_the_theme_of_jupyterlab_is_followed(page: Any, lab: Lab) -> None:
    """Ground and ink are the theme's own; what stands on a mark keeps its contrast."""
    look = """() => [".bk-bench", ".bk-text mark"].map((one) => getComputedStyle(document.querySelector(one)))
        .flatMap((style) => [style.backgroundColor, style.color])"""
    light = page.evaluate(look)
    lab.use_theme("dark")
    page.reload()
    page.wait_for_selector(".bk-bench .bk-option")
    dark = page.evaluate(look)
    lab.use_theme("light")
    assert light == ["rgb(255, 255, 255)", *light[1:3], "rgb(0, 0, 0)"]
    assert dark[3] == "rgb(255, 255, 255)"
    assert all(one != other for one, other in zip(light, dark, strict=True))
