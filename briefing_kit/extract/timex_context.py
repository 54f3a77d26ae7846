"""The words around a time expression: tense, how far it carries the story, whom its article belongs to."""

from __future__ import annotations

import re
from functools import cache

from briefing_kit.extract.timex_draft import Draft
from briefing_kit.extract.timex_tokens import Tokens
from briefing_kit.extract.timex_vocabulary import class_characters
from briefing_kit.lexicon import read_lexicon

SPANNING = frozenset(
    "for in within over after of about under during than nearly almost just only throughout around every another lasted".split()
)
_BACKWARD = ("last", "past", "previous", "preceding", "prior")
INTENDED = frozenset("plan plans planned planning scheduled intended due goal aim target set slated expected".split())
_AUXILIARY = frozenset("to will would can could may might must should shall not t ll did does do".split())
_UP_TO = frozenset("until till by from to of before since".split())
_ENDING = frozenset("until till before since".split())
_AHEAD = re.compile(
    r"\b(?:expires|begins|starts|resumes|(?:(?<=s )|(?<=to ))(?:expire|begin|start|resume|meet|vote|return)|"
    r"(?:meets|convenes|votes|returns|travels|arrives|reopens|reconvenes)\b|(?:go|goes) to the polls|"
    r"(?:come|go)(?:s|es)? into (?:force|effect)|ends|opens|closes|takes? (?:place|effect|office)|"
    r"must|should|has to|have to|"
    r"will|won't|shall|going to|(?:is|are|be) (?:to|due|set|likely|slated)|due (?:to|on|in|for)|upcoming|forthcoming|"
    r"(?-i:may|might) (?!have\b|not have\b)|(?:could|can|cannot) (?:be|take|start|begin|resume|return|come|follow|happen)|if|unless|"
    r"plan(?:s|ned|ning)? (?:to|for|an?|another|more|further|new)|schedul\w+|"
    r"expect(?:s|ed)? (?:to|in|on|by)|slated|intends?|ahead of|set for|deadline|would)\b|'ll\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?<!\bbe )(?<!\bis )(?<!\bare )\b(?:was|were|had|did|said|told|held|began|came|went|took|made|left|met|saw|"
    r"led|won|lost|fell|broke|gave|got|ran|sent|set up|struck|hit|"
    r"fought|fled|shot|cut|put|rose|spoke|wrote|became|brought|bore|drew|drove|fired|"
    r"(?-i:(?!(?:need|indeed|hundred|speed|feed|seed|breed|exceed|proceed|succeed)\b)[a-z]{2,}ed))\b",
    re.IGNORECASE,
)
_FAR = 10_000
_PENDING = re.compile(
    r"\b((?:has|have) been|was|were|is|are) (?:postpon|delay|extend|adjourn|deferr|push|renew|reschedul|prolong|put)\w*"
    r"(?: back| off| forward)? (?:to|until|till|for) (?:the )?$"
)
_ASIDE = 40
"""Characters that a comma or the head of a clause between a date and a cue counts for."""
_CROSSED = re.compile(r"[,;]|\b(?:that|which|who|when|while|after|because|but)\b")
_PLACED = re.compile(r"\b(?:on|in)(?: the)?\s*$", re.IGNORECASE)
_ARRANGED = re.compile(
    r"\b(?:agree|announce|call|set|schedul|plan|postpon|adjourn|exten|delay|invit|order|summon|fix|push|defer|mov|vow|promis|pledg|propos|"
    r"urg|threat|warn|demand|approv|decid|declar|confirm|expect|due|said|told|report|not|add|stat|prepar|await|book|regist|hop|"
    r"will|would|should|must|may|might|could|can|shall|to be|reschedul|request|ask|seek|sought|want|need|appeal|vot|oppos|reject)\w*\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?:\b(?:was|were|been)(?: [a-z]+ly)? [a-z]+|"
    + _BEHIND.pattern
    + r")(?: (?:in|off|out|up|down|again|back|over|apart|place|effect|part|office|power))?"
    r"(?: (?:in|at|near|outside|from|to|by|on) (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)? *$"
)
_SCHEDULED = re.compile(r"(?:plann|schedul|expect|slat|propos|intend)ed", re.IGNORECASE)


@cache
def nouns(kind: str) -> frozenset[str]:
    """The words of a kind in `lexicon/timex_evidence.csv`."""
    return frozenset(row["word"] for row in read_lexicon("timex_evidence") if row["kind"] == kind)


def word_before(tokens: Tokens, draft: Draft) -> str:
    """The word before a draft, in small letters."""
    return tokens.word(draft.first - 1).lower()


