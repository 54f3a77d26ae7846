"""Short forms defined in the text: "Long Name (LN)" and "LN (Long Name)".

After Schwartz and Hearst (A simple algorithm for identifying abbreviation definitions in biomedical text, PSB 2003), with the long form
chosen by stricter matches first (each letter opens a word) before looser ones, as in Sohn et al. (Abbreviation definition
identification based on automatic precision estimates, BMC Bioinformatics 2008).
"""

from __future__ import annotations

import re

from briefing_kit.records import Acronym

_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{1,200}(?:\n[^()\[\]\n]{1,100})?)[)\]]")
_SHORT = re.compile(r"(?=.{0,11}[^\W\d_])[^\W_][\w.&/+'-]{1,11}")
_LEAD = re.compile(
    r"(?:(?:hereafter|hereinafter|henceforth|abbreviated|or|also|formerly|known|called|termed|i\.e\.|the|as|simply|just|to)[ ,]+)+",
    re.IGNORECASE,
)
_QUOTES = "\"' "
_STOP = frozenset("a an and as at by for from in is of on or that the these this to was were with".split())
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def find_acronyms(text: str) -> list[Acronym]:
    """The short forms that the text defines in brackets, either way round, by start; spans are those of the short forms."""
    found: list[Acronym] = []
    for bracket in _BRACKET.finditer(text):
        acronym = _inside(text, bracket) or _before(text, bracket)
        if acronym is not None:
            found.append(acronym)
    return found


def _inside(text: str, bracket: re.Match[str]) -> Acronym | None:
    """Long Name (LN)."""
    start, end = bracket.span(1)
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    stop = min((at for at in (text.find(sign, start, end) for sign in ";,:=") if at > 0), default=end)
    if (word := text.find(" or ", start, stop)) > 0:
        stop = word
    while start < stop and text[start] in _QUOTES:
        start += 1
    while stop > start and text[stop - 1] in _QUOTES:
        stop -= 1
    short = text[start:stop]
    if not _is_short(short):
        return None
    window_start = _window(text, bracket.start(), len(short))
    span = _long_form(short, text, window_start, bracket.start())
    if span is None:
        return None
    return _acronym(text, start, stop, span, "acronym:long-short")


def _before(text: str, bracket: re.Match[str]) -> Acronym | None:
    """LN (Long Name)."""
    before = re.search(r"[^\W_][\w.&/-]{1,11}(?= ?$)", text[max(0, bracket.start() - 14) : bracket.start()])
    if before is None:
        return None
    start = max(0, bracket.start() - 14) + before.start()
    short = before.group()
    inner = bracket.group(1)
    if start and text[start - 1].isalnum() or not _is_short(short) or sum(char.isupper() for char in short) < 2 or " " not in inner.strip():
        return None
    stop = min((at for at in (inner.find(sign) for sign in ";:") if at > 0), default=len(inner))
    words = [(m.start(), m.end()) for m in _WORD.finditer(inner[:stop])]
    if not words or len(words) > min(len(short) + 5, 2 * len(short)):
        return None
    span = _initials(_letters(short), inner, words, exact=True) or _anywhere(short, inner, words[0][0], words[-1][1])
    # the long form must fill the bracket from its first word on
    if span is None or span[0] > words[0][0]:
        return None
    return _acronym(
        text, start, start + len(short), (bracket.start(1) + words[0][0], bracket.start(1) + words[-1][1]), "acronym:short-long"
    )


def _acronym(text: str, start: int, end: int, span: tuple[int, int], rule: str) -> Acronym:
    return Acronym(
        start=start, end=end, short=text[start:end], long=text[span[0] : span[1]], long_start=span[0], long_end=span[1], rule=rule
    )


def _is_short(short: str) -> bool:
    if not _SHORT.fullmatch(short) or short.isdigit():
        return False
    # "Smith", "see", "data": a short form has a second capital, a digit, or is no dictionary-like word
    return any(char.isupper() for char in short) and (len(short) <= 2 or not short[1:].islower() or len(short) <= 4)


def _letters(short: str) -> str:
    return "".join(char for char in short.lower() if char.isalnum())


def _window(text: str, end: int, size: int) -> int:
    """Where the long form may begin at the earliest: min(|A| + 5, 2|A|) words back (Schwartz and Hearst), in the same sentence."""
    at, n_words = end, 0
    limit = min(size + 5, 2 * size)
    floor = max(0, end - 30 * (limit + 1))
    start = end
    for word in reversed(list(_WORD.finditer(text, floor, end))):
        between = text[word.end() : at]
        if n_words and (". " in between or ";" in between or "\n\n" in between or ")" in between):
            break
        at = start = word.start()
        n_words += 1
        if n_words >= limit:
            break
    return start


def _long_form(short: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    while end > start and text[end - 1] in " \"'\n,":
        end -= 1
    words = [(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    if not words:
        return None
    letters = _letters(short)
    plural = letters[:-1] if len(letters) > 2 and short.endswith("s") and short[-2].isupper() else None
    span = _initials(letters, text, words, exact=True)
    if span is None and plural:
        span = _initials(plural, text, words, exact=True)
    span = span or _anywhere(short, text, start, end)
    if span is None and plural:
        span = _anywhere(short[:-1], text, start, end)
    if span is None:
        return None
    long = text[span[0] : end]
    if len(long) <= len(short) or short.lower() in (word.lower() for word in long.split()):
        return None
    return span[0], end


def _initials(letters: str, text: str, words: list[tuple[int, int]], *, exact: bool) -> tuple[int, int] | None:
    """Each letter opens a word, the last words first; stop words may be passed over."""
    at = len(letters) - 1
    for index in range(len(words) - 1, -1, -1):
        start, end = words[index]
        word = text[start:end].lower()
        if at >= 0 and word[0] == letters[at]:
            at -= 1
            if at < 0:
                return start, words[-1][1]
        elif exact and word not in _STOP:
            return None
    return None


def _anywhere(short: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Schwartz and Hearst's match: letters from right to left, the first one at the start of a word."""
    low = text[start:end].lower()
    at = len(low) - 1
    letters = _letters(short)
    for index in range(len(letters) - 1, -1, -1):
        char = letters[index]
        while at >= 0 and (low[at] != char or (index == 0 and at > 0 and low[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
    begin = low.rfind(" ", 0, at + 2) + 1
    return start + begin, end
