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
_UNIT_NAMES = frozenset("unit_day unit_week unit_month unit_year unit_decade unit_century unit_other units".split())
_MONTH_PLACING = frozenset("in since until till by during from before after through throughout to of between around about and or".split())
_HOMOGRAPH_MONTHS = frozenset((3, 4, 5, 6, 8))
"""March, April, May, June, August: also verbs, names of persons or adjectives."""
_BACKWARD = ("last", "past", "previous", "preceding", "prior")
_INTENDED = frozenset("plan plans planned planning scheduled intended due goal aim target".split())
_ENDING = frozenset("until till before since".split())
_POSSESSIVES = frozenset("his her their my your our its".split())
_DETERMINERS = _POSSESSIVES | {"a", "an", "the"}
_SPANNING = frozenset(
    "for in within over after of about under during than nearly almost just only throughout around every another lasted".split()
)
_AHEAD = re.compile(
    r"\b(?:must|should|has to|have to|will|won't|shall|going to|(?:is|are|be) (?:to|due|set|likely|slated)|due (?:to|on|in|for)|upcoming|forthcoming|"
    r"plan(?:s|ned|ning)? (?:to|for)|schedul\w+|expect(?:s|ed)? (?:to|in|on|by)|slated|intends?|ahead of|set for|deadline|would)\b|'ll\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?<!\bbe )\b(?:was|were|had|did|said|told|held|began|came|went|took|made|left|met|saw|led|won|lost|fell|broke|gave|got|ran|sent|set up|struck|hit|"
    r"fought|fled|shot|cut|put|rose|spoke|wrote|became|brought|bore|drew|drove|fired|\w{2,}ed)\b",
    re.IGNORECASE,
)
_SCHEDULED = re.compile(r"(?:plann|schedul|expect|slat|propos|intend)ed", re.IGNORECASE)


@cache
def _nouns(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_lexicon("timex_evidence") if row["kind"] == kind)


def direction(before: str, after: str) -> int:
    """1 when the words on either side of a date look ahead (will, due, planned), -1 when they tell what happened, 0 when neither.

    The nearer word decides.
    """
    ahead, behind = _distance(_AHEAD, before, after), _distance(_BEHIND, before, after)
    if ahead == behind:
        return 0
    return 1 if ahead < behind else -1


def _distance(cue: re.Pattern[str], before: str, after: str) -> int:
    """Characters between a date and the nearest cue on either side."""
    nearest = 10_000
    for match in cue.finditer(before):
        if cue is _AHEAD or not _SCHEDULED.fullmatch(match.group()):
            nearest = len(before) - match.end()
    following = cue.search(after)
    return min(nearest, following.start()) if following else nearest


def trim(tokens: Tokens, draft: Draft) -> None:
    """Leave the article out where it belongs to a noun that follows: "the [13 November] attacks", "the [August 1792] uprising"."""
    if tokens.name(draft.first) != "the" or draft.mod is not None or draft.rel is not None:
        return
    if draft.rule not in ("day_month", "month_day", "month_year", "month", "season", "weekday", "holiday", "relative_units"):
        return
    if _has(tokens, draft, "of") or (draft.rule == "relative_units" and draft.ordinal is not None):
        return
    after = tokens.word(draft.last)
    name = tokens.name(draft.last)
    if after[:1].isupper() and name in ("name", "unknown"):
        draft.first += 1
    elif name == "unknown" and after.isalpha() and not (after.endswith("ed") or after in _nouns("verb")):
        draft.first += 1


