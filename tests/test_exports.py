"""Exports for other tools: valid in the eyes of their own libraries, escaped, marked, stable, with nothing invented."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting import HOSTILE
from small_workbook import make_workbook
from typer.testing import CliRunner

import briefing_kit as bk
from briefing_kit import export_commands
from briefing_kit.analysis import analyse
from briefing_kit.briefing import Briefing
from briefing_kit.cli import app, main
from briefing_kit.exports import FORMATS, export
from briefing_kit.exports.acled import COLUMNS
from briefing_kit.exports.markdown import cell
from briefing_kit.exports.rows import ExportError
from briefing_kit.exports.stix import TLP_MARKINGS
from briefing_kit.tables import Tables

TEXT = (
    "The UN said that 12 people were killed in an air strike on Sirte on 3 May. In late April the LNA and the GNA clashed near Gharyan. "
    "Talks are due on 20 May. Militants attacked a checkpoint. A Misrata clinic was shelled last week. Police denied that anybody was "
    "arrested in Tripoli on 2 May. At least 5 people were killed in Derna on 1 May. The war began in 2014."
)


def tables_of(text: str = TEXT, marking: str | None = "TLP:AMBER", title: str = "A title") -> Tables:
    briefing = Briefing(
        text=text, doc_id="2021-05-05-libya", title=title, published_on=date(2021, 5, 5), series="Watch", country="LBY", marking=marking,
        path="2021-05-05_libya.md", sha256="ab" * 32, language="en",
    )  # fmt: skip
    return analyse(briefing)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return tables_of()


def slides(tables: Tables) -> list[dict[str, Any]]:
    return list(json.loads(export(tables, "timelinejs").text)["events"])


def events(tables: Tables) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(tables, "acled").text)))


def by_words(found: list[dict[str, Any]], words: str, *keys: str) -> dict[str, Any]:
    """The one row that has these words somewhere."""
    (row,) = [row for row in found if words in json.dumps(row)]
    return row


def test_a_timeline_is_as_precise_as_the_text(tables):
    """A day is a day, a part of a month is a month whose words say which part; nothing undated is on it."""
    found = slides(tables)
    day = by_words(found, "air strike on Sirte")
    assert (day["start_date"], day["display_date"]) == ({"year": 2021, "month": 5, "day": 3}, "3 May 2021")
    vague = by_words(found, "clashed near Gharyan")
    assert (vague["start_date"], vague["display_date"], "end_date" in vague) == ({"year": 2021, "month": 4}, "late April 2021", False)
    week = by_words(found, "shelled")
    assert week["display_date"] == "last week (2021-04-26/2021-05-02)"
    assert week["end_date"] == {"year": 2021, "month": 5, "day": 2}
    assert not [slide for slide in found if "checkpoint" in json.dumps(slide)]
    assert "1 event without a date" in export(tables, "timelinejs").left_out
    assert "1 event told as hypothetical or denied" in export(tables, "timelinejs").left_out


def test_a_day_is_told_in_full_where_its_words_do_not():
    """The first of two days that share a month, and a day told from publication."""
    found = slides(tables_of("Air strikes hit Sirte on 1 and 3 May. Gunmen killed a judge in Derna yesterday."))
    assert [slide["display_date"] for slide in found] == ["1 May 2021", "3 May 2021", "yesterday (4 May 2021)"]


def test_a_timeline_escapes_what_its_reader_would_run():
    """TimelineJS takes text for HTML and links what looks like an address."""
    found = slides(
        tables_of(f"On 3 May 2021 an air strike hit Sirte <img src=x onerror=alert(1)> and {HOSTILE}", title="<script>x</script>")
    )
    assert found
    for slide in found:
        assert slide["autolink"] is False
        shown = slide["text"]["headline"] + slide["text"]["text"].replace("<p>", "").replace("</p>", "")
        assert "<" not in shown + slide["display_date"] + slide["group"]


def test_acled_columns_hold_only_what_the_text_says(tables):
    """No day for a month, no sides, no count out of a lower bound."""
    found = events(tables)
    assert list(found[0]) == list(COLUMNS)
    strike = by_words(found, "air strike on Sirte")
    assert (strike["event_date"], strike["time_precision"], strike["fatalities"]) == ("2021-05-03", "1", "12")
    assert (strike["disorder_type"], strike["sub_event_type"]) == ("Political violence", "Air/drone strike")
    assert (strike["iso"], strike["country"], strike["location"]) == ("434", "Libya", "Sirte")
    clash = by_words(found, "clashed near Gharyan")
    assert (clash["event_date"], clash["year"], clash["time_precision"]) == ("", "2021", "3")
    assert (clash["actor1"], clash["actor2"]) == ("", "")
    assert "[Date as written: late April 2021]" in clash["notes"]
    assert "[Named, sides not told: Libyan National Army; Government of National Accord]" in clash["notes"]
    assert by_words(found, "killed in Derna")["fatalities"] == ""
    assert not [row for row in found if "Talks are due" in row["notes"]]


def test_csv_is_formula_safe_unless_raw():
    """A sentence that opens with an equals sign is text in a spreadsheet."""
    tables = tables_of("=HYPERLINK was hit by an air strike in Sirte on 3 May 2021.")
    assert "'=HYPERLINK" in export(tables, "acled").text
    assert "'=HYPERLINK" not in export(tables, "acled", raw=True).text


def test_a_stix_bundle_is_valid_and_marked(tables):
    """Parsed by the library in strict mode: every reference resolves, every object bears the TLP 2.0 label."""
    stix2 = pytest.importorskip("stix2")
    bundle = stix2.parse(export(tables, "stix").text, allow_custom=False)
    kinds = {one["type"] for one in bundle.objects}
    assert kinds == {"marking-definition", "identity", "note", "report"}
    ids = {one["id"] for one in bundle.objects}
    for one in bundle.objects:
        if one["type"] != "marking-definition":
            assert one["object_marking_refs"] == [TLP_MARKINGS["TLP:AMBER"]]
        assert set(one.get("object_refs", [])) <= ids
    (mark,) = [one for one in bundle.objects if one["type"] == "marking-definition"]
    assert next(iter(json.loads(mark.serialize())["extensions"].values())) == {"extension_type": "property-extension", "tlp_2_0": "amber"}
    (report,) = [one for one in bundle.objects if one["type"] == "report"]
    assert report["published"].date() == date(2021, 5, 5)


@pytest.mark.parametrize("format_", ["stix", "ftm"])
def test_entities_keep_their_ids_whatever_else_is_exported(format_, tables):
    """An entity of a week is the same entity, to the last byte, in the export of all weeks."""
    pytest.importorskip("stix2")
    pytest.importorskip("followthemoney")
    earlier = Briefing(text="The LNA left Sirte on 20 April 2021.", doc_id="a", published_on=date(2021, 4, 21), marking="TLP:AMBER")
    later = Briefing(text=TEXT, doc_id="2021-05-05-libya", published_on=date(2021, 5, 5), marking="TLP:AMBER")
    both = analyse([earlier, later])

    def entities(tables: Tables) -> dict[str, Any]:
        text = export(tables, format_).text
        found = json.loads(text)["objects"] if format_ == "stix" else [json.loads(line) for line in text.splitlines()]
        return {one["id"]: one for one in found}

    some, every = entities(both.of_weeks(["2021-W18"])), entities(both)
    assert some.items() <= every.items()
    assert len(some) < len(every)


@pytest.mark.parametrize("marking", TLP_MARKINGS)
def test_every_label_makes_a_bundle(marking):
    """All five TLP 2.0 labels."""
    stix2 = pytest.importorskip("stix2")
    stix2.parse(export(tables_of(marking=marking), "stix").text)


def test_ftm_entities_are_valid(tables):
    """By the model's own validation; references resolve; a month stays a month."""
    model = pytest.importorskip("followthemoney").model
    entities = [model.get_proxy(json.loads(line)) for line in export(tables, "ftm").text.splitlines()]
    ids = {entity.id for entity in entities}
    assert {entity.schema.name for entity in entities} >= {"Document", "Organization", "Event", "Mention"}
    for entity in entities:
        entity.schema.validate(entity.to_dict())
        for prop, value in entity.itervalues():
            assert prop.type.name != "entity" or value in ids
    (clash,) = [entity for entity in entities if "clashed" in (entity.first("name") or "")]
    assert clash.get("date") == ["2021-04"]
    assert "TLP:AMBER" in entities[0].get("keywords")


