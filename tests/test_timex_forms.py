"""Forms of dates met in situation reports and news, in a text published on Wednesday 16 October 2019; rows as in `test_timex`."""

import datetime

import pytest

from briefing_kit.extract.timex import find_timexes
from briefing_kit.records import Timex

PUBLISHED = datetime.date(2019, 10, 16)

WEEKDAYS = {
    "Early Wednesday the base was hit.": [
        "Early Wednesday | 2019-10-16 | START | 2019-10-16/2019-10-16 | day | relative",
    ],
    "Police fired late on Tuesday.": [
        "late on Tuesday | 2019-10-15 | END | 2019-10-15/2019-10-15 | day | relative",
    ],
    "Early on 10 October shells fell.": [
        "Early on 10 October | 2019-10-10 | START | 2019-10-10/2019-10-10 | day | published_on",
    ],
    "Two Fridays ago the mosque was stormed.": [
        "Two Fridays ago | 2019-10-04 | - | 2019-10-04/2019-10-04 | day | relative",
    ],
    "This past Tuesday the council met.": [
        "This past Tuesday | 2019-10-15 | - | 2019-10-15/2019-10-15 | day | relative",
    ],
    "The envoy returns this coming Thursday.": [
        "this coming Thursday | 2019-10-17 | - | 2019-10-17/2019-10-17 | day | relative",
    ],
    "It was off to a quiet start on Monday.": [
        "Monday | 2019-10-14 | - | 2019-10-14/2019-10-14 | day | relative",
    ],
    "Talks start on Monday.": [
        "Monday | 2019-10-21 | - | 2019-10-21/2019-10-21 | day | relative",
    ],
    "Markets close on Friday afternoons.": [
        "Friday afternoons | XXXX-WXX-5TAF | - | ../.. | set | explicit",
    ],
}

FIGURES = {
    "DTG 031200Z MAY 18.": [
        "031200Z MAY 18 | 2018-05-03T12:00Z | - | 2018-05-03/2018-05-03 | time | explicit",
    ],
    "Message 152230C OCT 2019 refers.": [
        "152230C OCT 2019 | 2019-10-15T22:30+03 | - | 2019-10-15/2019-10-15 | time | explicit",
    ],
    "Message 152230ZOCT19 refers.": [
        "152230ZOCT19 | 2019-10-15T22:30Z | - | 2019-10-15/2019-10-15 | time | explicit",
    ],
    "Report of 16OCT18 refers.": [
        "16OCT18 | 2018-10-16 | - | 2018-10-16/2018-10-16 | day | explicit",
    ],
    "Situation as of 0600 on 16 Oct 2019.": [
        "0600 on 16 Oct 2019 | 2019-10-16T06:00 | - | 2019-10-16/2019-10-16 | time | explicit",
    ],
    "Patrol log, 03 JAN 18: nothing to report.": [
        "03 JAN 18 | 2018-01-03 | - | 2018-01-03/2018-01-03 | day | explicit",
    ],
    "On 03 JAN 20 soldiers left.": [
        "03 JAN | 2019-01-03 | - | 2019-01-03/2019-01-03 | day | published_on",
    ],
    "Talks were held on Friday 4/10.": [
        "Friday 4/10 | 2019-10-04 | - | 2019-10-04/2019-10-04 | day | published_on",
    ],
    "Talks were held on Friday 10/4.": [
        "Friday 10/4 | 2019-10-04 | - | 2019-10-04/2019-10-04 | day | published_on",
    ],
    "Talks were held on Fri, 04/10/2019.": [
        "Fri, 04/10/2019 | 2019-10-04 | - | 2019-10-04/2019-10-04 | day | explicit",
    ],
    "It expires in the third month of 2020.": [
        "the third month of 2020 | 2020-03 | - | 2020-03-01/2020-03-31 | month | explicit",
    ],
    "Pay is due on the 15th day of next month.": [
        "the 15th day of next month | 2019-11-15 | - | 2019-11-15/2019-11-15 | day | relative",
    ],
    "By 1900 on 7 October the town had fallen.": [
        "1900 on 7 October | 2019-10-07T19:00 | BEFORE | ../2019-10-07 | time | published_on",
    ],
    "It began at 1900 GMT.": [
        "1900 GMT | XXXX-XX-XXT19:00Z | - | ../.. | time | unresolved",
    ],
    "Polls close at 3.30pm.": [
        "3.30pm | XXXX-XX-XXT15:30 | - | ../.. | time | unresolved",
    ],
    "Signed Sep-23-2018.": [
        "Sep-23-2018 | 2018-09-23 | - | 2018-09-23/2018-09-23 | day | explicit",
    ],
    "Stamped 4-Oct-18.": [
        "4-Oct-18 | 2018-10-04 | - | 2018-10-04/2018-10-04 | day | explicit",
    ],
    "The base opened in 03/2018.": [
        "03/2018 | 2018-03 | - | 2018-03-01/2018-03-31 | month | explicit",
    ],
}

