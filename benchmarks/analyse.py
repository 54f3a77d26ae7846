"""The whole way from text to seven tables, stage by stage, on the sample briefings told again and again.

    python benchmarks/analyse.py [COPIES]

Processor seconds of one run on one core, and each stage's share of it; a figure, not a test. The rate at one copy and at many
shows whether the cost grows with the text or faster.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import briefing_kit as bk
from briefing_kit.briefing import Briefing
from briefing_kit.extract.actors import find_mentions
from briefing_kit.extract.attribution import find_attributions
from briefing_kit.extract.claims import find_claims
from briefing_kit.extract.events import find_events
from briefing_kit.extract.quantities import find_quantities
from briefing_kit.extract.timex import find_timexes

DATA = Path(__file__).parents[1] / "data"


def copies(briefings: list[Briefing], number: int) -> list[Briefing]:
    """The briefings again and again, each under a name of its own and fresh of all that was found in it."""
    return [replace(b, doc_id=f"{b.doc_id}-{at}") for at in range(number) for b in briefings]


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = call()
    return time.process_time() - began, result


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    read = bk.load_briefings(DATA / "briefings")
    gazetteer = bk.load_gazetteer(DATA / "actors.csv")
    bk.analyse(read, gazetteer=gazetteer)
    for times in (1, number):
        batch = copies(read, times)
        size = sum(len(b.text) for b in batch) / 1e6
        seconds, _ = timed(lambda batch=batch: bk.analyse(batch, gazetteer=gazetteer))
        print(f"analyse, {len(batch):4} briefings, {size:.2f} Mchar: {seconds:6.2f} s, {size / seconds:5.2f} Mchar/s")
    batch = copies(read, number)
    totals: dict[str, float] = {}

    def stage(name: str, call: Callable[[], Any]) -> Any:
        seconds, result = timed(call)
        totals[name] = totals.get(name, 0.0) + seconds
        return result

    for b in batch:
        prose = stage("sentences", lambda b=b: (b.sentences, b.prose))[1]
        dates = stage("dates", lambda b=b, prose=prose: find_timexes(prose, b.published_on))
        quantities = stage("quantities", lambda prose=prose: find_quantities(prose))
        mentions = stage("actors", lambda b=b, dates=dates: find_mentions(b, gazetteer, dates))
        said = stage("attribution", lambda b=b, mentions=mentions: find_attributions(b, mentions))
        events = stage("events", lambda b=b, d=dates, m=mentions, s=said: find_events(b, d, m, s))
        stage("claims", lambda b=b, q=quantities, d=dates, m=mentions, s=said, e=events: find_claims(b, q, d, m, s, e))
    size = sum(len(b.text) for b in batch) / 1e6
    for name, seconds in sorted(totals.items(), key=lambda item: -item[1]):
        print(f"  {name:12} {size / seconds:6.2f} Mchar/s")


if __name__ == "__main__":
    main()
