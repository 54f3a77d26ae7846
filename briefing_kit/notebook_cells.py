"""The cells of a notebook as a template sees them: what they were, the defaults in their parameters cell, and a three-way merge."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from briefing_kit.weekly.cells import source_of, tags_of

Notebook = dict[str, Any]
Cell = dict[str, Any]
_PARAMETER = re.compile(r"^(?P<head>(?P<name>[A-Za-z_]\w*)[ ]*:[^=\n]+=[ ]*)(?P<value>.+?)(?P<tail>[ ]*#[^\n]*)?$", re.MULTILINE)


def set_parameters(notebook: Notebook, values: Mapping[str, object]) -> None:
    """Give parameters that a notebook has other defaults; names that it has not are passed over."""
    for cell in notebook["cells"]:
        if "parameters" in tags_of(cell):
            cell["source"] = _with_values(source_of(cell), {name: repr(value) for name, value in values.items()}).splitlines(keepends=True)


def _with_values(source: str, values: Mapping[str, str]) -> str:
    def line(found: re.Match[str]) -> str:
        value = values.get(found["name"], found["value"])
        quoted = f'"{value[1:-1]}"' if value[:1] == "'" and '"' not in value else value
        return f"{found['head']}{quoted}{found['tail'] or ''}"

    return _PARAMETER.sub(line, source)


def _values(source: str) -> dict[str, str]:
    return {found["name"]: found["value"] for found in _PARAMETER.finditer(source)}


def base_of(notebook: Notebook) -> dict[str, str]:
    """A hash of each cell by its id; defaults of parameters do not count, they are each workbook's own."""
    return {cell["id"]: _hash(cell) for cell in notebook["cells"]}


def _hash(cell: Cell) -> str:
    source = source_of(cell)
    return sha256((_PARAMETER.sub(r"\g<head>", source) if "parameters" in tags_of(cell) else source).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Merged:
    """A notebook brought up to its template, and the ids of cells that both had changed: there the workbook's own stands."""

    notebook: Notebook
    kept: tuple[str, ...]


def merge(mine: Notebook, template: Notebook, base: Mapping[str, str]) -> Merged:
    """A workbook's notebook with every cell of its own kept and every cell that it never changed taken from the template.

    Cells are told apart by their ids (nbformat 4.5). `base` has the hashes of the template that the workbook was made from; where it
    is empty, a cell that differs counts as changed by both.
    """
    own = {cell.get("id", ""): cell for cell in mine["cells"]}
    kept: list[str] = []
    cells: list[Cell] = []
    for cell in template["cells"]:
        there = own.get(cell["id"])
        before = base.get(cell["id"])
        if there is None:
            if before is None:
                cells.append(cell)  # new in the template
            elif before != _hash(cell):
                kept.append(cell["id"])  # taken out here, changed there
        elif before == _hash(there) or _hash(there) == _hash(cell):
            cells.append(_with_own_values(cell, there))
        else:
            if before != _hash(cell):
                kept.append(cell["id"])
            cells.append(there)
    known = {cell["id"] for cell in template["cells"]}
    for before_it, cell in _own_cells(mine["cells"], known, base):
        places = [at for at, there in enumerate(cells) if there.get("id") == before_it]
        cells.insert(places[0] + 1 if places else 0 if before_it is None else len(cells), cell)
    return Merged({**template, "metadata": mine["metadata"], "cells": cells}, tuple(kept))


def _own_cells(cells: Sequence[Cell], known: set[str], base: Mapping[str, str]) -> list[tuple[str | None, Cell]]:
    """The cells that the template has not (any more), each with the id of the one before it; untouched ones it dropped are gone."""
    found: list[tuple[str | None, Cell]] = []
    before: str | None = None
    for cell in cells:
        cell_id = cell.get("id", "")
        if cell_id not in known and base.get(cell_id) != _hash(cell):
            found.append((before, cell))
        before = cell_id
    return found


def _with_own_values(cell: Cell, there: Cell) -> Cell:
    if "parameters" not in tags_of(cell):
        return cell
    source = _with_values(source_of(cell), _values(source_of(there)))
    return {**there, "source": source.splitlines(keepends=True)}
