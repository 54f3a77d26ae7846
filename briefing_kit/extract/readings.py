"""What is known about a sentence, and what an event takes from it: who takes part, where, who says so, in which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
    mention_at: Sequence[int]  # the token at which each mention begins
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
    scene = reading.scene
    clause = scene.clause(predicate)
    source = range(attribution.source_start or 0, attribution.source_end or 0) if attribution else range(0)
    violent = event_type in VIOLENT
    inside: list[Mention] = []
    places: list[Mention] = []
    for mention, at in zip(reading.mentions, reading.mention_at, strict=True):
        if mention.start in source:
            if violent and mention.actor_type in _FORCES:  # a force that speaks of fighting is one of its parties
                inside.append(mention)
        elif mention.actor_type == "place":
            if (_is_of_group(scene, clause, at) and scene.clause_of[at].kind != "reduced") or scene.clause_of[at] is clause:
                places.append(mention)
        elif _is_of_group(scene, clause, at):
            inside.append(mention)
    if not places:  # "In Gao, officials said that gunmen had attacked a convoy"
        places = [
            mention
            for mention, at in zip(reading.mentions, reading.mention_at, strict=True)
            if mention.actor_type == "place" and _is_around(clause, scene.clause_of[at])
        ]
    if _lacks_subject(scene, clause, predicate):
        inside = _subject_around(reading, clause, source) + inside
    return tuple(dict.fromkeys(mention.actor_id for mention in inside)), places


def _is_of_group(scene: Scene, clause: Clause, at: int) -> bool:
    """Whether a token is of the clause, of a participle or infinitive that hangs on it, or of the noun that the clause tells of."""
    other = scene.clause_of[at]
    if other is clause or (other.parent is clause and other.kind in _HANGING and not _is_aside(scene, other)):
        return True
    if other is not clause.parent or clause.kind not in ("infinitive", "participle", "reduced", "relative"):
        return False
    if clause.kind not in ("reduced", "relative"):
        return True
    return max((verb.at for verb in other.verbs if verb.at < clause.first), default=-1) < at < clause.first


def _is_aside(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells of another happening to the same noun ("the mine, seized by rebels in 2013, was retaken")."""
    return clause.kind == "participle" and clause.verb is not None and not scene.tokens.words[clause.verb.at].endswith("ing")


def _is_around(clause: Clause, other: Clause) -> bool:
    around = clause.parent
    while around is not None and around is not other:
        around = around.parent
    return around is not None


def _lacks_subject(scene: Scene, clause: Clause, predicate: Predicate) -> bool:
    """Whether who does it has to be taken from the clause around: a pronoun stands there, or nothing ("... and captured it")."""
    if predicate.form == "noun" and clause.verb is None:
        return False
    if clause.kind in ("infinitive", "participle"):
        return True
    kinds = scene.tokens.kinds[clause.first : clause.verb.group if clause.verb else predicate.group]
    return not any(kind in "NMQG" for kind in kinds)


def _subject_around(reading: Reading, clause: Clause, source: range) -> list[Mention]:
    """The actors of the nearest clause around whose subject a pronoun or a missing subject takes up."""
    around = clause.parent
    while around is not None:
        verb = around.verb
        if verb is not None:
            subject_end = reading.scene.tokens.starts[verb.group]
            found = [
                mention
                for mention, at in zip(reading.mentions, reading.mention_at, strict=True)
                if mention.start < subject_end
                and mention.actor_type != "place"
                and mention.start not in source
                and reading.scene.clause_of[at] is around
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
