"""The gazetteer: known actors and places under every name they go by, and the analyst's own `actors.csv` laid over it.

The built-in part is world knowledge in `lexicon/`; `actors.csv` (DESIGN section 11) adds actors, gives them further names, takes names
away (status `rejected`) or folds one actor into another (status `merged`). Lookup is a dict keyed by first word with the longest
names first, so that 50,000 names cost no more than fifty.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from briefing_kit.actor_lines import COLUMNS, GazetteerError, check_actor, day_of, read_actors
from briefing_kit.lexicon import read_lexicon, words
from briefing_kit.naming import did_you_mean, slug
from briefing_kit.records import record
from briefing_kit.schemas import ACTOR_TYPES
from briefing_kit.textmap import fold
from briefing_kit.word_patterns import uncapitalised_words

__all__ = ["ACTOR_TYPES", "COLUMNS", "Actor", "Entry", "Gazetteer", "GazetteerError", "bare", "load_gazetteer", "slug"]

_LISTS = ("armed_groups", "companies", "forces", "government", "igos", "media", "ngos", "parties", "persons")
_INNER_ARTICLE = re.compile(r"\b(?:[AaEe]l[ -]|al )(?=[^\W\d_a-z])")
_ARTICLE = re.compile(r"(?:[Aa]l|[Aa]d|[Aa]r|[Aa]s|[Aa]sh|[Aa]t|[Aa]z|[Ee]l|[Uu]l)[- ](?=[^\W\d_a-z]\w\w)")


@record
class Actor:
    """One actor or place: `id` is the slug of the canonical `name` unless the gazetteer gives another."""

    id: str
    name: str
    type: str
    country: str | None = None
    parent: str | None = None
    active_from: date | None = None
    active_to: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of an actor: the form as written without article, how it names (`kind`) and whether case must agree."""

    form: str
    actor: Actor
    kind: str  # name, alias, acronym, demonym, people, metonym
    after_the: bool = False  # "The Guardian": only after "the"
    any_case: bool = False

    def is_current(self, day: date | None) -> bool:
        """Whether a name may mean its actor on a day: short names count only while the actor is active, full names always."""
        if day is None or self.kind == "name":
            return True
        first, last = self.actor.active_from, self.actor.active_to
        return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Known names keyed by their first word, longest first; `problems` lists clashes and doubles found while reading.

    `prefixes` holds the names of several words by their first word and two more letters, `shorts` the others by their first word:
    of the forty names that begin with "US", one or two are compared. `small` holds the names that no capital opens ("3R", "anti-balaka",
    and those that count in small letters too), keyed by their first letters or digits in lower case, `small_openers` the words that
    may begin one of them (for `find_words`); `rejected` the names that the
    analyst took away, known or not; `shared` the names that several built-in actors bear, with all their entries.
    """

    index: Mapping[str, tuple[Entry, ...]]
    actors: Mapping[str, Actor]
    prefixes: Mapping[str, tuple[Entry, ...]]
    shorts: Mapping[str, tuple[Entry, ...]]
    small: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    small_openers: re.Pattern[str] | None = None
    rejected: frozenset[str] = frozenset()
    shared: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    _forms: Mapping[str, Entry] = field(default_factory=dict, repr=False)

    def find(self, name: str) -> Entry | None:
        """The entry of a name as written, whatever its article."""
        key = bare(name)
        found = self._forms.get(key)
        if found is None and ("l-" in key or "l " in key):
            found = self._forms.get(_INNER_ARTICLE.sub("al-", key))
        return found


def bare(name: str) -> str:
    """A name without English or Arabic article, folded: the key under which names are looked up."""
    name = fold(name)
    if name.startswith("The "):
        name = name[4:]
    found = _ARTICLE.match(name)
    return name[found.end() :] if found else name


def load_gazetteer(path: Path | None = None) -> Gazetteer:
    """The built-in gazetteer, overlaid with the analyst's `actors.csv` where a path is given.

    Raises:
        FileNotFoundError: there is no such file.
        GazetteerError: a line of it cannot be used.
    """
    return _builtin() if path is None else _overlaid(read_actors(path), str(path.name))


@cache
def _builtin() -> Gazetteer:
    return _build(_builtin_entries(), frozenset(), ())


def _kind(form: str, canonical: str) -> str:
    if form == canonical:
        return "name"
    letters = form.replace(".", "").replace("-", "").replace("&", "")
    return "acronym" if letters.isupper() and len(letters) <= 8 and " " not in form else "alias"


def _names(actor: Actor, aliases: Iterable[str], *, any_case: bool = False) -> Iterable[Entry]:
    for form in (actor.name, *aliases):
        kind = _kind(form, actor.name)
        key, loose = bare(form), any_case and kind != "acronym"
        yield Entry(key, actor, kind, form.startswith("The "), loose)
        if key[:1].islower() and not loose:
            yield Entry(key[0].upper() + key[1:], actor, kind, form.startswith("The "))  # as it opens a sentence


def _builtin_entries() -> list[Entry]:
    entries: list[Entry] = []
    for row in read_lexicon("states"):
        actor = Actor(id=slug(row["name"]), name=row["name"], type="state", country=row["iso3"] or None)
        entries += _names(actor, words(row["aliases"]))
        entries += [Entry(fold(form), actor, "demonym") for form in words(row["adjectives"])]
        entries += [Entry(fold(form), actor, "people") for form in words(row["people"])]
        entries += [Entry(fold(form), actor, "metonym") for form in words(row["capitals"])]
    states = {entry.actor.id: entry.actor for entry in entries}
    for row in read_lexicon("seats"):
        actor = states.get(row["actor"]) or Actor(id=row["actor"], name=row["name"], type="state", country=row["country"] or None)
        entries.append(Entry(bare(row["name"]), actor, "seat", row["name"].startswith("The ")))
    for row in read_lexicon("communities"):
        actor = Actor(id=slug(row["name"]), name=row["name"], type="community")
        entries += [Entry(fold(form), actor, "demonym") for form in words(row["adjectives"])]
        entries += [Entry(fold(form), actor, "people") for form in words(row["people"])]
    for name in _LISTS:
        for row in read_lexicon(name):
            actor = Actor(
                id=row["id"] or slug(row["name"]),
                name=row["name"],
                type=row["type"],
                country=row["country"] or None,
                parent=row["parent"] or None,
            )
            entries += _names(actor, words(row["aliases"]))
    return entries


def _build(entries: Iterable[Entry], rejected: frozenset[str], problems: Iterable[str], own: Container[str] = frozenset()) -> Gazetteer:
    """The lookups of these entries; the names in `own` are the analyst's, who has said whose they are."""
    shared: dict[str, list[Entry]] = {}
    forms: dict[str, Entry] = {}
    actors: dict[str, Actor] = {}
    index: dict[str, list[Entry]] = {}
    for entry in entries:
        known = forms.get(entry.form)
        if entry.form in rejected or (known is not None and _rank(known) <= _rank(entry)):
            actors.setdefault(entry.actor.id, entry.actor)
            if known is not None and _rank(known) == _rank(entry) == 0 and known.actor.id != entry.actor.id and entry.form not in own:
                shared.setdefault(entry.form, [known]).append(entry)
            continue
        forms[entry.form] = entry
        actors.setdefault(entry.actor.id, entry.actor)
    for form, entry in forms.items():
        index.setdefault(first_word(form), []).append(entry)
    prefixes: dict[str, list[Entry]] = {}
    shorts: dict[str, list[Entry]] = {}
    small: dict[str, list[Entry]] = {}
    for form, entry in forms.items():
        first = first_word(form)
        if entry.any_case:
            for written in {first.capitalize(), first.upper()} - {first}:
                index.setdefault(written, []).append(entry)
        if (entry.any_case or not form[:1].isupper()) and (letters := _LETTERS.match(form)):
            small.setdefault(letters[0].lower(), []).append(entry)
    for first, found in index.items():
        if len(found) > 1:
            found.sort(key=_longest_first)
        stem = len(first) + 3
        for entry in found:
            if len(entry.form) < stem or entry.any_case:
                shorts.setdefault(first, []).append(entry)
            else:
                prefixes.setdefault(entry.form[:stem], []).append(entry)
    return Gazetteer(
        index={key: tuple(found) for key, found in index.items()},
        prefixes={key: tuple(found) for key, found in prefixes.items()},
        shorts={key: tuple(found) for key, found in shorts.items()},
        small={key: tuple(sorted(found, key=_longest_first)) for key, found in small.items()},
        small_openers=uncapitalised_words(small) if small else None,
        actors=actors,
        rejected=rejected,
        shared={form: tuple(found) for form, found in shared.items()},
        problems=tuple(problems),
        _forms=forms,
    )


