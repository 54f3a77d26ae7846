"""`briefing-kit init` and `upgrade`: a new workbook that works at once, and notebooks brought up without losing what is one's own."""

from __future__ import annotations

import copy
import csv
import json
import tomllib
from pathlib import Path

import pytest

import briefing_kit as bk
from briefing_kit.new_workbook import BASE_FILE, TemplateError, make_workbook, shipped
from briefing_kit.notebook_cells import base_of, merge, set_parameters
from briefing_kit.reading import load_briefings
from briefing_kit.template_commands import upgrade
from briefing_kit.upgrading import BACKUP, plan_upgrade
from briefing_kit.weekly.cells import source_of
from briefing_kit.workbook import load_workbook


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("books") / "ukraine"
    files = make_workbook(folder, country="Ukraine", series='Black Sea "Watch": $1', marking="tlp:green")
    return folder, files


def test_all_parts_are_there(made):
    folder, files = made
    assert {
        "Makefile",
        "README.md",
        "data/actors.csv",
        "notebooks/explore.ipynb",
        ".github/workflows/weekly.yml",
        "schedule/crontab",
    } <= set(files)
    assert sorted(path.name for path in folder.parent.iterdir()) == ["ukraine"]
    assert all(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_every_notebook_is_in_the_wheel():
    """The packaging lists them one by one, so that no checkpoint of a laptop gets in."""
    root = Path(__file__).parents[1]
    listed = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    wanted = {f"notebooks/{path.name}" for path in (root / "notebooks").glob("*.ipynb")}
    assert wanted == {source for source in listed["force-include"] if source.startswith("notebooks/")}


def test_settings_and_sample_bear_the_names_as_given(made):
    folder, _ = made
    book = load_workbook(folder)
    assert (book.settings.series, book.settings.country, book.settings.marking) == ('Black Sea "Watch": $1', "UKR", "TLP:GREEN")
    assert tomllib.loads((folder / "data/workbook.toml").read_text(encoding="utf-8"))["title"] == "Ukraine: weekly workbook"
    (sample,) = load_briefings(book.briefings)
    assert (sample.series, sample.country, sample.warnings) == ('Black Sea "Watch": $1', "UKR", ())


def test_actors_are_those_of_the_country_and_its_neighbours(made):
    folder, _ = made
    rows = list(csv.DictReader((folder / "data/actors.csv").read_text(encoding="utf-8").splitlines()))
    countries = [row["country"] for row in rows]
    assert countries[0] == "UKR"
    assert set(countries) == {"UKR", "POL", "MDA", "HUN", "SVK", "BLR", "ROU", "RUS"}
    gazetteer = bk.load_gazetteer(folder / "data/actors.csv")
    assert not gazetteer.problems
    text = "The SBU and the Verkhovna Rada said that Ukrainian troops had met Wagner fighters in Bakhmut."
    plain, own = (bk.actor_mentions(text, gazetteer=g)["actor_id"].tolist() for g in (bk.load_gazetteer(), gazetteer))
    assert plain == own


def test_the_tour_asks_what_the_sample_can_answer(made):
    folder, _ = made
    notebook = json.loads((folder / "notebooks/explore.ipynb").read_text(encoding="utf-8"))
    (cell,) = [cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    scope = {}
    exec(source_of(cell), scope)
    tables = bk.analyse(folder / "data/briefings" / scope["briefing"])
    assert scope["actor"] in set(tables.mentions["actor_id"])
    assert not any(cell.get("outputs") for cell in notebook["cells"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"country": "Atlantis"}, "--country: 'Atlantis'"),
        ({"series": "  "}, "--series"),
        ({"series": "a\nb"}, "--series"),
        ({"marking": "secret"}, "--marking"),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(tmp_path, options, message):
    with pytest.raises(TemplateError, match=message):
        make_workbook(tmp_path / "new", **{"country": "UKR", "series": "Watch", **options})
    assert not list(tmp_path.iterdir())


def test_a_folder_in_use_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(TemplateError, match="not empty"):
        make_workbook(tmp_path, country="UKR", series="Watch")
    with pytest.raises(TemplateError, match="does not exist"):
        make_workbook(tmp_path / "no" / "new", country="UKR", series="Watch")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def cell(cell_id, source, kind="code", tags=()):
    made = {"id": cell_id, "cell_type": kind, "source": source, "metadata": {"tags": list(tags)}}
    return made | ({"outputs": ["old"], "execution_count": 1} if kind == "code" else {})


def notebook(*cells):
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


OLD = notebook(
    cell("p", 'week: str = "2019-W42"  # week', tags=["parameters"]), cell("a", "one()"), cell("b", "two()"), cell("c", "three()")
)


@pytest.mark.parametrize(
    ("mine", "template", "expected", "kept"),
    [
        pytest.param({}, {}, ["one()", "two()", "three()"], (), id="nothing changed"),
        pytest.param({}, {"b": "TWO()"}, ["one()", "TWO()", "three()"], (), id="the template changed"),
        pytest.param({"b": "my()"}, {}, ["one()", "my()", "three()"], (), id="the workbook changed"),
        pytest.param({"b": "my()"}, {"b": "TWO()"}, ["one()", "my()", "three()"], ("b",), id="both changed"),
        pytest.param({"b": "TWO()"}, {"b": "TWO()"}, ["one()", "TWO()", "three()"], (), id="both changed alike"),
        pytest.param({"b": None}, {}, ["one()", "three()"], (), id="the workbook took it out"),
        pytest.param({"b": None}, {"b": "TWO()"}, ["one()", "three()"], ("b",), id="taken out here, changed there"),
        pytest.param({}, {"b": None}, ["one()", "three()"], (), id="the template dropped it"),
        pytest.param({"b": "my()"}, {"b": None}, ["one()", "my()", "three()"], (), id="dropped there, changed here"),
        pytest.param(
            {"new": "extra()"}, {"later": "more()"}, ["one()", "two()", "three()", "extra()", "more()"], (), id="new cells of both"
        ),
    ],
)
def test_a_merge_keeps_what_is_ones_own(mine, template, expected, kept):
    def changed(changes):
        cells = [{**cell, "source": changes.get(cell["id"], cell["source"])} for cell in copy.deepcopy(OLD["cells"])]
        cells += [cell(name, source) for name, source in changes.items() if name in ("new", "later")]
        return notebook(*(one for one in cells if one["source"] is not None))

    merged = merge(changed(mine), changed(template), base_of(OLD))
    assert sorted(source_of(cell) for cell in merged.notebook["cells"][1:]) == sorted(expected)
    assert merged.kept == kept


def test_an_own_cell_stays_behind_the_one_before_it():
    mine = notebook(OLD["cells"][0], OLD["cells"][1], cell("x", "mine()"), *OLD["cells"][2:])
    merged = merge(mine, notebook(*OLD["cells"], cell("d", "four()")), base_of(OLD))
    assert [cell["id"] for cell in merged.notebook["cells"]] == ["p", "a", "x", "b", "c", "d"]


def test_own_defaults_of_parameters_stay():
    mine = copy.deepcopy(OLD)
    set_parameters(mine, {"week": "2024-W02"})
    template = copy.deepcopy(OLD)
    template["cells"][0]["source"] += "\ntop: int = 12  # rows"
    merged = merge(mine, template, base_of(OLD))
    assert source_of(merged.notebook["cells"][0]) == 'week: str = "2024-W02"  # week\ntop: int = 12  # rows'
    assert merged.kept == ()


class TestUpgrade:
    @pytest.fixture
    def older(self, made, tmp_path):
        """A workbook whose template lacked a line that the installed one has."""
        folder = tmp_path / "older"
        make_workbook(folder, country="MLI", series="Sahel")
        path = folder / "notebooks/02_actor_mentions.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        state = json.loads((folder / BASE_FILE).read_text(encoding="utf-8"))
        target = notebook["cells"][-1]
        target["source"] = ["An older text."]
        state["cells"][path.name] = base_of(notebook)
        path.write_text(json.dumps(notebook), encoding="utf-8")
        (folder / BASE_FILE).write_text(json.dumps(state), encoding="utf-8")
        return folder

    def test_the_difference_is_shown_first_and_nothing_written(self, older, capsys):
        before = (older / "notebooks/02_actor_mentions.ipynb").read_bytes()
        upgrade(older)
        told = capsys.readouterr().out
        assert "-An older text." in told
        assert "nothing is written yet" in told
        assert (older / "notebooks/02_actor_mentions.ipynb").read_bytes() == before

    def test_then_it_is_written_and_the_older_one_kept(self, older, capsys):
        before = (older / "notebooks/02_actor_mentions.ipynb").read_bytes()
        upgrade(older, apply=True)
        assert (older / BACKUP / "02_actor_mentions.ipynb").read_bytes() == before
        assert plan_upgrade(load_workbook(older)) == []
        packaged = json.loads((shipped("notebooks") / "02_actor_mentions.ipynb").read_text(encoding="utf-8"))
        written = json.loads((older / "notebooks/02_actor_mentions.ipynb").read_text(encoding="utf-8"))
        assert source_of(written["cells"][-1]) == source_of(packaged["cells"][-1])
        capsys.readouterr()
        upgrade(older)
        assert "the notebooks are those of briefing_kit" in capsys.readouterr().out

    def test_a_cell_that_both_changed_is_named_and_stays(self, older, capsys):
        path = older / "notebooks/02_actor_mentions.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["cells"][-1]["source"] = "My text."
        path.write_text(json.dumps(notebook), encoding="utf-8")
        upgrade(older, apply=True)
        assert "yours stays" in capsys.readouterr().out
        assert "My text." in path.read_text(encoding="utf-8")

    def test_a_missing_notebook_comes_back(self, older, capsys):
        Path(older / "notebooks/04_timeline.ipynb").unlink()
        upgrade(older, apply=True)
        assert (older / "notebooks/04_timeline.ipynb").is_file()

    def test_a_broken_record_is_one_line(self, older):
        (older / BASE_FILE).write_text("{", encoding="utf-8")
        with pytest.raises(TemplateError, match="cannot be read: delete it"):
            plan_upgrade(load_workbook(older))

    def test_a_folder_without_notebooks_is_refused(self, tmp_path):
        with pytest.raises(TemplateError, match="has no notebooks/"):
            plan_upgrade(load_workbook(tmp_path))
