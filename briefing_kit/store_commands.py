"""`briefing-kit store`: an archive of analysed briefings, filled, asked in SQL, looked after."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefing_kit.weekly.status import EXIT_DONE, EXIT_FAILED, Refused

if TYPE_CHECKING:
    import pandas as pd

    from briefing_kit.store.archive import Store

app = typer.Typer(no_args_is_help=True, help="An archive of analysed briefings: a Parquet dataset by week that SQL, pandas and Spark read.")
Workbook = Annotated[Path, typer.Option("--workbook", help="The folder that holds data/.", show_default="this folder")]
Place = Annotated[
    Path | None,
    typer.Option("--store", help="The archive's folder.", show_default="the setting `store` of data/workbook.toml, else archive"),
]
_WIDEST = 60  # characters of a cell on the screen


@app.command(
    epilog="""
**Examples**

`briefing-kit store add texts` analyses what is new or changed in the folder and its subfolders.

`briefing-kit store add texts --engine processes --workers 8` uses eight cores.

`briefing-kit store add texts --engine dask --scheduler tcp://10.0.0.5:8786` uses a Dask cluster that sees the same folders.
"""
)
def add(
    sources: Annotated[list[str], typer.Argument(metavar="FOLDER...", help="Folders with their subfolders, files or patterns.")],
    store: Place = None,
    workbook: Workbook = Path(),
    engine: Annotated[Literal["serial", "processes", "dask"], typer.Option(help="Who does the work.")] = "serial",
    workers: Annotated[int, typer.Option(min=0, help="Processes.", show_default="one per core")] = 0,
    scheduler: Annotated[str, typer.Option(help="Address of a Dask scheduler.", show_default="a cluster on this machine")] = "",
    date: Annotated[str | None, typer.Option(help="Publication date (2019-10-16) of texts that give none.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse all where one file cannot be read, instead of passing it over.")] = False,
) -> int:
    """Analyse briefings that are new or changed, and put them into the archive; it is made where there is none.

    The workbook's actors, corrections and date order are used. A run that was cut off is simply started again.

    Exit codes: 0 done, 1 done but for files that could not be read, 2 refused.
    """
    from briefing_kit.analysis import Analysis, day_of
    from briefing_kit.corrections import load_corrections
    from briefing_kit.engines import Workers
    from briefing_kit.gazetteer import load_gazetteer
    from briefing_kit.store.archive import add_to
    from briefing_kit.workbook import load_workbook

    book = load_workbook(workbook)
    how = Analysis(
        load_gazetteer(book.actors),
        tuple(load_corrections(book.corrections)) if book.corrections else (),
        day_first=book.settings.date_order == "dmy",
        document_date=day_of(date),
    )
    hands = Workers(engine=engine, number=workers, scheduler=scheduler)
    _, added = add_to(_folder(store, workbook), _files(sources), how, hands, strict=strict)
    for reason in added.refused:
        typer.echo(f"briefing-kit: passed over: {' '.join(reason.split())}", err=True)
    typer.echo(f"{added}")
    return EXIT_FAILED if added.refused else EXIT_DONE


@app.command(
    epilog="""
**Examples**

`briefing-kit store query "SELECT week, count(*) FROM claims WHERE unit_class = 'killed' GROUP BY week ORDER BY week"`

