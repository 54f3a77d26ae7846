"""One name, one actor, within a document: definitions, short forms after full names, one type for all mentions of an unknown name."""

from __future__ import annotations

import re
from collections import Counter
from operator import itemgetter

from briefing_kit.extract import actor_words as aw
from briefing_kit.extract.context import Context
from briefing_kit.extract.definitions import WITHOUT_SHORT_FORM, apply_definitions
from briefing_kit.extract.namesakes import resolve_namesakes
from briefing_kit.extract.nicknames import join_nicknames
from briefing_kit.extract.places import Places
from briefing_kit.extract.shapes import Item
from briefing_kit.gazetteer import Actor, Entry, Gazetteer
from briefing_kit.naming import slug
from briefing_kit.records import Acronym

_SUFFIXES = frozenset(("Jr.", "Jr", "Sr", "Sr.", "II", "III", "IV"))
_REVISABLE = frozenset(("shape:two-names", "given-name", "places", "shape:place"))  # what the words around may overrule
_AT = frozenset("in at near to from outside inside around visit visited reached".split())
_PLURAL = re.compile(r"[^aiosu]s$")
_ROMAN = re.compile(r"[IVXLC]+")
_DOCTRINES = ("ism", "ist", "ists", "ology", "opathy", "ography")
_NO_VOTES = {"": 0}
_BARE = aw.COMMON | aw.MODIFIER | aw.ORG_TAIL | aw.ORG_HEAD | aw.TITLE
_LISTED = frozenset((", ", " and ", ", and ", " or ", " & "))


def settle(
    items: list[Item], acronyms: list[Acronym], context: Context, gazetteer: Gazetteer, places: Places, home: str | None
) -> list[Item]:
    """The items with an actor each; those without enough evidence are left out."""
    items = join_nicknames(items, context.text, gazetteer)
    defined = {acronym.short for acronym in acronyms}
    namer = _Namer(items, context, gazetteer, places, home, resolve_namesakes(items, defined, gazetteer, home))
    apply_definitions(namer.items, acronyms, context, gazetteer, namer.strangers, namer.entry)
    namer.type_unknown()
    return namer.named()


