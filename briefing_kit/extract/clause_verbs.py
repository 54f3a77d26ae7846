"""Which clause a verb belongs to: the open one, one around it that lacks its verb, or a new one.

A second finite verb after "and" shares the subject; after a boundary with words of its own it opens a clause, after a reporting
verb the reported clause; else one of the two is a reduced relative ("the men arrested in May appeared in court").
"""

from __future__ import annotations

from briefing_kit.extract.clause import Clause, Reader
from briefing_kit.extract.event_tokens import Words
from briefing_kit.extract.event_words import event_nouns
from briefing_kit.extract.predicates import Predicate

_INTENTIONS = frozenset("attempt attempts bid bids conspiracy effort efforts plan plans plot plots".split())
_BEFORE_NUMBER = frozenset(("at", "about", "around", "over", "between", "up"))


def place_verb(reader: Reader, verb: Predicate) -> None:
    """Put a verb into the clause that it belongs to, opening or closing clauses on the way."""
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


def _closes_apposition(reader: Reader, verb: Predicate) -> bool:
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


def _open_for(reader: Reader, verb: Predicate, kind: str) -> None:
    tokens = reader.tokens
    before = tokens.kinds[verb.group - 1] if verb.group else ","
    governor = reader.open.last
    if verb.modality is None and governor is not None:
        verb.modality = governor.modality
    if governor is not None and governor.is_of("prevent") and governor.modality is None and tokens.words[verb.group - 1] in _INTENTIONS:
        verb.modality = "denied"  # "foiled a plot to bomb a church"
    source = parent = reader.open
    if kind == "infinitive" and parent.kind == "infinitive" and before == "C":
        parent = parent.parent or parent
    reader.push(kind, verb.group, parent, after_comma=before in ",-")
    reader.move(verb.group, len(reader.clause_of), source, reader.open)
    reader.add(verb)


def _finite(reader: Reader, verb: Predicate) -> None:
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
    elif last.is_of("reporting") and not _is_told_of(tokens, last) and _subject_between(tokens, last.at, verb.group):
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


def _is_told_of(tokens: Words, verb: Predicate) -> bool:
    """Whether a reporting verb is the participle of a noun: "a truce announced by the envoy", "a strike declared in Beirut"."""
    if verb.form != "bare" or not verb.at:
        return False
    return tokens.words[verb.at + 1 : verb.at + 2] == ["by"] or (
        tokens.words[verb.at - 1] in event_nouns() and tokens.kinds[verb.at - 1] != "M" and _reducible(tokens, verb)
    )


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


def _new_clause(reader: Reader, verb: Predicate) -> None:
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
