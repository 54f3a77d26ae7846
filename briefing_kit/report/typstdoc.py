"""Blocks of several notebooks -> one Typst document: the main source and the side files it reads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from briefing_kit.report import markdown
from briefing_kit.report.blocks import Block, FailureBlock, FigureBlock, Prose, SpansBlock, TableBlock, TextBlock, captions, row_ids
from briefing_kit.report.cells import TALL_CELL, is_tall, mostly_rtl, typst_cell
from briefing_kit.report.csvs import csv_bytes
from briefing_kit.report.layout import image_size, lay_out, panels
from briefing_kit.report.meta import ReportMeta, spoken_date
from briefing_kit.report.text import Glyphs
from briefing_kit.view.display import format_cell
from briefing_kit.view.marked import HEADING, KIND_COLOURS, KIND_INKS, OTHER_COLOUR, OTHER_INK, Span, kinds_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROW_LIMIT = 500
CONTENTS_FROM = 5  # headings: a single notebook with fewer needs no table of contents
SHORT_TABLE = 6  # rows: a table of no more is not parted by the end of a page


class Document:
    """Collects the body and the side files of one bound document."""

    def __init__(self, meta: ReportMeta, glyphs: Glyphs, warnings: list[str]) -> None:
        self.meta, self.glyphs, self.warnings = meta, glyphs, warnings
        self.labels = markdown.Labels()
        self.files: dict[str, bytes] = {}
        self.attached: dict[str, bytes] = {}
        self.heights: dict[str, float] = {}  # of the figures, in points
        self._rows: frozenset[str] = frozenset()  # a link to one of these finds it
        self._made: set[str] = set()
        self._tables = self._figures = self._texts = 0

    def source(self, chapters: Sequence[Sequence[Block]], *, drop_title: bool, attachments: Mapping[str, bytes]) -> str:
        """The whole main file. `drop_title`: the first level-1 heading is the document's title already."""
        self.labels.captions = captions(chapters)
        parsed = [[self._parse(b.source) if isinstance(b, Prose) else [] for b in blocks] for blocks in chapters]
        if drop_title:
            _drop_first_title(parsed)
        reserved = [self._reserve(number, cells) for number, cells in enumerate(parsed, 1)]
        self._rows = row_ids(chapters, ROW_LIMIT)
        body = []
        for number, blocks in enumerate(chapters, 1):
            writer = self._writer(number, reserved[number - 1], markdown.Outline())
            body.append(self._chapter(blocks, parsed[number - 1], writer, numbered=not drop_title))
        self.files["meta.json"] = self._json(self._meta())
        self.files["scales.json"] = b"{}"
        self.attached |= attachments
        front = self._front(bound=len(chapters) > 1, headings=len(self.labels.taken))
        attached = "".join(self._attach(name, data) for name, data in self.attached.items())
        start = '#import "template.typ": *\n#show: report.with(json("meta.json"))\n'
        return f"{start}{attached}{front}{''.join(body)}{self._about()}"

    def _parse(self, source: str) -> list[markdown.Token]:
        return markdown.with_references(markdown.parse(source), self.labels.captions)

    def _reserve(self, chapter: int, cells: Sequence[Sequence[markdown.Token]]) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for tokens in cells:
            for _, text in markdown.headings(tokens):
                names.setdefault(markdown.slug(text), []).append(self.labels.add(chapter, text))
        return names

    def _chapter(
        self, blocks: Sequence[Block], parsed: Sequence[Sequence[markdown.Token]], writer: markdown.Writer, *, numbered: bool
    ) -> str:
        """One chapter. A wide table takes the heading above it along to its landscape page, so that none is left behind."""
        pieces: list[tuple[str, str]] = []
        for block, tokens in zip(blocks, parsed, strict=True):
            if isinstance(block, Prose):
                writer.image = self._attached_image(block)
                pieces += writer.pieces(tokens)
                continue
            source, landscape = self._table(block.payload) if isinstance(block, TableBlock) else (self._other(block), False)
            if landscape:
                start = len(pieces)
                while start and len(pieces) - start < 6 and pieces[start - 1][0] in {"paragraph", "heading", "blank_line"}:
                    start -= 1
                heading = next((i for i in range(start, len(pieces)) if pieces[i][0] == "heading"), len(pieces))
                source = f"#page(flipped: true)[{''.join(text for _, text in pieces[heading:])}{source}]\n\n"
                del pieces[heading:]
            if isinstance(block, FigureBlock):  # the spot lies before the headings, which move to the next page with the figure
                start = len(pieces)
                while start and pieces[start - 1][0] in {"heading", "blank_line"}:
                    start -= 1
                pieces.insert(start, ("spot", f'#spot("figure-{self._figures}");\n'))
            pieces.append(("landscape" if landscape else "block", source))
        body = "".join(text for _, text in pieces)
        return f'#[\n#set heading(numbering: "1.1")\n{body}]\n\n' if numbered else body

    def _meta(self) -> dict[str, Any]:
        meta, fit = self.meta, self.glyphs.fit
        day = meta.newest
        return {
            "title": fit(meta.title),
            "series": fit(meta.series),
            "subtitle": fit(meta.subtitle),
            "keywords": [fit(word) for word in (meta.country, meta.week) if word],
            "date": [day.year, day.month, day.day] if day else None,
            "marking": fit(meta.marking),
            "footer": " · ".join(fit(part) for part in (meta.series, spoken_date(day) if day else "") if part),
            "figures": [[fit(label), fit(value)] for label, value in meta.key_figures],
        }

    def _front(self, *, bound: bool, headings: int) -> str:
        parts = ['#titleblock(json("meta.json"));\n\n']
        if self.meta.key_judgements and self.meta.key_judgements.strip():
            tokens = self._parse(self.meta.key_judgements)
            _drop_first_title([[tokens]])  # the report gives this part its name
            writer = self._writer(0, {}, markdown.Outline(base=1))
            parts.append(f"= Key judgements\n\n#keyj[{writer.blocks(tokens)}]\n\n")
        if self.meta.key_figures:
            parts.append('= Key figures\n\n#keyfigures(json("meta.json").figures);\n\n')
        if bound or headings >= CONTENTS_FROM:
            parts.append("#contents();\n\n")
        if bound:
            parts.append("#frontbreak();\n\n")
        return "".join(parts)

    def _about(self) -> str:
        """The last page: what was read, what made it, what else to know."""
        text = self._text
        items = {
            "Briefings read": self.meta.documents,
            "Notes": self.meta.notes,
            "Data attached to this file": tuple(self.attached),
        }
        if not any(items.values()) and not self.meta.version:
            return ""
        parts = ["= About this report\n\n"]
        for heading, values in items.items():
            if values:
                parts.append(f"== {heading}\n\n#list({', '.join(f'[{text(value)}]' for value in values)});\n\n")
        if self.meta.version:
            parts.append(f"{text('Made with ' + self.meta.maker + '.')}\n\n")
        return "".join(parts)

    def _attach(self, name: str, data: bytes) -> str:
        self.files[f"attached/{name}"] = data
        mime = {"csv": "text/csv", "json": "application/json", "parquet": "application/vnd.apache.parquet"}
        kind = mime.get(name.rpartition(".")[2], "application/octet-stream")
        described = (
            f'relationship: "data", mime-type: {markdown.string(kind)}, description: {markdown.string("Data of this report: " + name)}'
        )
        read = f"read({markdown.string('attached/' + name)}, encoding: none)"
        return f"#pdf.attach({markdown.string(name)}, {read}, {described});\n"

    def _writer(self, chapter: int, reserved: dict[str, list[str]], outline: markdown.Outline) -> markdown.Writer:
        return markdown.Writer(chapter, self.labels, self.glyphs.fit, lambda _url: None, self.warnings, reserved, outline)

    def _other(self, block: FigureBlock | SpansBlock | FailureBlock | TextBlock) -> str:
        if isinstance(block, FigureBlock):
            return self._figure(block)
        if isinstance(block, SpansBlock):
            return self._spans(block)
        name = "failure" if isinstance(block, FailureBlock) else "output"
        return f"#{name}({markdown.string(self.glyphs.fit(block.text))});\n\n"

    def _attached_image(self, block: Prose) -> Callable[[str], str | None]:
        def store(url: str) -> str | None:
            image = block.images.get(url.removeprefix("attachment:"))
            return self._store("i", image[1], image[0]) if image else None

        return store

    def _figure(self, block: FigureBlock) -> str:
        data = self.glyphs.fit(block.data.decode("utf-8")).encode() if block.suffix == "svg" else block.data
        width, height = image_size(data, block.suffix)
        name = self._store("f", block.suffix, data)
        alt = markdown.string(self.glyphs.fit(block.alt))
        self._figures += 1
        label = f"figure-{self._figures}"
        self.heights[label] = height
        call = f'picture("{label}", {markdown.string(name)}, {alt}, {width:.2f}pt{self._caption(block.caption)})'
        return f'#{call} #label("{label}")\n\n'

    def _spans(self, block: SpansBlock) -> str:
        fit = self.glyphs.fit
        if block.is_plain:
            paragraphs = re.split(r"\n\s*\n", "".join(span.text for span in block.spans))
            return "".join(f"{self._linked(paragraph)}\n\n" for paragraph in paragraphs if paragraph.strip())
        kinds = dict.fromkeys(kinds_of(block.spans))
        data = {
            "parts": [self._part(span) for span in block.spans],
            "legend": [[fit(kind), KIND_COLOURS.get(kind, OTHER_COLOUR), KIND_INKS.get(kind, OTHER_INK)] for kind in kinds],
        }
        self._texts += 1
        name = markdown.string(self._store("h", "json", self._json(data)))
        return f"#hl({name}{self._caption(block.caption)}) #label({markdown.string(f'text-{self._texts}')})\n\n"

    def _part(self, span: Span) -> str | dict[str, Any]:
        fit = self.glyphs.fit
        inner = fit(span.content) if isinstance(span.content, str) else [self._part(part) for part in span.content]
        if span.kind is None and isinstance(inner, str):
            return inner
        kind = span.kind or ""
        return {
            "inner": inner if isinstance(inner, list) else [inner],
            "form": "plain" if span.kind is None else "heading" if span.kind == HEADING else "mark",
            "label": fit(span.label) if span.label else None,
            "row": span.row if span.row in self._rows else None,
            "fill": KIND_COLOURS.get(kind, OTHER_COLOUR),
            "ink": KIND_INKS.get(kind, OTHER_INK),
            "depth": span.depth,
        }

    def _table(self, payload: Mapping[str, Any]) -> tuple[str, bool]:
        """A table's call, and whether it needs a landscape page."""
        fit, columns, rows = self.glyphs.fit, payload["columns"], payload["rows"]
        caption = payload["caption"]
        if not rows or not columns:
            said = f"{caption.rstrip('.')}. No rows." if caption else "No rows."
            return f"{self._text(said)}\n\n", False
        self._tables += 1
        if len(rows) > ROW_LIMIT:
            file = f"table-{self._tables}.csv"
            self.attached[file] = csv_bytes([column["name"] for column in columns], rows)
            caption = f"{caption} The first {ROW_LIMIT:,} of {len(rows):,} rows; all of them are attached to this file as {file}.".strip()
        names = [fit(column["name"]) for column in columns]
        shown = [[fit(format_cell(value, column)) for value, column in zip(row, columns, strict=True)] for row in rows[:ROW_LIMIT]]
        fills = payload.get("fills") or [[None] * len(columns)] * len(shown)
        links = self._rows if not payload.get("ids") else frozenset[str]()
        labels = [self._row_label(name) for name in payload.get("ids", [])[:ROW_LIMIT]] or [None] * len(shown)
        whole = len(shown) <= SHORT_TABLE and sum(max(map(len, row)) for row in shown) < TALL_CELL
        parts = panels(names, shown)
        calls, landscape = [], False
        for number, part in enumerate(parts, 1):
            told = caption if len(parts) == 1 else f"{caption} (part {number} of {len(parts)})".strip()
            cells = [[typst_cell(row[k], colours[k], links) for k in part] for row, colours in zip(shown, fills, strict=False)]
            layout = lay_out([names[k] for k in part], [[row[k] for k in part] for row in shown], [columns[k].get("weight") for k in part])
            right = [columns[k]["kind"] == "number" or mostly_rtl(shown, k) for k in part]
            data = {
                "columns": [typst_cell(names[k], None) for k in part],
                "rows": [
                    {"cells": row, "tall": any(map(is_tall, row)), "label": label if number == 1 else None}
                    for row, label in zip(cells, labels, strict=True)
                ],
            }
            name = markdown.string(self._store("t", "json", self._json(data)))
            aligns = ", ".join("right" if flag else "left" for flag in right)
            drawn = f"size: {layout.size}pt, whole: {str(whole).lower()}"
            call = f"datatable({name}, ({', '.join(layout.widths)},), ({aligns},){self._caption(told)}, {drawn})"
            calls.append(
                f"#{call} #label({markdown.string(f'table-{self._tables}')})\n\n" if number == 1 else f"#goeson(kind: table);#{call};\n\n"
            )
            landscape |= layout.landscape
        return "".join(calls), landscape

    def _row_label(self, name: str) -> str | None:
        """The label of a row of this id, for the first such row only."""
        if name in self._made:
            return None
        self._made.add(name)
        return name

    def _caption(self, caption: str) -> str:
        return f", caption: [{self._linked(caption)}]" if caption.strip() else ""

    def _linked(self, text: str) -> str:
        """Text in which the names of tables and figures are links."""
        pieces = markdown.references(self.glyphs.fit(text), self.labels.captions)
        return "".join(
            f"#link(label({markdown.string(target)}), {markdown.string(piece)});" if target else f"#{markdown.string(piece)};"
            for piece, target in pieces
        )

    def _text(self, text: str) -> str:
        fitted = self.glyphs.fit(text)
        return f"#{markdown.string(fitted)};"

    def _store(self, letter: str, suffix: str, data: bytes) -> str:
        name = f"{letter}{len(self.files)}.{suffix}"
        self.files[name] = data
        return name

    def _json(self, data: object) -> bytes:
        return json.dumps(data, ensure_ascii=False).encode()


def _drop_first_title(parsed: Sequence[Sequence[list[markdown.Token]]]) -> None:
    for tokens in parsed[0] if parsed else ():
        for token in tokens:
            if token["type"] == "heading" and token["attrs"]["level"] == 1:
                tokens.remove(token)
                return
