"""PDF by pypdf: running headers, footers and page numbers left out, lines joined to paragraphs, paragraphs joined across pages."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator

from briefing_kit.readers.extracted import MAX_SECONDS, Extracted, ReadingError, too_slow
from briefing_kit.readers.labels import marking_within
from briefing_kit.readers.pages import Line, flowing, is_contents, page_texts, running

MAX_PAGES = 500
MAX_PAGE_BYTES = 5_000_000  # of drawing instructions on one page, unpacked
_GARBLED = 0.1  # of the characters: fonts without a way back to letters


def read(data: bytes, name: str) -> Extracted:
    """The text of a PDF, its title from the metadata, its marking from headers and footers.

    Raises:
        ReadingError: no PDF, damaged, encrypted, too many pages, too slow to read, or a scan without text.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it tells of every small fault of a file
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise ReadingError(f"{name}: encrypted; save it without a password")
        if len(reader.pages) > MAX_PAGES:
            raise ReadingError(f"{name}: {len(reader.pages)} pages, more than {MAX_PAGES}; split it into single briefings")
        pages = list(_pages(reader, name))
        title = str(reader.metadata.title or "").strip() if reader.metadata else ""
    except ReadingError:
        raise
    except Exception as error:  # whatever a damaged file makes the library raise
        raise ReadingError(f"{name}: this PDF is damaged ({type(error).__name__}); print it to a new PDF, or save the text") from None
    if not any(pages):
        raise ReadingError(f"{name}: no text in this PDF: a scan? Run text recognition (OCR) over it first")
    left_out = running(pages)
    text = flowing([[line for line in page if line not in left_out and not is_contents(line)] for page in pages])
    hidden = sum(1 for char in text if char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < "\t")
    if hidden > _GARBLED * len(text):
        raise ReadingError(f"{name}: its fonts do not say which letters they draw; run text recognition (OCR) over it first")
    if not text.strip():
        raise ReadingError(f"{name}: no text in this PDF but headers and page numbers: a scan? Run text recognition (OCR) over it first")
    return Extracted(
        text=text,
        title=title or None,
        marking=marking_within("\n".join(line.text for line in left_out)),
        warnings=() if all(pages) else ("PAGES_WITHOUT_TEXT",),
    )


def _pages(reader: object, name: str) -> Iterator[list[Line]]:
    began = time.monotonic()
    for number, page in enumerate(reader.pages, 1):  # type: ignore[attr-defined]  # pypdf is not typed here
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > MAX_PAGE_BYTES:
            raise ReadingError(f"{name}: page {number} is a drawing of more than {MAX_PAGE_BYTES // 1_000_000} MB; save the text alone")
        yield page_texts(page, number)
        if time.monotonic() - began > MAX_SECONDS:
            raise too_slow(name, MAX_SECONDS)  # looked at after each page
