"""Attribution: the labelled sentences, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from attribution_sentences import FOLLOWED, NOT_ATTRIBUTIONS, SENTENCES

from briefing_kit.briefing import text_briefing
from briefing_kit.extract.attribution import find_attributions

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
