"""Quantities in a text: numbers with their bounds, approximating words and units, as written.

One scan finds the digits and number words; each is then read on from where it stands, so time is linear in the text. A span
holds the approximating words, the number and its unit ("around 100", "$5m to $7m", "several hundred square kilometres"),
without a following "of" and without the noun that is counted.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from briefing_kit.extract.numerals import Numeral, read_digits, read_vulgar, read_words, vocabulary
from briefing_kit.extract.quantities_bounds import Modifier, bounded, modifier_after, modifier_before
from briefing_kit.extract.quantities_roles import role_of, shape_end
from briefing_kit.extract.quantities_units import Unit, currency_before, unit_after
from briefing_kit.records import Quantity
from briefing_kit.textmap import fold


class _Amount(NamedTuple):
    """A number with its unit: span, numeral, unit, role."""

    start: int
    end: int
    numeral: Numeral
    unit: Unit | None
    role: str


_VULGAR = "\u00bd\u2153\u2154\u00bc\u00be\u2155\u2156\u2157\u2158\u2159\u215a\u215b\u215c\u215d\u215e"
_WRAP = re.compile(r"(?<=[^\n])\n(?=[^\n\-*\u2022\d#|>(])")
_LINK = re.compile(r"( ?-(?: ?to ?-?)? ?| and | to | or |-to-|/)(?=[\d$\u00a3\u20ac\u00a5a-z~])")
_BETWEEN = re.compile(r"(?:between|from)(?= $)")
_MOVES = re.compile(
    r"\b(?:ris\w+|rose|f[ae]ll(?:s|en|ing)?|increas\w+|decreas\w+|drop\w*|declin\w+|gr[eo]wn?|growing|cut\w*|reduc\w+|jump\w*|climb\w*|surg\w+|soar\w*|slid\w*|"
    r"up|down|went|chang\w+|rais\w+|lower\w*|boost\w*|expand\w*|shr[aiu]nk\w*|dwindl\w+|swell\w*|swollen|plung\w+|slump\w*|revis\w+|mov\w+)\b[^.;]{0,30}$"
)
_SUFFIX = re.compile(r"(k|K|m|M|mm|MM|b|B|tr|T|mn|bn)(?![A-Za-z0-9])")
_SUFFIXES = {"k": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12, "tr": 10**12}
_OLD = re.compile(r"(?:-| )old\b| of age\b")
_AGED = re.compile(r"\b(?:aged?|age of) $")
_NAME_AGE = re.compile(r"[A-Z][\w'-]+, $")
_YEARS_OLD = re.compile(r" ?(?:yo|y/o|y\.o\.)(?!\w)")
_BAD_BEFORE = frozenset("/%=&#@_\\^+")
_YEAR_UNIT = Unit("year", "duration")


@cache
def _scanner() -> re.Pattern[str]:
    words = vocabulary()
    known = {*words.cardinals, *words.denominators, *words.vague} - {"mn", "mln", "bn", "bln", "tn", "trn", "tln", "mil"}
    known = {word for word in known if len(word) > 2}
    by_letter: dict[str, list[str]] = {}
    for word in sorted(known, key=lambda w: (-len(w), w)):
        by_letter.setdefault(word[0], []).append(word[1:])
    tree = "|".join(f"{letter}(?:{'|'.join(map(re.escape, rests))})" for letter, rests in sorted(by_letter.items()))
    return re.compile(rf"\d+(?:[.,]\d+)*|\b(?:{tree})\b|[{_VULGAR}]")


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of a text in order, not overlapping; `text[start:end]` is each record's `text`.

    Numbers that count nothing (dates, years, designations, scores, list numbers, telephone numbers, ordinals, the pronoun
    "one") are left out; ages have the role "age".
    """
    folded = fold(text)
    flat = _flat(folded)
    found: list[Quantity] = []
    scan = _scanner()
    pos = 0
    while hit := scan.search(flat, pos):
        amount, pos = _amount(folded, flat, hit)
        if amount is None:
            continue
        quantity, pos = _quantity(text, folded, flat, amount, found[-1].end if found else 0)
        pos = max(pos, hit.end())
        if quantity is not None:
            found.append(quantity)
    return found


def _flat(folded: str) -> str:
    """The text in lower case with line wraps as spaces, of equal length."""
    lower = folded.lower()
    if len(lower) != len(folded):
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in folded)
    return _WRAP.sub(" ", lower) if "\n" in lower else lower


