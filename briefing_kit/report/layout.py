"""How wide the columns of a printed table are, whether it needs a landscape page, and how large a figure is drawn."""

from __future__ import annotations

import heapq
import math
import re
import struct
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from briefing_kit.report.text import width

PORTRAIT, LANDSCAPE = 470.0, 718.0  # points between the margins of an A4 page
_FULL_SIZE = 8.0  # points, of a table's text
_STEPS = ((PORTRAIT, 8.0), (PORTRAIT, 7.0), (LANDSCAPE, 8.0), (LANDSCAPE, 6.6))  # tried in this order
_PADDING = 8.5  # points at 8 pt: the inset of a cell, left and right, and a little for rounding
_UNBROKEN = 45.0  # points at 8 pt: a shorter text stays on one line
_HEADING = 70.0  # points at 8 pt that a heading of several words may ask for beyond its longest
_LINE = 105.0  # points at 8 pt that a line of a whole sentence needs at the least
_SENTENCE = 60  # characters: a longer text is a sentence
READABLE = 26  # characters: a longer word may be broken
_BOLD = 1.08  # how much wider a bold character of the heading is
_FIGURE = 0.92  # charts are drawn with somewhat larger letters than the tables beside them
_TALLEST = 480.0  # points: a taller figure would leave half a page empty above it
BOTTOM = 771.0  # points from the top of the page to the end of its text
SMALLEST = 0.85  # of its size in the report: a chart drawn smaller than that is hard to read
_AROUND = 62.0  # points: caption of two lines, space above and below
_POINTS = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "px": 0.75}


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths as Typst lengths, the text size in points, and the direction of the page."""

    widths: list[str]
    size: float
    landscape: bool


def lay_out(names: Sequence[str], rows: Sequence[Sequence[str]], weights: Sequence[float | None]) -> Layout:
    """Choose portrait where the columns stay readable, then somewhat smaller type, then landscape, then small type.

    Every column gets its longest word, a sentence a readable line; what is left over is shared by the root of the length (a
    linear share would let one long column starve the others), up to the whole text on one line. `weights` overrides a
    column's share. A table too wide for any page is to be split first (`panels`).
    """
    columns = _measure(names, rows)
    needed = sum(column.least for column in columns)
    page, size = next((step for step in _STEPS if needed <= step[0] * _FULL_SIZE / step[1]), _STEPS[-1])
    total = max(page * _FULL_SIZE / size, needed)
    shares = [weight or min(9.0, max(2.0, math.sqrt(column.natural / 4) / 2)) for weight, column in zip(weights, columns, strict=True)]
    widths = _share([column.least for column in columns], [column.natural for column in columns], shares, total)
    return Layout([f"{column / total * 100:.2f}%" for column in widths], size, page == LANDSCAPE)


def _share(least: Sequence[float], most: Sequence[float], shares: Sequence[float], total: float) -> list[float]:
    """Hand out what is left of `total`, by share, to those below their most; whoever reaches it passes the rest on."""
    widths = list(least)
    for _ in widths:
        hungry = [i for i, width in enumerate(widths) if width < most[i] - 0.01]
        left = total - sum(widths)
        if not hungry or left < 0.01:
            break
        whole = sum(shares[i] for i in hungry)
        for i in hungry:
            widths[i] = min(most[i], widths[i] + left * shares[i] / whole)
    return widths


def panels(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[int]]:
    """The columns of each part of a table: one part where it fits a landscape page in small type, else several.

    Each further part repeats the first column, so that its rows can be told apart.
    """
    columns = _measure(names, rows)
    if sum(column.least for column in columns) <= _STEPS[-1][0] * _FULL_SIZE / _STEPS[-1][1]:
        return [list(range(len(columns)))]
    parts: list[list[int]] = [[0]]
    for i, column in enumerate(columns[1:], 1):
        if sum(columns[k].least for k in parts[-1]) + column.least > LANDSCAPE and len(parts[-1]) > 1:
            parts.append([0])
        parts[-1].append(i)
    return parts


@dataclass(frozen=True, slots=True)
class _Column:
    """Widths in points at 8 pt: of the longest text on one line, and the least that is readable."""

    natural: float
    least: float


def _measure(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[_Column]:
    columns = []
    for i, name in enumerate(names):
        cells = [row[i] for row in rows]
        heading = _widest(name.split()) * _BOLD
        natural = max(
            heading, min(width(name) * _FULL_SIZE * _BOLD, _HEADING), _widest([line for cell in cells for line in cell.split("\n")])
        )
        words = {word[:READABLE] for cell in cells for word in cell.split()}
        longest = max(map(len, cells))
        line = _LINE if longest > _SENTENCE else min(natural, _UNBROKEN)
        columns.append(_Column(natural + _PADDING, min(natural, max(heading, _widest(words), line)) + _PADDING))
    return columns


def _widest(texts: Collection[str]) -> float:
    """The width in points at 8 pt of the widest text; only the longest few are measured."""
    return max((width(text) for text in heapq.nlargest(8, texts, key=len)), default=0.0) * _FULL_SIZE


def image_size(data: bytes, suffix: str) -> tuple[float, float]:
    """Width and height in points of a figure: nearly its own size, within the text width and 60 % of a page's height.

    The height is 0 where the file does not tell its size.
    """
    across, height = _svg_points(data) if suffix == "svg" else _raster_points(data)
    if across <= 0 or height <= 0:
        return 0.84 * PORTRAIT, 0.0
    scale = min(_FIGURE, PORTRAIT / across, _TALLEST / height)
    return across * scale, height * scale


def first_to_shrink(heights: Mapping[str, float], spots: Sequence[tuple[str, int, float]], scales: Mapping[str, float]) -> dict[str, float]:
    """The first figure that would fit the page it was pushed off if it were drawn a little smaller, and how much smaller.

    Args:
        heights: figure -> its height in points.
        spots: where the text before each figure ended, and where the figure landed: (figure, page, points from the top) twice.
        scales: what was settled before; such a figure is left alone.
    """
    for (name, page, top), (_, landed, _) in zip(spots[::2], spots[1::2], strict=True):
        room = BOTTOM - top - _AROUND
        if page < landed and name not in scales and heights[name] > 0 and room >= heights[name] * SMALLEST:
            return {name: room / heights[name]}
    return {}


def _svg_points(data: bytes) -> tuple[float, float]:
    root = ElementTree.fromstring(data)  # noqa: S314 - checked when it was read
    box = re.findall(r"[-+\d.eE]+", root.get("viewBox") or "")
    stated = re.match(r"([\d.]+)(pt|in|mm|cm|px)?\Z", root.get("width") or "")
    try:
        across, height = float(box[2]), float(box[3])
        points = float(stated.group(1)) * _POINTS[stated.group(2) or "px"] if stated else across
        return points, points * height / across
    except (IndexError, ValueError, ZeroDivisionError):
        return 0.0, 0.0


def _raster_points(data: bytes) -> tuple[float, float]:
    """A PNG at 100 dots per inch, matplotlib's own; the size of a JPEG is not read."""
    if not data.startswith(b"\x89PNG") or len(data) < 24:
        return 0.0, 0.0
    across, height = struct.unpack(">II", data[16:24])
    return across * 0.72, height * 0.72
