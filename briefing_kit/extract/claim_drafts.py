"""Which quantities of a sentence claim something: what they count, what befell it, and of which total they are a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing_kit.extract.bare_numbers import labelled, moved, restates, stands_for_some, stated
from briefing_kit.extract.comparisons import is_baseline
from briefing_kit.extract.counted import Counted, counted_phrase, unit_nouns
from briefing_kit.extract.outcomes import PERSONS, outcome_after, outcome_before, outcome_forced, toll_before, words_before
from briefing_kit.extract.statistics import is_change
from briefing_kit.records import Quantity, Timex
from briefing_kit.segments import Sentence

_NUMBER_OF = re.compile(r"\bnumbers?[ \n]of(?=[ \n])", re.I)
_JOINED = re.compile(
    r"(?:\s*,)?\s*(?:(?:and|or|plus|as well as|along with|together with)\s+)?(?:another|a further|an additional|a|an|the)?\s*", re.I
)
_PART = re.compile(
    r"\b(?:including|among (?:them|whom)|of (?:whom|which|them)|inclusive of|amongst them)[ \n]+(?:(?:were|was|are|the|some)[ \n]+)?$", re.I
)
_MEASURED_TIME = re.compile(
    r"\b(?:sentenced?|jailed|imprisoned|banned|suspended|prison terms?|jail terms?|sentences?|terms?|delay|delayed|extended|extension|ban"
    r"|suspension|mandate)\b"
    r"[^.;,]{0,40}$|\blast(?:s|ed|ing)?\s+(?:for\s+)?$",
    re.I,
)
_LABEL = re.compile(r"\b(?:Group of|[Bb]ig|[Tt]op|[Nn]umber)[ \n]$")  # "Group of 77", "the big three"
_ONE_OF = re.compile(r"\b(?:of|in|at|by|for|to|than)[ \n]one$", re.I)  # "girls of one family"
_AND = re.compile(r"[ \n]and[ \n](?=[a-z])")
_SHARED = re.compile(r"[ \n](?:were|was|are|have|had|has|live|remain|stay|fled|died)\b")
_DEFINITE = re.compile(r"\b(?:the|our|their|its|these|those|all)[ \n]$", re.I)
_IS = re.compile(r"[ \n](?:is|are|was|were|has|have|had)\b")
_ACTED = re.compile(
    r"[ \n](?:also[ \n]|have[ \n]|had[ \n]|were[ \n]|are[ \n])?(?:[a-z]{3,}ed|took|fled|left|were|are|went|came|sought|lost|held)\b"
)
_OF = re.compile(r"[ \n]of[ \n]")
_OWN_VERB = re.compile(r" (?:were|are|have|had|remain(?:ed)?|left|fled|took|went|came|lost)\b")
_PART_OF = re.compile(r" of (?:(?:the|its|their|those|these|his|her|all) )?(?:\w+ )?")
_ASIDE = re.compile(
    r", (?:including|among|most(?:ly)?|many|some|all|both|half|mainly|[\w-]+ of (?:them|whom))\b[^,.;]{0,60},"
    r"(?= (?:were|was|are|have|had|has) )"
)
_HYPHEN = re.compile(r"-[A-Za-z]")


@dataclass(slots=True)
class Draft:
    """A quantity on its way to a claim."""

    quantity: Quantity
    counted: Counted | None
    start: int
    end: int
    noun_class: str | None
    outcome: str | None
    is_part: bool = False
    is_bare: bool = False  # counts what other words of the text say, so no later number goes back to it


def find_drafts(
    folded: str, sentence: Sentence, group: Sequence[Quantity], dates: Sequence[Timex], earlier: Draft | None = None
) -> list[Draft]:
    """The quantities of a sentence that claim something, with what they count and what befell it.

    `earlier` is the last draft of the sentences before, which a number without a noun may go back to.
    """
    drafts: list[Draft] = []
    for at, quantity in enumerate(group):
        if quantity.value == 1 and _ONE_OF.search(folded[max(sentence.start, quantity.start - 8) : quantity.end]):
            continue
        limit = next((q.start for q in group[at + 1 : at + 9] if q.value != 1), sentence.end)
        floor = group[at - 1].end if at else sentence.start
        if _LABEL.search(folded[max(sentence.start, quantity.start - 12) : quantity.start]):
            continue
        if _HYPHEN.match(folded, quantity.end) or any(t.start < quantity.number_end and quantity.start < t.end for t in dates):
            if not (quantity.unit_class == "duration" and _measures_time(folded, quantity, sentence)):
                continue
        elif quantity.unit_class == "duration" and not _measures_time(folded, quantity, sentence):
            continue
        draft = _draft(folded, sentence, quantity, floor, limit, drafts[-1] if drafts else None)
        following = group[at + 1] if at + 1 < len(group) else None
        if draft is None and following and _PART_OF.fullmatch(folded, quantity.end, following.start):  # "11 of its 12 jets"
            whole = counted_phrase(folded, following.end, group[at + 2].start if at + 2 < len(group) else sentence.end)
            draft = _of_noun(quantity, whole)
        draft = draft or _bare(folded, sentence, quantity, limit, next((d for d in reversed(drafts) if not d.is_bare), None), earlier)
        if draft is not None:
            drafts.append(draft)
    for left, right in zip(drafts[-2::-1], drafts[:0:-1], strict=False):
        if left.outcome is None and right.outcome and not right.is_part and _JOINED.fullmatch(folded, left.end, right.start):
            left.outcome = right.outcome  # "three soldiers and two civilians were killed"
        elif left.outcome is None and right.is_part and right.outcome and not (right.counted and right.counted.of_them):
            left.outcome = right.outcome  # "16,700 people, including 620 migrants, were displaced"
    return [draft for draft in drafts if _counts(folded, draft)]


def _of_noun(quantity: Quantity, counted: Counted | None) -> Draft | None:
    if counted is None:
        return None
    noun_class = counted.unit_class
    return Draft(quantity=quantity, counted=counted, start=quantity.start, end=quantity.end, noun_class=noun_class, outcome=None)


def _bare(folded: str, sentence: Sentence, quantity: Quantity, limit: int, previous: Draft | None, earlier: Draft | None) -> Draft | None:
    """The draft of a number without a noun: by its label, by the noun whose number moves to it, or by what was counted last."""
    if quantity.unit is not None or quantity.currency is not None or is_multiple(quantity) or is_share(quantity):
        return None
    start, end = quantity.start, quantity.end
    before = previous or earlier
    outcome = labelled(folded, start, sentence.start) or stated(folded, start, sentence.start)
    noun = moved(folded, start, sentence.start)
    if noun is not None and noun[1].lower() in unit_nouns():
        head, its_class = unit_nouns()[noun[1].lower()]
        return _of_noun(quantity, Counted(start=noun.start(1), end=noun.end(1), head=head, unit_class=its_class))
    counted: Counted | None = None
    noun_class: str | None = None
    if outcome is None:
        if before is None or before.quantity.unit is not None or is_share(before.quantity):
            return None
        if restates(folded, start, end, sentence.start, limit):
            counted, noun_class, outcome = before.counted, before.noun_class, before.outcome
        elif stands_for_some(folded, start, end, sentence.start, limit):
            noun_class = "people" if before.outcome or before.noun_class in PERSONS else before.noun_class
        if outcome is None and noun_class is None and counted is None:
            return None
    return Draft(quantity=quantity, counted=counted, start=start, end=end, noun_class=noun_class, outcome=outcome, is_bare=True)


def _measures_time(folded: str, quantity: Quantity, sentence: Sentence) -> bool:
    """Whether a duration measures something ("sentenced to 15 years") rather than dating or describing ("an eight-hour battle")."""
    if (
        "-" in folded[quantity.start : quantity.end]
        and not folded[quantity.end - 1].isdigit()
        and folded[quantity.end : quantity.end + 1] == " "
    ):
        hyphened = re.search(r"\d-[a-z]|[a-z]-[a-z]", folded[quantity.start : quantity.end])
        if hyphened:
            return False
    return _MEASURED_TIME.search(folded[max(sentence.start, quantity.start - 60) : quantity.start]) is not None


def _draft(folded: str, sentence: Sentence, quantity: Quantity, floor: int, limit: int, previous: Draft | None) -> Draft | None:
    has_unit = quantity.unit is not None or quantity.currency is not None
    start, end = quantity.start, quantity.end
    if is_multiple(quantity):
        return Draft(quantity=quantity, counted=None, start=start, end=end, noun_class=None, outcome=None)
    counted = (
        counted_phrase(folded, end, limit, mass=has_unit or (is_share(quantity) and quantity.rule != "ratio"), single=quantity.value == 1)
        if not has_unit or _OF.match(folded, end)
        else None
    )
    noun_class = counted.unit_class if counted else None
    if counted is not None:
        end = _with_second(folded, counted, limit) if counted.unit_class in PERSONS else counted.end
    before = folded[max(sentence.start, start - 40) : start]
    is_part = previous is not None and (_PART.search(before) is not None or (counted is not None and counted.of_them))
    outcome = None
    if not has_unit and (noun_class is None or noun_class in PERSONS):
        said = words_before(folded, start, floor)
        outcome = outcome_before(said) or outcome_forced(said, folded, end, limit) or outcome_after(folded, end, limit)
        if outcome is None and (aside := _ASIDE.match(folded, end, sentence.end)) is not None:
            outcome = outcome_after(folded, aside.end(), sentence.end)  # "six people, two of them minors, were killed"
        outcome = outcome or labelled(folded, start, sentence.start)
    joined = previous is not None and _JOINED.fullmatch(folded, previous.end, start) is not None
    shares = joined and not _OWN_VERB.match(folded, end, limit)  # "killed six men and 300 were searched"
    if previous is not None and joined and not is_part and previous.is_part:
        is_part = True
    if outcome is None and previous is not None and (is_part or shares) and not has_unit and noun_class in (None, *PERSONS):
        outcome = previous.outcome or (previous.noun_class if is_part and previous.noun_class in PERSONS else None)
    if counted is None and not has_unit and outcome is None:
        outcome = toll_before(folded, start, sentence.start)
        if outcome is None:
            numbered = _number_of(folded, start, sentence.start)
            if numbered is not None:
                counted, noun_class = numbered, numbered.unit_class
            elif previous is not None and (is_baseline(folded[previous.end : start]) or folded[previous.end : start].strip(" ,") == "from"):
                counted, noun_class, outcome = previous.counted, previous.noun_class, previous.outcome
            elif is_share(quantity):
                if not (is_change(before) or _IS.match(folded, end, limit)):
                    return None
            elif quantity.kind == "vague" and quantity.text.endswith("s") and _ACTED.match(folded, end, limit):
                noun_class = "people"  # "hundreds protested"
            else:
                return None
    elif counted is None and not has_unit and (toll := toll_before(folded, start, floor)) is not None:
        outcome = toll
    return Draft(quantity=quantity, counted=counted, start=start, end=end, noun_class=noun_class, outcome=outcome, is_part=is_part)


def _with_second(folded: str, counted: Counted, limit: int) -> int:
    """The end of a counted phrase of two nouns that share a predicate: "5,000 refugees and migrants were held"."""
    joined = _AND.match(folded, counted.end, limit)
    second = counted_phrase(folded, joined.end() - 1, limit) if joined else None
    if second is None or second.unit_class not in PERSONS or not _SHARED.match(folded, second.end, limit):
        return counted.end
    return second.end


def _number_of(folded: str, start: int, floor: int) -> Counted | None:
    """What "the number of ... rose to 60" counts."""
    last = None
    for match in _NUMBER_OF.finditer(folded, max(floor, start - 120), start):
        last = match
    return counted_phrase(folded, last.end(), start) if last else None


def _counts(folded: str, draft: Draft) -> bool:
    """Whether the figure is worth a claim: no idiom, no "twice", no "the two leaders", and a lone "one" only for what befell somebody."""
    if (draft.quantity.rule == "multiple" and not is_multiple(draft.quantity)) or (
        draft.noun_class == "none" and draft.quantity.unit_class is None
    ):
        return False
    plain = draft.outcome is None and draft.quantity.unit is None and draft.noun_class in ("people", "other", None)
    if plain and draft.quantity.value == 2 and _DEFINITE.search(folded[max(0, draft.start - 8) : draft.start]):
        return False
    if draft.quantity.value == 1 and draft.quantity.kind == "exact" and draft.quantity.unit is None and draft.quantity.text.isalpha():
        return draft.outcome is not None
    return True


def is_share(quantity: Quantity) -> bool:
    """Whether the number is a fraction: "a third", "two out of three"."""
    if quantity.unit_class is not None:
        return False
    if quantity.value is not None:
        return 0 < quantity.value < 1
    figures = [figure for figure in (quantity.low, quantity.high) if figure is not None]
    return bool(figures) and all(0 < figure < 1 for figure in figures)


def is_multiple(quantity: Quantity) -> bool:
    """Whether the quantity says by what factor something changed: "doubled", "threefold"; not how often: "twice"."""
    return quantity.rule == "multiple" and quantity.text.lower().endswith(("ed", "fold"))