`briefing-kit store query "SELECT * FROM claims WHERE contested" --weeks 2019-W40..2019-W42 --out contested.csv`
"""
)
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT over documents, sentences, dates, mentions, claims, events ...")],
    store: Place = None,
    workbook: Workbook = Path(),
    weeks: Annotated[
        str | None, typer.Option(help="Weeks read together, such as 2019-W40..2019-W42; only then is it known what is contested.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write a .csv or .parquet file.", show_default="a table on the screen")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows on the screen.")] = 50,
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are, without the guard against spreadsheet formulas.")] = False,
) -> int:
    """Ask the archive in SQL (DuckDB, an extra). Nothing can be written, and nothing else can be read.

    Exit codes: 0 done, 2 refused.
    """
    archive = _open(store, workbook)
    if out is not None and out.suffix not in (".csv", ".parquet"):
        raise Refused(f"--out: {out.name}: name a .csv or .parquet file")
    chosen = None if weeks is None else list(_weeks(weeks))
    found = archive.query(sql, chosen)
    if out is None:
        _show(found, limit)
    else:
        typer.echo(str(_write(found, out, archive.marking(chosen), raw=raw)))
    return EXIT_DONE


@app.command(epilog="`briefing-kit store remove 2019-10-16-libya`, or `briefing-kit store remove --not-in texts` after files were deleted")
def remove(
    doc_ids: Annotated[list[str] | None, typer.Argument(metavar="[DOC_ID...]", help="Briefings to take out.", show_default=False)] = None,
    not_in: Annotated[Path | None, typer.Option(help="Take out all that this folder and its subfolders no longer hold.")] = None,
    store: Place = None,
    workbook: Workbook = Path(),
) -> int:
    """Take briefings out of the archive; their files are left alone."""
    archive = _open(store, workbook)
    gone = list(doc_ids or ())
    if not_in is not None:
        from briefing_kit.naming import slug

        there = {slug(path.stem) for path in _files([str(not_in)])}
        gone += [doc_id for doc_id in archive.doc_ids() if doc_id not in there]
    elif not gone:
        raise Refused("DOC_ID: name the briefings to take out, or a folder with --not-in")
    typer.echo(f"{archive.remove(gone) if gone else 0:,} removed")
    return EXIT_DONE


@app.command()
def compact(store: Place = None, workbook: Workbook = Path()) -> int:
    """Finish what a crash left undone, and give each week as many files as its text needs."""
    archive = _open(store, workbook)
    before = archive.extent()
    changed, after = archive.compact(), archive.extent()
    typer.echo(f"{changed:,} weeks laid out anew, {before.files:,} files before, {after.files:,} now")
    return EXIT_DONE


@app.command()
def check(store: Place = None, workbook: Workbook = Path()) -> int:
    """Say what is wrong with the archive: files missing, damaged or out of place, rows that stand twice.

    Exit codes: 0 all is well, 1 something is not, 2 refused.
    """
    problems = _open(store, workbook).check()
    for problem in problems:
        typer.echo(problem)
    if not problems:
        typer.echo("all is well")
    return EXIT_FAILED if problems else EXIT_DONE


@app.command()
def info(store: Place = None, workbook: Workbook = Path()) -> int:
    """How much the archive holds."""
    extent = _open(store, workbook).extent()
    span = f"{extent.weeks[0]} to {extent.weeks[-1]} ({len(extent.weeks):,} weeks)" if extent.weeks else "no dated week"
    undated = f", {extent.undated:,} of them without a date" if extent.undated else ""
    typer.echo(f"{extent.briefings:,} briefings{undated}; {span}; {extent.files:,} files, {extent.bytes / 1e6:,.1f} MB")
    return EXIT_DONE


def _folder(store: Path | None, workbook: Path) -> Path:
    from briefing_kit.workbook import load_workbook

    if store is not None:
        return store
    book = load_workbook(workbook)
    return book.store or book.folder / "archive"


def _open(store: Path | None, workbook: Path) -> Store:
    from briefing_kit.store.archive import open_store

    return open_store(_folder(store, workbook))


def _files(sources: Iterable[str]) -> Iterator[Path]:
    """The briefings' files of folders (with subfolders, hidden ones left out), patterns and single files.

    Raises:
        Refused: there is nothing of that name.
    """
    from briefing_kit.reading import briefing_files

    for source in sources:
        path = Path(source)
        if path.is_dir():
            for folder, below, _ in os.walk(path):
                below[:] = sorted(name for name in below if not name.startswith((".", "_")))
                yield from briefing_files(Path(folder))
        elif path.exists():
            yield path
        else:
            found = sorted(glob.iglob(source, recursive=True))  # noqa: PTH207 - pathlib takes no absolute pattern
            if not found:
                raise Refused(f"FOLDER: {source}: no such folder, file or pattern: check the name")
            yield from (Path(name) for name in found)


def _weeks(text: str) -> Iterator[str]:
    """2019-W40..2019-W42, or weeks joined by commas."""
    from briefing_kit.isoweek import shift
    from briefing_kit.weekly.weeks import check_week

    for part in text.split(","):
        first, _, last = part.strip().partition("..")
        week, end = check_week(first, "--weeks"), check_week(last or first, "--weeks")
        if week > end:
            raise Refused(f"--weeks: {part.strip()}: ends before it begins: write the earlier week first")
        while week <= end:
            yield week
            week = shift(week, 1)


def _show(found: pd.DataFrame, limit: int) -> None:
    from briefing_kit.report.text import printable

    cells = [[_cell(value, printable) for value in found.head(limit).iloc[:, at]] for at in range(found.shape[1])]
    names = [printable(str(name)) for name in found.columns]
    widths = [max(map(len, (name, *column))) for name, column in zip(names, cells, strict=True)]
    for row in [names, ["-" * width for width in widths], *map(list, zip(*cells, strict=True))]:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    if len(found) > limit:
        typer.echo(f"and {len(found) - limit:,} more rows: --limit {len(found)}, or --out FILE.csv")
    elif found.empty:
        typer.echo("no row", err=sys.stdout.isatty())


def _write(found: pd.DataFrame, out: Path, marking: str, *, raw: bool) -> Path:
    from briefing_kit.marking import marked_name
    from briefing_kit.report.csvs import write_csv, write_parquet

    path = out.with_name(marked_name(out.stem, out.suffix, marking))
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    if out.suffix == ".csv":
        write_csv(found, partial, raw=raw)
    else:
        write_parquet(found, partial, marking)
    partial.replace(path)
    return path


def _cell(value: object, printable: Callable[[str], str]) -> str:
    """A value in one line; missing is empty."""
    if value is None or str(value) in ("nan", "NaT", "<NA>"):
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    text = " ".join(printable(f"{value:.12g}" if isinstance(value, float) else str(value)).split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 3].rstrip()}..."
