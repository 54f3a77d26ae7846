"""The weekly run: plan, stage, execute, check, render, publish; and an honest account of it however it ends."""

from __future__ import annotations

import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing_kit.marking import product_marking
from briefing_kit.weekly import history
from briefing_kit.weekly.account import Attempt, about_to_publish, account, note_killed_runs, replacements
from briefing_kit.weekly.inputs import made_from, versions
from briefing_kit.weekly.interrupts import DeadlinePassedError, deadline, stoppable, undisturbed
from briefing_kit.weekly.lock import held
from briefing_kit.weekly.manifest import METHOD, read_manifest, supersedes, supersedes_note, write_manifest
from briefing_kit.weekly.notify import facts_of, tell
from briefing_kit.weekly.plan import TABLES, Plan, RunOptions, WeekPlan, differing, make_plan, state_of
from briefing_kit.weekly.pool import Event, Job, Pool
from briefing_kit.weekly.publish import STAGING_PREFIX, left_behind, publish, report_folder, reports_folder, retire
from briefing_kit.weekly.shown import look_through, shown
from briefing_kit.weekly.status import Interrupted, Refused, RunResult, Told

if TYPE_CHECKING:
    from briefing_kit.report.meta import ReportMeta
    from briefing_kit.weeks import Week

LOCK = ".lock"
RECENT = 20  # lines of the history that say how long notebooks take


class Reporter:
    """Hears what a run does; this one keeps silent. The command line has one that draws."""

    def week(self, plan: WeekPlan) -> None:
        """A week's run begins."""

    def stage(self, name: str) -> None:
        """The run turns to analysing, executing, rendering or publishing."""

    def notebook(self, event: Event) -> None:
        """News of a notebook."""

    def result(self, result: RunResult) -> None:
        """A week's run ended."""

    def told(self, told: Told) -> None:
        """Somebody was told of a run, or nobody could be."""


def run_week(week: str | None = None, *, reporter: Reporter | None = None, **options: Any) -> RunResult:
    """Make the report of one week, the newest by default, and say how it went; see `RunOptions` for the arguments.

    >>> run_week("2019-W42", workbook="/path/to/workbook", set_=("claims.top=10",))   # doctest: +SKIP
    RunResult(week='2019-W42', status='ok', ...)

    Raises:
        Refused: the run cannot be begun; the message says in one line what to mend.
    """
    several = [name for name in ("missing", "since", "all_weeks") if options.get(name)]
    if several:
        raise Refused(f"run_week makes one week: leave {several[0]} out, or call briefing-kit weekly")
    return run_weeks(RunOptions(week=week, **options), reporter)[0]


def run_weeks(options: RunOptions, reporter: Reporter | None = None) -> list[RunResult]:
    """Make the reports that the options choose, oldest first, and return how each went; standing ones are left alone.

    Raises:
        Refused: the run cannot be begun, or another one is at work.
    """
    plan = make_plan(options)
    return execute_plan(plan, options, reporter or Reporter())


def execute_plan(plan: Plan, options: RunOptions, reporter: Reporter) -> list[RunResult]:
    """Carry out a plan. Nothing is started where every report stands already.

    Raises:
        Refused: another run is at work, or reports/ cannot be written.
    """
    standing = [_standing(plan, week) for week in plan.weeks]
    if all(week.up_to_date for week in plan.weeks):
        if left_behind(plan.reports):
            with suppress(Refused), held(plan.reports / LOCK):  # a run at work cleans up after itself
                _settle(plan, plan.reports, reporter)
        for result in standing:
            reporter.result(result)
        return standing
    reports = reports_folder(plan.workbook.folder)
    with ExitStack() as stack:
        stack.enter_context(stoppable())
        stack.enter_context(held(reports / LOCK, options.wait))
        _settle(plan, reports, reporter)
        settings = plan.workbook.settings
        pool = stack.enter_context(Pool(settings.jobs, settings.kernel, withheld=settings.notify.secret_variables()))
        results = []
        for week, stands in zip(plan.weeks, standing, strict=True):
            done_meanwhile = not options.force and not state_of(report_folder(reports, week.edition), week.parts, week.key)
            result, line = (stands, None) if done_meanwhile else _run_one(plan, week, pool, reports, reporter)
            result = _with_left_out(plan, result)
            reporter.result(result)
            results.append(result if line is None else replace(result, told=_tell(plan, line, reporter)))
            if result.status == "interrupted":
                break
        return results


