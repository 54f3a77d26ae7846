"""Texts made to be slow: a quadratic pattern or stage would not come to an end on them. How fast is a matter for `benchmarks/`."""

from __future__ import annotations

from datetime import date

import pytest

import briefing_kit as bk
from briefing_kit.extract.quantities import find_quantities
from briefing_kit.extract.timex import find_timexes

LONG = 60_000
PUBLISHED = date(2021, 5, 12)
PUMPS = {
    "blanks": " ",
    "line ends": "\n",
    "digits": "1",
    "letters": "a",
    "capitals": "A",
    "points": ".",
    "dashes": "-",
    "quotes": '"',
    "brackets": "(",
    "dotted capitals": "A.",
    "numbers in a row": "1 ",
    "numbers with commas": "1,",
    "number words": "one hundred and ",
    "days of a month": "1, ",
    "weekdays": "Monday ",
    "parts of a date": "the early ",
    "durations": "two to three ",
    "half a cue": "expected to ",
    "mixed scripts": "a\u0430",
}


@pytest.mark.parametrize("pump", PUMPS.values(), ids=PUMPS.keys())
def test_no_repetition_is_too_long_for_dates_and_numbers(pump: str) -> None:
    text = pump * (LONG // len(pump)) + "\x00"
    for record in (*find_timexes(text, PUBLISHED), *find_quantities(text)):
        assert text[record.start : record.end] == record.text


def test_a_sentence_without_an_end_keeps_its_figures() -> None:
    told = "in Gao 12 people were killed on 3 May and the UN said that some 40 fighters left, "
    n_times = 250
    tables = bk.analyse("The army said that " + told * n_times, document_date=PUBLISHED)
    assert len(tables.claims) == 2 * n_times
    assert set(tables.claims["value"]) == {12.0, 40.0}
    assert set(tables.claims["as_of_start"].dt.strftime("%Y-%m-%d").dropna()) == {"2021-05-03"}
