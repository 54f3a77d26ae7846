"""`analyse` and its stages beside other tools, on the very same texts: processor time on one core, memory, ratios."""

from __future__ import annotations

from measuring import measure, row
from texts import made

WIDTHS = (46, 8, 9, 10, 10, 16, 14, 9)
OURS = (
    ("analyse: text in, seven tables out", "analyse", {}),
    ("  dates alone", "dates", {}),
    ("  quantities alone", "quantities", {}),
    ("  actors alone", "actors", {"names": 0}),
    ("  actors alone, 50,000 names more", "actors", {"names": 50_000}),
)
# What a rival does, its name here, the stage of ours that does the like, and how many of the texts it reads in some seconds.
RIVALS = (
    ("spaCy {model}", "spacy_model", "analyse", 300),
    ("spaCy blank: tokens and sentences", "spacy_blank", "analyse", 300),
    ("dateparser search_dates", "dateparser", "dates", 8),
    ("quantulum3", "quantulum3", "quantities", 20),
    ("Recognizers-Text: numbers and units", "recognizers", "quantities", 8),
)


def main(pythons: dict[str, str], model: str) -> None:
    """Print one line a system; each rival's ratios are of our time for the documents that it read."""
    texts = [(one.published_on.isoformat(), one.text) for one in made(700)]
    row("system", "briefings", "Mchar", "seconds", "Mchar/s", "analyse faster", "stage faster", "peak MB", widths=WIDTHS)
    for label, system, options in OURS:
        _print(label, measure(system, texts, runs=3, **options), texts)
    for label, system, stage, number in RIVALS:
        part = texts[:number]
        family = system.partition("_")[0]
        theirs = measure(system, part, python=pythons[family], model=model)
        if "missing" in theirs:
            print(f"{label.format(model=model)}: not there ({theirs['missing']}); name an interpreter that has it: --{family} PYTHON")
            continue
        ours = {name: measure(name, part, runs=5)["cpu"] for name in {"analyse", stage}}
        ratios = [_ratio(theirs["cpu"] / ours["analyse"]), _ratio(theirs["cpu"] / ours[stage]) if stage != "analyse" else ""]
        _print(label.format(model=model), theirs, part, *ratios)


def _ratio(times: float) -> str:
    return f"{times:,.1f} x" if times >= 1 else f"{times:.2f} x"


def _print(label: str, took: dict[str, float], texts: list[tuple[str, str]], whole: str = "", stage: str = "") -> None:
    size = sum(len(text) for _, text in texts) / 1e6
    rate = size / took["cpu"]
    row(label, len(texts), f"{size:.2f}", f"{took['cpu']:.2f}", f"{rate:.3f}", whole, stage, f"{took['peak']:.0f}", widths=WIDTHS)
