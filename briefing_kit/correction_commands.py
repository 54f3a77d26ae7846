"""`briefing-kit corrections`: one line of data/corrections.csv for each mend of a row, and the lines that mend nothing any more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing_kit.actor_commands import Folder, analysed
from briefing_kit.weekly.status import EXIT_DONE

if TYPE_CHECKING:
    from briefing_kit.corrections import Correction
    from briefing_kit.workbook import Workbook

app = typer.Typer(no_args_is_help=True, help="The analyst's corrections of single rows, obeyed at every run (data/corrections.csv).")
RowId = Annotated[str, typer.Argument(metavar="ROW_ID", help="The first cell of the row: 12 hex digits.")]
Note = Annotated[str, typer.Option(help="Why.")]


@app.command()
def stale(workbook: Folder = Path()) -> int:
    """The corrections whose sentence or row is no longer there; they change nothing."""
    from briefing_kit.corrections import load_corrections, stale_reasons

    book, _, tables = analysed(workbook)
    corrections = load_corrections(book.corrections) if book.corrections else []
    reasons = stale_reasons(tables, corrections)
    for line in corrections:
        if line.correction_id in reasons:
            reason = reasons[line.correction_id]
            typer.echo(f"{line.correction_id}  {line.action} {line.table}  {line.doc_id}  {line.text!r}: {reason}")
    typer.echo(f"{len(corrections)} corrections, {len(reasons)} stale")
    return EXIT_DONE


@app.command()
def reject(row_id: RowId, note: Note = "", workbook: Folder = Path()) -> int:
    """Say that a row is wrong; it stays in the tables, marked rejected, and counts nowhere."""
    return _row(workbook, row_id, "reject", note=note)


@app.command()
def confirm(row_id: RowId, note: Note = "", workbook: Folder = Path()) -> int:
    """Say that a row was looked at and is right."""
    return _row(workbook, row_id, "confirm", note=note)


@app.command("set", epilog="`briefing-kit corrections set 3f0c2a9be41d actor_id islamic-state`")
def set_(
    row_id: RowId,
    column: Annotated[str, typer.Argument(metavar="COLUMN", help="See briefing-kit codebook.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Written as in the tables; '' is missing.")],
    note: Note = "",
    workbook: Folder = Path(),
) -> int:
    """Change one cell of a row. A mention's new actor_id brings along name, type and country."""
    return _row(workbook, row_id, "set", column=column, value=value, note=note)


@app.command(epilog="`briefing-kit corrections add mentions 2019-10-16-libya 'the Amazons' actor_id=amazons`")
def add(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="dates, mentions, claims, events or attributions.")],
    doc_id: Annotated[str, typer.Argument(metavar="DOC_ID", help="The briefing.")],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="The words of the row, as they stand in the text.")],
    cells: Annotated[list[str] | None, typer.Argument(metavar="COLUMN=VALUE...", help="The further cells of the row.")] = None,
    note: Note = "",
    workbook: Folder = Path(),
) -> int:
    """Add a row that was missed."""
    from briefing_kit.correcting import new_row
    from briefing_kit.corrections_file import pairs

    book, _, tables = analysed(workbook)
    return _write(book, new_row(tables, table, doc_id, words, pairs("; ".join(cells or ())), note=note))


def _row(workbook: Path, row_id: str, action: str, *, column: str = "", value: str = "", note: str = "") -> int:
    from briefing_kit.correcting import row_correction

    book, _, tables = analysed(workbook)
    return _write(book, row_correction(tables, row_id, action, column=column, value=value, note=note))


def _write(book: Workbook, correction: Correction) -> int:
    from briefing_kit.correcting import write_correction

    correction_id = write_correction(book.folder / "data" / "corrections.csv", correction)
    what = f"{correction.action} {correction.table} {correction.text!r}"
    typer.echo(f"data/corrections.csv: {correction_id}: {what} in {correction.doc_id}")
    return EXIT_DONE
