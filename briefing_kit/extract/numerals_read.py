"""Numbers at a place in a text, as written: digits with any grouping, fractions, vague magnitudes, multiples.

The two doors are `read_digits` and `read_words`; both work on the flat text (see `numerals`).
"""

from __future__ import annotations

import re
from functools import cache

from briefing_kit.extract.numerals import Numeral, Word, cardinal, form_of, next_word, number_words, peek
from briefing_kit.extract.numerals_parts import article_before, of_scale, refined

VULGAR = {"\u00bd": (1, 2), "\u2153": (1, 3), "\u2154": (2, 3), "\u00bc": (1, 4), "\u00be": (3, 4), "\u2155": (1, 5), "\u2156": (2, 5)} | {
    "\u2157": (3, 5),
    "\u2158": (4, 5),
    "\u2159": (1, 6),
    "\u215a": (5, 6),
    "\u215b": (1, 8),
    "\u215c": (3, 8),
    "\u215d": (5, 8),
    "\u215e": (7, 8),
}
_POWERS = {str(10**exponent): 10**exponent for exponent in range(1, 7)}
_MAX_DIGITS = 18  # longer runs of digits are identifiers
_GROUPED = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d\d)+,\d{3}|\d+)(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+,\d{1,2}")
_SPACED = re.compile(r"\d{1,3}(?: \d{3}){1,5}(?![\d/:]|-?mm\b|,\d|-\d)(?:\.\d+(?![.\d]))?")
_EXPONENT = re.compile(r"e([+-]?\d{1,2})(?![\w.])| ?[x\u00d7*] ?10\^?([+-]?\d{1,2})(?!\d)|\^([+-]?\d{1,2})(?!\d)")
_SLASHED = re.compile(r"(?P<whole>\d+(?: {1,2}|-))?(?P<part>\d{1,3}) ?/ ?(?P<parts>\d{1,3})(?![\d/]|[.,]\d)")
_PLAIN_PARTS = frozenset({2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 25, 32, 40, 50, 64, 100})  # 9/11 and 7/7 are dates
_FRACTION_GOES_ON = frozenset("/-0123456789") | frozenset(VULGAR)
_EXPONENT_OPENERS = frozenset("ex\u00d7*^ ")
_TENS_OF = re.compile(r" tens of ([a-z]+s)\b")
_PLURAL_OF = re.compile(r" of ([a-z]+s)\b")
_ENDS = re.compile(r" ?(?:$|[.,;:!?)\"'\u2014]|of\b|the\b)")
_OTHER_END = re.compile(r" (?:and|to) (?:an? |one |two|three|four|five|half\b|all\b|most\b)")
_HALF_OF = re.compile(r" (?:of|the|its|their|his|her|our|all|this|that|these|those|an?)\b")
_NO_HALF = frozenset("first second other latter former top bottom lower upper the this that final better opening closing in".split())
_NO_SCORES = frozenset("test exam credit high low final match the his her their its of these those sat".split())
_SCORES = re.compile(r" (?:of|more|were|are|have|had|killed|dead|wounded|injured|others)\b")


def read_digits(flat: str, start: int, end: int) -> Numeral | None:
    """The number whose first digit is at `start`, with `end` after its run of digits, points and commas."""
    written = flat[start:end]
    value: float
    if flat.startswith("s of ", end) and (power := _POWERS.get(written.replace(",", ""))):
        return _of_magnitudes(flat, start, end + 1, power, 10 * power - 1)  # "100s of people"
    if written.isdigit():
        if len(written) > _MAX_DIGITS:
            return None
        value = int(written)
        if (
            len(written) <= 3
            and flat[end : end + 1] == " "
            and flat[end + 1 : end + 4].isdigit()
            and (spaced := _SPACED.match(flat, start))
        ):
            end, written = spaced.end(), spaced[0].replace(" ", "")
            value = float(written) if "." in written else int(written)
        elif flat[end : end + 3].lstrip()[:1] in _FRACTION_GOES_ON and (mixed := _mixed(flat, start, end, value)):
            return mixed
    elif len(written) <= 2 * _MAX_DIGITS and _GROUPED.fullmatch(written):
        written = written.replace(",", "")
        value = float(written) if "." in written else int(written)
    elif len(written) <= _MAX_DIGITS and _DECIMAL_COMMA.fullmatch(written):
        value = float(written.replace(".", "").replace(",", "."))
    else:
        return None
    if flat[start - 1 : start] == "." and isinstance(value, int) and not flat[max(0, start - 2) : start - 1].strip("(~- \n"):
        start, value = start - 1, float("0." + written)
    if flat[end : end + 1] in _EXPONENT_OPENERS and (exponent := _EXPONENT.match(flat, end)):
        end = exponent.end()
        if exponent[3]:
            power = int(exponent[3])
            if not 0 < value <= 1e6 or abs(power) > 40:
                return None
            value = float(value) ** power
        else:
            value = float(f"{value}e{int(exponent[1] or exponent[2])}")
    word = next_word(flat, end)
    if word is None or word[2] not in _going_on():
        return Numeral(start, end, value, form_of(value))
    found = cardinal(flat, start, end, "digits", value, digits=True)
    return refined(flat, found) if found else None


@cache
def _going_on() -> frozenset[str]:
    """The words that digits may go on with as one number: "5 million", "3 and a half", "2 over 3"."""
    words = number_words()
    return frozenset({*words.cardinals, *words.denominators, "a", "an", "over", "point"})


def _mixed(flat: str, start: int, end: int, whole: float) -> Numeral | None:
    """2 1/2, 2\u00bd or 3/4: an integer that goes on as a fraction."""
    if flat[end] in VULGAR:
        part, parts = VULGAR[flat[end]]
        return cardinal(flat, start, end + 1, "digits", whole + part / parts, digits=True)
    found = _SLASHED.match(flat, start)
    if not found:
        return None
    part, parts = int(found["part"]), int(found["parts"])
    if part >= parts or parts not in _PLAIN_PARTS:
        return None
    if found["whole"]:
        return cardinal(flat, start, found.end(), "digits", whole + part / parts, digits=True)
    return Numeral(start, found.end(), part / parts, "fraction")


def read_vulgar(flat: str, start: int) -> Numeral:
    """A number that is one vulgar-fraction character, such as \u00be."""
    part, parts = VULGAR[flat[start]]
    return Numeral(start, start + 1, part / parts, "fraction")


def read_words(flat: str, start: int, end: int) -> Numeral | None:
    """The number whose first number word is flat[start:end]; an article before it ("a hundred") belongs to it."""
    word = flat[start:end]
    words = number_words()
    if word in words.vague:
        return _vague(flat, start, end)
    if word in words.multiples:
        return Numeral(start, end, words.multiples[word], "frequency" if word in ("once", "twice") else "multiple")
    kind, value = words.cardinals.get(word, ("", 0))
    article = article_before(flat, start)
    if kind in ("digit", "teen", "ten"):
        found = cardinal(flat, start, end, kind, value)
        return refined(flat, found) if found else None
    if kind:
        if flat[start - 1 : start] == " " and flat[max(0, start - 2) : start - 1].isdigit():
            return None  # the scale of a number that could not be read: "X500 million"
        found = cardinal(flat, start, start, "digit", 1)
        return refined(flat, found._replace(start=article)) if found and found.end > start else None
    return _bare_share(flat, start, end, article)


def _bare_share(flat: str, start: int, end: int, article: int) -> Numeral | None:
    """A fraction word with no number before it: "a third", "half the force", "half a million"."""
    word = flat[start:end]
    parts, plural = number_words().denominators[word]
    if plural or flat[start - 1 : start] == "-":
        return None
    found = of_scale(flat, Numeral(article, end, 1 / parts, "fraction"))
    if found.form != "fraction":
        return found if word in ("half", "quarter") or article != start else None
    before = flat[max(0, article - 20) : article].split()
    known = before[-1] if before else ""
    if known in ("between", "from") and _OTHER_END.match(flat, end):
        return found
    if article == start:
        if len(before) > 1 and before[-2] in ("the", "its", "their", "this", "that"):
            return None  # "the northern half" is a place
        return found if word == "half" and known not in _NO_HALF and (_HALF_OF.match(flat, end) or known in _FRACTION_CUES) else None
    if _ENDS.match(flat, end) or word in ("half", "quarter"):
        return None if flat[end : end + 1] == "-" else found
    return None


_FRACTION_CUES = frozenset("than nearly almost about around least most over under by roughly approximately to some".split())


def _vague(flat: str, start: int, end: int) -> Numeral | None:
    """A vague number with its bounds by convention: "several", "a few thousand", "tens of thousands"."""
    word = flat[start:end]
    kind, low, high = number_words().vague[word]
    if kind != "plural":
        return _led(flat, start, end, kind, low, high)
    if word in ("scores", "tens"):
        before = flat[max(0, start - 12) : start].split()
        if not _SCORES.match(flat, end) or (before and before[-1] in _NO_SCORES):
            return None
    return _of_magnitudes(flat, start, end, low, high)


def _of_magnitudes(flat: str, start: int, end: int, low: int, high: int) -> Numeral:
    """The vague number flat[start:end] with the magnitudes that multiply it: "tens of thousands", "100s of millions"."""
    for _ in range(3):
        link = _PLURAL_OF.match(flat, end)
        factor = number_words().cardinals.get(link[1], ("", 0))[1] if link else 0
        if not link or factor < 100:
            break
        low, high, end = low * factor, (high + 1) * factor - 1, link.end()
    return Numeral(start, end, None, "vague", low, high)


def _led(flat: str, start: int, end: int, kind: str, low: int, high: int) -> Numeral | None:
    """A vague number led by "several", "a few", "a handful of" or "a couple of", alone or before a magnitude."""
    article = article_before(flat, start)
    if (article == start) == (flat[start:end] != "several") or flat.startswith("quite ", max(0, article - 6)):
        return None
    tens = _TENS_OF.match(flat, end)
    if tens and (factor := number_words().cardinals.get(tens[1], ("", 0))[1]) >= 100:
        return Numeral(article, tens.end(), None, "vague", 20 * factor, 100 * factor - 1, lead=flat[article:end])
    after_of = end + 3 if kind == "noun" and flat.startswith(" of ", end) else end
    more = peek(flat, after_of)
    if more and more.kind in ("hundred", "scale", "dozen") and more.separator == " ":
        return _led_magnitude(flat, article, end, more, low, high)
    if kind == "noun" and after_of == end:
        return None
    return Numeral(article, end, low if low == high else None, "vague", low, high)


def _led_magnitude(flat: str, start: int, lead_end: int, more: Word, low: int, high: int) -> Numeral | None:
    factor, end = more.value, more.end
    after = peek(flat, end)
    while after and after.kind == "scale" and after.separator == " " and factor < after.value:
        factor, end = factor * after.value, after.end
        after = peek(flat, end)
    lead = flat[start:lead_end]
    if low == high:
        return Numeral(start, end, low * factor, "vague", low * factor, low * factor, lead=lead)
    # "several hundred" is two hundred to a thousand by the conventions of the lexicon, not three to nine hundred.
    top = 99 if factor == 12 else 10 * factor - 1
    return Numeral(start, end, None, "vague", 2 * factor, top, lead=lead)
