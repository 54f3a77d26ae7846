"""One system on some texts in a process of its own: what `measuring.measure` starts, in whichever interpreter has the system.

Reads one JSON object: `system` (a name of SYSTEMS), `texts` (pairs of publication day and text), `runs`, and options of the system.
Writes one: `cpu` and `wall` seconds of the best run, `found` rows, `peak` megabytes of the largest process; or `missing`, the reason why
the system is not there. Loading and a first short text are not timed.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

Texts = list[tuple[str, str]]
Run = Callable[[Texts], Any]
GAZETTEER = Path(__file__).resolve().parent.parent / "data" / "actors.csv"


def analyse(_: dict[str, Any]) -> Run:
    import briefing_kit as bk

    gazetteer = bk.load_gazetteer(GAZETTEER)

    def run(texts: Texts) -> int:
        briefings = [
            bk.Briefing(text=text, doc_id=f"text-{at}", published_on=date.fromisoformat(day), language="en")
            for at, (day, text) in enumerate(texts)
        ]
        return sum(bk.analyse(briefings, gazetteer=gazetteer).counts().values())

    return run


def dates(_: dict[str, Any]) -> Run:
    from briefing_kit.extract.timex import find_timexes

    return lambda texts: sum(len(find_timexes(text, date.fromisoformat(day))) for day, text in texts)


def quantities(_: dict[str, Any]) -> Run:
    from briefing_kit.extract.quantities import find_quantities

    return lambda texts: sum(len(find_quantities(text)) for _, text in texts)


def actors(options: dict[str, Any]) -> Run:
    """Mentions, with so many made-up names (`names`) in the gazetteer besides the built-in ones."""
    import tempfile

    from briefing_kit.briefing import text_briefing
    from briefing_kit.extract.actors import find_mentions
    from briefing_kit.gazetteer import load_gazetteer

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "actors.csv"
        lines = [f"{name},armed_group,yes" for name in made_up_names(options.get("names", 0))]
        path.write_text("\n".join(["name,type,case_sensitive", *lines, ""]), encoding="utf-8")
        gazetteer = load_gazetteer(path)
    return lambda texts: sum(len(find_mentions(text_briefing(text), gazetteer)) for _, text in texts)


def made_up_names(number: int) -> list[str]:
    """So many different names of two words and a kind of group."""
    syllables = (
        "ba be bi bo da de di do fa fe fi ga go ha hi ka ke ko la le li ma me mo na ne no ra re ro sa se so ta te to wa za ze zo".split()
    )
    kinds = ("Brigade", "Council", "Network", "Front", "Corporation")
    base = len(syllables)
    names = []
    for at in range(number):
        first = "".join(syllables[at // base**place % base] for place in range(3)).capitalize()
        names.append(f"{first} {syllables[at % base].capitalize()}r {kinds[at % len(kinds)]} {at // base**3 or ''}".strip())
    return names


def spacy_model(options: dict[str, Any]) -> Run:
    nlp = import_module("spacy").load(options["model"])
    return lambda texts: sum(len(doc.ents) + sum(1 for _ in doc.sents) for doc in nlp.pipe(text for _, text in texts))


def spacy_blank(_: dict[str, Any]) -> Run:
    nlp = import_module("spacy").blank("en")
    nlp.add_pipe("sentencizer")
    return lambda texts: sum(sum(1 for _ in doc.sents) for doc in nlp.pipe(text for _, text in texts))


def dateparser(_: dict[str, Any]) -> Run:
    search = import_module("dateparser.search").search_dates

    def read(day: str, text: str) -> int:
        settings = {"RELATIVE_BASE": datetime.fromisoformat(day), "PREFER_DATES_FROM": "past"}
        return len(search(text, languages=["en"], settings=settings) or ())

    return lambda texts: sum(read(day, text) for day, text in texts)


def quantulum3(_: dict[str, Any]) -> Run:
    parse = import_module("quantulum3.parser").parse
    return lambda texts: sum(len(parse(text)) for _, text in texts)


def recognizers(_: dict[str, Any]) -> Run:
    number, unit = import_module("recognizers_number"), import_module("recognizers_number_with_unit")
    english = import_module("recognizers_text").Culture.English
    readers = (number.recognize_number, number.recognize_percentage, unit.recognize_currency, unit.recognize_dimension)
    return lambda texts: sum(len(read(text, english)) for _, text in texts for read in readers)


def store(options: dict[str, Any]) -> Run:
    """`analyse` of the files of a folder into a store, by an engine."""
    import briefing_kit as bk

    gazetteer = bk.load_gazetteer(GAZETTEER)
    engine = {"engine": options["engine"], "workers": options["workers"]}

    def run(texts: Texts) -> Any:
        if texts:  # the first, short run: in this process
            return bk.analyse([text for _, text in texts], gazetteer=gazetteer)
        files = sorted(Path(options["folder"]).iterdir())
        return bk.analyse(files, gazetteer=gazetteer, store=options["store"], **engine)

    return run


def digest(options: dict[str, Any]) -> Run:
    """Hash of all tables of a store."""
    import pandas as pd

    from briefing_kit.store.archive import open_store

    def run(_: Texts) -> str:
        whole = hashlib.sha256()
        for name, frame in open_store(options["store"]).tables().items():
            whole.update(name.encode() + pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
        return whole.hexdigest()[:16]

    return run


SYSTEMS: dict[str, Callable[[dict[str, Any]], Run]] = {
    call.__name__: call
    for call in (analyse, dates, quantities, actors, spacy_model, spacy_blank, dateparser, quantulum3, recognizers, store, digest)
}


def processor_time() -> float:
    """Seconds of processor time of this process and of those that it started and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def peak() -> float:
    """The most memory that this process has held, or one of those that it started, in million bytes."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status = Path("/proc/self/status")
    if status.is_file():  # the above begins with what the parent held
        own = next(int(line.split()[1]) for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return max(own, children) * (1 if sys.platform == "darwin" else 1024) / 1e6


def main() -> None:
    """Run what standard input asks for."""
    given = json.load(sys.stdin)
    texts = [(day, text) for day, text in given["texts"]]
    try:
        run = SYSTEMS[given["system"]](given)
    except (ImportError, OSError) as error:
        print(json.dumps({"missing": str(error).splitlines()[0]}))
        return
    if given["system"] != "digest":
        run([("2019-10-16", "On 10 October 12 people were killed near Tripoli, the UN Support Mission said.")])
    best = {"cpu": float("inf"), "wall": float("inf")}
    found: Any = 0
    for _ in range(given["runs"]):
        before, began = processor_time(), time.perf_counter()
        found = run(texts)
        cpu = processor_time() - before
        best = min(best, {"cpu": cpu, "wall": time.perf_counter() - began}, key=lambda one: one["cpu"])
    print(json.dumps({**best, "found": found if isinstance(found, (int, str)) else None, "peak": peak()}))


if __name__ == "__main__":
    main()
