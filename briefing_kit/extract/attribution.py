"""Who says what: a source, a cue and the content that the source is said to stand behind.

The constructions follow the PARC attribution scheme (Pareti 2016): source, cue and content spans. Each is tried on the sentence around a
cue of the lexicon; a cue whose source cannot be found gives no row.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from briefing_kit.briefing import Briefing
from briefing_kit.extract.complements import FIGURE, FIGURE_AHEAD
from briefing_kit.extract.cues import Cue, find_cues
from briefing_kit.extract.nouns import read_adverb, read_chain, read_noun, read_preposition
from briefing_kit.extract.pieces import READ_ROLES, read_sentences
from briefing_kit.extract.quotes import find_quotes
from briefing_kit.extract.scope import Found, Scope
from briefing_kit.extract.source_kinds import UNNAMED, Source
from briefing_kit.extract.sources import PRONOUNS, Tokens, source_nouns
from briefing_kit.extract.subjects import agrees
from briefing_kit.extract.verbs import read_verb
from briefing_kit.records import Attribution, Mention
from briefing_kit.segments import Sentence

_NOUN_AHEAD = re.compile(
    r"[ \n](?:that|of|by|from|saying|claiming|warning|telling|adding|stating|reporting|insisting"
    r"|(?:on|in|among)[ \n](?:[\w-]+[ \n]){1,4}that)\b"
)
_QUOTE_ONLY = frozenset(["quote"])
_QUOTE_MARK = re.compile(r"[\"']")
_OWNED = re.compile(r"(?:'s|s')[ \n](?:[a-z]+[ \n])?$")
NEAR = 8  # attributions of the same sentence that a later one may lean on


def find_attributions(briefing: Briefing, mentions: Sequence[Mention]) -> list[Attribution]:
    """The attributions of a briefing in order of the text; headings, captions and boilerplate give none.

    `mentions` (actors and places) tell names from other capitalised words and give `source_id`.
    """
    folded = briefing.folded
    quotes = find_quotes(folded, briefing.segments)
    by_start, by_end = {quote.start: quote for quote in quotes}, {quote.end: quote for quote in quotes}
    mentions = sorted(mentions, key=attrgetter("start"))
    starts = [m.start for m in mentions]
    memory: list[Source] = []
    rows: list[Attribution] = []
    for sentence, cues in _by_sentence(folded, list(read_sentences(briefing))):
        at = bisect_left(starts, sentence.start)
        near = mentions[at : bisect_right(starts, sentence.end)]
        scope = Scope(
            text=briefing.text,
            folded=folded,
            start=sentence.start,
            end=_without_stop(folded, sentence),
            tokens=Tokens(folded, sentence.start, sentence.end),
            mentions=near,
            quotes_by_start=by_start,
            quotes_by_end=by_end,
            next_paragraph=_next_paragraph(briefing, sentence),
        )
        found = _of_sentence(scope, cues)
        rows += [_row(briefing.text, item, memory) for item in found]
    return sorted(rows, key=attrgetter("start", "cue_start", "content_start"))


def _next_paragraph(briefing: Briefing, sentence: Sentence) -> tuple[int, int] | None:
    """The paragraph after the one that this sentence ends, where it is running text."""
    after = sentence.paragraph + 1
    if after >= len(briefing.segments) or briefing.segments[sentence.paragraph].end > sentence.end:
        return None
    segment = briefing.segments[after]
    return (segment.start, segment.end) if segment.role in READ_ROLES else None


def _by_sentence(folded: str, sentences: Sequence[Sentence]) -> list[tuple[Sentence, list[tuple[int, int, tuple[Cue, ...]]]]]:
    groups: list[tuple[Sentence, list[tuple[int, int, tuple[Cue, ...]]]]] = []
    index = 0
    for start, end, cues in find_cues(folded):
        while index < len(sentences) and sentences[index].end <= start:
            index += 1
        if index == len(sentences):
            break
        sentence = sentences[index]
        if start < sentence.start or not _plausible(folded, start, end, cues, sentence):
            continue
        if not groups or groups[-1][0] is not sentence:
            groups.append((sentence, []))
        groups[-1][1].append((start, end, cues))
    return groups


def _plausible(folded: str, start: int, end: int, cues: Sequence[Cue], sentence: Sentence) -> bool:
    """Whether the neighbouring words leave one of the readings open; spares the parsing of most sentences with a mere word of the list."""
    if folded[start].isupper() and start > sentence.start and folded[start - 1] not in "\"'":
        return False  # "the United States"
    if all(cue.frames == _QUOTE_ONLY for cue in cues) and not _QUOTE_MARK.search(folded, max(0, sentence.start - 2), sentence.end):
        return False
    if all(cue.frames == FIGURE for cue in cues) and not FIGURE_AHEAD.match(folded, end, sentence.end):
        return False
    article = folded[max(0, start - 4) : start].lower().endswith(("the ", " an ", " a ", " to "))
    for cue in cues:
        if cue.kind == "noun":
            if _NOUN_AHEAD.match(folded, end) or _OWNED.search(folded[max(0, start - 30) : start]):
                return True
        elif cue.kind != "verb" or not article or cue.form not in ("s", "base"):
            return True
    return False


def _without_stop(folded: str, sentence: Sentence) -> int:
    end = sentence.end
    while end > sentence.start and folded[end - 1] in ".!?\u2026\"') ":
        end -= 1
    return end


def _of_sentence(scope: Scope, cues: list[tuple[int, int, tuple[Cue, ...]]]) -> list[Found]:
    items: list[Found] = []
    for start, end, readings in cues:
        tokens = scope.tokens_of(start, end)
        if tokens is None:
            continue
        first, last = tokens
        is_noun = scope.tokens.low[first] in source_nouns() or (len(readings) > 1 and any(cue.kind == "noun" for cue in readings))
        for cue in readings:
            if is_noun and cue.kind == "verb" and not agrees(scope, first, cue):
                continue
            found = _read(scope, first, last, cue, items[-NEAR:])
            if found:
                items += found
                break
    return _bounded(scope, items)


def _read(scope: Scope, first: int, last: int, cue: Cue, earlier: list[Found]) -> list[Found]:
    match cue.kind:
        case "verb":
            return read_verb(scope, first, last, cue, earlier)
        case "noun":
            return read_noun(scope, first, last, cue, earlier)
        case "chain":
            return read_chain(scope, first, last, cue)
        case "adverb":
            return read_adverb(scope, first, last, cue)
        case _:
            return read_preposition(scope, first, last, cue, earlier)


def _bounded(scope: Scope, items: list[Found]) -> list[Found]:
    """End each content where the clause of the sentence's next attribution begins."""
    out = []
    breaks = sorted(item.clause_start for item in items if item.clause_start is not None)
    for item in items:
        start, end = item.content_start, item.content_end
        if start >= item.cue_end:
            following = bisect_right(breaks, start)
            end = min(end, breaks[following]) if following < len(breaks) else end
        end = scope.trimmed(start, end)
        while start < end and scope.folded[start] in " \n,;:":
            start += 1
        if start < end:
            item.content_start, item.content_end = start, end
            out.append(item)
    return out


