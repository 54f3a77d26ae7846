"""One module per format: bytes in, `Extracted` out. `briefing_kit.reading` is the door."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from briefing_kit.readers.extracted import Extracted, Reader, needs_extra

_MODULES = {
    ".md": "plain",
    ".txt": "plain",
    ".docx": "docx",
    ".eml": "mail",
    ".htm": "html",
    ".html": "html",
    ".pdf": "pdf",
}
SUFFIXES = tuple(_MODULES)
_AT_ONCE = {".docx": 1_000_000, ".eml": 300_000, ".htm": 300_000, ".html": 300_000}  # bytes of markup; more is read under a clock


def extract(data: bytes, name: str, suffix: str) -> Extracted:
    """The text of a file's bytes by the reader of its ending, one of SUFFIXES; `name` is what a refusal calls the file.

    Raises:
        ReadingError: the file is damaged, too large in some way, takes too long, holds no text, or its reader is not installed.
    """
    try:
        if suffix in _AT_ONCE and _markup_size(data, suffix) > _AT_ONCE[suffix]:
            from briefing_kit.readers.clock import read_in_time

            found = read_in_time(data, name, suffix)
        else:
            found = reader_of(suffix)(data, name)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("briefing_kit"):
            raise
        raise needs_extra(name, suffix) from None
    return replace(found, text=_whole(found.text), title=_whole(found.title) if found.title else None)


def reader_of(suffix: str) -> Reader:
    """The reader of an ending."""
    read: Reader = import_module(f"briefing_kit.readers.{_MODULES[suffix]}").read
    return read


def _markup_size(data: bytes, suffix: str) -> int:
    if suffix != ".docx":
        return len(data)
    from briefing_kit.readers.docx import unpacked_size

    return unpacked_size(data)


def _whole(text: str) -> str:
    """The text with halves of surrogate pairs joined, or, where one is alone, as U+FFFD: some fonts of PDF name letters by halves."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
