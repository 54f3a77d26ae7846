"""One look for all charts: readable at one column on A4, in greyscale, and with colour-blind eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

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


PLATE = {"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.85}  # keeps labels readable over lines
# Where a label may stand beside its point, the best place first.
_BESIDE: tuple[dict[str, Any], ...] = tuple(
    {"position": (-7 if side == "right" else 7, up), "horizontalalignment": side, "verticalalignment": upright}
    for up, upright in ((0, "center"), (5, "bottom"), (-5, "top"), (13, "bottom"), (-13, "top"), (21, "bottom"), (-21, "top"))
    for side in ("left", "right")
)
_P = ParamSpec("_P")


def in_style(plot: Callable[_P, Axes]) -> Callable[_P, Axes]:
    """The plot function in the house style; the user's own settings are the same before and after."""

    @wraps(plot)
    def styled(*args: _P.args, **kwargs: _P.kwargs) -> Axes:
        import matplotlib as mpl

        with mpl.rc_context(_RC):
            return plot(*args, **kwargs)

    return styled


def legend_below(axes: Axes, title: str, handles: Sequence[Any], labels: Sequence[str]) -> None:
    """A legend under the axes and their label, for which the layout makes room."""
    _figure(axes).legend(handles, labels, title=title, loc="outside lower center", ncols=6)


def _figure(axes: Axes) -> Figure:
    figure = axes.get_figure(root=True)
    assert figure is not None  # noqa: S101 - for mypy: only axes that were removed have none
    return figure


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


def label_points(axes: Axes, points: Iterable[tuple[Any, float, str]]) -> None:
    """Write each label beside its point (x, y, label): where it covers no other label or point and stays in the picture, if it can."""
    from matplotlib.transforms import Bbox

    figure = _figure(axes)
    given = list(points)
    figure.draw_without_rendering()
    frame = axes.get_window_extent()
    centres = axes.transData.transform([(axes.convert_xunits(x), y) for x, y, _ in given])  # type: ignore[no-untyped-call]
    scale = figure.dpi / 72
    taken = [Bbox.from_bounds(x - 4 * scale, y - 4 * scale, 8 * scale, 8 * scale) for x, y in centres]
    for x, y, label in given:
        text = axes.annotate(
            label, (x, y), xytext=(0, 0), textcoords="offset points", fontsize=6.5, color=MUTED, linespacing=1.1, bbox=PLATE
        )
        best: tuple[int, dict[str, Any], Bbox] | None = None
        for beside in _BESIDE:
            text.set(**beside)
            box = text.get_window_extent()
            outside = box.x0 < frame.x0 or box.x1 > frame.x1 or box.y0 < frame.y0 or box.y1 > frame.y1
            cost = sum(box.overlaps(other) for other in taken) + 2 * outside
            if best is None or cost < best[0]:
                best = (cost, beside, box)
            if not cost:
                break
        assert best is not None  # noqa: S101 - there are placements
        text.set(**best[1])
        taken.append(best[2])


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
