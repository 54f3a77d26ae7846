"""A clause of a sentence, and the state of the pass that reads clauses."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing_kit.extract.event_tokens import Words
from briefing_kit.extract.predicates import Predicate


@dataclass(slots=True, eq=False)
class Clause:
    """A clause: its kind (main, content, relative, reduced, sub, participle, infinitive, bracket), parent, first token, verbs."""

    kind: str
    parent: Clause | None
    first: int
    after_comma: bool = False
    opener: str = ""
    verb: Predicate | None = None
    last: Predicate | None = None
    split: int = -1  # the boundary seen since its last verb: a comma, a dash or "and"
    verbs: list[Predicate] = field(default_factory=list)
    nouns: list[Predicate] = field(default_factory=list)


class Reader:
    """The state of the pass: clauses so far and the one that is open."""

    def __init__(self, tokens: Words) -> None:
        self.tokens = tokens
        self.clause_of: list[Clause] = []
        self.open = Clause("main", None, 0)
        self.clauses = [self.open]

    def push(self, kind: str, first: int, parent: Clause | None, *, after_comma: bool = False, opener: str = "") -> Clause:
        """Open a clause under `parent` from the token `first` on."""
        self.open = Clause(kind, parent, first, after_comma, opener)
        self.clauses.append(self.open)
        return self.open

    def move(self, first: int, stop: int, source: Clause, target: Clause) -> None:
        """Give the tokens of `source` in this range to `target`, with the event nouns and clauses among them."""
        for index in range(first, min(stop, len(self.clause_of))):
            if self.clause_of[index] is source:
                self.clause_of[index] = target
        target.nouns += [noun for noun in source.nouns if first <= noun.at < stop]
        source.nouns = [noun for noun in source.nouns if not first <= noun.at < stop]
        for clause in self.clauses:
            if clause.parent is source and clause is not target and first <= clause.first < stop:
                clause.parent = target

    def add(self, predicate: Predicate) -> None:
        """Give a verb to the open clause."""
        clause = self.open
        clause.verb = clause.verb or predicate
        clause.last = predicate
        clause.verbs.append(predicate)
        clause.split = -1
