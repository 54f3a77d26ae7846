"""The lines of printed pages, and running text again: what repeats on every page is left out, what a page break parted is joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from briefing_kit.hyphens import rejoin

_ZONE = 3  # so many lines at the top and at the bottom of a page may be running ones
_SAME_PLACE = 4.0  # points
_USUAL_LEADING = 1.35  # times the size of type, where there are too few lines to measure it
_FEW_GAPS = 3
_NEW_PARAGRAPH = 1.25  # times the usual distance of two lines
_SAME_SIZE = 1.1
_INDENT = 6.0  # points
_FULL = 0.7  # a line shorter than this, of the widest, ends its paragraph where its sentence ends
_PAGE_NUMBER = re.compile(r"\W*(?:(page|p\.)\s*)?(\d{1,4})(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*", re.IGNORECASE)
_LEADERS = re.compile(r"(?<!\.)(?<!\. )(?:\.[ ]?){5,}[ ]*\d{1,4}$")
_FINAL = re.compile(r"[.!?:\u2026][\"'\u2019\u201d)\]]*$")
_ITEM = re.compile(r"(?:[-*\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013][ ]|\(?\d{1,2}[.)][ ])")
_SPACES = re.compile(r"[ \t]{2,}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A printed line: its words, where it stands (points from the left and from the foot of the page), size of type, number of its page."""

    text: str
    x: float
    y: float
    size: float
    page: int


def page_texts(page: Any, number: int) -> list[Line]:
    """The lines of a pypdf page in the order in which it draws them."""
    pieces: list[list[tuple[str, float, float, float]]] = [[]]

    def hear(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        for at, part in enumerate(_CONTROLS.sub("", text).split("\n")):
            if at:
                pieces.append([])
            if part:
                pieces[-1].append((part, x, y, abs(size * (tm[3] or 1.0) * (cm[3] or 1.0)) or 1.0))

    page.extract_text(visitor_text=hear)
    return [_line(each, number) for each in pieces if any(text.strip() for text, *_ in each)]


def _line(pieces: list[tuple[str, float, float, float]], number: int) -> Line:
    first = next(piece for piece in pieces if piece[0].strip())
    *before, last = [text for text, *_ in pieces if text.strip()]
    text = "".join(text for text, *_ in pieces)
    if before and last.strip() in ("-", "\u2010", "\u00ad"):  # a hyphen drawn by itself is the one that parts a word at the end of a line
        text = "".join(before).rstrip() + last.strip()
    return Line(
        text=_SPACES.sub(" ", text).strip(), x=first[1], y=first[2], size=max(piece[3] for piece in pieces if piece[0].strip()), page=number
    )


def is_contents(line: Line) -> bool:
    """Whether it is a line of a table of contents: dots that lead to a page's number."""
    return bool(_LEADERS.search(line.text[-60:]))


def running(pages: Sequence[Sequence[Line]]) -> set[Line]:
    """Headers, footers and page numbers: lines at the edge that stand on two pages or more at the same height, whatever their numbers."""
    edges = [_edge(page) for page in pages]
    seen: dict[str, list[Line]] = defaultdict(list)
    for line in (line for edge in edges for line in edge):
        seen[re.sub(r"\d+", "0", line.text.casefold())].append(line)
    found = set()
    for same in seen.values():
        for line in same:
            if any(other.page != line.page and abs(other.y - line.y) <= _SAME_PLACE for other in same):
                found.add(line)
    for edge in edges:
        found |= {line for line in (*edge[:1], *edge[-1:]) if _is_page_number(line)}
    return found


def _edge(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.y)
    return by_height if len(by_height) <= 2 * _ZONE else by_height[:_ZONE] + by_height[-_ZONE:]


def _is_page_number(line: Line) -> bool:
    found = _PAGE_NUMBER.fullmatch(line.text)
    return found is not None and (bool(found[1]) or int(found[2]) == line.page)


def flowing(pages: Iterable[Sequence[Line]]) -> str:
    """The pages as one text: lines joined within paragraphs and across pages, paragraphs parted by blank lines."""
    lines = [line for page in pages for line in page]
    if not lines:
        return ""
    gaps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and 0 < a.y - b.y < 5 * a.size]
    leading = median(gaps) if len(gaps) > _FEW_GAPS else _USUAL_LEADING * median(line.size for line in lines)
    widest = max(len(line.text) for line in lines)
    margin = median(line.x for line in lines)
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        if _parts(before, line, leading, widest, margin):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] += "\n" + line.text
    whole = rejoin("\n\n".join(paragraphs))
    return re.sub(r"(?<!\n)\n(?!\n)", " ", whole) + "\n"


def _parts(before: Line, line: Line, leading: float, widest: int, margin: float) -> bool:
    """Whether a new paragraph begins with this line."""
    ratio = line.size / before.size
    if not 1 / _SAME_SIZE < ratio < _SAME_SIZE or _ITEM.match(line.text):
        return True
    ends = bool(_FINAL.search(before.text))
    if before.page != line.page or line.y > before.y + leading / 2:  # over a page or to the next column the sentence goes on
        return ends and not line.text[:1].islower()
    if before.y - line.y > _NEW_PARAGRAPH * leading:
        return True
    indented = line.x - margin > _INDENT and line.x - before.x > _INDENT
    outdented = before.x - line.x > _INDENT
    return ends and not line.text[:1].islower() and (indented or outdented or len(before.text) < _FULL * widest)