WORDS = {
    "In nineteen ninety-six the treaty was signed.": [
        "nineteen ninety-six | 1996 | - | 1996-01-01/1996-12-31 | year | explicit",
    ],
    "The mission began in two thousand and eleven.": [
        "two thousand and eleven | 2011 | - | 2011-01-01/2011-12-31 | year | explicit",
    ],
    "It has been shut since twenty fourteen.": [
        "twenty fourteen | 2014 | AFTER | 2014-01-01/.. | year | explicit",
    ],
    "He left in August two thousand and fifteen.": [
        "August two thousand and fifteen | 2015-08 | - | 2015-08-01/2015-08-31 | month | explicit",
    ],
    "On 6 April seventeen hundred and thirty-three it sailed.": [
        "6 April seventeen hundred and thirty-three | 1733-04-06 | - | 1733-04-06/1733-04-06 | day | explicit",
    ],
    "In two thousand homes the power failed.": [],
    "In nineteen villages the power failed.": [],
    "Of the two thousand and eleven men who left, ten returned.": [],
    "Camps in two thousand and five districts were counted.": [],
}

OPEN = {
    "Shops in post-2011 Libya closed.": [
        "2011 | 2011 | AFTER | 2011-12-31/.. | year | explicit",
    ],
    "The pre-2011 army was large.": [
        "2011 | 2011 | BEFORE | ../2011-01-01 | year | explicit",
    ],
    "The vote is planned for June.": [
        "June | 2020-06 | - | 2020-06-01/2020-06-30 | month | rollover",
    ],
    "The bank is to publish its accounts for August this week.": [
        "August | 2019-08 | - | 2019-08-01/2019-08-31 | month | published_on",
        "this week | 2019-W42 | - | 2019-10-14/2019-10-20 | week | relative",
    ],
    "The fort is pre-war and the treaty post-colonial.": [],
    "Exports stand at two million barrels per day.": [],
    "Rebels are now thought to hold the dam.": [],
    "The road has been shut until now.": [
        "now | PRESENT_REF | - | ../.. | undated | unresolved",
    ],
    "How about 2018, or March 2017?": [
        "2018 | 2018 | - | 2018-01-01/2018-12-31 | year | explicit",
        "March 2017 | 2017-03 | - | 2017-03-01/2017-03-31 | month | explicit",
    ],
    "The previous week saw clashes.": [
        "The previous week | 2019-W41 | - | 2019-10-07/2019-10-13 | week | relative",
    ],
}

PAST = {
    "On 5 November the camp was hit.": [
        "5 November | 2018-11-05 | - | 2018-11-05/2018-11-05 | day | rollover",
    ],
    "He was sworn in on 26 October.": [
        "26 October | 2018-10-26 | - | 2018-10-26/2018-10-26 | day | rollover",
    ],
    "The depot was bombed on 20 October.": [  # some weeklies bear the first day of their week
        "20 October | 2019-10-20 | - | 2019-10-20/2019-10-20 | day | published_on",
    ],
    "A second vote may be held on 24 November.": [
        "24 November | 2019-11-24 | - | 2019-11-24/2019-11-24 | day | published_on",
    ],
    "Unions plan a strike on 24 November.": [
        "24 November | 2019-11-24 | - | 2019-11-24/2019-11-24 | day | published_on",
    ],
    "If no budget is passed by 24 November, the cabinet falls.": [
        "24 November | 2019-11-24 | BEFORE | ../2019-11-24 | day | published_on",
    ],
    "Negotiations that stalled on Monday are to end in December.": [
        "Monday | 2019-10-14 | - | 2019-10-14/2019-10-14 | day | relative",
        "December | 2019-12 | - | 2019-12-01/2019-12-31 | month | published_on",
    ],
    "Rebels took the ford on 3 October; the army next day withdrew.": [
        "3 October | 2019-10-03 | - | 2019-10-03/2019-10-03 | day | published_on",
        "next day | 2019-10-04 | - | 2019-10-04/2019-10-04 | day | narrative",
    ],
    "The council agreed to meet on 5 November.": [
        "5 November | 2019-11-05 | - | 2019-11-05/2019-11-05 | day | published_on",
    ],
    "The trial was adjourned to 28 October.": [
        "28 October | 2019-10-28 | - | 2019-10-28/2019-10-28 | day | published_on",
    ],
    "The court set the hearing on 28 October.": [
        "28 October | 2019-10-28 | - | 2019-10-28/2019-10-28 | day | published_on",
    ],
    "A march was announced on Sunday for 28 October.": [
        "Sunday | 2019-10-13 | - | 2019-10-13/2019-10-13 | day | relative",
        "28 October | 2019-10-28 | - | 2019-10-28/2019-10-28 | day | published_on",
    ],
    "The envoy was invited to talks on 20 October.": [
        "20 October | 2019-10-20 | - | 2019-10-20/2019-10-20 | day | published_on",
    ],
    "On 20 October the parties will sign what was drafted in May.": [
        "20 October | 2019-10-20 | - | 2019-10-20/2019-10-20 | day | published_on",
        "May | 2019-05 | - | 2019-05-01/2019-05-31 | month | published_on",
    ],
}

