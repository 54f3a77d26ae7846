"""How firmly a sentence speaks: its modality, and the estimative term with its band where it uses one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from briefing_kit.lexicon import read_lexicon
from briefing_kit.textmap import fold
from briefing_kit.word_patterns import at_word_start, either_case, trie

MODALITIES = ("asserted", "possible", "forecast", "hypothetical", "negated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """A sentence's modality and, where it uses a term of ICD 203 or PHIA, that term as written with its band in per cent."""

    modality: str
    likelihood_term: str | None = None
    likelihood_scale: str | None = None
    likelihood_low: int | None = None
    likelihood_high: int | None = None


_STRONGEST_FIRST = ("hypothetical", "possible", "forecast", "negated")  # the strongest of several signs decides
_OTHER_SENSE = {  # nouns ("his will", "at will"), "not only", "no fewer than", "No. 5"
    "possible": re.compile(r"(?<=\bof )"),
    "will": re.compile(r"(?<=\b(?:at|of) )|(?<=\b[Hh](?:is|er) )|(?<=\b[Tt]heir )|(?<=\b[Ii]ts )|(?<=\b[Tt]he )|(?<=\ba )"),
    "not": re.compile(r"not only\b"),
    "no": re.compile(r"[Nn]o(?: (?:fewer|less|more|later|sooner|longer)\b|\. ?\d)"),
}
_NEGATED_VERB = re.compile(r"\wn't\b")
_INVERTED = re.compile(r"[\"' ]*Had\b")
_UNSCALED = {modality: Modality(modality=modality) for modality in MODALITIES}


def find_modality(text: str) -> Modality:
    """The modality of one sentence and its first estimative term.

    Order of precedence: a condition or "would" makes it hypothetical, a modal of possibility possible, a future forecast, a negation
    negated; else it is asserted. A scaled term is at most `possible`. Modals are on no scale: they give no term and no band.
    """
    padded = f" {fold(text)}"
    seen = set(_signs(padded))
    modality = next((modality for modality in _STRONGEST_FIRST if modality in seen), "asserted") if seen else "asserted"
    pattern, bands = _likelihood()
    match = pattern.search(padded)
    if match is None:
        return _UNSCALED[modality]
    scale, low, high = bands[match[0][1:].lower()]
    if modality == "asserted":
        modality = "possible"
    return Modality(
        modality=modality,
        likelihood_term=text[match.start() : match.end() - 1],
        likelihood_scale=scale,
        likelihood_low=low,
        likelihood_high=high,
    )


def _signs(padded: str) -> Iterator[str]:
    """The modalities that words of the sentence are a sign of."""
    pattern, modalities = _words()
    for match in pattern.finditer(padded):
        words = match[0][1:]
        modality = modalities[words]
        other = _OTHER_SENSE.get(words.lower()) or _OTHER_SENSE.get(modality)
        if other is None or not other.match(padded, match.start() + 1):
            yield modality
    if "n't" in padded and _NEGATED_VERB.search(padded):
        yield "negated"
    if _INVERTED.match(padded):
        yield "hypothetical"


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds the words of modality.csv, and the modality that each is a sign of."""
    modalities: dict[str, str] = {}
    for row in read_lexicon("modality"):
        sign = row["sign"]
        modalities |= dict.fromkeys(either_case([sign]) if row["case"] == "any" else [sign], row["modality"])
    return at_word_start(trie(modalities) + r"\b"), modalities


@cache
def _likelihood() -> tuple[re.Pattern[str], dict[str, tuple[str, int, int]]]:
    bands = {row["term"]: (row["scale"], int(row["low"]), int(row["high"])) for row in read_lexicon("likelihood")}
    return at_word_start(trie(either_case(bands)) + r"\b"), bands
