"""Bringing a workbook's notebooks up to the installed version: what would change, cell by cell, and the change itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from briefing_kit.new_workbook import BASE_FILE, TemplateError, shipped, template_state, write_whole
from briefing_kit.notebook_cells import Notebook, merge
from briefing_kit.weekly.cells import read_notebook, source_of
from briefing_kit.weekly.executed import to_text
from briefing_kit.workbook import Workbook

BACKUP = "notebooks/.before-upgrade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """One notebook: its text now ("" where it is missing) and after, the difference for a reader, and the cells left as they are."""

    name: str
    before: str
    after: str
    diff: str
    kept: tuple[str, ...]


def plan_upgrade(book: Workbook) -> list[Upgrade]:
    """What an upgrade would change; notebooks that are up to date are left out.

    Cells that the workbook never changed follow the template, those that it changed stay; where both changed, the workbook's own
    stays too and is named in `kept`. Defaults of parameters and cells of the workbook's own always stay. A notebook that loses or
    gains a cell has its outputs cleared.

    Raises:
        TemplateError, Refused: there are no notebooks, or one of them or the record of the template cannot be read.
    """
    if not (book.folder / "notebooks").is_dir():
        raise TemplateError(
            f"--workbook: {book.folder.name} has no notebooks/: name a workbook's folder, or make one with briefing-kit init"
        )
    base = _base(book.folder / BASE_FILE)
    plan = []
    for source in sorted(shipped("notebooks").glob("*.ipynb")):
        template, path = read_notebook(source), book.folder / "notebooks" / source.name
        if path.is_file():
            mine = read_notebook(path)
            merged = merge(mine, template, base.get(source.name, {}))
            before, after, kept = path.read_text(encoding="utf-8"), merged.notebook, merged.kept
        else:
            mine, before, after, kept = {"cells": []}, "", template, ()
        diff = "\n".join(unified_diff(_lines(mine), _lines(after), f"notebooks/{path.name}", "upgraded", lineterm="", n=2))
        if diff or kept:
            plan.append(Upgrade(name=path.name, before=before, after=to_text(_cleared(after)) if diff else before, diff=diff, kept=kept))
    return plan


def apply_upgrade(book: Workbook, plan: list[Upgrade]) -> None:
    """Write the upgraded notebooks; what they were is kept in notebooks/.before-upgrade/."""
    for one in plan:
        if one.before and one.before != one.after:
            write_whole(book.folder / BACKUP / one.name, one.before)
    for one in plan:
        write_whole(book.folder / "notebooks" / one.name, one.after)
    write_whole(book.folder / BASE_FILE, template_state())


def _base(path: Path) -> Mapping[str, Mapping[str, str]]:
    if not path.is_file():
        return {}
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return {str(name): {str(key): str(value) for key, value in hashes.items()} for name, hashes in cells.items()}
    except (ValueError, KeyError, AttributeError, TypeError):
        raise TemplateError(f"{BASE_FILE}: cannot be read: delete it, and every cell that differs counts as your own") from None


def _lines(notebook: Notebook) -> list[str]:
    """The sources of the cells, each under a line that says what it is."""
    return [line for cell in notebook["cells"] for line in (f"# [{cell['cell_type']}]", *source_of(cell).splitlines(), "")]


def _cleared(notebook: Notebook) -> Notebook:
    """Without outputs: they were made by other code."""
    blank: dict[str, object] = {"outputs": [], "execution_count": None}
    return {**notebook, "cells": [{**cell, **blank} if cell["cell_type"] == "code" else cell for cell in notebook["cells"]]}
