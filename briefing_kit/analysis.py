"""The one way through all extractors: briefings in, seven tables out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from briefing_kit.briefing import Briefing, text_briefing
from briefing_kit.corrections import Correction, apply_corrections
from briefing_kit.extract.actors import find_mentions
from briefing_kit.extract.attribution import find_attributions
from briefing_kit.extract.claims import find_claims
from briefing_kit.extract.events import find_events
from briefing_kit.extract.modality import find_modality
from briefing_kit.extract.quantities import find_quantities
from briefing_kit.extract.timex import find_timexes
from briefing_kit.gazetteer import Gazetteer, load_gazetteer
from briefing_kit.language import is_english, text_warnings
from briefing_kit.reading import ReadingError, load_briefing, refuse_doubles
from briefing_kit.schemas import ROW_KINDS, SCHEMAS
from briefing_kit.settling import settle
from briefing_kit.tables import Tables, build
from briefing_kit.textmap import OffsetMap

Readable = Briefing | str | Path
Cells = dict[str, list[Any]]
_WORD = re.compile(r"\w+(?:['\u2019.,-]\w+)*")


def analyse(
    briefings: Readable | Iterable[Readable],
    *,
    document_date: date | str | None = None,
    gazetteer: Gazetteer | None = None,
    corrections: Sequence[Correction] = (),
    day_first: bool = True,
) -> Tables:
    """All that the extractors find in one briefing or many, as seven tables.

    Args:
        briefings: a Briefing, a text, a path (pathlib), or any number of them.
        document_date: publication day of those that have none of their own; a date or ISO 8601 text.
        gazetteer: the actors to know; the built-in ones by default (see `load_gazetteer`).
        corrections: the analyst's corrections, applied last.
        day_first: how to read 10/11/2019; True is 10 November.

    Raises:
        ReadingError: a path cannot be read, two briefings have the same doc_id, or document_date is no date.

    >>> analyse("The UN said 12 people were killed on 3 May 2021.").claims["value"].tolist()
    [12.0]
    """
    how = Analysis(gazetteer or load_gazetteer(), tuple(corrections), day_first=day_first, document_date=day_of(document_date))
    read = list(how.read(briefings))
    refuse_doubles(read)
    # Oldest first, whatever the order of the arguments: "seen before" must mean before.
    read.sort(key=lambda briefing: (briefing.published_on is None, briefing.published_on or date.min, briefing.doc_id))
    return settle(how.found(read))


@dataclass(frozen=True, slots=True)
class Analysis:
    """How briefings are read and analysed; it goes to worker processes as it is."""

    gazetteer: Gazetteer
    corrections: tuple[Correction, ...] = ()
    day_first: bool = True
    document_date: date | None = None

    def read(self, briefings: Readable | Iterable[Readable]) -> Iterator[Briefing]:
        """The briefings themselves, read where they are paths."""
        return _read(briefings, self.document_date)

    def found(self, briefings: Iterable[Briefing]) -> Tables:
        """The rows of each briefing in turn, corrected; what depends on the others is left for `settle`."""
        cells: dict[str, Cells] = {name: {column.name: [] for column in SCHEMAS[name]} for name in SCHEMAS}
        for briefing in briefings:
            for name, found in _findings(briefing, self.gazetteer, self.day_first).items():
                for column, values in found.items():
                    cells[name][column] += values
        tables = Tables(**{name: build(name, cells[name]) for name in SCHEMAS})
        return apply_corrections(tables, self.corrections, self.gazetteer) if self.corrections else tables


def day_of(given: date | str | None) -> date | None:
    """A day given as such or as ISO 8601 text.

    Raises:
        ReadingError: the text is no date.
    """
    if not isinstance(given, str):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ReadingError(f"document_date: {given!r} is no date; write it as 2019-10-16") from None


def _read(briefings: Readable | Iterable[Readable], document_date: date | None) -> Iterator[Briefing]:
    if isinstance(briefings, str):
        yield text_briefing(briefings, document_date=document_date)
    elif isinstance(briefings, Path):
        yield load_briefing(briefings, document_date=document_date)
    elif isinstance(briefings, Briefing):
        yield briefings
    else:
        for one in briefings:
            yield from _read(one, document_date)


def _findings(given: Briefing, gazetteer: Gazetteer, day_first: bool) -> dict[str, Cells]:
    """The rows of one briefing by table and column; ids are those of the visible text, offsets those of the text as given."""
    briefing, offsets = given.made_visible()
    records: dict[str, Sequence[Any]] = dict.fromkeys(ROW_KINDS, ())
    readable = _readable(briefing)
    if readable:
        prose = briefing.prose
        timexes = find_timexes(prose, briefing.published_on, day_first=day_first)
        mentions = find_mentions(briefing, gazetteer, timexes)
        attributions = find_attributions(briefing, mentions)
        events = find_events(briefing, timexes, mentions, attributions)
        claims = find_claims(briefing, find_quantities(prose), timexes, mentions, attributions, events)
        records = {"dates": timexes, "mentions": mentions, "claims": claims, "events": events, "attributions": attributions}
    sentence_ids = [briefing.row_id("sentence", s.start, s.end) for s in briefing.sentences]
    return {
        "documents": _document_cells(given, readable=readable),
        "sentences": _sentence_cells(given, briefing, sentence_ids, offsets),
        **{name: _record_cells(name, found, briefing, sentence_ids, offsets) for name, found in records.items()},
    }


def _readable(briefing: Briefing) -> bool:
    """Whether the text is in a language that the grammar knows; another one is flagged, not misread."""
    return briefing.language == "en" or (briefing.language is None and is_english(briefing.text))


def _record_cells(name: str, records: Sequence[Any], briefing: Briefing, sentence_ids: Sequence[str], offsets: OffsetMap | None) -> Cells:
    kind, n_rows = ROW_KINDS[name], len(records)
    ids = [briefing.row_id(kind, r.start, r.end, getattr(r, "discriminator", "")) for r in records]
    cells: Cells = {
        f"{kind}_id": ids,
        "doc_id": [briefing.doc_id] * n_rows,
        "published_on": [briefing.published_on] * n_rows,
        "week": [briefing.week] * n_rows,
        "sentence_id": [sentence_ids[briefing.sentence_index(r.start)] for r in records],
        "status": ["auto"] * n_rows,
        "correction_id": [None] * n_rows,
        "contested": [False] * n_rows,  # this and the next are settled once all briefings are read
        "cluster_id": [None] * n_rows,
    }
    seen = [offsets.back(record) for record in records] if offsets else records
    for column in SCHEMAS[name]:
        if column.name in ("date_ids", "actors"):
            cells[column.name] = ["; ".join(getattr(record, column.name)) or None for record in seen]
        elif column.name not in cells:
            cells[column.name] = [getattr(record, column.name) for record in seen]
    return {column.name: cells[column.name] for column in SCHEMAS[name]}


def _sentence_cells(given: Briefing, briefing: Briefing, ids: list[str], offsets: OffsetMap | None) -> Cells:
    sentences = briefing.sentences
    spans = [(s.start, s.end) for s in sentences]
    said = [find_modality(briefing.folded[start:end]) for start, end in spans]
    if offsets:
        spans = [(offsets.start(start), offsets.end(end)) for start, end in spans]
    return {
        "sentence_id": ids,
        "doc_id": [given.doc_id] * len(ids),
        "published_on": [given.published_on] * len(ids),
        "week": [given.week] * len(ids),
        "start": [start for start, _ in spans],
        "end": [end for _, end in spans],
        "text": [given.text[start:end] for start, end in spans],
        "paragraph": [s.paragraph for s in sentences],
        "role": [s.role for s in sentences],
        "sentence_hash": [digest for digest, _ in briefing.sentence_keys],
        "occurrence": [occurrence for _, occurrence in briefing.sentence_keys],
        "repeat_of": [None] * len(ids),
        "modality": [m.modality for m in said],
        "likelihood_term": [m.likelihood_term for m in said],
        "likelihood_scale": [m.likelihood_scale for m in said],
        "likelihood_low": [m.likelihood_low for m in said],
        "likelihood_high": [m.likelihood_high for m in said],
    }


def _document_cells(briefing: Briefing, *, readable: bool) -> Cells:
    warnings = list(briefing.warnings)
    if briefing.path is None:  # a text passed in: a file was looked at when it was read
        warnings += text_warnings(briefing.text) + ([] if readable else ["LANGUAGE"])
        warnings += ["NO_DATE"] if briefing.published_on is None else []
    row = {
        "doc_id": briefing.doc_id,
        "published_on": briefing.published_on,
        "week": briefing.week,
        "path": briefing.path,
        "title": briefing.title,
        "series": briefing.series,
        "published_source": briefing.published_source,
        "country": briefing.country,
        "marking": briefing.marking,
        "language": briefing.language or ("en" if readable else None),
        "sha256": briefing.sha256,
        "n_characters": len(briefing.text),
        "n_words": sum(1 for _ in _WORD.finditer(briefing.text)),
        "n_sentences": len(briefing.sentences),
        "warnings": "; ".join(warnings) or None,
    }
    return {name: [value] for name, value in row.items()}
