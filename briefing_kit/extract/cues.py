"""Attribution cues: the words and phrases that say who puts something forward, found in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from briefing_kit.lexicon import read_lexicon, words
from briefing_kit.word_patterns import at_word_start, either_case, find_words, trie


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One inflected form of a cue: `form` is base, s, past or ing for verbs, and singular or plural for nouns."""

    kind: str
    cue_class: str
    factuality: str
    frames: frozenset[str]
    any_subject: bool
    form: str


_READING_ORDER = ("chain", "verb", "noun", "preposition", "adverb")  # a verb needs a subject, so it is tried before the noun


def find_cues(folded: str) -> Iterator[tuple[int, int, tuple[Cue, ...]]]:
    """Every cue word or phrase with its possible readings, in order; `folded` is the folded text."""
    pattern, cues = _cues()
    for start, end, surface in find_words(pattern, folded):
        yield start, end, cues[_plain(surface)]


def inflections(verb: str) -> list[tuple[str, str]]:
    """The regular forms of a verb or verb phrase with their names: base, s, past and ing."""
    head, space, tail = verb.partition(" ")
    rest = space + tail
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        stem_s, stem_past = head[:-1] + "ies", head[:-1] + "ied"
    elif head.endswith(("s", "x", "z", "ch", "sh")):
        stem_s, stem_past = head + "es", head + "ed"
    else:
        stem_s, stem_past = head + "s", head + ("d" if head.endswith("e") else "ed")
    ing = (head[:-1] if head.endswith("e") and not head.endswith("ee") else head) + "ing"
    return [(head + rest, "base"), (stem_s + rest, "s"), (stem_past + rest, "past"), (ing + rest, "ing")]


def plural(noun: str) -> str:
    """The regular plural of a noun or noun phrase (its last word)."""
    head, space, last = noun.rpartition(" ")
    if last in _IRREGULAR:
        return head + space + _IRREGULAR[last]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith("man"):
        return noun[:-3] + "men"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


_IRREGULAR = {
    "child": "children",
    "person": "people",
    "life": "lives",
    "wife": "wives",
    "thief": "thieves",
    "aircraft": "aircraft",
    "schoolchild": "schoolchildren",
}


def phrases_pattern(phrases: Iterable[str]) -> str:
    """A pattern for any of these lower-case phrases, longest first; the first letter may be a capital, a space a line end."""
    return trie(either_case(phrases), _written) + r"\b"


def _written(char: str) -> str:
    return r"[ \n]" if char == " " else re.escape(char)


def _plain(surface: str) -> str:
    return surface.lower().replace("\n", " ")


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, tuple[Cue, ...]]]:
    readings: dict[str, list[Cue]] = {}
    for row in read_lexicon("cues"):
        for surface, form in _surfaces(row["cue"], row["kind"], words(row["forms"])):
            cue = Cue(
                kind=row["kind"],
                cue_class=row["cue_class"],
                factuality=row["factuality"],
                frames=frozenset(words(row["frames"])),
                any_subject=row["subject"] == "any",
                form=form,
            )
            readings.setdefault(surface, []).append(cue)
    for cues in readings.values():
        cues.sort(key=lambda cue: _READING_ORDER.index(cue.kind))
    return at_word_start(phrases_pattern(readings)), {surface: tuple(cues) for surface, cues in readings.items()}


def _surfaces(cue: str, kind: str, forms: tuple[str, ...]) -> list[tuple[str, str]]:
    if kind in ("adverb", "preposition"):
        return [(cue, "base")]
    if kind == "noun":
        return [(cue, "singular"), (forms[0] if forms else plural(cue), "plural")]
    if not forms:
        return inflections(cue)
    return [(cue, "base"), *((form, _form_of(form)) for form in forms)]


def _form_of(form: str) -> str:
    head = form.partition(" ")[0]
    if head.endswith("ing"):
        return "ing"
    return "s" if head.endswith("s") and head != "was" else "past"