def _amount(text: str, flat: str, hit: re.Match[str]) -> tuple[_Amount | None, int]:
    """The number and unit at a hit of the scanner, or None; and where to look on."""
    start, end = hit.span()
    digits = flat[start].isdigit()
    if digits:
        if start and not _may_start(flat, start):
            return None, _junk_end(flat, end)
        if flat[end : end + 1] in ("-", "/", ":", " ", "p", "a", ".", "h") or "." in hit[0]:
            shape = shape_end(flat, start)
            if shape:
                return None, shape
        numeral = read_digits(flat, start, end)
    elif flat[start] in _VULGAR:
        numeral = read_vulgar(flat, start)
    else:
        if start and flat[start - 1] == "-" and not _after_number(flat, start):
            return None, end
        numeral = read_words(flat, start, end)
    if numeral is None:
        return None, end
    return _measured(text, flat, numeral, digits)


def _measured(text: str, flat: str, numeral: Numeral, digits: bool) -> tuple[_Amount | None, int]:
    """The numeral with its sign, currency, suffix and unit, and its role."""
    begin, stop = numeral.start, numeral.end
    money = currency_before(text, begin)
    if digits and numeral.scale == 1 and (suffix := _SUFFIX.match(text, stop)) and (money or suffix[1] not in ("m", "mm")):
        factor = _SUFFIXES[suffix[1].lower()]
        stop = suffix.end()
        numeral = numeral._replace(end=stop, value=round((numeral.value or 0) * factor, 6), scale=factor)
        if numeral.value is not None and float(numeral.value).is_integer():
            numeral = numeral._replace(value=int(numeral.value), form="integer")
    unit: Unit | None = None
    if money:
        unit, begin = money
        after = unit_after(text, flat, stop)
        if after and after[0].name.startswith(unit.name):
            unit, stop = after
    elif after := unit_after(text, flat, stop):
        unit, stop = after
    elif digits and stop == numeral.end and _letters_follow(flat, stop):
        return None, _junk_end(flat, stop)
    role = "measure"
    if unit is None:
        role = role_of(text, flat, numeral, digits=digits)
        if role == "measure":
            role, unit, stop = _age(text, flat, numeral, stop)
    elif unit.unit_class == "duration" and (old := _OLD.match(flat, stop)):
        role, stop = "age", old.end()
    return _Amount(begin, stop, numeral, unit, role), max(stop, numeral.end)


def _age(text: str, flat: str, numeral: Numeral, stop: int) -> tuple[str, Unit | None, int]:
    """The role, unit and end of a bare number that may be an age: "aged 34", "87 yo", "Name, 34, ..."."""
    if numeral.value is None or not 0 < numeral.value < 120:
        return "measure", None, stop
    short = _YEARS_OLD.match(flat, stop)
    if short:
        return "age", _YEAR_UNIT, short.end()
    window = text[max(0, numeral.start - 24) : numeral.start]
    if _AGED.search(window.lower()):
        return "age", _YEAR_UNIT, stop
    if text[stop : stop + 2] == ", " and numeral.value > 5 and _NAME_AGE.search(window):
        return "age", _YEAR_UNIT, stop
    return "measure", None, stop


def _may_start(flat: str, start: int) -> bool:
    """Whether a number may begin at this digit, by the character before it."""
    before = flat[start - 1]
    if before.isalnum():
        return flat[max(0, start - 3) : start] in _CODES
    if before in _BAD_BEFORE:
        return False
    if before == "-":
        return start < 2 or not flat[start - 2].isalpha()
    return True


_CODES = frozenset({"usd", "eur", "gbp", "lyd", "chf", "jpy", "cny", "rmb", "egp", "tnd", "dzd", "iqd", "aud", "cad"})


def _after_number(flat: str, start: int) -> bool:
    return start > 1 and flat[start - 2].isdigit()


def _letters_follow(flat: str, end: int) -> bool:
    """Whether the digits run into letters that are no unit ("48th", "3D", "24703L202")."""
    return flat[end : end + 1].isalpha() or (flat[end : end + 1] == "_")


_JUNK = re.compile(r"[\w.,:/-]*\w|")


def _junk_end(flat: str, end: int) -> int:
    """The end of the unspaced run of characters that goes on after `end`."""
    found = _JUNK.match(flat, end, end + 60)
    return found.end() if found else end


