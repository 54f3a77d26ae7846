"""The vocabulary of names: what each capitalised word can be, compiled once from the lexicon for one dict lookup a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing_kit.lexicon import read_lexicon, words
from briefing_kit.naming import slug
from briefing_kit.textmap import fold

GIVEN, SURNAME, TITLE, ORG_TAIL, ORG_HEAD, MODIFIER = 1, 2, 4, 8, 16, 32
PLACE_TAIL, PLACE_HEAD, COMMON, FUNCTION, NOT_ACTOR, THING = 64, 128, 256, 512, 1024, 2048


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists compiled for lookup: `flags` by word as written, the rest by lower-case or as their names say."""

    flags: Mapping[str, int]
    titles: Mapping[str, tuple[str, ...]]  # first word -> titles, longest first
    tails: Mapping[str, str]  # organisation word -> actor type
    heads: Mapping[str, str]
    phrases: Mapping[str, tuple[str, ...]]  # names of several words that are no actors, by first word
    groups: Mapping[str, str]  # group noun (lower case) -> force, fighters, people, state ...
    modifiers: frozenset[str]
    events: frozenset[str]
    acting: frozenset[str]  # inflected verbs of speech and action
    bases: frozenset[str]  # their base forms, after "could", "will" ...
    addressing: frozenset[str]
    relations: frozenset[str]
    locative: frozenset[str]
    directions: frozenset[str]
    facilities: frozenset[str]  # buildings that also act: Hospital
    roles: frozenset[str]  # nouns that alone mean one person: spokesman
    title_words: frozenset[str]
    offices: frozenset[str]  # political titles, that alone after "the" mean one person
    calendar: frozenset[str]
    suffixes: Mapping[str, str]  # small words that hang on a name by a hyphen and are no part of it ("US-led") -> relation
    kinds: Mapping[str, str]  # nouns beside a name -> the actor type they speak for
    countries: frozenset[str]  # ids of states that are also places
    vessels: frozenset[str]  # "MV" Zarnoub Star
    thing_heads: frozenset[str]  # "Operation" Steel Rain
    policies: frozenset[str]
    targets: frozenset[str]  # "sanctions" on
    stances: frozenset[str]  # "ready" to, "willing" to
    personal: frozenset[str]
    plurals: Mapping[str, str]  # "official" -> "officials"


def _single_column(name: str) -> list[str]:
    text = (files("briefing_kit.lexicon") / f"{name}.csv").read_text(encoding="utf-8")
    lines = text[text.index("\n", text.rindex("\n#") + 1) + 1 :].splitlines()
    return lines[1:]


def _kind(rows: Iterable[Mapping[str, str]], column: str, kind: str, key: str) -> list[str]:
    return [row[key] for row in rows if row[column] == kind]


