"""Made-up briefings of any number: the sample sentences recombined, with other places and figures, the same for the same seed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from briefing_kit.reading import load_briefings

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "briefings"
PLACES = (
    "Tripoli Benghazi Misrata Sirte Derna Tobruk Sabha Murzuq Tarhuna Gharyan Zawiya Ajdabiya Kufra Ghat Ubari Zuwara Sabratha Nalut "
    "Zintan Hun Waddan Brak Bayda Marj Khoms Zliten Traghan Jalu"
).split()
PER_WEEK = 200  # briefings, as of a firm with so many desks: a larger archive is one of more weeks
_FIRST = date(2010, 1, 4)
_PLACE = re.compile(rf"\b(?:{'|'.join(PLACES)})\b")
_FIGURE = re.compile(r"(?<![\d.,-])\d{2,3}(?= [a-z])")  # before a small letter, so that days of months stay


class Made(NamedTuple):
    """A made-up briefing."""

    doc_id: str
    published_on: date
    text: str


@cache
def _sentences() -> tuple[list[str], list[str]]:
    """The headings and the sentences of the samples."""
    headings, sentences = [], []
    for briefing in load_briefings(SAMPLES):
        for sentence in briefing.sentences:
            text = " ".join(briefing.text[sentence.start : sentence.end].split())
            if sentence.role == "heading":
                headings.append(text)
            elif sentence.role == "body":
                sentences.append(text)
    return headings, sentences


def made(number: int, seed: int = 2019) -> Iterator[Made]:
    """So many briefings of 14 to 30 sentences, about 2,000 characters; the first ones are the same however many are wanted."""
    headings, sentences = _sentences()
    for at in range(number):
        random = Random(f"{seed} {at}")
        paragraphs = [random.choice(headings)]
        paragraphs += [" ".join(random.choices(sentences, k=random.randint(2, 4))) for _ in range(random.randint(5, 8))]
        text = _PLACE.sub(lambda _, random=random: random.choice(PLACES), "\n\n".join(paragraphs))
        text = _FIGURE.sub(lambda _, random=random: str(random.randint(10, 999)), text)
        yield Made(f"made-{at:06}", _FIRST + timedelta(weeks=at // PER_WEEK, days=random.randrange(7)), text)


def write(folder: Path, number: int) -> int:
    """Briefings as files; returns the number of their characters."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for one in made(number):
        (folder / f"{one.doc_id}.md").write_text(
            f"---\npublished_on: {one.published_on}\nlanguage: en\n---\n{one.text}\n", encoding="utf-8"
        )
        size += len(one.text)
    return size
