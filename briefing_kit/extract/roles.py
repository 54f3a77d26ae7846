"""From settled names to mentions: demonyms with their nouns, metonyms, possessors, relations, titles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing_kit.briefing import Briefing
from briefing_kit.extract.context import Context
from briefing_kit.extract.names import Item
from briefing_kit.extract.places import Places
from briefing_kit.gazetteer import Entry, slug

_SUFFIX = re.compile(r"-([a-z]+)(?![\w-])")
RELATIONS = {
    **dict.fromkeys("backed supported funded sponsored armed trained equipped financed recruited".split(), "backed"),
    **dict.fromkeys("led commanded headed".split(), "led"),
    **dict.fromkeys("aligned allied affiliated linked leaning inspired".split(), "aligned"),
    "friendly": "pro",
}
_LOWER_WORDS = re.compile(r"(?: [a-z][a-z'-]+){1,4}")
_SINGULAR = {
    "official": "officials",
    "soldier": "soldiers",
    "fighter": "fighters",
    "militant": "militants",
    "rebel": "rebels",
    "troop": "troops",
}
_GROUP_TYPES = {"people": "group", "crowd": "group", "state": "state", "media": "media", "company": "company"}


_PEOPLES = {
    **dict.fromkeys(
        "people population community communities citizens nationals minority minorities civilians families clans clan tribes".split(),
        "community",
    ),
    **dict.fromkeys("opposition parties party politburo".split(), "political"),
}


@dataclass(slots=True, kw_only=True)
class Draft:
    """A mention while its columns are still being filled."""

    start: int
    end: int
    actor_id: str
    actor: str
    actor_type: str
    kind: str
    rule: str
    country: str | None = None
    role_title: str | None = None
    parent_id: str | None = None
    possessor_id: str | None = None
    relation: str | None = None
    related_id: str | None = None
    known: bool = True


def draft_mentions(items: list[Item], context: Context, places: Places, briefing: Briefing) -> list[Draft]:
    """The mentions of the settled items, in order."""
    text = context.text
    drafts: list[Draft] = []
    previous: Draft | None = None
    place_before = -1  # where the last place ended: "Iraq and Syria" are both places
    pending: tuple[str, str, int] | None = None  # relation, actor id, where it ended
    lead: Item | None = None  # demonym or title that may belong to the next name
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        entry = item.entry
        if item.kind == "title":
            draft = _title_alone(item, lead, text, following)
            lead = None
            if draft is not None:
                drafts.append(draft)
            continue
        if entry is None:
            continue
        prefix = _prefix(text, item.start)
        if prefix is not None:
            pending = (prefix, entry.actor.id, item.end)
            if draft := _related_group(item, entry, prefix, item.start - len(prefix) - 1, item.end, context):
                drafts.append(draft)
                pending = None
            continue
        suffix = _SUFFIX.match(text, item.end)
        if suffix and suffix[1] in RELATIONS:
            relation = RELATIONS[suffix[1]]
            if draft := _related_group(item, entry, relation, item.start, suffix.end(), context):
                drafts.append(draft)
            else:
                pending = (relation, entry.actor.id, suffix.end())
            continue
        if entry.kind in ("demonym", "people"):
            draft, lead = _demonym(item, entry, context, following, lead)
            if draft is None:
                continue
        else:
            draft = _named(item, entry, context, places, briefing, place_before)
            if item.title is not None:
                begin = lead.start if lead is not None and lead.end + 1 == item.title_start else item.title_start
                draft.role_title = text[begin : item.title_start] + item.title
                if lead is not None and lead.entry is not None and begin < item.title_start:
                    draft.country = draft.country or lead.country
            lead = item
        draft.role_title = draft.role_title or None
        if previous is not None and draft.start - previous.end in (2, 3) and text[previous.end : draft.start] in ("'s ", "' "):
            draft.possessor_id = previous.actor_id
        if pending is not None:
            between = text[pending[2] : draft.start]
            if len(between) < 40 and re.fullmatch(r" (?:[a-z-]+ ){0,3}", between):
                draft.relation, draft.related_id = pending[0], pending[1]
            pending = None
        if draft.actor_type == "place":
            place_before = draft.end
        drafts.append(draft)
        previous = draft
    _lower_titles(drafts, context)
    return drafts


def _prefix(text: str, start: int) -> str | None:
    """anti or pro, where the name hangs on it: "anti-Turkish sentiment"."""
    before = text[max(0, start - 5) : start].lower()
    return "anti" if before == "anti-" else "pro" if before.endswith("pro-") and not before[:1].isalpha() else None


def _group_noun(context: Context, end: int) -> tuple[str, int] | None:
    """The group noun that closes the next few small words ("military", "security forces") and where it ends."""
    found = _LOWER_WORDS.match(context.text, end)
    if found is None:
        return None
    words = found.group()[1:].split(" ")
    groups, modifiers = context.words.groups, context.words.modifiers
    best: tuple[str, int] | None = None
    at = end
    for index, word in enumerate(words):
        bare = word.removesuffix("'s").rstrip("'")
        at += 1 + len(word)
        if index and f"{words[index - 1]} {bare}" in groups:
            best = " ".join([*words[:index], bare]), at - len(word) + len(bare)
        elif bare in groups:
            best = " ".join([*words[:index], bare]), at - len(word) + len(bare)
        if bare != word or not (bare in modifiers or (index == 0 and bare in groups)):
            break
    return best


def _noun_kind(phrase: str, groups: dict[str, str]) -> str:
    words = phrase.split(" ")
    return groups.get(" ".join(words[-2:])) or groups[words[-1]]


def _demonym(item: Item, entry: Entry, context: Context, following: Item | None, lead: Item | None) -> tuple[Draft | None, Item | None]:
    """What a demonym and the words after it make: a group of its own, the state before a happening, or no actor."""
    text = context.text
    words = context.words
    if entry.kind == "people":
        draft = _draft(item, entry, "demonym", "demonym:people")
        draft.actor_type = "community"
        if lead is not None and lead.entry is not None and lead.entry.kind == "demonym" and lead.end + 1 == item.start:
            draft.start, draft.country, draft.parent_id = lead.start, lead.country, lead.entry.actor.id
        draft.actor = text[draft.start : item.end]
        draft.actor_id = slug(draft.actor)
        return draft, None
    if following is not None and following.start == item.end + 1 and following.entry is not None and following.entry.kind == "people":
        return None, item
    noun = _group_noun(context, item.end)
    if noun is not None:
        phrase, end = noun
        kind = _noun_kind(phrase, dict(words.groups))
        last = phrase.rpartition(" ")[2]
        phrase = phrase[: len(phrase) - len(last)] + _SINGULAR.get(last, last)
        name = f"{item.name} {phrase}"
        state = entry.actor.type == "state"
        actor_type = _PEOPLES.get(last) or _GROUP_TYPES.get(kind) or ("state_force" if state and kind == "force" else "armed_group")
        parent = entry.actor.id
        return (
            Draft(
                start=item.start,
                end=end,
                actor_id=slug(name),
                actor=name,
                actor_type=actor_type,
                kind="demonym",
                rule=f"demonym:{kind}",
                country=entry.actor.country,
                parent_id=parent,
                known=False if kind in ("people", "crowd") else True,
            ),
            None,
        )
    found = _LOWER_WORDS.match(text, item.end)
    if found is not None:
        near = found.group()[1:].split(" ")
        if (
            near[0] in words.events
            or " ".join(near[:2]) in words.events
            or (near[0] in words.modifiers and len(near) > 1 and near[1] in words.events)
        ):
            return _draft(item, entry, "demonym", "demonym:event"), None
    return None, item


def _draft(item: Item, entry: Entry, kind: str, rule: str) -> Draft:
    actor = entry.actor
    return Draft(
        start=item.start,
        end=item.end,
        actor_id=actor.id,
        actor=actor.name,
        actor_type=actor.type,
        kind=kind,
        rule=rule,
        country=actor.country or item.country,
        parent_id=actor.parent or (item.parent.actor.id if item.parent else None),
        known=item.known,
    )


def _named(item: Item, entry: Entry, context: Context, places: Places, briefing: Briefing, place_before: int) -> Draft:
    kind = item.kind if item.kind in ("alias", "acronym", "short_form") else "name"
    if item.type == "place":
        draft = _draft(item, entry, "name", item.rule)
        draft.actor_type = "place"
        draft.country = places.country(item.name, briefing.country) or draft.country
        return draft
    draft = _draft(item, entry, kind, item.rule)
    if item.title is not None and entry.actor.type == "person":
        draft.actor_type = "person"
    if entry.kind == "metonym":
        if context.acts(item.end) or context.is_addressed(item.start) or _policy(context, item.end):
            draft.kind, draft.rule = "metonym", "metonym:capital"
        else:
            name = item.name
            draft.actor_id, draft.actor, draft.actor_type, draft.rule = slug(name), name, "place", "place:capital"
            draft.country = places.country(name, briefing.country) or draft.country
            draft.kind = "name"
    elif entry.kind == "seat":
        draft.kind, draft.rule = "metonym", "metonym:seat"
        if context.before(item.start) in ("in", "at", "outside", "near", "inside", "around"):
            draft.actor_id, draft.actor, draft.actor_type, draft.kind, draft.rule = (
                slug(item.name),
                item.name,
                "place",
                "name",
                "place:seat",
            )
    elif (
        entry.actor.type == "state"
        and entry.actor.country is not None
        and item.rule == "gazetteer"
        and _is_territory(item, context, place_before)
    ):
        draft.actor_type, draft.rule = "place", "place:state"
    return draft


_POLICY = frozenset(
    "decision policy stance position support backing ambitions interests influence role demands response reaction intentions plans allies ally "
    "objections refusal willingness strategy efforts involvement aims rivals proxies diplomats offer threats claims denial foreign "
    "intervention war-effort nuclear leverage".split()
)


def _policy(context: Context, end: int) -> bool:
    """Ankara's decision: what follows the possessive is something that only a government has."""
    if context.text[end : end + 2] not in ("'s", "' "):
        return False
    words = context.text[end : end + 60].split(" ")[1:4]
    return any(word.rstrip(".,;") in _POLICY for word in words[:2])


