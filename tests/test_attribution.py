"""Attribution: the labelled sentences, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from attribution_sentences import FOLLOWED, NOT_ATTRIBUTIONS, SENTENCES
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_kit.briefing import text_briefing
from briefing_kit.extract.attribution import find_attributions
from briefing_kit.extract.cues import find_cues, inflections, plural
from briefing_kit.lexicon import read_lexicon
from briefing_kit.records import Mention

FLOOR = 0.9


@dataclass(frozen=True)
class Labelled:
    text: str
    spans: tuple[tuple[str, int, int], ...]
    antecedent: str | None


def labelled(line: str) -> Labelled:
    marked, _, antecedent = line.partition(" = ")
    text, spans, stack = "", [], []
    for piece in re.split(r"(\[[sct]\||\])", marked):
        if re.fullmatch(r"\[[sct]\|", piece):
            stack.append((piece[1], len(text)))
        elif piece == "]" and stack:
            kind, start = stack.pop()
            spans.append((kind, start, len(text)))
        else:
            text += piece
    return Labelled(text, tuple(sorted(spans, key=lambda s: s[1])), antecedent.strip() or None)


def lines(block: str) -> list[str]:
    return [line for line in block.strip().splitlines() if line and not line.startswith("#")]


def covers(found_start: int, found_end: int, start: int, end: int, hull: int) -> bool:
    """Whether a found content holds nine tenths of the labelled one and is not more than half as long again as all of it."""
    shared = min(found_end, end) - max(found_start, start)
    return shared >= 0.9 * (end - start) and found_end - found_start <= 1.5 * hull + 15


def agrees(gold: Labelled) -> list[str]:
    """What is wrong with the attributions found in a labelled sentence; relaxed: spans need to overlap, sources to share a word."""
    rows = find_attributions(text_briefing(gold.text), [])
    problems = []
    sources = [gold.text[a:b] for kind, a, b in gold.spans if kind == "s"]
    contents = [(a, b) for kind, a, b in gold.spans if kind == "t"]
    hull = max(b for _, b in contents) - min(a for a, _ in contents)
    for kind, start, end in gold.spans:
        if kind == "c" and not any(row.cue_start < end and start < row.cue_end for row in rows):
            problems.append(f"no cue {gold.text[start:end]!r}")
        if kind == "t" and not any(covers(row.content_start, row.content_end, start, end, hull) for row in rows):
            problems.append(f"no content {gold.text[start:end]!r}: {[gold.text[r.content_start : r.content_end] for r in rows]}")
    wanted = [re.sub(r"^(the|a|an) ", "", source, flags=re.I) for source in sources]
    if gold.antecedent:
        wanted = [w for w in wanted if w.lower() not in ("he", "she", "it", "they")] + [gold.antecedent]
    found = [row.source for row in rows]
    missing = [w for w in wanted if w not in found and not any(f in w and len(f) > 3 for f in found)]
    return problems + [f"no source {source!r}: {found}" for source in missing]


@pytest.mark.parametrize("line", [*lines(SENTENCES), *lines(FOLLOWED)])
def test_labelled(line: str) -> None:
    """Source, cue and content come out as labelled."""
    gold = labelled(line)
    assert not agrees(gold)


@pytest.mark.parametrize("line", lines(NOT_ATTRIBUTIONS))
def test_no_attribution(line: str) -> None:
    """Nouns, addresses and happenings that look like cues give no row."""
    assert find_attributions(text_briefing(line), []) == []


def test_statement_in_a_paragraph_of_its_own() -> None:
    """What follows "The minister said:" in a new paragraph is the minister's, and no more than that paragraph."""
    text = "The foreign minister said:\n\nWe condemn the attack. Five of our men died.\n\nThe road was closed.\n"
    (row,) = find_attributions(text_briefing(text), [])
    assert (row.source, text[row.content_start : row.content_end]) == ("foreign minister", "We condemn the attack. Five of our men died.")


def mention(text: str, name: str, actor_id: str, actor_type: str) -> Mention:
    start = text.index(name)
    return Mention(
        start=start,
        end=start + len(name),
        text=name,
        actor_id=actor_id,
        actor=name,
        actor_type=actor_type,
        mention_kind="name",
        rule="test",
    )


