"""The week as a spreadsheet for people who work in one: typed cells, real dates, filters, and the marking on every sheet.

Text is always text: nothing in a briefing becomes a formula or a link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing_kit.lexicon import read_lexicon
from briefing_kit.report.csvs import iso
from briefing_kit.report.markdown import parse, text_lines
from briefing_kit.report.meta import ReportMeta, spoken_date
from briefing_kit.report.text import printable

if TYPE_CHECKING:
    import pandas as pd

CELL_LIMIT = 32_767  # characters in a cell, Excel's specification
ROW_LIMIT = 1_048_570  # rows of a sheet, less the lines above the table
SCAN_ROWS = 300  # rows from which a column's width is taken
MAX_WIDTH = 60
_CUT = " ... [cut: {n:,} characters; whole in the CSV file]"
_HEADER_ROW = 2
_DIGITS = 15  # that a number keeps in Excel
_LINE = 15  # points, the height of a line of 11 point text
_TALLEST = 409  # points, Excel's specification
_LABELS, _TEXTS = 34, 110  # widths of a sheet of labels and values

# What a reader looks at first; the other columns follow in the order of the codebook.
_LEADING = {
    "Actors": "actor text actor_type country mention_kind role_title sentence published_on",
    "Claims": "text value low high kind unit counted actor_id source cue cue_class factuality as_of_start as_of_end sentence published_on",
    "Timeline": "date_start date_end edtf granularity headline event_type actors location source factuality sentence published_on",
    "Undated": "headline event_type actors location source factuality sentence published_on",
    "Contested": "measure text value low high kind source source_kind cue_class as_of_start as_of_end sentence published_on",
    "Sources": "source source_kind cue cue_class factuality sentence published_on",
}


def write_workbook(tables: Mapping[str, pd.DataFrame], meta: ReportMeta, path: Path, codebook: pd.DataFrame) -> None:
    """Write the .xlsx: Summary, Actors, Claims, Timeline, Undated, Contested, Sources, Codebook, Methods.

    Args:
        tables: the week's tables by name, as in the codebook (missing ones give empty sheets); a table `sources` (graded by
            people) takes the place of the attributions on the sheet Sources.
        meta: title, marking and date; the newest publication date is the file's creation date, so the same input gives the same bytes.
        path: where to write; its folder exists.
        codebook: one row per column of the tables.
    """
    with _book(str(path), meta) as book:
        writer = _Writer(book, meta)
        sheets = _sheets(tables)
        writer.lines("Summary", _summary(meta, {name: len(frame) for name, (_, frame) in sheets.items()}))
        for name, (what, frame) in sheets.items():
            writer.table(name, what, frame)
        writer.table("Codebook", "One row per column of the tables", codebook)
        writer.lines("Methods", [*_methods(meta), *writer.remarks()])


def frame_workbook(name: str, what: str, frame: pd.DataFrame, meta: ReportMeta) -> bytes:
    """One table as an .xlsx file in memory, with the same typed cells, filters and marking as the week's workbook.

    Args:
        name: of the sheet.
        what: what one row is, for the line above the table.
        frame: the rows.
        meta: title, marking and date.
    """
    buffer = BytesIO()
    with _book(buffer, meta) as book:
        _Writer(book, meta).table(name, what, frame)
    return buffer.getvalue()


def _book(target: str | BytesIO, meta: ReportMeta) -> Any:
    """A new workbook file; no cell of it becomes a formula or a link, and its date is that of the newest publication."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    day = meta.newest
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({
        "title": printable(meta.title),
        "author": printable(meta.series),
        "keywords": printable(meta.marking),
        "created": datetime(day.year, day.month, day.day) if day else datetime(1980, 1, 1),
    })  # fmt: skip
    return book


