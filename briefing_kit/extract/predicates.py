"""The predicates of a sentence: verb groups and event nouns with their type and modality.

There is no tagger: closed word classes, inflected forms of listed verbs, and the words beside them decide. A past form that
may also be a participle stays `bare` here; clauses.py settles whether it is the verb of its clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing_kit.extract.event_tokens import Words, stem_of
from briefing_kit.extract.event_words import (
    BASE,
    ING,
    PARTICIPLE,
    PAST,
    THIRD,
    Sense,
    event_nouns,
    senses,
    verb_class,
    verb_forms,
)

_FORECAST = frozenset(("will", "shall", "won't", "shan't"))
_NEGATIVE = frozenset("isn't aren't wasn't weren't hasn't haven't hadn't didn't doesn't don't won't wouldn't can't cannot couldn't".split())
_PLANNED_WORDS = frozenset("due scheduled planned expected set slated likely poised bound supposed upcoming forthcoming next".split())
_NOUNS_TOO = frozenset(("left", "found", "cut", "set", "put", "hit", "shot"))
_AFTER_NOUN = frozenset(
    "overnight due early late last alike aimed worth involving unprecedented south north east west "
    "southeast southwest northeast northwest nearby alone abroad".split()
)  # no head of a compound
_AUXILIARIES = "bhdmt"
_BEFORE_VERB = _AUXILIARIES + "XA@P"
_PLURAL = frozenset(("police", "people", "children"))
_NOMINAL_AHEAD = "DMQNpo"
_NO_SENSE = Sense()


@dataclass(slots=True, eq=False)
class Predicate:
    """A verb group or event noun. `at` is its token, `group` the first token of its verb group.

    `form` is finite, bare (a past form that may be a participle), infinitive, participle (-ing, or a headless past participle)
    or noun; `modality` None, hypothetical, forecast or denied.
    """

    at: int
    group: int
    form: str
    verb: str
    event_type: str | None
    passive: bool = False
    modality: str | None = None
    sense: Sense = _NO_SENSE
    ahead: Sequence[str] = ()  # for a verb that takes a particle: the next three words
    shares: Predicate | None = None  # the first of coordinated predicates with one subject

    def is_of(self, name: str) -> bool:
        """Whether the verb, or the verb with a particle near it, is of a class of verb_classes.csv ("light", "result" ...)."""
        if name in self.sense.classes:
            return True
        particles = self.sense.particle_classes.get(name)
        return particles is not None and not particles.isdisjoint(self.ahead)


def read_predicate(tokens: Words, at: int) -> Predicate | None:
    """The predicate whose main word is this token, one of class V, G or N, or None."""
    words, kinds = tokens.words, tokens.kinds
    word, kind = words[at], kinds[at]
    if kind != "N":
        verbal = _verb(tokens, at)
        if verbal is not None:
            return verbal
    return _noun(words, kinds, at) if word in event_nouns() else None


def _verb(tokens: Words, at: int) -> Predicate | None:
    words, kinds = tokens.words, tokens.kinds
    word = words[at]
    known = verb_forms().get(stem_of(word))
    verb = known.verb if known else word
    forms = known.forms if known else ING if kinds[at] == "G" else PAST | PARTICIPLE if word.endswith("ed") else BASE | THIRD
    chain, group, before, negated = _auxiliaries(words, kinds, at)
    ahead = kinds[at + 1] if at + 1 < len(kinds) else "."
    last = kinds[before] if before >= 0 else ""
    passive, form = False, ""
    if chain:
        nearest = kinds[chain[0]]
        if nearest == "b" and forms & PARTICIPLE:
            passive, form = True, "finite"
        elif (nearest == "b" and forms & ING) or (nearest == "h" and forms & PARTICIPLE) or (nearest in "md" and forms & BASE):
            form = "finite"
        elif nearest == "t" and forms & BASE:
            form = "finite" if words[at - 2 : at - 1] in (["had"], ["has"], ["have"]) else "infinitive"
        if form and kinds[chain[-1]] == "t" and nearest != "t":
            form = "infinitive"
        if not form:
            return None
    elif forms & (PAST | PARTICIPLE):
        form = _past_form(words, kinds, at, before, last, ahead, forms)
    elif forms & ING:
        form = _ing_form(word, last, ahead)
    elif last and (_in_present(tokens, before, forms, kinds[at + 1 : at + 3]) or _in_chronicle(tokens, before, forms, ahead)):
        form = "finite"
    if not form:
        return None
    if (
        forms & BASE
        and not chain
        and form == "finite"
        and word in event_nouns()
        and last not in "pRM"
        and not (forms & PAST or ahead in "DMQ")
    ):
        return None
    negated = negated or (at + 1 < len(words) and words[at + 1] == "no")
    sense = senses().get(verb, _NO_SENSE)
    event_type = sense.event_type
    following = _following(words, kinds, at) if sense.takes_particle else ()
    for later in following:
        if later in sense.particle_types:
            event_type = sense.particle_types[later]
            break
    return Predicate(
        at=at,
        group=group,
        form=form,
        verb=verb,
        event_type=event_type,
        passive=passive,
        modality=_modality(words, kinds, chain, negated=negated) if chain or negated else None,
        sense=sense,
        ahead=following,
    )


def _following(words: list[str], kinds: list[str], at: int) -> list[str]:
    """The next three words, dates and their prepositions left out ("called on 3 May for calm")."""
    found: list[str] = []
    for index in range(at + 1, min(at + 7, len(words))):
        kind = kinds[index]
        if kind != "@" and not (kind == "P" and kinds[index + 1 : index + 2] == ["@"]):
            found.append(words[index])
            if len(found) == 3:
                break
    return found


def _auxiliaries(words: list[str], kinds: list[str], at: int) -> tuple[list[int], int, int, bool]:
    """The auxiliaries before a verb, nearest first; the first token of the group; the token before it; whether it is negated."""
    if not at or kinds[at - 1] not in _BEFORE_VERB:
        return [], at, at - 1, False
    chain: list[int] = []
    group, negated = at, False
    index = at - 1
    while index >= 0 and at - index < 10:
        kind = kinds[index]
        if kind in _AUXILIARIES:
            chain.append(index)
            group = index
            negated = negated or words[index] in _NEGATIVE
        elif kind == "X":
            negated = True
        elif kind != "A" and kind != "@" and not (kind == "P" and kinds[index + 1] == "@"):
            break
        index -= 1
    if not chain:  # adverbs before a lone verb are no part of a group
        group = at
    return chain, group, index, negated


def _past_form(words: list[str], kinds: list[str], at: int, before: int, last: str, ahead: str, forms: int) -> str:
    if last and last in "D'P" and not (last == "P" and kinds[before + 1] == "@"):
        return "bare" if words[before] in ("those", "all") or (last == "D" and not forms & PARTICIPLE) else ""
    if last == "V" and ahead in "NM" and _is_base(words[before]):
        return ""  # "show burned structures"
    if last == "Q" and (ahead in "NMVGQ" or not forms & PARTICIPLE):
        return "" if ahead in "NMVG" else "bare"
    if words[at] in _NOUNS_TOO and (words[at + 1 : at + 2] == ["of"] or (last in ("", "C") and ahead == "N")):
        return ""  # "a hit of the season", "left parties"
    if last == "S" and ahead in "NVMG":
        return ""  # "after repeated attacks"
    if not last:
        return "participle" if forms & PARTICIPLE and ahead in "P@ASTt" else ""
    if last in (",", "(", "-") and forms & PARTICIPLE and ahead in "P@At":
        return "participle"
    return "bare" if forms & PARTICIPLE else "finite"


def _is_base(word: str) -> bool:
    known = verb_forms().get(word)
    return known is not None and not known.forms & (PAST | PARTICIPLE) and word not in event_nouns()


def _ing_form(word: str, last: str, ahead: str) -> str:
    if last and last in "D'":
        return ""
    takes_object = ahead in _NOMINAL_AHEAD
    if word in event_nouns():
        return "participle" if takes_object and last in (",", "P", "S", "C", "") and ahead != "N" else ""
    if last in (",", "-", "", "P", "S") or (last in "NM" and (takes_object or ahead in "PT@t")):
        return "participle"
    return ""


def _in_present(tokens: Words, before: int, forms: int, ahead: list[str]) -> bool:
    """Whether a bare present stands behind a subject of its number: "who attacks", "Macron visits Algiers", "it expires on 3 May"."""
    subject, kind = tokens.words[before], tokens.kinds[before]
    if forms & THIRD:
        takes = ahead[:1] in (["@"], ["D"], ["T"], ["p"]) or ahead == ["P", "@"]
        if kind == "N":
            return takes and subject[-1] != "s" and not _in_bare_phrase(tokens.kinds, before)
        return kind in "pR" or (kind == "M" and (takes or ahead[:1] in (["M"], ["Q"])))
    return bool(forms & BASE) and subject in ("they", "we", "who", "i")


def _in_bare_phrase(kinds: list[str], at: int) -> bool:
    """Whether a noun stands behind a preposition without a determiner, so that a noun must follow: "with gunshot wounds"."""
    while at >= 0 and kinds[at] == "N":
        at -= 1
    return at >= 0 and kinds[at] == "P"


def _in_chronicle(tokens: Words, before: int, forms: int, ahead: str) -> bool:
    """Whether a bare present is the historical present of a chronicle: "3 May: Rebels attack Gao and take its airport"."""
    if not tokens.chronicle or tokens.kinds[before] not in "NMC":
        return False
    subject = tokens.words[before]
    if tokens.kinds[before] == "C":
        return ahead in _NOMINAL_AHEAD and ahead != "N" and not any(one in "tm" for one in tokens.kinds[max(0, before - 6) : before])
    if forms & THIRD:  # "had imposed entry bans": behind a verb rather a plural
        told = any(one in "Vbh" for one in tokens.kinds[:before]) and ahead not in _NOMINAL_AHEAD
        return subject[-1] != "s" and not told and not _in_bare_phrase(tokens.kinds, before)
    return bool(forms & BASE) and (subject[-1] == "s" or subject.endswith("men") or subject in _PLURAL)


def _modality(words: list[str], kinds: list[str], chain: list[int], *, negated: bool) -> str | None:
    if negated:
        return "denied"
    modals = [words[index] for index in chain if kinds[index] == "m"]
    if modals:
        return "forecast" if modals[0] in _FORECAST else "hypothetical"
    if chain and kinds[chain[0]] == "t":
        first = chain[-1]
        governor = words[first - 1] if first else ""
        if kinds[first] == "b" and words[first] != "been" and len(chain) > 1 and chain[0] == first + 1:
            return "forecast"  # "is to visit"
        known = verb_forms().get(governor)
        if governor == "unable":
            return "denied"
        if governor in _PLANNED_WORDS or (known is not None and known.verb in verb_class("plan")):
            return "forecast"
        if known is not None and known.verb in verb_class("fail"):
            return "denied"
    return None


def _can_be_base(word: str) -> bool:
    known = verb_forms().get(word)
    return known is not None and bool(known.forms & BASE)


def _noun(words: list[str], kinds: list[str], at: int) -> Predicate | None:
    last = kinds[at - 1] if at else ""
    if last in ("m", "p", "X") or (last == "t" and _can_be_base(words[at])):
        return None
    ahead = words[at + 1] if at + 1 < len(words) else ""
    if ahead and kinds[at + 1] == "N" and ahead[0].isalpha() and ahead not in _AFTER_NOUN:
        return None  # "protest leaders", "ceasefire agreement": the head is the last noun
    nouns = event_nouns()
    if ahead in nouns and any(entry.before[-1:] == (words[at],) for entry in nouns[ahead]):
        return None  # "coup attempt"
    for entry in nouns[words[at]]:
        n_before = len(entry.before)
        if not n_before or tuple(words[max(0, at - n_before) : at]) == entry.before:
            modality = None if _PLANNED_WORDS.isdisjoint(words[max(0, at - 3) : at]) else "forecast"
            first = at - n_before
            sense = senses().get(words[at], _NO_SENSE)
            return Predicate(at=at, group=first, form="noun", verb=words[at], event_type=entry.event_type, modality=modality, sense=sense)
    return None
