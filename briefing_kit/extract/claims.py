"""Numeric claims: how many of what, who says so, how firmly, as of when."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import NamedTuple, TypeVar

from briefing_kit.briefing import Briefing
from briefing_kit.extract.circumstances import actor_of, actors_in, as_of, happening_of, place_of, places_in
from briefing_kit.extract.claim_drafts import Draft, find_drafts, is_multiple, is_share
from briefing_kit.extract.comparisons import link_comparisons
from briefing_kit.extract.counted import Counted
from briefing_kit.extract.outcomes import PERSONS
from briefing_kit.extract.pieces import read_sentences
from briefing_kit.extract.standing import firmness, standing
from briefing_kit.extract.statistics import statistic_of
from briefing_kit.records import Attribution, Claim, Event, Mention, Quantity, Timex
from briefing_kit.segments import Sentence

_SPAN, _CONTENT = attrgetter("start", "end"), attrgetter("content_start", "content_end")


class _Scene(NamedTuple):
    """A sentence with all that is known about it."""

    briefing: Briefing
    flat: str
    sentence: Sentence
    dates: Sequence[Timex]
    actors: Sequence[Mention]  # whom it may be about
    rows: Sequence[Attribution]
    places: Sequence[Mention]
    events: Sequence[Event]
    starts: Sequence[int]
    ends: Sequence[int]
    named: Sequence[Counted]  # the persons that the paragraph has counted so far


def find_claims(
    briefing: Briefing,
    quantities: Sequence[Quantity],
    timexes: Sequence[Timex],
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    events: Sequence[Event],
) -> list[Claim]:
    """The numeric claims of a briefing in order of the text.

    The arguments are what the other extractors found in the same briefing. A quantity becomes a claim when it counts or measures
    something: it has a unit, a counted noun or a predicate that says what befell those counted. Headings, captions, boilerplate,
    dates and idioms ("two sides") give none. Vague and open figures keep their bounds; nothing is averaged.
    """
    sentences = list(read_sentences(briefing))
    groups = _by_sentence(sentences, quantities)
    flat = briefing.folded.replace("\n", " ")  # every pattern stays within a sentence, so a wrapped line is a space to it
    mentions_of = _spread(sentences, groups, mentions, _SPAN)
    dates_of = _spread(sentences, groups, timexes, _SPAN)
    events_of = _spread(sentences, groups, events, _SPAN)
    rows_of = _spread(sentences, groups, attributions, _CONTENT)
    claims: list[Claim] = []
    earlier: tuple[int, int, Draft] | None = None  # paragraph, sentence and last draft of the sentences before
    named: list[Counted] = []
    for index, group in groups.items():
        sentence = sentences[index]
        if earlier is None or earlier[0] != sentence.paragraph:
            named = []
        near = earlier is not None and earlier[0] == sentence.paragraph and index - earlier[1] <= 2
        drafts = find_drafts(flat, sentence, group, dates_of[index], earlier[2] if earlier and near else None)
        spans = sorted((r.source_start, r.source_end) for r in rows_of[index] if r.source_start is not None and r.source_end is not None)
        drafts = [draft for draft in drafts if not _speaks(draft, spans)]
        last = next((draft for draft in reversed(drafts) if not draft.is_bare), None)
        if last is not None:
            earlier = (sentence.paragraph, index, last)
        named += [d.counted for d in drafts if d.counted is not None and not d.counted.of_them and d.noun_class in PERSONS]
        scene = _Scene(
            briefing=briefing,
            flat=flat,
            sentence=sentence,
            dates=dates_of[index],
            actors=actors_in(mentions_of[index]),
            rows=rows_of[index],
            places=places_in(flat, _outside_sources(mentions_of[index], spans)),
            events=events_of[index],
            starts=[draft.start for draft in drafts],
            ends=[draft.end for draft in drafts],
            named=named,
        )
        total: Claim | None = None
        for draft in drafts:
            claim = _claim(scene, draft)
            if not draft.is_part:
                total = claim
            elif total is not None:
                claim = replace(claim, part_of=briefing.row_id("claim", total.start, total.end), factuality=firmness(claim, total))
            claims.append(claim)
    return link_comparisons(briefing, flat, claims)


RecordT = TypeVar("RecordT")


def _spread(
    sentences: Sequence[Sentence], wanted: Collection[int], records: Sequence[RecordT], span: Callable[[RecordT], tuple[int, int]]
) -> dict[int, list[RecordT]]:
    """Records by the index of every wanted sentence that their span touches, in order of the text."""
    by_sentence: dict[int, list[RecordT]] = {index: [] for index in wanted}
    first, n_sentences = 0, len(sentences)
    for (start, end), record in sorted(zip(map(span, records), records, strict=True), key=itemgetter(0)):
        while first < n_sentences and sentences[first].end <= start:
            first += 1
        index = first
        while index < n_sentences and sentences[index].start < end:
            if index in by_sentence:
                by_sentence[index].append(record)
            index += 1
    return by_sentence


def _by_sentence(sentences: Sequence[Sentence], quantities: Sequence[Quantity]) -> dict[int, list[Quantity]]:
    groups: dict[int, list[Quantity]] = {}
    starts = [sentence.start for sentence in sentences]
    for quantity in sorted(quantities, key=attrgetter("start")):
        index = bisect_right(starts, quantity.start) - 1
        if quantity.role == "measure" and index >= 0 and quantity.end <= sentences[index].end:
            groups.setdefault(index, []).append(quantity)
    return groups


def _unit_class(draft: Draft) -> tuple[str, float]:
    """The claim's unit class and the factor on its figures (a fraction "of" something is a share in per cent)."""
    quantity = draft.quantity
    if quantity.unit_class is not None:
        return quantity.unit_class, 1.0
    if is_share(quantity):
        return "percent", 100.0
    if draft.noun_class is None or draft.noun_class in PERSONS:
        of_them = draft.counted is not None and draft.counted.of_them
        return draft.outcome or draft.noun_class or ("people" if of_them else "other"), 1.0
    return draft.noun_class, 1.0


