"""Word documents by mammoth: tracked insertions kept and deletions left out, tables kept; the zip is held to its caps first."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import suppress

from briefing_kit.readers.extracted import Extracted, ReadingError
from briefing_kit.readers.labels import marking_within
from briefing_kit.readers.markup import text_of

MAX_MEMBERS = 2_000
MAX_XML = 10_000_000  # bytes of unpacked XML: mammoth takes up to a second for each million
MAX_RATIO = 200  # Word's own XML packs to a tenth, a bomb to a thousandth
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh\np[style-name='caption'] => p.caption:fresh"
_NOT_A_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)  # what zipfile raises
_DOCUMENT = "word/document.xml"
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]")
_TAGS = re.compile(r"<[^<>]*>")
_TITLE = re.compile(r"<dc:title[^>]*>([^<]*)</dc:title>")


def read(data: bytes, name: str) -> Extracted:
    """The text of a document, its title from the properties, its marking from headers and footers.

    Raises:
        ReadingError: no Word document, damaged, encrypted, too large once unpacked, or without text.
    """
    import mammoth
    from lxml import html

    parts = _parts(data, name)
    try:
        page = mammoth.convert_to_html(_repacked(parts), style_map=_STYLES, convert_image=_no_picture).value
    except Exception as error:  # whatever a damaged document makes the library raise
        raise ReadingError(f"{name}: this Word document is damaged ({type(error).__name__}); open it and save it again") from None
    tree = html.fragment_fromstring(page, create_parent="div")
    for caption in tree.find_class("caption"):
        caption.tag = "figcaption"
    text = text_of(tree)
    if not text.strip():
        raise ReadingError(f"{name}: no text in this document; if it holds pictures of text, save the text itself")
    margins = " ".join(
        _TAGS.sub("", parts[part].decode("utf-8", "replace")) for part in parts if part.startswith(("word/header", "word/footer"))
    )
    title = _TITLE.search(parts.get("docProps/core.xml", b"").decode("utf-8", "replace"))
    return Extracted(
        text=text + "\n",
        title=html.fromstring(f"<p>{title[1]}</p>").text_content().strip() or None if title and title[1].strip() else None,
        marking=marking_within(margins),
        warnings=("TRACKED_CHANGES",) if _TRACKED.search(parts[_DOCUMENT]) else (),
    )


def unpacked_size(data: bytes) -> int:
    """Bytes of XML that a document says it unpacks to; those of the file where it is none."""
    with suppress(*_NOT_A_ZIP), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _unpacked(_xml(archive.infolist()))
    return len(data)


def _xml(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    return [member for member in members if member.filename.endswith((".xml", ".rels"))]


def _unpacked(members: list[zipfile.ZipInfo]) -> int:
    return sum(member.file_size for member in members)


def _no_picture(_image: object) -> list[object]:
    return []


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """The XML members, unpacked within the caps; pictures and other media are never unpacked."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadingError(f"{name}: encrypted, or a .doc of old; open it and save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise ReadingError(f"{name}: {len(members)} parts, more than the {MAX_MEMBERS} that a document may have")
            xml = _xml(members)
            size = _unpacked(xml)
            if size > MAX_XML:
                raise ReadingError(f"{name}: {size // 1_000_000} MB once unpacked, more than {MAX_XML // 1_000_000}; split the document")
            if any(member.file_size > MAX_RATIO * max(member.compress_size, 1_000) for member in xml):
                raise ReadingError(f"{name}: a part packed more than {MAX_RATIO} to 1 is no Word document; save the text anew")
            parts = {member.filename: archive.read(member) for member in xml}  # zipfile stops at the size that was declared
    except _NOT_A_ZIP as error:
        if isinstance(error, ReadingError):
            raise
        raise ReadingError(f"{name}: this is no Word document, or it is damaged; open it and save it again as .docx") from None
    if _DOCUMENT not in parts:
        raise ReadingError(f"{name}: no Word document inside; save it as .docx")
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts.values()):
        raise ReadingError(f"{name}: its XML declares entities, which Word never does; save the text anew")
    return parts


def _repacked(parts: dict[str, bytes]) -> io.BytesIO:
    """A document of the checked parts alone: what was not measured cannot be unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return packed
