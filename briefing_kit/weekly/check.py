"""`briefing-kit check`: stored notebooks are whole, say what their code says, and come out the same when run again.

nbval compares stored outputs with new ones but skips cells that have no execution count, and all PNG and JPEG images. The
guards here close both: every cell must have run, in order, and every figure must stand beside the data it draws.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer

from briefing_kit.weekly.cells import read_notebook, tags_of
from briefing_kit.weekly.executed import clean, code_cells, to_text
from briefing_kit.weekly.parameters import model_for
from briefing_kit.weekly.pool import MOST_JOBS, Event, Job, Pool
from briefing_kit.weekly.status import Refused
from briefing_kit.workbook import Workbook, WorkbookError, load_workbook

ABSOLUTE = re.compile(r"(?<![\w.:/~<])(/(?:home|root|Users|tmp|var|usr|opt|mnt|work|private|etc)/[\w.-]+|[A-Za-z]:\\\\?[\w.-]+)")
TABLE_MIME = "application/vnd.briefing-kit.table+json"
COMPARED_IMAGES = frozenset({"image/svg+xml"})
BLIND_IMAGES = frozenset({"image/png", "image/jpeg"})
SANITIZE = """[addresses]
regex: 0x[0-9a-fA-F]{6,}
replace: ADDRESS

[kernel-files]
regex: ipykernel_\\d+/\\d+\\.py
replace: IPYKERNEL
"""
CELL_SECONDS = 120


def check_notebooks(folder: Path, *, fast: bool = False) -> bool:
    """Print what is wrong with the notebooks of a workbook; True where nothing is. `fast` leaves out executing them.

    Raises:
        Refused: no workbook, or no notebooks in it.
    """
    notebooks = stored_notebooks(folder)
    found = [line for path in notebooks for line in guard(path)]
    for line in found:
        typer.echo(line)
    same = fast or _nbval(notebooks)
    typer.echo(f"{len(notebooks)} notebooks: {'good' if same and not found else 'not good'}")
    return same and not found


def stored_notebooks(folder: Path) -> list[Path]:
    """All notebooks of a workbook, the playground included.

    Raises:
        Refused: no workbook, or no notebooks in it.
    """
    workbook = _workbook(folder)
    notebooks = sorted((workbook.folder / "notebooks").glob("*.ipynb"))
    if not notebooks:
        raise Refused("notebooks: there is none to check: name the workbook with --workbook")
    return notebooks


def _workbook(folder: Path) -> Workbook:
    try:
        return load_workbook(folder)
    except WorkbookError as error:
        raise Refused(str(error)) from None


def guard(path: Path) -> Iterator[str]:
    """What is wrong with one stored notebook, found without running it, one line each."""
    try:
        notebook = read_notebook(path)
        if re.match(r"\d", path.name) or any("parameters" in tags_of(cell) for cell in notebook["cells"]):
            model_for(path)
    except Refused as error:
        yield str(error)
        return
    where = f"notebooks/{path.name}"
    if notebook["metadata"].get("kernelspec", {}).get("name") != "python3":
        yield f"{where}: kernelspec is not python3"
    cells = code_cells(notebook)
    for number, cell in enumerate(cells, start=1):
        if cell.get("execution_count") is None:
            yield f"{where}: code cell {number} was never run: run all cells, or briefing-kit check --update"
        elif cell["execution_count"] != number:
            yield f"{where}: code cell {number} ran as number {cell['execution_count']}: restart and run all cells in order"
        yield from (f"{where}: code cell {number} {trouble}" for trouble in _output_troubles(cell))
        if _kinds(cell) & (COMPARED_IMAGES | BLIND_IMAGES) and not any(map(_has_table, cells[max(0, number - 2) : number + 1])):
            yield f"{where}: code cell {number} shows a figure, and no cell beside it the table that it draws: add bk.show_table"
    if cells and not any(cell.get("outputs") for cell in cells):
        yield f"{where}: no outputs are stored: briefing-kit check --update"


def _output_troubles(cell: dict[str, Any]) -> Iterator[str]:
    for output in cell.get("outputs", []):
        if output["output_type"] == "error":
            yield f"stored an error ({output.get('ename')})"
        if output["output_type"] == "stream" and output.get("name") == "stderr":
            yield "wrote to standard error"
        text = "".join(
            part if isinstance(part, str) else "".join(part) for part in [*_texts(output.get("data", {})), output.get("text", "")]
        )
        path = ABSOLUTE.search(text)
        if path:
            yield f"prints a path of this machine ({path[1]})"
    if _kinds(cell) & BLIND_IMAGES and not _kinds(cell) & COMPARED_IMAGES:
        yield "shows an image that no check compares: show figures with bk.show_figure"


def _kinds(cell: dict[str, Any]) -> set[str]:
    """The MIME types among a cell's outputs."""
    return {kind for output in cell.get("outputs", []) for kind in output.get("data", {})}


