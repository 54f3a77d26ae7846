"""The sample data: nine briefings, the analyst's files and the gold tables are what data/README.md says they are."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from briefing_kit.briefing import Briefing
from briefing_kit.gazetteer import ACTOR_TYPES, COLUMNS, slug
from briefing_kit.reading import load_briefing

DATA = Path(__file__).parent.parent / "data"
PATHS = sorted((DATA / "briefings").glob("*.md"))
GOLD = sorted(path.name for path in (DATA / "gold").iterdir())
OFFSET_COLUMNS = {
    "mentions": "start end text actor_id actor_type mention_kind",
    "claims": "start end text value low high kind approximator counted unit_class as_of_start as_of_end source factuality cue",
    "dates": "start end text timex_type value mod date_start date_end granularity resolved_by",
}
OTHER_COLUMNS = {
    "events": "date_start date_end granularity event_type predicate start actors note",
    "attributions": "source_start source source_id cue_start cue content_start content_text",
    "negatives": "what must_not_appear_in",
}
ALLOWED = {
    "kind": "exact approximate at_least at_most range vague",
    "unit_class": "people killed injured detained displaced events area distance money volume weight rate duration percent weapons other",
    "factuality": "asserted reported alleged hypothetical forecast denied",
    "timex_type": "DATE TIME DURATION SET",
    "mention_kind": "name alias acronym short_form demonym metonym nominal",
    "actor_type": " ".join(ACTOR_TYPES),
    "event_type": "air_strike armed_clash bombing shelling killing arrest escape kidnapping protest agreement statement meeting election "
    "displacement appointment territory_change sanction aid_delivery attack_civilians other",
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def briefing_of(doc_id: str) -> Briefing:
    return load_briefing(next(path for path in PATHS if slug(path.stem) == doc_id))


def footer_start(briefing: Briefing) -> int:
    return min(segment.start for segment in briefing.segments if segment.role == "boilerplate")


def test_nine_consecutive_weeks() -> None:
    """The briefings are those of 2019-W34 to 2019-W42, a week apart, each dated alike in its name and its header."""
    briefings = [load_briefing(path) for path in PATHS]
    assert [briefing.week for briefing in briefings] == [f"2019-W{week}" for week in range(34, 43)]
    days = [date.fromisoformat(path.stem.split("_")[0]) for path in PATHS]
    assert [briefing.published_on for briefing in briefings] == days
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(weeks=1)}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_briefing_is_like_a_real_one(path: Path) -> None:
    """Each has a full header, 350 to 700 words, headings, list items where it lists, and a footer of boilerplate at the end."""
    briefing = load_briefing(path)
    assert briefing.title
    assert (briefing.series, briefing.country, briefing.language) == ("Maghreb Risk Weekly", "LBY", "en")
    assert briefing.marking in {"TLP:GREEN", "TLP:AMBER"}
    assert briefing.warnings == ()
    assert 350 <= len(briefing.text.split()) <= 700
    roles = [segment.role for segment in briefing.segments]
    assert roles.count("heading") >= 3
    assert roles.count("boilerplate") == 1
    assert roles[-1] == "boilerplate"


def test_all_roles_occur() -> None:
    """Captions, list items and notes in quotation style stand somewhere in the nine."""
    roles = Counter(segment.role for path in PATHS for segment in load_briefing(path).segments)
    assert min(roles[role] for role in ("body", "heading", "caption", "list_item", "quote", "boilerplate")) >= 2


def test_one_paragraph_is_recycled() -> None:
    """Exactly one paragraph of reporting stands word for word in two of the briefings."""
    seen: Counter[str] = Counter()
    for path in PATHS:
        briefing = load_briefing(path)
        seen.update({briefing.text[s.start : s.end] for s in briefing.segments if s.role == "body"})
    assert [count for count in seen.values() if count > 1] == [2]


def test_a_figure_is_revised_a_week_later() -> None:
    """The number displaced from Murzuq is over 9,400 in one week and at least 16,700 in the next, which recalls the first."""
    earlier, later = (load_briefing(path).text for path in PATHS[1:3])
    assert "9,400" in earlier
    assert "16,700" not in earlier
    assert "9,400" in later
    assert "16,700" in later


def test_actors_file() -> None:
    """actors.csv has the settled columns, unique slugs, closed lists of types and statuses, known parents and no clashing names."""
    actors = rows(DATA / "actors.csv")
    assert header(DATA / "actors.csv") == list(COLUMNS)
    assert len(actors) >= 60
    ids = [row["id"] for row in actors]
    assert len(set(ids)) == len(ids)
    for row in actors:
        assert row["id"] == slug(row["name"])
        assert row["type"] in ACTOR_TYPES
        assert row["parent"] in {"", *ids}
        assert row["status"] == "active"
        assert row["case_sensitive"] in {"yes", "no"}
        assert re.fullmatch(r"(?:[A-Z]{3})?", row["country"])
        begin, end = (date.fromisoformat(row[column]) if row[column] else None for column in ("active_from", "active_to"))
        assert begin is None or end is None or begin < end
    names = Counter(name for row in actors for name in [row["name"], *filter(None, row["aliases"].split("|"))])
    assert max(names.values()) == 1


def test_sources_are_graded_and_occur() -> None:
    """Every source in sources.csv bears Admiralty grades and is named in some briefing."""
    texts = "\n".join(load_briefing(path).text for path in PATHS)
    sources = rows(DATA / "sources.csv")
    assert header(DATA / "sources.csv") == ["source", "source_kind", "reliability", "credibility", "note"]
    for row in sources:
        assert row["source"] in texts, row["source"]
        assert re.fullmatch("[A-F]", row["reliability"])
        assert re.fullmatch("[1-6]", row["credibility"])
        assert row["source_kind"] in {"named", "unnamed", "organisation", "media", "document"}
    assert len({row["source"] for row in sources}) == len(sources)


def test_corrections_are_empty() -> None:
    """corrections.csv holds the settled header and no row: the sample's tables are as the parser gives them."""
    columns = "correction_id,table,action,doc_id,sentence_hash,occurrence,start,end,text,column,value,note"
    assert (DATA / "corrections.csv").read_text(encoding="utf-8") == columns + "\n"


