"""What is known about a sentence, and what an event takes from it: who takes part, where, who says so, in which words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from briefing_kit.briefing import Briefing
from briefing_kit.extract.clause import Clause
from briefing_kit.extract.dating import DateRef
from briefing_kit.extract.happenings import VIOLENT, Scene
from briefing_kit.extract.predicates import Predicate
from briefing_kit.records import Attribution, Mention

HEADLINE_LENGTH = 90
_LAYOUT = re.compile(r"(?:[-*+>\u2022\u2023\u25aa\u25cf#]+|\(?\d{1,2}[.)])\s+")  # marks of a list, quotation or heading are no words
_SEPARATORS = " ,;"
_LOOSE = frozenset(  # what a cut leaves hanging
    "according less more than and or but of the a an to in on at by for from with as that which who it its their his her".split()
)
_FORCES = frozenset(("state_force", "armed_group"))
_NOMINAL = frozenset("NMQG")
_HANGING = frozenset(("participle", "infinitive", "reduced"))


@dataclass(slots=True, eq=False)
class Reading:
    """A sentence (or a piece of a very long one) with all that is known about it."""

    briefing: Briefing
    start: int
    end: int
    scene: Scene
    dates: Sequence[DateRef]
    mentions: Sequence[Mention]
    mentions_of: Mapping[Clause, Sequence[tuple[int, Mention]]]  # by clause, each with the token at which it begins
    attributions: Sequence[Attribution]


def attribution_of(reading: Reading, start: int) -> Attribution | None:
    """The innermost attribution whose content holds the predicate."""
    around = [
        one for one in reading.attributions if one.content_start <= start < one.content_end and not one.cue_start <= start < one.cue_end
    ]
    return min(around, key=lambda one: (one.content_end - one.content_start, one.start), default=None)


def participants(
    reading: Reading, predicate: Predicate, attribution: Attribution | None, event_type: str
) -> tuple[tuple[str, ...], list[Mention]]:
    """The actors and the places of the predicate's clause in order of the text."""
    scene, mentions_of = reading.scene, reading.mentions_of
    clause = scene.clause(predicate)
    source = range(attribution.source_start or 0, attribution.source_end or 0) if attribution else range(0)
    inside: list[Mention] = []
    places: list[Mention] = []
    for other, mention in _of_group(reading, clause):
        if mention.start in source:
            continue
        if mention.actor_type != "place":
            inside.append(mention)
        elif other is clause or other.kind != "reduced":
            places.append(mention)
    if source and event_type in VIOLENT:  # a force that speaks of fighting is one of its parties
        inside += [mention for mention in reading.mentions if mention.start in source and mention.actor_type in _FORCES]
        inside.sort(key=attrgetter("start"))
    if not places:  # "In Gao, officials said that gunmen had attacked a convoy"
        around = clause.parent
        while around is not None:
            places += [mention for _, mention in mentions_of.get(around, ()) if mention.actor_type == "place"]
            around = around.parent
    if _lacks_subject(scene, clause, predicate):
        inside = _subject_around(reading, clause, source) + inside
    return tuple(dict.fromkeys(mention.actor_id for mention in inside)), places


def _of_group(reading: Reading, clause: Clause) -> list[tuple[Clause, Mention]]:
    """The mentions of a clause, of participles and infinitives that hang on it, and of the noun that it tells of, each with its clause."""
    mentions_of, scene = reading.mentions_of, reading.scene
    found = [(clause, mention) for _, mention in mentions_of.get(clause, ())]
    for other in scene.clauses:
        if other.parent is clause and other.kind in _HANGING and other in mentions_of and not _is_aside(scene, other):
            found += [(other, mention) for _, mention in mentions_of[other]]
    parent = clause.parent
    if parent is not None and clause.kind in ("infinitive", "participle", "reduced", "relative"):
        low, high = -1, len(scene.clause_of)
        if clause.kind in ("reduced", "relative"):
            low, high = max((verb.at for verb in parent.verbs if verb.at < clause.first), default=-1), clause.first
        found += [(parent, mention) for at, mention in mentions_of.get(parent, ()) if low < at < high]
    return sorted(found, key=lambda one: one[1].start) if len(found) > 1 else found


def _is_aside(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells of another happening to the same noun ("the mine, seized by rebels in 2013, was retaken")."""
    return clause.kind == "participle" and clause.verb is not None and not scene.tokens.words[clause.verb.at].endswith("ing")


def _lacks_subject(scene: Scene, clause: Clause, predicate: Predicate) -> bool:
    """Whether who does it has to be taken from the clause around: a pronoun stands there, or nothing ("... and captured it")."""
    if predicate.form == "noun" and clause.verb is None:
        return False
    if clause.kind in ("infinitive", "participle"):
        return True
    kinds = scene.tokens.kinds[clause.first : clause.verb.group if clause.verb else predicate.group]
    return _NOMINAL.isdisjoint(kinds)


def _subject_around(reading: Reading, clause: Clause, source: range) -> list[Mention]:
    """The actors of the nearest clause around whose subject a pronoun or a missing subject takes up."""
    around = clause.parent
    while around is not None:
        verb, near = around.verb, reading.mentions_of.get(around)
        if verb is not None and near:
            subject_end = reading.scene.tokens.starts[verb.group]
            found = [
                mention
                for _, mention in near
                if mention.start < subject_end and mention.actor_type != "place" and mention.start not in source
            ]
            if found:
                return found
        around = around.parent
    return []


def headline_of(reading: Reading, predicate: Predicate) -> str:
    """The predicate's clause, or the sentence where that is short enough; verbatim, cut at a word."""
    scene, text = reading.scene, reading.briefing.text
    tokens = scene.tokens
    if reading.end - reading.start <= HEADLINE_LENGTH:
        return _without_layout(" ".join(text[reading.start : reading.end].split()))
    clause = scene.clause(predicate)
    while clause.kind in ("reduced", "relative", "participle", "infinitive") and clause.parent is not None:
        clause = clause.parent
    first = clause.first
    while first < predicate.at and tokens.kinds[first] in ",CTS(":
        first += 1
    start = tokens.starts[min(first, predicate.at)]
    if tokens.ends[predicate.at] - start > HEADLINE_LENGTH:
        low = max(start, tokens.ends[predicate.at] - HEADLINE_LENGTH // 2)
        start = tokens.starts[min(tokens.at(low), predicate.at)]
        start = next((mention.start for mention in reading.mentions if mention.start < start < mention.end), start)
    piece = " ".join(text[start : min(reading.end, start + HEADLINE_LENGTH + 1)].split())
    if len(piece) > HEADLINE_LENGTH:
        cut = piece.rfind(" ", 0, HEADLINE_LENGTH + 1)
        piece = piece[: cut if cut > 0 else HEADLINE_LENGTH]
        piece = _without_loose_end(piece)
    return _without_layout(piece).rstrip(" ,;:")


def _without_layout(piece: str) -> str:
    mark = _LAYOUT.match(piece)
    return piece[mark.end() :] if mark else piece


def _without_loose_end(piece: str) -> str:
    while (at := max(map(piece.rfind, _SEPARATORS))) >= 0 and piece[at + 1 :] in _LOOSE:
        piece = piece[:at].rstrip(_SEPARATORS)
    return piece
