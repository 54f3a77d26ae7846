"""Numeric claims: what is counted, by whom it is said and how firmly, as of when."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path

import pytest
from claim_sentences import CLAIMS, NO_CLAIMS
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_kit.briefing import Briefing, text_briefing
from briefing_kit.extract.actors import find_mentions
from briefing_kit.extract.attribution import find_attributions
from briefing_kit.extract.claims import find_claims
from briefing_kit.extract.events import find_events
from briefing_kit.extract.quantities import find_quantities
from briefing_kit.extract.timex import find_timexes
from briefing_kit.gazetteer import load_gazetteer
from briefing_kit.records import Claim

SEED = Path(__file__).parents[2] / "shared" / "seed" / "briefing.txt"
PUBLISHED_ON = date(2021, 10, 15)


def claims_in(text: str, published_on: date | None = PUBLISHED_ON) -> list[Claim]:
    return claims_of(text_briefing(text, document_date=published_on, doc_id="test"))


def claims_of(briefing: Briefing) -> list[Claim]:
    timexes = find_timexes(briefing.prose, briefing.published_on)
    mentions = find_mentions(briefing, load_gazetteer(), timexes)
    attributions = find_attributions(briefing, mentions)
    events = find_events(briefing, timexes, mentions, attributions)
    return find_claims(briefing, find_quantities(briefing.prose), timexes, mentions, attributions, events)


def lines(block: str) -> list[str]:
    return [line for line in block.strip().splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("line", lines(CLAIMS))
def test_counted_class_and_statistic(line: str) -> None:
    """Span, unit class, statistic and parts of a total come out as labelled."""
    text, _, labels = line.partition(" => ")
    found = claims_in(text)
    wanted = []
    for label in labels.split("; "):
        span, unit_class, *statistic = label.rstrip("<").split(":")
        wanted.append((span, unit_class, statistic[0] if statistic else None, label.endswith("<")))
    seen = [(c.text, c.unit_class, c.statistic, c.part_of is not None) for c in found]
    assert [s if w[2] else (*s[:2], None, s[3]) for s, w in zip(seen, wanted, strict=False)] == wanted
    assert len(seen) == len(wanted)


@pytest.mark.parametrize("line", lines(NO_CLAIMS))
def test_numbers_that_claim_nothing(line: str) -> None:
    """Dates, designations, ordinals, idioms, durations and labels give no claim."""
    assert claims_in(line) == []


FIRMNESS = [
    ("The army lost 40 men.", "(author)", "asserted"),
    ("The ministry said that 40 men were killed.", "ministry", "reported"),
    ("The UN confirmed that 40 men were killed.", "UN", "reported"),
    ("According to local doctors, 40 men were killed.", "local doctors", "reported"),
    ("Forty men were killed, officials said.", "officials", "reported"),
    ("The rebels claimed that 40 soldiers were killed.", "rebels", "alleged"),
    ("The army denied that it had lost 40 men.", "army", "denied"),
    ("The attack could kill 40 people.", "(author)", "hypothetical"),
    ("As many as 500 people could die.", "(author)", "hypothetical"),
    ("The army will send 300 troops.", "(author)", "forecast"),
    ("Ankara plans to send 300 troops.", "(author)", "forecast"),
    ("The minister said that 300 troops would be sent.", "minister", "hypothetical"),
    ("The army denied involvement in the attack that killed nine soldiers.", "(author)", "asserted"),
    ("The rebels denied responsibility for the blast, which killed nine soldiers.", "(author)", "asserted"),
    ("The Shabab claimed responsibility for the attack that killed nine soldiers.", "(author)", "asserted"),
    ("The president vowed to punish those who killed 14 soldiers.", "(author)", "asserted"),
    ("The army denied the reports that its men had killed 40 civilians.", "army", "denied"),
    ("The general rejected the accusation that his men had killed 40 civilians.", "general", "denied"),
    ("There are claims on social media that 40 mercenaries were killed.", "(unnamed)", "alleged"),
    ("The army denied killing 40 civilians.", "army", "denied"),
    ("Reports that 30 civilians died could not be confirmed.", "(unnamed)", "reported"),
    ("The premium for war risk rose to 40 dollars.", "(author)", "asserted"),
    ("Aid groups warned that a dam breach could displace the 4,000 people of the valley.", "Aid groups", "reported"),
    ('"We lost 40 men," said a commander.', "commander", "reported"),
    ("About 40 men reportedly deserted.", "(unnamed)", "reported"),
    ("Some 40 fighters are believed to have fled.", "(unnamed)", "reported"),
    ("There was no claim of responsibility for the blast that killed 12 people.", "(author)", "asserted"),
    ("There is no confirmation that 40 men died.", "(unnamed)", "alleged"),
    ("As of 3 May, the hospital counted at least 12 dead.", "hospital", "reported"),
    ("Governor Amina Salih gave a toll of 40 dead.", "Governor Amina Salih", "reported"),
    ("Reuters quoted a port official as saying that six tankers were waiting.", "port official", "reported"),
]


@pytest.mark.parametrize(("text", "source", "factuality"), FIRMNESS)
def test_source_and_firmness(text: str, source: str, factuality: str) -> None:
    """Whoever says it is the source; the firmness is the figure's own."""
    assert [(c.source, c.factuality) for c in claims_in(text)] == [(source, factuality)]


