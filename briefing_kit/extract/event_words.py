"""The vocabulary of happenings in the form that the parser looks things up in: inflected verbs, event nouns, frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from briefing_kit.lexicon import read_lexicon, words

BASE, THIRD, PAST, PARTICIPLE, ING = 1, 2, 4, 8, 16
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class VerbForm:
    """An inflected verb: its dictionary form and which of BASE, THIRD, PAST, PARTICIPLE, ING it can be (a bit set)."""

    verb: str
    forms: int


@dataclass(frozen=True, slots=True)
class Sense:
    """What the lists say of a verb: its type by itself, its types by particle, whether one changes it, its classes, those by particle."""

    event_type: str | None = None
    particle_types: Mapping[str, str] = field(default_factory=dict)
    takes_particle: bool = False
    classes: frozenset[str] = frozenset()
    particle_classes: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """The type that a verb takes beside certain nouns; `where` is object, subject, next or any."""

    nouns: frozenset[str]
    place: bool
    person: bool
    where: str
    event_type: str


@dataclass(frozen=True, slots=True)
class NounEntry:
    """An event noun by its last word: the words before it that it needs, and its type."""

    before: tuple[str, ...]
    event_type: str


@cache
def verb_forms() -> dict[str, VerbForm]:
    """Every inflected form of every verb of the lists, with what it can be."""
    irregular = {row["verb"]: (words(row["past"]), words(row["participle"])) for row in read_lexicon("irregular_verbs")}
    named = [row["verb"].split()[0] for name in ("event_verbs", "verb_classes", "event_frames") for row in read_lexicon(name)]
    typed = set(named)
    forms: dict[str, VerbForm] = {}
    for verb in sorted(typed | set(irregular), key=lambda one: (one not in typed, one)):
        for form, kind in _inflected(verb, irregular.get(verb)):
            known = forms.get(form)
            if known is None:
                forms[form] = VerbForm(verb, kind)
            elif known.verb == verb:
                forms[form] = VerbForm(verb, known.forms | kind)
    return {form: entry for form, entry in forms.items() if form not in noun_class("person")}  # "rebels", "pilots" are people


def _inflected(verb: str, irregular: tuple[tuple[str, ...], tuple[str, ...]] | None) -> Iterator[tuple[str, int]]:
    past, participle = irregular or ((_with_ed(verb),), (_with_ed(verb),))
    yield verb, BASE
    yield _with_s(verb), THIRD
    for form in past:
        yield form, PAST
    for form in participle:
        yield form, PARTICIPLE
    doubled = any(form == verb + verb[-1] + "ed" for form in past)
    yield _with_ing(verb, doubled=doubled), ING


def _with_ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in _VOWELS else verb + "ed"


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _with_ing(verb: str, *, doubled: bool) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "be")):
        return verb[:-1] + "ing"
    short = len(verb) <= 4 and verb[-1] not in _VOWELS + "wxy" and verb[-2] in _VOWELS and verb[-3:-2] not in tuple(_VOWELS)
    return verb + (verb[-1] if doubled or short else "") + "ing"


@cache
def verb_types() -> dict[str, str]:
    """The type of each one-word verb that has one by itself."""
    return {row["verb"]: row["event_type"] for row in read_lexicon("event_verbs") if " " not in row["verb"]}


@cache
def particle_types() -> dict[str, dict[str, str]]:
    """For verbs that need a particle: verb -> particle -> type ("step" -> "down" -> appointment)."""
    found: dict[str, dict[str, str]] = {}
    for row in read_lexicon("event_verbs"):
        verb, _, particle = row["verb"].partition(" ")
        if particle:
            found.setdefault(verb, {})[particle] = row["event_type"]
    return found


@cache
def verb_class(name: str) -> frozenset[str]:
    """The verbs of a class of verb_classes.csv, such as light, reaction or plan, that need no particle."""
    return frozenset(row["verb"] for row in read_lexicon("verb_classes") if row["class"] == name and " " not in row["verb"])


@cache
def senses() -> dict[str, Sense]:
    """What the lists say of each of their verbs."""
    types, by_particle = verb_types(), particle_types()
    classes: dict[str, set[str]] = {}
    particle_classes: dict[str, dict[str, set[str]]] = {}
    for row in read_lexicon("verb_classes"):
        verb, _, particle = row["verb"].partition(" ")
        if particle:  # "carry out"
            particle_classes.setdefault(verb, {}).setdefault(row["class"], set()).add(particle)
        else:
            classes.setdefault(verb, set()).add(row["class"])
    return {
        verb: Sense(
            event_type=types.get(verb),
            particle_types=by_particle.get(verb, {}),
            takes_particle=verb in particle_classes or verb in by_particle,
            classes=frozenset(classes.get(verb, ())),
            particle_classes={name: frozenset(particles) for name, particles in particle_classes.get(verb, {}).items()},
        )
        for verb in {*types, *by_particle, *classes, *particle_classes}
    }


@cache
def noun_class(name: str) -> frozenset[str]:
    """Singular and plural nouns of a class of event_words.csv in small letters; a hyphenated or spaced noun by its last word."""
    nouns = [row["word"].lower().split()[-1] for row in read_lexicon("event_words") if row["class"] == name]
    return frozenset(form for noun in nouns for form in (noun, plural(noun)))


@cache
def frames() -> dict[str, tuple[Frame, ...]]:
    """The frames of each verb."""
    classes = {row["class"] for row in read_lexicon("event_words")}
    found: dict[str, list[Frame]] = {}
    for row in read_lexicon("event_frames"):
        nouns: set[str] = set()
        for word in words(row["with"]):
            nouns |= noun_class(word) if word in classes else {word, plural(word)}
        named = words(row["with"])
        found.setdefault(row["verb"], []).append(
            Frame(frozenset(nouns), "place" in named, "named_person" in named, row["where"], row["event_type"])
        )
    return {verb: tuple(rows) for verb, rows in found.items()}


@cache
def event_nouns() -> dict[str, tuple[NounEntry, ...]]:
    """Event nouns by their last word, singular and plural, those of more words first."""
    found: dict[str, list[NounEntry]] = {}
    for row in read_lexicon("event_nouns"):
        *before, head = row["noun"].lower().split()
        heads = {head, plural(head)}
        for form in heads:
            found.setdefault(form, []).append(NounEntry(tuple(before), row["event_type"]))
    return {head: tuple(sorted(rows, key=lambda entry: (-len(entry.before), entry.before))) for head, rows in found.items()}


def plural(noun: str) -> str:
    """The regular plural, or the irregular one of man, woman and child."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    return "children" if noun == "child" else _with_s(noun)
