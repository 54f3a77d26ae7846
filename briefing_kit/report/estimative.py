"""A check of the analyst's own judgements against the rules of estimative language; it remarks, it changes nothing.

Rules: ICD 203 (2015), D.6.e.(2): the terms of its two rows are not mixed in one product, and a level of confidence does not
stand in one sentence with a likelihood. PHIA's yardstick (2025) names "might" and its like as words to avoid: they stand on no scale.
"""

from __future__ import annotations

import functools
import re

from briefing_kit.lexicon import read_lexicon
from briefing_kit.segments import find_segments, find_sentences
from briefing_kit.textmap import fold

# The second row of ICD 203's table; every other term of that scale in the lexicon stands in its first row.
_SECOND_ROW = frozenset({
    "remote possibility", "highly improbable", "improbable", "roughly even odds", "probable", "probably", "highly probable",
    "nearly certain", "nearly certainly",
})  # fmt: skip
_CONFIDENCE = re.compile(
    r"\b(?:high|moderate|low|medium)(?:-|\s+)confidence\b|\bconfidence\b[^.;:]{0,60}\b(?:high|moderate|low)\b", re.IGNORECASE
)
_UNSCALED = re.compile(r"\b(?:might|could|may|possibly|perhaps|conceivably)\b")  # lower case: May is a month


def remarks(text: str) -> list[str]:
    """One line for each rule that the text does not keep, with the words in question; an empty list when it keeps all."""
    folded = fold(text)
    rows: dict[str, set[str]] = {"first": set(), "second": set()}
    scales: dict[str, set[str]] = {"ICD203": set(), "PHIA": set()}
    found, mixed = [], []
    for sentence in find_sentences(folded, find_segments(folded)):
        said = folded[sentence.start : sentence.end]
        terms = [match.group().lower() for match in _pattern().finditer(said)]
        for term in terms:
            scales[_scales()[term]].add(term)
            if _scales()[term] == "ICD203":
                rows["second" if term in _SECOND_ROW else "first"].add(term)
        if terms and _CONFIDENCE.search(said):
            mixed.append(" ".join(said.split())[:80])
    if all(rows.values()):
        found.append(f"terms of both rows of ICD 203 in one product: {_listed(rows['first'])} and {_listed(rows['second'])}")
    if all(scales.values()):
        found.append(f"terms of two scales in one product: {_listed(scales['ICD203'])} (ICD 203) and {_listed(scales['PHIA'])} (PHIA)")
    found += [f"likelihood and level of confidence in one sentence: {words!r}" for words in mixed]
    unscaled = [match.group() for match in _UNSCALED.finditer(folded)]
    if unscaled:
        told = ", ".join(f"{word} ({unscaled.count(word)})" for word in sorted(set(unscaled)))
        found.append(f"words that stand on no scale of likelihood: {told}")
    return [f"key judgements: {remark}" for remark in found]


@functools.cache
def _scales() -> dict[str, str]:
    return {row["term"]: row["scale"] for row in read_lexicon("likelihood")}


@functools.cache
def _pattern() -> re.Pattern[str]:
    terms = sorted(_scales(), key=lambda term: (-len(term), term))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, terms)) + r")\b", re.IGNORECASE)


def _listed(words: set[str]) -> str:
    return ", ".join(sorted(words))
