"""A notebook's file and its `parameters` cell, read without running anything."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from briefing_kit.weekly.status import Refused

MISSING = object()


class Parameter(BaseModel):
    """One line of a `parameters` cell: `top: int = 12  # actors shown`."""

    model_config = ConfigDict(frozen=True)

    name: str
    annotation: str
    default: Any
    comment: str = ""


def read_notebook(path: Path) -> dict[str, Any]:
    """A notebook's JSON.

    Raises:
        Refused: not a notebook of format 4.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if notebook["nbformat"] != 4 or not isinstance(notebook["cells"], list):
            raise KeyError
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError):
        raise Refused(f"notebooks/{path.name}: not a notebook of format 4: open and save it in JupyterLab") from None
    return dict(notebook)


def source_of(cell: dict[str, Any]) -> str:
    """A cell's source, which JSON may hold as one string or as lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def tags_of(cell: dict[str, Any]) -> list[str]:
    """A cell's tags."""
    tags = cell.get("metadata", {}).get("tags", [])
    return list(tags)


def parameters_cell(path: Path) -> list[Parameter]:
    """What a notebook's `parameters` cell declares, in order.

    Raises:
        Refused: no such cell, several, or one that holds more than plain assignments of literals.
    """
    cells = [cell for cell in read_notebook(path)["cells"] if cell.get("cell_type") == "code" and "parameters" in tags_of(cell)]
    where = f"notebooks/{path.name}: parameters"
    if len(cells) != 1:
        raise Refused(f"{where}: {len(cells) or 'no'} cells are tagged so: tag the one that sets the parameters")
    source = source_of(cells[0])
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise Refused(f"{where}: line {error.lineno} is not Python: {error.msg}") from None
    lines = source.splitlines()
    found = []
    for statement in statements:
        name, annotation, value = _assignment(statement)
        if not name:
            raise Refused(f"{where}: line {statement.lineno} sets no parameter: write `name: type = value`")
        try:
            default = ast.literal_eval(value) if value is not None else MISSING
        except ValueError:
            default = MISSING
        if default is MISSING:
            raise Refused(f"{where}: {name} has no plain default: write `{name}: type = value` with a literal")
        comment = lines[(statement.end_lineno or 1) - 1].encode()[statement.end_col_offset or 0 :].decode().lstrip(" #")
        found.append(Parameter(name=name, annotation=annotation or type(default).__name__, default=default, comment=comment))
    return found


def _assignment(statement: ast.stmt) -> tuple[str, str, ast.expr | None]:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id, ast.unparse(statement.annotation), statement.value
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id, "", statement.value
    return "", "", None
