"""`briefing-kit actors`: one line each for a new actor, a merger, a name that is no actor; and the names that no list knows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing_kit.actors_file import add_actor, merge_actors, reject_actor
from briefing_kit.gazetteer import load_gazetteer
from briefing_kit.weekly.status import EXIT_DONE
from briefing_kit.workbook import load_workbook

app = typer.Typer(no_args_is_help=True, help="The analyst's own actors: data/actors.csv, one line per decision.")
Folder = Annotated[Path, typer.Option("--workbook", help="The workbook.", show_default="this folder")]


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Canonical name.")],
    type_: Annotated[str, typer.Option("--type", help="armed_group, state_force, political, person ... (see codebook mentions).")],
    id_: Annotated[str, typer.Option("--id", help="Id.", show_default="slug of the name")] = "",
    country: Annotated[str, typer.Option(help="Country, such as LBY.")] = "",
    alias: Annotated[list[str] | None, typer.Option(help="Another name; may be given several times.")] = None,
    workbook: Folder = Path(),
) -> int:
    """Put an actor on file under all its names."""
    return _said(add_actor(_file(workbook), name, type_, actor_id=id_, country=country, aliases=alias or ()))


@app.command()
def merge(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Id or name of the actor that is another.")],
    target: Annotated[str, typer.Argument(metavar="INTO", help="Id or name of the actor that it is.")],
    workbook: Folder = Path(),
) -> int:
    """Say that two actors are one: every name of the first counts as the second from now on."""
    return _said(merge_actors(_file(workbook), source, target))


@app.command()
def reject(name: Annotated[str, typer.Argument(help="A name that is no actor.")], workbook: Folder = Path()) -> int:
    """Say that a name is no actor; it is not found again."""
    return _said(reject_actor(_file(workbook), name))


@app.command("worklist")
def show_worklist(limit: Annotated[int, typer.Option(min=1, help="Names shown.")] = 20, workbook: Folder = Path()) -> int:
    """The names that no list knows, the most frequent first, each with a sentence and what it may be a spelling of."""
    from briefing_kit.analysis import analyse
    from briefing_kit.reading import load_briefings
    from briefing_kit.worklist import worklist

    book = load_workbook(workbook)
    gazetteer = load_gazetteer(book.actors)
    found = worklist(analyse(load_briefings(book.briefings), gazetteer=gazetteer), gazetteer=gazetteer)
    for row in found.head(limit).itertuples(index=False):
        also = f"; perhaps {row.likely_duplicates}" if isinstance(row.likely_duplicates, str) and row.likely_duplicates else ""
        typer.echo(f"{row.count:4}  {row.name}  ({row.actor_type}{also})\n      {' '.join(str(row.example_1).split())[:120]}")
    if len(found) > limit:
        typer.echo(f"and {len(found) - limit} more: --limit {len(found)}")
    return EXIT_DONE


def _file(workbook: Path) -> Path:
    return load_workbook(workbook).folder / "data" / "actors.csv"


def _said(sentence: str) -> int:
    typer.echo(sentence)
    return EXIT_DONE
