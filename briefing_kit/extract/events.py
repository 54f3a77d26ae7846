"""Happenings and their dates: which predicate or event noun a date dates, who takes part, where, and who says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from briefing_kit.briefing import Briefing
from briefing_kit.extract.clause import Clause
from briefing_kit.extract.clauses import read_clauses
from briefing_kit.extract.dating import DateRef, closed, find_date_refs, heading_of, interval, narrower
from briefing_kit.extract.event_tokens import read_words
from briefing_kit.extract.firmness import modality_of
from briefing_kit.extract.happenings import FOLLOWED_TYPES, Scene, event_type_of, is_label, may_tell, settled
from briefing_kit.extract.pairing import Pair, pair_dates
from briefing_kit.extract.pieces import read_sentences
from briefing_kit.extract.predicates import Predicate
from briefing_kit.extract.readings import Reading, attribution_of, headline_of, participants
from briefing_kit.records import Attribution, Event, Mention, Timex

_FIRM = frozenset(("asserted", "reported"))
_LOWER_WORD = re.compile(r"[a-z]+")
_TEMPORAL = frozenset(("after", "before", "following", "amid", "since"))


def find_events(
    briefing: Briefing, timexes: Sequence[Timex], mentions: Sequence[Mention], attributions: Sequence[Attribution]
) -> list[Event]:
    """The happenings of a briefing in order of the text: dated ones, and undated ones of the kinds that analysts follow.

    The arguments are what `find_timexes`, `find_mentions` and `find_attributions` found in the same briefing. Captions, headings
    and boilerplate give none.
    """
    folded = briefing.folded
    refs = find_date_refs(folded, sorted(timexes, key=attrgetter("start")))
    mentions = sorted(mentions, key=attrgetter("start"))
    waiting = sorted(attributions, key=_reach, reverse=True)
    reaches = [_reach(one)[0] for one in waiting]
    ref_starts = [ref.start for ref in refs]
    mention_starts = [mention.start for mention in mentions]
    said: list[Attribution] = []  # those that reach into the sentence; a quotation may run over several
    events: list[Event] = []
    heading: DateRef | None = None  # the day that opens an item of a chronicle and reaches to its end
    item = -1
    for sentence in read_sentences(briefing):
        start, end = sentence.start, sentence.end
        while waiting and reaches[-1] < end:
            said.append(waiting.pop())
            reaches.pop()
        if said:
            said = [one for one in said if one.content_end > start or one.end > start]
        dates = refs[bisect_left(ref_starts, start) : bisect_left(ref_starts, end)]
        if dates and dates[-1].end > end:
            dates.pop()
        if sentence.paragraph != item:
            item, heading = sentence.paragraph, heading_of(folded, start, dates)
        near = mentions[bisect_left(mention_starts, start) : bisect_left(mention_starts, end)]
        if not dates and not may_tell(_LOWER_WORD.findall(folded[start:end].lower()), near):
            continue
        events += _of_sentence(briefing, start, end, dates, near, said, heading)
    return events


def _reach(attribution: Attribution) -> tuple[int, int]:
    return min(attribution.start, attribution.content_start), attribution.end


def _of_sentence(
    briefing: Briefing,
    start: int,
    end: int,
    dates: Sequence[DateRef],
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    heading: DateRef | None,
) -> list[Event]:
    spans = [(ref.start, ref.end) for ref in dates]
    tokens = read_words(briefing.folded, start, end, spans, mentions)
    tokens.chronicle = tokens.chronicle or heading is not None
    clauses, clause_of = read_clauses(tokens)
    has_nouns = any(clause.nouns for clause in clauses)
    if not has_nouns and not any(clause.verbs for clause in clauses):
        return []
    last = len(clause_of) - 1
    named: dict[str, set[int]] = {"place": set(), "person": set()}
    mentions_of: dict[Clause, list[tuple[int, Mention]]] = {}
    for mention, (first, stop) in zip(mentions, tokens.mentions, strict=True):
        at = min(first, last)
        mentions_of.setdefault(clause_of[at], []).append((at, mention))
        if mention.actor_type in named:
            named[mention.actor_type].update(range(at, stop))
    scene = Scene(tokens, clauses, clause_of, named["place"], named["person"], has_nouns)
    reading = Reading(briefing, start, end, scene, dates, mentions, mentions_of, attributions)
    alone = all(one is heading for one in dates) and '"' not in briefing.folded[start:end]  # who is quoted may speak of any day
    events = list(_events(reading, heading if alone else None))
    return events if len(events) < 2 else sorted(events, key=lambda one: (one.start, one.end, one.date_ids == (), one.discriminator))


def _events(reading: Reading, heading: DateRef | None) -> Iterator[Event]:
    scene = reading.scene
    pairs = pair_dates(scene) if scene.tokens.dates else []
    told: set[int] = set()
    count: dict[int, int] = {}
    dated = _with_dates(pairs, reading.dates)
    times = [pair.predicate.at for pair, _ in dated]
    for pair, ref in dated:
        predicate = pair.predicate
        nth = count.get(predicate.at, 0)
        count[predicate.at] = nth + 1
        told.add(predicate.at)
        place_near = ref.start if times.count(predicate.at) > 1 else scene.tokens.starts[predicate.at]
        yield _event(reading, predicate, ref, pair.rule, str(nth) if nth else "", place_near)
    for predicate in _undated(scene, told):
        if heading is not None and _is_of_item(scene, predicate):
            yield _event(reading, predicate, heading, "date_heading", "", scene.tokens.starts[predicate.at])
        else:
            yield _event(reading, predicate, None, "undated", "", scene.tokens.starts[predicate.at])


def _with_dates(pairs: Sequence[Pair], dates: Sequence[DateRef]) -> list[tuple[Pair, DateRef]]:
    """Each pair with its date; two open ends of one happening ("since April ... by 23 August") become one interval."""
    found: list[tuple[Pair, DateRef]] = []
    for pair in pairs:
        when = closed(dates[pair.date]) if pair.rule == "relative_when" else dates[pair.date]
        if when is None:
            continue
        ref = when
        for index, (earlier, other) in enumerate(found):
            if earlier.predicate is pair.predicate:
                whole = interval(other, ref) or (narrower(other, ref) if pair.rule != "date_list" else None)
                if whole is not None:
                    found[index] = (earlier, whole)
                    break
        else:
            found.append((pair, ref))
    return found


def _undated(scene: Scene, told: set[int]) -> Iterator[Predicate]:
    """Happenings of interest without a date of their own that are not the same happening as a dated one."""
    for clause in scene.clauses:
        for verb in clause.verbs:
            if verb.at in told or verb.form not in ("finite", "bare") or _told_by_when(scene, clause, verb, told):
                continue
            happening = settled(scene, verb)
            if happening.at not in told and event_type_of(scene, happening) in FOLLOWED_TYPES and not is_label(scene.tokens, happening):
                told.add(happening.at)
                yield happening
        if clause.kind == "sub" and clause.opener in _TEMPORAL and not clause.verbs:
            for noun in clause.nouns[:1]:
                if noun.at not in told and noun.event_type in FOLLOWED_TYPES:
                    yield noun


def _is_of_item(scene: Scene, predicate: Predicate) -> bool:
    """Whether an item of a chronicle tells a happening as one of its day: in a main clause, not as what had been before."""
    clause = scene.clause(predicate)
    verb = clause.verb if predicate.form == "noun" else predicate
    told = clause.kind == "main" and verb is not None
    return told and verb is not None and "had" not in scene.tokens.words[verb.group : verb.at]


def _told_by_when(scene: Scene, clause: Clause, verb: Predicate, told: set[int]) -> bool:
    """Whether a "when" clause tells of one happening with its main clause: "five were killed when rebels stormed the camp on 3 May"."""
    if clause.opener == "when" and clause.parent is not None:
        return any(outer.at in told for outer in clause.parent.verbs)
    if not verb.is_of("result") and verb.event_type != "killing":
        return False
    whens = [one for one in scene.clauses if one.parent is clause and one.opener == "when"]
    return any(inner.at in told for one in whens for inner in one.verbs)


def _event(reading: Reading, predicate: Predicate, ref: DateRef | None, rule: str, discriminator: str, place_near: int) -> Event:
    briefing, tokens = reading.briefing, reading.scene.tokens
    first = predicate.group if predicate.form == "noun" else predicate.at
    start, end = tokens.starts[first], tokens.ends[predicate.at]
    attribution = attribution_of(reading, start)
    event_type = event_type_of(reading.scene, predicate)
    if event_type == "other" and predicate.event_type is None and any(one.cue_start <= start < one.cue_end for one in reading.attributions):
        event_type = "statement"
    factuality = modality_of(reading.scene, predicate) or (attribution.factuality if attribution else "asserted")
    if factuality in _FIRM and _lies_ahead(ref, briefing.published_on):
        factuality = "forecast"
    actors, places = participants(reading, predicate, attribution, event_type)
    place = min(places, key=lambda mention: (abs(mention.start - place_near), mention.start)) if places else None
    return Event(
        start=start,
        end=end,
        text=briefing.text[start:end],
        date_ids=tuple(briefing.row_id("date", timex.start, timex.end) for timex in ref.timexes) if ref else (),
        date_start=ref.date_start if ref else None,
        date_end=ref.date_end if ref else None,
        granularity=ref.granularity if ref else "undated",
        edtf=ref.edtf if ref else None,
        resolved_by=ref.resolved_by if ref else None,
        headline=headline_of(reading, predicate),
        event_type=event_type,
        predicate=briefing.text[start:end],
        actors=actors,
        location=place.text if place else None,
        country=place.country if place else None,
        source=attribution.source if attribution else "(author)",
        source_kind=attribution.source_kind if attribution else "author",
        cue_class=attribution.cue_class if attribution else None,
        factuality=factuality,
        is_future=_is_future(ref, briefing.published_on, factuality),
        discriminator=discriminator,
        rule=rule,
    )


def _lies_ahead(ref: DateRef | None, published_on: date | None) -> bool:
    """Whether a date lies wholly after the report, or is a term that ends after it: nobody can have seen what happened then."""
    if ref is None or published_on is None:
        return False
    known = ref.date_start or ref.date_end
    return known is not None and known > published_on


def _is_future(ref: DateRef | None, published_on: date | None, factuality: str) -> bool:
    """Whether a happening lies ahead of the report: by its date, or, where that does not say, because it is planned."""
    if ref is None or published_on is None or ref.date_end is None:
        return factuality == "forecast"
    if factuality == "forecast":
        return ref.date_end >= published_on
    return ref.date_start is not None and ref.date_start > published_on
