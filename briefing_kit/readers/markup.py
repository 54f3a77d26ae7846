"""Element trees (web pages, documents, mails) as text whose paragraphs keep their roles.

Roles are written as Markdown does (`# heading`, `- item`, `> quote`), for that is what `find_segments` knows; a caption that does not
show by itself that it is one opens with the word Caption. Table rows are paragraphs of their own, cells parted by ` | `.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from briefing_kit.segments import find_segments
from briefing_kit.textmap import fold

CAPTION = "\ue000"  # opens a paragraph that is a caption, through readers that know no captions; private use, never in a text
_HEADINGS = {"head": 2} | {f"h{level}": level for level in range(1, 7)}
_ROLES = {"li": "list_item", "item": "list_item", "dd": "list_item", "quote": "quote", "blockquote": "quote", "figcaption": "caption"}
_BLOCKS = _HEADINGS.keys() | frozenset(
    "address article aside body caption center dd div dl dt fieldset figcaption figure footer form header hr html li item list main nav "
    "ol p pre quote blockquote section table tbody tfoot thead tr row td th ul".split()
)
_BREAKS = frozenset(("br", "lb"))
_UNSEEN = frozenset("meta link script style title template noscript graphic img".split())
_SPACE = re.compile(r"[ \t\r\n\f]+")

Paragraph = tuple[str, str]


def text_of(root: Any) -> str:
    """The text of an lxml element, its paragraphs parted by blank lines."""
    return "\n\n".join(written(role, text) for role, text in paragraphs(root))


def paragraphs(root: Any) -> Iterator[Paragraph]:
    """The paragraphs of an lxml element as (role, text); a heading's role is its sign (`##`)."""
    words: list[str] = []
    yield from _inside(root, "body", words)
    yield from _flushed(words, "body")


def written(role: str, text: str) -> str:
    """A paragraph as it stands in the text."""
    if text.startswith(CAPTION):
        role, text = "caption", text.replace(CAPTION, "").strip()
    if role == "caption":
        return text if _is_caption(text) else f"Caption: {text}"
    if role == "list_item":
        return f"- {text}"
    if role == "quote":
        return "\n".join(f"> {line}" for line in text.split("\n"))
    return f"{role} {text}" if role.startswith("#") else text


def _is_caption(text: str) -> bool:
    return [segment.role for segment in find_segments(fold(text))] == ["caption"]


def _inside(element: Any, role: str, words: list[str]) -> Iterator[Paragraph]:
    words.append(element.text or "")
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _BREAKS:
            words.append("\v")
        elif tag in ("tr", "row"):
            yield from _flushed(words, role)
            cells = [_line(cell) for cell in child]
            if any(cells):
                yield "body", " | ".join(cells)
        elif tag in _BLOCKS:
            yield from _flushed(words, role)
            own = "#" * _HEADINGS.get(child.get("rend", tag), 2) if tag in _HEADINGS else _ROLES.get(tag) or role
            own = "caption" if tag == "caption" else own
            own = "quote" if role == "quote" and own == "body" else own
            yield from _inside(child, own, words)
            yield from _flushed(words, own)
        elif tag and tag not in _UNSEEN:
            yield from _inside(child, role, words)
        words.append(child.tail or "")


def _flushed(words: list[str], role: str) -> Iterator[Paragraph]:
    text = _tidy("".join(words))
    words.clear()
    if text.strip(CAPTION):
        yield role, text


def _line(element: Any) -> str:
    return _tidy(" ".join(text for _, text in paragraphs(element))).replace("\n", " ")


def _tidy(text: str) -> str:
    """Runs of white space are one space; a line break that was asked for stays one."""
    lines = [_SPACE.sub(" ", line).strip(" ") for line in text.split("\v")]
    return "\n".join(line for line in lines if line.strip())