def _standing(plan: Plan, week: WeekPlan) -> RunResult:
    folder = report_folder(plan.reports, week.edition)
    result = RunResult(week=week.week, status="ok", folder=folder, pdf=folder / f"{week.edition}.pdf", up_to_date=True)
    return _with_left_out(plan, result)


def _with_left_out(plan: Plan, result: RunResult) -> RunResult:
    """Every file that could not be read is told with every result: the one missing may be the newest, which no report's notes name."""
    left_out = [plan.inputs.left_out(one) for one in plan.inputs.unread]
    return replace(result, warnings=(*result.warnings, *(line for line in left_out if line not in result.warnings)))


def _settle(plan: Plan, reports: Path, reporter: Reporter) -> None:
    """Clean up after killed runs, and tell of them what they could not tell themselves."""
    for line in note_killed_runs(reports):
        _tell(plan, line, reporter)


def _tell(plan: Plan, line: dict[str, Any], reporter: Reporter) -> tuple[Told, ...]:
    told = tell(plan.workbook.settings.notify, facts_of(plan, line), plan.workbook.folder)
    for one in told:
        reporter.told(one)
    return tuple(told)


def _run_one(plan: Plan, week: WeekPlan, pool: Pool, reports: Path, reporter: Reporter) -> tuple[RunResult, dict[str, Any]]:
    run = history.run_id()
    staging = reports / f"{STAGING_PREFIX}{week.edition}--{run}"
    attempt = Attempt(week, run, staging, time.monotonic(), history.now(), [], [])
    reporter.week(week)
    result = RunResult(week=week.week, status="failed")
    seconds = float(plan.workbook.settings.run_timeout)
    try:
        with deadline(seconds + 1):  # the pool keeps the deadline itself; this ends what hangs elsewhere
            result = _make(plan, attempt, pool, reporter)
    except (KeyboardInterrupt, Interrupted) as stop:
        pool.restart()
        name = str(stop) or "SIGINT"
        result = replace(result, status="interrupted", reason=f"stopped by {name} during {attempt.stage}")
    except DeadlinePassedError:
        pool.restart()
        result = replace(result, status="timed-out", reason=f"{attempt.stage} was not done after {seconds:g} s (--run-timeout)")
    except Refused:
        retire(staging)
        raise
    except Exception as error:  # whatever goes wrong in a stage fails this week, is reported, and leaves the last good report
        told = "".join(traceback.format_exception(error))
        result = replace(result, status="failed", reason=_reason(attempt.stage, error), traceback=told)
    if attempt.published is not None:  # told to stop just after the report was put in place: it stands
        result = attempt.published
    result = replace(
        result, seconds=round(time.monotonic() - attempt.began, 3), outcomes=tuple(attempt.outcomes), warnings=tuple(attempt.warnings)
    )
    with undisturbed():
        return account(plan, attempt, result, reports)


def _reason(stage: str, error: Exception) -> str:
    words = " ".join(str(error).split())
    if isinstance(error, OSError) and error.strerror:
        words = f"{error.strerror}{f': {Path(str(error.filename)).name}' if error.filename else ''}"
    return f"{stage}: {words or type(error).__name__}"


