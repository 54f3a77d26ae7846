"""Actor and place mentions: every name one actor, every actor with an id.

One scan over the capitalised words finds the names (`names`), the document settles what is one and the same (`naming`), the words
around decide whether a capital acts or is bombed (`context`), and one scan over the small words finds the unnamed (`nominals`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter, itemgetter

from briefing_kit.briefing import Briefing
from briefing_kit.extract.acronyms import find_acronyms
from briefing_kit.extract.actor_words import COMMON, FUNCTION, GIVEN, TITLE, Words, vocabulary
from briefing_kit.extract.chunks import find_chunks, find_openings
from briefing_kit.extract.context import Context
from briefing_kit.extract.drafts import Draft
from briefing_kit.extract.names import ChunkParser
from briefing_kit.extract.naming import settle
from briefing_kit.extract.nominals import nominals
from briefing_kit.extract.places import known_places
from briefing_kit.extract.roles import draft_mentions
from briefing_kit.extract.shapes import Item
from briefing_kit.extract.small_names import names_without_capital
from briefing_kit.gazetteer import Gazetteer, bare
from briefing_kit.records import Mention, Timex

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_CAPITALS = re.compile(r"[^\W\d_]+")
_START, _END = attrgetter("start"), attrgetter("end")

__all__ = ["find_acronyms", "find_mentions"]


def find_mentions(briefing: Briefing, gazetteer: Gazetteer, timexes: Sequence[Timex] = ()) -> list[Mention]:
    """The actors and places that a briefing mentions, sorted by start and without overlaps; spans leave out title and article.

    Boilerplate is not read. Words inside `timexes` are no names ("Sunday", "March").
    """
    text = briefing.folded_prose
    flat = text.replace("\n", " ")
    words, places = vocabulary(), known_places()
    acronyms = find_acronyms(text) if "(" in text or "[" in text else []
    defined = {acronym.short: acronym.long for acronym in acronyms}
    parser = ChunkParser(flat, gazetteer, words, places, defined, briefing.published_on)
    breaks = frozenset(segment.start for segment in briefing.segments)
    openings = find_openings(flat, briefing.sentences)
    shouted = _shouted(briefing, flat)
    headlines = _headlines(briefing, flat)
    dates: set[int] = set()
    for timex in timexes:
        dates.update(range(timex.start, timex.end))
    items: list[Item] = []
    flags, index = words.flags, gazetteer.index
    for chunk in find_chunks(flat, breaks, words.title_words):
        start, _, word, _ = chunk[0]
        if len(chunk) == 1 and flags.get(word, 0) & FUNCTION and word not in index:
            continue  # most capitals open a sentence
        if start in dates or len(chunk) > 1:
            chunk = [token for token in chunk if token[0] not in dates]
            if not chunk:
                continue
        opens = start in openings or (flat[start - 1 : start] in "\"'(" and _opens_quote(flat, start, openings))
        if shouted and _holds(shouted, start):
            continue
        if headlines and _holds(headlines, start):
            items += [item for item in parser.parse(chunk, opens) if item.known]
            continue
        items += parser.parse(chunk, opens)
    if shouted:
        items += _in_capitals(flat, shouted, gazetteer)
    if parser.things:
        items = [item for item in items if item.known or item.name not in parser.things]
    small = list(names_without_capital(flat, gazetteer, briefing.published_on))
    if shouted or small:
        items += small
        items.sort(key=_END, reverse=True)
        items.sort(key=_START)
    context = Context(flat, words)
    items = settle(items, acronyms, context, gazetteer, places, briefing.country)
    if gazetteer.rejected:
        items = [item for item in items if not _is_rejected(item, gazetteer)]
    drafts = draft_mentions(items, context, places, briefing)
    return _mentions(briefing.text, [*drafts, *nominals(flat, drafts, briefing, openings)])


def _is_rejected(item: Item, gazetteer: Gazetteer) -> bool:
    """Whether the analyst has rejected a name, or the unknown name that it is short for; a place of that name stays one."""
    if item.type == "place":
        return False
    full = item.entry.actor if item.entry is not None else None
    unknown = full is not None and full.id not in gazetteer.actors
    return bare(item.name) in gazetteer.rejected or (full is not None and unknown and bare(full.name) in gazetteer.rejected)


def _opens_quote(text: str, start: int, openings: frozenset[int]) -> bool:
    """Whether only quotation marks or brackets part a word from the start of its sentence, or it opens a quotation."""
    at = start
    while at and text[at - 1] in "\"'(":
        at -= 1
    return text[at] == '"' or not openings.isdisjoint(range(at, start))


def _holds(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether an offset lies in one of the spans, which stand in order."""
    index = bisect_right(spans, at, key=itemgetter(0)) - 1
    return index >= 0 and at < spans[index][1]


