"""What only briefings read together can tell: recycled sentences, one happening told twice, figures that contradict each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from briefing_kit.clusters import EventRow, cluster_events
from briefing_kit.columns import cells
from briefing_kit.contests import contested_claims
from briefing_kit.tables import Tables

SETTLED = {"sentences": "repeat_of", "events": "cluster_id", "claims": "contested"}  # the columns that no single briefing can fill
_RECYCLED_WORDS = 6  # shorter sentences repeat by chance ("The situation remains tense.")


def settle(tables: Tables) -> Tables:
    """The tables with `repeat_of`, `cluster_id` and `contested` filled in, among all briefings that they hold (oldest first).

    A cluster_id that is there already was set by a correction and stands. Rejected events and claims count for nothing.
    """
    sentences = tables.sentences.assign(repeat_of=_repeats(tables.sentences))
    events = tables.events.assign(cluster_id=_clusters(tables))
    standing = tables.claims[tables.claims["status"] != "rejected"]
    contested = contested_claims(standing).reindex(tables.claims.index, fill_value=False)
    return Tables(
        documents=tables.documents,
        sentences=sentences,
        dates=tables.dates,
        mentions=tables.mentions,
        claims=tables.claims.assign(contested=contested),
        events=events,
        attributions=tables.attributions,
    )


def _repeats(sentences: pd.DataFrame) -> Any:
    """For each sentence of reporting the id of the first row with the same words, where that is another one."""
    codes, _ = pd.factorize(sentences["sentence_hash"])
    rows = np.arange(len(codes))
    first = np.zeros(len(codes), dtype=np.int64)
    first[codes[::-1]] = rows[::-1]  # of several rows put into one place the last one stays: the first of them all
    earlier = first[codes]
    again = np.flatnonzero((earlier != rows) & (sentences["role"] != "boilerplate").to_numpy())
    n_words = sentences["text"].iloc[again].map(lambda text: len(text.split()))
    again = again[n_words.to_numpy(dtype=np.int64) >= _RECYCLED_WORDS]
    found = np.full(len(codes), None, dtype=object)
    found[again] = sentences["sentence_id"].iloc[earlier[again]].to_numpy(dtype=object)
    return pd.array(found, dtype="str")


def _clusters(tables: Tables) -> Any:
    figures: dict[str, list[tuple[str, float]]] = {}
    for event_id, unit_class, value, status in zip(*cells(tables.claims, ("event_id", "unit_class", "value", "status")), strict=True):
        if event_id is not None and value is not None and status != "rejected":
            figures.setdefault(event_id, []).append((unit_class, value))
    hashes = dict(zip(*cells(tables.sentences, ("sentence_id", "sentence_hash")), strict=True))
    events = tables.events
    standing = events[events["status"] != "rejected"]
    taken = "event_id doc_id published_on date_start date_end granularity event_type location country actors sentence_id".split()
    rows = [
        EventRow(
            event_id=event_id,
            doc_id=doc_id,
            published_on=published_on,
            date_start=date_start,
            date_end=date_end,
            granularity=granularity,
            event_type=event_type,
            actors=frozenset(actors.split("; ") if actors else ()),
            location=location,
            country=country,
            figures=tuple(figures.get(event_id, ())),
            sentence_hash=hashes[sentence_id],
        )
        for event_id, doc_id, published_on, date_start, date_end, granularity, event_type, location, country, actors, sentence_id in zip(
            *cells(standing, taken), strict=True
        )
    ]
    found = dict(zip((row.event_id for row in rows), cluster_events(rows), strict=True))
    ids = [by_hand or found.get(event_id, event_id) for by_hand, event_id in zip(*cells(events, ("cluster_id", "event_id")), strict=True)]
    return pd.array(ids, dtype="str")
