"""Quotations in a folded text: every quote style has become ' or " there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefing_kit.segments import Segment

LONGEST_SINGLE = 1500  # an apostrophe that finds no partner within this many characters opens nothing


class Quote(NamedTuple):
    """A quotation with its marks (start, end) and the words between them (inner_start, inner_end)."""

    start: int
    end: int
    inner_start: int
    inner_end: int


_DOUBLE = re.compile(r'"')
# The mark first, what stands before it after that: a search then skips from mark to mark.
_SINGLE_OPEN = re.compile(r"'(?<![\w.,;:!?)'\"]')(?=[A-Za-z(\[])")
_SINGLE_CLOSE = re.compile(r"'(?<=[\w.,;:!?)\]]')(?!\w)")


def find_quotes(folded: str, segments: Sequence[Segment]) -> list[Quote]:
    """The outermost quotations of each paragraph in order.

    A quotation left open at the end of a paragraph is taken up by the next paragraph when that opens with a quote mark
    (the newspaper convention); otherwise it ends with its paragraph.
    """
    quotes: list[Quote] = []
    if '"' in folded:
        for segment in segments:
            quotes += _double_quotes(folded, segment)
    if "'" in folded:
        quotes += _single_quotes(folded, segments, quotes)
        quotes.sort(key=lambda quote: quote.start)
    return quotes


def _double_quotes(folded: str, segment: Segment) -> list[Quote]:
    quotes, opened = [], None
    for match in _DOUBLE.finditer(folded, segment.start, segment.end):
        at = match.start()
        if opened is not None:
            quotes.append(Quote(start=opened, end=at + 1, inner_start=opened + 1, inner_end=at))
            opened = None
        elif not (at > segment.start and folded[at - 1].isalnum()):  # 12" is a measure, not an opening mark
            opened = at
    if opened is not None:
        quotes.append(Quote(start=opened, end=segment.end, inner_start=opened + 1, inner_end=segment.end))
    return quotes


def _single_quotes(folded: str, segments: Sequence[Segment], doubles: Sequence[Quote]) -> list[Quote]:
    quotes = []
    taken = iter(doubles)
    double = next(taken, None)
    for segment in segments:
        at = segment.start
        while (opening := _SINGLE_OPEN.search(folded, at, segment.end)) is not None:
            start = opening.start()
            while double is not None and double.end <= start:
                double = next(taken, None)
            if double is not None and double.start < start:
                at = double.end
                continue
            close = _closing(folded, start + 1, min(segment.end, start + LONGEST_SINGLE))
            if close is None:
                at = start + 1
                continue
            quotes.append(Quote(start=start, end=close + 1, inner_start=start + 1, inner_end=close))
            at = close + 1
    return quotes


def _closing(folded: str, start: int, end: int) -> int | None:
    """Where a single quote closes: at once after a stop, else after a word that is no plural possessive ("the rebels' camp")."""
    possessive = None
    for match in _SINGLE_CLOSE.finditer(folded, start, end):
        at = match.start()
        if folded[at - 1] == "s" and folded[at + 1 : at + 2] == " " and folded[at + 2 : at + 3].islower():
            possessive = at if possessive is None else possessive
            continue
        return at
    return possessive