def weight(tokens: Tokens, draft: Draft) -> int:
    """How far a date carries the story of a text: 2 it is part of it, 1 it is named in passing, 0 it looks elsewhere.

    Elsewhere look "the previous April", "two years earlier", "until 1614", "planned for 1976"; in passing stands a bare year
    inside a sentence ("the 1918 offensive").
    """
    if draft.direction < 0 or draft.rel in _BACKWARD or draft.year_rel in _BACKWARD:
        return 0
    if draft.year is None:
        return 2
    opens = any(tokens.name(index) in ("dot", "paragraph") for index in range(draft.first - 1, draft.first - 4, -1))
    opens = opens and tokens.name(draft.first - 1) != "the"
    if opens:
        return 2
    before = [word.lower() for word in tokens.words(draft.first - 8, draft.first)]
    while before and not {",", ";", ".", ":", "("}.isdisjoint(before):
        before.pop(0)
    if not _INTENDED.isdisjoint(before) or not _ENDING.isdisjoint(before) or before[-1:] in (["to"], ["by"]):
        return 0
    if draft.month is not None or draft.season is not None:
        return 1 if tokens.word(draft.first).lower() == "the" and draft.day is None else 2
    return 0 if direction(" ".join(before), "") > 0 else 1


def accept(tokens: Tokens, draft: Draft) -> bool:
    """Whether the words around a draft let it be a time."""
    check = _CHECKS.get(draft.rule)
    return check is None or check(tokens, draft)


def _before(tokens: Tokens, draft: Draft) -> str:
    return tokens.word(draft.first - 1).lower()


def _after(tokens: Tokens, draft: Draft) -> str:
    return tokens.word(draft.last)


def _has(tokens: Tokens, draft: Draft, *names: str) -> bool:
    return any(tokens.name(index) in names for index in range(draft.first, draft.last))


def is_name(tokens: Tokens, draft: Draft) -> bool:
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
    if draft.mod or draft.side or draft.year_rel:
        return True
    if draft.month in _HOMOGRAPH_MONTHS:
        if before in _DETERMINERS | {"the"} or draft.has_the:
            return (
                tokens.name(draft.last) == "unknown"
                and tokens.word(draft.last).isalpha()
                and tokens.word(draft.last).islower()
                and name == "month"
            )
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
    if tokens.name(draft.first - 1) == "currency":
        return False
    if tokens.name(draft.first - 1) in ("tight_dot", "tight_comma", "slash") and tokens.glued(draft.first - 1):
        return False
    if _has(tokens, draft, "ordinal_word") and draft.rule == "day_month":
        return draft.year is not None or _has(tokens, draft, "of")
    return True


def _month_year(tokens: Tokens, draft: Draft) -> bool:
    return not (_has(tokens, draft, "weak_month") and draft.month == 5 and not _has(tokens, draft, "of"))


def _year(tokens: Tokens, draft: Draft) -> bool:
    """Four digits: a year where a word places them in time, or nothing counts or numbers with them."""
    if draft.bc:
        return True
    if draft.mod or draft.side or _has(tokens, draft, "ad", "unit_year", "units"):
        return not _count_after(tokens, draft.last)
    year = draft.year or 0
    before, name_before, name_after = _before(tokens, draft), tokens.name(draft.first - 1), tokens.name(draft.last)
    after = _after(tokens, draft)
    if name_before in ("number", "bracket") or (name_before == "number31" and tokens.name(draft.first - 2) == "number"):
        return False
    if before in ("and", "or", ",") and tokens.name(draft.first - 2) in ("number", "year4") and _is_numbered(tokens, draft.first - 2):
        return False
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
        if not (name_before == "hyphen" and tokens.name(draft.first - 2) in ("year4", "month")):
            return False
    if (
        name_after in ("percent", "tight_comma", "tight_dot", "colon", "currency", "at_sign")
        and tokens.glued(draft.last - 1)
        and tokens.glued(draft.last)
        and tokens.name(draft.last + 1) in ("number", "number31", "year4", "percent")
    ):
        return False
    if _has(tokens, draft, "apostrophe"):
        return before in _MONTH_PLACING or before in ("the", "summer", "winter")
    if before.lower() in _nouns("numbered") or (
        name_before in ("dot", "tight_dot") and tokens.word(draft.first - 2).lower() in _nouns("numbered")
    ):
        return False
    if name_before == "paragraph" and name_after in ("colon", "paragraph", "dot"):
        return 1000 < year < 2200
    if (before in _DETERMINERS or (before == "s" and tokens.name(draft.first - 2) == "apostrophe")) and year % 100 and 1500 <= year <= 2100:
        return after not in _nouns("counted") and after not in _nouns("measure")
    if name_before in ("dot", "paragraph") and year % 100 and 1500 <= year <= 2100 and after.islower():
        return not _count_after(tokens, draft.last)
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
        tokens.name(index) == "unknown"
        and word.endswith(("s", "men", "children", "people"))
        and not word.endswith(("ss", "us", "is"))
        and word not in _nouns("verb_in_s")
    )


