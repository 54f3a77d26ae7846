"""Numeric claims: how many of what, who says so, how firmly, as of when."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from briefing_kit.briefing import Briefing
from briefing_kit.extract.circumstances import actor_of, as_of, happening_of, place_of
from briefing_kit.extract.comparisons import is_baseline, link_comparisons
from briefing_kit.extract.counted import Counted, counted_phrase
from briefing_kit.extract.outcomes import PERSONS, outcome_after, outcome_before, outcome_forced, toll_before
from briefing_kit.extract.standing import standing
from briefing_kit.extract.statistics import is_change, statistic_of
from briefing_kit.records import Attribution, Claim, Event, Mention, Quantity, Timex
from briefing_kit.segments import Sentence

READ_ROLES = frozenset({"body", "list_item", "quote"})

_NUMBER_OF = re.compile(r"\bnumbers?[ \n]of(?=[ \n])", re.I)
_JOINED = re.compile(
    r"(?:\s*,)?\s*(?:(?:and|or|plus|as well as|along with|together with)\s+)?(?:another|a further|an additional|a|an|the)?\s*", re.I
)
_PART = re.compile(
    r"\b(?:including|among (?:them|whom)|of (?:whom|which|them)|inclusive of|amongst them)[ \n]+(?:(?:were|was|are|the|some)[ \n]+)?$", re.I
)
_MEASURED_TIME = re.compile(
    r"\b(?:sentenced?|jailed|imprisoned|banned|suspended|prison terms?|jail terms?|sentences?|terms?|delay|delayed|extended|extension|ban"
    r"|suspension|mandate)\b"
    r"[^.;,]{0,40}$|\blast(?:s|ed|ing)?\s+(?:for\s+)?$",
    re.I,
)
_LABEL = re.compile(r"\b(?:Group of|[Bb]ig|[Tt]op|[Nn]umber)[ \n]$")  # "Group of 77", "the big three"
_ONE_OF = re.compile(r"\b(?:of|in|at|by|for|to|than)[ \n]one$", re.I)  # "girls of one family"
_AND = re.compile(r"[ \n]and[ \n](?=[a-z])")
_SHARED = re.compile(r"[ \n](?:were|was|are|have|had|has|live|remain|stay|fled|died)\b")
_DEFINITE = re.compile(r"\b(?:the|our|their|its|these|those|all)[ \n]$", re.I)
_HYPHEN = re.compile(r"-[A-Za-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """A sentence with all that is known about it."""

    briefing: Briefing
    sentence: Sentence
    dates: Sequence[Timex]
    mentions: Sequence[Mention]
    rows: Sequence[Attribution]
    events: Sequence[Event]
    starts: Sequence[int]
    ends: Sequence[int]


@dataclass(slots=True)
class _Draft:
    """A quantity on its way to a claim."""

    quantity: Quantity
    counted: Counted | None
    start: int
    end: int
    noun_class: str | None
    outcome: str | None
    is_part: bool = False


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
    groups = _by_sentence(briefing, quantities)
    mentions_of = _spread(briefing, groups, [(m.start, m.end, m) for m in mentions])
    dates_of = _spread(briefing, groups, [(t.start, t.end, t) for t in timexes])
    events_of = _spread(briefing, groups, [(e.start, e.end, e) for e in events])
    rows_of = _spread(briefing, groups, [(row.content_start, row.content_end, row) for row in attributions])
    claims: list[Claim] = []
    for index, group in groups.items():
        sentence = briefing.sentences[index]
        drafts = _drafts(briefing.folded, sentence, group, dates_of[index])
        scene = _Scene(
            briefing=briefing,
            sentence=sentence,
            dates=dates_of[index],
            mentions=mentions_of[index],
            rows=rows_of[index],
            events=events_of[index],
            starts=[draft.start for draft in drafts],
            ends=[draft.end for draft in drafts],
        )
        total: str | None = None
        for draft in drafts:
            claim = _claim(scene, draft)
            if draft.is_part:
                claim = replace(claim, part_of=total)
            else:
                total = briefing.row_id("claim", claim.start, claim.end)
            claims.append(claim)
    return link_comparisons(briefing, claims)


RecordT = TypeVar("RecordT")


def _spread(briefing: Briefing, wanted: Collection[int], spans: list[tuple[int, int, RecordT]]) -> dict[int, list[RecordT]]:
    """Records by the index of every wanted sentence that their span touches, in order of the text."""
    sentences = briefing.sentences
    by_sentence: dict[int, list[RecordT]] = {index: [] for index in wanted}
    first = 0
    for start, end, record in sorted(spans, key=_span):
        while first < len(sentences) and sentences[first].end <= start:
            first += 1
        index = first
        while index < len(sentences) and sentences[index].start < end:
            if index in by_sentence:
                by_sentence[index].append(record)
            index += 1
    return by_sentence


def _span(item: tuple[int, int, object]) -> tuple[int, int]:
    return item[0], item[1]


def _by_sentence(briefing: Briefing, quantities: Sequence[Quantity]) -> dict[int, list[Quantity]]:
    groups: dict[int, list[Quantity]] = {}
    for quantity in sorted(quantities, key=lambda q: q.start):
        if quantity.role != "measure" or not briefing.sentences:
            continue
        index = briefing.sentence_index(quantity.start)
        sentence = briefing.sentences[index]
        if sentence.role in READ_ROLES and sentence.start <= quantity.start and quantity.end <= sentence.end:
            groups.setdefault(index, []).append(quantity)
    return groups


def _drafts(folded: str, sentence: Sentence, group: Sequence[Quantity], dates: Sequence[Timex]) -> list[_Draft]:
    """The quantities of a sentence that claim something, with what they count and what befell it."""
    drafts: list[_Draft] = []
    for at, quantity in enumerate(group):
        if _ONE_OF.search(folded[max(sentence.start, quantity.start - 8) : quantity.end]):
            continue
        limit = next((q.start for q in group[at + 1 :] if q.value != 1), sentence.end)
        floor = group[at - 1].end if at else sentence.start
        if _LABEL.search(folded[max(sentence.start, quantity.start - 12) : quantity.start]):
            continue
        if _HYPHEN.match(folded, quantity.end) or any(t.start < quantity.number_end and quantity.start < t.end for t in dates):
            if not (quantity.unit_class == "duration" and _measures_time(folded, quantity, sentence)):
                continue
        elif quantity.unit_class == "duration" and not _measures_time(folded, quantity, sentence):
            continue
        draft = _draft(folded, sentence, quantity, floor, limit, drafts[-1] if drafts else None)
        if draft is not None:
            drafts.append(draft)
    for left, right in zip(drafts[-2::-1], drafts[:0:-1], strict=False):
        if left.outcome is None and right.outcome and not right.is_part and _JOINED.fullmatch(folded, left.end, right.start):
            left.outcome = right.outcome  # "three soldiers and two civilians were killed"
        elif left.outcome is None and right.is_part and right.outcome:
            left.outcome = right.outcome  # "16,700 people, including 620 migrants, were displaced"
    return [draft for draft in drafts if _counts(folded, draft)]


def _measures_time(folded: str, quantity: Quantity, sentence: Sentence) -> bool:
    """Whether a duration measures something ("sentenced to 15 years") rather than dating or describing ("an eight-hour battle")."""
    if (
        "-" in folded[quantity.start : quantity.end]
        and not folded[quantity.end - 1].isdigit()
        and folded[quantity.end : quantity.end + 1] == " "
    ):
        hyphened = re.search(r"\d-[a-z]|[a-z]-[a-z]", folded[quantity.start : quantity.end])
        if hyphened:
            return False
    return _MEASURED_TIME.search(folded[max(sentence.start, quantity.start - 60) : quantity.start]) is not None


def _draft(folded: str, sentence: Sentence, quantity: Quantity, floor: int, limit: int, previous: _Draft | None) -> _Draft | None:
    has_unit = quantity.unit is not None or quantity.currency is not None
    start, end = quantity.start, quantity.end
    counted = (
        counted_phrase(folded, end, limit, mass=has_unit or _is_share(quantity), single=quantity.value == 1)
        if not has_unit or folded[end : end + 4] == " of "
        else None
    )
    noun_class = counted.unit_class if counted else None
    if counted is not None:
        end = _with_second(folded, counted, limit) if counted.unit_class in PERSONS else counted.end
    before = folded[max(sentence.start, start - 40) : start]
    is_part = previous is not None and (_PART.search(before) is not None or (counted is not None and counted.of_them))
    outcome = None
    if not has_unit and (noun_class is None or noun_class in PERSONS):
        outcome = (
            outcome_before(folded, start, floor) or outcome_forced(folded, start, floor, end, limit) or outcome_after(folded, end, limit)
        )
    joined = previous is not None and _JOINED.fullmatch(folded, previous.end, start) is not None
    if previous is not None and joined and not is_part and previous.is_part:
        is_part = True
    if outcome is None and previous is not None and (is_part or joined) and not has_unit and noun_class in (None, *PERSONS):
        outcome = previous.outcome or (previous.noun_class if is_part and previous.noun_class in PERSONS else None)
    if counted is None and not has_unit and outcome is None:
        outcome = toll_before(folded, start, sentence.start)
        if outcome is None:
            numbered = _number_of(folded, start, sentence.start)
            if numbered is not None:
                counted, noun_class = numbered, numbered.unit_class
            elif previous is not None and is_baseline(folded[previous.end : start]):
                counted, noun_class, outcome = previous.counted, previous.noun_class, previous.outcome
            elif not (_is_share(quantity) and is_change(before)):
                return None
    elif counted is None and not has_unit and (toll := toll_before(folded, start, floor)) is not None:
        outcome = toll
    return _Draft(quantity=quantity, counted=counted, start=start, end=end, noun_class=noun_class, outcome=outcome, is_part=is_part)


def _with_second(folded: str, counted: Counted, limit: int) -> int:
    """The end of a counted phrase of two nouns that share a predicate: "5,000 refugees and migrants were held"."""
    joined = _AND.match(folded, counted.end, limit)
    second = counted_phrase(folded, joined.end() - 1, limit) if joined else None
    if second is None or second.unit_class not in PERSONS or not _SHARED.match(folded, second.end, limit):
        return counted.end
    return second.end


def _number_of(folded: str, start: int, floor: int) -> Counted | None:
    """What "the number of ... rose to 60" counts."""
    last = None
    for match in _NUMBER_OF.finditer(folded, max(floor, start - 120), start):
        last = match
    return counted_phrase(folded, last.end(), start) if last else None


def _counts(folded: str, draft: _Draft) -> bool:
    """Whether the figure is worth a claim: no idiom, no "twice", no "the two leaders", and a lone "one" only for what befell somebody."""
    if draft.quantity.text.lower() in ("once", "twice", "thrice") or (draft.noun_class == "none" and draft.quantity.unit_class is None):
        return False
    plain = draft.outcome is None and draft.quantity.unit is None and draft.noun_class in ("people", "other", None)
    if plain and draft.quantity.value == 2 and _DEFINITE.search(folded[max(0, draft.start - 8) : draft.start]):
        return False
    if draft.quantity.value == 1 and draft.quantity.kind == "exact" and draft.quantity.unit is None and draft.quantity.text.isalpha():
        return draft.outcome is not None
    return True


def _unit_class(draft: _Draft) -> tuple[str, float]:
    """The claim's unit class and the factor on its figures (a fraction "of" something is a share in per cent)."""
    quantity = draft.quantity
    if quantity.unit_class is not None:
        return quantity.unit_class, 1.0
    if _is_share(quantity):
        return "percent", 100.0
    if draft.noun_class is None or draft.noun_class in PERSONS:
        of_them = draft.counted is not None and draft.counted.of_them
        return draft.outcome or draft.noun_class or ("people" if of_them else "other"), 1.0
    return draft.noun_class, 1.0