def _row(text: str, item: Found, memory: list[Source]) -> Attribution:
    source, at = item.source, item.source
    if source is not None and source.text.lower() in PRONOUNS:
        source = _antecedent(source, memory) or source
    elif source is not None:
        memory.append(source)
    if source is not None and source.source_id is None:
        source = source._replace(source_id=_same_head(source, memory))
    spans = [item.cue_start, item.content_start, *([at.start] if at else [])]
    ends = [item.cue_end, item.content_end, *([at.end] if at else [])]
    return Attribution(
        start=min(spans),
        end=max(ends),
        text=text[min(spans) : max(ends)],
        source=source.text if source else UNNAMED,
        source_id=source.source_id if source else None,
        source_kind=source.kind if source else "unnamed",
        source_start=at.start if at else None,
        source_end=at.end if at else None,
        cue=text[item.cue_start : item.cue_end],
        cue_start=item.cue_start,
        cue_end=item.cue_end,
        cue_class=item.cue_class,
        factuality=item.factuality,
        content_start=item.content_start,
        content_end=item.content_end,
        rule=f"attribution.{item.rule}",
    )


def _antecedent(pronoun: Source, memory: list[Source]) -> Source | None:
    """The last source that a pronoun fits: persons for he and she, bodies and things for it, several or a body for they."""
    refers, is_plural = PRONOUNS[pronoun.text.lower()]
    for source in reversed(memory[-6:]):
        if refers == "person" and source.refers == "person" and not source.is_plural:
            return source
        if refers == "body" and source.refers in ("body", "thing") and not source.is_plural:
            return source
        if is_plural and (source.is_plural or source.refers == "body"):
            return source
    return None


def _same_head(source: Source, memory: list[Source]) -> str | None:
    """The actor of an earlier, fuller source with the same last word ("the spokesman" after "the LNA spokesman")."""
    words = source.text.lower().split()
    if len(words) != 1:
        return None
    for earlier in reversed(memory[-12:]):
        if earlier.source_id and words[0] in earlier.text.lower().split():
            return earlier.source_id
    return None