def _is_numbered(tokens: Tokens, index: int) -> bool:
    """Whether the word before a number takes a number that is no year: resolution, brigade, page, no."""
    before = tokens.word(index - 1).lower()
    if before == ".":
        before = tokens.word(index - 2).lower()
    return before in _nouns("numbered")


def _ancient_year(tokens: Tokens, draft: Draft) -> bool:
    """A bare number in a text that counts years before Christ."""
    number = 1 - (draft.year or 0)
    if not 100 <= number <= 999:
        return False
    if (
        tokens.name(draft.last) == "hyphen"
        and tokens.name(draft.last + 1) == "number"
        and tokens.name(draft.last + 2) in ("bc", "letter_b")
    ):
        return True
    return draft.mod is not None or _before(tokens, draft) in ("in", "until", "from", "by", "since", "between", "during", "(")


def _holiday(tokens: Tokens, draft: Draft) -> bool:
    return tokens.word(draft.last) not in _nouns("name_head") and tokens.name(draft.first - 1) != "name"


def is_year_range(tokens: Tokens, draft: Draft) -> bool:
    """Whether four digits, a hyphen and two more are years ("1980-88") and no sum, number or code."""
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
    if before == "to" and not draft.has_the:
        return False
    if draft.has_the or draft.mod is not None or draft.side or draft.rel is not None:
        return True
    if before in ("and", "or") and tokens.name(draft.first - 2) in ("season", "weak_season"):
        return True
    if tokens.name(draft.last) in ("and", "or") and tokens.name(draft.last + 1) in ("season", "weak_season"):
        return True
    return before in _MONTH_PLACING - {"and", "or"} and tokens.name(draft.last) != "unknown"


def _decade(tokens: Tokens, draft: Draft) -> bool:
    if _has(tokens, draft, "decade_word"):
        return draft.has_the and not _before(tokens, draft).isdigit()
    return (
        draft.has_the or draft.mod is not None or draft.side != 0 or (draft.number or 0) >= 1000 or tokens.name(draft.first) == "apostrophe"
    )


def _day_of_month(tokens: Tokens, draft: Draft) -> bool:
    """An ordinal that no noun follows, where a day could stand: "on the 20th", "Monday the 13th"."""
    if (
        tokens.name(draft.last) in ("unknown", "name", "hyphen", "number31", "unit_century", "ordinal_word")
        or tokens.name(draft.last) in _UNIT_NAMES
    ):
        return False
    if draft.weekday is not None:
        return True
    return draft.has_the and (draft.rel is not None or _before(tokens, draft) in ("on", "by", "until", "since", "before", "after", "from"))


def _weekday(tokens: Tokens, draft: Draft) -> bool:
    if _has(tokens, draft, "weekday_abbr"):
        return draft.rel is not None or _before(tokens, draft) in ("on", "by", "until", "since") or _has(tokens, draft, "on")
    return not (draft.has_the and tokens.name(draft.last) == "name")


