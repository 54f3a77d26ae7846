"""Properties of reading: encodings come back, words parted at line ends lose nothing but their hyphen, any bytes are read or refused."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_kit.hyphens import line_ends, rejoin
from briefing_kit.readers.decoding import decode, repair
from briefing_kit.reading import ReadingError, load_briefing
from briefing_kit.textmap import visible

CP1252 = "".join(bytes([code]).decode("cp1252") for code in range(0x20, 0x100) if code not in (0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D))
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff") | st.sampled_from("\n ,.5"), max_size=200)
WORDS = st.text(st.sampled_from("abcdeF5-\u00ad\u200b\ufb01 \n\t."), max_size=60)


@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_was_encoded_comes_back(text, encoding):
    """Unless it passes, whole, for text encoded twice: then it is put right, and said."""
    read, warnings = decode(text.encode(encoding), "a.txt")
    assert read == (text if "REPAIRED_ENCODING" not in warnings else repair(text))


@given(st.text(st.sampled_from(CP1252), max_size=200))
def test_text_encoded_twice_is_put_right(text):
    """Every text of office characters, and plain text is left alone."""
    spoilt = "".join(bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte) for byte in text.encode())
    assert repair(spoilt) == (None if text.isascii() else text)


@given(WORDS)
def test_line_ends_lose_only_hyphens_and_white_space(text):
    """The spans are in order, hold nothing else, and what is left is the rest of the text."""
    spans = list(line_ends(text))
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(not text[start:end].strip("-\u00ad \t\n") for start, end in spans)
    assert (
        rejoin(text).replace("-", "").split()
        == "".join(char for at, char in enumerate(text) if not any(start <= at < end for start, end in spans)).replace("-", "").split()
    )


@given(WORDS)
def test_offsets_lead_back_to_the_same_characters(text):
    """Each character of the visible text stands in the source where the map says, ligatures spelt out."""
    seen, offsets = visible(text)
    if offsets is None:
        assert seen == text
        return
    for at, char in enumerate(seen):
        source = text[offsets.start(at) : offsets.end(at + 1)]
        assert source == char or (source == "\ufb01" and char in "fi")


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".pdf", ".eml", ".html"])
@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_a_line(tmp_path_factory, suffix, data):
    """No other exception, whatever a file holds."""
    path = Path(tmp_path_factory.getbasetemp()) / f"bytes{suffix}"
    path.write_bytes(data)
    reason = ""
    try:
        load_briefing(path)
    except ReadingError as error:
        reason = str(error)
    assert "\n" not in reason


LINE_ENDS = {
    "hundreds of fight-\ners came": "hundreds of fighters came",  # an English word
    "the head-\nquarters": "the headquarters",
    "a long-\nterm plan": "a long-term plan",  # two English words
    "drug-\ntrafficking": "drug-trafficking",
    "in Misra-\nta": "in Misrata",  # no words by themselves
    "Zuwara and Zu-\nwara": "Zuwara and Zuwara",
    "an anti-\nTurkish mood": "an anti-Turkish mood",  # a capital
    "10-\n13 October": "10-13 October",
    "re-gained and re-\ngained": "re-gained and regained",  # English without its hyphen
    "Octo\u00ad\nber": "October",
    "a list:\n- one\n- two": "a list:\n- one\n- two",
    "he said -\nand left": "he said -\nand left",
}


@pytest.mark.parametrize("text", LINE_ENDS)
def test_hyphens_at_line_ends(text):
    """They go where they belong to the line, and stay where they belong to the word."""
    assert rejoin(text) == LINE_ENDS[text]
