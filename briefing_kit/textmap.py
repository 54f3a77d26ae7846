"""Copies of a text to match on, and the way back to the offsets of the text as it was written.

`fold` changes characters one for one, so offsets stay; `visible` leaves out what no reader sees (soft hyphens, zero-width
and bidi controls), makes words whole that line ends parted and spells ligatures out, so it returns an offset map. No NFKC: it turns "5²"
into "52".
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any, TypeVar

from briefing_kit.hyphens import line_ends

RecordT = TypeVar("RecordT")

_ONE_TO_ONE = {
    **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r", " "),
    **dict.fromkeys("\u0085\u2028\u2029\v\f", "\n"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    # Em dashes part clauses where hyphens and en dashes join words and numbers, so they keep their own character.
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"),
    "\u2015": "\u2014",
    **{chr(0x0660 + digit): str(digit) for digit in range(10)},
    **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
}
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "ft", "\ufb06": "st"}
BIDI_CONTROLS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff" + BIDI_CONTROLS
_CHANGED = re.compile(f"[{_UNSEEN}{''.join(_LIGATURES)}]")


def fold(text: str) -> str:
    """A copy of equal length with plain spaces, quotes, hyphens and digits; em dashes stay em dashes."""
    if not text.isascii() or "\t" in text or "\r" in text or "`" in text or "\v" in text or "\f" in text:
        for char, plain in _ONE_TO_ONE.items():
            text = text.replace(char, plain)
    return text


class OffsetMap:
    """Offsets of a cleaned text led back to the text it was made from."""

    __slots__ = ("_origin", "source")

    def __init__(self, source: str, origin: list[int]) -> None:
        self.source = source
        self._origin = origin  # origin[i]: where character i of the cleaned text stands in the source

    def start(self, offset: int) -> int:
        """The source offset at which a span that starts here begins."""
        return self._origin[offset] if offset < len(self._origin) else len(self.source)

    def end(self, offset: int) -> int:
        """The source offset just after the last character of a span that ends here."""
        return self._origin[offset - 1] + 1 if offset else 0

    def back(self, record: RecordT) -> RecordT:
        """The record with every `start`, `end` and `text` field put in terms of the source."""
        changed: dict[str, Any] = {}
        for field in fields(record):  # type: ignore[arg-type]  # RecordT is any of the frozen records
            at = getattr(record, field.name)
            if at is None:
                continue
            if field.name == "start" or field.name.endswith("_start"):
                changed[field.name] = self.start(at) if isinstance(at, int) else at
            elif field.name == "end" or field.name.endswith("_end"):
                changed[field.name] = self.end(at) if isinstance(at, int) else at
        if hasattr(record, "text"):
            changed["text"] = self.source[changed["start"] : changed["end"]]
        return replace(record, **changed)  # type: ignore[type-var]


def visible(text: str) -> tuple[str, OffsetMap | None]:
    """The text without unseen characters, parted words and ligatures, and the map back; the text itself and None where it has none."""
    parted = list(line_ends(text))
    if not parted and (text.isascii() or not _CHANGED.search(text)):
        return text, None
    chars: list[str] = []
    origin: list[int] = []
    at = 0
    for start, end in [*parted, (len(text), len(text))]:
        for here, char in enumerate(text[at:start], at):
            if char in _UNSEEN:
                continue
            for out in _LIGATURES.get(char, char):
                chars.append(out)
                origin.append(here)
        at = end
    return "".join(chars), OffsetMap(text, origin)
