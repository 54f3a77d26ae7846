"""The command line: `briefing-kit weekly`, `export`, `parse`, `check`, `codebook`, `history`, `doctor`, `actors`, `corrections`, `store`.

Exit codes: 0 done, 1 failed, 2 refused (one line on standard error that says what to mend).
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn, cast

import typer

from briefing_kit import actor_commands, correction_commands, export_commands, label_commands, store_commands, template_commands
from briefing_kit.refusals import RefusalError
from briefing_kit.weekly.status import EXIT_DONE, EXIT_FAILED, EXIT_REFUSED, BusyError, Interrupted, Refused

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    name="briefing-kit",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings=HELP,
    rich_markup_mode="markdown",
    help="Weekly political and security briefings as tables, notebooks and a report: every row can be defended.",
)
app.add_typer(actor_commands.app, name="actors")
app.add_typer(correction_commands.app, name="corrections")
app.add_typer(label_commands.app, name="labels")
app.add_typer(store_commands.app, name="store")
app.command(epilog=export_commands.EPILOG)(export_commands.export)
app.command()(template_commands.init)
app.command()(template_commands.upgrade)
Folder = Annotated[
    Path, typer.Option("--workbook", help="The folder that holds notebooks/, data/ and reports/.", show_default="this folder")
]


USAGE_ERROR = cast("type[Exception]", typer.BadParameter.__mro__[1])  # newer typers carry a click of their own


def main() -> NoReturn:
    """Run the command line; the entry point of `briefing-kit`."""
    warnings.showwarning = _tell
    try:
        code = app(standalone_mode=False, prog_name="briefing-kit")
    except USAGE_ERROR as error:
        code = refused(_usage(error))
    except (typer.Abort, KeyboardInterrupt, Interrupted):
        sys.stderr.write("briefing-kit: stopped\n")
        code = EXIT_FAILED
    except RefusalError as error:
        code = refused(str(error))
    except BrokenPipeError:  # `| head` closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = EXIT_FAILED
    sys.exit(code if isinstance(code, int) else EXIT_DONE)


def _tell(message: Warning | str, category: type[Warning], filename: str, lineno: int, file: Any = None, line: str | None = None) -> None:
    """A warning of the package's own in one line, others as Python says them."""
    ours = category.__module__.startswith("briefing_kit")
    (file or sys.stderr).write(f"briefing-kit: {message}\n" if ours else warnings.formatwarning(message, category, filename, lineno, line))


def refused(message: str) -> int:
    """Say in one line why nothing was done."""
    sys.stderr.write(f"briefing-kit: {' '.join(message.split())}\n")
    return EXIT_REFUSED


def _usage(error: Any) -> str:
    message = error.format_message().strip()
    command = error.ctx.command_path if error.ctx else "briefing-kit"
    return f"{message.rstrip('.')}: see {command} --help"


