"""Timesketch JSON lines: `message`, `datetime` and `timestamp_desc` for each event (google/timesketch, import from JSON or CSV)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from briefing_kit.exports.rows import DAY, About, Exported, dated_events, spoken, told

if TYPE_CHECKING:
    from briefing_kit.tables import Tables


def timesketch(tables: Tables, about: About) -> Exported:
    """One line per event that is known to the day; what is vaguer has no time stamp that would not be invented."""
    found = dated_events(tables)
    exact = [event for event in found.dated if event["granularity"] in DAY and event["date_start"]]
    lines = [
        {
            "message": event["headline"],
            "datetime": f"{event['date_start'].isoformat()}T00:00:00+00:00",
            "timestamp_desc": "Day of the event, no time known" if event["date_end"] else "First day, still going on",
            "date_as_written": spoken(event),
            "event_type": event["event_type"],
            "location": event["location"],
            "actors": event["actors"],
            "source": event["source"],
            "factuality": event["factuality"],
            "sentence": event["sentence"],
            "briefing": event["doc_id"],
            "row": event["event_id"],
            "tag": [about.marking] if about.marking else [],
        }
        for event in exact
    ]
    left = (*found.left_out, *told((len(found.dated) - len(exact), "event not known to the day")))
    return Exported("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), left)
