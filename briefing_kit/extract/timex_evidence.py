"""What speaks for a match being a time, and against it: words and numbers look like dates far more often than they are."""

from __future__ import annotations

from briefing_kit.extract import timex_evidence_units as units
from briefing_kit.extract.timex_context import has, is_prefixed, nouns, word_after, word_before
from briefing_kit.extract.timex_draft import Draft
from briefing_kit.extract.timex_evidence_units import PLACING
from briefing_kit.extract.timex_tense import INTENDED
from briefing_kit.extract.timex_tokens import Tokens

_UNIT_NAMES = frozenset("unit_day unit_week unit_month unit_year unit_decade unit_century unit_other units".split())
_MONTH_PLACING = frozenset("in since until till by during from before after through throughout to of between around about and or".split())
_POSSESSIVES = frozenset("his her their my your our its".split())
_DETERMINERS = _POSSESSIVES | {"a", "an", "the"}
_STRONG = ("in", "since", "until", "by", "from", "to", "between", "and", "of", "the")
_BESIDE_YEAR = ("hyphen", "open", "comma", "early", "season", "month", "close", "month_abbr")
_GLUE = ("currency", "hyphen", "slash", "tight_dot", "tight_comma", "colon", "apostrophe", "at_sign")
_GLUE_AFTER = ("percent", "tight_comma", "tight_dot", "colon", "currency", "at_sign")
_HOMOGRAPH_MONTHS = frozenset((3, 4, 5, 6, 8))
"""March, April, May, June, August: also verbs, names of persons or adjectives."""

_NAMING = frozenset(("day_month", "month_day", "month", "weekday", "season"))


def accept(tokens: Tokens, draft: Draft) -> bool:
    """Whether the words around a draft let it be a time."""
    check = _CHECKS.get(draft.rule)
    return check is None or check(tokens, draft)


def is_name(tokens: Tokens, draft: Draft) -> bool:
    """Whether a date is part of the name of a group, a place or a treaty: "the 17 February Revolution", "March 14 Alliance"."""
    if draft.rule not in _NAMING or (draft.year is not None and draft.month is not None):
        return False
    after, following = word_after(tokens, draft), tokens.name(draft.last)
    if following == "hyphen":
        return False
    if tokens.name(draft.first) != "the" and word_before(tokens, draft) in ("on", "in", "by", "since", "until"):
        return False  # "On 10 October Army units left": a date and a new noun
    return (tokens.word(draft.last + 1) if following == "quote" else after) in nouns("name_head")


def _month(tokens: Tokens, draft: Draft) -> bool:
    """A month alone."""
    index = next(i for i in range(draft.first, draft.last) if tokens.name(i) in ("month", "month_abbr", "weak_month"))
    name, word = tokens.name(index), tokens.word(index)
    before = word_before(tokens, draft)
    if name == "weak_month" or (name == "month_abbr" and before not in _MONTH_PLACING):
        return False
    if name == "month" and before == "for" and (draft.month in (3, 8) or tokens.lower(draft.first - 2) in INTENDED):
        return not word.isupper() and tokens.name(draft.last) != "name"
    if tokens.name(draft.last) == "apostrophe" and draft.month in _HOMOGRAPH_MONTHS and before not in ("in", "since"):
        return False
    if draft.mod or draft.side or draft.year_rel:
        return True
    if name == "month" and word_after(tokens, draft) in nouns("happening"):
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
    """A day of a month; "3 may" and "first May" need a year, a preposition or "of"."""
    weak = has(tokens, draft, "weak_month") and draft.month in (3, 5, 8)
    if weak and draft.year is None and not has(tokens, draft, "of"):
        placed = word_before(tokens, draft) in ("on", "by", "since", "until")
        return draft.rule == "day_month" and placed and tokens.name(draft.last) in ("dot", "comma", "paragraph")
    before = tokens.name(draft.first - 1)
    if before == "currency" or (before in ("tight_dot", "tight_comma", "slash") and tokens.glued(draft.first - 1)):
        return False
    if has(tokens, draft, "ordinal_word") and draft.rule == "day_month":
        return draft.year is not None or has(tokens, draft, "of")
    return True


