"""The honest account of a run, however it ended: evidence of a failure, the line in the history, the index anew."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from briefing_kit.weekly import history
from briefing_kit.weekly.executed import Replacements, without
from briefing_kit.weekly.failure import keep_evidence
from briefing_kit.weekly.inputs import versions
from briefing_kit.weekly.manifest import published
from briefing_kit.weekly.plan import Plan, RunOptions, WeekPlan
from briefing_kit.weekly.publish import retire
from briefing_kit.weekly.status import Outcome, RunResult, Status


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


def account(plan: Plan, attempt: Attempt, result: RunResult, reports: Path) -> RunResult:
    """Keep the evidence of a failed run, add the line to the history, refresh the index."""
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
        line["evidence"] = f"failed/{kept.name}" if kept else None
        result = replace(result, folder=kept)
        retire(attempt.staging)
    if not history.append(reports, line) and result.folder is not None and result.status != "ok":
        retire(result.folder)  # on a full disk the line matters more than the evidence
        result = replace(result, folder=None)
        history.append(reports, {**line, "evidence": None})
    return result


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


def refuse(options: RunOptions, message: str) -> None:
    """Note a refusal in the history, where there is one; a refused run writes nothing else, and nothing into a new workbook."""
    reports = Path(options.workbook) / "reports"
    if (reports / history.NAME).is_file():
        line: dict[str, Status | str | None] = {"run": history.run_id(), "started": history.now(), "week": options.week}
        history.append(reports, {**line, "status": "refused", "reason": message})
