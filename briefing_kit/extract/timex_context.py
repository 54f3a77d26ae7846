"""The words around a time expression: how far it carries the story, whom its article belongs to."""

from __future__ import annotations

from functools import cache

from briefing_kit.extract.timex_draft import Draft
from briefing_kit.extract.timex_tense import INTENDED, direction
from briefing_kit.extract.timex_tokens import Tokens
from briefing_kit.lexicon import read_lexicon

SPANNING = frozenset(
    "for in within over after of about under during than nearly almost just only throughout around every another lasted".split()
)
_BACKWARD = ("last", "past", "previous", "preceding", "prior")
_AUXILIARY = frozenset("to will would can could may might must should shall not t ll did does do".split())
_PARTING = frozenset(",;.:(")
_UP_TO = frozenset("until till by from to of before since".split())
_ENDING = frozenset("until till before since".split())


@cache
def nouns(kind: str) -> frozenset[str]:
    """The words of a kind in `lexicon/timex_evidence.csv`."""
    return frozenset(row["word"] for row in read_lexicon("timex_evidence") if row["kind"] == kind)


def word_before(tokens: Tokens, draft: Draft) -> str:
    """The word before a draft, in small letters."""
    return tokens.lower(draft.first - 1)


def word_after(tokens: Tokens, draft: Draft) -> str:
    """The word behind a draft."""
    return tokens.word(draft.last)


def has(tokens: Tokens, draft: Draft, *names: str) -> bool:
    """Whether a draft holds a token of one of these classes."""
    return not frozenset(names).isdisjoint(tokens.names(draft.first, draft.last))


def weight(tokens: Tokens, draft: Draft) -> int:
    """How far a date carries the story of a text: 2 it is part of it, 1 it is named in passing, 0 it looks elsewhere.

    Elsewhere look "the previous April", "two years earlier", "until 1614", "planned for 1976"; in passing stands a bare year
    inside a sentence ("the 1918 offensive").
    """
    if draft.direction < 0 or draft.rel in _BACKWARD or draft.year_rel in _BACKWARD:
        return 0
    if draft.year is None:
        ends = word_before(tokens, draft) in ("by", "until", "till", "to") and tokens.name(draft.first - 2) not in ("dot", "paragraph")
        return 0 if ends else 2
    if opens_sentence(tokens, draft):
        return 2
    before = tokens.lowers(draft.first - 8, draft.first)
    while before and not _PARTING.isdisjoint(before):
        before.pop(0)
    if not INTENDED.isdisjoint(before) or not _ENDING.isdisjoint(before) or before[-1:] in (["to"], ["by"]):
        return 0
    if draft.month is not None or draft.season is not None:
        return 1 if draft.day is None and "the" in (tokens.name(draft.first), tokens.name(draft.first - 1)) else 2
    return 0 if direction(tokens, draft, draft.first - len(before), draft.last) > 0 else 1


def opens_sentence(tokens: Tokens, draft: Draft) -> bool:
    """Whether a date stands at the head of its sentence: "In early 2014 ...", not "the 2014 ..."."""
    opens = any(tokens.name(index) in ("dot", "paragraph") for index in range(draft.first - 1, draft.first - 4, -1))
    return opens and tokens.name(draft.first - 1) != "the"


def trim(tokens: Tokens, draft: Draft) -> None:
    """Leave the article out where it belongs to a noun that follows: "the [13 November] attacks", "the [August 1792] uprising"."""
    if draft.rule == "relative_units" and tokens.word(draft.first) == "last" and word_before(tokens, draft) in _AUXILIARY:
        draft.first, draft.rel = draft.first + 1, None  # a truce that is to last two weeks
        return
    if tokens.name(draft.first) != "the" or draft.mod is not None or draft.rel is not None:
        return
    if draft.rule not in ("day_month", "month_day", "month_year", "month", "season", "weekday", "holiday", "relative_units"):
        return
    if has(tokens, draft, "of") or (draft.rule == "relative_units" and draft.ordinal is not None):
        return
    after = tokens.word(draft.last)
    name = tokens.name(draft.last)
    is_noun = name == "unknown" and after.isalpha() and not (after.endswith("ed") or after in nouns("verb"))
    if is_noun or (after[:1].isupper() and name in ("name", "unknown")):
        draft.first += 1


def is_rate(tokens: Tokens, first: int) -> bool:
    """Whether "a day" says how often: thirty a day, $1 billion a year."""
    return tokens.name(first - 1) in ("number31", "number", "magnitude", "number_word", "tens")


def is_span(tokens: Tokens, draft: Draft) -> bool:
    """Whether "the past year" or "for the next decade" spans time up to or from a day, and names no calendar year or decade."""
    if draft.mod or draft.side or draft.unit in (None, "D", "WE", "H", "MIN", "S") or not draft.has_the:
        return False
    return draft.rel == "past" or (draft.rel == "next" and word_before(tokens, draft) == "for")


def is_adverb(tokens: Tokens, draft: Draft) -> bool:
    """Whether "now" stands alone, and not as the end of a stretch: "until now", "from now on"."""
    return tokens.lower(draft.last - 1) in ("now", "nowadays") and word_before(tokens, draft) not in _UP_TO


def is_prefixed(tokens: Tokens, first: int) -> bool:
    """Whether "post-" or "pre-" stands before a token: "post-2011 Libya"."""
    if tokens.name(first - 1) != "hyphen" or not tokens.glued(first - 1) or not tokens.glued(first - 2):
        return False
    return tokens.lower(first - 2) in ("post", "pre")


def dangles(tokens: Tokens, draft: Draft) -> bool:
    """Whether "two days after" or "the day before" leans on what follows it, a happening and no date that was told."""
    after = tokens.name(draft.last)
    if draft.rule == "relative_unit" and draft.rel == "same" and tokens.word(draft.last) in ("in", "as", "of", "that", "last"):
        return True  # the same day as the raid, the same month in 2018
    if tokens.name(draft.last - 1) in ("before", "after"):
        return after not in ("comma", "tight_comma", "dot", "tight_dot", "paragraph", "close", "quote", "and")
    if after not in ("before", "after") or word_before(tokens, draft) in SPANNING - {"just", "only", "nearly", "almost"}:
        return False
    return tokens.name(draft.last + 1) in ("the", "unknown", "name", "a", "this", "that")