def _month_year(tokens: Tokens, draft: Draft) -> bool:
    return not (has(tokens, draft, "weak_month") and draft.month == 5 and not has(tokens, draft, "of"))


def _year(tokens: Tokens, draft: Draft) -> bool:
    """Four digits: a year where a word places them in time, and nothing is counted, priced or numbered with them."""
    if draft.bc:
        return True
    if draft.mod or draft.side or has(tokens, draft, "ad", "unit_year", "units"):
        return not _count_after(tokens, draft.last)
    if is_prefixed(tokens, draft.first):
        return (draft.year or 0) > 1000
    if _in_figures(tokens, draft) or _is_numbered(tokens, draft.first):
        return False
    year = draft.year or 0
    before, name_before, name_after = word_before(tokens, draft), tokens.name(draft.first - 1), tokens.name(draft.last)
    after = word_after(tokens, draft)
    if has(tokens, draft, "apostrophe"):
        return before in _MONTH_PLACING or before in ("the", "summer", "winter")
    if name_before == "paragraph" and name_after in ("colon", "paragraph", "dot"):
        return 1000 < year < 2200
    likely = year % 100 != 0 and 1500 <= year <= 2100
    if likely and (before in _DETERMINERS or (before == "s" and tokens.name(draft.first - 2) == "apostrophe")):
        return after not in nouns("counted") and after not in nouns("measure")
    if likely and year >= 1800 and name_before == "unknown" and tokens.lower(draft.first - 2) in _DETERMINERS and after.islower():
        return before.islower() and tokens.name(draft.last) == "unknown" and not _count_after(tokens, draft.last)  # a failed 2016 coup
    if likely and name_before in ("dot", "paragraph") and after.islower():
        return not _count_after(tokens, draft.last)
    if _count_after(tokens, draft.last):
        return before in ("in", "since", "until") and year > 1400 and year % 100 != 0 and after.lower() not in nouns("measure")
    if before in ("over", "about", "around", "than"):
        placed = tokens.lower(draft.first - 2) in ("in", "or", "from", "of", "since", "earlier", "later", "sooner")
        return year > 1000 and (placed or name_after in ("comma", "dot", "tight_dot", "close", "paragraph"))
    if before in PLACING or before in ("the", "and", "or", "to") or name_before in _BESIDE_YEAR:
        return year > 1000 and (year % 100 != 0 or year in (1800, 1900, 2000) or before in _STRONG)
    return likely and name_after != "unknown"


def _spelled_year(tokens: Tokens, draft: Draft) -> bool:
    """Nineteen ninety-six, two thousand and eleven: only where a word places a year, and nothing is counted with it."""
    placed = word_before(tokens, draft) in ("in", "since", "year") or tokens.name(draft.first - 1) in (
        "month",
        "month_abbr",
        "number31",
        "ordinal31",
    )
    return placed and tokens.name(draft.last) != "name" and not _count_after(tokens, draft.last)


def _in_figures(tokens: Tokens, draft: Draft) -> bool:
    """Whether four digits belong to more figures: a price, a phone number, a decimal, a list of resolutions."""
    first, name = draft.first, tokens.name(draft.first - 1)
    if name in ("number", "bracket") or (name == "number31" and tokens.name(first - 2) == "number"):
        return True
    if tokens.word(first - 1) in ("and", "or", ",") and tokens.name(first - 2) in ("number", "year4") and _is_numbered(tokens, first - 2):
        return True
    if name in _GLUE and tokens.glued(first - 1):
        follows = name == "hyphen" and tokens.name(first - 2) in ("year4", "month")
        if not follows or tokens.name(first - 3) == "hyphen" or _is_numbered(tokens, first - 2):
            return True
    if tokens.name(draft.last) == "open" and tokens.name(draft.last + 1) == "year4" and tokens.name(draft.last + 2) == "close":
        return True  # resolution 1540 (2004)
    glued = tokens.glued(draft.last - 1) and tokens.glued(draft.last)
    return glued and tokens.name(draft.last) in _GLUE_AFTER and tokens.name(draft.last + 1) in ("number", "number31", "year4", "percent")


