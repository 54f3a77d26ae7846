"""Adjectives of states and peoples with the noun after them: "Turkish military", "Kurdish officials", "Turkish airstrikes"."""

from __future__ import annotations

import re

from briefing_kit.extract.context import Context
from briefing_kit.extract.drafts import Draft, draft_of
from briefing_kit.extract.shapes import Item
from briefing_kit.gazetteer import Entry
from briefing_kit.naming import slug

_LOWER_WORDS = re.compile(r"(?: [a-z][a-z'-]+){1,4}")
_TYPES = {
    "people": "group",
    "crowd": "group",
    "people_of": "community",
    "party": "political",
    "state": "state",
    "media": "media",
    "company": "company",
}


def group_noun(context: Context, end: int) -> tuple[str, str, int] | None:
    """The group noun that closes the next few small words ("military", "security forces"), its kind and where it ends."""
    found = _LOWER_WORDS.match(context.text, end)
    if found is None:
        return None
    words = found.group()[1:].split(" ")
    groups, modifiers = context.words.groups, context.words.modifiers
    best: tuple[str, str, int] | None = None
    at = end
    for index, word in enumerate(words):
        bare = word.removesuffix("'s").rstrip("'")
        kind = groups.get(f"{words[index - 1]} {bare}" if index else bare) or groups.get(bare)
        if kind == "armed" and index:
            kind = "crowd"  # "aid groups" are not armed
        if kind is not None:
            best = " ".join([*words[:index], context.words.plurals.get(bare, bare)]), kind, at + 1 + len(bare)
        if bare != word or not (bare in modifiers or (index == 0 and bare in groups)):
            break
        at += 1 + len(word)
    return best


def demonym(item: Item, entry: Entry, context: Context, following: Item | None, lead: Item | None) -> Draft | None:
    """What a demonym and the words after it make: a group of its own, the state before a happening, or (None) no actor.

    `following` is the next name, `lead` a demonym right before this one: "Syrian Kurds".
    """
    if entry.kind == "people":
        return _people(item, entry, context, lead)
    if following is not None and following.entry is not None:
        if following.entry.kind == "people" and following.start == item.end + 1:
            return None
        joined = following.entry.kind == "demonym" and context.text[item.end : following.start] in (" and ", " or ", ", ")
    else:
        joined = False
    noun = group_noun(context, item.end)
    if noun is not None:
        return _group(item, entry, noun, noun[2])
    if _before_happening(context, item.end):
        return draft_of(item, entry, "demonym", "demonym:event")
    if joined and following is not None:
        # "Turkish and Russian troops": the noun belongs to both
        noun = group_noun(context, following.end)
        if noun is not None:
            return _group(item, entry, noun, item.end)
        if _before_happening(context, following.end):
            return draft_of(item, entry, "demonym", "demonym:event")
    return None


def _people(item: Item, entry: Entry, context: Context, lead: Item | None) -> Draft:
    draft = draft_of(item, entry, "demonym", "demonym:people")
    draft.actor_type = "community"
    if lead is not None and lead.entry is not None and lead.entry.kind == "demonym" and lead.end + 1 == item.start:
        draft.start, draft.country, draft.parent_id = lead.start, lead.country, lead.entry.actor.id
    draft.actor = context.text[draft.start : item.end]
    draft.actor_id = slug(draft.actor)
    return draft


def _group(item: Item, entry: Entry, noun: tuple[str, str, int], end: int) -> Draft:
    phrase, kind, _ = noun
    name = f"{item.name} {phrase}"
    draft = draft_of(item, entry, "demonym", f"demonym:{kind}")
    draft.end = end
    draft.actor_id, draft.actor, draft.parent_id = slug(name), name, entry.actor.id
    if phrase == "state" and entry.actor.type == "community":
        draft.actor_type, draft.kind, draft.rule = "place", "name", "demonym:place"  # "Kachin state"
        return draft
    draft.actor_type = _TYPES.get(kind) or ("state_force" if entry.actor.type == "state" and kind in ("force", "arms") else "armed_group")
    return draft


def _before_happening(context: Context, end: int) -> bool:
    """Turkish airstrikes: before what only a state does, its adjective is the state."""
    found = _LOWER_WORDS.match(context.text, end)
    if found is None:
        return False
    words = found.group()[1:].split(" ")
    events, modifiers = context.words.events, context.words.modifiers
    first_two = " ".join(words[:2])
    return words[0] in events or first_two in events or (words[0] in modifiers and len(words) > 1 and words[1] in events)


def related_group(entry: Entry, relation: str, start: int, end: int, context: Context) -> Draft | None:
    """Turkish-backed rebels: an actor of its own, with its relation to Turkey; None where no group noun follows."""
    noun = group_noun(context, end)
    if noun is None:
        return None
    phrase, kind, stop = noun
    name = f"{context.text[start:end]} {phrase}"
    return Draft(
        start=start,
        end=stop,
        actor_id=slug(name),
        actor=name,
        actor_type=_TYPES.get(kind) or "armed_group",
        kind="nominal",
        rule=f"relation:{relation}",
        relation=relation,
        related_id=entry.actor.id,
    )
