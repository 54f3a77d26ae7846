"""The clauses of a sentence and which predicate is the verb of which: what a date can reach.

One pass from left to right. A clause is opened by "that", relatives, subordinators, infinitives, participles and brackets; it is
closed by a comma or by the verb that the clause around it still lacks. A second finite verb after "and" shares the subject;
after a boundary with words of its own it opens a clause, after a reporting verb the reported clause; else one of the two is a
reduced relative ("the men arrested in May appeared in court").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from briefing_kit.extract.event_tokens import Words
from briefing_kit.extract.event_words import event_nouns, noun_class
from briefing_kit.extract.predicates import Predicate, read_predicate

_BEFORE_NUMBER = frozenset(("at", "about", "around", "over", "between", "up"))
_OF_TIME = frozenset(("after", "before", "since", "until", "till"))


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


class _Reader:
    """The state of the pass: clauses so far and the one that is open."""

    def __init__(self, tokens: Words) -> None:
        self.tokens = tokens
        self.clause_of: list[Clause] = []
        self.open = Clause("main", None, 0)
        self.clauses = [self.open]

    def push(self, kind: str, first: int, parent: Clause | None, *, after_comma: bool = False, opener: str = "") -> Clause:
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
        clause = self.open
        clause.verb = clause.verb or predicate
        clause.last = predicate
        clause.verbs.append(predicate)
        clause.split = -1


def read_clauses(tokens: Words) -> tuple[list[Clause], list[Clause]]:
    """All clauses of a sentence, and for each token the clause it belongs to."""
    reader = _Reader(tokens)
    words, nouns, clause_of = tokens.words, event_nouns(), reader.clause_of
    for at, kind in enumerate(tokens.kinds):
        if kind in "VG" or (kind == "N" and words[at] in nouns):
            predicate = read_predicate(tokens, at)
            if predicate is None:
                pass
            elif predicate.form == "noun":
                reader.open.nouns.append(predicate)
            else:
                _verb(reader, predicate)
        elif kind in _HANDLERS:
            _HANDLERS[kind](reader, at)
        clause_of.append(reader.open)
    return reader.clauses, clause_of


def _boundary(reader: _Reader, at: int) -> None:
    reader.open.split = at


def _stop(reader: _Reader, at: int) -> None:
    reader.push("main", at + 1, reader.open if reader.tokens.words[at] == ":" else None)


def _bracket(reader: _Reader, at: int) -> None:
    reader.push("bracket", at, reader.open)


def _bracket_end(reader: _Reader, _at: int) -> None:
    bracket: Clause | None = reader.open
    while bracket is not None and bracket.kind != "bracket":
        bracket = bracket.parent
    if bracket is not None and bracket.parent is not None:
        reader.open = bracket.parent


def _comma(reader: _Reader, at: int) -> None:
    clause = _insertion(reader.open) or reader.open
    while clause.parent is not None:
        closed = clause.verb is not None or reader.tokens.kinds[at + 1 : at + 2] in (["V"], ["b"], ["h"], ["m"], ["d"])
        ends_insertion = clause.kind in ("relative", "reduced") and clause.after_comma and closed
        if ends_insertion and clause.parent.verb is not None and _date_ends_sentence(reader.tokens, at):
            break
        ends_participle = clause.kind == "participle" and clause.after_comma and not _list_goes_on(reader.tokens, at)
        opens_main = clause.kind in ("sub", "participle", "infinitive") and clause.parent.verb is None
        if not (ends_insertion or ends_participle or opens_main):
            break
        clause = clause.parent
    reader.open = clause
    clause.split = at


def _insertion(clause: Clause) -> Clause | None:
    """The clause put in after a comma that holds this one, where the sentence around it still lacks its verb."""
    around: Clause | None = clause
    while around is not None and around.parent is not None:
        if around.kind in ("relative", "reduced") and around.after_comma and around.verb is not None and around.parent.verb is None:
            return around
        around = around.parent
    return None


def _date_ends_sentence(tokens: Words, at: int) -> bool:
    """Whether only a date follows a comma: it belongs to the clause that stands last ("the attack, which took place in Urem, on 3 May")."""
    rest = "".join(tokens.kinds[at + 1 : at + 5])
    return rest in ("@", "@.", "P@", "P@.")


def _list_goes_on(tokens: Words, at: int) -> bool:
    """Whether the comma only parts the members of a list ("killing four soldiers, two policemen and a guide")."""
    kinds = tokens.kinds
    for index in range(at + 1, min(at + 8, len(kinds))):
        if kinds[index] == "C":
            return index > at + 1
        if kinds[index] in ",;.VbhmG@":
            return False
    return False


def _that(reader: _Reader, at: int) -> None:
    tokens, clause = reader.tokens, reader.open
    before = _skip_back(tokens, at - 1)
    last = clause.last
    reporting = last is not None and (last.is_of("reporting") or last.event_type == "statement")
    previous = tokens.kinds[before] if before >= 0 else "D"
    ahead = next((kind for kind in tokens.kinds[at + 1 : at + 4] if kind not in "AX"), ".")
    named = previous in "NM" or (before >= 0 and tokens.words[before] in event_nouns())
    if named and ahead in "bhdmV":
        reader.push("relative", at, clause)  # a clause that is said needs a subject of its own
    elif reporting or previous in "VG" or tokens.words[before] in noun_class("content_noun"):
        reader.push("content", at + 1, clause)
    elif clause.kind == "content" and previous == "C":
        reader.push("content", at + 1, clause.parent)
    elif previous in "NM":
        reader.push("relative", at, clause)


def _skip_back(tokens: Words, at: int) -> int:
    """The last token that is neither a date, its preposition nor an adverb."""
    while at >= 0 and (tokens.kinds[at] in "@A" or (tokens.kinds[at] == "P" and tokens.kinds[at + 1] == "@")):
        at -= 1
    return at


def _relative(reader: _Reader, at: int) -> None:
    kinds = reader.tokens.kinds
    before = at - 1
    if before >= 0 and kinds[before] == "P":
        before -= 1
    reader.push("relative", at, reader.open, after_comma=before >= 0 and kinds[before] == ",")


def _subordinator(reader: _Reader, at: int) -> None:
    tokens = reader.tokens
    word = tokens.words[at]
    before = tokens.kinds[at - 1] if at else ""
    ahead = tokens.kinds[at + 1] if at + 1 < len(tokens.kinds) else "."
    if ahead == "@" and word in _OF_TIME:
        return
    if word == "following" and before in "D'" and before:
        return
    if word == "as" and (ahead in "AP" or before == "A" or (at >= 2 and tokens.words[at - 2] == "as")):
        return
    if word == "once" and ahead not in "DMNp":
        return
    kind = "relative" if word == "where" and before in "NM," and before else "sub"
    reader.push(kind, at, reader.open, after_comma=before == ",", opener=word)


_HANDLERS: dict[str, Callable[[_Reader, int], None]] = {
    ",": _comma,
    "-": _boundary,
    "C": _boundary,
    ";": _stop,
    "(": _bracket,
    ")": _bracket_end,
    "T": _that,
    "R": _relative,
    "S": _subordinator,
}


def _verb(reader: _Reader, verb: Predicate) -> None:
    if verb.form == "infinitive":
        _open_for(reader, verb, "infinitive")
    elif verb.form == "participle":
        if _closes_apposition(reader, verb):
            verb.form = "finite"
            _finite(reader, verb)
        elif reader.open.verb is None and reader.open.kind in ("sub", "relative"):
            reader.add(verb)  # "while travelling", "after killing five"
        else:
            _open_for(reader, verb, "participle")
    else:
        _finite(reader, verb)


def _closes_apposition(reader: _Reader, verb: Predicate) -> bool:
    """Whether a past form after a comma is the verb of its clause ("the president, Pierre N, died of", not "the mayor, elected in")."""
    tokens, clause = reader.tokens, reader.open
    kinds = tokens.kinds
    if clause.verb is not None or tokens.words[verb.at].endswith("ing") or verb.group - clause.first < 2:
        return False
    if not any(kind in "NMQp" for kind in kinds[clause.first : verb.group]):
        return False
    if verb.is_of("intransitive"):
        return True
    for index in range(verb.at + 1, len(kinds)):
        if kinds[index] == ",":
            ahead = next((kind for kind in kinds[index + 1 : index + 5] if kind not in "A@PX"), ".")
            return ahead not in "Vbhmd"
    return not any(kind in "bhmd" for kind in kinds[verb.at + 1 :])


def _open_for(reader: _Reader, verb: Predicate, kind: str) -> None:
    tokens = reader.tokens
    before = tokens.kinds[verb.group - 1] if verb.group else ","
    governor = reader.open.last
    if verb.modality is None and governor is not None:
        verb.modality = governor.modality
    source = parent = reader.open
    if kind == "infinitive" and parent.kind == "infinitive" and before == "C":
        parent = parent.parent or parent
    reader.push(kind, verb.group, parent, after_comma=before in ",-")
    reader.move(verb.group, len(reader.clause_of), source, reader.open)
    reader.add(verb)


def _finite(reader: _Reader, verb: Predicate) -> None:
    tokens, clause = reader.tokens, reader.open
    before = _before_group(tokens, verb)
    if before >= 0 and tokens.kinds[before] == "C":
        clause = _coordinated(clause)
        if clause.verb is not None and clause.last is not None:
            verb.shares = clause.verb.shares or clause.verb
            reader.open = clause
            reader.add(verb)
            return
    while clause.verb is not None and clause.split < 0 and clause.parent is not None and _awaits_verb(clause.parent):
        clause = clause.parent
    reader.open = clause
    last = clause.last
    if clause.verb is None or last is None:
        reader.add(verb)
    elif clause.split > last.at and last.passive and verb.form == "bare" and before >= 0 and _is_number(tokens, before):
        verb.shares = clause.verb.shares or clause.verb  # "were killed and more than 200 wounded"
        reader.add(verb)
    elif clause.split > last.at and not _subject_between(tokens, clause.split, verb.group) and verb.form in ("finite", "bare"):
        verb.shares = clause.verb.shares or clause.verb  # "took the town, lost it and took it again"
        reader.add(verb)
    elif clause.split > last.at:
        _new_clause(reader, verb)
    elif last.is_of("reporting") and last.form != "noun" and verb.group > last.at + 1 and _subject_between(tokens, last.at, verb.group):
        first = last.at + 1
        while first < verb.group and (tokens.kinds[first] in "@" or (tokens.kinds[first] == "P" and tokens.kinds[first + 1] == "@")):
            first += 1
        reader.push("content", first, clause)
        reader.move(first, len(reader.clause_of), clause, reader.open)
        reader.add(verb)
    elif last.form == "bare" and _reducible(tokens, last) and last is clause.verb:
        reduced = Clause("reduced", clause, last.at)
        reduced.verb = reduced.last = last
        reduced.verbs = [last]
        clause.verbs.remove(last)
        clause.verb = clause.last = None
        reader.clauses.append(reduced)
        reader.move(last.at, verb.group, clause, reduced)
        reader.open = clause
        reader.add(verb)
    elif verb.form == "bare":
        reader.push("reduced", verb.at, clause)
        reader.add(verb)
    else:
        reader.push("relative", verb.group, clause)
        reader.add(verb)


def _awaits_verb(clause: Clause) -> bool:
    """Whether a clause has no verb yet, or a boundary after it that began another subject."""
    return clause.last is None or clause.split > clause.last.at


def _is_number(tokens: Words, at: int) -> bool:
    return tokens.kinds[at] == "Q" or tokens.words[at] in ("others", "more")


def _before_group(tokens: Words, verb: Predicate) -> int:
    """The token before a verb group, adverbs, dates and the commas around them left out."""
    at = verb.group - 1
    kinds = tokens.kinds
    while at >= 0 and (
        kinds[at] in "@A"
        or (kinds[at] == "P" and kinds[at + 1] == "@")
        or (kinds[at] == "," and at + 1 < verb.group and at > 0 and kinds[at - 1] in "@AC")
    ):
        at -= 1
    return at


def _coordinated(clause: Clause) -> Clause:
    """The clause whose verb a verb after "and" is coordinated with: not an infinitive's or participle's, which has another form."""
    while clause.kind in ("infinitive", "participle", "reduced") and clause.parent is not None:
        clause = clause.parent
    return clause


def _new_clause(reader: _Reader, verb: Predicate) -> None:
    clause = reader.open
    first = clause.split + 1
    parent = clause
    while parent.kind in ("infinitive", "participle", "reduced") and parent.parent is not None:
        parent = parent.parent
    closes = reader.tokens.kinds[clause.split] == ","
    kind = "main" if closes or parent.kind == "main" else parent.kind
    reader.push(kind, first, parent.parent if kind != "main" else None)
    reader.move(first, len(reader.clause_of), clause, reader.open)
    reader.add(verb)


def _subject_between(tokens: Words, first: int, stop: int) -> bool:
    return any(tokens.kinds[index] in "NMpoDQ" for index in range(first + 1, stop))


def _reducible(tokens: Words, verb: Predicate) -> bool:
    """Whether no object follows a past form, so that it may be a participle ("arrested in May", "killed on Monday")."""
    ahead = tokens.kinds[verb.at + 1] if verb.at + 1 < len(tokens.kinds) else "."
    if ahead == "P" and tokens.words[verb.at + 1] in _BEFORE_NUMBER:
        return "Q" not in tokens.kinds[verb.at + 2 : verb.at + 4]  # "counted at least 90 dead" has an object
    return ahead in "P@A.tSTV"
