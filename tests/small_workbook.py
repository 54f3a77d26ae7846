"""A small workbook for tests of the weekly run: two short briefings, two notebooks that need no heavy import."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PARAMETERS = (
    'week: str = ""  # ISO week\n'
    'briefings: str = ""  # folder of briefings\n'
    'tables: str = ""  # folder of staged tables\n'
    "weeks_before: int = 4  # weeks looked back"
)
FIRST = ["from pathlib import Path\nprint(week, sorted(path.name for path in Path(tables).glob('claims.*')))"]
SECOND = ["print('second', week, top)"]
BRIEFINGS = {
    "2021-03-10_delta.md": (
        "---\ntitle: Delta monitor 1\npublished_on: 2021-03-10\nseries: Delta monitor\ncountry: NGA\nmarking: TLP:GREEN\n---\n"
        "Police said 12 people were killed in Warri on 8 March.\n"
    ),
    "2021-03-17_delta.md": (
        "---\ntitle: Delta monitor 2\npublished_on: 2021-03-17\nseries: Delta monitor\ncountry: NGA\nmarking: TLP:GREEN\n---\n"
        "Police said 14 people were killed in Warri on 8 March. The governor visited the city on 15 March.\n"
    ),
}


def write_notebook(path: Path, cells: list[str], parameters: str = PARAMETERS) -> Path:
    """A notebook with a title, a parameters cell and these code cells, none of them run."""

    def cell(number: int, kind: str, source: str, tags: list[str]) -> dict[str, Any]:
        made: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {"tags": tags} if tags else {}, "source": source}
        return made | ({"execution_count": None, "outputs": []} if kind == "code" else {})

    made = [cell(0, "markdown", f"# {path.stem}", []), cell(1, "code", parameters, ["parameters"])]
    made += [cell(number, "code", source, []) for number, source in enumerate(cells, start=2)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")
    return path


def make_workbook(folder: Path) -> Path:
    """The small workbook in a folder that does not exist yet."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / "data" / "briefings").mkdir(parents=True)
    for name, text in BRIEFINGS.items():
        (folder / "data" / "briefings" / name).write_text(text, encoding="utf-8")
    write_notebook(folder / "notebooks" / "01_first.ipynb", FIRST)
    write_notebook(folder / "notebooks" / "02_second.ipynb", SECOND, PARAMETERS + "\ntop: int = 5  # rows shown")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
