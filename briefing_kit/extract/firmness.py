"""How firmly a sentence tells a happening: what "no", a verb that prevents it, a condition or a word for false makes of it."""

from __future__ import annotations

from briefing_kit.extract.clause import Clause
from briefing_kit.extract.event_tokens import Words
from briefing_kit.extract.event_words import noun_class, verb_class, verb_forms
from briefing_kit.extract.happenings import REACH, Scene, in_prepositional_phrase
from briefing_kit.extract.predicates import Predicate

_CONDITIONS = frozenset(("if", "unless", "whether"))
_INVERTED = frozenset(("had", "should", "were"))  # "Had the vote been held in October, ..."
_NO_SUBJECT = frozenset(("no", "neither", "none", "nobody"))
_BOUNDS = frozenset(("fewer", "less", "more", "later"))  # "no fewer than five attacks" took place
_ONE = frozenset(("a", "an", "any", "one"))
_FALSE = frozenset(("false", "untrue", "baseless", "unfounded", "fabricated", "incorrect"))
_PUT_OFF = frozenset(("postpone", "delay", "defer", "adjourn", "reschedule"))  # what was put off did not happen on its day
_ALLEGED = frozenset(("alleged", "purported", "supposed"))
_UNTRUE = frozenset(("false", "untrue"))


def modality_of(scene: Scene, predicate: Predicate) -> str | None:
    """Denied, hypothetical, forecast or alleged where the sentence makes a happening that; None where it stands as told."""
    if _is_called_false(scene, predicate):
        return "denied"
    if predicate.form == "noun":
        denied = "denied" if _is_lacking(scene.tokens, predicate) else _prevented(scene, predicate)
        if denied is not None:
            return denied
    modality = predicate.modality or _modality_of_clause(scene, predicate)
    if modality is None and predicate.form == "noun" and predicate.group and scene.tokens.words[predicate.group - 1] in _ALLEGED:
        return "alleged"
    return modality


def _modality_of_clause(scene: Scene, predicate: Predicate) -> str | None:
    """What its clause makes of a predicate without a modality of its own: hypothetical after "if", denied of "no soldiers"."""
    clause = scene.clause(predicate)
    inverted = clause.first == 0 and scene.tokens.words[0] in _INVERTED and not predicate.is_of("reporting")
    if clause.opener in _CONDITIONS or inverted:  # who says what were to happen has said it
        return "hypothetical"
    if clause.verb is not None and predicate.form != "noun" and scene.tokens.words[clause.first] in _NO_SUBJECT:
        return "denied"
    return None


def _is_lacking(tokens: Words, noun: Predicate) -> bool:
    """Whether a noun phrase says that there was none: "no attack", "without an agreement", "not a single protest"."""
    words, kinds = tokens.words, tokens.kinds
    index = noun.group - 1
    while index >= max(0, noun.group - 4) and kinds[index] in "NMVGA":
        index -= 1
    if index < 0:
        return False
    if words[index] == "no":
        return words[index + 1] not in _BOUNDS
    if kinds[index] in "DQ" and index:
        return words[index - 1] == "without" or (words[index - 1] == "not" and words[index] in _ONE)
    return words[index] == "without"


def _prevented(scene: Scene, noun: Predicate) -> str | None:
    """What a verb that keeps things from happening makes of its object or subject: "foiled an attack", "the rally was called off"."""
    tokens, clause = scene.tokens, scene.clause(noun)
    known = verb_forms().get(tokens.words[noun.group - 1]) if noun.group else None
    if (
        known is not None
        and known.verb in verb_class("prevent")
        and tokens.kinds[noun.group - 1] == "V"
        and tokens.words[noun.group - 1][-1] == "d"
    ):
        return "denied"  # "a foiled attack"
    for verb in clause.verbs:
        if (verb.is_of("prevent") or (verb.verb in _PUT_OFF and noun.modality is None)) and _is_prevented_by(scene, clause, noun, verb):
            return _undone(verb)
    for other in scene.clauses:  # "a march banned by police", "the talks, which were called off"
        told = other.parent is clause and other.kind in ("reduced", "relative", "participle") and other.verb is not None
        if told and other.verb is not None and other.verb.is_of("prevent") and _is_patient(tokens, other.verb):
            heads = [one for one in clause.nouns if one.at < other.first and not in_prepositional_phrase(tokens, one.at)]
            if heads and heads[-1] is noun and other.first - noun.at < REACH:
                return _undone(other.verb)
    return None


def _is_prevented_by(scene: Scene, clause: Clause, noun: Predicate, verb: Predicate) -> bool:
    patient = _is_patient(scene.tokens, verb)
    low, high = sorted((verb.at, noun.at))
    if (noun.at < verb.at) != patient or high - low > REACH or any(low < other.at < high for other in clause.verbs):
        return False
    if in_prepositional_phrase(scene.tokens, noun.at):
        return False
    return not any(low < other.at < high and not in_prepositional_phrase(scene.tokens, other.at) for other in clause.nouns)


def _is_patient(tokens: Words, verb: Predicate) -> bool:
    """Whether what is prevented stands before the verb: in the passive, or as the head of "banned by police"."""
    return verb.passive or (verb.form in ("bare", "participle") and tokens.words[verb.at + 1 : verb.at + 2] == ["by"])


def _undone(verb: Predicate) -> str | None:
    """What did not happen because of this verb; what could not be prevented happened."""
    return None if verb.modality == "denied" else "hypothetical" if verb.modality else "denied"


def _is_called_false(scene: Scene, predicate: Predicate) -> bool:
    """Whether what is told is called false: "reports that rebels took Gao are false", "it is not true that they left"."""
    words, kinds = scene.tokens.words, scene.tokens.kinds
    if "that" not in words:
        return False
    clause: Clause | None = scene.clause(predicate)
    while clause is not None:
        at = clause.first if words[clause.first] == "that" else clause.first - 1
        if at > 0 and words[at] == "that" and at < predicate.at:
            break
        clause = clause.parent
    else:
        return False
    if words[at - 1] in _UNTRUE or (words[at - 1] == "true" and "X" in kinds[max(0, at - 4) : at]):
        return "X" not in kinds[max(0, at - 4) : at] or words[at - 1] == "true"
    if words[at - 1] not in noun_class("content_noun"):
        return False
    for index in range(predicate.at + 1, len(words)):
        if words[index] in _FALSE:
            return "X" not in kinds[index - 3 : index] and any(_links(words[one], kinds[one]) for one in range(index - 3, index))
        if kinds[index] in "TR;":
            return False
    return False


def _links(word: str, kind: str) -> bool:
    """Whether a word joins "false" to its subject: a form of be, "proved", "dismissed as"."""
    known = verb_forms().get(word)
    return kind == "b" or word == "as" or word.startswith("prov") or (known is not None and known.verb == "turn")