def _numeric(tokens: Tokens, draft: Draft) -> bool:
    if draft.last - draft.first == 3 and _has(tokens, draft, "slash"):
        figures = (tokens.word(draft.first), tokens.word(draft.last - 1))
        return figures not in (("9", "11"), ("24", "7")) and _before(tokens, draft) in (
            "on",
            "by",
            "until",
            "since",
            "before",
            "after",
            "this",
            "next",
        )
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
        return tokens.name(draft.first - 1) not in ("tight_dot", "tight_comma", "hyphen", "slash")
    before = _before(tokens, draft)
    if before == "aged" or (before == "of" and tokens.word(draft.first - 2).lower() == "age"):
        return False
    if before == "-" and tokens.glued(draft.first - 1):
        return False
    if draft.count == 1 and draft.unit == "D" and before not in _SPANNING and tokens.word(draft.first).lower() == "one":
        return False
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
    if draft.rel is None and (draft.count is not None or draft.vague):
        return _duration(tokens, draft)
    if draft.rel is None:
        return (
            draft.last - draft.first == 1
            and _before(tokens, draft) in ("for", "within", "in", "after", "over")
            and tokens.word(draft.first)[0].islower()
        )
    return True


def _relative_unit(tokens: Tokens, draft: Draft) -> bool:
    last = draft.last - 1
    if draft.rel is None and draft.mod is None and not draft.direction:
        return draft.unit != "D" and _before(tokens, draft) in ("of", "in", "during", "for", "throughout", "within")
    if draft.unit in ("MIN", "S") or (draft.unit == "H" and draft.rel != "last"):
        return False
    return not (tokens.word(last)[0].isupper() and tokens.name(draft.last) == "name")


def _repeated(tokens: Tokens, draft: Draft) -> bool:
    if _has(tokens, draft, "frequency"):
        after = _after(tokens, draft).lower()
        if tokens.word(draft.first)[0].isupper():
            return False
        if tokens.name(draft.last) in ("unknown", "name"):
            return after in _nouns("happening")
        return tokens.name(draft.first - 1) not in ("the", "a")
    return True


def _reference(tokens: Tokens, draft: Draft) -> bool:
    return not (tokens.name(draft.last) == "and" and tokens.word(draft.last + 1).lower() in ("then", "again"))


def _offset(tokens: Tokens, draft: Draft) -> bool:
    """Hours and minutes beside an untold time tell no day."""
    return draft.unit not in ("H", "MIN", "S") or (draft.text == "ago" and draft.count is not None)


def is_rate(tokens: Tokens, first: int) -> bool:
    """Whether "a day" says how often: thirty a day, $1 billion a year."""
    return tokens.name(first - 1) in ("number31", "number", "magnitude", "number_word", "tens")


def _anaphor(tokens: Tokens, draft: Draft) -> bool:
    """At that time, during this period: only behind a preposition; "this time" alone is an occasion."""
    return _before(tokens, draft) in ("at", "by", "during", "since", "until", "around", "from", "throughout", "about", "after", "before")


def dangles(tokens: Tokens, draft: Draft) -> bool:
    """Whether "two days after" or "the day before" leans on what follows it, a happening and no date that was told."""
    after = tokens.name(draft.last)
    if tokens.name(draft.last - 1) in ("before", "after"):
        return after not in ("comma", "tight_comma", "dot", "tight_dot", "paragraph", "close", "quote", "and")
    if after not in ("before", "after") or _before(tokens, draft) in _SPANNING - {"just", "only", "nearly", "almost"}:
        return False
    return tokens.name(draft.last + 1) in ("the", "unknown", "name", "a", "this", "that")


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
    "ancient_year": _ancient_year,
    "holiday": _holiday,
    "year_range": is_year_range,
    "season": _season,
    "decade": _decade,
    "weekday": _weekday,
    "day_of_month": _day_of_month,
    "numeric_date": _numeric,
    "clock": _clock,
    "duration": _duration,
    "relative_units": _relative_units,
    "relative_unit": _relative_unit,
    "set": _repeated,
    "reference": _reference,
    "anaphor": _anaphor,
    "offset": _offset,
    "age": _never,
    "point_of_day": _point_of_day,
}
