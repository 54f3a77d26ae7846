"""Executed notebooks: did every cell run, and what of them may be published."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from briefing_kit.weekly.cells import source_of, tags_of
from briefing_kit.weekly.lean import lean_imports
from briefing_kit.weekly.status import Outcome

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
WARNING = re.compile(r"\b\w*Warning: .*")  # Python prints the place before it and the line of code after it
VOLATILE_CELL = ("papermill", "execution", "ExecuteTime")
VOLATILE_NOTEBOOK = ("papermill", "widgets", "signature")
Replacements = list[tuple[str, str]]


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The code cells that have something to run."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and source_of(cell).strip()]


def verify(name: str, notebook: dict[str, Any]) -> Outcome:
    """Whether every code cell began, ended and raised nothing, whatever the engine says of the whole."""
    for number, cell in enumerate(code_cells(notebook), start=1):
        times = cell["metadata"].get("papermill", {})
        for output in cell.get("outputs", []):
            if output["output_type"] == "error":
                reason = plain(f"{output.get('ename')}: {output.get('evalue')}")
                traceback = plain("\n".join(output.get("traceback", [])))
                return replace(_failed(name, number, cell, reason), traceback=traceback)
        if cell.get("execution_count") is None or not times.get("start_time") or not times.get("end_time"):
            return _failed(name, number, cell, "the cell never ran")
        if times.get("exception") or times.get("status") != "completed":
            return _failed(name, number, cell, "the cell did not complete")
    return Outcome(notebook=name, status="ok")


def _failed(name: str, number: int, cell: dict[str, Any], reason: str) -> Outcome:
    return Outcome(notebook=name, status="failed", cell=number, reason=reason, source=source_of(cell))


def last_started(notebook: dict[str, Any]) -> tuple[int | None, str]:
    """The number and source of the code cell that began last: the one at work when a run was cut short."""
    found: tuple[int | None, str] = (None, "")
    for number, cell in enumerate(code_cells(notebook), start=1):
        if cell["metadata"].get("papermill", {}).get("start_time"):
            found = number, source_of(cell)
    return found


def stderr_lines(notebook: dict[str, Any]) -> list[str]:
    """What cells wrote to standard error, one line per cell: a warning to pass on, not a failure."""
    lines = []
    for number, cell in enumerate(code_cells(notebook), start=1):
        for output in cell.get("outputs", []):
            if output.get("output_type") == "stream" and output.get("name") == "stderr":
                text = "".join(output["text"]).strip()
                warning = WARNING.search(text)
                said = warning[0] if warning else text.splitlines()[-1] if text else "wrote to standard error"
                lines.append(f"cell {number}: {said[:200]}")
    return lines


def clean(notebook: dict[str, Any], replacements: Replacements) -> dict[str, Any]:
    """The notebook without what differs from run to run or tells where it ran.

    Volatile metadata and timings go, the injected cell gets a fixed id, and in every string the given folders are
    replaced by what may be published in their place.
    """
    cells = []
    for number, cell in enumerate(notebook["cells"]):
        kept = {key: value for key, value in cell.items() if key != "metadata"}
        kept["metadata"] = {key: value for key, value in cell["metadata"].items() if key not in VOLATILE_CELL}
        if "injected-parameters" in tags_of(cell):
            kept["id"] = "injected-parameters"
        elif not kept.get("id"):
            kept["id"] = f"cell-{number:02}"
        cells.append(kept)
    metadata = {key: value for key, value in notebook["metadata"].items() if key not in VOLATILE_NOTEBOOK}
    metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    cleaned = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": max(5, notebook.get("nbformat_minor", 5))}
    return dict(_replaced(cleaned, replacements)) if replacements else cleaned


def marked(notebook: dict[str, Any], marking: str) -> dict[str, Any]:
    """The notebook with its marking above everything else and in its metadata; itself where there is none."""
    if not marking:
        return notebook
    first = {"cell_type": "markdown", "id": "marking", "metadata": {}, "source": f"**{marking}**"}
    return {**notebook, "cells": [first, *notebook["cells"]], "metadata": {**notebook["metadata"], "marking": marking}}


def without(text: str, replacements: Replacements) -> str:
    """The text with the given folders replaced, the longest first; the path of a web address is left alone."""
    if not any(old in text for old, _ in replacements):
        return text
    new = dict(replacements)
    pattern = "|".join(re.escape(old) for old in sorted(new, key=len, reverse=True))
    return re.sub(rf"(?<![\w.])(?:{pattern})", lambda found: new[found[0]], text)


def _replaced(value: Any, replacements: Replacements) -> Any:
    if isinstance(value, str):
        return without(value, replacements)
    if isinstance(value, dict):
        return {key: _replaced(item, replacements) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, replacements) for item in value]
    return value


def to_text(notebook: dict[str, Any]) -> str:
    """A notebook as nbformat writes it: sources as lines, keys sorted."""
    with lean_imports():
        import nbformat

    library: Any = nbformat
    return str(library.writes(library.from_dict(notebook), version=4)) + "\n"


def plain(text: str) -> str:
    """A traceback without terminal colours."""
    return ANSI.sub("", text)
