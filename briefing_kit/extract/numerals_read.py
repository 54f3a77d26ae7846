"""Numbers at a place in a text, as written: digits with any grouping, fractions, vague magnitudes, multiples.

The two doors are `read_digits` and `read_words`; both work on the flat text (see `numerals`).
"""

from __future__ import annotations

import re

from briefing_kit.extract.numerals import Numeral, Word, cardinal, form_of, next_word, number_words, peek, small, times

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
_MAX_DIGITS = 18  # longer runs of digits are identifiers
_GROUPED = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d\d)+,\d{3}|\d+)(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+,\d{1,2}")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?![\d/:]|,\d|-\d)(?:\.\d+(?![.\d]))?")
_EXPONENT = re.compile(r"e([+-]?\d{1,2})(?![\w.])| ?[x\u00d7*] ?10\^?([+-]?\d{1,2})(?!\d)|\^([+-]?\d{1,2})(?!\d)")
_SLASHED = re.compile(r"(?P<whole>\d+(?: {1,2}|-))?(?P<part>\d{1,3}) ?/ ?(?P<parts>\d{1,3})(?![\d/]|[.,]\d)")
_PLAIN_PARTS = frozenset({2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 25, 32, 40, 50, 64, 100})  # 9/11 and 7/7 are dates
_FRACTION_OPENERS = frozenset(" /-") | frozenset(VULGAR)
_EXPONENT_OPENERS = frozenset("ex\u00d7*^ ")
_POINT = re.compile(r" {1,3}point {1,3}(?=[a-z])")
_AND_PART = re.compile(r" {1,3}and (an? )?(?=[a-z])")
_OF_SCALE = re.compile(r"(?: of)?(?: an?)? {1,3}(?=[a-z])|-")
_OVER = re.compile(r" over (?=[a-z\d])")
_PLURAL_OF = re.compile(r" of ([a-z]+s)\b")
_ENDS = re.compile(r" ?(?:$|[.,;:!?)\"'\u2014]|of\b|the\b)")
_HALF_OF = re.compile(r" (?:of|the|its|their|his|her|our|all|this|that|these|those|an?)\b")
_NO_HALF = frozenset("first second other latter former top bottom lower upper the this that final better opening closing in".split())
_NO_SCORES = frozenset("test exam credit high low final match the his her their its of these those sat".split())
_SCORES = re.compile(r" (?:of|more|were|are|have|had|killed|dead|wounded|injured|others)\b")


def read_digits(flat: str, start: int, end: int) -> Numeral | None:
    """The number whose first digit is at `start`, with `end` after its run of digits, points and commas."""
    written = flat[start:end]
    value: float
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
        elif flat[end : end + 1] in _FRACTION_OPENERS and (mixed := _mixed(flat, start, end, value)):
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
            if value == 0 or value > 1e6:
                return None
            value = float(value) ** int(exponent[3])
        else:
            value = float(f"{value}e{int(exponent[1] or exponent[2])}")
    following = flat[end : end + 2]
    if not (following[:1].isalpha() or following[:1] == "-" or (following[:1] == " " and following[1:].isalpha())):
        return Numeral(start, end, value, form_of(value))
    found = cardinal(flat, start, end, "digits", value, digits=True)
    return _refined(flat, found) if found else None


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
        return _refined(flat, found) if found else None
    if kind:
        found = cardinal(flat, start, start, "digit", 1)
        return _refined(flat, found._replace(start=article)) if found and found.end > start else None
    return _bare_share(flat, start, end, article)


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


def _refined(flat: str, found: Numeral) -> Numeral | None:
    """The cardinal with what refines it: "point five", a denominator, "and a half"; None where it is an ordinal."""
    following = flat[found.end : found.end + 1]
    if following not in (" ", "-") or found.value is None:
        return found
    if point := _POINT.match(flat, found.end):
        return _pointed(flat, found, point.end())
    word = next_word(flat, found.end)
    if word and (word[2] in number_words().denominators or word[2] in _ORDINALS):
        return _denominated(flat, found, word)
    if word and word[2].isalpha() and number_words().cardinals.get(word[2], ("", 0))[0] == "ten" and word[1] in (" ", "-"):
        return _denominated_by_compound(flat, found, word)
    if over := _OVER.match(flat, found.end):
        return _divided(flat, found, over.end())
    part = _AND_PART.match(flat, found.end)
    share = _part(flat, part) if part else None
    if share is None:
        return found
    return _plus_part(flat, found._replace(end=share[1]), share[0])


def _part(flat: str, link: re.Match[str]) -> tuple[float, int] | None:
    """The part of one after "and": "a half", "three quarters", "fifty-four hundredths"."""
    word = next_word(flat, link.end())
    if not word or word[1]:
        return None
    words = number_words()
    if link[1]:
        parts, plural = words.denominators.get(word[2], (0, True))
        return None if plural or not parts else (1 / parts, word.end())
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
        return _compound_part(flat, found, word, ten, parts, plural)
    if name in _ORDINALS:
        return None if name == "first" and separator == "-" else found
    if not plural and value != 1 and not (found.joined == 1 and name in ("half", "quarter", "third")):
        return None if parts >= 100 and isinstance(value, int) else found  # "five hundredth" counts off
    if found.joined and found.joined < parts:
        return _plus_part(flat, found._replace(value=value - found.joined, end=word.end()), found.joined / parts)
    return _of_scale(flat, Numeral(found.start, word.end(), value / parts, "fraction"))


_ORDINALS = {"first": (1, False), "firsts": (1, True), "second": (2, False), "seconds": (2, True)}


