"""What a reader hands over, and the one-line refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from briefing_kit.refusals import RefusalError


class ReadingError(RefusalError):
    """A file that cannot be read as a briefing; the message names the file, the field and the mend in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The text of a file and what the file itself says about it.

    `published_source` is where `published_on` is from (mail_header, html_meta). `marking` is the strictest that the file's page headers,
    footers or subject bear. `warnings` are codes of `documents.warnings`.
    """

    text: str
    title: str | None = None
    published_on: date | None = None
    published_source: str = "unknown"
    language: str | None = None
    marking: str = ""
    warnings: tuple[str, ...] = ()


Reader = Callable[[bytes, str], Extracted]
MAX_SECONDS = 60.0  # for one file


def needs_extra(name: str, suffix: str) -> ReadingError:
    """The refusal of a file whose reader is not installed."""
    return ReadingError(f"{name}: reading {suffix} needs an extra: pip install 'briefing-kit[readers]'")


def too_slow(name: str, seconds: float) -> ReadingError:
    """The refusal of a file that takes longer to read."""
    return ReadingError(f"{name}: took more than {seconds:g} s to read; save the text alone")
