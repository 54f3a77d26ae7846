"""Quantities, attribution and claims: ours stage by stage beside quantulum3 and Recognizers-Text, in one run on one machine.

    python benchmarks/claims.py [FILE ...]

Without files the text is made of the sentences below, cut into briefings of about 2,500 characters. What the stages need from others
(sentences, dates, mentions, events) is made before the clock starts. A rival that is not installed is left out; rivals read the quantities
only, each on as much of the text as it reads in a few seconds. Processor time; a figure, not a test.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from briefing_kit.briefing import Briefing, text_briefing
from briefing_kit.extract.actors import find_mentions
from briefing_kit.extract.attribution import find_attributions
from briefing_kit.extract.claims import find_claims
from briefing_kit.extract.events import find_events
from briefing_kit.extract.quantities import find_quantities
from briefing_kit.extract.timex import find_timexes
from briefing_kit.gazetteer import load_gazetteer

PUBLISHED = date(2019, 10, 16)
SENTENCES = """
Officials announced on 10 October that the four raids of late September had left around 100 fighters in the south.
The column left the oasis and met no resistance on the road to the coast, where a second group was waiting.
Neither side has gained more than three kilometres, and the road that links both towns remains under fire.
The mayor said that hundreds of families had fled the western districts, and that the shelters were full.
About 2,000 fighters are thought to remain around the refinery, most of them recruited in the south.
The envoy travelled to Geneva with a list of demands that the council had drawn up behind closed doors.
The spokesman denied that foreign advisers had taken part, and called the report an invention of his rivals.
Since April the front has moved twice, although the map in the annex shows only the larger towns.
According to the health ministry, the shelling killed 12 people, including two children, and wounded 31.
The price of bread has doubled, and the queues in front of the bakeries form before anyone opens the doors.
In March 2011 the garrison changed hands, a defeat that its former commander blames on a lack of fuel.
Analysts warn that the group may use the security vacuum to recruit among the unemployed in the border towns.
A drone was shot down near the airport by forces loyal to the interior ministry, according to residents.
The company reported revenue of $2.1 billion in July, 23 per cent more than in June.
Shelling resumed on Friday night, and the crossing that supplies the north was closed to lorries.
The party, which holds a third of the seats, may still march its supporters to the square if the talks fail.
""".strip().splitlines()
SIZE = 1_000_000
BRIEFING_SIZE = 2_500


def texts() -> list[str]:
    """The files given, again and again, or briefings made of the sentences: about a million characters in all."""
    given = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]
    if not given:
        sentences = cycle(SENTENCES)
        given = ["\n\n".join(" ".join(islice(sentences, 4)) for _ in range(BRIEFING_SIZE // 420)) for _ in range(8)]
    size = sum(map(len, given))
    return given * max(1, round(SIZE / size))


def timed(work: Callable[[], list[list[object]]], characters: int, name: str) -> float:
    """Print the rate of the best of three runs; returns its seconds."""
    best, rows = float("inf"), 0
    for _ in range(3):
        begin = time.process_time()
        rows = sum(map(len, work()))
        best = min(best, time.process_time() - begin)
    print(f"{name:24s} {characters / best / 1e6:7.2f} Mchar/s  {rows:7d} rows")
    return best


def ours(briefings: list[Briefing], characters: int) -> float:
    gazetteer = load_gazetteer()
    dates = [find_timexes(b.prose, b.published_on) for b in briefings]
    mentions = [find_mentions(b, gazetteer, t) for b, t in zip(briefings, dates, strict=True)]
    for briefing in briefings:
        briefing.row_id("sentence", 0, 0)  # sentences and their hashes belong to the ground
    quantities = [find_quantities(b.prose) for b in briefings]
    rows = [find_attributions(b, m) for b, m in zip(briefings, mentions, strict=True)]
    events = [find_events(b, t, m, a) for b, t, m, a in zip(briefings, dates, mentions, rows, strict=True)]
    found = list(zip(briefings, quantities, dates, mentions, rows, events, strict=True))
    seconds = timed(lambda: [find_quantities(b.prose) for b in briefings], characters, "quantities")
    seconds += timed(lambda: [find_attributions(b, m) for b, m in zip(briefings, mentions, strict=True)], characters, "attribution")
    seconds += timed(lambda: [find_claims(*given) for given in found], characters, "claims")
    print(f"{'all three':24s} {characters / seconds / 1e6:7.2f} Mchar/s")
    return characters / seconds


def rivals() -> dict[str, Callable[[str], list[object]]]:
    """The rivals that are installed, as functions of a text."""
    found: dict[str, Callable[[str], list[object]]] = {}
    try:
        parse = importlib.import_module("quantulum3.parser").parse
        found["quantulum3"] = lambda text: list(parse(text, classifier_path=None))
    except Exception as error:
        print(f"quantulum3 left out: {type(error).__name__}")
    try:
        number = importlib.import_module("recognizers_number").recognize_number
        found["Recognizers-Text number"] = lambda text: list(number(text, "en-us"))
    except Exception as error:
        print(f"Recognizers-Text left out: {type(error).__name__}")
    return found


def main() -> None:
    given = texts()
    characters = sum(map(len, given))
    print(f"{characters / 1e6:.2f} million characters in {len(given)} texts")
    rate = ours([text_briefing(text, document_date=PUBLISHED, doc_id=f"d{i}") for i, text in enumerate(given)], characters)
    for name, read in rivals().items():
        begin, read_characters = time.process_time(), 0
        for text in given:
            read(text)
            read_characters += len(text)
            if time.process_time() - begin > 4:
                break
        theirs = read_characters / (time.process_time() - begin)
        print(f"{name:24s} {theirs / 1e6:7.4f} Mchar/s  (quantities only); ours, all three, {rate / theirs:,.0f} times as fast")


if __name__ == "__main__":
    main()
