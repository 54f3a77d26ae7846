"""What a number counts: the noun phrase after it, its head noun and the unit class of that noun."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from briefing_kit.extract.cues import plural
from briefing_kit.extract.outcomes import PERSONS, outcome_words, states
from briefing_kit.lexicon import read_lexicon, words

LONGEST_PHRASE = 7  # words of a counted noun phrase, modifiers included

_WORD = re.compile(r"(?:[ \n]|(?<=[\w,])-)([^\W\d_](?:\w|['&./-](?=\w))*)")
_OF = re.compile(r"[ \n]of[ \n](?:(?:the|these|those|its|their|his|her|our|all|all the|both)[ \n])?")
_HALF_THE = re.compile(r"(?<=[Hh]alf)[ \n](?:all[ \n])?(?:the|its|their|his|her|our|these|those)[ \n]")
_CLOSED = re.compile(r"[\"'](?=[ \n][A-Za-z])")
_OF_THEM = re.compile(r"[ \n]of[ \n](?:them|whom|which|these|those|us|it)\b")
_STOP = frozenset(
    "one two three four five six seven eight nine ten eleven twelve hundred thousand million billion dozen a an the this that "
    "these those and or but nor if when while whereas although because since unless until after before once as than who whom whose "
    "which what where why how is are was were be been being am has have had do does did will would shall should can could may "
    "might must not of for from at in with to on by about against into through during between among amid despite without within "
    "over under via per upon toward towards onto across along around behind near inside outside out off up down away back he she "
    "it they we i you him them us his her its their said says told there here then also only even still already however each "
    "apiece ago earlier later today yesterday".split()
)
_SINGULAR_S = ("ss", "us", "is", "ous")


class Counted(NamedTuple):
    """A counted noun phrase: its span without determiner, where the claim ends, head noun (plural) and class of that noun.

    `unit_class` is None for a noun that the lexicon does not know; `of_them` marks "three of them".
    """

    start: int
    end: int
    head: str
    unit_class: str | None
    of_them: bool = False


@cache
def unit_nouns() -> dict[str, tuple[str, str]]:
    """Noun (singular or plural) -> (plural, unit class)."""
    rows = {row["noun"].lower(): row["unit_class"] for row in read_lexicon("unit_class_nouns")}
    nations = {people.lower() for row in read_lexicon("states") for people in words(row["people"])}
    plurals = {plural(noun) for noun in rows} | _COLLECTIVE | nations
    rows |= dict.fromkeys(sorted(nations), "people")
    nouns: dict[str, tuple[str, str]] = {}
    for noun, unit_class in rows.items():
        many = noun if noun in plurals else plural(noun)
        nouns[noun] = (many, unit_class)
        nouns.setdefault(many, (many, unit_class))
    return nouns


_COLLECTIVE = frozenset(
    "crew livestock cattle infantry clergy people men women children police troops personnel staff aircraft head".split()
)


def counted_phrase(folded: str, at: int, limit: int, *, mass: bool = False, single: bool = False) -> Counted | None:
    """The noun phrase that begins after `at` (the end of a quantity) and before `limit`, or None.

    `mass` takes a noun that is no plural ("500 tonnes of grain"), and only after "of"; `single` one in the singular ("one guard").
    """
    if _CLOSED.match(folded, at, limit):
        at += 1  # '"at least six" howitzers'
    if _OF_THEM.match(folded, at, limit) is not None:
        return Counted(start=at, end=at, head="people", unit_class=None, of_them=True)
    of = _OF.match(folded, at, limit)
    if of is not None:
        at = of.end() - 1
    elif mass:
        half = _HALF_THE.match(folded, at, limit)
        if half is None:
            return None
        at, mass = half.end() - 1, False  # "half the shops", but not "half the size"
    return _walk(folded, at, limit, mass=mass, single=single, partitive=of is not None)


def _walk(folded: str, at: int, limit: int, *, mass: bool, single: bool, partitive: bool) -> Counted | None:
    nouns, fates = unit_nouns(), outcome_words()
    start, end, head, unit_class, fate = at + 1, None, "", None, None
    found, plain, is_plural = _WORD.match(folded, at, limit), None, True
    for _ in range(LONGEST_PHRASE):
        if found is None:
            break
        word, low = found[1], found[1].lower()
        following = _WORD.match(folded, found.end(), limit)
        after = following[1].lower() if following else ""
        if low in _STOP and not (len(word) > 1 and word.isupper()):
            break  # "IS" and "US" are names
        pair = nouns.get(f"{low} {after}")
        entry = nouns.get(low) or ((low, "people") if low.endswith("men") and len(low) > 5 else None)  # "militiamen"
        if pair is not None and following is not None:
            end, (head, unit_class), is_plural = following.end(), pair, pair[0] == f"{low} {after}"
            following = _WORD.match(folded, end, limit)
        elif low in states():
            if end is not None or not (after in nouns or _looks_plural(after) or partitive):
                break
            fate = states()[low]
            if after not in nouns and not _looks_plural(after):
                end, head, unit_class = found.end(), low, fate  # "hundreds of wounded"
                break
        elif entry is not None and not _is_name(word, entry[0] == low, after):
            if end is not None and entry[0] != low:
                break  # "12 soldiers guard the gate"
            end, (head, unit_class), is_plural = found.end(), entry, entry[0] == low
        elif end is not None:
            # No verb of a plural subject ends in -s, so an -s word after one is its head: "13 sanctions listings".
            if _looks_plural(low) and word.islower() and low not in fates:
                end, head, unit_class, is_plural = found.end(), low, None, True
            break
        elif low in fates or low.endswith("ly"):
            break
        elif _looks_plural(low) and not (after in nouns or (word[0].isupper() and after and after not in _STOP)):
            end, head = found.end(), low
        elif mass and plain is not None and plain[1].islower() and not word.islower():
            break  # "30 per cent of territory IS held"
        else:
            plain = found  # an adjective, a name or a noun before another: "IS fighters", "armed men"
        found = following
    if end is None and mass and plain is not None:
        return Counted(start=start, end=plain.end(), head=plain[1].lower(), unit_class=None)
    if end is None or not (is_plural or mass or single):
        return None  # "a 63 nation coalition" counts no nations
    return Counted(start=start, end=end, head=head, unit_class=fate if fate and unit_class in (None, *PERSONS) else unit_class)


def _is_name(word: str, is_plural: bool, after: str) -> bool:
    """Whether a word that could be a noun stands as a name or an adjective before another: "IS", "Iraqi officers"."""
    return (word.isupper() and len(word) < 4) or (word[0].isupper() and not is_plural and bool(after) and after not in _STOP)


def _looks_plural(word: str) -> bool:
    return (len(word) > 3 and word.endswith("s") and not word.endswith(_SINGULAR_S)) or (len(word) > 5 and word.endswith("men"))
