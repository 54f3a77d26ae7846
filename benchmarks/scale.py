"""How cost and memory grow with what is read, on one core, each scale in a process of its own: files into a store, texts in memory."""

from __future__ import annotations

import math
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import measure, row
from texts import made, write

WIDTHS = (12, 10, 11, 16, 10, 10, 14)
SCALES = (100, 1_000, 10_000)
LONG = 100_000
HELD = (500, 5_000)  # briefings analysed in memory: one million characters, ten
HELD_LONG = 50_000  # a hundred millions
JOINED = (250, 2_500)  # briefings that make one document: half a megabyte, five


def main(*, long: bool) -> None:
    """Print the tables: briefings into a store, then in memory, as so many documents and as one."""
    _stored(long=long)
    print()
    _held(long=long)
    if not long:
        print(f"with --long also {LONG:,} briefings and {HELD_LONG:,} in memory, ten times as long as all these together")


def _stored(*, long: bool) -> None:
    """One line a scale, then the exponent of growth (seconds ~ briefings ** exponent) by least squares on logarithms."""
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


def _held(*, long: bool) -> None:
    """Seven tables in memory: many documents, and one long one."""
    widths = (30, 10, 11, 10, 10)
    row("in memory", "Mchar", "cpu s", "Mchar/s", "peak MB", widths=widths)
    for number in (*HELD, *((HELD_LONG,) if long else ())):
        _analysed(f"{number:,} documents", [(str(one.published_on), one.text) for one in made(number)], widths)
    for number in JOINED:
        _analysed("one document", [("2019-10-16", "\n\n".join(one.text for one in made(number)))], widths)


def _analysed(name: str, texts: list[tuple[str, str]], widths: tuple[int, ...]) -> None:
    size = sum(len(text) for _, text in texts) / 1e6
    took = measure("analyse", texts)
    row(name, f"{size:.1f}", f"{took['cpu']:.1f}", f"{size / took['cpu']:.2f}", f"{took['peak']:.0f}", widths=widths)


def slope(points: list[tuple[float, float]]) -> float:
    """The slope of the line that fits points best, by least squares."""
    x_mean, y_mean = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((x - x_mean) * (y - y_mean) for x, y in points) / sum((x - x_mean) ** 2 for x, _ in points)
