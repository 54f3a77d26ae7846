"""Short forms defined in the text: "Long Name (LN)" and "LN (Long Name)".

After Schwartz and Hearst (A simple algorithm for identifying abbreviation definitions in biomedical text, PSB 2003), with the long form
chosen by stricter matches first (each letter opens a word) before looser ones, as in Sohn et al. (Abbreviation definition
identification based on automatic precision estimates, BMC Bioinformatics 2008).
"""

from __future__ import annotations

import re

from briefing_kit.records import Acronym

# One level of brackets may stand inside: "(V(T))", "(PGE(2))".
_BRACKET = re.compile(r"[(\[]((?:[^()\[\]\n]|\n(?!\n)|[(\[][^()\[\]\n]{0,12}[)\]]){1,300})[)\]]")
_SHORT = re.compile(r"[^\W_][\w.&/+'()\[\]-]{1,11}(?: [\w./-]{1,7})?")
_SHORT_BEFORE = re.compile(r"[^\W_][\w.&/-]{1,11}(?= ?$)")
_LEAD = re.compile(
    r"(?:(?:hereafter|hereinafter|henceforth|abbreviated|or|also|formerly|known|called|termed|i\.e\.|the|as|simply|just|to)[ ,]+)+",
    re.IGNORECASE,
)
_QUOTES = "\"' "
_BREAK = re.compile(r"[.!?]\s|;|\n\n|\)")
_CLAUSE = re.compile(r"\s(?:is|are|was|were|has|have|had|that|which|when)\s|[:=]\s")
_STOP = frozenset("a an and as at by for from in is of on or that the these this to was were with".split())
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_LAST_WORD = re.compile(r"\b([a-z][\w-]{3,60}) ?$")
_PARTS = re.compile(r"[^;,]+")
_NUMERALS = {"1": ("one", "first", "mono"), "2": ("two", "second", "di", "bi"), "3": ("three", "third", "tri")} | {
    digit: (word,) for digit, word in zip("4567890", "four five six seven eight nine ten".split(), strict=True)
}


def find_acronyms(text: str) -> list[Acronym]:
    """The short forms that the text defines in brackets, either way round, by start; spans are those of the short forms.

    A definition that is given again, in the same words, is listed once.
    """
    found: dict[tuple[str, str], Acronym] = {}
    at = 0
    while (bracket := _BRACKET.search(text, at)) is not None:
        at = bracket.start() + 1  # without a definition of its own, a bracket may hold one: "(crude death rate (CDR) 1.2)"
        if text[bracket.start() - 1 : bracket.start()].isalnum() or text[bracket.end() : bracket.end() + 1].isalnum():
            continue  # "Pt(II)", "[Ca2+]i": part of a word
        acronym = _inside(text, bracket) or _before(text, bracket) or _enclosed(text, bracket)
        if acronym is not None:
            found.setdefault((acronym.short, " ".join(acronym.long.lower().split())), acronym)
            at = bracket.end()
    return list(found.values())


def _inside(text: str, bracket: re.Match[str]) -> Acronym | None:
    """Long Name (LN); of several parts in the bracket the first that fits: "(EC 1.11; GPx)"."""
    start, end = bracket.span(1)
    for part in _PARTS.finditer(text, start, min(end, start + 60)):
        begin, stop = part.span()
        if not part[0].isalnum():
            begin, stop = _without_wrapping(text, begin, stop)
        short = text[begin:stop]
        if _is_short(short):
            span = _long_form(short, text, _words_before(text, bracket.start(), stop - begin), bracket.start())
        else:
            span = _by_initials(short, text, bracket.start())
        if span is not None:
            return _acronym(text, begin, stop, span, "acronym:long-short")
        if text[part.end() : part.end() + 1] == ",":
            break
    return None


def _without_wrapping(text: str, begin: int, stop: int) -> tuple[int, int]:
    """A part of a bracket without words such as "hereafter", what "or" adds to it, and quotation marks."""
    lead = _LEAD.match(text, begin, stop)
    begin = lead.end() if lead else begin
    for sign in (" or ", " and ", ":", "="):
        if (at := text.find(sign, begin, stop)) > 0:
            stop = at
    while begin < stop and text[begin] in _QUOTES:
        begin += 1
    while stop > begin and text[stop - 1] in _QUOTES:
        stop -= 1
    return begin, stop


def _enclosed(text: str, bracket: re.Match[str]) -> Acronym | None:
    """(Long Name, LN): both in the bracket."""
    start, end = bracket.span(1)
    comma = text.rfind(", ", start, end)
    if comma < 0 or not (short := text[comma + 2 : end]).isupper() or len(short) < 3 or not _is_short(short):
        return None
    words = [word for word in _words_before(text, comma, len(short)) if word[0] >= start]
    span = _long_form(short, text, words, comma)
    return _acronym(text, comma + 2, end, span, "acronym:long-short") if span else None


