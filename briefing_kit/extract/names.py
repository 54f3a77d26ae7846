"""Names in a chunk of capitalised words: known ones from the gazetteer, the rest by shape and vocabulary.

Rules after the classical proper-name grammars (McDonald 1996, Internal and external evidence in the identification and semantic
categorization of proper names): first what the name itself says (titles, given names, Ltd, Ministry of), then what stands around it.
"""

from __future__ import annotations

from briefing_kit.extract import actor_words as aw
from briefing_kit.extract.chunks import ABBREVIATED, PARTICLE, SPACE, Token
from briefing_kit.extract.organisations import NUMBERED, Organisations
from briefing_kit.extract.shapes import ARTICLES, LOWER_ARTICLES, ORGANISATION, STOP, SUFFIXES, Found, Item, known_item

_CAMPAIGNS = frozenset(("Operation", "Exercise"))
_STANCES = ("Pro", "Anti", "Non")


class ChunkParser(Organisations):
    """Finds the names in chunks of one text."""

    def parse(self, chunk: list[Token], opens_sentence: bool) -> list[Item]:
        """The names of a chunk in order; what is known first, the longest first."""
        if "-" in self.text[chunk[0][0] : chunk[-1][1]]:
            chunk = self._parted(chunk)
        items: list[Item] = []
        if len(chunk) == 1:
            alone = self._one(chunk, 0)
            if alone is None:
                self._unknown(chunk, 0, 1, opens_sentence, items)
            elif alone[0] is not None:
                items.append(alone[0])
            return items
        n = len(chunk)
        at = 0
        run = -1  # where an unread run of words began
        while at < n:
            found = self._one(chunk, at)
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

    def _parted(self, chunk: list[Token]) -> list[Token]:
        """The chunk with "Russia-Ukraine" as two words and "Pro-Russian" without its attitude."""
        parted: list[Token] = []
        for start, end, word, link in chunk:
            head, dash, rest = word.partition("-")
            if dash and head in _STANCES:
                parted.append((start + len(head) + 1, end, rest, 0))
            elif dash and head not in ARTICLES and head in self.index and rest.partition("-")[0] in self.index:
                middle = start + len(head)
                parted += [(start, middle, head, link), (middle + 1, end, rest, 0)]
            else:
                parted.append((start, end, word, link))
        return parted

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
            if person or (town and not before & (ORGANISATION | aw.COMMON | aw.TITLE | aw.THING | aw.PLACE_HEAD)):
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
            if mark & (ORGANISATION | aw.TITLE | aw.PLACE_TAIL | aw.THING | STOP) or word in self.index or word in self.places.countries:
                return False
            return self.text[end : end + 1] != "-"
        return False

    def _one(self, chunk: list[Token], at: int) -> tuple[Item | None, int] | None:
        """What begins at a word: an item (or None for words that are no name) and the word after it; None where nothing is known."""
        start, end, word, _ = chunk[at]
        flags = self.flags.get(word, 0)
        known = self._known(chunk, at)
        if known is None:
            if (word in self.words.vessels or word in _CAMPAIGNS) and (stop := self._thing(chunk, at)) > at + 1:
                return None, stop
            if flags & aw.FUNCTION:
                return (self._place(chunk, at, flags) if word in self.places.openers else None) or (None, at + 1)
        elif word in self.places.openers and known[0].single and (place := self._place(chunk, at, flags)) and place[1] > known[1]:
            return place  # "Niger Delta"
        elif not flags and known[1] == len(chunk) and word not in self.words.phrases:
            return known
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
            if (person := self._person(chunk, at)) is not None:
                return person
        if known is not None:
            return known
        if flags & STOP and not flags & aw.GIVEN:
            return None, at + 1
        return self._place(chunk, at, flags)

    def _known(self, chunk: list[Token], at: int) -> Found | None:
        """The longest name of the gazetteer that begins at a word, whatever its article ("al-Shabaab", "Al Shabaab")."""
        start, _, key, _ = chunk[at]
        name_start = start
        if key not in self.index:
            head, dash, rest = key.partition("-")
            if dash:
                if head in ARTICLES:
                    start += len(head) + 1
                    head = rest.partition("-")[0]
                key = head
            elif key[-1] == ".":
                key = key.rstrip(".")
            elif key in ARTICLES and at + 1 < len(chunk) and chunk[at + 1][3] == SPACE:
                at += 1
                start, _, key, _ = chunk[at]
            if key not in self.index:
                return None
        text = self.text
        if name_start > 2 and text.endswith(("-", "al ", "el "), 0, name_start):
            before = text[max(0, name_start - 4) : name_start - 1].rpartition(" ")[2]
            if before in LOWER_ARTICLES:
                name_start -= len(before) + 1
        entries = self.prefixes.get(text[start : start + len(key) + 3])
        shorts = self.shorts.get(key, ())
        for entry in entries + shorts if entries else shorts:
            form = entry.form
            stop = start + len(form)
            if not text.startswith(form, start) and not (entry.any_case and text[start:stop].lower() == form.lower()):
                continue
            if text[stop : stop + 1].isalnum():
                continue
            if entry.after_the and text[max(0, name_start - 4) : name_start].lower() != "the ":
                continue
            if entry.kind != "name" and not entry.is_current(self.published_on):
                continue
            following = at
            while following < len(chunk) and chunk[following][0] < stop:
                following += 1
            if chunk[following - 1][1] > stop and text[stop] != ".":
                continue  # "Jordan" in "Jordan-Smith"
            if entry.actor.type == "person" and following < len(chunk) and chunk[following][2] in SUFFIXES:
                return None
            return known_item(entry, name_start, stop, text), following
        return None

    def _thing(self, chunk: list[Token], at: int) -> int:
        """The word after the name of a ship or an operation, which is no actor: "MV Zarnoub Star", "Operation Steel Rain"."""
        stop = at + 1
        while stop < len(chunk) and stop - at < 4 and chunk[stop][3] in (SPACE, PARTICLE, ABBREVIATED):
            if stop > at + 1 and self.flags.get(chunk[stop][2], 0) & aw.TITLE:
                break
            stop += 1
        if stop > at + 1:
            self.things.add(self.text[chunk[at + 1][0] : chunk[stop - 1][1]])
        return stop

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

    def _unknown(self, chunk: list[Token], first: int, stop: int, opens_sentence: bool, items: list[Item]) -> None:
        """A run of words that nothing known explains: a name of unknown kind, less the words that only open the sentence."""
        get = self.flags.get
        if stop - first > 1 and chunk[first][2] in self.words.thing_heads and chunk[first + 1][3] == SPACE:
            self.things.add(self.text[chunk[first + 1][0] : chunk[stop - 1][1]])
            return  # "Operation Steel Rain"
        if first == 0 and opens_sentence:
            while (
                first < stop
                and get(chunk[first][2], 0) & aw.COMMON
                and not (stop - first > 1 and get(chunk[first][2], 0) & (aw.GIVEN | ORGANISATION))
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
        if n_words == 1 and self._is_remainder(chunk, first, marks[0]):
            return
        last = chunk[stop - 1][1]
        start, end = self._with_article(chunk[first][0]), self._hyphenated(last)
        name = self.text[start:end]
        if n_words == 1 and chunk[first][2] in NUMBERED and (begin := self._with_number(start)) < start:
            kind = self.words.tails.get(name, "state_force")
            items.append(Item(begin, end, self.text[begin:end], kind, rule="shape:organisation"))
            return
        guess, rule = self._guess(name, marks, end > last)
        items.append(Item(start, end, name, guess, rule=rule, weak=True, single=n_words == 1))

    def _is_remainder(self, chunk: list[Token], at: int, mark: int) -> bool:
        """Whether a single word is what is left of something that is no actor: "Internet Explorer", "Polaroid-type"."""
        _, end, _, link = chunk[at]
        if self.text[end : end + 2] == ": " and mark & aw.COMMON:
            return True  # "Photo: ..."
        if self.text[end : end + 1] == "-" and self.text[end + 1 : end + 2].islower():
            return True
        if at and link == SPACE and mark & aw.COMMON and not mark & (aw.GIVEN | aw.SURNAME):
            before = chunk[at - 1][2]
            return bool(self.flags.get(before, 0) & aw.NOT_ACTOR) and before not in self.words.calendar
        return False

    def _guess(self, name: str, marks: list[int], extended: bool) -> tuple[str | None, str]:
        """Type (None: no telling) and rule of an unknown name, by its words alone."""
        n_words = len(marks)
        if n_words == 1:
            if name in self.defined:
                return None, "definition"
            if marks[0] & aw.GIVEN and not marks[0] & aw.COMMON:
                return "person", "given-name"
            return None, "shape:caps" if name.isupper() else "shape:single"
        if (marks[0] & aw.GIVEN and n_words <= 4) or extended or " bin " in name or " ibn " in name:
            return "person", "given-name"
        if " al-" in name:
            return None, "shape:multi"  # "Ras al-Hadd" is a place as likely as "Zayd al-Hadd" a person
        common = sum(bool(mark & aw.COMMON) for mark in marks)
        if n_words <= 3 and not name.isupper():
            surname = marks[-1] & aw.SURNAME and not marks[-1] & aw.COMMON and common < n_words
            if surname or not (common or any(mark & (ORGANISATION | aw.PLACE_TAIL | aw.THING | aw.TITLE) for mark in marks)):
                return "person", "shape:two-names"
        return None, "shape:caps" if name.isupper() else "shape:common" if common == n_words else "shape:multi"
