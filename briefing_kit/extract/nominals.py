"""Actors without a name: "unidentified gunmen", "security forces", "the spokesman for ...", and he or she where one person is meant."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from operator import attrgetter

from briefing_kit.briefing import Briefing
from briefing_kit.extract.actor_words import FUNCTION, vocabulary
from briefing_kit.extract.drafts import Draft
from briefing_kit.naming import slug
from briefing_kit.word_patterns import at_word_start, either_case, find_words, trie

_COLLECTIVE = frozenset(
    "gunmen militiamen policemen servicemen tribesmen police military army troops navy mujahideen mujahedin authorities".split()
)
_ADJECTIVAL = frozenset("military police army navy".split())
_FEMALE = frozenset(
    "Mrs Mrs. Ms Ms. Miss Queen Princess Lady Dame Baroness Duchess Chairwoman Spokeswoman Congresswoman Empress Countess".split()
)
_MALE = frozenset(
    "Mr Mr. King Prince Lord Sir Duke Earl Baron Chairman Spokesman Congressman Emperor Sultan Emir Sheikh Pope Cardinal Bishop".split()
)
_PRONOUN = re.compile(r"(?:He|She)\b")


@cache
def _pattern() -> re.Pattern[str]:
    words = vocabulary()
    nouns = [noun for noun, kind in words.groups.items() if kind in ("force", "fighters", "people") and _is_plural(noun)]
    return at_word_start(trie({*either_case(nouns), *words.roles}) + r"(?![\w-])")


def _is_plural(noun: str) -> bool:
    last = noun.rpartition(" ")[2].lower()
    return last.endswith("s") or last in _COLLECTIVE


def nominals(text: str, drafts: list[Draft], briefing: Briefing, openings: frozenset[int]) -> list[Draft]:
    """The unnamed actors between the named ones; a noun right after a name belongs to it ("AFRICOM officials")."""
    acronyms = {draft.actor_id: text[draft.start : draft.end] for draft in drafts if draft.kind == "acronym"}
    starts = [draft.start for draft in drafts]
    by_start = {draft.start: draft for draft in drafts}
    ends = {draft.end for draft in drafts}
    words = vocabulary()
    groups: list[Draft] = []
    roles: list[Draft] = []
    for noun_start, end, noun in find_words(_pattern(), text):
        if noun in words.roles and text.startswith((" for ", " of "), end):
            role = _role(text, noun, noun_start, by_start, acronyms)
            if role is not None:
                roles.append(role)
                continue
        kind = words.groups.get(noun if noun.islower() else noun.lower())
        if kind is None or noun_start - 1 in ends or not _is_plural(noun):
            continue
        if noun.lower() in _ADJECTIVAL and _qualifies(text, end):
            continue
        start = _with_modifiers(text, noun_start)
        index = bisect_right(starts, end - 1) - 1
        taken = (index >= 0 and drafts[index].end > start) or start - 1 in ends
        if not taken and not (start and text[start - 1] in "-'") and (text[start].islower() or start in openings):
            phrase = text[start:end].lower()
            groups.append(
                Draft(start=start, end=end, actor_id=slug(phrase), actor=phrase, actor_type="group", kind="nominal", rule=f"nominal:{kind}")
            )
    return [*groups, *roles, *_pronouns(text, sorted([*drafts, *roles], key=attrgetter("start")) if roles else drafts, roles, briefing)]


def _qualifies(text: str, end: int) -> bool:
    """Whether "military" or "police" only describes the noun after it: "military uniform", but not "the military said"."""
    following = text[end : end + 24]
    if not following.startswith(" ") or not following[1:2].islower():
        return False
    word = following[1:].split(" ")[0].rstrip(".,;:)")
    words = vocabulary()
    verb = word in words.acting or word in words.bases or word.endswith(("ed", "ing"))
    return not (verb or words.flags.get(word.capitalize(), 0) & FUNCTION)


def _with_modifiers(text: str, start: int) -> int:
    """Where "heavily armed unidentified" and the like begin before a noun, word by word to the left."""
    modifiers = vocabulary().modifiers
    while start > 1 and text[start - 1] == " ":
        before = text.rfind(" ", max(0, start - 24), start - 1) + 1 or max(0, start - 24)
        if text[before : start - 1].lower() not in modifiers:
            break
        start = before
    return start


def _role(text: str, noun: str, start: int, by_start: Mapping[int, Draft], acronyms: Mapping[str, str]) -> Draft | None:
    """One unnamed person by office: "the spokesman for Khalifa Haftar's LNA", whose last holder is the LNA.

    The holder is called by its acronym where the document has one, so that it has one spokesman however it is written.
    """
    end = start + len(noun)
    begin = end + (5 if text.startswith(" for ", end) else 4)
    holder = by_start.get(begin) or (by_start.get(begin + 4) if text.startswith("the ", begin) else None)
    if holder is None:
        return None
    while (inner := by_start.get(holder.end + 3)) is not None and inner.possessor_id == holder.actor_id:
        holder = inner
    name = f"{acronyms.get(holder.actor_id, text[holder.start : holder.end])} {noun}"
    return Draft(
        start=start,
        end=end,
        actor_id=slug(name),
        actor=name,
        actor_type="person",
        kind="nominal",
        rule="nominal:role",
        country=holder.country,
        role_title=noun,
        possessor_id=holder.actor_id,
    )


def _pronouns(text: str, drafts: list[Draft], roles: list[Draft], briefing: Briefing) -> Iterator[Draft]:
    """He or she at the head of a sentence, where the sentence before it in the paragraph speaks of one person only."""
    sentences = briefing.sentences
    starts = [draft.start for draft in drafts]
    role_ends = {role.end for role in roles}
    for found in _PRONOUN.finditer(text):
        index = briefing.sentence_index(found.start())
        before, sentence = sentences[index - 1], sentences[index]
        if not index or sentence.start != found.start() or before.paragraph != sentence.paragraph:
            continue
        near = drafts[bisect_left(starts, before.start) : bisect_left(starts, before.end)]
        people = {draft.actor_id: draft for draft in near if draft.actor_type == "person" and not _is_complement(draft, role_ends)}
        if len(people) != 1:
            continue
        person = next(iter(people.values()))
        title = (person.role_title or "").split(" ")[0]
        if title.capitalize() in (_MALE if found.group() == "She" else _FEMALE):
            continue
        yield Draft(
            start=found.start(),
            end=found.end(),
            actor_id=person.actor_id,
            actor=person.actor,
            actor_type="person",
            kind="pronoun",
            rule="pronoun",
            country=person.country,
            known=person.known,
        )


def _is_complement(draft: Draft, role_ends: set[int]) -> bool:
    """Whether a person only says whose spokesman speaks."""
    return any(draft.start - gap in role_ends for gap in range(10))
