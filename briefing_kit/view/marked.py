"""Marked text: words with their rows' marks, which may lie in each other, as data for the report and as safe HTML.

A part of the payload is `[content, kind or null, label, row id]`; content is text, or a list of parts.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing_kit.view.display import clean, escape

SPANS_MIME = "application/vnd.briefing-kit.spans+json"

# Pale fills: black text on each has a contrast of 12:1 or better, and their lightness differs enough to survive greyscale.
KIND_COLOURS = {
    "actor": "#cfe3f7",
    "place": "#dcefd5",
    "claim": "#ffe2b3",
    "date": "#f3d3e6",
    "event": "#ffd0c4",
    "source": "#e4daf5",
}
OTHER_COLOUR = "#e3e3e3"
# Dark lines under the marks: where marks lie in each other, each keeps its own line below the inner one's.
KIND_INKS = {
    "actor": "#1f5f9f",
    "place": "#3d7a2a",
    "claim": "#a86200",
    "date": "#a33a7a",
    "event": "#b3411f",
    "source": "#6a4bb0",
}
OTHER_INK = "#555555"
HEADING = "heading"  # a mark of layout: bold, without colour or label
MAX_NESTING = 8  # marks within marks; deeper ones (a hostile payload) are shown as their text

Part = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, or a mark around text and further marks; `row` is the id of the row that the mark stands for."""

    content: str | tuple[Span, ...]
    kind: str | None = None
    label: str | None = None
    row: str | None = None

    @property
    def text(self) -> str:
        """The words, without labels."""
        return self.content if isinstance(self.content, str) else "".join(span.text for span in self.content)

    @property
    def depth(self) -> int:
        """How many marks lie in each other at most, this one included."""
        inner = 0 if isinstance(self.content, str) else max((span.depth for span in self.content), default=0)
        return inner + (self.kind is not None)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Text in parts, some of them marked with a kind (actor, claim, date ...) and a label; no marks: a plain note."""

    payload: dict[str, Any]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002 - IPython's signature
        plain = "".join(map(_span_text, read_spans(self.payload["parts"])))
        return {SPANS_MIME: self.payload, "text/html": spans_html(self.payload), "text/plain": plain}


def show_note(text: str) -> MarkedText:
    """Show a plain sentence or paragraph, such as the answer that opens a notebook or "no rows this week"."""
    return MarkedText({"parts": [[clean(text), None]]})


def show_spans(parts: Iterable[Part], *, caption: str = "") -> MarkedText:
    """Show text with marks: parts are `(content, kind or None[, label[, row id]])`; joined, their texts are the whole text.

    A label (a row number) is printed after its mark. Content is text, or a list of parts where marks lie in each other.
    """
    payload: dict[str, Any] = {"parts": [_part(*part) for part in parts]}
    if caption:
        payload["caption"] = clean(caption)
    return MarkedText(payload)


def read_spans(parts: Iterable[Part], depth: int = 0) -> tuple[Span, ...]:
    """The parts of a spans payload as spans.

    Raises:
        ValueError: a part is not made of content, kind, label and row id.
    """
    found = []
    for part in parts:
        if isinstance(part, str) or not 1 < len(part) <= 4:
            raise ValueError("a part of a marked text is (content, kind[, label[, row id]])")
        content, kind, label, row = (*part, None, None)[:4]
        inner = content if isinstance(content, str) else read_spans(content, depth + 1)
        span = Span(inner, *(str(value) if value else None for value in (kind, label, row)))
        found.append(Span(span.text, span.kind, span.label, span.row) if depth >= MAX_NESTING else span)
    return tuple(found)


def kinds_of(spans: Iterable[Span]) -> Iterator[str]:
    """The kind of every mark but headings, outer ones first; a kind appears as often as it is marked."""
    for span in spans:
        if span.kind and span.kind != HEADING:
            yield span.kind
        if not isinstance(span.content, str):
            yield from kinds_of(span.content)


def spans_html(payload: Mapping[str, Any]) -> str:
    """Marked text as HTML paragraphs with `<mark>`; line breaks of the text are kept."""
    body = "".join(map(_span_html, read_spans(payload["parts"])))
    caption = payload.get("caption")
    head = f"<p><b>{escape(caption)}</b></p>\n" if caption else ""
    spaced = ";line-height:1.9" if "<mark" in body else ""
    return f'{head}<div class="bk-text tex2jax_ignore mathjax_ignore" style="white-space:pre-wrap{spaced}">{body}</div>'


def _span_html(span: Span) -> str:
    inner = escape(span.content) if isinstance(span.content, str) else "".join(map(_span_html, span.content))
    if span.kind is None:
        return inner
    if span.kind == HEADING:
        return f"<b>{inner}</b>"
    note = f"<sup>{escape(span.label)}</sup>" if span.label else ""
    style = f"background:{KIND_COLOURS.get(span.kind, OTHER_COLOUR)};color:#000;{underline(span)}"
    return f'<mark title="{html.escape(span.kind)}" style="{style}">{inner}</mark>{note}'


def underline(span: Span) -> str:
    """The line under a mark as CSS: an outer mark's line lies below the inner one's."""
    return f"border-bottom:2px solid {KIND_INKS.get(span.kind or '', OTHER_INK)};padding-bottom:{3 * (span.depth - 1)}px"


def _span_text(span: Span) -> str:
    inner = span.content if isinstance(span.content, str) else "".join(map(_span_text, span.content))
    return f"[{inner}]{span.label or ''}" if span.kind else inner


def _part(content: str | Iterable[Part], kind: str | None, label: str | None = None, row: str | None = None) -> list[Any]:
    inner = clean(content) if isinstance(content, str) else [_part(*part) for part in content]
    told = [value and clean(value) for value in (label, row)]
    while told and not told[-1]:
        told.pop()
    return [inner, kind, *told]
