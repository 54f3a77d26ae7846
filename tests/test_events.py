"""Events: who, where, who says so, how firmly, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from events_cases import PUBLISHED, marked, mentions_in, timex
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing_kit as bk
from briefing_kit.briefing import text_briefing
from briefing_kit.extract import events as events_module
from briefing_kit.extract.attribution import find_attributions
from briefing_kit.extract.event_tokens import read_words
from briefing_kit.extract.event_words import PAST, event_nouns, frames, particle_types, verb_forms
from briefing_kit.extract.events import find_events
from briefing_kit.extract.readings import HEADLINE_LENGTH
from briefing_kit.extract.timex import find_timexes
from briefing_kit.records import Attribution, Event


def events_in(sentence: str, attributions: list[Attribution] | None = None) -> list[Event]:
    briefing, timexes = marked(sentence)
    return find_events(briefing, timexes, mentions_in(briefing), attributions or [])


def said(text: str, source: str, cue: str, content: str, *, source_kind: str = "organisation") -> Attribution:
    at = text.index(content)
    return Attribution(
        start=0,
        end=len(text),
        text=text,
        source=source,
        source_kind=source_kind,
        source_start=text.index(source),
        source_end=text.index(source) + len(source),
        cue=cue,
        cue_start=text.index(cue),
        cue_end=text.index(cue) + len(cue),
        cue_class="neutral",
        factuality="reported",
        content_start=at,
        content_end=at + len(content),
        rule="test",
    )


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("The LNA attacked Tripoli on [4 April].", ["libyan-national-army"]),
        ("The US and the Houthis met in Doha on [4 April].", ["united-states; houthis"]),
        ("AFRICOM announced on [10 October] that the LNA had left Sabha.", ["us-africa-command"]),
        ("The LNA entered Sabha on [4 April] and captured the airport on [5 April].", ["libyan-national-army", "libyan-national-army"]),
        ("AFRICOM said that it had hit a camp on [19 September].", ["us-africa-command"]),
        ("The LNA left Sabha after Turkish jets bombed the airport on [4 April].", ["turkey"]),
        ("Two weeks after seizing Sabha on [4 April], the LNA left.", ["libyan-national-army"]),
        ("The port, seized by the LNA in [2018], was retaken on [4 April].", ["libyan-national-army", ""]),
        ("Gunmen attacked a convoy on [4 April].", [""]),
    ],
)
def test_actors_are_those_of_the_clause(sentence: str, actors: list[str]) -> None:
    """An event names the actors of its own clause, and for a pronoun or a shared subject those of the clause before."""
    assert ["; ".join(event.actors) for event in events_in(sentence) if event.date_ids] == actors


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("Rebels attacked Gao on [4 April].", [("Gao", "MLI")]),
        ("Rebels attacked a base in Gao on [4 April] and a post in Kidal on [5 April].", [("Gao", "MLI"), ("Kidal", "MLI")]),
        (
            "Police arrested a man in Goma on [4 April], and troops killed two men in Beirut on [5 April].",
            [("Goma", "COD"), ("Beirut", "LBN")],
        ),
        ("The minister resigned on [4 April].", [(None, None)]),
    ],
)
def test_the_location_is_the_nearest_place_of_the_clause(sentence: str, places: list[tuple[str | None, str | None]]) -> None:
    """Each event has the place of its own clause, as written, and that place's country."""
    assert [(event.location, event.country) for event in events_in(sentence) if event.date_ids] == places


def test_the_source_is_that_of_the_content_which_holds_the_predicate() -> None:
    """The statement is the author's own report; what is said has its source, and a force that speaks of fighting is a party."""
    sentence = "AFRICOM said on [20 September] that an airstrike on [19 September] killed eight men."
    briefing, timexes = marked(sentence)
    attribution = said(briefing.text, "AFRICOM", "said", "that an airstrike on 19 September killed eight men")
    statement, strike = find_events(briefing, timexes, mentions_in(briefing), [attribution])
    assert (statement.event_type, statement.source, statement.source_kind, statement.cue_class) == ("statement", "(author)", "author", None)
    assert (strike.source, strike.source_kind, strike.cue_class, strike.factuality) == ("AFRICOM", "organisation", "neutral", "reported")
    assert statement.actors == strike.actors == ("us-africa-command",)


