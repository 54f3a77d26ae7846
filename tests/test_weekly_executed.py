"""Executed notebooks: honest status, and nothing published that differs from run to run."""

from copy import deepcopy
from typing import Any

import pytest

from briefing_kit.weekly.executed import clean, last_started, stderr_lines, to_text, verify, without

DONE = {"start_time": "2026-01-01T00:00:00", "end_time": "2026-01-01T00:00:01", "status": "completed", "exception": False, "duration": 1.0}


def cell(source: str = "1 + 1", count: int | None = 1, outputs: Any = (), **times: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": "abc",
        "metadata": {"papermill": {**DONE, **times}, "tags": []},
        "execution_count": count,
        "outputs": list(outputs),
        "source": source,
    }


def notebook(*cells: dict[str, Any]) -> dict[str, Any]:
    return {
        "cells": list(cells),
        "metadata": {"papermill": {"input_path": "/x"}, "kernelspec": {"name": "venv"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def test_all_cells_run_is_ok():
    """Start, end, count and no error."""
    assert verify("a", notebook(cell(), cell())).status == "ok"


@pytest.mark.parametrize(
    "bad",
    [
        cell(count=None),
        cell(start_time=None),
        cell(end_time=None),
        cell(status="running"),
        cell(exception=True),
        cell(outputs=[{"output_type": "error", "ename": "E", "evalue": "", "traceback": []}]),
    ],
)
def test_a_cell_that_did_not_run_to_its_end_fails(bad):
    """Whatever the engine's summary says: the second cell is named."""
    outcome = verify("a", notebook(cell(), bad))
    assert (outcome.status, outcome.cell) == ("failed", 2)


def test_an_empty_cell_has_nothing_to_run():
    """JupyterLab leaves one at the end."""
    assert verify("a", notebook(cell(), cell(source=" \n", count=None, start_time=None))).status == "ok"


def test_the_cell_at_work_is_the_last_that_began():
    """What a run cut short was doing."""
    assert last_started(notebook(cell(), cell("slow()"), cell(start_time=None))) == (2, "slow()")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (["/x/y.py:3: UserWarning: Glyph missing\n", "  figure.savefig()\n"], "cell 2: UserWarning: Glyph missing"),
        (["first\n", "last\n"], "cell 2: last"),
        ([""], "cell 2: wrote to standard error"),
    ],
)
def test_standard_error_is_passed_on(text, line):
    """One line per cell, as a warning: what Python warned of, without the place, or the last thing said."""
    noisy = cell(outputs=[{"output_type": "stream", "name": "stderr", "text": text}])
    assert stderr_lines(notebook(cell(), noisy)) == [line]


def test_cleaning_takes_out_what_is_volatile():
    """Times, paths and random ids go; the code and its outputs stay."""
    injected = cell("week = '2021-W11'")
    injected["metadata"]["tags"] = ["injected-parameters"]
    seen = cell(outputs=[{"output_type": "stream", "name": "stdout", "text": "read /home/ann/book/data/a.md"}])
    given = notebook(injected, seen)
    before = deepcopy(given)
    cleaned = clean(given, [("/home/ann/book/", ""), ("/home/ann", "~")])
    text = to_text(cleaned)
    assert given == before
    assert [one["id"] for one in cleaned["cells"]] == ["injected-parameters", "abc"]
    assert "papermill" not in text
    assert "2026-01-01" not in text
    assert "read data/a.md" in text
    assert '"name": "python3"' in text
    assert clean(cleaned, []) == cleaned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("read /work/book/a.md", "read a.md"),
        ('{"path": "/work/book/a.md"}', '{"path": "a.md"}'),
        ("/work", "here"),
        ("https://example.org/work/book/a.md", "https://example.org/work/book/a.md"),
        ("nothing", "nothing"),
    ],
)
def test_folders_are_replaced_but_not_in_web_addresses(text, expected):
    """The longest folder first."""
    assert without(text, [("/work", "here"), ("/work/book/", "")]) == expected
