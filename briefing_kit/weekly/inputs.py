"""What a run reads: the briefings of the workbook by week, and everything else that its result depends on."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from glob import has_magic
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any

from briefing_kit.briefing import Briefing, iso_week
from briefing_kit.marking import is_stricter
from briefing_kit.reading import ReadingError, Unread, read_briefings
from briefing_kit.weekly.status import Refused
from briefing_kit.weekly.weeks import window
from briefing_kit.workbook import Workbook

LIBRARIES = ("briefing-kit", "pandas", "pyarrow", "matplotlib", "nbconvert", "papermill", "typst", "xlsxwriter")
OF_THE_RUN = frozenset({"week", "briefings", "tables"})  # parameters that the other parts stand for already


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The dated briefings of a folder or pattern, oldest first; `label` is the folder as reports may name it.

    `undated` are those without a date, `unread` the files that could not be read, `above` those that an edition may not show; none of
    them is in any report.
    """

    folder: Path
    label: str
    briefings: tuple[Briefing, ...]
    undated: tuple[Briefing, ...]
    unread: tuple[Unread, ...] = ()
    above: tuple[Briefing, ...] = ()

    @property
    def weeks(self) -> list[str]:
        """The weeks that have a briefing, oldest first."""
        return sorted({briefing.week for briefing in self.briefings if briefing.week})

    def of_week(self, week: str) -> list[Briefing]:
        """The briefings published in that week."""
        return [briefing for briefing in self.briefings if briefing.week == week]

    def of_window(self, week: str, weeks_before: int) -> list[Briefing]:
        """The briefings of that week and of the weeks before it."""
        first, last = window(week, weeks_before)
        return [briefing for briefing in self.briefings if first <= (briefing.week or "") <= last]

    def unread_near(self, week: str, weeks_before: int) -> list[Unread]:
        """The unread files that may belong to that week or the weeks before it: by the day in their names, or because these give none."""
        first, last = window(week, weeks_before)
        return [one for one in self.unread if one.named_on is None or first <= iso_week(one.named_on) <= last]

    def left_out(self, unread: Unread) -> str:
        """In one line, that a file is in no report and why."""
        return f"{self.at(unread.path)} was left out: {unread.reason.removeprefix(f'{unread.path}: ')}"

    def up_to(self, marking: str | None, default: str | None) -> Inputs:
        """Without the briefings marked more strictly, which are kept apart as `above`; unmarked ones bear the default."""
        if marking is None:
            return self
        above = tuple(b for b in self.briefings if is_stricter(b.marking or default, marking))
        undated = tuple(b for b in self.undated if not is_stricter(b.marking or default, marking))
        return replace(self, briefings=tuple(b for b in self.briefings if b not in above), undated=undated, above=above)

    def at(self, name: str) -> str:
        """A file of the folder as reports may name it; of a pattern, its part without wildcards stands for the folder."""
        parts = self.label.split("/")
        fixed = next((at for at, part in enumerate(parts) if has_magic(part)), len(parts))
        return "/".join([*parts[:fixed], name])


def read_inputs(workbook: Workbook, folder: Path, *, series: str | None = None, country: str | None = None, strict: bool = False) -> Inputs:
    """The briefings of a folder or pattern, all or those of one series or country.

    Raises:
        Refused: no such folder, nothing to read in it, no briefing that has a date; with `strict`, any file that cannot be read.
    """
    label = workbook.relative(folder)
    if not folder.is_dir() and not has_magic(str(folder)):
        raise Refused(f"--briefings: {folder} is not a folder: name the folder that holds the briefings")
    try:
        batch = read_briefings(folder, strict=strict)
    except ReadingError as error:
        raise Refused(f"{label}/{error}" if not str(error).startswith(folder.name) else str(error)) from None
    found = batch.briefings
    chosen = [
        briefing
        for briefing in found
        if (series is None or (briefing.series or "").casefold() == series.casefold()) and country in (None, briefing.country)
    ]
    dated = sorted((b for b in chosen if b.published_on), key=lambda b: (b.published_on, b.doc_id))
    if not chosen:
        has = sorted({b.series for b in found if b.series} if series else {b.country for b in found if b.country})
        field, wanted = ("--series", series) if series else ("--country", country)
        raise Refused(f"{field}: no briefing of {wanted!r} in {label}: there is {', '.join(has) or 'none that names one'}")
    if not dated:
        raise Refused(
            f"{label}/{chosen[0].path}: published_on: no briefing has a date: add `published_on: 2019-10-16` or name it 2019-10-16_x.md"
        )
    undated = tuple(b for b in chosen if not b.published_on)
    return Inputs(folder=folder, label=label, briefings=tuple(dated), undated=undated, unread=batch.unread)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    return sha256(path.read_bytes()).hexdigest()


def made_from(
    workbook: Workbook, inputs: Inputs, week: str, parameters: dict[str, dict[str, Any]], extra: dict[str, Any]
) -> dict[str, str]:
    """All that the report of a week depends on, by name, each as a hash or a short value; equal means nothing to do."""
    settings = workbook.settings
    parts = {inputs.at(str(b.path)): b.sha256 for b in inputs.of_window(week, settings.weeks_before)}
    parts |= {inputs.at(one.path): f"unread {one.sha256}" for one in inputs.unread_near(week, settings.weeks_before)}
    parts |= {f"notebooks/{path.name}": file_hash(path) for path in workbook.notebooks}
    given = [workbook.actors, workbook.corrections, workbook.sources, workbook.commentary.get(week)]
    parts |= {workbook.relative(path): file_hash(path) for path in given if path is not None}
    for notebook, values in parameters.items():
        chosen = {name: value for name, value in values.items() if name not in OF_THE_RUN}
        parts |= {f"{notebook}.{name}": json.dumps(value, ensure_ascii=False) for name, value in chosen.items()}
    shown = {name: getattr(settings, name) for name in ("title", "organisation", "series", "country", "marking", "date_order")}
    parts |= {f"settings.{name}": str(value) for name, value in {**shown, **extra}.items() if value is not None}
    return {**dict(sorted(parts.items())), "code": code_hash(), **{f"version.{name}": number for name, number in versions().items()}}


def key_of(parts: dict[str, str]) -> str:
    """One hash over all that a report depends on."""
    return sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@cache
def code_hash() -> str:
    """One hash over the package's own code, vocabulary and templates: the version alone does not change while it is edited."""
    package = Path(__file__).parents[1]
    digest = sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix in {".py", ".csv", ".typ", ".html", ".css", ".json"}:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@cache
def versions() -> dict[str, str]:
    """The versions of Python and of the libraries that shape the result."""
    found = {"python": python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # the package run from a bare checkout
            found[name] = "unknown"
    return found
