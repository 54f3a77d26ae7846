"""HTML tables (a pandas repr, a Styler) read into table payloads with the standard library's parser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

_NUMBER = re.compile(r"[-+−]?[\d.,\s]*\d\s?%?$")
_SPAN_LIMIT = 200


def read_tables(source: str) -> list[dict[str, Any]]:
    """Each table of an HTML fragment as a payload with caption, columns and rows of strings.

    Cells that span columns are followed by empty ones, and a header of several rows is joined by " / ", so that nothing of
    the text is lost. An index column with an empty heading keeps it.
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return [_payload(table) for table in reader.tables if table["rows"] or table["head"]]


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
        self._table: dict[str, Any] | None = None
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = 1
        self._in_head = self._in_caption = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._silent += 1
        elif tag == "table" and self._table is None:
            self._table = {"caption": "", "head": [], "rows": []}
        elif tag == "thead":
            self._in_head = True
        elif tag == "caption":
            self._in_caption = True
        elif tag == "tr":
            self._row = []
        elif tag in {"td", "th"}:
            span = dict(attrs).get("colspan") or "1"
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
            self._cell = None
        elif tag == "tr" and self._row is not None and self._table is not None:
            self._table["head" if self._in_head else "rows"].append(self._row)
            self._row = None
        elif tag == "table" and self._table is not None:
            self.tables.append(self._table)
            self._table = None

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._cell is not None:
            self._cell.append(data)
        elif self._in_caption and self._table is not None:
            self._table["caption"] += data
        elif self._table is None:
            self.loose.append(data)


def _payload(table: dict[str, Any]) -> dict[str, Any]:
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
    return {"caption": " ".join(table["caption"].split()), "columns": columns, "rows": rows}
