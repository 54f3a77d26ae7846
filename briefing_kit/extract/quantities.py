"""Quantities in a text: numbers with their bounds, approximating words and units, as written.

One scan finds digits and number words; each number is then read on from where it stands, so the time is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from briefing_kit.extract.numerals import times
from briefing_kit.extract.quantities_amounts import Amount, beginnings, read_amount, scanner
from briefing_kit.extract.quantities_bounds import Modifier, bounded, modifier_after, modifier_before
from briefing_kit.extract.quantities_roles import cue_words, places_in_time, word_before
from briefing_kit.extract.quantities_units import YEAR, Unit, unit_after
from briefing_kit.records import Quantity
from briefing_kit.textmap import fold

_WRAP = re.compile(r"\n(?<=[^\n]\n)(?<!\n \n)(?! \n)(?=[^\n\-*\u2022\d#|>(])")  # not a blank line, nor before a list item
_LINK = re.compile(r"( ?-(?: ?to[ -])?| to | and | or |-to-|-or-)(?=[ -]?[\w$\u00a3\u20ac\u00a5~\u20a6\u20b9])")
_OPENER = re.compile(r"\b(?:(between)|(from)) $")
_STANDS_BEFORE = re.compile(r"[A-Z]\w{1,20} $")  # "Tunisia 1 - 2 England"
_STANDING = re.compile(r" [A-Z]\w")
_COUNTED = re.compile(r" [a-z]+")
_CLOSED = re.compile(r"s?(?: ?(?:[.,;:)]|$)| (?:were|are|was|is|have|had|and|or|in|at|who)\b)")
_WORDS = re.compile(r"[a-z]+")
_CLAUSE = re.compile(r"[.;]")
_TOLERANCE = re.compile(r" ?(?:\u00b1|\+/-|\+-) ?(?=\d)")


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of a text in order, not overlapping; `text[start:end]` is each record's `text`.

    A span holds the approximating words, the number and its unit ("around 100", "$5m to $7m", "several hundred square
    kilometres"), without the noun that is counted and without an "of" before it ("hundreds" of "hundreds of detainees").

    `rule` says how the number was read: integer, decimal, range, vague, fraction ("a third", value 0.333), ratio ("two out
    of three", value 0.667), multiple ("doubled", value 2), frequency ("twice"). Numbers that count nothing (dates, years,
    ordinals, designations, scores, list numbers, telephone numbers, the pronoun "one") are left out; an age has the role
    "age", the calibre of a weapon "designation". The "no" of a stated toll ("there were no casualties") is 0.
    """
    return quantities_of(text, fold(text))


def quantities_of(text: str, folded: str) -> list[Quantity]:
    """What `find_quantities` returns for a text that has been folded already."""
    flat = _flat(folded)
    found: list[Quantity] = []
    match = scanner().match
    pos = limit = 0
    for at in beginnings(flat):
        hit = match(flat, at) if at >= pos else None
        if hit is None:
            continue
        amount, pos = read_amount(folded, flat, hit, limit)
        if amount is None or amount.start < limit:
            continue
        quantity, end = _quantity(text, folded, flat, amount, limit)
        pos = max(pos, end)
        if quantity is not None:
            if found and quantity.unit is None and flat.endswith("from ", 0, quantity.start) and _is_baseline(flat, found[-1], quantity):
                last = found[-1]
                quantity = replace(quantity, unit=last.unit, unit_class=last.unit_class, currency=last.currency)
            found.append(quantity)
            limit = quantity.end
    return found


def _flat(folded: str) -> str:
    """The text in lower case with line wraps as spaces, of equal length."""
    lower = folded.lower()
    if len(lower) != len(folded):
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in folded)
    return _WRAP.sub(" ", lower) if "\n" in lower else lower


