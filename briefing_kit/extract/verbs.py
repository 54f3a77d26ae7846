"""Reporting verbs: active, passive and inverted, with their subject or agent and what they report."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing_kit.extract.complements import content_after
from briefing_kit.extract.cues import Cue
from briefing_kit.extract.scope import BE, NEGATIONS, Found, Scope, found
from briefing_kit.extract.source_kinds import Source
from briefing_kit.extract.sources import phrase_after
from briefing_kit.extract.subjects import before_appositive, subject_of

_STATES = frozenset(
    "dead missing killed wounded injured safe alive lost captured detained kidnapped abducted displaced stolen destroyed".split()
)
_LIVES = re.compile(r"\s+(?:[\w,.-]+\s+){0,6}?(?:lives|life|victims?|casualties)\b")
_CLAUSE_AFTER = frozenset("as after when while before but and because although though since during following amid in on at".split())


def read_verb(scope: Scope, first: int, last: int, cue: Cue, earlier: list[Found]) -> list[Found]:
    """The attributions of a verb cue at tokens `first` to `last`; `earlier` are those of the same sentence so far."""
    i, auxiliaries = scope.back_over_fillers(first - 1)
    if NEGATIONS & set(auxiliaries) and cue.cue_class != "denial":
        return []
    if scope.word(i) == "to" or (cue.form == "ing" and scope.word(i) == "as"):
        return []  # "declined to say"; "quoted as saying" is a chain
    span = (scope.tokens.starts[first], scope.tokens.ends[last])
    if cue.form == "past" and ((auxiliaries[:1] and auxiliaries[0] in BE) or scope.word(last + 1) == "by"):
        return _passive(scope, i, last, cue, span)
    if NEGATIONS & set(auxiliaries):
        return []  # "did not deny" says nothing firm
    if _LIVES.match(scope.folded, span[1]) and cue.cue_class == "distancing":
        return []  # "the blast claimed 40 lives"
    inverted = _inverted(scope, i, first, last, cue, span)
    if inverted:
        return inverted
    subject = subject_of(scope, i, cue, earlier, auxiliaries=auxiliaries)
    if subject is None:
        return []
    at, source, clause = subject
    if source.kind == "document" and "data" in cue.frames:
        cue = replace(cue, cue_class="neutral", factuality="reported")  # "the data suggest" casts no doubt on the data
    return _reported(scope, at, last, cue, source, span, clause, earlier)


def _inverted(scope: Scope, i: int, first: int, last: int, cue: Cue, span: tuple[int, int]) -> list[Found]:
    """Read "..., said the mayor.": the verb stands before its subject, after what it reports."""
    if "addr" in cue.frames and cue.cue_class == "neutral":
        return []  # "told reporters" is never turned round
    if cue.form not in ("past", "s") or not {"that", "quote"} & cue.frames:
        return []
    tokens = scope.tokens
    quote = scope.closing_quote(tokens.starts[first])
    if i != first - 1 or (quote is None and (i < 0 or tokens.words[i] not in (",", "\u2014"))):
        return []
    if last + 1 >= tokens.count or scope.word(last + 1) == "that":
        return []
    hit = scope.source_after(last + 1)
    if hit is None:
        return []
    after = scope.on_over_fillers(hit[0] + 1)
    if after < tokens.count and tokens.words[after] not in (",", ".", '"', "'", ":", "\u2014", ";", "(") and quote is None:
        return []
    if quote is None:
        if hit[0] + 1 < tokens.count and scope.word(hit[0] + 1) == "," and before_appositive(scope, i) is not None and "addr" in cue.frames:
            return []
        content = (scope.clause(span[0], span[1])[0], tokens.starts[i])
    else:
        content = (quote.inner_start, quote.inner_end)
    rows = [found(cue, hit[1], span, content, "inverted" if quote is None else "quote.inverted")]
    return rows + _continued(scope, cue, hit[1], span, scope.tokens.ends[hit[0]]) if quote else rows


def _continued(scope: Scope, cue: Cue, source: Source, span: tuple[int, int], at: int) -> list[Found]:
    """The quotation that goes on after the reporting clause: '"A," she said. "B."'."""
    while at < len(scope.folded) and scope.folded[at] in " ,.:;\n":
        at += 1
    quote = scope.quotes_by_start.get(at)
    return [found(cue, source, span, (quote.inner_start, quote.inner_end), "quote.continued")] if quote else []


def _reported(
    scope: Scope, at: int, last: int, cue: Cue, source: Source, span: tuple[int, int], clause: int | None, earlier: list[Found]
) -> list[Found]:
    """What an active verb reports: what follows it, or what stands before its subject."""
    tokens = scope.tokens
    before = scope.closing_quote(tokens.starts[at])
    if before is not None and before.inner_start < tokens.starts[at] and not scope.opening_quote(span[1]):
        rows = [found(cue, source, span, (before.inner_start, before.inner_end), "quote.trailing")]
        return rows + _continued(scope, cue, source, span, span[1])
    fronted = scope.word(at - 1) == "as" and at <= 2
    following = None if fronted else content_after(scope, last, cue, span)
    if following is not None:
        content, rule = following
        if content[1] <= content[0]:
            return []
        return [found(cue, source, span, content, rule, clause=clause)]
    if fronted:  # "As the envoy said, the truce held"
        comma = next((j for j in range(last + 1, min(last + 14, tokens.count)) if tokens.words[j] == ","), None)
        return [found(cue, source, span, (tokens.ends[comma] + 1, scope.end), "as")] if comma and comma + 1 < tokens.count else []
    # Trailing or in the middle: "Five died, officials said, in the raid."
    comma = at - 1
    if cue.form == "ing":
        return []
    if scope.word(comma) == "as" and scope.word(comma - 1) == ",":
        comma -= 1
    if comma < 1 or tokens.words[comma] not in (",", "\u2014", "-") or "that" not in cue.frames:
        return []
    after = scope.on_over_fillers(last + 1)
    if "addr" in cue.frames and (addressee := phrase_after(tokens, after, agent=True)) is not None:
        after = scope.on_over_fillers(addressee[0] + 1)
    if after < tokens.count and tokens.words[after][0].isalnum() and tokens.low[after] not in _CLAUSE_AFTER:
        return []  # "For example, the museum saw ..." reports nothing
    goes_on = after < tokens.count and tokens.words[after] in (",", "\u2014", "-") and not _ends_here(scope, after)
    end = scope.end if goes_on else tokens.starts[comma]
    return [found(cue, source, span, (_own_start(scope, span, earlier), end), "trailing", clause=tokens.starts[comma])]


def _ends_here(scope: Scope, comma: int) -> bool:
    """Whether what follows this comma no longer belongs to the reported clause: ", officials said, adding that"."""
    return scope.word(comma + 1).endswith("ing") or scope.word(comma + 1) in (
        "but",
        "while",
        "although",
        "though",
        "and",
        "citing",
        "quoting",
    )


def _own_start(scope: Scope, span: tuple[int, int], earlier: list[Found]) -> int:
    """Where a trailing attribution's content begins: with the sentence, or after the clause of the attribution before."""
    start = scope.start
    for item in earlier:
        if item.content_start >= item.cue_end or item.content_end <= item.cue_start:
            start = max(start, scope.clause(span[0], span[1])[0]) if item.cue_end < span[0] else start
    while start < span[0] and scope.folded[start] in " \n,;":
        start += 1
    return start


