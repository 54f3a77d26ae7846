"""What kind of happening a predicate names: the nouns beside a verb decide between its senses, and light verbs leave it to a noun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from briefing_kit.extract.clause import Clause
from briefing_kit.extract.event_tokens import Words
from briefing_kit.extract.event_words import event_nouns, frames, noun_class, particle_types, verb_forms, verb_types
from briefing_kit.extract.predicates import Predicate
from briefing_kit.records import Mention

VIOLENT = frozenset(("air_strike", "armed_clash", "bombing", "shelling", "attack_civilians"))
FOLLOWED_TYPES = VIOLENT | {
    "killing", "arrest", "escape", "kidnapping", "protest", "agreement", "displacement", "territory_change", "sanction", "aid_delivery",
    "appointment",
}  # fmt: skip
"""Types of which undated happenings are kept too."""
_OF_ONE_HAPPENING = frozenset(("in", "during", "by", "with", "through"))
_OF_NOUN = frozenset(("of", "on", "against"))  # "the attack on a rally, which took place": the first noun is the head
_ASIDE = frozenset(
    ("at", "in", "during", "on", "after", "before", "without", "despite", "amid")
)  # "at a summit they agreed": the noun is only where or when
_ASSAULTS = frozenset("attack attacks assault assaults raid raids shooting shootings violence".split())
_WORKERS = frozenset("workers teachers union unions doctors nurses drivers miners staff employees lecturers dockers pilots".split())
REACH = 12
"""Words to each side in which the nouns of a verb are looked for."""


@dataclass(slots=True, eq=False)
class Scene:
    """A parsed sentence: its tokens, the clause of each, and the tokens that are part of a place's or a person's name."""

    tokens: Words
    clauses: list[Clause]
    clause_of: list[Clause]
    places: set[int]
    persons: set[int]
    has_nouns: bool

    def clause(self, predicate: Predicate) -> Clause:
        """The clause that a predicate stands in."""
        return self.clause_of[predicate.at]


def may_tell(words: Sequence[str], mentions: Sequence[Mention]) -> bool:
    """Whether a sentence of these lower-case words and mentions can tell of a happening of the followed types at all."""
    triggers = _triggers()
    found = triggers.keys() & words
    if not found:
        return False
    named = {mention.actor_type for mention in mentions}
    named.update(words)
    return any(not triggers[word] or not triggers[word].isdisjoint(named) for word in found)


@cache
def _triggers() -> dict[str, frozenset[str]]:
    """The verb forms and nouns that can have a followed type; with each the words, or types of actors, of which it needs one beside it."""
    ways = {form: _ways(entry.verb) for form, entry in verb_forms().items()}
    for head, rows in event_nouns().items():
        if any(row.event_type in FOLLOWED_TYPES for row in rows):
            first, *rest = head.split("-")
            ways.setdefault(first, []).append(frozenset(rest))
    return {word: frozenset().union(*needed) if all(needed) else frozenset() for word, needed in ways.items() if needed}


def _ways(verb: str) -> list[frozenset[str]]:
    """For each way in which a verb comes to a followed type the words of which one must stand beside it; none for a type of its own."""
    ways = [frozenset[str]()] if verb_types().get(verb) in FOLLOWED_TYPES else []
    ways += [frozenset((particle,)) for particle, kind in particle_types().get(verb, {}).items() if kind in FOLLOWED_TYPES]
    for row in frames().get(verb, ()):
        if row.event_type in FOLLOWED_TYPES:
            named = [actor_type for actor_type, counts in (("place", row.place), ("person", row.person)) if counts]
            ways.append(row.nouns.union(named))
    return ways


def settled(scene: Scene, verb: Predicate) -> Predicate:
    """The verb itself, or the event noun that it leaves its meaning to, or whose happening it only tells the result of."""
    if verb.form == "noun" or not scene.has_nouns:
        return verb
    noun = named_noun(scene, verb) or (same_happening(scene, verb) if verb.modality != "denied" else None) or _subject_noun(scene, verb)
    if noun is None:
        return verb
    if noun.modality is None:
        noun.modality = verb.modality or ("forecast" if is_plan(verb) else None)
    return noun


def _subject_noun(scene: Scene, verb: Predicate) -> Predicate | None:
    """The event noun that is the subject of a verb without a type of its own: "protests turned violent"."""
    if (
        verb.passive
        or not scene.clause(verb).nouns
        or verb.is_of("prevent")
        or verb.is_of("end")
        or verb.modality in ("denied", "hypothetical")
        or verb.event_type not in (None, "other")
        or verb.is_of("reporting")
        or _frame_type(scene, verb)
    ):
        return None
    for noun in scene.clause(verb).nouns:
        if noun.at >= verb.group or _past_other_verb(scene.clause(verb), noun.at, verb):
            return None
        if noun.event_type != "other" and not in_prepositional_phrase(scene.tokens, noun.at):
            return noun
    return None


def named_noun(scene: Scene, verb: Predicate) -> Predicate | None:
    """The event noun that a light verb leaves its meaning to: its object ("held talks"), its subject ("clashes erupted"), its head."""
    if not verb.is_of("light"):
        return None
    clause = scene.clause(verb)
    if clause.kind in ("reduced", "relative", "participle") and clause.parent is not None and clause.verb is verb:
        heads = [noun for noun in clause.parent.nouns if clause.first - REACH < noun.at < clause.first]
        if heads and (clause.kind != "participle" or not scene.tokens.words[verb.at].endswith("ing")):
            return next((noun for noun in reversed(heads) if _introduced_by(scene.tokens, noun.at) not in _OF_NOUN), heads[-1])
    if clause.kind == "infinitive" and scene.tokens.kinds[verb.at + 1 : verb.at + 2] in ([], ["P"], ["@"], ["."], ["A"], ["N"]):
        around = clause.parent  # "talks scheduled to begin on 3 May", "a truce, to take effect on 3 May"
        while around is not None and not clause.nouns:
            heads = [noun for noun in around.nouns if noun.at < clause.first]
            if heads:
                return heads[-1]
            around = around.parent if around.kind in ("infinitive", "reduced", "participle") else None
    before = [noun for noun in clause.nouns if noun.at < verb.group and not _past_other_verb(clause, noun.at, verb)]
    after = [noun for noun in clause.nouns if verb.at < noun.at <= verb.at + REACH and not _past_other_verb(clause, noun.at, verb)]
    order = (before, after) if verb.passive or not after else (after[:1], before)
    for nouns in order:
        if nouns:
            free = [noun for noun in nouns if not in_prepositional_phrase(scene.tokens, noun.at)]
            meant = [noun for noun in nouns if _introduced_by(scene.tokens, noun.at) not in _ASIDE or _takes_clause(scene, noun, verb)]
            if free or meant:
                return (free or meant)[0]
    return None


def _takes_clause(scene: Scene, noun: Predicate, verb: Predicate) -> bool:
    """Whether a noun is the object of a clause without a relative pronoun: "in the four airstrikes it conducted"."""
    kinds = scene.tokens.kinds
    return kinds[noun.at + 1 : noun.at + 2] in (["p"], ["M"]) and noun.at < verb.group and "," not in kinds[noun.at : verb.group]


def _past_other_verb(clause: Clause, at: int, verb: Predicate) -> bool:
    low, high = sorted((at, verb.at))
    return len(clause.verbs) > 1 and any(
        low < other.at < high and not (other.shares is verb and other.is_of("result")) for other in clause.verbs if other is not verb
    )


def in_prepositional_phrase(tokens: Words, at: int) -> bool:
    """Whether a noun only says where, when or of what ("at a summit", "a policy of strikes")."""
    for index in range(at - 1, max(-1, at - 6), -1):
        kind = tokens.kinds[index]
        if kind == "P":  # "a policy of strikes" is no strike, "a series of strikes" is
            return tokens.words[index] != "of" or not index or tokens.words[index - 1] not in noun_class("portion")
        if kind in ",VbhmS@":
            return False
    return False


def same_happening(scene: Scene, verb: Predicate) -> Predicate | None:
    """The violent event noun of whose happening a verb tells the result: "an airstrike killed five", "killed in an ambush"."""
    clause = scene.clause(verb)
    if not clause.nouns or (verb.event_type != "killing" and not verb.is_of("result")):
        return None
    for noun in clause.nouns:
        if noun.event_type not in VIOLENT or _past_other_verb(clause, noun.at, verb):
            continue
        if noun.at < verb.group and not verb.passive and not in_prepositional_phrase(scene.tokens, noun.at):
            return noun
        if _introduced_by(scene.tokens, noun.at) in _OF_ONE_HAPPENING:
            return noun
    return None


def _introduced_by(tokens: Words, at: int) -> str:
    for index in range(at - 1, max(-1, at - 7), -1):
        if tokens.kinds[index] == "P":
            return tokens.words[index]
        if tokens.kinds[index] in ",VbhmS":
            return ""
    return ""


def is_label(tokens: Words, predicate: Predicate) -> bool:
    """Whether a predicate only labels a figure: "Killed: 12", "Houses destroyed in May: about 40"."""
    words, kinds = tokens.words, tokens.kinds
    if predicate.form in ("finite", "infinitive") or ":" not in words or tokens.chronicle:
        return False
    colon = words.index(":")
    figure = next((kind for kind in kinds[colon + 1 : colon + 4] if kind not in "PAD"), "")
    return predicate.at < colon and figure == "Q" and not any(kind in "bhmdDQ," for kind in kinds[:colon])


def event_type_of(scene: Scene, predicate: Predicate) -> str:
    """The event type of a predicate in its clause."""
    if predicate.form == "noun":
        return _noun_type(scene, predicate)
    return _frame_type(scene, predicate) or predicate.event_type or "other"


def _noun_type(scene: Scene, noun: Predicate) -> str:
    words = scene.tokens.words
    if noun.verb in _ASSAULTS and noun.event_type == "armed_clash":
        clause = scene.clause(noun)
        civilian = noun_class("civilian")
        for index in range(max(0, noun.at - REACH), min(len(words), noun.at + REACH)):
            if words[index] in civilian and scene.clause_of[index] is clause:
                return "attack_civilians"
    if noun.verb in ("strike", "strikes") and any(word in _WORKERS for word in words):
        return "protest"
    return noun.event_type or "other"


def _frame_type(scene: Scene, verb: Predicate) -> str | None:
    rows = frames().get(verb.verb)
    if rows is None:
        return None
    tokens, clause = scene.tokens, scene.clause(verb)
    best, best_type, default = REACH + 1, None, None
    for row in rows:
        if not (row.nouns or row.place or row.person):
            default = row.event_type
            continue
        if row.nouns.isdisjoint(tokens.words) and not (row.place and scene.places) and not (row.person and scene.persons):
            continue
        where = row.where
        if verb.passive or _is_bare_passive(tokens, clause, verb):
            where = {"object": "subject", "subject": "object"}.get(where, where)
        low = verb.at + 1 if where in ("object", "next") else max(clause.first, verb.group - REACH)
        high = verb.group if where == "subject" else verb.at + (4 if where == "next" else REACH)
        reach = [index for index in range(low, min(high, len(tokens.words))) if scene.clause_of[index] is clause]
        if where == _head_argument(tokens, clause, verb) or (where == "any" and clause.kind in ("reduced", "relative")):
            reach += range(max(0, clause.first - 4), clause.first)  # the noun that the clause tells of
        for index in reach:
            named = (row.place and index in scene.places and _is_argument(tokens, index)) or (row.person and index in scene.persons)
            if named or tokens.words[index] in row.nouns:
                distance = abs(index - verb.at)
                if distance < best:
                    best, best_type = distance, row.event_type
    return best_type or default


def _is_bare_passive(tokens: Words, clause: Clause, verb: Predicate) -> bool:
    """Whether a past participle stands without its auxiliary: "men arrested in May", "... and an officer captured"."""
    ahead = tokens.kinds[verb.at + 1] if verb.at + 1 < len(tokens.kinds) else "."
    if verb.form == "participle":
        return not tokens.words[verb.at].endswith("ing")
    return verb.form == "bare" and (clause.kind == "reduced" or ahead in ".,;C")


def _head_argument(tokens: Words, clause: Clause, verb: Predicate) -> str:
    """Where the noun before a relative or reduced clause belongs: "which rebels took" is told of an object, "who took" of a subject."""
    if clause.kind in ("reduced", "participle"):
        return "subject"
    if clause.kind != "relative":
        return ""
    own_subject = any(kind in "NMpVGQD" for kind in tokens.kinds[clause.first + 1 : verb.group])
    return "object" if own_subject else "subject"


def _is_argument(tokens: Words, at: int) -> bool:
    """Whether a place name is itself the object or subject, not the place where something is done ("seized Kaya", "in Kaya")."""
    index = at - 1
    while index >= 0 and tokens.kinds[index] in "MD":
        index -= 1
    return index < 0 or tokens.kinds[index] not in "Pt" or tokens.words[index] in ("of", "from")


def is_plan(verb: Predicate) -> bool:
    """Whether a verb says that its noun is planned ("talks scheduled for Monday")."""
    return verb.verb in ("schedule", "plan", "slate", "expect", "set", "propose")
