"""Modality and estimative language of single sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_kit.extract.modality import MODALITIES, find_modality
from briefing_kit.lexicon import read_lexicon

MODALITY = [
    ("The army took the town on Friday.", "asserted"),
    ("Five people were killed.", "asserted"),
    ("Rebels could attack the port.", "possible"),
    ("The truce may not last.", "possible"),
    ("It is possible that the group will split.", "possible"),
    ("Elections might be delayed.", "possible"),
    ("Perhaps the general has left the country.", "possible"),
    ("There is a risk of famine in the north.", "possible"),
    ("The parliament will vote on Sunday.", "forecast"),
    ("The envoy is due to arrive next week.", "forecast"),
    ("Talks are scheduled for 5 November.", "forecast"),
    ("The company plans to reopen the field.", "forecast"),
    ("The convoy is expected to reach Ghat tomorrow.", "forecast"),
    ("He vowed to retake the city.", "forecast"),
    ("If the dam fails, 4,000 people would lose their homes.", "hypothetical"),
    ("Had the police come earlier, nobody would have died.", "hypothetical"),
    ("Without aid the camp would run out of water.", "hypothetical"),
    ("Unless a deal is struck, the port will close.", "hypothetical"),
    ("The ministry did not confirm the deaths.", "negated"),
    ("No shots were fired.", "negated"),
    ("The two sides never met.", "negated"),
    ("Neither side has claimed the attack.", "negated"),
    ("Nobody was hurt.", "negated"),
    ("The brigade hasn't left its base.", "negated"),
    ("Not only the army but also the police fled.", "asserted"),
    ("The attack in May killed no fewer than 30 people.", "asserted"),
    ("The May summit ended early.", "asserted"),
    ("General May met the mayor.", "asserted"),
    ("His will was read in court.", "asserted"),
    ("He was free at will.", "asserted"),
    ("It is highly likely that talks resume.", "possible"),
    ("", "asserted"),
]
LIKELIHOOD = [
    ("A ceasefire is unlikely before spring.", "unlikely", "ICD203", 20, 45),
    ("It is very unlikely that he returns.", "very unlikely", "ICD203", 5, 20),
    ("An attack is almost certain.", "almost certain", "ICD203", 95, 99),
    ("The raid was probably a warning.", "probably", "ICD203", 55, 80),
    ("There is a roughly even chance of defeat.", "roughly even chance", "ICD203", 45, 55),
    ("There is a realistic possibility of a coup.", "realistic possibility", "PHIA", 40, 50),
    ("A coup is highly likely.", "highly likely", "PHIA", 80, 90),
    ("There is a remote chance of rain.", "remote chance", "PHIA", 0, 5),
    ("Likely targets include the port.", "Likely", "ICD203", 55, 80),
]
UNSCALED = ["The group could return.", "It may rain.", "This might be true.", "That is a possible outcome.", "The road is open."]


@pytest.mark.parametrize(("sentence", "modality"), MODALITY)
def test_modality(sentence: str, modality: str) -> None:
    """A sentence's modality follows its main modal, negation or condition."""
    assert find_modality(sentence).modality == modality


@pytest.mark.parametrize(("sentence", "term", "scale", "low", "high"), LIKELIHOOD)
def test_likelihood(sentence: str, term: str, scale: str, low: int, high: int) -> None:
    """A term of ICD 203 or the PHIA yardstick comes with its scale and band."""
    found = find_modality(sentence)
    assert (found.likelihood_term, found.likelihood_scale, found.likelihood_low, found.likelihood_high) == (term, scale, low, high)


@pytest.mark.parametrize("sentence", UNSCALED)
def test_modals_stand_on_no_scale(sentence: str) -> None:
    """Modals are not estimative terms: no scale and no band."""
    found = find_modality(sentence)
    assert (found.likelihood_term, found.likelihood_scale, found.likelihood_low, found.likelihood_high) == (None, None, None, None)


def test_bands_are_in_order() -> None:
    """Every band of the lexicon lies within 0 and 100 and runs upwards."""
    for row in read_lexicon("likelihood"):
        assert 0 <= int(row["low"]) < int(row["high"]) <= 100


@given(st.text())
def test_any_text(text: str) -> None:
    """Arbitrary text never raises and gives one of the listed modalities."""
    assert find_modality(text).modality in MODALITIES
