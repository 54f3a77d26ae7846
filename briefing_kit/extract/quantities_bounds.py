"""The words beside a number that bound it or say how exact it is, and what they make of its value."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from briefing_kit.extract.numerals import Numeral
from briefing_kit.lexicon import read_lexicon


class Modifier(NamedTuple):
    """Bound or approximating words: their span and their kind in the lexicon of approximators."""

    start: int
    end: int
    kind: str


class Bounds(NamedTuple):
    """What a number comes to: see `briefing_kit.records.Quantity`."""

    kind: str
    value: float | None
    low: float | None
    high: float | None


_REACH = 30  # characters: the longest phrase of the lexicon and its spaces
_OPENING = "([\"'"
_SIGNS = frozenset("~\u2248<>\u2264\u2265")


@cache
def _before() -> dict[str, list[tuple[str, list[tuple[str, str]]]]]:
    """Phrases before a number by their last word and, within that, by their last two; the longest first."""
    table: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for row in read_lexicon("approximators"):
        if not row["kind"].startswith("after_"):
            tail = row["phrase"].split(" ")[-2:]
            table.setdefault(tail[-1], {}).setdefault(" ".join(tail), []).append((row["phrase"], row["kind"]))
    for tails in table.values():
        for phrases in tails.values():
            phrases.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return {word: sorted(tails.items(), key=lambda item: (-item[0].count(" "), item[0])) for word, tails in table.items()}


@cache
def _after() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    """The pattern of phrases after a number, their kinds, and the characters they begin with."""
    kinds = {row["phrase"]: row["kind"].removeprefix("after_") for row in read_lexicon("approximators") if row["kind"].startswith("after_")}
    longest_first = sorted(kinds, key=lambda phrase: (-len(phrase), phrase))
    pattern = re.compile("(?: ?|-)(" + "|".join(re.escape(phrase) for phrase in longest_first) + r")(?![\w+])")
    return pattern, kinds, frozenset(phrase[0] for phrase in kinds)


def modifier_before(flat: str, start: int) -> Modifier | None:
    """The bound or approximating words that end just before `start`; two may stand together ("up to about")."""
    last = _one_before(flat, start)
    if last is None or last.kind == "exact":
        return last
    first = _one_before(flat, last.start)
    if first is None or first.kind == "exact":
        return last
    # "at least around 100": the bound tells the kind, wherever it stands.
    kind = first.kind if last.kind == "approximate" else last.kind
    return Modifier(first.start, last.end, kind)


def _one_before(flat: str, start: int) -> Modifier | None:
    window = flat[max(0, start - _REACH) : start]
    stripped = window.rstrip(" -")
    end = start - len(window) + len(stripped)
    stripped = stripped[stripped.rfind("\n") + 1 :]
    if not stripped or (end == start and stripped[-1].isalnum()):
        return None
    word = stripped[stripped.rfind(" ") + 1 :].lstrip(_OPENING)
    if word[-1:] in _SIGNS:
        word = word[-1:]
    for tail, phrases in _before().get(word, ()):
        if not stripped.endswith(tail):
            continue
        for phrase, kind in phrases:
            if stripped.endswith(phrase) and not (phrase[0].isalpha() and stripped[-len(phrase) - 1 : -len(phrase)].isalnum()):
                return Modifier(end - len(phrase), end, kind)
    return None


def modifier_after(flat: str, end: int) -> Modifier | None:
    """The bound or approximating words that follow a number or unit ending at `end` ("or more", "-odd", "+")."""
    pattern, kinds, openers = _after()
    if flat[end : end + 1] not in openers and (flat[end : end + 1] not in (" ", "-") or flat[end + 1 : end + 2] not in openers):
        return None
    found = pattern.match(flat, end)
    return Modifier(found.start(1), found.end(), kinds[found[1]]) if found else None


def bounded(numeral: Numeral, kind: str | None, *, counted: bool) -> Bounds:
    """What a numeral means under a modifier of this kind.

    Counts (`counted`, whole numbers without a unit of measure) have inclusive integer bounds: "more than 30" is 31 and up.
    Measures keep the number itself as the bound.
    """
    if numeral.form == "vague":
        if kind in ("at_least", "more_than"):
            return Bounds("at_least", None, numeral.low, None)
        if kind in ("at_most", "less_than"):
            return Bounds("at_most", None, None, numeral.high)
        return Bounds("vague", numeral.value, numeral.low, numeral.high)
    step = 1 if counted and numeral.form == "integer" else 0
    value = numeral.value
    if kind is None or kind == "exact":
        return Bounds("exact", value, value, value)
    if kind == "approximate" or value is None:
        return Bounds("approximate", value, None, None)
    if kind in ("at_least", "more_than"):
        return Bounds("at_least", None, value + step * (kind == "more_than"), None)
    return Bounds("at_most", None, None, value - step * (kind == "less_than"))
