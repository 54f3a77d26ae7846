"""What the words around a name say of it: that it acts, that it is a place, what sort of thing it is."""

from __future__ import annotations

import re

from briefing_kit.extract.actor_words import Words

_AFTER = re.compile(r"(?:'s?)?[ ]+")
_AUXILIARIES = frozenset(
    "has have had is was were did does do also now then later again still never already reportedly allegedly even only".split()
)
_MODALS = frozenset("could would will may might should must can cannot shall".split())
_ADVERBS = frozenset("not also even again soon now then still never further only later".split())
_STATIVE = frozenset("be become fall remain have happen see look seem appear suffer".split())
_PASSIVE = frozenset("is was were are been being be".split())
_BACK = re.compile(r"[\w'-]+(?= *$)")
_APPOSITION = re.compile(
    r", (?:(?:a|an|the|his|her|their|its|then|one of|former|current|new|acting|interim|deputy|senior) )+(?:[\w-]+ ){0,3}?([\w-]+)"
)
_AGED = re.compile(r", (?:aged )?\d\d(?=[,.;)])")
_PERSON_NOUNS = frozenset(
    "leader commander spokesman spokeswoman spokesperson minister president governor mayor director chairman chairwoman head chief founder "
    "lawyer activist journalist analyst professor economist politician lawmaker senator ambassador diplomat general colonel officer cleric "
    "preacher imam singer actor actress author writer musician composer artist footballer player coach manager engineer scientist historian "
    "researcher resident student teacher doctor businessman businesswoman candidate member deputy son daughter wife husband brother sister "
    "father mother cousin nephew uncle aunt guitarist drummer bassist vocalist poet novelist painter photographer architect designer producer "
    "banker emir warlord dissident king queen prince princess emperor judge prosecutor attorney critic editor reporter veteran fighter militant "
    "rapper pianist driver pilot astronaut physicist chemist biologist philosopher theologian priest bishop explorer inventor".split()
)
_PLACE_NOUNS = frozenset(
    "city town village province district island region port capital suburb neighbourhood neighborhood river lake mountain county state country "
    "settlement stronghold area peninsula municipality commune governorate hamlet valley".split()
)
_ORG_NOUNS = {
    **dict.fromkeys("militia brigade militants insurgents rebels fighters cartel gang faction guerrillas".split(), "armed_group"),
    **dict.fromkeys("party coalition bloc movement".split(), "political"),
    **dict.fromkeys(
        "company firm bank airline corporation manufacturer retailer conglomerate subsidiary supermarket startup label".split(), "company"
    ),
    **dict.fromkeys("newspaper magazine broadcaster channel website agency weekly daily newswire tabloid blog".split(), "media"),
    **dict.fromkeys(
        "group network foundation charity organisation organization institute university tribe team club band union college school".split(),
        "ngo",
    ),
}


_KINDS = {**dict.fromkeys(_PERSON_NOUNS, "person"), **dict.fromkeys(_PLACE_NOUNS, "place"), **_ORG_NOUNS}
_NOUNS_AFTER = {
    **_ORG_NOUNS,
    **dict.fromkeys(_PLACE_NOUNS, "place"),
    **dict.fromkeys("airport airbase hospital prison refinery oilfield terminal field".split(), "place"),
}
_IN = frozenset("in near at outside around throughout across inside".split())
_TOWARDS = frozenset("to from towards into".split())
_FIRST_WORD = re.compile(r"[a-z]+")
_PERSONAL = re.compile(
    r",? (?:also |later |then |who |himself |herself )*(?:said|says|told|added|explained|argued|recalled|thinks|believes|wrote|married|died|born|"
    r"lived|graduated|studied|was born|became|grew up|attended|moved|went|who|himself|herself|played|appeared|joined|added another|served)\b"
)


class Context:
    """Looks at the words before and after a span of one text."""

    def __init__(self, text: str, words: Words) -> None:
        self.text = text
        self.words = words

    def before(self, start: int, count: int = 1) -> str:
        """The last words before an offset, in lower case, without "the", "a" and quotes; "" where a clause ends there."""
        left = self.text[max(0, start - 40) : start].rstrip(" \"'(")
        words = left.split(" ")
        while words and words[-1].lower() in ("the", "a", "an"):
            words.pop()
        return " ".join(words[-count:]).lower()

    def after(self, end: int, count: int = 3) -> list[str]:
        """The next words, as written, with the punctuation that hangs on them."""
        return self.text[end : end + 16 * count].split(" ")[1 : count + 1] if self.text[end : end + 1] == " " else []

    def acts(self, end: int) -> bool:
        """Whether a verb that only an actor can govern follows: "Ankara could even facilitate", "Ankara has denied"."""
        following = self.text[end : end + 60]
        if following[:2] in ("'s", "' "):
            return False
        if not following.startswith(" "):
            return False
        modal = False
        for word in following[1:].split(" ")[:6]:
            bare = word.rstrip(".,;:")
            if bare in _MODALS or bare == "to":
                modal = True
            elif modal:
                if bare not in _ADVERBS:
                    return bare in self.words.bases and bare not in _STATIVE
            elif bare in self.words.acting:
                return True
            elif bare not in _AUXILIARIES and not bare.endswith("ly"):
                return False
            if bare != word:
                return False
        return False

    def is_addressed(self, start: int) -> bool:
        """Whether the words before make the name a party: "accused Ankara", "talks with Ankara", "between Ankara and"."""
        before = self.before(start, 3).split(" ")
        if before[-1] in self.words.addressing:
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
            before == "between" or before in ("of",) and self.before(start, 2).startswith("accused")
        )

    def evidence(self, start: int, end: int) -> tuple[str | None, int]:
        """The actor type that the words around an unknown name speak for, if any, and how strongly (3: they say it)."""
        before = self.before(start)
        text = self.text
        following = text[end : end + 50]
        if before in _PERSON_NOUNS or before in self.words.roles or _AGED.match(following):
            return "person", 4
        if following.startswith(", ") and (apposition := _APPOSITION.match(following)):
            for noun in apposition.group().split(" ")[2:]:
                kind = _KINDS.get(noun.rstrip(",.;"))
                if kind is not None:
                    return kind, 4
        if following.startswith(" ") and (word := _FIRST_WORD.match(following, 1)):
            kind = _NOUNS_AFTER.get(word[0])
            if kind is not None:
                return kind, 3
        if before in _KINDS:
            return _KINDS[before], 3
        article = text[max(0, start - 4) : start].lower() == "the "
        if before == "of" and self.before(start, 2).split(" ")[0] in _PLACE_NOUNS:
            return "place", 4
        if before in _IN or before in self.words.directions:
            return ("place", 3) if not article else ("place", 1)
        if before in _TOWARDS and not article:
            return "place", 1
        if not article and _PERSONAL.match(following):
            return "person", 2
        if article:
            return None, 0
        if following.startswith("'s ") and following[3:4].islower():
            return "person", 1
        return None, 0
