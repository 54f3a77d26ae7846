"""English numerals at a place in a text: digits with any grouping, number words, fractions and vague magnitudes.

Everything here works on the flat text: folded, in lower case, line wraps as spaces, of the same length as the text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from briefing_kit.lexicon import read_lexicon


class Numeral(NamedTuple):
    """A number as written. `low`/`high` are set for vague magnitudes, whose `value` is None.

    form: integer, decimal, fraction, vague. `scale` is what a last scale word multiplied by (3 million: 1e6), else 1;
    `lead` is the vague word in front of a magnitude ("several" hundred).
    """

    start: int
    end: int
    value: float | None
    form: str = "integer"
    low: float | None = None
    high: float | None = None
    scale: int = 1
    lead: str | None = None


class _Words(NamedTuple):
    cardinals: dict[str, tuple[str, int]]
    denominators: dict[str, tuple[int, bool]]  # word: parts, whether it is a plural
    vague: dict[str, tuple[str, int, int]]


MAX_DIGITS = 18
_GROUPED = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d\d)+,\d{3}|\d+)(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+,\d{1,2}")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?![\d/:]|,\d|-\d)(?:\.\d+(?![.\d]))?")
_EXPONENT = re.compile(r"e([+-]?\d{1,2})(?![\w.])| ?[x\u00d7*] ?10\^?([+-]?\d{1,2})(?!\d)|\^([+-]{0,2}\d{1,2})(?!\d)")
_SLASH = re.compile(r"(?P<whole>\d+(?: {1,2}|-))?(?P<part>\d{1,3}) ?/ ?(?P<parts>\d{1,3})(?![\d/]|[.,]\d)")
_NEXT = re.compile(r"(,? {1,3}and {1,3}|,? & |-and-|, | ?- ?| {1,3}|)([a-z]+|\d+(?:[.,]\d+)*)")
_POINT = re.compile(r" {1,3}point {1,3}(?=[a-z])")
_AND_PART = re.compile(r" and (?:an? |(?=one|two|three|four|five))")
_OF_SCALE = re.compile(r"(?: of)?(?: an?)? (?=[a-z])")
_VULGAR = {"\u00bd": (1, 2), "\u2153": (1, 3), "\u2154": (2, 3), "\u00bc": (1, 4), "\u00be": (3, 4), "\u2155": (1, 5)} | {
    "\u2156": (2, 5),
    "\u2157": (3, 5),
    "\u2158": (4, 5),
    "\u2159": (1, 6),
    "\u215a": (5, 6),
    "\u215b": (1, 8),
    "\u215c": (3, 8),
    "\u215d": (5, 8),
    "\u215e": (7, 8),
}
_PLAIN_PARTS = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 20, 25, 32, 40, 50, 64, 100})


@cache
def vocabulary() -> _Words:
    """The number words of the lexicon, by written form."""
    cardinals: dict[str, tuple[str, int]] = {}
    denominators: dict[str, tuple[int, bool]] = {}
    for row in read_lexicon("number_words"):
        word, kind, value = row["word"], row["kind"], int(row["value"])
        if kind == "denominator":
            denominators[word] = (value, False)
            denominators["halves" if word == "half" else word + "s"] = (value, True)
        else:
            cardinals[word] = (kind, value)
            if kind in ("hundred", "scale", "dozen"):
                cardinals[word + "s"] = (kind, value)
    vague = {row["word"]: (row["kind"], int(row["low"]), int(row["high"])) for row in read_lexicon("vague_magnitudes")}
    return _Words(cardinals, denominators, vague)


def read_digits(flat: str, start: int, end: int) -> Numeral | None:
    """The number whose first digit is at `start`, with `end` after its run of digits, points and commas."""
    written = flat[start:end]
    if written.isdigit():
        if len(written) > MAX_DIGITS:
            return None
        value: float = int(written)
        if len(written) <= 3 and flat[end + 1 : end + 4].isdigit() and flat[end] == " " and (spaced := _SPACED.match(flat, start)):
            end, written = spaced.end(), spaced[0].replace(" ", "")
            value = float(written) if "." in written else int(written)
        elif flat[end : end + 1] in _FRACTION_STARTS and (whole := _mixed(flat, start, end, value)):
            return whole
    elif len(written) <= 2 * MAX_DIGITS and _GROUPED.fullmatch(written):
        written = written.replace(",", "")
        value = float(written) if "." in written else int(written)
    elif len(written) <= MAX_DIGITS and _DECIMAL_COMMA.fullmatch(written):
        written = written.replace(".", "").replace(",", ".")
        value = float(written)
    else:
        return None
    if start and flat[start - 1] == "." and written.isdigit() and not (start > 1 and (flat[start - 2].isalnum() or flat[start - 2] == ".")):
        start, value = start - 1, float("0." + written)
    if flat[end : end + 1] in _EXPONENT_STARTS and (exponent := _EXPONENT.match(flat, end)):
        end = exponent.end()
        if exponent[3]:
            power = int(exponent[3].replace("--", "-").replace("++", "+").replace("+-", "-").replace("-+", "-"))
            if value == 0 or value > 1e3:
                return None
            value = float(value) ** power
        else:
            value = float(f"{value}e{int(exponent[1] or exponent[2])}")
    form = "integer" if isinstance(value, int) else "decimal"
    return _scaled(flat, Numeral(start, end, value, form), digits=True)


_FRACTION_STARTS = frozenset(" /-") | frozenset(_VULGAR)
_EXPONENT_STARTS = frozenset("ex\u00d7*^ ")


def _mixed(flat: str, start: int, end: int, whole: float) -> Numeral | None:
    """2 1/2, 2\u00bd or 3/4: what stands at an integer that goes on as a fraction."""
    if flat[end] in _VULGAR:
        part, parts = _VULGAR[flat[end]]
        return _scaled(flat, Numeral(start, end + 1, whole + part / parts, "decimal"), digits=True)
    if flat[end] == " " and not (flat[end + 1 : end + 2].isdigit() or flat[end + 1 : end + 2] == "/"):
        return None
    found = _SLASH.match(flat, start)
    if not found:
        return None
    part, parts = int(found["part"]), int(found["parts"])
    if part >= parts or parts not in _PLAIN_PARTS:
        return None
    if found["whole"]:
        return _scaled(flat, Numeral(start, found.end(), whole + part / parts, "decimal"), digits=True)
    return Numeral(start, found.end(), part / parts, "fraction")


def read_vulgar(flat: str, start: int) -> Numeral:
    """A number that is one vulgar-fraction character, such as \u00be."""
    part, parts = _VULGAR[flat[start]]
    return Numeral(start, start + 1, part / parts, "fraction")


def read_words(flat: str, start: int, end: int) -> Numeral | None:
    """The number whose first word is flat[start:end]; an article before "a hundred" is taken in."""
    word = flat[start:end]
    words = vocabulary()
    kind, value = words.cardinals.get(word, ("", 0))
    if word in words.vague:
        return _vague(flat, start, end, *words.vague[word])
    article = _article(flat, start)
    if kind in ("digit", "teen", "ten"):
        found = _cardinal(flat, start, end, kind, value, limit=None)
        return _with_parts(flat, found) if found else None
    if kind in ("hundred", "scale", "dozen"):
        if len(word) < 4 and kind == "scale":
            return None  # "bn" and "mn" need a number before them
        found = _cardinal(flat, start, start, "digit", 1, limit=None)
        return _with_parts(flat, found._replace(start=article)) if found else None
    parts, plural = words.denominators[word]
    if plural or (article == start and word not in ("half", "quarter")):
        return None
    return _share(flat, Numeral(article, end, 1 / parts, "fraction"), parts)


def _article(flat: str, start: int) -> int:
    """Where an indefinite article before `start` begins, else `start`."""
    at = start
    while at and flat[at - 1] == " " and start - at < 3:
        at -= 1
    if at == start or not at or flat[at - 1] not in "an":
        return start
    begin = at - 2 if flat[at - 2 : at] == "an" else at - 1
    return start if flat[begin] != "a" or (begin and (flat[begin - 1].isalnum() or flat[begin - 1] in "'-")) else begin


def _peek(flat: str, pos: int) -> tuple[str, str, int, int, int] | None:
    """The number word or digits after `pos`: its separator, kind, value, start and end."""
    found = _NEXT.match(flat, pos)
    if not found:
        return None
    word = found[2]
    if word.isdigit():
        if len(word) > 6 or not found[1]:
            return None
        return found[1].strip() or found[1][:1], "digits", int(word), found.start(2), found.end()
    known = vocabulary().cardinals.get(word)
    if known is None:
        return None
    return found[1].strip() or found[1][:1], known[0], known[1], found.start(2), found.end()


def _small(flat: str, end: int, kind: str, value: int) -> tuple[int, int]:
    """A number below a hundred whose first word ends at `end`: its value and end."""
    if kind == "ten" and (more := _peek(flat, end)) and more[1] == "digit" and more[2] and more[0] in (" ", "-"):
        return value + more[2], more[4]
    return value, end


def _hundreds(flat: str, end: int, kind: str, value: float, digits: bool) -> tuple[float, int, bool]:
    """A number below a thousand (or "ninety-five hundred"): its value, its end, and whether "and" joined it."""
    if kind == "ten":
        value, end = _small(flat, end, kind, int(value))
    more = _peek(flat, end)
    if not more or more[1] != "hundred" or more[0] not in ("", " ", "-") or (value >= 100 and not digits) or not value:
        return value, end, False
    value, end = _times(value, 100), more[4]
    more = _peek(flat, end)
    wanted = ("digit", "teen", "ten", "digits") if digits else ("digit", "teen", "ten")
    if more and more[1] in wanted and more[0] in (" ", "and", "&", "-and-", "-") and 0 < more[2] < 100:
        if more[1] == "digits" and more[0] not in ("and", "&"):
            return value, end, False
        small, small_end = _small(flat, more[4], more[1], more[2])
        after = _peek(flat, small_end)
        if not (after and after[1] == "hundred" and after[0] in (" ", "-")) and not flat[small_end : small_end + 2].strip()[:1].isdigit():
            return value + small, small_end, more[0] in ("and", "&", "-and-")
    return value, end, False


def _times(value: float, factor: int) -> float:
    """The product, whole where it comes out whole (2.3 x 1000 is 2300 and not 2299.9999999999995)."""
    if isinstance(value, int):
        return value * factor
    product = round(value * factor, 6)
    return int(product) if product.is_integer() else product


def _cardinal(flat: str, start: int, end: int, kind: str, value: float, *, limit: int | None, digits: bool = False) -> Numeral | None:
    """The longest cardinal that begins with a number of this kind and value ending at `end`; below `limit` if given."""
    value, end, joined = _hundreds(flat, end, kind, value, digits)
    scale = 1
    more = _peek(flat, end)
    while more and more[1] == "scale" and more[0] in ("", " ", "-") and value and scale < more[2]:
        value, scale, end = _times(value, more[2]), more[2], more[4]
        more = _peek(flat, end)
    if limit is not None and value >= limit:
        return None
    if more and more[1] == "dozen" and more[0] in ("", " ", "-") and scale == 1:
        return Numeral(start, more[4], value * 12)
    if scale == 1 and joined is False and value >= 100 and isinstance(value, int) and value % 100 == 0:
        scale_word = 100
    else:
        scale_word = scale
    if scale > 1 and more and isinstance(value, int):
        rest = None
        sep, next_kind, next_value, at, next_end = more
        if next_kind in ("digit", "teen", "ten") and sep in (" ", "and", "&", ",", "-") and next_value:
            rest = _cardinal(flat, at, next_end, next_kind, next_value, limit=scale)
        elif next_kind == "digits" and digits and (sep == " " or scale == 1000) and scale == 1000 and sep in (" ", "and", "&"):
            rest = _cardinal(flat, at, next_end, next_kind, next_value, limit=scale, digits=True)
        if rest is not None and rest.value is not None:
            return Numeral(start, rest.end, value + rest.value)
    form = "integer" if isinstance(value, int) else "decimal"
    return Numeral(start, end, value, form, scale=scale_word)


def _scaled(flat: str, found: Numeral, *, digits: bool) -> Numeral:
    """The number with the scale words and parts that follow it: 2.5 million, 3 hundred and 21, 2 million and a half."""
    assert found.value is not None
    if not flat[found.end : found.end + 2].strip()[:1].isalpha() and flat[found.end : found.end + 1] != "-":
        return found
    value = found.value
    whole = _cardinal(flat, found.start, found.end, "digits", value, limit=None, digits=digits)
    if whole is None or whole.end == found.end:
        return found
    return _with_parts(flat, whole)


def _with_parts(flat: str, found: Numeral) -> Numeral:
    """The cardinal with what refines it: "point five", "and a half", or a denominator that makes it a fraction."""
    assert found.value is not None
    if point := _POINT.match(flat, found.end):
        return _pointed(flat, found, point.end())
    if fraction := _fraction(flat, found):
        return fraction
    part = _AND_PART.match(flat, found.end)
    if not part:
        return found
    word = _NEXT.match(flat, part.end())
    if not word or word[1]:
        return found
    share = _one_share(flat, word) if part[0].endswith(("a ", "an ")) else _counted_share(flat, word)
    if share is None:
        return found
    amount, end = share
    more = _peek(flat, end)
    if more and more[1] == "scale" and more[0] == " " and (found.scale == 1 or more[2] < found.scale):
        value = _times(found.value + amount, more[2]) if found.scale == 1 else found.value + _times(amount, more[2])
        return Numeral(found.start, more[4], value, _form(value), scale=more[2])
    value = found.value + (_times(amount, found.scale) if found.scale >= 1000 else amount)
    return Numeral(found.start, end, value, _form(value))


def _form(value: float) -> str:
    return "integer" if isinstance(value, int) else "decimal"


def _one_share(flat: str, word: re.Match[str]) -> tuple[float, int] | None:
    """ "half", "quarter", "third" after "and a"."""
    parts, plural = vocabulary().denominators.get(word[2], (0, True))
    return None if plural or not parts else (1 / parts, word.end())


def _counted_share(flat: str, word: re.Match[str]) -> tuple[float, int] | None:
    """ "one half", "three quarters", "fifty-four hundredths" after "and"."""
    kind, value = vocabulary().cardinals.get(word[2], ("", 0))
    if kind not in ("digit", "teen", "ten"):
        return None
    small, end = _small(flat, word.end(), kind, value)
    fraction = _fraction(flat, Numeral(word.start(2), end, small))
    return None if fraction is None or fraction.value is None else (fraction.value, fraction.end)


def _fraction(flat: str, found: Numeral) -> Numeral | None:
    """The cardinal as a numerator, where a denominator follows: "two thirds", "one-fifth", "three twenty-firsts"."""
    more = _NEXT.match(flat, found.end)
    if not more or more[1].strip(" ") not in ("", "-") or not more[1] or found.value is None:
        return None
    parts, plural = vocabulary().denominators.get(more[2], (0, False))
    kind, ten = vocabulary().cardinals.get(more[2], ("", 0))
    numerator, end = found.value, more.end()
    if kind == "ten":
        unit = _NEXT.match(flat, end)
        unit_parts, plural = vocabulary().denominators.get(unit[2], (0, False)) if unit and unit[1] in ("-", " ") else (0, False)
        if not unit or not 2 < unit_parts < 10:
            return None
        parts, end = ten + unit_parts, unit.end()
    if not parts or not (plural or numerator == 1) or not numerator:
        return None
    return _share(flat, Numeral(found.start, end, numerator / parts, "fraction"), parts)


def _share(flat: str, found: Numeral, parts: int) -> Numeral:
    """The fraction, multiplied out where a magnitude follows: "half a million", "two thirds of a million", "half a dozen"."""
    link = _OF_SCALE.match(flat, found.end)
    if link is None and flat[found.end : found.end + 1] != "-":
        return found
    more = _peek(flat, link.end() if link else found.end)
    if more is None or more[1] not in ("scale", "dozen", "hundred") or more[0] not in ("", "-") or found.value is None:
        return found
    if flat[more[3] : more[4]].endswith("s"):
        return found
    value = _times(found.value, more[2])
    return Numeral(found.start, more[4], value, _form(value), scale=more[2])


def _pointed(flat: str, found: Numeral, pos: int) -> Numeral:
    """The cardinal with decimals in words: "two hundred point zero three", "nought point eleven"."""
    decimals, end = "", found.end
    word = _NEXT.match(flat, pos)
    while word and word[1] in ("", " ") and len(decimals) < MAX_DIGITS:
        kind, value = vocabulary().cardinals.get(word[2], ("", 0))
        if kind not in ("digit", "teen", "ten"):
            break
        value, end = _small(flat, word.end(), kind, value)
        decimals += str(value)
        if kind != "digit":
            break
        word = _NEXT.match(flat, end)
    if not decimals:
        return found
    value = float(f"{found.value}.{decimals}")
    return _scaled(flat, Numeral(found.start, end, value, "decimal"), digits=False)


def _vague(flat: str, start: int, end: int, kind: str, low: int, high: int) -> Numeral | None:
    """ "several", "a few thousand", "dozens", "tens of thousands", "a handful": bounds by convention."""
    begin = _article(flat, start)
    if kind in ("lead", "noun"):
        lead = flat[begin:end]
        if (begin == start) != (lead == "several"):
            return None
        at = end + 3 if flat.startswith(" of", end) and kind == "noun" else end
        more = _peek(flat, at)
        if more and more[1] in ("hundred", "scale", "dozen") and more[0] == " " and more[4] - more[3] > 3:
            factor = more[2]
            scale_end = more[4]
            after = _peek(flat, scale_end)
            while after and after[1] == "scale" and after[0] == " ":
                factor, scale_end = factor * after[2], after[4]
                after = _peek(flat, scale_end)
            if factor > 10**18:
                return None
            if low == high:
                return Numeral(begin, scale_end, low * factor, "vague", low * factor, low * factor, lead=lead)
            top = 99 if factor == 12 else 10 * factor - 1
            return Numeral(begin, scale_end, None, "vague", 24 if factor == 12 else 2 * factor, top, lead=lead)
        if low == high:
            return Numeral(begin, end, low, "vague", low, high)
        return Numeral(begin, end, None, "vague", low, high)
    vague = vocabulary().vague
    for _ in range(3):
        link = _PLURAL_OF.match(flat, end)
        if not link or link[1] not in vague or vague[link[1]][0] != "plural":
            break
        factor = vocabulary().cardinals[link[1][:-1]][1] if link[1][:-1] in vocabulary().cardinals else 0
        if factor < 100:
            break
        low, high, end = low * factor, (high + 1) * factor - 1, link.end()
    return Numeral(start, end, None, "vague", low, high)


_PLURAL_OF = re.compile(r" of ([a-z]+s)\b")
