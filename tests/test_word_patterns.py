"""Patterns for the words of a list, and the sentences that are read in pieces."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_kit.briefing import text_briefing
from briefing_kit.extract.attribution import find_attributions
from briefing_kit.extract.events import find_events
from briefing_kit.extract.pieces import LONGEST_SENTENCE, read_sentences
from briefing_kit.word_patterns import at_word_start, either_case, find_words, trie, uncapitalised_words

WORDS = st.lists(st.from_regex(r"[abc](?:[abc' -]{0,4}[abc])?", fullmatch=True), min_size=1, max_size=8)


@given(WORDS, st.text("abcABC -'.\n", max_size=60))
def test_a_trie_finds_what_an_alternation_of_the_words_finds_longest_first(words: list[str], text: str) -> None:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    plain = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    expected = [(match.start(), match.end(), match.group()) for match in plain.finditer(text)]
    assert list(find_words(at_word_start(trie(words) + r"(?!\w)"), text)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["may", "might"], ["may", "might", "May", "Might"]),
        (["may", "May"], ["may", "May"]),
        ([], []),
    ],
)
def test_either_case(words: list[str], expected: list[str]) -> None:
    assert either_case(words) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the coast guard", [(4, 9, "coast")]),
        ("coastal patrols", [(0, 7, "coastal")]),  # the first three letters agree: the caller looks the word up
        ("The Coast Guard", []),
        ("cOAST", [(0, 5, "cOAST")]),
        ("3R fighters", [(0, 2, "3R")]),
        ("an accoast", []),
    ],
)
def test_words_that_no_capital_opens(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert list(find_words(uncapitalised_words(["coast", "3r"]), text)) == expected


@given(st.integers(0, 3 * LONGEST_SENTENCE), st.booleans())
def test_the_pieces_of_a_sentence_are_bounded_and_cover_it(length: int, spaced: bool) -> None:
    text = (("word " if spaced else "words") * (length // 5 + 1))[:length].rstrip() + " ends here."
    pieces = list(read_sentences(text_briefing(text)))
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text.strip()
    assert all(piece.end - piece.start <= LONGEST_SENTENCE for piece in pieces)


def test_a_sentence_without_end_gives_rows_whose_words_stand_where_they_say() -> None:
    briefing = text_briefing("Officials said that the army killed five men, " * 700 + "and so on.")
    attributions = find_attributions(briefing, [])
    events = find_events(briefing, [], [], attributions)
    assert len(attributions) > 600
    assert len(events) > 600
    assert max(row.end - row.start for row in attributions) <= LONGEST_SENTENCE
    for row in (*attributions, *events):
        assert row.text == briefing.text[row.start : row.end]