def _is_territory(item: Item, context: Context, place_before: int) -> bool:
    """Whether a state is named as a country: in, from or across it, or coordinated with a place."""
    if context.is_locative(item.start):
        before = context.before(item.start, 2).split(" ")
        if before[-1] == "of" and (before[0] in context.words.roles or before[0] in context.words.groups):
            return False  # "the president of Turkey", "the army of Chad"
        return not _attributive(item, context)
    if context.acts(item.end):
        return False
    between = context.text[place_before : item.start] if 0 <= place_before <= item.start else ""
    return between in (" and ", ", ", ", and ", " or ", " to ")


def _attributive(item: Item, context: Context) -> bool:
    """The US before a noun ("the US departure", "US officials") is no place, whatever stands before."""
    if item.kind != "acronym":
        return False
    words = context.after(item.end, 1)
    return (
        bool(words)
        and words[0].rstrip(".,;").isalpha()
        and (words[0].rstrip(".,;") in context.words.groups or words[0].rstrip(".,;") in context.words.events)
    )


def _related_group(item: Item, entry: Entry, relation: str, start: int, end: int, context: Context) -> Draft | None:
    """Turkish-backed rebels: an actor of its own, with its relation to Turkey."""
    noun = _group_noun(context, end)
    if noun is None:
        return None
    phrase, stop = noun
    kind = _noun_kind(phrase, dict(context.words.groups))
    name = f"{context.text[start:end]} {phrase}"
    actor_type = _GROUP_TYPES.get(kind) or "armed_group"
    return Draft(
        start=start,
        end=stop,
        actor_id=slug(name),
        actor=name,
        actor_type=actor_type,
        kind="nominal",
        rule=f"relation:{relation}",
        relation=relation,
        related_id=entry.actor.id,
        known=False,
    )


def _title_alone(item: Item, lead: Item | None, text: str, following: Item | None) -> Draft | None:
    """The Turkish President, without a name: one unnamed person."""
    if lead is None or lead.entry is None or lead.end + 1 != item.start:
        return None
    name = f"{lead.name} {item.name}"
    return Draft(
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
        known=False,
    )


def _lower_titles(drafts: list[Draft], context: Context) -> None:
    """Titles in small letters before a name belong to it: "commander General Thomas Waldhauser"."""
    for draft in drafts:
        if draft.actor_type != "person" or draft.kind not in ("name", "alias"):
            continue
        start = draft.start - (len(draft.role_title) + 1 if draft.role_title else 0)
        if start < 3 or context.text[start - 1 : start] != " " or not context.text[start - 2 : start - 1].islower():
            continue
        two = context.before(start, 2)
        word = two if two in context.words.roles else two.rpartition(" ")[2]
        if word in context.words.roles and context.text[:start].rstrip().endswith(word):
            draft.role_title = f"{word} {draft.role_title}" if draft.role_title else word
