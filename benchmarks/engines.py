"""The engines beside each other: the same briefings into a store, by one process and by two, and whether the results are the same."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import measure, row
from texts import write

WIDTHS = (12, 9, 11, 9, 9, 10, 10, 20)
RUNS = (("serial", 1), ("processes", 1), ("processes", 2), ("dask", 1), ("dask", 2))


def main(number: int) -> None:
    """Print one line an engine and number of workers; wall time, starting the workers included."""
    with TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        size = write(files, number)
        print(f"{number:,} briefings, {size / 1e6:.1f} million characters, files in, store out")
        row("engine", "workers", "seconds", "Mchar/s", "x serial", "cpu s", "peak MB", "hash of the tables", widths=WIDTHS)
        serial = 0.0
        for engine, workers in RUNS:
            store = str(Path(folder) / f"{engine}-{workers}")
            took = measure("store", [], folder=str(files), store=store, engine=engine, workers=workers)
            if "missing" in took:
                print(f"{engine}: not there ({took['missing']})")
                continue
            serial = serial or took["wall"]
            found = measure("digest", [], store=store)["found"]
            cells = (f"{took['wall']:.1f}", f"{size / 1e6 / took['wall']:.2f}", f"{serial / took['wall']:.2f}")
            row(engine, workers, *cells, f"{took['cpu']:.1f}", f"{took['peak']:.0f}", found, widths=WIDTHS)
