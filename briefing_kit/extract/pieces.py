"""The sentences that tell something, as the grammars of attribution and of happenings read them."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_kit.briefing import Briefing
from briefing_kit.segments import Sentence

READ_ROLES = frozenset({"body", "list_item", "quote"})
LONGEST_SENTENCE = 4000  # characters


def read_sentences(briefing: Briefing) -> Iterator[Sentence]:
    """The sentences of running text in order; those of no prose ("a 50,000-character line") in pieces, cut at a comma where they can be."""
    for sentence in briefing.sentences:
        if sentence.role not in READ_ROLES:
            continue
        if sentence.end - sentence.start <= LONGEST_SENTENCE:
            yield sentence
            continue
        start = sentence.start
        while start < sentence.end:
            stop = sentence.end
            if stop - start > LONGEST_SENTENCE:
                comma = briefing.folded.rfind(", ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
                cut = comma + 1 if comma > 0 else briefing.folded.rfind(" ", start + 1, start + LONGEST_SENTENCE)
                stop = cut if cut > 0 else start + LONGEST_SENTENCE
            yield Sentence(start=start, end=stop, paragraph=sentence.paragraph, role=sentence.role)
            start = stop
