"""Putting a finished folder in the place of the last good one, at once or not at all."""

from __future__ import annotations

import ctypes
import json
import os
import platform
import re
import shutil
from pathlib import Path

from briefing_kit.weekly.status import Refused

EDITION = re.compile(r"\d{4}-W\d{2}(_[A-Za-z0-9-]{1,60}){0,2}(__[A-Za-z0-9-]{1,60})?", re.ASCII)
STAGING_PREFIX = ".staging-"
RETIRED_PREFIX = ".retired-"
JOURNAL = ".publishing.json"
UNRECORDED = ".unrecorded.json"  # the run that has put its report in place, until its line is in the history
SWAP_CALLS = {  # the call, AT_FDCWD, and the flag that swaps (linux/fs.h RENAME_EXCHANGE; macOS sys/stdio.h RENAME_SWAP)
    "Linux": ("renameat2", -100, 2),
    "Darwin": ("renameatx_np", -2, 2),
}


def reports_folder(workbook: Path, *, create: bool = True) -> Path:
    """The workbook's reports/ folder.

    Raises:
        Refused: it is a link that leads out of the workbook, a file, or cannot be written.
    """
    reports = workbook / "reports"
    if reports.is_symlink() and not reports.resolve().is_relative_to(workbook.resolve()):
        raise Refused("reports/: a link that leads out of the workbook: make it a folder, or run with --workbook where it leads")
    if reports.exists() and not reports.is_dir():
        raise Refused("reports/: a file, not a folder: move it away")
    if create:
        try:
            reports.mkdir(exist_ok=True)
        except OSError as error:
            raise Refused(f"reports/: cannot be made ({error.strerror}): give this user the right to write in the workbook") from None
    parent = reports if reports.exists() else workbook
    if not os.access(parent, os.W_OK | os.X_OK):
        raise Refused("reports/: cannot be written: give this user the right to write there")
    return reports


def report_folder(reports: Path, edition: str) -> Path:
    """Where a week's report stands, which need not exist yet.

    Raises:
        Refused: a name that is no week, or a link or file in its place.
    """
    if not EDITION.fullmatch(edition):
        raise Refused(f"--week: {edition[:40]!r} names no report: write an ISO week such as 2019-W42")
    target = reports / edition
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise Refused(f"reports/{edition}: a link or a file, not a folder: move it away")
    return target


def publish(staging: Path, target: Path) -> None:
    """Make `staging` stand at `target`; what stood there goes. Both are folders side by side.

    The folders are swapped in one system call where there is one (Linux, macOS), else by two renames with a journal
    that `recover` replays, so that a kill at any moment leaves the last good report or the new one.
    """
    sync(staging)
    if not target.exists():
        staging.rename(target)
    elif exchange(staging, target):
        retire(staging)
    else:
        _two_renames(staging, target)
    _sync_folder(target.parent)


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one system call; False where the system or the file system cannot."""
    if platform.system() not in SWAP_CALLS:
        return False
    call, here, flag = SWAP_CALLS[platform.system()]
    try:
        swap = getattr(ctypes.CDLL(None, use_errno=True), call)
        return bool(swap(here, os.fsencode(one), here, os.fsencode(other), flag) == 0)
    except (OSError, AttributeError):  # no such call in this C library
        return False


def _two_renames(staging: Path, target: Path) -> None:
    retired = target.parent / f"{RETIRED_PREFIX}{target.name}"
    journal = target.parent / JOURNAL
    if retired.exists():
        shutil.rmtree(retired)
    partial = journal.with_suffix(".tmp")
    partial.write_text(json.dumps({"staging": staging.name, "target": target.name, "retired": retired.name}), encoding="utf-8")
    sync(partial)
    partial.rename(journal)
    target.rename(retired)
    staging.rename(target)
    journal.unlink()
    retire(retired)


def left_behind(reports: Path) -> bool:
    """Whether there is anything of a run that is at work or was killed."""
    if any((reports / name).exists() for name in (JOURNAL, UNRECORDED)):
        return True
    return any(path.name.startswith((STAGING_PREFIX, RETIRED_PREFIX)) for path in reports.glob(".*"))


def recover(reports: Path) -> list[str]:
    """Finish or undo what a run that was killed left behind; returns the run names of the staging folders it removed.

    Call it with the lock held: no other run is alive then.
    """
    journal = reports / JOURNAL
    if journal.is_file():
        entry = json.loads(journal.read_text(encoding="utf-8"))
        staging, target, retired = (reports / entry[key] for key in ("staging", "target", "retired"))
        if not target.exists():
            (staging if staging.exists() else retired).rename(target)
        journal.unlink()
    journal.with_suffix(".tmp").unlink(missing_ok=True)
    left = []
    for path in sorted(reports.glob(".*")):
        if path.name.startswith((STAGING_PREFIX, RETIRED_PREFIX)):
            left += [path.name.removeprefix(STAGING_PREFIX)] if path.name.startswith(STAGING_PREFIX) else []
            shutil.rmtree(path, ignore_errors=True)
    return left


def retire(folder: Path) -> None:
    """Remove a folder that nobody reads any more; what cannot go now goes at the next run's `recover`."""
    shutil.rmtree(folder, ignore_errors=True)


def sync(path: Path) -> None:
    """Have a file, or all files below a folder, written to the disk itself."""
    files = [path] if path.is_file() else [child for child in path.rglob("*") if child.is_file()]
    for file in files:
        with file.open("rb") as handle:
            os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # pragma: no cover - folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
