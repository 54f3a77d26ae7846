"""Where a date stands among the words around it: what it compares, describes, opens or is parted from."""

from __future__ import annotations

import re

from briefing_kit.extract.event_tokens import Words
from briefing_kit.extract.happenings import Scene
from briefing_kit.extract.predicates import Predicate

_OPENERS = frozenset(("in", "at", "during", "on"))  # prepositions with which a date opens a clause
_WIDE = re.compile(r"(?:this|the|last|past) (?:week|month|year|decade|season)|\d{4}$")
_RANKS = frozenset("first second third fourth fifth sixth tenth worst most only such".split())
_CHANGES = frozenset("up down rise increase decrease drop fall decline rose fell increased decreased dropped declined".split())
_NO_OPENERS = frozenset(("during", "for", "of", "with", "about", "under", "from"))


def in_comparison(tokens: Words, at: int) -> bool:
    """Whether a date belongs to what something is compared with: "less than in July", "down from 5,000 in 2016"."""
    if tokens.words[max(0, at - 2) : at] == ["time", "since"]:
        return True
    if at and tokens.words[at - 1] in ("time", "cent", "percent", "%"):  # "for the first time this year", "5 per cent more than a year ago"
        return True
    for index in range(at - 1, max(-1, at - 9), -1):
        word, kind = tokens.words[index], tokens.kinds[index]
        if word in ("versus", "compared") or (word == "than" and "Q" not in tokens.kinds[index:at]):
            return True
        if word == "from" and index and tokens.words[index - 1] in _CHANGES:
            return True
        if kind in ",.;VbhmSRT@":
            return False
    return False


def is_span_of_superlative(scene: Scene, at: int) -> bool:
    """Whether a date only says among which a happening is the worst or the third: "the deadliest attack this year"."""
    words = scene.tokens.words
    nouns = scene.clause_of[at].nouns
    noun = next((one for one in nouns if at - 2 <= one.at < at), None) if nouns else None
    if noun is None or not _WIDE.match(words[at]):
        return False
    return any(word in _RANKS or (word.endswith("est") and len(word) > 4) for word in words[max(0, noun.group - 3) : noun.group])


def precedes_noun(scene: Scene, at: int) -> bool:
    """Whether an event noun follows at once, behind a preposition that no clause opens with ("killed in October protests")."""
    tokens, clause = scene.tokens, scene.clause_of[at]
    if not clause.nouns or not at or tokens.kinds[at - 1] not in "PS" or not any(noun.group == at + 1 for noun in clause.nouns):
        return False
    return tokens.words[at - 1] not in _OPENERS or any(verb.at < at for verb in clause.verbs)


def modifies_other_noun(tokens: Words, at: int) -> bool:
    """Whether a date stands before a noun that is no happening: "the 2018 budget", "during Friday prayers"."""
    if not at or tokens.kinds[at + 1 : at + 2] not in (["N"], ["M"]):
        return False
    return tokens.kinds[at - 1] in "D'" or (tokens.kinds[at - 1] == "P" and tokens.words[at - 1] in _NO_OPENERS)


def parted(tokens: Words, first: int, stop: int) -> bool:
    """Whether a comma stands between a noun and a date."""
    return "," in tokens.kinds[first + 1 : stop]


def in_opening_phrase(scene: Scene, noun: Predicate, at: int) -> bool:
    """Whether a noun and its date open the clause for its verb: "In a statement on 7 May, the group said"."""
    tokens, clause = scene.tokens, scene.clause_of[at]
    first = clause.first
    while first < noun.at and tokens.kinds[first] in "CA,":
        first += 1
    opens = tokens.kinds[first] == "P" and tokens.words[first] in _OPENERS and noun.at - first <= 5
    return opens and at + 1 < len(tokens.kinds) and tokens.kinds[at + 1] == ","


def opens_coordinate(tokens: Words, at: int, after: Predicate) -> bool:
    """Whether a date stands between "and" and the verb it joins: "and on 5 May released him"."""
    index = at - 1
    while index >= 0 and tokens.kinds[index] in "PA,":
        index -= 1
    return index >= 0 and tokens.kinds[index] == "C" and all(kind in "A,bhmX" for kind in tokens.kinds[at + 1 : after.at])


def opens_unread_clause(tokens: Words, at: int) -> bool:
    """Whether a date after "and" begins a clause whose verb was not recognised: refused rather than given to the clause before."""
    index = at - 1
    while index >= 0 and tokens.kinds[index] in "PA,":
        index -= 1
    return index >= 0 and tokens.kinds[index] == "C" and tokens.kinds[at + 1 : at + 2] in (["D"], ["M"], ["N"], ["p"], ["Q"], [","])
