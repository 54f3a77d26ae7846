"""Reporting verbs: who is their subject or agent, and what clause, phrase or quotation they report."""

from __future__ import annotations

import re

from briefing_kit.extract.cues import Cue
from briefing_kit.extract.scope import BE, FINITE, NEGATIONS, Found, Scope, found
from briefing_kit.extract.sources import DETERMINERS, FREE_HEADS, Source, can_speak, phrase_after, source_nouns

_PREPOSITIONS = frozenset("of about against over for on in at to from with by as after before into through during between within".split())
_STATES = frozenset(
    "dead missing killed wounded injured safe alive lost captured detained kidnapped abducted displaced stolen destroyed".split()
)
_LIVES = re.compile(r"\s+(?:[\w,.-]+\s+){0,6}?(?:lives|life|victims?|casualties)\b")
_AFTER_ADDRESSEE = re.compile(r"(?:\s+[^\s;:\"]+){1,9}?,?\s+that\b")
_AFTER_PHRASE = re.compile(
    r"(?:,?\s+(?:on|in|at|during|through|via|to|from|after|again|today|yesterday|late|early|last|this|\w+ly)\b(?:\s+[^\s,;:\"]+){0,8}?),?\s+that\b"
)
_AS = re.compile(r"\bas\b|\"")
_CLAIM_NOUN = re.compile(
    r"(?:[\w'-]+\s+){0,4}?(?:claims?|reports?|allegations?|accusations?|figures?|suggestions?|charges?|estimates?|statements?|accounts?|rumou?rs?"
    r"|assertions?|numbers?|notions?|version)\b"
)
_CHARGE = re.compile(r"\b(?:of|for|with|over|to)\b")
_CLAUSE_AFTER = frozenset("as after when while before but and because although though since during following amid in on at".split())
_PARENTHETIC = frozenset("however though meanwhile too in for moreover instead nevertheless nonetheless by on among".split())
_NO_SOURCE = frozenset("i we you no nobody none neither nothing our my your".split())


def agrees(scope: Scope, first: int, cue: Cue) -> bool:
    """Whether a form that may be a noun ("reports", "claim") has a subject before it that agrees with it in number."""
    if cue.form not in ("s", "base"):
        return True
    i, auxiliaries = scope.back_over_fillers(first - 1)
    if i < 0 or scope.tokens.is_possessive(i) or scope.word(first + 1) in FINITE:
        return False  # "the documents are secret"
    low = scope.word(i)
    if low in ("he", "she", "it", "they", "who", "which"):
        return True
    entry = source_nouns().get(low)
    if entry is not None:
        return bool(auxiliaries) or entry[2] == (cue.form == "base")
    return scope.tokens.ends[i] in scope.known or (scope.tokens.words[i][0].isupper() and i > 0)


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
    subject = _subject(scope, i, cue, earlier, auxiliaries=auxiliaries)
    if subject is None:
        return []
    at, source, clause = subject
    return _reported(scope, at, last, cue, source, span, clause, earlier)


