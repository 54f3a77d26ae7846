"""Capitalised words of a text and the chunks they form: the only places where names can stand."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator

from briefing_kit.segments import Sentence

SPACE, OF, AND, PARTICLE, ABBREVIATED, POSSESSIVE = 1, 2, 3, 4, 5, 6  # how a word hangs on the one before it; 0: it does not

_UPPER = "A-Z" + "".join(chr(code) for code in range(0xC0, min(0x1F00, sys.maxunicode)) if unicodedata.category(chr(code)) == "Lu")
# "U.S.", "J.": dotted capitals. Else a word with inner apostrophes ("Sana'a"), ampersands ("AT&T"), hyphens ("Asia-Pacific").
TOKEN = re.compile(
    rf"[{_UPPER}](?<!\w\w)(?<!&\w)(?:\.(?:[{_UPPER}]\.)+(?:[{_UPPER}](?!\w))?|\w*(?:(?:'(?![sSdm]\b|ll\b|re\b|ve\b)|&|-(?=[{_UPPER}\d]))\w+)*)"
)
GAPS = {
    " ": SPACE,
    ". ": ABBREVIATED,
    " of ": OF,
    " of the ": OF,
    " for ": OF,
    " for the ": OF,
    " on ": OF,
    " on the ": OF,
    " against ": OF,
    " to ": OF,
    " and ": AND,
    " & ": AND,
    "'s ": POSSESSIVE,
    "' ": POSSESSIVE,
    **{f" {particle} ": PARTICLE for particle in "al el bin bint ibn ben ould abu ag ul ur".split()},
    **{f" {particle} ": PARTICLE for particle in "de da do dos das del della di du la le van von der den ter ten y e".split()},
    **{f" {particle}": PARTICLE for particle in "al- el- ul- ur- ud- uz- as- ash- ad- ar- at- az- an- d' l' de-".split()},
    **{f" {a} {b} ": PARTICLE for a, b in (("van", "der"), ("van", "den"), ("de", "la"), ("de", "las"), ("de", "los"), ("von", "der"))},
    " bin al-": PARTICLE,
    " ibn al-": PARTICLE,
    "-ul-": PARTICLE,
    "-e-": PARTICLE,
    "-i-": PARTICLE,
    "-al-": PARTICLE,
}

_LETTER = re.compile(r"[^\W\d_]")
Token = tuple[int, int, str, int]  # start, end, word, link to the word before


def find_openings(text: str, sentences: Iterable[Sentence]) -> frozenset[int]:
    """Where the first word of each sentence begins, after list marks, hashes, quotation marks and brackets."""
    openings = set()
    for sentence in sentences:
        start = sentence.start
        openings.add(start)
        if not text[start].isalpha() and (first := _LETTER.search(text, start, min(sentence.end, start + 8))):
            openings.add(first.start())
    return frozenset(openings)


def find_chunks(text: str, breaks: frozenset[int], abbreviations: frozenset[str]) -> Iterator[list[Token]]:
    """Runs of capitalised words that hang together, as lists of (start, end, word, link); `breaks` are offsets where a run must end.

    The text is on one line: its line ends are spaces.
    """
    chunk: list[Token] = []
    last = -9
    gaps = GAPS
    for found in TOKEN.finditer(text):
        start, end = found.span()
        if start - last <= 9 and chunk:
            link = gaps.get(text[last:start], 0)
            if link == ABBREVIATED:
                word = chunk[-1][2]
                if not (word in abbreviations or (len(word) == 1 and word != "I")):
                    link = 0
            if link and start not in breaks:
                chunk.append((start, end, found[0], link))
                last = end
                continue
        if chunk:
            yield chunk
        chunk = [(start, end, found[0], 0)]
        last = end
    if chunk:
        yield chunk
