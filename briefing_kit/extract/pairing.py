"""Which happening a date dates: the nearest by syntax, not merely the sentence it stands in.

Rules, by the place of the date (the name is the row's `rule`): date_before_noun ("the 3 May attack"), noun_with_date ("the attack
on 3 May killed", "condemned the attack of 3 May"), clause_initial ("On 3 May, the army captured"; verbs that share the subject
too), relative_when ("on 3 May, when rebels took Gao"), date_heading ("3 May: rebels take Gao"), after_predicate ("captured it on
3 May"), result_participle (", killing five on 3 May"), date_list ("on 3 and 5 May"), around_clause (the date's own clause has no
predicate).
"""

from __future__ import annotations

from typing import NamedTuple

from briefing_kit.extract.clause import Clause
from briefing_kit.extract.date_position import (
    in_comparison,
    in_opening_phrase,
    is_span_of_superlative,
    modifies_other_noun,
    opens_coordinate,
    opens_unread_clause,
    parted,
    precedes_noun,
)
from briefing_kit.extract.event_words import noun_class
from briefing_kit.extract.happenings import VIOLENT, Scene, event_type_of, is_label, named_noun, same_happening, settled
from briefing_kit.extract.predicates import Predicate

_SUFFERED = VIOLENT | {"killing", "protest", "kidnapping", "arrest", "escape"}
_MOVED_FROM = frozenset(("after", "before", "from", "since", "later", "earlier"))
_DUE = frozenset(("due", "scheduled", "planned", "expected", "slated"))


class Pair(NamedTuple):
    """A predicate, the index of the date that dates it, and the rule that says so."""

    predicate: Predicate
    date: int
    rule: str


def pair_dates(scene: Scene) -> list[Pair]:
    """The dated predicates of a sentence in order of its dates."""
    pairs: list[Pair] = []
    dates = scene.tokens.dates
    last: tuple[int, list[Pair]] | None = None
    for at in sorted(dates):
        index = dates[at]
        if last is not None and _continues_list(scene, last[0], at):
            found = [(pair.predicate, "date_list") for pair in last[1]]
        else:
            found = [_second(scene, at, last, one, pairs) for one in _dated(scene, at)]
        new = [Pair(predicate, index, rule) for predicate, rule in found]
        pairs += new
        last = (at, new)
    return pairs


def _second(
    scene: Scene, at: int, last: tuple[int, list[Pair]] | None, found: tuple[Predicate, str], pairs: list[Pair]
) -> tuple[Predicate, str]:
    """A predicate that has its date leaves a later one to the event noun between: "arrested him last week for the attack in May"."""
    predicate = found[0]
    if last is not None and any(pair.predicate is predicate for pair in pairs):
        for noun in reversed(scene.clause_of[at].nouns):
            if max(last[0], predicate.at) < noun.at < at:
                return noun, "noun_with_date"
    return found


def _continues_list(scene: Scene, before: int, at: int) -> bool:
    """Whether only commas, "and" and prepositions stand between two dates: "on 3 and 5 May"."""
    tokens = scene.tokens
    between = tokens.kinds[before + 1 : at]
    listed = between[:1] == ["C"] or between[:2] == [",", "C"] or (between == [","] and tokens.kinds[at + 1 : at + 2] in ([","], ["C"]))
    if not listed or len(between) > 3 or not all(kind in ",CP" for kind in between):
        return False
    if scene.clause_of[before] is not scene.clause_of[at]:
        return False
    told_before = any(verb.at < at for verb in scene.clause_of[at].verbs)
    return not (told_before and tokens.kinds[at + 1 : at + 2] != [","] and opens_unread_clause(tokens, at))


def _dated(scene: Scene, at: int) -> list[tuple[Predicate, str]]:
    told = _told_when(scene, at)
    if told is None:
        return _dated_beside(scene, at)
    beside = [] if scene.tokens.words[at - 1 : at] == ["since"] else _dated_beside(scene, at)
    return [(settled(scene, told), "relative_when"), *beside]


def _told_when(scene: Scene, at: int) -> Predicate | None:
    """The verb of the clause that tells what happened on a date: "since 3 May, when rebels took Gao"."""
    for clause in scene.clauses:
        if clause.opener == "when" and clause.first == at + 2 and clause.after_comma:
            moved = not _MOVED_FROM.isdisjoint(scene.tokens.words[at].split())
            return None if moved else clause.verb  # "two weeks after 3 May, when rebels took Gao": the date is another day
    return None


