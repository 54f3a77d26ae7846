"""On whose word a figure stands, and how firmly."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from briefing_kit.records import Attribution, Claim
from briefing_kit.word_patterns import trie

AUTHOR = "(author)"
NEAR = 40  # contents that begin before a figure and may hold it

_PRESUPPOSED = re.compile(
    r"\b(?:the|these|those|its|their|his|her|our|all|all of)\s+(?:other |remaining |first |last |estimated |some |roughly |nearly )?$", re.I
)
_MODAL_BEFORE = re.compile(
    r"\b(?:(?P<hypothetical>could|may|might|would|if|unless|threaten(?:s|ed|ing)? to"
    r"|risks?(?= of\b| that\b| \w+ing\b)|potentially|possibly)"
    r"|(?P<forecast>will|shall|won't|due to|set to|about to|going to|plan(?:s|ned|ning)? (?:to|for)|expect(?:s|ed)? to|expect(?:s|ed)?"
    r"|scheduled to|slated to|intend(?:s|ed)? to|aim(?:s|ed|ing)? to|hop(?:es|ed|ing) to|vow(?:s|ed|ing)? to|pledg(?:es|ed|ing) to"
    r"|promis(?:es|ed|ing) to|prepar(?:es|ed|ing) to|seek(?:s|ing)? to|wants? to|forecasts?|predict(?:s|ed)?|planned|upcoming))\b"
    r"(?!\s+(?:have|only)\b)(?:(?:[^.;:\"\u2014,]|,(?=\S))(?!\b(?:that|which|who|because|after|when|where|while|but|and|since)\b)){0,70}$"
)
_MODAL_WORDS = (
    "could may might would if unless threaten risk potential possib will shall won't due set about going plan expect scheduled slated "
    "intend aim hop vow pledg promis prepar seek want forecast predict upcoming likely"
)
_MODAL = re.compile(f"[^a-z]{trie(_MODAL_WORDS.split())}")  # what both of them need; led by characters that a search skips to fast
_MODAL_AFTER = re.compile(
    r"(?:\s+(?!who\b|which\b|that\b|and\b|but\b|when\b|after\b|while\b|as\b)[\w'-]+){0,6}?\s+"
    r"(?:(?P<hypothetical>could(?! not\b)|may|might|would)|(?P<forecast>will|shall|won't"
    r"|(?:is|are|was|were) (?:due|set|expected|scheduled|planned|about|going|likely) to))\b"
)
_UNTOLD = re.compile(r"(?:responsibility|credit|blam\w{1,9}|suspect\w{0,9})$", re.I)
_DEFINITE_CLAUSE = re.compile(r"\b(?:the|this|these|those|an?|her|his|its|their)\b(?: [^ ,;:.\"]+){0,9}?,? (?:in )?(?:that|which|who)\b")
_WORDS_SAID = frozenset(
    "claim claims report reports allegation allegations accusation accusations charge charges suggestion suggestions rumour rumours rumor "
    "rumors statement statements assertion assertions fact idea notion news possibility risk fear fears".split()
)
_RANK = ("denied", "hypothetical", "forecast", "alleged", "reported", "asserted")


class Standing(NamedTuple):
    """Source, cue and firmness of a figure; `attribution` is the row it comes from, None for the author's own voice."""

    source: str
    source_id: str | None
    source_kind: str
    cue: str | None
    cue_class: str | None
    factuality: str
    attribution: Attribution | None


def standing(folded: str, start: int, end: int, floor: int, limit: int, attributions: Sequence[Attribution]) -> Standing:
    """Who stands behind the figure at `start`..`end` in the sentence `floor`..`limit`.

    The innermost attribution whose content holds the figure speaks; without one it is the author. The firmness is the figure's own:
    a modal that governs it makes it hypothetical or forecast, but a figure that the text presupposes ("could enable the thousands of
    prisoners to escape") keeps that of its cue.
    """
    after = bisect_right(attributions, start, key=lambda row: row.content_start)
    told = [row for row in attributions[max(0, after - NEAR) : after] if not _takes_for_granted(folded, row, start)]
    row = _innermost(told, start, end)
    cue_factuality = row.factuality if row else "asserted"
    own = (
        cue_factuality if cue_factuality == "denied" else _modal(folded, start, end, max(floor, row.content_start if row else floor), limit)
    )
    factuality = cue_factuality if own is None else min((cue_factuality, own), key=_RANK.index)
    if cue_factuality == "hypothetical" and _PRESUPPOSED.search(folded, max(floor, start - 30), start):
        factuality = "reported"
    if row is None:
        return Standing(
            source=AUTHOR, source_id=None, source_kind="author", cue=None, cue_class=None, factuality=factuality, attribution=None
        )
    return Standing(
        source=row.source,
        source_id=row.source_id,
        source_kind=row.source_kind,
        cue=row.cue,
        cue_class=row.cue_class,
        factuality=factuality,
        attribution=row,
    )


def firmness(part: Claim, total: Claim) -> str:
    """The firmness of a part of a total: never more than that of the total, where the same source gives both."""
    return min((part.factuality, total.factuality), key=_RANK.index) if part.source == total.source else part.factuality


def _takes_for_granted(folded: str, row: Attribution, start: int) -> bool:
    """Whether the content only names what the figure belongs to: "denied involvement in the attack that killed nine"."""
    if not row.content_start <= start < row.content_end or row.rule not in (
        "attribution.bare",
        "attribution.preposition",
    ):
        return False
    if row.cue_class not in ("denial", "distancing", "warning") and row.factuality != "forecast" and not _UNTOLD.search(row.cue):
        return False
    clause = _DEFINITE_CLAUSE.search(folded, row.content_start, start)
    return clause is not None and not _WORDS_SAID.intersection(clause.group().split())


def _innermost(told: Sequence[Attribution], start: int, end: int) -> Attribution | None:
    """Of the attributions whose contents begin before the span the one with the smallest that holds it; between equals the one quoted."""
    holding = [row for row in told if end <= row.content_end and not _in_source(row, start)]
    if not holding:
        return None
    named = [row for row in holding if row.source_start is not None]
    # Hearsay inside somebody's speech ("X said five were reportedly hurt") stays that speaker's.
    pool = named or holding
    return min(pool, key=lambda row: (row.content_end - row.content_start - (1 if "chain" in row.rule else 0), -row.cue_start))


def _in_source(row: Attribution, start: int) -> bool:
    return row.source_start is not None and row.source_end is not None and row.source_start <= start < row.source_end


def _modal(folded: str, start: int, end: int, floor: int, limit: int) -> str | None:
    """Return hypothetical or forecast when a modal or a word of the future governs the figure."""
    begin = max(floor, start - 100)
    if not _MODAL.search(" " + folded[begin : min(limit, end + 80)]):
        return None
    window = folded[begin:start]
    if _PRESUPPOSED.search(window):
        return None
    before = _MODAL_BEFORE.search(window)
    if before is not None:
        return before.lastgroup
    after = _MODAL_AFTER.match(folded, end, min(limit, end + 80))
    return after.lastgroup if after else None
