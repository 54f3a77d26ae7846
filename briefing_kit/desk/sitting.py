"""One analyst's sitting over briefings: what is shown, decisions as lines of the workbook's files, and taking them back.

Nothing here knows of widgets: the front end calls these methods, and so may a script.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from briefing_kit.actor_lines import COLUMNS as ACTOR_COLUMNS
from briefing_kit.actor_lines import GazetteerError, read_actors
from briefing_kit.actors_file import add_actor, merge_actors, reject_actor
from briefing_kit.analysis import analyse
from briefing_kit.answers import find_row
from briefing_kit.briefing import Briefing
from briefing_kit.correcting import new_row, new_row_at, numbered, row_correction
from briefing_kit.corrections import Correction, CorrectionError, apply_corrections, load_corrections
from briefing_kit.corrections_file import COLUMNS as CORRECTION_COLUMNS
from briefing_kit.corrections_file import pairs
from briefing_kit.csv_lines import FileBusyError, alone_in, read_csv_lines
from briefing_kit.desk.decisions import contradicts, since, told, what
from briefing_kit.desk.ledger import LedgerError, Line, recorded, take_back, write_corrections
from briefing_kit.desk.parts import with_offsets
from briefing_kit.desk.rows import LINKED_COLUMN, Row, document_rows
from briefing_kit.gazetteer import Gazetteer, load_gazetteer, slug
from briefing_kit.naming import did_you_mean
from briefing_kit.refusals import RefusalError
from briefing_kit.tables import Tables

Result = TypeVar("Result")
_DONE = {"reject": "rejected", "confirm": "confirmed"}


class DeskError(RefusalError):
    """What was asked for cannot be done; the message says why and what would mend it."""


class ClashError(DeskError):
    """Somebody else decided differently on the same row since it was shown; nothing was written."""


@dataclass(frozen=True, slots=True)
class _Files:
    """The two files as they were last read."""

    actors: bytes
    gazetteer: Gazetteer
    own: tuple[tuple[str, str], ...]  # id and name of the analyst's own actors
    corrections: tuple[Correction, ...]


@dataclass(slots=True)
class _Step:
    """One action: what it did, in which file, and the lines that it wrote."""

    told: str
    path: Path
    lines: list[Line] = field(default_factory=list)


class Desk:
    """Briefings on an analyst's desk, one of them open.

    Every decision is written at once to `corrections.csv` or `actors.csv`: the file is read again under a lock, the change is
    tried on a copy, the open briefing is analysed with it, and only then the file is replaced. What others wrote meanwhile stays;
    where they decided differently on the same row, nothing is written and ClashError tells what they decided.

    Args:
        briefings: those to read, oldest first; the last one is opened.
        data: the workbook's data folder, which holds the two files; either may be missing.
        day_first: how to read 10/11/2019; True is 10 November.

    Raises:
        DeskError: there is no briefing.
        CorrectionError, GazetteerError: a file cannot be used as it is.
    """

    def __init__(self, briefings: Iterable[Briefing], data: Path, *, day_first: bool = True) -> None:
        self.briefings = {briefing.doc_id: briefing for briefing in briefings}
        if not self.briefings:
            raise DeskError("no briefing to read: put one into data/briefings, or pass one")
        self.doc_id = list(self.briefings)[-1]
        self._corrections, self._actors = data / "corrections.csv", data / "actors.csv"
        self._day_first = day_first
        self._plain: dict[str, tuple[Gazetteer, Tables]] = {}  # without corrections: those are applied anew at every change
        self._steps: list[_Step] = []
        self._files = self._read()
        self.tables = self._corrected(self._files)

    @property
    def briefing(self) -> Briefing:
        """The one that is open."""
        return self.briefings[self.doc_id]

    @property
    def undoable(self) -> str:
        """What undo would take back; empty where this sitting has nothing left to undo."""
        return self._steps[-1].told if self._steps else ""

    def rows(self) -> list[Row]:
        """The rows of the open briefing (see `document_rows`)."""
        return document_rows(self.tables, self.doc_id, self._files.corrections)

    def actors(self) -> list[tuple[str, str]]:
        """Id and name of the actors of the open briefing and of the analyst's own, by name: suggestions for a link."""
        mentions = self.tables.mentions
        known = dict(self._files.own) | dict(zip(mentions["actor_id"], mentions["actor"], strict=True))
        return sorted(known.items(), key=lambda item: (item[1].casefold(), item[0]))

    def open(self, doc_id: str) -> None:
        """Open another briefing.

        Raises:
            DeskError: there is none of that name.
        """
        if doc_id not in self.briefings:
            near = did_you_mean(doc_id, self.briefings)
            raise DeskError(f"no briefing {doc_id!r}: " + (f"did you mean {near!r}?" if near else f"there is {', '.join(self.briefings)}"))
        before, self.doc_id = self.doc_id, doc_id
        try:
            self.tables = self._corrected(self._files)
        except CorrectionError:
            self.doc_id = before
            raise

    def look(self) -> list[Correction]:
        """Read the files again, show what they say now, and return the corrections of the open briefing that others wrote since."""
        known = set(self._files.corrections)
        files = self._read()
        if files != self._files:
            self.tables, self._files = self._corrected(files), files
        return [line for line in files.corrections if line.doc_id == self.doc_id and line not in known]

    def confirm(self, row_id: str, note: str = "") -> str:
        """Say that a row is right. This and all other decisions return a sentence that says what was written."""
        return self._decide(row_id, "confirm", note)

    def reject(self, row_id: str, note: str = "") -> str:
        """Say that a row is wrong."""
        return self._decide(row_id, "reject", note)

    def relabel(self, row_id: str, cells: Mapping[str, str], note: str = "") -> str:
        """Set columns of a row. An exact figure's new value is its new lower and upper bound too.

        Raises:
            DeskError: no column is given.
            ClashError, CorrectionError: see the class.
        """
        if not cells:
            raise DeskError("choose a column to set")

        def lines() -> list[Correction]:
            _, row = find_row(self.tables, row_id)
            given = dict(cells)
            if row.get("kind") == "exact" and given.get("value") and not {"low", "high", "kind"} & given.keys():
                given |= {"low": given["value"], "high": given["value"]}
            return [row_correction(self.tables, row_id, "set", column=name, value=value, note=note) for name, value in given.items()]

        return self._correct(lines)

    def link(self, row_id: str, actor: str, note: str = "") -> str:
        """Link one row to an actor, given by id or any name; an event gets it as a further actor.

        Raises:
            DeskError: no such actor, or rows of this table have none.
            ClashError, CorrectionError: see the class.
        """

        def lines() -> list[Correction]:
            table, row = find_row(self.tables, row_id)
            if table not in LINKED_COLUMN:
                raise DeskError(f"a row of {table} has no actor: choose a mention, claim, event or source")
            actor_id = self._actor_id(actor)
            column = LINKED_COLUMN[table]
            if table == "events":
                there = row["actors"].split("; ") if isinstance(row["actors"], str) else []
                actor_id = "; ".join(dict.fromkeys([*there, actor_id]))
            if row[column] == actor_id:
                raise DeskError(f"this row is linked to {actor_id} already")
            return [row_correction(self.tables, row_id, "set", column=column, value=actor_id, note=note)]

        return self._correct(lines)

    def add_row(self, table: str, start: int, end: int, cells: Mapping[str, str], note: str = "") -> str:
        """Add a row at text[start:end] of the open briefing (code points); `cells` are its further columns.

        Raises:
            ClashError, CorrectionError: see the class.
        """
        filled = _filled(cells)
        if table == "attributions":
            filled = with_offsets(self.briefing.text, start, end, filled)
        return self._correct(lambda: [new_row_at(self.tables, table, self.doc_id, start, end, filled, note=note)])

    def add_words(self, table: str, words: str, cells: Mapping[str, str], note: str = "") -> str:
        """Add a row at words that stand once in the open briefing."""
        return self._correct(lambda: [new_row(self.tables, table, self.doc_id, words, _filled(cells), note=note)])

    def add_actor(self, name: str, actor_type: str, *, country: str = "", parent: str = "", aliases: Iterable[str] = ()) -> str:
        """Put an actor on file (see `actors_file.add_actor`)."""
        return self._change_actors(lambda path: add_actor(path, name, actor_type, country=country, parent=parent, aliases=aliases))

    def merge_name(self, name: str, actor: str) -> str:
        """Count a name, wherever it stands, as an actor's on file (see `actors_file.merge_actors`)."""
        return self._change_actors(lambda path: merge_actors(path, name, actor))

    def reject_name(self, name: str) -> str:
        """Never find a name again (see `actors_file.reject_actor`)."""
        return self._change_actors(lambda path: reject_actor(path, name))

    def undo(self) -> str:
        """Take back the last action of this sitting: exactly the lines that it wrote.

        Raises:
            DeskError: there is nothing to undo.
            LedgerError: the lines were changed since.
            CorrectionError: another line rests on them.
        """
        if not self._steps:
            raise DeskError("nothing to undo: this sitting has written nothing yet")
        step = self._steps[-1]
        with alone_in(step.path.parent):
            self._changed(step.path, lambda copy: take_back(copy, step.lines))
        self._steps.pop()
        return f"undone: {step.told}"

    def _decide(self, row_id: str, action: str, note: str) -> str:
        def lines() -> list[Correction]:
            _, row = find_row(self.tables, row_id)
            if row["status"] == _DONE[action]:
                raise DeskError(f"this row is {_DONE[action]} already ({row['correction_id']})")
            return [row_correction(self.tables, row_id, action, note=note)]

        return self._correct(lines)

    def _correct(self, lines: Callable[[], list[Correction]]) -> str:
        """Write the corrections that `lines` makes from the tables as they are once the files were read again."""
        with alone_in(self._corrections.parent):
            fresh = self.look()
            try:
                wanted = lines()
            except (KeyError, CorrectionError) as error:
                raise DeskError(str(error.args[0]) + since(fresh)) from None
            except DeskError as error:
                raise DeskError(f"{error}{since(fresh)}") from None
            for mine in wanted:
                theirs = next((line for line in fresh if contradicts(line, mine)), None)
                if theirs is not None:
                    both = f"{told(theirs)}; you: {what(mine)}"
                    raise ClashError(
                        f"written by somebody else since you looked: {both}. Nothing was written; decide again if yours is to stand"
                    )
            made = numbered(self._files.corrections, wanted)
            written = self._changed(self._corrections, lambda copy: write_corrections(copy, made))
        step = _Step(told(*made), self._corrections, written)
        self._steps.append(step)
        return f"{step.told} (data/{self._corrections.name})"

    def _change_actors(self, change: Callable[[Path], str]) -> str:
        with alone_in(self._actors.parent):
            self.look()
            done, written = self._changed(self._actors, lambda copy: recorded(copy, ACTOR_COLUMNS, lambda: change(copy)))
        if written:
            self._steps.append(_Step(done, self._actors, written))
        return f"data/{done}"

    def _changed(self, path: Path, change: Callable[[Path], Result]) -> Result:
        """Try a change on a copy of a file, analyse with it, and put it in the file's place where that went well."""
        with TemporaryDirectory() as scratch:
            copy = Path(scratch) / path.name
            if path.is_file():
                shutil.copyfile(path, copy)
            result = change(copy)
            files = self._read(**{path.stem: copy})
            tables = self._corrected(files)
            self._refuse_orphans(files)
            columns = CORRECTION_COLUMNS if path == self._corrections else ACTOR_COLUMNS
            try:
                read_csv_lines(copy, columns).write(path)
            except OSError as error:
                mend = "close it in other programs, and see that this user may write there"
                raise DeskError(f"data/{path.name}: cannot be written ({error.strerror}): {mend}") from None
        self._files, self.tables = files, tables
        return result

    def _read(self, corrections: Path | None = None, actors: Path | None = None) -> _Files:
        actors = actors or self._actors
        content = actors.read_bytes() if actors.is_file() else b""
        kept = getattr(self, "_files", None)
        gazetteer = kept.gazetteer if kept is not None and kept.actors == content else load_gazetteer(actors if content else None)
        lines = read_actors(actors) if content else []
        own = tuple((row["id"] or slug(row["name"]), row["name"]) for _, row in lines if row["status"] in ("", "active"))
        return _Files(content, gazetteer, own, tuple(load_corrections(corrections or self._corrections)))

    def _corrected(self, files: _Files) -> Tables:
        """The tables of the open briefing as a run with these files gives them."""
        gazetteer, plain = self._plain.get(self.doc_id, (None, None))
        if plain is None or gazetteer is not files.gazetteer:
            plain = analyse(self.briefing, gazetteer=files.gazetteer, day_first=self._day_first)
            self._plain[self.doc_id] = (files.gazetteer, plain)
        mine = [line for line in files.corrections if line.doc_id == self.doc_id]
        return apply_corrections(plain, mine, files.gazetteer) if mine else plain

    def _refuse_orphans(self, files: _Files) -> None:
        """Refuse a change of actors.csv that leaves a correction of any briefing without the actor that it names."""
        gone = self._files.gazetteer.actors.keys() - files.gazetteer.actors.keys()
        for line in files.corrections:
            named = line.value if line.action == "set" and line.column == "actor_id" else ""
            named = pairs(line.value).get("actor_id", "") if line.action == "add" else named
            if line.table == "mentions" and named in gone:
                raise DeskError(f"{line.correction_id} in corrections.csv links {line.text!r} to {named}: take that line back first")

    def _actor_id(self, word: str) -> str:
        word = " ".join(word.split())
        actors = self._files.gazetteer.actors
        mentions = self.tables.mentions
        here = {str(name).casefold(): actor_id for name, actor_id in zip(mentions["actor"], mentions["actor_id"], strict=True)}
        found = self._files.gazetteer.find(word) if word else None
        if word in actors or word in set(mentions["actor_id"]):
            return word
        if found is not None:
            return found.actor.id
        if word.casefold() in here:
            return str(here[word.casefold()])
        near = did_you_mean(slug(word), actors) if word else None
        raise DeskError(f"no actor {word!r} on file: " + (f"did you mean {near!r}?" if near else "add it first"))


def _filled(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in cells.items() if cell}


REFUSALS = (DeskError, LedgerError, CorrectionError, GazetteerError, FileBusyError)
