"""Names for machines and near-misses for people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


def slug(name: str) -> str:
    """A name as an id: lower case, accents off, words joined by hyphens ("Ghassan Salamé" gives "ghassan-salame")."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return "-".join(re.findall(r"[^\W_]+", plain.casefold().replace("'", "").replace("\u2019", "")))


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word that this one most likely misspells, or None."""
    close = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return close[0] if close else None
