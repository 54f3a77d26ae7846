"""From tables and executed notebooks to what is shared: PDF, HTML, workbook, CSV and Parquet tables, changes.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from briefing_kit.briefing import Briefing
from briefing_kit.countries import country_name
from briefing_kit.marking import marked_name
from briefing_kit.weekly.executed import marked, to_text
from briefing_kit.weekly.inputs import versions
from briefing_kit.weekly.lean import lean_imports
from briefing_kit.weekly.plan import WeekPlan
from briefing_kit.weeks import Week
from briefing_kit.workbook import Workbook

with lean_imports():
    import nbformat

    from briefing_kit.answers import actor_mentions, numeric_claims, timeline
    from briefing_kit.comparison import changes
    from briefing_kit.report.appendix import codebook_chapter, evidence_chapter
    from briefing_kit.report.csvs import write_csv, write_parquet
    from briefing_kit.report.html import render_html
    from briefing_kit.report.meta import ReportMeta, spoken_date
    from briefing_kit.report.pdf import render_pdf
    from briefing_kit.report.workbook import write_workbook
    from briefing_kit.sources import graded_sources
    from briefing_kit.tables import Tables, codebook


def report_meta(
    workbook: Workbook, plan: WeekPlan, week: Week, briefings: Sequence[Briefing], marking: str, notes: Sequence[str] = ()
) -> ReportMeta:
    """What the report says about itself. `briefings` are those of the week itself."""
    settings = workbook.settings
    countries = sorted({b.country for b in briefings if b.country})
    commentary = workbook.commentary.get(plan.week)
    figures = {
        "Briefings": len(briefings),
        "Actor mentions": len(actor_mentions(week.this)),
        "Numeric claims": len(numeric_claims(week.this)),
        "Dated events": len(timeline(week.this)),
    }
    return ReportMeta(
        title=settings.title,
        series="; ".join(sorted({b.series for b in briefings if b.series})) or settings.series or "",
        country="; ".join(map(country_name, countries or [settings.country or ""])),
        week=plan.week,
        published=tuple(b.published_on for b in briefings if b.published_on),
        marking=marking,
        key_judgements=commentary.read_text(encoding="utf-8-sig") if commentary else None,
        key_figures=tuple((name, f"{number:,}") for name, number in figures.items()),
        version=versions()["briefing-kit"],
        documents=tuple(_citation(b) for b in briefings),
        notes=tuple(text for text in notes if text),
    )


def _citation(briefing: Briefing) -> str:
    day = spoken_date(briefing.published_on) if briefing.published_on else ""
    return ", ".join(part for part in (briefing.series, briefing.title or briefing.doc_id, day, briefing.path) if part)


def render_tables(folder: Path, plan: WeekPlan, week: Week, meta: ReportMeta, grades: Path | None) -> None:
    """Write what needs the tables only: workbook, CSV, Parquet, codebook, changes.json, each with its marking.

    CSV has no place for a marking that every reader would pass over, so the tables bear it in their names
    (`claims.TLP-AMBER.csv`); Parquet has it in its metadata too. `grades` is the file of graded sources.
    """
    sheets = dict(week.this.items()) | ({"sources": graded_sources(week.this, grades)} if grades else {})
    write_workbook(sheets, meta, folder / f"{plan.edition}.xlsx", codebook())
    tables = folder / "tables"
    tables.mkdir()
    for name, frame in week.this.items():
        write_csv(frame, tables / marked_name(name, ".csv", meta.marking))
        write_parquet(frame, tables / marked_name(name, ".parquet", meta.marking), meta.marking)
    write_csv(codebook(), tables / marked_name("codebook", ".csv", meta.marking))
    about = {"marking": meta.marking, "week": plan.week, "compared_with": list(week.weeks_before)}
    records = {**about, **changes(week.this, week.before).records()}
    (folder / "changes.json").write_text(json.dumps(records, indent=1, ensure_ascii=False, default=_plain) + "\n", encoding="utf-8")


def render_notebooks(
    folder: Path, plan: WeekPlan, notebooks: Sequence[Path], meta: ReportMeta, tables: Tables, briefings: Sequence[Briefing]
) -> list[str]:
    """Write the PDF and the HTML of the executed notebooks, and the marking into these; returns what the renderer had to remark.

    After the notebooks' chapters come the evidence (the week's `briefings`, the rows of `tables` marked in them) and the codebook.

    Raises:
        ReportError: something cannot be rendered.
    """
    reader: Any = nbformat
    chapters = [reader.read(path, as_version=4) for path in notebooks]
    appendices = (evidence_chapter(tables, briefings), codebook_chapter())
    pdf = render_pdf(chapters, meta, appendices=appendices)
    (folder / f"{plan.edition}.pdf").write_bytes(pdf.data)
    (folder / f"{plan.edition}.html").write_text(render_html(chapters, meta, appendices), encoding="utf-8")
    for path, chapter in zip(notebooks, chapters, strict=True):
        path.write_text(to_text(marked(chapter, meta.marking)), encoding="utf-8")
    return [f"pdf: {text}" for text in pdf.warnings]


def _plain(value: object) -> object:
    """A numpy or pandas scalar as JSON can hold it."""
    return value.item() if hasattr(value, "item") else str(value)
