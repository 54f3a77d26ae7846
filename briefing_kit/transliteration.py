"""A key under which the spellings of one name meet, so that likely doubles can be suggested; it decides nothing.

Names from Arabic, Persian, Russian and the like reach English text in many spellings (Haftar, Hifter; Serraj, as-Sarraj). What differs
is mostly the vowels, doubled letters, the article and a few digraphs, so the key keeps the consonants only: the idea of Soundex and of
the consonantal root. Different names meet in it too (Niger and Nigeria), so it is for suggestions that a person looks at.
"""

from __future__ import annotations

import re
import unicodedata

from briefing_kit.textmap import fold

_ARTICLES = frozenset("al el ul as ash ad an ar at az the".split())
_SON_OF = frozenset("bin ibn ben bint".split())
# Abd al-Rahman, Abdul Rahman, Abdelrahman, Abdur-Rahman: "servant of" belongs to the name that follows.
_ABD = re.compile(r"\babd(?:[eu]l|[eu][rsnz](?=[\s-]))?[\s-]*(?:(?:al|el|ul|ar|as|an)[\s-]+)?")
_WORD = re.compile(r"[^\W_]+")
_DIGRAPHS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("^ye", "e"),
        ("ou(?=[aeiou])|v", "w"),
        ("tch|sch|ch|sh", "x"),
        ("dj", "j"),
        ("dh", "d"),
        ("th", "t"),
        ("ph", "f"),
        ("kh|ck|gh|q|g", "k"),
    )
)
_VOWELS = re.compile("(?<!^)[aeiouy]+")
_DOUBLES = re.compile(r"(.)\1+")


def name_key(name: str) -> tuple[str, ...]:
    """The consonants of each word of a name, without articles and "son of"; empty where no word is left.

    >>> name_key("Fayez Serraj"), name_key("Fayiz as-Sarraj")
    (('fz', 'srj'), ('fz', 'srj'))
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", fold(name)) if not unicodedata.combining(char)).casefold()
    found = _WORD.findall(_ABD.sub("abd", plain.replace("'", "")))
    kept = [word for at, word in enumerate(found) if word not in _SON_OF and not (word in _ARTICLES and at + 1 < len(found))]
    return tuple(_skeleton(word) for word in kept)


def whole_key(words: tuple[str, ...]) -> str:
    """The key of a name as one word, so that Abu Bakr and Aboubakar meet.

    >>> whole_key(name_key("Abu Bakr")), whole_key(name_key("Aboubakar"))
    ('abkr', 'abkr')
    """
    return _DOUBLES.sub(r"\1", "".join(words))


def _skeleton(word: str) -> str:
    for pattern, letter in _DIGRAPHS:
        word = pattern.sub(letter, word)
    if len(word) > 5 and word.endswith("ah"):  # Misrata, Misratah
        word = word[:-1]
    if word[0] in "aeiou":  # Osama, Usama: that there is a vowel tells Ahmed from Hamed, which one it is tells nothing
        word = "a" + word[1:]
    return _DOUBLES.sub(r"\1", _VOWELS.sub("", word))
