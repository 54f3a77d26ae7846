"""What a name says of itself: titles, given names, words for places, and the small parts that hang on a word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from briefing_kit.extract import actor_words as aw
from briefing_kit.extract.chunks import ABBREVIATED, OF, PARTICLE, SPACE, Token
from briefing_kit.extract.places import Places
from briefing_kit.gazetteer import Entry, Gazetteer

ARTICLES = frozenset("Al El Ash As Ad An Ar At Az Ul".split())
LOWER_ARTICLES = frozenset("al el ash as ad an ar at az ul".split())
SUFFIXES = frozenset("Jr Sr II III IV".split())
STOP = aw.FUNCTION | aw.NOT_ACTOR
ORGANISATION = aw.ORG_TAIL | aw.ORG_HEAD | aw.MODIFIER
_SMALL_PART = re.compile(r"-([a-z]{2,7})(?![\w-])")
_SITE_BEFORE = frozenset("the in at near on from to of along outside inside".split())


@dataclass(slots=True)
class Item:
    """A name found in a chunk, before the document and the words around it have been asked."""

    start: int
    end: int
    name: str
    type: str | None
    kind: str = "name"
    entry: Entry | None = None
    rule: str = ""
    single: bool = False
    country: str | None = None
    known: bool = False
    weak: bool = False  # needs evidence from around it or elsewhere in the document
    title: str | None = None
    title_start: int = -1
    parent: Entry | None = None


def known_item(entry: Entry, start: int, end: int, text: str) -> Item:
    """A name of the gazetteer where it stands in the text."""
    actor, single = entry.actor, " " not in entry.form
    return Item(start, end, text[start:end], actor.type, entry.kind, entry, "gazetteer", single, actor.country, True)


Found = tuple[Item, int]  # a name and the index of the word after it


class Shapes:
    """Persons and places by their shape, in chunks of one text."""

    def __init__(
        self, text: str, gazetteer: Gazetteer, words: aw.Words, places: Places, defined: Mapping[str, str], published_on: date | None
    ) -> None:
        self.text = text
        self.published_on = published_on
        self.index = gazetteer.index
        self.prefixes = gazetteer.prefixes
        self.shorts = gazetteer.shorts
        self.flags = words.flags
        self.words = words
        self.places = places
        self.things: set[str] = set()  # names of ships, operations and exercises, which may come back without "MV" or "Operation"
        self.defined = defined  # short forms defined in the text, to their long forms

    def _known(self, chunk: list[Token], at: int) -> Found | None:
        raise NotImplementedError

    def _titled(self, chunk: list[Token], at: int) -> Found | None:
        """Titles and the person they introduce; the titles alone where no name follows."""
        n = len(chunk)
        index = at
        while index < n and (index == at or chunk[index][3] in (SPACE, ABBREVIATED)) and self.flags.get(chunk[index][2], 0) & aw.TITLE:
            stop = self._title_end(chunk, index)
            if stop == index:
                break
            index = stop
        if index == at:
            return None
        index = self._remit(chunk, index)
        start = chunk[at][0]
        title = self.text[start : chunk[index - 1][1] + (index < n and chunk[index][3] == ABBREVIATED)]
        found = self._bearer(chunk, index) if index < n and chunk[index][3] in (SPACE, ABBREVIATED, PARTICLE) else None
        if found is None:
            item = Item(start, chunk[index - 1][1], title, "person", "title", rule="title", title=title, title_start=start)
            return item, index
        found[0].title, found[0].title_start = title, start
        return found

    def _remit(self, chunk: list[Token], at: int) -> int:
        """The word after what an office is for: "Minister for the Middle East", "Secretary of State for Defence"."""
        stop = at
        while stop < len(chunk) and chunk[stop][3] == OF:
            place = self._place(chunk, stop, 0)
            known = self._known(chunk, stop)
            if known is not None and (place is None or known[1] >= place[1]):
                break  # "President of Togo": Togo is named
            if place is not None:
                stop = place[1]
                continue
            if not self.flags.get(chunk[stop][2], 0) & (aw.MODIFIER | aw.COMMON):
                break
            stop += 1
            while stop < len(chunk) and chunk[stop][3] == SPACE and self.flags.get(chunk[stop][2], 0) & aw.COMMON:
                if self.flags.get(chunk[stop][2], 0) & (aw.GIVEN | aw.SURNAME):
                    break
                stop += 1
        return stop

    def _bearer(self, chunk: list[Token], at: int) -> Found | None:
        """The person whom a title introduces."""
        mark = self.flags.get(chunk[at][2], 0)
        known = self._known(chunk, at)
        if known is not None and known[0].type == "person":
            person = self._person(chunk, at)
            return person if person is not None and person[1] > known[1] else known
        proper = mark & (aw.GIVEN | aw.SURNAME)
        if known is not None and not mark & aw.GIVEN:
            return None
        if not proper and mark & (ORGANISATION | STOP | aw.PLACE_TAIL | aw.THING | aw.TITLE | aw.COMMON):
            return None
        person = self._person(chunk, at, titled=True)
        if person is not None:
            person[0].rule = "title:person"
        return person

    def _title_end(self, chunk: list[Token], at: int) -> int:
        start, _, word, _ = chunk[at]
        for title in self.words.titles.get(word, ()):
            stop = start + len(title)
            if self.text.startswith(title, start) and not self.text[stop : stop + 1].isalnum():
                while at < len(chunk) and chunk[at][0] < stop:
                    at += 1
                return at
        return at

    def _person(self, chunk: list[Token], first: int, *, titled: bool = False) -> Found | None:
        """A person's name from a word on: given names, initials, particles, surnames, five words at most."""
        n = len(chunk)
        stop = first + 1
        while stop < n and stop - first < 5:
            _, _, word, link = chunk[stop]
            if link not in (SPACE, PARTICLE, ABBREVIATED):
                break
            if link == ABBREVIATED and len(chunk[stop - 1][2].rstrip(".")) > 2 and chunk[stop - 1][2] not in SUFFIXES:
                break
            if link == SPACE:
                mark = self.flags.get(word, 0)
                proper = mark & (aw.SURNAME | aw.GIVEN)
                if mark & aw.PLACE_TAIL and not titled and (not proper or (mark & aw.COMMON and self._is_site(chunk, first, stop))):
                    return None  # "Lincoln Park"
                if not proper and mark & (STOP | aw.THING | aw.TITLE | ORGANISATION | aw.PLACE_TAIL):
                    break
                if not proper and mark & aw.COMMON and stop - first >= 2:
                    break
                if word in self.index and (known := self._known(chunk, stop)) is not None and known[0].type != "person":
                    town = known[0].type in ("place", "state", "community") and known[0].kind not in ("acronym", "demonym", "people")
                    if not town or stop - first >= 2:
                        break
            stop += 1
        if stop == first + 1 and not titled:
            return None
        start, end = self._with_article(chunk[first][0]), self._hyphenated(chunk[stop - 1][1])
        if self.text[end : end + 1] == "." and chunk[stop - 1][2] in ("Jr", "Sr"):
            end += 1
        return Item(start, end, self.text[start:end], "person", rule="given-name", single=stop == first + 1), stop

    def _is_site(self, chunk: list[Token], first: int, stop: int) -> bool:
        """Whether "Lincoln Park" is a park: the last word, and "the" or a preposition of place before the first."""
        if stop + 1 < len(chunk) and chunk[stop + 1][3] == SPACE:
            return False
        before = self.text[max(0, chunk[first][0] - 14) : chunk[first][0]].rstrip().rpartition(" ")[2].lower()
        return before in _SITE_BEFORE

    def _place(self, chunk: list[Token], at: int, flags: int) -> Found | None:
        """A known place, or words that end or open the name of one: "Sharara Oil Field", "Port of Hodeidah"."""
        start, end, word, _ = chunk[at]
        stop = at + 1
        names = self.places.countries
        if stop < len(chunk) and (word in self.places.openers or word in ARTICLES):
            for index in range(min(at + 4, len(chunk)), at + 1, -1):
                if self.text[start : chunk[index - 1][1]] in names:
                    end, stop = chunk[index - 1][1], index
                    break
        if self.text[end : end + 1] == "-" and self._hyphenated(end) > end:
            return None
        begin = self._with_article(start)
        name, whole = self.text[start:end], self.text[begin:end]
        found = name if name in names else whole if whole in names else None
        if found is None and "-" in name:
            head, _, bare = name.partition("-")
            found = bare if head in ARTICLES and bare in names else None
        further = stop
        while further < len(chunk) and chunk[further][3] == SPACE and self.flags.get(chunk[further][2], 0) & aw.PLACE_TAIL:
            further += 1
        if further > stop and (found or not flags & (aw.TITLE | aw.FUNCTION)):
            end = chunk[further - 1][1]
            return Item(begin, end, self.text[begin:end], "place", rule="shape:place", country=names.get(found or "") or None), further
        if found is None:
            return self._headed_place(chunk, at, flags, begin) if flags & aw.PLACE_HEAD else None
        large = found in self.places.large
        if stop < len(chunk) and chunk[stop][3] in (SPACE, PARTICLE) and not large:
            mark = self.flags.get(chunk[stop][2], 0)
            if not mark & (ORGANISATION | aw.TITLE | aw.PLACE_TAIL | aw.COMMON):
                return None  # "Salem Chalabi"
        return Item(begin, end, whole, "place", rule="places", weak=not large, single=stop == at + 1, known=True), stop

    def _headed_place(self, chunk: list[Token], at: int, flags: int, begin: int) -> Found | None:
        """Mount Nimba, Port of Hodeidah, St. Johns."""
        if at + 1 >= len(chunk):
            return None
        link = chunk[at + 1][3]
        if not (link == OF or (link in (SPACE, ABBREVIATED) and not flags & aw.COMMON)):
            return None
        if self.flags.get(chunk[at + 1][2], 0) & (ORGANISATION | aw.TITLE | STOP):
            return None
        end = chunk[at + 1][1]
        return Item(begin, end, self.text[begin:end], "place", rule="shape:place", weak=link != OF), at + 2

    def _hyphenated(self, end: int) -> int:
        """The end of "Kwok-kin": a given name may go on in small letters after its hyphen, unless a relation does ("Moscow-backed")."""
        if self.text[end : end + 1] != "-":
            return end
        found = _SMALL_PART.match(self.text, end)
        return found.end() if found and found[1] not in self.words.suffixes else end

    def _with_article(self, start: int) -> int:
        if start > 2 and self.text[start - 1] == "-":
            before = self.text[max(0, start - 4) : start - 1].rpartition(" ")[2]
            if before in LOWER_ARTICLES:
                return start - len(before) - 1
        return start

    def _after_locative(self, start: int) -> bool:
        before = self.text[max(0, start - 14) : start].rstrip()
        return before.rpartition(" ")[2].lower() in self.words.locative
