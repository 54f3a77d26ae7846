"""ISO 8601 weeks as the run writes them: 2019-W42."""

from __future__ import annotations

import re
from datetime import date

from briefing_kit.briefing import iso_week
from briefing_kit.isoweek import WEEK, exists, shift
from briefing_kit.weekly.status import Refused

LOOSE_WEEK = re.compile(r"(\d{4})[-_ ]?[wW]?[-_ ]?(\d{1,2})", re.ASCII)


def check_week(text: str, field: str = "--week") -> str:
    """The week as it stands, where it is one.

    Raises:
        Refused: it is not written like 2019-W42 or its year has no such week.
    """
    match = WEEK.fullmatch(text)
    if match is None:
        loose = LOOSE_WEEK.fullmatch(text)
        guess = f"{loose[1]}-W{int(loose[2]):02}" if loose else ""
        mend = f'did you mean "{guess}"?' if guess and exists(guess) else "write an ISO week such as 2019-W42"
        raise Refused(f"{field}: {text[:40]!r} is not a week: {mend}")
    if not exists(text):
        last = iso_week(date(int(match[1]), 12, 28)) if int(match[1]) else "0001-W52"
        raise Refused(f"{field}: {text!r} is not a week: the last one of {match[1]} is {last}")
    return text


def window(week: str, weeks_before: int) -> tuple[str, str]:
    """The first and the last week that a report of this week reads."""
    try:
        return shift(week, -weeks_before), week
    except OverflowError:
        return "0001-W01", week
