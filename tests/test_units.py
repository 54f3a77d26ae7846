"""Conversion of units, and the lexicons of units, currencies and number words."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from briefing_kit.lexicon import read_lexicon, words
from briefing_kit.units import convert

UNIT_CLASSES = {"area", "distance", "volume", "weight", "rate", "duration", "percent", "other"}


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (100, "mile", "kilometre", 160.9344),
        (1, "barrel", "litre", 158.987294928),
        (300_000, "barrel per day", "cubic metre per day", 47_696.19),
        (10, "square kilometre", "hectare", 1000),
        (2, "tonne", "kilogram", 2000),
        (20, "degree Celsius", "degree Fahrenheit", 68),
        (450, "megawatt", "kilowatt", 450_000),
    ],
)
def test_amounts_are_converted(value: float, unit: str, to: str, expected: float) -> None:
    """An amount comes out in the unit asked for."""
    assert convert(value, unit, to) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("unit", "to"), [("mile", "litre"), ("dunam", "hectare"), ("parsec", "mile"), ("mile", "league")])
def test_what_cannot_be_converted_is_refused(unit: str, to: str) -> None:
    """Unknown units, units without one agreed size and units of two kinds are refused by name."""
    with pytest.raises(ValueError, match=f"{unit}|{to}"):
        convert(1, unit, to)


def test_every_pint_name_is_known_to_pint() -> None:
    """Each unit with a pint name converts to itself."""
    rows = {row["unit"]: row["pint"] for row in read_lexicon("units") if row["pint"]}
    assert len(rows) > 80
    for unit in rows:
        assert convert(1, unit, unit) == pytest.approx(1)


def test_finding_quantities_loads_no_units_library() -> None:
    """The extractor needs neither pint nor pandas."""
    code = "import sys, briefing_kit.extract.quantities, briefing_kit.units; sys.exit('pint' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_units_have_a_class_of_the_closed_list_and_no_form_twice() -> None:
    """A written form names one unit or currency only."""
    seen: dict[str, str] = {}
    for row in read_lexicon("units"):
        assert row["unit_class"] in UNIT_CLASSES
        for form in [*words(row["words"]), *words(row["symbols"])]:
            assert seen.setdefault(form, row["unit"]) == row["unit"], form
    currencies: dict[str, str] = {}
    for row in read_lexicon("currencies"):
        assert re.fullmatch(r"[A-Z]{3}|", row["code"])
        for form in [*words(row["words"]), *words(row["symbols"])]:
            assert form not in seen, form
            assert currencies.setdefault(form, row["unit"]) == row["unit"], form


@pytest.mark.parametrize(
    "name", ["units", "currencies", "number_words", "vague_magnitudes", "approximators", "designators", "quantity_cues"]
)
def test_lexicons_have_no_row_twice(name: str) -> None:
    """No row is given twice."""
    rows = [tuple(row.values()) for row in read_lexicon(name)]
    assert len(rows) == len(set(rows))
