"""The bound report as one self-contained HTML file: no request leaves it, all text is escaped, it prints and sorts."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing_kit.report.blocks import (
    Block,
    FailureBlock,
    FigureBlock,
    Prose,
    SpansBlock,
    TableBlock,
    TextBlock,
    captions,
    notebook_blocks,
    row_ids,
    titled,
)
from briefing_kit.report.markdown import Labels, Outline, references
from briefing_kit.report.meta import ReportMeta
from briefing_kit.report.svg import inline_svg
from briefing_kit.report.text import printable
from briefing_kit.view.display import format_cell
from briefing_kit.view.marked import HEADING, KIND_COLOURS, KIND_INKS, OTHER_COLOUR, OTHER_INK, Span, kinds_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from briefing_kit.report.htmlmarkdown import HtmlWriter

ROW_LIMIT = 2000
SHORT_TEXT = 14  # characters: a column of no longer cells keeps each on one line
LONG_TEXT = 60  # characters: a column with longer cells gets a minimum width
_HEADING = re.compile(r'<h([23]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


def render_html(notebooks: Sequence[NotebookNode], meta: ReportMeta, appendices: Sequence[Sequence[Block]] = ()) -> str:
    """Bind executed notebooks, and the chapters after them, into one HTML page; the same input gives the same text.

    The page works from disk, in light and dark, without script (sorting tables and switching marks off need its own small
    script, which a content security policy pins by its hash). Tables beyond 2,000 rows say what is left out.
    """
    from briefing_kit.report.htmlmarkdown import HtmlWriter, reserve

    chapters = [titled(notebook_blocks(notebook, []), number) for number, notebook in enumerate(notebooks, 1)]
    chapters += [list(blocks) for blocks in appendices if blocks]
    labels = Labels(captions=captions(chapters))
    reserved = [
        reserve(number, [printable(block.source) for block in blocks if isinstance(block, Prose)], labels)
        for number, blocks in enumerate(chapters, 1)
    ]
    page = _Page(labels.captions, row_ids(chapters, ROW_LIMIT))
    sections = []
    for number, blocks in enumerate(chapters, 1):
        writer = HtmlWriter(number, labels, Outline(base=1))
        sections.append("\n".join(page.block(block, writer, reserved[number - 1]) for block in blocks))
    body = "\n".join(f'<section class="chapter">\n{section}\n</section>' for section in sections)
    front = _front(meta, HtmlWriter(0, labels, Outline(base=2)))
    return document(
        meta.title, meta.marking, f'{_title(meta)}\n<main id="main">\n{front}\n{_contents(body)}\n{body}\n{_about(meta)}\n</main>'
    )


def document(title: str, marking: str, body: str) -> str:
    """A whole page around a body, the marking above and below it, style and script inside it."""
    folder = Path(__file__).parent
    css = folder.joinpath("report.css").read_text(encoding="utf-8")
    script = folder.joinpath("report.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    shown = _text(marking)
    mark = f'<p class="marking"><span class="{_marking_class(marking)}">{shown}</span></p>' if marking else ""
    in_css = "".join(char if char.isalnum() or char in ":+ -" else f"\\{ord(char):x} " for char in printable(marking))
    box = f'{{ content: "{in_css}"; font: 700 12pt sans-serif }}'
    boxes = f"@page {{ @top-right {box} @bottom-right {box} }}" if marking else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(title)}</title>\n<style>\n{css}{boxes}\n</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">Skip to the content</a>\n{mark}\n{body}\n{mark}\n<script>{script}</script>\n</body>\n</html>\n'
    )


class _Page:
    """Numbers tables, figures and passages over all chapters; `rows` are the row ids that an anchor is made for."""

    def __init__(self, captions: frozenset[str], rows: frozenset[str]) -> None:
        self._captions = captions
        self._numbers = {"Table": 0, "Figure": 0, "Text": 0}
        self._rows = rows
        self._made: set[str] = set()

    def block(self, block: Block, writer: HtmlWriter, reserved: Mapping[str, list[str]]) -> str:
        if isinstance(block, Prose):
            return writer.render(printable(block.source), block.images, reserved)
        if isinstance(block, TableBlock):
            return self._table(block.payload)
        if isinstance(block, FigureBlock):
            return self._figure(block)
        if isinstance(block, SpansBlock):
            return self._spans(block)
        if isinstance(block, FailureBlock):
            return f'<div class="failure" role="alert"><b>This part of the report could not be made.</b><br>{_text(block.text)}</div>'
        assert isinstance(block, TextBlock)  # noqa: S101 - the last kind there is; tells the type checker
        return f"<pre>{_text(block.text)}</pre>"

    def _caption(self, kind: str, caption: str) -> tuple[str, str]:
        """(id, caption as HTML) of the next table, figure or text."""
        self._numbers[kind] += 1
        number = self._numbers[kind]
        return (
            f"{kind.lower()}-{number}",
            f"<b>{kind} {number}.</b> {self._linked(caption)}" if caption.strip() else f"<b>{kind} {number}.</b>",
        )

    def _linked(self, text: str) -> str:
        pieces = references(printable(text), self._captions)
        return "".join(f'<a href="#{target}">{escape(piece)}</a>' if target else escape(piece) for piece, target in pieces)

    def _table(self, payload: Mapping[str, Any]) -> str:
        columns, rows, caption = payload["columns"], payload["rows"], payload["caption"]
        if not rows or not columns:
            return f"<p>{_text(f'{caption.rstrip(chr(46))}. No rows.' if caption else 'No rows.')}</p>"
        if len(rows) > ROW_LIMIT:
            caption = f"{caption} The first {ROW_LIMIT:,} of {len(rows):,} rows; the data files hold all of them.".strip()
        name, told = self._caption("Table", caption)
        classes = [_class(column, [row[i] for row in rows]) for i, column in enumerate(columns)]
        heads = "".join(
            f'<th scope="col"{css if css != " class=w" else ""} dir="auto">{_text(column["name"])}</th>'
            for column, css in zip(columns, classes, strict=True)
        )
        lines = [f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}-caption">']
        lines.append(
            f'<table class="sortable" id="{name}"><caption id="{name}-caption">{told}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>'
        )
        fills, ids = payload.get("fills") or [], payload.get("ids") or []
        links = self._rows if not ids else frozenset()
        for number, row in enumerate(rows[:ROW_LIMIT], 1):
            colours = fills[number - 1] if fills else [None] * len(row)
            cells = [_cell(*cell, links) for cell in zip(row, columns, classes, colours, strict=True)]
            anchor = ids[number - 1] if ids and ids[number - 1] not in self._made else f"{name}-{number}"
            self._made.add(anchor)
            if _mark(anchor) in self._made:
                cells[0] = f'<td class="d"><a href="#{_mark(anchor)}">{_text(str(row[0]))}</a></td>'
            lines.append(f'<tr id="{_text(anchor)}">{"".join(cells)}</tr>')
        lines.append("</tbody></table></div>")
        return "\n".join(lines)

    def _figure(self, block: FigureBlock) -> str:
        name, told = self._caption("Figure", block.caption)
        alt = printable(block.alt)
        drawing = inline_svg(printable(block.data.decode("utf-8")), name, alt) if block.suffix == "svg" else None
        if drawing is None:
            kind = {"svg": "svg+xml", "jpg": "jpeg"}.get(block.suffix, block.suffix)
            data = base64.b64encode(block.data).decode("ascii")
            drawing = f'<img alt="{escape(alt)}" src="data:image/{kind};base64,{data}">'
        return f'<figure class="picture" id="{name}"><div class="drawing">{drawing}</div>\n<figcaption>{told}</figcaption></figure>'

    def _spans(self, block: SpansBlock) -> str:
        if block.is_plain:
            text = "".join(span.text for span in block.spans)
            return "\n".join(
                f'<p dir="auto">{self._linked(paragraph)}</p>' for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()
            )
        name, told = self._caption("Text", block.caption)
        kinds = dict.fromkeys(kinds_of(block.spans))
        boxes = "".join(
            f'<label><input type="checkbox" checked disabled value="{_text(kind)}"> '
            f'<mark style="{_colours(kind)}">{_text(kind)}</mark></label>'
            for kind in kinds
        )
        legend = f'<fieldset class="legend" aria-label="Marks shown">{boxes}</fieldset>\n' if kinds else ""
        body = "".join(map(self._span, block.spans))
        return f'<figure id="{name}"><figcaption>{told}</figcaption>\n{legend}<div class="passage" dir="auto">{body}</div></figure>'

    def _span(self, span: Span) -> str:
        inner = _text(span.content) if isinstance(span.content, str) else "".join(map(self._span, span.content))
        if span.kind is None:
            return inner
        if span.kind == HEADING:
            return f"<b>{inner}</b>"
        note = f"<sup>{_text(span.label)}</sup>" if span.label else ""
        name = ""
        if span.label and span.row and span.row in self._rows:
            note = f'<sup><a href="#{span.row}">{_text(span.label)}</a></sup>'
            name = f' id="{_mark(span.row)}"' if _mark(span.row) not in self._made else ""
            self._made.add(_mark(span.row))
        kind = _text(span.kind)
        return f'<mark{name} data-kind="{kind}" title="{kind}" class="d{span.depth}" style="{_colours(span.kind)}">{inner}{note}</mark>'


def _mark(row: str) -> str:
    """The id of the mark that stands for a row."""
    return f"in-text-{row}"


def _class(column: Mapping[str, Any], values: Sequence[Any]) -> str:
    """Numbers to the right, dates and other short texts on one line, sentences with room."""
    if column["kind"] == "number":
        return " class=n"
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return " class=d" if column["kind"] == "date" or longest <= SHORT_TEXT else " class=w" if longest > LONG_TEXT else ""


def _cell(value: Any, column: Mapping[str, Any], css: str, colours: Sequence[str | None] | None, links: frozenset[str]) -> str:
    shown = format_cell(value, column)
    if shown in links:
        return f'<td{css}><a href="#{shown}">{shown}</a></td>'
    attributes = css if column["kind"] == "number" else f"{css} dir=auto"
    if value is None or (column["kind"] == "number" and shown != str(value)):
        attributes += f' data-v="{"" if value is None else escape(str(value))}"'
    if colours:
        parts = [f"{name}:{colour}" for name, colour in zip(("background", "color"), colours, strict=True) if colour]
        attributes += f' style="{";".join(parts)}"'
    return f"<td{attributes}>{_text(shown)}</td>"


def _title(meta: ReportMeta) -> str:
    series = f'<p class="series">{_text(meta.series)}</p>\n' if meta.series else ""
    subtitle = f"<p>{_text(meta.subtitle)}</p>\n" if meta.subtitle else ""
    return f'<header class="title">\n{series}<h1>{_text(meta.title)}</h1>\n{subtitle}</header>'


def _front(meta: ReportMeta, writer: HtmlWriter) -> str:
    parts = []
    if meta.key_judgements and meta.key_judgements.strip():
        source = re.sub(r"\A\s*# [^\n]*\n", "", printable(meta.key_judgements))
        parts.append(
            f'<section class="judgements">\n<h2 id="key-judgements">Key judgements</h2>\n{writer.render(source, {}, {})}</section>'
        )
    if meta.key_figures:
        tiles = "".join(f"<div><dt>{_text(label)}</dt><dd>{_text(value)}</dd></div>" for label, value in meta.key_figures)
        parts.append(f'<section>\n<h2 id="key-figures">Key figures</h2>\n<dl class="figures">{tiles}</dl>\n</section>')
    return "\n".join(parts)


def _contents(body: str) -> str:
    """The table of contents, read from the headings that were written: chapters and their sections."""
    items: list[tuple[str, list[str]]] = []
    for level, name, text in _HEADING.findall(body):
        link = f'<a href="#{name}">{_TAG.sub("", text)}</a>'
        if level == "2" or not items:
            items.append((link, []))
        else:
            items[-1][1].append(f"<li>{link}</li>")
    if not items:
        return ""
    lines = "\n".join(f"<li>{link}{'<ol>' + ''.join(inner) + '</ol>' if inner else ''}</li>" for link, inner in items)
    return f'<nav aria-label="Contents">\n<h2>Contents</h2>\n<ol>\n{lines}\n</ol>\n</nav>'


def _about(meta: ReportMeta) -> str:
    parts = []
    for heading, values in (("Briefings read", meta.documents), ("Notes", meta.notes)):
        if values:
            parts.append(f"<h3>{heading}</h3>\n<ul>{''.join(f'<li>{_text(value)}</li>' for value in values)}</ul>")
    if meta.version:
        parts.append(f"<p>{_text(f'Made with {meta.maker}.')}</p>")
    return '<section>\n<h2 id="about">About this report</h2>\n' + "\n".join(parts) + "\n</section>" if parts else ""


def _marking_class(marking: str) -> str:
    found = re.match(r"TLP:(RED|AMBER|GREEN|CLEAR)", marking)
    return f"tlp-{found.group(1).lower()}" if found else "other"


def _colours(kind: str) -> str:
    return f"background:{KIND_COLOURS.get(kind, OTHER_COLOUR)};border-color:{KIND_INKS.get(kind, OTHER_INK)}"


def _text(text: str) -> str:
    return escape(printable(text))
