"""One name, one actor, within a document: definitions, short forms after full names, one type for all mentions of an unknown name."""

from __future__ import annotations

from collections import Counter

from briefing_kit.extract import actor_words as aw
from briefing_kit.extract.context import Context
from briefing_kit.extract.names import Item
from briefing_kit.extract.places import Places
from briefing_kit.gazetteer import Actor, Entry, Gazetteer, slug
from briefing_kit.records import Acronym

_COMPANY_TAILS = frozenset("Company Corporation Corp Inc Ltd Limited LLC PLC Group Holdings Party Movement".split())


def settle(
    items: list[Item], acronyms: list[Acronym], context: Context, gazetteer: Gazetteer, places: Places, home: str | None
) -> list[Item]:
    """The items with an actor each; those without enough evidence are left out."""
    flags = context.words.flags
    _define(items, acronyms, gazetteer)
    _type_unknown(items, context)
    people = _surnames(items)
    heads: dict[str, Item] = {}  # last organisation with this head noun: "the Council"
    firsts = {item.name.partition(" ")[0]: item for item in items if item.rule == "shape:organisation" and " " in item.name}
    actors: dict[str, Actor] = {}
    kept: list[Item] = []
    for item in items:
        if item.entry is None and item.kind == "name":
            if item.type == "person" and item.single or item.type is None and item.single:
                person = people.get(item.name)
                if person is not None and person != item.name:
                    item.type, item.kind, item.rule = "person", "short_form", "short-form:person"
                    item.entry = _entry(person, "person", actors, gazetteer)
            if item.entry is None and item.single and item.type is None and item.name in firsts and firsts[item.name].entry is not None:
                whole = firsts[item.name]
                item.type, item.kind, item.entry, item.rule = whole.type, "short_form", whole.entry, "short-form:organisation"
            if item.entry is None:
                mark = flags.get(item.name, 0)
                if item.single and item.type is None and mark & (aw.COMMON | aw.MODIFIER | aw.ORG_TAIL | aw.ORG_HEAD | aw.TITLE):
                    whole = heads.get(item.name)
                    kind = context.words.tails.get(item.name)
                    if whole is not None and context.before(item.start) is not None:
                        item.type, item.kind, item.entry, item.rule = whole.type, "short_form", whole.entry, "short-form:head"
                    elif kind is not None and not item.weak:
                        item.type = kind
                    else:
                        continue
                if item.entry is None:
                    item.entry = _entry(
                        item.name,
                        item.type or "unknown",
                        actors,
                        gazetteer,
                        places.country(item.name, home) if item.type == "place" else item.country,
                    )
        elif (
            item.entry is not None
            and item.entry.actor.type == "person"
            and item.single
            and item.name in people
            and people[item.name] != item.name
        ):
            # a surname that the document spells out belongs to the person it names
            if slug(people[item.name]) != item.entry.actor.id:
                item.entry, item.kind, item.rule = _entry(people[item.name], "person", actors, gazetteer), "short_form", "short-form:person"
        if item.entry is not None and item.type not in ("person", "place", "state", "community"):
            last = item.name.rpartition(" ")[2]
            if flags.get(last, 0) & aw.ORG_TAIL:
                heads[last] = item
            first = item.entry.form.rpartition(" ")[2]
            if flags.get(first, 0) & aw.ORG_TAIL:
                heads[first] = item
        kept.append(item)
    return kept


def _entry(name: str, kind: str, actors: dict[str, Actor], gazetteer: Gazetteer, country: str | None = None) -> Entry:
    known = gazetteer.find(name)
    if known is not None and known.kind in ("name", "alias", "acronym"):
        return known
    actor_id = slug(name)
    actor = actors.get(actor_id)
    if actor is None:
        actor = actors[actor_id] = Actor(id=actor_id, name=name, type=kind, country=country)
    return Entry(name, actor, "name")


def _define(items: list[Item], acronyms: list[Acronym], gazetteer: Gazetteer) -> None:
    """Short forms take the actor of the long form beside them, for the whole document."""
    if not acronyms:
        return
    by_end = {item.end: item for item in items}
    by_start = {item.start: item for item in items}
    meaning: dict[str, Item] = {}
    for acronym in acronyms:
        long = by_end.get(acronym.long_end) if acronym.rule == "acronym:long-short" else by_start.get(acronym.long_start)
        if long is None or long.kind == "title":
            continue
        short = by_start.get(acronym.start)
        if short is not None and short.entry is not None and long.entry is None:
            # the short form is known: the long form is another name of it
            long.entry, long.type, long.kind, long.rule = short.entry, short.entry.actor.type, "alias", "definition"
        meaning[acronym.short] = long
    actors: dict[str, Actor] = {}
    for long in meaning.values():
        if long.entry is None:
            long.type = long.type or "other"
            long.entry = _entry(long.name, long.type, actors, gazetteer, long.country)
    for item in items:
        whole = meaning.get(item.name)
        if whole is not None and whole is not item:
            item.entry, item.type, item.kind, item.rule = whole.entry, whole.type, "acronym", "definition"


def _type_unknown(items: list[Item], context: Context) -> None:
    """One type for all mentions of an unknown name: by the words around any of them, else by its shape."""
    votes: dict[str, Counter[str]] = {}
    solid: set[str] = set()
    for item in items:
        if item.entry is not None or item.kind != "name":
            continue
        if item.type is None or item.weak:
            kind = context.evidence(item.start, item.end)
            if kind is not None:
                votes.setdefault(item.name, Counter())[kind] += 1
    for item in items:
        if item.entry is not None or item.kind != "name" or not (item.type is None or item.weak):
            continue
        counted = votes.get(item.name)
        if counted:
            kind = counted.most_common(1)[0][0]
            if item.type is None or (item.rule in ("shape:two-names", "places") and kind != item.type):
                item.type, item.rule = kind, "context"
        solid.add(item.name)


def _surnames(items: list[Item]) -> dict[str, str]:
    """Surname (and given name) to full name, for every person named in full; those shared by two persons are left out."""
    full: dict[str, set[str]] = {}
    for item in items:
        if item.type != "person" or item.kind not in ("name", "alias", "short_form"):
            continue
        words = item.name.replace(" al-", " al_").replace(" el-", " el_").split(" ")
        if len(words) < 2:
            continue
        name = item.entry.actor.name if item.entry else item.name
        last = words[-1] if words[-1] not in ("Jr.", "Jr", "Sr", "Sr.", "II", "III") else words[-2]
        for short in {last.replace("_", "-"), last.partition("_")[2] or last, words[0]}:
            full.setdefault(short, set()).add(name)
    return {short: next(iter(names)) for short, names in full.items() if len(names) == 1}
