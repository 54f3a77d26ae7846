"""Sentences and their time expressions, as read in a briefing published on Wednesday 16 October 2019.

One row of a table: words | TIMEX3 value | modifier | first day/last day | granularity | what the reading leans on.
"""

import datetime

import pytest

from briefing_kit.extract.timex import CALENDAR_GRANULARITIES, find_timexes, on_calendar
from briefing_kit.records import Timex

PUBLISHED = datetime.date(2019, 10, 16)

CALENDAR = {
    "On 10 October Army units left.": [
        "10 October | 2019-10-10 | - | 2019-10-10/2019-10-10 | day | published_on",
    ],
    "In September last year it fell.": [
        "September last year | 2018-09 | - | 2018-09-01/2018-09-30 | month | relative",
    ],
    "Last December it fell.": [
        "Last December | 2018-12 | - | 2018-12-01/2018-12-31 | month | relative",
    ],
    "It met on the second Tuesday of November 2018.": [
        "the second Tuesday of November 2018 | 2018-11-13 | - | 2018-11-13/2018-11-13 | day | explicit",
    ],
    "Signed on the 12th and 13th of October.": [
        "the 12th | 2019-10-12 | - | 2019-10-12/2019-10-12 | day | published_on",
        "13th of October | 2019-10-13 | - | 2019-10-13/2019-10-13 | day | published_on",
    ],
    "Raids took place on 10 & 13 October.": [
        "10 | 2019-10-10 | - | 2019-10-10/2019-10-10 | day | published_on",
        "13 October | 2019-10-13 | - | 2019-10-13/2019-10-13 | day | published_on",
    ],
    "The strike on 10 October killed two.": [
        "10 October | 2019-10-10 | - | 2019-10-10/2019-10-10 | day | published_on",
    ],
    "On October 10 the column advanced.": [
        "October 10 | 2019-10-10 | - | 2019-10-10/2019-10-10 | day | published_on",
    ],
    "On Monday, October 7, 2019, a truce was signed.": [
        "Monday, October 7, 2019 | 2019-10-07 | - | 2019-10-07/2019-10-07 | day | explicit",
    ],
    "The 3rd of May saw an attack.": [
        "The 3rd of May | 2019-05-03 | - | 2019-05-03/2019-05-03 | day | published_on",
    ],
    "He was released on the twenty-first of June 2018.": [
        "the twenty-first of June 2018 | 2018-06-21 | - | 2018-06-21/2018-06-21 | day | explicit",
    ],
    "The summit of 10-13 October failed.": [
        "10-13 October | 2019-10-10/2019-10-13 | - | 2019-10-10/2019-10-13 | days | published_on",
    ],
    "On 10 and 13 October raids took place.": [
        "10 | 2019-10-10 | - | 2019-10-10/2019-10-10 | day | published_on",
        "13 October | 2019-10-13 | - | 2019-10-13/2019-10-13 | day | published_on",
    ],
    "On 10, 11 and 13 October raids took place.": [
        "10 | 2019-10-10 | - | 2019-10-10/2019-10-10 | day | published_on",
        "11 | 2019-10-11 | - | 2019-10-11/2019-10-11 | day | published_on",
        "13 October | 2019-10-13 | - | 2019-10-13/2019-10-13 | day | published_on",
    ],
    "The meeting on 2019-10-02 ended.": [
        "2019-10-02 | 2019-10-02 | - | 2019-10-02/2019-10-02 | day | explicit",
    ],
    "On 25/12/2018 it rained.": [
        "25/12/2018 | 2018-12-25 | - | 2018-12-25/2018-12-25 | day | explicit",
    ],
    "The Dec. 2015 agreement stalled.": [
        "Dec. 2015 | 2015-12 | - | 2015-12-01/2015-12-31 | month | explicit",
    ],
    "In January and February 2019 the road was shut.": [
        "January | 2019-01 | - | 2019-01-01/2019-01-31 | month | explicit",
        "February 2019 | 2019-02 | - | 2019-02-01/2019-02-28 | month | explicit",
    ],
    "The April offensive stalled.": [
        "April | 2019-04 | - | 2019-04-01/2019-04-30 | month | published_on",
    ],
    "The March 2011 uprising spread.": [
        "March 2011 | 2011-03 | - | 2011-03-01/2011-03-31 | month | explicit",
    ],
    "In late 2018 the group split.": [
        "late 2018 | 2018 | END | 2018-09-01/2018-12-31 | part_year | explicit",
    ],
    "In mid-to-late October patrols resumed.": [
        "mid-to-late October | 2019-10 | - | 2019-10-11/2019-10-31 | part_month | published_on",
    ],
    "At the end of last year it was quiet.": [
        "the end of last year | 2018 | END | 2018-09-01/2018-12-31 | part_year | relative",
    ],
    "In the first half of 2019 violence fell.": [
        "the first half of 2019 | 2019-H1 | - | 2019-01-01/2019-06-30 | half | explicit",
    ],
    "In the third quarter of 2018 output fell.": [
        "the third quarter of 2018 | 2018-Q3 | - | 2018-07-01/2018-09-30 | quarter | explicit",
    ],
    "In Q3 2019 output rose.": [
        "Q3 2019 | 2019-Q3 | - | 2019-07-01/2019-09-30 | quarter | explicit",
    ],
    "During the summer of 2014 the war spread.": [
        "the summer of 2014 | 2014-SU | - | 2014-06-01/2014-08-31 | season | explicit",
    ],
    "Last winter was hard.": [
        "Last winter | 2018-WI | - | 2018-12-01/2019-02-28 | season | relative",
    ],
    "The 2011-12 term was cut short.": [
        "2011-12 | 2011/2012 | - | 2011-01-01/2012-12-31 | year | explicit",
    ],
    "In the 1990s and the early 2000s it grew.": [
        "the 1990s | 199 | - | 1990-01-01/1999-12-31 | decade | explicit",
        "the early 2000s | 200 | START | 2000-01-01/2003-04-30 | part_decade | explicit",
    ],
    "In the nineteenth century the tribe moved.": [
        "the nineteenth century | 18 | - | 1800-01-01/1899-12-31 | century | explicit",
    ],
    "In 490 BC the fleet landed.": [
        "490 BC | BC0490 | - | ../.. | year | explicit",
    ],
    "In the week of 7 October strikes rose.": [
        "the week of 7 October | 2019-W41 | - | 2019-10-07/2019-10-13 | week | published_on",
    ],
    "ISO week 42 was quiet.": [
        "ISO week 42 | 2019-W42 | - | 2019-10-14/2019-10-20 | week | published_on",
    ],
    "In the first week of October the line moved.": [
        "the first week of October | 2019-10 | START | 2019-10-01/2019-10-07 | part_month | published_on",
    ],
    "On New Year's Eve shots were fired.": [
        "New Year's Eve | 2018-12-31 | - | 2018-12-31/2018-12-31 | day | rollover",
    ],
    "On Good Friday 2019 the church was shut.": [
        "Good Friday 2019 | 2019-04-19 | - | 2019-04-19/2019-04-19 | day | explicit",
    ],
}

