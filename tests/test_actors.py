"""Actors in sentences: who is named, under which id, of which type, and how."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_kit.briefing import text_briefing
from briefing_kit.extract.actors import find_mentions
from briefing_kit.extract.timex import find_timexes
from briefing_kit.gazetteer import ACTOR_TYPES, load_gazetteer
from briefing_kit.records import Mention

KINDS = {"name", "alias", "acronym", "short_form", "demonym", "metonym", "nominal", "pronoun"}
RELATIONS = {None, "backed", "led", "aligned", "pro", "anti"}


def mentions_of(text: str, **particulars: str) -> list[Mention]:
    briefing = text_briefing(text)
    if particulars:
        from dataclasses import replace

        briefing = replace(briefing, **particulars)  # type: ignore[arg-type]  # country is a string
    return find_mentions(briefing, load_gazetteer())


def brief(mentions: list[Mention]) -> list[tuple[str, str, str, str]]:
    return [(m.text, m.actor_id, m.actor_type, m.mention_kind) for m in mentions]


ACTORS = [
    # known names, acronyms, aliases
    ("Boko Haram denied it.", [("Boko Haram", "boko-haram", "armed_group", "name")]),
    ("ISIL and Daesh are one.", [("ISIL", "islamic-state", "armed_group", "acronym"), ("Daesh", "islamic-state", "armed_group", "alias")]),
    ("IS is here, as is rain.", [("IS", "islamic-state", "armed_group", "acronym")]),
    ("Nobody told us that the US had left.", [("US", "united-states", "state", "acronym")]),
    ("The U.S. Senate voted.", [("U.S. Senate", "us-senate", "political", "alias")]),
    (
        "Fighters of Al-Shabaab fled; al Shabaab denied it.",
        [
            ("Fighters", "fighters", "group", "nominal"),
            ("Al-Shabaab", "al-shabaab", "armed_group", "name"),
            ("al Shabaab", "al-shabaab", "armed_group", "name"),
        ],
    ),
    ("ECOWAS’ envoy spoke.", [("ECOWAS", "economic-community-of-west-african-states", "igo", "acronym")]),
    ("The Guardian reported it.", [("Guardian", "the-guardian", "media", "name")]),
    ("Sonatrach and Eni signed.", [("Sonatrach", "sonatrach", "company", "name"), ("Eni", "eni", "company", "name")]),
    ("The UN and EU missions left.", [("UN", "united-nations", "igo", "acronym"), ("EU", "european-union", "igo", "acronym")]),
    ("Hay’at Tahrir al-Sham advanced.", [("Hay’at Tahrir al-Sham", "hayat-tahrir-al-sham", "armed_group", "alias")]),
    # demonyms
    ("The Chadian army crossed.", [("Chadian army", "chadian-army", "state_force", "demonym")]),
    ("Tuareg fighters regrouped.", [("Tuareg fighters", "tuareg-fighters", "armed_group", "demonym")]),
    ("Kenyan officials agreed.", [("Kenyan officials", "kenyan-officials", "group", "demonym")]),
    ("Russian airstrikes went on.", [("Russian", "russia", "state", "demonym")]),
    ("The Rwandan government objected.", [("Rwandan government", "rwandan-government", "state", "demonym")]),
    ("South Korean troops fired.", [("South Korean troops", "south-korean-troops", "state_force", "demonym")]),
    ("Syrian Kurds protested.", [("Syrian Kurds", "syrian-kurds", "community", "demonym")]),
    # metonyms
    ("Ankara has denied the report.", [("Ankara", "turkey", "state", "metonym")]),
    ("Washington accused Tehran of piracy.", [("Washington", "united-states", "state", "metonym"), ("Tehran", "iran", "state", "metonym")]),
    ("Talks between Baku and Yerevan failed.", [("Baku", "azerbaijan", "state", "metonym"), ("Yerevan", "armenia", "state", "metonym")]),
    ("The Kremlin denied it.", [("Kremlin", "russia", "state", "metonym")]),
    ("He was born in Ankara.", [("Ankara", "ankara", "place", "name")]),
    ("Shells hit Damascus.", [("Damascus", "damascus", "place", "name")]),
    # states and countries
    ("Niger expelled the envoy.", [("Niger", "niger", "state", "name")]),
    (
        "Jihadists are active in Niger and Mali.",
        [
            ("Jihadists", "jihadists", "group", "nominal"),
            ("Niger", "niger", "place", "name"),
            ("Mali", "mali", "place", "name"),
        ],
    ),
    (
        "Chad’s conflict spreads, Chad’s army says.",
        [("Chad", "chad", "place", "name"), ("Chad", "chad", "state", "name"), ("army", "army", "group", "nominal")],
    ),
    (
        "They met at the invitation of Togo and under sanctions on Iran.",
        [("Togo", "togo", "state", "name"), ("Iran", "iran", "state", "name")],
    ),
    ("London and Paris condemned it.", [("London", "united-kingdom", "state", "metonym"), ("Paris", "france", "state", "metonym")]),
    (
        "Turkish and Russian troops left.",
        [("Turkish", "turkish-troops", "state_force", "demonym"), ("Russian troops", "russian-troops", "state_force", "demonym")],
    ),
    ("Fighting in the Niger Delta went on.", [("Niger Delta", "niger-delta", "place", "name")]),
    (
        "The Border Rapid Battalion (BIR) left; the BIR denied it.",
        [
            ("Border Rapid Battalion", "border-rapid-battalion", "state_force", "name"),
            ("BIR", "border-rapid-battalion", "state_force", "acronym"),
            ("BIR", "border-rapid-battalion", "state_force", "acronym"),
        ],
    ),
    (
        "Trade Minister Aisha Karim left. The Trade Minister had resigned.",
        [
            ("Aisha Karim", "aisha-karim", "person", "name"),
            ("Trade Minister", "aisha-karim", "person", "short_form"),
        ],
    ),
    ("Manila has yet to respond.", [("Manila", "philippines", "state", "metonym")]),
    (
        "Seoul re-designated the road, according to Paris.",
        [("Seoul", "south-korea", "state", "metonym"), ("Paris", "france", "state", "metonym")],
    ),
    # names that several bear
    ("The CPC denied it.", [("CPC", "cpc", "unknown", "name")]),
    (
        "China is calm. The CPC denied it.",
        [("China", "china", "state", "name"), ("CPC", "communist-party-of-china", "political", "acronym")],
    ),
    (
        "The Zarnoub Peasant Congress (ZPC) met in China; the Coastal Peasant Congress (CPC) did not; the CPC left.",
        [
            ("Zarnoub Peasant Congress", "zarnoub-peasant-congress", "political", "name"),
            ("ZPC", "zarnoub-peasant-congress", "political", "acronym"),
            ("China", "china", "place", "name"),
            ("Coastal Peasant Congress", "coastal-peasant-congress", "political", "name"),
            ("CPC", "coastal-peasant-congress", "political", "acronym"),
            ("CPC", "coastal-peasant-congress", "political", "acronym"),
        ],
    ),
    (
        "Philippine troops left. The Marine Corps stayed.",
        [
            ("Philippine troops", "philippine-troops", "state_force", "demonym"),
            ("Marine Corps", "philippine-marine-corps", "state_force", "alias"),
        ],
    ),
    (
        "A Tehreek-i-Taliban Pakistan (TTP) bomber died. The TTP denied it.",
        [
            ("Tehreek-i-Taliban Pakistan", "tehrik-i-taliban-pakistan", "armed_group", "alias"),
            ("TTP", "tehrik-i-taliban-pakistan", "armed_group", "acronym"),
            ("TTP", "tehrik-i-taliban-pakistan", "armed_group", "acronym"),
        ],
    ),
    # what stands around tells the type
    ("Zarnoub, a militant group, denied it.", [("Zarnoub", "zarnoub", "armed_group", "name")]),
    ("The militant group Zarnoub denied it.", [("Zarnoub", "zarnoub", "armed_group", "name")]),
    ("The aid group Zarnoub Penhal denied it.", [("Zarnoub Penhal", "zarnoub-penhal", "ngo", "name")]),
    ("Zarnoub Penhal, a rights group, denied it.", [("Zarnoub Penhal", "zarnoub-penhal", "ngo", "name")]),
    ("The daily Le Zarnoubiste said so.", [("Le Zarnoubiste", "le-zarnoubiste", "media", "name")]),
    ("Shells hit the Abu Zarn camp.", [("Abu Zarn", "abu-zarn", "place", "name")]),
    ("Strikes hit Ghazal al-Zarn.", [("Ghazal al-Zarn", "ghazal-al-zarn", "unknown", "name")]),
    (
        "The army's Fortieth Brigade left.",
        [("army", "army", "group", "nominal"), ("Fortieth Brigade", "fortieth-brigade", "state_force", "name")],
    ),
    (
        "Togolese FM Ruth Calder left.",
        [("Ruth Calder", "ruth-calder", "person", "name")],
    ),
    # articles
    ("al-Nur attacked.", [("al-Nur", "al-nur", "unknown", "name")]),
    ("Shells hit the Zarnoub Detention Centre.", [("Zarnoub Detention Centre", "zarnoub-detention-centre", "place", "name")]),
    ("They took Kachin state.", [("Kachin state", "kachin-state", "place", "name")]),
    # nicknames
    (
        'Jimmy "Barbecue" Zarnier spoke. Zarnier left.',
        [
            ('Jimmy "Barbecue" Zarnier', "jimmy-zarnier", "person", "name"),
            ("Zarnier", "jimmy-zarnier", "person", "short_form"),
        ],
    ),
    # relations
    ("Saudi-backed militias advanced.", [("Saudi-backed militias", "saudi-backed-militias", "armed_group", "nominal")]),
    ("Pro-Iranian militias withdrew.", [("Pro-Iranian militias", "pro-iranian-militias", "armed_group", "nominal")]),
    # persons
    ("General Moussa Traore resigned.", [("Moussa Traore", "moussa-traore", "person", "name")]),
    (
        "Prime Minister Aisha Karim spoke. Karim left.",
        [
            ("Aisha Karim", "aisha-karim", "person", "name"),
            ("Karim", "aisha-karim", "person", "short_form"),
        ],
    ),
    (
        "Omar al-Fitouri was named. Al-Fitouri agreed.",
        [
            ("Omar al-Fitouri", "omar-al-fitouri", "person", "name"),
            ("Al-Fitouri", "omar-al-fitouri", "person", "short_form"),
        ],
    ),
    ("Putin met Macron.", [("Putin", "vladimir-putin", "person", "short_form"), ("Macron", "emmanuel-macron", "person", "short_form")]),
    # unknown organisations by shape
    ("The Ministry of Public Works tendered it.", [("Ministry of Public Works", "ministry-of-public-works", "state", "name")]),
    ("The Zarnoub Brigade withdrew.", [("Zarnoub Brigade", "zarnoub-brigade", "armed_group", "name")]),
    ("The 7th Mechanised Brigade moved.", [("7th Mechanised Brigade", "7th-mechanised-brigade", "armed_group", "name")]),
    (
        "Tarek Petroleum Corporation closed. Tarek laid off staff.",
        [
            ("Tarek Petroleum Corporation", "tarek-petroleum-corporation", "company", "name"),
            ("Tarek", "tarek-petroleum-corporation", "company", "short_form"),
        ],
    ),
    ("The Popular Unity Party won.", [("Popular Unity Party", "popular-unity-party", "political", "name")]),
    # definitions
    (
        "The Tebesti Salvation Front (TSF) attacked; TSF losses were low.",
        [
            ("Tebesti Salvation Front", "tebesti-salvation-front", "armed_group", "name"),
            ("TSF", "tebesti-salvation-front", "armed_group", "acronym"),
            ("TSF", "tebesti-salvation-front", "armed_group", "acronym"),
        ],
    ),
    # unnamed
    (
        "Unidentified gunmen killed two policemen.",
        [
            ("Unidentified gunmen", "unidentified-gunmen", "group", "nominal"),
            ("policemen", "policemen", "group", "nominal"),
        ],
    ),
    (
        "Clashes between security forces and protesters went on.",
        [
            ("security forces", "security-forces", "group", "nominal"),
            ("protesters", "protesters", "group", "nominal"),
        ],
    ),
    ("AFRICOM officials agreed.", [("AFRICOM", "us-africa-command", "state_force", "acronym")]),
    (
        "A spokesman for the RSF said so.",
        [
            ("spokesman", "rsf-spokesman", "person", "nominal"),
            ("RSF", "rapid-support-forces", "armed_group", "acronym"),
        ],
    ),
    # places
    (
        "Fighting near Sinjar Mountain and in Anbar Province.",
        [
            ("Sinjar Mountain", "sinjar-mountain", "place", "name"),
            ("Anbar Province", "anbar-province", "place", "name"),
        ],
    ),
    # headlines in capitals and in title case
    (
        "Rebels Capture Key Town in Chad, Army Says\n\nNothing else is known of it.",
        [
            ("Rebels", "rebels", "group", "nominal"),
            ("Chad", "chad", "place", "name"),
        ],
    ),
    (
        "Gunmen in military uniform fled; the military said so.",
        [("Gunmen", "gunmen", "group", "nominal"), ("military", "military", "group", "nominal")],
    ),
    ("IRAN WARNS BOKO HARAM, WHO IS US NOW", [("IRAN", "iran", "state", "name"), ("BOKO HARAM", "boko-haram", "armed_group", "name")]),
]


@pytest.mark.parametrize(("text", "expected"), ACTORS, ids=[text for text, _ in ACTORS])
def test_actors(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    """Each sentence gives these mentions and no others."""
    assert brief(mentions_of(text)) == expected


def test_relation_is_kept() -> None:
    """Who backs whom is a relation, not a mention of the backer."""
    houthis = mentions_of("Iran-backed Houthis fired a missile.")
    assert [(m.text, m.relation, m.related_id) for m in houthis] == [("Houthis", "backed", "iran")]
    coalition = mentions_of("Turkish-backed rebels fled.")[0]
    assert (coalition.text, coalition.relation, coalition.related_id) == ("Turkish-backed rebels", "backed", "turkey")


def test_parent_of_demonym_and_role_noun() -> None:
    """The Turkish military belongs to Turkey."""
    army = mentions_of("The Turkish military advanced.")[0]
    assert (army.actor_id, army.parent_id, army.country) == ("turkish-military", "turkey", "TUR")


def test_possessor_chain() -> None:
    """The one before the possessive holds the one after it."""
    lna = mentions_of("Khalifa Haftar’s LNA withdrew.")[1]
    assert (lna.actor_id, lna.possessor_id) == ("libyan-national-army", "khalifa-haftar")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("US Ambassador Ruth Calder left.", "US Ambassador"),
        ("Deputy Foreign Minister Ivan Melnyk left.", "Deputy Foreign Minister"),
        ("The commander General Idris Ould Baba left.", "commander General"),
        ("Lt. Gen. Carl Ekdahl left.", "Lt. Gen."),
        ("Togo's prime minister, Ruth Calder, left.", "prime minister"),
        ("Minister for the Middle East Ruth Calder left.", "Minister for the Middle East"),
        ("French Defence Minister Claire Dubreuil left.", "French Defence Minister"),
    ],
)
def test_role_title(text: str, title: str) -> None:
    """Titles and roles before a name are its attribute, outside the span."""
    person = next(m for m in mentions_of(text) if m.actor_type == "person")
    assert person.role_title == title
    assert not person.text.startswith(title)


def test_pronoun_only_where_certain() -> None:
    """He is the one person of the sentence before; with two persons there he is nobody."""
    one = mentions_of("General Moussa Traore resigned. He left the country.")
    assert [(m.text, m.actor_id, m.mention_kind) for m in one][-1] == ("He", "moussa-traore", "pronoun")
    two = mentions_of("General Moussa Traore met Omar al-Fitouri. He left the country.")
    assert "pronoun" not in {m.mention_kind for m in two}


def test_shared_surname_is_not_guessed() -> None:
    """Where two people bear a surname, the surname alone is neither of them."""
    ids = [m.actor_id for m in mentions_of("Aisha Karim met Tarek Karim. Karim left early.")]
    assert ids == ["aisha-karim", "tarek-karim", "karim"]


def test_home_country_wins_over_namesakes() -> None:
    """A place in the briefing's own country comes before a larger one elsewhere."""
    assert mentions_of("Clashes went on in Tripoli.")[0].country == "LBY"
    assert mentions_of("Clashes went on in Tripoli.", country="LBN")[0].country == "LBN"


