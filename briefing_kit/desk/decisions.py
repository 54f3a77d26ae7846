"""Corrections held against each other, and told in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from briefing_kit.corrections_file import Correction
from briefing_kit.desk.rows import place_of, said
from briefing_kit.schemas import ROW_KINDS


def contradicts(theirs: Correction, mine: Correction) -> bool:
    """Whether two corrections of the same words decide differently, so that the later one would undo the earlier."""
    if place_of(theirs) != place_of(mine):
        return False
    if theirs.action == mine.action == "set":
        return theirs.column == mine.column and theirs.value != mine.value
    if {theirs.action, mine.action} <= {"reject", "confirm"} and theirs.column == mine.column and theirs.value != mine.value:
        return False  # each names another of several rows at these words
    return theirs.action != mine.action or theirs.value != mine.value


def what(*corrections: Correction) -> str:
    """What corrections of one row say, without their ids."""
    done = ", ".join(said(line)["what"] for line in corrections)
    return f"{ROW_KINDS[corrections[0].table]} “{corrections[0].text}” {done}"


def told(*corrections: Correction) -> str:
    """What corrections of one row say, and their ids."""
    ids = ", ".join(line.correction_id for line in corrections)
    return f"{ids}: {what(*corrections)}"


def since(fresh: Sequence[Correction]) -> str:
    """The end of a refusal, where somebody else wrote meanwhile."""
    return f". Written by somebody else since you looked: {told(fresh[-1])}" if fresh else ""
