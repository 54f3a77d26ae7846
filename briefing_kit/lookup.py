"""An actor or a measure by whatever an analyst types: an id, a name, another spelling, the beginning of one."""

from __future__ import annotations

from collections.abc import Mapping

from briefing_kit.answers import actor_mentions, numeric_claims
from briefing_kit.measures import measure_label
from briefing_kit.naming import did_you_mean
from briefing_kit.refusals import RefusalError
from briefing_kit.tables import Tables


class LookupFailedError(RefusalError):
    """Nothing, or more than one thing, goes by what was typed; the message says what there is."""


def actor_names(tables: Tables) -> dict[str, set[str]]:
    """The names each actor goes by in these tables (canonical name and words of its mentions), by actor_id, most mentioned first."""
    mentions = actor_mentions(tables)
    order = mentions["actor_id"].value_counts(sort=True).index
    names: dict[str, set[str]] = {actor_id: set() for actor_id in order}
    for actor_id, actor, text in zip(mentions["actor_id"], mentions["actor"], mentions["text"], strict=True):
        names[actor_id] |= {actor, text}
    return names


def measure_names(tables: Tables) -> dict[str, set[str]]:
    """The measures that these tables have figures of, by key, those with most figures first, each with the label a reader sees."""
    order = numeric_claims(tables)["measure"].value_counts(sort=True).index
    return {measure: {measure_label(measure)} for measure in order}


def find_named(typed: str, names: Mapping[str, set[str]], what: str) -> str:
    """The key that goes by what was typed, upper and lower case alike: key or name, else the one that has it in a name.

    >>> find_named("haft", {"khalifa-haftar": {"Khalifa Haftar", "Haftar"}, "uae": {"UAE"}}, "actor")
    'khalifa-haftar'

    Raises:
        LookupFailedError: there is none, or more than one.
    """
    wanted = " ".join(typed.split()).casefold()
    called = {key: {key.casefold(), *(name.casefold() for name in given)} for key, given in names.items()}
    for matches in (
        [key for key, given in called.items() if wanted in given],
        [key for key, given in called.items() if any(wanted in name for name in given)] if wanted else [],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            more = f" and {len(matches) - 8} more" if len(matches) > 8 else ""
            raise LookupFailedError(f"{what} {typed!r}: could be {', '.join(matches[:8])}{more}; write one of them")
    near = did_you_mean(typed, [name for key, given in names.items() for name in (key, *sorted(given))])
    raise LookupFailedError(f"{what} {typed!r}: there is none in these texts" + (f"; did you mean {near!r}?" if near else ""))
