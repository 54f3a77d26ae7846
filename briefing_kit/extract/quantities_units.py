"""Units and currencies beside a number, looked up by their first word or sign.

Words match without case, symbols with case. A symbol that is also an English word or a suffix for millions ("m", "in", "t")
counts only where its surroundings leave no doubt.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from briefing_kit.extract.numerals import Numeral
from briefing_kit.lexicon import read_lexicon, words


class Unit(NamedTuple):
    """A unit or currency: canonical singular name, claim class, ISO 4217 code.

    `part` is the share of the main unit for coins (a cent 0.01), `factor` what the written form multiplies a number by
    (mb/d and MEUR: 10**6).
    """

    name: str
    unit_class: str | None
    currency: str | None = None
    part: float = 0.0
    factor: int = 1


YEAR = Unit("year", "duration")
_Forms = dict[str, list[tuple[str, Unit]]]

# What two units written one after the other come to: the share of the second in the first ("5 feet 2 inches").
PARTS = {("foot", "inch"): 1 / 12, ("pound", "ounce"): 1 / 16}

_FIRST_WORD = re.compile(r"[a-z]+")
_FIRST_SYMBOL = re.compile(r"[^\W\d_]{1,40}|[^\w\s]")
_GAP = re.compile(r" {1,2}| ?- ?")
_OF_GAP = re.compile(r" of (?:an? )?| an? ")
_MORE = "more|further|additional|extra|full|whole|consecutive|successive|straight|long|short"
_MORE_GAP = re.compile(f" (?:{_MORE}) ")
_AHEAD = re.compile(r"(?: {1,2}| ?- ?)?([a-z]+|[^\w\s]|[^\W\d_]{1,40})?")
_BRACKET = re.compile(r" ?[(\[{<]([^\W\d_]{2,}|%)[)\]}>]")
# "up from 1.3 million a year ago" tells when; "$90 a day earlier this year" is a rate.
_NOT_WHEN = r"(?! (?:ago|earlier(?! (?:in|this|last|that|than)\b)|(?:before|later|after|previously|on)(?= ?(?:[.,;:)]|$)))\b)"
_PER = re.compile(
    r"[ -](?:per|an?|each|every)[ -](second|minute|hour|day|week|month|quarter|year|annum|person|capita|head|barrel|kilogram|kg|tonne|ton"
    rf"|litre|liter|gallon)\b{_NOT_WHEN}"
    r"|/(sec|s|min|hr|hour|h|day|week|month|year|yr|barrel|bbl|kg|tonne|litre)\b"
)
_PER_NAMES = {
    "annum": "year",
    "s": "second",
    "sec": "second",
    "min": "minute",
    "h": "hour",
    "hr": "hour",
    "yr": "year",
    "kg": "kilogram",
} | {"bbl": "barrel", "capita": "person", "head": "person", "liter": "litre"}
_PER_OPENERS = frozenset({"per", "a", "an", "each", "every", "/"})
_PERIOD_FORMS = frozenset("second minute hour day week month quarter year annum".split())
_PERIODS = frozenset("second minute hour day week month quarter year".split())
_INCHES = re.compile(r"(?=$|\s*[.,;:)](?:\s|$)|\s+(?:thick|wide|long|deep|tall|high|across|in diameter)\b)")
_NOT_METRES = re.compile(
    r"[\w\u00b2\u00b3^]| (?:people|children|men|women|(?!across|as|was|is|its|has|his|this|thus|towards|downwards|upwards)[a-z]+s)\b"
)
_MILLIONS_OF = re.compile(
    r" of (?:them|those|whom|these|\d[\d.]*m\b)"
    r"| (?!of|in|on|at|to|from|by|and|or|high|deep|long|wide|tall|thick|away|above|below|behind|off"
    r"|across|under|north|south|east|west|up|down)[a-z]+ (?:people|children|men|women|(?!across|as|was|is|its|has|his|this|thus)[a-z]+s)\b"
)
_GLUED = frozenset({"t", "g", "s", "h", "V", "W", "m", "L", "l"})  # after a space they are too often something else
_SPACED_ONLY_BEFORE_END = re.compile(r"(?!-?\w)(?! \()")
_SHEER_NUMBER = re.compile(r" ?\d")
_WORD_CODES = frozenset({"ALL", "TOP", "TRY", "CUP", "MAD", "PEN", "GEL", "LAK"})
_EMPHASIS = frozenset({"ALL", "TOP", "TRY", "CUP"})  # before a small number rather words in capitals: "TOP 10"
_LARGE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)? ?(?:m|mn|bn|million|billion|trillion)\b")
_CAPITALS_NEXT = re.compile(r" [A-Z]{2}")
_WON_VERB = re.compile(
    r" (?!per|an? (?:month|year|week|day|hour|head|person|kilo|bag)|to|for|from|in|at|each|worth|and|or|was|were|is|are|on|of|by)\w"
)


@cache
def _by_word() -> _Forms:
    table: _Forms = {}
    for row in read_lexicon("units"):
        _file(table, words(row["words"]), Unit(row["unit"], row["unit_class"]), _FIRST_WORD)
    for row in read_lexicon("currencies"):
        _file(table, words(row["words"]), _currency(row), _FIRST_WORD)
    return _longest_first(table)


@cache
def _by_symbol() -> _Forms:
    table: _Forms = {}
    for row in read_lexicon("units"):
        unit = Unit(row["unit"], row["unit_class"], factor=int(row["factor"] or 1))
        _file(table, words(row["symbols"]), unit, _FIRST_SYMBOL)
    for row in read_lexicon("currencies"):
        unit = _currency(row)
        _file(table, [*words(row["symbols"]), *([row["code"]] if row["code"] else [])], unit, _FIRST_SYMBOL)
        if row["code"]:
            _file(table, ["M" + row["code"]], unit._replace(factor=10**6), _FIRST_SYMBOL)
    return _longest_first(table)


@cache
def _by_last_sign() -> _Forms:
    """Currency signs and codes that stand before an amount, by their last character."""
    table: _Forms = {}
    for row in read_lexicon("currencies"):
        unit = _currency(row)
        if unit.part:
            continue
        signs = {sign.replace("_", " ") for sign in [*words(row["symbols"]), *([row["code"]] if row["code"] else [])]}
        signs |= {sign.lower() for sign in signs if len(sign) > 1 and sign.endswith("$")}
        signs |= {word for word in words(row["words"]) if word in ("dollar", "usd", "eur", "gbp", "lyd", "rmb", "euro")}
        if row["code"]:
            table.setdefault(row["code"][-1], []).append(("M" + row["code"], unit._replace(factor=10**6)))
        for sign in sorted(signs):
            table.setdefault(sign[-1], []).append((sign, unit))
    return _longest_first(table)


def _currency(row: dict[str, str]) -> Unit:
    return Unit(row["unit"], "money", row["code"] or None, float(row["part"] or 0))


def _file(table: _Forms, forms: tuple[str, ...] | list[str], unit: Unit, first: re.Pattern[str]) -> None:
    for form in forms:
        shown = form.replace("_", " ")
        head = first.match(shown)
        if head:
            table.setdefault(head[0], []).append((shown, unit))


@cache
def _openers() -> frozenset[str]:
    """What a unit, or the words before it, may begin with: most words after a number are ruled out by it at once."""
    heads = {"per", "a", "an", "each", "every", "of", "(", "[", "{", "<", "/", "+"} | set(_MORE.split("|"))
    for table in (_by_word(), _by_symbol()):
        for forms in table.values():
            heads |= {found[1] for form, _ in forms if (found := _AHEAD.match(form.lower())) and found[1]}
    return frozenset(heads)


def _longest_first(table: _Forms) -> _Forms:
    for forms in table.values():
        forms.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return table


def unit_after(text: str, flat: str, number: Numeral, end: int) -> tuple[Unit, int] | None:
    """The unit that follows a number which ends at `end`, with the offset of the unit's end.

    `text` is the folded text, `flat` the same in lower case with line wraps as spaces. After a vague number or a fraction
    an "of" may stand between ("millions of dollars", "half a mile").
    """
    ahead = _AHEAD.match(flat, end)
    if ahead is None or ahead[1] not in _openers():
        return None
    gap = _GAP.match(flat, end)
    found = _unit_at(text, flat, number, gap.end() if gap else end, spaced=gap is not None)
    if found is not None:
        return found
    per = _PER.match(flat, end) if number.form != "fraction" and ahead[1] in _PER_OPENERS else None
    if per and (period := per[1] or per[2]) in _PERIOD_FORMS:
        return Unit(f"per {_PER_NAMES.get(period, period)}", "rate"), per.end()
    if gap is not None and flat[end] == " ":
        if more := _MORE_GAP.match(flat, end):
            found = _unit_at(text, flat, number, more.end(), spaced=True)
            return found if found and found[0].unit_class in ("duration", "distance") else None
        if number.form in ("vague", "fraction") and (link := _OF_GAP.match(flat, end)):
            return _unit_at(text, flat, number, link.end(), spaced=True)
        if flat[end + 1 : end + 2] in ("(", "[", "{", "<") and (bracket := _BRACKET.match(text, end)):
            inner = _unit_at(text, flat, number, bracket.start(1), spaced=False)
            return (inner[0], bracket.end()) if inner and inner[1] == bracket.end(1) else None
    return None


def _unit_at(text: str, flat: str, number: Numeral, at: int, *, spaced: bool) -> tuple[Unit, int] | None:
    first = _FIRST_WORD.match(flat, at)
    if first:
        for form, unit in _by_word().get(first[0], ()):
            if flat.startswith(form, at) and not flat[at + len(form) : at + len(form) + 1].isalnum():
                stop = at + len(form)
                if form == "won" and ((number.value or 0) < 1000 or _WON_VERB.match(flat, stop)):
                    continue
                return with_rate(flat, _sterling(flat, unit, number, stop), stop)
    sign = _FIRST_SYMBOL.match(text, at)
    for form, unit in _by_symbol().get(sign[0], ()) if sign else ():
        stop = at + len(form)
        if text.startswith(form, at) and not (form[-1].isalnum() and text[stop : stop + 1].isalnum()):
            return with_rate(flat, unit, stop) if _clear(form, flat, number, stop, spaced) else None
    return None


def _sterling(flat: str, unit: Unit, number: Numeral, stop: int) -> Unit:
    """Pounds by the million are sterling; a price in pounds is money of no told country; other pounds are weight."""
    if unit.name != "pound" or unit.unit_class == "money":
        return unit
    if number.scale >= 10**6:
        return Unit("pound sterling", "money", "GBP")
    words_before = _CLAUSE.split(flat[max(0, number.start - 60) : number.start])[-1].split()
    cues = _prices("sale" if words_before[-1:] in (["for"], ["at"]) else "price")
    return Unit("pound", "money") if not cues.isdisjoint(words_before) and not _STUFF.match(flat, stop) else unit


_CLAUSE = re.compile(r"[.;]")
_STUFF = re.compile(r" of [a-z]|,? (?:and )?\d+ ounces?\b|[ -](?:bombs?|shells?|heavy|light|in weight)\b")


@cache
def _prices(cue: str) -> frozenset[str]:
    """The words that make pounds money, in this place."""
    cues = ("price", "sale") if cue == "sale" else ("price",)
    return frozenset(row["word"] for row in read_lexicon("quantity_cues") if row["cue"] in cues)


def _clear(form: str, flat: str, number: Numeral, stop: int, spaced: bool) -> bool:
    """Whether a symbol that has other readings is meant as a unit here."""
    if form == "in":
        return _INCHES.match(flat, stop) is not None
    if form == "m" and _NOT_METRES.match(flat, stop):
        return False
    if spaced and form in _GLUED:
        return number.form != "vague" and _SPACED_ONLY_BEFORE_END.match(flat, stop) is not None
    if number.value is not None and not form[-1].isalnum() and _SHEER_NUMBER.match(flat, stop):
        return False  # "$3m-$4m": the sign belongs to what follows
    return not (form in _WORD_CODES and number.scale < 1000 and (number.value or 0) < 1000)


def with_rate(flat: str, unit: Unit, stop: int) -> tuple[Unit, int]:
    """The unit with "per day", "an hour" or "/h" after it; durations and percentages stay as they are."""
    if (
        unit.unit_class in ("duration", "percent", "rate")
        or flat[stop : stop + 1] not in (" ", "/", "-")
        or not (per := _PER.match(flat, stop))
    ):
        return unit, stop
    period = per[1] or per[2]
    name = _PER_NAMES.get(period, period)
    if unit.unit_class != "money" and name not in _PERIODS:
        return unit, stop
    return Unit(f"{unit.name} per {name}", "money" if unit.unit_class == "money" else "rate", unit.currency), per.end()


def is_million(text: str, flat: str, number: Numeral, stop: int) -> bool:
    """Whether an "m" that ends at `stop`, glued to a number, means million: "5m people", "40m Libyan dinars"."""
    if flat[stop : stop + 1] != " ":
        return False
    if _MILLIONS_OF.match(flat, stop) or _NOT_METRES.match(flat, stop):
        return True
    return unit_after(text, flat, number, stop) is not None


def currency_before(text: str, start: int, limit: int) -> tuple[Unit, int] | None:
    """The currency sign or code that stands before a number at `start`, with the offset where it begins.

    Nothing before `limit` is looked at: it belongs to the amount before.
    """
    at = start
    while at and text[at - 1] == " " and start - at < 2:
        at -= 1
    if at <= limit:
        return None
    for form, unit in _by_last_sign().get(text[at - 1], ()):
        begin = at - len(form)
        if begin < limit or not text.startswith(form, begin) or (form in _EMPHASIS and not _is_code(text, start)):
            continue
        if form[0].isalnum() and begin and (text[begin - 1].isalnum() or text[begin - 1] in ".-"):
            continue
        if form == "$" and text[begin - 1 : begin].isalpha() and text[begin - 2 : begin - 1].isalpha():
            continue
        return unit, begin
    return None


def _is_code(text: str, start: int) -> bool:
    """Whether a currency code that is also a word stands before a number that looks like money: large and not among capitals."""
    large = _LARGE.match(text, start)
    return large is not None and not _CAPITALS_NEXT.match(text, large.end())


@cache
def currency_letters() -> frozenset[str]:
    """The ISO 4217 codes and the signs of two or more letters, which may be joined to a number: "IDR300,000", "Rs5"."""
    rows = read_lexicon("currencies")
    return frozenset(sign for row in rows for sign in [row["code"], *words(row["symbols"])] if len(sign) > 1 and sign.isalpha())