def _compound_part(flat: str, found: Numeral, word: re.Match[str], ten: int, parts: int, plural: bool) -> Numeral | None:
    """A cardinal that ends in a ten before a denominator below ten: "a twenty-first", "one hundred thirty-fifths"."""
    assert found.value is not None
    article = article_before(flat, found.start)
    if word[2] in ("second", "seconds"):
        return None if word[2] == "second" and word[1] == "-" and article == found.start else found  # "a thirty-second delay"
    if not plural:
        # "a twenty-fifth" is a part of one; "the twenty-fifth" counts off.
        return Numeral(article, word.end(), 1 / (ten + parts), "fraction") if found.value == ten and article != found.start else None
    if found.value == ten:
        return Numeral(found.start, word.end(), ten / parts, "fraction") if parts > 2 else found
    return Numeral(found.start, word.end(), (found.value - ten) / (ten + parts), "fraction")


def _plus_part(flat: str, found: Numeral, amount: float) -> Numeral:
    """A cardinal and a part: of its scale ("2 million and a half"), of one ("3 and a half"), or of a scale that follows."""
    assert found.value is not None
    more = peek(flat, found.end)
    if more and more.kind == "scale" and more.separator == " " and (found.scale == 1 or more.value < found.scale):
        value = times(found.value + amount, more.value) if found.scale == 1 else found.value + times(amount, more.value)
        return Numeral(found.start, more.end, value, form_of(value), scale=more.value)
    value = found.value + (times(amount, found.scale) if found.scale >= 1000 else amount)
    return Numeral(found.start, found.end, value, form_of(value))


def _denominated_by_compound(flat: str, found: Numeral, ten: re.Match[str]) -> Numeral | None:
    """ "one twenty-fifth", "three twenty-firsts": a cardinal before a compound denominator."""
    unit = next_word(flat, ten.end())
    if not unit or unit[1] not in (" ", "-") or found.value is None:
        return found
    parts, plural = _ORDINALS.get(unit[2]) or number_words().denominators.get(unit[2], (0, False))
    if not 0 < parts < 10 or not (plural or found.value == 1):
        return found
    whole = number_words().cardinals[ten[2]][1] + parts
    return Numeral(found.start, unit.end(), found.value / whole, "fraction")


def _divided(flat: str, found: Numeral, pos: int) -> Numeral:
    """ "one over three" as a fraction, where nothing is counted after it."""
    word = next_word(flat, pos)
    kind, value = number_words().cardinals.get(word[2], ("", 0)) if word else ("", 0)
    if word and word[2].isdigit() and len(word[2]) <= 6:
        kind, value = "digits", int(word[2])
    below = cardinal(flat, word.start(2), word.end(), kind, value) if word and kind and not word[1] else None
    if below is None or not below.value or found.value is None or flat[below.end :].strip()[:1].isalnum():
        return found
    return Numeral(found.start, below.end, found.value / below.value, "fraction")


def _bare_share(flat: str, start: int, end: int, article: int) -> Numeral | None:
    """ "a third", "half the force", "half a million": a fraction word with no number before it."""
    word = flat[start:end]
    parts, plural = number_words().denominators[word]
    if plural or flat[start - 1 : start] == "-":
        return None
    found = _of_scale(flat, Numeral(article, end, 1 / parts, "fraction"))
    if found.form != "fraction":
        return found if word in ("half", "quarter") or article != start else None
    if article == start:
        before = flat[max(0, start - 12) : start].split()
        known = before[-1] if before else ""
        return found if word == "half" and known not in _NO_HALF and (_HALF_OF.match(flat, end) or known in _FRACTION_CUES) else None
    if _ENDS.match(flat, end) or word in ("half", "quarter"):
        return None if flat[end : end + 1] == "-" else found
    return None


_FRACTION_CUES = frozenset("than nearly almost about around least most over under by roughly approximately to some".split())


def _of_scale(flat: str, found: Numeral) -> Numeral:
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
    while word and word[1] in ("", " ") and len(decimals) < _MAX_DIGITS:
        kind, value = number_words().cardinals.get(word[2], ("", 0))
        if kind not in ("digit", "teen", "ten"):
            break
        value, end = small(flat, word.end(), kind, value)
        decimals += str(value)
        if kind != "digit":
            break
        word = next_word(flat, end)
    if not decimals or not isinstance(found.value, int):
        return found
    return cardinal(flat, found.start, end, "digits", float(f"{found.value}.{decimals}")) or found


def _vague(flat: str, start: int, end: int) -> Numeral | None:
    """ "several", "a few thousand", "dozens", "tens of thousands", "a handful of": bounds by convention."""
    word = flat[start:end]
    kind, low, high = number_words().vague[word]
    if kind != "plural":
        return _led(flat, start, end, kind, low, high)
    if word == "tens" and not flat.startswith(" of ", end):
        return None
    if word == "scores":
        before = flat[max(0, start - 12) : start].split()
        if not _SCORES.match(flat, end) or (before and before[-1] in _NO_SCORES):
            return None
    for _ in range(3):
        link = _PLURAL_OF.match(flat, end)
        factor = number_words().cardinals.get(link[1], ("", 0))[1] if link else 0
        if not link or factor < 100:
            break
        low, high, end = low * factor, (high + 1) * factor - 1, link.end()
    return Numeral(start, end, None, "vague", low, high)


def _led(flat: str, start: int, end: int, kind: str, low: int, high: int) -> Numeral | None:
    """ "several" and "a few", alone or before a magnitude; "a handful of", "a couple of"."""
    article = article_before(flat, start)
    if (article == start) == (flat[start:end] != "several") or flat.startswith("quite ", max(0, article - 6)):
        return None
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
