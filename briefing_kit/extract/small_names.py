"""Names that no capital opens, where they stand so: "3R", "anti-balaka", and those that count in small letters too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from briefing_kit.extract.shapes import Item, known_item
from briefing_kit.gazetteer import Gazetteer
from briefing_kit.word_patterns import find_words


def names_without_capital(text: str, gazetteer: Gazetteer, published_on: date | None) -> Iterator[Item]:
    """The names that open with anything but a capital of the English alphabet, in order, the longest of those that begin alike."""
    if gazetteer.small_openers is None:
        return
    for start, _, word in find_words(gazetteer.small_openers, text):
        for entry in gazetteer.small.get(word.lower(), ()):
            stop = start + len(entry.form)
            same = text.startswith(entry.form, start) or (entry.any_case and text[start:stop].lower() == entry.form.lower())
            if same and not text[stop : stop + 1].isalnum() and entry.is_current(published_on):
                yield known_item(entry, start, stop, text)
                break
