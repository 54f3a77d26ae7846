"""What speaks for a match being a time, and against it: words and numbers look like dates far more often than they are."""

from __future__ import annotations

import re
from functools import cache

from briefing_kit.extract.timex_read import Draft
from briefing_kit.extract.timex_tokens import Tokens
from briefing_kit.lexicon import read_lexicon

_PLACING = frozenset(
    "in on at by since until till before after from to through throughout during between within over about around of circa".split()
)
_MONTH_PLACING = frozenset("in since until till by during from before after through throughout to of between around about and or".split())
_HOMOGRAPH_MONTHS = frozenset((3, 4, 5, 6, 8))
"""March, April, May, June, August: also verbs, names of persons or adjectives."""
_POSSESSIVES = frozenset("his her their my your our its".split())
_SPANNING = frozenset(
    "for in within over after of about under during than nearly almost just only throughout around every another lasted".split()
)
_ABOUT = frozenset("will would shall may might could can should must".split())
_AHEAD = re.compile(
    r"\b(?:will|won't|shall|'ll|going to|(?:is|are|be) (?:to|due|set|likely|slated)|due (?:to|on|in|for)|upcoming|forthcoming|next|"
    r"plann?(?:s|ed|ing)|schedul\w+|expect(?:s|ed)? to|slated|intends?|ahead of|tomorrow|set for|deadline|would)\b",
    re.IGNORECASE,
)


@cache
def _nouns(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_lexicon("timex_evidence") if row["kind"] == kind)


def looks_ahead(sentence: str) -> bool:
    """Whether a sentence has a word of the future: will, due, planned, scheduled, upcoming ..."""
    return _AHEAD.search(sentence) is not None


def accept(tokens: Tokens, draft: Draft) -> bool:
    """Whether the words around a draft let it be a time."""
    check = _CHECKS.get(draft.rule)
    return (check is None or check(tokens, draft)) and not _is_name(tokens, draft)


def _before(tokens: Tokens, draft: Draft) -> str:
    return tokens.word(draft.first - 1).lower()


def _after(tokens: Tokens, draft: Draft) -> str:
    return tokens.word(draft.last)


def _has(tokens: Tokens, draft: Draft, *names: str) -> bool:
    return any(tokens.name(index) in names for index in range(draft.first, draft.last))


def _is_name(tokens: Tokens, draft: Draft) -> bool:
    """Whether a date is part of the name of a group, a place or a treaty: "the 17 February Revolution", "March 14 Alliance"."""
    if draft.year is not None and draft.month is not None:
        return False
    after = _after(tokens, draft)
    if tokens.name(draft.last) == "hyphen":
        return False
    return after in _nouns("name_head") and draft.rule in ("day_month", "month_day", "month", "weekday", "season")


def _month(tokens: Tokens, draft: Draft) -> bool:
    """A month alone."""
    index = next(i for i in range(draft.first, draft.last) if tokens.name(i) in ("month", "month_abbr", "weak_month"))
    name, word = tokens.name(index), tokens.word(index)
    before = _before(tokens, draft)
    if name == "weak_month" or (name == "month_abbr" and before not in _MONTH_PLACING):
        return False
    if tokens.name(draft.last) == "apostrophe" and draft.month in _HOMOGRAPH_MONTHS and before not in ("in", "since"):
        return False
    if draft.mod or draft.year_rel:
        return True
    if draft.month in _HOMOGRAPH_MONTHS:
        if word.isupper() and before not in _MONTH_PLACING:
            return False
        return before in _MONTH_PLACING and tokens.name(index - 1) != "name"
    return tokens.name(draft.first - 1) != "name" or before in _MONTH_PLACING


def _day_month(tokens: Tokens, draft: Draft) -> bool:
    weak = _has(tokens, draft, "weak_month") and draft.month in (3, 5, 8)
    if weak and draft.year is None and not _has(tokens, draft, "of"):
        return (
            draft.rule == "day_month"
            and _before(tokens, draft) in ("on", "by", "since", "until")
            and tokens.name(draft.last) in ("dot", "comma", "paragraph")
        )
    if tokens.name(draft.first - 1) in ("currency", "tight_dot", "tight_comma", "slash") and tokens.glued(draft.first - 1):
        return False
    if _has(tokens, draft, "ordinal_word") and draft.rule == "day_month":
        return draft.year is not None or _has(tokens, draft, "of")
    return True


