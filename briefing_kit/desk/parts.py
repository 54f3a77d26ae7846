"""An attribution added by hand: where its source, cue and content stand within the words that were selected."""

from __future__ import annotations

import re
from collections.abc import Mapping


def with_offsets(text: str, start: int, end: int, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of an attribution at text[start:end], with the offsets of its parts where they are not given.

    Source and cue are looked for as words; what is said is the longest of the rest, without a leading "that".
    A part that is not there gives no offsets.
    """
    cue = _find(text, start, end, cells.get("cue", ""))
    source = _find(text, start, end, cells.get("source", ""))
    made: dict[str, str] = {}
    for name, span in (("source", source), ("cue", cue)):
        if span is not None:
            made |= {f"{name}_start": str(span[0]), f"{name}_end": str(span[1])}
    if cue is not None:
        cuts = [start, *sorted(offset for span in (source, cue) if span for offset in span), end]
        content = max((_bare(text, *piece) for piece in zip(cuts[::2], cuts[1::2], strict=True)), key=lambda span: span[1] - span[0])
        if content[0] < content[1]:
            made |= {"content_start": str(content[0]), "content_end": str(content[1])}
    return made | dict(cells)


def _find(text: str, start: int, end: int, words: str) -> tuple[int, int] | None:
    if not words.strip():
        return None
    found = re.compile(r"\s+".join(map(re.escape, words.split()))).search(text, start, end)
    return found.span() if found else None


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the white space, commas and colons around it."""
    part = text[start:end]
    lead = re.match(r"[\s,:]*(?:that\b)?\s*", part)
    begin = start + (lead.end() if lead else 0)
    return begin, max(begin, start + len(part.rstrip(" \t\n,:")))
