"""Labels to and from annotation tools: rows out as labelled spans, and what an annotator made of them back as corrections.

Two formats, both one JSON object a line. Label Studio (tasks with predictions; its exports hold annotations, in a JSON list) counts
offsets in UTF-16 units, as JavaScript does; doccano (`text`, `label` as [start, end, label]) counts code points. A label is the kind of
row and what it says in one column: "mention: armed_group", "claim: killed", "date: DATE", "event: air_strike".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from briefing_kit.answers import standing
from briefing_kit.briefing import Briefing
from briefing_kit.correcting import new_row_at, row_correction
from briefing_kit.corrections import Correction, CorrectionError
from briefing_kit.desk.exchange import STARTS, Units
from briefing_kit.extract.quantities import find_quantities
from briefing_kit.extract.timex import find_timexes
from briefing_kit.gazetteer import Gazetteer, slug
from briefing_kit.refusals import RefusalError
from briefing_kit.schemas import ACTOR_TYPES, EVENT_TYPES, ROW_KINDS, UNIT_CLASSES
from briefing_kit.tables import Tables

LABELLED = {"mentions": "actor_type", "claims": "unit_class", "dates": "timex_type", "events": "event_type"}
_TABLE_OF = {ROW_KINDS[table]: table for table in LABELLED}
_VALUES = {"mentions": ACTOR_TYPES, "claims": UNIT_CLASSES, "dates": ("DATE", "TIME", "DURATION", "SET"), "events": EVENT_TYPES}
NOTE = "labelled"


class LabelError(RefusalError):
    """A file of labels that cannot be used: one line that names the line of the file and the mend."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A labelled span: code-point offsets, the table its row belongs to and what the row says in that table's column of LABELLED."""

    start: int
    end: int
    table: str
    value: str

    @property
    def label(self) -> str:
        """As annotation tools show it."""
        return f"{ROW_KINDS[self.table]}: {self.value}"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with its spans, as a tool gave it back."""

    doc_id: str
    text: str
    spans: tuple[Span, ...]


def spans_of(tables: Tables, doc_id: str) -> list[Span]:
    """The spans of a document's rows, rejected ones left out, in order."""
    return sorted(span for span, _ in _rows(tables, doc_id))


def label_studio(briefings: Iterable[Briefing], tables: Tables) -> Iterator[str]:
    """One task a line for Label Studio, with the rows as predictions."""
    for briefing in briefings:
        at = Units(briefing.text)
        results = [
            {
                "from_name": "label",
                "to_name": "text",
                "type": "labels",
                "value": {
                    "start": at.units(span.start),
                    "end": at.units(span.end),
                    "text": briefing.text[span.start : span.end],
                    "labels": [span.label],
                },
            }
            for span in spans_of(tables, briefing.doc_id)
        ]
        data = {"doc_id": briefing.doc_id, "title": briefing.title or briefing.doc_id, "text": briefing.text}
        yield _line({"data": data, "predictions": [{"model_version": "briefing_kit", "result": results}]})


def doccano(briefings: Iterable[Briefing], tables: Tables) -> Iterator[str]:
    """One text a line for doccano (sequence labelling, with overlapping spans allowed)."""
    for briefing in briefings:
        spans = [[span.start, span.end, span.label] for span in spans_of(tables, briefing.doc_id)]
        yield _line({"text": briefing.text, "label": spans, "doc_id": briefing.doc_id})


FORMATS = {"label-studio": label_studio, "doccano": doccano}


def label_config(format_: str) -> str:
    """The labels that there are, as the tool takes them: Label Studio's labelling interface, or doccano's label file."""
    labels = [f"{ROW_KINDS[table]}: {value}" for table, values in _VALUES.items() for value in values]
    if format_ == "doccano":
        return json.dumps([{"text": label} for label in labels], indent=1) + "\n"
    lines = "\n".join(f"    <Label value={quoteattr(label)}/>" for label in labels)
    return f'<View>\n  <Labels name="label" toName="text">\n{lines}\n  </Labels>\n  <Text name="text" value="$text"/>\n</View>\n'


