"""What befell those who are counted: "killed five", "five people were wounded", "the bodies of three", "the death toll rose to 53"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from briefing_kit.extract.cues import inflections, phrases_pattern
from briefing_kit.lexicon import read_lexicon, words

WINDOW = 90  # characters to look at before and after a counted phrase
PERSONS = frozenset(("people", "killed", "injured", "detained", "displaced"))

_TOKEN = re.compile(r"[\w']+(?:-\w+)*|[,;:.!?\u2014()\"]")
_FILLERS = frozenset(
    "a an the another other further additional more estimated reported total of its their his her at least some all as many about "
    "around also both nearly almost over than up to only just".split()
)
_BE = frozenset("was were been be being are is got get gets".split())
_ADVERBS = frozenset("also all both reportedly allegedly then later killed and or not".split())
_CLAUSE = frozenset(
    'who which that while but when after before because although whereas as if since unless until so ; : . ! ? , \u2014 ( ) "'.split()
)
_REDUCED = frozenset(
    "were was are have had in by on at when during after near and or since last this every while ; . ! ? , ) \u2014".split()
)
_FORCED = frozenset("left leaving leaves leave forced forcing force drove driving driven rendered made making".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    transitive: dict[str, str]
    past: frozenset[str]
    intransitive: dict[str, str]
    noun_of: dict[str, str]
    toll: dict[str, str]
    state: dict[str, str]
    openers: frozenset[str]
    """First words of all that tells an outcome behind those counted."""


@cache
def _lexicon() -> _Words:
    by_use: dict[str, dict[str, str]] = {use: {} for use in ("transitive", "intransitive", "noun_of", "toll", "state")}
    past: set[str] = set()
    for row in read_lexicon("claim_verbs"):
        word, use, forms = row["word"], row["use"], words(row["forms"])
        table = by_use[use]
        table[word] = row["unit_class"]
        if use in ("transitive", "intransitive"):
            for form, name in inflections(word) if not forms else [(form, "past") for form in forms]:
                table[form] = row["unit_class"]
                if name == "past" and not form.partition(" ")[0].endswith(("ing", "s")):
                    past.add(form)
        elif use == "noun_of":
            table[forms[0] if forms else word + "s"] = row["unit_class"]
    openers = {phrase.partition(" ")[0] for use in ("transitive", "intransitive", "state") for phrase in by_use[use]}
    return _Words(past=frozenset(past), openers=frozenset(openers), **by_use)


@cache
def outcome_words() -> frozenset[str]:
    """Verb forms that tell an outcome: none of them is part of a counted noun phrase."""
    lexicon = _lexicon()
    return frozenset(word for word in (*lexicon.transitive, *lexicon.intransitive) if " " not in word)


def states() -> dict[str, str]:
    """Words of state ("dead", "wounded") -> unit class."""
    return _lexicon().state


@cache
def _toll() -> re.Pattern[str]:
    return re.compile(rf"\b{phrases_pattern(_lexicon().toll)}")


def _words_in(folded: str, start: int, end: int) -> list[str]:
    """The words and marks of a stretch, in small letters."""
    return _TOKEN.findall(folded[start:end].lower())


def words_before(folded: str, start: int, floor: int) -> list[str]:
    """The words and marks before a quantity that may tell what befell those counted, in small letters."""
    return _words_in(folded, max(floor, start - WINDOW), start)


def outcome_before(before: Sequence[str]) -> str | None:
    """The class that the words just before a quantity give it: "killed", "wounding", "the bodies of"; "people" where two are mixed."""
    lexicon = _lexicon()
    tail = [word for word in before[-9:] if word not in ('"', "'")]  # '"neutralised" 40 men'
    while tail and tail[-1] in ("the", "another", "at", "least", "some", "about", "all"):
        tail.pop()
    if len(tail) >= 2 and tail[-1] == "of" and tail[-2] in lexicon.noun_of:
        return lexicon.noun_of[tail[-2]]
    while tail and tail[-1] in _FILLERS:
        tail.pop()
    for size in (4, 3, 2, 1):
        unit_class = lexicon.transitive.get(" ".join(tail[-size:])) if len(tail) >= size else None
        if unit_class is not None:
            rest = tail[:-size]
            if rest and rest[-1] in _BE:
                return None  # "was killed five days later"
            if len(rest) >= 2 and rest[-1] in ("and", "or") and lexicon.transitive.get(rest[-2], unit_class) != unit_class:
                return "people"
            return unit_class
    return None


def outcome_after(folded: str, end: int, limit: int) -> str | None:
    """The class that the predicate of a counted subject gives it: "were killed", "died", "dead"; None where it does something else."""
    lexicon = _lexicon()
    tokens = _words_in(folded, end, min(limit, end + WINDOW))
    for size in (4, 3, 2, 1) if tokens and tokens[0] in lexicon.openers else ():
        state = lexicon.state.get(" ".join(tokens[:size])) if len(tokens) >= size else None
        if state is not None and (size > 1 or len(tokens) == 1 or tokens[1] not in ("people", "men")):
            return state
    be = False
    for i, word in enumerate(tokens):
        if word in _CLAUSE and not (word == "," and i == 0):
            return None
        for size in (3, 2, 1) if word in lexicon.openers else ():
            phrase = " ".join(tokens[i : i + size])
            if phrase in lexicon.intransitive:
                return lexicon.intransitive[phrase]
            if phrase in lexicon.transitive:
                following = tokens[i + size] if i + size < len(tokens) else "."
                if be or (phrase in lexicon.past and i < 4 and following in _REDUCED):
                    other = tokens[i + size + 1 : i + size + 2] if following in ("and", "or") else []
                    mixed = bool(other) and lexicon.transitive.get(other[0], lexicon.transitive[phrase]) != lexicon.transitive[phrase]
                    return "people" if mixed else lexicon.transitive[phrase]
                return None
        if be and (" ".join(tokens[i : i + 2]) in lexicon.state or word in lexicon.state):
            return lexicon.state.get(" ".join(tokens[i : i + 2])) or lexicon.state[word]
        be = word in _BE or (be and (word in _ADVERBS or word.endswith("ly")))
    return None


def outcome_forced(before: Sequence[str], folded: str, end: int, limit: int) -> str | None:
    """The class of "forced 1,500 residents from their homes" and "left 20 people dead": verb before, state after."""
    if next((word for word in reversed(before) if word not in _FILLERS), None) not in _FORCED:
        return None
    ahead = folded[end : min(limit, end + WINDOW)].lower().split(",")[0]
    for phrase, unit_class in _lexicon().state.items():
        if ahead.strip().startswith(phrase):
            return unit_class
    return "displaced" if re.match(r"\s+to (?:flee|leave|abandon)\b", ahead) else None


def toll_before(folded: str, start: int, floor: int) -> str | None:
    """The class of the toll that a bare number gives: "the death toll from the floods has reached"."""
    last = None
    for match in _toll().finditer(folded, max(floor, start - WINDOW), start):
        last = match
    return _lexicon().toll[last.group().lower().replace("\n", " ")] if last else None
