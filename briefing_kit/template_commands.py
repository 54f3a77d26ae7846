"""`briefing-kit init` and `briefing-kit upgrade`: a new workbook, and an older one brought up to the installed version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing_kit.weekly.status import EXIT_DONE, EXIT_FAILED

Folder = Annotated[Path, typer.Option("--workbook", help="The folder that holds notebooks/ and data/.", show_default="this folder")]


def init(
    folder: Annotated[Path, typer.Argument(help="The new folder.")],
    country: Annotated[str, typer.Option(help="Country of the briefings: ISO 3166 code such as UKR, or its name.")],
    series: Annotated[str, typer.Option(help="Name of the series.")],
    title: Annotated[str, typer.Option(help="Title of the reports.", show_default="the country's weekly workbook")] = "",
    marking: Annotated[str, typer.Option(help="TLP 2.0 marking of briefings that bear none.")] = "TLP:AMBER",
    no_run: Annotated[bool, typer.Option("--no-run", help="Do not execute the notebooks to store their first outputs.")] = False,
) -> int:
    """Make a new workbook: settings, actors of the country and its neighbours, a sample, notebooks, schedule and CI.

    `make report`, `make test` and `make lab` work in it at once.
    """
    from briefing_kit.new_workbook import make_workbook

    files = make_workbook(folder, country=country, series=series, title=title, marking=marking)
    typer.echo(f"{folder}: {len(files)} files")
    if not no_run:
        from briefing_kit.weekly.check import update_notebooks

        if not update_notebooks(folder):
            return EXIT_FAILED
    typer.echo(f"next: cd {folder}, then make report; put briefings into data/briefings/")
    return EXIT_DONE


def upgrade(
    workbook: Folder = Path(),
    apply: Annotated[bool, typer.Option("--apply", help="Write what is shown; the notebooks as they were are kept.")] = False,
) -> int:
    """Bring the notebooks up to the installed version: show the difference, and with --apply write it.

    Your own cells and parameter defaults stay. A cell that both you and the new version changed stays yours and is named.
    """
    from briefing_kit import __version__
    from briefing_kit.upgrading import BACKUP, apply_upgrade, plan_upgrade
    from briefing_kit.workbook import load_workbook

    book = load_workbook(workbook)
    plan = plan_upgrade(book)
    for one in plan:
        if one.diff:
            typer.echo(one.diff)
        for cell in one.kept:
            typer.echo(f"notebooks/{one.name}: cell {cell} was changed by you and in {__version__}: yours stays")
    changed = [one for one in plan if one.diff]
    if not changed:
        typer.echo(f"the notebooks are those of briefing_kit {__version__}" + (", but for the cells above" if plan else ""))
    elif apply:
        apply_upgrade(book, plan)
        typer.echo(f"{len(changed)} notebooks written, the older ones are in {BACKUP}/; store their outputs: briefing-kit check --update")
    else:
        typer.echo(f"nothing is written yet: briefing-kit upgrade --apply writes these {len(changed)} notebooks")
    return EXIT_DONE
