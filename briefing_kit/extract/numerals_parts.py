"""What refines a cardinal that was read: decimals in words, denominators, "and a half"; fractions of a magnitude.

All functions take the flat text (see `numerals`).
"""

from __future__ import annotations

import re

from briefing_kit.extract.numerals import Numeral, cardinal, form_of, next_word, number_words, peek, small, times

_POINT = re.compile(r" {1,3}point {1,3}(?=[a-z])")
_AND_PART = re.compile(r"(?: {1,3}and |-and-)(an?[ -])?(?=[a-z])")
_OF_SCALE = re.compile(r"(?: of)?(?: an?)? {1,3}(?=[a-z])|-(?:an?-)?")
_LARGE_PART = re.compile(r" one[ -](hundred|thousand)(?:(ths?)|[ -](?:and[ -])?([a-z]+(?:th|rd|ths|rds)))\b")
_OVER = re.compile(r" over (?=[a-z\d])")
_OF_IT = re.compile(r"-| (?:of|the|its|their|an?)\b")
_NOUN = re.compile(r" {0,3}\w")
_ORDINALS = {"first": (1, False), "firsts": (1, True), "second": (2, False), "seconds": (2, True)}
_MAX_DECIMALS = 18


def article_before(flat: str, start: int) -> int:
    """Where an indefinite article just before `start` begins, else `start`."""
    at = start
    while at and flat[at - 1] == " " and start - at < 3:
        at -= 1
    if at == start:
        return start
    begin = at - 2 if flat[at - 2 : at] == "an" else at - 1
    if flat[begin : begin + 1] != "a" or (begin and (flat[begin - 1].isalnum() or flat[begin - 1] in "'-")):
        return start
    return begin


def refined(flat: str, found: Numeral) -> Numeral | None:
    """The cardinal with what refines it: "point five", a denominator, "and a half"; None where it is an ordinal."""
    following = flat[found.end : found.end + 1]
    if following not in (" ", "-") or found.value is None:
        return found
    if point := _POINT.match(flat, found.end):
        return _pointed(flat, found, point.end())
    if flat.startswith("one", found.end + 1) and found.form == "integer" and (part := _LARGE_PART.match(flat, found.end)):
        return _denominated_by_hundred(found, part)
    word = next_word(flat, found.end)
    half = word is not None and word[2] == "half" and "and" in word[1]  # "two and half years"
    if word and not half and (word[2] in number_words().denominators or word[2] in _ORDINALS):
        return _denominated(flat, found, word)
    if word and word[2].isalpha() and number_words().cardinals.get(word[2], ("", 0))[0] == "ten" and word[1] in (" ", "-"):
        return _denominated_by_compound(flat, found, word)
    if over := _OVER.match(flat, found.end):
        return _divided(flat, found, over.end())
    part = _AND_PART.match(flat, found.end)
    share = _part(flat, part) if part else None
    if share is None:
        return found
    return _plus_part(flat, found, found.value, share[0], share[1])


def _part(flat: str, link: re.Match[str]) -> tuple[float, int] | None:
    """The part of one after "and": "a half", "three quarters", "fifty-four hundredths"."""
    word = next_word(flat, link.end())
    if not word or word[1]:
        return None
    words = number_words()
    if link[1]:
        parts, plural = words.denominators.get(word[2], (0, True))
        return None if plural or not parts else (1 / parts, word.end())
    if word[2] == "half" and not _OF_IT.match(flat, word.end()):
        return 0.5, word.end()
    kind, value = words.cardinals.get(word[2], ("", 0))
    if kind not in ("digit", "teen", "ten"):
        return None
    value, end = small(flat, word.end(), kind, value)
    denominator = next_word(flat, end)
    if not denominator or denominator[1].strip() not in ("", "-") or not denominator[1]:
        return None
    parts, plural = words.denominators.get(denominator[2], (0, False))
    return (value / parts, denominator.end()) if value < parts and (plural or value == 1) else None


def _denominated(flat: str, found: Numeral, word: re.Match[str]) -> Numeral | None:
    """The cardinal before a fraction word or ordinal: "two thirds", "one-fifth"; "twenty-first" is an ordinal: None."""
    separator, name = word[1].strip(" ") or word[1], word[2]
    parts, plural = _ORDINALS.get(name) or number_words().denominators[name]
    value = found.value
    if separator in ("and", "-and-"):
        return None if not plural and name not in ("half", "quarter") and found.scale >= 100 else found  # "one hundred and first"
    if not value or separator[:1] not in (" ", "-"):
        return found
    ten = int(value) % 100 if isinstance(value, int) and value % 10 == 0 and 20 <= value % 100 <= 90 else 0
    if ten and parts < 10 and name not in ("half", "halves", "quarter", "quarters") and not found.joined:
        return _compound_part(flat, found, value, word, ten, parts, plural)
    if name in _ORDINALS:
        return None if name == "first" and separator == "-" else found
    if not plural and value != 1 and not (found.joined == 1 and name in ("half", "quarter", "third")):
        return None if parts >= 100 and isinstance(value, int) else found  # "five hundredth" counts off
    if found.joined and found.joined < parts:
        return _plus_part(flat, found, value - found.joined, found.joined / parts, word.end())
    return of_scale(flat, Numeral(found.start, word.end(), value / parts, "fraction"))