def test_unknown_names_are_marked() -> None:
    """What the gazetteer does not know is marked for the worklist."""
    known = {m.text: m.known for m in mentions_of("Boko Haram and the Zarnoub Brigade fought in Maiduguri.")}
    assert known == {"Boko Haram": True, "Zarnoub Brigade": False, "Maiduguri": True}


def test_boilerplate_is_not_read() -> None:
    """A footer gives no mention."""
    text = "Boko Haram attacked.\n\nThis excerpt is taken from Nigeria Focus, our weekly report. Click here to receive a free sample copy."
    assert [m.text for m in mentions_of(text)] == ["Boko Haram"]


def test_words_of_dates_are_no_names() -> None:
    """What is part of a time expression is no name."""
    text = "The vote of 4 Messidor and Sunday, 12 May went ahead in Gao."
    briefing = text_briefing(text)
    found = find_mentions(briefing, load_gazetteer(), find_timexes(text, None))
    assert [m.text for m in found if m.actor_type != "unknown"] == ["Gao"]


def check(text: str) -> list[Mention]:
    found = mentions_of(text)
    last = 0
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= last
        assert mention.end > mention.start
        assert mention.actor_id
        assert mention.actor_type in ACTOR_TYPES
        assert mention.mention_kind in KINDS
        assert mention.relation in RELATIONS
        last = mention.end
    return found


PIECES = st.sampled_from(
    (
        "IS US WHO Ankara Turkish Kurdish forces officials the of and al- General Mr. Smith 's ' - ( ) , . \n \n\n Islamic State Libyan "
        "National Army (LNA) People's Party pro- -backed spokesman for Haftar said IRAN ’ — İstanbul Ṭā’ifa ﬁ 444 Brigade He Libya's "
        "Iran Moscow Paris between invitation sanctions on President King Operation Xanthe Church at Boeing 737 Russia-Ukraine US-led "
        "Niger Delta Al-Fajr Ahmed St. Ministry & # @"
    ).split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text(text: str) -> None:
    """Whatever the text: no exception, spans that give back the text, in order, without overlaps, the same each time."""
    assert check(text) == check(text)


def test_long_line_is_read_in_linear_time() -> None:
    """A line of capitalised words without a full stop is read like any other."""
    assert check("Brigade of the " * 4000) is not None
    assert check("A" * 50_000) is not None
    assert check("Al-" * 20_000) is not None
    assert check("(" * 20_000) is not None
