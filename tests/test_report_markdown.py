"""Markdown and HTML tables read into blocks: structure kept, nothing of the text lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_kit.report.htmltable import read_tables, strip_tags
from briefing_kit.report.layout import lay_out, panels
from briefing_kit.report.markdown import Labels, Outline, Writer, headings, is_safe_link, parse, string
from briefing_kit.report.text import is_rtl, printable


def typst(source: str) -> str:
    """A cell as Typst, without headings reserved."""
    return Writer(1, Labels(), printable, lambda _url: None, [], {}, Outline()).blocks(parse(source)).strip()


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("*a* **b** ~~c~~ `d`", '#emph[#"a";];#" ";#strong[#"b";];#" ";#strike[#"c";];#" ";#raw("d");'),
        ("a  \nb\nc", '#"a";#linebreak();#"b"; #"c";'),
        ("a<br>b <i>c</i>", '#"a";#linebreak();#"b ";#"c";'),
        ("- a\n- b", '#list([#"a";], [#"b";]);'),
        ("3. a", '#enum(start: 3, [#"a";]);'),
        ("> a", '#quote(block: true)[#"a";]'),
        ("---", "#rule();"),
        ("```\nx = 1\n```", '#raw(block: true, "x = 1");'),
        ("[a](https://example.org)", '#link("https://example.org")[#"a";];'),
        ("[a](https://example.org/\u00e9?q=\u6f22)", '#link("https://example.org/%C3%A9?q=%E6%BC%A2")[#"a";];'),
        ("[a](javascript:alert(1))", '#"a";'),
        ("a[^1]\n\n[^1]: note", '#"a";#footnote[#"note";];'),
        ("US$5m to $7m", '#"US$5m to $7m";'),
        ("![alt](gone.png)", '#"[image: alt]";'),
        ("<!-- hidden -->", ""),
        ("##", ""),
    ],
)
def test_markdown_as_typst(source: str, written: str | None) -> None:
    """Each element has one form, and text only ever stands in string expressions."""
    assert typst(source) == written


def test_headings_skip_no_level() -> None:
    """Siblings as typed stay siblings, and no level is left out."""
    outline = Outline()
    assert [outline.level(typed) for typed in (2, 4, 4, 3, 1, 6)] == [1, 2, 2, 2, 1, 2]


def test_labels_of_repeated_headings() -> None:
    """A link goes to its own chapter first, else to the first chapter that has the heading."""
    labels = Labels()
    assert [labels.add(1, "Same text"), labels.add(1, "Same text"), labels.add(2, "Other")] == [
        "c1-Same-text",
        "c1-Same-text--2",
        "c2-Other",
    ]
    assert labels.find(1, "Same-text") == "c1-Same-text"
    assert labels.find(1, "Other") == "c2-Other"
    assert labels.find(1, "None") is None


def test_headings_are_found_inside_lists_and_quotes() -> None:
    """Nested headings count; empty ones do not."""
    assert headings(parse("# A *b*\n\n> ## C\n\n- ### D\n\n##\n")) == [(1, "A b"), (2, "C"), (3, "D")]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c", True),
        ("mailto:a@example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("http://a\nb", False),
    ],
)
def test_only_web_and_mail_are_links(url: str, safe: bool) -> None:
    """What could run or read a file stays text."""
    assert is_safe_link(url) is safe


@given(st.text())
def test_typst_strings_hold_any_text(text: str) -> None:
    """Nothing ends a string literal but its own last quote."""
    inner = string(text)[1:-1].replace("\\\\", "").replace('\\"', "")
    assert '"' not in inner
    assert "\n" not in inner


def test_pandas_table_is_read_whole() -> None:
    """Header, index, spans, entities; number columns are found."""
    source = (
        "<table><caption>T &amp; C</caption><thead><tr><th></th><th colspan='2'>A</th></tr><tr><th></th><th>x</th><th>y</th></tr></thead>"
        "<tbody><tr><th>0</th><td>1,000</td><td>a<br>b</td></tr><tr><th>1</th><td>NaN</td><td></td></tr></tbody></table>"
    )
    assert read_tables(source) == [
        {
            "caption": "T & C",
            "columns": [{"name": "", "kind": "number"}, {"name": "A / x", "kind": "number"}, {"name": "y", "kind": "string"}],
            "rows": [["0", "1,000", "a b"], ["1", "NaN", ""]],
        }
    ]


def test_styler_colours_are_read() -> None:
    """Background and text colours by cell id; anything but six hex digits is left."""
    source = (
        "<style>#T_1_row0_col0, #T_1_row0_col1 { background-color: #08306b; color: #f1f1f1; }\n#T_1_row1_col0 {color: red}</style>"
        "<table><tr><td id='T_1_row0_col0'>1</td><td>2</td></tr><tr><td id='T_1_row1_col0'>3</td><td>4</td></tr></table>"
    )
    (table,) = read_tables(source)
    assert table["fills"] == [[["#08306b", "#f1f1f1"], None], [None, None]]


def test_stripped_html_keeps_text_only() -> None:
    """Scripts, styles and comments are no text."""
    assert strip_tags("<p>a <b>b</b></p><script>x()</script><style>y</style><!-- z -->") == "a b"


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("a\x00b\x1bc", "abc"),
        ("a\tb", "a b"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\u202e5,000\u202c", "[RLO]5,000[PDF]"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\ud800", "?"),
    ],
)
def test_printable(text: str, fit: str) -> None:
    """Control characters go, line ends are unified, overrides are named."""
    assert printable(text) == fit


@pytest.mark.parametrize(("text", "rtl"), [("خليفة", True), ("12 خليفة", True), ("Haftar خليفة", False), ("5,000", False), ("", False)])
def test_direction_follows_the_first_letter(text: str, rtl: bool) -> None:
    """Digits and signs do not decide."""
    assert is_rtl(text) is rtl


def test_layout_keeps_long_columns_readable() -> None:
    """Few columns stay portrait; many long ones turn the page, then shrink."""
    sentence = "word " * 40
    assert not lay_out(["a", "b"], [["x", sentence]], [None, None]).landscape
    wide = lay_out([f"c{i}" for i in range(5)], [[sentence] * 5], [None] * 5)
    assert wide.landscape
    assert wide.size == 8.0
    assert lay_out([f"c{i}" for i in range(14)], [[sentence] * 14], [None] * 14).size < 8.0


def test_weights_decide_between_long_columns() -> None:
    """What is left over the readable minimum goes to the columns by weight."""
    first, second = (float(width.rstrip("%")) for width in lay_out(["a", "b"], [["word " * 40] * 2], [3.0, 1.0]).widths)
    assert first + second == pytest.approx(100)
    assert first > 1.5 * second


def test_table_too_wide_for_any_page_is_split() -> None:
    """Thirty columns of text become parts that repeat the first column, hold every column once, and fit a page."""
    names = [f"c{i}" for i in range(30)]
    rows = [["word " * 40] * 30]
    parts = panels(names, rows)
    assert len(parts) > 1
    assert all(part[0] == 0 for part in parts)
    assert sorted(column for part in parts for column in part[1:]) == list(range(1, 30))
    assert all(lay_out([names[k] for k in part], [[rows[0][k] for k in part]], [None] * len(part)).size == 8.0 for part in parts)
    assert panels(["a", "b"], [["x", "word " * 40]]) == [[0, 1]]
