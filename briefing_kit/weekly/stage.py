"""The tables of a run: analysed once, validated, and written where every notebook reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing_kit.briefing import Briefing
from briefing_kit.corrections import Correction, CorrectionError, load_corrections
from briefing_kit.sources import graded_sources
from briefing_kit.store.layout import StoreError
from briefing_kit.tables import Tables, stamp
from briefing_kit.weekly.lean import lean_imports
from briefing_kit.weekly.status import Refused
from briefing_kit.weeks import analysed_in
from briefing_kit.workbook import SETTINGS_FILE, Workbook, WorkbookError


def corrections_of(workbook: Workbook) -> Sequence[Correction]:
    """The workbook's corrections.

    Raises:
        Refused: a line of data/corrections.csv cannot be obeyed.
    """
    try:
        return load_corrections(workbook.corrections) if workbook.corrections else ()
    except CorrectionError as error:
        raise Refused(f"data/{error}") from None


def analysed(workbook: Workbook, briefings: Sequence[Briefing], corrections: Sequence[Correction]) -> Tables:
    """What is found in the briefings with the workbook's actors, corrections and reading of dates.

    Raises:
        Refused: a correction's value does not fit its column, a source has a grade that there is not, or the archive cannot be written.
    """
    try:
        tables = analysed_in(workbook, briefings, corrections)
    except CorrectionError as error:
        raise Refused(f"data/{error}") from None
    except StoreError as error:
        raise Refused(f"{SETTINGS_FILE}: store: {error}") from None
    if workbook.sources:
        try:
            graded_sources(tables, workbook.sources)
        except WorkbookError as error:
            raise Refused(f"data/{error}") from None
    return tables


def stage_tables(tables: Tables, folder: Path, marking: str) -> None:
    """Hold the tables against their schemas and write them as Parquet into the folder, the marking in each file's metadata.

    Raises:
        TableError: a table does not hold to its schema.
    """
    with lean_imports():
        tables.validated()
        from briefing_kit.report.csvs import write_parquet
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        write_parquet(frame, folder / f"{name}.parquet", marking)
    stamp(folder)