def _dated_beside(scene: Scene, at: int) -> list[tuple[Predicate, str]]:
    if in_comparison(scene.tokens, at) or is_span_of_superlative(scene, at):
        return []
    preposition = scene.tokens.words[at - 1] if at else ""
    if preposition in ("to", "until"):
        return _moved(scene, at)
    noun = _noun_after(scene, at)
    if noun is not None:
        return [(noun, "date_before_noun")]
    if modifies_other_noun(scene.tokens, at):
        return []
    if preposition == "of":  # "the attack of 3 May", but "the letter of 3 May" dates nothing
        named = [one for one in scene.clause_of[at].nouns if at - 6 <= one.at < at - 1]
        return [(one, "noun_with_date") for one in named[-1:]]
    clause = scene.clause_of[at]
    before = next((verb for verb in reversed(clause.verbs) if verb.at < at), None)
    after = next((verb for verb in clause.verbs if verb.at > at), None)
    low = before.at if before is not None else -1
    noun = next((one for one in reversed(clause.nouns) if low < one.at < at), None)
    if before is None:
        return _before_verb(scene, at, noun, after)
    if after is not None and after.shares is not None and opens_coordinate(scene.tokens, at, after):
        return [(settled(scene, after), "clause_initial")]
    if after is None and opens_unread_clause(scene.tokens, at):
        return []
    found = _after_verb(scene, at, _first_of_results(clause, before), noun, clause)
    return [] if _is_state(scene, found[0]) else [found]


def _moved(scene: Scene, at: int) -> list[tuple[Predicate, str]]:
    """The happening that is moved to a date: "postponed the vote to 5 May"; a mandate "extended to 5 May" dates nothing."""
    clause = scene.clause_of[at]
    for verb in clause.verbs:
        nouns = [noun for noun in clause.nouns if noun.at < at]
        if verb.is_of("postpone") and verb.at < at and nouns:
            nouns[-1].modality = nouns[-1].modality or "forecast"
            return [(nouns[-1], "moved_to")]
    return []


def _noun_after(scene: Scene, at: int) -> Predicate | None:
    """The event noun that a date premodifies: "the 3 May attack", "Monday's deadly attack"."""
    kinds = scene.tokens.kinds
    possessive = at + 1 < len(kinds) and kinds[at + 1] == "'"
    if not possessive and not precedes_noun(scene, at):
        index = at - 1
        article = scene.tokens.words[at].startswith("the ") and index >= 0 and kinds[index] != "P"
        while not article and index >= at - 3 and index >= 0 and kinds[index] in "NA":
            index -= 1
        if not article and (index < 0 or kinds[index] not in "D'"):
            return None
    for index in range(at + 1, min(at + 7, len(kinds))):
        for noun in scene.clause_of[index].nouns:
            if noun.at == index:
                return noun
        if kinds[index] in "P,.;(SRTbhmt@" or any(verb.at == index for verb in scene.clause_of[index].verbs):
            return None
    return None


def _before_verb(scene: Scene, at: int, noun: Predicate | None, after: Predicate | None) -> list[tuple[Predicate, str]]:
    tokens = scene.tokens
    first = scene.clause_of[at].first
    if tokens.words[max(0, at - 1) : at] == ["since"] and "," in tokens.kinds[first:at] and first + 2 < at:
        return []  # "the president, in power since 2006, stepped down"
    if (
        noun is not None
        and (after is not None or noun.event_type != "other")
        and (after is None or not in_opening_phrase(scene, noun, at))
        and not parted(tokens, noun.at, at)
    ):
        if any(word in _DUE for word in tokens.words[noun.at : at]):
            noun.modality = "forecast"
        if after is not None and after.modality == "denied" and named_noun(scene, after) is noun:
            noun.modality = "denied"
        return [(noun, "noun_with_date")]
    if after is not None:
        verbs = [after] + [verb for verb in scene.clause(after).verbs if verb.shares is after and not _has_own_date(scene, verb)]
        found = [settled(scene, verb) for verb in verbs if verb is after or not _mere_result(after, verb)]
        return [(one, "clause_initial") for one in dict.fromkeys(found) if not _is_state(scene, one)]
    if noun is not None and noun.event_type != "other":  # "it was not the first incident this month" dates nothing
        return [(noun, "noun_with_date")]
    clause = scene.clause_of[at]
    later = next((one for one in clause.nouns if one.at > at), None)
    if later is not None:
        return [(later, "clause_initial")]
    if tokens.chronicle and not any(kind in "NMVG" for kind in tokens.kinds[clause.first : at]):  # "14 September: rebels took the town"
        told = next((one for one in scene.clauses if one.kind == "main" and one.parent is clause), clause)
        verbs = [verb for verb in told.verbs if told.verb in (verb, verb.shares) and not _tells_of_other_day(scene, told, verb)]
        return [(one, "date_heading") for one in dict.fromkeys(settled(scene, verb) for verb in verbs)]
    return _around(scene, clause, at)


