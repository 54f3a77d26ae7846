"""What a reporting verb reports: the clause, phrase, quotation or paragraph that follows it."""

from __future__ import annotations

import re

from briefing_kit.extract.cues import Cue
from briefing_kit.extract.scope import FINITE, PREPOSITIONS, Scope
from briefing_kit.extract.sources import DETERMINERS, can_speak, phrase_after

_AFTER_ADDRESSEE = re.compile(r"(?:\s+[^\s;:\"]+){1,9}?,?\s+that\b")
_AFTER_PHRASE = re.compile(
    r"(?:,?\s+(?:on|in|at|during|through|via|to|from|after|again|today|yesterday|late|early|last|this|\w+ly)\b(?:\s+[^\s,;:\"]+){0,8}?),?\s+that\b"
)
_AS = re.compile(r"\bas\b|\"")
FIGURE = frozenset(["figure"])
_BOUND = re.compile(r"(?:at (?:the )?(?:least|most|minimum)|as (?:many|few|much) as|at around|in excess of|from \d|within \d)\b")
_CLAIM_NOUN = re.compile(
    r"(?:[\w'-]+\s+){0,4}?(?:claims?|reports?|allegations?|accusations?|figures?|suggestions?|charges?|estimates?|statements?|accounts?|rumou?rs?"
    r"|assertions?|numbers?|notions?|version)\b"
)
FIGURE_AHEAD = re.compile(
    r"[ \n]+(?!an?[ \n]+(?:[\w-]+[ \n]+)?number\b|no\b)(?:[\w'-]+[ \n]+){0,3}?(?:tolls?|figures?|counts?|estimates?|tall(?:y|ies)"
    r"|totals?(?=[ \n]+(?:as|at|to)\b)|(?:numbers?(?:[ \n]+of(?:[ \n]+[\w-]+){1,4}?)?|losses|casualties|dead|deaths)"
    r"(?=[ \n]+(?:as|at|to)\b))"
    r"[ \n]+(?:of|as|at|for|from|to)\b"
)
_CHARGE = re.compile(r"\b(?:of|for|with|over|to)\b")
_PARENTHETIC = frozenset("however though meanwhile too in for moreover instead nevertheless nonetheless by on among".split())


def content_after(scope: Scope, last: int, cue: Cue, span: tuple[int, int]) -> tuple[tuple[int, int], str] | None:
    """The content after an active verb, or None where nothing that it could report follows."""
    tokens, frames, end = scope.tokens, cue.frames, scope.end
    quote = scope.opening_quote(span[1])
    if quote is not None and "quote" in frames:
        return (quote.inner_start, quote.inner_end), "quote"
    i = scope.on_over_fillers(last + 1)
    i = _over_parenthesis(scope, i)
    if i >= tokens.count or tokens.words[i] in (",", ";", ".", "\u2014", '"', "'", ")"):
        return None
    if frames == FIGURE:
        return ((tokens.starts[i], end), "figure") if FIGURE_AHEAD.match(scope.folded, tokens.starts[i] - 1, end) else None
    word = scope.word(i)
    if word in ("and", "but", "or"):
        return None  # "responded and rescued 22"
    if word == ":":
        opening = scope.opening_quote(tokens.starts[i])
        if opening is not None:
            return (opening.inner_start, opening.inner_end), "quote"
        if i + 1 < tokens.count:
            return (tokens.ends[i] + 1, end), "that"
        return (scope.next_paragraph, "paragraph") if scope.next_paragraph else None  # "The minister said:" and a new paragraph
    if "addr" in frames:
        only = phrase_after(tokens, i, agent=True)
        alone = scope.on_over_fillers(only[0] + 1 if only else i + (word in ("us", "them", "him", "her", "me")))
        if (
            alone > i
            and (alone >= tokens.count or not tokens.words[alone][0].isalnum())
            and not scope.opening_quote(tokens.ends[alone - 1])
        ):
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
    if word in PREPOSITIONS and _BOUND.match(scope.folded, tokens.starts[i]) and ("np" in frames or cue.any_subject):
        return (tokens.starts[i], end), "bare"
    if word in PREPOSITIONS and word not in ("in", "at", "on", "after", "between", "during", "about", "over", "within", "as"):
        return (
            ((tokens.ends[i] + 1, end), "preposition")
            if word == "for" and "np" in frames and tokens.low[last] in ("responsibility", "credit")
            else None
        )
    if word in PREPOSITIONS and not (word in ("about", "over", "between") or (cue.any_subject and tokens.count - i > 4)):
        return None  # "people found in the water"
    if "np" in frames or ("that" in frames and (cue.any_subject or _is_clause(scope, i))):
        return (tokens.starts[i], end), "bare"
    if cue.any_subject:
        return None  # "asked not to be named"
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
    close = next((j for j in range(i + 2, min(i + 6, scope.tokens.count)) if scope.tokens.words[j] == ","), None)
    if close is None or scope.word(i + 1) not in _PARENTHETIC or close + 1 >= scope.tokens.count:
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
        stop = next((x for x in range(i, scope.tokens.count) if scope.tokens.starts[x] >= stop_at), scope.tokens.count)
    elif not can_speak(scope.tokens, min(stop, scope.tokens.count) - 1) and scope.word(i) not in (
        "reporters",
        "journalists",
        "us",
        "them",
        "him",
        "her",
    ):
        return None
    if stop >= scope.tokens.count or scope.tokens.words[stop] in (",", ".", ";", '"'):
        return None
    if scope.word(stop) in ("to", "not"):
        return None
    return (scope.tokens.starts[stop], end), "bare.addressee"
