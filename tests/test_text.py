"""Folding, offset maps, segments and sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_kit.briefing import sentence_hash, text_briefing
from briefing_kit.language import is_english, text_warnings
from briefing_kit.naming import slug
from briefing_kit.textmap import fold, visible

MESSY = st.text(alphabet=st.sampled_from([*"Aab. \n\t-*#>'\"1,;:?!", "\u00a0", "\u00ad", "\ufb01", "\u2019", "\u2014", "\u200b", "é"]))


@given(MESSY | st.text())
def test_fold_keeps_every_offset(text):
    """Folding changes characters one for one."""
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("IS\u2019 \u201cemirate\u201d", 'IS\' "emirate"'),
        ("5\u00a0000\u202fkm\u00b2", "5 000 km\u00b2"),
        ("10\u201313 October", "10-13 October"),
        ("a pause \u2014 long", "a pause \u2014 long"),
        ("\u0661\u0662 killed", "12 killed"),
    ],
)
def test_fold_gives_plain_characters(written, folded):
    """Spaces, quotes, dashes and digits become the plain ones; superscripts and em dashes stay what they are."""
    assert fold(written) == folded


@given(MESSY)
def test_visible_leads_back_to_the_text(text):
    """Every character of the cleaned text is found again at the place that the map gives."""
    cleaned, offsets = visible(text)
    if offsets is None:
        assert cleaned == text
        return
    for at, char in enumerate(cleaned):
        source = text[offsets.start(at) : offsets.end(at + 1)]
        assert char in {"\ufb01": "fi"}.get(source, source)


def test_visible_spells_out_what_readers_read():
    """Soft hyphens and zero-width spaces go, ligatures are spelt out."""
    assert visible("Octo\u00adber 5,\u200b000 o\ufb03cials")[0] == "October 5,000 officials"


@given(MESSY | st.text())
def test_sentences_cover_all_but_white_space(text):
    """No visible character stands outside a sentence, sentences do not overlap, and each lies in its paragraph."""
    briefing = text_briefing(text)
    covered = set()
    for sentence in briefing.sentences:
        assert sentence.start < sentence.end
        assert covered.isdisjoint(range(sentence.start, sentence.end))
        covered.update(range(sentence.start, sentence.end))
        segment = briefing.segments[sentence.paragraph]
        assert segment.start <= sentence.start
        assert sentence.end <= segment.end
    assert all(char.isspace() for at, char in enumerate(briefing.folded) if at not in covered)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Gen. Haftar met Lt. Col. Ali. They left.", ["Gen. Haftar met Lt. Col. Ali.", "They left."]),
        ("The U.S. Africa Command struck. It was the U.S. The strike failed.", 3),
        ("He cited Res. No. 2441 of the Council. It stands.", 2),
        ("\u201cWe will fight.\u201d He left.", ["\u201cWe will fight.\u201d", "He left."]),
        ("Was it a raid? Nobody knows... The army denies it!", 3),
        ("At 3.5 per cent, growth fell. Dr. Smith agreed.", 2),
        ("The figure rose to No. 5. Then it fell.", 2),
    ],
)
def test_sentences_end_where_readers_stop(text, sentences):
    """Abbreviations, initials and decimals do not end a sentence."""
    found = [text[s.start : s.end] for s in text_briefing(text).sentences]
    assert (len(found) if isinstance(sentences, int) else found) == sentences


@pytest.mark.parametrize(
    ("paragraph", "role"),
    [
        ("# Tripoli front", "heading"),
        ("Tripoli front: no change", "heading"),
        ("- Rockets fell on Mitiga on Tuesday.", "list_item"),
        ("1. The mandate ends.", "list_item"),
        ("> Analyst's note: calm.", "quote"),
        ("Photo: the envoy in Berlin", "caption"),
        ("UN Envoy Ghassan Salam\u00e9, Prime Minister Fayez Serraj and Chancellor Angela Merkel", "caption"),
        ("Click here to receive a free sample copy.", "boilerplate"),
        ("\u00a9 2019 Example Ltd. All rights reserved.", "boilerplate"),
        ("Shelling resumed on Monday.", "body"),
        ("The subscription fee for the port rose.", "body"),
    ],
)
def test_roles(paragraph, role):
    """Layout and a few phrases tell reporting from headings, captions, lists, quotes and boilerplate."""
    assert [segment.role for segment in text_briefing(paragraph).segments] == [role]


def test_wrapped_lines_are_one_paragraph_and_full_lines_are_many():
    """A line break inside a sentence does not part paragraphs; one after a full stop and before a capital does."""
    assert len(text_briefing("The army said that\nit had left the town.").segments) == 1
    assert len(text_briefing("The army left.\nThe town is calm.").segments) == 2


def test_row_ids_survive_edits_elsewhere():
    """A row's id depends on its own sentence only, and equal sentences are told apart."""
    before, after = text_briefing("Rain. B went home.", doc_id="d"), text_briefing("Another sentence. B went home.", doc_id="d")
    assert before.row_id("x", 6, 7) == after.row_id("x", 18, 19)
    twice = text_briefing("B went home. B went home.", doc_id="d")
    assert twice.row_id("x", 0, 1) != twice.row_id("x", 13, 14)
    assert sentence_hash("B  went\nhome.") == sentence_hash("B went home.")


def test_prose_blanks_boilerplate_and_keeps_offsets():
    """Extractors see spaces where the footer stands."""
    briefing = text_briefing("Troops left.\n\nClick here to subscribe now.")
    assert len(briefing.prose) == len(briefing.text)
    assert briefing.prose.strip() == "Troops left."


ENGLISH = (
    "The army said that it had taken the town and that two of its men were killed in the fight, which lasted for an hour or more on "
    "the road to the coast."
)
DENSE = (
    "Police arrested Ahmed Salem, Omar Khalil, Musa Idris, Yusuf Bakri, Tariq Nasser, Salah Zaki, Karim Fadel, Hassan Amin and Walid "
    "Rashid near Sirte. Soldiers killed four gunmen. Residents fled Ajdabiya, Brega, Marada."
)
FRENCH = (
    "Les forces arm\u00e9es ont annonc\u00e9 mardi que deux soldats avaient \u00e9t\u00e9 tu\u00e9s dans une embuscade tendue par des "
    "hommes non identifi\u00e9s pr\u00e8s de la ville de Gao, selon un porte-parole de la r\u00e9gion."
)


@pytest.mark.parametrize(("text", "english"), [(ENGLISH, True), (FRENCH, False), (DENSE, True), ("Murzuq calm", True), ("", True)])
def test_language(text, english):
    """English is told by its function words; texts too short to tell pass."""
    assert is_english(text) is english


def test_text_warnings():
    """Direction controls and words of two scripts are flagged."""
    assert text_warnings("5,\u202e000") == ["BIDI"]
    assert text_warnings("\u0410FRICOM struck") == ["MIXED_SCRIPT"]
    assert text_warnings("AFRICOM \u0410\u0411") == []


def test_slug():
    """Ids are lower case, without accents, words joined by hyphens."""
    assert slug("Ghassan Salam\u00e9") == "ghassan-salame"
    assert slug("Haftar\u2019s LNA") == "haftars-lna"
    assert slug("../../etc/passwd") == "etc-passwd"