def _sheets(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[str, pd.DataFrame]]:
    import pandas as pd

    none = pd.DataFrame()
    sentences = tables.get("sentences", none)

    def rows(name: str) -> pd.DataFrame:
        return _with_sentence(tables.get(name, none), sentences)

    mentions, claims, events = rows("mentions"), rows("claims"), rows("events")
    if "actor_type" in mentions:
        mentions = mentions[mentions["actor_type"] != "place"]
    undated = events["granularity"] == "undated" if "granularity" in events else pd.Series(False, index=events.index)
    timeline = events[~undated]
    if "date_start" in timeline:
        timeline = timeline.sort_values(["date_start", "date_end", "doc_id", "start"], kind="stable", na_position="last")
    contested = claims[claims["contested"].fillna(False).astype(bool)] if "contested" in claims else claims.iloc[:0]
    if len(contested):
        contested = contested.sort_values(["measure", "doc_id", "start"], kind="stable")
    sources = tables["sources"] if "sources" in tables else rows("attributions")
    return {
        "Actors": ("One row per mention of an actor (mentions, not events)", mentions),
        "Claims": ("One row per quantity that somebody claims", claims),
        "Timeline": ("One row per dated event, as precise as the text", timeline),
        "Undated": ("One row per event without a date in the text", events[undated]),
        "Contested": ("One row per claim whose figure another source disputes, side by side", contested),
        "Sources": ("One row per source" if "sources" in tables else "One row per statement and who made it", sources),
    }  # fmt: skip


