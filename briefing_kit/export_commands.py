"""`briefing-kit export FORMAT`: a week's tables as other tools read them, marked and with what was left out said."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefing_kit.weekly.status import EXIT_DONE, Refused

if TYPE_CHECKING:
    from briefing_kit.exports import Exported
    from briefing_kit.workbook import Workbook

Format = Literal["acled", "bibtex", "ftm", "ical", "markdown", "sources", "stix", "timelinejs", "timesketch"]
Folder = Annotated[Path, typer.Option("--workbook", help="The folder that holds data/ and reports/.", show_default="this folder")]
EPILOG = """
**Formats**

acled (CSV), bibtex, ftm (FollowTheMoney JSON lines), ical, markdown, sources (plain list), stix (2.1), timelinejs (3), timesketch.

**Examples**

`briefing-kit export timelinejs` writes the newest week to reports/exports/ and prints the path.

`briefing-kit export acled --all --country LBY --out events` writes all weeks on Libya into the folder events.

`briefing-kit export markdown --week 2019-W42 --out -` prints the tables.
"""


def export(
    format_: Annotated[Format, typer.Argument(metavar="FORMAT", help="acled, bibtex, ftm, ical, markdown, sources, stix ...")],
    week: Annotated[str | None, typer.Option(help="ISO week such as 2019-W42.", show_default="the newest in the data")] = None,
    all_weeks: Annotated[bool, typer.Option("--all", help="Every week of the data in one file.")] = False,
    series: Annotated[str | None, typer.Option(help="Only briefings of this series.")] = None,
    country: Annotated[str | None, typer.Option(help="Only briefings on this country.")] = None,
    briefings: Annotated[Path | None, typer.Option(help="Folder of briefings.", show_default="the workbook's")] = None,
    marking: Annotated[str | None, typer.Option(help="Marking instead of the strictest of the briefings.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder to write to, or - for standard output.", show_default="reports/exports in the workbook")
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are, without the guard against spreadsheet formulas.")] = False,
    workbook: Folder = Path(),
) -> int:
    """Write the rows of a week for another tool; the file's name bears the marking, and what was left out is said.

    Exit codes: 0 done, 2 refused.
    """
    from briefing_kit.exports import FORMATS, ExportError
    from briefing_kit.exports import export as made_of
    from briefing_kit.marking import marked_name, product_marking
    from briefing_kit.naming import slug
    from briefing_kit.weekly.inputs import read_inputs
    from briefing_kit.weekly.stage import analysed, corrections_of

    if week and all_weeks:
        raise Refused("--week: contradicts --all: give one of them")
    book, override, code = _settings(workbook, marking, country)
    inputs = read_inputs(book, briefings if briefings is not None else book.briefings, series=series, country=code)
    chosen = _chosen_week(week, inputs.weeks, inputs.label) if not all_weeks else ""
    read = inputs.of_window(chosen, book.settings.weeks_before) if chosen else [*inputs.briefings, *inputs.undated]
    tables = analysed(book, read, corrections_of(book))
    own = inputs.of_week(chosen) if chosen else read
    label, lowered = product_marking([b.marking for b in own], book.settings.marking, override)
    suffix = "".join(f"_{part}" for part in (code, slug(series or "")[:60]) if part)
    title = f"{book.settings.title}, {chosen or 'all weeks'}"
    try:
        made = made_of(tables.of_weeks([chosen]) if chosen else tables, format_, title=title, marking=label, raw=raw)
    except ExportError as error:
        raise Refused(str(error)) from None
    for line in (*([lowered] if lowered else []), *(f"left out: {kind}" for kind in made.left_out)):
        typer.echo(f"briefing-kit: {line}", err=True)
    if out is not None and str(out) == "-":
        _print(made, label)
        return EXIT_DONE
    folder = _folder(out, book)
    path = folder / marked_name(f"{chosen or 'all'}{suffix}.{format_}", FORMATS[format_][1], label)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_text(made.text, encoding="utf-8", errors="replace", newline="")
    partial.replace(path)
    typer.echo(os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path))
    return EXIT_DONE


def _settings(folder: Path, marking: str | None, country: str | None) -> tuple[Workbook, str | None, str | None]:
    """The workbook, and the marking and the country that were given, each as it is written in full."""
    from briefing_kit.workbook import load_workbook

    override = load_workbook(folder, overrides={"marking": marking}).settings.marking if marking else None
    code = load_workbook(folder, overrides={"country": country}).settings.country if country else None
    return load_workbook(folder), override, code


def _chosen_week(week: str | None, weeks: list[str], label: str) -> str:
    from briefing_kit.weekly.plan import spoken
    from briefing_kit.weekly.weeks import check_week

    if week is None:
        return weeks[-1]
    if check_week(week) not in weeks:
        raise Refused(f"--week: no briefing of {week} in {label}: there is {spoken(weeks)}")
    return week


def _print(made: Exported, label: str) -> None:
    sys.stdout.buffer.write(made.text.encode("utf-8", "replace"))
    sys.stdout.flush()
    if label:
        typer.echo(f"briefing-kit: marked {label}", err=True)


def _folder(out: Path | None, book: Workbook) -> Path:
    from briefing_kit.weekly.publish import reports_folder

    folder = reports_folder(book.folder) / "exports" if out is None else out
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"--out: {folder} cannot be made ({error.strerror}): name a folder") from None
    return folder
