"""Table cells as the Typst template reads them: text, direction, colours, links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from briefing_kit.report.layout import READABLE
from briefing_kit.report.text import is_rtl

TALL_CELL = 1500  # characters: about half a page in a narrow column

_WORD = re.compile(rf"\S{{{READABLE + 1},}}")


def mostly_rtl(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether more than half of a column's cells run from right to left."""
    return sum(is_rtl(row[column]) for row in rows) * 2 > len(rows)


def typst_cell(text: str, fill: Sequence[str | None] | None, links: frozenset[str] = frozenset()) -> str | dict[str, Any]:
    """A cell for the template: a string, or an object when it runs from right to left, is coloured, or is one of the rows in `links`.

    Endless words get break points.
    """
    if text in links:
        return {"text": text, "rtl": False, "fill": None, "ink": None, "link": text}
    text = _WORD.sub(lambda match: "\u200b".join(re.findall(f".{{1,{READABLE // 2}}}", match.group())), text)
    rtl = is_rtl(text)
    if not rtl and not fill:
        return text
    background, ink = fill or (None, None)
    if background and not ink:
        ink = "#000000" if _is_light(background) else "#ffffff"
    return {"text": text, "rtl": rtl, "fill": background, "ink": ink, "link": None}


def is_tall(cell: str | dict[str, Any]) -> bool:
    """Whether a cell may fill a page, so that its row must be allowed to break."""
    text = cell if isinstance(cell, str) else cell["text"]
    return len(text) > TALL_CELL or text.count("\n") > 20


def _is_light(colour: str) -> bool:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 299 * red + 587 * green + 114 * blue > 128_000  # ITU-R BT.601 luma
