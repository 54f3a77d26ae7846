"""The analyst's corrections, obeyed at every run.

A line of `corrections.csv` names its row by document, sentence hash, occurrence of that sentence, offsets within it and the words
there, so that edits elsewhere in the document do not lose it. A line whose sentence or row is gone changes nothing and is stale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pandas as pd

from briefing_kit.corrections_file import Correction, CorrectionError, cell_value, columns_of, load_corrections, one_line, pairs
from briefing_kit.gazetteer import Gazetteer
from briefing_kit.naming import did_you_mean
from briefing_kit.schemas import ROW_KINDS, SCHEMAS
from briefing_kit.tables import Tables, build

__all__ = ["Correction", "CorrectionError", "apply_corrections", "load_corrections", "stale_corrections", "stale_reasons"]

_STATUS_OF = {"reject": "rejected", "confirm": "confirmed", "set": "corrected"}
_WITH_ACTOR = ("actor", "actor_type", "country", "parent_id", "known")
_ORDERED = {  # columns that must not decrease from left to right
    "dates": (("date_start", "date_end"),),
    "events": (("date_start", "date_end"),),
    "claims": (("low", "value", "high"), ("as_of_start", "as_of_end")),
}


def apply_corrections(tables: Tables, corrections: Sequence[Correction], gazetteer: Gazetteer | None = None) -> Tables:
    """The tables with every correction applied, in the order given: rejected rows stay, marked so; `correction_id` says which line did it.

    A new actor_id of a mention brings along the actor's name, type, country and parent, as the gazetteer or another mention has them.
    Nothing else follows from a correction: an event keeps its actors where one of its mentions is re-linked.

    Raises:
        CorrectionError: a value does not fit its column, contradicts the rest of its row, or names an actor that is not on file.
    """
    where = _Sentences(tables.sentences, corrections)
    order = {doc_id: at for at, doc_id in enumerate(tables.documents["doc_id"])}
    changed = dict(tables.items())
    for name in ROW_KINDS:
        wanted = [correction for correction in corrections if correction.table == name]
        if wanted:
            rows = _Rows(name, changed[name].copy(), where, gazetteer)
            for correction in wanted:
                try:
                    rows.apply(correction)
                except CorrectionError as error:
                    raise CorrectionError(f"corrections.csv: {correction.correction_id}: {error}") from None
            changed[name] = rows.finished(order)
    return Tables(**changed)


def stale_corrections(tables: Tables, corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections whose sentence, words or row are no longer there, for documents that are; they change nothing."""
    stale = stale_reasons(tables, corrections)
    return [correction for correction in corrections if correction.correction_id in stale]


def stale_reasons(tables: Tables, corrections: Sequence[Correction]) -> dict[str, str]:
    """Why each stale correction changes nothing, by correction_id.

    Args:
        tables: what `analyse` returns, with or without these corrections.
        corrections: those to look for.
    """
    documents = set(tables.documents["doc_id"])
    where = _Sentences(tables.sentences, corrections)
    rows = {name: _Rows(name, getattr(tables, name), where, None) for name in {correction.table for correction in corrections}}
    added = {_place(c) for c in corrections if c.action == "add" and where.words(c) is not None}
    reasons = {}
    for correction in corrections:
        if correction.doc_id not in documents:
            continue
        if where.find(correction) is None:
            reasons[correction.correction_id] = "its sentence is gone or was changed"
        elif where.words(correction) is None:
            reasons[correction.correction_id] = "other words stand there"
        elif correction.action != "add" and not rows[correction.table].matching(correction) and _place(correction) not in added:
            reasons[correction.correction_id] = f"no row of {correction.table} stands there any more"
    return reasons


def _place(correction: Correction) -> tuple[object, ...]:
    return tuple(getattr(correction, name) for name in "table doc_id sentence_hash occurrence start end".split())


class _Sentences:
    """The sentences that corrections are about, by the key that they use."""

    def __init__(self, sentences: pd.DataFrame, corrections: Sequence[Correction]) -> None:
        wanted = sentences[sentences["sentence_hash"].isin({correction.sentence_hash for correction in corrections})]
        keys = zip(wanted["doc_id"], wanted["sentence_hash"], wanted["occurrence"], strict=True)
        self._at = dict(zip(keys, wanted.to_dict("records"), strict=True))

    def find(self, correction: Correction) -> dict[Any, Any] | None:
        """The sentence's cells, or None where it is gone."""
        return self._at.get((correction.doc_id, correction.sentence_hash, correction.occurrence))

    def words(self, correction: Correction) -> str | None:
        """The words that the correction is about, or None where the sentence is gone or has others there."""
        sentence = self.find(correction)
        found = str(sentence["text"])[correction.start : correction.end] if sentence else ""
        return found if found and correction.text in ("", one_line(found)) else None


