"""What a profile withholds, as patterns: the names of its actors and sources in every spelling on file, its phrases, its sentences.

The same patterns take the words out of the data and look for them afterwards in everything that was made of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from briefing_kit.columns import cells
from briefing_kit.editions import Edition
from briefing_kit.gazetteer import Gazetteer, bare
from briefing_kit.lexicon import read_lexicon
from briefing_kit.naming import slug
from briefing_kit.schemas import ROW_KINDS, SCHEMAS
from briefing_kit.tables import Tables
from briefing_kit.textmap import fold

MARK = "[withheld]"
_TOKEN = re.compile(r"[^\W_]+")
_ROW_ID = re.compile(r"[0-9a-f]{12}")
_GAP = r"[\W_]{0,4}"  # between the words of a name: a space, a hyphen, a line end, or nothing
_WORDS = r"[\W_]+"  # between the words of a phrase
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_\u0300-\u036f])(?!\$)"  # US is a name, US$ a currency
_NAMING = frozenset({"name", "alias", "acronym", "short_form", "demonym", "metonym"})
_SURNAME = 4  # letters from which a person's last name alone is withheld too
_TELLING = 4  # words from which a withheld sentence is told from a chance repetition


@dataclass(frozen=True, slots=True)
class Term:
    """Strings that must be nowhere: the entry of the profile that they are from, and how to find them in `plain` text."""

    entry: str
    pattern: re.Pattern[str]
    needles: tuple[frozenset[str], ...]

    def is_in(self, seen: str, lowered: str) -> bool:
        """Whether a plain text, given with its casefolded copy, has one of them; most are ruled out by a word that is not there."""
        return any(all(word in lowered for word in words) for words in self.needles) and self.pattern.search(seen) is not None


def term(entry: str, names: Iterable[str], *, gap: str) -> Term:
    """The term of these names or phrases."""
    found = tuple(names)
    return Term(entry, _pattern(found, gap=gap), tuple(frozenset(_TOKEN.findall(plain(name).casefold())) for name in found))


@dataclass(frozen=True, slots=True)
class Withheld:
    """An actor or source that is withheld: its number, its ids, and its names with and without a title before them."""

    number: int
    entry: str
    ids: frozenset[str]
    names: frozenset[str]
    country: str | None
    pattern: re.Pattern[str]
    titled: re.Pattern[str]
    in_ids: re.Pattern[str]

    @property
    def stand_in(self) -> str:
        """What stands in ids for it: two withheld actors stay two."""
        return f"withheld-{self.number}"


@dataclass(frozen=True, slots=True)
class Withholding:
    """All that a profile withholds from a set of tables."""

    actors: tuple[Withheld, ...]
    phrases: tuple[Term, ...]
    sentence_ids: frozenset[str]
    sentences: tuple[Term, ...]
    unknown: tuple[str, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every string that must be absent from what is published."""
        return (*(term(one.entry, one.names, gap=_GAP) for one in self.actors), *self.phrases, *self.sentences)

    @property
    def ids(self) -> frozenset[str]:
        """The actor_ids that are withheld."""
        return frozenset[str]().union(*(one.ids for one in self.actors))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where withheld names stand in a text, in order and without overlap."""
        seen = plain(text)
        return merged((found.span() for one in self.actors for found in one.titled.finditer(seen)), text)

    def words(self, text: str) -> str:
        """Prose without withheld names, phrases and sentences, `MARK` in place of each."""
        seen = plain(text)
        passages = [found.span() for one in (*self.phrases, *self.sentences) for found in one.pattern.finditer(seen)]
        return replaced(text, merged([*self.spans(text), *passages], text))

    def identifier(self, text: str) -> str:
        """An id or slug without withheld names."""
        for one in self.actors:
            text = one.in_ids.sub(one.stand_in, text)
        return text


def withholding(edition: Edition, tables: Tables, gazetteer: Gazetteer) -> Withholding:
    """The patterns of a profile, with the names under which the gazetteer and the tables know its actors and sources."""
    entries = [(f"actors, entry {at}", entry) for at, entry in enumerate(edition.actors, 1)]
    entries += [(f"sources, entry {at}", entry) for at, entry in enumerate(edition.sources, 1)]
    actors = tuple(_actor(number, where, entry, tables, gazetteer) for number, (where, entry) in enumerate(entries, 1))
    phrases = [(f"sentences, entry {at}", entry) for at, entry in enumerate(edition.sentences, 1)]
    texts = [term(where, [entry], gap=_WORDS) for where, entry in phrases if not _ROW_ID.fullmatch(entry)]
    sentences = tables.sentences
    wanted = _hashes_of_rows(tables, {entry: where for where, entry in phrases if _ROW_ID.fullmatch(entry)})
    held, told = set(), {}
    for sentence_id, digest, text in zip(*cells(sentences, ("sentence_id", "sentence_hash", "text")), strict=True):
        seen = plain(text)
        where = wanted.get(digest) or next((one.entry for one in texts if one.pattern.search(seen)), None)
        if where is not None:
            held.add(sentence_id)
            if len(_TOKEN.findall(text)) >= _TELLING:
                told[text] = term(where, [text], gap=_WORDS)
    prose = [plain(text) for text in sentences["text"]]
    unknown = tuple(one.entry for one in actors if not one.ids and not any(one.pattern.search(text) for text in prose))
    return Withholding(actors, tuple(texts), frozenset(held), tuple(told.values()), unknown)


def plain(text: str) -> str:
    """A copy of equal length with plain quotes, spaces, hyphens and digits, and letters without accents."""
    text = fold(text)
    return text if text.isascii() else "".join(map(_base, text))


def merged(spans: Iterable[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """The spans in order; those that overlap, or have only spaces between them, become one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if kept and not text[kept[-1][1] : start].strip(" \u00a0"):
            kept[-1] = kept[-1][0], max(end, kept[-1][1])
        elif start < end:
            kept.append((start, end))
    return kept


