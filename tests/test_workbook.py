"""The workbook's settings and parts."""

from pathlib import Path

import pytest
from small_workbook import make_workbook

from briefing_kit.workbook import SETTINGS_FILE, WorkbookError, find_workbook, load_workbook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_workbook(tmp_path / "book")


def test_a_workbook_without_settings_has_the_defaults(folder):
    """Nothing but notebooks and briefings is needed."""
    workbook = load_workbook(folder)
    assert workbook.settings.weeks_before == 4
    assert [path.name for path in workbook.notebooks] == ["01_first.ipynb", "02_second.ipynb"]
    assert (workbook.actors, workbook.corrections, workbook.sources, workbook.commentary) == (None, None, None, {})
    assert workbook.briefings == folder / "data" / "briefings"


def test_parts_that_are_there_are_found(folder):
    """actors, corrections, sources and commentary are gathered from data/."""
    (folder / "data" / "commentary").mkdir()
    (folder / "data" / "commentary" / "2021-W11.md").write_text("Unrest will likely grow.", encoding="utf-8")
    (folder / "data" / "actors.csv").write_text("id,name\n", encoding="utf-8")
    workbook = load_workbook(folder)
    assert workbook.actors == folder / "data" / "actors.csv"
    assert list(workbook.commentary) == ["2021-W11"]


def test_settings_are_read_and_overridden(folder):
    """The command line wins over the file, the file over the default, and None overrides nothing."""
    (folder / SETTINGS_FILE).write_text('title = "Delta"\nweeks_before = 2\ncountry = "Nigeria"\nmarking = "amber"\n', encoding="utf-8")
    settings = load_workbook(folder, overrides={"weeks_before": 6, "title": None}).settings
    assert (settings.title, settings.weeks_before, settings.country, settings.marking) == ("Delta", 6, "NGA", "TLP:AMBER")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("titel = 'x'", ["data/workbook.toml: titel", "did you mean 'title'?"]),
        ("weeks_before = 'four'", ["data/workbook.toml: weeks_before", "'four'"]),
        ("country = 'Atlantis'", ["country", "ISO 3166"]),
        ("marking = 'SECRET'", ["marking", "TLP:CLEAR"]),
        ("title = \ncountry = 1", ["data/workbook.toml: not TOML", "line 1"]),
    ],
)
def test_wrong_settings_are_refused_in_one_line(folder, text, words):
    """File, field and mend are named."""
    (folder / SETTINGS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(WorkbookError) as caught:
        load_workbook(folder)
    message = str(caught.value)
    assert "\n" not in message
    assert all(word in message for word in words)


def test_a_wrong_override_names_its_option(folder):
    """What was typed is what is named."""
    with pytest.raises(WorkbookError, match=r"^--weeks-before: -1"):
        load_workbook(folder, overrides={"weeks_before": -1})


def test_settings_that_are_not_text_are_refused(folder):
    """A Windows editor's other encodings are named, not guessed."""
    (folder / SETTINGS_FILE).write_bytes(b"title = '\xff'")
    with pytest.raises(WorkbookError, match="save it as UTF-8"):
        load_workbook(folder)


def test_a_missing_folder_is_refused(tmp_path):
    """The option is named."""
    with pytest.raises(WorkbookError, match="--workbook"):
        load_workbook(tmp_path / "nowhere")


def test_paths_are_said_relative_to_the_workbook(folder, tmp_path):
    """Outside of it only the last names are said, never where they are."""
    workbook = load_workbook(folder)
    assert workbook.relative(folder / "data" / "briefings") == "data/briefings"
    assert workbook.relative(tmp_path / "elsewhere") == "elsewhere"
    assert str(tmp_path) not in workbook.relative(tmp_path / "elsewhere" / "a.md")


def test_a_notebook_finds_its_workbook(folder, tmp_path):
    """From notebooks/, from a published report, from the workbook itself; elsewhere the folder stays."""
    report = folder / "reports" / "2021-W11" / "notebooks"
    report.mkdir(parents=True)
    for start in (folder, folder / "notebooks", report):
        assert find_workbook(start) == folder
    assert find_workbook(tmp_path) == tmp_path
