"""Calendar arithmetic: first and last days, TIMEX3 values and EDTF strings of periods.

Conventions: weeks are ISO weeks; seasons are the meteorological ones of the northern hemisphere, winter beginning in the
December of the year that names it; early, mid and late are days 1-10, 11-20, 21-end of a month (DESIGN: conventions), the
first, middle and last third of a longer period. Years that `datetime.date` cannot hold have no first or last day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Span = tuple[date | None, date | None]
NOWHERE: Span = (None, None)

SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_EDTF_SEASON = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}


def days_in(year: int, month: int) -> int:
    """Length of a month; of February 29 where the year is outside the calendar of `datetime`."""
    return monthrange(year, month)[1] if 1 <= year <= 9999 else (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


def year_text(year: int) -> str:
    """A year as TIMEX3 writes it: "2019", "BC0490"."""
    return f"{year:04d}" if year > 0 else f"BC{1 - year:04d}"


def valid_day(year: int | None, month: int, day: int) -> bool:
    """Whether the month has such a day, in that year or, without one, in any."""
    return (year is None or 1 <= year <= 9999) and 1 <= day <= days_in(year if year is not None else 2000, month)


def month_span(year: int, month: int) -> Span:
    """First and last day of a month; `month` may run over either end of the year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 <= year <= 9999:
        return NOWHERE
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_span(year: int, month: int, count: int) -> Span:
    """First and last day of `count` months from `month` of `year`."""
    return month_span(year, month)[0], month_span(year, month + count - 1)[1]


def years_span(first: int, last: int) -> Span:
    """First day of one year and last day of another."""
    if not (1 <= first <= 9999 and 1 <= last <= 9999):
        return NOWHERE
    return date(first, 1, 1), date(last, 12, 31)


def week_span(day: date) -> Span:
    """Monday and Sunday of the ISO week of a day."""
    monday = add_days(day, -day.weekday())
    return monday, add_days(monday, 6) if monday else None


def iso_week_span(year: int, week: int) -> Span:
    """Monday and Sunday of an ISO week; nowhere when the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    except ValueError:
        return NOWHERE


def week_value(day: date) -> str:
    """TIMEX3 value of the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def add_days(day: date, count: int) -> date | None:
    """The day so many days on; None outside the calendar."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Year and month so many months on."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def moved(base: date, unit: str, count: int) -> date | None:
    """The day so many days, weeks, months or years on; the last of the month where it has no such day; None outside the calendar."""
    days = {"D": 1, "W": 7, "FN": 14}.get(unit)
    if days:
        return add_days(base, days * count)
    months = {"M": 1, "Y": 12, "DE": 120}.get(unit)
    if not months:
        return None
    year, month = add_months(base.year, base.month, months * count)
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(base.day, days_in(year, month)))


def season_span(year: int, season: str) -> Span:
    """First and last day of a season (SP, SU, FA, WI)."""
    return months_span(year, SEASON_MONTH[season], 3)


def is_part(mod: str | None) -> bool:
    """Whether a modifier leaves a part of a period: START, MID, END or from one to another ("MID-END")."""
    return mod is not None and mod.partition("-")[0] in ("START", "MID", "END")


def part_of(span: Span, mod: str | None) -> Span:
    """The part of a period that START, MID or END leaves: thirds, by days in a month and by months in a longer period."""
    first, last = span
    if mod is not None and "-" in mod:
        begin, _, end = mod.partition("-")
        return part_of(span, begin)[0], part_of(span, end)[1]
    if first is None or last is None or mod not in ("START", "MID", "END"):
        return span
    length = (last - first).days + 1
    which = ("START", "MID", "END").index(mod)
    if 28 <= length <= 31 and first.day == 1:
        return first + timedelta(days=10 * which), last if mod == "END" else first + timedelta(days=10 * which + 9)
    if length <= 7:
        return span
    if first.day == 1 and length > 80:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        if months % 3 == 0:
            year, month = add_months(first.year, first.month, which * months // 3)
            return months_span(year, month, months // 3)
    return first + timedelta(days=length * which // 3), first + timedelta(days=length * (which + 1) // 3 - 1)


def edtf(value: str, mod: str | None, span: Span, granularity: str) -> str | None:
    """EDTF (ISO 8601-2) of a TIMEX3 date value, None where there is no date: "2019-10~", "2019-09-21/2019-09-30", "2019-04/..", "193X"."""
    if (
        value.startswith("P")
        or value.endswith("_REF")
        or (not value[:1].isdigit() and not value.startswith(("XX", "BC")))
        or "WXX" in value
    ):
        return None
    if value.startswith("BC"):
        return f"{1 - int(value[2:6]):05d}{value[6:]}" if re.fullmatch(r"BC\d{4}(-\d\d){0,2}", value) else None
    first, last = span
    if mod in ("AFTER", "BEFORE"):
        whole = edtf(value, None, span, "")
        return None if whole is None or "/" in whole else f"{whole}/.." if mod == "AFTER" else f"../{whole}"
    if (is_part(mod) and first != last) or (first and last and granularity in ("part_week", "part_month", "part_year", "part_decade")):
        return f"{first.isoformat()}/{last.isoformat()}" if first and last else None
    plain = value.split("T")[0]
    if "-W" in plain:
        code = plain.rpartition("-")[2]
        if code in _EDTF_SEASON:
            plain = f"{plain[:4]}-{_EDTF_SEASON[code]}"
        else:
            return f"{first.isoformat()}/{last.isoformat()}" if first and last else None
    else:
        year, _, rest = plain.partition("-")
        if rest in _EDTF_SEASON:
            plain = f"{year}-{_EDTF_SEASON[rest]}"
        elif rest[:1] in ("Q", "H"):
            plain = f"{year}-{(32 if rest[0] == 'Q' else 39) + int(rest[1])}"
        elif not rest and len(year) < 4:
            plain = year.ljust(4, "X")
    return plain + ("~" if mod == "APPROX" and "/" not in plain else "")
