"""Further candidates for the worklist from a statistical recogniser: the optional `[ner]` extra.

spaCy proposes, people decide: nothing found here reaches any table but the worklist, and all else works without it. The model
must be installed beforehand; nothing is fetched.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pandas as pd

from briefing_kit.naming import slug
from briefing_kit.refusals import RefusalError
from briefing_kit.tables import Tables

MODEL = "en_core_web_sm"
COLUMNS = "actor_id actor actor_type sentence_id week rule".split()
_TYPES = {"PERSON": "person", "ORG": "unknown", "NORP": "community"}  # OntoNotes labels; an ORG may be anything from bank to brigade


class NerError(RefusalError):
    """spaCy or its model is not installed; the message says how to get it."""


def propose_names(tables: Tables, *, model: str = MODEL) -> pd.DataFrame:
    """Names that spaCy sees where no table has a mention or date: one row per occurrence, for `worklist(..., proposed=...)`.

    Columns: actor_id, actor, actor_type, sentence_id, week, rule ("spacy:PERSON"). Headings and boilerplate are not read.

    Raises:
        NerError: spaCy or the model is not installed.
    """
    recogniser = _load(model)
    sentences = tables.sentences[~tables.sentences["role"].isin(["boilerplate", "heading"])]
    taken: dict[str, list[tuple[int, int]]] = {}
    for frame in (tables.mentions, tables.dates):
        for sentence_id, start, end in zip(frame["sentence_id"], frame["start"], frame["end"], strict=True):
            taken.setdefault(sentence_id, []).append((int(start), int(end)))
    rows = []
    keys = zip(sentences["sentence_id"], sentences["week"], sentences["start"], strict=True)
    for (sentence_id, week, base), found in zip(keys, recogniser.pipe(sentences["text"].tolist()), strict=True):
        for entity in found.ents:
            name = " ".join(entity.text.split()).removeprefix("the ").removeprefix("The ")
            start, end = base + entity.start_char, base + entity.end_char
            free = all(end <= first or last <= start for first, last in taken.get(sentence_id, ()))
            if free and entity.label_ in _TYPES and any(char.isalpha() for char in name):
                kind, rule = _TYPES[entity.label_], f"spacy:{entity.label_}"
                rows.append((slug(name), name, kind, sentence_id, week, rule))
    return pd.DataFrame(rows, columns=COLUMNS).astype("str")


def _load(model: str) -> Any:
    try:
        spacy: Any = import_module("spacy")
    except ImportError:
        raise NerError("--ner: spaCy is not installed: pip install 'briefing-kit[ner]', or leave --ner out") from None
    try:
        return spacy.load(model)
    except OSError:
        raise NerError(f"--ner: the spaCy model {model!r} is not installed: python -m spacy download {model}") from None