LASTING = {
    "In the first ten months of 2018 output fell.": [
        "the first ten months of 2018 | P10M | - | 2018-01-01/2018-10-31 | duration | explicit",
    ],
    "In the last two weeks of June 2018 it rose.": [
        "the last two weeks of June 2018 | P2W | - | 2018-06-17/2018-06-30 | duration | explicit",
    ],
    "In the past 48 hours nine were killed.": [
        "the past 48 hours | PT48H | - | 2019-10-14/2019-10-16 | duration | relative",
    ],
    "The talks of 2 October failed. More will be held over the next three weeks.": [
        "2 October | 2019-10-02 | - | 2019-10-02/2019-10-02 | day | published_on",
        "the next three weeks | P3W | - | 2019-10-16/2019-11-06 | duration | relative",
    ],
    "The siege lasted two to three weeks.": [
        "two to three weeks | P2W/P3W | - | ../.. | duration | explicit",
    ],
    "Repairs take between ten and fifteen days.": [
        "ten and fifteen days | P10D/P15D | - | ../.. | duration | explicit",
    ],
    "It lasted one hundred and twenty-five days.": [
        "one hundred and twenty-five days | P125D | - | ../.. | duration | explicit",
    ],
    "The truce is to last two weeks.": [
        "two weeks | P2W | - | ../.. | duration | explicit",
    ],
    "Prices rose 20 percent year-on-year.": [],
    "That same day a bomb exploded.": [
        "That same day | XXXX-XX-XX | - | ../.. | undated | unresolved",
    ],
    "The truce, which took effect at 10 p.m. on Thursday, is to hold.": [
        "10 p.m. on Thursday | 2019-10-10T22:00 | - | 2019-10-10/2019-10-10 | time | relative",
    ],
    "The vote has been postponed to March.": [
        "March | 2020-03 | - | 2020-03-01/2020-03-31 | month | rollover",
    ],
    "They left in the early hours of Monday.": [
        "the early hours of Monday | 2019-10-14TMO | - | 2019-10-14/2019-10-14 | part_of_day | relative",
    ],
    "Updated 2019-10-16 14:05 by the desk.": [
        "2019-10-16 14:05 | 2019-10-16T14:05 | - | 2019-10-16/2019-10-16 | time | explicit",
    ],
    "A verdict is expected by year-end.": [
        "year-end | 2019 | BEFORE | ../2019-12-31 | part_year | relative",
    ],
    "It fell in Sept-Oct 2018.": [
        "Sept | 2018-09 | - | 2018-09-01/2018-09-30 | month | explicit",
        "Oct 2018 | 2018-10 | - | 2018-10-01/2018-10-31 | month | explicit",
    ],
    "Power failed in 1500 homes and will return some day.": [],
    "No vote is likely earlier than 2021.": [
        "2021 | 2021 | AFTER | 2021-01-01/.. | year | explicit",
    ],
    "They waited another day.": [
        "another day | P1D | - | ../.. | duration | explicit",
    ],
    "Convoys leave three times a month.": [
        "three times a month | P1M | - | ../.. | set | explicit",
    ],
    "Shells land every few days.": [
        "every few days | PXD | - | ../.. | set | explicit",
    ],
    "The envoys hold bi-monthly talks.": [
        "bi-monthly | P2M | - | ../.. | set | explicit",
    ],
}

