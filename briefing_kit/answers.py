"""The three promised tables, and the evidence behind any row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from briefing_kit.analysis import Readable, analyse
from briefing_kit.schemas import GRANULARITIES, ROW_KINDS, SCHEMAS
from briefing_kit.tables import Tables

Source = Tables | Readable | Iterable[Readable]
UNREAL = ("hypothetical", "denied")


def tables_of(source: Source, **options: Any) -> Tables:
    """The tables themselves, or those of the texts (options as for `analyse`)."""
    return source if isinstance(source, Tables) else analyse(source, **options)


def standing(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that no analyst has rejected."""
    return frame[frame["status"] != "rejected"]


def actor_mentions(source: Source, **options: Any) -> pd.DataFrame:
    """One row per mention of an actor: places and pronouns are left out, rejected rows too.

    Takes what `analyse` takes, or its result.

    >>> actor_mentions("The UN and Turkish military met in Tripoli.")["actor_id"].tolist()
    ['united-nations', 'turkish-military']
    """
    mentions = standing(tables_of(source, **options).mentions)
    return mentions[(mentions["actor_type"] != "place") & (mentions["mention_kind"] != "pronoun")].reset_index(drop=True)


def numeric_claims(source: Source, **options: Any) -> pd.DataFrame:
    """One row per quantity that somebody puts forward, in the order of the texts; rejected rows are left out.

    Takes what `analyse` takes, or its result.

    >>> numeric_claims("Officials said around 100 fighters remain.")[["value", "kind"]].values.tolist()
    [[100.0, 'approximate']]
    """
    return standing(tables_of(source, **options).claims).reset_index(drop=True)


def timeline(source: Source, *, include_unreal: bool = False, **options: Any) -> pd.DataFrame:
    """One row per dated happening, sorted by first day, then from precise to vague.

    Hypothetical and denied happenings are left out unless asked for, and so are rejected rows; undated ones are in `undated`.
    Takes what `analyse` takes, or its result.

    >>> from datetime import date
    >>> timeline("Troops seized Sirte on 6 January.", document_date=date(2020, 1, 10))["edtf"].tolist()
    ['2020-01-06']
    """
    events = standing(tables_of(source, **options).events)
    dated = events[events["granularity"] != "undated"]
    if not include_unreal:
        dated = dated[~dated["factuality"].isin(UNREAL)]
    order = dated["granularity"].map({name: at for at, name in enumerate(GRANULARITIES)}).astype("int64")
    # An event known only by its last day ("before 13 October") sorts by that day.
    first = dated["date_start"].fillna(dated["date_end"])
    keys = pd.DataFrame({"first": first, "order": order, "published_on": dated["published_on"], "doc_id": dated["doc_id"]})
    keys["start"] = dated["start"]
    return dated.loc[keys.sort_values(list(keys.columns), kind="stable").index].reset_index(drop=True)


def undated(source: Source, **options: Any) -> pd.DataFrame:
    """One row per happening of interest that no date in the text dates; they are not put on the timeline.

    >>> undated("Militants attacked a checkpoint.")["event_type"].notna().tolist()
    [True]
    """
    events = standing(tables_of(source, **options).events)
    return events[events["granularity"] == "undated"].reset_index(drop=True)


def coverage(tables: Tables) -> pd.DataFrame:
    """Sentences with a digit or a month name that gave no row: where to look for misses (boilerplate left out).

    >>> coverage(analyse("See Annex 7 for the details of the mandate."))["text"].tolist()
    ['See Annex 7 for the details of the mandate.']
    """
    sentences = tables.sentences
    wanted = sentences["text"].str.contains(
        r"\d|\b(?:January|February|April|June|July|August|September|October|November|December)\b", regex=True
    )
    used = set(tables.dates["sentence_id"]) | set(tables.claims["sentence_id"]) | set(tables.events["sentence_id"])
    left = sentences[wanted & ~sentences["sentence_id"].isin(used) & (sentences["role"] != "boilerplate")]
    return left.reset_index(drop=True)


def find_row(tables: Tables, row_id: str) -> tuple[str, dict[str, Any]]:
    """The name of the table that holds a row, and the row's cells.

    Raises:
        KeyError: no table has a row of that name.
    """
    for name in ROW_KINDS:
        frame = getattr(tables, name)
        found = frame[frame[SCHEMAS[name][0].name] == row_id]
        if len(found):
            return name, {str(key): value for key, value in found.iloc[0].items()}
    raise KeyError(f"no row {row_id!r} in these tables; row ids are in the first column of each table")


def published(tables: Tables) -> list[date]:
    """The days of publication, in order, each once."""
    return [stamp.date() for stamp in sorted(tables.documents["published_on"].dropna().unique())]
