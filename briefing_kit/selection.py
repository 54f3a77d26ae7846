"""A question put to the tables as a value: which rows, in which order, and the pandas code that says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from briefing_kit.answers import actor_mentions, numeric_claims, timeline
from briefing_kit.refusals import RefusalError
from briefing_kit.tables import Tables

View = Literal["mentions", "claims", "events"]
VIEWS: dict[View, tuple[str, Callable[[Tables], pd.DataFrame]]] = {
    "mentions": ("bk.actor_mentions", actor_mentions),
    "claims": ("bk.numeric_claims", numeric_claims),
    "events": ("bk.timeline", timeline),
}
KIND_COLUMN: dict[View, str] = {"mentions": "actor_type", "claims": "unit_class", "events": "event_type"}
Step = tuple[str, Callable[[pd.DataFrame, Tables], pd.DataFrame]]


class SelectionError(RefusalError):
    """A question that the tables cannot answer; the message names what to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is asked for: a view (mentions, claims, events) and, for each filter that is not empty, the values let through.

    `kinds` are actor types, unit classes or event types, as the view has them; `series` and `countries` are those of the
    briefing; `source_kinds` and `firmness` (factuality) are not asked of mentions; `words` must stand in the row's sentence
    (upper and lower case alike). `order` is a column, "" leaves the order of the view.
    """

    view: View = "claims"
    weeks: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    source_kinds: tuple[str, ...] = ()
    firmness: tuple[str, ...] = ()
    words: str = ""
    order: str = ""
    descending: bool = False


def select(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The rows that a selection lets through, rejected ones left out, with the columns of their table.

    Raises:
        SelectionError: there is no such view, or its table has no column to sort by of that name.
    """
    if selection.view not in VIEWS:
        raise SelectionError(f"view: no {selection.view!r}; there are {', '.join(VIEWS)}")
    rows = VIEWS[selection.view][1](tables)
    if selection.order and selection.order not in rows:
        raise SelectionError(f"order: {selection.view} has no column {selection.order!r}; see briefing_kit.codebook({selection.view!r})")
    for _, apply in _steps(selection):
        rows = apply(rows, tables)
    return rows.reset_index(drop=True)


def select_code(selection: Selection, name: str = "tables") -> str:
    """The pandas code that makes the selection from the tables of that name: what `select` does, to paste into a cell."""
    lines = ["import briefing_kit as bk", ""] + [f"tables = {name}"] * (name != "tables") + [f"rows = {VIEWS[selection.view][0]}(tables)"]
    lines += [f"rows = {code}" for code, _ in _steps(selection)]
    return "\n".join([*lines, "rows = rows.reset_index(drop=True)", "rows"])


def only(tables: Tables, selection: Selection, rows: pd.DataFrame) -> Tables:
    """The tables with the view's own table cut down to the selected rows, for charts to draw."""
    return Tables(**{**dict(tables.items()), selection.view: rows})


def _steps(selection: Selection) -> Iterator[Step]:
    """Each filter as code and as what it does; the two stand side by side and a test runs one against the other."""
    for column, values in (("week", selection.weeks), (KIND_COLUMN[selection.view], selection.kinds)):
        if values:
            yield _isin(column, values)
    for column, values in (("series", selection.series), ("country", selection.countries)):
        if values:
            yield _of_documents(column, values)
    if selection.actors:
        yield _of_actors(selection.view, selection.actors)
    if selection.view != "mentions":
        for column, values in (("source_kind", selection.source_kinds), ("factuality", selection.firmness)):
            if values:
                yield _isin(column, values)
    if selection.words.strip():
        yield _with_words(selection.words.strip())
    if selection.order:
        yield _sorted(selection.order, ascending=not selection.descending)


def _isin(column: str, values: tuple[str, ...]) -> Step:
    wanted = list(values)
    return f"rows[rows[{column!r}].isin({wanted!r})]", lambda rows, _: rows[rows[column].isin(wanted)]


def _of_documents(column: str, values: tuple[str, ...]) -> Step:
    wanted = list(values)
    return (
        f"rows[rows['doc_id'].isin(tables.documents['doc_id'][tables.documents[{column!r}].isin({wanted!r})])]",
        lambda rows, tables: rows[rows["doc_id"].isin(tables.documents["doc_id"][tables.documents[column].isin(wanted)])],
    )


def _of_actors(view: View, actors: tuple[str, ...]) -> Step:
    if view != "events":
        return _isin("actor_id", actors)
    wanted = list(actors)  # an event has several actors in one cell, joined by "; "
    return (
        f"rows.loc[[bool(set(cell.split('; ')) & set({wanted!r})) for cell in rows['actors'].fillna('')]]",
        lambda rows, _: rows.loc[[bool(set(cell.split("; ")) & set(wanted)) for cell in rows["actors"].fillna("")]],
    )


def _with_words(words: str) -> Step:
    def apply(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
        said = tables.sentences["text"].str.contains(words, case=False, regex=False)
        return rows[rows["sentence_id"].isin(tables.sentences["sentence_id"][said])]

    return (
        f"rows[rows['sentence_id'].isin(tables.sentences['sentence_id']"
        f"[tables.sentences['text'].str.contains({words!r}, case=False, regex=False)])]",
        apply,
    )


def _sorted(column: str, *, ascending: bool) -> Step:
    return (
        f"rows.sort_values({column!r}, ascending={ascending}, kind='stable')",
        lambda rows, _: rows.sort_values(column, ascending=ascending, kind="stable"),
    )