def _compound_part(flat: str, found: Numeral, value: float, word: re.Match[str], ten: int, parts: int, plural: bool) -> Numeral | None:
    """A cardinal that ends in a ten before a denominator below ten: "a twenty-first", "one hundred thirty-fifths"."""
    article = article_before(flat, found.start)
    if word[2] in ("second", "seconds"):
        return None if word[2] == "second" and word[1] == "-" and article == found.start else found  # "a thirty-second delay"
    if not plural:
        # "a twenty-fifth" is a part of one; "the twenty-fifth" counts off.
        return Numeral(article, word.end(), 1 / (ten + parts), "fraction") if value == ten and article != found.start else None
    if value == ten:
        return Numeral(found.start, word.end(), ten / parts, "fraction") if parts > 2 else found
    return Numeral(found.start, word.end(), (value - ten) / (ten + parts), "fraction")


def _plus_part(flat: str, found: Numeral, whole: float, amount: float, end: int) -> Numeral:
    """A cardinal and a part: of its scale ("2 million and a half"), of one ("3 and a half"), or of a scale that follows."""
    more = peek(flat, end)
    if more and more.kind == "scale" and more.separator == " " and (found.scale == 1 or more.value < found.scale):
        value = times(whole + amount, more.value) if found.scale == 1 else whole + times(amount, more.value)
        return Numeral(found.start, more.end, value, form_of(value), scale=more.value)
    value = whole + (times(amount, found.scale) if found.scale >= 1000 else amount)
    return Numeral(found.start, end, value, form_of(value))


def _denominated_by_compound(flat: str, found: Numeral, ten: re.Match[str]) -> Numeral | None:
    """The cardinal before a compound denominator: "one twenty-fifth", "three twenty-firsts"."""
    unit = next_word(flat, ten.end())
    if not unit or unit[1] not in (" ", "-") or found.value is None:
        return found
    parts, plural = _ORDINALS.get(unit[2]) or number_words().denominators.get(unit[2], (0, False))
    if not 0 < parts < 10 or not (plural or found.value == 1):
        return found
    whole = number_words().cardinals[ten[2]][1] + parts
    return Numeral(found.start, unit.end(), found.value / whole, "fraction")


def _denominated_by_hundred(found: Numeral, part: re.Match[str]) -> Numeral:
    """The cardinal before a denominator that opens with "one": "one one-hundredth", "one one hundred and fifth"."""
    parts, plural = 10 ** (2 if part[1] == "hundred" else 3), part[2] == "ths"
    if part[3]:
        known = _ORDINALS.get(part[3]) or number_words().denominators.get(part[3], (0, False))
        if not known[0] or part[3] in ("half", "halves"):
            return found
        parts, plural = parts + known[0], known[1]
    if found.value is None or not (plural or found.value == 1):
        return found
    return Numeral(found.start, part.end(), found.value / parts, "fraction")


def _divided(flat: str, found: Numeral, pos: int) -> Numeral:
    """The fraction "one over three", where nothing is counted after it."""
    word = next_word(flat, pos)
    kind, value = number_words().cardinals.get(word[2], ("", 0)) if word else ("", 0)
    if word and word[2].isdigit() and len(word[2]) <= 6:
        kind, value = "digits", int(word[2])
    below = cardinal(flat, word.start(2), word.end(), kind, value) if word and kind and not word[1] else None
    if below is None or not below.value or found.value is None or _NOUN.match(flat, below.end):
        return found
    return Numeral(found.start, below.end, found.value / below.value, "fraction")


def of_scale(flat: str, found: Numeral) -> Numeral:
    """The fraction, multiplied out where a magnitude follows: "half a million", "two thirds of a million", "half a dozen"."""
    link = _OF_SCALE.match(flat, found.end)
    more = peek(flat, link.end()) if link else None
    if more is None or more.kind not in ("scale", "dozen", "hundred") or more.separator or found.value is None:
        return found
    if flat[more.end - 1] == "s":
        return found
    value = times(found.value, more.value)
    return Numeral(found.start, more.end, value, form_of(value), scale=more.value)


def _pointed(flat: str, found: Numeral, pos: int) -> Numeral:
    """The cardinal with decimals in words: "two hundred point zero three", "nought point eleven"."""
    decimals, end = "", found.end
    word = next_word(flat, pos)
    while word and word[1] in ("", " ") and len(decimals) < _MAX_DECIMALS:
        kind, value = number_words().cardinals.get(word[2], ("", 0))
        if kind not in ("digit", "teen", "ten"):
            break
        value, end = small(flat, word.end(), kind, value)
        decimals += str(value)
        if kind != "digit":
            break
        word = next_word(flat, end)
    if not decimals or found.form != "integer":
        return found
    return cardinal(flat, found.start, end, "digits", float(f"{found.value}.{decimals}")) or found
