"""Tables made by hand for tests of what is counted, without any extractor."""

from __future__ import annotations

from datetime import date
from typing import Any

from briefing_kit.briefing import iso_week, sentence_hash
from briefing_kit.schemas import SCHEMAS
from briefing_kit.tables import Tables, build

Mention = tuple[int, str, str] | tuple[int, str, str, dict[str, Any]]  # sentence, words, type, further cells


def made_tables(mentions: list[Mention], sentences: list[str], days: list[date | None] | None = None) -> Tables:
    """Tables of one document a day, its sentences one after another; each mention stands at the first place of its words."""
    days = days or [date(2021, 3, 10)]
    per_day = -(-len(sentences) // len(days))
    rows: dict[str, list[dict[str, Any]]] = {"documents": [], "sentences": [], "mentions": []}
    for at, text in enumerate(sentences):
        document, number = divmod(at, per_day)
        day = days[document]
        common = {"doc_id": f"doc-{document}", "published_on": day, "week": iso_week(day) if day else None}
        start = sum(len(other) + 1 for other in sentences[document * per_day : at])
        if number == 0:
            n_characters = sum(len(other) + 1 for other in sentences[at : at + per_day])
            counts = {"n_characters": n_characters, "n_words": 0, "n_sentences": per_day}
            rows["documents"].append({**common, "published_source": "parameter", "sha256": "0", **counts})
        where = {"sentence_id": f"s{at}", "start": start, "end": start + len(text), "text": text, "paragraph": 0, "role": "body"}
        rows["sentences"].append({**common, **where, "sentence_hash": sentence_hash(text), "occurrence": 0, "modality": "asserted"})
        for number, (sentence, words, kind, *more) in enumerate(mentions):
            if sentence == at:
                first = start + text.index(words)
                cells = {"mention_id": f"m{number}", "sentence_id": f"s{at}", "start": first, "end": first + len(words), "text": words}
                cells |= {"actor_id": words.lower().replace(" ", "-"), "actor": words, "actor_type": kind, "mention_kind": "name"}
                cells |= {"known": False, "rule": "shape:test", "status": "auto"}
                rows["mentions"].append({**common, **cells, **(more[0] if more else {})})
    cells = {name: {column.name: [row.get(column.name) for row in found] for column in SCHEMAS[name]} for name, found in rows.items()}
    return Tables(**{name: build(name, cells.get(name, {})) for name in SCHEMAS}).validated()