DEIXIS = {
    "On Friday Mohamed and Ahmed will meet.": [
        "Friday | 2019-10-18 | - | 2019-10-18/2019-10-18 | day | relative",
    ],
    "Shots were fired over the weekend.": [
        "the weekend | 2019-W41-WE | - | 2019-10-12/2019-10-13 | days | relative",
    ],
    "The post was held from Tuesday to Thursday.": [
        "Tuesday | 2019-10-08 | - | 2019-10-08/2019-10-08 | day | relative",
        "Thursday | 2019-10-10 | - | 2019-10-10/2019-10-10 | day | relative",
    ],
    "The past year was quiet.": [
        "The past year | P1Y | - | 2018-10-16/2019-10-16 | duration | relative",
    ],
    "Yesterday's attack killed five.": [
        "Yesterday | 2019-10-15 | - | 2019-10-15/2019-10-15 | day | relative",
    ],
    "The day before yesterday a drone fell.": [
        "The day before yesterday | 2019-10-14 | - | 2019-10-14/2019-10-14 | day | relative",
    ],
    "Clashes erupted on Friday.": [
        "Friday | 2019-10-11 | - | 2019-10-11/2019-10-11 | day | relative",
    ],
    "They will meet on Friday.": [
        "Friday | 2019-10-18 | - | 2019-10-18/2019-10-18 | day | relative",
    ],
    "A rally is planned for next Monday.": [
        "next Monday | 2019-10-21 | - | 2019-10-21/2019-10-21 | day | relative",
    ],
    "She arrived on Wednesday morning.": [
        "Wednesday morning | 2019-10-16TMO | - | 2019-10-16/2019-10-16 | part_of_day | relative",
    ],
    "On Wednesday evening, 9 October, she left.": [
        "Wednesday evening, 9 October | 2019-10-09TEV | - | 2019-10-09/2019-10-09 | part_of_day | published_on",
    ],
    "Last week the airport closed.": [
        "Last week | 2019-W41 | - | 2019-10-07/2019-10-13 | week | relative",
    ],
    "This week it reopens.": [
        "This week | 2019-W42 | - | 2019-10-14/2019-10-20 | week | relative",
    ],
    "Next year elections will be held.": [
        "Next year | 2020 | - | 2020-01-01/2020-12-31 | year | relative",
    ],
    "Earlier this month he resigned.": [
        "Earlier this month | 2019-10 | - | 2019-10-01/2019-10-16 | part_month | relative",
    ],
    "Later this year he will resign.": [
        "Later this year | 2019 | - | 2019-10-16/2019-12-31 | part_year | relative",
    ],
    "Last night shells fell.": [
        "Last night | 2019-10-15TNI | - | 2019-10-15/2019-10-15 | part_of_day | relative",
    ],
    "Three years ago the war began.": [
        "Three years ago | 2016 | - | 2016-01-01/2016-12-31 | year | relative",
    ],
    "In two weeks the mandate will expire.": [
        "two weeks | 2019-W44 | - | 2019-10-28/2019-11-03 | week | relative",
    ],
    "Over the past three months, 40 died.": [
        "the past three months | P3M | - | 2019-07-16/2019-10-16 | duration | relative",
    ],
    "On the 7th, the gate was opened.": [
        "the 7th | 2019-10-07 | - | 2019-10-07/2019-10-07 | day | relative",
    ],
}