def _with_sentence(frame: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The rows with the words of their sentence beside them."""
    if "sentence_id" not in frame or "sentence_id" not in sentences:
        return frame
    text = dict(zip(sentences["sentence_id"], sentences["text"], strict=True))
    return frame.assign(sentence=frame["sentence_id"].map(text))


def _summary(meta: ReportMeta, counts: Mapping[str, int]) -> list[tuple[str, Any]]:
    lines: list[tuple[str, Any]] = [("Title", meta.title), ("Series", meta.series), ("Country", meta.country), ("Week", meta.week)]
    lines += [("Published", ", ".join(spoken_date(day) for day in sorted(set(meta.published)))), ("Marking", meta.marking)]
    lines += [("", "")]
    lines += [(label, _number(value)) for label, value in meta.key_figures]
    lines += [("", ""), *((f"Rows on sheet {name}", count) for name, count in counts.items())]
    if meta.key_judgements:
        lines += [("", ""), ("Key judgements", "")]
        lines += [("", line) for line in text_lines(parse(meta.key_judgements))]
    return lines


def _number(figure: str) -> int | str:
    """A figure as printed, a number where it is a whole one."""
    plain = figure.replace(",", "")
    return int(plain) if plain.isdecimal() and len(plain) <= _DIGITS else figure


def _methods(meta: ReportMeta) -> list[tuple[str, Any]]:
    lines: list[tuple[str, Any]] = [("Made with", meta.maker)]
    lines += [("Briefing read", document) for document in meta.documents]
    lines += [("Note", note) for note in meta.notes]
    lines += [("", ""), ("Conventions", "how the words on the left are read")]
    lines += [(row["words"], row["meaning"]) for row in read_lexicon("conventions")]
    return [*lines, ("", "")]


@dataclass
class _Writer:
    """Puts sheets into the workbook and counts what had to be changed to fit."""

    book: Any
    meta: ReportMeta
    cleaned: int = 0
    cut: int = 0

    def __post_init__(self) -> None:
        make = self.book.add_format
        self._bold = make({"bold": True, "valign": "top"})
        self._mark = make({"bold": True, "font_size": 12})
        self._head = make({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "valign": "top", "text_wrap": True})
        self._wrap = make({"text_wrap": True, "valign": "top"})
        self._top = make({"valign": "top"})
        self._left = make({"num_format": "#,##0", "valign": "top", "align": "left"})
        self._whole = make({"num_format": "#,##0", "valign": "top"})
        self._date = make({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})

    def lines(self, name: str, lines: Sequence[tuple[str, Any]]) -> None:
        """A sheet of labels and values."""
        sheet = self._sheet(name, name)
        for i, (label, value) in enumerate(lines, _HEADER_ROW):
            self._put(sheet, i, 0, label, self._bold)
            self._put(sheet, i, 1, value, self._left if isinstance(value, int) else self._wrap)
            if (lines_needed := _lines(value, _TEXTS)) > 1:
                sheet.set_row(i, min(lines_needed * _LINE, _TALLEST))
        sheet.set_column(0, 0, _LABELS)
        sheet.set_column(1, 1, _TEXTS)
        sheet.ignore_errors({"number_stored_as_text": f"A1:B{len(lines) + _HEADER_ROW + 1}"})

    def table(self, name: str, what: str, frame: pd.DataFrame) -> None:
        """A sheet with one table: filters, frozen heading, a width for each column."""
        leading = [column for column in _LEADING.get(name, "").split() if column in frame]
        columns = [*leading, *(column for column in frame.columns if column not in leading)]
        told = f"{name}: {what}. {len(frame):,} rows." if len(frame) else f"{name}: {what}. No rows."
        if len(frame) > ROW_LIMIT:
            told += f" The first {ROW_LIMIT:,} are shown."
        sheet = self._sheet(name, told)
        rows = min(len(frame), ROW_LIMIT)
        tall: dict[int, int] = {}  # lines of the rows that need several: not every program fits their height by itself
        for i, column in enumerate(columns):
            sheet.write_string(_HEADER_ROW, i, str(column), self._head)
            values = frame[column].iloc[:rows]
            width = max(len(str(column)) + 3, *(min(_width(value), MAX_WIDTH) for value in values.iloc[:SCAN_ROWS]), 8)
            sheet.set_column(i, i, min(width, MAX_WIDTH))
            style = self._wrap if width >= MAX_WIDTH else self._top
            counts = str(values.dtype) == "Float64"
            for j, (value, present) in enumerate(zip(values, values.notna(), strict=True), _HEADER_ROW + 1):
                if present:
                    self._put(sheet, j, i, value, self._whole if counts and float(value).is_integer() else style)
                    if style is self._wrap and (lines := _lines(value, MAX_WIDTH)) > tall.get(j, 1):
                        tall[j] = lines
        for j, lines in tall.items():
            sheet.set_row(j, min(lines * _LINE, _TALLEST))
        if columns:
            sheet.print_area(0, 0, _HEADER_ROW + rows, (len(leading) or len(columns)) - 1)
            sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(rows, 1), len(columns) - 1)
            sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(len(columns))}{_HEADER_ROW + rows + 2}"})
        sheet.freeze_panes(_HEADER_ROW + 1, 0)
        sheet.repeat_rows(_HEADER_ROW)

    def remarks(self) -> list[tuple[str, Any]]:
        """What was changed so that a spreadsheet can hold it."""
        return [("Control characters removed from cells", self.cleaned), (f"Cells cut at {CELL_LIMIT:,} characters", self.cut)]

    def _sheet(self, name: str, told: str) -> Any:
        sheet = self.book.add_worksheet(name)
        marking = printable(self.meta.marking)
        if marking:
            sheet.write_string(0, 0, marking, self._mark)
            code = f'&R&"Arial,Bold"&12{marking.replace("&", "&& ")}'
            sheet.set_header(code)
            sheet.set_footer(f"{code}&L&8&P / &N")
        sheet.write_string(1, 0, told, self._bold)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def _put(self, sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
        if isinstance(value, str):
            sheet.write_string(row, column, self._fit(value), style)
        elif isinstance(value, bool) or type(value).__name__ == "bool_":
            sheet.write_boolean(row, column, bool(value), style)
        elif hasattr(value, "isoformat"):
            if value.year >= 1900:
                sheet.write_datetime(row, column, value, self._date)
            else:  # before Excel's calendar
                sheet.write_string(row, column, iso(value), style)
        else:
            sheet.write_number(row, column, value, style)

    def _fit(self, text: str) -> str:
        kept = printable(text)
        self.cleaned += sum(char not in "\t\n\r" and (ord(char) < 32 or 0x7F <= ord(char) < 0xA0) for char in text)
        if len(kept) <= CELL_LIMIT:
            return kept
        self.cut += 1
        note = _CUT.format(n=len(kept))
        return kept[: CELL_LIMIT - len(note)] + note


def _lines(value: Any, width: int) -> int:
    """How many lines a text takes in a column of this width."""
    fits = int(width * 1.1)  # letters are narrower on average than the digits that a column's width counts
    return sum(-(-max(len(line), 1) // fits) for line in value.split("\n")) if isinstance(value, str) else 1


def _width(value: Any) -> int:
    """How wide a cell's value is as it is shown, in digits."""
    if isinstance(value, float):
        return len(f"{value:,.10g}") + 1
    return len(iso(value)) if hasattr(value, "isoformat") else len(str(value))


def _letters(number: int) -> str:
    """A column's letters, 1 -> A, 27 -> AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
