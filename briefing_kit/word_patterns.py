"""Patterns for any word or phrase of a list, made so that a search looks only where a word begins.

The regular expression engine skips to where a pattern's first character can stand, but only if that is one of a set. Such a pattern
therefore opens with the character before the word, and is searched in a text with a space put before it: a match then starts at the
offset that the word has in the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from string import ascii_uppercase


def trie(words: Iterable[str], written: Callable[[str], str] = re.escape) -> str:
    """A pattern for any of the words that reads each letter once, longest first; `written` gives the pattern of one letter."""
    branches: dict[str, list[str]] = {}
    for word in words:
        branches.setdefault(word[:1], []).append(word[1:])
    ends = branches.pop("", None) is not None
    if not branches:
        return ""
    small_first = sorted(branches, key=str.swapcase)  # most words that a text is searched for begin with a small letter
    options = [written(first) + trie(branches[first], written) for first in small_first]
    body = options[0] if len(options) == 1 and not ends else f"(?:{'|'.join(options)})"
    return f"{body}?" if ends else body


def either_case(words: Iterable[str]) -> list[str]:
    """The words with a small and with a capital first letter."""
    found = dict.fromkeys(words)
    return list(dict.fromkeys([*found, *(word[0].upper() + word[1:] for word in found)]))


def at_word_start(pattern: str) -> re.Pattern[str]:
    """The pattern where a word begins; for `find_words`."""
    return re.compile(rf"\W(?:{pattern})")


def uncapitalised_words(words: Iterable[str]) -> re.Pattern[str]:
    """Words that may be one of these in any case, but for those with a capital of the English alphabet; for `find_words`.

    Only their first three letters are compared, so that ten thousand words make no large pattern.
    """
    rests: dict[str, set[str]] = {}
    for word in words:
        rests.setdefault(word[0], set()).add(word[1:3])
    options = (_in_any_case(first, without=ascii_uppercase) + trie(rest, _in_any_case) for first, rest in sorted(rests.items()))
    return at_word_start(rf"(?:{'|'.join(options)})\w*")


def _in_any_case(char: str, without: str = "") -> str:
    capital = char.upper()
    return re.escape(char) if len(capital) > 1 or capital in without else f"[{char}{capital}]"


def find_words(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and words of each match of a pattern made by `at_word_start`."""
    for match in pattern.finditer(f" {text}"):
        yield match.start(), match.end() - 1, match[0][1:]
