"""Time expressions of a text with TIMEX3 values: dates, times, durations and sets, as precise as the words and no more.

The text is cut into tokens with classes (`timex_tokens`), a grammar of classes finds candidates in one pass
(`timex_grammar`), evidence around them decides which are times (`timex_evidence`), and what they leave open is resolved
against the day of publication or the dates told before (`timex_resolve`, `timex_deixis`, `timex_narrative`). TIMEX3 is that
of TimeML 1.2.1 (Pustejovsky et al. 2003); the idea of tagging in one pass and normalising in the order of the text is
HeidelTime's (Stroetgen and Gertz 2010).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from briefing_kit.extract import timex_deixis as deixis
from briefing_kit.extract import timex_duration as lasting
from briefing_kit.extract import timex_numeric as numeric
from briefing_kit.extract.timex_calendar import edtf
from briefing_kit.extract.timex_context import dangles, is_adverb, is_rate, is_span, opens_sentence, trim, weight
from briefing_kit.extract.timex_draft import Draft
from briefing_kit.extract.timex_evidence import accept, is_name
from briefing_kit.extract.timex_grammar import beginnings, grammar
from briefing_kit.extract.timex_join import Found, borrow_years, clip, halve, join, put_spelled_years
from briefing_kit.extract.timex_narrative import Narrative
from briefing_kit.extract.timex_read import read
from briefing_kit.extract.timex_resolve import Reading, resolve
from briefing_kit.extract.timex_tense import tense
from briefing_kit.extract.timex_tokens import Tokens
from briefing_kit.extract.timex_vocabulary import class_characters
from briefing_kit.records import Timex
from briefing_kit.textmap import fold

CALENDAR_GRANULARITIES = frozenset(
    "time part_of_day day days week part_week month part_month quarter half season year part_year decade part_decade century era".split()
)
"""Granularities of expressions that name a place on the calendar; the others are `duration`, `set` and `undated` (now, recently)."""


NEAR_MONTHS = 6
"""A text is a history when most of its written years lie further than this before publication."""
BARE_YEAR = 0.5
"""What a year without a month counts for in that: briefings name them as background."""


def on_calendar(timex: Timex) -> bool:
    """Whether an expression can date an event: it names a calendar period, or a stretch with known ends ("the past three months")."""
    return timex.granularity in CALENDAR_GRANULARITIES or timex.date_start is not None or timex.date_end is not None


def find_timexes(text: str, document_date: date | None = None, *, day_first: bool = True) -> list[Timex]:
    """The time expressions of a text in order, without overlaps.

    `document_date` is the day of publication: without it, dates that name no year stay year-less (`XXXX-10-10`, no
    `date_start`) unless the text names a year before them. `day_first` reads 10/11/2019 as 10 November; such dates are
    marked `ambiguous`.

    >>> [(t.text, t.value, t.mod) for t in find_timexes("It struck in late September.", date(2019, 10, 16))]
    [('late September', '2019-09', 'END')]
    """
    return timexes_of(text, fold(text), document_date, day_first=day_first)


def timexes_of(text: str, folded: str, document_date: date | None, *, day_first: bool) -> list[Timex]:
    """What `find_timexes` returns for a text that has been folded already."""
    tokens = Tokens(folded)
    drafts = list(_drafts(tokens))
    drafts = put_spelled_years(tokens, drafts)
    borrow_years(tokens, drafts)
    told = Narrative(document_date, history=_is_history(drafts, document_date))
    found: list[Found] = []
    paragraphs = class_characters()["paragraph"]
    paragraph_end = -1
    for draft in drafts:
        if draft.first >= paragraph_end:
            told.new_paragraph()
            at = tokens.classes.find(paragraphs, draft.first)
            paragraph_end = at if at >= 0 else len(tokens.classes)
        told.weight = weight(tokens, draft)
        told.opens = draft.year is None or opens_sentence(tokens, draft)
        day_before = told.day
        reading = _read(tokens, draft, told, day_first=day_first)
        if reading is not None:
            anchor = day_before if reading.resolved_by == "narrative" else document_date
            found.append(Found(draft, halve(clip(reading, draft.side, anchor), draft.half)))
            dated = draft.year is not None and draft.month is not None and told.weight == 2
            if document_date and dated and draft.year is not None and draft.year < document_date.year:
                told.told = True
    return [_record(text, tokens, each) for each in join(tokens, found)]


def _drafts(tokens: Tokens) -> Iterator[Draft]:
    """What the grammar finds and the evidence lets stand."""
    characters = class_characters()
    ancient = (
        characters["bc"] in tokens.classes or characters["letter_b"] + characters["tight_dot"] + characters["letter_c"] in tokens.classes
    )
    match_at = grammar(ancient=ancient).match
    end = 0
    for beginning in beginnings(ancient=ancient).finditer(tokens.classes):
        first = beginning.start()
        match = match_at(tokens.classes, first) if first >= end else None
        if match is None:
            continue
        rule = match.lastgroup or ""
        taken = rule == "age"
        if rule == "duration" and tokens.name(first) == "a" and match.end() == first + 2 and is_rate(tokens, first):
            rule = "rate"
        for draft in read(tokens, rule, first, match.end()):
            if is_name(tokens, draft):
                taken = True
            elif accept(tokens, draft):
                taken = True
                end = max(match.end(), draft.last)
                trim(tokens, draft)
                yield draft
        if taken:
            end = max(match.end(), end)


def _is_history(drafts: list[Draft], published: date | None) -> bool:
    """Whether a text tells of past years: dates with a written year long gone outnumber those near publication or told from it."""
    if published is None:
        return True
    old, near = 0.0, 0
    for draft in drafts:
        if draft.year is not None:
            if 12 * draft.year + (draft.month or 12) >= 12 * published.year + published.month - NEAR_MONTHS:
                near += 1
            else:
                old += 1.0 if draft.month is not None or draft.season is not None or draft.bc else BARE_YEAR
        elif draft.rule in ("deictic", "weekday") or (
            draft.rule == "relative_unit" and draft.rel in ("last", "next", "this") and not draft.has_the
        ):
            near += 1
    return old >= 5 and old > 2 * near


def _read(tokens: Tokens, draft: Draft, told: Narrative, *, day_first: bool) -> Reading | None:
    """The reading of a draft by the rule that found it."""
    rule = draft.rule

    def ahead() -> int:
        return tense(tokens, draft)

    if rule in ("iso_date", "numeric_date", "date_time_group"):
        return numeric.read_numeric(tokens, draft, told, day_first=day_first, ahead=ahead)
    if rule == "day_of_month":
        return deixis.day_of_month(draft, told, ahead=ahead)
    if rule in ("duration", "relative_units") and draft.rel is None and _from_now(tokens, draft, told):
        draft.direction, draft.text = 1, "hence"
        return deixis.offset(draft, told)
    if rule in ("duration", "relative_units", "relative_unit") and dangles(tokens, draft):
        return Reading("DATE", "XXXX-XX-XX", "undated", "unresolved", mod=draft.mod)
    if rule == "anaphor":
        return Reading("DATE", "PRESENT_REF" if draft.rel == "this" else "PAST_REF", "undated", "unresolved")
    if rule == "deictic":
        return deixis.deictic(draft, told)
    if rule == "weekdays_ago":
        return deixis.weekdays_ago(draft, told)
    if rule == "weekday":
        return deixis.weekday(draft, told, ahead=ahead)
    if rule == "relative_unit" and is_span(tokens, draft):
        draft.count = 1
        return lasting.relative_units(draft, told)
    if rule == "relative_unit":
        behind = draft.unit == "WE" and (
            (draft.rel == "this" and tense(tokens, draft) < 0) or (draft.rel is None and draft.mod is None and ahead() <= 0)
        )
        return deixis.relative_unit(draft, told, behind=behind)
    if rule == "offset":
        return deixis.offset(draft, told)
    if rule == "relative_units" and draft.rel == "next" and draft.has_the and not told.telling_history and ahead() > 0:
        draft.has_the = False  # "will meet over the next three weeks": from publication, not from the day told last
    if rule == "relative_units" and (draft.rel is not None or (draft.ordinal is not None and draft.year is not None)):
        return lasting.relative_units(draft, told)
    if rule in ("duration", "relative_units"):
        return lasting.duration(draft)
    if rule == "relative_part":
        return deixis.relative_part(draft, told)
    if rule in ("set", "rate"):
        return lasting.repeated(draft)
    if rule in ("clock", "clock_hours", "point_of_day"):
        time = numeric.clock_value(tokens, draft)
        return lasting.clock(time, draft.zone, told) if time else None
    if rule == "reference":
        if is_adverb(tokens, draft) and not told.telling_history:
            return None  # the present of a report is no time of its own; in a history "now" is the time it has reached
        return Reading("DATE", draft.text or "PRESENT_REF", "undated", "unresolved")
    if rule == "week_number" and draft.month is None:
        return deixis.week_number(draft, told)
    return resolve(draft, told, ahead=ahead)


def _from_now(tokens: Tokens, draft: Draft, told: Narrative) -> bool:
    """Whether "in two weeks" stands in a sentence that looks ahead from publication."""
    if told.telling_history or draft.count is None or tokens.lower(draft.first - 1) != "in" or draft.unit in ("H", "MIN", "S", "N", "WE"):
        return False
    return tense(tokens, draft) > 0


def _record(text: str, tokens: Tokens, found: Found) -> Timex:
    draft, reading = found.draft, found.reading
    start, end = tokens.span(draft.first, draft.last)
    dated = reading.timex_type in ("DATE", "TIME") and reading.granularity != "undated"
    first, last = reading.span
    return Timex(
        start=start,
        end=end,
        text=text[start:end],
        timex_type=reading.timex_type,
        value=reading.value,
        mod=None if reading.mod is None or "-" in reading.mod else reading.mod,
        date_start=first,
        date_end=last,
        granularity=reading.granularity,
        resolved_by=reading.resolved_by,
        ambiguous=reading.ambiguous,
        edtf=edtf(reading.value, reading.mod, reading.span, reading.granularity) if dated else None,
        joined=draft.joined,
        rule=draft.rule,
    )
