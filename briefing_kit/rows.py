"""Records to tables: ids, sentence and briefing of each row, a column at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np

from briefing_kit.columns import array
from briefing_kit.findings import Findings
from briefing_kit.language import text_warnings
from briefing_kit.schemas import ROW_KINDS, SCHEMAS

Columns = dict[str, Any]
_WORD = re.compile(r"\w++(?:['\u2019.,-]\w++)*+")
_LISTS = frozenset(("date_ids", "actors"))  # fields that hold several values, for one cell


def columns_of(found: Sequence[Findings]) -> dict[str, Columns]:
    """The arrays of each table by column. What depends on other briefings is left open: no row repeats or contests another one."""
    documents = _arrays("documents", _documents(found))
    sentences = _sentences(found, documents)
    return {
        "documents": documents,
        "sentences": sentences,
        **{name: _rows(name, found, sentences) for name in ROW_KINDS},
    }


def _arrays(name: str, cells: Mapping[str, Any]) -> Columns:
    """The columns of a table from lists of cells and from arrays."""
    return {c.name: array(c, cells[c.name]) if isinstance(cells[c.name], list) else cells[c.name] for c in SCHEMAS[name]}


def _documents(found: Sequence[Findings]) -> dict[str, list[Any]]:
    given = [one.given for one in found]
    cells: dict[str, list[Any]] = {
        "week": [one.briefing.week for one in found],
        "language": [one.given.language or ("en" if one.readable else None) for one in found],
        "n_characters": [len(briefing.text) for briefing in given],
        "n_words": [len(_WORD.findall(briefing.text)) for briefing in given],
        "n_sentences": [len(one.briefing.sentences) for one in found],
        "warnings": ["; ".join(_warnings(one)) or None for one in found],
    }
    fields = [column.name for column in SCHEMAS["documents"] if column.name not in cells]
    return cells | {name: list(map(attrgetter(name), given)) for name in fields}


def _warnings(found: Findings) -> list[str]:
    warnings = list(found.given.warnings)
    if found.given.path is None:  # a text passed in: a file was looked at when it was read
        warnings += text_warnings(found.given.text) + ([] if found.readable else ["LANGUAGE"])
        warnings += ["NO_DATE"] if found.given.published_on is None else []
    return warnings


def _sentences(found: Sequence[Findings], documents: Columns) -> Columns:
    counts = [len(one.briefing.sentences) for one in found]
    of_document = np.repeat(np.arange(len(found)), counts)
    sentences = list(chain.from_iterable(one.briefing.sentences for one in found))
    keys = list(chain.from_iterable(one.briefing.sentence_keys for one in found))
    modalities = list(chain.from_iterable(one.modalities for one in found))
    spans = list(chain.from_iterable(map(_sentence_spans, found)))
    texts = (one.given.text for one, count in zip(found, counts, strict=True) for _ in range(count))
    cells: dict[str, Any] = {
        **{name: documents[name].take(of_document) for name in ("doc_id", "published_on", "week")},
        "sentence_id": list(chain.from_iterable(one.briefing.rows("sentence", one.briefing.sentences)[0] for one in found)),
        "start": [start for start, _ in spans],
        "end": [end for _, end in spans],
        "text": [text[start:end] for text, (start, end) in zip(texts, spans, strict=True)],
        "sentence_hash": [digest for digest, _ in keys],
        "occurrence": [occurrence for _, occurrence in keys],
        "repeat_of": [None] * len(sentences),
    }
    cells |= {name: list(map(attrgetter(name), sentences)) for name in ("paragraph", "role")}
    fields = [column.name for column in SCHEMAS["sentences"] if column.name not in cells]
    return _arrays("sentences", cells | {name: list(map(attrgetter(name), modalities)) for name in fields})


def _sentence_spans(found: Findings) -> list[tuple[int, int]]:
    """Where the sentences stand in the text as given."""
    spans = [(sentence.start, sentence.end) for sentence in found.briefing.sentences]
    back = found.offsets
    return [(back.start(start), back.end(end)) for start, end in spans] if back else spans


def _rows(name: str, found: Sequence[Findings], sentences: Columns) -> Columns:
    kind = ROW_KINDS[name]
    records: list[Any] = []
    ids: list[str] = []
    indexes: list[int] = []  # of the sentences, counted over all briefings
    first = 0
    for one in found:
        rows = one.records.get(name, ())
        row_ids, sentence_indexes = one.briefing.rows(kind, rows)
        ids += row_ids
        indexes += [first + index for index in sentence_indexes]
        records += map(one.offsets.back, rows) if one.offsets else rows
        first += len(one.briefing.sentences)
    at = np.array(indexes, dtype=np.int64)
    n_rows = len(records)
    cells: dict[str, Any] = {
        f"{kind}_id": ids,
        "cluster_id": [None] * n_rows,
        **{name: sentences[name].take(at) for name in ("doc_id", "published_on", "week", "sentence_id")},
        "status": ["auto"] * n_rows,
        "correction_id": [None] * n_rows,
        "contested": [False] * n_rows,
    }
    for column in SCHEMAS[name]:
        if column.name not in cells:
            values = map(attrgetter(column.name), records)
            cells[column.name] = ["; ".join(several) or None for several in values] if column.name in _LISTS else list(values)
    return _arrays(name, cells)
