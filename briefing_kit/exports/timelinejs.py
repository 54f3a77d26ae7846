"""TimelineJS 3: a JSON file that its reader draws as a timeline (https://timeline.knightlab.com/docs/json-format.html).

Dates hold only what is known: a month has no day. `display_date` carries the words of the text. Text is escaped, since
TimelineJS takes it for HTML, and links in it stay text (`autolink` off).
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from briefing_kit.exports.rows import DAY, About, Exported, Row, dated_events, spoken, told

if TYPE_CHECKING:
    from datetime import date

    from briefing_kit.tables import Tables

_FIELDS = ("year", "month", "day")
# How many of them are known; part_month and the like are conventions of ours (late: from the 21st), no known days.
_KNOWN = {
    **dict.fromkeys((*DAY, "days", "week", "part_week"), 3),
    **dict.fromkeys(("month", "part_month", "quarter", "half", "season"), 2),
    **dict.fromkeys(("year", "part_year", "decade", "part_decade", "century"), 1),
}


def timelinejs(tables: Tables, about: About) -> Exported:
    """One slide per dated happening, in the order of time; a happening told twice is shown once."""
    found = dated_events(tables, once=True)
    slides = [_slide(event) for event in found.dated if event["granularity"] in _KNOWN]
    vague = len(found.dated) - len(slides)
    text = {"headline": escape(about.title), "text": escape(about.marking)}
    page = {"title": {"text": text}, "events": slides, "scale": "human", "marking": about.marking}
    left = (*found.left_out, *told((vague, "event that no year is known of")))
    return Exported(json.dumps(page, indent=1, ensure_ascii=False) + "\n", left)


def _slide(event: Row) -> dict[str, Any]:
    known = _KNOWN[event["granularity"]]
    first, last = event["date_start"] or event["date_end"], event["date_end"] or event["date_start"]
    slide = {
        "unique_id": event["event_id"],
        "start_date": _date(first, known),
        "display_date": escape(spoken(event)),
        "group": escape(event["event_type"].replace("_", " ")),
        "text": {"headline": escape(event["headline"]), "text": _body(event)},
        "autolink": False,
    }
    end = _date(last, known)
    return slide if end == slide["start_date"] else {**slide, "end_date": end}


def _date(day: date, known: int) -> dict[str, int]:
    return dict(zip(_FIELDS[:known], (day.year, day.month, day.day), strict=False))


def _body(event: Row) -> str:
    said = f"{event['source']}, {event['factuality']}" if event["source"] != "(author)" else f"the briefing itself, {event['factuality']}"
    title = event["document"]["title"] or event["doc_id"]
    return f"<p>{escape(event['sentence'])}</p><p>Source: {escape(said)}. {escape(title)}, row {event['event_id']}.</p>"
