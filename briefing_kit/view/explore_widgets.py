"""`bk.explore` in a live notebook: ipywidgets for the filters, itables for the rows, one small widget for the buttons."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import traitlets

from briefing_kit.marking import marked_name, strictest
from briefing_kit.report.csvs import csv_bytes
from briefing_kit.report.meta import ReportMeta
from briefing_kit.report.workbook import frame_workbook
from briefing_kit.selection import VIEWS
from briefing_kit.view.display import format_cell
from briefing_kit.view.evidence import explain
from briefing_kit.view.explore import CHARTS, COLUMNS, NOUNS, ROW_LIMIT, Explorer
from briefing_kit.view.marked import spans_html

try:
    import anywidget
    import ipywidgets as widgets
    from itables.widget import ITable
except ImportError as error:
    raise ImportError(f"bk.explore needs {error.name}: pip install 'briefing-kit[lab]'") from None

_HERE = Path(__file__).parent / "static"
_LABELS = {
    "weeks": "Week",
    "series": "Series",
    "countries": "Country of the briefing",
    "actors": "Actor",
    "kinds": "Class",
    "source_kinds": "Source",
    "firmness": "Firmness",
}
_GRID: dict[str, Any] = {
    "select": "single",
    "showIndex": False,
    "maxBytes": 0,  # itables would cut the rows by itself; here the panel does, and says so
    "ordering": False,  # Python sorts, so that table, exports and code always agree
    "layout": {"topStart": None, "topEnd": None, "bottomStart": "info", "bottomEnd": "paging"},
    "pageLength": 10,
    "classes": "display compact",
}


class Buttons(anywidget.AnyWidget):
    """Row count, copy, save and clear."""

    _esm = _HERE / "explore.js"
    _css = _HERE / "explore.css"
    count = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)


def panel(explorer: Explorer) -> Any:
    """The explorer as one widget."""
    return _Panel(explorer).box


class _Panel:
    """Holds the explorer of the moment; every change of a control makes a new one and shows it."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.rows = explorer.rows
        self.filling = False
        choice = explorer.selection
        self.view = widgets.ToggleButtons(
            options=[(NOUNS[view].capitalize(), view) for view in VIEWS], value=choice.view, style={"button_width": "auto"}
        )
        self.words = widgets.Text(value=choice.words, placeholder="words in the sentence", continuous_update=False, layout=_wide())
        self.lists = {name: widgets.SelectMultiple(rows=5, layout=_wide()) for name in _LABELS}
        self.chart = widgets.Dropdown(layout=widgets.Layout(width="16em"))
        self.picture = widgets.HTML()
        self.buttons = Buttons()
        self.grid = ITable(**self._grid(), **_GRID)
        self.evidence = widgets.HTML()
        self.code = widgets.HTML()
        self._fill()
        self._watch()
        self._show()
        self.box = self._box()

    def _box(self) -> Any:
        filters = [widgets.Label("Words"), self.words]
        self.blocks = {name: widgets.VBox([widgets.Label(_LABELS[name]), box]) for name, box in self.lists.items()}
        left = widgets.VBox([*filters, *self.blocks.values()], layout=widgets.Layout(width="17em", flex="0 0 17em"))
        code = widgets.Accordion([self.code], titles=["The code of this view"])
        choice = widgets.HBox([self.view, self.chart], layout=widgets.Layout(flex_flow="row wrap"))
        right = widgets.VBox(
            [choice, self.picture, self.buttons, self.grid, self.evidence, code],
            layout=widgets.Layout(flex="1 1 auto", width="auto", min_width="0", padding="0 0 0 12px"),
        )
        box = widgets.HBox([left, right], layout=widgets.Layout(width="100%"))
        box.add_class("bk-explore")
        return box

    def _watch(self) -> None:
        self.view.observe(self._view_changed, "value")
        self.words.observe(self._changed, "value")
        self.chart.observe(self._changed, "value")
        for box in self.lists.values():
            box.observe(self._changed, "value")
        self.grid.observe(self._picked, "selected_rows")
        self.buttons.on_msg(self._asked)

    def _fill(self) -> None:
        """Offer what there is in this view, keeping what is chosen where it is still on offer."""
        self.filling = True
        facets = self.explorer.facets()
        selection = self.explorer.selection
        for name, box in self.lists.items():
            options = facets.get(name, [])
            box.options = options
            box.value = [value for _, value in options if value in getattr(selection, name)]
            box.disabled = not options
            box.rows = max(2, min(5, len(options)))
        self.chart.options = list(CHARTS[selection.view])
        self.chart.value = self.chart.options[0]
        self.filling = False

    def _view_changed(self, _: object) -> None:
        asked = self.explorer.asking(view=self.view.value, kinds=(), order="", descending=False)
        self.explorer = replace(asked, chart="")
        self._fill()
        self._changed(None)

    def _changed(self, _: object) -> None:
        if self.filling:
            return
        chosen = {name: tuple(box.value) for name, box in self.lists.items()}
        asked = self.explorer.asking(words=self.words.value, **chosen)
        self.explorer = replace(asked, chart=self.chart.value or "")
        self._show()

    def _asked(self, _: object, message: dict[str, Any], __: object) -> None:
        if "sort" in message:
            self._sort(int(message["sort"]))
        elif "clear" in message:
            self.filling = True
            self.words.value = ""
            for box in self.lists.values():
                box.value = ()
            self.filling = False
            self._changed(None)
        elif "save" in message:
            self._save(message["save"])

    def _sort(self, column: int) -> None:
        """First click ascending, second descending, third as found; the sentence is no column of the table and sorts by place."""
        name = list(COLUMNS[self.explorer.selection.view])[column]
        name = {"sentence": "start"}.get(name, name)
        now = self.explorer.selection
        if now.order != name:
            self.explorer = self.explorer.asking(order=name, descending=False)
        else:
            self.explorer = self.explorer.asking(order="" if now.descending else name, descending=not now.descending)
        self._show(chart=False)

    def _grid(self) -> dict[str, Any]:
        """The rows as strings (itables would format numbers with code of its own), numbers to the right, the sorted heading marked."""
        payload = self.explorer.table(ROW_LIMIT).payload
        selection = self.explorer.selection
        arrow = {selection.order: " ▼" if selection.descending else " ▲"}
        headings = [heading + arrow.get(name, "") for name, heading in COLUMNS[selection.view].items()]
        cells = [list(map(format_cell, row, payload["columns"])) for row in payload["rows"]]
        numbers = [at for at, column in enumerate(payload["columns"]) if column["kind"] == "number"]
        wide = [at for at, name in enumerate(COLUMNS[selection.view]) if name in ("sentence", "headline")]
        places = [{"targets": numbers, "className": "dt-right"}, {"targets": wide, "width": "40%"}]
        return {"df": pd.DataFrame(cells, columns=headings, dtype="str"), "columnDefs": places}

    def _show(self, *, chart: bool = True) -> None:
        self.rows = self.explorer.rows
        total = len(VIEWS[self.explorer.selection.view][1](self.explorer.tables))
        cut = f"; the first {ROW_LIMIT:,} are in the table" if len(self.rows) > ROW_LIMIT else ""
        self.buttons.count = f"{len(self.rows):,} of {total:,} {NOUNS[self.explorer.selection.view]}{cut}"
        self.buttons.code = self.explorer.code
        self.code.value = f"<pre>{html.escape(self.explorer.code)}</pre>"
        self.evidence.value = "<p class='bk-evidence'>Click a row to see its sentence, its source and the rule that found it.</p>"
        self.grid.update(**self._grid(), **_GRID, selected_rows=[])
        if chart:
            self.picture.value = self.explorer.figure()._repr_mimebundle_()["text/html"]

    def _picked(self, change: dict[str, Any]) -> None:
        picked = [at for at in change["new"] if at < len(self.rows)]
        if picked:
            row_id = self.rows.iloc[picked[0], 0]
            told = spans_html(explain(self.explorer.tables, row_id).payload)
            self.evidence.value = f"<div class='bk-evidence' role='status'>{told}</div>"

    def _save(self, kind: str) -> None:
        view = self.explorer.selection.view
        documents = self.explorer.tables.documents
        documents = documents[documents["doc_id"].isin(self.rows["doc_id"])]
        marking = strictest(documents["marking"].astype("object").where(documents["marking"].notna(), None))
        if kind == "csv":
            cells = self.rows.astype("object").where(self.rows.notna(), None)
            content, type_ = csv_bytes(map(str, self.rows.columns), cells.itertuples(index=False)), "text/csv"
        else:
            content, type_ = self._workbook(documents, marking), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        self.buttons.send({"name": marked_name(view, f".{kind}", marking), "type": type_}, buffers=[content])

    def _workbook(self, documents: pd.DataFrame, marking: str) -> bytes:
        published = tuple(day.date() for day in documents["published_on"].dropna())
        meta = ReportMeta(title="Briefing rows", marking=marking, published=published)
        noun = NOUNS[self.explorer.selection.view]
        return frame_workbook(noun.capitalize(), f"one row each of the {noun} that were shown", self.rows, meta)


def _wide() -> Any:
    return widgets.Layout(width="16.5em")
