"""Units and currencies beside a number, looked up by their first word or sign.

Words match without case, symbols with case. A symbol of one or two letters that is also an English word or a suffix for
millions ("m", "in", "t") counts only where its surroundings leave no doubt.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from briefing_kit.lexicon import read_lexicon, words


class Unit(NamedTuple):
    """A unit or currency: canonical singular name, claim class, ISO 4217 code, and the share of a main unit for coins."""

    name: str
    unit_class: str | None
    currency: str | None = None
    part: float = 0.0


class _Lexicon(NamedTuple):
    words: dict[str, list[tuple[str, Unit]]]  # first word: (whole form, unit), longest form first
    symbols: dict[str, list[tuple[str, Unit]]]
    prefixes: dict[str, list[tuple[str, Unit]]]  # last character: (symbol before an amount, currency), longest first


_FIRST_WORD = re.compile(r"[a-z]+|[^\w\s]")
_FIRST_SYMBOL = re.compile(r"[^\W\d_]+|[^\w\s]")
_GAP = re.compile(r" {1,2}|-| ?- ?|")
_PER = re.compile(
    r" (?:per|an?|each|every) (second|minute|hour|day|week|month|quarter|year|annum)\b|/(s|sec|min|h|hr|hour|day|week|month|year|yr)\b"
)
_PER_NAMES = {"annum": "year", "s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour", "yr": "year"}
# Symbols that are also words, abbreviations of other things or scale suffixes: never after a space unless the place is clear.
_DOUBTFUL = frozenset(
    {"m", "in", "t", "g", "s", "h", "l", "L", "V", "W", "pp", "bp", "pps", "mb", "cf", "ft", "ms", "Mt", "NM", "\u00b0", "hp", "EB", "PB"}
)
_ATTACHED_ONLY = frozenset({"t", "g", "s", "h", "V", "W"})
_INCHES = re.compile(r"(?=$|\s*[.,;:)](?:\s|$)|\s+(?:thick|wide|long|deep|tall|high|across|in diameter)\b)")
_METRES = re.compile(r"(?![\w\u00b2\u00b3^])(?!\s+(?:\w+s|people|children|men|women|civilians)\b(?<!across)(?<!as)(?<!was)(?<!is)(?<!its))")


@cache
def _lexicon() -> _Lexicon:
    by_word: dict[str, list[tuple[str, Unit]]] = {}
    by_symbol: dict[str, list[tuple[str, Unit]]] = {}
    prefixes: dict[str, list[tuple[str, Unit]]] = {}
    for row in read_lexicon("units"):
        unit = Unit(row["unit"], row["unit_class"])
        _file(by_word, words(row["words"]), unit, _FIRST_WORD)
        _file(by_symbol, words(row["symbols"]), unit, _FIRST_SYMBOL)
    for row in read_lexicon("currencies"):
        unit = Unit(row["unit"], "money", row["code"] or None, float(row["part"] or 0))
        _file(by_word, words(row["words"]), unit, _FIRST_WORD)
        signs = [*words(row["symbols"]), *([row["code"]] if row["code"] else [])]
        _file(by_symbol, signs, unit, _FIRST_SYMBOL)
        if not unit.part:
            for sign in signs:
                shown = sign.replace("_", " ")
                for form in {shown, shown.lower()} if "$" in shown and shown != "$" else {shown}:
                    prefixes.setdefault(form[-1], []).append((form, unit))
            for form in words(row["words"]):
                if form in ("dollar", "euro", "sterling"):
                    prefixes.setdefault(form[-1], []).append((form, unit))
    for table in (by_word, by_symbol, prefixes):
        for forms in table.values():
            forms.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return _Lexicon(by_word, by_symbol, prefixes)


def _file(table: dict[str, list[tuple[str, Unit]]], forms: tuple[str, ...] | list[str], unit: Unit, first: re.Pattern[str]) -> None:
    for form in forms:
        shown = form.replace("_", " ")
        head = first.match(shown)
        if head:
            table.setdefault(head[0], []).append((shown, unit))


def unit_after(text: str, flat: str, end: int) -> tuple[Unit, int] | None:
    """The unit that follows a number ending at `end`, with the offset of its end.

    `text` is the folded text, `flat` the same in lower case with line wraps as spaces.
    """
    gap = _GAP.match(flat, end)
    at = gap.end() if gap else end
    first = _FIRST_WORD.match(flat, at)
    if not first:
        return None
    lexicon = _lexicon()
    spaced = at > end
    for form, unit in lexicon.words.get(first[0], ()):
        if flat.startswith(form, at) and not flat[at + len(form) : at + len(form) + 1].isalnum():
            return _with_rate(flat, unit, at + len(form))
    sign = _FIRST_SYMBOL.match(text, at)
    for form, unit in lexicon.symbols.get(sign[0], ()) if sign else ():
        stop = at + len(form)
        if text.startswith(form, at) and not (form[-1].isalnum() and text[stop : stop + 1].isalnum()):
            if form in _DOUBTFUL and not _clear(form, text, flat, stop, spaced):
                return None
            return _with_rate(flat, unit, stop)
    return None


def _clear(form: str, text: str, flat: str, stop: int, spaced: bool) -> bool:
    """Whether a doubtful symbol is meant as a unit here."""
    if spaced and form in _ATTACHED_ONLY:
        return False
    if form == "in":
        return _INCHES.match(flat, stop) is not None
    if form == "m":
        return _METRES.match(flat, stop) is not None
    return True


def _with_rate(flat: str, unit: Unit, stop: int) -> tuple[Unit, int]:
    """The unit with "per day", "an hour" or "/h" after it, where it is not a duration or a share."""
    if unit.unit_class in ("duration", "percent", "rate") or not (per := _PER.match(flat, stop)):
        return unit, stop
    period = per[1] or per[2]
    name = f"{unit.name} per {_PER_NAMES.get(period, period)}"
    return Unit(name, "money" if unit.currency else "rate", unit.currency), per.end()


def currency_before(text: str, start: int) -> tuple[Unit, int] | None:
    """The currency sign or code that stands before a number at `start`, with the offset where it begins."""
    at = start
    while at and text[at - 1] == " " and start - at < 2:
        at -= 1
    for form, unit in _lexicon().prefixes.get(text[at - 1 : at], ()):
        begin = at - len(form)
        if begin >= 0 and text.startswith(form, begin):
            if form[0].isalnum() and begin and (text[begin - 1].isalnum() or text[begin - 1] == "."):
                continue
            return unit, begin
    return None