def _month_year(tokens: Tokens, draft: Draft) -> bool:
    return not (_has(tokens, draft, "weak_month") and draft.month == 5 and not _has(tokens, draft, "of"))


def _year(tokens: Tokens, draft: Draft) -> bool:
    """Four digits: a year where a word places them in time, or nothing counts or numbers with them."""
    if draft.bc or draft.mod or _has(tokens, draft, "ad", "unit_year", "units"):
        return _count_after(tokens, draft.last) is False or draft.bc
    year = draft.year or 0
    before, name_before, name_after = _before(tokens, draft), tokens.name(draft.first - 1), tokens.name(draft.last)
    after = _after(tokens, draft)
    if name_before in (
        "currency",
        "hyphen",
        "slash",
        "tight_dot",
        "tight_comma",
        "colon",
        "apostrophe",
        "number",
        "at_sign",
    ) and tokens.glued(draft.first - 1):
        if not (name_before == "hyphen" and tokens.name(draft.first - 2) in ("year4", "number", "month", "number31")):
            return False
    if name_after in ("percent", "tight_comma", "tight_dot", "colon", "currency", "at_sign") and tokens.glued(draft.last - 1):
        return False
    if _has(tokens, draft, "apostrophe"):
        return before in _MONTH_PLACING or before in ("the", "summer", "winter")
    if before.lower() in _nouns("numbered") or (
        name_before in ("dot", "tight_dot") and tokens.word(draft.first - 2).lower() in _nouns("numbered")
    ):
        return False
    if _count_after(tokens, draft.last):
        return before in ("in", "since", "until") and year > 1400 and not after.lower() in _nouns("measure")
    if (
        before in _PLACING
        or before in ("the", "and", "or", "to", "than")
        or name_before in ("hyphen", "open", "comma", "early", "season", "month", "close", "month_abbr")
    ):
        return year > 1000 and (
            year % 100 != 0
            or year in (1800, 1900, 2000)
            or before in ("in", "since", "until", "by", "from", "to", "between", "and", "of", "the")
        )
    return 1500 <= year <= 2100 and year % 100 != 0 and name_after != "unknown"


def _count_after(tokens: Tokens, index: int) -> bool:
    """Whether the token counts as a thing counted: a plural in small letters or a unit of measure."""
    word = tokens.word(index)
    if not word.islower() or not word.isalpha():
        return tokens.name(index) in ("percent",)
    if word in _nouns("measure") or word in _nouns("counted"):
        return True
    return (
        tokens.name(index) == "unknown" and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _nouns("verb_in_s")
    )


def _year_range(tokens: Tokens, draft: Draft) -> bool:
    first, second = tokens.word(draft.first), tokens.word(draft.last - 1)
    if tokens.name(draft.first - 1) in ("currency", "hyphen", "slash", "tight_dot"):
        return False
    return len(second) == 2 and int(second) > int(first[2:]) and not _count_after(tokens, draft.last)


def _season(tokens: Tokens, draft: Draft) -> bool:
    index = next(i for i in range(draft.first, draft.last) if tokens.name(i) in ("season", "weak_season"))
    if draft.year is not None or draft.year_rel is not None:
        return True
    if tokens.name(draft.first - 1) == "name" and tokens.word(index)[0].isupper():
        return False
    before = _before(tokens, draft)
    if tokens.name(index) == "weak_season":
        return (
            draft.has_the and before in ("in", "during", "by", "until", "since", "through", "throughout") or draft.mod is not None
        ) and tokens.name(draft.last) != "of"
    if tokens.word(index).lower() == "spring" and tokens.name(draft.last) == "of":
        return False
    return draft.has_the or before in _MONTH_PLACING or draft.mod is not None or before in ("this", "main", "and")


def _decade(tokens: Tokens, draft: Draft) -> bool:
    if _has(tokens, draft, "decade_word"):
        return draft.has_the and not _before(tokens, draft).isdigit()
    return draft.has_the or draft.mod is not None or (draft.number or 0) >= 1000 or tokens.name(draft.first) == "apostrophe"


