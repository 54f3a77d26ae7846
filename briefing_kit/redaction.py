"""An edition's data: briefings and tables from which everything withheld is gone, before anything is rendered from them.

Rows are found in the whole text first and redacted afterwards, so that a figure keeps its source's kind, its date and its
firmness although the source's name is gone; what a row says stays true of the text that remains, and its offsets point into it.
Withheld words stand as `[withheld]`. A withheld sentence goes with all its rows, an actor with all its mentions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from briefing_kit.briefing import Briefing, sentence_hash
from briefing_kit.columns import cells
from briefing_kit.contests import contested_claims
from briefing_kit.editions import Edition
from briefing_kit.gazetteer import Gazetteer
from briefing_kit.schemas import ROW_KINDS, SCHEMAS
from briefing_kit.tables import Tables, build
from briefing_kit.withholding import MARK, Withholding, merged, replaced, withholding

Row = dict[str, Any]
_WORD = re.compile(r"\w+(?:['\u2019.,-]\w+)*")
_ACTOR_IDS = ("actor_id", "parent_id", "possessor_id", "related_id", "source_id")
_ROW_IDS = ("sentence_id", "event_id", "part_of", "compared_to", "repeat_of")
_OFFSETS = ("source", "cue", "content")
_ELSEWHERE = frozenset("text doc_id actors country date_ids measure cluster_id correction_id sentence_hash week".split())


@dataclass(frozen=True, slots=True)
class Redacted:
    """The data of an edition, what it withholds, and one sentence for the methods that counts it without naming it."""

    tables: Tables
    briefings: tuple[Briefing, ...]
    held: Withholding
    note: str


class _Text:
    """A briefing's text with `MARK` in place of what is withheld, and the way from old offsets to new ones."""

    def __init__(self, briefing: Briefing, sentences: Iterable[tuple[int, int]], held: Withholding) -> None:
        seen, offsets = briefing.made_visible()
        names = held.spans(seen.text)
        if offsets is not None:
            names = [(offsets.start(start), offsets.end(end)) for start, end in names]
        self.old = briefing.text
        self.spans = merged([*names, *sentences], briefing.text)
        self.new = replaced(briefing.text, self.spans)

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the old text stands in the new one; a withheld part of it counts whole."""
        return self._moved(start, to_end=False), self._moved(end, to_end=True)

    def _moved(self, offset: int, *, to_end: bool) -> int:
        shift = 0
        for first, last in self.spans:
            if offset >= last:
                shift += len(MARK) - (last - first)
            elif offset > first:
                return first + shift + (len(MARK) if to_end else 0)
            else:
                break
        return offset + shift

    def is_gone(self, start: int, end: int) -> bool:
        """Whether nothing of a span is left."""
        return any(first <= start and end <= last for first, last in self.spans)

    def excerpt(self, words: str, start: int, end: int) -> str | None:
        """Words quoted from the old text between two offsets, as the new one has them; None where they do not stand there."""
        found = self.old.find(words, start, end)
        if found < 0:
            return None
        first, last = self.at(found, found + len(words))
        return self.new[first:last]


def redact(tables: Tables, briefings: Sequence[Briefing], edition: Edition, gazetteer: Gazetteer) -> Redacted:
    """What an edition may show of these tables and of the briefings that they were made from.

    For every row that is left, `text` stands at `start` to `end` of the redacted briefing; its id is a new one where its sentence
    changed, for the old one could confirm a guess at the words.
    """
    held = withholding(edition, tables, gazetteer)
    rows = {name: _rows(tables, name) for name in SCHEMAS}
    gone: dict[str, list[tuple[int, int]]] = {briefing.doc_id: [] for briefing in briefings}
    for row in rows["sentences"]:
        if row["sentence_id"] in held.sentence_ids:
            gone[row["doc_id"]].append((row["start"], row["end"]))
    texts = {briefing.doc_id: _Text(briefing, gone[briefing.doc_id], held) for briefing in briefings}
    redactor = _Redactor(held, texts, {row["sentence_id"]: row for row in rows["sentences"]})
    sentences = redactor.sentences(rows["sentences"])
    made = {name: redactor.table(name, rows[name]) for name in ROW_KINDS}
    made = {name: redactor.linked(name, found) for name, found in made.items()}
    shown = [_briefing(briefing, texts[briefing.doc_id], held) for briefing in briefings]
    by_id = {briefing.doc_id: new for briefing, new in zip(briefings, shown, strict=True)}
    kept = Counter(row["doc_id"] for row in sentences)
    documents = [_document(row, by_id[row["doc_id"]], kept[held.identifier(row["doc_id"])], held) for row in rows["documents"]]
    frames = {"documents": documents, "sentences": redactor.linked("sentences", sentences), **made}
    result = Tables(**{name: build(name, _columns(name, frames[name])) for name in SCHEMAS})
    standing = result.claims[result.claims["status"] != "rejected"]
    result.claims["contested"] = contested_claims(standing).reindex(result.claims.index, fill_value=False)
    mentions = sum(1 for row in rows["mentions"] if row["actor_id"] in held.ids)
    return Redacted(result, tuple(shown), held, _note(held, mentions))


def _note(held: Withholding, mentions: int) -> str:
    parts = [(len(held.actors), "actor or source", "actors and sources"), (mentions, "mention", "mentions")]
    parts += [(len(held.sentence_ids), "sentence", "sentences")]
    counts = ", ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in parts if number)
    return f"Withheld from this edition, in all weeks that it reads: {counts}; {MARK} stands for withheld words." if counts else ""


def _rows(tables: Tables, name: str) -> list[Row]:
    names = [column.name for column in SCHEMAS[name]]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells(getattr(tables, name), names), strict=True)]


def _columns(name: str, rows: Sequence[Row]) -> Mapping[str, list[Any]]:
    return {column.name: [row[column.name] for row in rows] for column in SCHEMAS[name]}


def _briefing(briefing: Briefing, text: _Text, held: Withholding) -> Briefing:
    changed = text.new != text.old
    return replace(
        briefing,
        text=text.new,
        doc_id=held.identifier(briefing.doc_id),
        title=held.words(briefing.title) if briefing.title else None,
        series=held.words(briefing.series) if briefing.series else None,
        path=held.words(briefing.path) if briefing.path else None,
        sha256=_hash(text.new) if changed else briefing.sha256,
    )


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _document(row: Row, briefing: Briefing, sentences: int, held: Withholding) -> Row:
    """The row of a briefing: counts and hash are those of the text that is shown."""
    words = {name: held.words(row[name]) for name in ("title", "series", "path") if row[name]}
    counts = {"n_characters": len(briefing.text), "n_sentences": sentences}
    if briefing.sha256 != row["sha256"]:
        counts["n_words"] = sum(1 for _ in _WORD.finditer(briefing.text))
    return {**row, **words, **counts, "doc_id": briefing.doc_id, "sha256": briefing.sha256}


class _Redactor:
    """Redacts the rows of all tables; `ids` leads from the ids of changed rows to their new ones."""

    def __init__(self, held: Withholding, texts: Mapping[str, _Text], sentences: Mapping[str, Row]) -> None:
        self.held, self.texts, self.old = held, texts, sentences
        self.ids: dict[str, str | None] = dict.fromkeys(held.sentence_ids)
        self.new: dict[str, Row] = {}
        self._countries = {one.country for one in held.actors if one.country}
        self._seen: Counter[tuple[Any, ...]] = Counter()
        self._heads: dict[str, str] = {}

    def sentences(self, rows: Iterable[Row]) -> list[Row]:
        """The sentences that are left, with their words, places and keys in the new text."""
        kept = []
        occurrences: Counter[tuple[str, str]] = Counter()
        for row in rows:
            if row["sentence_id"] in self.held.sentence_ids:
                continue
            text = self.texts[row["doc_id"]]
            start, end = text.at(row["start"], row["end"])
            words = text.new[start:end]
            digest = row["sentence_hash"] if words == row["text"] else sentence_hash(words)
            doc_id = self.held.identifier(row["doc_id"])
            occurrence = occurrences[doc_id, digest]
            occurrences[doc_id, digest] += 1
            changed = (digest, occurrence, doc_id) != (row["sentence_hash"], row["occurrence"], row["doc_id"])
            name = _row_id("sentence", doc_id, digest, occurrence, 0, len(words), "") if changed else row["sentence_id"]
            self.ids[row["sentence_id"]] = name
            spoken = {"likelihood_term": text.excerpt(row["likelihood_term"], row["start"], row["end"])} if row["likelihood_term"] else {}
            new = {**row, "sentence_id": name, "doc_id": doc_id, "start": start, "end": end, "text": words, **spoken}
            new |= {"sentence_hash": digest, "occurrence": occurrence}
            self.new[row["sentence_id"]] = new
            kept.append(new)
        return kept

    def table(self, name: str, rows: Iterable[Row]) -> list[Row]:
        """The rows of a table that are left, all but the ids of other rows redacted."""
        key = SCHEMAS[name][0].name
        kept = []
        for row in rows:
            text = self.texts[row["doc_id"]]
            if self._is_withheld(name, row, text):
                self.ids[row[key]] = None
                continue
            new = self._row(name, row, text)
            sentence = self.new[row["sentence_id"]]
            if sentence["sentence_id"] != row["sentence_id"]:
                base = sentence["start"]
                place = (ROW_KINDS[name], new["doc_id"], sentence["sentence_hash"], sentence["occurrence"])
                span = (new["start"] - base, new["end"] - base)
                self._seen[(*place, *span)] += 1
                new[key] = _row_id(*place, *span, str(self._seen[(*place, *span)]))
            self.ids[row[key]] = new[key]
            kept.append(new)
        return kept

    def linked(self, name: str, rows: Iterable[Row]) -> list[Row]:
        """The rows with the new ids of the rows that they name; a row that is gone is named by nobody."""
        key = SCHEMAS[name][0].name
        linked = []
        for row in rows:
            new = dict(row)
            for column in _ROW_IDS:
                if column != key and row.get(column) and (name, column) != ("sentences", "sentence_id"):
                    new[column] = self.ids.get(row[column], row[column])
            if row.get("date_ids"):
                new["date_ids"] = "; ".join(filter(None, (self.ids.get(one, one) for one in row["date_ids"].split("; ")))) or None
            if "cluster_id" in row:  # its first report that is left lends a cluster its id
                new["cluster_id"] = self._heads.setdefault(row["cluster_id"], row[key])
            linked.append(new)
        return linked

    def _is_withheld(self, name: str, row: Row, text: _Text) -> bool:
        actor = name == "mentions" and row["actor_id"] in self.held.ids
        return actor or row["sentence_id"] in self.held.sentence_ids or text.is_gone(row["start"], row["end"])

    def _row(self, name: str, row: Row, text: _Text) -> Row:
        held = self.held
        start, end = text.at(row["start"], row["end"])
        new = {**row, "doc_id": held.identifier(row["doc_id"]), "start": start, "end": end, "text": text.new[start:end]}
        for part in _OFFSETS:
            if row.get(f"{part}_start") is not None and row.get(f"{part}_end") is not None:
                new[f"{part}_start"], new[f"{part}_end"] = text.at(row[f"{part}_start"], row[f"{part}_end"])
        for column in _ACTOR_IDS:
            if row.get(column):
                new[column] = None if row[column] in held.ids else held.identifier(row[column])
        if row.get("related_id") in held.ids:
            new["relation"] = None
        if row.get("actors"):
            new["actors"] = "; ".join(held.identifier(one) for one in row["actors"].split("; ") if one not in held.ids) or None
        if row.get("measure"):
            new["measure"] = self._measure(row["measure"])
        if row.get("correction_id"):
            new["correction_id"] = held.identifier(held.words(row["correction_id"]))
        if row.get("country") in self._countries:
            new["country"] = None
        return {**new, **self._words(name, row, text)}

    def _measure(self, measure: str) -> str:
        parts = [self.held.identifier(part) for part in measure.split(":")]
        return ":".join([*parts[:-1], "-" if parts[-1] in self._countries else parts[-1]])

    def _words(self, name: str, row: Row, text: _Text) -> Row:
        """The cells that hold words: quoted ones as the new text has them, others with the withheld names taken out."""
        sentence = self.old[row["sentence_id"]]
        found = {}
        for column in SCHEMAS[name]:
            value = row[column.name]
            if column.kind != "text" or value is None or column.name in _ELSEWHERE or column.name.endswith("_id"):
                continue
            if column.name not in _ROW_IDS:
                quoted = text.excerpt(value, sentence["start"], sentence["end"])
                found[column.name] = self.held.words(value) if quoted is None else quoted
        return found


def _row_id(kind: str, doc_id: str, digest: str, occurrence: int, start: int, end: int, discriminator: str) -> str:
    """A row's id after the recipe of `Briefing.row_id`."""
    parts = (kind, doc_id, digest, str(occurrence), str(start), str(end), discriminator)
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
