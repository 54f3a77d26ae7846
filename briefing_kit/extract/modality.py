"""How firmly a sentence speaks: its modality, and the estimative term with its band where it uses one."""

from __future__ import annotations

import re
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


# One pass over the words of the sentence; what stands first in _FIRMNESS decides between several signs. Months and names (May, Will)
# begin with a capital, nouns ("his will", "at will", "a must") follow a possessive, an article or a preposition.
_SIGNS = at_word_start(
    r"(?P<condition>(?:[Ii]f|[Uu]nless|[Pp]rovided that|[Ii]n case|[Ww]ere it not|[Hh]ad it not|would(?:n't)?)\b|(?<=\A.)[\"' ]*Had\b)"
    r"|(?P<possible>(?<!\bof )(?:could(?: be|n't)?|may|might|[Pp]ossibl[ey]|[Pp]erhaps|[Mm]aybe|[Pp]otential(?:ly)?|[Cc]onceivabl[ey]"
    r"|risks?|chances?|[Pp]ossibility|threat of|danger of)\b)"
    r"|(?P<forecast>(?=will\b)(?<!\bat )(?<!\b[Hh]is )(?<!\b[Hh]er )(?<!\b[Tt]heir )(?<!\b[Ii]ts )(?<!\b[Tt]he )(?<!\ba )(?<!\bof )will"
    r"|(?:shall|won't"
    r"|(?:is|are|was|were) (?:due|set|scheduled|slated|planned|bound|expected|about|poised|likely|going) to"
    r"|(?:due|scheduled|slated|planned|set) (?:for|on|in|to)"
    r"|plan(?:s|ned)? to|intends? to|aims? to|vow(?:s|ed)? to|pledge[sd]? to|promise[sd]? to|expected to"
    r"|expects?|forecasts?|predict(?:s|ed))\b)"
    r"|(?P<negated>(?:not(?! only\b)|never|[Nn]obody|[Nn]one|[Nn]either|[Nn]othing|cannot"
    r"|[Nn]o(?! (?:fewer|less|more|later|sooner|longer)\b|\. ?\d))\b|\w+n't\b)"
)
_FIRMNESS = ("condition", "possible", "forecast", "negated")
_NAMES = {"condition": "hypothetical", "possible": "possible", "forecast": "forecast", "negated": "negated"}
_UNSCALED = {modality: Modality(modality=modality) for modality in MODALITIES}


def find_modality(text: str) -> Modality:
    """The modality of one sentence and its first estimative term.

    Order of precedence: a condition or "would" makes it hypothetical, a modal of possibility possible, a future forecast, a negation
    negated; else it is asserted. A scaled term is at most `possible`. Modals are on no scale: they give no term and no band.
    """
    padded = f" {fold(text)}"
    seen = {match.lastgroup for match in _SIGNS.finditer(padded)}
    modality = next((_NAMES[sign] for sign in _FIRMNESS if sign in seen), "asserted") if seen else "asserted"
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


@cache
def _likelihood() -> tuple[re.Pattern[str], dict[str, tuple[str, int, int]]]:
    bands = {row["term"]: (row["scale"], int(row["low"]), int(row["high"])) for row in read_lexicon("likelihood")}
    return at_word_start(trie(either_case(bands)) + r"\b"), bands
