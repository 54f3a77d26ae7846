"""What the words around a name say of it: that it acts, that it is a place, what sort of thing it is."""

from __future__ import annotations

import re

from briefing_kit.extract.actor_words import Words

_AUXILIARIES = frozenset(
    "not has have had is was were did does do yet also now then later again still never already reportedly allegedly even only".split()
)
_MODALS = frozenset("could would will may might should must can cannot shall".split())
_ADVERBS = frozenset("not also even again soon now then still never further only later".split())
_STATIVE = frozenset("be become fall remain have happen see look seem appear suffer".split())
_ROLE = r"(?:a|an|the|his|her|their|its|then|one of|former|current|new|acting|interim|deputy|senior) "
_APPOSITION = re.compile(rf"(?:, (?:{_ROLE})+| \((?:{_ROLE})*)((?:[\w-]+ ){{0,3}}[\w-]+)")  # ", a village in", " (bulk carrier, 1999)"
_AGED = re.compile(r", (?:aged )?\d\d(?=[,.;)])")
_ARTICLES = frozenset(("the", "a", "an"))
_NOUN_TYPES = {"site": "place", "house": "person"}  # nouns that tell the type of the name before them only
_IN = frozenset("in near at outside around throughout across inside".split())
_TOWARDS = frozenset("to from towards into".split())
_FIRST_WORD = re.compile(r"[a-z]+")
_ENDS = frozenset("of in on at by for from to with that which who whose near and or".split())
_ALSO = frozenset("also later then".split())


class Context:
    """Looks at the words before and after a span of one text."""

    def __init__(self, text: str, words: Words) -> None:
        self.text = text
        self.words = words

    def before(self, start: int, count: int = 1) -> str:
        """The last words before an offset, in lower case, without quotes and without an article right before it."""
        left = self.text[max(0, start - 40) : start].rstrip(" \"'(").lower()
        rest, _, word = left.rpartition(" ")
        if word in _ARTICLES:
            rest, _, word = rest.rpartition(" ")
        return word if count == 1 else " ".join([*rest.rsplit(" ", count - 1), word][-count:])

    def after(self, end: int, count: int = 3) -> list[str]:
        """The next words, as written, with the punctuation that hangs on them."""
        return self.text[end : end + 16 * count].split(" ")[1 : count + 1] if self.text[end : end + 1] == " " else []

    def acts(self, end: int) -> bool:
        """Whether a verb that only an actor can govern follows: "Ankara could even facilitate", "Ankara has denied"."""
        if self.text[end : end + 1] != " ":
            return False
        modal = False
        for word in self.text[end + 1 : end + 60].split(" ", 6)[:6]:
            bare = word.rstrip(".,;:")
            bare = bare.removeprefix("re-")
            if bare in _MODALS or bare == "to":
                modal = True
            elif modal:
                if bare not in _ADVERBS:
                    return bare in self.words.bases and bare not in _STATIVE
            elif bare in self.words.acting or bare in self.words.stances:
                return True
            elif bare not in _AUXILIARIES and not bare.endswith("ly"):
                return False
            if bare != word:
                return False
        return False

    def has_policy(self, end: int) -> bool:
        """Whether a possessive and something that only a government has follow: "Ankara's decision"."""
        if self.text[end : end + 2] not in ("'s", "' "):
            return False
        words = [word.rstrip(".,;") for word in self.text[end : end + 60].split(" ")[1:3]]
        return any(word in self.words.policies for word in words) or self.words.groups.get(" ".join(words)) == "state"

    def possesses_actor(self, end: int) -> bool:
        """Whether a possessive and a group, an office or a happening follow: "Chad's army", "Chad's president"."""
        words = [word.rstrip(".,;") for word in self.text[end : end + 60].split(" ")[1:4]]
        known = self.words
        return any(word in known.groups or word in known.roles or word in known.events for word in (*words, " ".join(words[:2])))

    def before_group_or_event(self, end: int) -> bool:
        """Whether the next word is a group noun or a happening: "US officials", "US departure"."""
        words = self.after(end, 1)
        noun = words[0].rstrip(".,;") if words else ""
        return noun in self.words.groups or noun in self.words.events

    def is_addressed(self, start: int) -> bool:
        """Whether the words before make the name a party: "accused Ankara", "talks with Ankara", "between Ankara and"."""
        before = self.before(start, 3).split(" ")
        if before[-1] in self.words.addressing or before[-2:] == ["according", "to"]:
            return True
        if before[-1] in ("with", "between", "against", "by") and len(before) > 1:
            return before[-1] == "by" or before[-2] in self.words.relations or before[-2] in ("relations", "itself")
        if before[-1] == "and" and len(before) > 2:
            return False
        return False

    def is_locative(self, start: int) -> bool:
        """Whether a preposition of place, a direction or a noun such as "city" stands before."""
        before = self.before(start)
        if before in self.words.directions or before.replace("-", "") in self.words.directions:
            return True
        return before in self.words.locative and not (
            before == "between" or (before in ("of",) and self.before(start, 2).startswith("accused"))
        )

    def evidence(self, start: int, end: int) -> tuple[str | None, int]:
        """The actor type that the words around an unknown name speak for, if any, and how strongly (3: they say it)."""
        two = self.before(start, 2)
        before = two.rpartition(" ")[2]
        text = self.text
        following = text[end : end + 50]
        kinds = self.words.kinds
        stated = kinds.get(two) or kinds.get(before, "site")  # "the militant group Zarnoub"
        if stated == "person" or before in self.words.roles:
            return "person", 4
        if following.startswith((", ", " (")):
            if _AGED.match(following):
                return "person", 4
            if (apposition := _APPOSITION.match(following)) and (head := self._head_of(apposition[1].split(" "))) is not None:
                return head, 4
        if following.startswith(" ") and (word := _FIRST_WORD.match(following, 1)):
            kind = kinds.get(word[0], "person")
            if kind != "person":
                return _NOUN_TYPES.get(kind, kind), 4 if kind in ("place", "site") else 3
        if stated not in _NOUN_TYPES:
            return stated, 3
        article = text[max(0, start - 4) : start].lower() == "the "
        if before == "of" and kinds.get(two.partition(" ")[0]) == "place":
            return "place", 4
        if before in _IN or before in self.words.directions:
            return ("place", 3) if not article else ("place", 1)
        if before in _TOWARDS and not article:
            return "place", 1
        if not article and self._does_what_people_do(following):
            return "person", 2
        if article:
            return None, 0
        if following.startswith("'s ") and following[3:4].islower():
            return "person", 1
        return None, 0

    def names_ship(self, start: int) -> bool:
        """Whether a word for a ship stands before: "the frigate Admiral Zarnov"."""
        return self.words.kinds.get(self.before(start)) == "vessel"

    def _head_of(self, nouns: list[str]) -> str | None:
        """What the last of the first nouns that tell a type says: "a rights group", "the former army commander who"."""
        head: str | None = None
        for at, noun in enumerate(nouns):
            kinds = self.words.kinds
            kind = kinds.get(f"{nouns[at - 1]} {noun}") if at else None
            kind = kind or kinds.get(noun)
            if kind is not None and kind not in _NOUN_TYPES:
                head = kind
            elif head is not None or noun in _ENDS:
                break
        return head

    def _does_what_people_do(self, following: str) -> bool:
        """Whether what only persons do follows: "was born", "also told"."""
        words = [word.rstrip(",.;") for word in following.lstrip(",").split(" ", 4)[1:4]]
        if words and words[0] in _ALSO:
            words = words[1:]
        personal = self.words.personal
        return bool(words) and (words[0] in personal or " ".join(words[:2]) in personal)
