"""The tokens of a text and the string of their classes: one character a token, so that a grammar is one regular expression.

A token is a run of word characters or one punctuation mark, together with the blanks and the single line break behind it;
a blank line is a token of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import accumulate

from briefing_kit.extract.timex_names import holidays, phrases
from briefing_kit.extract.timex_vocabulary import TOKEN, class_characters, class_names, shape, vocabulary

_KEPT = 50_000
"""Spellings of tokens whose classes are kept from one text to the next."""
_ANCHORS = {"unknown": "anchor", "name": "anchor_name"}


class _Classes(dict[str, str]):
    """Token -> character of its class, worked out once for each spelling."""

    def __missing__(self, token: str) -> str:
        char = self[token] = class_characters()[_anchor_class(token.rstrip(" \n"), token)]
        return char


class _Lower(dict[str, str]):
    """Token -> its word in small letters."""

    def __missing__(self, token: str) -> str:
        word = self[token] = token.rstrip(" \n").lower()
        return word


_CLASSES, _LOWER = _Classes(), _Lower()


def _anchor_class(word: str, token: str) -> str:
    """The class of a token, which is one of its own where a name may hang on the word."""
    known = vocabulary().get(word)
    name = known[0] if known else shape(token)
    return _ANCHORS.get(name, name) if word in phrases() else name


@cache
def _anchors() -> re.Pattern[str]:
    """Where the most telling word of a holiday or named event may stand."""
    return re.compile(f"[{''.join(sorted({class_characters()[_anchor_class(word, word)] for word in phrases()}))}]")


def _full_stops(classes: str) -> str:
    """The classes with a full stop wherever a point has no word behind it: before a quote, a bracket, a blank line, at the end."""
    characters = class_characters()
    glued, stop = characters["tight_dot"], characters["dot"]
    for name in ("paragraph", "quote", "close", "closing_bracket", "bracket"):
        classes = classes.replace(glued + characters[name], stop + characters[name])
    return classes[:-1] + stop if classes.endswith(glued) else classes


class Tokens:
    """The tokens of a folded text, the string of their classes and their offsets."""

    __slots__ = ("classes", "offsets", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[str] = TOKEN.findall(text)
        if len(_CLASSES) > _KEPT:
            _CLASSES.clear()
            _LOWER.clear()
        self.classes = _full_stops("".join(map(_CLASSES.__getitem__, self.tokens)))
        self.offsets: list[int] = [0, *accumulate(map(len, self.tokens))]
        self._mark_names()

    def _mark_names(self) -> None:
        """Give the tokens of a holiday the classes holiday and holiday_more, and those of a named event the class unknown."""
        characters = class_characters()
        parts, end = [], 0
        for found in _anchors().finditer(self.classes):
            index, anchor = found.start(), self.word(found.start())
            for words in phrases().get(anchor, ()):
                first = index - words.index(anchor)
                if first < end or self.word(first + len(words) - 1) != words[-1]:
                    continue
                if tuple(self.words(first, first + len(words))) == words:
                    marks = ("holiday", "holiday_more") if words in holidays() else ("unknown", "unknown")
                    parts += [self.classes[end:first], characters[marks[0]], characters[marks[1]] * (len(words) - 1)]
                    end = first + len(words)
                    break
        self.classes = "".join([*parts, self.classes[end:]])
        for name, anchor in _ANCHORS.items():
            self.classes = self.classes.replace(characters[anchor], characters[name])

    def word(self, index: int) -> str:
        """The token without the blanks behind it; "" beyond either end of the text."""
        return self.tokens[index].rstrip(" \n") if 0 <= index < len(self.tokens) else ""

    def lower(self, index: int) -> str:
        """The word of a token in small letters; "" beyond either end of the text."""
        return _LOWER[self.tokens[index]] if 0 <= index < len(self.tokens) else ""

    def lowers(self, first: int, last: int) -> list[str]:
        """The words of the tokens first to last (half-open) in small letters."""
        return list(map(_LOWER.__getitem__, self.tokens[max(first, 0) : last]))

    def name(self, index: int) -> str:
        """The class of a token; "paragraph" beyond either end of the text."""
        return class_names()[self.classes[index]] if 0 <= index < len(self.tokens) else "paragraph"

    def names(self, first: int, last: int) -> list[str]:
        """The classes of the tokens first to last (half-open)."""
        return list(map(class_names().__getitem__, self.classes[first:last]))

    def value(self, index: int) -> str:
        """What the lexicon gives for the word: the number of a month, the letter of a unit, ..."""
        return vocabulary()[self.word(index)][1]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of the tokens first to last (half-open), without the blanks behind them."""
        return self.offsets[first], self.offsets[last - 1] + len(self.word(last - 1))

    def glued(self, index: int) -> bool:
        """Whether nothing stands between this token and the next."""
        return index + 1 < len(self.tokens) and self.tokens[index] == self.word(index)

    def words(self, first: int, last: int) -> Iterable[str]:
        """The tokens first to last (half-open) without blanks."""
        return (self.word(index) for index in range(max(first, 0), min(last, len(self.tokens))))
