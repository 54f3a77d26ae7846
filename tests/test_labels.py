"""Labels out to annotation tools and back: what comes back unchanged changes nothing, what was changed becomes corrections."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing_kit as bk
from briefing_kit.briefing import Briefing
from briefing_kit.correcting import numbered
from briefing_kit.corrections import apply_corrections
from briefing_kit.labels import FORMATS, LabelError, Labelled, Span, label_config, label_corrections, read_labels, spans_of

TEXT = (
    "\U0001f6a9 Turkish troops shelled Sirte on 3 May. At least 30 people were killed, the UN said; \U0001f6a9 hospital staff spoke of 12 "
    "dead. Khalifa Haftar met Marwan Abdullatif in Benghazi on 4 May and on 6 May."
)
BRIEFING = Briefing(doc_id="a-day", text=TEXT, published_on=date(2020, 5, 6))
GAZETTEER = bk.load_gazetteer()


@pytest.fixture(scope="module")
def tables():
    return bk.analyse(BRIEFING)


def back(format_, tables, briefing=BRIEFING):
    """What a tool gives back where nobody changed anything: Label Studio turns predictions into annotations."""
    (line,) = FORMATS[format_]([briefing], tables)
    entry = json.loads(line)
    if format_ == "label-studio":
        entry["annotations"] = entry.pop("predictions")
        return json.dumps([entry])
    return line


@pytest.mark.parametrize("format_", FORMATS)
def test_unchanged_labels_change_nothing(format_, tables):
    (labelled,) = read_labels(back(format_, tables))
    assert list(labelled.spans) == spans_of(tables, "a-day")
    assert label_corrections(labelled, BRIEFING, tables, GAZETTEER) == ([], [])


def test_label_studio_counts_utf16_units(tables):
    (line,) = FORMATS["label-studio"]([BRIEFING], tables)
    for result in json.loads(line)["predictions"][0]["result"]:
        value = result["value"]
        units = TEXT.encode("utf-16-le")
        assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]


def changed(tables, *, gone=(), new=()):
    spans = [span for span in spans_of(tables, "a-day") if (span.table, TEXT[span.start : span.end]) not in gone]
    for words, table, value in new:
        start = TEXT.index(words)
        spans.append(Span(start, start + len(words), table, value))
    return Labelled("a-day", TEXT, tuple(sorted(spans)))


@pytest.mark.parametrize(
    ("gone", "new", "actions"),
    [
        pytest.param([("mentions", "UN")], [], ["reject"], id="gone"),
        pytest.param([("claims", "At least 30 people")], [("At least 30 people", "claims", "people")], ["set"], id="relabelled"),
        pytest.param([], [("hospital staff", "mentions", "group")], ["add"], id="a new mention"),
        pytest.param([("claims", "12")], [("12 dead", "claims", "killed")], ["reject", "add"], id="moved"),
        pytest.param([("dates", "3 May")], [("on 3 May", "dates", "DATE")], ["reject", "add"], id="a date moved"),
        pytest.param([], [("spoke", "events", "statement")], ["add"], id="a new event"),
    ],
)
def test_what_was_changed_becomes_corrections_and_they_are_obeyed(tables, gone, new, actions):
    wanted = changed(tables, gone=gone, new=new)
    lines, problems = label_corrections(wanted, BRIEFING, tables, GAZETTEER)
    assert [line.action for line in lines] == actions
    assert problems == []
    corrected = apply_corrections(tables, numbered([], lines), GAZETTEER).validated()
    assert spans_of(corrected, "a-day") == sorted(wanted.spans)
    (again,) = read_labels(back("doccano", corrected))
    assert label_corrections(again, BRIEFING, corrected, GAZETTEER) == ([], [])


def test_a_new_claim_bears_the_number_of_its_words(tables):
    lines, _ = label_corrections(
        changed(tables, gone=[("claims", "12")], new=[("12 dead", "claims", "killed")]), BRIEFING, tables, GAZETTEER
    )
    claims = apply_corrections(tables, numbered([], lines), GAZETTEER).claims
    added = claims[claims["status"] == "added"]
    assert added[["value", "low", "high", "kind", "unit_class"]].values.tolist() == [[12, 12, 12, "exact", "killed"]]


def test_words_that_say_nothing_are_told_and_not_used(tables):
    spans = (*spans_of(tables, "a-day"), Span(2, 9, "claims", "people"), Span(2, 9, "dates", "DATE"))
    lines, problems = label_corrections(Labelled("a-day", TEXT, spans), BRIEFING, tables, GAZETTEER)
    assert lines == []
    assert [problem.split(": ")[-2] for problem in problems] == ["no number is read in these words", "no date is read in these words"]


def test_labels_of_another_text_are_refused(tables):
    with pytest.raises(LabelError, match="not that of the briefing any more"):
        label_corrections(Labelled("a-day", TEXT + " ", ()), BRIEFING, tables, GAZETTEER)


def _task(**changes):
    value = {"start": 3, "end": 10, "text": "Turkish", "labels": ["mention: state"]}
    task = {"data": {"doc_id": "a-day", "text": TEXT}, "annotations": [{"result": [{"value": value}]}]}
    value.update(changes)
    return task


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("not json", "line 1: not JSON"),
        ("[" * 100_000, "the file: not JSON"),
        ("3", "entry 1: no JSON object"),
        ('{"text": "a"}', "entry 1: has no text and doc_id"),
        ('{"text": "abc", "doc_id": "a", "label": [[0, 9, "date: DATE"]]}', "entry 1: 0 to 9 lies outside"),
        ('{"text": "abc", "doc_id": "a", "label": [[-1, 2, "date: DATE"]]}', "offset -1 is no whole number"),
        ('{"text": "abc", "doc_id": "a", "label": [[0, 2, "person"]]}', "no label 'person'"),
        ('{"text": "abc", "doc_id": "a", "label": ["x"]}', "not written as"),
        (json.dumps(_task(text="Other")), "stands 'Turkish', not 'Other'"),
    ],
)
def test_files_that_cannot_be_used_are_one_line(content, message):
    with pytest.raises(LabelError, match=message):
        read_labels(content)


def test_tasks_nobody_labelled_are_passed_over():
    skipped = _task() | {"annotations": [{"was_cancelled": True, "result": []}]}
    task = _task() | {"annotations": [{"result": []}, copy.deepcopy(_task()["annotations"][0])]}
    (read,) = read_labels(json.dumps([skipped, {**_task(), "annotations": []}, task]))
    assert read.spans == (Span(2, 9, "mentions", "state"),)


def test_doccano_entities_are_read_too():
    entry = {"text": "abc", "doc_id": "a", "entities": [{"id": 1, "start_offset": 0, "end_offset": 2, "label": "date: DATE"}]}
    assert read_labels(json.dumps(entry))[0].spans == (Span(0, 2, "dates", "DATE"),)


def test_the_label_files_list_every_label(tables):
    labels = {span.label for span in spans_of(tables, "a-day")}
    assert labels <= {entry["text"] for entry in json.loads(label_config("doccano"))}
    assert all(f'"{label}"' in label_config("label-studio") for label in labels)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_file_is_read_or_refused(content):
    with suppress(LabelError):
        read_labels(content)


class TestCommands:
    @pytest.fixture
    def workbook(self, tmp_path):
        (tmp_path / "data/briefings").mkdir(parents=True)
        (tmp_path / "data/briefings/2020-05-06_libya.md").write_text(TEXT, encoding="utf-8")
        return tmp_path

    @pytest.mark.parametrize("format_", FORMATS)
    def test_out_changed_and_back(self, workbook, format_, capsys):
        from briefing_kit.label_commands import export_labels, import_labels

        export_labels(format_, workbook=workbook)
        path = workbook / "reports/labels" / f"{format_}.jsonl"
        entry = json.loads(path.read_text(encoding="utf-8"))
        if format_ == "label-studio":
            entry["annotations"] = entry.pop("predictions")
            results = entry["annotations"][0]["result"]
            results[:] = [result for result in results if result["value"]["text"] != "UN"]
        else:
            entry["label"] = [one for one in entry["label"] if TEXT[one[0] : one[1]] != "UN"]
        path.write_text(json.dumps(entry), encoding="utf-8")
        import_labels(path, dry_run=True, workbook=workbook)
        assert not (workbook / "data/corrections.csv").exists()
        import_labels(path, workbook=workbook)
        assert "c1  reject mentions  2020-05-06-libya  'UN'" in capsys.readouterr().out
        import_labels(path, workbook=workbook)
        assert "0 corrections written" in capsys.readouterr().out
        assert len((workbook / "data/corrections.csv").read_text(encoding="utf-8").splitlines()) == 2

    def test_another_workbooks_labels_are_told(self, workbook, capsys):
        from briefing_kit.label_commands import import_labels

        path = workbook / "labels.jsonl"
        path.write_text('{"text": "abc", "doc_id": "elsewhere", "label": []}', encoding="utf-8")
        import_labels(path, workbook=workbook)
        told = capsys.readouterr()
        assert "elsewhere: no such briefing" in told.err
        assert "0 corrections written" in told.out
