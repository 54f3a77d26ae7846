"""Labels of the Traffic Light Protocol, as people write them and as documents bear them."""

from __future__ import annotations

import re

from briefing_kit.briefing import MARKINGS
from briefing_kit.marking import strictest

_LABEL = re.compile(r"TLP\s*:\s*(?:AMBER\s*\+\s*STRICT|RED|AMBER|GREEN|CLEAR|WHITE)\b", re.IGNORECASE)
_LINE = re.compile(rf"\W*(?:(?:marking|classification|handling)\s*:?\s*)?({_LABEL.pattern})\W*", re.IGNORECASE)


def normal_marking(value: str) -> str:
    """A TLP 2.0 label from what people write ("amber", "TLP: Green"; TLP 1's WHITE is CLEAR).

    Raises:
        ValueError: it is none of the five labels.
    """
    name = "TLP:" + re.sub(r"^TLP\s*[: ]\s*", "", value.strip().upper()).replace(" ", "").replace("WHITE", "CLEAR")
    if name not in MARKINGS:
        raise ValueError(f"{value!r} is no TLP 2.0 marking; write one of {', '.join(MARKINGS)}")
    return name


def marking_of_lines(text: str) -> str:
    """The strictest marking that stands in a line of its own, else ""; a label in running text is talked about, not borne."""
    return strictest(normal_marking(found[1]) for line in text.splitlines() if (found := _LINE.fullmatch(line[:200])))


def marking_within(text: str) -> str:
    """The strictest marking anywhere in a page's header or footer, else ""."""
    return strictest(normal_marking(found) for found in _LABEL.findall(text))
