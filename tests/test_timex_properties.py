"""What holds for the time expressions of any text."""

import datetime
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing_kit.extract.timex import find_timexes
from briefing_kit.extract.timex_grammar import RULES, beginnings, grammar
from briefing_kit.extract.timex_vocabulary import class_characters
from briefing_kit.records import Timex

GRANULARITIES = set(
    "time part_of_day day days week part_week month part_month quarter half season year part_year decade part_decade century era "
    "duration set undated".split()
)
REASONS = {"explicit", "published_on", "rollover", "relative", "narrative", "unresolved"}
WORDS = (
    "on in since until by before after between from to and of the a last next this that same late early mid-October October May March "
    "Friday Sunday 4 10 13 31 2019 2011 1999 490 BC 3rd first second two three weeks days months years week month year ago later earlier "
    "yesterday today now morning night winter spring 1990s century quarter half every daily 10:30 p.m. GMT Christmas Easter 2019-10-02 "
    "12/03/2019 10/11 - , . ; ( ) ' % $ \n\n will said planned attacked people Resolution Brigade don't Sept. more than about around"
).split(" ")
sentences = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
FIGURES = (*"0 00 1 12 13 31 32 99 366 0000 2019 9999 10000 20191016".split(), "9" * 20, "1" * 400, "8" * 5_000)
FRAMES = (
    "on {} they came",
    "{} May {}",
    "May {}, {}",
    "{}MAY{}",
    "{} days ago",
    "the past {} years",
    "{} weeks before {} May",
    "week {} of {}",
    "in {}s",
    "{} BC",
    "{}th century",
    "at {}:{} GMT",
    "$5 in {}",
)
figures = st.builds(str.join, st.sampled_from("-/.:,T"), st.lists(st.sampled_from(FIGURES), min_size=1, max_size=3))


def check(text: str, found: list[Timex]) -> None:
    end = 0
    for timex in found:
        assert end <= timex.start < timex.end <= len(text)
        assert text[timex.start : timex.end] == timex.text
        assert timex.text == timex.text.strip()
        assert timex.granularity in GRANULARITIES
        assert timex.resolved_by in REASONS
        assert timex.timex_type in {"DATE", "TIME", "DURATION", "SET"}
        assert timex.rule in {name for name, _ in RULES} | {"ancient_year", "rate"}
        if timex.date_start and timex.date_end:
            assert timex.date_start <= timex.date_end
        end = timex.end


def first_and_last(value: str) -> tuple[str, str] | None:
    """The first and last day of a value of days, months or years, as ISO strings."""
    ends = value.partition("T")[0].split("/")
    if not all(re.fullmatch(r"\d{4}(-\d\d){0,2}", end) for end in ends):
        return None
    return ends[0] + "-01-01"[len(ends[0]) - 4 :], ends[-1] + "-12-31"[len(ends[-1]) - 4 :]


@given(sentences, st.none() | days)
@settings(max_examples=300, deadline=None)
def test_rows_are_in_order_and_give_the_text_back(text: str, published: datetime.date | None) -> None:
    """Rows are sorted, do not overlap, hold their own text and only words of the closed lists."""
    check(text, find_timexes(text, published))


@given(st.text(max_size=200), st.none() | days, st.booleans())
@settings(max_examples=300, deadline=None)
def test_arbitrary_text_never_raises(text: str, published: datetime.date | None, day_first: bool) -> None:
    """Any string at all gives a list of sound rows."""
    check(text, find_timexes(text, published, day_first=day_first))


@given(st.sampled_from(FRAMES), figures, figures)
@example("on {} they came", "2019-10-" + "7" * 30, "1")
@example("{} days ago", "1" * 400, "1")
@example("{}MAY{}", "12", "0000")
@example("week {} of {}", "8" * 5_000, "2019")
@settings(max_examples=600, deadline=None)
def test_no_figure_is_too_long_or_too_small(frame: str, one: str, other: str) -> None:
    """Figures that no calendar and no machine can count with are no dates, whatever frame they stand in."""
    for text in (frame.format(one, other), frame.format(other, one)):
        check(text, find_timexes(text, datetime.date(2019, 10, 16)))


@given(sentences, days)
@settings(max_examples=300, deadline=None)
def test_days_lie_inside_the_value(text: str, published: datetime.date) -> None:
    """The first and the last day are days that the value allows."""
    for timex in find_timexes(text, published):
        ends = first_and_last(timex.value) if timex.timex_type in ("DATE", "TIME") else None
        for day in (timex.date_start, timex.date_end):
            if ends and day:
                assert ends[0] <= day.isoformat() <= max(ends[1][:8] + "31", ends[1])


@given(sentences, days)
@settings(max_examples=200, deadline=None)
def test_same_text_same_rows(text: str, published: datetime.date) -> None:
    """Nothing but the arguments matters."""
    assert find_timexes(text, published) == find_timexes(text, published)


@given(sentences, st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 1, 1)))
@example("later 2019", datetime.date(2018, 1, 2))
@settings(max_examples=300, deadline=None)
def test_another_year_of_publication_moves_only_what_leans_on_it(text: str, published: datetime.date) -> None:
    """The same expressions are found, and those that a written year settles keep their days.

    "Later in 2019" leans on the day it is said.
    """
    later = published.replace(year=published.year + 1, day=min(published.day, 28))
    before = {(t.start, t.end): t for t in find_timexes(text, published) if t.resolved_by == "explicit"}
    after = {(t.start, t.end): t for t in find_timexes(text, later) if t.resolved_by == "explicit"}
    assert before.keys() == after.keys()
    settled = [
        span for span, timex in before.items() if not timex.text.lower().startswith(("later", "earlier", "the later", "the earlier"))
    ]
    assert all((before[span].value, before[span].date_start) == (after[span].value, after[span].date_start) for span in settled)


@given(sentences)
@settings(max_examples=200, deadline=None)
def test_without_publication_only_written_years_give_days(text: str) -> None:
    """Without a day of publication a row has days only from a year in the text."""
    for timex in find_timexes(text, None):
        if timex.date_start or timex.date_end:
            assert timex.resolved_by in ("explicit", "narrative")


@given(st.lists(st.sampled_from(sorted(class_characters().values())), max_size=30).map("".join))
@settings(max_examples=500, deadline=None)
def test_the_quick_look_for_beginnings_loses_nothing(classes: str) -> None:
    """Every place where a rule matches is one where a rule may begin."""
    for ancient in (False, True):
        may_begin = {match.start() for match in beginnings(ancient=ancient).finditer(classes)}
        for first in range(len(classes)):
            if grammar(ancient=ancient).match(classes, first):
                assert first in may_begin


def test_a_line_without_a_full_stop_is_read() -> None:
    """Fifty thousand characters of one line, and runs of the words that begin rules, give rows without trouble."""
    line = "the first and the second of the last few days before the end of " * 700 + "10 October 2019"
    assert find_timexes(line, None)[-1].value == "2019-10-10"
    assert find_timexes("1, " * 20_000, None) == []
