"""Speed of finding quantities, beside quantulum3 and Recognizers-Text where they are installed.

    python benchmarks/quantities.py [--megabytes 1] [--peer-kilobytes 20]

Each system reads the same made-up briefings in this one process, one after the other; peers read a shorter text, as they
take minutes for a megabyte. Times are seconds of CPU, best of three; ratios are of characters a second. A fresh text twice
as long shows whether the time grows in line with it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from importlib import import_module

PARAGRAPHS = (
    "Officials in the coastal province said on 14 May that at least 17 people, including three children, had been killed when shells "
    "struck a market some 45 km west of the capital. A further 42 were wounded. The ministry had earlier put the figure at 12.",
    "Nothing else was reported from the south, where the tribes met again behind closed doors. Their spokesman repeated that talks would "
    "go on, that the airport would stay closed and that no foreign force would be let in before the parties had agreed on a chair.",
    "Between 800 and 1,000 contractors are thought to have left since the spring. The militia, which once held several hundred square "
    "kilometres, has lost about two thirds of its checkpoints and more than a dozen vehicles.",
    "The envoy flew to the neighbouring capital with a list of demands drawn up by the municipal council. Diplomats there said that the "
    "mood was better than after the previous round, when both delegations had left the hotel by different doors without a statement.",
    "The national company pumped 1.22m barrels per day in the second quarter, worth roughly $2.4bn, although the pipeline was shut for a "
    "third of that time. Revenues fell 3.2 per cent. The central bank released 40 million dinars to pay salaries.",
    "Residents describe long queues for fuel and bread, and a market in which traders hide what they have until the rate recovers. The "
    "municipal guard, they say, looks away, and the militias that run the warehouses set the price and choose the buyer.",
    "The Council adopted Resolution 2931 by 14 votes, extending the mission for 12 months. Article 5 was not invoked. The commander of "
    "the 48th brigade, Salem Omar, 54, said that thousands of families could return once the road was open, but gave no date.",
    "Whether the truce holds depends on the crossing, analysts believe, since it feeds the north and pays the men who guard it. Neither "
    "side has an interest in seeing it closed; both have an interest in being seen as the one that keeps it open.",
)


def made_up_text(characters: int) -> str:
    """Briefings of about this many characters."""
    text = "\n\n".join(PARAGRAPHS) + "\n\n"
    return (text * (characters // len(text) + 1))[:characters]


def systems() -> dict[str, Callable[[str], int]]:
    """How many quantities each installed system finds in a text."""
    from briefing_kit.extract.quantities import find_quantities

    found: dict[str, Callable[[str], int]] = {"briefing_kit": lambda text: len(find_quantities(text))}
    try:
        parser = import_module("quantulum3.parser")
        found["quantulum3"] = lambda text: len(parser.parse(text))
    except ImportError as error:
        print(f"quantulum3 is not installed ({error})", file=sys.stderr)
    try:
        number, unit = import_module("recognizers_number"), import_module("recognizers_number_with_unit")
        culture = import_module("recognizers_text").Culture.English
        found["Recognizers-Text"] = lambda text: (
            len(number.recognize_number(text, culture))
            + len(unit.recognize_currency(text, culture))
            + len(unit.recognize_dimension(text, culture))
            + len(number.recognize_percentage(text, culture))
        )
    except ImportError as error:
        print(f"Recognizers-Text is not installed ({error})", file=sys.stderr)
    return found


def seconds(count: Callable[[str], int], text: str) -> tuple[float, int]:
    """The best CPU time of three runs, and how many quantities were found."""
    best, found = float("inf"), 0
    for _ in range(3):
        began = time.process_time()
        found = count(text)
        best = min(best, time.process_time() - began)
    return best, found


def main() -> None:
    """Print one line for each system."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--megabytes", type=float, default=1.0, help="length of our text, in million characters")
    options.add_argument("--peer-kilobytes", type=float, default=20.0, help="length of the peers' text, in thousand characters")
    arguments = options.parse_args()
    ours, theirs = made_up_text(int(arguments.megabytes * 1e6)), made_up_text(int(arguments.peer_kilobytes * 1e3))
    print(f"{'system':<20}{'characters':>12}{'quantities':>12}{'seconds':>10}{'Mchar/s':>10}{'ratio':>8}")
    base = 0.0
    for name, count in systems().items():
        count(made_up_text(300))  # loading and compiling is not timed
        runs = [ours, made_up_text(2 * len(ours)), theirs] if name == "briefing_kit" else [theirs]
        for text in runs:
            taken, found = seconds(count, text)
            rate = len(text) / max(taken, 1e-9) / 1e6
            base = base or rate
            print(f"{name:<20}{len(text):>12,}{found:>12,}{taken:>10.3f}{rate:>10.3f}{base / rate:>8.1f}")


if __name__ == "__main__":
    main()