def _make(plan: Plan, attempt: Attempt, pool: Pool, reporter: Reporter) -> RunResult:
    """Everything between an empty staging folder and a published report."""
    from briefing_kit.weekly.stage import analysed, corrections_of, stage_tables  # pandas: half a second, while the workers start

    corrections = corrections_of(plan.workbook)
    attempt.warnings += attempt.plan.notes
    week, workbook, staging = attempt.plan, plan.workbook, attempt.staging
    settings = workbook.settings
    target = report_folder(plan.reports, week.edition)

    def turn_to(stage: str) -> None:
        attempt.stage = stage
        reporter.stage(stage)

    turn_to("analyse")
    notebooks = staging / "notebooks"
    notebooks.mkdir(parents=True)
    read = plan.inputs.of_window(week.week, settings.weeks_before)
    data = shown(workbook, plan.profile, read, analysed(workbook, read, corrections))
    attempt.warnings += data.warnings
    own = [briefing for briefing in data.briefings if briefing.week == week.week]
    marking, lowered = product_marking([b.marking for b in read], settings.marking, plan.marking)
    stage_tables(data.tables, notebooks / TABLES, marking)
    grades = data.grades(workbook.sources, notebooks / TABLES, marking)
    turn_to("execute")
    # Hashes of what an edition withholds would let its readers test their guesses, so its manifest names no inputs.
    parts = {name: value for name, value in week.parts.items() if plan.profile is None or name.startswith(METHOD)}
    replaced = supersedes(read_manifest(target), parts, week.key)

    def render_beside() -> tuple[ReportMeta, Week]:
        """What needs no notebook, rendered while they are executed: this process has nothing else to do then."""
        from briefing_kit.weekly.render import render_tables, report_meta
        from briefing_kit.weeks import select_week

        selected = select_week(data.tables, week.week, settings.weeks_before)
        notes = [lowered, *week.notes, data.note, supersedes_note(replaced)]
        meta = data.meta(report_meta(workbook, week, selected, own, marking, notes))
        render_tables(staging, week, selected, meta, grades)
        return meta, selected

    with ThreadPoolExecutor(1) as beside:
        future = beside.submit(render_beside)
        _execute(plan, attempt, pool, settings.run_timeout - (time.monotonic() - attempt.began), reporter)
    failed = next((outcome for outcome in attempt.outcomes if outcome.status != "ok"), None)
    if failed is not None:
        return RunResult(week=week.week, status=failed.status, reason=f"{failed.notebook}: {failed.reason}")
    turn_to("render")
    from briefing_kit.weekly.render import render_notebooks

    meta, selected = future.result()
    executed = [notebooks / path.name for path in workbook.notebooks]
    attempt.warnings += render_notebooks(staging, week, executed, meta, selected.this, own)
    attempt.warnings += data.unread_pictures(notebooks)
    turn_to("publish")
    facts = {
        "week": week.week,
        "edition": week.edition,
        "status": "ok",
        "title": meta.title,
        "series": meta.series,
        "country": meta.country,
        "marking": meta.marking,
        "published": [day.isoformat() for day in meta.published],
        "key_figures": [list(pair) for pair in meta.key_figures],
        "key": week.key,
        "supersedes": replaced,
        "parameters": week.parameters,
        "rows": selected.this.counts(),
        "warnings": attempt.warnings,
        "versions": versions(),
        "made_from": parts,
        **({"edition_of": week.week} if plan.profile else {}),
    }
    write_manifest(staging, facts)
    look_through(staging, data)
    changed = differing(week.parts, made_from(workbook, plan.inputs, week.week, week.parameters, week.chosen))
    if changed:
        raise RuntimeError(f"{changed[0]} was changed while the run was at work: run it again")
    with undisturbed():
        about_to_publish(attempt, plan.reports)
        publish(staging, target)
        attempt.published = RunResult(week=week.week, status="ok", folder=target, pdf=target / f"{week.edition}.pdf")
    return attempt.published


def _longest_first(plan: Plan) -> list[Path]:
    """The notebooks, those first that took longest in the last run, so that the workers end together."""
    lines = history.read(plan.reports)
    seconds = {notebook["name"]: notebook["seconds"] for line in lines[-RECENT:] for notebook in line.get("notebooks", [])}
    return sorted(plan.workbook.notebooks, key=lambda path: (-seconds.get(path.stem, 0.0), path.name))


def _execute(plan: Plan, attempt: Attempt, pool: Pool, seconds: float, reporter: Reporter) -> None:
    notebooks = attempt.staging / "notebooks"

    def hear(event: Event) -> None:
        if event.kind == "done" and event.outcome is not None:
            attempt.outcomes.append(event.outcome)
            attempt.warnings += [f"{event.job}: {line}" for line in event.stderr]
        reporter.notebook(event)

    jobs = [
        Job(
            name=path.stem,
            notebook=path,
            output=notebooks / path.name,
            parameters=attempt.plan.parameters[path.stem],
            cwd=notebooks,
            cell_timeout=plan.workbook.settings.cell_timeout,
            replacements=replacements(plan, attempt.staging),
        )
        for path in _longest_first(plan)
    ]
    try:
        pool.run(jobs, seconds, hear)
    finally:
        attempt.outcomes.sort(key=lambda outcome: outcome.notebook)
        attempt.warnings.sort()