def _quantity(text: str, folded: str, flat: str, first: Amount, limit: int) -> tuple[Quantity | None, int]:
    """The record for an amount, with the second end of a range and the words around; and where to look on."""
    link = _LINK.match(flat, first.end)
    if link is None:
        margin = _TOLERANCE.match(flat, first.end) if flat[first.end : first.end + 2].lstrip()[:1] in ("\u00b1", "+") else None
        outcome = _with_margin(text, folded, flat, first, margin.end()) if margin else None
        if outcome is not None:
            return outcome
    else:
        outcome = _ranged(text, folded, flat, first, link, limit)
        if outcome is not None:
            return outcome
        first = _changed(folded, flat, first, link)
    if first.role not in ("measure", "age", "designation") or (first.role == "designation" and first.unit is None):
        return None, first.end
    before = modifier_before(flat, first.start)
    if before and (before.start < limit or _is_across(flat, before, first)):
        before = None
    if before is None and first.numeral.form == "frequency" and flat[first.numeral.start : first.numeral.end] == "once":
        return None, first.end
    after = modifier_after(flat, first.end)
    end = after.end if after else first.end
    if after and first.unit is None and (unit_found := unit_after(folded, flat, first.numeral, end)):
        first, end = first._replace(unit=unit_found[0]), unit_found[1]  # "five or so miles"
    if before and first.unit is None and _bounds_age(flat, before, first):
        first = first._replace(unit=YEAR, role="age")
    numeral, unit = first.numeral, first.unit
    start, words, kind = first.start, None, None
    if after:
        words, kind = text[after.start : after.end], after.kind
    if before:
        start, kind = (before.start, before.kind) if before.kind != "exact" else (start, kind)
        words = text[before.start : before.end] if before.kind != "exact" else words
    elif numeral.lead:
        words = text[numeral.start : numeral.start + len(numeral.lead)]
    if _says_when(flat, first, start, end):
        return None, end
    bounds = bounded(numeral, kind, counted=unit is None)
    number = (numeral.start, numeral.end)
    return _record(text, (start, end), number, first, bounds.kind, (bounds.value, bounds.low, bounds.high), words), end


def _with_margin(text: str, folded: str, flat: str, first: Amount, pos: int) -> tuple[Quantity | None, int] | None:
    """The value with the bounds of its margin: "52% \u00b1 3"."""
    hit = scanner().match(flat, pos)
    second = read_amount(folded, flat, hit, pos)[0] if hit else None
    value = first.numeral.value
    if second is None or second.numeral.value is None or value is None or first.role != "measure" or second.numeral.value < 0:
        return None
    margin = second.numeral.value
    amount = first._replace(unit=first.unit or second.unit)
    span, number = (first.start, second.end), (first.numeral.start, second.numeral.end)
    return _record(text, span, number, amount, "approximate", (value, value - margin, value + margin), None), second.end


def _is_across(flat: str, before: Modifier, amount: Amount) -> bool:
    """Whether "over" may as well be "during" or "across": "over three days", "over several areas"; ages are never that."""
    if not flat.startswith("over", before.start) or amount.role == "age":
        return False
    numeral, unit = amount.numeral, amount.unit
    return (unit is not None and unit.unit_class == "duration") or (numeral.form == "vague" and (numeral.high or 0) < 10)


def _bounds_age(flat: str, before: Modifier, amount: Amount) -> bool:
    """Whether a bound is one of age: "children under five", "and 30 under 18"."""
    if flat[before.start : before.end] not in ("under", "over", "below", "above") or not _CLOSED.match(flat, amount.end):
        return False
    word = word_before(flat, before.start)
    return word in cue_words("person") or word.isdigit()


def _changed(folded: str, flat: str, first: Amount, link: re.Match[str]) -> Amount:
    """The first of two numbers of a change, with the unit and scale it shares: "from 48 to 36 per cent"."""
    second = _second(folded, flat, link) if link[1] == " to " and flat.endswith("from ", 0, first.start) else None
    if second is None or second.unit is None or first.role != "measure" or first.unit not in (None, second.unit):
        return first
    numeral = first.numeral
    if numeral.scale == 1 and numeral.value is not None and second.numeral.scale >= 1000 and numeral.value < 1000:
        numeral = numeral._replace(value=times(numeral.value, second.numeral.scale))
    return first._replace(unit=second.unit, numeral=numeral)


