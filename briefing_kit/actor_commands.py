"""`briefing-kit actors`: the list of unknown names, and one line of data/actors.csv for each decision about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing_kit.weekly.status import EXIT_DONE, Refused

if TYPE_CHECKING:
    import pandas as pd

    from briefing_kit.gazetteer import Gazetteer
    from briefing_kit.tables import Tables
    from briefing_kit.workbook import Workbook

app = typer.Typer(no_args_is_help=True, help="The analyst's own actors: which names are unknown, and what they are (data/actors.csv).")
Folder = Annotated[Path, typer.Option("--workbook", help="The folder that holds data/.", show_default="this folder")]
_WIDEST = 160  # characters of an example sentence


@app.command()
def worklist(
    limit: Annotated[int, typer.Option(min=1, help="Names shown.")] = 20,
    out: Annotated[Path | None, typer.Option(help="Write the whole list to this CSV file instead.", show_default="standard output")] = None,
    ner: Annotated[bool, typer.Option("--ner", help="Let spaCy propose more names (needs the extra briefing-kit[ner]).")] = False,
    workbook: Folder = Path(),
) -> int:
    """The names that no list knows, most mentioned first: guessed type, weeks, two sentences, likely doubles.

    Likely doubles are names whose spelling comes to the same (Haftar, Hifter); they are only suggested. Decide with
    `briefing-kit actors add`, `merge` or `reject`.
    """
    from briefing_kit.unknown_names import worklist as rows_of

    book, gazetteer, tables = analysed(workbook)
    found = rows_of(tables, gazetteer=gazetteer, proposed=_proposed(tables) if ner else None)
    for problem in gazetteer.problems:
        typer.echo(f"briefing-kit: data/{problem}", err=True)
    if out is not None:
        from briefing_kit.report.csvs import write_csv

        write_csv(found, out)
        return EXIT_DONE
    for row in found.head(limit).to_dict("records"):
        typer.echo(_shown({str(column): cell for column, cell in row.items()}))
    if len(found) > limit:
        typer.echo(f"and {len(found) - limit} more: --limit {len(found)}")
    elif found.empty:
        typer.echo(f"every name in {book.relative(book.briefings)} is on file")
    return EXIT_DONE


def _shown(row: dict[str, object]) -> str:
    weeks = f"{row['weeks']} week{'s' * (row['weeks'] != 1)}" if row["weeks"] else "no date"
    lines = [f"{row['count']:4}  {row['name']}  ({row['actor_type']}, {weeks})"]
    lines += [f"      {_short(str(row[column]))}" for column in ("example_1", "example_2") if isinstance(row[column], str)]
    if isinstance(row["likely_duplicates"], str):
        lines.append(f"      the same as {row['likely_duplicates']}?")
    return "\n".join(lines)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _WIDEST else f"{sentence[: _WIDEST - 3].rstrip()}..."


def _proposed(tables: Tables) -> pd.DataFrame:
    from briefing_kit.ner import propose_names

    return propose_names(tables)


def analysed(folder: Path) -> tuple[Workbook, Gazetteer, Tables]:
    """A workbook with its actors and the tables of all its briefings, corrections applied."""
    from briefing_kit.analysis import analyse
    from briefing_kit.corrections import load_corrections
    from briefing_kit.gazetteer import load_gazetteer
    from briefing_kit.reading import load_briefings

    book = _workbook(folder)
    gazetteer = load_gazetteer(book.actors)
    corrections = load_corrections(book.corrections) if book.corrections else ()
    day_first = book.settings.date_order == "dmy"
    return book, gazetteer, analyse(load_briefings(book.briefings), gazetteer=gazetteer, corrections=corrections, day_first=day_first)


@app.command(epilog='`briefing-kit actors add "Kufra Shield" --type armed_group --country LBY --alias "Kufra Shield Force"`')
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Canonical name.")],
    type_: Annotated[str, typer.Option("--type", help="state, state_force, armed_group, political, igo, company, person ...")],
    id_: Annotated[str, typer.Option("--id", help="Id; that of a built-in actor describes that one anew.", show_default="from NAME")] = "",
    country: Annotated[str, typer.Option(help="ISO 3166 alpha-3 code such as LBY.")] = "",
    parent: Annotated[str, typer.Option(help="Id or name of the actor it is part of.")] = "",
    alias: Annotated[list[str] | None, typer.Option(help="A further name; may be given several times.")] = None,
    workbook: Folder = Path(),
) -> int:
    """Put an actor on file."""
    from briefing_kit.actors_file import add_actor

    with _own_file(workbook) as path:
        message = add_actor(path, name, type_, actor_id=id_, country=country, parent=parent, aliases=alias or ())
    return _done(message)


@app.command(epilog="`briefing-kit actors merge 'Kufra Shield Force' kufra-shield`")
def merge(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Id or name of the actor that goes, or an unknown name.")],
    target: Annotated[str, typer.Argument(metavar="INTO", help="Id or name of the actor that stays.")],
    workbook: Folder = Path(),
) -> int:
    """Count all names of one actor as another's."""
    from briefing_kit.actors_file import merge_actors

    with _own_file(workbook) as path:
        message = merge_actors(path, source, target)
    return _done(message)


@app.command(epilog="`briefing-kit actors reject 'Annex Alpha'`")
def reject(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name that is no actor; an actor on file goes with all its names.")],
    workbook: Folder = Path(),
) -> int:
    """Never find a name again; `add` takes that back."""
    from briefing_kit.actors_file import reject_actor

    with _own_file(workbook) as path:
        message = reject_actor(path, name)
    return _done(message)


@contextmanager
def _own_file(folder: Path) -> Iterator[Path]:
    """The workbook's actors, which nobody else rewrites meanwhile."""
    from briefing_kit.csv_lines import alone_in

    data = _workbook(folder).folder / "data"
    with alone_in(data):
        yield data / "actors.csv"


def _workbook(folder: Path) -> Workbook:
    from briefing_kit.workbook import load_workbook

    book = load_workbook(folder)
    if not (book.folder / "data").is_dir():
        raise Refused(f"--workbook: {folder} holds no data/: call it in a workbook's folder, or name that")
    return book


def _done(message: str) -> int:
    typer.echo(f"data/{message}")
    return EXIT_DONE