def _shouted(briefing: Briefing, text: str) -> list[tuple[int, int]]:
    """Segments in capitals throughout, where case tells nothing."""
    found = []
    for segment in briefing.segments:
        part = text[segment.start : segment.end]
        if part.isupper() and sum(char.isalpha() for char in part) > 12:
            found.append((segment.start, segment.end))
    return found


def _headlines(briefing: Briefing, text: str) -> list[tuple[int, int]]:
    """Headings in title case, where a capital does not make a name: only known names count there.

    They are told from captions, which list names and titles, by the ordinary words that bear a capital.
    """
    found = []
    flags = vocabulary().flags
    for segment in briefing.segments:
        if segment.role not in ("heading", "caption"):
            continue
        words = _LONG_WORD.findall(text, segment.start, segment.end)
        capitals = [flags.get(word, 0) for word in words if word[0].isupper()]
        ordinary = sum(bool(mark & COMMON) and not mark & (TITLE | GIVEN) for mark in capitals)
        if len(words) >= 4 and len(capitals) >= 0.75 * len(words) and ordinary >= 0.4 * len(capitals):
            found.append((segment.start, segment.end))
    return found


def _in_capitals(text: str, shouted: list[tuple[int, int]], gazetteer: Gazetteer) -> list[Item]:
    """What is known of the names in headlines in capitals: full names, places, and acronyms that are no word ("WHO", "IS", "US" are)."""
    words, places = vocabulary(), known_places()
    found: list[Item] = []
    for begin, end in shouted:
        headline = text[begin:end]
        small = _CAPITALS.sub(lambda word: word[0][0] + word[0][1:].lower(), headline)
        if len(small) != len(headline):  # a capital whose small letter is written with two signs
            continue
        taken: set[int] = set()
        for reading in (small, headline):
            parser = ChunkParser(reading, gazetteer, words, places, {}, None)
            for chunk in find_chunks(reading, frozenset(), words.title_words):
                for item in parser.parse(chunk, False):
                    if item.start not in taken and _is_certain(item, words, in_capitals=reading is headline):
                        taken.update(range(item.start, item.end))
                        item.start += begin
                        item.end += begin
                        found.append(item)
    return found


def _is_certain(item: Item, words: Words, *, in_capitals: bool) -> bool:
    """Whether a name in a headline is beyond doubt: spelt out when read in small letters, else an acronym that is no word."""
    if not in_capitals:
        return item.kind != "acronym" if item.entry is not None else item.rule == "places" and not item.weak
    return item.kind == "acronym" and len(item.name) > 2 and item.name.capitalize() not in words.flags


def _mentions(text: str, drafts: list[Draft]) -> list[Mention]:
    """The drafts as records: sorted, the longer where two overlap."""
    drafts.sort(key=_END, reverse=True)
    drafts.sort(key=_START)
    mentions: list[Mention] = []
    last = -1
    for draft in drafts:
        if draft.start < last:
            continue
        last = draft.end
        mentions.append(
            Mention(
                start=draft.start,
                end=draft.end,
                text=text[draft.start : draft.end],
                actor_id=draft.actor_id,
                actor=draft.actor,
                actor_type=draft.actor_type,
                country=draft.country,
                mention_kind=draft.kind,
                role_title=draft.role_title,
                parent_id=draft.parent_id,
                possessor_id=draft.possessor_id,
                relation=draft.relation,
                related_id=draft.related_id,
                known=draft.known,
                rule=draft.rule,
            )
        )
    return mentions
