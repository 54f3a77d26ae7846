"""The classes of tokens: words get the one that `lexicon/timex_words.csv` gives them, numbers and marks one by their shape."""

from __future__ import annotations

import re
from functools import cache

from briefing_kit.lexicon import read_lexicon

TOKEN = re.compile(r"(?:\w++|[^\w\s])[ ]*+(?:\n(?![ ]*\n)[ ]*+)?+|\s++")

# Classes that are made of the shape of a token and not looked up in the lexicon.
_SHAPES = (
    "unknown name anchor anchor_name holiday holiday_more "
    "paragraph number31 year4 number compact_date iso_hour clock_four ordinal31 "
    "ordinal decade_number clock_glued minutes_glued duration_glued dtg dtg_whole "
    "quarter_code half_code comma tight_comma dot tight_dot hyphen slash colon apostrophe open close currency percent quote bracket "
    "closing_bracket at_sign mark"
).split()
_PUNCTUATION = {
    "-": "hyphen",
    "/": "slash",
    ":": "colon",
    "'": "apostrophe",
    "(": "open",
    ")": "close",
    "[": "bracket",
    "]": "closing_bracket",
    "%": "percent",
    '"': "quote",
    "@": "at_sign",
    "&": "and",
    "!": "dot",
    "?": "dot",
    **dict.fromkeys("$€£¥", "currency"),
}

_MOST_DIGITS = 9  # a longer figure is no part of a date, and may be none that a computer counts with
_ORDINAL = re.compile(r"0?(\d{1,3})(?:st|nd|rd|th)", re.IGNORECASE)
_DECADE = re.compile(r"(?:1\d|20|\d)?\d0s")
_CLOCK_GLUED = re.compile(r"(?:0?[1-9]|1[0-2])(?:am|pm)|(?:[01]\d|2[0-3])[0-5]\d(?:hrs|hours|[hHZz])", re.IGNORECASE)
_MINUTES_GLUED = re.compile(r"[0-5]\d(?:am|pm|hrs|h|z)", re.IGNORECASE)
_DURATION_GLUED = re.compile(r"\d{1,3}(?:hrs?|mins?|h|yrs?|years?|days?|weeks?|months?)")
_COMPACT_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_ISO_HOUR = re.compile(r"(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-4])")
MONTH_CODES = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
# Date-time group of NATO messages (ACP 121): day, hour, minute and zone letter, then month and year; or the day, month and year alone.
_DTG = r"(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[A-IK-Z]"
_DTG_ALONE = re.compile(_DTG)
_DTG_WHOLE = re.compile(rf"(?:{_DTG}|0[1-9]|[12]\d|3[01])(?:{'|'.join(MONTH_CODES)})(?:\d\d)?\d\d", re.IGNORECASE)
_QUARTER = re.compile(r"Q[1-4]")
_HALF = re.compile(r"H[12]")


@cache
def vocabulary() -> dict[str, tuple[str, str]]:
    """Word as written -> (class, value)."""
    vocabulary: dict[str, tuple[str, str]] = {}
    for row in read_lexicon("timex_words"):
        word, case = row["word"], row["case"]
        spellings = {
            "any": (word, word.capitalize(), word.upper()),
            "capital": (word.capitalize(), word.upper()),
            "lower": (word,),
            "exact": (word,),
        }[case]
        for spelling in spellings:
            vocabulary[spelling] = (row["class"], row["value"])
    return vocabulary


def split_words(text: str) -> tuple[str, ...]:
    """The tokens of a text without blanks."""
    return tuple(token.rstrip(" \n") for token in TOKEN.findall(text))


@cache
def class_characters() -> dict[str, str]:
    """Name of a class -> the one character that stands for it."""
    names = [*_SHAPES, *sorted({row["class"] for row in read_lexicon("timex_words")})]
    return {name: chr(0xA1 + index) for index, name in enumerate(dict.fromkeys(names))}


@cache
def class_names() -> dict[str, str]:
    """The character of a class -> its name."""
    return {char: name for name, char in class_characters().items()}


def shape(token: str) -> str:
    """The class of a token that is not in the vocabulary, by its digits, case and marks."""
    word = token.strip()
    if not word:
        return "paragraph"
    if not word[0].isalnum():
        if word == ",":
            return "comma" if token != word else "tight_comma"
        if word == ".":
            return "dot" if token != word else "tight_dot"
        return _PUNCTUATION.get(word, "mark")
    if word.isascii() and word.isdigit():
        if len(word) <= 2:
            return "number31" if 1 <= int(word) <= 31 else "number"
        if len(word) == 4 and 1000 <= int(word) < 2300:
            return "year4"
        if len(word) == 4 and word[0] == "0" and word[2] < "6":
            return "clock_four"
        if len(word) > _MOST_DIGITS:
            return "unknown"
        return "compact_date" if _COMPACT_DATE.fullmatch(word) else "number"
    if word[0].isdigit() and word.isascii():
        if (ordinal := _ORDINAL.fullmatch(word)) is not None:
            return "ordinal31" if 1 <= int(ordinal[1]) <= 31 else "ordinal"
        for pattern, name in (
            (_DECADE, "decade_number"),
            (_ISO_HOUR, "iso_hour"),
            (_CLOCK_GLUED, "clock_glued"),
            (_MINUTES_GLUED, "minutes_glued"),
            (_DURATION_GLUED, "duration_glued"),
            (_DTG_ALONE, "dtg"),
            (_DTG_WHOLE, "dtg_whole"),
        ):
            if pattern.fullmatch(word):
                return name
        return "unknown"
    if _QUARTER.fullmatch(word):
        return "quarter_code"
    if _HALF.fullmatch(word):
        return "half_code"
    return "name" if word[0].isupper() else "unknown"
