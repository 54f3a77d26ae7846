"""Attribution without a reporting verb: "according to", "the claim that", "reportedly", and "quoted X as saying"."""

from __future__ import annotations

from dataclasses import replace

from briefing_kit.extract.cues import Cue
from briefing_kit.extract.scope import BE, Found, Scope, found
from briefing_kit.extract.source_kinds import Source
from briefing_kit.extract.sources import DETERMINERS, phrase_after

_ISSUED = frozenset(
    "issued made gave released published repeated posted circulated renewed received issues makes repeats reiterated".split()
)
_SAYING = frozenset("saying telling claiming warning adding stating reporting insisting".split())
_NOT_TOLD = frozenset("responsibility credit ownership victory".split())
_NONE = frozenset("no without neither nor".split())
_FRONTED = frozenset("despite amid after with following given in notwithstanding contrary on beyond besides".split())
_CONNECTIVES = frozenset("indeed meanwhile however moreover furthermore still also yet but and so now nevertheless".split())


def read_preposition(scope: Scope, first: int, last: int, cue: Cue, earlier: list[Found]) -> list[Found]:
    """Read "according to X, five died", "five died, according to X", "Y, citing X, said"."""
    hit = scope.source_after(last + 1)
    if hit is None:
        return []
    tokens = scope.tokens
    span = (tokens.starts[first], tokens.ends[last])
    after = hit[0] + 1
    opens = all(tokens.low[j] in _CONNECTIVES or tokens.words[j] in (",", '"', "'") for j in range(first))
    clause_break = scope.clause_break(first)
    closes = after >= tokens.count or tokens.words[after] in (".", ";", '"', "'", "!", "?")
    if opens or (clause_break is not None and not closes):
        at = tokens.ends[after] if after < tokens.count and tokens.words[after] in (",", ":", ")") else tokens.ends[hit[0]]
        while at < scope.end and scope.folded[at] in " \n,\"'":
            at += 1
        return [found(cue, hit[1], span, (at, scope.end), "preposition.first", clause=clause_break)]
    quote = scope.closing_quote(tokens.starts[first])
    if quote is not None:
        return [found(cue, hit[1], span, (quote.inner_start, quote.inner_end), "preposition.quote")]
    start = scope.clause(*span)[0] if earlier else _after_semicolon(scope, span[0])
    if closes:
        return [found(cue, hit[1], span, (start, scope.trimmed(start, span[0])), "preposition.last")]
    return [found(cue, hit[1], span, (start, scope.end), "preposition.middle")]


def _after_semicolon(scope: Scope, at: int) -> int:
    """Where what an attribution at the end of its clause may cover begins: a semicolon parts it from what stands before."""
    semicolon = scope.folded.rfind(";", scope.start, at)
    return semicolon + 2 if semicolon >= 0 else scope.start


def read_adverb(scope: Scope, first: int, last: int, cue: Cue) -> list[Found]:
    """Read "reportedly", "allegedly": hearsay over the clause; nobody is named."""
    tokens = scope.tokens
    span = (tokens.starts[first], tokens.ends[last])
    start, end = scope.clause(*span)
    if start == span[0]:
        start = span[1]
        while start < end and scope.folded[start] in " ,\n":
            start += 1
    return [found(cue, None, span, (start, end), "hearsay")]


