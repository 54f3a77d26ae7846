"""The subject of a reporting verb: before it, before an apposition, or shared with an earlier verb."""

from __future__ import annotations

from briefing_kit.extract.cues import Cue
from briefing_kit.extract.scope import BE, FINITE, PREPOSITIONS, Found, Scope
from briefing_kit.extract.source_kinds import Source
from briefing_kit.extract.sources import DETERMINERS, FREE_HEADS, source_nouns

_NO_SOURCE = frozenset("i we you no nobody none neither nothing our my your".split())


def agrees(scope: Scope, first: int, cue: Cue) -> bool:
    """Whether a form that may be a noun ("reports", "claim") has a subject before it that agrees with it in number."""
    if cue.form not in ("s", "base"):
        return True
    i, auxiliaries = scope.back_over_fillers(first - 1)
    i = scope.before_parenthesis(i)
    if i < 0 or scope.tokens.is_possessive(i) or scope.word(first + 1) in FINITE:
        return False  # "the documents are secret"
    low = scope.word(i)
    if low in ("he", "she", "it", "they", "who", "which"):
        return True
    if low == ",":
        return before_appositive(scope, i) is not None  # "The firm, which runs the port, estimates"
    entry = source_nouns().get(low) or source_nouns().get(f"{scope.word(i - 1)} {low}")
    if entry is not None:
        return bool(auxiliaries) or entry[2] == (cue.form == "base")
    return scope.tokens.ends[i] in scope.known or (scope.tokens.words[i][0].isupper() and i > 0)


def subject_of(scope: Scope, i: int, cue: Cue, earlier: list[Found], *, auxiliaries: list[str]) -> tuple[int, Source, int | None] | None:
    """(first token, source, where the clause parts from the one before) of the verb whose subject ends with token i."""
    words = scope.tokens.words
    is_progressive = bool(auxiliaries) and auxiliaries[0] in BE
    participle = cue.form == "ing" and not is_progressive
    if participle or scope.word(i) in ("and", "but", "then", "or"):
        if cue.form == "base" or (participle and i >= 0 and words[i] not in (",", "and", "but", "\u2014")):
            return None  # "say adding salt helps"
        return _elided(scope, i + 1, cue, earlier)
    if scope.word(i) in ("who", "which", "that") and not words[i].isupper():
        i -= 2 if scope.word(i - 1) == "," else 1
    elif i >= 0 and words[i] in (",", "\u2014", "-"):
        if words[i] == "," and earlier and cue.form != "base" and scope.word(i - 1) not in ("he", "she", "it", "they"):
            appositive = before_appositive(scope, i)
            return appositive or _elided(scope, i + 1, cue, earlier)
        return before_appositive(scope, i)
    if i < 0 or (scope.word(i) in DETERMINERS and (cue.form in ("s", "base") or scope.word(i) not in FREE_HEADS)):
        return None
    if cue.form == "past" and (scope.word(i) in PREPOSITIONS or words[i].replace(",", "").isdigit()):
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


def before_appositive(scope: Scope, comma: int) -> tuple[int, Source, int | None] | None:
    """The subject that is parted from its verb by an apposition or a relative clause: "Salamé, the UN envoy, said"."""
    tokens, start = scope.tokens, comma - 1
    while start >= 0 and comma - start < 25 and tokens.words[start] not in (",", "\u2014", "-", ";"):
        start -= 1
    if start < 1 or tokens.words[start] not in (",", "\u2014", "-"):
        return None
    hit = scope.source_before(start - 1, strict=True)
    if hit is None:
        return None
    first, source = hit
    inside = (tokens.ends[start], tokens.starts[comma])
    named = [m for m in scope.mentions if m.actor_type == "person" and inside[0] <= m.start <= inside[0] + 2 and m.end <= inside[1]]
    if named and source.kind == "unnamed":
        end = named[0].end  # "the governor, Minni Minnawi, said"
        source = source._replace(kind="named", source_id=named[0].actor_id, end=end, text=scope.text[source.start : end])
    return first, source, scope.clause_break(first)


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
    if hit is None or hit[0] >= first or (cue.form != "ing" and scope.word(hit[0] + 1) in PREPOSITIONS):
        return None
    return first, hit[1], clause
