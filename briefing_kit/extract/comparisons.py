"""Links between figures: "53, up from 40", "this compares to 5,000"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing_kit.briefing import Briefing
from briefing_kit.records import Claim

_REACH = 260  # characters between two figures that may be compared
_BASELINE = re.compile(
    r"\b(?:(?:up|down) from|compar(?:ed|es|ing) (?:to|with)|in comparison (?:to|with)|as against|against|versus|rather than|instead of"
    r"|(?:rose|risen|rising|fell|fallen|falling|grew|grown|dropped|declined|shrank|increased|decreased|reduced|cut|lowered"
    r"|raised) from)\b[^.;]{0,70}$",
    re.I,
)
_BASELINE_WORDS = ("from", "ompar", "gainst", "versus", "than", "nstead")
_COMPARES = re.compile(r"\b(?:this|that|it|which|the figure) compares (?:to|with)\b", re.I)
_FROM = re.compile(r"\bfrom[ \n]+(?:[\w'-]+[ \n]+){0,4}$", re.I)
_TO = re.compile(r"(?:[^.;,]{0,60},?[ \n])?to[ \n]+$", re.I)


def link_comparisons(briefing: Briefing, flat: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with `compared_to` set on the newer figure of a comparison: the row id of the figure it is held against.

    `flat` is the folded text without line ends. What the two figures are about is shared: where the older one names no actor or country,
    it takes the newer one's.
    """
    linked = list(claims)
    for at in range(1, len(linked)):
        earlier, later = linked[at - 1], linked[at]
        if later.start - earlier.end > _REACH or earlier.start >= later.start:
            continue
        between = flat[earlier.end : later.start]
        if between.endswith(("to ", "to\n")) and _TO.fullmatch(between) and _FROM.search(flat[max(0, earlier.start - 60) : earlier.start]):
            linked[at] = replace(later, compared_to=briefing.row_id("claim", earlier.start, earlier.end))
        elif (
            is_baseline(between)
            or (between.strip(" ,") == "from" and _counts_same(earlier, later))
            or ("ompares" in between and _COMPARES.search(between))
        ):
            linked[at - 1] = replace(earlier, compared_to=briefing.row_id("claim", later.start, later.end))
            linked[at] = _about_the_same(later, earlier)
    return linked


def _counts_same(one: Claim, other: Claim) -> bool:
    return one.unit == other.unit and one.measure.split(":")[1] == other.measure.split(":")[1]


def is_baseline(between: str) -> bool:
    """Whether the words between two figures hold the second against the first: ", up from"."""
    if len(between) > _REACH:
        return False
    for word in _BASELINE_WORDS:
        if word in between:
            return _BASELINE.search(between) is not None
    return False


def _about_the_same(baseline: Claim, claim: Claim) -> Claim:
    actor, head, country = baseline.measure.split(":")
    other_actor, other_head, other_country = claim.measure.split(":")
    if head != other_head:
        return baseline
    actor_id = claim.actor_id if actor == "-" else baseline.actor_id
    place = claim.country if country in ("-", other_country) or baseline.location is None else baseline.country
    return replace(
        baseline,
        actor_id=actor_id,
        country=place,
        measure=f"{actor if actor != '-' else other_actor}:{head}:{place or '-'}",
    )
