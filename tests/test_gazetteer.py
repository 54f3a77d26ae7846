"""The gazetteer: world knowledge, and the analyst's own file over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing_kit.briefing import text_briefing
from briefing_kit.extract.actors import find_mentions
from briefing_kit.gazetteer import ACTOR_TYPES, COLUMNS, Gazetteer, GazetteerError, bare, load_gazetteer, slug
from briefing_kit.lexicon import read_lexicon

HEADER = ",".join(COLUMNS)


def overlay(folder: Path, *lines: str) -> Gazetteer:
    path = folder / "actors.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return load_gazetteer(path)


def line(**cells: str) -> str:
    return ",".join(cells.get(column, "") for column in COLUMNS)


def ids(gazetteer: Gazetteer, text: str) -> list[str]:
    return [m.actor_id for m in find_mentions(text_briefing(text), gazetteer)]


@pytest.mark.parametrize(
    ("name", "actor_id", "kind"),
    [
        ("Islamic State", "islamic-state", "name"),
        ("Da'esh", "islamic-state", "alias"),
        ("Da’esh", "islamic-state", "alias"),
        ("ISIL", "islamic-state", "acronym"),
        ("al-Shabaab", "al-shabaab", "name"),
        ("Al Shabaab", "al-shabaab", "name"),
        ("Türkiye", "turkey", "alias"),
        ("DR Congo", "democratic-republic-of-the-congo", "alias"),
        ("UNSMIL", "un-support-mission-in-libya", "acronym"),
        ("Khalifa Hifter", "khalifa-haftar", "alias"),
    ],
)
def test_known_names(name: str, actor_id: str, kind: str) -> None:
    """Names are found whatever their article and apostrophe."""
    entry = load_gazetteer().find(name)
    assert entry is not None
    assert (entry.actor.id, entry.kind) == (actor_id, kind)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Islamic State", "islamic-state"),
        ("Côte d’Ivoire", "cote-divoire"),
        ("People's Protection Units", "peoples-protection-units"),
        ("AT&T", "at-t"),
        ("Юнармия", "юнармия"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    """An id is the name in plain small letters and hyphens."""
    assert slug(name) == expected


def test_world_is_covered() -> None:
    """All states with code, adjective and capital; many groups, organisations and media."""
    states = [row for row in read_lexicon("states") if row["iso3"]]
    assert len({row["iso3"] for row in states}) >= 195
    assert not [row["name"] for row in states if not row["adjectives"] and row["name"] not in ADJECTIVELESS]
    for name, least in {"armed_groups": 300, "igos": 150, "media": 200, "forces": 120, "companies": 200, "parties": 150}.items():
        assert len(read_lexicon(name)) >= least, name


ADJECTIVELESS = {"Dominica", "New Zealand", "Republic of the Congo", "Vatican City"}


@pytest.mark.parametrize("name", ["armed_groups", "companies", "forces", "government", "igos", "media", "ngos", "parties", "persons"])
def test_lists_are_sound(name: str) -> None:
    """Every built-in actor has a type of the codebook, a country code where it has one, and a parent that exists."""
    actors = load_gazetteer().actors
    for row in read_lexicon(name):
        assert row["type"] in ACTOR_TYPES, row
        assert row["country"] == "" or (len(row["country"]) == 3 and row["country"].isupper()), row
        assert row["parent"] == "" or row["parent"] in actors, row


def test_lexicon_is_sorted() -> None:
    """Rows stand in order, so that a change is a small difference."""
    for name in ("armed_groups", "igos", "media", "communities", "titles", "group_nouns", "states"):
        keys = [tuple(row.values()) for row in read_lexicon(name)]
        assert [key[0] for key in keys] == sorted(key[0] for key in keys), name


def test_a_new_actor(tmp_path: Path) -> None:
    """An actor of the analyst's own is found under all its names."""
    gazetteer = overlay(
        tmp_path, line(name="Zarnoub Network", type="armed_group", country="LBY", aliases="Zarnoubis|ZN", case_sensitive="yes")
    )
    assert ids(gazetteer, "The Zarnoub Network, or ZN, denied it.") == ["zarnoub-network", "zarnoub-network"]
    assert gazetteer.problems == ()