@cache
def vocabulary() -> Words:
    """The built-in vocabulary."""
    flags: dict[str, int] = {}
    for word in _single_column("common_words"):
        flags[word.capitalize()] = COMMON
    titles = [row["title"] for row in read_lexicon("titles") if row["kind"] != "nominal"]
    org = read_lexicon("organisation_words")
    places = read_lexicon("place_words")
    others = [fold(row["name"]) for row in read_lexicon("not_actors") if row["kind"] not in ("thing", "thing_head", "vessel")]
    things = _kind(read_lexicon("not_actors"), "kind", "thing", "name")
    given = _single_column("given_names")
    for row in read_lexicon("group_nouns"):
        flags[row["noun"].partition(" ")[0].capitalize()] = COMMON
    marks: tuple[tuple[int, Iterable[str]], ...] = (
        (GIVEN, given),
        (SURNAME, _single_column("surnames")),
        (TITLE, (title.split()[0].rstrip(".") for title in titles)),
        (ORG_TAIL, (word.rsplit(" ", 1)[-1].rstrip(".") for word in _kind(org, "position", "tail", "word"))),
        (ORG_HEAD, (word for word in _kind(org, "position", "head", "word") if " " not in word)),
        (MODIFIER, _kind(org, "position", "modifier", "word")),
        (PLACE_TAIL, (word.rsplit(" ", 1)[-1] for word in _kind(places, "position", "tail", "word"))),
        (PLACE_HEAD, (word.rstrip(".") for word in _kind(places, "position", "head", "word") if " " not in word)),
        (FUNCTION, _single_column("function_words")),
        (NOT_ACTOR, (word for word in others if " " not in word)),
        (THING, (word.rsplit(" ", 1)[-1] for word in things)),
    )
    for mark, members in marks:
        for word in members:
            flags[word] = flags.get(word, 0) | mark
    groups = read_lexicon("group_nouns")
    group_kinds = {row["noun"]: row["kind"] for row in groups if row["kind"] not in ("modifier", "event")}
    acting = read_lexicon("acting_words")
    bases = [*_kind(acting, "kind", "speech", "word"), *_kind(acting, "kind", "act", "word")]
    irregular = {row["verb"]: (*words(row["past"]), *words(row["participle"])) for row in read_lexicon("irregular_verbs")}
    return Words(
        flags=flags,
        titles=_by_first_word(titles),
        tails={row["word"]: row["type"] for row in org if row["position"] == "tail"},
        heads={row["word"]: row["type"] for row in org if row["position"] == "head"},
        phrases=_by_first_word(name for name in others if " " in name),
        groups=group_kinds,
        modifiers=frozenset(_kind(groups, "kind", "modifier", "noun")),
        events=frozenset(_kind(groups, "kind", "event", "noun")),
        acting=frozenset(form for base in bases for form in _inflected(base, irregular)[1:]),
        bases=frozenset(bases),
        addressing=frozenset(
            form for base in _kind(acting, "kind", "object", "word") for form in (*_inflected(base, irregular), _participle(base))
        ),
        relations=frozenset(_kind(acting, "kind", "relation", "word")),
        locative=frozenset(_kind(places, "position", "preposition", "word")),
        facilities=frozenset(_kind(places, "position", "facility", "word")),
        directions=frozenset(_kind(places, "position", "direction", "word")),
        roles=frozenset(_kind(read_lexicon("titles"), "kind", "nominal", "title")),
        offices=frozenset(_kind(read_lexicon("titles"), "kind", "political", "title")),
        title_words=frozenset(word.rstrip(".") for title in titles for word in title.split()),
        calendar=frozenset(_kind(read_lexicon("not_actors"), "kind", "calendar", "name")),
        suffixes={row["suffix"]: row["relation"] for row in read_lexicon("name_suffixes")},
        kinds={row["noun"]: row["type"] for row in read_lexicon("kind_nouns")},
        personal=frozenset(_kind(acting, "kind", "personal", "word")),
        stances=frozenset(_kind(acting, "kind", "stance", "word")),
        targets=frozenset(_kind(acting, "kind", "target", "word")),
        countries=frozenset(slug(row["name"]) for row in read_lexicon("states") if row["iso3"]),
        vessels=frozenset(_kind(read_lexicon("not_actors"), "kind", "vessel", "name")),
        thing_heads=frozenset(_kind(read_lexicon("not_actors"), "kind", "thing_head", "name")),
        policies=frozenset(_kind(acting, "kind", "policy", "word")),
        plurals={noun: noun + "s" for noun in group_kinds if noun + "s" in group_kinds},
    )


def _by_first_word(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.split()[0].rstrip("."), []).append(name)
    return {first: tuple(sorted(group, key=lambda name: (-len(name), name))) for first, group in found.items()}


def _inflected(verb: str, irregular: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The verb, its third person, its past forms: "deny" gives deny, denies, denied."""
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    third = (
        head[:-1] + "ies"
        if head.endswith("y") and head[-2] not in "aeiou"
        else head + ("es" if head.endswith(("s", "sh", "ch", "x")) else "s")
    )
    past = irregular.get(head) or ((head[:-1] + "ied",) if third.endswith("ies") else (head + ("d" if head.endswith("e") else "ed"),))
    return [verb, third + tail, *(form + tail for form in past)]


def _participle(verb: str) -> str:
    head, _, rest = verb.partition(" ")
    return (head[:-1] if head.endswith("e") else head) + "ing" + (f" {rest}" if rest else "")
