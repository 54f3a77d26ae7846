"""`reports/index.html`: every published week with its headline numbers, links and a search box; works from disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from briefing_kit.briefing import MARKINGS
from briefing_kit.report.html import document
from briefing_kit.report.text import printable

_KINDS = {".pdf": "PDF", ".html": "HTML", ".xlsx": "Workbook"}
_COUNTED = {"documents": "Briefings", "mentions": "Mentions", "claims": "Claims", "events": "Events"}


def render_index(manifests: Sequence[Mapping[str, Any]]) -> str:
    """The page over all published reports, newest week first, marked as the strictest of them.

    A manifest says `edition` (its folder), `week`, `title`, `country`, `marking`, `published` (ISO dates), `key_figures` (pairs of label
    and figure; without them `rows`, the number of rows by table), `warnings` and `outputs` (each with a `path` in the folder);
    what it does not say is left blank.
    """
    newest = sorted(manifests, key=lambda manifest: (str(manifest.get("week", "")), str(manifest.get("edition", ""))), reverse=True)
    figures = [_figures(manifest) for manifest in newest]
    labels = list(dict.fromkeys(label for pairs in figures for label in pairs))
    named = ["Week", "Title", "Country", "Published", "Marking"]
    heads = "".join(f'<th scope="col"{_class(name)}>{name}</th>' for name in named)
    heads += "".join(f'<th scope="col" class="n">{_text(label)}</th>' for label in labels)
    heads += '<th scope="col">Files</th><th scope="col" class="n">Warnings</th>'
    rows = "\n".join(_row(manifest, pairs, named, labels) for manifest, pairs in zip(newest, figures, strict=True))
    told = f"{len(newest)} published {'report' if len(newest) == 1 else 'reports'}" if newest else "No reports yet."
    body = (
        '<header class="title">\n<h1>Weekly reports</h1>\n'
        f'<p>{told}</p>\n</header>\n<main id="main">\n'
        '<p><label for="search">Search</label> '
        '<input id="search" type="search" autocomplete="off" placeholder="week, title, country, date"> <output id="count"></output></p>\n'
        '<div class="scroll" role="region" tabindex="0" aria-label="Reports">\n'
        '<table class="sortable">\n<caption>One row per report</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>\n</main>"
    )
    return document("Weekly reports", _strictest(manifests), body)


def _figures(manifest: Mapping[str, Any]) -> dict[str, str]:
    pairs = manifest.get("key_figures")
    if pairs:
        return {str(label): str(figure) for label, figure in pairs}
    counts = manifest.get("rows") or {}
    return {label: f"{int(counts[table]):,}" for table, label in _COUNTED.items() if table in counts}


def _row(manifest: Mapping[str, Any], figures: Mapping[str, str], named: Sequence[str], labels: Sequence[str]) -> str:
    folder = str(manifest.get("edition") or manifest.get("week") or "")
    days = ", ".join(map(str, manifest.get("published") or ()))
    told = [folder or "?", manifest.get("title"), manifest.get("country"), days, manifest.get("marking")]
    cells = [f"<td{_class(name)}>{_text(cell)}</td>" for name, cell in zip(named, told, strict=True)]
    for label in labels:
        figure = figures.get(label, "")
        cells.append(f'<td class="n" data-v="{_text(figure.replace(",", ""))}">{_text(figure)}</td>')
    links = []
    for output in manifest.get("outputs") or ():
        path = str(output.get("path", ""))
        suffix = path[path.rfind(".") :]
        if "/" not in path and suffix in _KINDS:
            links.append(f'<a href="{escape(quote(f"{folder}/{path}"))}">{_KINDS[suffix]}</a>')
    cells.append(f'<td class="d">{" ".join(links)}</td><td class="n">{len(manifest.get("warnings") or ())}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def _class(name: str) -> str:
    return ' class="d"' if name in {"Week", "Published", "Marking"} else ""


def _strictest(manifests: Sequence[Mapping[str, Any]]) -> str:
    markings = {str(manifest.get("marking") or "") for manifest in manifests} - {""}
    return max(sorted(markings), key=lambda marking: MARKINGS.index(marking) if marking in MARKINGS else len(MARKINGS), default="")


def _text(value: object) -> str:
    return escape(printable(str(value or "")))
