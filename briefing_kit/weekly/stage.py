"""The tables of a run: analysed once, validated, and written where every notebook reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing_kit.analysis import analyse
from briefing_kit.briefing import Briefing
from briefing_kit.corrections import Correction, CorrectionError, load_corrections
from briefing_kit.gazetteer import load_gazetteer
from briefing_kit.sources import graded_sources
from briefing_kit.tables import Tables, stamp
from briefing_kit.weekly.lean import lean_imports
from briefing_kit.weekly.status import Refused
from briefing_kit.workbook import Workbook, WorkbookError


def corrections_of(workbook: Workbook) -> Sequence[Correction]:
    """The workbook's corrections.

    Raises:
        Refused: a line of data/corrections.csv cannot be obeyed.
    """
    try:
        return load_corrections(workbook.corrections) if workbook.corrections else ()
    except CorrectionError as error:
        raise Refused(f"data/{error}") from None


def stage_tables(workbook: Workbook, briefings: Sequence[Briefing], corrections: Sequence[Correction], folder: Path) -> Tables:
    """Analyse the briefings, hold the tables against their schemas, write them as Parquet into the folder.

    Raises:
        TableError: a table does not hold to its schema.
        Refused: a correction's value does not fit its column, or a source has a grade that there is not.
    """
    try:
        tables = analyse(
            list(briefings),
            gazetteer=load_gazetteer(workbook.actors),
            corrections=corrections,
            day_first=workbook.settings.date_order == "dmy",
        )
    except CorrectionError as error:
        raise Refused(f"data/{error}") from None
    if workbook.sources:
        try:
            graded_sources(tables, workbook.sources)
        except WorkbookError as error:
            raise Refused(f"data/{error}") from None
    with lean_imports():
        tables.validated()
    tables.write(folder)
    stamp(folder)
    return tables
