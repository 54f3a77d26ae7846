"""The recipes for schedulers do what recipes/README.md says: one command everywhere, safe to fire twice, a failure fails the job."""

from __future__ import annotations

import ast
import json
import os
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from small_workbook import make_workbook, tree, write_notebook

from briefing_kit.weekly.status import Refused

ROOT = Path(__file__).parent.parent
RECIPES = ROOT / "recipes"
PLACEHOLDER = "/srv/briefings"
COMMANDS = ["briefing-kit weekly --missing --wait 600", "briefing-kit weekly --wait 600"]
THURSDAYS = "17 5 * * 4"


def recipe(name: str, folder: Path | None = None) -> str:
    """The text of a recipe, with its placeholder replaced by a folder."""
    text = (RECIPES / name).read_text(encoding="utf-8")
    return text.replace(PLACEHOLDER, str(folder)) if folder else text


def crontab(folder: Path | None = None) -> tuple[str, str]:
    """The schedule and the command of the crontab's line."""
    line = recipe("crontab", folder).splitlines()[-1]
    return " ".join(line.split()[:5]), line.split(maxsplit=5)[5]


def constants(name: str) -> set[Any]:
    """Every constant of a Python recipe."""
    return {node.value for node in ast.walk(ast.parse(recipe(name))) if isinstance(node, ast.Constant)}


def workflow() -> dict[Any, Any]:
    return dict(yaml.safe_load((ROOT / ".github" / "workflows" / "weekly.yml").read_text(encoding="utf-8")))


def fire(folder: Path) -> subprocess.CompletedProcess[str]:
    """What cron does: the line through /bin/sh, in next to no environment."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder.parent), "SHELL": "/bin/sh"}
    return subprocess.run(["/bin/sh", "-c", crontab(folder)[1]], env=environment, cwd="/", capture_output=True, text=True, check=False)


def run_notebook(folder: Path, week: str = "") -> None:
    """The code of the notebook with its parameters set, as a scheduler sets them."""
    cells = json.loads(recipe("jupyter_scheduler.ipynb"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
        if "parameters" in cell["metadata"]["tags"]:
            names.update(week=week, workbook=str(folder))


@pytest.fixture(scope="module")
def fired(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with an environment, after cron fired once."""
    folder = make_workbook(tmp_path_factory.mktemp("cron") / "book")
    command = folder / ".venv" / "bin" / "briefing-kit"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m briefing_kit "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    done = fire(folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_cron_makes_every_week(fired):
    """The line works in cron's environment, and makes the weeks that nobody made."""
    assert sorted(path.stem for path in (fired / "reports").glob("*/*.pdf")) == ["2021-W10", "2021-W11"]


def test_firing_twice_changes_nothing(fired):
    """The second call says so and leaves every byte alone."""
    before = tree(fired / "reports")
    done = fire(fired)
    assert done.returncode == 0
    assert "no week is missing" in done.stderr
    assert "2021-W11: up to date" in done.stderr
    assert tree(fired / "reports") == before


def test_the_notebook_after_cron_changes_nothing(fired, capsys):
    """Two schedulers of different kinds do not undo each other's work."""
    before = tree(fired / "reports")
    run_notebook(fired)
    assert capsys.readouterr().out == "2021-W11: up to date\n"
    assert tree(fired / "reports") == before


def test_a_failed_run_fails_the_job(fired, tmp_path):
    """The notebook raises, cron's line exits with 1, and the report stands."""
    book = Path(shutil.copytree(fired, tmp_path / "book"))
    write_notebook(book / "notebooks" / "01_first.ipynb", ["1 / 0"])
    before = tree(book / "reports" / "2021-W11")
    with pytest.raises(RuntimeError, match="2021-W11: failed: 01_first"):
        run_notebook(book)
    assert fire(book).returncode == 1
    assert tree(book / "reports" / "2021-W11") == before


def test_a_bad_parameter_fails_the_job(fired):
    """What cannot be begun is refused inside the notebook too."""
    with pytest.raises(Refused, match="2021-W99"):
        run_notebook(fired, week="2021-W99")


