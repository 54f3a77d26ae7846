"""Dates and clock times written in figures: 2019-10-16, 16/10/2019, 10:30 p.m., 0600 GMT."""

from __future__ import annotations

from datetime import date, datetime

from briefing_kit.extract.timex_calendar import month_span, valid_day, years_span
from briefing_kit.extract.timex_counts import century
from briefing_kit.extract.timex_draft import Draft
from briefing_kit.extract.timex_evidence import is_year_range
from briefing_kit.extract.timex_narrative import Ahead, Narrative
from briefing_kit.extract.timex_resolve import Reading
from briefing_kit.extract.timex_tokens import Tokens
from briefing_kit.extract.timex_vocabulary import MONTH_CODES


def read_numeric(tokens: Tokens, draft: Draft, told: Narrative, *, day_first: bool, ahead: Ahead) -> Reading | None:
    """A date in figures; None when no calendar has it. Where day and month could change places it is ambiguous."""
    if draft.rule == "date_time_group":
        return _date_time_group(tokens, draft, told)
    if draft.text:
        parts = [draft.text[:4], draft.text[4:6], draft.text[6:]]
        separators = ""
    else:
        indices = range(draft.first, draft.last)
        parts = [tokens.word(i) for i in indices if tokens.name(i) in ("number31", "number", "year4")]
        separators = "".join(tokens.word(i) for i in indices if tokens.name(i) in ("slash", "hyphen", "tight_dot"))
        begin = draft.first
        while draft.weekday and tokens.name(begin) in ("weekday", "weekday_abbr", "comma", "tight_comma", "dot"):
            begin += 1
        if not all(tokens.glued(i) for i in range(begin, draft.last - 1)):
            return None
        if draft.month is not None:
            written_day, written_year = parts if len(parts[0]) < 4 else reversed(parts)
            if len(written_year) == 2:
                written_year = str(century(int(written_year)))
            return _day(told, [written_year, str(draft.month), written_day], ambiguous=False)
    if draft.number == -1:
        return _iso_time(tokens, draft, told)
    if len(parts) == 2 and len(parts[1]) == 4:
        return _month(told, int(parts[1]), int(parts[0]))
    if len(parts) == 2 and separators == "/":
        return _day_and_month(told, int(parts[0]), int(parts[1]), draft.weekday, day_first=day_first, ahead=ahead)
    if len(parts) == 2 and len(parts[1]) == 2 and (int(parts[1]) > 12 or int(parts[1]) == int(parts[0]) % 100 + 1):
        last = int(parts[0]) // 100 * 100 + int(parts[1])
        if last <= int(parts[0]) or not is_year_range(tokens, draft):
            return None
        told.note(last)
        return Reading("DATE", f"{parts[0]}/{last:04d}", "year", "explicit", years_span(int(parts[0]), last))
    if len(parts) == 2:
        return _month(told, int(parts[0]), int(parts[1]))
    if len(parts[0]) == 4:
        return _day(told, parts, ambiguous=False)
    if len(parts[2]) != 4 and (separators[0] != "/" or len(parts[2]) != 2):
        return None
    first, second = int(parts[0]), int(parts[1])
    day, month = (first, second) if day_first else (second, first)
    ambiguous = first <= 12 and second <= 12 and first != second
    if month > 12 >= day:
        day, month = month, day
    year = int(parts[2]) if len(parts[2]) == 4 else century(int(parts[2]))
    if ambiguous and draft.weekday is not None:
        named = [date(year, *order).isoweekday() == draft.weekday for order in ((month, day), (day, month))]
        ambiguous = named[0] == named[1]
        if named == [False, True]:
            day, month = month, day
    return _day(told, [str(year), str(month), str(day)], ambiguous=ambiguous)


def _date_time_group(tokens: Tokens, draft: Draft, told: Narrative) -> Reading | None:
    """The date-time group of a military message: 031200Z MAY 20; or its day alone: 03MAY20."""
    written = tokens.word(draft.first).upper()
    if written[2].isalpha():
        month, figures = MONTH_CODES.index(written[2:5]) + 1, written[5:]
    elif draft.last - draft.first > 1:
        month, figures = draft.month or 1, tokens.word(draft.last - 1)
    else:
        month, figures = MONTH_CODES.index(written[7:10]) + 1, written[10:]
    if len(figures) not in (2, 4):
        return None
    year = int(figures) if len(figures) == 4 else century(int(figures))
    if not valid_day(year, month, int(written[:2])):
        return None
    day = date(year, month, int(written[:2]))
    told.note(year, month, day)
    if written[2].isalpha():
        return Reading("DATE", day.isoformat(), "day", "explicit", (day, day))
    return Reading("TIME", f"{day.isoformat()}T{written[2:4]}:{written[4:6]}{_zone(written[6])}", "time", "explicit", (day, day))


