"""The tokens of a sentence with their word classes, as the grammar of happenings needs them: no tagger, word lists and endings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate

from briefing_kit.extract.event_words import event_nouns, verb_class, verb_forms
from briefing_kit.lexicon import read_lexicon
from briefing_kit.records import Mention

_LETTERS = {
    "determiner": "D", "preposition": "P", "coordinator": "C", "subordinator": "S", "relative": "R", "that": "T", "adverb": "A",
    "negation": "X", "be": "b", "have": "h", "do": "d", "modal": "m", "to": "t", "subject_pronoun": "p", "pronoun": "o", "number": "Q",
    "adjective": "N", "noun": "N",
}  # fmt: skip
_DATE_MARKS = "\x00\x01"
_WORD = re.compile(r"(\w+(?:[-&'](?!s\b)\w+|[.,]\d+|\.\w\b)*|'s\b|[^\w\s\x00\x01]|\x00+|\x01+)")

_BEFORE_BASE = re.compile(r"[mdtR][AX]*N")  # where a verb stands in its base form, with an unknown word in its place
_UNNAMED = frozenset(("pronoun", "nominal"))
_PREFIXES = frozenset(("re", "co", "counter"))
_GOVERNORS = frozenset("due able unable willing likely unlikely ready bound forced allowed supposed going managed".split())


@cache
def _closed() -> dict[str, str]:
    return {row["word"]: _LETTERS[row["class"]] for row in read_lexicon("word_classes")}


@dataclass(slots=True)
class Words:
    """A sentence as parallel lists: lower-case words, their spans, word classes, and which date a token stands for.

    Classes are one letter each: those of `_LETTERS`, V a verb form, G another -ing form, M a name, N a noun or anything else, @ a
    date, ' the possessive; other punctuation stands for itself.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]
    kinds: list[str]
    dates: dict[int, int] = field(default_factory=dict)
    mentions: list[tuple[int, int]] = field(default_factory=list)  # the tokens of each mention, as half-open ranges
    chronicle: bool = False  # an item that opens with its day and goes on in the historical present

    def at(self, offset: int) -> int:
        """The index of the first token that does not begin before this offset."""
        return bisect_left(self.starts, offset)


def read_words(text: str, start: int, end: int, dates: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> Words:
    """The tokens of text[start:end]; a date is one token, and words inside a name are names."""
    # Gaps and tokens by turns: far cheaper than one match object a token.
    parts = _WORD.split(_masked(text, start, end, dates) if dates else text[start:end])
    offsets = list(accumulate(map(len, parts), initial=start))
    raw, starts = parts[1::2], offsets[1:-1:2]
    words, kinds = list(map(str.lower, raw)), list(map(_class_of, raw))
    found = Words(words, starts, offsets[2::2], kinds)
    for index, (first, last) in enumerate(dates):
        at = found.at(first)
        found.dates[at] = index
        words[at] = text[first:last].lower()
    for first, word in enumerate(words):
        if word[0].isalpha():  # the word that opens the sentence: its capital letter says nothing
            kinds[first] = kinds[first] if first in found.dates else _class_of(word)
            break
    found.chronicle = bool(dates) and _opens_chronicle(kinds)
    if "since" in words:
        at = words.index("since")
        if at and kinds[at - 1] == "h":  # "has since announced"
            kinds[at] = "A"
    for mention in mentions:
        first = bisect_left(starts, mention.start)
        stop = bisect_left(starts, mention.end, first)
        found.mentions.append((first, stop))
        if mention.mention_kind not in _UNNAMED:
            for inside in range(first, stop):
                if kinds[inside] not in "'@":
                    kinds[inside] = "M"
    for phrase in _BEFORE_BASE.finditer("".join(kinds)):
        at, last = phrase.start(), phrase.end() - 1
        # An unknown word after a modal ("could enable"); after "to" and "who" only with an object ("to join the queue").
        if kinds[at] in "md" or (at and _governs_infinitive(words[at - 1])) or (last + 1 < len(kinds) and kinds[last + 1] in "Dpo"):
            kinds[last] = "V"
    return found


def _opens_chronicle(kinds: list[str]) -> bool:
    """Whether the sentence is an item that opens with its day: "3 May: Rebels take Gao", "**3 May** - Rebels take Gao"."""
    first = next((index for index, kind in enumerate(kinds) if kind not in "-*_"), 0)
    return kinds[first] == "@" and next((kind for kind in kinds[first + 1 :] if kind not in "*_."), ",") in "-;"


def _masked(text: str, start: int, end: int, dates: Sequence[tuple[int, int]]) -> str:
    """text[start:end] with each date as a run of one control character, so that it is one token."""
    sentence, at = text[start:end], 0
    for mark in _DATE_MARKS:  # a text that has such characters itself must not lengthen a date
        sentence = sentence.replace(mark, " ")
    pieces = []
    for index, (first, last) in enumerate(dates):
        pieces += [sentence[at : first - start], _DATE_MARKS[index % 2] * (last - first)]
        at = last - start
    return "".join([*pieces, sentence[at:]])


def _governs_infinitive(word: str) -> bool:
    known = verb_forms().get(word)
    return word in _GOVERNORS or (known is not None and (known.verb in verb_class("plan") or known.verb in verb_class("fail")))


@lru_cache(maxsize=1 << 15)
def _class_of(raw: str) -> str:
    """The word class of a token."""
    word = raw.lower()
    closed = _closed().get(word)
    if closed is None and raw[0] != word[0]:
        return "N" if word in event_nouns() else "M"
    return closed or ("V" if stem_of(word) in verb_forms() else _open_class(stem_of(word)))


def stem_of(word: str) -> str:
    """A verb without a prefix that a hyphen parts: "re-arrested", "co-hosted", "counter-attacked"."""
    if "-" not in word:
        return word
    prefix, _, stem = word.partition("-")
    return stem if prefix in _PREFIXES else word


def _open_class(word: str) -> str:
    char = word[0]
    if char.isalpha():
        if word.endswith("ed") and len(word) > 4 and "-" not in word:
            return "V"
        if word.endswith("ly") and len(word) > 4:
            return "A"
        return "G" if word.endswith("ing") and len(word) > 5 else "N"
    if char.isdigit():
        return "Q"
    if char in _DATE_MARKS:
        return "@"
    return {"\u2014": "-", "[": "(", "]": ")", ":": ";", "'s": "'"}.get(word, char)
