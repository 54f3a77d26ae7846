"""From settled names to mentions: places and metonyms, possessors, relations, titles."""

from __future__ import annotations

import re

from briefing_kit.briefing import Briefing
from briefing_kit.extract.context import Context
from briefing_kit.extract.demonyms import demonym, related_group
from briefing_kit.extract.drafts import Draft, draft_of
from briefing_kit.extract.places import Places
from briefing_kit.extract.shapes import Item
from briefing_kit.gazetteer import Entry
from briefing_kit.naming import slug

_SUFFIX = re.compile(r"-([a-z]+)(?![\w-])")
_MODEL = re.compile(r" [A-Z]{0,2}-?\d")  # "an Airbus A320", "a Boeing 747": what the company makes
_ATTITUDE = re.compile(r"(?<!\w)(anti|pro)-$", re.IGNORECASE)
_QUALIFIERS = re.compile(r" (?:(?!(?:in|at|of|on|to|by|for|from|with|and|or|near|the|that|who|were|was) )[a-z-]+ ){0,3}")
_LISTED = frozenset((" and ", ", ", ", and "))
_SAME = frozenset((" and ", ", ", ", and ", " or ", " to "))  # what joins two places
_POSSESSIVE = frozenset(("'s ", "' "))
_INSIDE = frozenset("in at outside near inside around".split())


def draft_mentions(items: list[Item], context: Context, places: Places, briefing: Briefing) -> list[Draft]:
    """The mentions of the settled items, in order."""
    drafter = _Drafter(context, places, briefing)
    following: Item | None = None
    for item in reversed(items):
        if item.entry is not None and item.entry.kind == "metonym":
            drafter.look_ahead(item, following)
        following = item
    for item, following in zip(items, [*items[1:], None], strict=False):
        drafter.add(item, following)
    for draft in drafter.drafts:
        if draft.actor_type == "person" and draft.kind in ("name", "alias"):
            _lower_title(draft, context)
    return drafter.drafts


