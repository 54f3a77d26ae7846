"""Editions for others: `data/editions/NAME.toml` says what of the workbook's reports a reader does not get."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from briefing_kit.naming import did_you_mean
from briefing_kit.reading import normal_marking
from briefing_kit.workbook import Workbook, WorkbookError, checked, read_toml

FOLDER = Path("data") / "editions"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,59}", re.ASCII)


class Edition(BaseModel):
    """What an edition's profile may hold.

    `title` stands on the report in place of the workbook's. Briefings marked more strictly than `maximum_marking` are left
    out. `actors` (ids or names) go with all their names; so do `sources`, names of whoever is cited, as written. `sentences` are
    row ids, or phrases: every sentence with that phrase goes, with all its rows.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    title: str | None = None
    maximum_marking: str | None = None
    actors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()

    @field_validator("maximum_marking")
    @classmethod
    def _marking(cls, value: str | None) -> str | None:
        return None if value is None else normal_marking(value)

    @field_validator("actors", "sources", "sentences")
    @classmethod
    def _entries(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for at, entry in enumerate(value, 1):
            if sum(char.isalnum() for char in entry) < 2 or entry in ("(author)", "(unnamed)"):
                raise ValueError(f"entry {at}, {entry!r}, names nothing: write a name or a phrase")
        return value


def edition_path(workbook: Workbook, name: str) -> Path:
    """The file of an edition's profile.

    Raises:
        WorkbookError: there is no such edition, or its name would not do for a folder.
    """
    path = workbook.folder / FOLDER / f"{name}.toml"
    if not _NAME.fullmatch(name):
        raise WorkbookError(f"--edition: {name[:40]!r} names no edition: use letters, digits and hyphens")
    if not path.is_file():
        known = sorted(found.stem for found in path.parent.glob("*.toml"))
        near = did_you_mean(name, known)
        mend = f"did you mean {near!r}?" if near else f"there is {', '.join(known)}" if known else f"write {FOLDER.as_posix()}/{name}.toml"
        raise WorkbookError(f"--edition: no edition {name!r}: {mend}")
    return path


def load_edition(workbook: Workbook, name: str) -> Edition:
    """The profile of an edition.

    Raises:
        WorkbookError: there is no such edition, or its file cannot be used.
    """
    path = edition_path(workbook, name)
    label = (FOLDER / path.name).as_posix()
    return checked(Edition, read_toml(path, label), label)
