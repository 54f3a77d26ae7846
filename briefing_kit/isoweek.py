"""ISO 8601 weeks as text: 2019-W42."""

from __future__ import annotations

import re
from datetime import date, timedelta

from briefing_kit.briefing import iso_week

WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


def monday(week: str) -> date:
    """The first day of a week.

    Raises:
        ValueError: its year has no such week.
    """
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def shift(week: str, weeks: int) -> str:
    """The week that many weeks later (earlier where negative)."""
    return iso_week(monday(week) + timedelta(weeks=weeks))


def exists(week: str) -> bool:
    """Whether a text is a week of the calendar."""
    if not WEEK.fullmatch(week):
        return False
    try:
        monday(week)
    except ValueError:
        return False
    return True