def test_settings() -> None:
    """workbook.toml names the report, looks four weeks back, reads dates day first and tells nobody."""
    settings = tomllib.loads((DATA / "workbook.toml").read_text(encoding="utf-8"))
    assert settings["weeks_before"] == 4
    assert (settings["series"], settings["country"], settings["date_order"]) == ("Maghreb Risk Weekly", "LBY", "dmy")
    assert not settings.get("notify")


def test_commentary_speaks_one_scale() -> None:
    """The key judgements are short, use at least four likelihood terms of one row of ICD 203 and keep confidence apart."""
    text = (DATA / "commentary" / "2019-W42.md").read_text(encoding="utf-8")
    assert 150 <= len(text.split()) <= 250
    terms = re.findall(r"very likely|very unlikely|unlikely|likely|roughly even chance|almost certain", text)
    assert len(terms) >= 4
    assert not re.search(r"\b(?:im)?probabl[ey]|\bremote\b|realistic possibility", text)
    for sentence in re.split(r"(?<=[.:])\s", text):
        assert not ("confidence" in sentence and re.search("likely|chance", sentence))


def test_three_briefings_are_labelled() -> None:
    """Gold tables exist for three briefings, the last week among them, with exactly the columns that data/README.md explains."""
    assert GOLD == ["2019-09-04-libya", "2019-10-02-libya", "2019-10-16-libya"]
    for doc_id in GOLD:
        for name, columns in (OFFSET_COLUMNS | OTHER_COLUMNS).items():
            path = DATA / "gold" / doc_id / f"{name}.csv"
            assert header(path) == columns.split(), path
            assert rows(path), path


@pytest.mark.parametrize("doc_id", GOLD)
def test_gold_offsets(doc_id: str) -> None:
    """Every gold row gives back its words from the briefing, in order of the text, once each, and none stands in the footer."""
    briefing = briefing_of(doc_id)
    end_of_text = footer_start(briefing)
    for name in OFFSET_COLUMNS:
        spans = []
        for row in rows(DATA / "gold" / doc_id / f"{name}.csv"):
            start, end = int(row["start"]), int(row["end"])
            assert briefing.text[start:end] == row["text"], (name, row)
            assert end <= end_of_text, (name, row)
            spans.append((start, end))
        assert all(before[1] <= after[0] for before, after in pairwise(spans)), name
    pieces = [("events", "start", "predicate")]
    pieces += [
        ("attributions", f"{part}_start", text) for part, text in (("source", "source"), ("cue", "cue"), ("content", "content_text"))
    ]
    for name, start_column, text_column in pieces:
        for row in rows(DATA / "gold" / doc_id / f"{name}.csv"):
            start = int(row[start_column])
            assert briefing.text.startswith(row[text_column], start), (name, row)
            assert start + len(row[text_column]) <= end_of_text, (name, row)


@pytest.mark.parametrize("doc_id", GOLD)
def test_gold_values(doc_id: str) -> None:
    """Closed columns hold allowed values, bounds and dates are in order, sources and cues are words of the text, actors are labelled."""
    briefing = briefing_of(doc_id)
    gold = {name: rows(DATA / "gold" / doc_id / f"{name}.csv") for name in OFFSET_COLUMNS | OTHER_COLUMNS}
    for table in gold.values():
        for row in table:
            for column in ALLOWED.keys() & row.keys():
                assert row[column] in ALLOWED[column].split(), row
            for first, last in (("date_start", "date_end"), ("as_of_start", "as_of_end")):
                days = [date.fromisoformat(row[column]) for column in (first, last) if row.get(column)]
                assert days == sorted(days), row
    for row in gold["claims"]:
        bounds = [float(row[column]) for column in ("low", "value", "high") if row[column]]
        assert bounds, row
        assert bounds == sorted(bounds), row
        assert row["source"] == "(author)" or row["source"] in briefing.text, row
        assert (row["source"] == "(author)") == (row["cue"] == "") == (row["factuality"] == "asserted"), row
        assert row["cue"].lower() in briefing.text.lower(), row
    labelled = {row["actor_id"] for row in gold["mentions"]}
    for row in gold["events"]:
        assert set(filter(None, row["actors"].split("; "))) <= labelled, row
    assert {row["source_id"] for row in gold["attributions"]} <= labelled
    assert all(slug(row["actor_id"]) == row["actor_id"] for row in gold["mentions"])


@pytest.mark.parametrize("doc_id", GOLD)
def test_gold_agrees_with_itself(doc_id: str) -> None:
    """One actor has one type throughout, and an event's interval is made of days that a gold date names."""
    gold = DATA / "gold" / doc_id
    types = {(row["actor_id"], row["actor_type"]) for row in rows(gold / "mentions.csv")}
    assert max(Counter(actor_id for actor_id, _ in types).values()) == 1
    known = {row["id"]: row["type"] for row in rows(DATA / "actors.csv")}
    assert all(known.get(actor_id, actor_type) == actor_type for actor_id, actor_type in types)
    dates = rows(gold / "dates.csv")
    begins, ends = {row["date_start"] for row in dates}, {row["date_end"] for row in dates}
    for row in rows(gold / "events.csv"):
        assert row["date_start"] in begins, row
        assert row["date_end"] in ends, row
