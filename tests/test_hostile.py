"""Hostile and messy texts: what misleads other parsers and front matter, what file names hold, what is hardly a text at all."""

from __future__ import annotations

import os
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import briefing_kit as bk
from briefing_kit.briefing import Briefing
from briefing_kit.readers.extracted import Extracted
from briefing_kit.reading import ReadingError, load_briefing, load_briefings, read_briefings
from briefing_kit.workbook import WorkbookError, load_workbook

BODY = "Police said 12 people were killed in Warri on 8 March.\n"
DAY = date(2019, 10, 16)


def dates(text: str, day: date | None = DAY) -> list[tuple[str, str | None, str | None]]:
    table = bk.analyse(text, document_date=day).dates
    shown = table[["date_start", "date_end"]].map(lambda stamp: None if stamp != stamp else f"{stamp:%Y-%m-%d}")
    return list(zip(table["text"], shown["date_start"], shown["date_end"], strict=True))


def figures(text: str) -> list[str]:
    return list(bk.analyse(text, document_date=DAY).claims["text"])


NO_DATES = [
    "The council adopted Resolution 1973 on Libya.",
    "Fighters of the 17 February Revolution Brigade left Tripoli.",
    "The attacks of 9/11 changed the region.",
    "They may leave, and troops march on the city.",
    "Brigade 444 holds the G5 camp with an F-16 and a T-72.",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_or_figure(text):
    """Resolutions, brigades, weapons, modal verbs: neither dates of this year nor figures."""
    assert [found for found in dates(text) if found[1] and found[1] >= "2019"] == []
    assert figures(text) == []


DATES = {
    "The council adopted UNSCR 2259 (2015) of 23 December 2015.": [
        ("2015", "2015-01-01", "2015-12-31"),
        ("23 December 2015", "2015-12-23", "2015-12-23"),
    ],
    "They were shot on 10 and 13 October.": [("10", "2019-10-10", "2019-10-10"), ("13 October", "2019-10-13", "2019-10-13")],
    "The raids of 10-13 October went on.": [("10-13 October", "2019-10-10", "2019-10-13")],
    "It was due on 30 February.": [],
    "It came on 10/11/2019.": [("10/11/2019", "2019-11-10", "2019-11-10")],
    "Some 2,012 rebels came in 2011.": [("2011", "2011-01-01", "2011-12-31")],
    "It was founded in 1815, on 18 June 1815.": [("1815", "1815-01-01", "1815-12-31"), ("18 June 1815", "1815-06-18", "1815-06-18")],
}


@pytest.mark.parametrize("text", DATES)
def test_dates_that_others_misread(text):
    """Each expression whole, with its own day, and none from numbers beside it."""
    found = [one for one in dates(text) if one[1]]
    assert [(start, end) for _, start, end in found] == [(start, end) for _, start, end in DATES[text]]


YEARS = [
    ("The camp was attacked on 28 December.", date(2020, 1, 3), "2019-12-28"),
    ("The talks are planned for 12 January.", date(2020, 1, 3), "2020-01-12"),
    ("Elections are planned for 5 November.", DAY, "2019-11-05"),
]


@pytest.mark.parametrize(("text", "day", "expected"), YEARS)
def test_years_near_new_year(text, day, expected):
    """What was is of the old year; what is planned lies ahead."""
    assert [start for _, start, _ in dates(text, day)] == [expected]


def test_week_fifty_three():
    """An ISO year may have one, and its days belong to it whatever the calendar year."""
    tables = bk.analyse(BODY, document_date=date(2021, 1, 3))
    assert tables.documents["week"].tolist() == ["2020-W53"]


MARKUP = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[x](javascript:alert(1))",
    "US$5m to US$7m",
    "\\input{x}",
    "# {{ 7*7 }} {% raw %}",
    "=HYPERLINK(1)",
    "\u202e000,5\u202c",
]


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_in_a_text_is_text(markup):
    """The evidence view shows it as it stands: no tag of the text's own, nothing lost."""
    text = f"The {markup} group said 12 people were killed in Warri on 8 March 2019."
    tables = bk.analyse(text, document_date=DAY)
    for name in ("sentences", "mentions", "claims", "events", "dates"):
        for row in getattr(tables, name).itertuples(index=False):
            assert text[row.start : row.end] == row.text
    page = bk.show(Briefing(text=text, doc_id="a", published_on=DAY))
    html = page._repr_mimebundle_()["text/html"]
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert 'href="javascript' not in html


FRONT = {
    "a colon in the title": ("title: Delta: week 3", {"title": "Delta: week 3"}),
    "Norway": ("country: NO", {"country": "NOR"}),
    "a python tag": ("title: !!python/object/apply:os.system [x]", {"title": "!!python/object/apply:os.system [x]"}),
    "an alias bomb": ("title: &a [*a, *a, *a]", {"title": "&a [*a, *a, *a]"}),
    "an octal": ("title: 010", {"title": "010"}),
    "a time": ("title: 12:30", {"title": "12:30"}),
    "quotes": ('title: "Delta"', {"title": "Delta"}),
}


