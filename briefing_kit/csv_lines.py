"""A CSV file that people keep by hand, changed one line at a time: everything else stays byte for byte as it was."""

from __future__ import annotations

import csv
import io
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from briefing_kit.refusals import RefusalError

_BOM = "\ufeff"
_PATIENCE_SECONDS, _POLL_SECONDS = 5.0, 0.02


class FileBusyError(RefusalError):
    """Another program is changing the files of the same folder, still after seconds."""


@dataclass(frozen=True, kw_only=True)
class CsvLines:
    """The lines of a CSV file with their endings, comments and blank lines; `columns` are those of its header line.

    Lines are counted from 1 as editors do. A record is one line: cells with line breaks are not for files kept by hand.
    """

    lines: tuple[str, ...]
    columns: tuple[str, ...]

    def records(self) -> list[tuple[int, dict[str, str]]]:
        """The line number and stripped cells of each record; cells that a line lacks are empty."""
        found = []
        for number, line in enumerate(self.lines, 1):
            if _is_data(line) and number != self._header:
                cells = [cell.strip() for cell in next(csv.reader([line]))]
                cells += [""] * (len(self.columns) - len(cells))
                found.append((number, dict(zip(self.columns, cells, strict=False))))
        return found

    def appended(self, record: Mapping[str, str]) -> CsvLines:
        """With one more record at the end."""
        lines = list(self.lines)
        if not _ending_of(lines[-1]):
            lines[-1] += self._ending
        return CsvLines(lines=(*lines, self._line(record) + self._ending), columns=self.columns)

    def replaced(self, number: int, changes: Mapping[str, str]) -> CsvLines:
        """With some cells of one record changed."""
        record = {**dict(self.records())[number], **changes}
        lines = list(self.lines)
        lines[number - 1] = self._line(record) + _ending_of(lines[number - 1])
        return CsvLines(lines=tuple(lines), columns=self.columns)

    def without(self, number: int) -> CsvLines:
        """With one record less."""
        return CsvLines(lines=(*self.lines[: number - 1], *self.lines[number:]), columns=self.columns)

    def write(self, path: Path) -> None:
        """Put the lines in the place of the file at once: a reader sees the old file or the new one, a crash leaves the old one.

        Raises:
            OSError: the file cannot be written, as when another program holds it open.
        """
        target = path.resolve()  # a link stays a link
        partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
        try:
            with partial.open("xb") as file:
                file.write("".join(self.lines).encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)

    @property
    def _header(self) -> int:
        return next((number for number, line in enumerate(self.lines, 1) if _is_data(line)), 0)

    @property
    def _ending(self) -> str:
        return _ending_of(self.lines[self._header - 1]) or "\n"

    def _line(self, record: Mapping[str, str]) -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow([record.get(column, "") for column in self.columns])
        return out.getvalue()[:-1]


def read_csv_lines(path: Path, columns: Sequence[str]) -> CsvLines:
    """The lines of a file; a missing or empty one gets the header line `columns`.

    Raises:
        UnicodeDecodeError: the file is not UTF-8.
    """
    lines = path.read_bytes().decode("utf-8").splitlines(keepends=True) if path.is_file() else []
    header = next((line for line in lines if _is_data(line)), None)
    if header is None:
        if lines and not _ending_of(lines[-1]):
            lines[-1] += "\n"
        return CsvLines(lines=(*lines, ",".join(columns) + "\n"), columns=tuple(columns))
    names = tuple(cell.strip() for cell in next(csv.reader([header.removeprefix(_BOM)])))
    return CsvLines(lines=tuple(lines), columns=names)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder while the block reads and rewrites files in it: of two programs that do so, one waits for the other.

    Where the system cannot lock a folder (Windows, some network drives) nothing is held; callers read the file again just before
    they write it, so that only changes within the same few milliseconds could meet. The system drops the lock of a dead process.

    Raises:
        FileBusyError: another program has held it for seconds.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not _locked(handle):
            if time.monotonic() > deadline:
                raise FileBusyError(f"{folder.name}/: another program is writing there: try again when it is done")
            time.sleep(_POLL_SECONDS)
        yield
    finally:
        os.close(handle)


def _is_data(line: str) -> bool:
    shown = line.removeprefix(_BOM)
    return bool(shown.strip()) and not shown.startswith("#")


def _ending_of(line: str) -> str:
    return line.removeprefix(line.splitlines()[0])


def _locked(handle: int) -> bool:
    """Whether the folder is held now, or cannot be held at all."""
    import fcntl  # not on Windows, where a folder cannot be opened in the first place

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # the file system knows no locks
    return True