def read_labels(content: str) -> list[Labelled]:
    """What a tool gave back, one entry a text: JSON lines of either format, or Label Studio's JSON list.

    Texts that nobody labelled are left out; of several annotations of one task the last one counts.

    Raises:
        LabelError: a line cannot be read, an offset lies outside its text, or a label is none of ours.
    """
    content = content.removeprefix("\ufeff").strip()
    if content.startswith("["):
        entries = list(enumerate(_json(content, "the file"), 1))
    else:
        entries = [(number, _json(line, f"line {number}")) for number, line in enumerate(content.splitlines(), 1) if line.strip()]
    found = []
    for number, entry in entries:
        if not isinstance(entry, Mapping):
            raise LabelError(f"entry {number}: no JSON object: export it as JSON from Label Studio, or as JSONL from doccano")
        read = _label_studio_entry(entry, number) if "data" in entry else _doccano_entry(entry, number)
        found += [read] if read is not None else []
    return found


def label_corrections(
    labelled: Labelled, briefing: Briefing, tables: Tables, gazetteer: Gazetteer, *, day_first: bool = True
) -> tuple[list[Correction], list[str]]:
    """The corrections (without ids) that make a document's rows what an annotator made of them, and what could not be used.

    A span that is gone is rejected, one with another label is set, a new one is added: a mention under the name on file or as
    written, a claim or date with what its words say. A span that was moved is one gone and one new.

    Args:
        labelled: from `read_labels`.
        briefing: the document.
        tables: its rows as they are, corrections applied.
        gazetteer: the actors on file.
        day_first: how 10/11/2019 is read.

    Raises:
        LabelError: the text is not the briefing's.
    """
    if labelled.text != briefing.text:
        raise LabelError(f"{labelled.doc_id}: its text is not that of the briefing any more: export it again and label that")
    wanted = Counter(labelled.spans)
    lines: list[Correction] = []
    problems: list[str] = []
    spare: list[tuple[Span, str]] = []  # rows whose very span and label did not come back
    for span, row_id in _rows(tables, briefing.doc_id):
        if wanted[span]:
            wanted[span] -= 1
        else:
            spare.append((span, row_id))
    for span in sorted(wanted.elements()):
        place = (span.start, span.end, span.table)
        at = [number for number, (there, _) in enumerate(spare) if (there.start, there.end, there.table) == place]
        try:
            if at:
                lines.append(row_correction(tables, spare.pop(at[0])[1], "set", column=LABELLED[span.table], value=span.value, note=NOTE))
            else:
                cells = _cells(span, briefing, gazetteer, day_first=day_first)
                lines.append(new_row_at(tables, span.table, briefing.doc_id, span.start, span.end, cells, note=NOTE))
        except CorrectionError as error:
            problems.append(f"{briefing.doc_id}: {span.label} {briefing.text[span.start : span.end]!r}: {error}")
    rejected = [row_correction(tables, row_id, "reject", note=NOTE) for _, row_id in spare]
    return [*rejected, *lines], problems


def _rows(tables: Tables, doc_id: str) -> Iterator[tuple[Span, str]]:
    for table, column in LABELLED.items():
        frame = standing(getattr(tables, table))
        frame = frame[frame["doc_id"] == doc_id]
        for row_id, start, end, value in zip(frame.iloc[:, 0], frame["start"], frame["end"], frame[column], strict=True):
            yield Span(int(start), int(end), table, str(value)), str(row_id)