def test_a_calendar_holds_what_is_to_come(tables):
    """RFC 5545: lines end in CR LF, none longer than 75 octets; the day after the last ends an entry."""
    text = export(tables, "ical").text
    lines = text.split("\r\n")
    assert "DTSTART;VALUE=DATE:20210520" in lines
    assert "DTEND;VALUE=DATE:20210521" in lines
    assert text.count("BEGIN:VEVENT") == 1
    assert "COMMENT:TLP:AMBER" in lines
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in lines) <= 75


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_a_folded_line_can_be_unfolded(text):
    """No character is parted, nothing is lost."""
    from briefing_kit.exports.ical import _folded, _text

    folded = _folded(f"SUMMARY:{_text(text)}")
    assert folded.replace("\r\n ", "") == f"SUMMARY:{_text(text)}"
    assert max(len(line.encode()) for line in folded.split("\r\n")) <= 75


def test_citations(tables):
    """An entry with title, date, marking and hash, its TeX signs escaped; the list counts who is cited."""
    text = export(tables_of(title="50% of $x_1 & {y}"), "bibtex").text
    assert r"title = {{50\% of \$x\_1 \& \{y\}}}" in text
    assert text.startswith("TLP:AMBER\n")
    assert "month = may" in text
    listed = export(tables, "sources").text
    assert '(TLP:AMBER) Watch, "A title", Libya, 5 May 2021; 2021-05-05_libya.md' in listed
    assert "UN (organisation): 1 statement" in listed


