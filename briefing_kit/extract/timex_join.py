"""What neighbours do to each other: intervals of two expressions, dates with their clock time, open ends, approximation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing_kit.extract.timex_read import Draft
from briefing_kit.extract.timex_resolve import Reading
from briefing_kit.extract.timex_tokens import Tokens


@dataclass(slots=True)
class Found:
    """A draft and its reading."""

    draft: Draft
    reading: Reading


def join(tokens: Tokens, found: list[Found]) -> list[Found]:
    """The same list with intervals numbered (`joined`) and open ends set."""
    number = 0
    for index, (first, second) in enumerate(zip(found, found[1:], strict=False)):
        if first.draft.joined is None and _is_interval(tokens, first, second):
            number += 1
            first.draft.joined = second.draft.joined = number
        del index
    for each in found:
        if each.draft.joined is None and each.reading.granularity not in ("duration", "set", "undated"):
            _open_end(tokens, each)
    return found


def _is_interval(tokens: Tokens, first: Found, second: Found) -> bool:
    between = [word.lower() for word in tokens.words(first.draft.last, second.draft.first)]
    if any(each.reading.granularity in ("duration", "set", "undated") for each in (first, second)):
        return False
    before = tokens.word(first.draft.first - 1).lower()
    if between and between[0] in ("to", "until", "till", "through", "-") and len(between) <= 2 and between[-1] in (between[0], "the"):
        return True
    if between == ["and"]:
        if before == "between":
            return True
        return first.reading.mod == "END" and second.reading.mod == "START" and first.reading.granularity == second.reading.granularity
    return False


def _open_end(tokens: Tokens, each: Found) -> None:
    """Since, until, by, before, after: one end is known, the other is not."""
    reading = each.reading
    first, last = reading.span
    before = tokens.word(each.draft.first - 1).lower()
    if before == "the":
        before = tokens.word(each.draft.first - 2).lower()
    if before in ("since", "after"):
        each.reading = replace(reading, mod="AFTER", span=(first if before == "since" else last, None))
    elif before in ("until", "till", "by", "before"):
        each.reading = replace(reading, mod="BEFORE", span=(None, first if before == "before" else last))
    elif before in ("around", "about", "circa", "approximately", "roughly") and reading.mod is None:
        each.reading = replace(reading, mod="APPROX")
