"""Text files: .txt and .md."""

from __future__ import annotations

from briefing_kit.readers.decoding import decode
from briefing_kit.readers.extracted import Extracted


def read(data: bytes, name: str) -> Extracted:
    """The text of a file; see `decode` for the encodings and refusals."""
    text, warnings = decode(data, name)
    return Extracted(text=text, warnings=tuple(warnings))
