"""A mention while its columns are still being filled."""

from __future__ import annotations

from dataclasses import dataclass

from briefing_kit.extract.shapes import Item
from briefing_kit.gazetteer import Entry


@dataclass(slots=True)
class Draft:
    """The columns of a mention (records.Mention) before they are final."""

    start: int
    end: int
    actor_id: str
    actor: str
    actor_type: str
    kind: str
    rule: str
    country: str | None = None
    parent_id: str | None = None
    known: bool = False
    role_title: str | None = None
    possessor_id: str | None = None
    relation: str | None = None
    related_id: str | None = None


def draft_of(item: Item, entry: Entry, kind: str, rule: str) -> Draft:
    """The mention of an item under its actor."""
    actor = entry.actor
    parent_id = actor.parent or (item.parent.actor.id if item.parent else None)
    country = actor.country or item.country
    return Draft(item.start, item.end, actor.id, actor.name, actor.type, kind, rule, country, parent_id, item.known)
