"""What a bare number is when it counts nothing: a date, a year, a designation, a score, a list number, a pronoun."""

from __future__ import annotations

import re
from functools import cache

from briefing_kit.extract.numerals import Numeral
from briefing_kit.lexicon import read_lexicon

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
# Digits whose shape alone says that they are no amount: dates, clock times, addresses, telephone numbers, coordinates.
_SHAPES = re.compile(
    r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?![\w/-]|\.\d)|\d+(?:/\d+){2,}"  # dates
    r"|\d{1,2}:\d\d(?::\d\d)?(?!\d)|\d{1,2}(?:[:.]\d\d)? ?(?:am|a\.m\.?|pm|p\.m\.?)(?!\w)|\d{1,2} o'clock\b"
    r"|\d{4} ?(?:hrs|gmt|utc|hours local|local time)\b|24/7"  # times
    r"|\d+(?:\.\d+){2,}(?![\w,])"  # internet addresses and versions
    r"|\d+(?:-\d+){2,}(?!\w)|\d+-\d{7,}|\d{3}-\d{4}(?!\d)|\d{3}\) ?\d{3}-\d{4}|0\d+(?:[ -]\d{2,}){1,5}"  # telephone numbers
    r"|\d{1,3}(?:\.\d+)? ?\u00b0 ?(?:\d{1,2}(?:\.\d+)? ?' ?)?(?:\d{1,2}(?:\.\d+)? ?(?:\"|'') ?)?[nsew]\b"
    r"|-?\d{1,3}\.\d{3,}\u00b0?,? ?[;,] ?-?\d{1,3}\.\d{3,}"  # coordinates
)
_SHAPE_GOES_ON = frozenset("-/.:)\u00b0;,apohgul0123456789")
_MONTH_AFTER = re.compile(rf" ?(?:(?:,|-|and|to|or|/|&|until|till) ?\d{{1,2}}(?:st|nd|rd|th)? ?){{0,4}}(?:of )?({_MONTHS})\b")
_MONTH_BEFORE = re.compile(rf"\b({_MONTHS})\.?,? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:,| and| to| ?-| or)? ?){{0,4}}$", re.IGNORECASE)
_HAS_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
_MONTH_OPENERS = frozenset(" ,-/&jfmasond")
_YEAR_CUES = frozenset(
    "in since by until till from of year years before after during between and to ad early late mid spring summer autumn winter".split()
)
_ERA_AFTER = re.compile(r" ?(?:bce?|ad|ce|b\.c\.|a\.d\.)(?!\w)")
_LIST_MARK = re.compile(r"[.)](?: +\S|\n)")
_NOUN_AFTER = re.compile(r" +([a-z]+)")
_NAME_AFTER = re.compile(r"(?: (?:and|or) \d{1,4})?(?: [A-Z]\w+){1,3}")
_PRONOUN_BEFORE = frozenset("the this that which each every any no another some last".split())
_PRONOUN_AFTER = re.compile(r" (?:of|another|could|should|can|must|might|would|who|that|which|ought)\b|'|-(?:sided|off|way|time|another)")
_OTHER_NUMBER = re.compile(
    r" (?:to|or|and) (?:[2-9]|two|three|four|five|six|seven|eight|nine|ten)\b"
)  # "one or two", "between one and three"
_CLOSED_AFTER = re.compile(
    r" ?(?:[.,;:!?)\"'\u2014]|$)"
    r"| (?:has|had|is|was|to|in|on|at|by|for|from|with|as|and|or|but|if|when|where|after|before|than|thing|may|will)\b"
)


@cache
def cue_words(cue: str) -> frozenset[str]:
    """The words of the lexicon that are this cue to how a number beside them is read."""
    return frozenset(row["word"] for row in read_lexicon("quantity_cues") if row["cue"] == cue)


@cache
def _designators(place: str) -> dict[str, str]:
    """Words that make a number beside them a name, in this place (before, after, hyphen), and the case they need."""
    return {row["word"]: row["case"] for row in read_lexicon("designators") if row["place"] == place}


def shape_end(flat: str, start: int, end: int) -> int | None:
    """The end of a date, time, address, telephone number or coordinate that begins with the digits flat[start:end]."""
    following = flat[end : end + 1]
    if (
        following in _SHAPE_GOES_ON
        or (following == " " and flat[end + 1 : end + 2] in _SHAPE_GOES_ON)
        or flat[start] == "0"
        or "." in flat[start:end]
    ):
        found = _SHAPES.match(flat, start)
        return found.end() if found else None
    return None


