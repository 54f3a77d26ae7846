"""`reports/index.html`: every published week with its headline numbers, links and a search box; works from disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from briefing_kit.report.html import document
from briefing_kit.report.meta import STRICTNESS
from briefing_kit.report.text import printable

_KINDS = {".pdf": "PDF", ".html": "HTML", ".xlsx": "Workbook"}
_COUNTED = {"Briefings": "documents", "Mentions": "mentions", "Claims": "claims", "Events": "events"}


def render_index(manifests: Sequence[Mapping[str, Any]]) -> str:
    """The page over all published reports, newest week first, marked as the strictest of them.

    A manifest says `edition` (its folder), `week`, `title`, `country`, `marking`, `published` (ISO dates), `rows` (table -> number
    of rows), `warnings` and `outputs` (each with a `path` in the folder); what it does not say is left blank.
    """
    newest = sorted(manifests, key=lambda manifest: (str(manifest.get("week", "")), str(manifest.get("edition", ""))), reverse=True)
    heads = "".join(f'<th scope="col"{_class(name)}>{name}</th>' for name in _columns())
    rows = "\n".join(_row(manifest) for manifest in newest)
    told = f"{len(newest)} published {'report' if len(newest) == 1 else 'reports'}" if newest else "No reports yet."
    body = (
        '<header class="title">\n<h1>Weekly reports</h1>\n'
        f'<p>{told}</p>\n</header>\n<main id="main">\n'
        '<p><label for="search">Search</label> <input id="search" type="search" autocomplete="off"> <output id="count"></output></p>\n'
        '<div class="scroll" role="region" tabindex="0" aria-label="Reports">\n'
        '<table class="sortable">\n<caption>One row per report</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>\n</main>"
    )
    return document("Weekly reports", _strictest(manifests), body)


def _columns() -> list[str]:
    return ["Week", "Title", "Country", "Published", "Marking", *_COUNTED, "Files", "Warnings"]


def _class(name: str) -> str:
    return " class=n" if name in {*_COUNTED, "Warnings"} else " class=d" if name in {"Week", "Published"} else ""


def _row(manifest: Mapping[str, Any]) -> str:
    folder = str(manifest.get("edition") or manifest.get("week") or "")
    days = ", ".join(map(str, manifest.get("published") or ()))
    cells = [folder or "?", manifest.get("title"), manifest.get("country"), days, manifest.get("marking")]
    counts = manifest.get("rows") or {}
    numbers = [
        f'<td class="n" data-v="{int(counts[key])}">{int(counts[key]):,}</td>' if key in counts else "<td></td>"
        for key in _COUNTED.values()
    ]
    links = []
    for output in manifest.get("outputs") or ():
        path = str(output.get("path", ""))
        suffix = path[path.rfind(".") :]
        if "/" not in path and suffix in _KINDS:
            links.append(f'<a href="{escape(quote(f"{folder}/{path}"))}">{_KINDS[suffix]}</a>')
    warnings = len(manifest.get("warnings") or ())
    plain = "".join(f"<td{_class(name)}>{_text(cell)}</td>" for name, cell in zip(_columns(), cells, strict=False))
    return f'<tr>{plain}{"".join(numbers)}<td>{" ".join(links)}</td><td class="n">{warnings}</td></tr>'


def _strictest(manifests: Sequence[Mapping[str, Any]]) -> str:
    markings = {str(manifest.get("marking") or "") for manifest in manifests} - {""}
    return max(sorted(markings), key=lambda marking: STRICTNESS.index(marking) if marking in STRICTNESS else len(STRICTNESS), default="")


def _text(value: object) -> str:
    return escape(printable(str(value or "")))