YEARS = {
    "A vote planned for 14-16 April was called off.": [
        "14-16 April | 2019-04-14/2019-04-16 | - | 2019-04-14/2019-04-16 | days | published_on",
    ],
    "The council was set up under the December 2015 deal. On 3 April it met.": [
        "December 2015 | 2015-12 | - | 2015-12-01/2015-12-31 | month | explicit",
        "3 April | 2019-04-03 | - | 2019-04-03/2019-04-03 | day | published_on",
    ],
    "In March 2011 it began. Talks resume later this month.": [
        "March 2011 | 2011-03 | - | 2011-03-01/2011-03-31 | month | explicit",
        "later this month | 2019-10 | - | 2019-10-16/2019-10-31 | part_month | relative",
    ],
    "Output rose in the first half of October and in the third quarter.": [
        "the first half of October | 2019-10 | START | 2019-10-01/2019-10-15 | part_month | published_on",
        "the third quarter | 2019-Q3 | - | 2019-07-01/2019-09-30 | quarter | published_on",
    ],
    "Elections are planned for 5 March.": [
        "5 March | 2020-03-05 | - | 2020-03-05/2020-03-05 | day | rollover",
    ],
    "On 5 December the camp was hit.": [
        "5 December | 2018-12-05 | - | 2018-12-05/2018-12-05 | day | rollover",
    ],
    "It must be empty by 30 November.": [
        "30 November | 2019-11-30 | BEFORE | ../2019-11-30 | day | published_on",
    ],
}