def test_the_notebook_is_stored_clean():
    """No outputs of anybody's machine, and the parameters that the README names."""
    cells = [cell for cell in json.loads(recipe("jupyter_scheduler.ipynb"))["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
    (parameters,) = [cell for cell in cells if "parameters" in cell["metadata"]["tags"]]
    assert [statement.target.id for statement in ast.parse("".join(parameters["source"])).body] == ["week", "workbook"]


def test_one_command_everywhere():
    """Cron, systemd and Airflow call the same."""
    joined = " && ".join(f".venv/bin/{command}" for command in COMMANDS)
    assert crontab()[1] == f"cd {PLACEHOLDER} && {joined}"
    starts = [line for line in recipe("briefing-weekly.service").splitlines() if line.startswith("ExecStart=")]
    assert starts == [f"ExecStart={PLACEHOLDER}/.venv/bin/{command}" for command in COMMANDS]
    assert joined in constants("airflow_dag.py")


def test_one_schedule_everywhere():
    """Thursdays at 05:17; the timer makes up for a missed start."""
    assert crontab()[0] == THURSDAYS
    assert workflow()[True]["schedule"] == [{"cron": THURSDAYS}]  # YAML 1.1 reads the key `on` as true
    assert THURSDAYS in constants("airflow_dag.py")
    timer = recipe("briefing-weekly.timer").splitlines()
    assert {"OnCalendar=Thu *-*-* 05:17:00", "Persistent=true"} <= set(timer)


def test_the_workflow_may_only_read():
    """Nothing but reading is granted, no secret is used, and what a person types in never becomes shell code."""
    found = workflow()
    job = found["jobs"]["report"]
    assert found["permissions"] == {}
    assert set(job["permissions"].values()) == {"read"}
    assert "secrets." not in json.dumps(job)
    scripts = [step["run"] for step in job["steps"] if "run" in step]
    assert any(script.startswith("make report") for script in scripts)
    assert not any("${{" in script for script in scripts)
    assert "workflow_dispatch" in found[True]


@pytest.mark.parametrize("path", sorted(path for path in RECIPES.iterdir() if path.is_file()), ids=lambda path: path.name)
def test_no_path_of_one_machine(path):
    """The only folder named is the placeholder."""
    words = path.read_text(encoding="utf-8").replace(PLACEHOLDER, "")
    assert not any(place in words for place in ("/tmp/", "/work/", "/root/", "/Users/"))


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_the_units_verify(tmp_path):
    """systemd itself finds nothing to say about them."""
    command = tmp_path / ".venv" / "bin" / "briefing-kit"
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\n", encoding="utf-8")
    command.chmod(0o755)
    units = [tmp_path / name for name in ("briefing-weekly.service", "briefing-weekly.timer")]
    for unit in units:
        unit.write_text(recipe(unit.name, tmp_path), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", *map(str, units)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def interpreter_with(module: str, variable: str) -> str:
    """An interpreter that has a scheduler: this one, or the one that an environment variable names."""
    named = os.environ.get(variable, "")
    if not named and not find_spec(module):
        pytest.skip(f"{module} is not installed here: name the interpreter of an environment that has it in {variable}")
    return named or sys.executable


@pytest.mark.slow
def test_airflow_imports_the_dags(tmp_path):
    """A real Airflow finds both DAGs and no import error."""
    python = interpreter_with("airflow", "AIRFLOW_PYTHON")
    (tmp_path / "dags").mkdir()
    shutil.copy(RECIPES / "airflow_dag.py", tmp_path / "dags")
    code = (
        "import json, sys\nfrom airflow.dag_processing.dagbag import DagBag\nbag = DagBag(sys.argv[1])\n"
        "tasks = {name: [task.task_type for task in dag.tasks] for name, dag in bag.dags.items()}\n"
        "print(json.dumps([bag.import_errors, tasks]))"
    )
    environment = {**os.environ, "AIRFLOW_HOME": str(tmp_path), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
    done = subprocess.run(
        [python, "-c", code, str(tmp_path / "dags")], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == [
        {},
        {"briefing_weekly": ["BashOperator"], "briefing_notebook": ["PapermillOperator"]},
    ]


JOB = """
import sys
from jupyter_scheduler.executors import DefaultExecutionManager
from jupyter_scheduler.orm import Job, create_session, create_tables

folder, notebook, workbook = sys.argv[1:]
database = f"sqlite:///{folder}/jobs.sqlite"
create_tables(database)
for week in ("", "2021-W99"):
    with create_session(database)() as session:
        job = Job(name="weekly", runtime_environment_name="python3", input_filename=notebook, output_formats=["ipynb"])
        job.parameters = {"workbook": repr(workbook), "week": repr(week)}
        session.add(job)
        session.commit()
        name = job.job_id
    paths = {"input": f"{folder}/{notebook}", "ipynb": f"{folder}/done.ipynb"}
    DefaultExecutionManager(name, folder, database, paths).process()
    with create_session(database)() as session:
        print(session.get(Job, name).status)
"""


@pytest.mark.slow
def test_jupyter_scheduler_runs_the_notebook(tmp_path):
    """A real job makes the report; one that had to fail is shown as failed."""
    python = interpreter_with("jupyter_scheduler", "JUPYTER_SCHEDULER_PYTHON")
    book = make_workbook(tmp_path / "book")
    shutil.copy(RECIPES / "jupyter_scheduler.ipynb", tmp_path)
    command = [python, "-c", JOB, str(tmp_path), "jupyter_scheduler.ipynb", str(book)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["COMPLETED", "FAILED"], done.stderr
    assert (book / "reports" / "2021-W11" / "2021-W11.pdf").is_file()