def replaced(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with `MARK` in place of each span."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], MARK]
        at = end
    return "".join([*parts, text[at:]])


def _actor(number: int, where: str, entry: str, tables: Tables, gazetteer: Gazetteer) -> Withheld:
    mentions = list(
        zip(*cells(tables.mentions, ("actor_id", "actor", "actor_type", "text", "mention_kind", "role_title", "country")), strict=True)
    )
    known = gazetteer.find(entry)
    wanted = {entry, slug(entry), *([known.actor.id] if known else [])}
    by_name = {actor_id for actor_id, actor, _, text, kind, *_ in mentions if kind in _NAMING and entry in (actor, text)}
    ids = frozenset((wanted & (gazetteer.actors.keys() | {row[0] for row in mentions})) | by_name)
    own = [row for row in mentions if row[0] in ids]
    actors = [gazetteer.actors[one] for one in sorted(ids) if one in gazetteer.actors]
    names = {actor.name for actor in actors} | {actor for _, actor, *_ in own}
    names |= {form.form for forms in gazetteer.index.values() for form in forms if form.actor.id in ids}
    names |= {text for _, _, _, text, kind, *_ in own if kind in _NAMING}
    names |= {entry} if entry not in ids else set()
    is_person = any(actor.type == "person" for actor in actors) or any(row[2] == "person" for row in own)
    if is_person:
        names |= set(_surnames(names))
    titles = {row[5] for row in own if row[5]}
    states = {actor.country for actor in actors if actor.type == "state" and actor.country}
    usable = frozenset(name for name in names if len("".join(_TOKEN.findall(name))) > 1)
    slugs = sorted({slug(name) for name in usable} | set(ids), key=len, reverse=True)
    return Withheld(
        number=number,
        entry=where,
        ids=ids,
        names=usable,
        country=next(iter(states)) if len(states) == 1 else None,
        pattern=_pattern(usable),
        titled=_pattern(usable, titles=titles),
        in_ids=re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, slugs))})(?![a-z0-9])"),
    )


def _surnames(names: Iterable[str]) -> Iterator[str]:
    """The last names of a person's full names, with and without the Arabic article."""
    for name in names:
        last = name.split()[-1] if " " in name else ""
        for form in (last, bare(last)):
            if len(form) >= _SURNAME:
                yield form


def _hashes_of_rows(tables: Tables, wanted: dict[str, str]) -> dict[str, str]:
    """The hashes of the sentences that hold these rows, each with its entry of the profile."""
    if not wanted:
        return {}
    hashes = dict(zip(*cells(tables.sentences, ("sentence_id", "sentence_hash")), strict=True))
    found = {hashes[sentence_id]: where for sentence_id, where in wanted.items() if sentence_id in hashes}
    for name in ROW_KINDS:
        for row_id, sentence_id in zip(*cells(getattr(tables, name), (SCHEMAS[name][0].name, "sentence_id")), strict=True):
            if row_id in wanted:
                found[hashes[sentence_id]] = wanted[row_id]
    return found


def _pattern(names: Iterable[str], *, gap: str = _GAP, titles: Iterable[str] = ()) -> re.Pattern[str]:
    """Whole words, longest name first; acronyms and words that are also common ones only as they are written."""
    found = sorted(set(names), key=lambda name: (-len(name), name))
    exact = [_tokens(name, gap) for name in found if _is_exact(name)]
    loose = [_tokens(name, gap) for name in found if not _is_exact(name)]
    before = sorted({_tokens(title, gap) for title in titles}, key=len, reverse=True)
    title = rf"(?:(?i:{'|'.join(before)}){_GAP})?" if before else ""
    kinds = [part for part in ("|".join(exact), f"(?i:{'|'.join(loose)})" if loose else "") if part]
    return re.compile(rf"{_BEFORE}{title}(?:{'|'.join(kinds) or '(?!)'}){_AFTER}")


def _tokens(name: str, gap: str) -> str:
    return gap.join("".join(map(_letter, token)) for token in _TOKEN.findall(unicodedata.normalize("NFC", fold(name))))


def _letter(char: str) -> str:
    base = _base(char)
    return re.escape(base) if base == char else f"{re.escape(base)}[\u0300-\u036f]*"


@cache
def _base(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    return parts[0] if len(parts) > 1 and all(unicodedata.combining(mark) for mark in parts[1:]) else char


def _is_exact(name: str) -> bool:
    letters = [char for char in name if char.isalpha()]
    if not any(char.islower() for char in letters):
        return True
    tokens = _TOKEN.findall(name)
    return len(tokens) == 1 and name.casefold() in _common_words()


@cache
def _common_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_lexicon("common_words"))
