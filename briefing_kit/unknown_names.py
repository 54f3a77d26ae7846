"""The worklist: names that no list knows, gathered for the analyst to add, merge or reject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from briefing_kit.answers import Source, standing, tables_of
from briefing_kit.gazetteer import Gazetteer, bare, load_gazetteer
from briefing_kit.transliteration import name_key, whole_key

COLUMNS = "name actor_id actor_type count weeks last_week example_1 example_2 likely_duplicates rule".split()
_NOT_NAMES = ("nominal", "pronoun")
_SHORTEST = 4  # letters; below, and below three consonants, different names meet too often
_FEWEST_CONSONANTS = 3
_ANYTHING = frozenset({"unknown", "other"})


def worklist(
    source: Source, limit: int | None = None, *, gazetteer: Gazetteer | None = None, proposed: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Names that no list knows, for the analyst to decide: one row per name, the most frequent first.

    Columns: name, actor_id, actor_type (a guess; "unknown" where nothing speaks for a type), count (mentions), weeks (how many),
    last_week, example_1 and example_2 (sentences, verbatim), likely_duplicates (known actors and other unknown names whose spelling
    comes to the same, joined by "; ": suggested, never merged), rule (what found it). Places, unnamed groups, pronouns and rejected
    rows are left out.

    Args:
        source: what `analyse` takes or returns.
        limit: the number of rows; None is all.
        gazetteer: where likely duplicates are looked up besides the tables; the built-in one by default.
        proposed: further candidates from `briefing_kit.ner.propose_names`.

    >>> worklist("Militants of the Zarqun Brigade attacked. The Zarqun Brigade left.")[["name", "actor_type", "count"]].values.tolist()
    [['Zarqun Brigade', 'armed_group', 2]]
    """
    tables = tables_of(source)
    gazetteer = load_gazetteer() if gazetteer is None else gazetteer
    mentions = standing(tables.mentions)
    named = mentions[~mentions["mention_kind"].isin(_NOT_NAMES) & ~mentions["actor_type"].isin(["place", "group"])]
    # A surname is as unknown as the full name that it stands for.
    new = named[named["actor_id"].isin(named.loc[~named["known"], "actor_id"]) & ~named["actor_id"].isin(gazetteer.actors.keys())]
    if proposed is not None:
        decided = [gazetteer.find(name) is not None or bare(name) in gazetteer.rejected for name in proposed["actor"]]
        new = pd.concat([new[list(proposed.columns)], proposed[~pd.Series(decided, dtype="bool")]], ignore_index=True)
    texts = dict(zip(tables.sentences["sentence_id"], tables.sentences["text"], strict=True))
    rows = [_row(actor_id, found, texts) for actor_id, found in new.groupby("actor_id", sort=True)]
    rows.sort(key=lambda row: (-row["count"], row["name"]))
    known = named[~named["actor_id"].isin(new["actor_id"])].drop_duplicates("actor_id")
    suggest = _Suggestions(rows, known, gazetteer)
    rows = rows[:limit]
    for row in rows:
        row["likely_duplicates"] = "; ".join(suggest.duplicates(row)) or None
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({column: "int64" if column in ("count", "weeks") else "str" for column in COLUMNS})


def _row(actor_id: Any, found: pd.DataFrame, texts: Mapping[str, str]) -> dict[str, Any]:
    examples = list(dict.fromkeys(" ".join(texts[sentence].split()) for sentence in found["sentence_id"]))
    weeks = sorted(found["week"].dropna().unique())
    return {
        "name": _most_common(found["actor"]),
        "actor_id": actor_id,
        "actor_type": _most_common(kind for kind in found["actor_type"] if kind not in _ANYTHING) or "unknown",
        "count": len(found),
        "weeks": len(weeks),
        "last_week": weeks[-1] if weeks else None,
        "example_1": examples[0],
        "example_2": examples[1] if len(examples) > 1 else None,
        "rule": _most_common(found["rule"]),
    }


def _most_common(values: Iterable[str]) -> str | None:
    """The most frequent value, the first of those that are equally frequent."""
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted else None


class _Suggestions:
    """Known actors and unknown names by the consonants of their names."""

    def __init__(self, unknown: Iterable[Mapping[str, Any]], known: pd.DataFrame, gazetteer: Gazetteer) -> None:
        self._whole: dict[str, dict[str, tuple[str, str]]] = {}  # key -> actor_id -> name, type
        self._surnames: dict[str, dict[str, tuple[str, str]]] = {}
        for entry in (entry for entries in gazetteer.index.values() for entry in entries):
            if entry.kind in ("name", "alias"):
                self._add(entry.form, entry.actor.id, entry.actor.name, entry.actor.type)
        for name, actor_id, kind in zip(known["actor"], known["actor_id"], known["actor_type"], strict=True):
            self._add(name, actor_id, name, kind)
        for row in unknown:
            self._add(row["name"], row["actor_id"], row["name"], row["actor_type"])

    def _add(self, form: str, actor_id: str, name: str, kind: str) -> None:
        words = name_key(form)
        whole = whole_key(words)
        if kind in ("state", "place") or not _is_telling(form, whole):  # Niger and Nigeria
            return
        self._whole.setdefault(whole, {})[actor_id] = name, kind
        if kind == "person" and len(words) > 1:
            self._surnames.setdefault(words[-1], {})[actor_id] = name, kind

    def duplicates(self, row: Mapping[str, Any]) -> list[str]:
        """The names that this one may be another spelling of, each with its id."""
        name, actor_id, kind = row["name"], row["actor_id"], row["actor_type"]
        words = name_key(name)
        whole = whole_key(words)
        if not _is_telling(name, whole):
            return []
        found = dict(self._whole.get(whole, {}))
        if kind in ("person", "unknown"):
            if len(words) == 1:
                found |= self._surnames.get(words[0], {})
            else:  # the other row is the surname alone
                alone = self._whole.get(words[-1], {})
                found |= {key: value for key, value in alone.items() if len(name_key(value[0])) == 1}
        found.pop(actor_id, None)
        return sorted(f"{other} ({key})" for key, (other, other_kind) in found.items() if _same_sort(kind, other_kind))


def _is_telling(name: str, whole: str) -> bool:
    """Whether a key says something: acronyms and names of three letters or two consonants meet by chance."""
    letters = sum(char.isalpha() for char in name)
    return letters >= _SHORTEST and not name.isupper() and len(whole.removeprefix("a")) >= _FEWEST_CONSONANTS


def _same_sort(kind: str, other: str) -> bool:
    """A person is no organisation; which kind of organisation is often a guess."""
    return kind in _ANYTHING or other in _ANYTHING or (kind == "person") == (other == "person")