def _weekday(tokens: Tokens, draft: Draft) -> bool:
    if _has(tokens, draft, "weekday_abbr"):
        return draft.rel is not None or _before(tokens, draft) in ("on", "by", "until", "since") or _has(tokens, draft, "on")
    return not (draft.has_the and tokens.name(draft.last) == "name")


def _numeric(tokens: Tokens, draft: Draft) -> bool:
    if (
        tokens.name(draft.first - 1) in ("currency", "slash", "hyphen", "tight_dot", "colon")
        and tokens.name(draft.first - 1) != "colon"
        and tokens.glued(draft.first - 1)
    ):
        return tokens.name(draft.first - 1) == "hyphen"
    return True


def _clock(tokens: Tokens, draft: Draft) -> bool:
    before = _before(tokens, draft)
    if _has(tokens, draft, "ampm", "letter_m", "minutes_glued", "clock_glued", "clock", "zone"):
        return True
    placed = before in _PLACING or before in ("and",)
    if _has(tokens, draft, "clock_units"):
        return placed and len(tokens.word(draft.first)) >= 2 and tokens.word(draft.first)[0] in "01"
    return (
        placed
        and len(tokens.word(draft.first + 2)) == 2
        or tokens.name(draft.first - 1) in ("comma", "open", "month", "year4", "deictic", "weekday")
        and len(tokens.word(draft.first + 2)) == 2
    )


def _duration(tokens: Tokens, draft: Draft) -> bool:
    if draft.text:
        return True
    if not any(
        tokens.name(i)
        not in (
            "a",
            "unit_day",
            "unit_week",
            "unit_month",
            "unit_year",
            "unit_decade",
            "unit_century",
            "unit_other",
            "clock_unit",
            "unknown",
        )
        for i in range(draft.first, draft.last)
    ):
        return _before(tokens, draft) in _SPANNING and not _has(tokens, draft, "unknown")
    if draft.unit in ("S", "MIN") and draft.count is None and not draft.vague:
        return False
    return not (draft.count == 1 and draft.unit == "D" and _before(tokens, draft) == "the")


def _relative_units(tokens: Tokens, draft: Draft) -> bool:
    if draft.rel is None and draft.count is None and not draft.vague:
        return (
            draft.last - draft.first == 1
            and _before(tokens, draft) in ("for", "within", "in", "after", "over")
            and tokens.word(draft.first)[0].islower()
        )
    return True


def _relative_unit(tokens: Tokens, draft: Draft) -> bool:
    last = draft.last - 1
    if draft.unit in ("MIN", "S") or (draft.unit == "H" and draft.rel != "last"):
        return False
    return not (tokens.word(last)[0].isupper() and tokens.name(draft.last) == "name")


def _repeated(tokens: Tokens, draft: Draft) -> bool:
    if _has(tokens, draft, "per"):
        return False
    if _has(tokens, draft, "frequency"):
        after = _after(tokens, draft).lower()
        if tokens.word(draft.first)[0].isupper():
            return False
        if tokens.name(draft.last) in ("unknown", "name"):
            return after in _nouns("happening")
        return tokens.name(draft.first - 1) not in ("the", "a")
    return True


def _reference(tokens: Tokens, draft: Draft) -> bool:
    return draft.text != "" or _has(tokens, draft, "future", "present")


def _never(tokens: Tokens, draft: Draft) -> bool:
    return False


def _point_of_day(tokens: Tokens, draft: Draft) -> bool:
    return _before(tokens, draft) in ("at", "by", "until", "before", "after", "since", "from", "to", "around", "about")


_CHECKS = {
    "month": _month,
    "day_month": _day_month,
    "month_day": _day_month,
    "month_year": _month_year,
    "year": _year,
    "year_range": _year_range,
    "season": _season,
    "decade": _decade,
    "weekday": _weekday,
    "numeric_date": _numeric,
    "clock": _clock,
    "duration": _duration,
    "relative_units": _relative_units,
    "relative_unit": _relative_unit,
    "set": _repeated,
    "reference": _reference,
    "age": _never,
    "point_of_day": _point_of_day,
}
