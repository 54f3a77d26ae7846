"""Names that no capital opens, where they stand so: "3R", "anti-balaka", and those that count in small letters too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from briefing_kit.extract.shapes import Item, known_item
from briefing_kit.gazetteer import Entry

_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"\w")


def names_without_capital(text: str, small: Mapping[str, tuple[Entry, ...]], published_on: date | None) -> list[Item]:
    """The names of `small` (`Gazetteer.small`) that open with anything but a capital of the English alphabet, in no order."""
    items: list[Item] = []
    openers = [word for word in set(_WORD.findall(text)) if word.lower() in small and not "A" <= word[0] <= "Z"]
    for word in openers:
        entries = small[word.lower()]
        for start in _occurrences(text, word):
            for entry in entries:
                stop = start + len(entry.form)
                same = text.startswith(entry.form, start) or (entry.any_case and text[start:stop].lower() == entry.form.lower())
                if same and not text[stop : stop + 1].isalnum() and entry.is_current(published_on):
                    items.append(known_item(entry, start, stop, text))
                    break
    return items


def _occurrences(text: str, word: str) -> Iterator[int]:
    """Where a word stands by itself."""
    start = text.find(word)
    while start >= 0:
        stop = start + len(word)
        if not (start and _LETTER.match(text, start - 1)) and not _LETTER.match(text, stop):
            yield start
        start = text.find(word, stop)
