"""Whether any pattern of the package grows faster than its text: each is run on hostile texts of growing length.

    python benchmarks/regex_growth.py [WORD ...]

The patterns are those that the package compiles while all its modules are imported and a briefing is analysed, with those it
hands to `re.sub` and the like. Each meets texts that repeat what it is made of, its own words and characters, and end in
something it does not expect: it is searched for all through them, or matched once at their beginning where the package never
searches for it. The exponent of growth is that of the processor time from one length to four times it. The patterns that grow
fastest are printed, and the exit code is 1 where one grows by more than LIMIT. WORD keeps only the modules whose name holds it.
"""

from __future__ import annotations

import importlib
import math
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

LIMIT = 1.3
SHORT, LONG = 1_000, 4_000
NOISE = 0.001
"""Seconds below which a time says nothing of growth."""
SHOWN = 12
MARKS = 30
"""Characters beyond ASCII that are tried of one pattern."""
TEXT = 'The UN said on 3 May 2021 that about 12 people were killed in Gao; the army (FAMa) denied it. "We lost 5 men," a colonel told AFP.'
PUMPS = (
    *(" ", "\n", "a", "A", "1", ",", ".", "-", "(", '"', "'", ":", ";", "/", "|", "*", "#", "<", "_", "\u2014", "\u00e9"),
    *("a ", "Aa ", "a\n", "\n\n", "1,", "1.", "1 ", "a-", "a, ", "a. ", "A.", "Aa-", "a's ", "of the ", "and a ", "1-1 ", "aa bb ", "- "),
)


_IMPORT = re.compile(r"^from [\w.]+ import (?:\([^)]*\)|[^\n]*)", re.MULTILINE)
SEARCHES = ("search", "finditer", "findall", "sub", "subn", "split")


@dataclass(frozen=True)
class Place:
    """A pattern where the package makes it; `searched`: it is looked for all through a text."""

    module: str
    line: int
    pattern: re.Pattern[Any]
    searched: bool


def compiled() -> list[Place]:
    """The patterns that the package's own modules compile."""
    calls: dict[tuple[str, int], tuple[str, re.Pattern[Any]]] = {}
    plain = re.compile

    def recorded(name: str) -> Callable[..., Any]:
        function = getattr(re, name)

        def call(pattern: Any, *args: Any, **options: Any) -> Any:
            frame = sys._getframe(1)
            if frame.f_globals.get("__name__", "").startswith("briefing_kit"):
                flags = args[0] if name == "compile" and args else options.get("flags", 0)
                made = pattern if isinstance(pattern, re.Pattern) else plain(pattern, flags)
                calls[frame.f_code.co_filename, frame.f_lineno] = (name, made)
            return function(pattern, *args, **options)

        return call

    for name in ("compile", "match", "fullmatch", *SEARCHES):
        setattr(re, name, recorded(name))
    package = importlib.import_module("briefing_kit")
    for module in pkgutil.walk_packages(package.__path__, "briefing_kit."):
        if not module.name.endswith("__main__"):
            try:
                importlib.import_module(module.name)
            except ImportError as missing:  # an extra that is not installed
                print(f"left out {module.name}: {missing}")
    package.analyse(TEXT, document_date=date(2021, 5, 12))
    root = Path(package.__path__[0])
    sources = {str(path): path.read_text(encoding="utf-8") for path in root.rglob("*.py")}
    return [
        Place(str(Path(file).relative_to(root)), line, pattern, is_searched(sources, file, line, name))
        for (file, line), (name, pattern) in sorted(calls.items())
    ]


def is_searched(sources: dict[str, str], file: str, line: int, call: str) -> bool:
    """Whether the name that a pattern is given is searched for anywhere; without a name (a function makes it) it is taken to be."""
    if call != "compile":
        return call in SEARCHES
    named = re.match(r"(\w+)\b[^=\n]*= re\.compile\(", sources[file].splitlines()[line - 1])
    if named is None:
        return True
    imported = re.compile(rf"^from [\w.]+ import (?:\([^)]*|[^\n]*)\b{named[1]}\b", re.MULTILINE)
    where = [sources[file], *(_IMPORT.sub("", text) for text in sources.values() if imported.search(text))]
    wanted = re.compile(rf"\b{named[1]}\.(?:{'|'.join(SEARCHES)})\b|(?<!\w){named[1]}(?!\w|\.|[^=\n]*= re\.compile)")
    return any(wanted.search(text) for text in where)


def hostile(pattern: re.Pattern[str]) -> Iterator[str]:
    """What to repeat: common pieces of text, and the words and marks that the pattern itself is made of."""
    yield from PUMPS
    yield from sorted({char for char in pattern.pattern if ord(char) > 127})[:MARKS]
    words = list(dict.fromkeys(re.findall(r"(?<!\\)[A-Za-z]{2,}", pattern.pattern)))[:12]
    for word in words:
        yield f"{word} "
        yield word
    for first, second in pairwise(words):
        yield f"{first} {second} "


def seconds(search: Callable[[str], Any], text: str) -> float:
    best = math.inf
    for _ in range(2):
        started = time.process_time()
        search(text)
        best = min(best, time.process_time() - started)
    return best


def growth(place: Place) -> tuple[float, float, str]:
    """The worst exponent of a pattern, the seconds for the longer text, and what was repeated in it."""
    worst = (0.0, 0.0, "")
    pattern = place.pattern

    def meet(text: str) -> None:
        if place.searched:
            for _ in pattern.finditer(text):
                pass
        else:
            pattern.match(text)

    for pump in hostile(pattern):
        long = seconds(meet, pump * (LONG // len(pump)) + "\x00")
        if long >= NOISE:
            short = max(seconds(meet, pump * (SHORT // len(pump)) + "\x00"), 1e-6)
            worst = max(worst, (math.log(long / short, LONG / SHORT), long, pump))
            if worst[0] > LIMIT + 0.3:
                break
    return worst


def main() -> int:
    """Print the patterns that grow fastest; 1 where one grows by more than LIMIT."""
    wanted = sys.argv[1:]
    places = [one for one in compiled() if isinstance(one.pattern.pattern, str) and (not wanted or any(w in one.module for w in wanted))]
    figures = sorted(((growth(one), one.module, one.line, one) for one in places), key=lambda row: row[:3], reverse=True)
    print(f"{len(figures)} patterns; exponent of growth from {SHORT:,} to {LONG:,} characters, and the time for the longer")
    fast = [row for row in figures if row[0][0] > LIMIT]
    for (exponent, taken, pump), module, line, place in fast or figures[:SHOWN]:
        how = "searched" if place.searched else "matched"
        print(f"{exponent:5.2f} {taken * 1000:9.1f} ms  {pump!r:14} {module}:{line} {how} {place.pattern.pattern[:60]!r}")
    return 1 if fast else 0


if __name__ == "__main__":
    raise SystemExit(main())