def test_aliases_are_added_to_a_built_in_actor(tmp_path: Path) -> None:
    """A line with the id of a known actor gives it further names and keeps the old ones."""
    gazetteer = overlay(tmp_path, line(id="boko-haram", name="Boko Haram", type="armed_group", aliases="Shekau's men"))
    assert ids(gazetteer, "Boko Haram fled.") == ["boko-haram"]
    assert ids(gazetteer, "It blamed Shekau's men.") == ["boko-haram"]


def test_a_rejected_name_is_gone(tmp_path: Path) -> None:
    """A rejected name is no actor any more, known or not."""
    gazetteer = overlay(tmp_path, line(name="Boko Haram", status="rejected"), line(name="Zarnoub Brigade", status="rejected"))
    assert "boko-haram" not in ids(gazetteer, "Boko Haram fled.")
    assert ids(gazetteer, "The Zarnoub Brigade fled.") == []


def test_a_merged_actor_counts_as_the_other(tmp_path: Path) -> None:
    """All names of a merged actor lead to the one it was merged into, by id or by name."""
    gazetteer = overlay(tmp_path, line(name="Ansaru", status="merged", merged_into="Boko Haram"))
    assert ids(gazetteer, "Ansaru fled.") == ["boko-haram"]


def test_small_letters_where_case_does_not_matter(tmp_path: Path) -> None:
    """A name that is not case-sensitive is found in small letters too, an acronym never."""
    gazetteer = overlay(tmp_path, line(name="Zarnoub Network", type="armed_group", aliases="IT", case_sensitive="no"))
    assert ids(gazetteer, "The zarnoub network said it would.") == ["zarnoub-network"]


@pytest.mark.parametrize(
    ("name", "case_sensitive", "text"),
    [
        ("218 Zarn", "", "It was said by 218 Zarn."),
        ("218Zarn", "yes", "218Zarn reported it."),
        ("3Z", "", "3Z attacked; so they say."),
        ("z24NEWS", "", "A reporter of z24NEWS said so."),
        ("zarnis", "no", "Zarnis attacked."),
        ("zarnis", "no", "Many zarnis fled."),
        ("zarnis", "no", "The ZARNIS fled."),
        ("zarnis", "yes", "Zarnis attacked."),
        ("zarnis", "", "Many zarnis fled."),
        ("Zarn Front", "no", "The ZARN FRONT fled."),
    ],
)
def test_names_that_no_capital_opens(tmp_path: Path, name: str, case_sensitive: str, text: str) -> None:
    """Names of digits and small letters are found as written, and with the capital that opens a sentence."""
    gazetteer = overlay(tmp_path, line(id="the-one", name=name, type="armed_group", case_sensitive=case_sensitive))
    assert [actor_id for actor_id in ids(gazetteer, text) if actor_id == "the-one"] == ["the-one"]


def test_part_of_a_word_is_no_name(tmp_path: Path) -> None:
    """What stands inside a word or a number is not found."""
    gazetteer = overlay(tmp_path, line(name="3Z", type="media"), line(name="zarnis", type="armed_group", case_sensitive="no"))
    assert ids(gazetteer, "On route 13Z and 3Zb the bazarnis and zarnist fell.") == []


def test_unknown_target_of_a_merger(tmp_path: Path) -> None:
    """A target that is no actor is told with what may be meant, and the actor stays itself; a name will do for the id."""
    gazetteer = overlay(
        tmp_path,
        line(name="Zarn", type="armed_group", status="merged", merged_into="boko-harm"),
        line(name="Zarnoubis", status="merged", merged_into="Zarnoub Network"),
        line(id="zn", name="Zarnoub Network", type="armed_group"),
        line(name="Zirids", status="merged", merged_into="Khalifa Hifter"),
    )
    assert ids(gazetteer, "Zarn denied it. Zarnoubis and the Zirids denied it.") == ["zarn", "zn", "khalifa-haftar"]
    assert gazetteer.problems == (
        "actors.csv line 2, merged_into: no actor 'boko-harm': did you mean 'boko-haram'? Until then it stays itself",
    )


