"""`%load_ext briefing_kit`: a pasted text, one actor or one measure, looked at from a notebook cell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.core.error import UsageError
from IPython.core.magic import Magics, cell_magic, line_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring
from IPython.display import display

from briefing_kit.analysis import analyse
from briefing_kit.answers import actor_mentions, numeric_claims, standing, timeline
from briefing_kit.briefing import Briefing
from briefing_kit.corrections import load_corrections
from briefing_kit.gazetteer import load_gazetteer
from briefing_kit.lookup import LookupFailedError, actor_names, find_named, measure_names
from briefing_kit.measures import measure_label
from briefing_kit.reading import ReadingError
from briefing_kit.series import number_history
from briefing_kit.tables import Tables
from briefing_kit.view.charts import plot_actor_weeks, plot_number_history
from briefing_kit.view.display import show_figure, show_table
from briefing_kit.view.evidence import show
from briefing_kit.view.marked import show_note
from briefing_kit.weeks import load_week
from briefing_kit.workbook import find_workbook, load_workbook

_ALL_WEEKS = 520
_TABLES = re.compile(r"(?:^|\s)--tables[ =]+(?P<name>\S+)")
_TOP = 12  # rows shown of each table of an actor
_CLAIMS = {"text": "Claim", "value": "Value", "low": "Low", "high": "High", "source": "Source", "factuality": "Firmness"}
_EVENTS = {"edtf": "Date", "headline": "What happened", "event_type": "Type", "source": "Source", "factuality": "Firmness"}
_MENTIONS = {"text": "As written", "actor": "Actor", "actor_type": "Type", "mention_kind": "Kind"}


@magics_class
class BriefingMagics(Magics):  # type: ignore[misc]
    """The magics, and the tables of the workbook that `%actor` and `%measure` look into."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        self._seen: tuple[tuple[str, int, int], ...] = ()
        self._tables: Tables | None = None

    @magic_arguments()
    @argument("date", nargs="?", default=None, help="Day of publication, such as 2019-10-16; without it dates stay without a year.")
    @argument("--name", default="tables", help="The variable that the tables are put into (default: tables).")
    @cell_magic
    def briefing(self, line: str, cell: str) -> None:
        """Parse the text of the cell: the text with every row marked, then actors, claims and timeline.

        `%%briefing 2019-10-16` in the first line, the text below it.
        """
        asked = parse_argstring(self.briefing, line)
        if not asked.name.isidentifier():
            raise UsageError(f"--name {asked.name}: not a name that Python can use")
        book = load_workbook(find_workbook())
        try:
            tables = analyse(
                cell,
                document_date=asked.date,
                gazetteer=load_gazetteer(book.actors),
                corrections=load_corrections(book.corrections) if book.corrections else (),
                day_first=book.settings.date_order == "dmy",
            )
        except (ReadingError, ValueError) as error:
            raise UsageError(str(error)) from None
        self.shell.user_ns[asked.name] = tables
        doc_id = tables.documents["doc_id"].iloc[0]
        display(show(Briefing(doc_id=doc_id, text=cell), tables))
        for frame, what, columns in (
            (actor_mentions(tables), "Mentions of actors", _MENTIONS),
            (numeric_claims(tables), "Numeric claims", _CLAIMS),
            (timeline(tables), "Dated events", _EVENTS),
        ):
            _table(frame, what, columns, limit=len(frame))

    @line_magic
    def actor(self, line: str) -> None:
        """Everything on one actor: `%actor Haftar`, by name, another spelling or id.

        `%actor Haftar --tables data.this` looks into these tables instead of all briefings of the workbook.
        """
        typed, tables = self._asked(line)
        actor_id = self._find(typed, actor_names(tables), "actor")
        mentions = actor_mentions(tables)
        mine = mentions[mentions["actor_id"] == actor_id]
        spellings = ", ".join(mine["text"].value_counts().index[:8])
        n_texts = mine["doc_id"].nunique()
        display(
            show_note(
                f"{mine['actor'].iloc[0]} ({actor_id}, {mine['actor_type'].iloc[0]}): {len(mine)} mentions in {n_texts} "
                f"briefing{'s' * (n_texts != 1)}, written {spellings}."
            )
        )
        weeks = sorted(tables.documents["week"].dropna().unique())[-12:]
        seen = mine["week"].isin(weeks)
        if seen.any():
            told = f"Mentions of {mine['actor'].iloc[0]} per week: {int(seen.sum())} in {len(weeks)} weeks."
            chart = plot_actor_weeks(Tables(**{**dict(tables.items()), "mentions": mine}), weeks)
            display(show_figure(chart, caption=told, alt=told))
        prose = tables.sentences[tables.sentences["role"] != "heading"]
        sentences = prose[prose["sentence_id"].isin(mine["sentence_id"])].sort_values(
            ["published_on", "doc_id", "start"], ascending=[False, True, True], kind="stable"
        )
        _table(sentences, "Sentences that name it, newest first", {"published_on": "Published", "text": "Sentence", "modality": "Modality"})
        claims = numeric_claims(tables)
        _table(claims[(claims["actor_id"] == actor_id) | (claims["source_id"] == actor_id)], "Figures about it or from it", _CLAIMS)
        events = timeline(tables)
        _table(events[[actor_id in cell.split("; ") for cell in events["actors"].fillna("")]], "Dated events that name it", _EVENTS)

    @line_magic
    def measure(self, line: str) -> None:
        """One figure over time, by key or words of it: `%measure islamic-state:fighters:LBY`; `%measure` alone lists what there is.

        `%measure fighters --tables data.this` looks into these tables instead of all briefings of the workbook.
        """
        typed, tables = self._asked(line)
        claims = standing(tables.claims)
        if not typed:
            counts = claims["measure"].value_counts().rename_axis("measure").reset_index(name="figures")
            display(show_table(counts, caption=f"{len(counts)} measures.", columns={"measure": "Measure", "figures": "Figures"}))
            return
        measure = self._find(typed, measure_names(tables), "measure")
        n_figures = int((claims["measure"] == measure).sum())
        told = f"{measure_label(measure)}: {n_figures} figure{'s' * (n_figures != 1)}."
        display(show_figure(plot_number_history(tables, measure), caption=told, alt=told))
        history = number_history(tables)
        columns = {"day": "As of", "text": "Claim", "source": "Source", "change": "Change", "percent": "Per cent"}
        display(show_table(history[history["measure"] == measure], caption=told, columns=columns))

    def tables_of_workbook(self) -> Tables:
        """The tables of all briefings of the workbook around, analysed again when a file of its data/ has changed."""
        seen = _fingerprint(find_workbook() / "data")
        if self._tables is None or seen != self._seen:
            self._tables, self._seen = load_week(weeks_before=_ALL_WEEKS).all, seen
        return self._tables

    def complete(self, event: Any, names: Any) -> list[str]:
        """Keys that begin with what is typed after the magic; IPython cuts words at colons, so only the rest is given."""
        typed = event.text_until_cursor.split(maxsplit=1)[1] if len(event.text_until_cursor.split()) > 1 else ""
        if typed.startswith("-") or " " in typed.strip():
            return []
        done = len(typed) - len(event.symbol)
        return [key[done:] for key in names(self.tables_of_workbook()) if key.startswith(typed)]

    def _asked(self, line: str) -> tuple[str, Tables]:
        """What was typed, and the tables to look into (not argparse's work: keys of measures begin with a hyphen)."""
        found = _TABLES.search(line)
        typed = " ".join(_TABLES.sub(" ", line).split())
        try:
            return typed, self._named_tables(found["name"]) if found else self.tables_of_workbook()
        except ValueError as error:
            raise UsageError(str(error)) from None

    def _named_tables(self, name: str) -> Tables:
        value: Any = self.shell.user_ns.get(name.split(".")[0])
        for part in name.split(".")[1:]:
            value = getattr(value, part, None)
        if not isinstance(value, Tables):
            raise UsageError(f"--tables {name}: no variable with tables goes by that name; bk.analyse makes them")
        return value

    @staticmethod
    def _find(typed: str, names: dict[str, set[str]], what: str) -> str:
        try:
            return find_named(typed, names, what)
        except LookupFailedError as error:
            raise UsageError(str(error)) from None


def load(shell: Any) -> None:
    """Make the magics known to an IPython shell, with completion of actors and measures."""
    magics = BriefingMagics(shell)
    shell.register_magics(magics)
    for name, names in (("%actor", actor_names), ("%measure", measure_names)):
        shell.set_hook("complete_command", lambda _, event, names=names: magics.complete(event, names), str_key=name)


def _table(frame: pd.DataFrame, what: str, columns: dict[str, str], limit: int = _TOP) -> None:
    cut = f"{limit} of " if len(frame) > limit else ""
    caption = f"{what}: {cut}{len(frame)}."
    display(show_table(frame.head(limit), caption=caption, columns=columns) if len(frame) else show_note(f"{what}: none."))


def _fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((path.as_posix(), stat.st_size, stat.st_mtime_ns) for path in files for stat in [path.stat()])
