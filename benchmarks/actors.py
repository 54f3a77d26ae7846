"""Speed of finding actors with a gazetteer of 50,000 names, beside spaCy's small English model where it is installed.

    python benchmarks/actors.py [--megabytes 1] [--names 50000] [--peer-kilobytes 50]

Both read the same made-up briefings in this one process, one after the other; spaCy reads fewer of them. Times are seconds of CPU,
best of three, for finding alone: paragraphs and sentences are made before, as every extractor shares them. Loading the gazetteer
and the word lists is timed once, before anything else.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

DOCUMENT = (
    "The Zarnoub National Council (ZNC) rejected on Monday a proposal by the UN Support Mission in Libya to reopen the road between Sirte "
    "and Misrata. Its spokesman, Omar al-Fitouri, told Reuters that Ankara and Moscow had not been consulted.\n\n"
    "Security forces and armed tribesmen clashed near the crossing for a third day. Local officials put the number of dead at eleven, "
    "among them two policemen. Residents fled towards the coast, where the municipal guard had set up tents.\n\n"
    "IS claimed the bombing of a checkpoint held by the LNA’s 128th Brigade. Turkish drones were seen over the town the same evening, "
    "though the Turkish military denied any part in it. General Idris Baraka, who commands the brigade, said that Haftar would decide.\n\n"
    "Further south, oil workers at Sharara returned to their posts after the National Oil Corporation promised to pay arrears. Prices in "
    "the capital eased a little. Diplomats from France, Italy and the United Kingdom are expected there by the end of the month."
)
SYLLABLES = (
    "ba be bi bo da de di do fa fe fi ga go ha hi ka ke ko la le li ma me mo na ne no ra re ro sa se so ta te to wa za ze zo".split()
)
TAILS = ("Brigade", "Council", "Network", "Front", "Corporation")


def made_up_names(count: int) -> list[str]:
    """So many different names of two words and a tail."""
    base = len(SYLLABLES)
    names = []
    for number in range(count):
        digits = [SYLLABLES[number // base**place % base] for place in range(3)]
        first = "".join(digits).capitalize()
        names.append(f"{first} {SYLLABLES[number % base].capitalize()}r {TAILS[number % len(TAILS)]} {number // base**3 or ''}".strip())
    return names


def write_gazetteer(path: Path, names: list[str]) -> None:
    """An actors.csv of these names."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "type", "case_sensitive"])
        writer.writerows((name, "armed_group", "yes") for name in names)


def best_of_three(count: Callable[[], int]) -> tuple[float, int]:
    """The best CPU time of three runs, and how many mentions were found."""
    best, found = float("inf"), 0
    for _ in range(3):
        began = time.process_time()
        found = count()
        best = min(best, time.process_time() - began)
    return best, found


def main() -> None:
    """Print one line for each system."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--megabytes", type=float, default=1.0, help="length of our briefings together, in million characters")
    options.add_argument("--names", type=int, default=50_000, help="names in the analyst's gazetteer")
    options.add_argument("--peer-kilobytes", type=float, default=50.0, help="length of spaCy's briefings, in thousand characters")
    arguments = options.parse_args()

    from briefing_kit.briefing import text_briefing
    from briefing_kit.extract.actors import find_mentions
    from briefing_kit.gazetteer import load_gazetteer

    began = time.process_time()
    find_mentions(text_briefing("IS attacked Sirte."), load_gazetteer())
    print(f"word lists and built-in gazetteer loaded in {time.process_time() - began:.3f} s")
    names = made_up_names(arguments.names)
    with tempfile.TemporaryDirectory() as folder:
        write_gazetteer(Path(folder) / "actors.csv", names)
        began = time.process_time()
        gazetteer = load_gazetteer(Path(folder) / "actors.csv")
    print(f"actors.csv of {len(names):,} names loaded in {time.process_time() - began:.3f} s")

    def briefings(characters: float) -> list[str]:
        texts, length = [], 0
        while length < characters:
            texts.append(f"{DOCUMENT}\n\nThe {names[len(texts) * 7 % len(names)]} has not commented ({len(texts)}).")
            length += len(texts[-1])
        return texts

    ours = [text_briefing(text) for text in briefings(arguments.megabytes * 1e6)]
    for briefing in ours:
        _ = briefing.sentences, briefing.prose, briefing.folded
    runs: list[tuple[str, int, Callable[[], int]]] = [
        ("briefing_kit", sum(len(b.text) for b in ours), lambda: sum(len(find_mentions(b, gazetteer)) for b in ours))
    ]
    try:
        model = import_module("spacy").load("en_core_web_sm")
        theirs = briefings(arguments.peer_kilobytes * 1e3)
        runs.append(("spaCy small", sum(map(len, theirs)), lambda: sum(len(model(text).ents) for text in theirs)))
    except (ImportError, OSError) as error:
        print(f"spaCy's small model is not installed ({str(error).splitlines()[0]})", file=sys.stderr)

    print(f"{'system':<16}{'characters':>12}{'mentions':>10}{'seconds':>10}{'Mchar/s':>10}{'ratio':>8}")
    base = 0.0
    for name, characters, count in runs:
        taken, found = best_of_three(count)
        rate = characters / max(taken, 1e-9) / 1e6
        base = base or rate
        print(f"{name:<16}{characters:>12,}{found:>10,}{taken:>10.3f}{rate:>10.3f}{base / rate:>8.1f}")


if __name__ == "__main__":
    main()
