"""Actor and place mentions: every name one actor, every actor with an id.

One scan over the capitalised words finds the names (`names`), the document settles what is one and the same (`naming`), the words
around decide whether a capital acts or is bombed (`context`), and one scan over the small words finds the unnamed (`nominals`).
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing_kit.briefing import Briefing
from briefing_kit.extract.acronyms import find_acronyms
from briefing_kit.extract.actor_words import vocabulary
from briefing_kit.extract.chunks import Token, find_chunks
from briefing_kit.extract.context import Context
from briefing_kit.extract.names import ChunkParser, Item
from briefing_kit.extract.naming import settle
from briefing_kit.extract.nominals import add_nominals
from briefing_kit.extract.places import known_places
from briefing_kit.extract.roles import Draft, draft_mentions
from briefing_kit.gazetteer import Gazetteer
from briefing_kit.records import Mention, Timex
from briefing_kit.textmap import fold

__all__ = ["find_acronyms", "find_mentions"]


def find_mentions(briefing: Briefing, gazetteer: Gazetteer, timexes: Sequence[Timex] = ()) -> list[Mention]:
    """The actors and places that a briefing mentions, sorted by start and without overlaps; spans leave out title and article.

    Boilerplate is not read. Words inside `timexes` are no names ("Sunday", "March").
    """
    text = briefing.folded if briefing.prose is briefing.text else fold(briefing.prose)
    flat = text.replace("\n", " ")
    words, places = vocabulary(), known_places()
    acronyms = find_acronyms(text) if "(" in text or "[" in text else []
    parser = ChunkParser(flat, gazetteer, words, places, {acronym.short: acronym.long for acronym in acronyms})
    breaks = frozenset(segment.start for segment in briefing.segments)
    openings = frozenset(sentence.start for sentence in briefing.sentences)
    shouted = _shouted(briefing, flat)
    dates = {at for timex in timexes for at in range(timex.start, timex.end)}
    items: list[Item] = []
    for chunk in find_chunks(flat, breaks, words.title_words):
        start = chunk[0][0]
        if dates:
            chunk = _without_dates(chunk, dates)
            if not chunk:
                continue
        opens = start in openings or flat[start - 1 : start] in "\"'(" and _opens_quote(flat, start, openings)
        if shouted and any(begin <= start < end for begin, end in shouted):
            items += [item for item in parser.parse(chunk, opens) if item.entry is not None and not item.name.isupper()]
            continue
        items += parser.parse(chunk, opens)
    context = Context(flat, words)
    items = settle(items, acronyms, context, gazetteer, places, briefing.country)
    drafts = draft_mentions(items, context, places, briefing)
    add_nominals(drafts, context, briefing)
    return _mentions(briefing.text, drafts)


def _opens_quote(text: str, start: int, openings: frozenset[int]) -> bool:
    """Whether only quotation marks or brackets part a word from the start of its sentence or of a quotation."""
    at = start
    while at and text[at - 1] in "\"'(":
        at -= 1
    return at in openings or text[at : at + 1] in ('"',) or any(index in openings for index in range(at, start))


def _shouted(briefing: Briefing, text: str) -> list[tuple[int, int]]:
    """Segments in capitals throughout, where case tells nothing."""
    found = []
    for segment in briefing.segments:
        part = text[segment.start : segment.end]
        if part.isupper() and sum(char.isalpha() for char in part) > 12:
            found.append((segment.start, segment.end))
    return found


def _without_dates(chunk: list[Token], dates: set[int]) -> list[Token]:
    return [token for token in chunk if token[0] not in dates]


def _mentions(text: str, drafts: list[Draft]) -> list[Mention]:
    """The drafts as records: sorted, the longer where two overlap."""
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
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
