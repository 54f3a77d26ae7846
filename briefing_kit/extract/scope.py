"""The sentence around a cue: its words, quotations and names, and the steps that all constructions of attribution share."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from briefing_kit.extract.cues import Cue
from briefing_kit.extract.quotes import Quote
from briefing_kit.extract.source_kinds import Source, describe
from briefing_kit.extract.sources import CALENDAR, Tokens, can_speak, phrase_after, phrase_before
from briefing_kit.records import Mention

BE = frozenset("is are was were be been being isn't aren't wasn't weren't".split())
NEGATIONS = frozenset(
    "not never cannot can't won't don't didn't doesn't hasn't haven't hadn't isn't wasn't weren't couldn't wouldn't shouldn't".split()
)
FINITE = BE | frozenset("has have had do does did will would shall should can could may might must".split()) - {"be", "been", "being"}
_AUXILIARIES = BE | NEGATIONS | frozenset("has have had do does did will would shall should can could may might must".split())
_FILLERS = frozenset(
    "twice initially also then later earlier again once already now ever still even further too soon since so long thus meanwhile "
    "thereafter reportedly today yesterday tonight himself herself itself themselves both all jointly late early widely previously".split()
)
_NOT_ADVERBS = frozenset("family italy july assembly ally supply daily weekly monthly rally reply elderly likely".split())
_VEHICLES = frozenset(
    "statement report interview speech briefing tweet letter message conference post note sermon address broadcast video email "
    "call session meeting communique hearing testimony article editorial release".split()
)
PREPOSITIONS = frozenset("of about against over for on in at to from with by as after before into through during between within".split())
_CLAUSE_OPENERS = frozenset("but while whereas although though and yet".split())
_PARTICIPLE = re.compile(r"\w+ed|seen|written|made|given|known|led|run|shown|sent")
BOUNDARY = re.compile(r"[;\u2014]|,\s+(?:but|while|whereas|although|though|and|yet)\b")


@dataclass(slots=True, kw_only=True)
class Found:
    """An attribution in the making: `clause_start` is where its own clause begins when that ends another one's content."""

    source: Source | None
    cue_start: int
    cue_end: int
    cue_class: str
    factuality: str
    content_start: int
    content_end: int
    rule: str
    clause_start: int | None = None