def _is_baseline(flat: str, newer: Quantity, older: Quantity) -> bool:
    """Whether a bare number is what an amount moved from, in the unit of that amount: "to 41% in May from 35"."""
    if newer.unit is None or newer.role != "measure" or older.role != "measure" or older.rule not in ("integer", "decimal"):
        return False
    moved = flat.endswith("to ", 0, newer.start) and _SINCE.fullmatch(flat, newer.end, older.start)
    return bool(moved) and _NO_NOUN.match(flat, older.end) is not None


_SINCE = re.compile(r"(?: (?:in|on|by|last|this) [\w ]{1,20}?)?,? (?:up |down )?from ")
_NO_NOUN = re.compile(r" ?(?:[.,;)]|$)| (?:an? (?:year|month|week|day|decade)|in|the|last|earlier|before|during|and|on) ?\b")


def _ranged(text: str, folded: str, flat: str, first: Amount, link: re.Match[str], limit: int) -> tuple[Quantity | None, int] | None:
    """The range that begins with `first`; (None, end) for scores, dates and years; None where the numbers stand apart."""
    joiner, low = link[1].strip(" -"), first.numeral.value
    if low is None or first.numeral.form in _NO_ENDS:
        return None
    between = modifier_before(flat, first.start)
    if between and between.start < limit:
        between = None
    opener = _opener(flat, first.start, limit) or (_opener(flat, between.start, limit) if between else None)
    if joiner == "and" and not (opener and opener[1]):
        return None
    second = _second(folded, flat, link)
    if second is None or second.numeral.value is None or second.numeral.form in _NO_ENDS:
        return None
    high = second.numeral.value
    if first.role == "age" and second.role == "measure" and second.unit is None:
        second = second._replace(role="age", unit=first.unit)
    elif first.role != "measure" or second.role not in ("measure", "age"):
        return (None, second.end) if joiner == "" else None
    if first.numeral.scale == 1 and second.numeral.scale >= 12 and 0 <= low < 1000 and low <= high / second.numeral.scale:
        low = times(low, second.numeral.scale)  # "5 to 7 million"
    if high < low < 0 and first.unit == second.unit and joiner == "to":
        low, high = high, low  # "-20 to -35 degrees"
    bare = joiner == "" and first.unit is None and second.unit is None
    if first.unit and first.unit.unit_class == "money" and second.unit and second.unit.name.startswith("per "):
        second = second._replace(unit=first.unit._replace(name=f"{first.unit.name} {second.unit.name}"))  # "EUR 250-350 a month"
    if low >= high or not _same_measure(first.unit, second.unit):
        return (None, second.end) if bare and low >= 0 else None
    if joiner == "or" and (first.unit is not None or not 0 < low < high <= 2 * low):
        return None
    if joiner == "to" and _is_change(flat, first, second, opener):
        return None
    if bare and (_are_years(text, first, second) or (high < 400 and _is_score(folded, flat, first.start, second.end))):
        return None, second.end
    start, words = first.start, None
    if between and between.kind != "exact":
        start, words = between.start, text[between.start : between.end]
    if opener and (opener[1] or joiner == "to"):
        start = opener.start()
    amount = first._replace(unit=second.unit or first.unit, role=second.role)
    after = modifier_after(flat, second.end)
    end = after.end if after and after.kind == "approximate" else second.end
    if _says_when(flat, amount, start, end):
        return None, end
    return _record(text, (start, end), (first.numeral.start, second.numeral.end), amount, "range", (None, low, high), words), end


_NO_ENDS = frozenset({"vague", "ratio", "multiple", "frequency"})


