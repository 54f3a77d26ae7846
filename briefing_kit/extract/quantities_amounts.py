"""One amount: a number with its sign, currency, scale suffix and unit, and its role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from briefing_kit.extract.numerals import Numeral, form_of, number_words, times
from briefing_kit.extract.numerals_read import VULGAR, read_digits, read_vulgar, read_words
from briefing_kit.extract.quantities_roles import TOLL_NOUN, cue_words, is_no_toll, role_of, shape_end, word_before
from briefing_kit.extract.quantities_units import PARTS, YEAR, Unit, currency_before, currency_letters, is_million, unit_after, with_rate
from briefing_kit.word_patterns import trie


class Amount(NamedTuple):
    """A number with its unit; `start` and `end` take in sign, currency and unit, the numeral has its own."""

    start: int
    end: int
    numeral: Numeral
    unit: Unit | None
    role: str


_SUFFIX = re.compile(r" {1,2}([kKM])(?! ?\w)|(k|K|m|M|mm|MM|b|B|tr|T|mn|bn)(?!\w)")
_SUFFIXES = {"k": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12, "tr": 10**12}
_SCALE_AFTER = re.compile(r" (million|billion|trillion)\b")
_MINUS = re.compile(r"(?:^|(?<!\d)\s|[(\[\"'$\u00a3\u20ac])(-|minus |negative )$")
_OLD = re.compile(r"[- ]olds?\b| of age\b")
_AGED_BEFORE = re.compile(r"([A-Za-z][\w'-]{2,30}), $")
_YEARS_OLD = re.compile(r" ?(?:yo|y/o|y\.o\.)(?!\w)")
_PLACE_BEFORE = re.compile(
    r"(?:^|[.,;:!?\n\"'(]\s{0,60}|\b(?:and|but|while) )(?:On the [a-z]+ )?(?i:in|at|near|around|outside|inside|across|throughout) (?:the )?"
    r"(?:[A-Z][\w'-]* ){0,2}[A-Z][\w'-]*, $"
)
_GROUP_AFTER = re.compile(
    r", (?:mostly (?:wo)?men|mostly (?:children|civilians|boys|girls)|(?:all|most|many|some|half) of (?:them|whom)|among them)\b"
)
_WORDS_AFTER = re.compile(r"[ -]([a-z]+(?:-[a-z]+)?)(?: ([a-z]+))?")
_RATIO = re.compile(r" (out of(?: every| the)?|in every|in|of every) (?=[a-z\d])|-(in)-(?=[a-z\d])|:(?=\d)")
_NOUN_IN = re.compile(r" [a-z]+ in (?:every )?(?=[a-z\d])")
_SHARE_CLOSED = re.compile(r" (?:is|are|was|were|has|have|had|can|cannot|do|does|did|will|lives?|now|there)\b| ?(?:[.,;:)]|$)")
_TIMES_AS = re.compile(
    r" times(?= (?:as|more|higher|larger|greater|bigger|the|that|its|their|lower|less|fewer|over)\b)|[- ]?fold\b"
    r"| ?x(?= (?:more|higher|larger)\b)"
)
_AS_MANY = re.compile(r" (?:as (?:many|much|large|high|big|long)|the|that|their|its)\b")
_BAD_BEFORE = frozenset("/%=&#@_\\^+")
_NO_AMOUNT = re.compile(r"[/+]\d|'s\b")  # 9/11, 5+5, the 90's
_NOUN_AFTER = re.compile(r" [a-z]")
_JUNK = re.compile(r"[\w.,:/-]{0,60}\w|")
_PHONE = re.compile(r"\d[\d ()-]{6,18}\d")
_AND_PART = re.compile(r",? (?:and )?(?=[\da-z])")
_BARE_CENTS = re.compile(r"(?=\.?$|[.;:!?)](?:\s|$)| more\b)")
_INCHES_AFTER = re.compile(r" ?in\b")


@cache
def scanner() -> re.Pattern[str]:
    """A number as it opens: digits, a number word, a vulgar fraction."""
    return re.compile(rf"[0-9]+(?:[.,][0-9]+)*|\b(?:{_words_tree()})\b|[{''.join(VULGAR)}]")


def _words_tree() -> str:
    """The words that a number may begin with, as a pattern."""
    words = number_words()
    known = {*words.cardinals, *words.denominators, *words.vague, *words.multiples}
    known = {word for word in known if len(word) > 4 or (len(word) > 2 and words.cardinals.get(word, ("", 0))[0] != "scale")}
    return rf"{trie(known)}|no(?= {TOLL_NOUN})"  # "no casualties"


@cache
def _beginning() -> re.Pattern[str]:
    """A digit, or what stands before a number word: one set of characters to look for, which the search skips to at full speed."""
    return re.compile(rf"[^a-z](?:(?<=[0-9{''.join(VULGAR)}])()|(?=(?:{_words_tree()})\b))")


def beginnings(flat: str) -> Iterator[int]:
    """Where the scanner may find a number, in order; every digit is such a place."""
    yield 0
    for found in _beginning().finditer(flat):
        yield found.start() if found.lastindex else found.end()


def read_amount(text: str, flat: str, hit: re.Match[str], limit: int) -> tuple[Amount | None, int]:
    """The amount at a hit of the scanner, or None where it is no number; and where to look on.

    What stands before `limit` belongs to the amount before.
    """
    start, end = hit.span()
    numeral: Numeral | None
    digits = "0" <= flat[start] <= "9"
    if digits:
        if start and not _may_start(text, flat, start):
            phone = _PHONE.match(flat, start) if flat[start - 1] == "+" else None
            return None, phone.end() if phone else _junk_end(flat, end)
        shape = shape_end(flat, start, end)
        if shape:
            return None, max(shape, end)
        numeral = read_digits(flat, start, end)
        if numeral is None or _NO_AMOUNT.match(flat, numeral.end):
            return None, _junk_end(flat, end)
    elif flat[start] in VULGAR:
        numeral = read_vulgar(flat, start)
    elif flat[start:end] == "no":
        if not is_no_toll(flat, start, end):
            return None, end
        numeral = Numeral(start, end, 0)
    elif start and flat[start - 1] == "-" and not flat[max(0, start - 2) : start - 1].isdigit():
        return None, end
    else:
        numeral = read_words(flat, start, end)
        if numeral is None:
            return None, end
    numeral = _signed(text, _ratio(flat, numeral, digits))
    amount, stop = _measured(text, flat, numeral, digits, limit)
    return amount, max(stop, end)


def _may_start(text: str, flat: str, start: int) -> bool:
    """Whether a number may begin at this digit, by the character before it."""
    before = flat[start - 1]
    if before.isalnum():
        letters = _LETTERS.search(text, max(0, start - 5), start) if before.isalpha() else None
        return letters is not None and (letters[0].lower() in _CODES or letters[0] in currency_letters())
    if before == "-":
        return not flat[max(0, start - 2) : start - 1].isalpha() or _SUFFIXED.search(flat, max(0, start - 5), start) is not None
    return before not in _BAD_BEFORE


_LETTERS = re.compile(r"(?<![\w.-])[A-Za-z]{2,4}$")
_SUFFIXED = re.compile(r"\d(?:k|m|b|mn|bn|tn|tr|km|kg|mm|cm|mg|ml|ft|lb)-$")  # "2bn-3bn"
_CODES = frozenset({"usd", "eur", "gbp", "lyd", "chf", "jpy", "cny", "rmb", "egp", "tnd", "dzd", "iqd", "aud", "cad"})


def _junk_end(flat: str, end: int) -> int:
    """The end of the unspaced run of characters that goes on after `end`."""
    found = _JUNK.match(flat, end)
    return found.end() if found else end


def _signed(text: str, found: Numeral) -> Numeral:
    """The number with a minus sign or "minus" before it."""
    before = text[found.start - 2 : found.start] if found.start > 1 else text[: found.start]
    if found.value is None or not (before[-1:] == "-" or before in ("s ", "e ")):
        return found
    sign = _MINUS.search(text[max(0, found.start - 10) : found.start].lower())
    if not sign or (sign[1] == "-" and text[found.start - 2 : found.start - 1] == "\n"):
        return found  # a hyphen at the start of a line is a bullet
    return found._replace(start=found.start - len(sign[1]), value=-found.value)


def _ratio(flat: str, found: Numeral, digits: bool) -> Numeral:
    """The number with what makes it a ratio ("two out of three", "3:1") or a multiple ("three times as many", "10-fold")."""
    if found.form != "integer" and found.form != "frequency" and found.form != "decimal":
        return found
    if found.form == "frequency":
        return found._replace(form="multiple") if _AS_MANY.match(flat, found.end) and flat[found.start : found.end] == "twice" else found
    following = flat[found.end : found.end + 2]
    if following in (" t", "-f", "fo", " f", " x", "x ") and (multiple := _TIMES_AS.match(flat, found.end)):
        return found._replace(end=multiple.end(), form="multiple")
    if found.value == 1 and flat.startswith(("one ", "1 "), found.start) and (noun := _NOUN_IN.match(flat, found.end)):
        return _one_in(flat, found, noun)
    if following not in (" o", " i", "-i") and following[:1] != ":":
        return found
    link = _RATIO.match(flat, found.end)
    hit = scanner().match(flat, link.end()) if link else None
    if not link or not hit or found.value is None or not found.value:
        return found
    whole = read_digits(flat, *hit.span()) if hit[0][0].isdigit() else read_words(flat, *hit.span())
    if whole is None or not whole.value or whole.form != "integer" or found.form != "integer":
        return found
    if link[0] == ":":
        return Numeral(found.start, whole.end, found.value / whole.value, "ratio")
    if found.value > whole.value or ("in" in (link[1], link[2]) and not _is_share(flat, found, whole, hit[0][0].isdigit() == digits)):
        return found
    return Numeral(found.start, whole.end, found.value / whole.value, "ratio")


def _one_in(flat: str, found: Numeral, noun: re.Match[str]) -> Numeral:
    """The share "one child in ten", where nothing is counted after it; else the number as it is."""
    hit = scanner().match(flat, noun.end())
    if hit is None:
        return found
    whole = read_digits(flat, *hit.span()) if hit[0][0].isdigit() else read_words(flat, *hit.span())
    if whole is None or whole.form != "integer" or not whole.value or not _SHARE_CLOSED.match(flat, whole.end):
        return found
    return Numeral(found.start, whole.end, 1 / whole.value, "ratio") if _is_share(flat, found, whole, True) else found


def _is_share(flat: str, found: Numeral, whole: Numeral, alike: bool) -> bool:
    """Whether "one in five" is a share; "killed four in 10 attacks" and "two in three days" are not."""
    if found.value is None or whole.value is None or found.value == whole.value:
        return False
    usual = whole.value in (3, 4, 5, 10, 20, 50, 100, 1000, 10000, 100000, 10**6) and found.value < 10
    if not (usual or (found.value == 1 and whole.value < 1900)) or not (alike or found.value == 1):
        return False
    return not (_TIME_AFTER.match(flat, whole.end) or word_before(flat, found.start) in cue_words("harm"))


_TIME_AFTER = re.compile(r"[ -](?:\w+ )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\b")


def _measured(text: str, flat: str, numeral: Numeral, digits: bool, limit: int) -> tuple[Amount | None, int]:
    """The numeral with its currency, suffix and unit, and its role; and where to look on."""
    begin, stop = numeral.start, numeral.end
    money = currency_before(text, begin, limit)
    if digits and numeral.scale == 1 and numeral.value is not None and text[stop : stop + 2].lstrip()[:1] in _SUFFIX_OPENERS:
        suffix = _SUFFIX.match(text, stop)
        if suffix and (money or suffix[2] not in ("m", "mm") or (suffix[2] == "m" and is_million(text, flat, numeral, suffix.end()))):
            stop = suffix.end()
            factor = _SUFFIXES[(suffix[1] or suffix[2]).lower()]
            value = times(numeral.value, factor)
            numeral = numeral._replace(end=stop, value=value, scale=factor, form=form_of(value))
    unit: Unit | None = None
    after = unit_after(text, flat, numeral, stop)
    if money:
        unit, begin = money
        if begin and text[begin - 1] == "-" and not text[max(0, begin - 2) : begin - 1].isalnum() and numeral.value is not None:
            begin, numeral = begin - 1, numeral._replace(value=-numeral.value)
        unit, stop = after if after and after[0].name.startswith(unit.name) else with_rate(flat, unit, stop)
    elif after:
        unit, stop = after
        if unit.unit_class == "money" and numeral.value is not None and (scale := _SCALE_AFTER.match(flat, stop)):
            factor = number_words().cardinals[scale[1]][1]  # "75 USD million"
            numeral, stop = numeral._replace(value=times(numeral.value, factor), scale=factor), scale.end()
    elif digits and stop == numeral.end and _runs_on(text, stop) and numeral.form != "multiple" and not _YEARS_OLD.match(flat, stop):
        return None, _junk_end(flat, stop)
    if unit is not None:
        if unit.factor != 1 and numeral.value is not None:
            numeral = numeral._replace(value=times(numeral.value, unit.factor), scale=unit.factor)
        numeral, stop = _with_part(text, flat, numeral, unit, stop)
    elif (numeral.value or 0) < 0 and text[numeral.start] == "-" and _NOUN_AFTER.match(flat, stop):
        begin, numeral = numeral.start + 1, numeral._replace(start=numeral.start + 1, value=-(numeral.value or 0))  # a dash, no minus
    role, unit, stop = _role(text, flat, numeral, unit, stop, digits)
    return Amount(begin, stop, numeral, unit, role), max(stop, numeral.end)


def _runs_on(text: str, stop: int) -> bool:
    """Whether digits run into letters that are no unit: "48th", "3D", "24703L202"."""
    return text[stop : stop + 1].isalpha() or text[stop : stop + 1] == "_"


_SUFFIX_OPENERS = frozenset("kKmMbBtT")


def _with_part(text: str, flat: str, numeral: Numeral, unit: Unit, stop: int) -> tuple[Numeral, int]:
    """The amount with its smaller unit, in the larger: "5 feet 2 inches", "3 dollars 50 cents"."""
    if numeral.value is None or (unit.name not in ("foot", "pound") and unit.unit_class != "money"):
        return numeral, stop
    link = _AND_PART.match(flat, stop)
    hit = scanner().match(flat, link.end()) if link else None
    if not link or not hit:
        return numeral, stop
    small = read_digits(flat, *hit.span()) if hit[0][0].isdigit() else read_words(flat, *hit.span())
    if small is None or small.value is None or not 0 < small.value < 100 or small.start != hit.start():
        return numeral, stop
    after = unit_after(text, flat, small, small.end)
    if after is None and unit.name == "foot" and (inches := _INCHES_AFTER.match(flat, small.end)):
        return numeral._replace(value=numeral.value + small.value / 12, form="decimal"), inches.end()
    if after and (share := PARTS.get((unit.name, after[0].name)) or (after[0].part if unit.unit_class == "money" else 0)):
        return numeral._replace(value=numeral.value + small.value * share, form="decimal"), after[1]
    if not after and unit.unit_class == "money" and small.value >= 10 and _BARE_CENTS.match(flat, small.end):
        return numeral._replace(value=numeral.value + small.value / 100, form="decimal"), small.end
    return numeral, stop


def _role(text: str, flat: str, numeral: Numeral, unit: Unit | None, stop: int, digits: bool) -> tuple[str, Unit | None, int]:
    """The role of an amount, with the unit and end it has in that role."""
    if unit is not None:
        if unit.unit_class == "duration":
            return _duration_role(text, flat, numeral, unit, stop)
        if unit.name == "millimetre" and _is_calibre(flat, stop):
            return "designation", unit, stop
        return "measure", unit, stop
    role = role_of(text, flat, numeral, digits=digits)
    if role != "measure" or numeral.value is None or not 0 < numeral.value < 120:
        return role, None, stop
    if flat[stop : stop + 2].lstrip()[:1] == "y" and (short := _YEARS_OLD.match(flat, stop)):
        return "age", YEAR, short.end()
    if flat.endswith(("age ", "aged ", "age of "), 0, numeral.start) and word_before(flat, numeral.start) in ("age", "aged", "of"):
        return "age", YEAR, stop
    if numeral.value > 5 and text[stop : stop + 2] == ", " and _is_aged(text, flat, numeral.start, stop):
        return "age", YEAR, stop
    return "measure", None, stop


def _duration_role(text: str, flat: str, numeral: Numeral, unit: Unit, stop: int) -> tuple[str, Unit | None, int]:
    """A duration is an age ("29 years old"), part of a name ("the Seven Years War", "60 Minutes"), a year, or a measure."""
    if old := _OLD.match(flat, stop):
        return "age", unit, old.end()
    if flat.endswith("age of ", 0, numeral.start):
        return "age", unit, stop
    word = text[numeral.end : stop].lstrip(" -")
    if word[:1].isupper() and not word.isupper() and text[max(0, numeral.start - 2) : numeral.start - 1].islower():
        return "designation", None, stop
    if numeral.end - numeral.start == 4 and 1900 <= (numeral.value or 0) < 2100 and word == unit.name and text[numeral.end] == " ":
        return "year", None, stop
    return "measure", unit, stop


def _is_calibre(flat: str, stop: int) -> bool:
    """Whether a weapon follows: "155mm howitzer", "7.62mm machine guns", "120mm calibre"."""
    found = _WORDS_AFTER.match(flat, stop)
    return found is not None and not cue_words("weapon").isdisjoint(found.groups())


def _is_aged(text: str, flat: str, start: int, stop: int) -> bool:
    """Whether a person stands before a number between commas: "Salem Omar, 54, resigned", but not "In Gao, 54 died"."""
    named = _AGED_BEFORE.search(text, max(0, start - 24), start)
    word = named[1] if named else ""
    if word in cue_words("aged"):
        return True
    if not word[:1].isupper() or word.lower() in cue_words("no_age") or word.isupper():
        return False
    return not (_GROUP_AFTER.match(flat, stop) or _PLACE_BEFORE.search(text, max(0, start - 60), start))
