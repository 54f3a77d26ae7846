"""From the tokens of a match to a draft: what the words say, before anything is resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing_kit.extract.timex_counts import UNITS, century, read_count, read_count_end, read_parts, spelled_year, year_of
from briefing_kit.extract.timex_draft import Draft
from briefing_kit.extract.timex_tokens import Tokens

_ENDS = frozenset("dot comma tight_comma colon open close paragraph hyphen quote bracket closing_bracket".split())
_APPROXIMATE = frozenset("about around roughly approximately nearly almost circa some".split())
_LOWER = {
    "over": "MORE_THAN",
    "more": "MORE_THAN",
    "under": "LESS_THAN",
    "less": "LESS_THAN",
    "least": "EQUAL_OR_MORE",
    "most": "EQUAL_OR_LESS",
}

_TIMES = {"2": {"P1W": "P2W", "P1M": "P2M", "P1Y": "P2Y"}, "0.5": {"P1Y": "P6M"}}
"""Bi-weekly is read as every two weeks, and so on; semi-annual is every six months."""


_MONTHS = frozenset(("month", "month_abbr", "weak_month"))
_YEARS = frozenset(("year4", "apostrophe", "bc", "ad", "letter_b"))
_DAYS = frozenset(("number31", "ordinal31", "ordinal_word", "tens"))
_SILENT = frozenset("comma tight_comma dot tight_dot of a and or on in".split())
"""Classes that tell nothing of their own."""


def read(tokens: Tokens, rule: str, first: int, last: int) -> list[Draft]:
    """The drafts of one match: a list of days gives one each, everything else one."""
    if rule in ("day_month", "month_day"):
        return _read_days(tokens, rule, first, last)
    draft = Draft(first, last, rule)
    names = tokens.names(first, last)
    for index, name in enumerate(names, first):
        _note(tokens, draft, index, name)
    if rule in ("month", "season", "holiday") and draft.rel is not None and draft.year_rel is None:
        draft.year_rel = draft.rel
    if rule == "offset":
        draft.side = 0
    if rule == "nth_month":
        if draft.ordinal is None or draft.ordinal > 12:
            return []
        draft.month, draft.ordinal, draft.year_rel, draft.names_year = draft.ordinal, None, draft.rel, True
    if rule == "day_of_month":
        draft.day = draft.ordinal or int(tokens.word(last - 1))
    if rule == "ancient_year":
        draft.bc, draft.year = True, int(tokens.word(last - 1))
    if draft.bc and draft.year is not None:
        draft.year = 1 - draft.year
    if rule == "spelled_year":
        draft.year = spelled_year(tokens, first, last)
        return [draft] if draft.year is not None else []
    if rule == "weekdays_ago":
        at = first + names.index("weekday_plural")
        draft.count, draft.vague = read_count(tokens, first, at)
    if rule in ("year_range", "month_range"):
        return _read_range(tokens, draft)
    if rule in ("offset", "duration", "relative_units", "age", "set"):
        draft.parts = read_parts(tokens, first, last)
        draft.count, draft.vague = draft.parts[0][0], draft.parts[0][2]
        if len(draft.parts) == 1:
            draft.count_end = read_count_end(tokens, first, last)
        if rule == "set" and ("times" in names or "times_word" in names):
            draft.count = 1  # three times a month
    return [draft]


def _note(tokens: Tokens, draft: Draft, index: int, name: str) -> None:
    """Put what one token of this class says into the draft."""
    if name in _SILENT:
        return
    word = tokens.word(index)
    if name in ("month", "month_abbr", "weak_month"):
        draft.month = draft.month or int(tokens.value(index))
    elif name in ("weekday", "weekday_abbr", "weekday_plural"):
        draft.weekday = int(tokens.value(index))
    elif name in ("year4", "number", "number31"):
        before, after = tokens.name(index - 1), tokens.name(index + 1)
        if draft.rule in ("week_number", "quarter", "half") and name != "year4" and draft.number is None:
            draft.number = int(word)
        elif name == "year4" or before in ("apostrophe", "ad"):
            draft.year = year_of(word)
        elif after in ("bc", "ad", "letter_b") or (after in ("dot", "tight_dot") and tokens.name(index + 2) == "bc"):
            draft.year = int(word)
    elif name in ("bc", "letter_b"):
        draft.bc = True
    elif name == "apostrophe" and tokens.name(index + 1) in ("number", "number31") and draft.rule != "decade":
        draft.short_year = True
    elif name in ("early", "edge", "latter"):
        said = tokens.value(index)
        draft.mod = f"{draft.mod}-{said}" if draft.mod in ("START", "MID") and tokens.name(index - 1) in ("to", "hyphen") else said
    elif name == "later":
        draft.side = draft.direction = 1 if word.lower() == "later" else -1
    elif name in ("last", "next", "this", "that", "same", "current", "recent", "final"):
        rel = "this" if name == "current" else tokens.value(index)
        if draft.month or draft.season or draft.rule in ("quarter", "half", "week_number"):
            if draft.rule in ("quarter", "half", "week_number") and draft.number is None and name != "this":
                draft.number = -1
            else:
                draft.year_rel = rel if draft.year_rel not in ("this", "that") else draft.year_rel
        elif draft.rel is None or (name != "same" and draft.rel in ("this", "that")):
            draft.rel = rel
    elif name == "the":
        draft.has_the = True
    elif name == "quarter" and draft.rule == "set":
        draft.unit, draft.number = "M", 3
    elif name == "other":
        draft.number = 2
    elif name == "clock_units" and draft.rule == "weekday" and draft.mod == "START":
        draft.part, draft.mod = "MO", None  # the early hours of Monday
    elif name in UNITS:
        if draft.month is None and draft.season is None:
            draft.unit = tokens.value(index)
        else:
            draft.names_year = draft.names_year or name == "unit_year"
            draft.year_rel = draft.year_rel or "that"
    elif name in ("part_of_day", "point_of_day", "parts_of_day"):
        draft.part = tokens.value(index)
    elif name in ("season", "weak_season"):
        draft.season = tokens.value(index)
    elif name in ("ordinal31", "ordinal"):
        draft.ordinal = int(word[:-2])
    elif name == "ordinal_word":
        tens = int(tokens.value(index - 2)) if tokens.name(index - 1) == "hyphen" and tokens.name(index - 2) == "tens" else 0
        tens = tens or (int(tokens.value(index - 1)) if tokens.name(index - 1) == "tens" else 0)
        draft.ordinal = tens + int(tokens.value(index))
    elif name in ("decade_number", "decade_word"):
        draft.number = int(word[:-1]) if name == "decade_number" else int(tokens.value(index))
    elif name == "deictic":
        draft.offset = int(tokens.value(index))
    elif name in ("reference", "present", "future"):
        draft.text = tokens.value(index)
    elif name == "quarter_code" or name == "half_code":
        draft.number = int(word[1])
    elif name in ("ago", "adverb_offset"):
        draft.direction = 1 if tokens.value(index) == "+" else -1
        draft.text = word.lower()
    elif name in ("before", "after"):
        draft.direction = -1 if name == "before" else 1
    elif name in ("half", "part") and draft.rule not in ("half", "duration", "offset", "relative_units", "set"):
        first = draft.ordinal == 1 or draft.mod == "START"
        draft.mod, draft.ordinal = "START" if first else "END", None
        draft.half = (1 if first else 2) if name == "half" else 0
    elif name == "iso_hour":
        draft.number = -1
    elif name in ("frequency", "duration_glued", "compact_date"):
        draft.text = tokens.value(index) if name == "frequency" else word
        if name == "frequency" and tokens.name(index - 2) == "bi" and index - 2 >= draft.first:
            draft.text = _TIMES[tokens.value(index - 2)].get(draft.text, draft.text)
    elif name in _APPROXIMATE:
        draft.mod = draft.mod or "APPROX"
    elif word.lower() in _LOWER and draft.rule in ("duration", "offset", "age"):
        draft.mod = _LOWER[word.lower()]
    elif name in ("holiday", "holiday_more"):
        draft.text = (draft.text + " " + word).strip()
    elif name == "zone":
        draft.zone = tokens.value(index)


def _days(tokens: Tokens, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """The days of the month among the tokens: (day, first token, last token)."""
    index = first
    while index < last:
        name = tokens.name(index)
        if name == "number31":
            yield int(tokens.word(index)), index, index + 1
        elif name == "ordinal31":
            yield int(tokens.word(index)[:-2]), index, index + 1
        elif name == "tens":
            stop = index + (3 if tokens.name(index + 1) == "hyphen" else 2)
            if stop <= last and tokens.name(stop - 1) == "ordinal_word":
                yield int(tokens.value(index)) + int(tokens.value(stop - 1)), index, stop
                index = stop - 1
        elif name == "ordinal_word":
            yield int(tokens.value(index)), index, index + 1
        index += 1


def _read_days(tokens: Tokens, rule: str, first: int, last: int) -> list[Draft]:
    """Days of a month: one draft a day, but a range with a hyphen is one draft of several days."""
    whole = Draft(first, last, rule)
    names = tokens.names(first, last)
    at = next(index for index, name in enumerate(names, first) if name in _MONTHS)
    if _is_message_style(tokens, first, at, last):
        last = whole.last = last + 1
        whole.year = century(int(tokens.word(last - 1)))
        whole.day = int(tokens.word(first))
        whole.month = int(tokens.value(at))
        return [whole]
    years = [index for index in range(at, last) if names[index - first] in _YEARS]
    for index, name in enumerate(names, first):
        if name not in _DAYS or (years and index >= years[0]):
            _note(tokens, whole, index, name)
    if whole.part is None and "clock_units" in names[: at - first]:
        whole.part = "MO"  # the early hours
    if years and tokens.name(years[0]) == "apostrophe":
        whole.year = year_of(tokens.word(years[0] + 1))
    if years and tokens.name(years[0]) in ("bc", "letter_b"):
        whole.year = 1 - int(tokens.word(years[0] - 1))
    if rule == "day_month":
        days = list(_days(tokens, first, at))
    else:
        days = list(_days(tokens, at + 1, years[0] if years else last))
        if years and tokens.name(years[0]) in ("bc", "letter_b") and len(days) > 1:
            days.pop()
    days = [(day, start, stop) for day, start, stop in days if 1 <= day <= 31]
    if not days:
        return []
    if len(days) == 1:
        whole.day = days[0][0]
        return [whole]
    if len(days) == 2 and tokens.name(days[0][2]) in ("hyphen", "slash"):
        whole.day, whole.day_end = days[0][0], days[1][0]
        return [whole]
    drafts = []
    for number, (day, start, stop) in enumerate(days):
        if rule == "day_month":
            begin, end = (first if number == 0 else start), (last if number == len(days) - 1 else stop)
        else:
            begin, end = (first if number == 0 else start), (stop if number < len(days) - 1 else last)
        drafts.append(replace(whole, first=begin, last=end, day=day))
    return drafts


def _is_message_style(tokens: Tokens, first: int, at: int, last: int) -> bool:
    """Whether two figures of the year follow: "03 JAN 20", the month in capitals and nothing counted with the year."""
    year = tokens.word(last)
    if not (last - first == 2 and at == last - 1 and len(tokens.word(first)) == 2 and tokens.word(at).isupper()):
        return False
    if tokens.name(last) not in ("number31", "number") or len(year) != 2 or (tokens.name(last + 1) == "colon" and tokens.glued(last + 1)):
        return False
    return tokens.name(last + 1) in _ENDS


def _read_range(tokens: Tokens, draft: Draft) -> list[Draft]:
    """Two drafts or one: "1778-1783" and "June-August 1942" are two drafts of one interval; "1980-88" is one of its own."""
    middle = next(index for index in range(draft.first, draft.last) if tokens.name(index) in ("hyphen", "slash"))
    first = replace(draft, last=middle)
    second = replace(draft, first=middle + 1)
    if draft.rule == "month_range":
        second.month = int(tokens.value(middle + 1))
        return [first, second]
    draft.number = (draft.year or 0) // 100 * 100 + int(tokens.word(middle + 1))
    return [draft]
