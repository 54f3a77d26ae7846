"""Names in a chunk of capitalised words: known ones from the gazetteer, the rest by shape and vocabulary.

Rules after the classical proper-name grammars (McDonald 1996, Internal and external evidence in the identification and semantic
categorization of proper names): first what the name itself says (titles, given names, Ltd, Ministry of), then what stands around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing_kit.extract import actor_words as aw
from briefing_kit.extract.chunks import ABBREVIATED, AND, OF, PARTICLE, POSSESSIVE, SPACE, Token
from briefing_kit.extract.places import Places
from briefing_kit.gazetteer import Entry, Gazetteer

_ARTICLES = frozenset("Al El Ash As Ad An Ar At Az Ul".split())
_LOWER_ARTICLES = frozenset("al el ash as ad an ar at az ul".split())
_SMALL_PART = re.compile(r"-([a-z]{2,7})(?![\w-])")
_NUMBER_BEFORE = re.compile(r"(?<![\w.,-])\d{1,4}(?:st|nd|rd|th)? $")
_SUFFIXES = frozenset("Jr Sr II III IV".split())
_STOP = aw.FUNCTION | aw.NOT_ACTOR
_ORG = aw.ORG_TAIL | aw.ORG_HEAD | aw.MODIFIER
_NUMBERED = frozenset("Brigade Division Regiment Battalion Army Corps Fleet Squadron Group Brigades Company Unit".split())


@dataclass(slots=True)
class Item:
    """A name found in a chunk, before the document and the words around it have been asked."""

    start: int
    end: int
    name: str
    type: str | None
    kind: str = "name"
    entry: Entry | None = None
    title: str | None = None
    title_start: int = -1
    rule: str = ""
    weak: bool = False  # needs evidence from around it or elsewhere in the document
    single: bool = False
    parent: Entry | None = None
    country: str | None = None
    known: bool = False


class ChunkParser:
    """Finds the names in chunks of one text."""

    def __init__(self, text: str, gazetteer: Gazetteer, words: aw.Words, places: Places, defined: dict[str, str]) -> None:
        self.text = text
        self.index = gazetteer.index
        self.flags = words.flags
        self.words = words
        self.places = places
        self.rejected = gazetteer.rejected
        self.defined = defined  # short forms defined in the text, to their long forms

    def parse(self, chunk: list[Token], opens_sentence: bool) -> list[Item]:
        """The names of a chunk in order; what is known first, the longest first."""
        items: list[Item] = []
        n = len(chunk)
        at = 0
        run = -1  # where an unread run of words began
        while at < n:
            found = self._one(chunk, at, opens_sentence and at == 0)
            if found is None:
                if run < 0 or chunk[at][3] not in (SPACE, PARTICLE, ABBREVIATED):
                    if run >= 0:
                        self._unknown(chunk, run, at, opens_sentence, items)
                    run = at
                at += 1
                continue
            item, following = found
            if item is not None and item.single and n > 1 and self._belongs(chunk, run, at, following, item, opens_sentence):
                # "Kanye West", "Perth Glory", "Environment Canada": one name together with its neighbours
                if run < 0 or chunk[at][3] != SPACE:
                    if run >= 0:
                        self._unknown(chunk, run, at, opens_sentence, items)
                    run = at
                at = following
                continue
            if item is not None and item.single and following < n and item.type == "place" and self._is_thing(chunk[following]):
                # "Paris Agreement", "Geneva Conventions"
                item = None
                while following < n and chunk[following][3] == SPACE:
                    following += 1
            if run >= 0:
                self._unknown(chunk, run, at, opens_sentence, items)
                run = -1
            if item is not None:
                items.append(item)
            at = following
        if run >= 0:
            self._unknown(chunk, run, n, opens_sentence, items)
        return items

    def _is_thing(self, token: Token) -> bool:
        mark = self.flags.get(token[2], 0)
        return token[3] == SPACE and bool(mark & aw.THING) and not mark & (aw.PLACE_TAIL | aw.SURNAME | aw.TITLE)

    def _belongs(self, chunk: list[Token], run: int, at: int, following: int, item: Item, opens: bool) -> bool:
        """Whether a known single word is only part of a longer unknown name."""
        get = self.flags.get
        person = item.entry is not None and item.type == "person"
        town = item.rule == "places" or (item.entry is not None and item.entry.kind == "metonym")
        if run >= 0 and chunk[at][3] == SPACE:
            before = get(chunk[at - 1][2], 0)
            if person or (town and not before & (_ORG | aw.COMMON | aw.TITLE | aw.THING | aw.PLACE_HEAD)):
                return True
            if (
                item.type == "state"
                and item.kind == "name"
                and before & aw.COMMON
                and not (opens and at == 1)
                and not before & (aw.TITLE | aw.MODIFIER)
            ):
                return chunk[at - 1][2].lower() not in self.words.directions
        if town and following < len(chunk) and chunk[following][3] == SPACE and not self._after_locative(item.start):
            _, end, word, _ = chunk[following]
            mark = get(word, 0)
            if mark & (_ORG | aw.TITLE | aw.PLACE_TAIL | aw.THING | _STOP) or word in self.index or word in self.places.countries:
                return False
            return self.text[end : end + 1] != "-"
        return False

    def _one(self, chunk: list[Token], at: int, opens: bool) -> tuple[Item | None, int] | None:
        """What begins at a word: an item (or None for words that are no name) and the word after it; None where nothing is known."""
        start, end, word, _ = chunk[at]
        flags = self.flags.get(word, 0)
        known = self._known(chunk, at)
        if flags & aw.FUNCTION and known is None:
            return None, at + 1
        if word in self.words.phrases and (stop := self._phrase(chunk, at)) and (known is None or chunk[stop - 1][1] >= known[0].end):
            return None, stop
        person_first = known is None or (
            known[0].type in ("state", "place", "community") and flags & aw.GIVEN and not self._after_locative(start)
        )
        organisation = self._organisation(chunk, at, flags, known)
        if flags & aw.TITLE and not (known and known[0].end > end) and organisation is None:
            titled = self._titled(chunk, at)
            if titled is not None:
                return titled
        if organisation is not None:
            return organisation
        if person_first and flags & aw.GIVEN:
            place = self._place(chunk, at, flags) if word in self.places.openers else None
            if place is not None and not place[0].weak and not place[0].single:
                return place
            if (person := self._person(chunk, at, at)) is not None:
                return person
        if known is not None:
            return known
        if flags & _STOP and not flags & aw.GIVEN:
            return None, at + 1
        return self._place(chunk, at, flags)

    def _known(self, chunk: list[Token], at: int) -> tuple[Item, int] | None:
        """The longest name of the gazetteer that begins at a word."""
        start, end, word, _ = chunk[at]
        name_start = start
        key = word
        entries = self.index.get(word)
        if entries is None:
            if word[-1] == ".":
                entries = self.index.get(word.rstrip("."))
            elif "-" in word:
                head, _, rest = word.partition("-")
                if head in _ARTICLES:
                    start += len(head) + 1
                    key = rest.partition("-")[0]
                else:
                    key = head
                entries = self.index.get(key)
            elif word in _ARTICLES and at + 1 < len(chunk) and chunk[at + 1][3] == SPACE:
                at += 1
                start, end, word, _ = chunk[at]
                entries = self.index.get(word)
            if entries is None:
                return None
        text = self.text
        if name_start > 3 and text[name_start - 1] in "- ":
            before = text[max(0, name_start - 4) : name_start - 1].rpartition(" ")[2]
            if before in _LOWER_ARTICLES and (text[name_start - 1] == "-" or before in ("al", "el")):
                name_start -= len(before) + 1
        for entry in entries:
            stop = start + len(entry.form)
            if not text.startswith(entry.form, start) or text[stop : stop + 1].isalnum():
                continue
            if entry.after_the and text[max(0, name_start - 4) : name_start].lower() != "the ":
                continue
            following = at
            while following < len(chunk) and chunk[following][0] < stop:
                following += 1
            last = chunk[following - 1]
            if last[1] > stop:  # inside "Russia-Ukraine": the rest is read next
                rest = last[2][stop - last[0] :].lstrip("-.")
                if text[stop] == "-" and rest and rest[0].isupper():
                    if entry.kind == "demonym" and rest not in self.index:
                        continue
                    chunk[following - 1] = (last[1] - len(rest), last[1], rest, SPACE)
                    following -= 1
                elif text[stop] not in ".":
                    continue
            actor = entry.actor
            item = Item(
                name_start, stop, text[name_start:stop], actor.type, entry.kind, entry, rule="gazetteer", country=actor.country, known=True
            )
            item.single = " " not in entry.form
            if actor.type == "person" and following < len(chunk) and chunk[following][2] in _SUFFIXES:
                return None
            return item, following
        return None

    def _phrase(self, chunk: list[Token], at: int) -> int:
        """The word after a name that is no actor ("World War II"), else 0."""
        start = chunk[at][0]
        for phrase in self.words.phrases[chunk[at][2]]:
            stop = start + len(phrase)
            if self.text.startswith(phrase, start) and not self.text[stop : stop + 1].isalnum():
                while at < len(chunk) and chunk[at][0] < stop:
                    at += 1
                return at
        return 0

    def _organisation(self, chunk: list[Token], at: int, flags: int, known: tuple[Item, int] | None) -> tuple[Item, int] | None:
        """A name with an organisation word: up to its last tail ("Libyan Islamic Relief Council"), or head, "of" and what follows."""
        n = len(chunk)
        if at + 1 >= n:
            return None
        get = self.flags.get
        stop = 0
        kind: str | None = None
        if flags & aw.ORG_HEAD and at + 1 < n and chunk[at + 1][3] == OF:
            stop, kind = self._headed(chunk, at), self.words.heads.get(chunk[at][2], "other")
        else:
            following = at + 1
            possible = True
            while following < n and following - at < 8:
                start, end, word, link = chunk[following]
                if link == POSSESSIVE:
                    before = chunk[following - 1][2]
                    possible = bool(get(before, 0) & (aw.COMMON | aw.MODIFIER)) and (following - 1 > at or not (known and known[0].entry))
                elif link not in (SPACE, AND, PARTICLE):
                    break
                if not possible:
                    break
                mark = get(word, 0)
                if mark & aw.FUNCTION:
                    break
                if (
                    mark & aw.ORG_TAIL
                    and link in (SPACE, POSSESSIVE)
                    and not (mark & aw.TITLE and following + 1 < n and get(chunk[following + 1][2], 0) & aw.GIVEN)
                ):
                    # a surname that is also a tail ("Alan Young") is left to the person
                    if not (following == at + 1 and flags & aw.GIVEN and mark & aw.SURNAME and not flags & aw.COMMON):
                        stop, kind = following + 1, self._tail_type(chunk, at, following)
                elif mark & aw.TITLE and not mark & aw.MODIFIER and link == SPACE:
                    break
                elif link == AND:
                    joined = self.text[chunk[following - 1][1] : start] == " & "
                    plain = bool(get(chunk[following - 1][2], 0) & (aw.COMMON | aw.MODIFIER))
                    if not (plain and (stop == 0 or joined) and self._tail_ahead(chunk, following)):
                        break
                following += 1
            if stop and chunk[stop - 1][2] in self.words.heads and stop < n and chunk[stop][3] == OF:
                further = self._headed(chunk, stop - 1)
                if further > stop:
                    stop = further
        if not stop:
            return None
        first, last = chunk[at], chunk[stop - 1]
        if known is not None and (
            known[0].end >= last[1] or (known[0].type not in ("state", "community", "place", "person") and known[1] >= stop)
        ):
            return None
        if flags & aw.FUNCTION:
            return None
        end = last[1]
        if last[2] in _NUMBERED and self.text[end : end + 1] == " " and self.text[end + 1 : end + 4].split(" ")[0].isdigit():
            end += 1
            while end < len(self.text) and self.text[end].isdigit():
                end += 1
        if self.text[end : end + 1] == "." and last[2] in ("Inc", "Corp", "Ltd", "Co", "Bros"):
            end += 1
        begin = self._with_number(first[0]) if last[2] in _NUMBERED else first[0]
        item = Item(begin, end, self.text[begin:end], kind or "other", rule="shape:organisation")
        if known is not None and known[0].entry is not None:
            item.parent = known[0].entry
            item.country = known[0].country
            if known[0].type == "state" and item.type == "armed_group":
                item.type = "state_force"
        return item, stop

    def _with_number(self, start: int) -> int:
        """Where the number before a unit begins: "444 Brigade", "the 10th Mountain Division"."""
        found = _NUMBER_BEFORE.search(self.text, max(0, start - 8), start)
        return found.start() if found else start

    def _tail_ahead(self, chunk: list[Token], at: int) -> bool:
        """Whether "and" is followed by words up to a tail, as in "Health and Safety Commission"."""
        for index in range(at, min(at + 3, len(chunk))):
            if index > at and chunk[index][3] != SPACE:
                return False
            mark = self.flags.get(chunk[index][2], 0)
            if mark & aw.ORG_TAIL and index > at:
                return True
            if chunk[index][2] in self.index and not mark & aw.MODIFIER:
                return False
        return False

    def _headed(self, chunk: list[Token], at: int) -> int:
        """The word after "Ministry of Foreign Affairs and Trade"."""
        n = len(chunk)
        following = at + 1
        n_joins = 0
        while following < n and following - at < 9:
            link = chunk[following][3]
            mark = self.flags.get(chunk[following][2], 0)
            if mark & aw.FUNCTION or (link == SPACE and mark & aw.TITLE and not mark & aw.MODIFIER):
                break
            if link in (OF, AND):
                n_joins += 1
                if n_joins > 3 or (link == AND and (mark & aw.ORG_HEAD or (chunk[following][2] in self.index and not mark & aw.MODIFIER))):
                    break
                if link == OF and not self.text[chunk[following - 1][1] : chunk[following][0]].startswith(
                    (" of", " for", " on", " against")
                ):
                    break
            elif link not in (SPACE, PARTICLE):
                break
            following += 1
        return following

    def _tail_type(self, chunk: list[Token], at: int, tail: int) -> str | None:
        word = chunk[tail][2]
        if tail > at:
            two = f"{chunk[tail - 1][2]} {word}"
            if two in self.words.tails:
                return self.words.tails[two]
        return self.words.tails.get(word)

    def _titled(self, chunk: list[Token], at: int) -> tuple[Item | None, int] | None:
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
        title = self.text[chunk[at][0] : chunk[index - 1][1]]
        if index < n and chunk[index][3] in (SPACE, ABBREVIATED, PARTICLE):
            mark = self.flags.get(chunk[index][2], 0)
            known = self._known(chunk, index)
            if known is not None and known[0].type == "person":
                item, stop = known
                person = self._person(chunk, index, index)
                if person is not None and person[1] > stop and person[0].end > item.end:
                    item, stop = person
                item.title, item.title_start = title, chunk[at][0]
                return item, stop
            named = mark & (aw.GIVEN | aw.SURNAME) or not mark & (_ORG | _STOP | aw.PLACE_TAIL | aw.THING | aw.TITLE)
            if named and (known is None or mark & aw.GIVEN) and not (mark & aw.COMMON and not mark & (aw.GIVEN | aw.SURNAME)):
                person = self._person(chunk, index, index, titled=True)
                if person is not None:
                    person[0].title, person[0].title_start = title, chunk[at][0]
                    person[0].rule = "title:person"
                    return person
        item = Item(chunk[at][0], chunk[index - 1][1], title, "person", "title", rule="title", title=title, title_start=chunk[at][0])
        return item, index

    def _title_end(self, chunk: list[Token], at: int) -> int:
        start, _, word, _ = chunk[at]
        for title in self.words.titles.get(word, ()):
            stop = start + len(title)
            if self.text.startswith(title, start) and not self.text[stop : stop + 1].isalnum():
                while at < len(chunk) and chunk[at][0] < stop:
                    at += 1
                return at
        return at

    def _person(self, chunk: list[Token], at: int, first: int, *, titled: bool = False) -> tuple[Item, int] | None:
        """A name of a person from a word on: given name, initials, particles, surnames, four words at most."""
        n = len(chunk)
        stop = first + 1
        while stop < n and stop - first < 5:
            _, _, word, link = chunk[stop]
            if link not in (SPACE, PARTICLE, ABBREVIATED):
                break
            if link == ABBREVIATED and len(chunk[stop - 1][2].rstrip(".")) > 2 and chunk[stop - 1][2] not in _SUFFIXES:
                break
            mark = self.flags.get(word, 0)
            if link == SPACE:
                if mark & (_STOP | aw.THING) and not mark & (aw.SURNAME | aw.GIVEN):
                    break
                if mark & (aw.TITLE | aw.ORG_TAIL | aw.ORG_HEAD | aw.MODIFIER | aw.PLACE_TAIL) and not mark & (aw.SURNAME | aw.GIVEN):
                    if mark & aw.PLACE_TAIL and not titled:
                        return None
                    break
                if mark & aw.PLACE_TAIL and mark & aw.COMMON and not titled and self._is_site(chunk, first, stop):
                    return None
                if mark & aw.COMMON and not mark & (aw.SURNAME | aw.GIVEN) and stop - first >= 2:
                    break
                known = self._known(list(chunk), stop)
                if (
                    known is not None
                    and known[0].type != "person"
                    and (
                        stop - first >= 2
                        or known[0].type not in ("place", "state", "community")
                        or known[0].kind in ("acronym", "demonym", "people")
                    )
                ):
                    break
            stop += 1
        if stop == first + 1 and not titled:
            return None
        start, end = chunk[at][0], self._hyphenated(chunk[stop - 1][1])
        if self.text[end : end + 1] == "." and chunk[stop - 1][2] in ("Jr", "Sr"):
            end += 1
        start = self._with_article(start)
        item = Item(start, end, self.text[start:end], "person", rule="given-name", single=stop == first + 1)
        return item, stop

    def _is_site(self, chunk: list[Token], first: int, stop: int) -> bool:
        """Whether "Lincoln Park" is a park: the last word, and "the" or a preposition of place before the first."""
        if stop + 1 < len(chunk) and chunk[stop + 1][3] == SPACE:
            return False
        before = self.text[max(0, chunk[first][0] - 14) : chunk[first][0]].rstrip().rpartition(" ")[2].lower()
        return before in ("the", "in", "at", "near", "on", "from", "to", "of", "along", "outside", "inside")

    def _hyphenated(self, end: int) -> int:
        """The end of "Kwok-kin": a given name may go on in small letters after its hyphen, unless a relation does ("Moscow-backed")."""
        if self.text[end : end + 1] != "-":
            return end
        found = _SMALL_PART.match(self.text, end)
        return found.end() if found and found[1] not in self.words.suffixes else end

    def _with_article(self, start: int) -> int:
        if start > 3 and self.text[start - 1] == "-":
            before = self.text[max(0, start - 4) : start - 1].rpartition(" ")[2]
            if before in _LOWER_ARTICLES:
                return start - len(before) - 1
        return start

    def _place(self, chunk: list[Token], at: int, flags: int) -> tuple[Item, int] | None:
        start, end, word, _ = chunk[at]
        stop = at + 1
        names = self.places.countries
        if word in self.places.openers or (word in _ARTICLES and stop < len(chunk)):
            for index in range(min(at + 4, len(chunk)), at + 1, -1):
                if self.text[start : chunk[index - 1][1]] in names:
                    end, stop = chunk[index - 1][1], index
                    break
        if self.text[end : end + 1] == "-" and self._hyphenated(end) > end:
            return None
        begin = self._with_article(start)
        name = self.text[start:end]
        found = name if name in names else self.text[begin:end] if begin < start and self.text[begin:end] in names else None
        if found is None and "-" in name and name.partition("-")[0] in _ARTICLES and name.partition("-")[2] in names:
            found = name.partition("-")[2]
        # "Anbar Province", "Sharara Oil Field": the word for the place belongs to its name
        further = stop
        while further < len(chunk) and chunk[further][3] == SPACE and self.flags.get(chunk[further][2], 0) & aw.PLACE_TAIL:
            further += 1
        if further > stop and (found or not flags & (aw.TITLE | aw.FUNCTION)):
            stop, end = further, chunk[further - 1][1]
            item = Item(begin, end, self.text[begin:end], "place", rule="shape:place")
            item.country = self.places.countries.get(found or "", "") or None
            return item, stop
        if flags & aw.PLACE_HEAD and at + 1 < len(chunk) and chunk[at + 1][3] in (SPACE, OF) and found is None and not flags & aw.COMMON:
            nxt = self.flags.get(chunk[at + 1][2], 0)
            if not nxt & (_ORG | aw.TITLE | aw.FUNCTION | aw.NOT_ACTOR):
                end = chunk[at + 1][1]
                return Item(begin, end, self.text[begin:end], "place", rule="shape:place", weak=True), at + 2
        if flags & aw.PLACE_HEAD and flags & aw.COMMON and at + 1 < len(chunk) and chunk[at + 1][3] == OF:
            nxt = self.flags.get(chunk[at + 1][2], 0)
            if not nxt & (_ORG | aw.TITLE | aw.FUNCTION | aw.NOT_ACTOR):
                end = chunk[at + 1][1]
                return Item(begin, end, self.text[begin:end], "place", rule="shape:place"), at + 2
        if found is None:
            return None
        if stop < len(chunk) and chunk[stop][3] in (SPACE, PARTICLE) and found not in self.places.large:
            mark = self.flags.get(chunk[stop][2], 0)
            if not mark & (_ORG | aw.TITLE | aw.PLACE_TAIL | aw.COMMON):
                return None  # "Salem Chalabi"
        weak = found not in self.places.large
        return Item(begin, end, self.text[begin:end], "place", rule="places", weak=weak, single=stop == at + 1, known=True), stop

    def _after_locative(self, start: int) -> bool:
        before = self.text[max(0, start - 14) : start].rstrip()
        return before.rpartition(" ")[2].lower() in self.words.locative

    def _unknown(self, chunk: list[Token], first: int, stop: int, opens_sentence: bool, items: list[Item]) -> None:
        """A run of words that nothing known explains: a name of unknown kind, less the words that only open the sentence."""
        get = self.flags.get
        if first == 0 and opens_sentence:
            while (
                first < stop
                and get(chunk[first][2], 0) & aw.COMMON
                and not (stop - first > 1 and get(chunk[first][2], 0) & (aw.GIVEN | _ORG))
            ):
                first += 1
        while first < stop and get(chunk[stop - 1][2], 0) & (aw.FUNCTION | aw.NOT_ACTOR):
            stop -= 1
        while first < stop and get(chunk[first][2], 0) & (aw.FUNCTION | aw.NOT_ACTOR):
            first += 1
        if first >= stop:
            return
        marks = [get(token[2], 0) for token in chunk[first:stop]]
        n_words = stop - first
        if marks[-1] & aw.THING and not (marks[-1] & aw.SURNAME and marks[0] & aw.GIVEN):
            return
        if n_words == 1 and marks[0] & aw.COMMON and not marks[0] & (aw.GIVEN | aw.SURNAME) and first and chunk[first][3] == SPACE:
            before = chunk[first - 1][2]
            if get(before, 0) & aw.NOT_ACTOR and before not in self.words.calendar:
                return  # "Internet Explorer"
        start, end = self._with_article(chunk[first][0]), self._hyphenated(chunk[stop - 1][1])
        if n_words == 1 and chunk[first][2] in _NUMBERED and (begin := self._with_number(start)) < start:
            kind = self.words.tails.get(chunk[first][2])
            items.append(Item(begin, end, self.text[begin:end], kind, rule="shape:organisation"))
            return
        if n_words == 1 and (end > chunk[first][1] or (self.text[end : end + 1] == "-" and self.text[end + 1 : end + 2].islower())):
            if marks[0] & aw.COMMON or self.text[chunk[first][1] : chunk[first][1] + 1] == "-":
                return  # "Polaroid-type"
        name = self.text[start:end]
        kind: str | None = None
        weak = True
        common = sum(bool(mark & aw.COMMON) for mark in marks)
        rule = (
            "shape:caps" if name.isupper() else "shape:single" if n_words == 1 else "shape:common" if common == n_words else "shape:multi"
        )
        if n_words == 1 and name in self.defined:
            rule = "definition"
        elif n_words == 1 and marks[0] & aw.GIVEN and not marks[0] & aw.COMMON:
            kind, rule = "person", "given-name"
        elif name.startswith(("Pro-", "Anti-", "Non-")):
            return
        elif n_words > 1 and marks[0] & aw.GIVEN and n_words <= 4 or (n_words > 1 and end > chunk[stop - 1][1]):
            kind, rule = "person", "given-name"
        elif (
            1 < n_words <= 3
            and common == 0
            and not any(mark & (_ORG | aw.PLACE_TAIL | aw.THING | aw.TITLE) for mark in marks)
            and not name.isupper()
        ):
            kind, rule = "person", "shape:two-names"
        elif n_words > 1 and marks[-1] & aw.SURNAME and not marks[-1] & aw.COMMON and n_words <= 3 and common < n_words:
            kind, rule = "person", "shape:two-names"
        items.append(Item(start, end, name, kind, rule=rule, weak=weak, single=n_words == 1))
