"""The tables held against hand-labelled gold: three sample briefings and the founding text. Floors only rise."""

from __future__ import annotations

import csv
import subprocess
import sys
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import briefing_kit as bk
from briefing_kit.scoring import Score, score

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "data" / "gold"
SEED = ROOT.parent / "shared" / "seed" / "check_seed.py"
DOCUMENTS = sorted(folder.name for folder in GOLD.iterdir() if folder.is_dir())
FLOORS = {"mentions": 98.0, "claims": 96.0, "dates": 98.0, "events": 97.0, "attributions": 90.0}
COMPARED = {
    "mentions": ["actor_id"],
    "claims": ["value", "low", "high", "unit_class", "source"],
    "dates": ["timex_type", "value", "mod", "date_start", "date_end", "granularity"],
}


@cache
def _tables() -> bk.Tables:
    return bk.analyse(bk.load_briefings(ROOT / "data" / "briefings"), gazetteer=bk.load_gazetteer(ROOT / "data" / "actors.csv"))


def _gold(document: str, name: str) -> list[dict[str, str]]:
    with (GOLD / document / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _found(document: str, name: str) -> pd.DataFrame:
    frame = getattr(_tables(), name)
    frame = frame[frame["doc_id"] == document]
    if name == "mentions":
        frame = frame[(frame["actor_type"] != "place") & (frame["mention_kind"] != "pronoun")]
        # Unnamed groups beyond those labelled are neither right nor wrong: where to stop is a matter of taste.
        listed = {row["start"] for row in _gold(document, name)}
        frame = frame[(frame["mention_kind"] != "nominal") | frame["start"].astype("str").isin(listed)]
    return frame


def _event_score(document: str) -> Score:
    frame = bk.timeline(_tables(), include_unreal=True)
    frame = frame[(frame["doc_id"] == document)]
    key = ["start", "date_start", "date_end"]
    gold = _gold(document, "events")
    right = score(frame, gold, key=key, compared=["granularity", "event_type"])
    lacking = []
    by_start = frame.assign(start=frame["start"].astype("str")).set_index("start")["actors"]
    for row in gold:
        named = by_start.get(row["start"])
        if isinstance(named, str) and not set(filter(None, row["actors"].split("; "))) <= set(named.split("; ")):
            lacking.append(f"wrong {row['predicate']!r}: actors {named}, gold {row['actors']}")
    return Score(right=right.right - len(lacking), gold=right.gold, found=right.found, differences=(*right.differences, *lacking))


def _attribution_score(document: str) -> Score:
    """Relaxed: source, cue and content overlap those of the gold row with the same cue."""
    left = [row for _, row in _found(document, "attributions").iterrows()]
    n_found, right, differences = len(left), 0, []
    for row in _gold(document, "attributions"):
        cue, content = int(row["cue_start"]), int(row["content_start"])
        match = next((r for r in left if r["cue_start"] < cue + len(row["cue"]) and cue < r["cue_end"]), None)
        if match is None:
            differences.append(f"missing {row['cue']!r} at {cue}")
            continue
        left = [r for r in left if r is not match]
        same_source = row["source"] in match["source"] or match["source"] in row["source"]
        meets = match["content_start"] < content + len(row["content_text"]) and content < match["content_end"]
        if same_source and meets:
            right += 1
        else:
            differences.append(f"wrong {row['cue']!r} at {cue}: source {match['source']!r}, gold {row['source']!r}, content meets: {meets}")
    differences += [f"extra {row['cue']!r} at {row['cue_start']}" for row in left]
    return Score(right=right, gold=len(_gold(document, "attributions")), found=n_found, differences=tuple(differences))


def _score(document: str, name: str) -> Score:
    if name == "events":
        return _event_score(document)
    if name == "attributions":
        return _attribution_score(document)
    return score(_found(document, name), _gold(document, name), compared=COMPARED[name])


@pytest.mark.parametrize("name", FLOORS)
def test_gold(name):
    """F1 over the three gold briefings together is at or above its floor."""
    scores = [_score(document, name) for document in DOCUMENTS]
    total = Score(right=sum(s.right for s in scores), gold=sum(s.gold for s in scores), found=sum(s.found for s in scores), differences=())
    differences = [f"{document}: {line}" for document, s in zip(DOCUMENTS, scores, strict=True) for line in s.differences]
    assert total.f1 >= FLOORS[name], f"{name} F1 {total.f1:.1f}\n" + "\n".join(differences)


@pytest.mark.skipif(not SEED.is_file(), reason="the founding text is not part of this repository")
def test_the_founding_text_is_exact():
    """All rows of the founding text agree with its gold tables."""
    done = subprocess.run([sys.executable, str(SEED)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
