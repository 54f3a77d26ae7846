"""What kind of source a phrase names, and which actor it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefing_kit.extract.sources import FREE_HEADS, Tokens, is_capital, source_nouns
from briefing_kit.records import Mention

UNNAMED = "(unnamed)"


class Source(NamedTuple):
    """A source phrase: its span without leading article, its kind and what pronoun may point back to it."""

    start: int
    end: int
    text: str
    kind: str
    refers: str
    is_plural: bool
    source_id: str | None


def describe(tokens: Tokens, first: int, last: int, head: int, text: str, mentions: Sequence[Mention]) -> Source:
    """The source record of a phrase; `mentions` are those that lie in it."""
    while first < last and tokens.low[first] in ("the", "a", "an"):
        first += 1
    start, end = tokens.starts[first], tokens.ends[last]
    mention = _head_mention(tokens, last, head, mentions)
    kind, refers, is_plural = _kind_of(tokens, first, head, mention)
    return Source(
        start=start,
        end=end,
        text=text[start:end],
        kind=kind,
        refers=refers,
        is_plural=is_plural,
        source_id=mention.actor_id if mention else None,
    )


def _head_mention(tokens: Tokens, last: int, head: int, mentions: Sequence[Mention]) -> Mention | None:
    start, end = tokens.starts[head], tokens.ends[head]
    over_head = [m for m in mentions if m.start < end and start < m.end]
    at_end = [m for m in mentions if m.actor_type == "person" and m.end == tokens.ends[last]]
    if at_end and any(m.end + 1 == at_end[-1].start for m in mentions):
        return at_end[-1]  # "Minister for the Middle East Ann Smith"
    if over_head:
        return max(over_head, key=lambda m: (m.actor_type != "place", m.end - m.start))
    if tokens.low[head] in source_nouns():
        before = [m for m in mentions if m.end <= start <= m.end + 2 and m.actor_type != "place"]
        return before[-1] if before else None  # "AFRICOM officials"
    return None


_BY_TYPE = {"person": ("named", "person"), "media": ("media", "body"), "community": ("unnamed", "person"), "group": ("unnamed", "person")}
_TITLES = frozenset(
    "mr mrs ms dr mr. mrs. ms. dr. gen. col. lt. maj. brig. capt. sgt. gov. sen. rep. prof. rev. amb. adm. cmdr. sir lord lady".split()
)


def _kind_of(tokens: Tokens, first: int, head: int, mention: Mention | None) -> tuple[str, str, bool]:
    nouns = source_nouns()
    low = tokens.low[head]
    entry = nouns.get(f"{tokens.low[head - 1]} {low}") if head > first else None
    entry = entry or nouns.get(low)
    if (
        mention is not None
        and mention.mention_kind not in ("nominal", "demonym", "pronoun")
        and (entry is None or mention.actor_type == "media")
    ):
        kind, refers = _BY_TYPE.get(mention.actor_type, ("organisation", "body"))
        return kind, refers, False
    if entry is not None:
        return entry
    if is_capital(tokens.words[head]):
        run = head
        while run > first and is_capital(tokens.words[run - 1]):
            run -= 1
        before = tokens.low[first:head]
        if any(word in _TITLES or nouns.get(word, ("",))[0] == "unnamed" for word in before):
            return "named", "person", False
        if any(word in nouns and nouns[word][0] == "organisation" for word in tokens.low[run : head + 1]):
            return "organisation", "body", False
        if tokens.words[head].isupper() and len(low) > 1:
            return "organisation", "body", False
        return "named", "person", False
    return "unnamed", "person", low.endswith("s") or low in FREE_HEADS
