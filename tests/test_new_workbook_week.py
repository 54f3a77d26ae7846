"""A workbook for another country, as `briefing-kit init` makes it, on a week of three briefings that no rule was written for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sudan_week import ACTORS, CLAIMS, DAYS

import briefing_kit as bk
from briefing_kit.new_workbook import make_workbook

BRIEFINGS = Path(__file__).with_name("sudan_week")
# "Around 20,000 had reached Chad" is counted as people: that they fled stands in the sentence before.
OTHER_CLASS = {"Around 20,000": "people"}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    folder = tmp_path_factory.mktemp("books") / "sudan"
    make_workbook(folder, country="SDN", series="Horn of Africa Monitor")
    for path in (folder / "data/briefings").iterdir():
        path.unlink()
    for path in BRIEFINGS.glob("*.md"):
        shutil.copy(path, folder / "data/briefings")
    return folder


@pytest.fixture(scope="module")
def tables(workbook):
    return bk.load_week("2023-W17", workbook=workbook).this


def test_every_figure_is_there_with_its_bounds_and_source(tables):
    claims = bk.numeric_claims(tables)
    found = claims[["text", "value", "low", "high", "unit_class", "source"]].astype("object").where(claims.notna(), None)
    wanted = [(text, *figures, OTHER_CLASS.get(text, unit_class), source) for text, *figures, unit_class, source in CLAIMS]
    assert [tuple(row) for row in found.itertuples(index=False)] == wanted


def test_every_dated_happening_is_there(tables):
    events = bk.timeline(tables)
    said = tables.sentences.set_index("sentence_id")["text"]
    for day, words in DAYS.items():
        sentences = [said[sentence_id] for sentence_id in events["sentence_id"][events["edtf"] == day]]
        near = [said.iloc[max(0, said.index.get_loc(s) - 1)] for s in events["sentence_id"][events["edtf"] == day]]
        assert any(words.lower() in sentence.lower() for sentence in [*sentences, *near]), day


def test_the_actors_are_who_they_are(tables):
    types = dict(zip(tables.mentions["actor_id"], tables.mentions["actor_type"], strict=True))
    assert {actor: types.get(actor) for actor in ACTORS} == ACTORS


@pytest.mark.slow  # one whole run with five notebooks
def test_the_weeks_report_holds_them(workbook):
    result = bk.run_week("2023-W17", workbook=workbook)
    assert result.status == "ok", result.reason
    page = (workbook / "reports/2023-W17/2023-W17.html").read_text(encoding="utf-8")
    for words in ("TLP:AMBER", "Rapid Support Forces", "512 people", "Horn of Africa Monitor", "Blinken"):
        assert words in page, words
