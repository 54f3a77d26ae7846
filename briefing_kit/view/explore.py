"""Ask the tables without code: filters, a chart and a table that follow them, the evidence of each row, and the code of the view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing_kit.answers import Source, tables_of
from briefing_kit.measures import measure_label
from briefing_kit.selection import KIND_COLUMN, VIEWS, Selection, View, only, select, select_code
from briefing_kit.tables import Tables
from briefing_kit.view.charts import (
    plot_actor_weeks,
    plot_attribution,
    plot_claims,
    plot_comentions,
    plot_mentions,
    plot_reporting_lag,
)
from briefing_kit.view.display import FigureOutput, Table, show_figure, show_table
from briefing_kit.view.frontend import is_live
from briefing_kit.view.timeline import plot_timeline

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_LIMIT = 2000  # rows that the browser is given; exports and code have them all
_STATIC_ROWS = 20
_DRAWN = 14  # lines of a chart, so that it leaves room for the table on one screen

# The columns of each view as a reader meets them; the first ones answer who, how many and when.
COLUMNS: dict[View, dict[str, str]] = {
    "mentions": {
        "actor": "Actor",
        "text": "As written",
        "actor_type": "Type",
        "mention_kind": "Kind",
        "role_title": "Title",
        "sentence": "Sentence",
        "week": "Week",
    },
    "claims": {
        "text": "Claim",
        "value": "Value",
        "low": "Low",
        "high": "High",
        "measure": "Measure",
        "source": "Source",
        "factuality": "Firmness",
        "week": "Week",
    },
    "events": {
        "edtf": "Date",
        "headline": "What happened",
        "event_type": "Type",
        "actors": "Actors",
        "location": "Place",
        "source": "Source",
        "factuality": "Firmness",
        "week": "Week",
    },
}
CHARTS: dict[View, dict[str, Callable[[Tables], Axes]]] = {
    "mentions": {
        "Who is mentioned most": lambda tables: plot_mentions(tables, top=_DRAWN),
        "Who is new, back, gone": lambda tables: plot_actor_weeks(tables, sorted(tables.documents["week"].dropna().unique())[-12:]),
        "Who appears with whom": plot_comentions,
    },
    "claims": {"Who says how many": lambda tables: plot_claims(tables, top=_DRAWN), "Whose word it rests on": plot_attribution},
    "events": {"What happened when": lambda tables: plot_timeline(tables, days=3660), "How fresh it is": plot_reporting_lag},
}
NOUNS: dict[View, str] = {"mentions": "mentions of actors", "claims": "numeric claims", "events": "dated events"}


@dataclass(frozen=True)
class Explorer:
    """A question and its answer: the tables it is put to, the selection, and the chart that is drawn.

    Where a notebook front end is live it shows itself as filters, chart, table and evidence that follow one another; elsewhere
    (papermill, nbval, the PDF) as the chart and the first rows of the table.
    """

    tables: Tables
    selection: Selection
    chart: str = ""
    name: str = "tables"

    @property
    def rows(self) -> pd.DataFrame:
        """The selected rows, with the columns of their table."""
        return select(self.tables, self.selection)

    @property
    def code(self) -> str:
        """The pandas code that gives the same rows."""
        return select_code(self.selection, self.name)

    def shown(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows as a reader meets them: chosen columns in order, the sentence beside a name, the measure spoken."""
        sentences = self.tables.sentences.set_index("sentence_id")["text"]
        frame = rows.assign(sentence=rows["sentence_id"].map(sentences))
        if "measure" in frame:
            frame["measure"] = frame["measure"].map(measure_label)
        return frame[list(COLUMNS[self.selection.view])]

    def table(self, limit: int = _STATIC_ROWS) -> Table:
        """The first rows, captioned."""
        rows = self.rows
        cut = f", the first {limit} of {len(rows):,}" if len(rows) > limit else ""
        noun = NOUNS[self.selection.view]
        view: Mapping[str, str] = COLUMNS[self.selection.view]
        return show_table(self.shown(rows.head(limit)), caption=f"{noun.capitalize()}{cut}.", columns=view)

    def figure(self) -> FigureOutput:
        """The chart of the selected rows."""
        view, rows = self.selection.view, self.rows
        charts = CHARTS[view]
        title = self.chart or next(iter(charts))
        axes = charts[title](only(self.tables, self.selection, rows))
        cut = f"; at most {_DRAWN} lines are drawn" if view != "events" and len(rows) > _DRAWN else ""
        told = f"{title}: {len(rows):,} {NOUNS[view]}{cut}."
        return show_figure(axes, caption=told, alt=told)

    def asking(self, **changes: Any) -> Explorer:
        """The same explorer with another selection."""
        return replace(self, selection=replace(self.selection, **changes))

    def facets(self) -> dict[str, list[tuple[str, str]]]:
        """What each filter offers: pairs of label and value, the label with the number of rows of the whole view."""
        view = self.selection.view
        rows = VIEWS[view][1](self.tables)
        documents = self.tables.documents.set_index("doc_id")
        columns: dict[str, pd.Series[Any]] = {
            "weeks": rows["week"],
            "series": rows["doc_id"].map(documents["series"]),
            "countries": rows["doc_id"].map(documents["country"]),
            "actors": rows["actors"].str.split("; ").explode() if view == "events" else rows["actor_id"],
            "kinds": rows[KIND_COLUMN[view]],
        }
        if view != "mentions":
            columns |= {"source_kinds": rows["source_kind"], "firmness": rows["factuality"]}
        names = self.tables.mentions.drop_duplicates("actor_id").set_index("actor_id")["actor"]
        found = {name: _options(values, names if name == "actors" else None) for name, values in columns.items()}
        found["weeks"].sort(key=lambda option: option[1], reverse=True)
        return found

    def _ipython_display_(self) -> None:
        from IPython.display import display

        if is_live():
            from briefing_kit.view.explore_widgets import panel

            display(panel(self))
        else:
            display(self.figure(), self.table())