def _has_table(cell: dict[str, Any]) -> bool:
    """Whether a cell's outputs hold a table: our payload, or HTML."""
    html = (text for output in cell.get("outputs", []) for kind, text in output.get("data", {}).items() if kind == "text/html")
    return TABLE_MIME in _kinds(cell) or any("<table" in "".join(text) for text in html)


def _texts(data: dict[str, Any]) -> Iterator[str]:
    for kind, value in data.items():
        if kind.startswith("text/"):
            yield value if isinstance(value, str) else "".join(value)


def _nbval(notebooks: list[Path]) -> bool:
    """Whether strict nbval finds every stored output again; its report goes to the terminal."""
    with tempfile.TemporaryDirectory() as scratch:
        rules = Path(scratch) / "sanitize.cfg"
        rules.write_text(SANITIZE, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(notebooks[0].parent)]
        command += ["-p", "nbval.plugin"] if not _nbval_plugged_in() else []
        if find_spec("xdist") and len(notebooks) > 1:
            command += ["-n", str(min(os.cpu_count() or 1, MOST_JOBS)), "--dist", "loadfile"]
        command += ["--nbval", "--nbval-sanitize-with", str(rules), "--nbval-cell-timeout", str(CELL_SECONDS), *map(str, notebooks)]
        environment = {**os.environ, "PYTHONHASHSEED": "0", "IPYTHONDIR": str(Path(scratch) / "ipython"), "PYTEST_ADDOPTS": ""}
        return subprocess.run(command, check=False, env=environment, cwd=notebooks[0].parent).returncode == 0


def _nbval_plugged_in() -> bool:
    """Whether nbval registers itself with pytest, which asking for it twice would break.

    Raises:
        Refused: it is not installed.
    """
    if find_spec("nbval") is None or find_spec("pytest") is None:
        raise Refused("check: nbval is not installed: pip install 'briefing-kit[dev]', or check --fast")
    return any(point.name == "nbval" for point in entry_points(group="pytest11"))


def update_notebooks(folder: Path) -> bool:
    """Execute every notebook with its own defaults and store the outputs, without volatile metadata; True where all ran.

    A notebook that fails is left as it was.

    Raises:
        Refused: no workbook, or no notebooks in it.
    """
    notebooks = stored_notebooks(folder)
    root = notebooks[0].parent
    good = True
    with tempfile.TemporaryDirectory() as scratch, Pool() as pool:

        def hear(event: Event) -> None:
            nonlocal good
            if event.kind != "done" or event.outcome is None:
                return
            made = Path(scratch) / f"{event.job}.ipynb"
            if event.outcome.status == "ok":
                path = root / made.name
                text = to_text(clean(read_notebook(made), [(f"{root.parent}/", "")]))
                if path.read_text(encoding="utf-8") != text:
                    path.write_text(text, encoding="utf-8")
                typer.echo(f"{event.job}: stored")
            else:
                good = False
                typer.echo(f"{event.job}: {event.outcome.status} in code cell {event.outcome.cell}: {event.outcome.reason}")

        jobs = [
            Job(
                name=path.stem,
                notebook=path,
                output=Path(scratch) / path.name,
                parameters={},
                cwd=root,
                cell_timeout=CELL_SECONDS,
                replacements=[],
            )
            for path in notebooks
        ]
        pool.run(jobs, CELL_SECONDS * len(jobs), hear, keep_going=True)
    return good
