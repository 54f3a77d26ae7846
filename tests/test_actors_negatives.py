"""Sentences that name no actor: what looks like a name and is none must give no actor."""

from __future__ import annotations

import pytest

from briefing_kit.briefing import text_briefing
from briefing_kit.extract.actors import find_mentions
from briefing_kit.gazetteer import load_gazetteer

NO_ACTOR = [
    # places that are visited, bombed or reached
    "He travelled to Ankara on Monday.",
    "Heavy shelling hit Tripoli overnight.",
    "Bombs fell on Kyiv and Kharkiv.",
    "The convoy reached Kabul before dawn.",
    "Floods cut the road between Gao and Kidal.",
    "Rain is expected in Beirut and Sidon.",
    "Prices in Khartoum doubled within a month.",
    "The fire started near Moscow and spread east.",
    "They were arrested at the airport in Tehran.",
    "Schools in Damascus remained closed.",
    "Food aid has arrived in northern Yemen.",
    "The pipeline runs from Kirkuk to Ceyhan.",
    "The road along the Euphrates is mined.",
    "Piracy in the Gulf of Guinea has declined.",
    "Temperatures rose across the Middle East.",
    "The ship left Port Sudan for Jeddah.",
    "Most residents of Misrata have electricity again.",
    "The dam lies upstream on the Blue Nile.",
    "Snow closed the roads around Herat.",
    "Tourists return to Nice and Marseille.",
    # the first word of a sentence
    "Meanwhile, fuel queues grew longer.",
    "However, nothing has been signed so far.",
    "Security remains fragile in the south.",
    "Local sources confirm the account.",
    "Fighting resumed shortly after noon.",
    "Despite the truce, shells landed in the market.",
    "Economic growth will slow next year.",
    "Oil output fell by a third.",
    "Heavy rain delayed the vote.",
    "Power cuts last up to eight hours.",
    "Is there a plan? It seems so.",
    "Us versus them is the oldest story.",
    "Who fired first is unclear.",
    "It told us that the road is open.",
    # months, days, holidays
    "In March the rains begin.",
    "The vote is set for Sunday, 12 May.",
    "Markets close on Good Friday and on Christmas Day.",
    "Prices rise every Ramadan.",
    "August was the deadliest month.",
    "They may return in June or July.",
    "From Monday to Thursday the bridge is shut.",
    # adjectives, languages, religions
    "She speaks Arabic, Farsi and some English.",
    "The Turkish lira lost a tenth of its value.",
    "Islamic finance is growing.",
    "The text is written in Amharic.",
    "He wore a French watch and carried a Swiss knife.",
    "The Libyan coast is 1,770 kilometres long.",
    "There is strong anti-American sentiment in the streets.",
    "A pro-European mood prevails.",
    "Orthodox Easter falls late this year.",
    # things: weapons, products, laws, events
    "The men carried a Kalashnikov and two RPG launchers.",
    "A Toyota-style pickup was burned.",
    "Two Su-24 jets and an F-16 crossed the border.",
    "A Boeing 737 made an emergency landing.",
    "The attack used Shahed-136 drones and one Iskander missile.",
    "Resolution 2259 was adopted in 2015.",
    "The Geneva Conventions protect prisoners of war.",
    "World War II ended in 1945.",
    "The Paris Agreement entered into force.",
    "The Arab Spring began with a street seller.",
    "Covid-19 cases rose again.",
    "The Nobel Prize was announced at noon.",
    "Article 5 was not invoked.",
    "GDP grew by 3% and VAT was cut.",
    "The IEDs were hidden in a culvert.",
    "He installed Windows on an iPhone charger.",
    "Zarnoub Star (bulk carrier, built 1999) was hit on 3 May.",
    "The frigate Admiral Zarnov and the bulk carrier Zarnoub Star sailed.",
    "Exercise Zarnikatan began. Zarnikatan will end in May.",
    "The MV Zarnoub Star was hit. Zarnoub Star sank.",
    "Operation Steel Rain began in Anbar. Operation Free Bank went on.",
    "The tanker Zarnoub Star was hit; the Zarnoub Star sank.",
    "The USS Carney and the INS Visakhapatnam sailed on.",
    "The MV Maria Karim ran aground.",
    "He signed Executive Order 14046.",
    "She is a Specially Designated Global Terrorist.",
    "The Oslo Accords failed long ago.",
    "The World Cup final drew a large crowd.",
]


@pytest.mark.parametrize("sentence", NO_ACTOR)
def test_no_actor(sentence: str) -> None:
    """Nothing but places and unnamed groups is found in these."""
    mentions = find_mentions(text_briefing(sentence), load_gazetteer())
    assert [(m.text, m.actor_type, m.rule) for m in mentions if m.actor_type != "place" and m.mention_kind != "nominal"] == []


def test_enough_negatives() -> None:
    """The list keeps its size."""
    assert len(set(NO_ACTOR)) >= 60


ATTITUDES = [
    "Anti-Turkish slogans were painted on the walls.",
    "The current global anti-Turkish sentiment grows.",
    "Pro-Russian feeling runs high there.",
    "He is known for anti-Western rhetoric.",
]


@pytest.mark.parametrize("sentence", ATTITUDES)
def test_attitudes_are_no_mentions(sentence: str) -> None:
    """An attitude towards a state is no mention of the state."""
    assert find_mentions(text_briefing(sentence), load_gazetteer()) == []
