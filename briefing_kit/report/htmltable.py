"""HTML tables (a pandas repr, a Styler) read into table payloads with the standard library's parser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

_NUMBER = re.compile(r"[-+−]?[\d.,\s]*\d\s?%?$")
_SPAN_LIMIT = 200
_RULE = re.compile(r"(?<![^{}])([^{}]+)\{([^{}]*)\}")
_COLOUR = re.compile(r"(?<![\w-])(background-color|color)\s*:\s*(#[0-9a-fA-F]{6})(?![0-9a-fA-F])")


def read_tables(source: str) -> list[dict[str, Any]]:
    """Each table of an HTML fragment as a payload with caption, columns and rows of strings.

    Cells that span columns are followed by empty ones, and a header of several rows is joined by " / ", so that nothing of
    the text is lost. An index column with an empty heading keeps it. Where a Styler coloured cells, `fills` holds one list a
    row of `[background, text colour]` or None; only six-digit hex colours are taken.
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    colours = _colours("".join(reader.styles))
    return [_payload(table, colours) for table in reader.tables if table["rows"] or table["head"]]


def strip_tags(source: str) -> str:
    """The text of an HTML fragment; scripts, styles and comments are left out."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return "".join(reader.loose).strip()


class _Reader(HTMLParser):
    """Collects tables as lists of rows of cell texts, and all text outside of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[dict[str, Any]] = []
        self.loose: list[str] = []
        self.styles: list[str] = []
        self._table: dict[str, Any] | None = None
        self._row: list[str] | None = None
        self._ids: list[str] = []
        self._cell: list[str] | None = None
        self._span = 1
        self._id = ""
        self._in_head = self._in_caption = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._silent += 1
        elif tag == "table" and self._table is None:
            self._table = {"caption": "", "head": [], "rows": [], "ids": []}
        elif tag == "thead":
            self._in_head = True
        elif tag == "caption":
            self._in_caption = True
        elif tag == "tr":
            self._row, self._ids = [], []
        elif tag in {"td", "th"}:
            span, self._id = dict(attrs).get("colspan") or "1", dict(attrs).get("id") or ""
            self._span = min(int(span), _SPAN_LIMIT) if span.isdecimal() else 1
            self._cell = []
        elif tag in {"br", "p", "div", "li"}:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent = max(0, self._silent - 1)
        elif tag == "thead":
            self._in_head = False
        elif tag == "caption":
            self._in_caption = False
        elif tag in {"td", "th"} and self._cell is not None and self._row is not None:
            self._row += [" ".join("".join(self._cell).split()), *[""] * (self._span - 1)]
            self._ids += [self._id] * self._span
            self._cell = None
        elif tag == "tr" and self._row is not None and self._table is not None:
            self._table["head" if self._in_head else "rows"].append(self._row)
            if not self._in_head:
                self._table["ids"].append(self._ids)
            self._row = None
        elif tag == "table" and self._table is not None:
            self.tables.append(self._table)
            self._table = None

    def handle_data(self, data: str) -> None:
        if self._silent:
            self.styles.append(data)
            return
        if self._cell is not None:
            self._cell.append(data)
        elif self._in_caption and self._table is not None:
            self._table["caption"] += data
        elif self._table is None:
            self.loose.append(data)


def _colours(css: str) -> dict[str, list[str | None]]:
    """Element id -> [background, text colour] of a Styler's style sheet (scripts match nothing in it)."""
    found: dict[str, list[str | None]] = {}
    for selectors, body in _RULE.findall(css):
        values = dict(_COLOUR.findall(body))
        if values:
            for name in re.findall(r"#([\w-]+)", selectors):
                found[name] = [values.get("background-color"), values.get("color")]
    return found


def _payload(table: dict[str, Any], colours: dict[str, list[str | None]]) -> dict[str, Any]:
    head: list[list[str]] = table["head"]
    rows: list[list[str]] = table["rows"]
    width = max(len(row) for row in head + rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    names = [" / ".join(dict.fromkeys(row[i] for row in head if i < len(row) and row[i])) for i in range(width)]
    columns = []
    for i, name in enumerate(names):
        filled = [row[i] for row in rows if row[i] not in {"", "NaN", "None", "<NA>", "nan"}]
        numeric = bool(filled) and all(_NUMBER.match(cell) for cell in filled)
        columns.append({"name": name, "kind": "number" if numeric else "string"})
    payload = {"caption": " ".join(table["caption"].split()), "columns": columns, "rows": rows}
    fills = [[colours.get(name) for name in ids] + [None] * (width - len(ids)) for ids in table["ids"]]
    return payload | {"fills": fills} if any(any(row) for row in fills) else payload