ENDS = {
    "Prior to 2011 it was rich.": [
        "2011 | 2011 | BEFORE | ../2011-01-01 | year | explicit",
    ],
    "The group has grown since April.": [
        "April | 2019-04 | AFTER | 2019-04-01/.. | month | published_on",
    ],
    "They held the port until 9 October.": [
        "9 October | 2019-10-09 | BEFORE | ../2019-10-09 | day | published_on",
    ],
    "Before 2014 the port was open.": [
        "2014 | 2014 | BEFORE | ../2014-01-01 | year | explicit",
    ],
    "The ceasefire collapsed after 2 October.": [
        "2 October | 2019-10-02 | AFTER | 2019-10-02/.. | day | published_on",
    ],
    "It must report no later than 15 January 2020.": [
        "15 January 2020 | 2020-01-15 | BEFORE | ../2020-01-15 | day | explicit",
    ],
    "The law applied from 2014 onwards.": [
        "2014 | 2014 | AFTER | 2014-01-01/.. | year | explicit",
    ],
    "The attack came around 10 October.": [
        "around 10 October | 2019-10-10 | APPROX | 2019-10-10/2019-10-10 | day | published_on",
    ],
    "In or about 1991 the group formed.": [
        "about 1991 | 1991 | APPROX | 1991-01-01/1991-12-31 | year | explicit",
    ],
}

CLOCK = {
    "At 0430 hours local time a mine went off.": [
        "0430 hours local time | XXXX-XX-XXT04:30 | - | ../.. | time | unresolved",
    ],
    "Stamped 2019-10-16T08:15:00Z by the server.": [
        "2019-10-16T08:15:00Z | 2019-10-16T08:15Z | - | 2019-10-16/2019-10-16 | time | explicit",
    ],
    "The ultimatum expires at midnight on Thursday.": [
        "midnight on Thursday | 2019-10-17T00:00 | - | 2019-10-17/2019-10-17 | time | relative",
    ],
    "At 10:30 on 4 October a bomb went off.": [
        "10:30 on 4 October | 2019-10-04T10:30 | - | 2019-10-04/2019-10-04 | time | published_on",
    ],
    "At 9 p.m. GMT on Sunday shelling resumed.": [
        "9 p.m. GMT on Sunday | 2019-10-13T21:00Z | - | 2019-10-13/2019-10-13 | time | relative",
    ],
    "The raid began at dawn on 4 October.": [
        "dawn on 4 October | 2019-10-04TMO | - | 2019-10-04/2019-10-04 | part_of_day | published_on",
    ],
    "On the night of 3 October they fled.": [
        "the night of 3 October | 2019-10-03TNI | - | 2019-10-03/2019-10-03 | part_of_day | published_on",
    ],
    "On 5 November 2018 at 6:30 a.m. guards woke.": [
        "5 November 2018 at 6:30 a.m. | 2018-11-05T06:30 | - | 2018-11-05/2018-11-05 | time | explicit",
    ],
}

OTHERS = {
    "It stood for several hundred years.": [
        "several hundred years | PXY | - | ../.. | duration | explicit",
    ],
    "It rained for some 19 days.": [
        "some 19 days | P19D | - | ../.. | duration | explicit",
    ],
    "The siege lasted two weeks.": [
        "two weeks | P2W | - | ../.. | duration | explicit",
    ],
    "After a three-month siege the city fell.": [
        "three-month | P3M | - | ../.. | duration | explicit",
    ],
    "The trip took two hours and thirty minutes.": [
        "two hours and thirty minutes | PT2H30M | - | ../.. | duration | explicit",
    ],
    "For several days nobody moved.": [
        "several days | PXD | - | ../.. | duration | explicit",
    ],
    "Protests are held every Friday.": [
        "every Friday | XXXX-WXX-5 | - | ../.. | set | explicit",
    ],
    "Troops patrol daily.": [
        "daily | P1D | - | ../.. | set | explicit",
    ],
    "The weekly protests continue.": [
        "weekly | P1W | - | ../.. | set | explicit",
    ],
    "Guards change every other day.": [
        "every other day | P2D | - | ../.. | set | explicit",
    ],
    "The queue moves twice a week.": [
        "twice a week | P1W | - | ../.. | set | explicit",
    ],
    "At that time the port was shut.": [
        "that time | PAST_REF | - | ../.. | undated | unresolved",
    ],
    "Two days after the raid he fled.": [
        "Two days | XXXX-XX-XX | - | ../.. | undated | unresolved",
    ],
    "In recent days tension rose.": [
        "recent days | PAST_REF | - | ../.. | undated | unresolved",
    ],
}

