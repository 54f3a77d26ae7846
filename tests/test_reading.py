"""Files to briefings, and the one-line refusals."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import briefing_kit
from briefing_kit.lexicon import read_lexicon
from briefing_kit.reading import ReadingError, load_briefing, load_briefings, normal_marking

BODY = "The army left \u201cSirte\u201d on 6 January.\n"


@pytest.mark.parametrize(
    ("encoding", "warnings"),
    [("utf-8", ()), ("utf-8-sig", ()), ("utf-16", ()), ("cp1252", ("GUESSED_ENCODING",))],
)
def test_encodings_give_the_same_text(tmp_path, encoding, warnings):
    """UTF-8 with and without BOM, UTF-16 and Windows-1252 are read alike; a guess is flagged."""
    path = tmp_path / "2019-10-16_libya.txt"
    path.write_bytes(BODY.encode(encoding))
    briefing = load_briefing(path)
    assert (briefing.text, briefing.warnings, briefing.language) == (BODY, warnings, "en")
    assert (briefing.doc_id, briefing.published_on, briefing.published_source) == ("2019-10-16-libya", date(2019, 10, 16), "file_name")


def test_front_matter_is_read_as_strings(tmp_path):
    """Norway stays Norway, colons may stand in a title, and the header is not part of the text."""
    path = tmp_path / "a.md"
    path.write_text(
        f"---\ntitle: Oslo: a report\ndate: 16 October 2019\ncountry: NO\ntlp: amber\nissue: 010\n---\n\n{BODY}", encoding="utf-8"
    )
    briefing = load_briefing(path)
    assert (briefing.title, briefing.country, briefing.marking) == ("Oslo: a report", "NOR", "TLP:AMBER")
    assert (briefing.published_on, briefing.published_source, briefing.text) == (date(2019, 10, 16), "front_matter", BODY)


def test_a_text_that_opens_with_a_rule_loses_nothing(tmp_path):
    """Three hyphens in the first line are not yet a front matter."""
    path = tmp_path / "a.md"
    text = f"---\nA first section without any header.\n---\n{BODY}"
    path.write_text(text, encoding="utf-8")
    assert load_briefing(path).text == text


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("published_on: 2019-13-40", "published_on: '2019-13-40' is no date; write it as 2019-10-16"),
        ("marking: TLP:RED\ntlp: CLEAR", "line 3: marking is given twice; keep one of them"),
        ("marking: secret", "marking: 'secret' is no TLP 2.0 marking"),
        ("country: Atlantis", "country: 'Atlantis' is no country known here"),
        ("titel: A", "line 2: unknown field 'titel'; did you mean 'title'?"),
    ],
)
def test_a_bad_header_is_refused_in_one_line(tmp_path, header, message):
    """The refusal names file, field and mend."""
    path = tmp_path / "b.md"
    path.write_text(f"---\n{header}\n---\n{BODY}", encoding="utf-8")
    with pytest.raises(ReadingError) as error:
        load_briefing(path)
    assert str(error.value).startswith("b.md: ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"\x00\x01\x02\x03PNG", "not a text file"),
        ("a.txt", b"\x81\x8d\xff bad", "save it as UTF-8"),
        ("a.odt", b"PK", "save it as .md, .txt, .docx"),
        ("a.md", b"---\ntitle: x\nNo end", "close it with a line ---"),
    ],
)
def test_what_is_no_briefing_is_refused(tmp_path, name, data, message):
    """Binary files, unknown endings and headers without end are refused."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadingError, match=message):
        load_briefing(tmp_path / name)


def test_date_sources(tmp_path):
    """The header's date wins over the parameter, that over the file name; a conflict and a missing date are flagged."""
    path = tmp_path / "2019-10-16_x.md"
    path.write_text(f"---\npublished_on: 2019-10-18\n---\n{BODY}", encoding="utf-8")
    assert load_briefing(path).warnings == ("DATE_CONFLICT",)
    undated = tmp_path / "x.txt"
    undated.write_text(BODY, encoding="utf-8")
    assert (load_briefing(undated).published_on, load_briefing(undated).warnings) == (None, ("NO_DATE",))
    assert load_briefing(undated, document_date=date(2020, 1, 1)).published_source == "parameter"


def test_folders(tmp_path):
    """A folder gives its briefings by name; an empty or missing folder and two files of one id are refused."""
    with pytest.raises(ReadingError, match="no briefing in this folder"):
        load_briefings(tmp_path)
    with pytest.raises(ReadingError, match="no such folder"):
        load_briefings(tmp_path / "nowhere")
    for name in ("b.md", "a.txt", "README.md", ".hidden.txt", "notes.csv"):
        (tmp_path / name).write_text(BODY, encoding="utf-8")
    assert [briefing.path for briefing in load_briefings(tmp_path)] == ["a.txt", "b.md"]
    (tmp_path / "a.md").write_text(BODY, encoding="utf-8")
    with pytest.raises(ReadingError, match="the same doc_id"):
        load_briefings(tmp_path)


def test_markings():
    """People write TLP in many ways; only the five labels of TLP 2.0 come out."""
    assert [normal_marking(m) for m in ("amber", "TLP: Green", "tlp red", "WHITE", "TLP:AMBER+STRICT")] == [
        "TLP:AMBER",
        "TLP:GREEN",
        "TLP:RED",
        "TLP:CLEAR",
        "TLP:AMBER+STRICT",
    ]


def test_every_warning_is_explained():
    """The codes that the code sets stand in the list that says what each means, and no others."""
    package = Path(briefing_kit.__file__).parent
    sources = [*package.glob("readers/*.py"), package / "reading.py", package / "language.py"]
    words = {word for path in sources for word in re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', path.read_text(encoding="utf-8"))}
    listed = {row["code"] for row in read_lexicon("document_warnings") if row["meaning"]}
    assert listed <= words
    assert {word for word in words if "_" in word and not word.startswith("ERR_")} <= listed
