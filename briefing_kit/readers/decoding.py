"""Bytes to text in the encodings that offices use; a doubly encoded text is put right where that is certain."""

from __future__ import annotations

import codecs
import re

from briefing_kit.readers.extracted import ReadingError

_SUSPECT = re.compile(  # curly quotes, accented letters and signs of UTF-8 seen through Windows-1252
    "\u00e2\u20ac[\u0153\u009d\u2122\u02dc\u201c\u201d\u00a6]|\u00c3[\u0080-\u00bf\u0192\u2020-\u203a]|\u00c2[\u00a0-\u00bf]"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, list[str]]:
    """The text of a file and the warnings GUESSED_ENCODING, REPAIRED_ENCODING, MOJIBAKE.

    A byte order mark decides, then `declared` (a mail's or page's charset), then strict UTF-8, then Windows-1252, said in a warning:
    statistics on so short a text guess wrongly.

    Raises:
        ReadingError: the bytes are not text in any of these.
    """
    text, warnings = _decoded(data, name, declared)
    if "\0" in text or sum(1 for _ in _CONTROLS.finditer(text)) > len(text) // 100:
        raise ReadingError(f"{name}: this is not a text file; save the briefing as .txt or .md in UTF-8")
    repaired = repair(text)
    if repaired is not None:
        return _newlines(repaired), [*warnings, "REPAIRED_ENCODING"]
    if not text.isascii() and _SUSPECT.search(text):
        warnings.append("MOJIBAKE")
    return _newlines(text), warnings


def repair(text: str) -> str | None:
    """The text before it was read as Windows-1252 and saved as UTF-8 once too often; None unless that is certain.

    It is where the *whole* text, put back into Windows-1252, is UTF-8 to the last byte (both steps can be undone: the fault repeated gives
    the same text again). Text that was written like this does not pass by chance; one that is only partly spoilt is left as it is.
    """
    if text.isascii():
        return None
    try:
        return text.encode("cp1252", "c1_bytes").decode("utf-8").removeprefix("\ufeff")
    except UnicodeError:
        return None


def _c1_bytes(error: UnicodeError) -> tuple[bytes, int]:
    """The five bytes that Windows-1252 leaves empty come through most programs as the control of that number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    char = error.object[error.start]
    if char not in "\x81\x8d\x8f\x90\x9d":
        raise error
    return bytes([ord(char)]), error.start + 1


codecs.register_error("c1_bytes", _c1_bytes)


def _decoded(data: bytes, name: str, declared: str | None) -> tuple[str, list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        order = ["utf-16"]
    elif data.startswith(b"\xef\xbb\xbf"):
        order = ["utf-8-sig"]
    else:
        order = [*([declared] if declared and _is_text_codec(declared) else []), "utf-8"]
    for encoding in order:
        try:
            return data.decode(encoding), []
        except UnicodeError:
            continue
    try:
        return data.decode("cp1252"), ["GUESSED_ENCODING"]
    except UnicodeDecodeError:
        raise ReadingError(f"{name}: not text in UTF-8, UTF-16 or Windows-1252; save it as UTF-8") from None


def _is_text_codec(name: str) -> bool:
    try:
        return len("a".encode(codecs.lookup(name).name)) in (1, 2, 4)
    except (LookupError, ValueError, TypeError):
        return False


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