@settings(max_examples=40, deadline=None)
@given(st.text())
def test_a_markdown_cell_stays_one_cell(text):
    """Whatever is in it: read back by a Markdown parser, a row has its two cells and no markup."""
    import mistune

    page = mistune.create_markdown(renderer=None, plugins=["table"])(f"| a | b |\n|---|---|\n| {cell(text)} | x |\n")
    (table,) = [block for block in page if block["type"] == "table"]  # type: ignore[index]
    (row,) = table["children"][1]["children"]
    assert len(row["children"]) == 2
    assert {part["type"] for part in row["children"][0]["children"]} <= {"text"}


def test_markdown_shows_figures_and_marking(tables):
    """The label first and last; bounds where there is no value."""
    text = export(tables, "markdown").text
    assert text.startswith("**TLP:AMBER**\n")
    assert text.endswith("**TLP:AMBER**\n")
    assert "| At least 5 people |  | 5 |  |" in text


@pytest.mark.parametrize("format_", FORMATS)
def test_formats_are_stable_and_need_no_row(format_, tables):
    """The same rows give the same bytes; no rows at all give a valid, empty export; rejected rows are nowhere."""
    pytest.importorskip("stix2")
    pytest.importorskip("followthemoney")
    assert export(tables, format_) == export(tables_of(), format_)
    assert isinstance(export(analyse([]), format_).text, str)
    gone = Tables(**{name: frame.assign(status="rejected") if "status" in frame else frame for name, frame in tables.items()})
    rejected = export(gone, format_)
    assert "Sirte" not in rejected.text
    assert format_ in {"bibtex", "sources"} or [line for line in rejected.left_out if "rejected by an analyst" in line]


def test_unknown_formats_are_refused(tables):
    """With the name that was meant."""
    with pytest.raises(ExportError, match="did you mean 'timelinejs'"):
        export(tables, "timelinesj")


def test_a_missing_library_is_named(tables, monkeypatch):
    """One line that says what to install."""
    monkeypatch.setitem(sys.modules, "stix2", None)
    with pytest.raises(ExportError, match=r"pip install 'briefing-kit\[export\]'"):
        export(tables, "stix")


# The command.


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workbook(tmp_path_factory.mktemp("exports") / "book")


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["export", *map(str, arguments)])


def test_the_command_knows_every_format():
    """What the help offers is what there is."""
    assert set(get_args(export_commands.Format)) == set(FORMATS)


def test_a_file_is_marked_and_its_path_printed(book):
    """In reports/exports by default; twice the same bytes."""
    done = run("acled", "--workbook", book)
    path = book / "reports" / "exports" / "2021-W11.acled.TLP-GREEN.csv"
    assert (done.exit_code, done.stdout.strip().endswith(path.name)) == (0, True)
    before = path.read_bytes()
    assert run("acled", "--workbook", book).exit_code == 0
    assert path.read_bytes() == before
    assert [child.name for child in path.parent.iterdir()] == [path.name]


def test_standard_output_says_its_marking_aside(book):
    """The text alone on standard output; the marking and what was left out on the other."""
    done = run("timelinejs", "--workbook", book, "--all", "--out", "-")
    assert json.loads(done.stdout)["title"]["text"]["text"] == "TLP:GREEN"
    assert "marked TLP:GREEN" in done.stderr
    assert len(json.loads(done.stdout)["events"]) == 3


def test_a_lowered_marking_is_told(book, tmp_path):
    """As in the weekly run."""
    done = run("sources", "--workbook", book, "--week", "2021-W10", "--marking", "clear", "--country", "NGA", "--out", tmp_path)
    assert done.exit_code == 0
    assert "lowered by hand from TLP:GREEN to TLP:CLEAR" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["2021-W10_NGA.sources.TLP-CLEAR.txt"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--week", "2021-W12"], "--week: no briefing of 2021-W12"),
        (["--week", "2021-W10", "--all"], "contradicts"),
        (["--series", "Delta"], "--series: no briefing"),
        (["--marking", "pink"], "--marking"),
        (["--country", "Narnia"], "--country"),
    ],
)
def test_refusals_are_one_line(book, options, words, monkeypatch, capsys):
    """Exit 2, nothing on standard output."""
    monkeypatch.setattr(sys, "argv", ["briefing-kit", "export", "acled", "--workbook", str(book), *options])
    with pytest.raises(SystemExit) as stop:
        main()
    out, err = capsys.readouterr()
    assert (stop.value.code, out, err.count("\n")) == (2, "", 1)
    assert words in err


def test_the_public_door():
    """`bk.export` is the same function."""
    assert bk.export is export
