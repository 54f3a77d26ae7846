"""Conversion of amounts that were found, with pint: finding itself needs no units library."""

from __future__ import annotations

from functools import cache
from typing import Any

from briefing_kit.lexicon import read_lexicon


@cache
def _registry() -> Any:
    import pint  # half a second to load, and only a conversion needs it

    return pint.UnitRegistry()


@cache
def _pint_names() -> dict[str, str]:
    return {row["unit"]: row["pint"] for row in read_lexicon("units") if row["pint"]}


def convert(value: float, unit: str, to: str) -> float:
    """The value in another unit of the same kind; both are canonical names of the lexicon of units ("square kilometre").

    Raises:
        ValueError: a unit is unknown or has no agreed size, or the two measure different things.

    >>> round(convert(100, "mile", "kilometre"), 1)
    160.9
    """
    names = _pint_names()
    for name in (unit, to):
        if name not in names:
            raise ValueError(f"no conversion is defined for the unit {name!r}")
    registry = _registry()
    amount = registry.Quantity(value, registry.parse_units(names[unit]))
    wanted = registry.parse_units(names[to])
    if not amount.is_compatible_with(wanted):
        raise ValueError(f"{unit!r} cannot be converted to {to!r}: they measure different things")
    return float(amount.to(wanted).magnitude)