def word_after(tokens: Tokens, draft: Draft) -> str:
    """The word behind a draft."""
    return tokens.word(draft.last)


def has(tokens: Tokens, draft: Draft, *names: str) -> bool:
    """Whether a draft holds a token of one of these classes."""
    return any(tokens.name(index) in names for index in range(draft.first, draft.last))


def direction(before: str, after: str) -> int:
    """Where the words on either side of a date look: 2 or 1 ahead (will, due, planned), -1 back (said, struck), 0 neither.

    The nearer word decides; 1 is a plan told in the past ("the vote planned for 5 March was called off").
    """
    if pending := _PENDING.search(before):
        return 2 if pending[1].startswith("ha") else 1
    ahead, behind = _distance(_AHEAD, before, after), _distance(_BEHIND, before, after)
    if ahead == behind:
        return 0
    if ahead < behind:
        return 2 if behind >= _ASIDE > ahead or behind == _FAR else 1
    return -1


def _distance(cue: re.Pattern[str], before: str, after: str) -> int:
    """Characters between a date and the nearest cue on either side."""
    nearest = _FAR
    for match in cue.finditer(before):
        if cue is _AHEAD or not _SCHEDULED.fullmatch(match.group()):
            nearest = len(before) - match.end() + _ASIDE * len(_CROSSED.findall(before, match.end()))
    for match in cue.finditer(after):
        if match.group().lower() != "ahead of" and (cue is _AHEAD or not _SCHEDULED.fullmatch(match.group())):
            return min(nearest, match.start() + _ASIDE * len(_CROSSED.findall(after, 0, match.start())))
    return nearest


def tense(tokens: Tokens, draft: Draft) -> int:
    """Whether the sentence around a draft, or the 40 tokens on either side of it, looks ahead (1) or back (-1)."""
    characters = class_characters()
    ends = (characters["dot"], characters["paragraph"])
    floor = max(0, draft.first - 40)
    first = max(tokens.classes.rfind(end, floor, draft.first) + 1 for end in ends)
    while first > floor and tokens.word(first - 1) == "." and len(tokens.word(first - 2)) == 1:
        first = max(tokens.classes.rfind(end, floor, first - 1) + 1 for end in ends)  # the point of "p.m."
    first = max(first, floor)
    limit = min(len(tokens.classes), draft.last + 40)
    last = min(at if (at := tokens.classes.find(end, draft.last, limit)) >= 0 else limit for end in ends)
    offsets = tokens.offsets
    before, after = tokens.text[offsets[first] : offsets[draft.first]], tokens.text[offsets[draft.last] : offsets[last]]
    if happened(before, ""):
        return -2  # its own verb stands beside it: "talks that resumed on Tuesday are to end in July"
    found = direction(before, after)
    if found > 0 and draft.day is None and word_before(tokens, draft) == "for" and tokens.word(draft.first - 2).lower() not in INTENDED:
        return 0  # will publish its accounts for August
    return -2 if found < 0 and happened(before, after) else found


def happened(before: str, after: str) -> bool:
    """Whether a verb in the past tells what happened on a date: "on 5 November the camp was hit", "he was sworn in on 10 January".

    Only a verb with nothing but a place between it and the date, and none that arranges what is to come ("agreed", "called").
    """
    lead = _PLACED.search(before)
    if lead is None:
        return False
    clause = re.split(r"[,;:(]", before[: lead.start()])[-1]
    if not clause.strip():
        clause = re.split(r"[,;:(]", after.lstrip(" ,"))[0]
        return _BEHIND.search(clause) is not None and _ARRANGED.search(clause) is None
    return _DONE.search(clause) is not None and _ARRANGED.search(clause) is None


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
    before = [word.lower() for word in tokens.words(draft.first - 8, draft.first)]
    while before and not {",", ";", ".", ":", "("}.isdisjoint(before):
        before.pop(0)
    if not INTENDED.isdisjoint(before) or not _ENDING.isdisjoint(before) or before[-1:] in (["to"], ["by"]):
        return 0
    if draft.month is not None or draft.season is not None:
        return 1 if draft.day is None and "the" in (tokens.name(draft.first), tokens.name(draft.first - 1)) else 2
    return 0 if direction(" ".join(before), "") > 0 else 1


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
    return tokens.word(draft.last - 1).lower() in ("now", "nowadays") and word_before(tokens, draft) not in _UP_TO


def is_prefixed(tokens: Tokens, first: int) -> bool:
    """Whether "post-" or "pre-" stands before a token: "post-2011 Libya"."""
    if tokens.name(first - 1) != "hyphen" or not tokens.glued(first - 1) or not tokens.glued(first - 2):
        return False
    return tokens.word(first - 2).lower() in ("post", "pre")


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