def _passive(scope: Scope, i: int, last: int, cue: Cue, span: tuple[int, int]) -> list[Found]:
    """Read "was claimed by IS", "is reported to have fled", "it was said that", "as confirmed by the ministry"."""
    tokens = scope.tokens
    nxt = scope.word(last + 1)
    clause = scope.clause(*span)
    if scope.word(i) == "as":
        clause = (clause[0], scope.trimmed(clause[0], tokens.starts[i])) if tokens.starts[i] > clause[0] + 3 else clause
    by = next(
        (j for j in range(last + 1, min(last + 12, tokens.count)) if tokens.low[j] == "by" or tokens.words[j] in (",", ";", ".", '"')), None
    )
    if by is not None and tokens.low[by] == "by":
        agent = scope.source_after(by + 1, agent=True)
        if agent is not None and {"raise", "np", "as"} & cue.frames:
            return [found(cue, agent[1], span, clause, "passive.agent")]
    if nxt == "by" or "addr" in cue.frames:
        return []
    if nxt == "that" and scope.word(i) in ("it", ""):
        return [found(cue, None, span, (tokens.ends[last + 1] + 1, scope.end), "passive.impersonal")]
    if "raise" in cue.frames and (nxt in ("to", "as", "at") or nxt in _STATES or scope.word(last + 2) in _STATES):
        return [found(cue, None, span, clause, "passive.raising")]
    return []
