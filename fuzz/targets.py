"""What is fuzzed: every extractor with text, every reader and every file that an analyst keeps with bytes.

A target takes bytes and returns nothing. What it may raise is REFUSALS; anything else is a finding, and so are offsets that do not give
the text of their row.
"""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from briefing_kit import gazetteer as gazetteers
from briefing_kit import reading
from briefing_kit.actor_lines import GazetteerError, read_actors
from briefing_kit.analysis import analyse
from briefing_kit.briefing import Briefing, text_briefing
from briefing_kit.corrections_file import CorrectionError, load_corrections
from briefing_kit.extract.actors import find_acronyms, find_mentions
from briefing_kit.extract.attribution import find_attributions
from briefing_kit.extract.claims import find_claims
from briefing_kit.extract.events import find_events
from briefing_kit.extract.quantities import find_quantities
from briefing_kit.extract.timex import find_timexes
from briefing_kit.gazetteer import load_gazetteer
from briefing_kit.readers.extracted import ReadingError
from briefing_kit.readers.front_matter import split_front_matter
from briefing_kit.workbook import WorkbookError, load_workbook

REFUSALS = (ReadingError, GazetteerError, CorrectionError, WorkbookError)
DAY = date(2019, 10, 16)
warnings.simplefilter("ignore")


class FindingError(AssertionError):
    """An output that cannot be right."""


def _exact(text: str, records: Iterable[Any]) -> None:
    for record in records:
        if text[record.start : record.end] != record.text:
            raise FindingError(f"offsets {record.start}:{record.end} give {text[record.start : record.end]!r}, not {record.text!r}")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def timexes(data: bytes) -> None:
    """Dates."""
    text = _text(data)
    _exact(text, find_timexes(text, DAY))


def quantities(data: bytes) -> None:
    """Numbers with their units."""
    text = _text(data)
    _exact(text, find_quantities(text))


def acronyms(data: bytes) -> None:
    """Names with their short forms."""
    text = _text(data)
    for record in find_acronyms(text):
        if text[record.start : record.end] != record.short:
            raise FindingError(f"offsets {record.start}:{record.end} do not give {record.short!r}")


def segments(data: bytes) -> None:
    """Paragraphs and sentences: in order, without overlap, nothing but white space between."""
    briefing = text_briefing(_text(data)).made_visible()[0]
    at = 0
    for sentence in briefing.sentences:
        if briefing.folded[at : sentence.start].strip() or sentence.end <= sentence.start:
            raise FindingError(f"text lost or doubled before {sentence.start}")
        at = sentence.end
    if briefing.folded[at:].strip():
        raise FindingError("text lost at the end")


def _read(data: bytes) -> tuple[Briefing, list[Any], list[Any]]:
    briefing = text_briefing(_text(data), document_date=DAY).made_visible()[0]
    dates = find_timexes(briefing.prose, DAY)
    return briefing, dates, find_mentions(briefing, load_gazetteer(), dates)


def mentions(data: bytes) -> None:
    """Actors."""
    briefing, _, found = _read(data)
    _exact(briefing.text, found)


def attributions(data: bytes) -> None:
    """Who says what."""
    briefing, _, actors = _read(data)
    _exact(briefing.text, find_attributions(briefing, actors))


def events(data: bytes) -> None:
    """What happened when."""
    briefing, dates, actors = _read(data)
    _exact(briefing.text, find_events(briefing, dates, actors, find_attributions(briefing, actors)))


def claims(data: bytes) -> None:
    """Figures, with all that they lean on."""
    briefing, dates, actors = _read(data)
    said = find_attributions(briefing, actors)
    happened = find_events(briefing, dates, actors, said)
    _exact(briefing.text, find_claims(briefing, find_quantities(briefing.prose), dates, actors, said, happened))


def tables(data: bytes) -> None:
    """The whole way: seven tables, ids that are unique, offsets into the text as given."""
    text = _text(data)
    found = analyse(text, document_date=DAY)
    for name in ("sentences", "dates", "mentions", "claims", "events", "attributions"):
        rows = getattr(found, name)
        _exact(text, rows.itertuples(index=False))
        if rows.iloc[:, 0].duplicated().any():
            raise FindingError(f"{name}: two rows of one id")


def _reader(suffix: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        reading._briefing(data, Path(f"a{suffix}"), None)

    return read


def docx_parts(data: bytes) -> None:
    """A whole zip whose document is the input: a mutated zip never gets past its checksums."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in _docx_frame().items():
            archive.writestr(name, part)
        archive.writestr("word/document.xml", data)
    _reader(".docx")(packed.getvalue())


@cache
def _docx_frame() -> dict[str, str]:
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
    }


def front_matter(data: bytes) -> None:
    """The header of a text file; no line of the text is lost where there is none."""
    text = _text(data).replace("\r", "\n")
    header, body = split_front_matter(text, "a.md")
    if not header.model_fields_set and not text.startswith("---") and body != text:
        raise FindingError("a text without header was changed")


def _file(name: str, read: Callable[[Path], object]) -> Callable[[bytes], None]:
    folder = Path(tempfile.mkdtemp(prefix="briefing-kit-fuzz-"))
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

    def target(data: bytes) -> None:
        (folder / name).write_bytes(data)
        read(folder / name)

    return target


@cache
def _few_actors() -> gazetteers.Gazetteer:
    return gazetteers._build(gazetteers._builtin_entries()[:400], frozenset(), ())


def _overlay(path: Path) -> None:
    """The analyst's actors over a few of the built-in ones: all of them take too long for a hundred thousand inputs."""
    whole, gazetteers._builtin = gazetteers._builtin, _few_actors
    try:
        read_actors(path)
        load_gazetteer(path)
    finally:
        gazetteers._builtin = whole


TARGETS: dict[str, Callable[[bytes], None]] = {
    "segments": segments,
    "timexes": timexes,
    "quantities": quantities,
    "acronyms": acronyms,
    "mentions": mentions,
    "attributions": attributions,
    "events": events,
    "claims": claims,
    "tables": tables,
    "txt": _reader(".txt"),
    "docx": _reader(".docx"),
    "docx_parts": docx_parts,
    "pdf": _reader(".pdf"),
    "eml": _reader(".eml"),
    "html": _reader(".html"),
    "front_matter": front_matter,
    "actors.csv": _file("data/actors.csv", _overlay),
    "corrections.csv": _file("data/corrections.csv", load_corrections),
    "workbook.toml": _file("data/workbook.toml", lambda path: load_workbook(path.parents[1])),
}
TEXTS = frozenset("segments timexes quantities acronyms mentions attributions events claims tables txt front_matter".split())
GROWN = TEXTS | {"html", "eml"}  # those whose time must grow no faster than their input