STORY = {
    "In March 2011 it began. Two years later, as after the vote held in June 2006, it split. In August it ended.": [
        "March 2011 | 2011-03 | - | 2011-03-01/2011-03-31 | month | explicit",
        "Two years later | 2013 | - | 2013-01-01/2013-12-31 | year | narrative",
        "June 2006 | 2006-06 | - | 2006-06-01/2006-06-30 | month | explicit",
        "August | 2013-08 | - | 2013-08-01/2013-08-31 | month | narrative",
    ],
    "In 490 BC the fleet sailed. The following year it returned. In the following decade it grew.": [
        "490 BC | BC0490 | - | ../.. | year | explicit",
        "The following year | BC0489 | - | ../.. | year | narrative",
        "the following decade | BC047 | - | ../.. | decade | narrative",
    ],
    "He denounced a failed 2016 coup and its disputed 2018 sequel.": [
        "2016 | 2016 | - | 2016-01-01/2016-12-31 | year | explicit",
        "2018 | 2018 | - | 2018-01-01/2018-12-31 | year | explicit",
    ],
    "A further 1750 soldiers and an estimated 1650 people left.": [],
    "The raid on the 5th was the last.": [
        "the 5th | 2019-10-05 | - | 2019-10-05/2019-10-05 | day | relative",
    ],
    "At 10:30 Tripoli time a shell fell.": [
        "10:30 Tripoli time | XXXX-XX-XXT10:30 | - | ../.. | time | unresolved",
    ],
}

TENSE = {
    "The ministers meet Thursday in Geneva.": [
        "Thursday | 2019-10-17 | - | 2019-10-17/2019-10-17 | day | relative",
    ],
    "Voters go to the polls on Sunday.": [
        "Sunday | 2019-10-20 | - | 2019-10-20/2019-10-20 | day | relative",
    ],
    "She told reporters on Monday that a vote would be held on Thursday.": [
        "Monday | 2019-10-14 | - | 2019-10-14/2019-10-14 | day | relative",
        "Thursday | 2019-10-17 | - | 2019-10-17/2019-10-17 | day | relative",
    ],
    "The ban, announced on Monday, comes into force on Saturday.": [
        "Monday | 2019-10-14 | - | 2019-10-14/2019-10-14 | day | relative",
        "Saturday | 2019-10-19 | - | 2019-10-19/2019-10-19 | day | relative",
    ],
    "Police held 12 people on Thursday ahead of a march on Saturday.": [
        "Thursday | 2019-10-10 | - | 2019-10-10/2019-10-10 | day | relative",
        "Saturday | 2019-10-19 | - | 2019-10-19/2019-10-19 | day | relative",
    ],
    "The strike was extended to Sunday.": [
        "Sunday | 2019-10-20 | - | 2019-10-20/2019-10-20 | day | relative",
    ],
    "The governor takes office in January.": [
        "January | 2020-01 | - | 2020-01-01/2020-01-31 | month | rollover",
    ],
    "Friday's rally is expected to be large.": [
        "Friday | 2019-10-18 | - | 2019-10-18/2019-10-18 | day | relative",
    ],
    "The case will resume on 5 September, the judge said on Tuesday.": [
        "5 September | 2020-09-05 | - | 2020-09-05/2020-09-05 | day | rollover",
        "Tuesday | 2019-10-15 | - | 2019-10-15/2019-10-15 | day | relative",
    ],
    "The first round took place on 15 November; the second is due on 6 January.": [
        "15 November | 2018-11-15 | - | 2018-11-15/2018-11-15 | day | rollover",
        "6 January | 2020-01-06 | - | 2020-01-06/2020-01-06 | day | rollover",
    ],
}

TABLES = {**TENSE, **LASTING, **STORY, **WEEKDAYS, **FIGURES, **WORDS, **OPEN, **PAST}


def row(timex: Timex) -> str:
    """A record as one row of the tables."""
    ends = "/".join(day.isoformat() if day else ".." for day in (timex.date_start, timex.date_end))
    return " | ".join((timex.text, timex.value, timex.mod or "-", ends, timex.granularity, timex.resolved_by))


@pytest.mark.parametrize(("sentence", "rows"), TABLES.items())
def test_sentence_gives_these_rows(sentence: str, rows: list[str]) -> None:
    """A sentence gives exactly these time expressions."""
    assert [row(timex) for timex in find_timexes(sentence, PUBLISHED)] == rows