@pytest.mark.parametrize("case", FRONT)
def test_front_matter_is_no_yaml(tmp_path, case):
    """Scalars are text; nothing is executed, expanded or taken for a number."""
    header, expected = FRONT[case]
    path = tmp_path / "a.md"
    path.write_text(f"\ufeff---\n{header}\n---\n{BODY}", encoding="utf-8")
    briefing = load_briefing(path)
    assert {name: getattr(briefing, name) for name in expected} == expected
    assert briefing.text == BODY


def test_dates_that_contradict_each_other_are_flagged(tmp_path):
    """The header's is taken."""
    path = tmp_path / "2019-10-09_a.md"
    path.write_text(f"---\npublished_on: 2019-10-16\n---\n{BODY}", encoding="utf-8")
    assert (load_briefing(path).published_on, load_briefing(path).warnings) == (DAY, ("DATE_CONFLICT",))


NAMES = [
    "two words.txt",
    "\u0644\u064a\u0628\u064a\u0627.txt",
    'it\'s "quoted".txt',
    "..hidden.txt",
    "a;rm -rf.txt",
    "=1+1.txt",
    "\U0001f525.txt",
    "x" * 200 + ".txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_a_file_gives_a_safe_id(tmp_path, name):
    """Letters, digits and hyphens: an id may become part of a file's name or of a page's anchor."""
    path = tmp_path / name
    path.write_text(BODY, encoding="utf-8")
    briefing = load_briefing(path)
    assert briefing.doc_id
    assert all(part.isalnum() for part in briefing.doc_id.split("-"))
    assert briefing.path == name


def test_a_file_name_that_is_no_utf8_is_shown_as_far_as_it_can_be(tmp_path):
    """Names from older systems: the tables can be written, and a refusal can be printed."""
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(BODY, encoding="utf-8")
    tables = bk.analyse(load_briefings(tmp_path))
    assert tables.documents[["doc_id", "path"]].values.tolist() == [["caf", "caf\ufffd.txt"]]
    (tmp_path / os.fsdecode(b"caf\xe9.pdf")).write_bytes(b"none")
    left_out = read_briefings(tmp_path).unread
    assert [(one.path, one.reason[:9]) for one in left_out] == [("caf\ufffd.pdf", "caf\ufffd.pdf:")]


def test_half_a_surrogate_pair_is_refused_in_a_text_and_replaced_in_a_file(tmp_path, monkeypatch):
    """No file can hold one; fonts of a PDF may give halves, and both halves make a letter."""
    with pytest.raises(ReadingError, match="x: text: character 3 is half of a surrogate pair"):
        Briefing(text="On \ud800 May", doc_id="x")
    with pytest.raises(ReadingError, match="surrogate"):
        bk.analyse("On \udc00 May 12 people died.")
    halves = Extracted(text="On 3 May \ud83d\udd25 12 died, \ud800 they say.", title="a\udfff")
    monkeypatch.setattr("briefing_kit.readers.plain.read", lambda _data, _name: halves)
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    briefing = load_briefing(tmp_path / "a.txt")
    assert (briefing.text, briefing.title) == ("On 3 May \U0001f525 12 died, \ufffd they say.", "a\ufffd")


def test_a_link_that_leads_nowhere_and_a_folder_named_like_a_file(tmp_path):
    """Neither is a briefing."""
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(ReadingError, match="no briefing in this folder"):
        load_briefings(tmp_path)
    with pytest.raises(ReadingError, match=r"a\.txt: cannot be read"):
        load_briefing(tmp_path / "a.txt")


SETTINGS = [
    b"\xff\xfe",
    b"title = ",
    b"weeks_before = 999999999999999999999",
    b"[notify]\nmail = 3",
    b"briefings = 7",
    b"title = 1979-05-27",
]


@pytest.mark.parametrize("data", SETTINGS)
def test_settings_that_will_not_do_are_one_line(tmp_path, data):
    """Whatever stands in the file."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "workbook.toml").write_bytes(data)
    with pytest.raises(WorkbookError) as error:
        load_workbook(tmp_path)
    assert "\n" not in str(error.value)
    assert str(error.value).startswith("data/workbook.toml")


CONTENTS = {
    "empty": (b"", ("NO_DATE", "EMPTY")),
    "blank": (b" \n\n\t\n", ("NO_DATE", "EMPTY")),
    "header alone": (b"---\ntitle: A\npublished_on: 2019-10-16\n---\n", ("EMPTY",)),
    "boilerplate alone": (b"Click here to receive a free sample copy. All rights reserved.\n", ("NO_DATE",)),
    "bidi": ("The UN counted \u202e000,5\u202c dead.\n".encode(), ("NO_DATE", "BIDI")),
    "homoglyph": ("\u0410FRICOM said 12 people were killed.\n".encode(), ("NO_DATE", "MIXED_SCRIPT")),
    "Russian": ("Полиция сообщила, что двенадцать человек погибли в городе.\n".encode(), ("NO_DATE", "LANGUAGE")),
    "partly spoilt": ("The IS\u00e2\u20ac\u2122 men \u2014 12 of them \u2014 left.\n".encode(), ("MOJIBAKE", "NO_DATE")),
    "signs alone": (b"*** --- ???\n", ("NO_DATE",)),
}


@pytest.mark.parametrize("case", CONTENTS)
def test_contents_that_are_hardly_a_text(tmp_path, case):
    """Each gives its seven tables, and the warning stands in `documents`."""
    data, warnings = CONTENTS[case]
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    briefing = load_briefing(path)
    assert briefing.warnings == warnings
    tables = bk.analyse(briefing).validated()
    assert tables.documents["warnings"].tolist() == ["; ".join(warnings)]
    if case in ("empty", "blank", "header alone", "boilerplate alone", "signs alone", "Russian"):
        assert [len(getattr(tables, name)) for name in ("mentions", "claims", "events")] == [0, 0, 0]


def test_reversed_figures_are_not_read_backwards():
    """A right-to-left override shows 5,000 where 000,5 stands: the figure is not believed to be five thousand."""
    claims = bk.analyse("The UN counted \u202e000,5\u202c dead.", document_date=DAY).claims
    assert 5000.0 not in claims["value"].tolist()


def test_arabic_script_names_are_found_whole():
    """Beside their Latin form or alone, with offsets that hold."""
    text = "Khalifa Haftar (خليفة حفتر) met the GNA on ١٠ October."
    tables = bk.analyse(text, document_date=DAY)
    assert "khalifa-haftar" in tables.mentions["actor_id"].tolist()
    assert tables.dates["text"].tolist() == ["١٠ October"]


def test_the_same_report_twice(tmp_path):
    """The copy is flagged, its sentences point to the first ones, and its events are those of the first."""
    for name in ("2019-10-16_a.txt", "2019-10-16_b.txt"):
        (tmp_path / name).write_text(BODY, encoding="utf-8")
    tables = bk.analyse(load_briefings(tmp_path))
    first, second = tables.sentences["sentence_id"]
    assert tables.sentences["repeat_of"].fillna("").tolist() == ["", first]
    assert first != second
    assert tables.documents["warnings"].fillna("").tolist() == ["", "SAME_TEXT"]
    assert tables.events["cluster_id"].nunique() == 1


LONG = {
    "one line of words": "word " * 10_000,
    "one word": "a" * 50_000,
    "capitals": "Abc " * 12_500,
    "digits": "1" * 50_000,
    "figures": "1,000 " * 8_333,
    "commas": "," * 50_000,
    "hyphens": "a-" * 25_000,
    "line ends": "a-\n" * 16_000,
    "dots": "U.S." * 12_500,
    "brackets": "(" * 50_000,
    "quotes": '"' * 50_000,
    "months": "May " * 12_500,
    "and": "and " * 12_500,
    "spaces": " " * 50_000,
    "soft hyphens": "a\u00ad\n" * 16_000,
    "one word of two alphabets": "\u00d41n" * 17_000,
}


@pytest.mark.parametrize("case", LONG)
def test_a_line_without_a_full_stop(case):
    """Fifty thousand characters of one kind are read to their end, with offsets that hold."""
    text = LONG[case]
    tables = bk.analyse(text, document_date=DAY)
    for name in ("sentences", "dates", "mentions", "claims"):
        rows = getattr(tables, name)
        assert all(text[start:end] == words for start, end, words in zip(rows["start"], rows["end"], rows["text"], strict=True))
        assert all(a <= b for a, b in pairwise(rows["start"]))


def test_two_attributions_of_one_span_are_two_rows():
    """A cue within the source of another gives both the same words; their ids differ."""
    said = bk.analyse("LNA spokesmon reported figures denied that any civilian site had been attacked.", document_date=DAY).attributions
    assert said["text"].nunique() < len(said)
    assert said["attribution_id"].is_unique


def test_climbing_out_of_the_workbook_is_refused(tmp_path):
    """A file name from within a mail or document is never a path: nothing is written by reading."""
    before = sorted(path.name for path in tmp_path.parent.iterdir())
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"Subject: x\nFrom: a@b.example\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\n"
        + BODY.encode()
        + b'\n--B\nContent-Type: text/plain\nContent-Disposition: attachment; filename="../../evil.txt"\n\nEvil.\n--B--\n'
    )
    assert "Evil" not in load_briefing(path).text
    assert sorted(each.name for each in tmp_path.parent.iterdir()) == before
    assert [each.name for each in Path(tmp_path).iterdir()] == ["a.eml"]
