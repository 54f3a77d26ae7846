"""What a run may render: all that it found or, for an edition, what that may show; and the last look at what was made of it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_kit.briefing import Briefing
from briefing_kit.editions import Edition
from briefing_kit.marking import marked_name
from briefing_kit.weekly.status import Refused
from briefing_kit.workbook import Workbook

if TYPE_CHECKING:
    from briefing_kit.report.meta import ReportMeta
    from briefing_kit.tables import Tables
    from briefing_kit.withholding import Withholding

SOURCES = "sources"  # an edition's grades of sources, beside its staged tables


@dataclass(frozen=True)
class Shown:
    """The tables and briefings of a report; `held` is what an edition withholds, `note` counts it for the methods."""

    tables: Tables
    briefings: tuple[Briefing, ...]
    held: Withholding | None = None
    note: str = ""
    warnings: tuple[str, ...] = ()

    def words(self, text: str) -> str:
        """Prose about the report as it may be shown."""
        return self.held.words(text) if self.held else text

    def meta(self, meta: ReportMeta) -> ReportMeta:
        """Title page and methods as they may be shown; the analyst's judgements lose withheld words too."""
        if self.held is None:
            return meta
        return replace(
            meta,
            title=self.words(meta.title),
            series=self.words(meta.series),
            country=self.words(meta.country),
            key_judgements=self.words(meta.key_judgements) if meta.key_judgements else None,
            documents=tuple(map(self.words, meta.documents)),
            notes=tuple(map(self.words, meta.notes)),
        )

    def grades(self, path: Path | None, folder: Path, marking: str) -> Path | None:
        """The file of graded sources that the report may use: its own lines less those that name somebody withheld."""
        if path is None or self.held is None:
            return path
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            names = list(reader.fieldnames or ())
            rows = [row for row in reader if self.words(row["source"]) == row["source"]]
        target = folder / marked_name(SOURCES, ".csv", marking)
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows({name: self.words(row[name] or "") for name in names} for row in rows)
        return target

    def unread_pictures(self, notebooks: Path) -> list[str]:
        """A warning where notebooks of an edition hold pictures of pixels: what is drawn in them cannot be looked into."""
        if self.held is None:
            return []
        from briefing_kit.weekly.leaks import pictures

        number = pictures(notebooks)
        return [f"edition: {number} pictures of pixels in the notebooks cannot be looked into"] if number else []


def shown(workbook: Workbook, edition: Edition | None, briefings: Sequence[Briefing], tables: Tables) -> Shown:
    """What of these briefings and of their tables may be shown."""
    if edition is None:
        return Shown(tables, tuple(briefings))
    from briefing_kit.gazetteer import load_gazetteer
    from briefing_kit.redaction import redact

    made = redact(tables, briefings, edition, load_gazetteer(workbook.actors))
    warnings = tuple(f"edition: {entry}: no actor on file or in these briefings goes by that name" for entry in made.held.unknown)
    return Shown(made.tables, made.briefings, made.held, made.note, warnings)


def need_reader() -> None:
    """Refuse an edition where its PDF could not be looked through.

    Raises:
        Refused: pypdf is not installed.
    """
    if find_spec("pypdf") is None:
        raise Refused("--edition: pypdf, which looks through the PDF, is not installed: pip install 'briefing-kit[export]'")


def look_through(folder: Path, data: Shown) -> None:
    """Make sure that nothing withheld is in any file below a folder.

    Raises:
        LeakError: something is; nothing must be published.
    """
    if data.held is None:
        return
    from briefing_kit.weekly.leaks import LeakError, leaks

    found = leaks(folder, data.held.terms)
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise LeakError(f"{found[0]}{more}: nothing is published; withhold the passage, or mend the notebook or settings that name it")