def _claim(scene: _Scene, draft: _Draft) -> Claim:
    folded, sentence, quantity = scene.briefing.folded, scene.sentence, draft.quantity
    start, end = draft.start, draft.end
    unit_class, factor = _unit_class(draft)
    stands = standing(folded, start, end, sentence.start, sentence.end, scene.rows)
    event = happening_of(folded, start, end, scene.events, befell=draft.outcome is not None)
    happened = draft.outcome is not None or (event is not None and event.date_start is not None)
    previous = next((at for at in reversed(scene.ends) if at <= start), sentence.start)
    statistic = statistic_of(folded, start, end, sentence.start, sentence.end, unit_class, previous=previous, happened=happened)
    first, last = as_of(folded, start, end, scene.dates, event, stands.attribution, scene.starts)
    location, country = place_of(start, end, scene.mentions, event)
    country = country or scene.briefing.country
    row = stands.attribution
    source_span = (row.source_start, row.source_end) if row and row.source_start is not None and row.source_end is not None else None
    actor_id = actor_of(folded, start, end, scene.mentions, event, source_span)
    counted = (
        scene.briefing.text[draft.counted.start : max(draft.counted.end, draft.end if draft.counted.end > draft.quantity.end else 0)]
        if draft.counted and not draft.counted.of_them
        else None
    )
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
        counted=counted,
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


def _is_share(quantity: Quantity) -> bool:
    """Whether the number is a fraction: "a third", "two out of three"."""
    figures = [figure for figure in (quantity.value, quantity.low, quantity.high) if figure is not None]
    return quantity.unit_class is None and bool(figures) and all(0 < figure < 1 for figure in figures)


def _scaled(figure: float | None, factor: float) -> float | None:
    return figure if figure is None or factor == 1.0 else round(figure * factor, 1)


def _head(draft: _Draft, unit_class: str) -> str:
    """What a series counts: the fate of persons, else the counted noun in the plural, else the unit."""
    if unit_class in ("killed", "injured", "displaced") or (unit_class == "detained" and draft.outcome):
        return unit_class
    if draft.counted is not None and not draft.counted.of_them:
        return draft.counted.head
    return draft.quantity.currency or draft.quantity.unit or unit_class


def measure_key(actor_id: str | None, head: str, country: str | None) -> str:
    """The key of a series: actor, counted head noun in the plural and country, "-" where unknown: `islamic-state:fighters:LBY`."""
    return f"{actor_id or '-'}:{re.sub(r'[^a-z0-9]+', '-', head.lower()).strip('-') or '-'}:{country or '-'}"
