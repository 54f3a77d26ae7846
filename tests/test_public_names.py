"""Every public name is exported, documented and has an example that runs."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys

import pytest

import briefing_kit as bk

WITHOUT_EXAMPLE = {"Briefing", "Tables"}


@pytest.mark.parametrize("name", bk.__all__)
def test_public_names_are_documented(name):
    """Each name can be had, and its docstring says what it does."""
    thing = getattr(bk, name)
    assert inspect.getdoc(thing), name
    assert name in dir(bk)


@pytest.mark.parametrize("name", [name for name in bk.__all__ if name not in WITHOUT_EXAMPLE])
def test_examples_run(name):
    """The examples in the docstrings give what they say."""
    thing = getattr(bk, name)
    finder = doctest.DocTestFinder(recurse=False)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for example in finder.find(thing, name, globs={**vars(sys.modules[thing.__module__]), "bk": bk}):
        runner.run(example)
    assert runner.failures == 0


def test_a_wrong_name_is_an_attribute_error():
    """Misspelt names fail as they do in any module."""
    with pytest.raises(AttributeError, match="no attribute 'analyze'"):
        bk.analyze  # noqa: B018


def test_importing_the_package_loads_nothing_heavy():
    """`import briefing_kit` alone brings in none of the large libraries."""
    code = "import sys, briefing_kit; print(sorted({'pandas','matplotlib','pandera','papermill','pyarrow','typst'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
