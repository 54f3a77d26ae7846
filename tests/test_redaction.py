"""What an edition withholds is gone from the data, and what is left can still be defended."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_kit.analysis import analyse
from briefing_kit.briefing import Briefing
from briefing_kit.editions import Edition
from briefing_kit.gazetteer import load_gazetteer
from briefing_kit.reading import load_briefings
from briefing_kit.redaction import Redacted, redact
from briefing_kit.schemas import ROW_KINDS, SCHEMAS
from briefing_kit.tables import Tables
from briefing_kit.withholding import MARK, plain

DATA = Path(__file__).parents[1] / "data"
LINKS = ("sentence_id", "event_id", "part_of", "compared_to", "repeat_of", "cluster_id")
TEXT = (
    "Field Marshal Khalifa Haftar’s LNA said on 3 May 2021 that 12 people were killed in Sirte. Hifter denied it.\n\n"
    "# Haftar speaks\n\nThe US gave US$5m. US officials met the LNA spokesman in Tripoli on 2 May 2021. "
    "IS is weakened, KHALIFA\nHAFTAR said. A bishop saw 40 fighters of Islamic\u00a0State near Haf\u00adtar's base."
)


def briefing_of(text: str = TEXT) -> Briefing:
    return Briefing(
        text=text, doc_id="2021-05-05-haftar", title="Haftar and others", published_on=date(2021, 5, 5), path="2021-05-05_haftar.md",
        country="LBY", language="en", sha256="cd" * 32,
    )  # fmt: skip


def redacted(text: str = TEXT, **entries: object) -> tuple[Tables, Redacted]:
    briefing = briefing_of(text)
    tables = analyse(briefing)
    return tables, redact(tables, [briefing], Edition.model_validate(entries), load_gazetteer())


@cache
def sample() -> tuple[Tables, tuple[Briefing, ...]]:
    """Four of the sample briefings; neither they nor their tables are changed by anybody."""
    briefings = tuple(load_briefings(DATA / "briefings")[-4:])
    return analyse(list(briefings)), briefings


def cells_of(tables: Tables) -> set[str]:
    """Every text cell of every table; what comes from a closed list names nobody."""
    found: set[str] = set()
    for name in SCHEMAS:
        frame = getattr(tables, name)
        for column in frame:
            if str(frame[column].dtype) == "str":
                found |= {str(value) for value in frame[column].dropna().unique()}
    return found


def defended(made: Redacted) -> None:
    """The tables hold to their schemas, every row's words stand where it says, and every id that is named is there."""
    made.tables.validated()
    texts = {briefing.doc_id: briefing.text for briefing in made.briefings}
    ids = {value for name, frame in made.tables.items() if name != "documents" for value in frame[SCHEMAS[name][0].name]}
    for name in ("sentences", *ROW_KINDS):
        frame = getattr(made.tables, name)
        for doc_id, start, end, text in zip(frame["doc_id"], frame["start"], frame["end"], frame["text"], strict=True):
            assert texts[doc_id][start:end] == text, (name, text)
        for column in (column for column in LINKS if column in frame):
            assert set(frame[column].dropna()) <= ids, (name, column)


def test_an_actor_goes_with_all_its_names():
    """Spellings on file, possessives, titles, capitals, line ends, soft hyphens, headings, titles and file names."""
    _, made = redacted(actors=["khalifa-haftar"])
    defended(made)
    text = made.briefings[0].text
    assert not re.search("haf\u00ad?tar|hifter|khalifa|marshal", text, re.IGNORECASE)
    assert text.startswith(f"{MARK}’s LNA said on 3 May 2021")
    assert (made.briefings[0].title, made.briefings[0].path) == (f"{MARK} and others", f"2021-05-05_{MARK}.md")
    assert made.briefings[0].doc_id == "2021-05-05-withheld-1"
    assert not [cell for cell in cells_of(made.tables) if re.search("haf\u00ad?tar|hifter", cell, re.IGNORECASE)]
    assert made.tables.mentions["actor_id"].tolist() != []


def test_acronyms_are_no_common_words():
    """IS is a group and `is` a verb; US is a state and US$ a currency."""
    _, made = redacted(actors=["Islamic State", "United States"])
    text = made.briefings[0].text
    assert f"{MARK} is weakened" in text
    assert "gave US$5m" in text
    assert f"{MARK} officials met" in text
    assert f"fighters of {MARK} near" in text
    assert "islamic-state" not in " ".join(cells_of(made.tables))


def test_what_is_left_of_a_row_stays_true():
    """A figure keeps value, date, firmness and kind of source although the source's name is gone."""
    before, made = redacted(sources=["Khalifa Haftar", "LNA"])
    old, new = before.claims, made.tables.claims
    kept = ["value", "low", "high", "kind", "unit_class", "factuality", "source_kind", "cue_class", "as_of_start", "status"]
    assert old[kept].to_dict("records") == new[kept].to_dict("records")
    killed = new[new["unit_class"] == "killed"].iloc[0]
    assert killed["source"].startswith(MARK)
    assert killed["source_id"] != killed["source_id"] or "libyan" not in killed["source_id"]


