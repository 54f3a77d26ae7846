"""The check of the analyst's estimative language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_kit.report.estimative import remarks


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("A ceasefire is unlikely. Our confidence is moderate.", []),
        ("A ceasefire is very likely; a lasting one is almost certain to fail.", []),
        ("A ceasefire is likely. A lasting one is improbable.", ["both rows of ICD 203", "likely and improbable"]),
        ("It is highly unlikely this year and almost certain next year.", ["two scales", "highly unlikely (PHIA)"]),
        ("We judge with high confidence that a ceasefire is likely.", ["in one sentence: 'We judge with high confidence"]),
        ("A ceasefire is likely, and our confidence in this is low.", ["likelihood and level of confidence"]),
        ("Talks could fail and might not resume; they could drag on until May.", ["no scale of likelihood: could (2), might (1)"]),
        ("", []),
    ],
)
def test_rules(text: str, pieces: list[str]) -> None:
    """Each breach gives a line with its words, sound text none."""
    found = "\n".join(remarks(text))
    assert bool(found) is bool(pieces)
    for piece in pieces:
        assert piece in found


@given(st.text())
def test_any_text_can_be_checked(text: str) -> None:
    """Arbitrary text never raises, and the same text gives the same remarks."""
    assert remarks(text) == remarks(text)
