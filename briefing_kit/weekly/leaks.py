"""The last look at an edition: is anything withheld still in a file that is about to be published?

Every file is read as its reader would read it: pages, bookmarks, descriptions, attachments and properties of the PDF, cells and
properties of the workbook, values and metadata of Parquet, text, source, outputs and embedded pictures of HTML and notebooks.
"""

from __future__ import annotations

import base64
import html
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from briefing_kit.textmap import visible
from briefing_kit.withholding import Term, plain

_TAG = re.compile(r"<[^<>]*>")
_DATA = re.compile(r"data:(text/[\w.+-]+|image/svg\+xml|application/[\w.+-]+)[^,]{0,60};base64,([A-Za-z0-9+/=\s]+)")
_LINE_END = re.compile(r"-\s*\n\s*")
_DEPTH = 3  # files within files that are opened
PICTURES = ("image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class Leak:
    """A file in which something withheld was found, and the entry of the profile that withholds it; the words are not repeated."""

    path: str
    entry: str

    def __str__(self) -> str:
        return f"{self.path} still has what is withheld by {self.entry}"


class LeakError(RuntimeError):
    """Something withheld was found in what was about to be published."""


def leaks(folder: Path, terms: Iterable[Term]) -> list[Leak]:
    """Every file below a folder that has something withheld, in its name or inside."""
    wanted = tuple(terms)
    paths = sorted(child for child in folder.rglob("*") if child.is_file())
    return [leak for path in paths for leak in leaks_of(path.relative_to(folder).as_posix(), path.read_bytes(), wanted)]


def leaks_of(name: str, data: bytes, terms: Iterable[Term]) -> list[Leak]:
    """What a file of this name has that is withheld, one for each entry of the profile."""
    left, found = list(terms), []
    for text in (name, *texts_of(name, data)):
        seen = plain(visible(unicodedata.normalize("NFC", text))[0])
        lowered = seen.casefold()
        entries = {one.entry for one in left if one.is_in(seen, lowered)}
        found += [Leak(name, entry) for entry in sorted(entries)]
        left = [one for one in left if one.entry not in entries]
    return found


def pictures(folder: Path) -> int:
    """How many pictures of pixels the notebooks hold: what is drawn in them cannot be read."""
    count = 0
    for path in folder.rglob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            count += sum(1 for output in cell.get("outputs", []) if set(output.get("data", {})) & set(PICTURES))
    return count


def texts_of(name: str, data: bytes, depth: int = 0) -> Iterator[str]:
    """All text of a file, by its ending; one of an unknown ending is read as plain text."""
    suffix = Path(name).suffix.lower()
    readers: dict[str, Callable[[bytes], Iterable[str]]] = {".pdf": _pdf, ".xlsx": _zipped, ".parquet": _parquet, ".json": _json}
    readers[".ipynb"] = _json
    for text in readers.get(suffix, _text)(data):
        yield text
        if "<" in text or "&" in text:
            yield html.unescape(_TAG.sub("", text))
            yield html.unescape(_TAG.sub(" ", text))
        for found in _DATA.finditer(text) if depth < _DEPTH else ():
            yield from texts_of("embedded", base64.b64decode(found[2]), depth + 1)


def _text(data: bytes) -> Iterator[str]:
    yield html.unescape(data.decode("utf-8", "replace"))


def _json(data: bytes) -> Iterator[str]:
    yield "\n".join(_strings(json.loads(data)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield "".join(value)  # a notebook's source and outputs, line by line
        for item in value:
            yield from _strings(item)


def _zipped(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(data)) as book:
        for member in book.namelist():
            yield member
            yield book.read(member).decode("utf-8", "replace")


def _parquet(data: bytes) -> Iterator[str]:
    import pyarrow.parquet as pq

    table = pq.read_table(BytesIO(data))
    yield "\n".join(value.decode("utf-8", "replace") for value in (table.schema.metadata or {}).values())
    for name in table.column_names:
        yield name
        yield "\n".join(str(value) for value in table.column(name).to_pylist() if value is not None)


def _pdf(data: bytes) -> Iterator[str]:
    """The pages, then every string of every object: titles, bookmarks, descriptions of figures, attachments, metadata."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    pages = "\n".join(page.extract_text() for page in reader.pages)
    yield pages
    yield _LINE_END.sub("", pages)
    strings: list[str] = []
    for number in range(1, int(str(reader.trailer["/Size"]))):
        strings += _pdf_object(reader.get_object(number))
    yield "\n".join(strings)
    for name, files in reader.attachments.items():
        for file in files:
            yield from texts_of(name, file)


def _pdf_object(value: Any) -> Iterator[str]:
    from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, StreamObject, TextStringObject

    if isinstance(value, StreamObject) and value.get("/Type") == "/Metadata":
        yield value.get_data().decode("utf-8", "replace")
    if isinstance(value, TextStringObject):
        yield str(value)
    elif isinstance(value, ByteStringObject):
        yield bytes(value).decode("utf-8", "replace")
    elif isinstance(value, DictionaryObject):
        for item in value.values():
            yield from _pdf_object(item)
    elif isinstance(value, ArrayObject):
        for item in value:
            yield from _pdf_object(item)
