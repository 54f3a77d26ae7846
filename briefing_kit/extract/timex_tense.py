"""Whether the sentence around a time expression looks ahead or back: the cues on either side of it and how near they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from briefing_kit.extract.timex_draft import Draft
from briefing_kit.extract.timex_tokens import Tokens
from briefing_kit.extract.timex_vocabulary import class_characters

INTENDED = frozenset("plan plans planned planning scheduled intended due goal aim target set slated expected".split())
_REACH = 40
"""Tokens on either side of a date that may hold a cue."""
_FAR = 10_000
_ASIDE = 40
"""Characters that a comma or the head of a clause between a date and a cue counts for."""
_CROSSED = re.compile(r"[,;]|\b(?:that|which|who|when|while|after|because|but)\b")


def _cues(rows: Iterable[tuple[str, str]]) -> dict[str, re.Pattern[str]]:
    """First word of a cue -> what must stand behind it, before another word begins."""
    return {word: re.compile(rest + r"\b", re.IGNORECASE) for words, rest in rows for word in words.split()}


# First words of cues that look ahead, and what goes on behind them.
_AHEAD = _cues(
    (
        ("expires begins starts resumes expire begin start resume meet vote return meets convenes votes returns travels arrives", ""),
        ("reopens reconvenes ends opens closes must should will shall upcoming forthcoming if unless slated intend intends", ""),
        ("deadline would schedule schedules scheduled scheduling", ""),
        ("go", " (?:to the polls|into (?:force|effect))"),
        ("goes", " (?:to the polls|into (?:force|effect))"),
        ("come comes", " into (?:force|effect)"),
        ("take takes", " (?:place|effect|office)"),
        ("has have", " to"),
        ("won", "'t"),
        ("'", "ll"),
        ("going", " to"),
        ("is are be", " (?:to|due|set|likely|slated)"),
        ("due", " (?:to|on|in|for)"),
        ("may might", r"(?-i:(?<=may)|(?<=might)) (?!have\b|not have\b)"),
        ("could can cannot", " (?:be|take|start|begin|resume|return|come|follow|happen)"),
        ("plan plans planned planning", " (?:to|for|an?|another|more|further|new)"),
        ("expect expects expected", " (?:to|in|on|by)"),
        ("ahead", " of"),
        ("set", " for"),
    )
)
_BARE = frozenset("expire begin start resume meet vote return".split())
"""Verbs that look ahead behind a plural subject or "to": "schools return on 3 May"."""
_PAST = (
    "was were had did said told held began came went took made left met saw led won lost fell broke gave got ran sent struck hit "
    "fought fled shot cut put rose spoke wrote became brought bore drew drove fired"
).split()
_NOT_PAST = "need indeed hundred speed feed seed breed exceed proceed succeed".split()
_PAST_VERB = rf"(?:{'|'.join(_PAST)}|set up|(?-i:(?!(?:{'|'.join(_NOT_PAST)})\b)[a-z]{{2,}}ed))\b"
_BEHIND = re.compile(rf"(?<!\bbe )(?<!\bis )(?<!\bare )\b{_PAST_VERB}", re.IGNORECASE)
_BEHIND_WORDS = frozenset((*_PAST, "set"))
_ED = re.compile("[a-z]{2,}ed")
_STATES = frozenset(("be ", "is ", "are "))
_NOT_BEHIND = frozenset((*_NOT_PAST, *"planned scheduled expected slated proposed intended".split()))
_PENDING = re.compile(
    r"\b((?:has|have) been|was|were|is|are) (?:postpon|delay|extend|adjourn|deferr|push|renew|reschedul|prolong|put)\w*"
    r"(?: back| off| forward)? (?:to|until|till|for) (?:the )?$"
)
_ARRANGED = re.compile(
    r"\b(?:agree|announce|call|set|schedul|plan|postpon|adjourn|exten|delay|invit|order|summon|fix|push|defer|mov|vow|promis|pledg|propos|"
    r"urg|threat|warn|demand|approv|decid|declar|confirm|expect|due|said|told|report|not|add|stat|prepar|await|book|regist|hop|"
    r"will|would|should|must|may|might|could|can|shall|to be|reschedul|request|ask|seek|sought|want|need|appeal|vot|oppos|reject)\w*\b",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\b(?:on|in)(?: the)?\s*$", re.IGNORECASE)
_DONE = re.compile(
    rf"(?:\b(?:was|were|been)(?: [a-z]+ly)? [a-z]+|{_BEHIND.pattern})"
    r"(?: (?:in|off|out|up|down|again|back|over|apart|place|effect|part|office|power))?"
    r"(?: (?:in|at|near|outside|from|to|by|on) (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)? *$"
)
_CLAUSE_END = re.compile(r"[,;:(]")


def tense(tokens: Tokens, draft: Draft) -> int:
    """Whether the sentence around a draft, or the 40 tokens on either side of it, looks ahead (1, 2) or back (-1, -2).

    2 and 1 are the cues ahead of `direction`; -2 is a verb beside the date that tells what happened on it, -1 one further off.
    """
    first, last = _sentence(tokens, draft)
    offsets, text = tokens.offsets, tokens.text
    start, end, floor, limit = offsets[draft.first], offsets[draft.last], offsets[first], offsets[last]
    clause = None  # the words of its clause before a date behind "on" or "in"
    placed = tokens.lower(draft.first - 1) in ("on", "in", "the") and _PLACED.search(text, offsets[max(first, draft.first - 2)], start)
    if placed:
        clause = _CLAUSE_END.split(text[floor : placed.start()])[-1]
        if clause.strip() and _DONE.search(clause) and not _ARRANGED.search(clause):
            return -2  # its own verb stands beside it: "talks that resumed on Tuesday are to end in July"
    found = direction(tokens, draft, first, last)
    if found > 0 and draft.day is None and tokens.lower(draft.first - 1) == "for" and tokens.lower(draft.first - 2) not in INTENDED:
        return 0  # will publish its accounts for August
    if found < 0 and clause is not None and not clause.strip():
        clause = _CLAUSE_END.split(text[end:limit].lstrip(" ,"))[0]
        return -2 if _BEHIND.search(clause) and not _ARRANGED.search(clause) else found
    return found


def _sentence(tokens: Tokens, draft: Draft) -> tuple[int, int]:
    """The tokens of the sentence around a draft, no more than 40 on either side."""
    characters = class_characters()
    ends = (characters["dot"], characters["paragraph"])
    classes, floor = tokens.classes, max(0, draft.first - _REACH)
    first = max(classes.rfind(end, floor, draft.first) + 1 for end in ends)
    while first > floor and tokens.word(first - 1) == "." and len(tokens.word(first - 2)) == 1:
        first = max(classes.rfind(end, floor, first - 1) + 1 for end in ends)  # the point of "p.m."
    limit = min(len(classes), draft.last + _REACH)
    last = min(at if (at := classes.find(end, draft.last, limit)) >= 0 else limit for end in ends)
    return max(first, floor), last


def direction(tokens: Tokens, draft: Draft, first: int, last: int) -> int:
    """Where the tokens from `first` to `last` around a date look: 2 or 1 ahead (will, due, planned), -1 back (said, struck), 0 neither.

    The nearer word decides; 1 is a plan told in the past ("the vote planned for 5 March was called off").
    """
    offsets = tokens.offsets
    if tokens.lower(draft.first - 1) in ("to", "until", "till", "for", "the"):
        pending = _PENDING.search(tokens.text[offsets[first] : offsets[draft.first]])
        if pending:
            return 2 if pending[1].startswith("ha") else 1
    ahead, behind = _distance(tokens, draft, first, last, _ahead), _distance(tokens, draft, first, last, _behind)
    if ahead == behind:
        return 0
    if ahead < behind:
        return 2 if behind >= _ASIDE > ahead or behind == _FAR else 1
    return -1


Cues = Callable[[Tokens, int, int], Iterator[tuple[int, int]]]


def _distance(tokens: Tokens, draft: Draft, first: int, last: int, cues: Cues) -> int:
    """Characters between a date and the nearest cue on either side."""
    text = tokens.text
    start, end = tokens.offsets[draft.first], tokens.offsets[draft.last]
    stops = [stop for _, stop in cues(tokens, first, draft.first)]
    nearest = start - stops[-1] + _ASIDE * len(_CROSSED.findall(text, stops[-1], start)) if stops else _FAR
    for at, stop in cues(tokens, draft.last, last):
        if text[at:stop].lower() != "ahead of":
            return min(nearest, at - end + _ASIDE * len(_CROSSED.findall(text, end, at)))
    return nearest


def _ahead(tokens: Tokens, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The spans of the cues that look ahead among these tokens."""
    text, offsets = tokens.text, tokens.offsets
    done = 0
    for index, word in enumerate(tokens.lowers(first, last), first):
        if word not in _AHEAD or offsets[index] < done:
            continue
        start = offsets[index]
        if word in _BARE and not text[max(offsets[first], start - 3) : start].lower().endswith(("s ", "to ")):
            continue
        if found := _AHEAD[word].match(text, start + len(word), offsets[last]):
            done = found.end()
            yield start, done


def _behind(tokens: Tokens, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The spans of the verbs in the past among these tokens."""
    words = tokens.lowers(first, last)
    for index, word in enumerate(words, first):
        if word[-2:] == "ed" and word not in _BEHIND_WORDS:
            if word in _NOT_BEHIND or not _ED.fullmatch(tokens.word(index)):
                continue
        elif word not in _BEHIND_WORDS:
            continue
        if index > first and tokens.tokens[index - 1].lower() in _STATES:
            continue
        start, end = tokens.offsets[index], tokens.offsets[index] + len(word)
        if word == "set":
            if words[index - first + 1 : index - first + 2] != ["up"] or tokens.tokens[index] not in ("set ", "Set ", "SET "):
                continue
            end += 3
        yield start, end