def read_noun(scope: Scope, first: int, last: int, cue: Cue, earlier: list[Found]) -> list[Found]:
    """Read "the army's claim that", "a claim by the army that", "reports of a second blast"."""
    tokens = scope.tokens
    span = (tokens.starts[first], tokens.ends[last])
    opening = first
    while opening > 0 and first - opening < 3 and tokens.low[opening - 1].isalpha() and tokens.words[opening - 1].islower():
        opening -= 1
        if tokens.low[opening] in DETERMINERS:
            break
    for item in earlier:
        if item.cue_class == "denial" and item.cue_end <= span[0] and span[0] - item.cue_end < 40:
            return []  # "denied the claim that": the denial is the firmer word
    i = last + 1
    if scope.word(i) == "of" and scope.word(i + 1) in _NOT_TOLD:
        return []  # "no claim of responsibility for the blast, which killed three": it says nothing of the three
    if scope.word(opening) in _NONE and cue.factuality == "reported":
        cue = replace(cue, factuality="alleged")  # "no confirmation that 40 died"
    source: Source | None = None
    if scope.word(i) in ("by", "from") or (scope.word(i) == "of" and "of" not in cue.frames):
        hit = scope.source_after(i + 1, agent=True)
        if hit is None:
            return []
        source, i = hit[1], hit[0] + 1
    source = source or _possessor(scope, first) or _issuer(scope, opening)
    if scope.word(i) in ("on", "in", "among"):  # "claims on social media that"
        i = next((j for j in range(i + 2, min(i + 6, tokens.count)) if tokens.low[j] == "that"), i)
    nxt = scope.word(i)
    if (own := _by_own(scope, first)) is not None:
        at = tokens.ends[last] if i >= tokens.count or tokens.words[i] != "," else tokens.ends[i]
        closes = i >= tokens.count or (own[0] > 0 and tokens.words[i] in (",", ";", ".", "\u2014"))
        content = (_after_semicolon(scope, span[0]), tokens.starts[own[0]]) if closes else (at + 1, scope.end)
        return [found(cue, own[1], span, content, "noun.own")]
    if nxt == "that" or nxt in _SAYING:
        i += 1 + (nxt in _SAYING and scope.word(i + 1) == "that")
    elif not (nxt == "of" and "of" in cue.frames):
        return []
    else:
        i += 1
    if i >= tokens.count:
        return []
    if source is None and any(
        item.source is not None and item.content_start <= span[0] < item.content_end and span[0] - item.content_start < 25
        for item in earlier
    ):
        return []  # "repeated the claim that": its subject speaks already
    end = scope.end
    if tokens.low[0] in _FRONTED:
        comma = next((j for j in range(i, tokens.count) if tokens.words[j] == ","), None)
        end = tokens.starts[comma] if comma is not None else end  # "Despite claims that it was over, the fighting went on"
    return [found(cue, source, span, (tokens.starts[i], end), "noun")]


def _by_own(scope: Scope, first: int) -> tuple[int, Source] | None:
    """The first token and the owner of "by the army's own count", "on the ministry's figures"."""
    j = first - 1 if scope.word(first - 1) == "own" else first
    if j < 2 or not scope.tokens.is_possessive(j - 1):
        return None
    hit = scope.source_before(j - 2, strict=True)
    return (hit[0] - 1, hit[1]) if hit is not None and scope.word(hit[0] - 1) in ("by", "on", "in") else None


def _possessor(scope: Scope, first: int) -> Source | None:
    """The owner of "the army's latest claim"."""
    tokens = scope.tokens
    for j in (first - 1, first - 2):
        if j < 1:
            return None
        if tokens.is_possessive(j):
            hit = scope.source_before(j - 1, strict=False)
            return hit[1] if hit else None
        if not (tokens.words[j].islower() and tokens.words[j].isalpha()) or tokens.low[j] in DETERMINERS:
            return None
    return None


def _issuer(scope: Scope, opening: int) -> Source | None:
    """The subject of "issued a statement that"."""
    if scope.word(opening - 1) not in _ISSUED:
        return None
    i, _ = scope.back_over_fillers(opening - 2)
    hit = scope.source_before(i, strict=True) if i >= 0 else None
    return hit[1] if hit else None


def read_chain(scope: Scope, first: int, last: int, cue: Cue) -> list[Found]:
    """Read "Reuters quoted an official as saying that", "was quoted as saying": the source is the one quoted."""
    tokens = scope.tokens
    span = (tokens.starts[first], tokens.ends[last])
    i, auxiliaries = scope.back_over_fillers(first - 1)
    if scope.word(last + 1) == "as" and auxiliaries[:1] and auxiliaries[0] in BE:
        hit, at = scope.source_before(i, strict=False), last + 1
        span = (span[0], tokens.ends[min(last + 2, tokens.count - 1)])
    else:
        phrase = phrase_after(tokens, last + 1, agent=True)
        if phrase is None:
            return []
        hit, at = scope.source_after(last + 1, agent=True), phrase[0] + 1
    if hit is None or scope.word(at) != "as" or scope.word(at + 1) not in _SAYING:
        return []
    at += 2
    quote = scope.opening_quote(tokens.ends[at - 1])
    if quote is not None:
        return [found(cue, hit[1], span, (quote.inner_start, quote.inner_end), "chain.quote")]
    at += scope.word(at) == "that"
    if at >= tokens.count:
        return []
    return [found(cue, hit[1], span, (tokens.starts[at], scope.end), "chain")]
