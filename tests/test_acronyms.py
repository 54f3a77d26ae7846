"""Short forms defined in the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_kit.extract.actors import find_acronyms

DEFINED = [
    ("the Libyan National Army (LNA) said", "LNA", "Libyan National Army"),
    ("the LNA (Libyan National Army) said", "LNA", "Libyan National Army"),
    ("a Ministry of Public Works (MPW)", "MPW", "Ministry of Public Works"),
    ("the Front for Justice and Unity (FJU)", "FJU", "Front for Justice and Unity"),
    ("improvised explosive devices (IEDs) killed", "IEDs", "improvised explosive devices"),
    ('the Zarnoub Relief Fund ("ZRF")', "ZRF", "Zarnoub Relief Fund"),
    ("the Zarnoub Relief Fund (or ZRF)", "ZRF", "Zarnoub Relief Fund"),
    ("the Zarnoub Relief Fund (known as ZRF)", "ZRF", "Zarnoub Relief Fund"),
    ("the Zarnoub Relief Fund (hereafter ZRF)", "ZRF", "Zarnoub Relief Fund"),
    ("the Zarnoub Relief Fund (ZRF; founded 1999)", "ZRF", "Zarnoub Relief Fund"),
    ("the Zarnoub Relief Fund [ZRF]", "ZRF", "Zarnoub Relief Fund"),
    ("(the Zarnoub Relief Fund, ZRF) was", "ZRF", "Zarnoub Relief Fund"),
    ("a line-wrapped Zarnoub\nRelief Fund (ZRF)", "ZRF", "Zarnoub\nRelief Fund"),
    ("five deaths (crude death rate (CDR) 1.2)", "CDR", "crude death rate"),
    ("rose to 5 (95% confidence interval [CI], 3 to 8)", "CI", "confidence interval"),
    ("gross domestic product (GDP) fell", "GDP", "gross domestic product"),
    ("two-dimensional (2D) maps", "2D", "two-dimensional"),
    ("It ended. Zarnoub Relief Fund (ZRF)", "ZRF", "Zarnoub Relief Fund"),
]


@pytest.mark.parametrize(("text", "short", "long"), DEFINED, ids=[text for text, *_ in DEFINED])
def test_definitions(text: str, short: str, long: str) -> None:
    """One definition each, with its spans."""
    found = find_acronyms(text)
    assert [(a.short, a.long) for a in found] == [(short, long)]
    acronym = found[0]
    assert text[acronym.start : acronym.end] == short
    assert text[acronym.long_start : acronym.long_end] == long


@pytest.mark.parametrize(
    "text",
    [
        "the minister (left) spoke",
        "a photo (see below)",
        "he arrived (again) late",
        "about 40 (of 60) men",
        "Smith (Labour) said",
        "the town (population 4,000)",
        "Resolution 2259 (2015)",
        "the price (USD 40) fell",
        "Pt(II) and Ca(OH)2",
        "()",
        "((",
        "the army (which was late) came",
        "they met in the capital (Niamey) and left",
    ],
)
def test_no_definition(text: str) -> None:
    """Brackets that define nothing."""
    assert find_acronyms(text) == []


def test_a_definition_is_listed_once() -> None:
    """The same definition twice is one; another meaning of the same letters is another."""
    text = "The Libyan National Army (LNA). The Libyan National Army (LNA). The Lebanese News Agency (LNA)."
    assert [a.long for a in find_acronyms(text)] == ["Libyan National Army", "Lebanese News Agency"]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ABab(). [],;-'\n1", max_size=80))
def test_any_text(text: str) -> None:
    """Whatever the text: no exception, and spans that give back the words."""
    for acronym in find_acronyms(text):
        assert text[acronym.start : acronym.end] == acronym.short
        assert text[acronym.long_start : acronym.long_end] == acronym.long


def test_many_brackets() -> None:
    """Long runs of brackets and words are read in linear time."""
    assert find_acronyms("(" * 20_000) == []
    assert find_acronyms("word " * 20_000) == []
    assert find_acronyms("(a" * 20_000) is not None
