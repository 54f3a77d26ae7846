"""A STIX 2.1 bundle: a Report per briefing, an Identity per actor, a Note per claim and per event; made by the stix2 library.

Ids are UUIDv5 of our own row ids, so that the same row keeps its id in every bundle, and times are those of publication: an
Identity, of which no time is known, bears the first moment of 1970. The TLP 2.0 labels are the marking definitions that OASIS
publishes as an extension (cti-stix-common-objects, tlp-2.0), since STIX 2.1 itself knows only TLP 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from briefing_kit.exports.rows import About, Exported, ExportError, Row, dated_events, named_actors, rows, spoken, told

if TYPE_CHECKING:
    from briefing_kit.tables import Tables

NAMESPACE = uuid5(NAMESPACE_URL, "briefing-kit")
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP_CREATED = "2022-10-01T00:00:00.000Z"
TLP_MARKINGS = {
    "TLP:CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "TLP:GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "TLP:AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "TLP:AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "TLP:RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
_NO_TIME = date(1970, 1, 1)
_CLASSES = {  # STIX 2.1 identity-class-ov
    "person": "individual",
    **dict.fromkeys(("state", "state_force", "igo", "ngo", "company", "media", "political", "armed_group"), "organization"),
    "community": "class",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    """What a Note says of a row: in short, with which labels, about which actors."""

    row: Row
    key: str
    abstract: str
    labels: tuple[str, ...]
    actors: tuple[str, ...]


def stix(tables: Tables, about: About) -> Exported:
    """One bundle, every object of it marked; briefings without a date are left out, for a Report must say when it was published."""
    try:
        import stix2
    except ImportError:
        raise ExportError("stix: the library stix2 is not installed: pip install 'briefing-kit[export]'") from None
    documents = {row["doc_id"]: row for row in rows(tables.documents) if row["published_on"]}
    actors, unnamed = named_actors(tables)
    found = dated_events(tables)
    refs = {"object_marking_refs": [TLP_MARKINGS[about.marking]]} if about.marking else {}

    def make(kind: str, day: date, **properties: Any) -> Any:
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return getattr(stix2, kind)(created=moment, modified=moment, **properties, **refs)

    sentences = dict(zip(tables.sentences["sentence_id"], tables.sentences["text"], strict=True))
    noted = [one for one in (*_claims(tables), *_events(found.dated)) if one.row["doc_id"] in documents]
    notes = [(one, make("Note", documents[one.row["doc_id"]]["published_on"], **_note(one, sentences, actors))) for one in noted]
    objects = [_tlp(stix2, about.marking)] if about.marking else []
    objects += [make("Identity", _NO_TIME, **properties) for properties in _identities(actors, documents.values())]
    objects += [note for _, note in notes]
    for doc_id, row in documents.items():
        own = [note["id"] for one, note in notes if one.row["doc_id"] == doc_id]
        objects.append(make("Report", row["published_on"], **_report(row, tables, actors, own)))
    bundle = stix2.Bundle(objects, id=_id("bundle", *(one["id"] for one in objects)))
    claims = int((tables.claims["status"] == "rejected").sum())
    without = told((len(tables.documents) - len(documents), "briefing without a date"), (claims, "claim rejected by an analyst"))
    return Exported(f"{bundle.serialize(pretty=True)}\n", (*without, *unnamed, *found.left_out))


def _id(kind: str, *names: str) -> str:
    return f"{kind}--{uuid5(NAMESPACE, chr(31).join((kind, *names)))}"


def _tlp(library: Any, marking: str) -> Any:
    extension = {"extension_type": "property-extension", "tlp_2_0": marking.removeprefix("TLP:").lower()}
    return library.MarkingDefinition(id=TLP_MARKINGS[marking], created=TLP_CREATED, name=marking, extensions={TLP_EXTENSION: extension})


def _identities(actors: dict[str, Row], documents: Iterable[Row]) -> Iterator[Row]:
    """The actors by id, then the series that published."""
    for actor_id, row in sorted(actors.items()):
        yield {"id": _id("identity", actor_id), "name": row["actor"], "identity_class": _CLASSES.get(row["actor_type"], "unknown")}
    for series in sorted({row["series"] for row in documents if row["series"]}):
        yield {"id": _id("identity", "series", series), "name": series, "identity_class": "organization"}


def _claims(tables: Tables) -> Iterator[_Noted]:
    from briefing_kit.answers import numeric_claims

    for row in rows(numeric_claims(tables)):
        figures = ", ".join(f"{name} {row[name]:,.10g}" for name in ("value", "low", "high") if row[name] is not None)
        labels = (row["unit_class"], row["kind"], row["factuality"])
        about = (row["actor_id"],) if row["actor_id"] else ()
        yield _Noted(row=row, key=row["claim_id"], abstract=f"{row['text']} ({figures or row['kind']})", labels=labels, actors=about)


def _events(found: Iterable[Row]) -> Iterator[_Noted]:
    for row in found:
        actors = tuple((row["actors"] or "").split("; "))
        labels = (row["event_type"], row["factuality"])
        yield _Noted(row=row, key=row["event_id"], abstract=f"{spoken(row)}: {row['headline']}", labels=labels, actors=actors)


def _note(one: _Noted, sentences: dict[str, str], actors: dict[str, Row]) -> Row:
    """The sentence, who says so and where it stands; about the actors that are named or, without any, the briefing."""
    row = one.row
    subjects = [_id("identity", actor) for actor in one.actors if actor in actors]
    where = {"source_name": row["doc_id"], "external_id": one.key, "description": f"characters {row['start']} to {row['end']}"}
    said = {"authors": [row["source"]]} if row["source"] != "(author)" else {}
    return {
        "id": _id("note", one.key),
        "abstract": one.abstract,
        "content": sentences[row["sentence_id"]],
        "labels": list(one.labels),
        "object_refs": list(dict.fromkeys(subjects)) or [_id("report", row["doc_id"])],
        "external_references": [where],
        **said,
    }


def _report(row: Row, tables: Tables, actors: dict[str, Row], notes: list[str]) -> Row:
    mentions = tables.mentions
    named = sorted(set(mentions[(mentions["doc_id"] == row["doc_id"]) & (mentions["status"] != "rejected")]["actor_id"]) & actors.keys())
    own = _id("report", row["doc_id"])
    day = row["published_on"]
    by = {"created_by_ref": _id("identity", "series", row["series"])} if row["series"] else {}
    return {
        "id": own,
        "name": row["title"] or row["doc_id"],
        "published": datetime(day.year, day.month, day.day, tzinfo=UTC),
        "report_types": ["threat-report"],
        "object_refs": [*(_id("identity", actor) for actor in named), *notes] or list(by.values()) or [own],
        "external_references": [{"source_name": row["path"] or row["doc_id"], "description": f"SHA-256 {row['sha256']}"}],
        **by,
    }
