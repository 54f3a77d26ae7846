"""pyproject.toml, environment.yml and constraints.txt say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONDA_NAMES = {"matplotlib-base": "matplotlib", "nbconvert-core": "nbconvert", "pandera-base": "pandera", "python-duckdb": "duckdb"}
TESTED = ("lab", "readers", "scale", "export", "dev")  # the extras that `make test` installs


def _split(requirement: str) -> tuple[str, str]:
    found = re.match(r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?(.*)", requirement.strip())
    assert found, requirement
    return CONDA_NAMES.get(found[1].lower(), found[1].lower()), found[2].replace(" ", "")


def _project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_environment_has_the_same_ranges():
    """Core dependencies and the tested extras stand in environment.yml with the same version ranges, and nothing else does."""
    project = _project()
    extras = project["optional-dependencies"]
    wanted = dict(map(_split, [*project["dependencies"], *(line for extra in TESTED for line in extras[extra])]))
    lines = re.findall(r"^ +- ([^:\s#][^:#\n]*)$", (ROOT / "environment.yml").read_text(encoding="utf-8"), re.MULTILINE)
    listed = dict(map(_split, (line for line in lines if not line.startswith(("-e", "pip", "conda-forge", "nodefaults")))))
    assert listed.pop("python") == project["requires-python"]
    assert listed == wanted


def test_constraints_pin_every_tested_dependency():
    """Each is pinned to one version, without any address."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in text.splitlines() if "==" in line}
    project = _project()
    for requirement in [*project["dependencies"], *(line for extra in TESTED for line in project["optional-dependencies"][extra])]:
        assert _split(requirement)[0].replace("_", "-") in pinned, requirement


def test_the_fixed_packages_are_there():
    """The packages that the product is built on are declared."""
    project = _project()
    names = {_split(r)[0] for r in [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]}
    assert {"jupyterlab", "pandas", "matplotlib", "papermill", "nbval"} <= names
