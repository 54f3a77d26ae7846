"""An executed notebook as the blocks that a report shows, in order: the one reading shared by the PDF and the HTML.

Code is never shown and a cell tagged `remove-cell` is left out whole; errors are always shown. Of each output the richest
safe form is taken: our structured payloads, images, an HTML table (pandas, Styler) read into a payload, text.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from briefing_kit.report.htmltable import read_tables, strip_tags
from briefing_kit.report.markdown import headings, parse
from briefing_kit.schemas import SCHEMAS
from briefing_kit.view.display import FIGURE_MIME, TABLE_MIME, format_cell
from briefing_kit.view.marked import SPANS_MIME, Span, read_spans

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_IMAGES = {"image/png": "png", "image/jpeg": "jpg"}
# Values of the codebook's closed lists: a printed column of nothing else reads better without the underscores.
_LISTED = frozenset(value for columns in SCHEMAS.values() for column in columns for value in column.allowed)
_CODES = frozenset(value for value in _LISTED if "_" in value)
_OUTPUT_TAGS = {"remove-output", "remove_output", "hide-output"}
_CELL_TAGS = {"remove-cell", "remove_cell"}


@dataclass(frozen=True, slots=True)
class Prose:
    """A Markdown cell; `images` are its attachments, name -> (bytes, suffix)."""

    source: str
    images: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table payload (see `briefing_kit.view.display`); `ids` in it, where there are any, name the rows so that links find them."""

    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """An image: `suffix` is svg, png or jpg."""

    data: bytes
    suffix: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class SpansBlock:
    """Marked text; without marks and caption it is a paragraph."""

    caption: str
    spans: tuple[Span, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it is a note rather than a passage."""
        return not self.caption and all(span.kind is None for span in self.spans)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Plain output, shown as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class FailureBlock:
    """An error output: shown, never hidden."""

    text: str


Block = Prose | TableBlock | FigureBlock | SpansBlock | TextBlock | FailureBlock


def notebook_blocks(notebook: NotebookNode, warnings: list[str]) -> list[Block]:
    """Read a notebook (nbformat 4) into blocks; what could not be shown as meant is told in `warnings`."""
    blocks: list[Block] = []
    for number, cell in enumerate(notebook.cells, 1):
        tags = set(cell.metadata.get("tags", []))
        if tags & _CELL_TAGS:
            continue
        if cell.cell_type == "markdown":
            if cell.source.strip():
                blocks.append(Prose(cell.source, _attachments(cell)))
        elif cell.cell_type == "code" and not tags & _OUTPUT_TAGS:
            blocks += _cell_outputs(cell, number, warnings)
        elif cell.cell_type == "code":
            blocks += [_failure(output, number, warnings) for output in cell.outputs if output.output_type == "error"]
    return blocks


def titled(blocks: list[Block], number: int) -> list[Block]:
    """The chapter with a level-1 heading in front, where its notebook does not open with one."""
    for block in blocks:
        if isinstance(block, Prose):
            found = headings(parse(block.source))
            if found:
                return blocks if found[0][0] == 1 else [Prose(f"# Chapter {number}"), *blocks]
    return [Prose(f"# Chapter {number}"), *blocks]


def captions(chapters: Iterable[Iterable[Block]]) -> frozenset[str]:
    """What bears a number: table-1, figure-1, text-1 and so on; an empty table is a sentence and bears none."""
    counts = {"table": 0, "figure": 0, "text": 0}
    for block in (block for blocks in chapters for block in blocks):
        counts["table"] += isinstance(block, TableBlock) and bool(block.payload["rows"] and block.payload["columns"])
        counts["figure"] += isinstance(block, FigureBlock)
        counts["text"] += isinstance(block, SpansBlock) and not block.is_plain
    return frozenset(f"{kind}-{number}" for kind, count in counts.items() for number in range(1, count + 1))


def row_ids(chapters: Iterable[Iterable[Block]], limit: int) -> frozenset[str]:
    """The ids of all rows that are shown when tables stop after `limit` rows: what a link can lead to."""
    tables = (block.payload for blocks in chapters for block in blocks if isinstance(block, TableBlock))
    return frozenset(name for payload in tables for name in (payload.get("ids") or ())[:limit])


def _cell_outputs(cell: NotebookNode, number: int, warnings: list[str]) -> Iterator[Block]:
    described = cell.metadata.get("bk", {})
    for output in cell.outputs:
        if output.output_type == "error":
            yield _failure(output, number, warnings)
        elif output.output_type == "stream":
            text = _ANSI.sub("", _joined(output.text)).strip("\n")
            if text.strip():
                yield TextBlock(text)
        else:
            yield from _display(output.data, described, number, warnings)


def _display(data: Mapping[str, Any], described: Mapping[str, str], number: int, warnings: list[str]) -> Iterator[Block]:
    caption, alt = described.get("caption", ""), described.get("alt", "")
    try:
        if TABLE_MIME in data:
            yield TableBlock(_checked_table(data[TABLE_MIME]))
            return
        if SPANS_MIME in data:
            payload = data[SPANS_MIME]
            yield SpansBlock(str(payload.get("caption") or ""), read_spans(payload["parts"]))
            return
    except (KeyError, TypeError, ValueError, IndexError):
        warnings.append(f"cell {number}: a payload of briefing_kit is malformed; its other form is shown")
    figure = data.get(FIGURE_MIME, {})
    caption, alt = figure.get("caption", caption), figure.get("alt", alt)
    image = _image(data, number, warnings)
    if image:
        if not (alt or caption):
            warnings.append(f"cell {number}: a figure has neither caption nor alt text")
        yield FigureBlock(*image, caption, alt or caption or "Figure")
        return
    if "text/markdown" in data:
        yield Prose(_joined(data["text/markdown"]))
        return
    if "text/html" in data:
        source = _joined(data["text/html"])
        tables = read_tables(source)
        if any(cell.endswith("...") for table in tables for row in table["rows"] for cell in row):
            warnings.append(f"cell {number}: an HTML table seems to be cut by pandas display options; use briefing_kit's show_table")
        for table in tables:
            yield TableBlock({**table, "caption": table["caption"] or caption})
        if tables:
            return
        text = _joined(data["text/plain"]) if "text/plain" in data else strip_tags(source)
    else:
        text = _joined(data.get("text/plain", ""))
    if text.strip():
        yield TextBlock(_ANSI.sub("", text))


def _checked_table(payload: Mapping[str, Any]) -> dict[str, Any]:
    columns = [{**column, "name": str(column["name"]), "kind": str(column["kind"])} for column in payload["columns"]]
    rows = [list(row) for row in payload["rows"]]
    if any(len(row) != len(columns) for row in rows):
        raise ValueError("a row is shorter or longer than the heading")
    for row in rows[:1]:
        for value, column in zip(row, columns, strict=True):
            format_cell(value, column)
    for i in range(len(columns)):
        if any(row[i] in _CODES for row in rows) and all(row[i] is None or row[i] in _LISTED for row in rows):
            for row in rows:
                row[i] = row[i] and row[i].replace("_", " ")
    return {"caption": str(payload.get("caption") or ""), "columns": columns, "rows": rows}


def _image(data: Mapping[str, Any], number: int, warnings: list[str]) -> tuple[bytes, str] | None:
    if "image/svg+xml" in data:
        svg = _joined(data["image/svg+xml"])
        if is_svg(svg):
            return svg.encode(), "svg"
        warnings.append(f"cell {number}: an SVG figure is malformed")
    for mime, suffix in _IMAGES.items():
        if mime in data:
            decoded = _decode(_joined(data[mime]))
            if decoded:
                return decoded, suffix
            warnings.append(f"cell {number}: an image of type {mime} is malformed")
    return None


def is_svg(text: str) -> bool:
    """Whether the text is one well-formed SVG document without a document type of its own entities."""
    if "<!ENTITY" in text:
        return False
    try:
        return ElementTree.fromstring(text).tag.endswith("svg")  # noqa: S314 - entities are refused above
    except (ElementTree.ParseError, ValueError):
        return False


def _attachments(cell: NotebookNode) -> dict[str, tuple[bytes, str]]:
    images: dict[str, tuple[bytes, str]] = {}
    for name, bundle in cell.get("attachments", {}).items():
        for mime, suffix in _IMAGES.items():
            decoded = _decode(_joined(bundle[mime])) if mime in bundle else None
            if decoded:
                images[name] = (decoded, suffix)
    return images


def _decode(text: str) -> bytes | None:
    """Base64 of a PNG or JPEG as bytes; None when it is neither."""
    try:
        data = base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError):
        return None
    return data if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) else None


def _failure(output: NotebookNode, number: int, warnings: list[str]) -> FailureBlock:
    name = output.get("ename", "Error")
    warnings.append(f"cell {number} failed: {name}")
    return FailureBlock(f"Cell {number} failed. {name}: {_ANSI.sub('', output.get('evalue', ''))}")


def _joined(text: str | Sequence[str]) -> str:
    """Multi-line strings may be stored as a list of lines."""
    return text if isinstance(text, str) else "".join(text)