BOUNDS = [
    ("More than 30 rebels died.", None, 31, None, "at_least"),
    ("At least 30 rebels died.", None, 30, None, "at_least"),
    ("Up to 40 rebels died.", None, None, 40, "at_most"),
    ("Between 3,000 and 5,000 families left.", None, 3000, 5000, "range"),
    ("Around 100 rebels died.", 100, None, None, "approximate"),
    ("Several hundred rebels died.", None, 200, 999, "vague"),
    ("Twelve rebels died.", 12, 12, 12, "exact"),
    ("A third of the rebels died.", 33.3, 33.3, 33.3, "exact"),
]


@pytest.mark.parametrize(("text", "value", "low", "high", "kind"), BOUNDS)
def test_bounds(text: str, value: float | None, low: float | None, high: float | None, kind: str) -> None:
    """Bounds stay bounds, a range has no midpoint, a fraction is a share in per cent."""
    (claim,) = claims_in(text)
    assert (claim.value, claim.low, claim.high, claim.kind) == (value, low, high, kind)


AS_OF = [
    ("On 3 October the blast killed five people.", date(2021, 10, 3), date(2021, 10, 3)),
    ("The blast killed five people on 3 October.", date(2021, 10, 3), date(2021, 10, 3)),
    ("The ministry said on 3 October that the camp holds 400 people.", date(2021, 10, 3), date(2021, 10, 3)),
    ("The camp held 400 people as of 3 October.", date(2021, 10, 3), date(2021, 10, 3)),
    ("As of 3 October, the ministry counted at least 90 civilians killed since the fighting began.", date(2021, 10, 3), date(2021, 10, 3)),
    ("As of 3 October, the refugee agency, which runs the camp, had registered 900 families.", date(2021, 10, 3), date(2021, 10, 3)),
    ("The camp holds 400 people.", None, None),
    ("Output fell from its level of 70 tonnes in 2018.", date(2018, 1, 1), date(2018, 12, 31)),
    ("In August revenue was 5 per cent less than in July.", date(2021, 8, 1), date(2021, 8, 31)),
    ("The court recorded 64 cases of theft between March and June.", date(2021, 3, 1), date(2021, 6, 30)),
    ("In late September the army carried out four airstrikes.", date(2021, 9, 21), date(2021, 9, 30)),
]


@pytest.mark.parametrize(("text", "first", "last"), AS_OF)
def test_as_of(text: str, first: date | None, last: date | None) -> None:
    """A figure stands for the day of its happening, of a date in its clause, or of the statement; else for none."""
    (claim,) = claims_in(text)
    assert (claim.as_of_start, claim.as_of_end) == (first, last)


def test_comparison_links_the_newer_figure_to_the_older() -> None:
    """A figure that is held against another one carries that one's id."""
    for text in ("The camp holds 6,000 people, up from 4,000 in May.", "The camp holds 6,000 people, compared with 4,000 people in May."):
        briefing = text_briefing(text, document_date=PUBLISHED_ON, doc_id="test")
        newer, older = claims_of(briefing)
        assert newer.compared_to == briefing.row_id("claim", older.start, older.end)
        assert older.compared_to is None


def test_a_part_is_no_firmer_than_its_total() -> None:
    """What is planned of a whole is planned of its parts."""
    total, part = claims_in("The exercise will run with 17,000 troops, including 6,000 Americans.")
    assert (total.factuality, part.factuality) == ("forecast", "forecast")


def test_baseline_keeps_its_own_date() -> None:
    """The date of the newer figure is not that of the one it is held against."""
    newer, older = claims_in("The ministry reported 11 cases on 3 October, down from 26 the week before.")
    assert newer.as_of_end == date(2021, 10, 3)
    assert older.as_of_end != newer.as_of_end


def test_comparison_with_a_bare_from() -> None:
    """A figure "to 214 from 268" links the two figures."""
    newer, older = claims_in("Homicides fell last year, to 214 from 268.")
    assert newer.compared_to is not None
    assert older.compared_to is None