def role_of(text: str, flat: str, found: Numeral, *, digits: bool) -> str:
    """What a number without unit and currency is: "measure" where nothing tells otherwise."""
    start, end, value = found.start, found.end, found.value
    if found.form == "fraction" and digits and _CAPITAL_NEXT.match(text, end):
        return "designation"  # a rate or rating: "3/4" before a new sentence or name
    if value is None or found.form not in ("integer", "decimal"):
        return "measure"
    word = word_before(flat, start)
    if (case := _designators("before").get(word)) and _is_designator(text, flat, start, word, case):
        return "designation"
    if digits and (word in _JOINERS or word.rstrip(",").isdigit()) and _in_designated_list(text, start):
        return "designation"
    if word == "of" and text[start].isupper() and _of_designator(text, start):
        return "designation"
    if flat[end : end + 1] == "-" and (head := _HYPHENED.match(flat, end)) and head[1] in _designators("hyphen"):
        return "designation"
    if digits and word and text[start - len(word) - 1].isupper() and _CAMEL.match(text, start - len(word) - 1, start):
        return "designation"
    if not digits:
        return "measure" if value != 1 or flat[start:end] != "one" or _counts_one(flat, start, end, word) else "pronoun"
    if end - start <= 2:
        role = _short_role(text, flat, start, end, int(value) if isinstance(value, int) else 32)
        if role:
            return role
    if end - start <= 4 and text[start:end].isdigit() and (_ERA_AFTER.match(flat, end) or _is_year(text, flat, start, end, word)):
        return "year"
    if end - start <= 3 and text[end : end + 1] in _STOPS and _is_numbered_name(text, start, word):
        return "designation"
    names = _NAME_AFTER.match(text, end) if end - start <= 4 and text[end + 1 : end + 2] in _NAME_OPENERS else None
    if names and not _designators("after").keys().isdisjoint(names[0].lower().split()):
        return "designation"
    return "measure"


_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]* $")  # "HotBird 8": names with a capital inside are products
_PREPOSITIONS = frozenset("in of on by from since until till to at than for".split())
_JOINERS = frozenset({"and", "or", "to", "&"})
_NAME_OPENERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZao")
_STOPS = frozenset(".,;:)")
_CAPITAL_NEXT = re.compile(r"\s+[A-Z]")
_HYPHENED = re.compile(r"-([a-z]+)")


def _is_designator(text: str, flat: str, start: int, word: str, case: str) -> bool:
    at = start - len(word) - 1
    if case == "prepositional":
        return word_before(flat, at) in _PREPOSITIONS or text[at].isupper()  # "in week 41", but "last week 41 people"
    return case == "any" or text[at].isupper()


def _in_designated_list(text: str, start: int) -> bool:
    """Whether the number goes on a list of names: the 7 of "Articles 5 and 7" or "Routes 2, 4 and 7"."""
    before = text[max(0, start - 40) : start].split()
    while before and (before[-1] in _JOINERS or before[-1].rstrip(",").isdigit()):
        before.pop()
    if not before or not before[-1].endswith(("s", "s.", "pp.")):
        return False  # "at Checkpoint 4 and 12 soldiers died"
    case = _designators("before").get(before[-1].lower())
    return case == "any" or (case == "capital" and before[-1][:1].isupper())


def _short_role(text: str, flat: str, start: int, end: int, value: int) -> str | None:
    """The role of one or two digits: a day of the month, a list number, a reference in brackets."""
    if value <= 31:
        if (
            flat[end : end + 1] in _MONTH_OPENERS
            and (after := _MONTH_AFTER.match(flat, end))
            and _is_month(text[after.start(1) : after.end(1)])
        ):
            return "date"
        if _HAS_MONTH.search(flat, max(0, start - 24), start):
            earlier = _MONTH_BEFORE.search(text[max(0, start - 24) : start])
            if earlier and _is_month(earlier[1]):
                return "date"
    before = text[max(0, start - 6) : start].rstrip(" ")
    opener = before[-1:]
    if (not before or opener == "\n") and (start < 6 or opener == "\n") and _LIST_MARK.match(text, end):
        return "list_number"
    if opener in ("(", "[") and text[start - 1 : start] == opener and text[end : end + 1] in (")", "]"):
        return "list_number"
    return None


def _is_month(name: str) -> bool:
    """Whether this is a month by its spelling: without a capital, "may", "march" and short forms are other words."""
    return name[0].isupper() or (len(name) > 4 and name != "march")


def word_before(flat: str, start: int) -> str:
    """The word just before a number, in lower case, without brackets and quotes; empty at the start and after a joined sign."""
    window = flat[max(0, start - 24) : start]
    stripped = window.rstrip(" ")
    if stripped == window:
        return ""
    word = stripped[max(stripped.rfind(" "), stripped.rfind("\n"), stripped.rfind("(")) + 1 :]
    return word.lstrip("\"'")