def _subject(scope: Scope, i: int, cue: Cue, earlier: list[Found], *, auxiliaries: list[str]) -> tuple[int, Source, int | None] | None:
    """(first token, source, where the clause parts from the one before) of the verb whose subject ends with token i."""
    words = scope.tokens.words
    is_progressive = bool(auxiliaries) and auxiliaries[0] in BE
    participle = cue.form == "ing" and not is_progressive
    if participle or scope.word(i) in ("and", "but", "then", "or"):
        if cue.form == "base" or (participle and i >= 0 and words[i] not in (",", "and", "but", "\u2014")):
            return None  # "say adding salt helps"
        return _elided(scope, i + 1, cue, earlier)
    if scope.word(i) in ("who", "which", "that"):
        i -= 2 if scope.word(i - 1) == "," else 1
    elif i >= 0 and words[i] in (",", "\u2014", "-"):
        if words[i] == "," and earlier and cue.form != "base" and scope.word(i - 1) not in ("he", "she", "it", "they"):
            appositive = _before_appositive(scope, i)
            return appositive or _elided(scope, i + 1, cue, earlier)
        return _before_appositive(scope, i)
    if i < 0 or (scope.word(i) in DETERMINERS and (cue.form in ("s", "base") or scope.word(i) not in FREE_HEADS)):
        return None
    if cue.form == "past" and scope.word(i) in _PREPOSITIONS:
        return None
    hit = scope.source_before(i, strict=not cue.any_subject)
    if hit is not None and "evidence" in cue.frames and hit[1].kind == "organisation":
        return None  # "the use of gas by the army shows": what shows is no source
    if hit is None or scope.word(hit[0]) in _NO_SOURCE or not (auxiliaries or _number_agrees(hit[1], cue)):
        return None
    return hit[0], hit[1], scope.clause_break(hit[0])


def _number_agrees(source: Source, cue: Cue) -> bool:
    """Whether a present form without auxiliary can have this subject: "officials claim", "the ministry claims"."""
    if cue.form not in ("s", "base"):
        return True
    many = source.is_plural or source.text.lower() == "they" or " and " in source.text
    return many == (cue.form == "base") or (cue.form == "base" and source.text.lower().endswith(("s", "police", "people")))


def _before_appositive(scope: Scope, comma: int) -> tuple[int, Source, int | None] | None:
    """The subject that is parted from its verb by an apposition or a relative clause: "Salamé, the UN envoy, said"."""
    tokens, start = scope.tokens, comma - 1
    while start >= 0 and comma - start < 25 and tokens.words[start] not in (",", "\u2014", "-", ";"):
        start -= 1
    if start < 1 or tokens.words[start] not in (",", "\u2014", "-"):
        return None
    hit = scope.source_before(start - 1, strict=True)
    if hit is None:
        return None
    return hit[0], hit[1], scope.clause_break(hit[0])


def _elided(scope: Scope, first: int, cue: Cue, earlier: list[Found]) -> tuple[int, Source, int | None] | None:
    """The subject that a participle or a second verb shares with what comes before: "..., adding that", "and said"."""
    before = first - 1
    clause = scope.tokens.starts[before] if before >= 0 and scope.word(before) in (",", "and", "but", "then") else None
    if scope.word(before) in ("and", "but") and scope.word(before - 1) == ",":
        clause = scope.tokens.starts[before - 1]
    for item in reversed(earlier):
        if item.source is not None and item.content_end > item.cue_end:
            return first, item.source, clause
    hit = scope.source_after(0, agent=True)
    if hit is None or hit[0] >= first or (cue.form != "ing" and scope.word(hit[0] + 1) in _PREPOSITIONS):
        return None
    return first, hit[1], clause


def _inverted(scope: Scope, i: int, first: int, last: int, cue: Cue, span: tuple[int, int]) -> list[Found]:
    """Read "..., said the mayor.": the verb stands before its subject, after what it reports."""
    if cue.form not in ("past", "s") or not {"that", "quote"} & cue.frames:
        return []
    tokens = scope.tokens
    quote = scope.closing_quote(tokens.starts[first])
    if i != first - 1 or (quote is None and (i < 0 or tokens.words[i] not in (",", "\u2014"))):
        return []
    if last + 1 >= len(tokens) or scope.word(last + 1) == "that":
        return []
    hit = scope.source_after(last + 1)
    if hit is None:
        return []
    after = scope.on_over_fillers(hit[0] + 1)
    if after < len(tokens) and tokens.words[after] not in (",", ".", '"', "'", ":", "\u2014", ";", "(") and quote is None:
        return []
    if quote is None:
        if hit[0] + 1 < len(tokens) and scope.word(hit[0] + 1) == "," and _before_appositive(scope, i) is not None and "addr" in cue.frames:
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
    following = None if fronted else _following(scope, last, cue, span)
    if following is not None:
        content, rule = following
        if content[1] <= content[0]:
            return []
        return [found(cue, source, span, content, rule, clause=clause)]
    if fronted:  # "As the envoy said, the truce held"
        comma = next((j for j in range(last + 1, min(last + 14, len(tokens))) if tokens.words[j] == ","), None)
        return [found(cue, source, span, (tokens.ends[comma] + 1, scope.end), "as")] if comma and comma + 1 < len(tokens) else []
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
    if after < len(tokens) and tokens.words[after][0].isalnum() and tokens.low[after] not in _CLAUSE_AFTER:
        return []  # "For example, the museum saw ..." reports nothing
    goes_on = after < len(tokens) and tokens.words[after] in (",", "\u2014", "-") and not _ends_here(scope, after)
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