def _rank(entry: Entry) -> int:
    """A name beats a demonym, a demonym a metonym, where both are written alike; what was read first beats its like."""
    return ("name", "alias", "acronym", "demonym", "people", "seat", "metonym").index(entry.kind) // 3


def _longest_first(entry: Entry) -> tuple[int, str]:
    return -len(entry.form), entry.form


_FIRST_WORD = re.compile(r"[^\W_][^\s-]*")
_LETTERS = re.compile(r"\w+")


def first_word(form: str) -> str:
    """The part of a name under which it is indexed: up to the first space or hyphen, without possessive or full stop."""
    found = _FIRST_WORD.search(form)
    return found.group().removesuffix("'s").rstrip(".,'+!") if found else form


def _overlaid(rows: list[tuple[int, dict[str, str]]], file: str) -> Gazetteer:
    """The built-in entries with the analyst's in front; clashes among the analyst's own lines are problems."""
    base = _builtin()
    problems: list[str] = []
    own: list[Entry] = []
    seen: dict[str, tuple[int, str]] = {}
    ids: dict[str, int] = {}
    rejected: set[str] = set()
    merged: dict[str, str] = {}
    targets = _targets(rows, base)
    for number, row in rows:
        check_actor(row, file, number)
        actor_id = row["id"] or slug(row["name"])
        if actor_id in ids:
            problems.append(f"{file} line {number}: id {actor_id!r} stands in line {ids[actor_id]} too; the first one counts")
            continue
        ids[actor_id] = number
        aliases = words(row["aliases"].replace(";", "|"))
        status = row["status"] or "active"
        if status == "rejected":
            rejected.update(bare(form) for form in (row["name"], *aliases))
            continue
        if status == "merged":
            if (target := targets.get(row["merged_into"])) is None:
                near = did_you_mean(slug(row["merged_into"]), base.actors)
                hint = f": did you mean {near!r}?" if near else ""
                problems.append(f"{file} line {number}, merged_into: no actor {row['merged_into']!r}{hint} Until then it stays itself")
            else:
                merged[actor_id] = target
        known = base.actors.get(actor_id)
        actor = Actor(
            id=actor_id,
            name=row["name"],
            type=row["type"] or (known.type if known else "unknown"),
            country=row["country"] or (known.country if known else None),
            parent=row["parent"] or (known.parent if known else None),
            active_from=day_of(row["active_from"], "active_from", file, number),
            active_to=day_of(row["active_to"], "active_to", file, number),
        )
        for entry in _names(actor, aliases, any_case=row["case_sensitive"].lower() in ("no", "false", "0")):
            if entry.form in seen and seen[entry.form][1] != actor_id:
                other, line = seen[entry.form][1], seen[entry.form][0]
                problems.append(f"{file} line {number}: {entry.form!r} is a name of {other!r} (line {line}) too; that one counts")
                continue
            seen[entry.form] = number, actor_id
            own.append(entry)
    replaced = {entry.actor.id: entry.actor for entry in own}
    merged_forms = [_as_merged(entry, merged, replaced, base) for entry in (*own, *_all_entries(base))]
    return _build(merged_forms, frozenset(rejected), problems, own=seen)