@app.command(
    epilog="""
**Examples**

`briefing-kit weekly` makes the report of the newest week.

`briefing-kit weekly --week 2019-W42 --set actor_mentions.top=20` makes one week, with a parameter of one notebook.

`briefing-kit weekly --missing --dry-run` says which weeks have no report; without `--dry-run` they are made, oldest first.

`briefing-kit weekly --briefings ~/texts --marking TLP:GREEN` reads another folder and sets the marking by hand.

`briefing-kit weekly --edition client` makes the report for those who must not see what data/editions/client.toml withholds.
"""
)
def weekly(
    week: Annotated[str | None, typer.Option(help="ISO week such as 2019-W42.", show_default="the newest in the data")] = None,
    workbook: Folder = Path(),
    briefings: Annotated[Path | None, typer.Option(help="Folder or pattern of briefings.", show_default="the workbook's")] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="A notebook's parameter: notebook.name=value, or name=value for all.")
    ] = None,
    missing: Annotated[bool, typer.Option("--missing", help="Make every week that has no report yet.")] = False,
    since: Annotated[str | None, typer.Option(help="Make every week from this one on.")] = None,
    all_weeks: Annotated[bool, typer.Option("--all", help="Make every week of the data.")] = False,
    series: Annotated[str | None, typer.Option(help="Only briefings of this series; the report gets a folder of its own.")] = None,
    country: Annotated[str | None, typer.Option(help="Only briefings on this country; the report gets a folder of its own.")] = None,
    marking: Annotated[str | None, typer.Option(help="Marking of the report instead of the strictest of the briefings.")] = None,
    edition: Annotated[
        str | None, typer.Option(help="Edition for other readers, without what data/editions/NAME.toml withholds.", show_default="all")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the report.")] = None,
    weeks_before: Annotated[int | None, typer.Option(help="Weeks looked back.")] = None,
    date_order: Annotated[Literal["dmy", "mdy"] | None, typer.Option(help="How 3/10/2019 is read.")] = None,
    kernel: Annotated[
        Literal["stock", "fork"] | None, typer.Option(help="A new interpreter per notebook, or one forked from a warm process.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(help="Notebooks executed at once.", show_default="one per core, at most 4")] = None,
    cell_timeout: Annotated[int | None, typer.Option(help="Seconds that one cell may take.")] = None,
    run_timeout: Annotated[int | None, typer.Option(help="Seconds that one week may take.")] = None,
    wait: Annotated[float, typer.Option(help="Seconds to wait for another run to end.")] = 0.0,
    force: Annotated[bool, typer.Option("--force", help="Make the report although it is up to date.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse the run where a briefing cannot be read, instead of leaving it out.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done and do nothing.")] = False,
    no_notify: Annotated[bool, typer.Option("--no-notify", help="Tell nobody, whatever [notify] in data/workbook.toml says.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only failures and the path of the PDF.")] = False,
) -> int:
    """Make the weekly report: tables, five executed notebooks, PDF, HTML and workbook in reports/WEEK/.

    A report stands until a complete new one takes its place; a week whose inputs did not change is left alone. A run that
    fails keeps its evidence in reports/failed/. The last line of the output is the path of the PDF.

    Exit codes: 0 done, 1 failed, 2 refused.
    """
    from briefing_kit.weekly.plan import RunOptions, make_plan

    settings: dict[str, Any] = {
        "title": title,
        "weeks_before": weeks_before,
        "date_order": date_order,
        "kernel": kernel,
        "jobs": jobs,
        "cell_timeout": cell_timeout,
        "run_timeout": run_timeout,
        "notify": {} if no_notify else None,
    }
    options = RunOptions(
        week=week,
        missing=missing,
        since=since,
        all_weeks=all_weeks,
        workbook=workbook,
        briefings=briefings,
        series=series,
        country=country,
        marking=marking,
        edition=edition,
        set_=tuple(set_ or ()),
        settings=tuple(settings.items()),
        force=force,
        strict=strict,
        wait=wait,
    )
    try:
        plan = make_plan(options)
        if dry_run:
            for step in plan.weeks:
                typer.echo(f"{step.edition}  {'stands' if step.up_to_date else 'make'}  ({step.why})")
            from briefing_kit.weekly.notify import preview

            for text in preview(plan):
                typer.echo(text)
            return EXIT_DONE
        from briefing_kit.weekly.progress import ProgressReporter
        from briefing_kit.weekly.run import execute_plan

        with ProgressReporter(quiet=quiet) as reporter:
            results = execute_plan(plan, options, reporter)
    except Refused as error:
        if not dry_run:
            from briefing_kit.weekly.account import refuse
            from briefing_kit.weekly.notify import spoken, tell_refusal

            line = refuse(options, str(error))
            if not isinstance(error, BusyError) and not sys.stderr.isatty():  # who reads it at a terminal need not be told
                for told in tell_refusal(options, line):
                    typer.echo(f"briefing-kit: {spoken(told)}", err=True)
        raise
    if not plan.weeks:
        typer.echo("no week is missing", err=True)
    for result in results:
        if result.ok and result.pdf is not None:
            typer.echo(_shown(result.pdf))
    return EXIT_DONE if all(result.ok for result in results) else EXIT_FAILED


def _shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


TABLES = ("documents", "sentences", "dates", "mentions", "claims", "events", "attributions")
Format = Literal["csv", "parquet", "jsonl"]


@app.command(
    epilog="""
**Examples**

`briefing-kit parse briefing.md --table claims` prints the numeric claims as CSV.

`briefing-kit parse data/briefings/*.md --out tables --format parquet` writes all seven tables of many briefings.

`cat text.txt | briefing-kit parse - --date 2019-10-16 --table events --format jsonl` reads standard input.
"""
)
def parse(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Briefings, folders or patterns of them, or - for standard input.")],
    table: Annotated[str | None, typer.Option(help=f"One of {', '.join(TABLES)}.", show_default="all of them")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How the tables are written.")] = "csv",
    out: Annotated[Path | None, typer.Option(help="Folder to write to.", show_default="standard output, for one table")] = None,
    date: Annotated[str | None, typer.Option(help="Publication date (2019-10-16) of texts that give none.")] = None,
    actors: Annotated[Path | None, typer.Option(help="An actors.csv to know besides the built-in ones.")] = None,
    corrections: Annotated[Path | None, typer.Option(help="A corrections.csv to obey.")] = None,
    date_order: Annotated[Literal["dmy", "mdy"], typer.Option(help="How 3/10/2019 is read.")] = "dmy",
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are, without the guard against spreadsheet formulas.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse the whole where a file of a folder cannot be read.")] = False,
) -> int:
    """Turn briefings (.txt, .md, .docx, .pdf, .eml, .html) into tables: who is mentioned, what is claimed, what happened when.

    A file of a folder or pattern that cannot be read is left out and told on standard error; one that is named is refused.
    """
    from briefing_kit.weekly.parse import parse_files

    return parse_files(
        files,
        table=table,
        format_=format_,
        out=out,
        date=date,
        actors=actors,
        corrections=corrections,
        day_first=date_order == "dmy",
        raw=raw,
        strict=strict,
    )


@app.command()
def codebook(table: Annotated[str | None, typer.Argument(help="One table.", show_default="all seven")] = None) -> int:
    """What each column of each table means: type, unit or allowed values, whether it may be missing."""
    from briefing_kit.tables import codebook as rows

    last = ""
    for row in rows(table).itertuples(index=False):
        if row.table != last:
            typer.echo(f"{chr(10) if last else ''}{row.table}: one row per {row.one_row_per}")
            last = str(row.table)
        details = ", ".join(
            part for part in (str(row.type), str(row.values_or_unit), "may be missing" if row.may_be_missing else "") if part
        )
        typer.echo(f"  {row.column}  ({details})\n      {row.meaning}")
    return EXIT_DONE


@app.command()
def check(
    workbook: Folder = Path(),
    update: Annotated[
        bool, typer.Option("--update", help="Execute the notebooks and store their outputs, without volatile metadata.")
    ] = False,
    fast: Annotated[bool, typer.Option("--fast", help="Only the guards that need no kernel.")] = False,
) -> int:
    """Check the stored notebooks: every cell ran, outputs are there and come out the same again (nbval), parameters agree.

    nbval alone skips cells without an execution count and all images; the guards here close both holes.
    """
    from briefing_kit.weekly.check import check_notebooks, update_notebooks

    if update:
        return EXIT_DONE if update_notebooks(workbook) else EXIT_FAILED
    return EXIT_DONE if check_notebooks(workbook, fast=fast) else EXIT_FAILED


@app.command()
def history(
    workbook: Folder = Path(),
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Lines shown, newest last.")] = 20,
) -> int:
    """How the last runs went: when, which week, which status, how long."""
    from briefing_kit.weekly.history import read

    for line in read(workbook / "reports")[-limit:]:
        seconds = f"{line['seconds']:.1f} s" if "seconds" in line else ""
        untold = ", ".join(one["channel"] for one in line.get("notified", []) if not one["told"])
        cells = (
            line.get("started", ""),
            line.get("edition") or line.get("week") or "",
            line.get("status", ""),
            seconds,
            line.get("reason", ""),
            f"(nobody was told by {untold})" if untold else "",
        )
        typer.echo("  ".join(str(cell) for cell in cells if cell))
    return EXIT_DONE


@app.command()
def doctor(workbook: Folder = Path()) -> int:
    """Look over the installation and the workbook: versions, fonts, rights, missing weeks, stale corrections, each with its mend."""
    from briefing_kit.weekly.doctor import examine

    findings = examine(workbook)
    for finding in findings:
        typer.echo(f"{finding.level:4}  {finding.what}{f': {finding.mend}' if finding.mend else ''}")
    return EXIT_FAILED if any(finding.level == "bad" for finding in findings) else EXIT_DONE
