"""Evidence for durations, repeated times, clock times and figures."""

from __future__ import annotations

from briefing_kit.extract.timex_context import SPANNING, has, nouns, word_after, word_before
from briefing_kit.extract.timex_draft import Draft
from briefing_kit.extract.timex_tokens import Tokens

PLACING = frozenset(
    "in on at by since until till before after from to through throughout during between within over about around of circa".split()
)
"""Words that place something in time."""
_ONE_UNIT = frozenset("a unit_day unit_week unit_month unit_year unit_decade unit_century unit_other clock_unit unknown".split())
_BEFORE_ANAPHOR = frozenset("at by during since until around from throughout about after before".split())


def numeric(tokens: Tokens, draft: Draft) -> bool:
    """A date in figures, not glued to more of them; day and month alone only where a word places them: "on 22/04"."""
    if draft.rule == "date_time_group":
        return True
    if draft.last - draft.first == 3 and tokens.name(draft.last - 1) == "year4":
        return word_before(tokens, draft) in PLACING and int(tokens.word(draft.first)) <= 12
    if draft.last - draft.first == 3 and has(tokens, draft, "slash"):
        figures = (tokens.word(draft.first), tokens.word(draft.last - 1))
        placed = word_before(tokens, draft) in ("on", "by", "until", "since", "before", "after", "this", "next")
        return placed and figures not in (("9", "11"), ("24", "7"))
    return tokens.name(draft.first - 1) not in ("currency", "slash", "tight_dot") or not tokens.glued(draft.first - 1)


def clock(tokens: Tokens, draft: Draft) -> bool:
    """Hours and minutes with a.m., a zone or the like, or where a word places them; a score, ratio or verse has neither."""
    if has(tokens, draft, "ampm", "letter_m", "minutes_glued", "clock_glued", "clock", "zone"):
        return True
    before = word_before(tokens, draft)
    placed = before in PLACING or before == "and"
    if draft.rule == "clock_hours" and draft.last - draft.first == 1:
        return tokens.name(draft.first) == "clock_four" or before in (
            "at",
            "by",
            "until",
            "till",
            "before",
            "after",
            "around",
            "about",
            "from",
            "since",
        )
    if draft.rule == "clock_hours":
        return placed or before in ("approx", "approximately", "circa") or tokens.name(draft.first) == "clock_four"
    if has(tokens, draft, "clock_units"):
        return placed and len(tokens.word(draft.first)) >= 2 and tokens.word(draft.first)[0] in "01"
    beside = tokens.name(draft.first - 1) in ("comma", "open", "month", "year4", "deictic", "weekday")
    beside = beside or (tokens.name(draft.first - 2) == "hyphen" and tokens.name(draft.first - 5) == "year4")  # 2019-10-16 14:05
    return (placed or beside) and len(tokens.word(draft.first + 2)) == 2


def point_of_day(tokens: Tokens, draft: Draft) -> bool:
    """Noon, dawn and midnight only behind a preposition of time."""
    return word_before(tokens, draft) in ("at", "by", "until", "before", "after", "since", "from", "to", "around", "about")


def duration(tokens: Tokens, draft: Draft) -> bool:
    """A count of units that is no age; "a week" and "one day" only behind a word that spans time."""
    if draft.text:
        return tokens.name(draft.first - 1) not in ("tight_dot", "tight_comma", "hyphen", "slash")
    before = word_before(tokens, draft)
    if tokens.name(draft.last) == "hyphen" and tokens.word(draft.last + 1) in ("on", "over", "to", "by"):
        return False  # year-on-year
    if any(tokens.name(index) == "unknown" and tokens.word(index) in nouns("measure") for index in range(draft.first, draft.last)):
        return False
    if (
        tokens.lower(draft.first) == "some"
        and draft.last - draft.first == 2
        and tokens.name(draft.last - 1) not in ("units", "clock_units")
    ):
        return False  # some day
    if before == "as" and draft.vague:
        return False
    if before == "aged" or (before == "of" and tokens.lower(draft.first - 2) == "age"):
        return False
    if before == "-" and tokens.glued(draft.first - 1):
        return False
    if draft.count == 1 and draft.unit == "D" and before not in SPANNING and tokens.lower(draft.first) == "one":
        return False
    if all(tokens.name(index) in _ONE_UNIT for index in range(draft.first, draft.last)):
        return before in SPANNING and not has(tokens, draft, "unknown")
    if draft.unit in ("S", "MIN") and draft.count is None and not draft.vague:
        return False
    return not (draft.count == 1 and draft.unit == "D" and before == "the")