STORY = {
    "It fell on Sunday 6 October. The following Tuesday they fled.": [
        "Sunday 6 October | 2019-10-06 | - | 2019-10-06/2019-10-06 | day | published_on",
        "The following Tuesday | 2019-10-08 | - | 2019-10-08/2019-10-08 | day | narrative",
    ],
    "The city fell on 4 April 2019. Two days later the mayor fled. The following day he was seen in Tunis. Later that month he returned.": [
        "4 April 2019 | 2019-04-04 | - | 2019-04-04/2019-04-04 | day | explicit",
        "Two days later | 2019-04-06 | - | 2019-04-06/2019-04-06 | day | narrative",
        "The following day | 2019-04-07 | - | 2019-04-07/2019-04-07 | day | narrative",
        "Later that month | 2019-04 | - | 2019-04-07/2019-04-30 | part_month | narrative",
    ],
    "In March 2011 it began. On 19 March jets struck. By August the capital had fallen. In January the militias fought.": [
        "March 2011 | 2011-03 | - | 2011-03-01/2011-03-31 | month | explicit",
        "19 March | 2011-03-19 | - | 2011-03-19/2011-03-19 | day | narrative",
        "August | 2011-08 | BEFORE | ../2011-08-31 | month | narrative",
        "January | 2012-01 | - | 2012-01-01/2012-01-31 | month | narrative",
    ],
    "The column left Zawiya on 3 June 2016. That evening it camped. The next morning it was shelled.": [
        "3 June 2016 | 2016-06-03 | - | 2016-06-03/2016-06-03 | day | explicit",
        "That evening | 2016-06-03TEV | - | 2016-06-03/2016-06-03 | part_of_day | narrative",
        "The next morning | 2016-06-04TMO | - | 2016-06-04/2016-06-04 | part_of_day | narrative",
    ],
    "The party won in 2014. The previous year it had come third. By the end of 2014 it had split.": [
        "2014 | 2014 | - | 2014-01-01/2014-12-31 | year | explicit",
        "The previous year | 2013 | - | 2013-01-01/2013-12-31 | year | narrative",
        "the end of 2014 | 2014 | BEFORE | ../2014-12-31 | part_year | explicit",
    ],
    "Two days later they withdrew.": [
        "Two days later | XXXX-XX-XX | - | ../.. | undated | unresolved",
    ],
}

TABLES = {**CALENDAR, **DEIXIS, **YEARS, **ENDS, **CLOCK, **OTHERS, **STORY}


def row(timex: Timex) -> str:
    days = f"{timex.date_start or '..'}/{timex.date_end or '..'}"
    return " | ".join((timex.text, timex.value, timex.mod or "-", days, timex.granularity, timex.resolved_by))


@pytest.mark.parametrize(("sentence", "rows"), TABLES.items(), ids=list(TABLES))
def test_sentence_gives_these_rows(sentence: str, rows: list[str]) -> None:
    """Each sentence gives exactly the rows of its table."""
    assert [row(timex) for timex in find_timexes(sentence, PUBLISHED)] == rows


JOINED = {
    "Raids took place in late September and early October.": (True, 2),
    "Fighting raged from 28 September to 2 October.": (True, 2),
    "The post was held between 4 and 6 October.": (True, 2),
    "It lasted 1778-1783.": (True, 2),
    "The road was shut from June to August.": (True, 2),
    "It shrank between late 2017 and early 2018.": (True, 2),
    "Raids took place on 10 and 13 October.": (False, 2),
    "Talks were held in 2015 and 2016.": (False, 2),
    "The summit of 10-13 October failed.": (False, 1),
}


@pytest.mark.parametrize(("sentence", "expected"), JOINED.items(), ids=list(JOINED))
def test_expressions_of_one_interval_share_a_number(sentence: str, expected: tuple[bool, int]) -> None:
    """`joined` is the same for the two ends of one interval, and missing for lists and for a range written with a hyphen."""
    joined, count = expected
    numbers = [timex.joined for timex in find_timexes(sentence, PUBLISHED)]
    assert len(numbers) == count
    assert (len(set(numbers)) == 1 and numbers[0] is not None) is joined


def test_two_intervals_have_two_numbers() -> None:
    """Intervals are told apart by their numbers."""
    found = find_timexes("From 1 to 3 May it rained; from 5 to 7 May it snowed.", PUBLISHED)
    assert [timex.joined for timex in found] == [1, 1, 2, 2]