def test_a_withheld_sentence_goes_with_its_rows():
    """By phrase, whatever its spaces and case, or by the id of any row in it; nothing points to it any more."""
    for entry in ("12 people were  KILLED", str(analyse(briefing_of()).claims["claim_id"].iloc[0])):
        before, made = redacted(sentences=[entry])
        defended(made)
        assert made.briefings[0].text.startswith(f"{MARK} Hifter denied it.")
        assert "killed" not in set(made.tables.claims["unit_class"])
        assert len(made.tables.sentences) == len(before.sentences) - 1
        assert made.tables.documents["n_sentences"].item() == len(made.tables.sentences)
        assert "1 sentence;" in made.note


def test_two_withheld_actors_stay_two():
    """Their figures are no common series."""
    text = "The LNA has 400 fighters. The GNA has 700 fighters."
    _, made = redacted(text, actors=["LNA", "GNA"])
    measures = set(made.tables.claims["measure"])
    assert len(measures) == 2
    assert all(measure.startswith("withheld-") for measure in measures)


def test_ids_do_not_confirm_a_guess():
    """Rows of changed sentences have new ids and keys, others keep theirs; the hash of a changed text is that of what is shown."""
    before, made = redacted("Haftar left. Police said 12 people were killed.", actors=["Khalifa Haftar"])
    old, new = before.sentences, made.tables.sentences
    assert (old["sentence_hash"] == new["sentence_hash"]).tolist() == [False, True]
    assert (old["sentence_id"] == new["sentence_id"]).tolist() == [False, False]  # the document's own name was withheld too
    assert made.tables.documents["sha256"].item() != before.documents["sha256"].item()
    _, plain_made = redacted("Police said 12 people were killed.", actors=["Farage"])
    assert plain_made.tables.claims["claim_id"].tolist() == analyse(briefing_of("Police said 12 people were killed.")).claims[
        "claim_id"
    ].tolist()  # fmt: skip


def test_a_state_goes_with_its_country_code_and_capital():
    """Demonyms and capitals too."""
    text = "Ankara said that Turkish forces had 500 vehicles. Turkey has 200 soldiers in Sirte."
    _, made = redacted(text, actors=["Turkey"])
    defended(made)
    assert not [cell for cell in cells_of(made.tables) if re.search(r"ankara|turk|\bTUR\b", cell, re.IGNORECASE)]


def test_an_entry_that_nobody_knows_is_told():
    """A misspelt name would withhold nothing."""
    _, made = redacted(actors=["Khalifa Haftar", "Kalifa Haphtar"])
    assert made.held.unknown == ("actors, entry 2",)


def test_nothing_withheld_changes_nothing():
    """An empty profile gives the tables and briefings back as they are."""
    tables, briefings = sample()
    made = redact(tables, briefings, Edition(), load_gazetteer())
    assert made.briefings == briefings
    assert made.note == ""
    for name, frame in made.tables.items():
        before = getattr(tables, name)
        assert frame.astype("str").equals(before.astype("str")), name


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_any_profile_leaves_rows_that_can_be_defended(data):
    """Whichever actors, sources and sentences of the sample go: offsets hold, ids resolve, no name is left in any cell."""
    tables, briefings = sample()
    actors = data.draw(st.lists(st.sampled_from(sorted(set(tables.mentions["actor_id"]))), max_size=4, unique=True))
    cited = sorted(set(tables.attributions["source"]) - {"(author)", "(unnamed)"})
    sources = data.draw(st.lists(st.sampled_from(cited), max_size=2, unique=True))
    rows = data.draw(st.lists(st.sampled_from(sorted(tables.events["event_id"])), max_size=2, unique=True))
    made = redact(tables, briefings, Edition(actors=tuple(actors), sources=tuple(sources), sentences=tuple(rows)), load_gazetteer())
    defended(made)
    texts = [plain(text) for text in (*cells_of(made.tables), *(briefing.text for briefing in made.briefings))]
    for term in made.held.terms:
        assert not [text for text in texts if term.pattern.search(text)], term.entry
    assert not set(made.tables.mentions["actor_id"]) & made.held.ids


@pytest.mark.parametrize(
    ("entries", "words"),
    [({"actors": ["!"]}, "names nothing"), ({"maximum_marking": "pink"}, "TLP"), ({"people": ["x"]}, "Extra inputs")],
)
def test_profiles_are_checked(entries, words):
    """An entry without a letter would withhold everything or nothing."""
    with pytest.raises(ValueError, match=words):
        Edition.model_validate(entries)
