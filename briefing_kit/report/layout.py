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
_READABLE = 26  # characters that a line of wrapped text needs at the least
_WORD = 24  # characters: a longer word may break
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

    Short columns are as wide as their text, long ones share the rest by the root of their length (a linear share would let
    one long column starve the others); `weights` overrides a column's share.
    """
    columns = _measure(names, rows)
    needed = sum(min(width, _READABLE * _CHARACTER + _PADDING) if long else width for width, _, long in columns)
    landscape = needed > PORTRAIT
    size = _SMALL_SIZE if needed > LANDSCAPE else _FULL_SIZE
    total = (LANDSCAPE if landscape else PORTRAIT) * _FULL_SIZE / size
    return Layout(_widths(columns, weights, total), size, landscape)


def _measure(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[float, float, bool]]:
    """For each column: natural width, width of its longest word (both in points at 8 pt), whether its text may wrap."""
    columns = []
    for i, name in enumerate(names):
        cells = [row[i] for row in rows]
        heading = max((len(word) for word in name.split()), default=1)
        length = max(heading, *(len(line) for cell in cells for line in cell.split("\n")))
        word = max(heading, *(len(word) for cell in cells for word in cell.split() or [""]))
        columns.append((length * _CHARACTER + _PADDING, min(word, _WORD) * _CHARACTER + _PADDING, length > _LONG))
    return columns


def _widths(columns: Sequence[tuple[float, float, bool]], weights: Sequence[float | None], total: float) -> list[str]:
    fixed = [width for width, _, _ in columns]
    long = [may_wrap for _, _, may_wrap in columns]
    while not all(long) and _sum(fixed, long, wanted=False) > total * (0.7 if any(long) else 1.0):
        long[max((i for i, wraps in enumerate(long) if not wraps), key=lambda i: fixed[i])] = True
    if not any(long):
        return [f"{width:.1f}pt" for width in fixed]
    room = total - _sum(fixed, long, wanted=False)
    shares = [weight or min(9.0, max(2.0, math.sqrt(width / _CHARACTER) / 2)) for weight, width in zip(weights, fixed, strict=True)]
    whole = _sum(shares, long, wanted=True)
    widths = []
    for share, (width, word, _), wraps in zip(shares, columns, long, strict=True):
        if wraps:
            widths.append(f"{max(share, min(word / room, 0.5) * whole):.2f}fr")
        else:
            widths.append(f"{width / total * 100:.2f}%")
    return widths


def _sum(values: Sequence[float], flags: Sequence[bool], *, wanted: bool) -> float:
    return sum(value for value, flag in zip(values, flags, strict=True) if flag is wanted)


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
