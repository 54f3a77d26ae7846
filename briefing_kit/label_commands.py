"""`briefing-kit labels`: rows to an annotation tool, and what annotators made of them back as corrections."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from briefing_kit.actor_commands import Folder, analysed
from briefing_kit.weekly.status import EXIT_DONE, Refused

app = typer.Typer(no_args_is_help=True, help="Labels for annotation tools (Label Studio, doccano), out and back.")
_MOST_BYTES = 200_000_000


@app.command("export")
def export_labels(
    format_: Annotated[Literal["label-studio", "doccano"], typer.Argument(metavar="FORMAT", help="label-studio or doccano.")],
    week: Annotated[str | None, typer.Option(help="Only briefings of this ISO week.", show_default="all")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write to.", show_default="reports/labels in the workbook")] = None,
    workbook: Folder = Path(),
) -> int:
    """Write the briefings with their rows as labels, and the file that tells the tool which labels there are."""
    from briefing_kit.labels import FORMATS, label_config
    from briefing_kit.reading import load_briefings

    book, _, tables = analysed(workbook)
    briefings = [one for one in load_briefings(book.briefings) if week in (None, one.week)]
    if not briefings:
        raise Refused(f"--week: no briefing of {week}")
    folder = out or book.reports / "labels"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{format_}{f'-{week}' if week else ''}"
    path = folder / f"{name}.jsonl"
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(FORMATS[format_](briefings, tables))
    config = folder / (f"{name}-labels.json" if format_ == "doccano" else f"{name}-interface.xml")
    config.write_text(label_config(format_), encoding="utf-8", newline="\n")
    typer.echo(f"{path}: {len(briefings)} briefings; labels: {config}")
    return EXIT_DONE


@app.command("import")
def import_labels(
    file: Annotated[Path, typer.Argument(help="What the tool exported: JSON lines, or Label Studio's JSON.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written and write nothing.")] = False,
    workbook: Folder = Path(),
) -> int:
    """Turn what annotators changed into lines of data/corrections.csv: gone is rejected, relabelled is set, new is added."""
    from briefing_kit.correcting import append_corrections, numbered
    from briefing_kit.corrections import apply_corrections, load_corrections
    from briefing_kit.csv_lines import alone_in
    from briefing_kit.labels import LabelError, label_corrections, read_labels
    from briefing_kit.reading import load_briefings

    path = _workbook_data(workbook) / "corrections.csv"
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise Refused(f"{file.name}: more than {_MOST_BYTES // 1_000_000} MB: export fewer texts at once")
        content = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            f"{file.name}: cannot be read as UTF-8 text ({getattr(error, 'strerror', None) or error.__class__.__name__})"
        ) from None
    with alone_in(path.parent):
        book, gazetteer, tables = analysed(workbook)
        known = {briefing.doc_id: briefing for briefing in load_briefings(book.briefings)}
        lines, problems = [], []
        try:
            for labelled in read_labels(content):
                if labelled.doc_id not in known:
                    problems.append(f"{labelled.doc_id}: no such briefing in this workbook")
                    continue
                day_first = book.settings.date_order == "dmy"
                new, unused = label_corrections(labelled, known[labelled.doc_id], tables, gazetteer, day_first=day_first)
                lines += new
                problems += unused
        except LabelError as error:
            raise Refused(f"{file.name}: {error}") from None
        made = numbered(load_corrections(path), lines)
        apply_corrections(tables, made, gazetteer)  # what cannot be obeyed is refused before anything is written
        if made and not dry_run:
            append_corrections(path, made)
    for line in made:
        what = f"{line.column}={line.value}" if line.action == "set" else line.value if line.action == "add" else ""
        typer.echo(f"{line.correction_id}  {line.action} {line.table}  {line.doc_id}  {line.text!r}  {what}".rstrip())
    for problem in problems:
        typer.echo(f"briefing-kit: not used: {problem}", err=True)
    typer.echo(f"{len(made)} corrections{' would be' if dry_run else ''} written to data/{path.name}")
    return EXIT_DONE


def _workbook_data(folder: Path) -> Path:
    from briefing_kit.workbook import load_workbook

    return load_workbook(folder).folder / "data"
