"""Is a text English, and does it hold characters that mislead a reader?"""

from __future__ import annotations

import re

from briefing_kit.textmap import BIDI_CONTROLS

_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset(
    "the of and to in a that is was for on with as by at from it be are were has have had not this which an or but his its their "
    "they he she who will after also been more than said".split()
)
_MIXED = re.compile(r"(?=\w*[A-Za-z])(?=\w*[\u0370-\u052f])[A-Za-z\u0370-\u052f]{2,}")


def is_english(text: str) -> bool:
    """Whether the text is English by its function words: at least one word in eight; short texts pass if they have any Latin words.

    English running text has one in three or more; other languages written in Latin letters share a few at most.
    """
    tokens = _WORD.findall(text[:20_000].lower())
    if len(tokens) < 30:
        return not tokens or any(token.isascii() for token in tokens)
    return sum(token in _FUNCTION_WORDS for token in tokens) >= len(tokens) / 8


def text_warnings(text: str) -> list[str]:
    """Codes for what may mislead: BIDI (direction controls), MIXED_SCRIPT (a word of Latin and Cyrillic or Greek letters)."""
    if text.isascii():
        return []
    found = ["BIDI"] if any(char in text for char in BIDI_CONTROLS) else []
    return found + (["MIXED_SCRIPT"] if _MIXED.search(text) else [])
