"""English cardinals at a place in a text: number words and digits with scale words, as one number.

Everything works on the flat text: folded, in lower case, line wraps as spaces, of the same length as the text. Fractions,
vague magnitudes and digits with their separators are in `numerals_read`, which builds on this.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from briefing_kit.lexicon import read_lexicon


class Numeral(NamedTuple):
    """A number as written, half-open span and all.

    form: integer, decimal, fraction, ratio, vague, multiple, frequency. A vague number has `low` and `high` instead of a
    `value`. `scale` is the last scale word ("3 million": 10**6, "three hundred": 100), else 1; `lead` is the vague word
    before a magnitude ("several" hundred); `joined` is what an "and" added last (3 in "one hundred and three").
    """

    start: int
    end: int
    value: float | None
    form: str = "integer"
    low: float | None = None
    high: float | None = None
    scale: int = 1
    lead: str | None = None
    joined: int = 0


class NumberWords(NamedTuple):
    """The number words of the lexicon by written form."""

    cardinals: dict[str, tuple[str, int]]  # kind and value
    denominators: dict[str, tuple[int, bool]]  # parts, and whether the word is a plural
    vague: dict[str, tuple[str, int, int]]  # kind, low, high
    multiples: dict[str, float]


class Word(NamedTuple):
    """A number word or digits found after a number: what separates it, its kind, value and span."""

    separator: str
    kind: str
    value: int
    start: int
    end: int


_SMALL = ("digit", "teen", "ten")
_AND = ("and", "&", "-and-")  # not ", and", which opens another figure
_NEXT = re.compile(r"(,? {1,3}and {1,3}|,? & |-and-|, | ?- ?| {1,3}|)([a-z]+|\d+(?:[.,]\d+)*)")


@cache
def number_words() -> NumberWords:
    """The number words of the lexicon, with the plurals made."""
    cardinals: dict[str, tuple[str, int]] = {}
    denominators: dict[str, tuple[int, bool]] = {}
    multiples: dict[str, float] = {}
    for row in read_lexicon("number_words"):
        word, kind = row["word"], row["kind"]
        if kind == "multiple":
            multiples[word] = float(row["value"])
        elif kind == "denominator":
            denominators[word] = (int(row["value"]), False)
            denominators["halves" if word == "half" else word + "s"] = (int(row["value"]), True)
        else:
            cardinals[word] = (kind, int(row["value"]))
            if kind in ("hundred", "scale", "dozen"):
                cardinals[word + "s"] = (kind, int(row["value"]))
    vague = {row["word"]: (row["kind"], int(row["low"]), int(row["high"])) for row in read_lexicon("vague_magnitudes")}
    return NumberWords(cardinals, denominators, vague, multiples)


def next_word(flat: str, pos: int) -> re.Match[str] | None:
    """The next word or digits with the separator before it (groups 2 and 1), whatever word it is."""
    return _NEXT.match(flat, pos)


def peek(flat: str, pos: int) -> Word | None:
    """The number word or short digits that follow at `pos`, if any."""
    found = _NEXT.match(flat, pos)
    if not found:
        return None
    word = found[2]
    known = number_words().cardinals.get(word)
    if known is None:
        if not word.isdigit() or len(word) > 6 or not found[1]:
            return None
        known = ("digits", int(word))
    separator = found[1].strip(" ") or found[1][:1]
    return Word(separator, known[0], known[1], found.start(2), found.end())


def times(value: float, factor: float) -> float:
    """The product, whole where it comes out whole (2.3 x 1000 is 2300 and not 2299.9999999999995)."""
    if isinstance(value, int) and isinstance(factor, int):
        return value * factor
    product = round(value * factor, 6)
    return int(product) if product.is_integer() else product


def form_of(value: float) -> str:
    """Whether a number is an integer or a decimal."""
    return "integer" if isinstance(value, int) else "decimal"


def small(flat: str, end: int, kind: str, value: int) -> tuple[int, int]:
    """A number below a hundred whose first word ends at `end`: its value and end."""
    if kind == "ten" and (more := peek(flat, end)) and more.kind == "digit" and more.value and more.separator in (" ", "-"):
        return value + more.value, more.end
    return value, end


def _hundreds(flat: str, end: int, kind: str, value: float, digits: bool) -> tuple[float, int, int]:
    """A number below a thousand (or "ninety-five hundred"): its value, its end, and what an "and" added."""
    if kind == "ten":
        value, end = small(flat, end, kind, int(value))
    more = peek(flat, end)
    if not more or more.kind != "hundred" or more.separator not in ("", " ", "-") or (value >= 100 and not digits) or not value:
        return value, end, 0
    value, end = times(value, 100), more.end
    more = peek(flat, end)
    if not more or not 0 < more.value < 100 or more.separator not in (" ", "-", *_AND) or not isinstance(value, int):
        return value, end, 0
    if more.kind not in _SMALL and not (digits and more.kind == "digits" and more.separator in _AND):
        return value, end, 0
    rest, rest_end = small(flat, more.end, more.kind, more.value)
    after = peek(flat, rest_end)
    if (after and after.kind == "hundred" and after.separator in (" ", "-")) or flat[rest_end : rest_end + 2] in _DECIMALS:
        return value, end, 0  # "3 hundred and 2 hundred" are two numbers
    return value + rest, rest_end, rest if more.separator in _AND else 0


_DECIMALS = frozenset(f".{digit}" for digit in range(10))


def cardinal(flat: str, start: int, end: int, kind: str, value: float, *, limit: int | None = None, digits: bool = False) -> Numeral | None:
    """The longest cardinal that opens with a number of this kind and value ending at `end`.

    With a `limit`, None where the number is not below it: what follows "thousand" must be less than a thousand. `digits`
    says that the number opens with digits, so that others may follow ("4 thousand 3 hundred and 21").
    """
    value, end, joined = _hundreds(flat, end, kind, value, digits)
    scale = 1
    more = peek(flat, end)
    while more and more.kind == "scale" and more.separator in ("", " ", "-") and value and scale < more.value:
        value, scale, end = times(value, more.value), more.value, more.end
        more = peek(flat, end)
    if limit is not None and value >= limit:
        return None
    if more and more.kind == "dozen" and more.separator in ("", " ", "-") and scale == 1:
        # "three hundred and two dozen" is 300 and two dozen.
        value = value - joined + 12 * joined if joined else times(value, 12)
        return Numeral(start, more.end, value, form_of(value), scale=12)
    if scale > 1:
        rest = _rest(flat, more, scale, digits) if more and isinstance(value, int) else None
        if rest is not None and rest.value is not None:
            return Numeral(start, rest.end, value + rest.value, scale=scale if rest.joined == rest.value else 1, joined=rest.joined)
        joined = 0
    elif value >= 100 and not joined and value % 100 == 0 and (not digits or flat.endswith("hundred", start, end)):
        scale = 100
    return Numeral(start, end, value, form_of(value), scale=scale, joined=joined)


def _rest(flat: str, more: Word, scale: int, digits: bool) -> Numeral | None:
    """What goes on after a scale word: "three hundred" of "two million three hundred"."""
    if more.kind in _SMALL and more.value and more.separator in (" ", "-", ",", *_AND):
        rest = cardinal(flat, more.start, more.end, more.kind, more.value, limit=scale)
        if rest is None or rest.value is None:
            return None
        if more.separator == ",":
            return rest if rest.value >= 100 else None  # "two thousand, five were wounded" are two numbers
        return rest._replace(joined=int(rest.value)) if more.separator in _AND and not rest.joined and rest.value < 100 else rest
    if more.kind == "digits" and digits and scale == 1000 and more.separator in (" ", *_AND):
        return cardinal(flat, more.start, more.end, "digits", more.value, limit=scale, digits=True)
    return None