def _quantity(text: str, folded: str, flat: str, first: _Amount, limit: int) -> tuple[Quantity | None, int]:
    """The record for an amount, with the second end of a range and the words around; and where to look on."""
    second = _second(folded, flat, first)
    if second is not None:
        return _ranged(text, folded, flat, first, second, limit)
    if first.role not in ("measure", "age"):
        return None, first.end
    after = modifier_after(flat, first.end)
    end = after.end if after else first.end
    before = modifier_before(flat, first.start)
    if before and (before.start < limit or _is_duration_over(flat, before, first)):
        before = None
    numeral = first.numeral
    start = before.start if before and before.kind != "exact" else first.start
    kind = before.kind if before else after.kind if after else None
    if after and kind == "approximate":
        kind = after.kind
    counted = first.unit is None
    kind_name, value, low, high = bounded(numeral, kind, counted=counted)
    words = (
        text[before.start : before.end] if before and before.kind != "exact" else text[after.start : after.end] if after else numeral.lead
    )
    return _record(text, start, end, numeral.start, numeral.end, first, kind_name, value, low, high, words), end


def _is_duration_over(flat: str, before: Modifier, amount: _Amount) -> bool:
    """ "over three days" is as much "during" as "more than"."""
    return (
        flat[before.start : before.end] == "over"
        and amount.unit is not None
        and amount.unit.unit_class == "duration"
        and amount.role != "age"
    )


def _second(text: str, flat: str, first: _Amount) -> tuple[_Amount, str] | None:
    """The upper end of a range that begins with `first`, with the word that joins them."""
    link = _LINK.match(flat, first.end)
    if not link or first.numeral.value is None or first.numeral.form == "vague":
        return None
    joiner = link[1].strip()
    opened = _BETWEEN.search(flat, max(0, first.start - 24), first.start)
    if joiner == "and" and not (opened and opened[0] == "between"):
        before = modifier_before(flat, first.start)
        if not before or not flat.endswith("between ", 0, before.start):
            return None
    if joiner == "to" and opened and _MOVES.search(flat, max(0, opened.start() - 50), opened.start()):
        return None
    hit = _scanner().search(flat, link.end(), link.end() + 24)
    if not hit:
        return None
    other, _ = _amount(text, flat, hit)
    if other is None or other.numeral.value is None or other.numeral.form == "vague":
        return None
    if other.start != link.end():
        between = modifier_before(flat, other.start)
        if not between or between.start != link.end():
            return None
    if joiner == "or" and (first.unit is not None or not first.numeral.value < other.numeral.value <= 2 * first.numeral.value):
        return None
    return other, joiner


def _ranged(text: str, folded: str, flat: str, first: _Amount, second: tuple[_Amount, str], limit: int) -> tuple[Quantity | None, int]:
    other, joiner = second
    low, high = first.numeral.value, other.numeral.value
    assert low is not None
    assert high is not None
    if first.role != "measure" or other.role not in ("measure", "age"):
        return None, other.end if first.role != "measure" and joiner == "-" else first.end
    if first.numeral.scale == 1 and other.numeral.scale >= 100 and low < 1000 and low <= high / other.numeral.scale:
        low *= other.numeral.scale
    same = first.unit is None or other.unit is None or first.unit.name == other.unit.name
    if low > high or not same:
        if joiner == "-" and first.unit is None:
            return None, other.end
        single, _ = _quantity_alone(text, flat, first, limit)
        return single, first.end
    unit = other.unit or first.unit
    opened = _BETWEEN.search(flat, max(0, first.start - 24), first.start)
    start = opened.start() if opened else first.start
    before = None if opened else modifier_before(flat, first.start)
    words = None
    if before and before.start >= limit and before.kind == "approximate":
        start, words = before.start, text[before.start : before.end]
    amount = first._replace(unit=unit, role=other.role)
    return _record(
        text, max(start, limit), other.end, first.numeral.start, other.numeral.end, amount, "range", None, low, high, words
    ), other.end


def _quantity_alone(text: str, flat: str, first: _Amount, limit: int) -> tuple[Quantity | None, int]:
    numeral = first.numeral
    before = modifier_before(flat, first.start)
    if before and before.start < limit:
        before = None
    kind_name, value, low, high = bounded(numeral, before.kind if before else None, counted=first.unit is None)
    start = before.start if before and before.kind != "exact" else first.start
    words = text[before.start : before.end] if before else None
    return _record(text, start, first.end, numeral.start, numeral.end, first, kind_name, value, low, high, words), first.end


def _record(
    text: str,
    start: int,
    end: int,
    number_start: int,
    number_end: int,
    amount: _Amount,
    kind: str,
    value: float | None,
    low: float | None,
    high: float | None,
    words: str | None,
) -> Quantity:
    unit = amount.unit
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        number_start=number_start,
        number_end=number_end,
        value=value,
        low=low,
        high=high,
        kind=kind,
        approximator=words,
        unit=unit.name if unit else None,
        unit_class=unit.unit_class if unit else None,
        currency=unit.currency if unit else None,
        role=amount.role,
        rule=amount.numeral.form if kind != "range" else "range",
    )
