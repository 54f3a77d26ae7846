"""How wide the columns of a printed table are, whether it needs a landscape page, and how large a figure is drawn."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

PORTRAIT, LANDSCAPE = 470.0, 718.0  # points between the margins of an A4 page
_FULL_SIZE, _SMALL_SIZE = 8.0, 6.5  # points
_CHARACTER, _PADDING = 4.3, 10.0  # mean width of a character at 8 pt, inset of a cell: points
_LONG = 22  # characters: a longer text may wrap
READABLE = 26  # characters that a line of wrapped text needs at the least
_BOLD = 1.08  # how much wider a bold character of the heading is
_TALLEST = 480.0  # points: a taller figure would leave half a page empty above it
_POINTS = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "px": 0.75}


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths as Typst lengths, the text size in points, and the direction of the page."""

    widths: list[str]
    size: float
    landscape: bool


def lay_out(names: Sequence[str], rows: Sequence[Sequence[str]], weights: Sequence[float | None]) -> Layout:
    """Choose portrait at 8 pt where the columns stay readable, then landscape, then smaller type.

    Short columns are as wide as their text. Long ones get a readable minimum and share the rest by the root of their length (a
    linear share would let one long column starve the others); `weights` overrides a column's share. A table too wide for any
    page is to be split first (`panels`).
    """
    columns = _measure(names, rows)
    needed = sum(column.least for column in columns)
    landscape = needed > PORTRAIT
    size = _SMALL_SIZE if needed > LANDSCAPE else _FULL_SIZE
    total = max((LANDSCAPE if landscape else PORTRAIT) * _FULL_SIZE / size, needed)
    shares = [
        (weight or min(9.0, max(2.0, math.sqrt(column.natural / _CHARACTER) / 2))) if column.natural > column.least else 0.0
        for weight, column in zip(weights, columns, strict=True)
    ]
    extra = (total - needed) / sum(shares) if any(shares) else 0.0
    widths = [column.least + share * extra for share, column in zip(shares, columns, strict=True)]
    return Layout([f"{width / total * 100:.2f}%" for width in widths], size, landscape)


def panels(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[int]]:
    """The columns of each part of a table: one part where it fits a landscape page in small type, else several.

    Each further part repeats the first column, so that its rows can be told apart.
    """
    columns = _measure(names, rows)
    if sum(column.least for column in columns) <= LANDSCAPE * _FULL_SIZE / _SMALL_SIZE:
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
        heading = max((len(word) for word in name.split()), default=1) * _BOLD
        length = max(heading, *(len(line) for cell in cells for line in cell.split("\n")))
        least = max(heading, READABLE) if length > _LONG else length
        columns.append(_Column(length * _CHARACTER + _PADDING, least * _CHARACTER + _PADDING))
    return columns


def image_size(data: bytes, suffix: str) -> str:
    """Width or height of a figure as a Typst argument: its own size, within the text width and 60 % of a page's height."""
    width, height = _svg_points(data) if suffix == "svg" else _raster_points(data)
    if width <= 0 or height <= 0:
        return ", width: 84%"
    shown = min(width, PORTRAIT)
    return f", height: {_TALLEST}pt" if shown * height / width > _TALLEST else f", width: {shown:.2f}pt"


def _svg_points(data: bytes) -> tuple[float, float]:
    root = ElementTree.fromstring(data)  # noqa: S314 - checked when it was read
    box = re.findall(r"[-+\d.eE]+", root.get("viewBox") or "")
    stated = re.match(r"([\d.]+)(pt|in|mm|cm|px)?\Z", root.get("width") or "")
    try:
        width, height = float(box[2]), float(box[3])
        points = float(stated.group(1)) * _POINTS[stated.group(2) or "px"] if stated else width
        return points, points * height / width
    except (IndexError, ValueError, ZeroDivisionError):
        return 0.0, 0.0


def _raster_points(data: bytes) -> tuple[float, float]:
    """A PNG at 100 dots per inch, matplotlib's own; the size of a JPEG is not read."""
    if not data.startswith(b"\x89PNG") or len(data) < 24:
        return 0.0, 0.0
    width, height = struct.unpack(">II", data[16:24])
    return width * 0.72, height * 0.72
