"""Names that several known actors bear ("CPC", "Marine Corps", "General Intelligence Service"): whose is meant here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container

from briefing_kit.extract.shapes import Item
from briefing_kit.gazetteer import Entry, Gazetteer


def resolve_namesakes(items: list[Item], defined: Container[str], gazetteer: Gazetteer, home: str | None) -> frozenset[str]:
    """Give each shared name the bearer that the document speaks of; returns the names that stay open, whose items lose their actor.

    The bearer is the one that the document names in another way, else the one from the country that it names most often. A short
    form that the text itself defines is left to its definition.
    """
    shared = [item for item in items if item.entry is not None and item.entry.form in gazetteer.shared]
    if not shared:
        return frozenset()
    named = {item.entry.actor.id for item in items if item.entry is not None and item.entry.form not in gazetteer.shared}
    countries: Counter[str | None] = Counter(
        item.country for item in items if item.entry is None or item.entry.form not in gazetteer.shared
    )
    countries[home] += 1
    countries[None] = 0
    left: set[str] = set()
    for item in shared:
        if item.entry is None:
            continue
        entry = None if item.name in defined else _bearer(gazetteer.shared[item.entry.form], named, countries)
        if entry is not None:
            item.entry, item.type, item.kind, item.country = entry, entry.actor.type, entry.kind, entry.actor.country
            continue
        types = {bearer.actor.type for bearer in gazetteer.shared[item.entry.form]}
        item.entry, item.kind, item.country, item.known = None, "name", None, False
        item.type, item.rule = types.pop() if len(types) == 1 else None, "shape:caps" if item.name.isupper() else "shape:multi"
        left.add(item.name)
    return frozenset(left)


def _bearer(bearers: tuple[Entry, ...], named: Container[str], countries: Counter[str | None]) -> Entry | None:
    mentioned = [bearer for bearer in bearers if bearer.actor.id in named]
    if len(mentioned) == 1:
        return mentioned[0]
    ranked = sorted(bearers, key=lambda bearer: -countries[bearer.actor.country])
    if countries[ranked[0].actor.country] > countries[ranked[1].actor.country]:
        return ranked[0]
    return bearers[0] if bearers[0].kind == "name" else None
