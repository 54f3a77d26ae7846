"""What the bench's front end is told, and what it may ask for: plain dicts, without any widget.

A request has a number (`n`), a verb (`do`) and what the verb needs. Offsets travel as UTF-16 units, which is what JavaScript counts.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from briefing_kit.corrections import Correction
from briefing_kit.desk.rows import LINKED_COLUMN, Row, described_columns
from briefing_kit.desk.sitting import REFUSALS, ClashError, Desk
from briefing_kit.extract.claims import measure_key
from briefing_kit.schemas import ACTOR_TYPES

Request = Mapping[str, Any]
# What an added row starts from, for columns that it must have and the words cannot tell.
STARTS = {
    "dates": {"timex_type": "DATE", "granularity": "day", "resolved_by": "explicit", "ambiguous": "False"},
    "mentions": {"actor_type": "unknown"},
    "claims": {"kind": "exact", "unit_class": "people", "statistic": "count"}
    | {"source": "(author)", "source_kind": "author", "factuality": "asserted"},
    "events": {"event_type": "other", "granularity": "undated", "source": "(author)", "source_kind": "author"}
    | {"factuality": "asserted", "is_future": "False"},
    "attributions": {"source_kind": "unnamed", "cue_class": "neutral", "factuality": "reported"},
}


class Exchange:
    """A desk and the front end's picture of it: answers carry only the rows that changed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._verbs: dict[str, Callable[[Request], str]] = {
            "open": self._open,
            "look": lambda _ask: self._look(),
            "confirm": lambda ask: desk.confirm(ask["row"], _note(ask)),
            "reject": lambda ask: desk.reject(ask["row"], _note(ask)),
            "relabel": lambda ask: desk.relabel(ask["row"], _cells(ask), _note(ask)),
            "link": lambda ask: desk.link(ask["row"], str(ask["actor"]), _note(ask)),
            "add_row": self._add_row,
            "add_actor": self._add_actor,
            "merge_name": lambda ask: desk.merge_name(str(ask["name"]), str(ask["actor"])),
            "reject_name": lambda ask: desk.reject_name(str(ask["name"])),
            "undo": lambda _ask: desk.undo(),
        }
        self._turn()

    def page(self) -> bytes:
        """All that the front end needs to show the open briefing, as JSON."""
        desk, briefing = self.desk, self.desk.briefing
        at = self._units
        page = {
            "doc_id": desk.doc_id,
            "title": briefing.title or desk.doc_id,
            "about": [part for part in (briefing.series, briefing.marking) if part],
            "documents": [
                {"doc_id": one.doc_id, "label": " · ".join(part for part in (_day(one.published_on), one.title or one.doc_id) if part)}
                for one in desk.briefings.values()
            ],
            "text": briefing.text,
            "blocks": [[at.units(segment.start), at.units(segment.end), segment.role] for segment in briefing.segments],
            "columns": described_columns(),
            "starts": STARTS | {"claims": STARTS["claims"] | {"measure": measure_key(None, "people", briefing.country)}},
            "links": sorted(LINKED_COLUMN),
            "actor_types": [name for name in ACTOR_TYPES if name != "unknown"],
            "rows": list(self._rows.values()),
            "actors": self._actors,
            "undo": desk.undoable,
        }
        return json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

    def answer(self, ask: Request) -> dict[str, Any]:
        """Do what is asked for. The answer has `ok`, `said`, and what changed: rows, ids of rows that are gone, or a new page."""
        document = self.desk.doc_id
        answer: dict[str, Any] = {"n": ask.get("n"), "ok": False, "clash": False}
        verb = self._verbs.get(str(ask.get("do")))
        try:
            answer["said"] = verb(ask) if verb else f"no verb {ask.get('do')!r}"
            answer["ok"] = verb is not None
        except REFUSALS as error:
            answer |= {"said": str(error), "clash": isinstance(error, ClashError)}
        except OSError as error:
            answer["said"] = f"{Path(str(error.filename or 'the file')).name}: {error.strerror}; nothing was changed"
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            answer["said"] = f"this request cannot be read ({type(error).__name__}: {error}); reload the page"
        if self.desk.doc_id != document:
            self._turn()
            return answer | {"page": True}
        return answer | self._difference()

    def _difference(self) -> dict[str, Any]:
        if self.desk.tables is self._tables:  # the desk makes new ones at every change
            return {"rows": [], "gone": [], "undo": self.desk.undoable}
        before, actors = self._rows, self._actors
        self._take()
        changed = [row for row_id, row in self._rows.items() if before.get(row_id) != row]
        gone = [row_id for row_id in before if row_id not in self._rows]
        told = {"rows": changed, "gone": gone, "undo": self.desk.undoable}
        return told if actors == self._actors else told | {"actors": self._actors}

    def _turn(self) -> None:
        self._units = Units(self.desk.briefing.text)
        self._take()

    def _take(self) -> None:
        self._tables = self.desk.tables
        self._rows: dict[str, Row] = {row["id"]: self._units.of_row(row) for row in self.desk.rows()}
        self._actors = [list(pair) for pair in self.desk.actors()]

    def _open(self, ask: Request) -> str:
        self.desk.open(str(ask["doc_id"]))
        return f"opened {self.desk.doc_id}"

    def _look(self) -> str:
        fresh: list[Correction] = self.desk.look()
        if not fresh:
            return ""
        ids = ", ".join(line.correction_id for line in fresh)
        return f"{len(fresh)} correction{'s' * (len(fresh) > 1)} by somebody else since you last looked ({ids}), shown now"

    def _add_row(self, ask: Request) -> str:
        """At the words selected, or at those typed where they stand once in the text."""
        if "words" in ask:
            return self.desk.add_words(str(ask["table"]), str(ask["words"]), _cells(ask), _note(ask))
        start, end = self._units.points(int(ask["start"])), self._units.points(int(ask["end"]))
        return self.desk.add_row(str(ask["table"]), start, end, _cells(ask), _note(ask))

    def _add_actor(self, ask: Request) -> str:
        aliases = [alias.strip() for alias in str(ask.get("aliases", "")).split("|") if alias.strip()]
        return self.desk.add_actor(str(ask["name"]), str(ask["type"]), country=str(ask.get("country", "")), aliases=aliases)


class Units:
    """Offsets of a text in code points and in UTF-16 units, which differ behind every sign beyond the basic plane (emoji)."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [at for at, char in enumerate(text) if ord(char) > 0xFFFF]
        self._wide_units = list(map(sum, zip(self._wide, range(len(self._wide)), strict=True)))

    def units(self, points: int) -> int:
        """UTF-16 units before a code point."""
        return points + bisect_left(self._wide, points)

    def points(self, units: int) -> int:
        """Code points before a UTF-16 unit."""
        return units - bisect_left(self._wide_units, units)

    def of_row(self, row: Row) -> Row:
        """A row with its offsets in units."""
        if not self._wide:
            return row
        spans = {name: [self.units(point) for point in row[name]] for name in ("mark", "sentence")}
        return row | spans | {"start": self.units(row["start"]), "end": self.units(row["end"])}


def _cells(ask: Request) -> dict[str, str]:
    return {str(name): str(value).strip() for name, value in ask["cells"].items()}


def _note(ask: Request) -> str:
    return " ".join(str(ask.get("note", "")).split())


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