def test_short_names_count_only_while_active(tmp_path: Path) -> None:
    """Outside the years of activity an alias is nobody; the full name always counts."""
    from dataclasses import replace
    from datetime import date

    gazetteer = overlay(
        tmp_path, line(name="Council of the Coast", type="political", aliases="Coasters", active_from="2015", active_to="2017-06")
    )
    text = "The Council of the Coast met; Coasters cheered."
    early = replace(text_briefing(text), published_on=date(2016, 3, 1))
    late = replace(text_briefing(text), published_on=date(2020, 3, 1))
    assert [m.actor_id for m in find_mentions(early, gazetteer)].count("council-of-the-coast") == 2
    assert [m.actor_id for m in find_mentions(late, gazetteer)].count("council-of-the-coast") == 1


def test_clashes_are_reported(tmp_path: Path) -> None:
    """Two lines that claim one name, or one id, are told; the first one counts."""
    gazetteer = overlay(
        tmp_path,
        line(name="Zarnoub Network", type="armed_group", aliases="ZN"),
        line(name="Zirid Nation", type="political", aliases="ZN"),
        line(name="Zarnoub Network", type="political"),
    )
    assert ids(gazetteer, "ZN denied it.") == ["zarnoub-network"]
    assert gazetteer.problems == (
        "actors.csv line 3: 'ZN' is a name of 'zarnoub-network' (line 2) too; that one counts",
        "actors.csv line 4: id 'zarnoub-network' stands in line 2 too; the first one counts",
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (line(type="person"), "actors.csv line 2, name: empty"),
        (line(name="--"), "actors.csv line 2, name: '--' has neither letter nor digit"),
        (line(name="A", type="army"), "actors.csv line 2, type: 'army' is not one of state,"),
        (line(name="A", id="A b"), "actors.csv line 2, id: 'A b' has other signs than small letters, digits and hyphens; 'a-b' would do"),
        (line(name="A", country="Libya"), "actors.csv line 2, country: 'Libya' is not an ISO 3166 alpha-3 code such as LBY"),
        (line(name="A", case_sensitive="maybe"), "actors.csv line 2, case_sensitive: 'maybe' is neither yes nor no"),
        (line(name="A", active_from="soon"), "actors.csv line 2, active_from: 'soon' is not a day such as 2019-10-16"),
        (line(name="A", status="gone"), "actors.csv line 2, status: 'gone' is not one of active, rejected, merged"),
        (line(name="A", status="merged"), "actors.csv line 2, merged_into: empty"),
        ("a,b,c,d,e,f,g,h,i,j,k,l,m", "actors.csv line 2: 13 cells for 12 columns; put a cell with a comma in quotes"),
    ],
)
def test_faults_name_line_field_and_mend(tmp_path: Path, row: str, message: str) -> None:
    """A line that cannot be used is refused in one line that says where and why."""
    with pytest.raises(GazetteerError) as fault:
        overlay(tmp_path, row)
    assert str(fault.value).startswith(message)
    assert "\n" not in str(fault.value)


def test_unknown_column(tmp_path: Path) -> None:
    """A misspelt column is refused with the list of columns."""
    path = tmp_path / "actors.csv"
    path.write_text("name,kind\nA,person\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"actors.csv line 1: column 'kind' is not known; the columns are id, name"):
        load_gazetteer(path)


def test_encoding(tmp_path: Path) -> None:
    """A file that is not UTF-8 is refused; a byte order mark, comments and empty lines do no harm."""
    path = tmp_path / "actors.csv"
    path.write_bytes(b"name\nG\xfclen\n")
    with pytest.raises(GazetteerError, match="not UTF-8"):
        load_gazetteer(path)
    path.write_text("\ufeff# ours\n\nname,type\nZarnoub Network,armed_group\n", encoding="utf-8")
    assert ids(load_gazetteer(path), "The Zarnoub Network left.") == ["zarnoub-network"]


def test_empty_file_is_the_built_in_gazetteer(tmp_path: Path) -> None:
    """A file without lines changes nothing."""
    path = tmp_path / "actors.csv"
    path.write_text("", encoding="utf-8")
    assert ids(load_gazetteer(path), "Boko Haram left.") == ["boko-haram"]


def test_bare() -> None:
    """Names are looked up without article."""
    assert [bare(name) for name in ("The Hague", "Al-Shabaab", "al Nusra", "El Al", "Alabama")] == [
        "Hague",
        "Shabaab",
        "Nusra",
        "El Al",
        "Alabama",
    ]
