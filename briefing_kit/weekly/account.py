"""The honest account of a run, however it ended: evidence of a failure, the line in the history, the index anew."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from briefing_kit.weekly import history
from briefing_kit.weekly.executed import Replacements, without
from briefing_kit.weekly.failure import forget_evidence, keep_evidence
from briefing_kit.weekly.inputs import versions
from briefing_kit.weekly.manifest import published, read_manifest
from briefing_kit.weekly.plan import Plan, RunOptions, WeekPlan
from briefing_kit.weekly.publish import EDITION, UNRECORDED, recover, retire
from briefing_kit.weekly.status import Outcome, RunResult


@dataclass
class Attempt:
    """What is known of the run of one week while it goes."""

    plan: WeekPlan
    run: str
    staging: Path
    began: float
    started: str
    outcomes: list[Outcome]
    warnings: list[str]
    stage: str = "prepare"
    published: RunResult | None = None


def replacements(plan: Plan, staging: Path) -> Replacements:
    """Folders that must not be named in what is published, and what stands for them."""
    pairs = [(str(staging), "report"), (str(plan.inputs.folder.resolve()), plan.inputs.label), (f"{plan.workbook.folder}/", "")]
    pairs += [(str(plan.workbook.folder), "."), (f"{Path(__file__).parents[1]}/", "briefing_kit/")]
    with suppress(RuntimeError):
        pairs.append((str(Path.home()), "~"))
    return [(old, new) for old, new in pairs if len(old) > 1]


def account(plan: Plan, attempt: Attempt, result: RunResult, reports: Path) -> tuple[RunResult, dict[str, Any]]:
    """Keep the evidence of a failed run, add the line to the history, refresh the index; returns that line too."""
    week = attempt.plan
    commit = history.git_commit(plan.workbook.folder)
    folders = replacements(plan, attempt.staging)
    line: dict[str, Any] = {
        "run": attempt.run,
        "started": attempt.started,
        "seconds": result.seconds,
        "week": week.week,
        "edition": week.edition,
        "status": result.status,
        "reason": without(result.reason, folders),
        "key": week.key,
        "version": versions()["briefing-kit"],
        "git_commit": commit,
        "notebooks": [{"name": o.notebook, "status": o.status, "seconds": o.seconds} for o in result.outcomes],
    }
    if result.status == "ok":
        result = replace(result, warnings=(*result.warnings, *_refresh_index(reports)))
    else:
        facts = {
            **line,
            "traceback": result.traceback,
            "outcomes": [asdict(o) for o in result.outcomes],
            "parameters": week.parameters,
            "made_from": week.parts,
        }
        kept = keep_evidence(attempt.staging, reports, result, week.edition, facts, folders)
        forget_evidence(reports, plan.workbook.settings.keep_failed)
        line["evidence"] = f"failed/{kept.name}" if kept else None
        result = replace(result, folder=kept)
        retire(attempt.staging)
    if not history.append(reports, line) and result.folder is not None and result.status != "ok":
        retire(result.folder)  # on a full disk the line matters more than the evidence
        result = replace(result, folder=None)
        line["evidence"] = None
        history.append(reports, line)
    (reports / UNRECORDED).unlink(missing_ok=True)
    return result, line


def about_to_publish(attempt: Attempt, reports: Path) -> None:
    """Note the run beside the reports until its line is in the history, so that a kill in between is not lost."""
    facts = {"run": attempt.run, "started": attempt.started, "week": attempt.plan.week, "edition": attempt.plan.edition}
    partial = reports / f"{UNRECORDED}.tmp"
    with suppress(OSError):  # a note for a rare case must not fail a good run
        partial.write_text(json.dumps({**facts, "key": attempt.plan.key}), encoding="utf-8")
        partial.replace(reports / UNRECORDED)


def note_killed_runs(reports: Path) -> list[dict[str, Any]]:
    """Clean up after killed runs, with the lock held; adds to the history, and returns, how they ended.

    One that was killed after its report was put in place went well: the report's manifest tells.
    """
    names = recover(reports)
    lines = []
    unrecorded = _unrecorded(reports)
    if unrecorded:
        manifest = read_manifest(reports / str(unrecorded["edition"]))
        if manifest is not None and manifest.get("key") == unrecorded.get("key"):
            if all(line.get("run") != unrecorded["run"] for line in history.read(reports)):
                lines.append({**unrecorded, "status": "ok", "reason": "the run was killed after its report was put in place"})
            names = [name for name in names if name.partition("--")[2] != unrecorded["run"]]
            _refresh_index(reports)
    for name in names:
        edition, _, run = name.partition("--")
        lines.append({"run": run, "week": edition[:8], "edition": edition, "status": "interrupted", "reason": "the run was killed"})
    for line in lines:
        history.append(reports, line)
    (reports / UNRECORDED).unlink(missing_ok=True)
    return lines


def _unrecorded(reports: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((reports / UNRECORDED).read_text(encoding="utf-8"))
        return dict(found) if EDITION.fullmatch(found["edition"]) and found["run"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _refresh_index(reports: Path) -> list[str]:
    """Write reports/index.html anew; what hinders it is a warning, for the report itself is published."""
    from briefing_kit.report.index import render_index

    try:
        page = reports / ".index.html"
        page.write_text(render_index(published(reports)), encoding="utf-8")
        page.replace(reports / "index.html")
    except (OSError, KeyError, TypeError, ValueError) as error:
        return [f"index.html could not be written anew: {error}"]
    return []


def refuse(options: RunOptions, message: str) -> dict[str, Any]:
    """Note a refusal in the history, where there is one; a refused run writes nothing else, and nothing into a new workbook."""
    reports = Path(options.workbook) / "reports"
    line = {"run": history.run_id(), "started": history.now(), "week": options.week, "status": "refused", "reason": message}
    if (reports / history.NAME).is_file():
        history.append(reports, line)
    return line
