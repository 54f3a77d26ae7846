"""The statistic of a figure: a count of what happened, a level, a peak, a running total, a change or a target."""

from __future__ import annotations

import re

_CHANGE = re.compile(
    r"(?:\b(?:ris|rose|fell|fall|increas|decreas|declin|drop|gr[eo]w|cut|reduc|shr[aiu]nk|climb|jump|slump|surg|soar|plung|lower|rais"
    r"|expand|contract|swell|swelled|slid|dip|went)\w*\s+(?:[\w'-]+\s+){0,8}?by|\b(?:increase|decrease|rise|fall|drop|decline|reduction"
    r"|growth|cut) of|\b(?:up|down))\s+$"
)
_CHANGED = tuple(word + space for word in ("by", "of", "up", "down") for space in " \n")
# What every pattern below but the first needs; led by one set of characters, which a search skips to much faster than to a word's edge.
_SIGN = re.compile(
    "[^a-z](?:max|peak|all|high|at (?:its|their|the) height|heyday|record|aim|target|goal|quota|plan|intend|seek|appeal"
    "|hop|objective|since|total|altogether|overall|to date|so far|cumul|toll)"
)
_PEAK = re.compile(r"\b(?:maximum|peak(?:ed)?|all-time high|highest|at (?:its|their|the) height|heyday|record)\b", re.I)
_TARGET = re.compile(
    r"\b(?:aim(?:s|ed|ing)?|target|goal|quota|plan(?:s|ned)? to|intend(?:s|ed)? to|seek(?:s|ing)? to|appeal(?:ed|s)? for"
    r"|hop(?:es|ed|ing) to|objective)\b[^.;,]{0,60}$"
)
_CUMULATIVE_BEFORE = re.compile(
    r"\b(?:since(?= (?:then|last|early|mid|late|the (?:start|beginning|outbreak|fall)|\d|[A-Z]))"
    r"|total|in total|in all|altogether|overall|to date|so far|cumulative(?:ly)?"
    r"|toll(?!\s+(?:of|as|at)\s+(?:$|(?:[\w-]+\s+){1,6}and\s+$)))\b",
    re.I,
)
_CUMULATIVE_AFTER = re.compile(r"[^.;]{0,76}\b(?:so far|to date|in total|in all|altogether|overall|since)\b")
_COUNTABLE = frozenset(("people", "killed", "injured", "detained", "displaced", "events", "weapons", "money", "other"))
_HAPPENED = frozenset(("killed", "injured", "events"))
_BREAK = re.compile(r"[;\u2014]|,\s+and\b|\b(?:but|while|whereas|although|though)\b")


def statistic_of(folded: str, start: int, end: int, floor: int, limit: int, unit_class: str, *, previous: int, happened: bool) -> str:
    """change, peak, target, cumulative, count or level, by the words around the figure.

    A figure of what happened (killed, injured, events, or the subject of a dated happening) is a count, of what there is a level.
    `previous` is where the sentence's claim before it ends: "maximum" before that is the other figure's.
    """
    begin = max(floor, start - 90)
    if is_change(folded[begin:start]):
        return "change"
    if not _SIGN.search(" " + folded[begin : min(limit, end + 80)].lower()):
        return "count" if unit_class in _HAPPENED or happened else "level"
    clause = last.end() if (last := last_match(_BREAK, folded, begin, start)) else begin
    if _PEAK.search(folded, max(clause, previous), start):
        return "peak"
    if _TARGET.search(folded[clause:start]):
        return "target"
    if unit_class in _COUNTABLE and (_CUMULATIVE_BEFORE.search(folded, clause, start) or _CUMULATIVE_AFTER.match(folded, end, limit)):
        return "cumulative"
    return "count" if unit_class in _HAPPENED or happened else "level"


def is_change(before: str) -> bool:
    """Whether the words before a figure say that something changed by it: "rose by", "down"."""
    return before.endswith(_CHANGED) and _CHANGE.search(before) is not None


def last_match(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The last match between two offsets."""
    last = None
    for match in pattern.finditer(text, start, end):
        last = match
    return last
