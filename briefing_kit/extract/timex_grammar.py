"""The forms that a time expression can take, as patterns of token classes.

In a pattern a word in small letters is a class of `timex_vocabulary`, a word in capitals is a pattern of MACROS; the rest is
regular expression. Every repetition is bounded, so that the search is linear in the text. The first rule that matches at a
token wins, so longer forms stand before their parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from briefing_kit.extract.timex_vocabulary import class_characters

MACROS: dict[str, str] = {
    "DOT": "(dot|tight_dot)",
    "COMMA": "(comma|tight_comma)",
    "MONTH": "(month|month_abbr DOT?|weak_month DOT?)",
    "WEEKDAY": "(weekday|weekday_abbr DOT?)",
    "ORDINAL": "(ordinal31|tens hyphen? ordinal_word|ordinal_word)",
    "DOM": "(number31|ORDINAL)",
    "AND": "(and|or)",
    "TO": "(hyphen|to|until|till|through)",
    "BCE": "(bc|ad|letter_b DOT letter_c (DOT letter_e)? DOT?)",
    "BARE_YEAR": "(year4|apostrophe number|apostrophe number31)",
    "YEAR": "((year4|number|number31) BCE|ad (year4|number|number31)|BARE_YEAR)",
    "REL": "(this|that|same|last|next|current|the (same|last|next|current))",
    "REL_YEAR": "of? REL unit_year",
    "OF_YEAR": "(COMMA? (of|in)? the? YEAR|COMMA? REL_YEAR|of the unit_year)",
    # "early", "the end of", "the latter part of", "later in": a part of what follows.
    "PART": "((the? very? (early|latter|ordinal_word|last|final|next) (half|part) of)|(most of)? the? very? (edge|rest) of|"
    "(early hyphen? to hyphen?)? the? (early|later) hyphen? in?|early on)",
    "POD": "(part_of_day|point_of_day)",
    "POD_OF": "((early|later) (on|in) the part_of_day of|"
    "(the|that|WEEKDAY)? ((early|later)? hyphen? (part_of_day clock_units?|point_of_day)|(early|later) clock_units) (of|on))",
    "AMPM": "(ampm|(a|letter_p) tight_dot letter_m DOT?)",
    "ZONE": "(zone|open zone close|(local|name) time)",
    "HHMM": "(number31|number) (colon|tight_dot) (number31|number) (colon (number31|number))?",
    "CLOCK": "((number31|number) (colon|tight_dot) minutes_glued|HHMM AMPM|(number31 AMPM)|(number31|number) colon (number31|number)"
    "(colon (number31|number))? (AMPM|clock_units)?|clock_glued|number31 letter_o apostrophe clock|(year4|clock_four) clock_units)",
    "UNIT": "(unit_day|unit_week|unit_month|unit_year|unit_decade|unit_century|unit_other)",
    "ANY_UNIT": "(UNIT|units|clock_unit|clock_units)",
    "INTEGER": "(tens hyphen? number_word|number_word magnitude|tens|number_word|number31|number (tight_comma number)?|"
    "number31 tight_comma number|year4|magnitude)",
    "NUMBER": "((number31|number) tight_dot (number31|number)|INTEGER ((to|or|hyphen|and) INTEGER)?)",
    "TENS_WORD": "(tens hyphen? number_word|tens|number_word)",
    "COUNT": "((a|the)? vague (of|NUMBER|magnitude of?)?|a (magnitude|half)|half a?|NUMBER (and a? half)?|a)",
    "APPROX": "(about|around|roughly|approximately|nearly|almost|over|under|just|only|circa|"
    "(more|less) than|at (least|most)|up to|as long as)",
}

# One form a row: name of the rule, pattern. The names appear in the column `rule`.
RULES: tuple[tuple[str, str], ...] = (
    ("date_time_group", "dtg MONTH (year4|number31|number)|dtg_whole"),
    (
        "iso_date",
        "(WEEKDAY COMMA?)? year4 hyphen number31 hyphen number31|"
        "year4 hyphen number31 hyphen iso_hour (colon (number31|number|clock_glued|minutes_glued)){0,2}|"
        "year4 hyphen (number31|number) hyphen (number31|number)|compact_date|year4 hyphen number31 (?!hyphen|slash)",
    ),
    (
        "numeric_date",
        "(WEEKDAY COMMA?)? (number31 slash number31 slash (year4|number31|number)|number31 slash number31 (?!slash)|"
        "number31 tight_dot number31 tight_dot (year4|number31|number)|"
        "number31 hyphen number31 hyphen (year4|number31|number)|year4 slash number31 slash number31|"
        "number31 (slash|hyphen) MONTH (slash|hyphen) (year4|number31|number)|year4 (hyphen|slash) MONTH (hyphen|slash) number31|"
        "MONTH (slash|hyphen) number31 (slash|hyphen) year4)|number31 (slash|hyphen) year4 (?!slash|hyphen)",
    ),
    (
        "day_month",
        "(WEEKDAY COMMA?)? POD_OF? (PART)? the? DOM ((COMMA the? DOM){0,8} COMMA? AND the? DOM|(TO|slash) the? DOM)? unit_day? of? "
        "the? MONTH (?!hyphen? unit_day) OF_YEAR?",
    ),
    (
        "month_day",
        "(WEEKDAY COMMA?)? POD_OF? (PART)? the? MONTH (COMMA? the? ORDINAL|(the|slash)? DOM) "
        "(?!(tight_comma|tight_dot) (number|number31))"
        "((COMMA the? DOM){0,8} COMMA? AND the? DOM|TO the? DOM)? (COMMA? of? BARE_YEAR|COMMA? of? YEAR|COMMA? REL_YEAR)?",
    ),
    ("month_year", "POD_OF? (PART)? the? MONTH OF_YEAR|year4 MONTH (?!COMMA? DOM)|MONTH (hyphen|slash) year4"),
    ("month_range", "(month|month_abbr) (hyphen|slash) (month|month_abbr DOT?) OF_YEAR?"),
    (
        "quarter",
        "the? (ordinal_word|ordinal31|last|final) hyphen? quarter (of? the? (YEAR|REL unit_year|unit_year))|quarter_code (of? YEAR)?|"
        "YEAR quarter_code|the (ordinal_word|ordinal31|last|final) hyphen? quarter",
    ),
    (
        "half",
        "the? (ordinal_word|ordinal31|latter|early|last) half of (the? YEAR|REL unit_year|the unit_year)|"
        "half_code (of? YEAR)|YEAR half_code",
    ),
    ("season", "(PART)? (REL|the)? (season|weak_season) OF_YEAR?|year4 season"),
    ("decade", "(PART)? the? (apostrophe? decade_number|decade_word) BCE?"),
    ("century", "(PART)? the? early? (ordinal31|ORDINAL) hyphen? unit_century BCE?"),
    ("year_range", "year4 (hyphen|slash) (number31|number) (?!hyphen|slash|tight_dot)"),
    ("month", "(PART)? (REL|the)? MONTH"),
    (
        "week_number",
        "iso? unit_week (number31|number) (of? the? (YEAR|REL unit_year))?|"
        "the? (ordinal_word|ordinal31|last) unit_week (of|in) (the? YEAR|MONTH OF_YEAR?|REL unit_year)",
    ),
    (
        "clock_hours",
        "(year4|clock_four) clock_units ZONE?|clock_four ZONE|year4 (zone|local time)|"
        "(year4|clock_four) (?=on (the? DOM (of|MONTH)|MONTH DOM|WEEKDAY))",
    ),
    ("nth_month", "the? (ordinal_word|ordinal31) unit_month of (the? YEAR|REL unit_year)"),
    ("year", "(PART)? (the? (unit_year|units))? YEAR"),
    ("holiday", "(PART)? (REL|the)? holiday holiday_more{0,6} (unit_day)? (COMMA? of? YEAR|REL_YEAR)? POD?"),
    ("nth_weekday", "the? (ordinal_word|ordinal31|last|final) WEEKDAY (of|in) MONTH OF_YEAR?"),
    (
        "day_of_month",
        "(WEEKDAY COMMA?)? the? (ordinal31|tens hyphen ordinal_word) (unit_day? of REL unit_month)?|"
        "WEEKDAY COMMA? the ORDINAL|WEEKDAY number31 (?!colon|tight_dot|tight_comma|slash)",
    ),
    ("weekdays_ago", "COUNT weekday_plural ago"),
    (
        "weekday",
        "POD_OF? (early on?)? (this (last|next)|REL|the)? WEEKDAY (?!parts_of_day) (COMMA? (early|later)? POD)? "
        "(of? REL unit_week)?|REL unit_week on? WEEKDAY",
    ),
    ("deictic", "the unit_day (before|after) deictic|POD_OF? (early|later)? deictic (early|later)? POD?|tonight"),
    ("age", "(APPROX)? NUMBER hyphen? (units|unit_year|unit_month) hyphen? (old|of age)"),
    # Units named by their place beside another time.
    (
        "offset",
        "APPROX{0,2} (COUNT ANY_UNIT (comma|and)?){0,2} (COUNT unknown?)? ANY_UNIT (ago|later|adverb_offset|from reference)|"
        "APPROX{0,2} COUNT ANY_UNIT (before|after) (?=comma|dot|paragraph|$)",
    ),
    (
        "relative_unit",
        "(PART)? (REL same?|this (last|next)|the very? (same|next|last)) (UNIT|clock_unit)|(PART) (the|that) UNIT|the? edge of UNIT|"
        "the unit_other|"
        "UNIT (apostrophe letter_s)? edge|(unit_year|unit_month) hyphen edge|the UNIT (?=comma|dot|paragraph|quote|close|tight_dot|$)|"
        "the UNIT (before|after) (last|next)|the UNIT (before|after|later|next|last)",
    ),
    (
        "duration",
        "APPROX{0,2} (another COUNT?|COUNT) hyphen? (unknown|more|(last|next) (?=units|clock_units))? ANY_UNIT (and a? half|hyphen? long)? "
        "((comma|and) COUNT ANY_UNIT (and COUNT ANY_UNIT)?)?|"
        "(unit_day|unit_week|unit_month|unit_year|units|unit_decade|clock_unit) hyphen long|duration_glued|"
        "all (unit_day|unit_week|unit_month|unit_year) (?!hyphen)",
    ),
    (
        "relative_units",
        "(the|these|those|this)? (last|next|recent|ordinal_word|final)? (COUNT)? (last|next)? (units|clock_units) "
        "(of the? MONTH OF_YEAR?|of the? YEAR)?",
    ),
    ("relative_part", "(early|later)? (REL same?|the very? (same|next|last)) (POD|clock_units)|POD_OF the (next|last|same) unit_day"),
    (
        "set",
        "every (other|ordinal_word|COUNT)? (ANY_UNIT|WEEKDAY|POD|quarter|season)|weekday_plural|WEEKDAY? parts_of_day|"
        "per (UNIT|clock_unit)|(times_word|NUMBER times) (a|per|every) ANY_UNIT|(bi hyphen)? frequency",
    ),
    ("clock", "CLOCK ZONE?"),
    ("point_of_day", "point_of_day"),
    ("anaphor", "(this|that|the? same) (time|period)"),
    ("reference", "((to|till) date|present hyphen unit_day|right? reference|at present)"),
    (
        "spelled_year",
        "(number_word|tens) hyphen? (TENS_WORD|magnitude (and? TENS_WORD)?) (?!hyphen? (ANY_UNIT|magnitude))",
    ),
)

_ANCIENT = ("ancient_year", "(PART)? number (?!unknown|tight_comma|tight_dot|units|percent|slash)")


@cache
def grammar(*, ancient: bool = False) -> re.Pattern[str]:
    """All rules as one pattern over class characters; `lastgroup` of a match is the name of its rule.

    `ancient`: also bare numbers as years, for a text that names years before Christ.
    """
    rules = [(name, compile_classes(pattern)) for name, pattern in ((*RULES, _ANCIENT) if ancient else RULES)]
    # One look at the first token spares the optional words with which most rules begin.
    return re.compile("|".join(f"(?=[{''.join(sorted(_first(pattern, 0)[0]))}])(?P<{name}>{pattern})" for name, pattern in rules))


def _first(pattern: str, at: int) -> tuple[set[str], bool, int]:
    """The class characters with which the alternatives from `at` can begin, whether one of them can be empty, and where they end."""
    begun: set[str] = set()
    empty, passed = False, True  # passed: all before `at` in this alternative can be empty
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            empty, passed, at = empty or passed, True, at + 1
            continue
        if pattern[at] == "(":
            consumes = pattern.startswith("(?:", at)
            inner, optional, at = _first(pattern, at + 3)
            inner, optional = (inner, optional) if consumes else (set(), True)
        else:
            inner, optional = (set(), True) if pattern[at] == "$" else ({pattern[at]}, False)
        at += 1
        if at < len(pattern) and pattern[at] in "?{":
            optional = optional or pattern[at] == "?" or pattern[at + 1] == "0"
            at = at + 1 if pattern[at] == "?" else pattern.index("}", at) + 1
        if passed:
            begun |= inner
            passed = optional
    return begun, empty or passed, at


# Every rule holds one of these classes, at its first token or no more than REACH tokens behind it (LIST_REACH in a list of days).
_CORE = (
    "clock_four month month_abbr weak_month weekday weekday_abbr weekday_plural unit_day unit_week unit_month unit_year "
    "unit_decade unit_century unit_other units clock_unit clock_units year4 decade_number decade_word part_of_day point_of_day "
    "parts_of_day season weak_season deictic tonight holiday quarter quarter_code half_code reference frequency ampm letter_m "
    "clock_glued minutes_glued compact_date duration_glued bc letter_b ad ordinal31 time period clock colon slash zone date "
    "apostrophe present dtg dtg_whole bi"
).split()
# Those of them that no rule begins with; an apostrophe begins one only before figures.
_INSIDE = frozenset("colon slash date clock zone ampm letter_m minutes_glued bc letter_b time period apostrophe".split())
# The first class of a rule that does not begin with one of these: counts, which a word may part from their unit, and the rest.
_COUNTING = "a number number_word tens magnitude vague half".split()
_OPENING = (
    "the early later edge latter rest most this that last next same current ordinal_word every times_word about around roughly "
    "approximately nearly almost over under just only circa more less at up as these per to till those recent final another iso right all"
).split()
REACH, LIST_REACH = 12, 36


@cache
def beginnings(*, ancient: bool = False) -> re.Pattern[str]:
    """Where a rule can begin: a quick look that spares the whole grammar at most tokens."""
    characters = class_characters()

    def any_of(names: Iterable[str]) -> str:
        return "".join(characters[name] for name in names)

    core = any_of((*_CORE, *(("number",) if ancient else ())))
    units = any_of("unit_day unit_week unit_month unit_year unit_decade unit_century unit_other units clock_unit clock_units".split())
    first = any_of(name for name in (*_CORE, *(("number",) if ancient else ())) if name not in _INSIDE)
    short_year = f"{characters['apostrophe']}(?=[{any_of(('number', 'number31', 'decade_number'))}])"
    near = f"(?=[^{core}]{{0,{REACH}}}[{core}])"
    other_noun = f"{characters['unknown']}[^{units}]"
    numbered = f"(?![{any_of(('name', 'mark', 'paragraph', 'percent'))}]|{other_noun})"
    listed = f"{characters['number31']}{numbered}(?=[^{core}]{{0,{LIST_REACH}}}[{core}])"
    opening = f"[{any_of(_OPENING)}](?![{any_of(('unknown', 'name', 'mark'))}])"
    counting = f"[{any_of(_COUNTING)}](?![{any_of(('name', 'mark'))}]|{other_noun})"
    spelled = f"[{any_of(('number_word', 'tens'))}](?={characters['hyphen']}?[{any_of(('number_word', 'tens', 'magnitude'))}])"
    return re.compile(f"[{first}]|{short_year}|(?:{opening}|{counting}){near}|{listed}|{spelled}")


def compile_classes(pattern: str) -> str:
    """A pattern of class names as a regular expression over class characters."""
    characters = class_characters()

    def put(word: re.Match[str]) -> str:
        if word.group() in MACROS:
            return f"(?:{compile_classes(MACROS[word.group()])})"
        return characters[word.group()]

    plain = re.sub(r"\((?!\?)", "(?:", pattern)
    return re.sub(r"[A-Za-z]\w*", put, plain).replace(" ", "")
