"""What a notebook shows: tables and figures (marked text is in `marked`), each as data for the report and as safe HTML for the reader.

Every object here has a `_repr_mimebundle_` with three faces of one thing: a structured payload (which the PDF and HTML
reports read, so that no cell is ever cut), HTML for JupyterLab, and plain text. The bytes depend on the arguments only
(no random ids, no dates, no addresses), so nbval can compare stored outputs strictly. Text reaches HTML escaped, and a
dollar sign never starts a formula.
"""

from __future__ import annotations

import base64
import html
import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TABLE_MIME = "application/vnd.briefing-kit.table+json"
FIGURE_MIME = "application/vnd.briefing-kit.figure+json"

MISSING = "–"
HTML_ROW_LIMIT = 500
PLAIN_ROW_LIMIT = 20

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table; `payload` is what the report reads."""

    payload: dict[str, Any]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002 - IPython's signature
        return {TABLE_MIME: self.payload, "text/html": table_html(self.payload), "text/plain": table_text(self.payload)}


@dataclass(frozen=True, slots=True)
class FigureOutput:
    """A captioned figure as SVG with real text."""

    svg: str
    caption: str
    alt: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002 - IPython's signature
        return {
            "image/svg+xml": self.svg,
            FIGURE_MIME: {"caption": self.caption, "alt": self.alt},
            "text/html": figure_html(self.svg, self.caption, self.alt),
            "text/plain": self.caption,
        }


def show_table(
    frame: pd.DataFrame,
    *,
    caption: str,
    columns: Mapping[str, str] | None = None,
    formats: Mapping[str, str] | None = None,
    weights: Mapping[str, float] | None = None,
) -> Table:
    """Show a DataFrame (any dtypes, index left out) with every value whole.

    Args:
        frame: one row per table row.
        caption: what one row is, what is counted and what was left out.
        columns: frame column -> heading; picks and orders the columns (default: all, under their own names).
        formats: frame column -> Python format specification for its numbers, such as `",.1f"` or `"d"` (for years).
        weights: frame column -> relative width in the report (default: from the length of its text).

    Raises:
        ValueError: a column is not in the frame, or a format does not fit numbers.
    """
    formats, weights = dict(formats or {}), dict(weights or {})
    for wanted in [*(columns or ()), *formats, *weights]:
        if wanted not in frame.columns:
            raise ValueError(f"show_table: no column {wanted!r}; the table has {', '.join(map(str, frame.columns))}")
    # By position: names may be numbers, tuples (a pivot) or stand twice.
    places = list(range(frame.shape[1])) if columns is None else [list(frame.columns).index(name) for name in columns]
    described, values = [], []
    for place in places:
        name: Any = frame.columns[place]
        series = frame.iloc[:, place]
        heading = columns[name] if columns else " / ".join(map(str, name)) if isinstance(name, tuple) else str(name)
        column: dict[str, Any] = {"name": clean(heading), "kind": _kind(series)}
        if name in formats:
            format(0 if formats[name].endswith("d") else 0.5, formats[name])
            column["format"] = formats[name]
        if name in weights:
            column["weight"] = float(weights[name])
        described.append(column)
        values.append([_cell(value) for value in series])
    rows = [list(row) for row in zip(*values, strict=True)]
    return Table({"caption": clean(caption), "columns": described, "rows": rows})


def show_figure(figure: Axes | Figure, *, caption: str, alt: str) -> FigureOutput:
    """Show a matplotlib figure (or the figure of an Axes) as SVG with searchable text, and close it.

    The same drawing gives the same bytes: fixed hash salt, no date, no program name. A `$` in a label stays a dollar
    sign; only matplotlib's own tick formulas (powers of ten) are set as mathematics.

    Args:
        figure: what to draw.
        caption: says what is counted, for which documents, and n.
        alt: what a reader who cannot see it needs: kind of chart, extremes, main finding.
    """
    import matplotlib as mpl
    import matplotlib.pyplot as plt
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    whole = figure if isinstance(figure, Figure) else figure.get_figure(root=True)
    if whole is None:
        raise ValueError("show_figure: these Axes belong to no figure")
    buffer = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "briefing-kit"}):
        whole.draw_without_rendering()
        for text in whole.findobj(Text):
            text.set_parse_math(text.get_text().startswith("$\\mathdefault"))
        whole.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(whole)
    caption, alt = clean(caption), clean(alt)
    svg = re.sub(r"[ \t]+$", "", buffer.getvalue(), flags=re.MULTILINE)
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{html.escape(alt)}" ', 1)
    return FigureOutput(svg, caption, alt)


def format_cell(value: Cell, column: Mapping[str, Any]) -> str:
    """A payload cell as its reader sees it: 5000 -> "5,000", None -> "–", True -> "yes"."""
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    form = column.get("format")
    if form and not (form.endswith("d") and not float(value).is_integer()):
        return format(int(value) if form.endswith("d") else value, form)
    if float(value).is_integer():
        return f"{int(value):,}"
    if abs(value) < 1:
        return f"{value:.3g}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def escape(text: str) -> str:
    """Text as HTML: nothing in it is markup, and no dollar sign can open a MathJax formula (each stands in its own element)."""
    return html.escape(text).replace("$", "<span>$</span>")


def table_html(payload: Mapping[str, Any]) -> str:
    """The table as HTML that wraps its text; beyond 500 rows a note says what is left out."""
    columns, rows = payload["columns"], payload["rows"]
    # JupyterLab right-aligns every cell; style attributes are the only style that its sanitizer and GitHub's both let pass or drop quietly.
    aligns = ["right" if column["kind"] == "number" else "left" for column in columns]
    wraps = [";white-space:nowrap" if column["kind"] in {"number", "date"} else "" for column in columns]
    lines = ['<table class="bk-table tex2jax_ignore mathjax_ignore">']
    lines.append(f'<caption style="text-align:left;caption-side:top">{escape(payload["caption"])}</caption>')
    heads = "".join(
        f'<th scope="col" style="text-align:{align}">{escape(column["name"])}</th>' for column, align in zip(columns, aligns, strict=True)
    )
    lines.append(f"<thead><tr>{heads}</tr></thead>\n<tbody>")
    for row in rows[:HTML_ROW_LIMIT]:
        cells = "".join(
            f'<td style="text-align:{align};vertical-align:top{wrap}">{escape(format_cell(value, column))}</td>'
            for value, column, align, wrap in zip(row, columns, aligns, wraps, strict=True)
        )
        lines.append(f"<tr>{cells}</tr>")
    lines.append("</tbody></table>")
    if not rows:
        lines.append("<p>No rows.</p>")
    if len(rows) > HTML_ROW_LIMIT:
        lines.append(f"<p>The first {HTML_ROW_LIMIT:,} of {len(rows):,} rows.</p>")
    return "\n".join(lines)


def table_text(payload: Mapping[str, Any]) -> str:
    """The table as plain text, cells joined by " | ", the first 20 rows."""
    columns, rows = payload["columns"], payload["rows"]
    lines = [payload["caption"], " | ".join(column["name"] for column in columns)]
    lines += [" | ".join(map(format_cell, row, columns)) for row in rows[:PLAIN_ROW_LIMIT]]
    if len(rows) > PLAIN_ROW_LIMIT:
        lines.append(f"... {len(rows) - PLAIN_ROW_LIMIT:,} more rows")
    if not rows:
        lines.append("No rows.")
    return "\n".join(lines)


def figure_html(svg: str, caption: str, alt: str) -> str:
    """The figure as an image (isolated: its ids cannot clash with another figure's) with its caption under it."""
    data = base64.b64encode(svg.encode()).decode("ascii")
    return (
        f'<figure class="tex2jax_ignore mathjax_ignore" style="margin:0"><img alt="{html.escape(alt)}" '
        f'src="data:image/svg+xml;base64,{data}" style="max-width:100%">\n<figcaption>{escape(caption)}</figcaption></figure>'
    )


def _kind(series: pd.Series[Any]) -> str:
    from pandas.api import types

    if types.is_bool_dtype(series.dtype):
        return "boolean"
    if types.is_numeric_dtype(series.dtype):
        return "number"
    if types.is_datetime64_any_dtype(series.dtype):
        return "date"
    present = series.dropna()
    return "date" if len(present) and all(isinstance(value, date) for value in present) else "string"


def _cell(value: Any) -> Cell:
    """One value as JSON: missing is None, dates ISO 8601, lists joined by "; "."""
    import pandas as pd

    if getattr(value, "ndim", 0):  # a numpy array
        value = value.tolist()
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value)
        return clean("; ".join(items))
    if value is None or pd.isna(value):
        return None
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # JSON has no infinity
    return value if isinstance(value, bool | int | float) else clean(str(value))


def clean(text: str) -> str:
    """Lone surrogates cannot be written to any file; they become "?"."""
    return text.encode("utf-8", "replace").decode("utf-8")
