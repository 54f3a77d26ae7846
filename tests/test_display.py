"""What notebooks show: payloads, escaped HTML, stable bytes."""

import json
from datetime import date
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_kit.view.display import (
    FIGURE_MIME,
    TABLE_MIME,
    escape,
    format_cell,
    show_figure,
    show_table,
)
from briefing_kit.view.marked import SPANS_MIME, show_note, show_spans

mpl.use("agg")

HOSTILE = "<script>alert(1)</script> US$5m to US$7m #strong[x] =HYPERLINK(1) {{ 7*7 }}"


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "actor": ["Wagner", HOSTILE, None],
            "value": pd.array([5000, None, 12], dtype="Int64"),
            "share": [0.333333333, 33.3, np.nan],
            "day": pd.array(["2019-10-10", None, "0490-09-12"], dtype="datetime64[s]"),
            "known": pd.array([True, False, None], dtype="boolean"),
            "when": [date(2019, 10, 1), None, None],
        }
    )


def bundle(thing: object) -> dict:
    return thing._repr_mimebundle_()


def test_table_payload_holds_every_value_whole() -> None:
    """The payload is plain JSON: missing null, dates ISO, numbers as numbers, the index left out."""
    payload = bundle(show_table(frame(), caption="Test"))[TABLE_MIME]
    assert [column["kind"] for column in payload["columns"]] == ["string", "number", "number", "date", "boolean", "date"]
    assert payload["rows"][0] == ["Wagner", 5000, 0.333333333, "2019-10-10", True, "2019-10-01"]
    assert payload["rows"][1] == [HOSTILE, None, 33.3, None, False, None]
    assert payload["rows"][2] == [None, 12, None, "0490-09-12", None, None]
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload


def test_table_columns_are_picked_ordered_and_renamed() -> None:
    """`columns` picks, orders and names; formats and weights travel with their column."""
    table = show_table(frame(), caption="T", columns={"value": "Figure", "actor": "Who"}, formats={"value": ",.1f"}, weights={"actor": 3})
    columns = bundle(table)[TABLE_MIME]["columns"]
    assert columns == [{"name": "Figure", "kind": "number", "format": ",.1f"}, {"name": "Who", "kind": "string", "weight": 3.0}]
    assert "5,000.0" in bundle(table)["text/html"]


def test_unknown_column_is_refused() -> None:
    """A misspelt column is an error that lists the columns."""
    with pytest.raises(ValueError, match="no column 'valeu'; the table has actor, value"):
        show_table(frame(), caption="T", columns={"valeu": "Figure"})


def test_pivots_and_doubled_columns_are_shown() -> None:
    """Column names may be numbers, tuples or stand twice; cells may be lists or arrays."""
    odd = pd.DataFrame([[1, "a", ["x", "y"], np.array([1, 2])]], columns=pd.Index([2019, ("a", "b"), "c", "c"], dtype=object))
    payload = bundle(show_table(odd, caption="c"))[TABLE_MIME]
    assert [column["name"] for column in payload["columns"]] == ["2019", "a / b", "c", "c"]
    assert payload["rows"] == [[1, "a", "x; y", "1; 2"]]


def test_hostile_text_is_inert_in_html() -> None:
    """Markup of the text arrives as text, and no two dollar signs share a text node."""
    for output in (show_table(frame(), caption=HOSTILE), show_note(HOSTILE), show_spans([(HOSTILE, "actor", "<i>")], caption=HOSTILE)):
        html = bundle(output)["text/html"]
        assert "<script" not in html
        assert "<i>" not in html
        assert all(text.count("$") < 2 for text in html.replace(">", "<").split("<"))


def test_html_has_no_ellipsis_and_no_id() -> None:
    """A long sentence stands whole in the HTML, and nothing in it is an id or random."""
    sentence = "word " * 400
    html = bundle(show_table(pd.DataFrame({"s": [sentence]}), caption="c"))["text/html"]
    assert sentence in html
    assert " id=" not in html