def test_measure_names_actor_noun_and_country() -> None:
    """The key of a series holds whom it is about, what is counted and where."""
    (claim,) = claims_in("There are about 900 IS fighters in Libya.")
    assert (claim.measure, claim.actor_id, claim.location, claim.country) == ("islamic-state:fighters:LBY", "islamic-state", "Libya", "LBY")


def test_them_are_the_only_people_counted_before() -> None:
    """The words "of them" stand for the people that the paragraph has counted, so long as they are of one sort."""
    *_, claim = claims_in("The base holds 100 foreign mercenaries. Moscow says nothing. Officials allege that a raid killed eight of them.")
    assert claim.counted == "foreign mercenaries"
    *_, claim = claims_in("The base holds 100 foreign mercenaries and 40 medics. A raid killed eight of them.")
    assert claim.counted is None
    *_, claim = claims_in("The base holds 100 foreign mercenaries.\n\nA raid killed eight of them.")
    assert claim.counted is None


def test_location_is_a_place() -> None:
    """A government is no location, whoever is quoted from it."""
    (claim,) = claims_in("Several guards were wounded, according to the spokesman of the Government of National Accord.")
    assert claim.location is None
    (claim,) = claims_in("Several guards were wounded, according to Government of National Accord (GNA) officials.")
    assert claim.location is None
    (claim,) = claims_in("More than 400 rebels were killed, according to Paris.")
    assert claim.location is None


def test_each_figure_has_its_own_happening() -> None:
    """A verb beyond another figure dates that one only."""
    newer, older = claims_in(
        "Output is back at 1.2 million barrels per day, still short of the 1.6 million barrels per day pumped before 2011."
    )
    assert newer.as_of_end is None
    assert older.as_of_end == date(2011, 1, 1)


def test_headings_captions_and_boilerplate_claim_nothing() -> None:
    """Only running text makes claims."""
    text = "Five people killed in Sirte\n\nPhoto: five men in Sirte\n\nClick here to receive 5 free copies.\n"
    assert claims_in(text) == []


def test_boilerplate_changes_no_row() -> None:
    """A footer adds nothing and moves nothing."""
    text = "Gunmen killed five people on 3 October, officials said. The camp holds around 400 men.\n"
    footer = "\n\nThis excerpt is taken from our weekly report 12. Click here to receive a free sample copy of 40 pages."
    assert claims_in(text) == claims_in(text + footer)


def test_wrapped_lines() -> None:
    """A line end inside a sentence changes nothing."""
    text = (
        "The ministry said on 3 October that shelling of the northern districts had killed at least 14 people, among them six children, "
        "and that the number of displaced families in the area around the port had risen to 2,300, up from 1,900 a month before."
    )
    plain = [(c.value, c.low, c.unit_class, c.statistic, c.source, c.as_of_start, c.part_of is None) for c in claims_in(text)]
    wrapped = claims_in(textwrap.fill(text, 72))
    assert [(c.value, c.low, c.unit_class, c.statistic, c.source, c.as_of_start, c.part_of is None) for c in wrapped] == plain
    assert len(plain) == 4


@pytest.mark.skipif(not SEED.exists(), reason="the founding text is not part of the package")
def test_founding_text() -> None:
    """The founding text makes its six claims, and the two figures for fighters are one series."""
    found = claims_in(SEED.read_text(encoding="utf-8"), date(2019, 10, 16))
    assert [c.text for c in found] == [
        "four airstrikes",
        "around 100 fighters",
        "approximately 5,000 fighters",
        "several hundred square kilometres",
        "thousands of IS prisoners",
        "hundreds of IS detainees",
    ]
    assert [c.statistic for c in found] == ["count", "level", "peak", "level", "level", "count"]
    assert found[1].compared_to is not None
    assert found[1].measure == found[2].measure == "islamic-state:fighters:LBY"


_PIECES = st.sampled_from(
    "five people|killed|were|the army|said|that|,|.|\"|'|5,000|more than|in Sirte|on 3 October|including|two children|from|to|by|"
    "a third of|according to|officials|could|death toll|rose to|-|\n|\n\n|of them|$5m|km2|and|wounded|(|)|reportedly|the number of".split(
        "|"
    )
)


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.lists(_PIECES, max_size=40).map(" ".join), st.text(max_size=200)))
def test_any_text(text: str) -> None:
    """Arbitrary text never raises; offsets give the text back; bounds are in order; the same text gives the same rows."""
    found = claims_in(text)
    assert found == claims_in(text)
    for claim in found:
        assert text[claim.start : claim.end] == claim.text
        figures = [figure for figure in (claim.low, claim.value, claim.high) if figure is not None]
        assert figures == sorted(figures)
