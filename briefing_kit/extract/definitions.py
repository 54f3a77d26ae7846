"""Short forms that a text defines take the actor of the long form beside them, for the whole document."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping

from briefing_kit.extract.context import Context
from briefing_kit.extract.shapes import Item
from briefing_kit.gazetteer import Entry, Gazetteer
from briefing_kit.records import Acronym

WITHOUT_SHORT_FORM = frozenset((None, "person", "place", "state", "community"))
_CAPITALS = re.compile(r" [(\[]([A-Z][A-Z0-9-]{1,9})[)\]]")


def apply_definitions(
    items: list[Item],
    acronyms: list[Acronym],
    context: Context,
    gazetteer: Gazetteer,
    strangers: Container[str],
    entry: Callable[[str, str, str | None], Entry],
) -> None:
    """Give short and long forms one actor each; `entry` makes the actor of a name, `strangers` are known names that mean nobody known."""
    if "(" not in context.text:
        return
    # Where one name holds another ("Mission in Libya"), the whole is meant.
    by_end = {item.end: item for item in sorted(items, key=lambda item: -item.start)}
    by_start = {item.start: item for item in sorted(items, key=lambda item: item.end)}
    meaning = _in_brackets(items, context.text)
    for acronym in acronyms:
        long = by_end.get(acronym.long_end) if acronym.rule == "acronym:long-short" else by_start.get(acronym.long_start)
        if long is None or long.kind == "title":
            continue
        if long.start > acronym.long_start + len("the "):
            long = _spelt_out(items, acronym, context.words.tails, gazetteer, strangers)
            if long is None:
                continue
        short = by_start.get(acronym.start)
        if short is not None and short.entry is not None and long.entry is None and short.entry.kind in ("name", "alias", "acronym"):
            # the short form is known: the long form is another name of it
            long.entry, long.type, long.kind, long.rule = short.entry, short.entry.actor.type, "alias", "definition"
        meaning[acronym.short] = long
    for long in meaning.values():
        if long.entry is None:
            long.type = long.type or "other"
            long.entry = entry(long.name, long.type, long.country)
    for item in items:
        whole = meaning.get(item.name)
        if whole is not None and whole is not item:
            item.entry, item.type, item.kind, item.rule = whole.entry, whole.type, "acronym", "definition"


def _spelt_out(
    items: list[Item], acronym: Acronym, tails: Mapping[str, str], gazetteer: Gazetteer, strangers: Container[str]
) -> Item | None:
    """A long form as a name of its own, where only its last words were found to be one: Zarnoubi-e-Inqilab Pakistan (ZIP)."""
    words = [word for word in acronym.long.replace("-", " ").split() if len(word) > 3]
    inside = [at for at, item in enumerate(items) if acronym.long_start <= item.start < acronym.long_end]
    if not inside or not words or not acronym.short.isupper() or not all(word[0].isupper() for word in words):
        return None
    whole = Item(acronym.long_start, acronym.long_end, " ".join(acronym.long.split()), tails.get(words[-1]), rule="definition")
    known = gazetteer.find(acronym.short) if acronym.short not in strangers else None
    if known is not None:
        whole.entry, whole.type, whole.kind, whole.known = known, known.actor.type, "alias", True
    items[inside[0] : inside[-1] + 1] = [whole]
    return whole


def _in_brackets(items: list[Item], text: str) -> dict[str, Item]:
    """Capitals in brackets right after an organisation are its short form in another language: "Rapid Battalion (BIR)"."""
    meaning: dict[str, Item] = {}
    for item in items:
        if item.type not in WITHOUT_SHORT_FORM and " " in item.name and (found := _CAPITALS.match(text, item.end)):
            meaning[found[1]] = item
    return meaning
