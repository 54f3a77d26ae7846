"""Start a worker for one system, and print what it measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

# One core each: libraries that would start threads of their own are told not to.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS"), "1")


def measure(system: str, texts: list[tuple[str, str]], *, python: str = sys.executable, runs: int = 1, **options: Any) -> dict[str, Any]:
    """What a system needs for these texts, in a process of its own (see `worker`).

    Raises:
        RuntimeError: the worker failed; the message is the end of what it said.
    """
    given = json.dumps({"system": system, "texts": texts, "runs": runs, **options})
    environment = {**os.environ, **_ONE_THREAD, "TQDM_DISABLE": "1"}
    command = [python, str(Path(__file__).with_name("worker.py"))]
    try:
        done = subprocess.run(command, input=given, capture_output=True, text=True, env=environment, check=False)
    except OSError as error:
        return {"missing": f"{python}: {error.strerror}"}
    if done.returncode:
        raise RuntimeError(f"{system}: {done.stderr.strip()[-2000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def row(*cells: object, widths: tuple[int, ...]) -> None:
    """One line of a table: the first cell to the left, the others to the right."""
    first, *rest = [str(cell) for cell in cells]
    print(first.ljust(widths[0]) + "".join(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)), flush=True)
