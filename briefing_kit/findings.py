"""What the extractors find in briefings, as tables: all that each briefing tells by itself, whatever stands in the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefing_kit.briefing import Briefing
from briefing_kit.extract.actors import find_mentions
from briefing_kit.extract.attribution import find_attributions
from briefing_kit.extract.claims import find_claims
from briefing_kit.extract.events import find_events
from briefing_kit.extract.modality import Modality, find_modality
from briefing_kit.extract.quantities import quantities_of
from briefing_kit.extract.timex import timexes_of
from briefing_kit.gazetteer import Gazetteer
from briefing_kit.language import is_english
from briefing_kit.textmap import OffsetMap

_BATCH = 1_000_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The records of one briefing by table.

    They stand in `briefing`, which is `given` without unseen characters; `offsets` leads back (None where nothing was left out). A text
    that is not `readable`, being in another language, has sentences and no records.
    """

    given: Briefing
    briefing: Briefing
    offsets: OffsetMap | None
    readable: bool
    modalities: Sequence[Modality]  # of each sentence
    records: Mapping[str, Sequence[Any]]


def find(given: Briefing, gazetteer: Gazetteer, *, day_first: bool = True) -> Findings:
    """All that the extractors find in one briefing."""
    # In a copy, so that what is worked out on the way is not kept with the caller's briefing.
    briefing, offsets = replace(given).made_visible()
    readable = _readable(briefing)
    return Findings(
        given=given,
        briefing=briefing,
        offsets=offsets,
        readable=readable,
        modalities=[find_modality(briefing.folded[s.start : s.end]) for s in briefing.sentences],
        records=_records(briefing, gazetteer, day_first) if readable else {},
    )


def _readable(briefing: Briefing) -> bool:
    """Whether the text is in a language that the grammar knows; another one is flagged, not misread."""
    return briefing.language == "en" or (briefing.language is None and is_english(briefing.text))


def _records(briefing: Briefing, gazetteer: Gazetteer, day_first: bool) -> dict[str, Sequence[Any]]:
    prose = briefing.prose
    timexes = timexes_of(prose, briefing.folded_prose, briefing.published_on, day_first=day_first)
    mentions = find_mentions(briefing, gazetteer, timexes)
    attributions = find_attributions(briefing, mentions)
    events = find_events(briefing, timexes, mentions, attributions)
    claims = find_claims(briefing, quantities_of(prose, briefing.folded_prose), timexes, mentions, attributions, events)
    return {"dates": timexes, "mentions": mentions, "claims": claims, "events": events, "attributions": attributions}


def batches(found: Iterable[Findings]) -> Iterator[list[Findings]]:
    """The findings in order, those of about a million characters at a time: records are held for so much text, columns for all."""
    batch: list[Findings] = []
    size = 0
    for one in found:
        batch.append(one)
        size += len(one.given.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