def test_html_of_a_long_table_says_what_is_left_out() -> None:
    """Beyond 500 rows the HTML stops and says so; the payload does not stop."""
    output = bundle(show_table(pd.DataFrame({"n": range(600)}), caption="c"))
    assert "The first 500 of 600 rows." in output["text/html"]
    assert len(output[TABLE_MIME]["rows"]) == 600


def test_empty_table_says_so() -> None:
    """No rows: the headings and a plain sentence."""
    output = bundle(show_table(frame().iloc[:0], caption="c"))
    assert "No rows." in output["text/html"]
    assert output[TABLE_MIME]["rows"] == []


@pytest.mark.parametrize(
    ("value", "column", "shown"),
    [
        (None, {}, "–"),
        (5000, {}, "5,000"),
        (5000.0, {}, "5,000"),
        (2019, {"format": "d"}, "2019"),
        (2019.0, {"format": "d"}, "2019"),
        (2.5, {"format": "d"}, "2.5"),
        (float("1e300"), {"format": ",.1e"}, "1.0e+300"),
        (33.3, {}, "33.3"),
        (1234567.891, {}, "1,234,567.89"),
        (0.3333333, {}, "0.333"),
        (True, {}, "yes"),
        ("-5", {}, "-5"),
    ],
)
def test_cells_as_read(value: object, column: dict, shown: str) -> None:
    """Numbers get thousands separators and no false digits."""
    assert format_cell(value, column) == shown


def drawing(label: str = "US$5m to US$7m") -> object:
    import matplotlib.pyplot as plt

    _, ax = plt.subplots()
    ax.bar(["a", label], [10, 1000])
    ax.set_yscale("log")
    ax.set_title(label)
    return ax


def test_figure_is_svg_with_real_text_and_stable_bytes() -> None:
    """Text stays text, dollars stay dollars, ticks stay powers of ten, no date; the same drawing gives the same bytes."""
    first, second = (bundle(show_figure(drawing(), caption="n = 2", alt='Bars "a"')) for _ in range(2))
    assert first == second
    svg = first["image/svg+xml"]
    shown = "".join(ElementTree.fromstring(svg).itertext())
    assert "US$5m to US$7m" in shown
    assert "mathdefault" not in shown
    assert "<dc:date>" not in svg
    assert first[FIGURE_MIME] == {"caption": "n = 2", "alt": 'Bars "a"'}
    assert first["text/plain"] == "n = 2"


def test_figure_is_closed_after_showing() -> None:
    """A shown figure is closed, so that the inline backend does not show it twice."""
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    show_figure(drawing(), caption="c", alt="a")
    assert plt.get_fignums() == before


def test_spans_keep_the_whole_text() -> None:
    """The parts' texts joined are the text, and each mark has its kind."""
    output = bundle(show_spans([("In October ", None), ("100 fighters", "claim", "7"), (" fled.", None)]))
    assert "".join(part[0] for part in output[SPANS_MIME]["parts"]) == "In October 100 fighters fled."
    assert output["text/plain"] == "In October [100 fighters]7 fled."
    assert '<mark title="claim"' in output["text/html"]


@settings(max_examples=50, deadline=None)
@given(st.text(), st.text())
def test_any_text_can_be_shown(cell: str, caption: str) -> None:
    """Arbitrary text, lone surrogates too, never raises and can be written as UTF-8; same input, same output."""
    table = pd.DataFrame({"c": pd.Series([cell], dtype=object)})
    for make in (lambda: show_table(table, caption=caption), lambda: show_note(cell), lambda: show_spans([(cell, caption)])):
        assert bundle(make()) == bundle(make())
        json.dumps(bundle(make()), ensure_ascii=False).encode("utf-8")


def test_escape_leaves_the_text_readable() -> None:
    """Only what HTML needs is changed."""
    assert escape("a < b & 'c'") == "a &lt; b &amp; &#x27;c&#x27;"
