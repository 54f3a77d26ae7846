"""`briefing-kit parse`: files in, tables out, without a workbook."""

from __future__ import annotations

import sys
from datetime import date as Day  # noqa: N812 - `date` is the option's name
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from briefing_kit.briefing import Briefing
from briefing_kit.marking import marked_name, strictest
from briefing_kit.naming import did_you_mean
from briefing_kit.reading import read_briefings
from briefing_kit.schemas import SCHEMAS
from briefing_kit.weekly.status import EXIT_DONE, Refused

if TYPE_CHECKING:
    import pandas as pd


def parse_files(
    files: list[str],
    *,
    table: str | None,
    format_: str,
    out: Path | None,
    date: str | None,
    actors: Path | None,
    corrections: Path | None = None,
    day_first: bool,
    raw: bool,
    strict: bool = False,
) -> int:
    """Analyse the files and write their tables to a folder or, one table, to standard output.

    Files bear the strictest marking of the briefings in their names (`claims.TLP-AMBER.csv`).

    Raises:
        Refused: an option will not do.
        ReadingError: a file that is named cannot be read, or with `strict` any of a folder or pattern.
        CorrectionError: a correction cannot be obeyed.
    """
    if table is not None and table not in SCHEMAS:
        near = did_you_mean(table, SCHEMAS)
        raise Refused(f"--table: no table {table!r}: " + (f"did you mean {near!r}?" if near else f"there is {', '.join(SCHEMAS)}"))
    if out is None and (table is None or format_ == "parquet"):
        mend = "add --out FOLDER" if format_ == "parquet" else "choose one with --table, or write all with --out FOLDER"
        raise Refused(f"--out: standard output takes one table of text: {mend}")
    if actors is not None and not actors.is_file():
        raise Refused(f"--actors: no file {actors}: name an actors.csv")
    if corrections is not None and not corrections.is_file():
        raise Refused(f"--corrections: no file {corrections}: name a corrections.csv")
    document_date = _day(date)
    briefings = [briefing for name in files for briefing in _read(name, document_date, strict=strict)]

    from briefing_kit.analysis import analyse
    from briefing_kit.corrections import load_corrections
    from briefing_kit.gazetteer import load_gazetteer

    tables = analyse(
        briefings,
        document_date=document_date,
        gazetteer=load_gazetteer(actors),
        corrections=load_corrections(corrections) if corrections else (),
        day_first=day_first,
    ).validated()
    chosen = {name: frame for name, frame in tables.items() if table in (None, name)}
    marking = strictest(briefing.marking for briefing in briefings)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, frame in chosen.items():
            _write(frame, out / marked_name(name, f".{format_}", marking), raw=raw, marking=marking)
    else:
        with TemporaryDirectory() as folder:
            for name, frame in chosen.items():
                path = Path(folder) / f"{name}.{format_}"
                _write(frame, path, raw=raw, marking=marking)
                sys.stdout.buffer.write(path.read_bytes())
        sys.stdout.flush()
        if marking:  # standard output has neither a name nor a header to bear it
            sys.stderr.write(f"briefing-kit: marked {marking}\n")
    return EXIT_DONE


def _write(frame: pd.DataFrame, path: Path, *, raw: bool, marking: str) -> None:
    from briefing_kit.report.csvs import write_csv, write_parquet

    if path.suffix == ".parquet":
        write_parquet(frame, path, marking)
    elif path.suffix == ".jsonl":
        text = frame.to_json(orient="records", lines=True, date_format="iso", force_ascii=False)
        path.write_text(text, encoding="utf-8", newline="")
    else:
        write_csv(frame, path, raw=raw)


def _day(text: str | None) -> Day | None:
    try:
        return None if text is None else Day.fromisoformat(text)
    except ValueError:
        raise Refused(f"--date: {text!r} is not a date: write it as 2019-10-16") from None


def _read(name: str, document_date: Day | None, *, strict: bool) -> list[Briefing]:
    if name == "-":
        from briefing_kit.briefing import text_briefing

        return [text_briefing(sys.stdin.read(), document_date=document_date, doc_id="stdin")]
    batch = read_briefings(name, document_date=document_date, strict=strict)
    for one in batch.unread:
        sys.stderr.write(f"briefing-kit: left out {one.reason}\n")
    return list(batch.briefings)