def test_without_publication_a_date_stays_yearless() -> None:
    """No year is invented: the value says XXXX and no day is set, unless the text names a year."""
    found = find_timexes("On 10 October and in late September raids took place. It began in 2018.", None)
    assert [(t.value, t.date_start, t.resolved_by) for t in found[:2]] == [
        ("XXXX-10-10", None, "unresolved"),
        ("XXXX-09", None, "unresolved"),
    ]
    assert found[2].date_start == datetime.date(2018, 1, 1)


def test_a_year_named_before_serves_without_publication() -> None:
    """A date without a year leans on the year that the text named before it."""
    found = find_timexes("In March 2011 it began. On 19 March jets struck.", None)
    assert [(t.value, t.resolved_by) for t in found] == [("2011-03", "explicit"), ("2011-03-19", "narrative")]


@pytest.mark.parametrize(
    ("sentence", "day_first", "value", "ambiguous"),
    [
        ("On 03/04/2019 it fell.", True, "2019-04-03", True),
        ("On 03/04/2019 it fell.", False, "2019-03-04", True),
        ("On 04/25/2019 it fell.", True, "2019-04-25", False),
        ("On 25/04/2019 it fell.", False, "2019-04-25", False),
        ("On 04/04/2019 it fell.", True, "2019-04-04", False),
        ("On 22/04 it fell.", True, "2019-04-22", False),
    ],
)
def test_order_of_day_and_month(sentence: str, day_first: bool, value: str, ambiguous: bool) -> None:
    """Day and month are read in the order asked for, and marked where they could change places."""
    (found,) = find_timexes(sentence, PUBLISHED, day_first=day_first)
    assert (found.value, found.ambiguous) == (value, ambiguous)


@pytest.mark.parametrize(
    "sentence", ["It fell on 30 February 2019.", "It fell on 31 June.", "It fell on 2019-13-40.", "It fell on 99/99/2019."]
)
def test_impossible_dates_are_refused(sentence: str) -> None:
    """A day that no calendar has gives no row, and nothing nearby is made of it."""
    assert find_timexes(sentence, PUBLISHED) == []


@pytest.mark.parametrize(
    ("sentence", "edtf"),
    [
        ("On 10 October it fell.", "2019-10-10"),
        ("In late September it fell.", "2019-09-21/2019-09-30"),
        ("It fell around 10 October.", "2019-10-10~"),
        ("It has grown since April.", "2019-04/.."),
        ("It stayed until 2 October.", "../2019-10-02"),
        ("In the 1990s it grew.", "199X"),
        ("In the nineteenth century it grew.", "18XX"),
        ("In the summer of 2014 it fell.", "2014-22"),
        ("In Q3 2019 it fell.", "2019-35"),
        ("In 490 BC it fell.", "-0489"),
        ("It lasted two weeks.", None),
        ("It is open from now on.", None),
    ],
)
def test_edtf(sentence: str, edtf: str | None) -> None:
    """EDTF (ISO 8601-2) of each kind of date, none for durations and vague references."""
    (found,) = find_timexes(sentence, PUBLISHED)
    assert found.edtf == edtf


def test_on_calendar_parts_dates_from_the_rest() -> None:
    """An event can be dated by a day, a month or a stretch with known ends, not by a bare duration, a set or "now"."""
    found = find_timexes("On 4 May, for two weeks, every Friday, until now, and over the past three months.", PUBLISHED)
    assert [on_calendar(timex) for timex in found] == [True, False, False, False, True]
    assert "duration" not in CALENDAR_GRANULARITIES


def test_odd_spaces_and_dashes_change_nothing() -> None:
    """No-break spaces, en dashes and curly quotes read like plain ones, and the text is given back as written."""
    text = "Between the 10\u201313\u00a0October talks and New Year\u2019s Eve 2018"
    assert [timex.text for timex in find_timexes(text, PUBLISHED)] == ["10\u201313\u00a0October", "New Year\u2019s Eve 2018"]


def test_blank_lines_end_an_expression() -> None:
    """A date does not run over the end of a paragraph."""
    assert [timex.text for timex in find_timexes("It fell on 10 October\n\n2018 was quiet.", PUBLISHED)] == ["10 October", "2018"]