def _tells_of_other_day(scene: Scene, clause: Clause, verb: Predicate) -> bool:
    """Whether a verb of an item has a date of its own behind it, or goes back behind the item's day ("had imposed")."""
    stop = next((other.at for other in clause.verbs if other.at > verb.at), len(scene.tokens.words))
    own = any(verb.at < at < stop and scene.clause_of[at] is clause for at in scene.tokens.dates)
    return own or "had" in scene.tokens.words[verb.group : verb.at]


def _around(scene: Scene, clause: Clause, at: int) -> list[tuple[Predicate, str]]:
    """The predicate of the nearest clause around that has one before the date."""
    around = clause.parent
    while around is not None:
        candidates = [one for one in around.verbs + around.nouns if one.at < at]
        if candidates:
            nearest = max(candidates, key=lambda one: (one.form != "noun", one.at) if clause.kind != "bracket" else (True, one.at))
            if is_label(scene.tokens, nearest):
                return []
            return [(settled(scene, nearest), "around_clause")]
        around = around.parent
    return []


def _after_verb(scene: Scene, at: int, before: Predicate, noun: Predicate | None, clause: Clause) -> tuple[Predicate, str]:
    tokens = scene.tokens
    if clause.kind == "participle" and before.is_of("result") and clause.parent is not None and clause.parent.last is not None:
        return settled(scene, clause.parent.last), "result_participle"
    if clause.kind == "reduced" and clause.parent is not None and before.event_type is None and not before.is_of("light"):
        main = clause.parent.last
        if main is not None and main.at < before.at:
            return settled(scene, main), "after_predicate"
    if noun is not None and same_happening(scene, before) is not noun and not parted(tokens, noun.at, at):
        preposition = tokens.words[at - 1] if at and tokens.kinds[at - 1] == "P" else ""
        adjacent = noun.at >= at - 2
        if adjacent and (preposition == "for" or (preposition == "by" and before.is_of("plan"))):  # "called elections for 26 January"
            noun.modality = noun.modality or "forecast"
            return noun, "noun_with_date"
        if (adjacent and preposition == "of") or (before.is_of("reaction") and not before.passive):
            return noun, "noun_with_date"
    if noun is not None and not parted(tokens, noun.at, at) and _is_bare_verb(scene, before) and noun.event_type in _SUFFERED:
        return noun, "noun_with_date"
    return settled(scene, before), "after_predicate"


def _is_bare_verb(scene: Scene, verb: Predicate) -> bool:
    """Whether a verb says less of what happened than its event noun ("survived an attack on 3 May")."""
    if verb.is_of("prevent") or verb.is_of("end"):
        return False
    return verb.event_type is None and not verb.passive and not verb.is_of("reporting") and event_type_of(scene, verb) == "other"


def _has_own_date(scene: Scene, verb: Predicate) -> bool:
    """Whether a later date of the clause stands behind this coordinated verb."""
    clause = scene.clause(verb)
    return any(at > verb.at and scene.clause_of[at] is clause for at in scene.tokens.dates) or any(
        clause.verbs[0].at < at < verb.group and opens_coordinate(scene.tokens, at, verb) for at in scene.tokens.dates
    )


def _mere_result(main: Predicate, verb: Predicate) -> bool:
    return verb.is_of("result") and main.event_type is not None and main.event_type != "statement"


def _first_of_results(clause: Clause, verb: Predicate) -> Predicate:
    """The first of results told together: "were killed and 200 wounded in August"."""
    index = clause.verbs.index(verb)
    while index and verb.is_of("result") and verb.form == "bare" and clause.verbs[index - 1].is_of("result"):
        index -= 1
        verb = clause.verbs[index]
    return verb


def _is_state(scene: Scene, predicate: Predicate) -> bool:
    """Whether a verb tells how things were, not what happened: "output stayed above a million", "are held in camps"."""
    if predicate.form == "noun" or predicate.event_type not in (None, "other"):
        return False
    if predicate.is_of("state"):
        return True
    custody = noun_class("custody")
    return predicate.verb == "hold" and predicate.passive and any(word in custody for word in scene.tokens.words)
