"""Archives: what is read is what `analyse` finds, whatever was added when; a crash at any step loses and doubles nothing."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pandas as pd
import pytest
from archived import TEXTS, files_of, write_texts

import briefing_kit as bk
from briefing_kit.actors_file import add_actor
from briefing_kit.analysis import Analysis
from briefing_kit.corrections import Correction
from briefing_kit.engines import EngineError, Workers
from briefing_kit.gazetteer import load_gazetteer
from briefing_kit.reading import ReadingError
from briefing_kit.schemas import SCHEMAS
from briefing_kit.store import adding, keys, layout, parts, upkeep
from briefing_kit.store.archive import add_to, open_store
from briefing_kit.store.layout import StoreError
from briefing_kit.tables import Tables

SERIAL = Workers()


def same(one: Tables, other: Tables) -> None:
    for name, frame in one.items():
        pd.testing.assert_frame_equal(frame, getattr(other, name))


def how(corrections=(), gazetteer=None, **options) -> Analysis:
    return Analysis(gazetteer or load_gazetteer(), tuple(corrections), **options)


def added(store: Path, paths, **options) -> tuple[int, int, int]:
    _, found = add_to(store, paths, how(**options), SERIAL)
    return found.new, found.changed, found.unchanged


def corrections_for(tables: Tables) -> list[Correction]:
    """One of each action: the claim of 20 rejected, the arrest set to another day, a mention confirmed."""
    sentences = tables.sentences.set_index("sentence_id")

    def about(table: str, row: pd.Series, number: int, action: str, column: str = "", value: str = "") -> Correction:
        sentence = sentences.loc[row["sentence_id"]]
        return Correction(
            correction_id=f"c{number}",
            table=table,
            action=action,
            doc_id=row["doc_id"],
            sentence_hash=sentence["sentence_hash"],
            occurrence=int(sentence["occurrence"]),
            start=int(row["start"] - sentence["start"]),
            end=int(row["end"] - sentence["start"]),
            text=row["text"],
            column=column,
            value=value,
        )

    claim = tables.claims[tables.claims["value"] == 20].iloc[0]
    event = tables.events[tables.events["event_type"] == "arrest"].iloc[0]
    return [
        about("claims", claim, 1, "reject"),
        about("events", event, 2, "set", "cluster_id", "by-hand"),
        about("mentions", tables.mentions.iloc[0], 3, "confirm"),
    ]


@pytest.fixture
def texts(tmp_path):
    return write_texts(tmp_path / "texts")


@pytest.fixture
def archive(tmp_path, texts):
    return bk.analyse(texts, store=tmp_path / "archive")


def test_an_archive_gives_what_analyse_gives(texts, archive):
    """All seven tables, cell for cell, with what only briefings together can tell, and with dates before 1677."""
    tables = bk.analyse(texts)
    same(tables, archive.tables())
    assert archive.tables().validated().claims["contested"].sum() == 2
    assert tables.sentences["repeat_of"].notna().sum() == 1
    assert (tables.events["cluster_id"] != tables.events["event_id"]).sum() == 1
    assert tables.dates["date_start"].min() == pd.Timestamp("1066-10-14")


def test_corrections_come_through_an_archive(tmp_path, texts):
    """Rejected, set and confirmed rows are stored so, and count (or not) where rows are held against each other."""
    wanted = corrections_for(bk.analyse(texts))
    tables = bk.analyse(texts, corrections=wanted)
    same(tables, bk.analyse(texts, corrections=wanted, store=tmp_path / "archive").tables())
    assert not tables.claims["contested"].any()
    assert "by-hand" in set(tables.events["cluster_id"])


@pytest.mark.parametrize(
    "chosen", [{"weeks": ["2021-W10", "2021-W12"]}, {"series": "delta MONITOR"}, {"country": "NGA"}, {"doc_ids": ["notes"]}]
)
def test_a_choice_of_briefings_gives_what_analyse_gives_for_them(texts, archive, chosen):
    """By week, series, country or id; what is repeated or contested is so among those chosen."""
    read = [bk.load_briefing(path) for path in texts]
    wanted = [
        b
        for b in read
        if b.week in chosen.get("weeks", [b.week])
        and (b.series or "").lower() == chosen.get("series", b.series or "").lower()
        and b.country == chosen.get("country", b.country)
        and b.doc_id in chosen.get("doc_ids", [b.doc_id])
    ]
    assert 0 < len(wanted) < len(read)
    same(bk.analyse(wanted), archive.tables(**chosen))


def test_nothing_chosen_gives_empty_tables(archive):
    """A week without a briefing has tables with all their columns."""
    same(bk.analyse([]), archive.tables(weeks=["2020-W01"]))
    with pytest.raises(StoreError, match="week '2020-W60'"):
        archive.tables(weeks=["2020-W60"])


def test_the_order_of_adding_leaves_no_trace(tmp_path, texts, archive):
    """Whatever came first, and in how many goes, the files are the same byte for byte."""
    for number, order in enumerate(list(permutations(texts))[::23]):
        store = tmp_path / f"other-{number}"
        bk.analyse(list(order[:2]), store=store)
        bk.analyse(list(order[2:]), store=store)
        assert files_of(store) == files_of(archive.folder)


def test_only_what_is_new_or_changed_is_analysed(tmp_path, texts, monkeypatch):
    """The key is text, front matter, own corrections, actors, date order and rules; nothing else counts."""
    store, actors = tmp_path / "archive", tmp_path / "actors.csv"
    assert added(store, texts[:3]) == (3, 0, 0)
    assert added(store, texts) == (2, 0, 3)
    assert added(store, texts) == (0, 0, 5)
    texts[0].write_text(TEXTS[texts[0].name].replace("12 people", "13 people"), encoding="utf-8")
    assert added(store, texts) == (0, 1, 4)
    texts[0].write_text(TEXTS[texts[0].name].replace("TLP:GREEN", "TLP:RED"), encoding="utf-8")
    assert added(store, texts) == (0, 1, 4)
    corrections = corrections_for(bk.analyse(texts))
    assert added(store, texts, corrections=corrections) == (0, 3, 2)
    assert added(store, texts, corrections=corrections[:2]) == (0, 1, 4)
    add_actor(actors, "Warri Shield", "armed_group")
    gazetteer = load_gazetteer(actors)
    assert added(store, texts, gazetteer=gazetteer) == (0, 5, 0)
    assert added(store, texts, gazetteer=load_gazetteer(actors)) == (0, 0, 5)
    assert added(store, texts, gazetteer=gazetteer, day_first=False) == (0, 5, 0)
    monkeypatch.setattr(adding, "rules_hash", lambda: "other rules")
    assert added(store, texts, gazetteer=gazetteer, day_first=False) == (0, 5, 0)
    same(bk.analyse(texts, gazetteer=gazetteer, day_first=False), open_store(store).tables())


def test_rules_hash_covers_what_shapes_rows():
    """It is the same twice, and code that only shows or stores is not in it."""
    assert keys.rules_hash() == keys.rules_hash()
    assert {"view", "report", "weekly", "store"} <= keys._SHOWN_ONLY


def test_a_briefing_that_moves_to_another_week_stands_there_alone(texts, archive):
    """A new date of publication takes its rows along."""
    texts[0].write_text(TEXTS[texts[0].name].replace("2021-03-10", "2021-03-24"), encoding="utf-8")
    assert added(archive.folder, texts) == (0, 1, 4)
    same(bk.analyse(texts), archive.tables())
    assert archive.check() == []
    assert archive.weeks() == ["2021-W10", "2021-W11", "2021-W12"]


def test_weeks_are_split_as_they_grow_and_joined_when_they_shrink(tmp_path, texts, monkeypatch):
    """However a week came to its size its files are the same; undated briefings are split too."""
    many = [bk.load_briefing(path) for path in texts]
    many += [bk.Briefing(text=many[4].text + f" Case {n}.", doc_id=f"case-{n}", sha256=str(n)) for n in range(12)]
    monkeypatch.setattr(layout, "PART_CHARACTERS", 300)
    at_once = bk.analyse(many, store=tmp_path / "at-once")
    grown = tmp_path / "grown"
    for briefing in reversed(many):
        bk.analyse(briefing, store=grown)
    assert files_of(grown) == files_of(at_once.folder)
    undated = layout.parts_in(grown, [""])
    assert {part.of for part in undated} == {4}
    same(bk.analyse(many), at_once.tables())
    assert at_once.check() == []
    assert at_once.remove([f"case-{n}" for n in range(11)]) == 11
    assert at_once.compact() == 1
    assert at_once.check() == []
    small = bk.analyse([*many[:5], many[-1]], store=tmp_path / "small")
    assert files_of(small.folder) == files_of(at_once.folder)
    assert at_once.compact() == 0


def test_removing(archive, texts):
    """Named briefings go, all or none; a week without a briefing has no folder."""
    with pytest.raises(StoreError, match=r"no briefing 'note'; did you mean 'notes'\?"):
        archive.remove(["note", "2021-03-10-delta"])
    assert archive.remove(["notes", "2021-03-24-delta"]) == 2
    same(bk.analyse(texts[:3]), archive.tables())
    assert not list(archive.folder.glob("claims/year=2021/week=2021-W12"))
    assert archive.extent().weeks == ("2021-W10", "2021-W11")


@pytest.mark.parametrize("step", [0, 1, 2, 5, 9, 10, 11, 16, 20, 24, 27, 31])
def test_a_crash_at_any_step_loses_and_doubles_nothing(tmp_path, texts, monkeypatch, step):
    """Killed after any rename or removal, the next look finds the old state or the new one, and adding again completes it."""
    monkeypatch.setattr(layout, "PART_CHARACTERS", 200)  # so that weeks split on the way
    store = tmp_path / "archive"
    bk.analyse(texts[:2], store=store)
    before = open_store(store).tables()
    texts[0].write_text(TEXTS[texts[0].name].replace("2021-03-10", "2021-03-17"), encoding="utf-8")
    left = [step]

    def counted(real):
        def call(self, *args, **kwargs):
            if layout.WORK in self.parts or "week=" in str(self):
                if left[0] == 0:
                    raise KeyboardInterrupt  # what no `except Exception` catches
                left[0] -= 1
            return real(self, *args, **kwargs)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", counted(Path.replace))
        patched.setattr(Path, "unlink", counted(Path.unlink))
        with pytest.raises(KeyboardInterrupt):
            bk.analyse(texts, store=store)
    found = open_store(store).tables()
    ids = list(found.documents["doc_id"])
    assert len(ids) == len(set(ids))
    assert set(before.documents["doc_id"]) - {"2021-03-10-delta"} <= set(ids)
    assert open_store(store).check() == []
    bk.analyse(texts, store=store)
    same(bk.analyse(texts), open_store(store).tables())
    assert open_store(store).check() == []


def test_a_reader_waits_for_the_last_of_seven_files(tmp_path, texts, archive, monkeypatch):
    """Where one file of a part is of another state than the rest, it is looked at again, and refused if it stays so."""
    other = bk.analyse([texts[0].rename(texts[0].with_name("x.md"))], document_date="2021-03-10", store=tmp_path / "other")
    part = layout.parts_in(archive.folder)[1]
    mine = archive.folder / part.path("claims")
    good = mine.read_bytes()
    mine.write_bytes((other.folder / part.path("claims")).read_bytes())
    monkeypatch.setattr(parts.time, "sleep", lambda _: mine.write_bytes(good))
    assert len(archive.tables().documents) == 5
    mine.unlink()
    monkeypatch.setattr(parts.time, "sleep", lambda _: None)
    with pytest.raises(StoreError, match=r"claims/year=2021/week=2021-W10/part-00of01\.parquet is missing"):
        archive.tables()


def test_check_names_what_is_wrong(tmp_path, texts, archive):
    """Missing, damaged, stray and foreign files, each in a line that says what to do."""
    assert archive.check() == []
    week = archive.folder / "claims/year=2021/week=2021-W10"
    (week / "mine.parquet").write_bytes(b"x")
    (archive.folder / "events/year=2021/week=2021-W11/part-00of01.parquet").write_bytes(b"not parquet")
    (archive.folder / "dates/year=2021/week=2021-W12/part-00of01.parquet").unlink()
    found = "\n".join(archive.check())
    assert "claims/year=2021/week=2021-W10/mine.parquet: belongs to no part; remove it" in found
    assert "events/year=2021/week=2021-W11/part-00of01.parquet:" in found
    assert "dates/year=2021/week=2021-W12/part-00of01.parquet is missing" in found
    with pytest.raises(StoreError, match="run briefing-kit store check"):
        archive.tables(weeks=["2021-W11"])


def test_check_sees_a_briefing_in_two_weeks(archive):
    """Files that were copied by hand into another week double its rows."""
    for name in SCHEMAS:
        source = archive.folder / name / "year=2021/week=2021-W12"
        target = archive.folder / name / "year=2021/week=2021-W13"
        target.mkdir()
        (target / "part-00of01.parquet").write_bytes((source / "part-00of01.parquet").read_bytes())
    assert archive.check() == ["2021-03-24-delta: is in 2021-W12 and in 2021-W13; remove it and add it again"]


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ({"format": 2, "package": "9.1"}, "a store of format 2, made by briefing-kit 9.1; this is .*: upgrade it"),
        ({"columns": "0"}, "make a new store from the briefings"),
        ({"format": "x"}, "cannot be read"),
    ],
)
def test_another_format_is_refused(archive, texts, about, message):
    """Newer or older tables are neither read nor written."""
    file = archive.folder / layout.ABOUT
    file.write_text(json.dumps(json.loads(file.read_text()) | about))
    with pytest.raises(StoreError, match=message):
        open_store(archive.folder)
    with pytest.raises(StoreError, match=message):
        bk.analyse(texts, store=archive.folder)


def test_a_folder_that_is_no_store_is_left_alone(tmp_path, texts):
    """Neither read nor written into."""
    with pytest.raises(StoreError, match="texts: no store in this folder"):
        open_store(tmp_path / "texts")
    with pytest.raises(StoreError, match="texts: there is something else in this place"):
        bk.analyse(texts, store=tmp_path / "texts")
    assert len(list((tmp_path / "texts").iterdir())) == len(TEXTS)


def test_one_writer_at_a_time(archive, texts):
    """A second run is refused while the first writes; nothing new to write needs no lock."""
    with upkeep.writing(archive.folder):
        assert bk.analyse(texts, store=archive.folder).weeks()
        texts[0].write_text("Police said 3 people were killed on 8 March 2021.", encoding="utf-8")
        with pytest.raises(StoreError, match="another run is writing to this store"):
            bk.analyse(texts, store=archive.folder)


def test_a_worker_given_up_for_lost_writes_nothing(archive):
    """Once another run has begun, a change of the old one is not put in place."""
    part = layout.parts_in(archive.folder)[0]
    rows = parts.read_part(archive.folder, part)
    before = files_of(archive.folder)
    with parts.Change(archive.folder, "an old run") as change:
        change.remove(part)
        change.put(part, parts.only(rows, rows["documents"]["doc_id"].to_pylist()[:1]))
        with pytest.raises(StoreError, match="another run has begun"):
            change.commit()
    assert files_of(archive.folder) == before
    assert not list((archive.folder / layout.WORK).glob("change-*"))


def test_a_journal_cannot_reach_out_of_the_store(archive, tmp_path):
    """Only files of the store are touched, whatever a journal says."""
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    place = archive.folder / layout.WORK / "change-0"
    place.mkdir()
    (place / "journal.json").write_text(json.dumps({"run": "", "gone": ["../victim.txt"], "new": {}}))
    with pytest.raises(StoreError, match="names files that are no store's"):
        archive.compact()
    assert victim.read_text() == "mine"


def test_what_cannot_be_read_is_refused_or_passed_over(tmp_path, texts):
    """By default nothing is written; else the rest is, and the reasons are given."""
    bad = tmp_path / "texts" / "bad.md"
    bad.write_bytes(b"\0\0\0")
    with pytest.raises(ReadingError, match=r"bad\.md"):
        bk.analyse([*texts, bad], store=tmp_path / "archive")
    store, found = add_to(tmp_path / "archive", [*texts, bad], how(), SERIAL, strict=False)
    assert str(found).startswith("5 new, 0 changed, 0 unchanged, 1 refused")
    assert "bad.md" in found.refused[0]
    same(bk.analyse(texts), store.tables())


def test_two_briefings_of_one_name_are_refused(tmp_path, archive):
    """In one run, and where the archive holds another series under that name."""
    twin = write_texts(tmp_path / "more", {"2021-03-10_delta.txt": "Police said 3 people were killed."})[0]
    original = tmp_path / "texts" / "2021-03-10_delta.md"
    with pytest.raises(ReadingError, match=r"the same doc_id '2021-03-10-delta' as 2021-03-10_delta\.md"):
        bk.analyse([twin, original], store=archive.folder)
    original.write_text(TEXTS[original.name].replace("Delta monitor", "Another"), encoding="utf-8")
    with pytest.raises(StoreError, match="'2021-03-10-delta' of 'Another' is there already, but of 'Delta monitor'; rename the file"):
        bk.analyse(original, store=archive.folder)


def test_a_briefing_that_changes_while_it_is_read_stops_the_run(tmp_path, texts, monkeypatch):
    """One that goes to another week is not stored in the old one; where only its words change, the new ones are stored."""
    prepared = adding._prepared

    def edited(*args):
        texts[0].write_text(TEXTS[texts[0].name].replace("2021-03-10", "2021-03-24"), encoding="utf-8")
        texts[4].write_text("Now other words stand here.", encoding="utf-8")
        return prepared(*args)

    monkeypatch.setattr(adding, "_prepared", edited)
    with pytest.raises(StoreError, match=r"2021-03-10_delta\.md: changed while it was read; run it again"):
        bk.analyse(texts, store=tmp_path / "archive")
    monkeypatch.undo()
    bk.analyse(texts, store=tmp_path / "archive")
    same(bk.analyse(texts), open_store(tmp_path / "archive").tables())


def test_the_briefing_that_cannot_be_analysed_is_named(tmp_path, texts, monkeypatch):
    """A fault of ours says in which text it struck."""
    found = Analysis.found

    def faulty(self, briefings):
        briefings = list(briefings)
        if any("Sapele" in briefing.text and briefing.series for briefing in briefings):
            raise ZeroDivisionError("division by zero")
        return found(self, briefings)

    monkeypatch.setattr(Analysis, "found", faulty)
    with pytest.raises(EngineError, match=r"2021-03-17_delta\.md: cannot be analysed \(ZeroDivisionError: division by zero\)"):
        bk.analyse(texts, store=tmp_path / "archive")


def test_workers_with_other_code_are_refused(tmp_path, texts, monkeypatch):
    """A cluster whose machines have another version would mix rows of two kinds."""
    monkeypatch.setattr(adding, "rules_hash", iter(["ours", "ours", *["theirs"] * 9]).__next__)
    with pytest.raises(EngineError, match="install the same on all machines"):
        bk.analyse(texts, store=tmp_path / "archive")
