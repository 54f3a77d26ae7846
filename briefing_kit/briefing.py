"""A briefing: a text with its offsets, segments, sentences and what is known about it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import repeat
from operator import attrgetter
from typing import Any

from briefing_kit.readers.extracted import ReadingError
from briefing_kit.segments import Segment, Sentence, find_segments, find_sentences
from briefing_kit.textmap import OffsetMap, fold, visible

UNREAD_ROLES = frozenset({"boilerplate"})
MARKINGS = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")  # TLP 2.0, least strict first


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """One text and its particulars. `start`/`end` of every row are half-open code-point offsets into `text`.

    `published_on` is the TimeML document creation time; `published_source` says where it is from (front_matter, file_name,
    mail_header, html_meta, parameter, unknown). `country` is ISO 3166 alpha-3, `marking` TLP 2.0, `path` as given.
    """

    text: str
    doc_id: str
    title: str | None = None
    published_on: date | None = None
    published_source: str = "unknown"
    series: str | None = None
    country: str | None = None
    marking: str | None = None
    language: str | None = None
    path: str | None = None
    sha256: str = ""
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no file can hold.

        Raises:
            ReadingError: the text has half of a surrogate pair.
        """
        try:
            self.text.encode()
        except UnicodeEncodeError as error:
            where = f"{self.doc_id}: text: character {error.start} is half of a surrogate pair"
            raise ReadingError(f"{where}, which no file can hold; read the text with errors='replace'") from None

    @cached_property
    def folded(self) -> str:
        """The text with plain quotes, spaces, hyphens and digits, character for character."""
        return fold(self.text)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The paragraphs with their roles."""
        return tuple(find_segments(self.folded))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of all segments, in order."""
        return tuple(find_sentences(self.folded, list(self.segments)))

    @cached_property
    def prose(self) -> str:
        """The text with boilerplate blanked out, of equal length: what extractors read."""
        parts, at = [], 0
        for segment in self.segments:
            if segment.role in UNREAD_ROLES:
                parts += [self.text[at : segment.start], " " * (segment.end - segment.start)]
                at = segment.end
        return "".join([*parts, self.text[at:]]) if parts else self.text

    @cached_property
    def folded_prose(self) -> str:
        """The prose with plain quotes, spaces, hyphens and digits, character for character."""
        return self.folded if self.prose is self.text else fold(self.prose)

    @cached_property
    def week(self) -> str | None:
        """The ISO week of publication, such as 2019-W42."""
        return iso_week(self.published_on) if self.published_on else None

    def sentence_index(self, offset: int) -> int:
        """The index in `sentences` of the one that holds this offset, or the last one that begins before it."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds this offset, or the last one that begins before it."""
        return self.sentences[self.sentence_index(offset)]

    def row_id(self, kind: str, start: int, end: int, discriminator: str = "") -> str:
        """Twelve hex digits that name a row whatever is edited elsewhere in the document.

        They hash the kind of row, the document, the sentence's own words, which occurrence of that sentence it is, and the
        offsets within the sentence.
        """
        return _row_id(kind, *self._row_keys[self.sentence_index(start)], start, end, discriminator)

    def rows(self, kind: str, records: Sequence[Any]) -> tuple[list[str], list[int]]:
        """The row ids of records and the index of the sentence that each begins in (0 where there is no sentence)."""
        starts, keys = self._sentence_starts, self._row_keys
        marks = map(attrgetter("discriminator"), records) if records and hasattr(records[0], "discriminator") else repeat("")
        # What stands before the first sentence is counted to it.
        indexes = [bisect_right(starts, start, 1) - 1 for start in map(attrgetter("start"), records)]
        of_sentences = map(keys.__getitem__, indexes)
        ids = [
            _row_id(kind, key, base, record.start, record.end, mark)
            for record, (key, base), mark in zip(records, of_sentences, marks, strict=False)
        ]
        if len(set(ids)) < len(ids):  # rows of one span ("reported figures denied that ..."): the later ones are counted
            seen: Counter[str] = Counter()
            for at, row_id in enumerate(ids):
                if seen[row_id]:
                    record, (key, base) = records[at], keys[indexes[at]]
                    ids[at] = _row_id(
                        kind, key, base, record.start, record.end, f"{getattr(record, 'discriminator', '')}\x1f{seen[row_id]}"
                    )
                seen[row_id] += 1
        return ids, indexes

    @cached_property
    def _row_keys(self) -> list[tuple[str, int]]:
        """For each sentence what its rows' ids hash of it, and where it begins; one entry for a text without sentences."""
        keys = zip(self.sentence_keys, self._sentence_starts, strict=True)
        return [(f"{self.doc_id}\x1f{digest}\x1f{n}", base) for (digest, n), base in keys] or [(f"{self.doc_id}\x1f\x1f0", 0)]

    @cached_property
    def sentence_keys(self) -> tuple[tuple[str, int], ...]:
        """For each sentence the hash of its words (white space folded) and how many equal sentences stand before it."""
        seen: Counter[str] = Counter()
        keys = []
        for sentence in self.sentences:
            digest = _words_hash(self.folded[sentence.start : sentence.end])
            keys.append((digest, seen[digest]))
            seen[digest] += 1
        return tuple(keys)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def made_visible(self) -> tuple[Briefing, OffsetMap | None]:
        """The briefing without unseen characters and the map back to this one's offsets (None where nothing changes)."""
        text, offsets = visible(self.text)
        return (self, None) if offsets is None else (replace(self, text=text), offsets)


def _row_id(kind: str, key: str, base: int, start: int, end: int, discriminator: str) -> str:
    name = f"{kind}\x1f{key}\x1f{start - base}\x1f{end - base}\x1f{discriminator}"
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def sentence_hash(sentence: str) -> str:
    """Sixteen hex digits of a sentence's words, whatever its white space and quote style."""
    return _words_hash(fold(sentence))


def _words_hash(folded: str) -> str:
    return sha256(" ".join(folded.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def iso_week(day: date) -> str:
    """The ISO 8601 week of a day, such as 2019-W42."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def text_briefing(text: str, *, document_date: date | None = None, doc_id: str | None = None) -> Briefing:
    """A briefing from a string; its doc_id is `text-` and eight hex digits of its hash unless one is given."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Briefing(
        text=text,
        doc_id=doc_id or f"text-{digest[:8]}",
        published_on=document_date,
        published_source="parameter" if document_date else "unknown",
        sha256=digest,
    )