def test_officials_who_report_an_escape_take_no_part_in_it() -> None:
    """The source of a report is no actor of what it reports."""
    text = "According to Kurdish officials, prisoners escaped from Sabha on [13 October]."
    briefing, timexes = marked(text)
    attribution = said(
        briefing.text, "Kurdish officials", "According to", "prisoners escaped from Sabha on 13 October", source_kind="unnamed"
    )
    (escape,) = find_events(briefing, timexes, mentions_in(briefing), [attribution])
    assert (escape.actors, escape.source, escape.location) == ((), "Kurdish officials", "Sabha")


def test_an_own_modality_is_stronger_than_the_cue() -> None:
    """What a source says may happen is hypothetical, not reported."""
    text = "AFRICOM said that rebels could attack Sabha in [November]."
    briefing, timexes = marked(text)
    attribution = said(briefing.text, "AFRICOM", "said", "that rebels could attack Sabha in November")
    (attack,) = find_events(briefing, timexes, mentions_in(briefing), [attribution])
    assert (attack.factuality, attack.is_future) == ("hypothetical", True)


@pytest.mark.parametrize(
    ("sentence", "future"),
    [
        ("Elections will be held on [12 December].", True),
        ("Elections planned for [12 May] never took place.", False),
        ("The mission's mandate expires on [15 November].", True),
        ("Police arrested two men on [12 May].", False),
    ],
)
def test_the_future_is_what_lies_after_publication(sentence: str, future: bool) -> None:
    """A plan for a day that has passed is no longer future; a date after publication is."""
    assert [event.is_future for event in events_in(sentence) if event.date_ids] == [future]


def test_a_quotation_over_two_sentences_keeps_its_speaker() -> None:
    """An attribution whose content runs on holds the events of the next sentence too."""
    text = "The LNA said: they came at dawn. Gunmen killed two men on [4 April]."
    briefing, timexes = marked(text)
    attribution = said(briefing.text, "LNA", "said", "they came at dawn. Gunmen killed two men on 4 April")
    assert [event.source for event in find_events(briefing, timexes, [], [attribution])] == ["LNA"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[3 May]: Rebels take Gao. They shell the port.", [("take", "2019-05-03"), ("shell", "2019-05-03")]),
        ("**[3 May].** Rebels took Gao. Nine men were killed.", [("took", "2019-05-03"), ("killed", "2019-05-03")]),
        ("**[3 May]** - Rebels took Gao. They had shelled the port.", [("took", "2019-05-03"), ("shelled", "None")]),
        (
            "[3 May]: Rebels took Gao. Nine men fled after troops shelled the port.",
            [("took", "2019-05-03"), ("fled", "2019-05-03"), ("shelled", "None")],
        ),
        ("[3 May]: Rebels took Gao. On [5 May] they shelled it.", [("took", "2019-05-03"), ("shelled", "2019-05-05")]),
        ("On [3 May] rebels took Gao. They shelled the port.", [("took", "2019-05-03"), ("shelled", "None")]),
        ('[3 May]: Rebels took Gao. "Men were killed," an aide said.', [("took", "2019-05-03"), ("killed", "None")]),
        ("[3 May]: Two men manage to flee and reach Gao on [5 May].", [("flee", "2019-05-05")]),
        ("[3 May]: Mali had imposed travel bans on [1 May].", [("imposed", "2019-05-01")]),
        ("[3 May]: Rebels took Gao.\n\nThey shelled the port.", [("took", "2019-05-03"), ("shelled", "None")]),
    ],
)
def test_the_day_of_a_chronicle_reaches_to_the_end_of_its_item(text: str, wanted: list[tuple[str, str]]) -> None:
    """A date that opens an item dates what its main clauses tell, but nothing before it and nothing in the next item."""
    assert [(event.text, str(event.date_start)) for event in events_in(text)] == wanted


def test_joined_expressions_are_one_interval_of_two_dates() -> None:
    """Two joined parts of months give one event with both date ids, from the first day of one to the last day of the other."""
    briefing = text_briefing("Rebels attacked the base in late September and early October.", document_date=PUBLISHED, doc_id="case")
    parts = [timex("late September", 28, joined=1), timex("early October", 47, joined=1)]
    (attack,) = find_events(briefing, parts, [], [])
    assert attack.date_ids == tuple(briefing.row_id("date", part.start, part.end) for part in parts)
    assert (attack.date_start, attack.date_end, attack.granularity) == (date(2019, 9, 21), date(2019, 10, 10), "part_month")
    assert attack.edtf == "2019-09-21~/2019-10-10~"
    assert (attack.resolved_by, attack.rule) == ("published_on", "after_predicate")


