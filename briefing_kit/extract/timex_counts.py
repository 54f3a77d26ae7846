"""Numbers among the tokens of a time expression: counts of units, years in figures and in words."""

from __future__ import annotations

from briefing_kit.extract.timex_tokens import Tokens

UNITS = frozenset(
    ("unit_day", "unit_week", "unit_month", "unit_year", "unit_decade", "unit_century", "unit_other", "units", "clock_unit", "clock_units")
)
_NUMBERS = frozenset(("number31", "year4", "number", "number_word", "tens", "magnitude"))


def century(year: int) -> int:
    """A year of two digits, by the POSIX rule: 69-99 are 19xx, 00-68 are 20xx."""
    return 1900 + year if year >= 69 else 2000 + year


def year_of(word: str) -> int:
    """A year as written: two digits after an apostrophe belong to the last or the present century."""
    value = int(word)
    if len(word) == 2:
        return 1900 + value if value >= 30 else 2000 + value
    return value


def spelled_year(tokens: Tokens, first: int, last: int) -> int | None:
    """A year in words: "nineteen ninety-six", "seventeen hundred and thirty", "two thousand and eleven"; None for other numbers."""
    values = [int(tokens.value(index)) for index in range(first, last) if tokens.name(index) in _NUMBERS]
    head, rest = values[0], values[1:]
    if rest[0] in (100, 1000):
        year = head * rest[0] + sum(rest[1:])
        known = (rest[0] == 1000 and head == 2) or (rest[0] == 100 and 11 <= head <= 19)
    else:
        year, known = 100 * head + sum(rest), 15 <= head <= 20 and rest[0] >= 10
    return year if known and year < 2100 else None


def read_parts(tokens: Tokens, first: int, last: int) -> tuple[tuple[float | None, str, bool], ...]:
    """The counts of a duration with their units and whether they are vague; always at least one."""
    parts: list[tuple[float | None, str, bool]] = []
    begin = first
    for index in range(first, last):
        if tokens.name(index) in UNITS or index == last - 1:
            count, vague = read_count(tokens, begin, index)
            unit = tokens.value(index) if tokens.name(index) in UNITS else ""
            if unit and (not parts or count is not None):
                parts.append((count, unit, vague))
            elif parts and tokens.name(index) == "half" and parts[-1][0] is not None:
                parts[-1] = (parts[-1][0] + 0.5, *parts[-1][1:])
            elif not parts:
                parts.append((count, unit, vague))
            begin = index + 1
    return tuple(parts)


def read_count(tokens: Tokens, first: int, last: int) -> tuple[float | None, bool]:
    """The number among the tokens and whether it is vague ("a few", "several"); of "two to three" the first."""
    total, vague, _ = _scan(tokens, first, last)
    return total, vague


def read_count_end(tokens: Tokens, first: int, last: int) -> float | None:
    """The second number of "two to three weeks", "10-15 minutes", "between two and three weeks"."""
    unit = next((index for index in range(first, last) if tokens.name(index) in UNITS), last)
    low, _, stop = _scan(tokens, first, unit)
    high = _scan(tokens, stop, unit)[0] if stop < unit else None
    return high if low is not None and high is not None and high > low else None


def _scan(tokens: Tokens, first: int, last: int) -> tuple[float | None, bool, int]:
    """The first number among the tokens, whether it is vague, and the token where a second one begins (else `last`)."""
    total: float | None = None
    half = False
    for index in range(first, last):
        name, word = tokens.name(index), tokens.word(index)
        if name == "vague":
            if word.lower() == "some" and tokens.name(index + 1) in _NUMBERS:
                continue
            return (2.0, False, last) if word.lower() == "couple" else (None, True, last)
        if name in UNITS:
            break
        if name in ("a", "all", "another"):
            total = total if total is not None else 1
        elif name == "half":
            half = True
        elif name in _NUMBERS:
            value = float(word) if name in ("number31", "year4", "number") else float(tokens.value(index))
            before = tokens.name(index - 1)
            link = before if before not in ("hyphen", "and") else tokens.name(index - 2)
            if total is None or (before == "another" and total == 1):
                total = value
            elif name == "magnitude":
                rest = total % 1000 if value == 100 else total
                total = total - rest + (rest or 1) * value
            elif before == "tight_dot":
                total += value / 10 ** len(word)
            elif before == "tight_comma":
                total = total * 1000 + value
            elif name in ("number_word", "tens") and (link == "magnitude" or (link == "tens" and value < 10 and before != "and")):
                total += value
            else:
                return total, False, index
    if half:
        added = any(tokens.name(index) == "and" for index in range(first, last))
        total = (total or 0) + 0.5 if added else 0.5
    return total, False, last
