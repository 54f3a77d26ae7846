"""The bench: a briefing's marked text beside its rows, where an analyst decides on each and the next run obeys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from briefing_kit.analysis import Readable
from briefing_kit.briefing import Briefing, text_briefing
from briefing_kit.desk.rows import shown_columns
from briefing_kit.desk.sitting import Desk
from briefing_kit.reading import load_briefing, load_briefings
from briefing_kit.schemas import ROW_KINDS
from briefing_kit.view.display import Table, show_table
from briefing_kit.view.evidence import show
from briefing_kit.view.frontend import is_live
from briefing_kit.view.marked import show_note
from briefing_kit.workbook import find_workbook, load_workbook

_HEADINGS = {"kind": "Kind", "text": "Words", "says": "Says", "rule": "Rule", "status": "Status"}


def bench(briefings: Readable | Iterable[Readable] | None = None, *, workbook: str | Path = "") -> Bench:
    """Read a briefing beside its rows and decide on each, with mouse or keyboard (press ? for the keys).

    Confirm, reject, relabel, link to an actor, add what is missing, undo: each writes one line of the workbook's
    data/corrections.csv or data/actors.csv at once, and every later run obeys. Where nobody can click (papermill, nbval, nbconvert)
    the marked text and its rows are shown instead.

    Args:
        briefings: a Briefing, a path (pathlib), a text, or any number of them; by default all of the workbook's.
        workbook: the folder that holds data/; "" is this one or the nearest above it.

    Raises:
        WorkbookError, ReadingError: the workbook or a briefing cannot be read.
        DeskError: there is no briefing.
        CorrectionError, GazetteerError: corrections.csv or actors.csv cannot be used as it is.

    >>> bench("Troops seized Sirte on 6 January 2020.").desk.rows()[-1]["head"]
    '2020-01-06 · day'
    """
    book = load_workbook(workbook or find_workbook())
    given = load_briefings(book.briefings) if briefings is None else _read(briefings)
    given.sort(key=lambda one: (one.published_on or date.min, one.doc_id))
    return Bench(Desk(given, book.folder / "data", day_first=book.settings.date_order == "dmy"))


class Bench:
    """What `bench` returns; `desk` takes the same decisions from code (see `Desk`)."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._widget: Any = None

    def __repr__(self) -> str:
        return f"<bench on {self.desk.doc_id}: {len(self.desk.rows())} rows>"

    def _ipython_display_(self) -> None:
        from IPython import display

        for output in self._outputs():
            display.display(output)

    def _outputs(self) -> tuple[Any, ...]:
        if not is_live():
            return self.static()
        if find_spec("anywidget") is None:
            return show_note("The bench needs widgets: pip install 'briefing-kit[lab]', then restart JupyterLab."), *self.static()
        from briefing_kit.desk.widget import BenchWidget

        self._widget = self._widget or BenchWidget(self.desk)
        return (self._widget,)

    def static(self) -> tuple[Any, Table]:
        """The open briefing's text with every row marked, and its rows: what a reader without a front end sees."""
        desk = self.desk
        rows = desk.rows()
        frame = _frame(rows)
        decided = sum(row["status"] != "auto" for row in rows)
        caption = f"{len(rows):,} rows of {desk.doc_id}, {decided:,} of them decided on by an analyst."
        return show(desk.briefing, desk.tables), show_table(frame, caption=caption, columns=_HEADINGS)


def _frame(rows: list[dict[str, Any]]) -> Any:
    import pandas as pd

    rule = {table: shown_columns(table).index("rule") for table in ROW_KINDS}
    cells = [(row["kind"], row["text"], row["head"], row["cells"][rule[row["table"]]], row["status"]) for row in rows]
    return pd.DataFrame(cells, columns=list(_HEADINGS), dtype="str")


def _read(briefings: Readable | Iterable[Readable]) -> list[Briefing]:
    if isinstance(briefings, Briefing):
        return [briefings]
    if isinstance(briefings, str):
        return [text_briefing(briefings)]
    if isinstance(briefings, Path):
        return load_briefings(briefings) if briefings.is_dir() else [load_briefing(briefings)]
    return [one for each in briefings for one in _read(each)]
