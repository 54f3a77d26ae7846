"""Blocks of several notebooks -> one Typst document: the main source and the side files it reads."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from briefing_kit.report import markdown
from briefing_kit.report.blocks import Block, FailureBlock, FigureBlock, Prose, SpansBlock, TableBlock
from briefing_kit.report.meta import ReportMeta, spoken_date
from briefing_kit.report.text import Glyphs, is_rtl
from briefing_kit.view.display import KIND_COLOURS, OTHER_COLOUR, format_cell, split_parts

if TYPE_CHECKING:
    from collections.abc import Callable

ROW_LIMIT = 500
LANDSCAPE_COLUMNS = 9
TALL_CELL = 1500  # characters: about half a page in a narrow column
LONG_WORD = 40

_PORTRAIT, _LANDSCAPE = 470.0, 718.0  # points between the margins
_CHARACTER, _PADDING = 4.1, 10.0  # mean width of a character at 8 pt, inset of a cell: points
_WORD = re.compile(rf"\S{{{LONG_WORD + 1},}}")


class Document:
    """Collects the body and the side files of one bound document."""

    def __init__(self, meta: ReportMeta, glyphs: Glyphs, warnings: list[str]) -> None:
        self.meta, self.glyphs, self.warnings = meta, glyphs, warnings
        self.labels = markdown.Labels()
        self.files: dict[str, bytes] = {}

    def source(self, chapters: Sequence[Sequence[Block]], *, shift: int, attachments: Mapping[str, bytes]) -> str:
        """The whole main file. `shift` is added to heading levels (-1 where the only H1 has become the title)."""
        parsed = [[markdown.parse(b.source) if isinstance(b, Prose) else None for b in blocks] for blocks in chapters]
        reserved: list[dict[str, list[str]]] = []
        for number, cells in enumerate(parsed, 1):
            names: dict[str, list[str]] = {}
            for tokens in cells:
                for _, text in markdown.headings(tokens or []):
                    names.setdefault(markdown.slug(text), []).append(self.labels.add(number, text))
            reserved.append(names)
        body = []
        for number, blocks in enumerate(chapters, 1):
            writer = self._writer(number, reserved[number - 1], shift)
            body.append("".join(self._block(block, tokens, writer) for block, tokens in zip(blocks, parsed[number - 1], strict=True)))
        self.files["meta.json"] = self._json(self._meta())
        front = self._front(contents=len(chapters) > 1)
        attached = "".join(self._attach(name, data) for name, data in attachments.items())
        start = '#import "template.typ": *\n#show: report.with(json("meta.json"))\n'
        return f"{start}{attached}{front}{''.join(body)}{self._about(attachments)}"

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

    def _front(self, *, contents: bool) -> str:
        parts = ['#titleblock(json("meta.json"));\n\n']
        if self.meta.key_judgements and self.meta.key_judgements.strip():
            tokens = markdown.parse(self.meta.key_judgements)
            if tokens and tokens[0]["type"] == "heading":  # the file's own title; the report gives this part its name
                tokens = tokens[1:]
            writer = self._writer(0, {}, 1)
            writer.level = 1
            parts.append(f"= Key judgements\n\n#keyj[{writer.blocks(tokens)}]\n\n")
        if self.meta.key_figures:
            parts.append('= Key figures\n\n#keyfigures(json("meta.json").figures);\n\n')
        if contents:
            parts.append("#contents();\n\n#pagebreak(weak: true);\n\n")
        return "".join(parts)

    def _about(self, attachments: Mapping[str, bytes]) -> str:
        """The last page: what was read, what made it, what else to know."""
        text = self._text
        items = {
            "Briefings read": self.meta.documents,
            "Notes": self.meta.notes,
            "Data attached to this file": tuple(attachments),
        }
        if not any(items.values()) and not self.meta.version:
            return ""
        parts = ["= About this report\n\n"]
        for heading, values in items.items():
            if values:
                parts.append(f"== {heading}\n\n#list({', '.join(f'[{text(value)}]' for value in values)});\n\n")
        if self.meta.version:
            parts.append(f"{text('Made with ' + self.meta.version + '.')}\n\n")
        return "".join(parts)

    def _attach(self, name: str, data: bytes) -> str:
        self.files[f"attached/{name}"] = data
        mime = {"csv": "text/csv", "json": "application/json", "parquet": "application/vnd.apache.parquet"}
        kind = mime.get(name.rpartition(".")[2], "application/octet-stream")
        described = (
            f'relationship: "data", mime-type: {markdown.string(kind)}, description: {markdown.string("Data of this report: " + name)}'
        )
        return f"#pdf.attach({markdown.string('attached/' + name)}, {described});\n"

    def _writer(self, chapter: int, reserved: dict[str, list[str]], shift: int) -> markdown.Writer:
        return markdown.Writer(chapter, self.labels, self.glyphs.fit, lambda _url: None, self.warnings, reserved, shift)

    def _block(self, block: Block, tokens: Sequence[markdown.Token] | None, writer: markdown.Writer) -> str:
        if isinstance(block, Prose):
            writer.image = self._attached_image(block)
            return writer.blocks(tokens or markdown.parse(block.source))
        if isinstance(block, TableBlock):
            return self._table(block.payload)
        if isinstance(block, FigureBlock):
            return self._figure(block)
        if isinstance(block, SpansBlock):
            return self._spans(block.payload)
        if isinstance(block, FailureBlock):
            return f"#failure({markdown.string(self.glyphs.fit(block.text))});\n\n"
        return f"#output({markdown.string(self.glyphs.fit(block.text))});\n\n"

    def _attached_image(self, block: Prose) -> Callable[[str], str | None]:
        def store(url: str) -> str | None:
            image = block.images.get(url.removeprefix("attachment:"))
            return self._store("i", image[1], image[0]) if image else None

        return store

    def _figure(self, block: FigureBlock) -> str:
        data, size = block.data, ""
        if block.suffix == "svg":
            data = self.glyphs.fit(data.decode("utf-8")).encode()
            size = _svg_size(data)
        name = self._store("f", block.suffix, data)
        alt = markdown.string(self.glyphs.fit(block.alt))
        return f"#picture({markdown.string(name)}, {alt}{self._caption(block.caption)}{size or ', width: 84%'});\n\n"

    def _spans(self, payload: Mapping[str, Any]) -> str:
        fit = self.glyphs.fit
        parts = split_parts(payload["parts"])
        if all(kind is None for _, kind, _ in parts) and not payload.get("caption"):
            paragraphs = re.split(r"\n\s*\n", "".join(text for text, _, _ in parts))
            return "".join(f"{self._text(paragraph)}\n\n" for paragraph in paragraphs if paragraph.strip())
        kinds = list(dict.fromkeys(kind for _, kind, _ in parts if kind))
        data = {
            "parts": [
                [fit(text), fit(kind) if kind else None, fit(label) if label else None, KIND_COLOURS.get(kind or "", OTHER_COLOUR)]
                for text, kind, label in parts
            ],
            "legend": [[fit(kind), KIND_COLOURS.get(kind, OTHER_COLOUR)] for kind in kinds],
        }
        return f"#hl({markdown.string(self._store('h', 'json', self._json(data)))}{self._caption(payload.get('caption', ''))});\n\n"

    def _table(self, payload: Mapping[str, Any]) -> str:
        fit, columns, rows = self.glyphs.fit, payload["columns"], payload["rows"]
        caption = payload["caption"]
        if not rows or not columns:
            said = f"{caption.rstrip('.')}. No rows." if caption else "No rows."
            return f"{self._text(said)}\n\n"
        if len(rows) > ROW_LIMIT:
            caption = f"{caption} The first {ROW_LIMIT:,} of {len(rows):,} rows; the data files of this report hold all of them.".strip()
        shown = [[fit(format_cell(value, column)) for value, column in zip(row, columns, strict=True)] for row in rows[:ROW_LIMIT]]
        landscape = len(columns) >= LANDSCAPE_COLUMNS
        size = 8.0 if len(columns) < LANDSCAPE_COLUMNS + 4 else 6.5
        names = [fit(column["name"]) for column in columns]
        weights = [column.get("weight") for column in columns]
        widths = column_widths(names, shown, weights, (_LANDSCAPE if landscape else _PORTRAIT) * 8.0 / size)
        aligns = ["right" if c["kind"] == "number" or is_rtl("".join(r[i] for r in shown[:50])) else "left" for i, c in enumerate(columns)]
        data = {
            "columns": [_cell(name) for name in names],
            "rows": [
                {"cells": [_cell(text) for text in row], "tall": any(len(text) > TALL_CELL or text.count("\n") > 20 for text in row)}
                for row in shown
            ],
        }
        name = markdown.string(self._store("t", "json", self._json(data)))
        call = f"#datatable({name}, ({', '.join(widths)},), ({', '.join(aligns)},){self._caption(caption)}, size: {size}pt);"
        return f"#page(flipped: true)[{call}]\n\n" if landscape else f"{call}\n\n"

    def _caption(self, caption: str) -> str:
        return f", caption: [{self._text(caption)}]" if caption.strip() else ""

    def _text(self, text: str) -> str:
        fitted = self.glyphs.fit(text)
        return f"#{markdown.string(fitted)};"

    def _store(self, letter: str, suffix: str, data: bytes) -> str:
        name = f"{letter}{len(self.files)}.{suffix}"
        self.files[name] = data
        return name

    def _json(self, data: object) -> bytes:
        return json.dumps(data, ensure_ascii=False).encode()


def column_widths(names: Sequence[str], rows: Sequence[Sequence[str]], weights: Sequence[float | None], total: float) -> list[str]:
    """Typst widths of a table's columns: short ones as wide as their text, long ones share the rest by the root of their length.

    `total` is the width at hand in points. The root keeps one very long column from starving the others; a column never gets
    less than its longest word (up to 24 characters) while there is room.
    """
    natural, longest = [], []
    for i, name in enumerate(names):
        cells = [row[i] for row in rows]
        natural.append(max(max(map(len, cells)), max((len(word) for word in name.split()), default=1)))
        words = max((len(word) for text in [*cells, name] for word in text.split()), default=1)
        longest.append(min(words, 24) * _CHARACTER + _PADDING)
    wide = [length > 22 for length in natural]
    fixed = [length * _CHARACTER + _PADDING for length in natural]
    while not all(wide) and sum(f for f, w in zip(fixed, wide, strict=True) if not w) > total * (0.6 if any(wide) else 1.0):
        wide[max((i for i, w in enumerate(wide) if not w), key=lambda i: fixed[i])] = True
    if not any(wide):
        return [f"{width * 1.08:.1f}pt" for width in fixed]
    room = total - sum(f for f, w in zip(fixed, wide, strict=True) if not w)
    shares = [weights[i] or min(9.0, max(2.0, math.sqrt(natural[i]) / 2)) for i in range(len(names))]
    whole = sum(share for share, w in zip(shares, wide, strict=True) if w)
    widths = []
    for i, is_wide in enumerate(wide):
        if not is_wide:
            widths.append(f"{fixed[i] / total * 100:.2f}%")
        else:
            share = max(shares[i], longest[i] / room * whole) if room > 0 else shares[i]
            widths.append(f"{share:.2f}fr")
    return widths


def _cell(text: str) -> str | dict[str, str]:
    """A cell for the template: a string, or an object when it is to run from right to left. Endless words get break points."""
    text = _WORD.sub(lambda match: "\u200b".join(re.findall(f".{{1,{LONG_WORD // 2}}}", match.group())), text)
    return {"rtl": text} if is_rtl(text) else text


def _svg_size(data: bytes) -> str:
    """Width and height of an SVG as arguments: its own size, within the text width and two thirds of a page's height."""
    root = ElementTree.fromstring(data)  # noqa: S314 - checked when it was read
    box = (root.get("viewBox") or "").replace(",", " ").split()
    try:
        width, height = float(box[2]), float(box[3])
    except (IndexError, ValueError):
        return ""
    units = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 720 / 25.4}
    stated = re.match(r"([\d.]+)(pt|in|mm|cm|px)?$", root.get("width") or "")
    points = float(stated.group(1)) * units.get(stated.group(2) or "px", 0.75) if stated else width
    if width <= 0 or height <= 0 or points <= 0:
        return ""
    points = min(points, _PORTRAIT)
    if points * height / width > 480:
        return ", height: 480pt"
    return f", width: {points:.2f}pt"