class _Drafter:
    """Turns items into drafts one after another, remembering what stands before."""

    def __init__(self, context: Context, places: Places, briefing: Briefing) -> None:
        self.context = context
        self.text = context.text
        self.places = places
        self.home = briefing.country
        self.drafts: list[Draft] = []
        self.previous: Draft | None = None
        self.place_end = -1  # where the last place ended: "Iraq and Syria" are both places
        self.pending: tuple[str, str, int] | None = None  # relation, actor id, where it ended
        self.acting: set[int] = set()  # where capitals stand that act, alone or with the next: "London and Paris condemned"
        self.lead: Item | None = None  # the name before, which may qualify a title or a people

    def look_ahead(self, item: Item, following: Item | None) -> None:
        """Note a capital that acts, or that is listed with the next one that does."""
        if self.context.is_locative(item.start):
            return
        listed = following is not None and following.start in self.acting and self.text[item.end : following.start] in _LISTED
        if listed or self.context.acts(item.end):
            self.acting.add(item.start)

    def add(self, item: Item, following: Item | None) -> None:
        entry = item.entry
        if item.kind == "title":
            self._title_alone(item)
            self.lead = None
            return
        if entry is None or self._is_relation(item, entry):
            return
        if entry.actor.type == "company" and _MODEL.match(self.text, item.end):
            return
        if entry.kind in ("demonym", "people"):
            lead = self.lead
            draft = demonym(item, entry, self.context, following, lead)
            self.lead = item
            if draft is None:
                return
        else:
            draft = self._named(item, entry)
            if item.title is not None:
                self._set_title(draft, item, item.title)
            self.lead = item
        previous = self.previous
        if previous is not None and draft.start - previous.end <= 3 and self.text[previous.end : draft.start] in _POSSESSIVE:
            draft.possessor_id = previous.actor_id
            if previous.actor_type in ("state", "place") and draft.actor_type != "person":
                draft.country = draft.country or previous.country
        if self.pending is not None:
            relation, related_id, end = self.pending
            if _QUALIFIERS.fullmatch(self.text, end, max(end, min(draft.start, end + 40))) and draft.start <= end + 40:
                draft.relation, draft.related_id = relation, related_id
            self.pending = None
        if draft.actor_type == "place":
            self.place_end = draft.end
        self.drafts.append(draft)
        self.previous = draft

    def _is_relation(self, item: Item, entry: Entry) -> bool:
        """Whether the name only says whom others are for, against, led or backed by; it is then no mention of its own."""
        text = self.text
        if text[item.end : item.end + 1] != "-" and text[item.start - 1 : item.start] != "-":
            return False
        attitude = _ATTITUDE.search(text, max(0, item.start - 6), item.start)
        if attitude:
            relation, start, end = attitude[1].lower(), attitude.start(), item.end
        else:
            suffix = _SUFFIX.match(text, item.end)
            stated = self.context.words.suffixes.get(suffix[1], "none") if suffix else "none"
            if suffix is None or stated == "none":
                return False
            if stated == "likeness":
                return True
            relation, start, end = stated, item.start, suffix.end()
        group = related_group(entry, relation, start, end, self.context)
        if group is not None:
            self.drafts.append(group)
        else:
            self.pending = relation, entry.actor.id, end
        return True

    def _set_title(self, draft: Draft, item: Item, title: str) -> None:
        """The titles before a name, with the state or organisation they are of: "French Defence Minister"."""
        begin = item.title_start
        if self.lead is not None and self.lead.end + 1 == begin:
            begin = self.lead.start
            draft.country = draft.country or self.lead.country
        draft.role_title = self.text[begin : item.title_start] + title

    def _title_alone(self, item: Item) -> None:
        """The Turkish President, without a name: one unnamed person."""
        lead = self.lead
        if lead is None or lead.entry is None or lead.end + 1 != item.start:
            if item.title in self.context.words.offices and self.text[max(0, item.start - 4) : item.start].lower() == "the ":
                office = Draft(
                    start=item.start,
                    end=item.end,
                    actor_id=slug(item.name),
                    actor=item.name,
                    actor_type="person",
                    kind="nominal",
                    rule="title:alone",
                    role_title=item.name,
                )
                self.drafts.append(office)
            return
        name = f"{lead.name} {item.name}"
        self.drafts.append(
            Draft(
                start=lead.start if lead.entry.kind == "demonym" else item.start,
                end=item.end,
                actor_id=slug(name),
                actor=name,
                actor_type="person",
                kind="nominal",
                rule="title:alone",
                country=lead.country,
                parent_id=lead.entry.actor.id,
                role_title=item.name,
            )
        )

    def _named(self, item: Item, entry: Entry) -> Draft:
        draft = draft_of(item, entry, item.kind if item.kind in ("alias", "acronym", "short_form") else "name", item.rule)
        if item.type == "place":
            self._to_place(draft, item, item.rule)
            draft.actor_id, draft.actor = entry.actor.id, entry.actor.name
        elif item.type == "person":
            draft.actor_type = "person"
        elif entry.kind == "metonym":
            if self._acts(item):
                draft.kind, draft.rule = "metonym", "metonym:capital"
            else:
                self._to_place(draft, item, "place:capital")
        elif entry.kind == "seat":
            draft.kind, draft.rule = "metonym", "metonym:seat"
            if self.context.before(item.start) in _INSIDE:
                self._to_place(draft, item, "place:seat")
        elif entry.actor.id in self.context.words.countries and item.rule == "gazetteer" and self._is_territory(item):
            draft.actor_type, draft.rule = "place", "place:state"
        return draft

    def _to_place(self, draft: Draft, item: Item, rule: str) -> None:
        draft.actor_id, draft.actor, draft.actor_type = slug(item.name), item.name, "place"
        draft.kind, draft.rule = "name", rule
        draft.country = self.places.country(item.name, self.home) or draft.country

    def _acts(self, item: Item) -> bool:
        """Whether a capital stands for its state: it acts, is addressed, has a policy, or is paired with one that does."""
        context, previous = self.context, self.previous
        if item.start in self.acting or context.is_addressed(item.start):
            return True
        if context.has_policy(item.end) and context.before(item.start) not in _INSIDE:
            return True
        paired = previous is not None and previous.rule == "metonym:capital"
        return paired and previous is not None and self.text[previous.end : item.start] == " and "

    def _is_territory(self, item: Item) -> bool:
        """Whether a state is named as a country: in, from or across it, or joined to a place."""
        context = self.context
        if context.is_locative(item.start):
            before = context.before(item.start, 2).split(" ")
            if before[-1] == "of" and before[0] in context.words.policies:
                return False  # "at the invitation of France"
            if before[-1] == "on" and before[0] in context.words.targets:
                return False  # "sanctions on Iran"
            if self.text.startswith("'s ", item.end) and before[-1] not in _INSIDE and self.text[item.end + 3 : item.end + 4].isupper():
                return False  # "turned to Russia's Wagner Group"
            if before[-1] == "of" and (before[0] in context.words.roles or before[0] in context.words.groups):
                return False  # "the president of Turkey", "the army of Chad"
            # "against the US departure", "from US officials": no place, whatever stands before
            return not (item.kind == "acronym" and context.before_group_or_event(item.end))
        if self.text.startswith("'s ", item.end) and self.text[item.end + 3 : item.end + 4].islower():
            # "Libya's conflict" is the country's, "Libya's government" the state's
            return not (context.has_policy(item.end) or context.possesses_actor(item.end))
        joined = 0 <= self.place_end >= item.start - 6 and self.text[self.place_end : item.start] in _SAME
        return joined and not context.acts(item.end)


def _lower_title(draft: Draft, context: Context) -> None:
    """A title in small letters before a name belongs to it: "commander General Thomas Waldhauser"."""
    end = draft.start - (len(draft.role_title) + 1 if draft.role_title else 0) - 1
    text = context.text
    if end < 2 or text[end] != " ":
        return
    if text[end - 1] == ",":
        end -= 1  # "Haiti's prime minister, Ariel Henry"
    two = context.before(end, 2)
    word = two if two in context.words.roles else two.rpartition(" ")[2]
    if word in context.words.roles and text.endswith(word, 0, end):
        draft.role_title = f"{word} {draft.role_title}" if draft.role_title else word