KINDS = [
    ("Ahmed al-Mismari said the road was open.", "named"),
    ("LNA spokesman Ahmed al-Mismari said the road was open.", "named"),
    ("A spokesman for the LNA said the road was open.", "unnamed"),
    ("Residents said the road was open.", "unnamed"),
    ("The interior ministry said the road was open.", "organisation"),
    ("UNSMIL said the road was open.", "organisation"),
    ("State television said the road was open.", "media"),
    ("The report said the road was open.", "document"),
    ("The road was reportedly open.", "unnamed"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_source_kind(text: str, kind: str) -> None:
    """Named persons, unnamed ones, bodies, media and documents are told apart."""
    assert [row.source_kind for row in find_attributions(text_briefing(text), [])] == [kind]


def test_source_id_is_that_of_the_head() -> None:
    """The mention that heads the source gives its id, or the body that an unnamed person speaks for; a short form takes the earlier one."""
    text = "Khalifa Haftar's LNA said it won. AFRICOM officials said it lost. Haftar said nothing was lost."
    mentions = [
        mention(text, "Khalifa Haftar", "khalifa-haftar", "person"),
        mention(text, "LNA", "libyan-national-army", "armed_group"),
        mention(text, "AFRICOM", "us-africa-command", "state_force"),
    ]
    rows = find_attributions(text_briefing(text), mentions)
    assert [row.source_id for row in rows][:2] == ["libyan-national-army", "us-africa-command"]


FIRMNESS = [
    ("The army said it won.", "neutral", "reported"),
    ("The army confirmed it won.", "committed", "reported"),
    ("The army claimed it won.", "distancing", "alleged"),
    ("The army warned that it might lose.", "warning", "reported"),
    ("The army denied that it lost.", "denial", "denied"),
    ("The army predicts that it will win.", "neutral", "forecast"),
]


@pytest.mark.parametrize(("text", "cue_class", "factuality"), FIRMNESS)
def test_class_and_factuality(text: str, cue_class: str, factuality: str) -> None:
    """The cue's class and what it lends to a figure come from the lexicon."""
    assert [(row.cue_class, row.factuality) for row in find_attributions(text_briefing(text), [])] == [(cue_class, factuality)]


def test_only_running_text_is_read() -> None:
    """Headings, captions and boilerplate attribute nothing."""
    text = "Army says five died\n\nPhoto: the minister said nothing\n\nClick here to receive what officials said.\n"
    assert find_attributions(text_briefing(text), []) == []


def test_cue_lexicon() -> None:
    """At least 250 cues, each with a class and factuality of the closed lists."""
    rows = read_lexicon("cues")
    assert len({row["cue"] for row in rows}) >= 250
    assert {row["cue_class"] for row in rows} == {"neutral", "committed", "distancing", "warning", "denial"}
    assert {row["factuality"] for row in rows} <= {"reported", "alleged", "denied", "hypothetical", "forecast"}


@pytest.mark.parametrize(
    ("verb", "forms"),
    [("announce", "announces announced announcing"), ("deny", "denies denied denying"), ("push", "pushes pushed pushing")],
)
def test_inflections(verb: str, forms: str) -> None:
    """Regular verbs are inflected by rule."""
    assert [form for form, _ in inflections(verb)] == [verb, *forms.split()]


@pytest.mark.parametrize(
    ("noun", "many"), [("spokesman", "spokesmen"), ("party", "parties"), ("aid worker", "aid workers"), ("child", "children")]
)
def test_plurals(noun: str, many: str) -> None:
    """Nouns take their regular plural, and those in -man and a few others their own."""
    assert plural(noun) == many


def test_cues_at_the_start_of_a_sentence_and_over_a_line_end() -> None:
    """A cue may open with a capital and may be wrapped."""
    assert [(start, end) for start, end, _ in find_cues("According\nto him")] == [(0, 12)]


_PIECES = st.sampled_from(
    "said|the army|Haftar's|according to|that|,|.|\"|'|reportedly|officials|claims|by|was|is believed to|He|quoted|as saying|:|\n|\n\n|"
    "on Monday|UN|and|but|adding|five men|report|(|)|\u2014|;|told|reporters|of|for".split("|")
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(_PIECES, max_size=40).map(" ".join), st.text(max_size=200)))
def test_any_text(text: str) -> None:
    """Arbitrary text never raises; every span lies in the text and gives its words back; the same text gives the same rows."""
    rows = find_attributions(text_briefing(text), [])
    assert rows == find_attributions(text_briefing(text), [])
    for row in rows:
        assert text[row.start : row.end] == row.text
        assert text[row.cue_start : row.cue_end] == row.cue
        assert row.start <= row.content_start < row.content_end <= row.end
