"""The vocabulary of names: what each capitalised word can be, compiled once from the lexicon for one dict lookup a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing_kit.lexicon import read_lexicon, words
from briefing_kit.textmap import fold

GIVEN, SURNAME, TITLE, ORG_TAIL, ORG_HEAD, MODIFIER = 1, 2, 4, 8, 16, 32
PLACE_TAIL, PLACE_HEAD, COMMON, FUNCTION, NOT_ACTOR, THING = 64, 128, 256, 512, 1024, 2048

FUNCTION_WORDS = frozenset(
    "A About Above According Across Additionally After Afterwards Again Against All Almost Along Already Also Although Always Am Amid Among "
    "An And Another Any Anyone Anything Are Around As Aside At Away Back Because Been Before Behind Being Below Beneath Beside Besides "
    "Between Beyond Both But By Can Cannot Consequently Could Currently Despite Did Do Does Down Due During Each Earlier Either Else "
    "Elsewhere Even Eventually Ever Every Everyone Everything Except Few Fewer Finally First Following For Former Formerly From Further "
    "Furthermore Generally Given Had Half Has Have Having He Hence Her Here Hers Herself Him Himself His How However I If In Including Indeed "
    "Initially Inside Instead Into Is It Its Itself Just Last Late Later Lately Latest Least Less Let Like Likewise Made Many Maybe Me "
    "Meanwhile Might Mine More Moreover Most Much Must My Near Nearly Neither Never Nevertheless Next No Nobody None Nonetheless Nor Not "
    "Nothing Notably Now Nowhere Of Off Often On Once One Only Onto Or Other Others Otherwise Our Ours Out Outside Over Overall Own Per "
    "Perhaps Previously Quite Rather Recently Regarding Relatively Reportedly Respectively Second Secondly Separately Several Shall She Should "
    "Similarly Since So Some Somebody Someone Something Sometimes Soon Still Subsequently Such Than That The Their Theirs Them Themselves "
    "Then There Thereafter Therefore These They Third This Those Though Through Throughout Thus Till Times To Today Together Tomorrow Tonight "
    "Too Toward Towards Twice Ultimately Under Unless Unlike Until Up Upon Us Usually Various Very Via Was We Well Were What Whatever When "
    "Whenever Where Whereas Wherever Whether Which While Who Whoever Whom Whose Why Will With Within Without Would Yes Yesterday Yet You "
    "Your Two Three Four Five Six Seven Eight Nine Ten Dozens Hundreds Thousands Millions".split()
) - {"Times", "Us"}
TITLE_LEADS = frozenset("Acting Former Deputy Interim Vice Then Late Assistant Associate Senior Chief Ex-President Co".split())


_SUFFIXES = frozenset(
    "led backed based born made held run controlled occupied owned aligned allied affiliated linked funded sponsored supported trained armed "
    "style like type era wide friendly leaning inspired dominated majority speaking educated trained issued brokered mediated bound area "
    "related free only first old turned nominated appointed elected designate elect month year day week hour strong and the to in on of".split()
)


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
    roles: frozenset[str]  # nouns that alone mean one person: spokesman
    title_words: frozenset[str]
    calendar: frozenset[str]
    suffixes: frozenset[str]  # small words that hang on a name by a hyphen and are not part of it: "US-led"


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
    others = [fold(row["name"]) for row in read_lexicon("not_actors") if row["kind"] != "thing"]
    things = _kind(read_lexicon("not_actors"), "kind", "thing", "name")
    given = _single_column("given_names")
    marks: tuple[tuple[int, Iterable[str]], ...] = (
        (GIVEN, given),
        (SURNAME, _single_column("surnames")),
        (TITLE, (title.split()[0].rstrip(".") for title in titles)),
        (ORG_TAIL, (word.rsplit(" ", 1)[-1].rstrip(".") for word in _kind(org, "position", "tail", "word"))),
        (ORG_HEAD, (word for word in _kind(org, "position", "head", "word") if " " not in word)),
        (MODIFIER, _kind(org, "position", "modifier", "word")),
        (PLACE_TAIL, (word.rsplit(" ", 1)[-1] for word in _kind(places, "position", "tail", "word"))),
        (PLACE_HEAD, (word.rstrip(".") for word in _kind(places, "position", "head", "word") if " " not in word)),
        (FUNCTION, FUNCTION_WORDS),
        (NOT_ACTOR, (word for word in others if " " not in word)),
        (THING, (word.rsplit(" ", 1)[-1] for word in things)),
    )
    for mark, members in marks:
        for word in members:
            flags[word] = flags.get(word, 0) | mark
    groups = read_lexicon("group_nouns")
    acting = read_lexicon("acting_words")
    bases = [*_kind(acting, "kind", "speech", "word"), *_kind(acting, "kind", "act", "word")]
    irregular = {row["verb"]: (*words(row["past"]), *words(row["participle"])) for row in read_lexicon("irregular_verbs")}
    return Words(
        flags=flags,
        titles=_by_first_word(titles),
        tails={row["word"]: row["type"] for row in org if row["position"] == "tail"},
        heads={row["word"]: row["type"] for row in org if row["position"] == "head"},
        phrases=_by_first_word(name for name in others if " " in name),
        groups={row["noun"]: row["kind"] for row in groups if row["kind"] not in ("modifier", "event")},
        modifiers=frozenset(_kind(groups, "kind", "modifier", "noun")),
        events=frozenset(_kind(groups, "kind", "event", "noun")),
        acting=frozenset(form for base in bases for form in _inflected(base, irregular)[1:]),
        bases=frozenset(bases),
        addressing=frozenset(
            form for base in _kind(acting, "kind", "object", "word") for form in (*_inflected(base, irregular), _participle(base))
        ),
        relations=frozenset(_kind(acting, "kind", "relation", "word")),
        locative=frozenset(_kind(places, "position", "preposition", "word")),
        directions=frozenset(_kind(places, "position", "direction", "word")),
        roles=frozenset(_kind(read_lexicon("titles"), "kind", "nominal", "title")),
        title_words=frozenset(word.rstrip(".") for title in titles for word in title.split()),
        calendar=frozenset(_kind(read_lexicon("not_actors"), "kind", "calendar", "name")),
        suffixes=_SUFFIXES,
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