def test_a_range_of_days_has_exact_ends() -> None:
    """Joined days have no approximate ends and the granularity days; the weaker resolution counts."""
    briefing = text_briefing("Rebels held talks from 3 May to 5 May.", document_date=PUBLISHED, doc_id="case")
    parts = [timex("3 May", 23, joined=1), replace(timex("5 May", 32, joined=1), resolved_by="rollover")]
    (talks,) = find_events(briefing, parts, [], [])
    assert (talks.granularity, talks.edtf, talks.resolved_by) == ("days", "2019-05-03/2019-05-05", "rollover")


def test_without_a_year_an_event_is_dated_by_its_expression_only() -> None:
    """A year-less date leaves the days missing and keeps granularity, EDTF and date id."""
    yearless = replace(
        timex("10 October", 20), value="XXXX-10-10", date_start=None, date_end=None, edtf="XXXX-10-10", resolved_by="unresolved"
    )
    briefing = text_briefing("Rebels took Gao on   10 October.", doc_id="case")
    (capture,) = find_events(briefing, [replace(yearless, start=21, end=31)], [], [])
    assert (capture.date_start, capture.date_end, capture.granularity, capture.edtf) == (None, None, "day", "XXXX-10-10")
    assert len(capture.date_ids) == 1
    assert not capture.is_future


def test_a_time_of_no_known_day_places_nothing() -> None:
    """A clock time without a day dates no event."""
    briefing = text_briefing("The lights went out at 14:00.", document_date=PUBLISHED, doc_id="case")
    noon = replace(timex("3 May", 23), end=28, value="T14:00", granularity="time", date_start=None, date_end=None)
    assert find_events(briefing, [noon], [], []) == []


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Rebels attacked the base at Gao.", [("armed_clash", "attacked")]),
        ("The camp was evacuated after Turkish airstrikes.", [("displacement", "evacuated"), ("air_strike", "airstrikes")]),
        ("Clashes erupted near the port.", [("armed_clash", "Clashes")]),
        ("Rebels attacked the base. On [3 May] they withdrew.", [("armed_clash", "attacked")]),
        ("A policy of drone strikes does little to stop recruitment.", []),
        ("The minister said the talks were useful.", []),
        ("Armed groups control the united provinces.", []),
        ("- Rebels killed: 12 in Gao", []),
    ],
)
def test_undated_happenings_of_the_followed_types_are_kept(sentence: str, wanted: list[tuple[str, str]]) -> None:
    """A followed happening without a date is undated: it borrows no date from its neighbours."""
    undated = [event for event in events_in(sentence) if event.granularity == "undated"]
    assert [(event.event_type, event.predicate) for event in undated] == wanted
    assert all(event.date_start is None and event.date_ids == () and event.edtf is None for event in undated)


@pytest.mark.parametrize(
    "text",
    ["# Rebels attack Gao on 3 May", "Photo: Troops withdrew from Gao on 3 May 2019", "Click here to receive a free sample copy of 3 May."],
)
def test_headings_captions_and_boilerplate_give_no_events(text: str) -> None:
    """Only body text, list items and quotes are read."""
    briefing = text_briefing(text, document_date=PUBLISHED)
    assert find_events(briefing, find_timexes(briefing.text, PUBLISHED), [], []) == []


def test_a_headline_is_the_words_of_the_clause_cut_at_a_word() -> None:
    """A long sentence gives the predicate's clause, at most 90 characters, without a cut word."""
    sentence = (
        "The ministry, which has been under pressure from the donors for most of the year, said that unidentified gunmen had ambushed a "
        "convoy of the election commission near the northern border on [3 May] and taken four vehicles."
    )
    (ambush,) = [event for event in events_in(sentence) if event.date_ids]
    assert ambush.headline == "unidentified gunmen had ambushed a convoy of the election commission near the northern"


def test_events_of_one_predicate_and_two_days_are_told_apart() -> None:
    """Two dates of one predicate give two events with different discriminators."""
    first, second = events_in("AFRICOM conducted airstrikes on [19 September] and [24 September].")
    assert (first.start, first.discriminator, second.start, second.discriminator) == (first.start, "", first.start, "1")