def _before(text: str, bracket: re.Match[str]) -> Acronym | None:
    """LN (Long Name)."""
    before = _SHORT_BEFORE.search(text[max(0, bracket.start() - 14) : bracket.start()])
    if before is None:
        return None
    start = max(0, bracket.start() - 14) + before.start()
    short = before.group()
    inner = bracket.group(1)
    if (
        (start and text[start - 1].isalnum())
        or not _is_short(short)
        or sum(char.isupper() for char in short) < 2
        or " " not in inner.strip()
    ):
        return None
    stop = min((at for at in (inner.find(sign) for sign in ";:") if at > 0), default=len(inner))
    words = [word.span() for word in _WORD.finditer(inner, 0, stop)]
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
    """Whether it looks like a short form: a capital or digit that an ordinary word would not have ("Smith" and "see" do not)."""
    if len(short) > 16 or not _SHORT.fullmatch(short) or not any(char.isalpha() for char in short):
        return False
    if " " in short and (len(short) > 12 or (sum(char.isupper() for char in short) < 2 and "." not in short)):
        return False
    if not any(char.isupper() for char in short):
        return any(char.isdigit() for char in short) and len(short) >= 4 and short[0].isalpha() and " " not in short
    return len(short) <= 4 or not short[1:].islower() or short[1:2] == "-"


def _by_initials(short: str, text: str, end: int) -> tuple[int, int] | None:
    """The long form of what hardly looks short: one capital after a word in small letters, or letters that each open a word."""
    if not short.isalpha() or not short.isascii():
        return None
    if len(short) == 1:
        word = _LAST_WORD.search(text, max(0, end - 40), end)
        return word.span(1) if word and short.isupper() and word[1][0] == short.lower() and text[end + 2 : end + 3] in (")", "]") else None
    if not 2 <= len(short) <= 6 or not short.islower() or short in _STOP:
        return None
    return _initials(short, text, _words_before(text, end, len(short)), exact=True)


def _letters(short: str) -> str:
    return "".join(filter(str.isalnum, short.lower()))


def _words_before(text: str, end: int, size: int) -> list[tuple[int, int]]:
    """The words that may make the long form: the last min(|A| + 5, 2|A|) (Schwartz and Hearst) of the same sentence."""
    limit = min(size + 5, 2 * size)
    words = [word.span() for word in _WORD.finditer(text, max(0, end - 10 * (limit + 1)), end)]
    if len(words) <= limit:  # the first of them may be half a word
        words = [word.span() for word in _WORD.finditer(text, max(0, end - 30 * (limit + 1)), end)]
    words = words[-limit:]
    if words and _BREAK.search(text, words[0][0], words[-1][0]):
        for at in range(len(words) - 1, 0, -1):
            if _BREAK.search(text, words[at - 1][1], words[at][0]):
                return words[at:]
    return words


def _long_form(short: str, text: str, words: list[tuple[int, int]], end: int) -> tuple[int, int] | None:
    if not words:
        return None
    start = words[0][0]
    while text[end - 1] in " \"'\n,":
        end -= 1
    letters = _letters(short)
    plural = letters[:-1] if len(letters) > 2 and short.endswith("s") and short[-2].isupper() else None
    span = _initials(letters, text, words, exact=True)
    if span is None and plural:
        span = _initials(plural, text, words, exact=True)
    span = span or _anywhere(short, text, start, end)
    if span is None and plural:
        span = _anywhere(short[:-1], text, start, end)
    if span is None and len(unnumbered := short.rstrip("0123456789").rstrip("-")) > 1 and unnumbered != short:
        span = _anywhere(unnumbered, text, start, end)
    if span is None:
        return None
    start = span[0]
    while start and not text[start - 1].isspace() and text[start - 1] not in "()/[\"'" and text[start - 2 : start] != "--":
        start -= 1  # "alpha-amino acid": the whole word
    while start < end and text[start] in "([\"'":
        start += 1
    span = start, end
    long = text[start:end]
    if _CLAUSE.search(long):
        return None
    if len(long) <= len(short) or short.lower() in long.lower().split():
        return None
    return span[0], end


def _initials(letters: str, text: str, words: list[tuple[int, int]], *, exact: bool) -> tuple[int, int] | None:
    """Each letter opens a word, the last words first; stop words may be passed over."""
    at = len(letters) - 1
    for index in range(len(words) - 1, -1, -1):
        start, end = words[index]
        word = text[start:end].lower()
        if at >= 0 and (word[0] == letters[at] or word.startswith(_NUMERALS.get(letters[at], ("\0",)))):
            at -= 1
            if at < 0:
                if word in _STOP and index and text[words[index - 1][0]].lower() == word[0]:
                    start = words[index - 1][0]  # "Front for ..." opens with its noun
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