def _count_after(tokens: Tokens, index: int) -> bool:
    """Whether the token counts as a thing counted: a plural in small letters or a unit of measure."""
    word = tokens.word(index)
    if tokens.name(index) in ("units", "clock_units", "magnitude"):
        return True
    if not word.islower() or not word.isalpha():
        return tokens.name(index) in ("percent",)
    if word in nouns("measure") or word in nouns("counted"):
        return True
    return (
        tokens.name(index) == "unknown"
        and word.endswith(("s", "men", "children", "people"))
        and not word.endswith(("ss", "us", "is"))
        and word not in nouns("verb_in_s")
    )


def _is_numbered(tokens: Tokens, index: int) -> bool:
    """Whether the word before a number takes a number that is no year: resolution, brigade, page, no."""
    before = tokens.lower(index - 1)
    if before == ".":
        before = tokens.lower(index - 2)
    return before in nouns("numbered")


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
    return draft.mod is not None or word_before(tokens, draft) in ("in", "until", "from", "by", "since", "between", "during", "(")


def _holiday(tokens: Tokens, draft: Draft) -> bool:
    return tokens.word(draft.last) not in nouns("name_head") and tokens.name(draft.first - 1) != "name"


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
    before = word_before(tokens, draft)
    if word_after(tokens, draft) in nouns("happening"):
        return True
    if tokens.name(index) == "weak_season":
        placed = draft.has_the and before in ("in", "during", "by", "until", "since", "through", "throughout")
        return (placed or draft.mod is not None) and tokens.name(draft.last) != "of"
    if tokens.lower(index) == "spring" and tokens.name(draft.last) == "of":
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
    if has(tokens, draft, "decade_word"):
        return draft.has_the and not word_before(tokens, draft).isdigit()
    return (
        draft.has_the or draft.mod is not None or draft.side != 0 or (draft.number or 0) >= 1000 or tokens.name(draft.first) == "apostrophe"
    )


def _day_of_month(tokens: Tokens, draft: Draft) -> bool:
    """An ordinal that no noun follows, where a day could stand: "on the 20th", "Monday the 13th"."""
    followed = tokens.name(draft.last)
    if followed == "unknown" and word_after(tokens, draft) in nouns("verb"):
        followed = ""  # the raid on the 20th was
    if followed in ("unknown", "name", "hyphen", "number31", "unit_century", "ordinal_word") or followed in _UNIT_NAMES:
        return False
    if draft.weekday is not None:
        return True
    return draft.has_the and (
        draft.rel is not None or word_before(tokens, draft) in ("on", "by", "until", "since", "before", "after", "from")
    )


def _weekday(tokens: Tokens, draft: Draft) -> bool:
    if has(tokens, draft, "weekday_abbr"):
        return draft.rel is not None or word_before(tokens, draft) in ("on", "by", "until", "since") or has(tokens, draft, "on")
    return not (draft.has_the and tokens.name(draft.last) == "name")


def _never(_tokens: Tokens, _draft: Draft) -> bool:
    return False


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
    "numeric_date": units.numeric,
    "spelled_year": _spelled_year,
    "quarter": units.quarter,
    "clock": units.clock,
    "clock_hours": units.clock,
    "week_number": units.week_number,
    "duration": units.duration,
    "relative_units": units.relative_units,
    "relative_unit": units.relative_unit,
    "set": units.repeated,
    "reference": units.reference,
    "anaphor": units.anaphor,
    "offset": units.offset,
    "age": _never,
    "point_of_day": units.point_of_day,
}
