"""FollowTheMoney entities as JSON lines, made and checked by its library: Document, Organization, Person, Event, Mention.

FollowTheMoney's dates may be as short as a year or a month, so nothing has to be invented; places stay text.
"""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha1
from typing import TYPE_CHECKING, Any

from briefing_kit.exports.rows import About, Exported, ExportError, Row, dated_events, named_actors, rows, spoken, told

if TYPE_CHECKING:
    from briefing_kit.tables import Tables

_SCHEMATA = {  # what is not here is a LegalEntity, which says no more than that somebody acts
    "person": "Person",
    **dict.fromkeys(("state", "state_force", "igo"), "PublicBody"),
    **dict.fromkeys(("ngo", "media", "political", "armed_group"), "Organization"),
    "company": "Company",
}
_LENGTH = {**dict.fromkeys(("month", "part_month", "quarter", "half", "season"), 7), **dict.fromkeys(("year", "part_year"), 4)}


def ftm(tables: Tables, about: About) -> Exported:
    """One line per entity; ids come from our row ids and stay the same from run to run."""
    try:
        from followthemoney import model
    except ImportError:
        raise ExportError("ftm: the library followthemoney is not installed: pip install 'briefing-kit[export]'") from None
    actors, unnamed = named_actors(tables)
    found = dated_events(tables)
    entities = [_document(model, row, about.marking) for row in rows(tables.documents)]
    entities += [_actor(model, row, about.marking) for row in actors.values()]
    entities += [_event(model, row, actors, about.marking) for row in found.dated]
    entities += _mentions(model, tables, actors)
    lines = [json.dumps(entity.to_dict(), ensure_ascii=False, sort_keys=True) for entity in entities]
    rejected = told((int((tables.mentions["status"] == "rejected").sum()), "mention rejected by an analyst"))
    return Exported("".join(f"{line}\n" for line in lines), (*rejected, *unnamed, *found.left_out))


def _entity(model: Any, schema: str, key: str, **properties: Any) -> Any:
    entity = model.make_entity(schema)
    entity.id = key
    for name, value in properties.items():
        entity.add(name, value)
    return entity


def _key(kind: str, name: str) -> str:
    return f"bk-{kind}-{sha1(f'{kind}:{name}'.encode(), usedforsecurity=False).hexdigest()}"


def _document(model: Any, row: Row, marking: str) -> Any:
    return _entity(
        model,
        "Document",
        _key("document", row["doc_id"]),
        title=row["title"] or row["doc_id"],
        fileName=row["path"],
        publisher=row["series"],
        publishedAt=row["published_on"].isoformat() if row["published_on"] else None,
        country=row["country"],
        language=row["language"],
        keywords=sorted({marking, row["marking"]} - {None, ""}),
    )


def _actor(model: Any, row: Row, marking: str) -> Any:
    schema = _SCHEMATA.get(row["actor_type"], "LegalEntity")
    return _entity(model, schema, _key("actor", row["actor_id"]), name=row["actor"], country=row["country"], keywords=marking)


def _event(model: Any, row: Row, actors: dict[str, Row], marking: str) -> Any:
    length = _LENGTH.get(row["granularity"], 10)
    first, last = (_short(row[name], length) for name in ("date_start", "date_end"))
    one = first if first == last else None
    return _entity(
        model,
        "Event",
        _key("event", row["event_id"]),
        name=row["headline"],
        date=one,
        startDate=None if one else first,
        endDate=None if one else last,
        location=row["location"],
        country=row["country"],
        involved=[_key("actor", actor) for actor in (row["actors"] or "").split("; ") if actor in actors],
        summary=row["sentence"],
        notes=f"As written: {spoken(row)}. Source: {row['source']}, {row['factuality']}. Row {row['event_id']}.",
        publisher=row["document"]["series"],
        proof=_key("document", row["doc_id"]),
        keywords=[word for word in (row["event_type"].replace("_", " "), marking) if word],
    )


def _short(day: date | None, length: int) -> str | None:
    return day.isoformat()[:length] if day else None


def _mentions(model: Any, tables: Tables, actors: dict[str, Row]) -> list[Any]:
    from briefing_kit.answers import actor_mentions

    return [
        _entity(
            model,
            "Mention",
            _key("mention", row["mention_id"]),
            document=_key("document", row["doc_id"]),
            name=row["text"],
            resolved=_key("actor", row["actor_id"]),
            detectedSchema=_SCHEMATA.get(row["actor_type"], "LegalEntity"),
            contextCountry=row["country"],
        )
        for row in rows(actor_mentions(tables))
        if row["actor_id"] in actors
    ]
