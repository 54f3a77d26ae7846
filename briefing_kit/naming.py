"""Names for machines and near-misses for people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from briefing_kit.textmap import fold

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=16384)
def slug(name: str) -> str:
    """A name as an id: lower case, accents and apostrophes off, words joined by hyphens ("Ghassan Salamé" gives "ghassan-salame")."""
    if not name.isascii():
        name = "".join(char for char in unicodedata.normalize("NFKD", fold(name)) if not unicodedata.combining(char))
    return "-".join(_WORD.findall(name.casefold().replace("'", "")))


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word that this one most likely misspells, or None."""
    close = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return close[0] if close else None