def _opener(flat: str, start: int, limit: int) -> re.Match[str] | None:
    """The "between" or "from" just before `start`."""
    return _OPENER.search(flat, max(limit, start - 24), start)


def _same_measure(first: Unit | None, second: Unit | None) -> bool:
    """Whether two ends are of one measure: the unit may stand once behind both, or the sign once before both."""
    if second is None:
        return first is None or first.unit_class == "money"
    return first is None or f"{second.name} ".startswith(f"{first.name} ")


def _is_change(flat: str, first: Amount, second: Amount, opener: re.Match[str] | None) -> bool:
    """Whether "to" joins a before and an after ("rose from 10 to 20", "fell by 12 to 45") and no two ends of a range."""
    if opener and opener[2]:
        return word_before(flat, opener.start()) not in cue_words("range") and _has_cue(flat, opener.start(), "change")
    return second.unit is None and word_before(flat, first.start) == "by" and _has_cue(flat, first.start, "change")


def _is_score(folded: str, flat: str, start: int, end: int) -> bool:
    """Whether two small numbers are a result: "won 1-3", "a 1-3 defeat", "Tunisia 1 - 2 England"."""
    if _has_cue(flat, start, "score_before") or _precedes(flat, end, "score_after"):
        return True
    return _STANDING.match(folded, end) is not None and _STANDS_BEFORE.search(folded[max(0, start - 20) : start]) is not None


def _says_when(flat: str, amount: Amount, start: int, end: int) -> bool:
    """Whether the amount is a duration that places something in time."""
    return (
        amount.unit is not None and amount.unit.unit_class == "duration" and amount.role == "measure" and places_in_time(flat, start, end)
    )


def _are_years(text: str, first: Amount, second: Amount) -> bool:
    """Whether two bare numbers joined by a hyphen are years: "1861-1865", but not "1200-1500 men"."""
    written = text[first.start : first.end], text[second.start : second.end]
    if not all(len(number) == 4 and number.isdigit() and 1000 <= int(number) < 2200 for number in written):
        return False
    return not _COUNTED.match(text, second.end)


def _has_cue(flat: str, end: int, cue: str) -> bool:
    """Whether one of the few words before `end`, in the same clause, is this cue."""
    window = _CLAUSE.split(flat[max(0, end - 45) : end])[-1]
    return not cue_words(cue).isdisjoint(_WORDS.findall(window))


def _precedes(flat: str, end: int, cue: str) -> bool:
    """Whether the word after `end` is this cue."""
    word = _WORDS.match(flat, end + 1)
    return word is not None and word[0] in cue_words(cue)


def _second(text: str, flat: str, link: re.Match[str]) -> Amount | None:
    """The amount that follows the joining word directly, or after words such as "about"."""
    hit = scanner().search(flat, link.end(), link.end() + 24)
    if not hit:
        return None
    if hit.start() - link.end() > 1 and flat[hit.start() - 1].isalpha():
        return None
    hit = scanner().match(flat, hit.start())
    amount = read_amount(text, flat, hit, link.end())[0] if hit else None
    if amount is None:
        return None
    if amount.start > link.end() + 1:
        between = modifier_before(flat, amount.start)
        if not between or between.start > link.end():
            return None
    return amount


def _record(
    text: str,
    span: tuple[int, int],
    number: tuple[int, int],
    amount: Amount,
    kind: str,
    figures: tuple[float | None, float | None, float | None],
    approximator: str | None,
) -> Quantity:
    unit = amount.unit
    value, low, high = figures
    return Quantity(
        start=span[0],
        end=span[1],
        text=text[span[0] : span[1]],
        number_start=number[0],
        number_end=number[1],
        value=value,
        low=low,
        high=high,
        kind=kind,
        approximator=approximator,
        unit=unit.name if unit else None,
        unit_class=unit.unit_class if unit else None,
        currency=unit.currency if unit else None,
        role=amount.role,
        rule="range" if kind == "range" else amount.numeral.form,
    )
