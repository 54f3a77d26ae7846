"""What only briefings read together can tell: recycled sentences, one happening told twice, figures that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from briefing_kit.clusters import EventRow, cluster_events
from briefing_kit.series import contested_claims
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


def _repeats(sentences: pd.DataFrame) -> pd.Series:
    """For each sentence of reporting the id of the first row with the same words, where that is another one."""
    first: dict[str, str] = {}
    found: list[str | None] = []
    rows = zip(sentences["sentence_id"], sentences["sentence_hash"], sentences["role"], sentences["text"], strict=True)
    for sentence_id, digest, role, text in rows:
        earlier = first.setdefault(digest, sentence_id)
        repeats = earlier != sentence_id and role != "boilerplate" and len(text.split()) >= _RECYCLED_WORDS
        found.append(earlier if repeats else None)
    return pd.Series(found, dtype="str", index=sentences.index)


def _clusters(tables: Tables) -> pd.Series:
    claims = tables.claims[tables.claims["status"] != "rejected"]
    figures: dict[str, list[tuple[str, float]]] = {}
    for event_id, unit_class, value in zip(claims["event_id"], claims["unit_class"], claims["value"], strict=True):
        if isinstance(event_id, str) and not pd.isna(value):
            figures.setdefault(event_id, []).append((unit_class, float(value)))
    hashes = dict(zip(tables.sentences["sentence_id"], tables.sentences["sentence_hash"], strict=True))
    events = tables.events
    standing: Iterable[Any] = events[events["status"] != "rejected"].itertuples(index=False)
    rows = [
        EventRow(
            event_id=row.event_id,
            doc_id=row.doc_id,
            published_on=_day(row.published_on),
            date_start=_day(row.date_start),
            date_end=_day(row.date_end),
            granularity=row.granularity,
            event_type=row.event_type,
            actors=tuple(row.actors.split("; ")) if isinstance(row.actors, str) else (),
            location=row.location if isinstance(row.location, str) else None,
            country=row.country if isinstance(row.country, str) else None,
            figures=tuple(figures.get(row.event_id, ())),
            sentence_hash=hashes[row.sentence_id],
        )
        for row in standing
    ]
    found = dict(zip((row.event_id for row in rows), cluster_events(rows), strict=True))
    given = zip(events["cluster_id"], events["event_id"], strict=True)
    ids = [by_hand if isinstance(by_hand, str) else found.get(event_id, event_id) for by_hand, event_id in given]
    return pd.Series(ids, dtype="str", index=events.index)


def _day(stamp: Any) -> date | None:
    return None if pd.isna(stamp) else stamp.date()
