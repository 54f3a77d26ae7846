"""`%load_ext briefing_kit`: a pasted text, one actor, one measure, and completion."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import briefing_kit as bk
from briefing_kit.lookup import LookupFailedError, actor_names, find_named

IPython = pytest.importorskip("IPython")

TEXT = "Khalifa Haftar said around 100 fighters of the Islamic State remain in Sirte. The UN met Haftar on 3 May."


@pytest.fixture
def shell(monkeypatch, tmp_path):
    from IPython.core.interactiveshell import InteractiveShell

    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = InteractiveShell()
    shown = []
    monkeypatch.setattr("briefing_kit.magics.display", shown.append)
    bk.load_ipython_extension(shell)
    shell.shown = shown
    return shell


@pytest.fixture
def workbook(tmp_path, monkeypatch):
    folder = tmp_path / "book" / "data" / "briefings"
    folder.mkdir(parents=True)
    (folder / "2020-05-06_libya.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "book")
    return folder


def _texts(shown):
    return [str(thing.payload if hasattr(thing, "payload") else thing.caption) for thing in shown]


def test_a_pasted_text_is_marked_and_tabled(shell, workbook):
    shell.run_cell_magic("briefing", "2020-05-06", TEXT)
    texts = _texts(shell.shown)
    assert "around 100 fighters" in texts[0].replace("', None], ['", "")
    assert any("Numeric claims: 1." in text for text in texts)
    assert shell.user_ns["tables"].dates["value"].tolist() == ["2020-05-03"]


def test_the_tables_can_have_another_name(shell, workbook):
    shell.run_cell_magic("briefing", "--name mine", "Nothing happened.")
    assert "tables" not in shell.user_ns
    assert len(shell.user_ns["mine"].claims) == 0
    assert sum(": none." in text for text in _texts(shell.shown)) == 3


@pytest.mark.parametrize(
    ("magic", "line", "message"),
    [
        ("actor", "Nobody Known", "actor 'Nobody Known': there is none"),
        ("actor", "Haftr", "did you mean 'Haftar'"),
        ("actor", "--tables nothing Haftar", "--tables nothing: no variable"),
        ("measure", "tanks", "measure 'tanks': there is none"),
    ],
)
def test_what_cannot_be_found_is_one_line(shell, workbook, magic, line, message):
    from IPython.core.error import UsageError

    with pytest.raises(UsageError, match=message):
        shell.run_line_magic(magic, line)


@pytest.mark.parametrize("line", ["2020-13-45", "soon"])
def test_a_date_that_is_none_is_refused(shell, workbook, line):
    from IPython.core.error import UsageError

    with pytest.raises(UsageError):
        shell.run_cell_magic("briefing", line, TEXT)


def test_everything_on_one_actor(shell, workbook):
    shell.run_line_magic("actor", "haftar")
    texts = _texts(shell.shown)
    assert "khalifa-haftar" in texts[0]
    assert "2 mentions in 1 briefing" in texts[0]
    assert any("Sentences that name it" in text for text in texts)
    assert any("Figures about it or from it: 1." in text for text in texts)


def test_one_figure_over_time(shell, workbook):
    shell.run_line_magic("measure", "")
    assert "islamic-state:fighters" in _texts(shell.shown)[0]
    shell.run_line_magic("measure", "fighters")
    assert any("islamic-state: fighters" in text for text in _texts(shell.shown)[1:])


def test_a_measure_of_nobody_begins_with_a_hyphen_and_tables_can_be_named(shell, workbook):
    shell.user_ns["mine"] = SimpleNamespace(this=bk.analyse("At least 30 people were killed in Gao on 3 May 2020."))
    shell.run_line_magic("measure", "-:killed:MLI --tables mine.this")
    assert "killed (MLI): 1 figure." in _texts(shell.shown)[0]


def test_a_changed_file_is_read_again(shell, workbook):
    shell.run_line_magic("actor", "haftar")
    (workbook / "2020-05-13_libya.md").write_text("Haftar left Sirte on 12 May.", encoding="utf-8")
    shell.shown.clear()
    shell.run_line_magic("actor", "haftar")
    assert "3 mentions in 2 briefings" in _texts(shell.shown)[0]


@pytest.mark.parametrize(
    ("typed", "whole"),
    [("%actor khal", "%actor khalifa-haftar"), ("%measure islamic-state:fi", "%measure islamic-state:fighters:LBY")],
)
def test_completion(shell, workbook, typed, whole):
    assert whole in _offered(shell, typed)


def test_options_are_not_completed_as_actors(shell, workbook):
    assert not any("haftar" in line for line in _offered(shell, "%actor --ta"))


def _offered(shell, typed):
    """What Jupyter's kernel is given for a line."""
    from IPython.core.completer import provisionalcompleter

    with provisionalcompleter():
        return {typed[: hit.start] + hit.text + typed[hit.end :] for hit in shell.Completer.completions(typed, len(typed))}


def test_names_are_found_by_parts_and_told_apart():
    names = actor_names(bk.analyse(TEXT, document_date="2020-05-06"))
    assert find_named("islamic", names, "actor") == "islamic-state"
    with pytest.raises(LookupFailedError, match="could be"):
        find_named("i", names, "actor")
    with pytest.raises(LookupFailedError, match="there is none"):
        find_named("", names, "actor")
