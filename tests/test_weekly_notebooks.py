"""The five notebooks under other weeks and parameters than those they are stored with."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefing_kit import analyse
from briefing_kit.weekly.cells import parameters_cell, read_notebook, source_of
from briefing_kit.weekly.check import guard, stored_notebooks
from briefing_kit.weekly.parameters import MODELS, check_parameters, effective_parameters, model_for, short_name
from briefing_kit.weekly.pool import Event, Job, Pool
from briefing_kit.weekly.status import Refused

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
PLAIN = "Police in Warri said on Tuesday that 12 people had been killed and dozens injured in an attack on 8 March 2021."
OTHER_SCRIPT = "قالت الشرطة إن 12 شخصا قتلوا في الهجوم. Полиция сообщила о 12 погибших. $x$ <b>12</b> #{x} `y`"


@pytest.fixture(scope="module")
def pool():
    with Pool(2, "fork") as running:
        yield running


def test_there_are_five_notebooks_each_with_its_model():
    """Names, types and defaults of cell and model agree."""
    assert [path.stem for path in NOTEBOOKS] == sorted(MODELS)
    for path in NOTEBOOKS:
        assert list(model_for(path).model_fields) == [parameter.name for parameter in parameters_cell(path)]
        assert all(parameter.comment for parameter in parameters_cell(path)), "the comment is the parameter's help"


def test_stored_notebooks_are_whole():
    """Every cell ran in order, outputs are stored, no path of a machine, each figure beside its table."""
    assert [line for path in stored_notebooks(ROOT) for line in guard(path)] == []


def checking_call(path: Path) -> ast.Call:
    """The notebook's call of `check_parameters`."""
    source = "\n".join(source_of(cell) for cell in read_notebook(path)["cells"] if cell["cell_type"] == "code")
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return next(call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "check_parameters")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_run_by_hand_checks_all_its_parameters(path):
    """Each parameter that `load_week` does not check itself is handed on by its own name, to the notebook's own model."""
    call = checking_call(path)
    checked_by_load_week = {"week", "briefings", "tables"}
    assert {word.arg for word in call.keywords} == {parameter.name for parameter in parameters_cell(path)} - checked_by_load_week
    assert all(word.arg == ast.unparse(word.value) for word in call.keywords)
    assert isinstance(call.args[0], ast.Constant)
    assert f"{path.stem.partition('_')[0]}_{call.args[0].value}" == path.stem


@pytest.mark.parametrize(
    ("notebook", "name", "value", "told"),
    [
        ("02_actor_mentions", "top", -3, "input should be greater than or equal to 1"),
        ("03_numeric_claims", "top", "five", "input should be a valid integer"),
        ("04_timeline", "lanes", "nope", "no such column: there is "),
        ("04_timeline", "lanes", "event_typ", "no such column: did you mean 'event_type'?"),
        ("04_timeline", "days", 0, "input should be greater than or equal to 1"),
        ("01_what_changed", "weeks_before", -1, "input should be greater than or equal to 0"),
    ],
)
def test_a_wrong_parameter_is_refused_by_hand_as_in_the_run(notebook, name, value, told):
    """By hand and in the run the same words."""
    with pytest.raises(Refused) as by_hand:
        check_parameters(short_name(notebook), **{name: value})
    run: dict[str, Any] = {"weeks_before": value} if name == "weeks_before" else {"written": {notebook: {name: value}}}
    with pytest.raises(Refused) as in_the_run:
        effective_parameters([ROOT / "notebooks" / f"{notebook}.ipynb"], **run)
    assert str(by_hand.value) == str(in_the_run.value)
    assert f"{notebook}.{name}: {value!r} will not do: {told}" in str(by_hand.value)


def test_unknown_names_are_refused_by_hand():
    """A misspelt parameter or notebook is told what was meant."""
    with pytest.raises(Refused, match=r"02_actor_mentions: no parameter 'tpo': did you mean 'top'\?"):
        check_parameters("actor_mentions", tpo=3)
    with pytest.raises(Refused, match=r"no notebook 'timelin': did you mean 'timeline'\?"):
        check_parameters("timelin", days=3)


def test_a_notebook_with_a_wrong_parameter_stops_before_it_reads_anything(tmp_path):
    """The first code cell itself, as JupyterLab would run it, with a parameter that somebody edited."""
    cells = [source_of(cell) for cell in read_notebook(ROOT / "notebooks" / "04_timeline.ipynb")["cells"] if cell["cell_type"] == "code"]
    space: dict[str, Any] = {}
    exec(cells[0].replace("days: int = 60", "days: int = -60"), space)
    space["briefings"] = str(tmp_path / "nothing here")
    with pytest.raises(Refused, match=r"04_timeline.days: -60 will not do"):
        exec(cells[1], space)


VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {
    "a week without a briefing": (PLAIN, {"week": "2021-W20"}),
    "one document and no week before": (PLAIN, {"week": "2021-W10", "weeks_before": 0}),
    "a text of one word": ("Nothing.", {"week": "2021-W10"}),
    "other scripts and markup": (OTHER_SCRIPT, {"week": "2021-W10", "top": 1, "days": 1}),
    "lanes by place": (PLAIN, {"week": "2021-W10", "lanes": "location"}),
}


@pytest.mark.slow
@pytest.mark.parametrize("variant", VARIANTS)
def test_notebooks_run_on_unusual_weeks(pool, tmp_path, variant):
    """Whatever the week holds, all five notebooks run to their end without a word on standard error."""
    text, parameters = VARIANTS[variant]
    analyse(text, document_date=date(2021, 3, 10)).write(tmp_path / "tables")
    defaults = effective_parameters(NOTEBOOKS)
    jobs = [
        Job(
            name=path.stem,
            notebook=path,
            output=tmp_path / path.name,
            parameters={name: value for name, value in {**parameters, "tables": "tables"}.items() if name in defaults[path.stem]},
            cwd=tmp_path,
            cell_timeout=60,
            replacements=[],
        )
        for path in NOTEBOOKS
    ]
    done: dict[str, Event] = {}
    pool.run(jobs, 120, lambda event: done.update({event.job: event}) if event.kind == "done" else None, keep_going=True)
    assert {name: (event.outcome.status, event.outcome.reason) for name, event in done.items() if event.outcome} == {
        path.stem: ("ok", "") for path in NOTEBOOKS
    }
    assert {name: event.stderr for name, event in done.items() if event.stderr} == {}
    assert parameters["week"] in (tmp_path / NOTEBOOKS[0].name).read_text(encoding="utf-8")