def _of_designator(text: str, start: int) -> bool:
    """Whether the number ends a name: "Group of Seven", "Committee of Ten"."""
    before = text[max(0, start - 30) : start].split()
    return len(before) > 1 and before[-2][:1].isupper() and before[-2].lower() in _designators("before")


def _is_numbered_name(text: str, start: int, word: str) -> bool:
    """Whether a capitalised word and a number that ends the clause are a name: "Operation Dawn 6,", "Voyager 2."."""
    at = start - len(word) - 1
    return word.isalpha() and text[at : at + 1].isupper() and text[max(0, at - 2) : at].strip() not in ("", ".") and len(word) > 2


def _is_year(text: str, flat: str, start: int, end: int, word: str) -> bool:
    if end - start != 4:
        return False
    value = int(text[start:end])
    if not 1000 <= value < 2200:
        return False
    following = _NOUN_AFTER.match(text, end)
    noun = following[1] if following else ""
    people = noun in cue_words("people")
    counted = people or (noun.endswith("s") and noun not in ("as", "was", "is", "has", "his", "its"))
    if people or (counted and value % 100 == 0 and word not in ("in", "the", "since", "of", "by")):
        return False
    if 1900 <= value < 2100:
        return not (counted and word in ("than", "least", "some", "nearly", "almost", "over", "approximately", "roughly"))
    if word == "as":
        return flat.endswith(("late as ", "early as ", "recently as ", "back as "), 0, start) and not counted
    if word in _YEAR_CUES or word == "the" or (text[max(0, start - 1) : start] == "(" and text[end : end + 1] == ")"):
        return not counted
    return _MONTH_BEFORE.search(flat[max(0, start - 24) : start]) is not None


def _counts_one(flat: str, start: int, end: int, word: str) -> bool:
    """Whether "one" counts something here rather than standing for a noun."""
    closed = _CLOSED_AFTER.match(flat, end) is not None
    if word in _PRONOUN_BEFORE and (closed or word not in ("no", "some")):
        return flat.startswith(" last", end)
    following = _NOUN_AFTER.match(flat, end)
    if _OTHER_NUMBER.match(flat, end):
        return True
    if _PRONOUN_AFTER.match(flat, end) or (following and following[1] in cue_words("one_idiom")):
        return False
    return not closed or word in cue_words("one_before") or start == 0


_TIME_BEFORE = frozenset(
    "after before within during since past last next first previous coming following recent every each throughout".split()
)
_TIME_AFTER = re.compile(r"(?:'s|s'|')? (?:later|ago|earlier|before|after|since|hence|from now|previously|previous|prior|time)\b|-long\b")
_LASTING = frozenset("for lasted lasting than least about of to by additional another".split())


def places_in_time(flat: str, start: int, end: int) -> bool:
    """Whether a duration says when ("three days later", "within 24 hours") and not how long ("sentenced to 15 years")."""
    if _TIME_AFTER.match(flat, end):
        return True
    word = word_before(flat, start)
    return word in _TIME_BEFORE or (flat[start:end] == "one day" and word not in _LASTING)


TOLL_NOUN = "(?:casualties|deaths|fatalities|injuries)"
_TOLL_STATED = re.compile(
    r"(?:^|[.;,:!?\n\"(]\s{0,40}|\b(?:that|and|but|said|says|though|although) )there (?:were|are|have been|had been) $"
    r"|\b(?:caus|report|suffer|record|sustain|inflict)ed $|\bwith $|\bresulted in $"
)
_TOLL_REPORTED = re.compile(
    rf" {TOLL_NOUN}(?: or {TOLL_NOUN})? (?:were|have been|had been|are) (?:\w+ly )?(?:reported|recorded|confirmed|registered|caused)\b"
)
_TOLL_ALONE = re.compile(
    rf" {TOLL_NOUN}(?: ?(?:[.,;:!?)\"'\n]|$)| (?:were|was|have|had|reported|in|at|on|among|so|from|as|and|or|but|when|during|after|here)\b)"
)
_SENTENCE_END = re.compile(r"[.;:!?\n]")
_SUPPOSED = re.compile(
    r"\b(?:could|would|should|may|might|must|will|if|unless|whether|provided|not|never|nor|untrue|false|hop\w+|want\w*|wish\w*|ensur\w+)\b|n't\b"
)


def is_no_toll(flat: str, start: int, end: int) -> bool:
    """Whether "no casualties" states a count of nought: said to be, reported or caused, and neither wished for nor supposed."""
    if _SUPPOSED.search(_SENTENCE_END.split(flat[max(0, start - 70) : start])[-1]):
        return False
    if _TOLL_REPORTED.match(flat, end):
        return True
    return _TOLL_ALONE.match(flat, end) is not None and _TOLL_STATED.search(flat, max(0, start - 40), start) is not None
