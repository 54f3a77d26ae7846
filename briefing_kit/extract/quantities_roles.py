"""What a bare number is when it counts nothing: a date, a year, a designation, a score, a list number, a pronoun."""

from __future__ import annotations

import re
from functools import cache

from briefing_kit.extract.numerals import Numeral
from briefing_kit.lexicon import read_lexicon

_MONTHS = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
# Numbers that are written in one shape and mean no amount: dates, clock times, addresses, telephone numbers.
SHAPES = re.compile(
    r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?!\d)|\d{1,2}:\d\d(?::\d\d)?(?!\d)|\d+(?:\.\d+){2,}|\d+(?:-\d+){2,}(?!\w)|\d+-\d{7,}|\d{3}-\d{4}(?!\d)"
    r"|\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m\.?|p\.m\.?)(?!\w)|\d+(?:/\d+){2,}|\d{4} ?(?:hrs|hours|gmt|utc|local time)\b|24/7"
)
_MONTH_AFTER = re.compile(rf" ?(?:(?:,|-|and|to|or|/|&|until|till) ?\d{{1,2}}(?:st|nd|rd|th)? ?){{0,4}}(?:of )?({_MONTHS})\b")
_MONTH_BEFORE = re.compile(rf"\b({_MONTHS})\.?,? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:,| and| to| ?-| or)? ?)*$")
_HAS_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
_YEAR_CUES = frozenset(
    "in since by until till from of year before after during between and to early late mid spring summer autumn winter fall ad the".split()
)
_LIST_MARK = re.compile(r"[.)] +\S")
_NOUN_AFTER = re.compile(r" +([a-z]+)")
_PEOPLE = frozenset("people men women children soldiers fighters troops civilians militants refugees migrants deaths casualties".split())


@cache
def _designators() -> dict[str, str]:
    """Words before a designating number, and the case they need."""
    return {row["word"]: row["case"] for row in read_lexicon("designators") if row["place"] == "before"}


@cache
def _formations() -> frozenset[str]:
    """Capitalised words that a designating number stands before."""
    return frozenset(row["word"] for row in read_lexicon("designators") if row["place"] == "after")


def shape_end(flat: str, start: int) -> int | None:
    """The end of a date, time, address or telephone number that begins with the digit at `start`."""
    found = SHAPES.match(flat, start)
    return found.end() if found else None


def role_of(text: str, flat: str, found: Numeral, *, digits: bool) -> str:
    """What a number without unit and currency is: "measure" where nothing tells otherwise."""
    start, end = found.start, found.end
    value = found.value
    if value is None or found.form == "fraction":
        return "measure"
    before = text[max(0, start - 40) : start]
    word = _last_word(before)
    case = _designators().get(word.lower())
    if case == "any" or (case == "capital" and word[:1].isupper()):
        return "designation"
    if not digits:
        return "measure" if value != 1 or flat[start:end] != "one" or _is_numeral_one(flat, start, end) else "pronoun"
    if found.form == "integer" and value <= 31 and end - start <= 2:
        after = _MONTH_AFTER.match(flat, end)
        if after and text[after.start(1)].isupper():
            return "date"
        if _HAS_MONTH.search(flat, max(0, start - 24), start):
            earlier = _MONTH_BEFORE.search(flat, max(0, start - 24), start)
            if earlier and text[earlier.start(1)].isupper():
                return "date"
    if end - start <= 3 and (not before.rstrip(" (") or before.rstrip(" (")[-1] == "\n") and _LIST_MARK.match(text, end):
        return "list_number"
    if before[-1:] == "[" and text[end : end + 1] == "]":
        return "list_number"
    following = _NOUN_AFTER.match(text, end)
    if end - start == 4 and text[start:end].isdigit() and 1000 <= value < 2200 and _is_year(flat, word.lower(), following, int(value)):
        return "year"
    after_word = _CAPITAL_AFTER.match(text, end)
    if after_word and not _formations().isdisjoint(after_word[0].split()):
        return "designation"
    return "measure"


_CAPITAL_AFTER = re.compile(r"(?: [A-Z][\w]+){1,3}")


def _last_word(before: str) -> str:
    stripped = before.rstrip(" ")
    word = stripped[max(stripped.rfind(" "), stripped.rfind("\n")) + 1 :]
    return word.strip("(\"'") if stripped != before else ""


def _is_year(flat: str, word: str, following: re.Match[str] | None, value: int) -> bool:
    noun = following[1] if following else ""
    if noun in _PEOPLE or (noun.endswith("s") and value % 100 == 0 and word not in ("in", "the", "since", "of", "by")):
        return False
    if 1900 <= value < 2100:
        return True
    return word in _YEAR_CUES and not noun.endswith("s")


_PRONOUN_BEFORE = frozenset("the this that which each every any no another some last only".split())
_FUNCTION_AFTER = re.compile(
    r" ?(?:[.,;:!?)\"'\u2014]|$| (?:of|another|who|that|which|can|could|may|might|must|should|would|will|has|had|is|was|to|in|on|at|by|for|from|with|as|and|or|but|if|when|where|after|before)\b)"
)
_SPOKEN = frozenset(
    "killed wounded injured killing wounding injuring least about around nearly almost exactly than to and left arrested minus negative version plus".split()
)


def _is_numeral_one(flat: str, start: int, end: int) -> bool:
    """Whether the word "one" counts something here rather than standing for a noun."""
    word = _last_word(flat[max(0, start - 24) : start])
    if word in _PRONOUN_BEFORE or flat.startswith((" another", "-sided", "-off", "-way", " day"), end):
        return False
    if flat.startswith((" of ", " could ", " should ", " can ", " must ", " might ", " would ", "'s ", " who ", " that ", " which "), end):
        return False
    if _FUNCTION_AFTER.match(flat, end):
        return word in _SPOKEN or not word or start == 0
    return True