def _following(scope: Scope, last: int, cue: Cue, span: tuple[int, int]) -> tuple[tuple[int, int], str] | None:
    """The content after an active verb, or None where nothing that it could report follows."""
    tokens, frames, end = scope.tokens, cue.frames, scope.end
    quote = scope.opening_quote(span[1])
    if quote is not None and "quote" in frames:
        return (quote.inner_start, quote.inner_end), "quote"
    i = scope.on_over_fillers(last + 1)
    i = _over_parenthesis(scope, i)
    if i >= len(tokens) or tokens.words[i] in (",", ";", ".", "\u2014", '"', "'", ")"):
        return None
    word = scope.word(i)
    if word == ":":
        opening = scope.opening_quote(tokens.starts[i])
        if opening is not None:
            return (opening.inner_start, opening.inner_end), "quote"
        if i + 1 < len(tokens):
            return (tokens.ends[i] + 1, end), "that"
        return (scope.next_paragraph, "paragraph") if scope.next_paragraph else None  # "The minister said:" and a new paragraph
    if "addr" in frames:
        only = phrase_after(tokens, i, agent=True)
        alone = scope.on_over_fillers(only[0] + 1 if only else i + (word in ("us", "them", "him", "her", "me")))
        if alone > i and (alone >= len(tokens) or not tokens.words[alone][0].isalnum()) and not scope.opening_quote(tokens.ends[alone - 1]):
            return None  # "told Reuters." reports what stands before it
        addressed = _addressed(scope, i, span)
        if addressed is not None:
            return addressed
    if "that" in frames and (word == "that" or _AFTER_PHRASE.match(scope.folded, span[1], end)):
        match = _AFTER_PHRASE.match(scope.folded, span[1], end) if word != "that" else None
        at = match.end() if match else tokens.ends[i]
        quote = scope.opening_quote(at)
        return ((quote.inner_start, end) if quote and quote.inner_end > end else (at + 1, end)), "that"
    if word in frames or (word == "to" and "to" in frames) or (word == "responsibility" and "np" in frames):
        return (tokens.ends[i] + 1, end), "preposition"
    if "as" in frames and word not in ("that",):
        as_ = _AS.search(scope.folded, tokens.starts[i], min(end, tokens.starts[i] + 300))
        return ((tokens.starts[i], end), "as") if as_ else None
    if "claim" in frames and word != "that":
        return ((tokens.starts[i], end), "claim") if _CLAIM_NOUN.match(scope.folded, tokens.starts[i], end) else None
    if word in ("them", "him", "her", "us", "me") and "np" in frames:
        return None  # "denied them entry"
    if "charge" in frames and not _CHARGE.search(scope.folded, tokens.starts[i], min(end, tokens.starts[i] + 300)):
        return None  # "blamed the LNA" says of what nothing
    if "at" in frames:
        return ((tokens.starts[i], end), "figure") if "at" in tokens.low[i : i + 14] else None
    if word in _PREPOSITIONS and word not in ("in", "at", "on", "after", "between", "during", "about", "over", "within", "as"):
        return (
            ((tokens.ends[i] + 1, end), "preposition")
            if word == "for" and "np" in frames and tokens.low[last] in ("responsibility", "credit")
            else None
        )
    if word in _PREPOSITIONS and not (word in ("about", "over", "between") or (cue.any_subject and len(tokens) - i > 4)):
        return None  # "people found in the water"
    if "np" in frames or ("that" in frames and (cue.any_subject or _is_clause(scope, i))):
        return (tokens.starts[i], end), "bare"
    quote = next((q for q in (scope.quotes_by_start.get(s) for s in tokens.starts[i : i + 8]) if q), None)
    return ((quote.inner_start, quote.inner_end), "quote") if quote else None