class _Namer:
    """The names of one document."""

    def __init__(
        self, items: list[Item], context: Context, gazetteer: Gazetteer, places: Places, home: str | None, strangers: frozenset[str]
    ) -> None:
        self.items = items
        self.context = context
        self.flags = context.words.flags
        self.tails = context.words.tails
        self.gazetteer = gazetteer
        self.places = places
        self.home = home
        self.strangers = strangers  # names of known actors, none of whom is meant
        self.actors: dict[str, Actor] = {}
        self.entries: dict[str, Entry] = {}
        self.evidence: dict[int, tuple[str | None, int]] = {}  # by where an item starts
        self.worthy = self._worthy()

    def entry(self, name: str, kind: str, country: str | None = None) -> Entry:
        """The gazetteer's entry of a name, else a new actor of this document."""
        if name in self.entries:
            return self.entries[name]
        known = self.gazetteer.find(name) if name not in self.strangers else None
        if known is None or known.kind not in ("name", "alias", "acronym"):
            actor_id = slug(name)
            actor = self.actors.get(actor_id)
            if actor is None:
                actor = self.actors[actor_id] = Actor(id=actor_id, name=name, type=kind, country=country)
            known = Entry(name, actor, "name")
        self.entries[name] = known
        return known

    def _worthy(self) -> frozenset[str]:
        """Single unknown words that are worth a row: they act somewhere, or stand there twice and are no plural of a thing."""
        single = [item for item in self.items if item.rule == "shape:single"]
        counts = Counter(item.name for item in single)
        acting = {item.name for item in single if self.context.acts(item.end)}
        return frozenset(name for name, count in counts.items() if name in acting or (count > 1 and not _PLURAL.search(name)))

    def type_unknown(self) -> None:
        """One type for all mentions of an unknown name: by the words around any of them, else by its shape."""
        self._find_sites()
        self.people, self.shared = _surnames(self.items)
        unknown = [item for item in self.items if item.entry is None and item.kind == "name" and (item.type is None or item.weak)]
        if not unknown:
            return
        votes = self._votes()
        types = [item.type for item in self.items]
        guessed = any(item.rule == "shape:two-names" for item in unknown)
        sure = _surnames([item for item in self.items if item.rule != "shape:two-names"])[0] if guessed else self.people
        for item in unknown:
            if item.single and (item.name in self.people or item.name in self.shared):
                guess = item.type is None and item.name not in sure
                if guess and votes.get(item.name, _NO_VOTES).get("person", 0) == 0 and not self.context.acts(item.end):
                    continue  # "Polaroids", after a guessed "Warhol Polaroids"
                if not (item.rule == "places" and item.name not in self.people):
                    item.type = "person"
                continue
            kind, weight = max(votes.get(item.name, _NO_VOTES).items(), key=itemgetter(1))
            self._decide(item, kind, weight)
        if types != [item.type for item in self.items]:
            self.people, self.shared = _surnames(self.items)

    def _find_sites(self) -> None:
        """What opens like a person's name may be a place: "the Abu Shouk camp", "Wad al-Noora, a village in"."""
        guessed = [item for item in self.items if item.rule == "given-name" and not item.single and item.title is None]
        sites = {item.name for item in guessed if self._evidence(item) == ("place", 4)}
        for item in guessed:
            if item.name in sites:
                item.type, item.rule = "place", "context"

    def _evidence(self, item: Item) -> tuple[str | None, int]:
        """What the words around an item speak for."""
        found = self.evidence.get(item.start)
        if found is None:
            found = self.evidence[item.start] = self.context.evidence(item.start, item.end)
        return found

    def _votes(self) -> dict[str, dict[str, int]]:
        """What the words around each unknown name, and the names it is listed with, speak for."""
        votes: dict[str, dict[str, int]] = {}
        previous: Item | None = None
        text = self.context.text
        for item in self.items:
            if item.entry is None and item.kind == "name" and (item.type is None or item.weak):
                kind, weight = self._evidence(item)
                if kind is not None:
                    counted = votes.setdefault(item.name, {})
                    counted[kind] = counted.get(kind, 0) + weight
                if previous is not None and previous.type is not None and text[previous.end : item.start] in _LISTED:
                    counted = votes.setdefault(item.name, {})
                    counted[previous.type] = counted.get(previous.type, 0) + 2
            previous = item
        return votes

    def _decide(self, item: Item, kind: str, weight: int) -> None:
        """Give an unknown name the type that most speaks for, where enough does."""
        mark = self.flags.get(item.name, 0)
        if weight == 0 and item.single and item.type is None and mark & aw.SURNAME and not mark & aw.COMMON:
            kind, weight = "person", 1
        if kind == "vessel":
            item.rule = kind
            return
        if weight == 0 or (kind in ("place", "person") and item.name.isupper()):
            return
        if item.single and mark & aw.COMMON and not mark & (aw.GIVEN | aw.SURNAME) and (kind in ("place", "person") or weight < 3):
            return
        revisable = item.rule in _REVISABLE and (item.single or item.rule != "given-name" or (kind == "place" and weight >= 4))
        if item.type is None or (revisable and kind != item.type and weight >= 3):
            item.type, item.rule = kind, "context"

    def named(self) -> list[Item]:
        """The items that stay, each with its actor."""
        heads: dict[str, Item] = {}  # the last organisation with this head noun: "the Council"
        firsts = {item.name.partition(" ")[0]: item for item in self.items if item.rule == "shape:organisation" and " " in item.name}
        offices = self._offices()
        kept: list[Item] = []
        for item in self.items:
            if item.kind == "apposed" or (item.title_start >= 0 and self.context.names_ship(item.title_start)):
                continue
            if item.kind == "title":
                holders = offices.get(item.name.lower(), set())
                if len(holders) == 1:
                    item.type, item.kind, item.rule = "person", "short_form", "short-form:office"
                    item.entry = self.entry(next(iter(holders)), "person")
                kept.append(item)
                continue
            if item.rule == "vessel":
                continue
            if item.rule == "places" and item.weak and item.type == "place" and self.context.acts(item.end):
                item.type, item.rule, item.known = None, "context", False  # "Nur attacked": not the town of that name
            if item.single and item.name in self.people and self._is_place_name(item) and not self.context.is_locative(item.start):
                item.entry, item.type, item.kind = None, "person", "name"
            if item.kind in ("name", "alias") and item.single and item.type == "person":
                self._short_person(item)
            if item.entry is None and not self._organisation_short(item, firsts, heads):
                if self._is_dropped(item):
                    continue
                country = self.places.country(item.name, self.home) if item.type == "place" else item.country
                item.entry = self.entry(item.name, item.type or "unknown", country)
            if not item.known and item.entry is not None:
                item.known = item.entry.actor.id in self.gazetteer.actors
            if item.entry is not None and item.type not in WITHOUT_SHORT_FORM:
                for name in {item.name, item.entry.form}:
                    last = name.rpartition(" ")[2]
                    if self.flags.get(last, 0) & aw.ORG_TAIL:
                        heads[last] = item
            if item.rule == "shape:organisation" and self._is_facility(item.name) and self.context.before(item.start) in _AT:
                item.type = "place"  # "at the Zarnoub Medical Center"
            kept.append(item)
        return kept

    def _is_facility(self, name: str) -> bool:
        facilities = self.context.words.facilities
        return name.rpartition(" ")[2] in facilities or name.partition(" ")[0] in facilities

    @staticmethod
    def _is_place_name(item: Item) -> bool:
        return item.type == "place" if item.entry is None else item.entry.kind == "metonym"

    def _offices(self) -> dict[str, set[str]]:
        """Who is called by a title anywhere in the document: "Foreign Secretary Ann Lee", "the Foreign Secretary, Ann Lee"."""
        offices: dict[str, set[str]] = {}
        previous: Item | None = None
        for item in self.items:
            if item.kind != "title" and item.type == "person":
                if previous is not None and previous.kind == "title" and self.context.text[previous.end : item.start] == ", ":
                    item.title, item.title_start, previous.kind = item.title or previous.title, previous.start, "apposed"
                if item.title is not None:
                    full = item.entry.actor.name if item.entry is not None else self.people.get(item.name, item.name)
                    offices.setdefault(item.title.lower(), set()).add(full)
            previous = item
        return offices

    def _short_person(self, item: Item) -> None:
        """A surname (or first name) alone is the person whom the document spells out, or whom the gazetteer knows under it."""
        full = self.people.get(item.name)
        if full is not None and full != item.name and (item.entry is None or slug(full) != item.entry.actor.id):
            item.entry, item.kind, item.rule = self.entry(full, "person"), "short_form", "short-form:person"
        elif item.entry is not None and item.name != item.entry.actor.name:
            item.kind = "short_form"
        elif item.entry is None and item.name in self.shared:
            item.rule = "short-form:ambiguous"

    def _organisation_short(self, item: Item, firsts: dict[str, Item], heads: dict[str, Item]) -> bool:
        """Whether a single word is the short form of an organisation named before: "Acme" of Acme Oil Company, "the Council"."""
        if (
            not item.single
            or (item.type == "person" and (item.rule not in ("given-name", "context") or item.name in self.people))
            or (item.type == "place" and item.rule == "places")
        ):
            return False
        whole = firsts.get(item.name)
        if (whole is None or whole.entry is None) and self.flags.get(item.name, 0) & aw.ORG_TAIL:
            whole = heads.get(item.name)
        if whole is None or whole.entry is None or whole is item:
            return False
        item.type, item.kind, item.entry, item.rule = whole.type, "short_form", whole.entry, "short-form:organisation"
        return True

    def _is_dropped(self, item: Item) -> bool:
        """Capitalised words without evidence that they name an actor."""
        text = self.context.text
        if item.single and item.type is None and (text[item.start - 1 : item.start] in ("#", "@") or item.name.endswith(_DOCTRINES)):
            return True  # "#March", "Scientologist"
        if item.single and text[item.end : item.end + 1] == " " and text[item.end + 1 : item.end + 2].isdigit() and item.type != "person":
            return True  # "Milepost 7", "Version 2": a designation
        if item.rule == "shape:single" and item.type is None and item.name not in self.worthy:
            return not (self.flags.get(item.name, 0) & aw.ORG_TAIL and text[max(0, item.start - 3) : item.start] == "'s ")
        if item.rule in ("shape:common", "shape:caps") and not self.context.acts(item.end):
            if item.rule == "shape:common":
                return True
            before = self.context.text[max(0, item.start - 12) : item.start].split(" ")
            word = before[-2] if len(before) > 1 else ""
            if len(item.name) < 3 or _ROMAN.fullmatch(item.name) or item.name.capitalize() in self.flags:
                return True
            return any(char.isdigit() for char in item.name) or word in ("a", "an") or word[-1:].isdigit()
        mark = self.flags.get(item.name, 0)
        if item.single and item.type is None and mark & _BARE and not mark & (aw.GIVEN | aw.SURNAME):
            kind = self.tails.get(item.name)
            if kind is None or item.rule == "opening":
                return True
            item.type = kind
        return False


def _surnames(items: list[Item]) -> tuple[dict[str, str], frozenset[str]]:
    """Surname (or, where nobody bears it as a surname, first name) to full name; and the surnames that several people share."""
    last: dict[str, dict[str, str]] = {}
    first: dict[str, dict[str, str]] = {}
    for item in items:
        if item.type != "person" or item.kind not in ("name", "alias", "short_form"):
            continue
        words = item.name.split(" ")
        if len(words) < 2 or words[-1].isupper():
            continue
        name = item.entry.actor.name if item.entry else item.name
        surname = words[-2] if words[-1] in _SUFFIXES and len(words) > 2 else words[-1]
        key = slug(name)
        last.setdefault(surname, {})[key] = name
        bare = surname.partition("-")[2] if surname.partition("-")[0].lower() in ("al", "el") else ""
        for form in (bare, f"Al-{bare}", f"al-{bare}") if bare else ():
            last.setdefault(form, {})[key] = name
        first.setdefault(words[0], {})[key] = name
    people = {short: next(iter(names.values())) for short, names in last.items() if len(names) == 1}
    for short, names in first.items():
        if len(names) == 1 and short not in last:
            people[short] = next(iter(names.values()))
    return people, frozenset(short for short, names in last.items() if len(names) > 1)
