"""What a product rests on: the briefings as BibTeX, or as a plain list with the sources that they cite."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from briefing_kit.countries import country_name
from briefing_kit.exports.rows import About, Exported, Row, counted, rows
from briefing_kit.report.meta import spoken_date
from briefing_kit.report.text import printable

if TYPE_CHECKING:
    from briefing_kit.tables import Tables

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SIGNS = re.compile(r"[\\{}$&#%_~^]")
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def bibtex(tables: Tables, about: About) -> Exported:
    """One @misc entry per briefing; text between entries is no entry, so the marking stands above them and in each note."""
    entries = [_entry(row) for row in rows(tables.documents)]
    head = [f"{about.marking}\n"] if about.marking else []
    return Exported("\n".join([*head, *entries]))


def _entry(row: Row) -> str:
    day = row["published_on"]
    fields = {
        "title": f"{{{_tex(row['title'] or row['doc_id'])}}}",
        "howpublished": _tex(row["series"] or ""),
        "date": day.isoformat() if day else "",
        "year": f"{day.year:04}" if day else "",
        "language": _tex(row["language"] or ""),
        "note": "; ".join(_tex(part) for part in (row["marking"], row["path"], f"SHA-256 {row['sha256']}") if part),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    month = [f"  month = {_MONTHS[day.month - 1]},"] if day else []
    return "\n".join([f"@misc{{{row['doc_id']},", *lines, *month, "}\n"])


def _tex(text: str) -> str:
    return _SIGNS.sub(lambda found: _TEX[found[0]], " ".join(printable(text).split()))


def sources(tables: Tables, about: About) -> Exported:
    """The briefings, numbered, each with its own marking and hash, then who is cited in them and how often."""
    lines = [about.marking] if about.marking else []
    lines += [_line(about.title), "", "Briefings"]
    lines += [f"{at}. {_citation(row)}" for at, row in enumerate(rows(tables.documents), 1)] or ["none"]
    cited = _cited(tables)
    lines += ["", "Sources that they cite"]
    lines += [f"{at}. {_line(source)} ({kind}): {counted(n, 'statement')}" for at, (source, kind, n) in enumerate(cited, 1)] or ["none"]
    return Exported("\n".join([*lines, *([about.marking] if about.marking else [])]) + "\n")


def _citation(row: Row) -> str:
    day = spoken_date(row["published_on"]) if row["published_on"] else "no date"
    country = country_name(row["country"]) if row["country"] else ""
    title = f'"{_line(row["title"])}"' if row["title"] else row["doc_id"]
    parts = [f"({row['marking'] or 'unmarked'})", *(f"{part}," for part in (_line(row["series"] or ""), title, country) if part)]
    return f"{' '.join(parts)} {day}; {row['path'] or 'text'}, SHA-256 {row['sha256']}"


def _cited(tables: Tables) -> list[tuple[str, str, int]]:
    from briefing_kit.answers import standing

    said = standing(tables.attributions)
    counts = Counter(zip(said["source"], said["source_kind"].astype("str"), strict=True))
    return sorted(((source, kind, n) for (source, kind), n in counts.items() if kind != "author"), key=lambda row: (-row[2], row[0]))


def _line(text: str) -> str:
    return " ".join(printable(text).split())