def _cells(span: Span, briefing: Briefing, gazetteer: Gazetteer, *, day_first: bool) -> dict[str, str]:
    """The further columns of a new row: what its words say, and the plainest values elsewhere."""
    words = briefing.text[span.start : span.end]
    cells = {**STARTS[span.table], LABELLED[span.table]: span.value}
    if span.table == "mentions":
        entry = gazetteer.find(words)
        name = entry.actor.name if entry else " ".join(words.split())
        return cells | {"actor_id": entry.actor.id if entry else slug(name), "actor": name}
    if span.table == "claims":
        quantity = next((one for one in find_quantities(words) if one.role == "measure"), None)
        if quantity is None:
            raise CorrectionError("no number is read in these words: mark the words with their number")
        bounds = {name: getattr(quantity, name) for name in ("value", "low", "high")}
        return (
            cells | {"kind": quantity.kind, "measure": f"-:{span.value}:-"} | {k: f"{v:.15g}" for k, v in bounds.items() if v is not None}
        )
    if span.table == "dates":
        timex = next(iter(find_timexes(words, briefing.published_on, day_first=day_first)), None)
        if timex is None:
            raise CorrectionError("no date is read in these words: mark a date as it is written")
        days = {name: getattr(timex, name) for name in ("date_start", "date_end")}
        said = {"value": timex.value, "granularity": timex.granularity, "resolved_by": timex.resolved_by}
        return cells | said | {name: day.isoformat() for name, day in days.items() if day is not None}
    return cells | {"headline": " ".join(words.split()), "predicate": " ".join(words.lower().split())}


def _label_studio_entry(entry: Mapping[str, Any], number: int) -> Labelled | None:
    annotations = [one for one in entry.get("annotations") or () if not one.get("was_cancelled")]
    if not annotations:
        return None
    text, doc_id = _text_of(entry["data"], number)
    at = Units(text)
    spans = []
    for result in annotations[-1].get("result") or ():
        value = result.get("value") or {}
        for label in value.get("labels") or ():
            start, end = at.points(_whole(value.get("start"), number)), at.points(_whole(value.get("end"), number))
            spans.append(_span(start, end, label, text, number, said=value.get("text")))
    return Labelled(doc_id, text, tuple(sorted(spans)))


def _doccano_entry(entry: Mapping[str, Any], number: int) -> Labelled:
    text, doc_id = _text_of(entry, number)
    given: Any = entry.get("label") if "label" in entry else entry.get("labels")
    if "entities" in entry:
        given = [[one.get("start_offset"), one.get("end_offset"), one.get("label")] for one in entry["entities"]]
    spans = []
    for one in given or ():
        if not isinstance(one, list) or len(one) != 3:
            raise LabelError(f"entry {number}: a label is not written as [start, end, label]: export sequence labels as JSONL")
        spans.append(_span(_whole(one[0], number), _whole(one[1], number), one[2], text, number))
    return Labelled(doc_id, text, tuple(sorted(spans)))


def _text_of(data: Any, number: int) -> tuple[str, str]:
    text, doc_id = (data.get(name) if isinstance(data, Mapping) else None for name in ("text", "doc_id"))
    if not isinstance(text, str) or not isinstance(doc_id, str):
        raise LabelError(f"entry {number}: has no text and doc_id: keep the fields that the export wrote")
    return text, doc_id


def _whole(value: Any, number: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise LabelError(f"entry {number}: offset {value!r} is no whole number from 0")
    return value


def _span(start: int, end: int, label: Any, text: str, number: int, said: Any = None) -> Span:
    if not 0 <= start < end <= len(text):
        raise LabelError(f"entry {number}: {start} to {end} lies outside its text of {len(text)} characters")
    if isinstance(said, str) and said != text[start:end]:
        raise LabelError(f"entry {number}: at {start} stands {text[start:end]!r}, not {said!r}: the text was changed since the export")
    kind, _, value = str(label).partition(": ")
    table = _TABLE_OF.get(kind)
    if table is None or value not in _VALUES[table]:
        raise LabelError(f"entry {number}: no label {str(label)!r}: use those of the label file that the export wrote")
    return Span(start, end, table, value)


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LabelError(f"{where}: not JSON ({str(error)[:80]})") from None


def _line(entry: Mapping[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n"
