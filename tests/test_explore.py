"""The explorer: what its filters offer, what it shows without a front end, and what its controls do."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest

import briefing_kit as bk
from briefing_kit.selection import SelectionError
from briefing_kit.view import frontend
from briefing_kit.view.explore import explore

TEXT = """Officials said around 100 fighters of the Islamic State remain in Sirte. The UN said on 3 May 2020 that at least 30 people
had been killed in Tripoli. Turkish troops left Misrata on 4 May 2020. =1+1 said the UN, <b>nobody</b> was hurt."""


@pytest.fixture(scope="module")
def tables():
    return bk.analyse(TEXT, document_date="2020-05-06")


def test_filters_offer_what_is_there_with_counts(tables):
    facets = explore(tables, view="mentions").facets()
    assert ("United Nations (2)", "united-nations") in facets["actors"]
    assert facets["weeks"] == [(f"2020-W19 ({len(bk.actor_mentions(tables))})", "2020-W19")]
    assert "firmness" not in facets
    assert {value: label for label, value in explore(tables).facets()["kinds"]}["killed"] == "killed (1)"


def test_without_a_front_end_chart_and_table_are_static(tables, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *things: shown.extend(things))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    explore(tables)._ipython_display_()
    figure, table = shown
    assert "claims" in figure.caption
    assert [row[0] for row in table.payload["rows"]] == list(bk.numeric_claims(tables)["text"])


@pytest.mark.parametrize(
    ("signs", "live"),
    [({}, False), ({"JPY_SESSION_NAME": "a.ipynb"}, True), ({"VSCODE_PID": "1", frontend.STATIC: "1"}, False)],
)
def test_a_front_end_is_known_by_its_signs(signs, live, monkeypatch):
    for name in ("JPY_SESSION_NAME", "VSCODE_PID", "VSCODE_CWD", frontend.STATIC):
        monkeypatch.delenv(name, raising=False)
    for name, value in signs.items():
        monkeypatch.setenv(name, value)
    assert frontend.is_live() is live


def test_the_code_of_the_view_runs(tables):
    explorer = explore(tables, kinds=("killed",))
    scope = {"tables": tables}
    exec(explorer.code, scope)
    pd.testing.assert_frame_equal(scope["rows"], explorer.rows)


def test_a_question_that_cannot_be_asked_is_refused(tables):
    with pytest.raises(SelectionError, match="order: claims has no column"):
        explore(tables, order="size")


class TestPanel:
    """The controls, driven from Python."""

    @pytest.fixture
    def panel(self, tables):
        pytest.importorskip("itables.widget")
        pytest.importorskip("anywidget")
        from briefing_kit.view.explore_widgets import _Panel

        panel = _Panel(explore(tables))
        panel.sent = []
        panel.buttons.send = lambda message, buffers: panel.sent.append((message, buffers[0]))
        return panel

    def test_table_count_code_and_chart_follow_a_filter(self, panel):
        before = panel.picture.value
        panel.lists["kinds"].value = ("killed",)
        assert panel.buttons.count == "1 of 2 numeric claims"
        assert "isin(['killed'])" in panel.buttons.code
        assert "isin([&#x27;killed&#x27;])" in panel.code.value
        assert panel.picture.value != before
        assert panel.grid.df.iloc[0, 0] == "at least 30 people"
        panel._asked(None, {"clear": True}, [])
        assert panel.buttons.count == "2 of 2 numeric claims"

    def test_a_heading_sorts_up_down_and_as_found(self, panel):
        for arrow, first in ((" ▲", "around 100 fighters"), (" ▼", "around 100 fighters"), ("", "around 100 fighters")):
            panel._asked(None, {"sort": 1}, [])
            assert list(panel.grid.df.columns)[1] == "Value" + arrow
            assert panel.grid.df.iloc[0, 0] == first
        panel._asked(None, {"sort": 0}, [])
        panel._asked(None, {"sort": 0}, [])
        assert list(panel.grid.df["Claim ▼"]) == sorted(panel.grid.df["Claim ▼"], reverse=True)

    def test_a_row_opens_its_evidence(self, panel):
        panel.grid.selected_rows = [1]
        assert "<mark" in panel.evidence.value
        assert "at least 30 people" in panel.evidence.value

    def test_another_view_offers_its_own_classes(self, panel):
        panel.lists["kinds"].value = ("killed",)
        panel.view.value = "mentions"
        assert "actor_mentions" in panel.buttons.code
        assert panel.lists["firmness"].disabled
        assert panel.lists["kinds"].value == ()
        panel.view.value = "events"
        assert panel.chart.value == "What happened when"

    def test_what_is_shown_is_saved(self, panel):
        openpyxl = pytest.importorskip("openpyxl")
        panel.lists["kinds"].value = ("killed",)
        panel._asked(None, {"save": "csv"}, [])
        panel._asked(None, {"save": "xlsx"}, [])
        (csv, content), (xlsx, book) = panel.sent
        assert (csv["name"], xlsx["name"]) == ("claims.csv", "claims.xlsx")
        assert pd.read_csv(io.BytesIO(content))["text"].tolist() == ["at least 30 people"]
        sheet = openpyxl.load_workbook(io.BytesIO(bytes(book))).active
        assert "at least 30 people" in [cell.value for cell in sheet[4]]

    def test_what_is_saved_bears_the_strictest_marking_of_its_briefings(self, panel):
        documents = panel.explorer.tables.documents.assign(marking="TLP:AMBER+STRICT")
        panel.explorer = replace(panel.explorer, tables=replace(panel.explorer.tables, documents=documents))
        for kind in ("csv", "xlsx"):
            panel._asked(None, {"save": kind}, [])
        assert [message["name"] for message, _ in panel.sent] == ["claims.TLP-AMBER-STRICT.csv", "claims.TLP-AMBER-STRICT.xlsx"]
