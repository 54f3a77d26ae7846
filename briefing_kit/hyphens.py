"""Words parted at the end of a line: which hyphens belong to the word and which only to the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefing_kit.lexicon import read_lexicon

_PARTED = re.compile(
    r"(?<![\w-])([^\W\d_]+(?:-[^\W\d_]+)*)(-[ \t]*\n[ \t]*|\u00ad[ \t]*\n[ \t]*)([^\W\d_]+)|(?<=\w)(-)[ \t]*\n[ \t]*(?=\w)"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@cache
def _common() -> frozenset[str]:
    return frozenset(row["word"] for row in read_lexicon("common_words"))


def line_ends(text: str) -> Iterator[tuple[int, int]]:
    """The spans to leave out so that words parted at line ends are whole again, in order.

    A soft hyphen goes with its line end. A hyphen goes where the whole word is an English one or stands elsewhere in the text; it stays
    where the hyphenated word stands elsewhere, where both parts are English words ("drug-trafficking"), and beside capitals and digits.
    """
    if not any(line.rstrip(" \t").endswith(("-", "\u00ad")) for line in text.split("\n")[:-1]):
        return
    words: set[str] | None = None
    for found in _PARTED.finditer(text):
        if found[2] is None:
            yield found.end(4), found.end()
            continue
        words = words if words is not None else {word.casefold() for word in _WORD.findall(text)}
        soft = found[2].startswith("\u00ad")
        whole = soft or _is_one_word(found[1], found[3], words)
        yield found.start(2) + (0 if whole else 1), found.end(2)


def _is_one_word(left: str, right: str, words: set[str]) -> bool:
    if not (left[-1:].islower() and right[:1].islower()):
        return False
    head, tail = left.rpartition("-")[2].casefold(), right.casefold()
    if head + tail in words or head + tail in _common():
        return True
    if f"{left}-{right}".casefold() in words:
        return False
    return not (head in _common() and tail in _common())


def rejoin(text: str) -> str:
    """The text with the words that line ends parted made whole."""
    parts, at = [], 0
    for start, end in line_ends(text):
        parts.append(text[at:start])
        at = end
    return "".join([*parts, text[at:]]) if parts else text
