"""iCalendar (RFC 5545): what the texts plan or expect, as whole-day entries that do not block the day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from briefing_kit.exports.rows import DAY, About, Exported, Row, dated_events, spoken, told
from briefing_kit.report.text import printable

if TYPE_CHECKING:
    from briefing_kit.tables import Tables

_FITS = (*DAY, "days", "week", "part_week", "month", "part_month")  # what is vaguer fills no calendar
_FOLD = 75  # octets of a line, RFC 5545 section 3.1
_SIGNS = re.compile(r"([\\;,])")


def ical(tables: Tables, about: About) -> Exported:
    """One VEVENT per planned or expected happening known at least to the month; an interval is one entry over all its days."""
    found = dated_events(tables, once=True)
    future = [event for event in found.dated if event["is_future"]]
    kept = [event for event in future if event["granularity"] in _FITS and event["date_start"] and event["date_end"]]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//briefing_kit//planned and expected//EN"]
    lines += [f"X-WR-CALNAME:{_text(f'{about.marking} {about.title}')}"]
    for event in kept:
        lines += _entry(event, about.marking)
    lines.append("END:VCALENDAR")
    left = told((len(found.dated) - len(future), "event of the past"), (len(future) - len(kept), "event not known to the month"))
    return Exported("".join(f"{_folded(line)}\r\n" for line in lines), (*found.left_out, *left))


def _entry(event: Row, marking: str) -> list[str]:
    stamp = event["published_on"] or event["date_start"]  # RFC 5545 asks for one; the clock is never asked
    told_by = event["source"] if event["source"] != "(author)" else "the briefing itself"
    description = f"{event['sentence']}\nAs written: {spoken(event)}\nSource: {told_by}, {event['factuality']}\nRow {event['event_id']}"
    place = [f"LOCATION:{_text(event['location'])}"] if event["location"] else []
    mark = [f"COMMENT:{_text(marking)}"] if marking else []
    return [
        "BEGIN:VEVENT",
        f"UID:{event['event_id']}@briefing-kit",
        f"DTSTAMP:{datetime(stamp.year, stamp.month, stamp.day):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_day(event['date_start'])}",
        f"DTEND;VALUE=DATE:{_day(event['date_end'] + timedelta(days=1))}",  # exclusive
        f"SUMMARY:{_text(marking + ' ' + event['headline'])}",
        f"DESCRIPTION:{_text(description)}",
        *place,
        *mark,
        f"CATEGORIES:{_text(event['event_type'].replace('_', ' '))}",
        "STATUS:TENTATIVE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    return _SIGNS.sub(r"\\\1", printable(text).strip()).replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none of which parts a character; continued lines begin with a space."""
    pieces, piece, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    return "\r\n".join([*pieces, piece])
