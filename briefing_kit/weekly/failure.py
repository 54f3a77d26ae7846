"""What is kept of a run that failed: its notebooks as far as they came, and one page that says which cell and why."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any

from briefing_kit.weekly.executed import Replacements, clean, plain, to_text, without
from briefing_kit.weekly.publish import EDITION
from briefing_kit.weekly.status import Outcome, RunResult

PAGE = "failure.html"
FACTS = "failure.json"
EVIDENCE = re.compile(rf"{EDITION.pattern}-\d+", re.ASCII)


def evidence_folder(reports: Path, edition: str) -> Path:
    """The next folder for a failed run: reports/failed/2019-W42-1, -2 ..."""
    failed = reports / "failed"
    failed.mkdir(exist_ok=True)
    taken = [path.name.removeprefix(f"{edition}-") for path in failed.glob(f"{edition}-*")]
    number = max((int(number) for number in taken if number.isdecimal()), default=0) + 1  # never a number that the history knows
    return failed / f"{edition}-{number}"


def forget_evidence(reports: Path, keep: int) -> None:
    """Remove all but the newest so many folders of reports/failed/."""
    with suppress(OSError):
        found = [path for path in (reports / "failed").iterdir() if path.is_dir() and EVIDENCE.fullmatch(path.name)]
        found.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
        for path in found[keep:]:
            shutil.rmtree(path, ignore_errors=True)


def keep_evidence(
    staging: Path, reports: Path, result: RunResult, edition: str, facts: dict[str, Any], replacements: Replacements
) -> Path | None:
    """Move what a failed run made to reports/failed/, with a page for people and the facts for machines.

    Kept are the notebooks and the tables that they read; on a full disk the tables go too; None where not even the folder can be moved.
    """
    try:
        target = evidence_folder(reports, edition)
        staging.rename(target)
    except OSError:
        return None
    for path in target.iterdir():  # what was rendered already must not be taken for a report
        if path.name != "notebooks":
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    for path in sorted((target / "notebooks").glob("*.ipynb")):
        with suppress(OSError, ValueError, KeyError):
            cleaned = clean(json.loads(path.read_text(encoding="utf-8")), replacements)
            path.write_text(to_text(cleaned), encoding="utf-8")
    try:
        _tell(target, result, facts, replacements)
    except OSError:
        _make_room(target)
        with suppress(OSError):
            _tell(target, result, facts, replacements)
    return target


def _tell(target: Path, result: RunResult, facts: dict[str, Any], replacements: Replacements) -> None:
    (target / PAGE).write_text(without(page(result), replacements), encoding="utf-8")
    text = json.dumps(facts, indent=1, ensure_ascii=False)
    (target / FACTS).write_text(without(text, replacements) + "\n", encoding="utf-8")


def _make_room(target: Path) -> None:
    """Remove all but the executed notebooks."""
    for path in target.rglob("*"):
        if path.is_file() and path.suffix != ".ipynb":
            with suppress(OSError):
                path.unlink()


def culprit(result: RunResult) -> Outcome | None:
    """The first notebook that did not end well."""
    return next((outcome for outcome in result.outcomes if outcome.status != "ok"), None)


def screen(result: RunResult) -> list[str]:
    """What failed, where and why, in at most one screen of lines."""
    lines = [f"{result.week}: {result.status}: {result.reason}"]
    outcome = culprit(result)
    if outcome is None:
        return lines
    where = f"{outcome.notebook}, code cell {outcome.cell}" if outcome.cell else outcome.notebook
    lines.append(f"  at {where}")
    lines += [f"  | {line}" for line in outcome.source.splitlines()[:8]]
    tail = [line for line in plain(outcome.traceback).splitlines() if line.strip()][-6:]
    return lines + [f"  {line[:200]}" for line in tail]


def page(result: RunResult) -> str:
    """One page about a failed run: what, where, why, which notebooks were done; no script, no link out."""
    outcome = culprit(result)
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f"<title>{escape(result.week)}: {escape(result.status)}</title>",
        "<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
        "pre{background:#f4f4f4;padding:1em;overflow:auto}td,th{text-align:left;padding:.2em 1em .2em 0}</style></head><body>",
        f"<h1>The report of {escape(result.week)} was not made: {escape(result.status)}</h1>",
        f"<p>{escape(result.reason)}</p>",
        "<p>The last good report, where there is one, stands unchanged.</p>",
    ]
    if outcome is not None:
        where = f"{outcome.notebook}, code cell {outcome.cell}" if outcome.cell else outcome.notebook
        parts.append(f"<h2>Where: {escape(where)}</h2>")
        parts += [f"<pre>{escape(outcome.source)}</pre>"] if outcome.source else []
        parts += [f"<h2>Traceback</h2><pre>{escape(plain(outcome.traceback))}</pre>"] if outcome.traceback else []
    parts += [f"<h2>Traceback of the run</h2><pre>{escape(plain(result.traceback))}</pre>"] if result.traceback else []
    if result.outcomes:
        rows = "".join(f"<tr><td>{escape(o.notebook)}</td><td>{escape(o.status)}</td></tr>" for o in result.outcomes)
        parts.append(f"<h2>Notebooks</h2><table><tr><th>notebook</th><th>status</th></tr>{rows}</table>")
    return "\n".join([*parts, "</body></html>", ""])
