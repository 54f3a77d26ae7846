"""Noun phrases that can be a source: found before or after a cue by their words alone."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from briefing_kit.extract.cues import plural
from briefing_kit.lexicon import read_lexicon

LONGEST_PHRASE = 28  # tokens; a longer walk has lost its way

TOKEN = re.compile(
    r"((?=[A-Z])(?:(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Brig|Capt|Sgt|Gov|Sen|Rep|Prof|Rev|St|Hon|Amb|Adm|Cmdr)\.|(?:[A-Z]\.){2,})"
    r"|\d[\d.,]*\d|\w+(?:['&./-](?!s\b)\w+)*|'s\b|[^\w\s])"
)
DETERMINERS = frozenset(
    "the a an this that these those its his her their our my your some any several many most other another each every all both few "
    "no one two three four five six seven eight nine ten".split()
)
_STOP = frozenset(
    "and or but nor yet so if when while whereas although though because since unless until after before once as than whether that "
    "which who whom whose what where why how is are was were be been being am has have had having do does did will would shall "
    "should can could may might must ought not never by about against into through during between among amid despite without "
    "within over under via per upon toward towards onto across along around behind beyond like unlike regarding concerning "
    "following including he she it they we i you him them us me himself herself itself themselves there here then thus hence "
    "therefore said says told also just only even still already however meanwhile moreover furthermore indeed instead otherwise "
    "nevertheless nonetheless".split()
)
_ATTACH = frozenset("of for from at in with to on near inside outside".split())
_AGENT_ATTACH = frozenset("of for from at".split())
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december today yesterday tomorrow tonight week month year weekend morning afternoon evening night".split()
)
PRONOUNS = {
    "he": ("person", False),
    "she": ("person", False),
    "it": ("body", False),
    "they": ("any", True),
}
_SAID = frozenset("allegation claim charge accusation assertion suggestion demand offer move decision step plan idea".split())
FREE_HEADS = frozenset(
    "those some many others several most all both few one two three another none someone somebody everyone nobody".split()
)


class Tokens:
    """The words of a stretch of text with their offsets in the whole text."""

    __slots__ = ("count", "ends", "low", "starts", "words")

    def __init__(self, folded: str, start: int, end: int) -> None:
        parts = TOKEN.split(folded[start:end])  # gaps and tokens by turns
        offsets = list(accumulate(map(len, parts), initial=start))
        self.words, self.starts, self.ends = parts[1::2], offsets[1:-1:2], offsets[2::2]
        self.low = "\n".join(self.words).lower().split("\n")
        self.count = len(self.words)

    def is_possessive(self, i: int) -> bool:
        """Whether this token is the ending of a possessive: "Haftar's", "the rebels'"."""
        return self.words[i] == "'s" or (
            self.words[i] == "'" and i > 0 and self.ends[i - 1] == self.starts[i] and self.low[i - 1].endswith("s")
        )

    def __len__(self) -> int:
        return self.count


@cache
def source_nouns() -> dict[str, tuple[str, str, bool]]:
    """Noun -> (source_kind, what it refers to, is plural), plurals included."""
    nouns: dict[str, tuple[str, str, bool]] = {}
    for row in read_lexicon("source_nouns"):
        noun = row["noun"].lower()
        nouns[noun] = (row["source_kind"], row["refers"], noun in ("people", "police", "media", "data", "staff"))
        nouns.setdefault(plural(noun), (row["source_kind"], row["refers"], True))
    return nouns


def phrase_before(tokens: Tokens, last: int, *, strict: bool, known: frozenset[int] = frozenset()) -> tuple[int, int, int] | None:
    """(first token, last token, head token) of the noun phrase that ends with token `last`, or None.

    Walks left over determiner, adjectives and nouns, and over prepositional phrases ("the head of the mission in Sirte") as far as
    their head can be a source. `strict` wants such a head; otherwise any noun will do. `known` holds offsets at which names end.
    """
    low, best = tokens.low, None
    i, steps = last, 0
    fallback = None
    while i >= 0:
        first = _base_start(tokens, i)
        if first is None:
            break
        steps += i - first + 1
        if can_speak(tokens, i, known):
            best = (first, last, i)
        elif fallback is None or not strict:
            fallback = (first, last, i)
        if steps > LONGEST_PHRASE or first < 2 or low[first - 1] not in _ATTACH:
            break
        if low[first - 1] == "to" and low[first] not in DETERMINERS and not tokens.words[first][0].isupper():
            break  # "to meet officials"
        i = first - 2
    if best is None:
        return None if strict else fallback
    first = _joined_start(tokens, best[0], known)
    return first, best[1], best[2]


def _base_start(tokens: Tokens, last: int) -> int | None:
    """The first token of the base noun phrase that ends here: back to a determiner or to the first word that cannot be in one."""
    words, low = tokens.words, tokens.low
    if _is_stop(words[last], low[last]) or low[last] in CALENDAR or not words[last][0].isalnum():
        return None
    i = last
    while i >= 0 and last - i < LONGEST_PHRASE:
        word = low[i]
        if word in DETERMINERS or (words[i][0].isdigit() and i < last):
            # "all the officials", "the two officials"
            if i > 0 and (low[i - 1] in ("the", "all", "both", "these", "those", "its", "their", "other") or low[i - 1] in DETERMINERS):
                i -= 1
                continue
            return i
        opens_name = i < last and words[i].islower() and words[i + 1][0].isupper()
        if opens_name and (word in _SAID or source_nouns().get(word, ("", "", False))[2]):
            break  # "many people the paper met", "officials Reuters spoke to"
        if _is_stop(words[i], word) or word in _ATTACH or (word in CALENDAR and i < last):
            break
        if not words[i][0].isalnum() and words[i] != "&" and not tokens.is_possessive(i):
            break
        i -= 1
    return i + 1 if i < last else None


def _joined_start(tokens: Tokens, first: int, known: frozenset[int]) -> int:
    """Take in what is coordinated to the left: "Turkey and Russia", "the army, the police and the coast guard"."""
    i = first
    while i >= 2 and (tokens.low[i - 1] in ("and", "or") or (i < first and tokens.words[i - 1] == ",")):
        left = _base_start(tokens, i - 2)
        if left is None or not can_speak(tokens, i - 2, known) or i - 2 - left > 5:
            break
        if any(tokens.low[j].endswith("ed") and tokens.words[j].islower() for j in range(left, i - 2)):
            break  # "The blast killed soldiers and officials said"
        i = left
    return i


def phrase_after(tokens: Tokens, first: int, *, agent: bool = False) -> tuple[int, int] | None:
    """(last token, head token) of the noun phrase that begins with token `first`, or None.

    With `agent` only what belongs to a name is taken in ("by the mayor of Sabha on Monday" ends before "on").
    """
    attach = _AGENT_ATTACH if agent else _ATTACH
    words, low, n = tokens.words, tokens.low, tokens.count
    i, head, last = first, None, None
    participle = False  # "a report published on Monday by the UN" goes on past its date
    while i < n and i - first < LONGEST_PHRASE:
        word = low[i]
        if word in attach and last is not None:
            if i + 1 >= n or ((low[i + 1] in CALENDAR or words[i + 1][0].isdigit()) and not participle):
                break
            i += 1
            continue
        if word == "by" and not agent and last is not None:
            i += 1
            continue
        if word in ("and", "or") and last is not None and i + 1 < n and not agent and _opens_source(tokens, i + 1):
            i += 1
            continue
        if words[i][0].isdigit() and last is not None and not agent and low[i - 1] not in attach and low[i - 1] not in CALENDAR:
            break
        if (_is_stop(words[i], word) and not (i == first and word in PRONOUNS)) or word in _ATTACH:
            break
        if last is not None and tokens.is_possessive(i):
            i += 1
            continue
        if not words[i][0].isalnum() and words[i] != "&":
            break
        if agent and last is not None and word.endswith("ed") and words[i].islower():
            break  # "by Kurdish forces backed by the coalition"
        if word in DETERMINERS and last is not None and low[i - 1] not in attach and low[i - 1] not in DETERMINERS | {"by", "and", "or"}:
            break
        if head is None and i > first and low[i - 1] not in DETERMINERS and word in DETERMINERS:
            break
        last = i
        if head is None and i + 1 < n:
            after = low[i + 1]
            participle = (
                not agent and low[i] in source_nouns() and (after.endswith("ed") or after in ("seen", "based", "close", "familiar"))
            )
            if participle or after in attach or not words[i + 1][0].isalnum():
                head = i
        i += 1
    if last is None or (last == first and low[last] in DETERMINERS and low[last] not in FREE_HEADS):
        return None
    return last, head if head is not None else last


def _opens_source(tokens: Tokens, i: int) -> bool:
    word = tokens.words[i]
    return word[0].isupper() or tokens.low[i] in ("the", "a", "an") or tokens.low[i] in source_nouns()


def _is_stop(word: str, low: str) -> bool:
    """Whether a word ends a noun phrase; "US", "IS" and "WHO" are names."""
    return low in _STOP and not (len(word) > 1 and word.isupper())


def is_capital(word: str) -> bool:
    """Whether a word is written as a name: "Haftar", "al-Mismari"."""
    return word[0].isupper() or word[word.rfind("-") + 1 :][:1].isupper()


def can_speak(tokens: Tokens, head: int, known: frozenset[int] = frozenset()) -> bool:
    """Whether this head can be a source: a person, body, medium or document by the lexicon, a name, or a pronoun."""
    word, low = tokens.words[head], tokens.low[head]
    if low in PRONOUNS or low in source_nouns() or tokens.ends[head] in known or low in FREE_HEADS:
        return True
    if head > 0 and f"{tokens.low[head - 1]} {low}" in source_nouns():
        return True
    return is_capital(word) and low not in CALENDAR and low not in DETERMINERS and not _is_stop(word, low)
