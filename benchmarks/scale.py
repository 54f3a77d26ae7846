"""How cost and memory grow with the number of briefings: one core, files in, store out, each scale in a process of its own."""

from __future__ import annotations

import math
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import measure, row
from texts import write

WIDTHS = (12, 10, 11, 16, 10, 10, 14)
SCALES = (100, 1_000, 10_000)
LONG = 100_000


def main(*, long: bool) -> None:
    """Print one line a scale, then the exponent of growth (seconds ~ briefings ** exponent) by least squares on logarithms."""
    row("briefings", "Mchar", "cpu s", "ms a briefing", "Mchar/s", "peak MB", "store MB", widths=WIDTHS)
    points = []
    for number in (*SCALES, *((LONG,) if long else ())):
        with TemporaryDirectory() as folder:
            files, store = Path(folder) / "files", Path(folder) / "store"
            size = write(files, number) / 1e6
            took = measure("store", [], folder=str(files), store=str(store), engine="serial", workers=1)
            kept = sum(path.stat().st_size for path in store.rglob("*") if path.is_file()) / 1e6
        points.append((math.log(number), math.log(took["cpu"])))
        cost = f"{1000 * took['cpu'] / number:.2f}"
        row(
            f"{number:,}",
            f"{size:.1f}",
            f"{took['cpu']:.1f}",
            cost,
            f"{size / took['cpu']:.2f}",
            f"{took['peak']:.0f}",
            f"{kept:.0f}",
            widths=WIDTHS,
        )
    print(f"exponent of growth from {SCALES[0]:,} to {number:,} briefings: {slope(points):.3f}")
    if not long:
        print(f"with --long also {LONG:,} briefings, ten times as long as all these together")


def slope(points: list[tuple[float, float]]) -> float:
    """The slope of the line that fits points best, by least squares."""
    x_mean, y_mean = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((x - x_mean) * (y - y_mean) for x, y in points) / sum((x - x_mean) ** 2 for x, _ in points)
