"""The rows that extractors return: small frozen records whose fields bear the names of their table's columns.

Offsets are half-open code-point offsets into the text that the extractor was given, so `text[start:end]` is always
`record.text`. Missing is None. Columns that only a whole workbook can fill (row ids, week, status ...) are added where
the tables are built; references from one row to another are row ids, made by `Briefing.row_id`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar, dataclass_transform

RecordT = TypeVar("RecordT")


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(cls: type[RecordT]) -> type[RecordT]:
    """A dataclass with slots and keywords that is frozen to the type checker alone: at run time that would make it thrice as slow."""
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(cls)


@record
class Timex:
    """A time expression (TimeML TIMEX3), as precise as the text and no more.

    `value` is the TIMEX3 value (`2019-10-10`, `2019-09`, `XXXX-10-10` without a year, `P2W`), `mod` its TIMEX3
    modifier, `date_start`/`date_end` the first and last day that the expression may mean (None: open or unknown).
    `joined` numbers expressions that form one interval ("late September and early October"): same number, one interval.
    """

    start: int
    end: int
    text: str
    timex_type: str
    value: str
    mod: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    granularity: str
    resolved_by: str
    ambiguous: bool = False
    edtf: str | None = None
    joined: int | None = None
    rule: str


@record
class Quantity:
    """A number with its bounds and unit, as written: "around 100", "between 3,000 and 5,000", "$5m", "several hundred km2".

    `number_start`/`number_end` mark the number words without approximator and unit. `role` says what the number is: only
    `measure` quantities may become claims; the others are recognised to be kept out of them.
    """

    start: int
    end: int
    text: str
    number_start: int
    number_end: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    kind: str
    approximator: str | None = None
    unit: str | None = None
    unit_class: str | None = None
    currency: str | None = None
    role: str = "measure"  # measure, ordinal, age, date, designation, score, list_number, time, phone
    rule: str


@record
class Acronym:
    """A short form defined in the text: "Long Name (LN)" or "LN (Long Name)"; start and end are those of the short form."""

    start: int
    end: int
    short: str
    long: str
    long_start: int
    long_end: int
    rule: str


@record
class Mention:
    """One occurrence of an actor or place in the text; the span is the name without title and article."""

    start: int
    end: int
    text: str
    actor_id: str
    actor: str
    actor_type: str
    country: str | None = None
    mention_kind: str
    role_title: str | None = None
    parent_id: str | None = None
    possessor_id: str | None = None
    relation: str | None = None
    related_id: str | None = None
    known: bool = True
    rule: str


@record
class Attribution:
    """Who says what: the source, the reporting cue and the content they are said to stand behind.

    `factuality` is what the cue lends to a figure inside the content: reported, alleged, denied, hypothetical, forecast.
    `source_id` is the actor_id of the mention that heads the source, where there is one.
    """

    start: int
    end: int
    text: str
    source: str
    source_id: str | None = None
    source_kind: str
    source_start: int | None = None
    source_end: int | None = None
    cue: str
    cue_start: int
    cue_end: int
    cue_class: str
    factuality: str
    content_start: int
    content_end: int
    rule: str


@record
class Event:
    """A happening with its date: the span is its predicate or event noun; `granularity` is `undated` where no date dates it.

    `date_ids` and `actors` hold row ids and actor ids in the order of the text. `discriminator` tells apart the events of
    one predicate with several dates.
    """

    start: int
    end: int
    text: str
    date_ids: tuple[str, ...] = ()
    date_start: date | None = None
    date_end: date | None = None
    granularity: str
    edtf: str | None = None
    resolved_by: str | None = None
    headline: str
    event_type: str
    predicate: str
    actors: tuple[str, ...] = ()
    location: str | None = None
    country: str | None = None
    source: str
    source_kind: str
    cue_class: str | None = None
    factuality: str
    is_future: bool = False
    discriminator: str = ""
    rule: str


@record
class Claim:
    """A quantity that somebody puts forward: how many of what, as of when, who says so and how firmly."""

    start: int
    end: int
    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    kind: str
    approximator: str | None = None
    unit: str | None = None
    unit_class: str
    currency: str | None = None
    counted: str | None = None
    actor_id: str | None = None
    measure: str
    statistic: str
    as_of_start: date | None = None
    as_of_end: date | None = None
    location: str | None = None
    country: str | None = None
    event_id: str | None = None
    part_of: str | None = None
    source: str
    source_id: str | None = None
    source_kind: str
    cue: str | None = None
    cue_class: str | None = None
    factuality: str
    compared_to: str | None = None
    rule: str
