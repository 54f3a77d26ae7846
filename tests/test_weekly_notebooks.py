"""The five notebooks under other weeks and parameters than those they are stored with."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefing_kit import analyse
from briefing_kit.weekly.check import guard, stored_notebooks
from briefing_kit.weekly.parameters import MODELS, effective_parameters, model_for, parameters_cell
from briefing_kit.weekly.pool import Event, Job, Pool

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
