"""`briefing-kit actors`: one line each for a new actor, a merger, a name that is no actor, and the list of unknown ones."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

from briefing_kit.gazetteer import COLUMNS, GazetteerError, load_gazetteer, slug
from briefing_kit.weekly.status import EXIT_DONE, Refused
from briefing_kit.workbook import load_workbook

app = typer.Typer(no_args_is_help=True, help="The analyst's own actors: data/actors.csv, one line per decision.")
Folder = Annotated[Path, typer.Option("--workbook", help="The workbook.", show_default="this folder")]


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Canonical name.")],
    type_: Annotated[str, typer.Option("--type", help="armed_group, state_force, political, person ... (see codebook mentions).")],
    id_: Annotated[str, typer.Option("--id", help="Id.", show_default="slug of the name")] = "",
    country: Annotated[str, typer.Option(help="ISO 3166 alpha-3, such as LBY.")] = "",
    parent: Annotated[str, typer.Option(help="Id of the actor it is part of.")] = "",
    alias: Annotated[list[str] | None, typer.Option(help="Another name; may be given several times.")] = None,
    workbook: Folder = Path(),
) -> int:
    """Put an actor on file under all its names."""
    row = {"id": id_ or slug(name), "name": name, "type": type_, "country": country, "parent": parent, "aliases": "|".join(alias or ())}
    return _append(workbook, row | {"status": "active"})


@app.command()
def merge(
    from_: Annotated[str, typer.Argument(metavar="FROM", help="Id or name of the actor that is no other.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="Id or name of the actor that it is.")],
    workbook: Folder = Path(),
) -> int:
    """Say that two actors are one; every name of the first becomes an alias of the second."""
    source, target = _known(workbook, from_, must=False), _known(workbook, into, must=True)
    if source[0] == target[0]:
        raise Refused(f"actors: {from_!r} is {target[1]!r} already: nothing to merge")
    row = {"id": source[0], "name": source[1], "status": "merged", "merged_into": target[0]}
    return _append(workbook, row)


@app.command()
def reject(name: Annotated[str, typer.Argument(help="A name that is no actor.")], workbook: Folder = Path()) -> int:
    """Say that a name found by its shape is no actor; it is not proposed again."""
    return _append(workbook, {"id": slug(name), "name": name, "status": "rejected"})


@app.command()
def worklist(limit: Annotated[int, typer.Option(min=1, help="Names shown.")] = 20, workbook: Folder = Path()) -> int:
    """The names that no list knows, most mentioned first, each with a sentence."""
    from briefing_kit.analysis import analyse
    from briefing_kit.measures import unknown_actors
    from briefing_kit.reading import load_briefings

    book = load_workbook(workbook)
    found = unknown_actors(analyse(load_briefings(book.briefings), gazetteer=load_gazetteer(book.actors)))
    for row in found.head(limit).itertuples(index=False):
        typer.echo(f"{row.mentions:4}  {row.actor}  ({row.actor_type})\n      {' '.join(str(row.example).split())[:120]}")
    if len(found) > limit:
        typer.echo(f"and {len(found) - limit} more: --limit {len(found)}")
    return EXIT_DONE


def _known(workbook: Path, text: str, *, must: bool) -> tuple[str, str]:
    """The id and name of an actor given by either; an unknown one that need not be on file goes by its slug."""
    gazetteer = load_gazetteer(load_workbook(workbook).actors)
    entry = gazetteer.find(text)
    actor = gazetteer.actors.get(text) or (entry.actor if entry else None)
    if actor is not None:
        return actor.id, actor.name
    if must:
        raise Refused(f"actors: no actor {text!r}: put it on file with briefing-kit actors add")
    return slug(text), text


def _append(workbook: Path, cells: dict[str, str]) -> int:
    """Add a line to data/actors.csv where the whole file can be read with it; the file is replaced at once or not at all.

    Raises:
        Refused: the line would not do, or an actor of that id has one already.
    """
    book = load_workbook(workbook)
    path = book.folder / "data" / "actors.csv"
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ",".join(COLUMNS) + "\n"
    header = next(csv.reader(line for line in text.splitlines() if line.strip() and not line.startswith("#")))
    names = [name.strip() for name in header]
    lacking = sorted(name for name, cell in cells.items() if cell and name not in names)
    if lacking:
        raise Refused(f"data/actors.csv: it has no column {lacking[0]!r}: the columns are {','.join(COLUMNS)}")
    line = StringIO()
    csv.DictWriter(line, names, restval="", extrasaction="ignore", lineterminator="\n").writerow(cells)
    path.parent.mkdir(exist_ok=True)
    made = path.with_name(".actors.csv")
    made.write_text(text + ("" if text.endswith("\n") else "\n") + line.getvalue(), encoding="utf-8")
    try:
        problems = load_gazetteer(made).problems
        mine = next((problem for problem in problems if repr(cells["id"]) in problem), None)
        if mine:
            raise GazetteerError(mine)
    except GazetteerError as error:
        made.unlink()
        raise Refused(str(error).replace(".actors.csv", "data/actors.csv")) from None
    made.replace(path)
    typer.echo(f"data/actors.csv: {line.getvalue().strip()}")
    return EXIT_DONE
