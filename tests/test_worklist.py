"""The worklist: which names are on it, in which order, with which suggestions; and what spaCy may add to it."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_tables import made_tables

import briefing_kit as bk
from briefing_kit.gazetteer import load_gazetteer
from briefing_kit.ner import NerError, propose_names
from briefing_kit.transliteration import name_key, whole_key
from briefing_kit.unknown_names import COLUMNS

SENTENCES = [
    "Zarqun Brigade came.",
    "Zarqun  Brigade left with Ali Barouni and Warri.",
    "Zarqun Brigade came.",
    "Tebu guards saw Barouni.",
]
MENTIONS = [
    (0, "Zarqun Brigade", "unknown"),
    (1, "Zarqun  Brigade", "armed_group", {"actor_id": "zarqun-brigade", "actor": "Zarqun Brigade"}),
    (2, "Zarqun Brigade", "armed_group"),
    (1, "Ali Barouni", "person"),
    (3, "Barouni", "person", {"actor_id": "ali-barouni", "actor": "Ali Barouni", "mention_kind": "short_form", "known": True}),
    (1, "Warri", "place"),
    (3, "Tebu guards", "group", {"mention_kind": "nominal"}),
]
DAYS = [date(2021, 3, 10), date(2021, 3, 17)]


def test_one_row_per_unknown_name():
    """All its mentions counted, the best guess of its type, the weeks, two different sentences; places and unnamed groups left out."""
    found = bk.worklist(made_tables(MENTIONS, SENTENCES, DAYS))
    assert list(found) == COLUMNS
    rows = found.values.tolist()
    assert [row[:6] for row in rows] == [
        ["Zarqun Brigade", "zarqun-brigade", "armed_group", 3, 2, "2021-W11"],
        ["Ali Barouni", "ali-barouni", "person", 2, 2, "2021-W11"],
    ]
    assert rows[0][6:8] == ["Zarqun Brigade came.", "Zarqun Brigade left with Ali Barouni and Warri."]


def test_rejected_and_known_names_are_not_on_it():
    """A row that an analyst rejected is not asked about again, nor an actor that the given gazetteer has."""
    mentions = [(0, "Zarqun Brigade", "unknown", {"status": "rejected"}), (1, "Islamic State", "unknown")]
    assert bk.worklist(made_tables(mentions, ["Zarqun Brigade came.", "Islamic State came."])).empty


def test_an_empty_worklist_has_its_columns():
    """With their dtypes, as any other."""
    empty, full = (bk.worklist(made_tables(mentions, SENTENCES)) for mentions in ([], MENTIONS))
    assert list(empty) == COLUMNS
    assert empty.dtypes.tolist() == full.dtypes.tolist()


def test_the_limit_cuts_after_sorting():
    """Most mentioned first, then by name; suggestions still know the names below the cut."""
    sentences = ["Omar Haftun and Zed Two came.", "Zed Two and Umar Haftoun came."]
    mentions = [(0, "Omar Haftun", "person"), (0, "Zed Two", "person"), (1, "Zed Two", "person"), (1, "Umar Haftoun", "person")]
    tables = made_tables(mentions, sentences)
    assert bk.worklist(tables)["name"].tolist() == ["Zed Two", "Omar Haftun", "Umar Haftoun"]
    cut = bk.worklist(tables, limit=2)
    assert cut["name"].tolist() == ["Zed Two", "Omar Haftun"]
    assert cut["likely_duplicates"].tolist()[1] == "Umar Haftoun (umar-haftoun)"


SUGGESTIONS = [
    ("Khalifa Hifter", "person", "Khalifa Haftar", "person"),
    ("Hifter", "person", "Khalifa Haftar", "person"),
    ("Hifter", "unknown", "Khalifa Haftar", "person"),
    ("Fayiz as-Sarraj", "person", "Fayez Serraj", "person"),
    ("Zarkoun Brigade", "armed_group", "Zarqun Brigade", "unknown"),
    ("Kufra Shield Force", "other", "Al-Kufra Shield Force", "armed_group"),
]
NOT_SUGGESTED = [
    ("Khalifa Hifter", "armed_group", "Khalifa Haftar", "person", "a person is no group"),
    ("Nigeria Front", "armed_group", "Niger", "state", "states are not suggested"),
    ("ISS", "unknown", "IS", "armed_group", "short names meet by chance"),
    ("IRNA", "unknown", "ORANO", "company", "acronyms meet by chance"),
    ("Omar", "person", "Amir", "person", "two consonants are too few"),
    ("Zarqun Brigade", "armed_group", "Zarqun Battalion", "armed_group", "another word"),
    ("Shield", "armed_group", "Kufra Shield", "armed_group", "groups have no surnames"),
]


def pair(name, kind, other, other_kind):
    known = {"known": True}
    tables = made_tables([(0, name, kind), (1, other, other_kind, known)], [f"{name} came.", f"{other} came."])
    nobody = replace(load_gazetteer(), index={}, actors={})
    return bk.worklist(tables, gazetteer=nobody)["likely_duplicates"].tolist()


@pytest.mark.parametrize(("name", "kind", "other", "other_kind"), SUGGESTIONS)
def test_another_spelling_is_suggested(name, kind, other, other_kind):
    """Known actors of the tables, by the consonants of their names."""
    assert pair(name, kind, other, other_kind) == [f"{other} ({other.lower().replace(' ', '-')})"]


@pytest.mark.parametrize(("name", "kind", "other", "other_kind"), [case[:4] for case in NOT_SUGGESTED], ids=[c[4] for c in NOT_SUGGESTED])
def test_what_only_looks_alike_is_not_suggested(name, kind, other, other_kind):
    """A suggestion that is mostly wrong is soon not read any more."""
    assert str(pair(name, kind, other, other_kind)) == "[nan]"


def test_suggestions_never_merge():
    """Both spellings stay on the list, each with the other; names of the gazetteer are suggested though the texts lack them."""
    tables = made_tables([(0, "Zarqun Brigade", "unknown"), (0, "Zarkoun Brigade", "unknown")], ["Zarqun Brigade met Zarkoun Brigade."])
    found = bk.worklist(tables).set_index("name")["likely_duplicates"]
    assert found["Zarqun Brigade"] == "Zarkoun Brigade (zarkoun-brigade)"
    assert found["Zarkoun Brigade"] == "Zarqun Brigade (zarqun-brigade)"
    known = bk.worklist(made_tables([(0, "Boku Haraam", "unknown")], ["Boku Haraam came."]))
    assert "Boko Haram (boko-haram)" in known["likely_duplicates"].item()


SAME = [
    *["Haftar|Hifter", "Serraj|as-Sarraj", "Misrata|Misurata|Misratah", "Zuwara|Zwara|Zouara", "Gaddafi|Qadhafi|Kadhafi"],
    *["Abd al-Rahman|Abdul Rahman|Abdelrahman|Abdurrahman|Abdul-Rahman", "Abdullah|Abdallah", "Abu Bakr|Aboubakar|Abubakar"],
    *["Osama bin Laden|Usama Laden", "Hezbollah|Hizbullah|Hizballah", "Al-Shabaab|al Shabab", "Houthi|Huthi", "Yevgeny|Evgeny"],
    *["Ghassan Salam\u00e9|Ghassan Salame", "Zelensky|Zelenskyy", "Wagner|Vagner", "Chahed|Shahed", "Hajj|Hadj", "Ouattara|Watara"],
]
DIFFERENT = ["Ahmed|Hamed", "Haftar|Hatter", "Khalid|Walid", "Salem|Islam", "Sirte|Surman", "Derna|Brega", "Mali|Malawi", "Tobruk|Tarhuna"]


@pytest.mark.parametrize("names", SAME)
def test_spellings_of_one_name_meet(names):
    """The ways that newspapers write one name."""
    assert len({whole_key(name_key(name)) for name in names.split("|")}) == 1


@pytest.mark.parametrize("names", DIFFERENT)
def test_other_names_do_not_meet(names):
    """Different consonants, or a vowel in front."""
    one, other = names.split("|")
    assert whole_key(name_key(one)) != whole_key(name_key(other))


@given(st.text(max_size=30))
def test_any_text_has_a_key(name):
    """Nothing raises, and no word of a key has a vowel but in front."""
    assert all(word and not set(word[1:]) & set("aeiouy") for word in name_key(name))
    assert name_key(name.upper()) == name_key(name.upper().lower())


class FakeSpacy:
    """As much of spaCy as is called: `load(model).pipe(texts)`, documents with `ents`."""

    def __init__(self, entities):
        self.entities = entities

    def load(self, model):
        if model != "en_core_web_sm":
            raise OSError(model)
        return self

    def pipe(self, texts):
        for text in texts:
            found = [(name, label, text.find(name)) for name, label in self.entities if name in text]
            yield SimpleNamespace(ents=[SimpleNamespace(text=n, label_=k, start_char=at, end_char=at + len(n)) for n, k, at in found])


def test_spacy_proposes_what_no_table_has(monkeypatch):
    """People, organisations and peoples, counted with the rest of the list, typed no further than the label goes."""
    entities = [
        ("the Zarqun Brigade", "ORG"),
        ("Zarqun", "ORG"),
        ("Ali Barouni", "PERSON"),
        ("Mangrove Council", "ORG"),
        ("Monday", "DATE"),
    ]
    monkeypatch.setitem(sys.modules, "spacy", FakeSpacy(entities))
    sentences = ["On Monday Zarqun Brigade met the Mangrove Council.", "Ali Barouni left. The Mangrove Council met."]
    tables = made_tables([(0, "Zarqun Brigade", "armed_group")], sentences)
    proposed = propose_names(tables)
    assert proposed[["actor_id", "actor_type", "sentence_id", "rule"]].values.tolist() == [
        ["mangrove-council", "unknown", "s0", "spacy:ORG"],
        ["ali-barouni", "person", "s1", "spacy:PERSON"],
        ["mangrove-council", "unknown", "s1", "spacy:ORG"],
    ]
    found = bk.worklist(tables, proposed=proposed)
    assert found[["name", "count", "rule"]].values.tolist() == [
        ["Mangrove Council", 2, "spacy:ORG"],
        ["Ali Barouni", 1, "spacy:PERSON"],
        ["Zarqun Brigade", 1, "shape:test"],
    ]


def test_names_on_file_are_not_proposed(monkeypatch):
    """What the gazetteer has, or an analyst has rejected, is not asked about again."""
    monkeypatch.setitem(sys.modules, "spacy", FakeSpacy([("Daesh", "ORG")]))
    tables = made_tables([], ["Daesh came."])
    assert bk.worklist(tables, proposed=propose_names(tables)).empty


def test_without_spacy_or_its_model_the_message_says_how_to_get_it(monkeypatch):
    """Nothing is fetched."""
    tables = made_tables(MENTIONS, SENTENCES)
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(NerError, match=r"spaCy is not installed: pip install 'briefing-kit\[ner\]'"):
        propose_names(tables)
    monkeypatch.setitem(sys.modules, "spacy", FakeSpacy([]))
    with pytest.raises(NerError, match="'en_core_web_xx' is not installed: python -m spacy download en_core_web_xx"):
        propose_names(tables, model="en_core_web_xx")
    assert propose_names(tables).empty
