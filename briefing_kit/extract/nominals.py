"""Actors without a name: "unidentified gunmen", "security forces", "the spokesman for ...", and he or she where one person is meant."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from briefing_kit.briefing import Briefing
from briefing_kit.extract.actor_words import vocabulary
from briefing_kit.extract.context import Context
from briefing_kit.extract.roles import Draft
from briefing_kit.gazetteer import slug
from briefing_kit.lexicon import read_lexicon

_PLURAL = frozenset(
    "gunmen militiamen policemen servicemen tribesmen police military army troops navy mujahideen mujahedin authorities".split()
)


@cache
def _pattern() -> re.Pattern[str]:
    words = vocabulary()
    nouns = [noun for noun, kind in words.groups.items() if kind in ("force", "fighters", "people") and _is_plural(noun)]
    unnamed = [row["noun"] for row in read_lexicon("group_nouns") if row["kind"] == "unnamed"]
    modifiers = sorted({*unnamed, *words.modifiers})
    return re.compile(rf"\b(?:(?:{_any(modifiers)}) )*(?:{_any(nouns)})(?![\w-])")


@cache
def _role_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_any(sorted(vocabulary().roles))})(?= (?:for|of) )")


def _is_plural(noun: str) -> bool:
    last = noun.rpartition(" ")[2]
    return last.endswith("s") or last in _PLURAL


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def add_nominals(drafts: list[Draft], context: Context, briefing: Briefing) -> None:
    """Put unnamed actors between the named ones; what stands right after a name belongs to it ("AFRICOM officials")."""
    text = context.text
    starts = [draft.start for draft in drafts]
    ends = {draft.end for draft in drafts}
    by_start = {draft.start: draft for draft in drafts}
    added: list[Draft] = []
    groups = dict(vocabulary().groups)
    for found in _pattern().finditer(text):
        start, end = found.span()
        index = bisect_right(starts, start) - 1
        if index >= 0 and drafts[index].end > start or start - 1 in ends:
            continue
        if text[start - 1 : start] in "-'" and start:
            continue
        phrase = found.group()
        words = phrase.split(" ")
        kind = groups.get(" ".join(words[-2:])) or groups[words[-1]]
        added.append(
            Draft(
                start=start,
                end=end,
                actor_id=slug(phrase),
                actor=phrase,
                actor_type="group",
                kind="nominal",
                rule=f"nominal:{kind}",
                known=False,
            )
        )
    for found in _role_pattern().finditer(text):
        begin = found.end() + (5 if text.startswith(" for ", found.end()) else 4)
        for skip in ("the ", ""):
            if skip and not text.startswith(skip, begin):
                continue
            holder = by_start.get(begin + len(skip))
            if holder is not None:
                break
        else:
            continue
        while (next_one := by_start.get(holder.end + 3)) is not None and next_one.possessor_id == holder.actor_id:
            holder = next_one
        as_written = text[holder.start : holder.end]
        role = found.group()
        added.append(
            Draft(
                start=found.start(),
                end=found.end(),
                actor_id=slug(f"{as_written} {role}"),
                actor=f"{as_written} {role}",
                actor_type="person",
                kind="nominal",
                rule="nominal:role",
                country=holder.country,
                role_title=role,
                possessor_id=holder.actor_id,
                known=False,
            )
        )
    drafts += added