class Scope:
    """One sentence as the constructions see it."""

    __slots__ = (
        "_breaks",
        "end",
        "folded",
        "known",
        "mentions",
        "next_paragraph",
        "quotes_by_end",
        "quotes_by_start",
        "start",
        "text",
        "tokens",
    )

    def __init__(
        self,
        *,
        text: str,
        folded: str,
        start: int,
        end: int,
        tokens: Tokens,
        mentions: Sequence[Mention],
        quotes_by_start: dict[int, Quote],
        quotes_by_end: dict[int, Quote],
        next_paragraph: tuple[int, int] | None,
    ) -> None:
        self.text, self.folded, self.start, self.end, self.tokens, self.mentions = text, folded, start, end, tokens, mentions
        self.quotes_by_start, self.quotes_by_end = quotes_by_start, quotes_by_end
        self.next_paragraph = next_paragraph
        self._breaks: tuple[list[int], list[int]] | None = None
        self.known = frozenset(m.end for m in mentions if m.actor_type != "place")

    def tokens_of(self, start: int, end: int) -> tuple[int, int] | None:
        """The indices of the first and the last token of a stretch that begins and ends with a token."""
        starts, ends = self.tokens.starts, self.tokens.ends
        first = bisect_left(starts, start)
        last = bisect_left(ends, end, first)
        return (first, last) if last < len(ends) and starts[first] == start and ends[last] == end else None

    def word(self, index: int) -> str:
        """The lower-case word with this index, or nothing outside the sentence."""
        return self.tokens.low[index] if 0 <= index < self.tokens.count else ""

    def before_parenthesis(self, last: int) -> int:
        """The token before "(UNHCR)" where one ends here, else the token itself."""
        if self.word(last) != ")":
            return last
        while last > 0 and self.tokens.words[last] != "(":
            last -= 1
        return last - 1

    def source_before(self, last: int, *, strict: bool) -> tuple[int, Source] | None:
        """The source phrase that ends with this token, and its first token."""
        tokens, last = self.tokens, self.before_parenthesis(last)
        if last < 0:
            return None
        if tokens.low[last] in ("he", "she", "it", "they"):
            return last, self._described(last, last, last)
        phrase = phrase_before(tokens, last, strict=strict, known=self.known)
        if phrase is None:
            return None
        first, last, head = phrase
        if self.word(first - 1) == "by" and _PARTICIPLE.fullmatch(self.word(first - 2)):
            outer = phrase_before(tokens, first - 3, strict=True, known=self.known) if first >= 3 else None
            if outer is not None:  # "documents seen by Reuters show", "a report published by the UN said"
                first, last, head = outer
        return first, self._described(first, last, head)

    def source_after(self, first: int, *, agent: bool = False) -> tuple[int, Source] | None:
        """The source phrase that begins with this token, and its last token."""
        if first >= self.tokens.count:
            return None
        phrase = phrase_after(self.tokens, first, agent=agent)
        if phrase is None or not can_speak(self.tokens, phrase[1], self.known):
            return None
        last, head = phrase
        return last, self._described(first, last, head)

    def _described(self, first: int, last: int, head: int) -> Source:
        start, end = self.tokens.starts[first], self.tokens.ends[last]
        inside = [m for m in self.mentions if m.start < end and start < m.end]
        return describe(self.tokens, first, last, head, self.text, inside)

    def opening_quote(self, offset: int) -> Quote | None:
        """The quotation that opens here, past a comma or colon and spaces."""
        at = offset
        while at < len(self.folded) and self.folded[at] in " ,:\n\u2014":
            at += 1
        return self.quotes_by_start.get(at) if at - offset <= 4 else None

    def closing_quote(self, offset: int) -> Quote | None:
        """The quotation that closes just before this offset, past spaces and a comma or dash."""
        at = offset
        while at > 0 and self.folded[at - 1] in " ,\n\u2014":
            at -= 1
        return self.quotes_by_end.get(at) if offset - at <= 4 else None

    def trimmed(self, start: int, end: int) -> int:
        """The end of a content without white space and closing punctuation."""
        while end > start and self.folded[end - 1] in " \n,;:\u2014-":
            end -= 1
        return end

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause that holds this span: between semicolons, dashes and coordinating conjunctions after a comma."""
        if self._breaks is None:
            found = [match.span() for match in BOUNDARY.finditer(self.folded, self.start, self.end)]
            self._breaks = ([first for first, _ in found], [last for _, last in found])
        starts, ends = self._breaks
        before, after = bisect_right(ends, start), bisect_left(starts, end)
        first = ends[before - 1] if before else self.start
        last = starts[after] if after < len(starts) else self.end
        while first < start and self.folded[first] in " \n":
            first += 1
        return first, self.trimmed(first, last)

    def clause_break(self, first: int) -> int | None:
        """Where the clause that begins with this token parts from the one before, if it does."""
        before = self.word(first - 1)
        if before in _CLAUSE_OPENERS:
            comma = first - 2
            return self.tokens.starts[comma] if self.word(comma) == "," else self.tokens.starts[first - 1]
        return self.tokens.starts[first - 1] if before == ";" else None

    def back_over_fillers(self, last: int) -> tuple[int, list[str]]:
        """The last token before adverbs, auxiliaries, dates and "in a statement", and the auxiliaries passed (nearest first)."""
        i, auxiliaries = last, []
        while i >= 0:
            word = self.tokens.low[i]
            if word in _AUXILIARIES:
                auxiliaries.append(word)
                i -= 1
            elif word == "part" and i >= 2 and self.tokens.low[i - 2] == "for":
                i -= 3  # "for its part"
            elif word in _FILLERS or (word.endswith("ly") and word not in _NOT_ADVERBS):
                i -= 1
            elif (skipped := self._back_over_date(i)) is not None or (skipped := self._back_over_vehicle(i)) is not None:
                i = skipped
            else:
                break
        return i, auxiliaries

    def _back_over_date(self, i: int) -> int | None:
        low, j = self.tokens.low, i
        while (
            j >= 0
            and i - j < 6
            and (low[j] in CALENDAR or low[j].isdigit() or low[j] in ("last", "this", "early", "late", "earlier", "the"))
        ):
            j -= 1
        if j == i:
            return None
        if j >= 0 and low[j] in ("on", "in", "since", "by", "at"):
            return j - 1
        return j if low[j + 1] in ("last", "this", "late", "early", "earlier") and j + 1 < i else None

    def _back_over_vehicle(self, i: int) -> int | None:
        low, j = self.tokens.low, i
        if low[i] in ("issued", "released", "published") and i > 0:
            j -= 1
        if low[j] not in _VEHICLES:
            return None
        while j >= 0 and i - j <= 6:
            if low[j] in ("in", "at", "during") and i > j:
                return j - 1
            j -= 1
        return None

    def on_over_fillers(self, first: int) -> int:
        """The first token after adverbs, dates and "in a statement", "at a news conference in Tunis"."""
        low, n, i = self.tokens.low, self.tokens.count, first
        while i < n:
            word = low[i]
            if (word in _FILLERS and word not in ("both", "all")) or (word.endswith("ly") and word not in _NOT_ADVERBS):
                i += 1
                continue
            j = i + (word in ("on", "in", "at", "during", "last", "this", "late", "early", "earlier", "by"))
            k = j
            while k < n and k - j < 5 and (low[k] in CALENDAR or low[k].isdigit() or low[k] in ("last", "late", "early", "this")):
                k += 1
            if k > j and any(low[x] in CALENDAR for x in range(j, k)) and not (k == j + 1 and low[j].isdigit()):
                i = k
                continue
            vehicle = (
                next((x for x in range(i + 1, min(i + 6, n)) if low[x] in _VEHICLES), None)
                if word in ("in", "at", "during", "through")
                else None
            )
            if vehicle is None:
                break
            i = vehicle + 1
            if i + 1 < n and low[i] in ("in", "on", "to") and low[i + 1] not in CALENDAR and self.tokens.words[i + 1][0].isupper():
                i += 2
        return i


def found(
    cue: Cue, source: Source | None, span: tuple[int, int], content: tuple[int, int], rule: str, *, clause: int | None = None
) -> Found:
    """A Found from its parts; `span` is the cue's."""
    return Found(
        source=source,
        cue_start=span[0],
        cue_end=span[1],
        cue_class=cue.cue_class,
        factuality=cue.factuality,
        content_start=content[0],
        content_end=content[1],
        rule=rule,
        clause_start=clause,
    )
