"""The clauses of a sentence and which predicate is the verb of which: what a date can reach.

One pass from left to right. A clause is opened by "that", relatives, subordinators, infinitives, participles and brackets; it is
closed by a comma or by the verb that the clause around it still lacks (clause_verbs.py).
"""

from __future__ import annotations

from collections.abc import Callable

from briefing_kit.extract.clause import Clause, Reader
from briefing_kit.extract.clause_verbs import place_verb
from briefing_kit.extract.event_tokens import Words
from briefing_kit.extract.event_words import event_nouns, noun_class
from briefing_kit.extract.predicates import read_predicate

_OF_TIME = frozenset(("after", "before", "since", "until", "till"))


def read_clauses(tokens: Words) -> tuple[list[Clause], list[Clause]]:
    """All clauses of a sentence, and for each token the clause it belongs to."""
    reader = Reader(tokens)
    words, nouns, clause_of = tokens.words, event_nouns(), reader.clause_of
    for at, kind in enumerate(tokens.kinds):
        if kind not in _READ or (kind == "N" and words[at] not in nouns):
            continue
        clause_of += [reader.open] * (at - len(clause_of))
        if kind in _HANDLERS:
            _HANDLERS[kind](reader, at)
        elif (predicate := read_predicate(tokens, at)) is not None:
            if predicate.form == "noun":
                reader.open.nouns.append(predicate)
            else:
                place_verb(reader, predicate)
    clause_of += [reader.open] * (len(words) - len(clause_of))
    return reader.clauses, clause_of


def _boundary(reader: Reader, at: int) -> None:
    reader.open.split = at


def _stop(reader: Reader, at: int) -> None:
    reader.push("main", at + 1, reader.open if reader.tokens.words[at] == ":" else None)


def _bracket(reader: Reader, at: int) -> None:
    reader.push("bracket", at, reader.open)


def _bracket_end(reader: Reader, _at: int) -> None:
    bracket: Clause | None = reader.open
    while bracket is not None and bracket.kind != "bracket":
        bracket = bracket.parent
    if bracket is not None and bracket.parent is not None:
        reader.open = bracket.parent


def _comma(reader: Reader, at: int) -> None:
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
        inserted = around.kind in ("relative", "reduced", "participle") and around.after_comma
        if inserted and around.verb is not None and around.parent.verb is None:
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


def _that(reader: Reader, at: int) -> None:
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


def _relative(reader: Reader, at: int) -> None:
    kinds = reader.tokens.kinds
    before = at - 1
    if before >= 0 and kinds[before] == "P":
        before -= 1
    reader.push("relative", at, reader.open, after_comma=before >= 0 and kinds[before] == ",")


def _subordinator(reader: Reader, at: int) -> None:
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


_HANDLERS: dict[str, Callable[[Reader, int], None]] = {
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
_READ = frozenset("VGN").union(_HANDLERS)  # word classes at which something happens to the clauses