WORDS = st.sampled_from(
    "On in the The rebels attacked and that said which , . ; ( ) : after 3 May 2019 2018 were killed to who held talks 's \u2014 \" "
    "not will been before Monday Gao UN announced, killing by airstrike was of no if having led left".split()
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_arbitrary_text_gives_sound_rows(text: str) -> None:
    """Whatever the text: no error, offsets give back the words, days are in order, headlines short, ids told apart, and it repeats."""
    briefing = text_briefing(text, document_date=PUBLISHED)
    timexes = find_timexes(briefing.prose, PUBLISHED)
    attributions = find_attributions(briefing, [])
    events = find_events(briefing, timexes, mentions_in(briefing), attributions)
    assert events == find_events(briefing, timexes, mentions_in(briefing), attributions)
    for event in events:
        assert briefing.text[event.start : event.end] == event.text == event.predicate
        assert set(event.date_ids) <= {briefing.row_id("date", timex.start, timex.end) for timex in timexes}
        assert event.date_start is None or event.date_end is None or event.date_start <= event.date_end
        assert 0 < len(event.headline) <= HEADLINE_LENGTH
    keys = [(event.start, event.end, event.discriminator) for event in events]
    assert len(keys) == len(set(keys))


def test_a_very_long_line_is_read_in_pieces() -> None:
    """A line without a full stop gives its events all the same."""
    text = "rebels attacked the post on 3 May and " * 2000
    briefing = text_briefing(text, document_date=PUBLISHED)
    events = find_events(briefing, find_timexes(briefing.text, PUBLISHED), [], [])
    assert len([event for event in events if event.date_ids]) > 1500


def test_headlines_leave_out_the_marks_of_a_list():
    """A list marker is layout, not words."""
    events = bk.analyse("- Officials met in Berlin on 3 May 2021.").events
    assert events["headline"].tolist() == ["Officials met in Berlin on 3 May 2021."]


def test_headlines_do_not_end_in_the_air():
    """A headline that is cut ends on a word that can end one."""
    text = (
        "More than 120,000 people have been displaced around the capital since 4 April 2019, according to the International Organization."
    )
    events = bk.analyse(text, document_date=date(2019, 10, 16)).events
    assert events["headline"][0].split()[-1] not in {"according", "to", "the"}


def test_headlines_do_not_begin_inside_a_name():
    """Where the beginning of a long clause is cut off, the actor in whose name the cut would fall stays whole."""
    text = "Between 19 September and 29 September US Africa Command (AFRICOM) carried out four airstrikes against Islamic State in Libya."
    events = bk.timeline(bk.analyse(text, document_date="2019-10-16"))
    assert [headline[:27] for headline in events["headline"]] == ["US Africa Command (AFRICOM)"]


def test_control_characters_beside_a_date_are_no_part_of_it():
    """The tokens of a sentence are found with the help of characters that a hostile text may hold itself."""
    for beside in ("\x00", "\x01"):
        found = read_words(f"on {beside}3 May", 0, 9, [(4, 9)], [])
        assert found.words[found.at(4)] == "3 may"
        assert found.dates == {found.at(4): 0}


def test_no_undated_happening_is_missed_by_the_glance_at_its_words(monkeypatch):
    """Sentences whose words cannot tell of a followed type are not parsed: each verb, frame and event noun gives what parsing would."""
    past = {entry.verb: form for form, entry in verb_forms().items() if entry.forms & PAST}
    verbs = [f"Rebels {form} the road." for form in verb_forms()]
    framed = [
        f"Rebels {past.get(verb, verb)} {noun} in Murzuq and {noun} {past.get(verb, verb)} Murzuq."
        for verb, rows in frames().items()
        for row in rows
        for noun in (*sorted(row.nouns)[:4], "Macron")
    ]
    particles = [f"The general {past.get(verb, verb)} {particle}." for verb, words in particle_types().items() for particle in words]
    nouns = [f"The {noun} killed five. After the {noun}, they held the {noun}." for noun in event_nouns()]
    briefing = text_briefing(
        "\n".join([*verbs, *framed, *particles, *nouns, "They held a sit-in.", "He sat in."]), document_date=date(2019, 10, 16)
    )
    glanced = find_events(briefing, [], mentions_in(briefing), [])
    monkeypatch.setattr(events_module, "may_tell", lambda _words, _mentions: True)
    assert len(glanced) > 500
    assert find_events(briefing, [], mentions_in(briefing), []) == glanced
