"""The weekly run against the usual way: papermill's command line, notebook after notebook, then nbconvert to HTML.

    python benchmarks/weekly.py [--rounds 3] [--weeks 9]

Both sides run the same notebooks of a copy of this workbook on this machine, in turn, and are timed from the shell: wall
seconds, least and median of the rounds. Ours also stages tables, checks, renders PDF, HTML and workbook, and publishes;
theirs stops at one HTML page per notebook. Ratios are ours over theirs; the machine's load is printed, for it matters.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable


def timed(call: Callable[[], None]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def run(*command: str, cwd: Path) -> None:
    done = subprocess.run([PYTHON, "-m", *command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")


def usual(book: Path, week: str) -> None:
    """papermill and nbconvert by their command lines, one notebook after another."""
    out = book / "usual" / week
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted((book / "notebooks").glob("[0-9]*.ipynb")):
        run("papermill", str(path), str(out / path.name), "-p", "week", week, "--no-progress-bar", cwd=book / "notebooks")
        run("nbconvert", "--to", "html", "--no-input", str(out / path.name), cwd=book)


def ours(book: Path, *options: str) -> None:
    run("briefing_kit", "weekly", "--force", "-q", *options, cwd=book)


def weeks_of(book: Path) -> list[str]:
    listing = subprocess.run(
        [PYTHON, "-m", "briefing_kit", "weekly", "--all", "--dry-run"], cwd=book, capture_output=True, text=True, check=True
    )
    return [line.split()[0] for line in listing.stdout.splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="rounds of one week (default 3)")
    parser.add_argument("--weeks", type=int, default=9, help="weeks backfilled, 0 for none (default 9)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        book = Path(scratch) / "book"
        for name in ("notebooks", "data"):
            shutil.copytree(ROOT / name, book / name)
        weeks = weeks_of(book)
        week = weeks[-1]
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        print(
            f"{platform.system()}, {os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}; {len(weeks)} weeks of data"
        )
        sides: dict[str, Callable[[], None]] = {
            "papermill + nbconvert": lambda: usual(book, week),
            "ours, stock kernels": lambda: ours(book, "--week", week),
            "ours, --kernel fork": lambda: ours(book, "--week", week, "--kernel", "fork"),
        }
        times: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(options.rounds):
            for name, call in sides.items():
                times[name].append(timed(call))
        theirs = min(times["papermill + nbconvert"])
        print(f"\none week ({week}), wall seconds     least  median  ratio of least")
        for name, seconds in times.items():
            print(f"{name:34} {min(seconds):6.2f}  {statistics.median(seconds):6.2f}  {min(seconds) / theirs:6.2f}")
        standing = timed(lambda: run("briefing_kit", "weekly", "-q", cwd=book))
        print(f"{'ours, report up to date':34} {standing:6.2f}")
        if options.weeks:
            chosen = weeks[-options.weeks :]
            theirs_all = timed(lambda: [usual(book, one) for one in chosen] and None)
            print(f"\n{len(chosen)} weeks, wall seconds                     ratio")
            print(f"{'papermill + nbconvert':34} {theirs_all:6.2f}")
            for kernel in ("stock", "fork"):
                seconds = timed(lambda kernel=kernel: ours(book, "--since", chosen[0], "--kernel", kernel))  # type: ignore[misc]
                print(f"{f'ours, --kernel {kernel}':34} {seconds:6.2f}  {seconds / theirs_all:6.2f}")


if __name__ == "__main__":
    main()
