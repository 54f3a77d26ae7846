"""`briefing-kit export FORMAT`: a week's tables as other tools read them, marked and with what was left out said."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefing_kit.weekly.status import EXIT_DONE, EXIT_FAILED, Refused

if TYPE_CHECKING:
    from briefing_kit.exports import Exported
    from briefing_kit.weekly.shown import Shown
    from briefing_kit.workbook import Workbook

Format = Literal["acled", "bibtex", "ftm", "ical", "markdown", "sources", "stix", "timelinejs", "timesketch"]
Folder = Annotated[Path, typer.Option("--workbook", help="The folder that holds data/ and reports/.", show_default="this folder")]
EPILOG = """
**Formats**

acled (CSV), bibtex, ftm (FollowTheMoney JSON lines), ical, markdown, sources (plain list), stix (2.1), timelinejs (3), timesketch.

**Examples**

`briefing-kit export timelinejs` writes the newest week to reports/exports/ and prints the path.

`briefing-kit export acled --all --country LBY --out events` writes all weeks on Libya into the folder events.

`briefing-kit export stix --edition client` leaves out what data/editions/client.toml withholds.

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
    edition: Annotated[str | None, typer.Option(help="Without what data/editions/NAME.toml withholds.", show_default="all")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are, without the guard against spreadsheet formulas.")] = False,
    workbook: Folder = Path(),
) -> int:
    """Write the rows of a week for another tool; the file's name bears the marking, and what was left out is said.

    Exit codes: 0 done, 1 something withheld would have been written, 2 refused.
    """
    from briefing_kit.exports import FORMATS
    from briefing_kit.exports import export as made_of
    from briefing_kit.marking import marked_name
    from briefing_kit.weekly.leaks import leaks_of

    if week and all_weeks:
        raise Refused("--week: contradicts --all: give one of them")
    taken = _take(workbook, briefings, week, series, country, marking, edition, all_weeks=all_weeks)
    made = made_of(taken.data.tables, format_, title=taken.title, marking=taken.marking, raw=raw)
    for line in (*taken.notes, *(f"left out: {kind}" for kind in made.left_out)):
        typer.echo(f"briefing-kit: {line}", err=True)
    name = marked_name(f"{taken.name}.{format_}", FORMATS[format_][1], taken.marking)
    found = leaks_of(name, made.text.encode("utf-8", "replace"), taken.data.held.terms) if taken.data.held else []
    if found:
        typer.echo(f"briefing-kit: {found[0]}: nothing is written", err=True)
        return EXIT_FAILED
    if out is not None and str(out) == "-":
        _print(made, taken.marking)
        return EXIT_DONE
    path = _folder(out, taken.book) / name
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_text(made.text, encoding="utf-8", errors="replace", newline="")
    partial.replace(path)
    typer.echo(os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path))
    return EXIT_DONE


@dataclass(frozen=True)
class _Taken:
    """What an export is made of: the rows chosen, how the file and the whole are called, and what must be said of them."""

    book: Workbook
    data: Shown
    name: str
    title: str
    marking: str
    notes: tuple[str, ...]


def _take(
    folder: Path,
    briefings: Path | None,
    week: str | None,
    series: str | None,
    country: str | None,
    marking: str | None,
    edition: str | None,
    *,
    all_weeks: bool,
) -> _Taken:
    """The rows of a week, as the weekly run would report them, or of all weeks."""
    from briefing_kit.editions import load_edition
    from briefing_kit.marking import product_marking
    from briefing_kit.naming import slug
    from briefing_kit.weekly.inputs import read_inputs
    from briefing_kit.weekly.plan import for_edition
    from briefing_kit.weekly.shown import shown
    from briefing_kit.weekly.stage import analysed, corrections_of
    from briefing_kit.workbook import load_workbook

    book = load_workbook(folder)
    override = load_workbook(folder, overrides={"marking": marking}).settings.marking if marking else None
    code = load_workbook(folder, overrides={"country": country}).settings.country if country else None
    profile = load_edition(book, edition) if edition else None
    inputs = read_inputs(book, briefings if briefings is not None else book.briefings, series=series, country=code)
    notes = [inputs.left_out(one) for one in inputs.unread]
    if profile is not None:
        inputs = for_edition(inputs, profile, book.settings.marking, week)
        notes += [f"left out: briefings marked more strictly than {profile.maximum_marking}: {len(inputs.above)}"] if inputs.above else []
    chosen = "" if all_weeks else _chosen_week(week, inputs.weeks, inputs.label)
    read = inputs.of_window(chosen, book.settings.weeks_before) if chosen else [*inputs.briefings, *inputs.undated]
    own = inputs.of_week(chosen) if chosen else read
    label, lowered = product_marking([b.marking for b in own], book.settings.marking, override)
    data = shown(book, profile, read, analysed(book, read, corrections_of(book)))
    data = replace(data, tables=data.tables.of_weeks([chosen]) if chosen else data.tables)
    name = "".join([chosen or "all", *(f"_{part}" for part in (code, slug(series or "")[:60]) if part), f"__{edition}" if edition else ""])
    title = f"{(profile and profile.title) or book.settings.title}, {chosen or 'all weeks'}"
    said = tuple(note for note in (lowered, *notes, data.note, *data.warnings) if note)
    return _Taken(book, data, name, data.words(title), label, said)


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