def quarter(tokens: Tokens, draft: Draft) -> bool:
    """A quarter without its year only where it ends a clause: "in the third quarter", not "the first quarter of the match"."""
    if draft.year is not None or draft.year_rel is not None or draft.unit is not None or has(tokens, draft, "quarter_code"):
        return True
    placed = word_before(tokens, draft) in ("in", "during", "for", "by", "since", "from", "to", "throughout")
    return placed and tokens.name(draft.last) in ("comma", "dot", "paragraph", "close", "and", "from")


def week_number(tokens: Tokens, draft: Draft) -> bool:
    """Week 42 of the year, not "week 3 of the strike"."""
    return draft.year is not None or draft.month is not None or draft.year_rel is not None or tokens.name(draft.last) != "of"


def offset(_: Tokens, draft: Draft) -> bool:
    """Hours and minutes beside an untold time tell no day."""
    return draft.unit not in ("H", "MIN", "S") or (draft.text == "ago" and draft.count is not None)


def relative_unit(tokens: Tokens, draft: Draft) -> bool:
    """Last week, the same day; bare "the year" only at the end of a clause, and no name ("Next Century Foundation")."""
    last = draft.last - 1
    if draft.rel is None and draft.mod is None and draft.unit == "WE":
        return word_before(tokens, draft) in ("over", "at", "during", "throughout", "on")
    if draft.rel is None and draft.mod is None and draft.unit in ("DE", "CE"):
        return False
    if draft.rel is None and draft.mod is None and not draft.direction:
        return draft.unit != "D" and word_before(tokens, draft) in ("of", "in", "during", "for", "throughout", "within")
    if draft.unit in ("MIN", "S") or (draft.unit == "H" and draft.rel != "last"):
        return False
    return not (tokens.word(last)[0].isupper() and tokens.name(draft.last) == "name")


def relative_units(tokens: Tokens, draft: Draft) -> bool:
    """The past three months; bare "weeks" only behind a word that spans time."""
    if draft.rel is None and (draft.count is not None or draft.vague):
        return duration(tokens, draft)
    if draft.rel is None:
        return (
            draft.last - draft.first == 1
            and word_before(tokens, draft) in ("for", "within", "in", "after", "over")
            and tokens.word(draft.first)[0].islower()
        )
    return True


def repeated(tokens: Tokens, draft: Draft) -> bool:
    """Every Friday; "weekly" only where it tells how often something happens, not of a newspaper; and no rate ("barrels per day")."""
    if tokens.name(draft.first) == "per":
        return tokens.name(draft.first - 1) in ("number31", "number", "number_word", "tens", "times")
    if has(tokens, draft, "weekday_plural") and tokens.name(draft.first - 1) in ("number_word", "number31", "vague", "ordinal_word"):
        return False
    if has(tokens, draft, "frequency"):
        after = word_after(tokens, draft).lower()
        if tokens.word(draft.first)[0].isupper():
            return False
        if tokens.name(draft.last) in ("unknown", "name"):
            return after in nouns("happening")
        return not {"the", "a"} & {tokens.name(draft.first - 1), tokens.name(draft.first - 2)}  # "the literary quarterly"
    return True


def reference(tokens: Tokens, draft: Draft) -> bool:
    """Now and to date, but not "now and then", "now that", "up to date"."""
    if word_before(tokens, draft) == "up" or tokens.name(draft.last) == "that":
        return False
    return not (tokens.name(draft.last) == "and" and tokens.lower(draft.last + 1) in ("then", "again"))


def anaphor(tokens: Tokens, draft: Draft) -> bool:
    """At that time, during this period: only behind a preposition; "this time" alone is an occasion."""
    return word_before(tokens, draft) in _BEFORE_ANAPHOR