def _zone(letter: str) -> str:
    """The military time zone of a letter as an offset: Z is UTC, A to M (without J) lie east of it, N to Y west."""
    if letter == "Z":
        return "Z"
    east = "ABCDEFGHIKLM".find(letter) + 1
    return f"+{east:02d}" if east else f"-{'NOPQRSTUVWXY'.index(letter) + 1:02d}"


def _day_and_month(told: Narrative, first: int, second: int, weekday: int | None, *, day_first: bool, ahead: Ahead) -> Reading | None:
    """A day and month without a year: 22/04. A weekday beside them settles their order where it can."""
    day, month = (first, second) if day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    if month > 12 or not valid_day(None, month, day):
        return None
    ambiguous = first <= 12 and second <= 12 and first != second
    if ambiguous and weekday is not None:
        named = [_falls_on(told, *order, weekday, ahead=ahead) for order in ((month, day), (day, month))]
        ambiguous = named[0] == named[1]
        if named == [False, True]:
            day, month = month, day
    year, how = told.year_of_month(month, day, ahead=ahead)
    if year is None or not 1 <= year <= 9999 or not valid_day(year, month, day):
        return Reading("DATE", f"XXXX-{month:02d}-{day:02d}", "day", "unresolved", ambiguous=ambiguous)
    found = date(year, month, day)
    told.note(year, month, found)
    return Reading("DATE", found.isoformat(), "day", how, (found, found), ambiguous=ambiguous)


def _falls_on(told: Narrative, month: int, day: int, weekday: int, *, ahead: Ahead) -> bool:
    """Whether a day of the year that it would be read in falls on a weekday."""
    year, _ = told.year_of_month(month, day, ahead=ahead)
    return year is not None and 1 <= year <= 9999 and date(year, month, day).isoweekday() == weekday


def _iso_time(tokens: Tokens, draft: Draft, told: Narrative) -> Reading | None:
    """An ISO 8601 date with its time: 2019-10-16T08:15:00Z."""
    written = "".join(tokens.words(draft.first, draft.last)).upper()
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    day = moment.date()
    told.note(day.year, day.month, day)
    zone = "Z" if written.endswith("Z") else ""
    return Reading("TIME", f"{day.isoformat()}T{moment:%H:%M}{zone}", "time", "explicit", (day, day))


def _day(told: Narrative, parts: list[str], *, ambiguous: bool) -> Reading | None:
    try:
        day = date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
    told.note(day.year, day.month, day)
    return Reading("DATE", day.isoformat(), "day", "explicit", (day, day), ambiguous=ambiguous)


def _month(told: Narrative, year: int, month: int) -> Reading | None:
    if not 1 <= month <= 12:
        return None
    told.note(year, month)
    return Reading("DATE", f"{year:04d}-{month:02d}", "month", "explicit", month_span(year, month))


def clock_value(tokens: Tokens, draft: Draft) -> str | None:
    """The 22:30 of a clock time of the tokens; None when no clock shows it."""
    words = [tokens.word(i) for i in range(draft.first, draft.last)]
    if draft.rule == "point_of_day":
        return draft.part
    joined = "".join(words).lower()
    digits = ""
    for char in joined:
        if char.isdigit() or char in ":.":
            digits += char
        else:
            break
    digits = digits.strip(".:").replace(".", ":")
    pieces = digits.split(":")
    if len(pieces) == 1 and len(pieces[0]) in (3, 4):
        pieces = [pieces[0][:-2], pieces[0][-2:]]
    hour, minute = int(pieces[0]), int(pieces[1]) if len(pieces) > 1 else 0
    rest = joined[len(digits) :].replace(".", "").strip()
    if rest.startswith("pm") and hour < 12:
        hour += 12
    elif rest.startswith("am") and hour == 12:
        hour = 0
    if rest.endswith(("z", "gmt", "utc")) and not draft.zone:
        draft.zone = "Z"
    if hour > 24 or minute > 59:
        return None
    return f"{hour:02d}:{minute:02d}"
