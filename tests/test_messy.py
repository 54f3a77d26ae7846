"""The same briefing in every encoding, with every unseen character and in every format: the same claims and dated events."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from messy import MESSY

import briefing_kit as bk
from briefing_kit.briefing import Briefing
from briefing_kit.reading import load_briefing
from briefing_kit.textmap import visible

ROOT = Path(__file__).parents[1]
FOUNDING = ROOT.parent / "shared" / "seed" / "briefing.txt"
OWN = ROOT / "data" / "briefings" / "2019-10-16_libya.md"
CLAIM = [
    "value",
    "low",
    "high",
    "kind",
    "unit",
    "unit_class",
    "counted",
    "actor_id",
    "measure",
    "as_of_start",
    "as_of_end",
    "source",
    "factuality",
]
EVENT = ["date_start", "date_end", "granularity", "event_type", "predicate", "actors", "factuality"]
DAY = date(2019, 10, 16)
FORMATS = {"docx": ".docx", "pdf": ".pdf", "eml": ".eml", "html": ".html"}
EXTRAS = {"docx": "mammoth", "pdf": "pypdf", "html": "trafilatura"}


def founding() -> str:
    if not FOUNDING.is_file():
        pytest.skip("the founding text is not in this checkout")
    return FOUNDING.read_text(encoding="utf-8")


def own() -> str:
    """The reporting of one of our samples, without headings and lists, which not every format can say."""
    paragraphs = load_briefing(OWN).text.split("\n\n")
    return "\n\n".join(each.strip() for each in paragraphs if not each.startswith(("#", "-", ">")) and each.strip().endswith("."))


def told(cell: Any) -> str:
    """A cell without what the typesetting alone changed."""
    return " ".join(bk_visible(str(cell)).split())


def bk_visible(text: str) -> str:
    return " ".join(visible(text)[0].replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ").split())


def findings(briefing: Briefing) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    tables = bk.analyse(briefing)
    for name in ("mentions", "claims", "events", "dates", "sentences"):
        for row in getattr(tables, name).itertuples(index=False):
            assert briefing.text[row.start : row.end] == row.text
    events = bk.timeline(briefing)
    events = events[events["date_start"].notna() & events["date_end"].notna()]
    return tuple(
        [tuple(told(cell) for cell in row) for row in frame.itertuples(index=False)] for frame in (tables.claims[CLAIM], events[EVENT])
    )


@cache
def expected(name: str) -> Any:
    text = {"founding": founding, "own": own}[name]()
    return findings(Briefing(text=text, doc_id="plain", published_on=DAY, language="en"))


@pytest.mark.parametrize("text", ["founding", "own"])
@pytest.mark.parametrize("shape", MESSY)
def test_every_shape_gives_the_same_rows(tmp_path, shape, text):
    """The claims and dated events of the plain text, with exact offsets into what was read."""
    suffix, make = MESSY[shape]
    if suffix in EXTRAS:
        pytest.importorskip(EXTRAS[suffix])
    claims, events = expected(text)
    path = tmp_path / f"2019-10-16_libya.{suffix}"
    path.write_bytes(make({"founding": founding, "own": own}[text]()))
    briefing = load_briefing(path)
    assert briefing.published_on == DAY
    assert findings(briefing) == (claims, events)
    if text == "founding":
        assert (len(claims), len(events)) == (6, 3)
