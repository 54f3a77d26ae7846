"""Parameters are checked before any kernel starts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_workbook import PARAMETERS, make_workbook, write_notebook

from briefing_kit.isoweek import monday, shift
from briefing_kit.weekly.cells import parameters_cell
from briefing_kit.weekly.parameters import effective_parameters, model_for, parse_settings, short_name
from briefing_kit.weekly.status import Refused
from briefing_kit.weekly.weeks import check_week, window


@pytest.fixture
def notebooks(tmp_path: Path) -> list[Path]:
    return sorted((make_workbook(tmp_path / "book") / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("week", ["2019-W42", "2020-W53", "0001-W01", "9999-W52"])
def test_weeks_that_exist(week):
    """A week is returned as it stands."""
    assert check_week(week) == week


@pytest.mark.parametrize(
    ("week", "mend"),
    [
        ("2019-W60", "the last one of 2019 is 2019-W52"),
        ("2019-W53", "the last one of 2019 is 2019-W52"),
        ("2019-W00", "the last one"),
        ("2019W42", 'did you mean "2019-W42"?'),
        ("2019-w7", 'did you mean "2019-W07"?'),
        ("2019-42", 'did you mean "2019-W42"?'),
        ("../2019-W42", "such as 2019-W42"),
        ("2019-W42\n", "such as 2019-W42"),
        ("٢٠١٩-W42", "such as 2019-W42"),
        ("", "such as 2019-W42"),
        ("x" * 300, "such as 2019-W42"),
    ],
)
def test_weeks_that_do_not(week, mend):
    """One line that names the option and the mend, however long the input."""
    with pytest.raises(Refused) as caught:
        check_week(week)
    message = str(caught.value)
    assert message.startswith("--week: ")
    assert mend in message
    assert len(message) < 150
    assert "\n" not in message


@given(st.text(max_size=12))
def test_any_text_is_a_week_or_refused(text):
    """No other error leaves the check."""
    try:
        week = check_week(text)
    except Refused:
        return
    assert monday(week).isoweekday() == 1


def test_weeks_are_counted_across_years():
    """2020 has 53 weeks; before the first week there is none."""
    assert shift("2021-W01", -1) == "2020-W53"
    assert window("2021-W01", 2) == ("2020-W52", "2021-W01")
    assert window("0001-W02", 9) == ("0001-W01", "0001-W02")


def test_the_cell_is_read_with_types_defaults_and_comments(notebooks):
    """What papermill shows as help is what we read."""
    last = parameters_cell(notebooks[1])[-1]
    assert (last.name, last.annotation, last.default, last.comment) == ("top", "int", 5, "rows shown")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("week: str = ''\nimport os", "line 2 sets no parameter"),
        ("week: str", "week has no plain default"),
        ("week: str = str(1)", "week has no plain default"),
        ("week = (", "is not Python"),
        ("when: date = ''", "when is annotated date"),
        ("week: int = 'x'", "week"),
    ],
)
def test_a_cell_that_is_no_list_of_parameters_is_refused(tmp_path, cell, words):
    """The notebook and the line are named."""
    path = write_notebook(tmp_path / "01_x.ipynb", [], cell)
    with pytest.raises(Refused, match="01_x") as caught:
        effective_parameters([path])
    assert words in str(caught.value)


def test_a_notebook_without_the_cell_is_refused(tmp_path):
    """papermill would put the parameters in front of everything."""
    path = write_notebook(tmp_path / "01_x.ipynb", [])
    path.write_text(path.read_text(encoding="utf-8").replace('"parameters"', '"other"'), encoding="utf-8")
    with pytest.raises(Refused, match="no cells are tagged so"):
        model_for(path)


def test_a_file_that_is_no_notebook_is_refused(tmp_path):
    """Before a kernel trips over it."""
    path = tmp_path / "01_x.ipynb"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(Refused, match="not a notebook"):
        model_for(path)


def test_defaults_are_part_of_the_result(notebooks):
    """What a report was made with is on record, given or not."""
    assert effective_parameters(notebooks, week="2021-W11") == {
        "01_first": {"week": "2021-W11", "briefings": "", "tables": "", "weeks_before": 4},
        "02_second": {"week": "2021-W11", "briefings": "", "tables": "", "weeks_before": 4, "top": 5},
    }


def test_a_parameter_of_one_notebook_or_of_all(notebooks):
    """By full name, by name without number, or for every notebook that has it."""
    for setting in ("02_second.top=7", "second.top=7", "top = 7"):
        found = effective_parameters(notebooks, [setting])
        assert found["02_second"]["top"] == 7
        assert "top" not in found["01_first"]


def test_settings_of_the_file_are_overridden_by_the_command_line(notebooks):
    """data/workbook.toml may set parameters too."""
    assert effective_parameters(notebooks, [], {"second": {"top": 3}})["02_second"]["top"] == 3
    assert effective_parameters(notebooks, ["second.top=4"], {"second": {"top": 3}})["02_second"]["top"] == 4


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("second.tpo=7", ["--set second", "'tpo'", "did you mean 'top'?"]),
        ("tpo=7", ["--set", "did you mean 'top'?"]),
        ("secnd.top=7", ["no notebook 'secnd'", "did you mean 'second'?"]),
        ("second.top=seven", ["02_second.top", "'seven'", "integer"]),
        ("second.top=7.5", ["02_second.top", "'7.5'"]),
        ("second.top", ["sets nothing", "notebook.name=value"]),
        ("=7", ["sets nothing"]),
        ("week=2019-W42", ["use --week"]),
        ("tables=/etc", ["use --briefings"]),
    ],
)
def test_wrong_settings_are_refused(notebooks, setting, words):
    """One line with option, name and mend, where papermill would use the default."""
    with pytest.raises(Refused) as caught:
        effective_parameters(notebooks, [setting])
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("flag=yes", True),
        ("flag=false", False),
        ("share=0.5", 0.5),
        ("names=a, b", ["a", "b"]),
        ('names=["a b"]', ["a b"]),
        ("name=5", "5"),
    ],
)
def test_text_becomes_the_declared_type(tmp_path, text, value):
    """A string stays a string even where it looks like a number."""
    cell = "flag: bool = True\nshare: float = 0.1\nnames: list[str] = []\nname: str = ''"
    path = write_notebook(tmp_path / "01_x.ipynb", [], cell)
    name = text.partition("=")[0]
    assert effective_parameters([path], [text])["01_x"][name] == value


def test_a_value_keeps_its_own_equals_signs():
    """Only the first one divides."""
    assert parse_settings(["a.b=c=d"]) == [("a", "b", "c=d")]


def test_names_without_their_number():
    """Notebooks are called by what they are about."""
    assert [short_name(stem) for stem in ("02_actor_mentions", "explore", "07")] == ["actor_mentions", "explore", "07"]


def test_a_workbook_without_notebooks_is_refused():
    """A report of no chapters is none."""
    with pytest.raises(Refused, match="no notebook whose name begins with a number"):
        effective_parameters([])


def test_common_parameters_keep_their_bounds(tmp_path):
    """A negative look back is refused in any notebook."""
    path = write_notebook(tmp_path / "01_x.ipynb", [], PARAMETERS)
    with pytest.raises(Refused, match="weeks_before"):
        effective_parameters([path], weeks_before=-1)