def _claim(scene: _Scene, draft: Draft) -> Claim:
    folded, sentence, quantity = scene.flat, scene.sentence, draft.quantity
    start, end = draft.start, draft.end
    unit_class, factor = _unit_class(draft)
    stands = standing(folded, start, end, sentence.start, sentence.end, scene.rows)
    event = happening_of(folded, start, end, scene.events, scene.starts, befell=draft.outcome is not None)
    countable = quantity.unit is None and unit_class != "percent"
    happened = countable and (draft.outcome is not None or (event is not None and event.date_start is not None))
    previous = next((at for at in reversed(scene.ends) if at <= start), sentence.start)
    statistic = statistic_of(folded, start, end, sentence.start, sentence.end, unit_class, previous=previous, happened=happened)
    if is_multiple(quantity):
        statistic = "change"
    first, last = as_of(folded, start, end, scene.dates, event, stands.attribution, scene.starts)
    location, country = place_of(start, end, scene.places, event)
    country = country or scene.briefing.country
    row = stands.attribution
    source_span = (row.source_start, row.source_end) if row and row.source_start is not None and row.source_end is not None else None
    acted = None if unit_class in ("killed", "injured") else event  # who acts in a killing is not who was killed
    actor_id = actor_of(folded, start, end, scene.actors, acted, source_span)
    return Claim(
        start=start,
        end=end,
        text=scene.briefing.text[start:end],
        value=_scaled(quantity.value, factor),
        low=_scaled(quantity.low, factor),
        high=_scaled(quantity.high, factor),
        kind=quantity.kind,
        approximator=quantity.approximator.lower() if quantity.approximator else None,
        unit=quantity.unit,
        unit_class=unit_class,
        currency=quantity.currency,
        counted=_counted(scene, draft),
        actor_id=actor_id,
        measure=measure_key(actor_id, _head(draft, unit_class), country),
        statistic=statistic,
        as_of_start=first,
        as_of_end=last,
        location=location,
        country=country,
        event_id=scene.briefing.row_id("event", event.start, event.end, event.discriminator) if event else None,
        source=stands.source,
        source_id=stands.source_id,
        source_kind=stands.source_kind,
        cue=stands.cue,
        cue_class=stands.cue_class,
        factuality=stands.factuality,
        rule=f"claim.{'outcome' if draft.outcome else 'unit' if quantity.unit else 'noun'}",
    )


def _counted(scene: _Scene, draft: Draft) -> str | None:
    """The counted noun phrase; for "eight of them" that of the only sort of people that the paragraph has counted before."""
    phrase = draft.counted
    if phrase is None:
        return None
    if phrase.of_them:
        before = [counted for counted in scene.named if counted.end <= draft.start]
        return scene.briefing.text[before[-1].start : before[-1].end] if len({counted.head for counted in before}) == 1 else None
    return scene.briefing.text[phrase.start : max(phrase.end, draft.end if phrase.end > draft.quantity.end else 0)]


def _outside_sources(mentions: Sequence[Mention], spans: Sequence[tuple[int, int]]) -> list[Mention]:
    """The sentence's mentions but for those that a source is named by: "according to Paris" puts nothing there."""
    outside = []
    for mention in mentions:
        before = bisect_left(spans, (mention.start + 1, 0)) - 1
        if before < 0 or mention.start >= spans[before][1]:
            outside.append(mention)
    return outside


def _speaks(draft: Draft, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether those counted are the source of a sentence ("according to two people with knowledge of the talks"): no claim."""
    if draft.outcome is not None or draft.quantity.unit is not None:
        return False
    after = bisect_left(spans, (draft.start, 0))
    return after < len(spans) and spans[after][0] < draft.end


def _scaled(figure: float | None, factor: float) -> float | None:
    return figure if figure is None or factor == 1.0 else round(figure * factor, 1)


def _head(draft: Draft, unit_class: str) -> str:
    """What a series counts: the fate of persons, else the counted noun in the plural, else the unit."""
    if unit_class in ("killed", "injured", "displaced") or (unit_class == "detained" and draft.outcome):
        return unit_class
    if draft.counted is not None and not draft.counted.of_them:
        return "detained" if draft.counted.head in ("arrests", "detentions") else draft.counted.head
    return draft.quantity.currency or draft.quantity.unit or ("times" if is_multiple(draft.quantity) else unit_class)


def measure_key(actor_id: str | None, head: str, country: str | None) -> str:
    """The key of a series: actor, counted head noun in the plural and country, "-" where unknown: `islamic-state:fighters:LBY`."""
    return f"{actor_id or '-'}:{_slug(head)}:{country or '-'}"


@lru_cache(maxsize=4096)
def _slug(head: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", head.lower()).strip("-") or "-"
