"""Which happening a date dates."""

from __future__ import annotations

import pytest
from events_cases import cases, marked, mentions_in

from briefing_kit.extract.events import find_events
from briefing_kit.records import Event


def shown(event: Event) -> str:
    days = [day.isoformat() if day else "" for day in dict.fromkeys((event.date_start, event.date_end))]
    mark = f" !{event.factuality}" if event.factuality != "asserted" else ""
    return f"{event.event_type} {event.predicate.lower()} {'/'.join(days)}{mark}"


@pytest.mark.parametrize(("sentence", "wanted"), cases(), ids=[sentence for sentence, _ in cases()])
def test_a_date_dates_its_happening(sentence: str, wanted: list[str]) -> None:
    """Each sentence gives exactly the dated happenings beside it, in order of the text."""
    briefing, timexes = marked(sentence)
    found = find_events(briefing, timexes, mentions_in(briefing), [])
    assert sorted(shown(event) for event in found if event.date_ids) == sorted(wanted)
