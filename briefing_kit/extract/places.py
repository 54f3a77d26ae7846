"""Known places: towns of 15,000 people or more and the regions, seas and provinces that reporting names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing_kit.lexicon import read_lexicon
from briefing_kit.textmap import fold

_LARGE = 300  # thousands of people: a place that is taken for itself even where nothing around it says so


@dataclass(frozen=True, slots=True)
class Places:
    """`countries` by name (joined by "|", largest namesake first); `large` names need no evidence; `longest` counts words."""

    countries: Mapping[str, str]
    large: frozenset[str]
    openers: frozenset[str]  # first words of names of several words

    def country(self, name: str, home: str | None) -> str | None:
        """The country of a place: the briefing's own where it has such a place, else the one with the largest, where there is one."""
        codes = self.countries.get(name, "")
        if home and home in codes.split("|"):
            return home
        return codes.partition("|")[0] or None


@cache
def known_places() -> Places:
    """The built-in places."""
    text = (files("briefing_kit.lexicon") / "places.csv").read_text(encoding="utf-8")
    countries: dict[str, str] = {}
    large: set[str] = set()
    for line in text[text.index("\nname,") + 1 :].split("\n")[1:]:
        if not line:
            continue
        name, codes, thousands = line.split(",")
        countries[name] = codes
        if len(thousands) > 3 or int(thousands) >= _LARGE:
            large.add(name)
    for row in read_lexicon("regions"):
        name = fold(row["name"])
        codes = countries.get(name, "")
        if name not in countries or row["country"] != codes.partition("|")[0]:
            countries[name] = "|".join(code for code in (row["country"], *codes.split("|")) if code)
        large.add(name)
    openers = frozenset(name.partition(" ")[0] for name in countries if " " in name)
    return Places(countries, frozenset(large), openers)
