"""Changes to the analyst's `actors.csv`, one line at a time: add an actor, merge one into another, reject a name.

Order, comments, blank lines and line endings of the file stay as they are. Every function says in one sentence what it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing_kit.countries import country_code
from briefing_kit.csv_lines import CsvLines, read_csv_lines
from briefing_kit.gazetteer import ACTOR_TYPES, COLUMNS, Gazetteer, GazetteerError, bare, load_gazetteer, slug
from briefing_kit.lexicon import words
from briefing_kit.naming import did_you_mean

_NAMING = ("name", "alias", "acronym")  # a demonym or a capital may be the name of another actor too


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """An actor on file: `line` is its line in actors.csv, None for one that is built in."""

    id: str
    name: str
    line: int | None = None
    status: str = "active"
    merged_into: str = ""


def add_actor(
    path: Path, name: str, actor_type: str, *, actor_id: str = "", country: str = "", parent: str = "", aliases: Iterable[str] = ()
) -> str:
    """Add an actor; a name that was rejected becomes active again in its own line.

    Args:
        path: the file; it is made where it is missing.
        name: the canonical name.
        actor_type: one of the actor types of the codebook.
        actor_id: its id; the slug of the name by default. The id of a built-in actor describes that one anew.
        country: ISO 3166 alpha-3 code, or a name that has one.
        parent: id or name of the actor it is part of.
        aliases: further names.

    Raises:
        GazetteerError: a value that will not do, or a name that is another actor's already.
    """
    book = _Book(path)
    name = _clean(name, "NAME")
    others = [alias for alias in dict.fromkeys(_clean(alias, "--alias") for alias in aliases) if alias != name]
    if actor_type not in ACTOR_TYPES:
        near = did_you_mean(actor_type, ACTOR_TYPES)
        raise GazetteerError(
            f"--type: no type {actor_type!r}: " + (f"did you mean {near!r}?" if near else f"there is {', '.join(ACTOR_TYPES)}")
        )
    if actor_id and actor_id != slug(actor_id):
        raise GazetteerError(f"--id: {actor_id!r} has other signs than small letters, digits and hyphens: {slug(actor_id)!r} would do")
    code = country_code(country) if country else ""
    if code is None:
        raise GazetteerError(f"--country: {country!r} is no country known here: write an ISO 3166 code of three capitals such as LBY")
    actor_id = actor_id or slug(name)
    cells = {"id": actor_id, "name": name, "type": actor_type, "country": code, "parent": "", "aliases": "|".join(others)}
    cells |= {"status": "active", "merged_into": ""}
    if any(bare(form)[:1].islower() for form in (name, *others)):
        cells["case_sensitive"] = "no"  # only so are names looked for among words in small letters
    if parent:
        cells["parent"] = book.final(book.need(parent, "--parent")).id
    there = book.own_id(actor_id)
    if there is not None and there.status != "rejected":
        state = f"merged into {there.merged_into!r}" if there.status == "merged" else "there"
        raise GazetteerError(f"{path.name} line {there.line}: {actor_id!r} is {state} already: edit that line, or give another --id")
    moved = [note for form in (name, *others) if (note := book.clash(form, actor_id, canonical=form == name))]
    line = book.write(cells, there)
    return f"{book.label(line)}: added {name} ({actor_id}), {actor_type}" + "".join(moved)


def merge_actors(path: Path, source: str, target: str) -> str:
    """Count every name of one actor as another's from now on; its line stays, marked `merged`.

    Args:
        path: the file; it is made where it is missing.
        source: id or name of the actor that goes; a name that no list knows will do.
        target: id or name of the actor that stays.

    Raises:
        GazetteerError: the target is not on file, or both are one actor already.
    """
    book = _Book(path)
    source, target = _clean(source, "FROM"), _clean(target, "INTO")
    into = book.final(book.need(target, "INTO"))
    if into.status == "rejected":
        raise GazetteerError(f"INTO: {path.name} line {into.line} rejects {into.name!r}: add it first")
    gone = book.find(source)
    if gone is None:
        if source == slug(source):
            raise GazetteerError(f"FROM: no actor {source!r} on file: give the name as it stands in the texts")
        line = book.write({"id": book.free_id(source), "name": source, "status": "merged", "merged_into": into.id}, None)
        return f"{book.label(line)}: {source} is counted as {into.name} ({into.id})"
    if book.final(gone).id == into.id:
        raise GazetteerError(f"FROM: {source!r} and {target!r} are one actor already: {into.id}")
    cells = {"status": "merged", "merged_into": into.id}
    if gone.line is None:
        actor = book.gazetteer.actors[gone.id]
        cells |= {"id": actor.id, "name": actor.name, "type": actor.type, "country": actor.country or ""}
    line = book.write(cells, gone)
    return f"{book.label(line)}: {gone.name} ({gone.id}) is counted as {into.name} ({into.id})"


def reject_actor(path: Path, name: str) -> str:
    """Never find a name again; an actor of the file goes with all its names.

    Raises:
        GazetteerError: other actors are merged into the one to be rejected.
    """
    book = _Book(path)
    name = _clean(name, "NAME")
    there = book.own_named(name)
    if there is None:
        line = book.write({"id": book.free_id(name), "name": name, "status": "rejected"}, None)
        entry = book.gazetteer.find(name)
        rest = f"; other names of {entry.actor.id} are still found" if entry is not None and entry.kind in _NAMING else ""
        return f"{book.label(line)}: {name} is no actor{rest}"
    if there.status == "rejected":
        return f"{book.label(there.line)}: {there.name} is rejected already; nothing was changed"
    guests = [row for row in book.own if row.status == "merged" and book.next(row).id == there.id]
    if guests:
        raise GazetteerError(f"{path.name} line {guests[0].line}: {guests[0].name!r} is merged into {there.name!r}: reject that one first")
    line = book.write({"status": "rejected", "merged_into": ""}, there)
    forms = ", ".join(book.forms[line])
    return f"{book.label(line)}: no actor any more: {forms}"


class _Book:
    """The file as it is, and what is known with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.gazetteer: Gazetteer = load_gazetteer(path if path.is_file() else None)
        self.lines: CsvLines = read_csv_lines(path, COLUMNS)
        self.own: list[_Known] = []
        self.forms: dict[int, tuple[str, ...]] = {}
        for line, cells in self.lines.records():
            row = dict.fromkeys(COLUMNS, "") | cells
            if not row["name"]:
                continue
            status = row["status"] or "active"
            known = _Known(id=row["id"] or slug(row["name"]), name=row["name"], line=line, status=status, merged_into=row["merged_into"])
            self.own.append(known)
            self.forms[line] = (row["name"], *words(row["aliases"].replace(";", "|")))

    def own_id(self, actor_id: str) -> _Known | None:
        """The line with this id."""
        return next((row for row in self.own if row.id == actor_id), None)

    def own_named(self, name: str) -> _Known | None:
        """The line with this id or canonical name."""
        return self.own_id(name) or next((row for row in self.own if bare(row.name) == bare(name)), None)

    def find(self, word: str) -> _Known | None:
        """The actor with this id or any name; lines of the file before what is built in."""
        known = self.own_named(word) or next((row for row in self.own if row.status != "rejected" and self._has(row, word)), None)
        if known is not None:
            return known
        entry = self.gazetteer.find(word)
        actor = self.gazetteer.actors.get(word) or (entry.actor if entry is not None and entry.kind in _NAMING else None)
        return None if actor is None else self.own_id(actor.id) or _Known(id=actor.id, name=actor.name)

    def need(self, word: str, field: str) -> _Known:
        """The actor with this id or any name.

        Raises:
            GazetteerError: there is none.
        """
        known = self.find(word)
        if known is None:
            names = {row.id for row in self.own} | {row.name for row in self.own} | self.gazetteer.actors.keys()
            near = did_you_mean(word, sorted(names)) or did_you_mean(slug(word), sorted(names))
            mend = f"did you mean {near!r}?" if near else "briefing-kit actors add puts it on file"
            raise GazetteerError(f"{field}: no actor {word!r} on file: {mend}")
        return known

    def final(self, known: _Known) -> _Known:
        """The actor that stays after all merges."""
        for _ in self.own:
            if known.status != "merged":
                break
            known = self.next(known)
        return known

    def next(self, known: _Known) -> _Known:
        """The actor that a merged one was merged into, which a line may name by id or by name."""
        return self.find(known.merged_into) or _Known(id=known.merged_into, name=known.merged_into)

    def clash(self, form: str, actor_id: str, *, canonical: bool) -> str:
        """A note where a name of a built-in actor is taken over, else nothing.

        Raises:
            GazetteerError: another line has the name, or it is the canonical name of the new actor and a built-in one's already.
        """
        for row in self.own:
            if row.id != actor_id and self._has(row, form):
                verb = "rejects" if row.status == "rejected" else f"has {row.id!r} with"
                raise GazetteerError(f"{self.path.name} line {row.line} {verb} the name {form!r}: take it out there first")
        entry = self.gazetteer.find(form)
        if entry is None or entry.actor.id == actor_id or entry.kind not in _NAMING:
            return ""
        other = entry.actor
        if canonical:
            raise GazetteerError(
                f"NAME: {form!r} is a name of {other.id} ({other.name}) already: give --id {other.id} to describe that one anew, "
                "or the full name with this one as --alias"
            )
        return f"; {form} no longer means {other.name}"

    def free_id(self, name: str) -> str:
        """The slug of a name, numbered where another line has it."""
        taken = {row.id for row in self.own}
        wanted = [slug(name), *(f"{slug(name)}-{number}" for number in range(2, len(taken) + 3))]
        return next(actor_id for actor_id in wanted if actor_id not in taken)

    def write(self, cells: Mapping[str, str], there: _Known | None) -> int:
        """Write one line, in the place of `there` or at the end; returns its number.

        Raises:
            GazetteerError: the file lacks a column or cannot be written.
        """
        lacking = [column for column, cell in cells.items() if cell and column not in self.lines.columns]
        if lacking:
            raise GazetteerError(f"{self.path.name}: column {lacking[0]!r} is missing: add it to the header line")
        if there is None or there.line is None:
            changed = self.lines.appended(cells)
            line = len(changed.lines)
        else:
            changed = self.lines.replaced(there.line, cells)
            line = there.line
        try:
            changed.write(self.path)
        except OSError as error:
            mend = "close it in other programs, and see that this user may write there"
            raise GazetteerError(f"{self.path.name}: cannot be written ({error.strerror}): {mend}") from None
        return line

    def label(self, line: int | None) -> str:
        """The line as messages name it."""
        return f"{self.path.name} line {line}"

    def _has(self, row: _Known, form: str) -> bool:
        return row.line is not None and bare(form) in {bare(name) for name in self.forms[row.line]}


def _clean(name: str, field: str) -> str:
    """A name on one line, which neither this file's readers nor a spreadsheet would take for something else."""
    name = " ".join(name.split())
    if not any(char.isalnum() for char in name):
        raise GazetteerError(f"{field}: {name!r} is no name: write it as it stands in the texts")
    if name[0] in "=+-@#" or any(sign in name for sign in "|;"):
        raise GazetteerError(f"{field}: {name!r}: a name begins with none of = + - @ # and holds no | or ;")
    return name