class _Rows:
    """One table while corrections are applied to it."""

    def __init__(self, table: str, frame: pd.DataFrame, where: _Sentences, gazetteer: Gazetteer | None) -> None:
        self.table = table
        self.frame = frame.reset_index(drop=True)
        self.columns = columns_of(table)
        self._where = where
        self._gazetteer = gazetteer
        self._touched: dict[int, str] = {}  # position -> the last correction there
        self._ids = set(frame[SCHEMAS[table][0].name])
        self._grown = False
        self._at: dict[tuple[object, ...], list[int]] = {}
        for at, place in enumerate(zip(frame["sentence_id"], frame["start"], frame["end"], strict=True)):
            self._at.setdefault(place, []).append(at)

    def matching(self, correction: Correction) -> list[int]:
        """The positions of the rows that a correction is about."""
        place = self._place(correction)
        found = self._at.get(place, []) if place else []
        if correction.action in ("reject", "confirm") and correction.column:
            return [at for at in found if self._says(at, correction.column, correction.value)]
        return found

    def apply(self, correction: Correction) -> None:
        """Change the rows that a correction is about; a stale one changes nothing."""
        if correction.action == "add":
            self._add(correction)
            return
        for at in self.matching(correction):
            if correction.action == "set":
                self._set(at, {correction.column: correction.value})
            self._mark(at, _STATUS_OF[correction.action], correction)

    def finished(self, order: Mapping[str, int]) -> pd.DataFrame:
        """The table with added rows in their places; `order` ranks the documents.

        Raises:
            CorrectionError: a corrected row contradicts itself.
        """
        for at, correction_id in self._touched.items():
            for names in _ORDERED.get(self.table, ()):
                cells: list[tuple[str, Any]] = [(name, self.frame.at[at, name]) for name in names]
                known = [(name, cell) for name, cell in cells if not pd.isna(cell)]
                for (name, cell), (other, more) in pairwise(known):
                    if cell > more:
                        told = f"{name} would be {cell} and {other} {more}"
                        raise CorrectionError(f"corrections.csv: {correction_id}: value: {told}; set both in two lines")
        if not self._grown:
            return self.frame
        keys = pd.DataFrame({"document": self.frame["doc_id"].map(order), "start": self.frame["start"]})
        return self.frame.loc[keys.sort_values(["document", "start"], kind="stable").index].reset_index(drop=True)

    def _place(self, correction: Correction) -> tuple[object, ...] | None:
        sentence = self._where.find(correction)
        if sentence is None or self._where.words(correction) is None:
            return None
        base = int(sentence["start"])
        return sentence["sentence_id"], base + correction.start, base + correction.end

    def _says(self, at: int, column: str, text: str) -> bool:
        """Whether a cell is what a value written as text would make it."""
        cell: Any = self.frame.at[at, column]
        value = cell_value(self.columns[column], text)
        return bool(pd.isna(cell)) if value is None else bool(not pd.isna(cell) and cell == value)

    def _mark(self, at: int, status: str, correction: Correction) -> None:
        self.frame.at[at, "status"] = status
        self.frame.at[at, "correction_id"] = correction.correction_id
        self._touched[at] = correction.correction_id

    def _set(self, at: int, given: Mapping[str, str]) -> None:
        for column, cell in {
            **self._of_actor(given),
            **{name: cell_value(self.columns[name], text) for name, text in given.items()},
        }.items():
            self.frame.at[at, column] = cell

    def _of_actor(self, given: Mapping[str, str]) -> dict[str, Any]:
        """What is known of the actor that a mention is re-linked to."""
        actor_id = given.get("actor_id")
        if self.table != "mentions" or not actor_id or "actor" in given:
            return {}
        actor = self._gazetteer.actors.get(actor_id) if self._gazetteer else None
        if actor is not None:
            cells = (actor.name, actor.type, actor.country, actor.parent, True)
            return dict(zip(_WITH_ACTOR, cells, strict=True))
        others = self.frame[self.frame["actor_id"] == actor_id]
        if others.empty:
            ids = [*self.frame["actor_id"], *(self._gazetteer.actors if self._gazetteer else ())]
            near = did_you_mean(actor_id, dict.fromkeys(ids))
            mend = f"did you mean {near!r}?" if near else "briefing-kit actors add puts it on file"
            raise CorrectionError(f"value: no actor {actor_id!r} on file: {mend}")
        return {name: None if pd.isna(others[name].iloc[0]) else others[name].iloc[0] for name in _WITH_ACTOR}

    def _add(self, correction: Correction) -> None:
        place = self._place(correction)
        kind = ROW_KINDS[self.table]
        row_id = sha256("\x1f".join((kind, correction.doc_id, correction.sentence_hash, correction.correction_id)).encode()).hexdigest()[
            :12
        ]
        if place is None or row_id in self._ids:
            return
        given = pairs(correction.value)
        for at in self._at.get(place, []):
            # The extractor finds it by now. Several events may share a verb, so there only the same one is taken for it.
            if self.table != "events":
                self._set(at, given)
                self._mark(at, "corrected", correction)
                return
            if all(self._says(at, column, text) for column, text in given.items()):
                self._mark(at, "confirmed", correction)
                return
        self._append(correction, row_id, place, given)

    def _append(self, correction: Correction, row_id: str, place: tuple[object, ...], given: Mapping[str, str]) -> None:
        sentence = self._where.find(correction) or {}
        words = self._where.words(correction)
        cells: dict[str, Any] = {name: False for name, column in self.columns.items() if column.kind == "flag"}
        cells |= {name: sentence[name] for name in ("doc_id", "published_on", "week")}
        cells |= dict(zip(("sentence_id", "start", "end"), place, strict=True))
        cells |= {"text": words, "rule": "correction", "status": "added", "correction_id": correction.correction_id}
        cells |= {f"{ROW_KINDS[self.table]}_id": row_id} | self._of_actor(given)
        if self.table == "mentions":
            cells["mention_kind"] = "name" if words == cells.get("actor") else "alias"
        if self.table == "events":
            cells["cluster_id"] = row_id
        cells |= {name: cell_value(self.columns[name], text) for name, text in given.items()}
        cells = {name: None if pd.isna(cell) else cell for name, cell in cells.items()}
        lacking = [name for name, column in self.columns.items() if column.required and cells.get(name) is None]
        if lacking:
            raise CorrectionError(f"value: an added row needs {'; '.join(f'{name}=...' for name in lacking)}")
        at = len(self.frame)
        self.frame = pd.concat([self.frame, build(self.table, {name: [cell] for name, cell in cells.items()})], ignore_index=True)
        self._at.setdefault(place, []).append(at)
        self._ids.add(row_id)
        self._touched[at] = correction.correction_id
        self._grown = True