def _targets(rows: Iterable[tuple[int, Mapping[str, str]]], base: Gazetteer) -> dict[str, str]:
    """The id of the actor that each cell of `merged_into` names, by id or by name; cells that name none are left out."""
    own = {row["id"] or slug(row["name"]): row["name"] for _, row in rows if row["status"] != "rejected"}
    by_name = {name: actor_id for actor_id, name in own.items()}
    found: dict[str, str] = {}
    for cell in {row["merged_into"] for _, row in rows if row["merged_into"]}:
        entry = base.find(cell)
        for target in (cell, by_name.get(cell, ""), slug(cell), entry.actor.id if entry else ""):
            if target in own or target in base.actors:
                found[cell] = target
                break
    return found


def _all_entries(gazetteer: Gazetteer) -> Iterable[Entry]:
    yield from gazetteer._forms.values()
    for entries in gazetteer.shared.values():
        yield from entries[1:]


def _as_merged(entry: Entry, merged: Mapping[str, str], replaced: Mapping[str, Actor], base: Gazetteer) -> Entry:
    """The entry under the actor it was merged into, or under the analyst's own description of its actor."""
    target = entry.actor.id
    for _ in range(len(merged)):
        if target not in merged:
            break
        target = merged[target]
    if target == entry.actor.id:
        actor = replaced.get(target, entry.actor)
        return entry if actor is entry.actor else Entry(entry.form, actor, entry.kind, entry.after_the, entry.any_case)
    actor = replaced.get(target) or base.actors.get(target) or Actor(id=target, name=target, type=entry.actor.type)
    kind = "alias" if entry.kind == "name" else entry.kind
    return Entry(entry.form, actor, kind, entry.after_the, entry.any_case)