def explore(source: Source, *, view: View = "claims", name: str = "", **options: Any) -> Explorer:
    """Ask a set of tables without code: filters by week, series, country, actor, class, source and firmness, and words.

    In JupyterLab chart and table follow the filters, a click on a heading sorts, a click on a row shows its evidence, and
    buttons save what is shown (CSV, XLSX) and copy the pandas code that makes it. Needs the extra `briefing-kit[lab]` there.

    Args:
        source: what `analyse` takes, or its result.
        view: what is looked at first: mentions, claims or events.
        name: how your notebook calls the tables, for the code that is copied; found by itself in a notebook.
        options: first filters, as in `briefing_kit.selection.Selection` (`weeks=("2019-W42",)`), and what `analyse` takes.

    >>> explore("Officials said around 100 fighters remain.").rows["value"].tolist()
    [100.0]
    """
    filters = {key: options.pop(key) for key in list(options) if key in Selection.__dataclass_fields__}
    tables = tables_of(source, **options)
    explorer = Explorer(tables, Selection(view=view, **filters), name=name or _name_of(tables))
    select(tables, explorer.selection)  # a question that cannot be asked is refused here, not when it is shown
    return explorer


def _options(values: pd.Series[Any], names: pd.Series[Any] | None) -> list[tuple[str, str]]:
    counts = values.dropna().astype("str").value_counts()
    counts = counts[(counts > 0) & (counts.index != "")].sort_index().sort_values(ascending=False, kind="stable")
    return [(f"{names.get(value, value) if names is not None else value} ({n})", str(value)) for value, n in counts.items()]


def _name_of(tables: Tables) -> str:
    """What the notebook calls these tables: a variable, or `this`, `before` or `all` of a week that a variable holds."""
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return "tables"
    shell = get_ipython()
    for name, value in list(shell.user_ns.items()) if shell else []:
        if name.startswith("_"):
            continue
        if value is tables:
            return str(name)
        for part in ("this", "before", "all"):
            if type(value).__name__ == "Week" and getattr(value, part) is tables:
                return f"{name}.{part}"
    return "tables"
