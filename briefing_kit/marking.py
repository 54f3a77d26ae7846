"""The marking of what leaves the house (TLP 2.0): the strictest of the inputs, and the same in every file's name or header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from briefing_kit.briefing import MARKINGS

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


def strictest(markings: Iterable[str | None], default: str | None = None) -> str:
    """The strictest of the labels, `default` standing for those that are missing; "" where there is none.

    >>> strictest(["TLP:GREEN", None, "TLP:AMBER"])
    'TLP:AMBER'
    """
    found = [marking or default for marking in markings]
    return max((marking for marking in found if marking), key=MARKINGS.index, default="")


def is_stricter(one: str | None, other: str | None) -> bool:
    """Whether a label keeps its text to fewer readers than another; no label is the least strict."""
    rank = {"": -1, **{label: at for at, label in enumerate(MARKINGS)}}
    return rank[one or ""] > rank[other or ""]


def product_marking(markings: Iterable[str | None], default: str | None, override: str | None) -> tuple[str, str]:
    """The marking of a product and, where it was lowered by hand, a note that says so.

    It is the strictest of the briefings' markings (`default` for those that bear none), unless `override` is given.
    """
    own = strictest(markings, default)
    if override and own and is_stricter(own, override):
        return override, f"The marking of this report was lowered by hand from {own} to {override}."
    return override or own, ""


def marked_name(stem: str, suffix: str, marking: str | None) -> str:
    """A file's name with its marking before the ending, for formats that have no header to bear it.

    A comment line would break every reader of CSV, so the name bears the label.

    >>> marked_name("claims", ".csv", "TLP:AMBER+STRICT"), marked_name("claims", ".csv", None)
    ('claims.TLP-AMBER-STRICT.csv', 'claims.csv')
    """
    label = _NOT_IN_NAMES.sub("-", marking or "").strip("-")
    return f"{stem}.{label}{suffix}" if label else f"{stem}{suffix}"


def marked_files(folder: Path, stem: str, suffix: str) -> list[Path]:
    """The files of a folder that bear this name, with or without a marking, in order."""
    names = [marked_name(stem, suffix, marking) for marking in (None, *MARKINGS)]
    return [path for path in (folder / name for name in names) if path.is_file()]
