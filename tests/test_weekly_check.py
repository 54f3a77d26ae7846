"""The check of stored notebooks closes the holes that nbval leaves open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from small_workbook import make_workbook, write_notebook

from briefing_kit.weekly.check import check_notebooks, guard, update_notebooks
from briefing_kit.weekly.status import Refused


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook whose notebooks have stored outputs."""
    folder = make_workbook(tmp_path_factory.mktemp("stored") / "book")
    (folder / "notebooks" / "01_first.ipynb").unlink()
    assert update_notebooks(folder)
    return folder


@pytest.fixture
def notebook(stored: Path, tmp_path: Path) -> Path:
    """A copy of one of them."""
    path = tmp_path / "02_second.ipynb"
    path.write_bytes((stored / "notebooks" / path.name).read_bytes())
    return path


def change(path: Path, cell: int, **fields: Any) -> list[str]:
    """The findings after a change to one cell."""
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][cell] |= fields
    path.write_text(json.dumps(content), encoding="utf-8")
    return list(guard(path))


def display(**data: str) -> list[dict[str, Any]]:
    return [{"output_type": "display_data", "metadata": {}, "data": data}]


def test_updated_notebooks_pass_the_guards(stored):
    """Outputs are stored, in order, without anything volatile."""
    path = stored / "notebooks" / "02_second.ipynb"
    assert list(guard(path)) == []
    assert check_notebooks(stored, fast=True)
    text = path.read_text(encoding="utf-8")
    assert "papermill" not in text
    assert "second" in text


def test_updating_again_changes_nothing(stored):
    """The stored notebook is a fixed point."""
    path = stored / "notebooks" / "02_second.ipynb"
    before = path.read_bytes()
    assert update_notebooks(stored)
    assert path.read_bytes() == before


def test_a_cell_that_never_ran_is_found(notebook):
    """nbval would not compare it."""
    assert any("was never run" in line for line in change(notebook, 2, execution_count=None))


def test_cells_run_out_of_order_are_found(notebook):
    """Hidden state is how notebooks lie."""
    assert any("ran as number 7" in line for line in change(notebook, 2, execution_count=7))


def test_a_stripped_notebook_is_found(notebook):
    """Strict nbval passes it with nothing compared."""
    assert any("no outputs" in line for line in change(notebook, 2, outputs=[]))


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        ([{"output_type": "error", "ename": "ValueError", "evalue": "", "traceback": []}], "stored an error"),
        ([{"output_type": "stream", "name": "stderr", "text": "UserWarning"}], "standard error"),
        ([{"output_type": "stream", "name": "stdout", "text": "read /home/ann/data.csv"}], "/home/ann"),
        ([{"output_type": "stream", "name": "stdout", "text": "read C:\\Users\\ann"}], "C:"),
        (display(**{"image/png": "iVBOR", "text/html": "<table>"}), "no check compares"),
        (display(**{"image/svg+xml": "<svg/>", "application/vnd.briefing-kit.figure+json": "{}"}), "the table that it draws"),
    ],
)
def test_outputs_that_must_not_be_stored(notebook, outputs, words):
    """Errors, warnings, paths of one machine, figures that nobody can compare."""
    assert any(words in line for line in change(notebook, 2, outputs=outputs))


@pytest.mark.parametrize("text", ["and/or/not", "5 km/h", "https://www.example.org/home/page"])
def test_what_only_looks_like_a_path(notebook, text):
    """Prose with slashes is no finding."""
    assert change(notebook, 2, outputs=[{"output_type": "stream", "name": "stdout", "text": text}]) == []


def test_a_figure_with_its_table_is_good(notebook):
    """SVG is compared by nbval, the table shows what it draws."""
    data = {"image/svg+xml": "<svg/>", "application/vnd.briefing-kit.table+json": "{}"}
    assert change(notebook, 2, outputs=display(**data)) == []


def test_a_parameters_cell_that_cannot_be_read_is_found(notebook):
    """The same reading as before a run."""
    assert any("sets no parameter" in line for line in change(notebook, 1, source="import os"))


def test_a_failing_notebook_is_not_stored(tmp_path, capsys):
    """The file stays as it was, and the failing cell is named."""
    folder = make_workbook(tmp_path / "book")
    path = write_notebook(folder / "notebooks" / "01_first.ipynb", ["1 / 0"])
    before = path.read_bytes()
    assert not update_notebooks(folder)
    assert path.read_bytes() == before
    assert "01_first: failed in code cell 2" in capsys.readouterr().out


@pytest.mark.slow
def test_nbval_compares_what_is_stored(stored, tmp_path, capfd):
    """The stored outputs come out again; a changed one does not pass."""
    assert check_notebooks(stored)
    path = stored / "notebooks" / "02_second.ipynb"
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(text.replace('"second', '"third'), encoding="utf-8")
        assert not check_notebooks(stored)
    finally:
        path.write_text(text, encoding="utf-8")
    assert "not good" in capfd.readouterr().out


def test_a_folder_without_notebooks_is_refused(tmp_path):
    """Nothing checked is not a pass."""
    with pytest.raises(Refused, match="none to check"):
        check_notebooks(tmp_path)
