"""reports/runs.jsonl: one line per run, what happened and how long it took; and one on who was told, where somebody was."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NAME = "runs.jsonl"


def run_id() -> str:
    """A name for a run that no other run of this machine has."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{os.getpid()}"


def now() -> str:
    """The time of day for the history, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def append(reports: Path, line: dict[str, Any]) -> bool:
    """Add one line to the history; False where it cannot be written whole (a full disk), which must not end a run."""
    data = json.dumps(line, ensure_ascii=False).encode() + b"\n"
    try:
        handle = os.open(reports / NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            return os.write(handle, data) == len(data)  # one call, so that two writers never mix their lines
        finally:
            os.close(handle)
    except OSError:
        return False


def read(reports: Path) -> list[dict[str, Any]]:
    """The runs, oldest first, each with what is known of who was told; a line cut short by a power failure is left out."""
    lines = []
    with suppress(OSError):
        for text in (reports / NAME).read_text(encoding="utf-8", errors="replace").split("\n"):
            with suppress(ValueError):
                lines.append(json.loads(text))
    runs: list[dict[str, Any]] = []
    by_name: dict[str, dict[str, Any]] = {}
    for line in lines:
        if not isinstance(line, dict):
            continue
        run = by_name.get(str(line.get("run")))
        if "status" in line:
            runs.append(line)
            by_name[str(line.get("run"))] = line
        elif run is not None and isinstance(line.get("notified"), list):
            run["notified"] = [*run.get("notified", []), *line["notified"]]
    return runs


def git_commit(folder: Path) -> str | None:
    """The commit that the workbook stands at, where it is a git checkout; `+` marks files changed since."""

    def git(*arguments: str) -> str | None:
        try:
            done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, timeout=10, check=True)
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout.strip()

    commit = git("rev-parse", "HEAD")
    if not commit:
        return None
    return commit + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")
