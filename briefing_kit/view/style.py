"""One look for all charts: readable at one column on A4, in greyscale, and with colour-blind eyes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 6.5  # inches: one column on A4 with the report's margins
INK, MUTED, GRID = "#1b2733", "#5b6875", "#d9dee3"
MAIN = "#1f4e79"
# Okabe-Ito hues, ordered so that neighbours differ in lightness too and survive greyscale.
PALETTE = ("#1f4e79", "#e69f00", "#56b4e9", "#009e73", "#cc79a7", "#7f7f7f")
SOURCE_COLOURS = {
    "author": "#1b2733",
    "named": "#1f4e79",
    "organisation": "#56b4e9",
    "unnamed": "#e69f00",
    "media": "#cc79a7",
    "document": "#009e73",
}
SOURCE_MARKERS = {"author": "o", "named": "s", "organisation": "D", "unnamed": "^", "media": "v", "document": "P"}
_RC: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "axes.titlesize": 9,
    "axes.labelsize": 8,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.facecolor": "white",
    "figure.facecolor": "white",  # stays readable in JupyterLab's dark theme
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.6,
    "legend.fontsize": 7.5,
    "legend.frameon": False,
    "text.color": INK,
    "text.parse_math": False,  # "US$5m to US$7m" is money
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
}


_P = ParamSpec("_P")


def in_style(plot: Callable[_P, Axes]) -> Callable[_P, Axes]:
    """The plot function in the house style; the user's own settings are the same before and after."""

    @wraps(plot)
    def styled(*args: _P.args, **kwargs: _P.kwargs) -> Axes:
        import matplotlib as mpl

        with mpl.rc_context(_RC):
            return plot(*args, **kwargs)

    return styled


def new_axes(height: float, *, width: float = WIDTH) -> Axes:
    """Axes of a new figure, `height` and `width` in inches."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained").add_subplot()


def sentence_axes(sentence: str) -> Axes:
    """Axes that say in one sentence why there is nothing to draw."""
    axes = new_axes(0.7)
    axes.set_axis_off()
    axes.text(0, 0.5, sentence, transform=axes.transAxes, va="center", color=MUTED, fontsize=9, style="italic")
    return axes


def shorten(label: str, limit: int = 44) -> str:
    """A label cut at a word, with an ellipsis where something is left out."""
    if len(label) <= limit:
        return label
    return label[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "\u2026"


def compact(number: float) -> str:
    """A tick label: 1,500 stays, 20,000 is 20k, 1,300,000 is 1.3m, 2,000,000,000 is 2bn."""
    for size, letters in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e4, "k")):
        if abs(number) >= size:
            return f"{number / (1e3 if letters == 'k' else size):g}{letters}"
    return f"{number:,.0f}" if abs(number) >= 10 else f"{number:g}"
