"""Whether a store is what it should be: every file there, of one state, every row once and where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.compute as pc

from briefing_kit.schemas import SCHEMAS
from briefing_kit.store.layout import KEY, Part, StoreError, arrow_schema, fingerprint, fingerprint_in, part_of, parts_in
from briefing_kit.store.parts import Rows, read_part, unfinished


def problems(folder: Path) -> list[str]:
    """What is wrong with a store, a line each; nothing where all is well."""
    found = ["a run was cut off; briefing-kit store compact finishes it"] if unfinished(folder) else []
    seen: dict[str, Part] = {}
    try:
        parts = parts_in(folder)
    except StoreError as error:
        return [*found, str(error)]
    known = {path for part in parts for path in part.paths.values()}
    for name in SCHEMAS:
        strays = sorted(path.relative_to(folder).as_posix() for path in (folder / name).rglob("*") if path.is_file())
        found += [f"{stray}: belongs to no part; remove it" for stray in strays if stray not in known]
    for part in parts:
        try:
            rows = read_part(folder, part, patient=False)
        except (StoreError, FileNotFoundError) as error:
            found.append(str(error))
            continue
        found += [f"{part}: {problem}" for problem in _in_part(part, rows)]
        for doc_id in rows["documents"]["doc_id"].to_pylist():
            other = seen.setdefault(doc_id, part)
            if other is not part:
                found.append(f"{doc_id}: is in {other} and in {part}; remove it and add it again")
    return found


def _in_part(part: Part, rows: Rows) -> Iterator[str]:
    documents = rows["documents"]
    for name, table in rows.items():
        if not table.schema.equals(arrow_schema(name)):
            yield f"{name}: other columns than this version writes; make a new store"
            return
    doc_ids, keys = documents["doc_id"].to_pylist(), documents[KEY].to_pylist()
    if fingerprint(zip(doc_ids, keys, strict=True)) != fingerprint_in(documents.schema.metadata):
        yield "documents: not the ones that its fingerprint names; remove the week's files and add it again"
    strays = [doc_id for doc_id in doc_ids if part_of(part.week, doc_id, part.of) != part]
    if strays:
        yield f"{strays[0]}: belongs to another part; remove it and add it again"
    for name, table in rows.items():
        key = table.schema.names[0]
        if len(pc.unique(table[key])) != len(table):
            yield f"{name}.{key}: stands twice; remove the week's files and add it again"
        if not pc.all(pc.is_in(table["doc_id"], value_set=documents["doc_id"].combine_chunks())).as_py() and len(table):
            yield f"{name}: rows of briefings that are not there; remove the week's files and add it again"
    counted = sum(n or 0 for n in documents["n_sentences"].to_pylist())
    if counted != len(rows["sentences"]):
        yield f"sentences: {len(rows['sentences'])} rows where {counted} belong; remove the week's files and add it again"
