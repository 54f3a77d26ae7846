"""Nicknames inside a person's name: Ruth "The Hammer" Calder is one mention, of Ruth Calder."""

from __future__ import annotations

import re
from bisect import bisect_left

from briefing_kit.extract.shapes import Item
from briefing_kit.gazetteer import Gazetteer

_NICKNAME = re.compile(r" (?<=\w )([\"'])[^\W\d_a-z][\w-]*(?: [\w-]+){0,2}\1 (?=[^\W\d_a-z])")


def join_nicknames(items: list[Item], text: str, gazetteer: Gazetteer) -> list[Item]:
    """The items with a first name, a nickname in quotation marks and a surname as one person, whose name leaves the nickname out."""
    found = list(_NICKNAME.finditer(text)) if '" ' in text or "' " in text else []
    if not found:
        return items
    joined = list(items)
    starts = [item.start for item in joined]
    for nickname in reversed(found):
        after = bisect_left(starts, nickname.end())
        first = next((at for at in range(after - 1, -1, -1) if joined[at].end <= nickname.start()), -1)
        if first < 0 or after == len(joined) or joined[first].end != nickname.start() or joined[after].start != nickname.end():
            continue
        given, surname = joined[first], joined[after]
        if given.type != "person" or given.kind == "title" or surname.kind == "title" or surname.type not in (None, "person", "place"):
            continue
        name = f"{given.name} {surname.name}"
        entry = gazetteer.find(name)
        person = Item(
            given.start, surname.end, name, "person", entry=entry, title=given.title, title_start=given.title_start, rule="given-name"
        )
        if entry is not None:
            person.kind, person.country, person.known = entry.kind, entry.actor.country, True
        joined[first : after + 1] = [person]
        starts[first : after + 1] = [person.start]
    return joined
