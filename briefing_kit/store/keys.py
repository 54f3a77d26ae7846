"""The key of an analysis: a hash over everything that shapes the rows of one briefing. The same key means the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from briefing_kit import __version__
from briefing_kit.briefing import Briefing
from briefing_kit.corrections_file import Correction
from briefing_kit.gazetteer import Gazetteer, load_gazetteer

_SHOWN_ONLY = frozenset({"view", "report", "weekly", "store"})  # folders whose code shapes no row
_SEPARATOR = "\x1f"


@cache
def rules_hash() -> str:
    """One hash over the package's version, code and vocabulary, but for what only shows, reports or stores."""
    package = Path(__file__).parents[1]
    digest = sha256(__version__.encode())
    for path in sorted(package.rglob("*")):
        inner = path.relative_to(package)
        if path.suffix in (".py", ".csv") and inner.parts[0] not in _SHOWN_ONLY:
            digest.update(inner.as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def gazetteer_hash(gazetteer: Gazetteer) -> str:
    """One hash over all names and actors that a gazetteer knows; "" for the built-in one, which is part of the rules."""
    if gazetteer is load_gazetteer():
        return ""
    digest = sha256()
    for field in fields(gazetteer):
        value = getattr(gazetteer, field.name)
        several = value.items() if isinstance(value, Mapping) else value if isinstance(value, (frozenset, tuple)) else [value]
        parts = sorted(map(repr, several))
        digest.update(_SEPARATOR.join((field.name, *parts)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def analysis_key(briefing: Briefing, corrections: tuple[Correction, ...], settings: str) -> str:
    """The key of a briefing's rows: 32 hex digits of its text, its particulars, its own corrections and what all share (`settings`)."""
    particulars = (repr(getattr(briefing, field.name)) for field in fields(briefing) if field.name != "text")
    parts = (settings, briefing.text, *particulars, repr(corrections))
    return sha256(_SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def by_document(corrections: tuple[Correction, ...]) -> dict[str, tuple[Correction, ...]]:
    """The corrections of each document."""
    found: dict[str, Any] = {}
    for correction in corrections:
        found[correction.doc_id] = (*found.get(correction.doc_id, ()), correction)
    return found
