"""Is a text English, and does it hold characters that mislead a reader?"""

from __future__ import annotations

import re

from briefing_kit.textmap import BIDI_CONTROLS

_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset(
    "the of and to in a that is was for on with as by at from it be are were has have had not this which an or but his its their "
    "they he she who will after also been more than said".split()
)
_FOREIGN_WORDS = frozenset(  # of eight other languages in Latin letters; none of them an English word
    "le la les des et est dans que qui pour sur avec par une du el los las del con por para una se ha um uma os da do em il di che sono "
    "nel der und ist nicht mit von zu den dem ein eine auf het een van niet bir ve bu ile yang dan di itu dengan untuk".split()
)
_MIXED = re.compile(r"[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]")


def is_english(text: str) -> bool:
    """Whether the text is English by its function words; texts too short to tell pass if they have any Latin words.

    English running text has one function word in three or more. One in eight is enough; one in twenty-five is, or any in a text of a few
    lines, where other languages' function words are fewer than half as many (texts dense with names and figures).
    """
    tokens = _WORD.findall(text[:20_000].lower())
    if len(tokens) < 30:
        return not tokens or any(token.isascii() for token in tokens)
    english = sum(token in _FUNCTION_WORDS for token in tokens)
    foreign = sum(token in _FOREIGN_WORDS for token in tokens)
    dense = english >= len(tokens) / 25 or len(tokens) < 80
    return english >= len(tokens) / 8 or (dense and english > 2 * foreign)


def text_warnings(text: str) -> list[str]:
    """Codes for what may mislead: BIDI (direction controls), MIXED_SCRIPT (a word of Latin and Cyrillic or Greek letters)."""
    if text.isascii():
        return []
    found = ["BIDI"] if any(char in text for char in BIDI_CONTROLS) else []
    return found + (["MIXED_SCRIPT"] if _MIXED.search(text) else [])
