"""The lines that a bench writes to corrections.csv and actors.csv, and how it takes them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing_kit.correcting import append_corrections, as_cells
from briefing_kit.corrections_file import COLUMNS as CORRECTION_COLUMNS
from briefing_kit.corrections_file import Correction
from briefing_kit.csv_lines import CsvLines, read_csv_lines
from briefing_kit.refusals import RefusalError


class LedgerError(RefusalError):
    """Lines that cannot be taken back, because somebody changed them since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as it was written: its cells, and those that it replaced (None: the line is new)."""

    cells: Mapping[str, str]
    before: Mapping[str, str] | None = None


def write_corrections(path: Path, corrections: Sequence[Correction]) -> list[Line]:
    """Append corrections that have their ids; returns their lines."""
    append_corrections(path, corrections)
    return [Line(cells=as_cells(correction)) for correction in corrections]


def recorded(path: Path, columns: Sequence[str], change: Callable[[], str]) -> tuple[str, list[Line]]:
    """What a change of one line of a file said, and the line that it wrote (none where it found nothing to change)."""
    before = read_csv_lines(path, columns)
    said = change()
    after = read_csv_lines(path, columns)
    old, new = dict(before.records()), dict(after.records())
    changed = [number for number, cells in new.items() if old.get(number) != cells]
    return said, [Line(cells=new[number], before=old.get(number)) for number in changed]


def take_back(path: Path, lines: Sequence[Line]) -> None:
    """Remove these lines, or put back what they replaced; what others wrote before or since stays.

    Raises:
        LedgerError: one of the lines is gone or says something else by now; nothing is changed then.
        OSError: the file cannot be written.
    """
    file = read_csv_lines(path, CORRECTION_COLUMNS)
    for line in reversed(lines):
        file = _without(file, line, path.name)
    file.write(path)


def _without(file: CsvLines, line: Line, name: str) -> CsvLines:
    number = next((number for number, cells in reversed(file.records()) if _same(cells, line.cells)), None)
    if number is None:
        label = " ".join(cell for cell in list(line.cells.values())[:3] if cell)
        raise LedgerError(f"{name}: the line {label!r} was changed or removed since: nothing was undone")
    return file.without(number) if line.before is None else file.replaced(number, line.before)


def _same(cells: Mapping[str, str], written: Mapping[str, str]) -> bool:
    """Whether a line still says what was written; columns that are not there count as empty."""
    names = {*cells, *written}
    return all(cells.get(name, "") == written.get(name, "").strip() for name in names)
