"""Pipe tables for pasting into whatever reads Markdown; every cell shows as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from briefing_kit.exports.rows import About, Exported, Row, actor_names, dated_events, rows, spoken, told
from briefing_kit.report.text import printable

if TYPE_CHECKING:
    from briefing_kit.tables import Tables

# Whatever Markdown, the HTML in it or MathJax would read as a sign; a backslash before it makes it a character again.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")


def markdown(tables: Tables, about: About) -> Exported:
    """Three tables: actors by number of mentions, claims, dated events; the marking stands above and below."""
    from briefing_kit.answers import actor_mentions, numeric_claims

    mentions, claims, found = actor_mentions(tables), numeric_claims(tables), dated_events(tables)
    names = actor_names(tables)
    counts = {str(actor_id): int(n) for actor_id, n in mentions["actor_id"].value_counts().items()}
    ranked = sorted(counts, key=lambda actor_id: (-counts[actor_id], names[actor_id]["actor"]))
    actors = [(names[one]["actor"], names[one]["actor_type"], str(counts[one])) for one in ranked]
    parts = [
        f"# {cell(about.title)}",
        "## Actors",
        *_table(("Actor", "Type", "Mentions"), actors, right={2}),
        "## Numeric claims",
        *_table(
            ("As written", "Value", "Low", "High", "Source", "Firmness", "As of", "Row"),
            [_claim(row) for row in rows(claims)],
            right={1, 2, 3},
        ),
        "## Dated events",
        *_table(
            ("Date", "Type", "As written", "Place", "Source", "Firmness", "Row"),
            [
                (
                    spoken(row),
                    row["event_type"].replace("_", " "),
                    row["headline"],
                    row["location"] or "",
                    row["source"],
                    row["factuality"],
                    row["event_id"],
                )
                for row in found.dated
            ],
        ),
    ]
    marking = [f"**{cell(about.marking)}**"] if about.marking else []
    rejected = len(tables.claims) - len(claims)
    return Exported("\n\n".join([*marking, *parts, *marking]) + "\n", (*told((rejected, "claim rejected by an analyst")), *found.left_out))


def _claim(row: Row) -> tuple[str, ...]:
    figures = [f"{row[name]:,.10g}" if row[name] is not None else "" for name in ("value", "low", "high")]
    days = dict.fromkeys(str(day) for day in (row["as_of_start"], row["as_of_end"]) if day)
    return (row["text"], *figures, row["source"], row["factuality"], " to ".join(days), row["claim_id"])


def _table(head: Sequence[str], lines: Iterable[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    body = [f"| {' | '.join(cell(value) for value in line)} |" for line in lines]
    if not body:
        return ["None."]
    rule = f"|{'|'.join('--:' if at in set(right) else '---' for at in range(len(head)))}|"
    return ["\n".join([f"| {' | '.join(head)} |", rule, *body])]


def cell(text: str) -> str:
    """Text as one cell: on one line, its signs escaped, nothing hidden in it."""
    return _SIGNS.sub(r"\\\1", " ".join(printable(text).split()))
