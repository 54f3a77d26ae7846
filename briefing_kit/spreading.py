"""Briefings analysed by several workers, their tables gathered here: as `analyse` has them, whoever found them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd

from briefing_kit.briefing import Briefing
from briefing_kit.engines import EngineError, Workers, crew
from briefing_kit.progress import shown
from briefing_kit.reading import refuse_doubles
from briefing_kit.tables import Tables, concat

_AT_ONCE = 100  # briefings that one piece of work analyses


class Analysis(Protocol):
    """How briefings are read and analysed; see `briefing_kit.analysis.Analysis`."""

    def read(self, briefings: Any) -> Iterator[Briefing]: ...  # noqa: D102
    def found(self, briefings: Iterable[Briefing]) -> Tables: ...  # noqa: D102


def found_by(workers: Workers, how: Analysis, items: Iterable[Briefing | Path]) -> Tables:
    """The rows of all briefings, oldest first, not settled yet.

    Raises:
        ReadingError: a path cannot be read, or two briefings have one doc_id.
        EngineError: workers died again and again, or a briefing cannot be analysed.
    """
    waiting = list(items)
    pieces = _pieces(waiting)
    n_pieces = -(-len(waiting) // _AT_ONCE)
    with crew(workers) as hands:
        found = concat(list(shown(hands.spread(_analysed, how, pieces), n_pieces, "analysed", "pieces")))
    documents: Any = found.documents.sort_values(["doc_id", "path"])[["doc_id", "path"]].itertuples()
    refuse_doubles(documents)
    return _oldest_first(found)


def _oldest_first(tables: Tables) -> Tables:
    documents = tables.documents.sort_values(["published_on", "doc_id"], na_position="last", kind="stable")
    ranks = pd.Index(documents["doc_id"])
    return Tables(**{name: _in_order(frame, ranks) for name, frame in tables.items()})


def _in_order(frame: pd.DataFrame, ranks: pd.Index) -> pd.DataFrame:
    order = np.argsort(ranks.get_indexer(pd.Index(frame["doc_id"])), kind="stable")
    return frame.take(order).reset_index(drop=True)


def _analysed(how: Analysis, items: list[Any]) -> Tables:
    return found_in(how, how.read(items))


def _pieces(items: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(items)
    while piece := list(islice(left, _AT_ONCE)):
        yield piece


def found_in(how: Analysis, briefings: Iterable[Briefing]) -> Tables:
    """The rows of these briefings.

    Raises:
        EngineError: one of them cannot be analysed; the message names it.
    """
    briefings = list(briefings)
    try:
        return how.found(briefings)
    except Exception as error:
        if isinstance(error, ValueError) and type(error).__module__.startswith("briefing_kit"):
            raise  # the package's own refusals say which one it was
        for briefing in briefings:
            try:
                how.found([briefing])
            except Exception as reason:
                text = " ".join(f"{type(reason).__name__}: {reason}".split())[:300]
                raise EngineError(f"{briefing.path or briefing.doc_id}: cannot be analysed ({text}); take it out and report it") from reason
        raise
