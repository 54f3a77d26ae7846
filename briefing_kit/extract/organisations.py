"""Organisations that their own words give away: "Libyan Relief Council", "Ministry of Foreign Affairs and Trade", "444 Brigade"."""

from __future__ import annotations

import re

from briefing_kit.extract import actor_words as aw
from briefing_kit.extract.chunks import AND, OF, PARTICLE, POSSESSIVE, SPACE, Token
from briefing_kit.extract.shapes import Found, Item, Shapes

_NUMBER_BEFORE = re.compile(r"(?<![\w.,-])\d{1,4}(?:st|nd|rd|th)? $")
NUMBERED = frozenset("Brigade Division Regiment Battalion Army Corps Fleet Squadron Group Brigades Company Unit".split())
_OF_A_STATE = ("army's ", "military's ", "navy's ", "air force's ", "police's ", "government's ")
_OFFICES = frozenset("Minister Ministers Secretary".split())


class Organisations(Shapes):
    """Adds organisations by their head and tail words."""

    def _organisation(self, chunk: list[Token], at: int, flags: int, known: Found | None) -> Found | None:
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
                if mark & aw.FUNCTION or (following + 1 < n and chunk[following + 1][2] in _OFFICES and link == SPACE):
                    break  # "Saudi Energy Minister": the words of an office
                if mark & aw.TITLE and mark & aw.ORG_TAIL and following == at + 1 and known is not None and known[0].kind == "demonym":
                    break  # "Togolese FM": a minister, no radio station
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
        if last[2] in NUMBERED and self.text[end : end + 1] == " " and self.text[end + 1 : end + 4].split(" ")[0].isdigit():
            end += 1
            while end < len(self.text) and self.text[end].isdigit():
                end += 1
        if self.text[end : end + 1] == "." and last[2] in ("Inc", "Corp", "Ltd", "Co", "Bros"):
            end += 1
        begin = self._with_number(first[0]) if last[2] in NUMBERED else first[0]
        item = Item(begin, end, self.text[begin:end], kind or "other", rule="shape:organisation")
        if item.type == "armed_group" and self.text.endswith(_OF_A_STATE, 0, begin):
            item.type = "state_force"
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