def _is_clause(scope: Scope, i: int) -> bool:
    """Whether a subject and a finite verb follow: "admitted the group had lost", not "admitted five patients"."""
    for word in scope.tokens.low[i + 1 : i + 9]:
        if word in FINITE:
            return True
        if word in ("who", "which", "that", "to", ",", ";", "as"):
            return False
    return False


def _over_parenthesis(scope: Scope, i: int) -> int:
    """Past ", however," and the like between the verb and what it reports."""
    if scope.word(i) != ",":
        return i
    close = next((j for j in range(i + 2, min(i + 6, len(scope.tokens))) if scope.tokens.words[j] == ","), None)
    if close is None or scope.word(i + 1) not in _PARENTHETIC or close + 1 >= len(scope.tokens):
        return i
    return close + 1


def _addressed(scope: Scope, i: int, span: tuple[int, int]) -> tuple[tuple[int, int], str] | None:
    """The content after an addressee: "told reporters in Tunis that", "told Reuters five had died"."""
    end = scope.end
    if scope.word(i) == "that":
        return None
    match = _AFTER_ADDRESSEE.match(scope.folded, span[1], end)
    phrase = phrase_after(scope.tokens, i, agent=True)
    if phrase is not None:
        quote = scope.opening_quote(scope.tokens.ends[phrase[0]])
        if quote is not None:
            return (quote.inner_start, quote.inner_end), "quote.addressee"
    if match is not None:
        return (match.end() + 1, end), "that.addressee"
    if scope.word(i) == "of":
        return None
    # Without "that" the addressee is one name or noun: what follows is the clause.
    stop = i + 1 if scope.word(i) not in DETERMINERS else i + 2
    article = scope.word(i) in ("the", "a", "an")
    known = [m for m in scope.mentions if m.start in scope.tokens.starts[i : i + 1 + article]]
    if known:
        stop_at = max(m.end for m in known)
        stop = next((x for x in range(i, len(scope.tokens)) if scope.tokens.starts[x] >= stop_at), len(scope.tokens))
    elif not can_speak(scope.tokens, min(stop, len(scope.tokens)) - 1) and scope.word(i) not in (
        "reporters",
        "journalists",
        "us",
        "them",
        "him",
        "her",
    ):
        return None
    if stop >= len(scope.tokens) or scope.tokens.words[stop] in (",", ".", ";", '"'):
        return None
    if scope.word(stop) in ("to", "not"):
        return None
    return (scope.tokens.starts[stop], end), "bare.addressee"


def _passive(scope: Scope, i: int, last: int, cue: Cue, span: tuple[int, int]) -> list[Found]:
    """Read "was claimed by IS", "is reported to have fled", "it was said that", "as confirmed by the ministry"."""
    tokens = scope.tokens
    nxt = scope.word(last + 1)
    clause = scope.clause(*span)
    if scope.word(i) == "as":
        clause = (clause[0], scope.trimmed(clause[0], tokens.starts[i])) if tokens.starts[i] > clause[0] + 3 else clause
    by = next(
        (j for j in range(last + 1, min(last + 12, len(tokens))) if tokens.low[j] == "by" or tokens.words[j] in (",", ";", ".", '"')), None
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
