"""Numbers with their bounds, units and money, one sentence and its records at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_kit.extract.quantities import find_quantities
from briefing_kit.records import Quantity

NA = None

# sentence, then for each quantity: text, kind, value, low, high
COUNTS = [
    ("They freed four hostages.", [("four", "exact", 4, 4, 4)]),
    ("Around 100 fighters remain.", [("Around 100", "approximate", 100, NA, NA)]),
    ("It had approximately 5,000 men.", [("approximately 5,000", "approximate", 5000, NA, NA)]),
    ("Some 1200 families fled.", [("Some 1200", "approximate", 1200, NA, NA)]),
    ("Nearly 40 died.", [("Nearly 40", "approximate", 40, NA, NA)]),
    ("About a dozen trucks burned.", [("About a dozen", "approximate", 12, NA, NA)]),
    ("The c. 300 survivors were moved.", [("c. 300", "approximate", 300, NA, NA)]),
    ("It lost ~250 men.", [("~250", "approximate", 250, NA, NA)]),
    ("At least 30 were killed.", [("At least 30", "at_least", NA, 30, NA)]),
    ("No fewer than 30 were killed.", [("No fewer than 30", "at_least", NA, 30, NA)]),
    ("A minimum of 12 guards stayed.", [("A minimum of 12", "at_least", NA, 12, NA)]),
    ("It held.\n\nAt least 30 were killed.", [("At least 30", "at_least", NA, 30, NA)]),
    ("The higher number, 35, has not been confirmed.", [("35", "exact", 35, 35, 35)]),
    ("Of those, 12, all men, were freed.", [("12", "exact", 12, 12, 12)]),
    ("More than 30 were killed.", [("More than 30", "at_least", NA, 31, NA)]),
    ("Well over 2,000 came.", [("Well over 2,000", "at_least", NA, 2001, NA)]),
    ("In excess of 500 shells fell.", [("In excess of 500", "at_least", NA, 501, NA)]),
    ("Fewer than 10 stayed.", [("Fewer than 10", "at_most", NA, NA, 9)]),
    ("Up to 40 are missing.", [("Up to 40", "at_most", NA, NA, 40)]),
    ("As many as 40 are missing.", [("As many as 40", "at_most", NA, NA, 40)]),
    ("No more than 15 remain.", [("No more than 15", "at_most", NA, NA, 15)]),
    ("Up to around 60 are missing.", [("Up to around 60", "at_most", NA, NA, 60)]),
    ("At least some 70 died.", [("At least some 70", "at_least", NA, 70, NA)]),
    ("Exactly 12 votes were cast.", [("12", "exact", 12, 12, 12)]),
    ("They counted 50 or more graves.", [("50 or more", "at_least", NA, 50, NA)]),
    ("They counted 50+ graves.", [("50+", "at_least", NA, 50, NA)]),
    ("They counted 50-odd graves.", [("50-odd", "approximate", 50, NA, NA)]),
    ("They counted 20 or so graves.", [("20 or so", "approximate", 20, NA, NA)]),
    ("They counted 20 or fewer graves.", [("20 or fewer", "at_most", NA, NA, 20)]),
    ("More than a dozen villages fell.", [("More than a dozen", "at_least", NA, 13, NA)]),
    ("A 300-strong force arrived.", [("300", "exact", 300, 300, 300)]),
    ("The 15-member council met.", [("15", "exact", 15, 15, 15)]),
    ("There were no casualties.", [("no", "exact", 0, 0, 0)]),
    ("No injuries were reported at the depot.", [("No", "exact", 0, 0, 0)]),
    ("The blast caused no deaths.", [("no", "exact", 0, 0, 0)]),
    ("In Gao, 40, mostly boys, were held.", [("40", "exact", 40, 40, 40)]),
    ("On the coast at Derna, 25, including a nurse, drowned.", [("25", "exact", 25, 25, 25)]),
    ("Near Kidal, 16, all of them guards, died.", [("16", "exact", 16, 16, 16)]),
    ("A mine went off near Checkpoint 4 and 12 soldiers died.", [("12", "exact", 12, 12, 12)]),
    ("On that day 10 may have died.", [("10", "exact", 10, 10, 10)]),
    ("Some 30 march each week.", [("Some 30", "approximate", 30, NA, NA)]),
    ("It counted 37 casualties \u201317 of them dead.", [("37", "exact", 37, 37, 37), ("17", "exact", 17, 17, 17)]),
    ("Last week 41 people died.", [("41", "exact", 41, 41, 41)]),
    ("An 11-vehicle convoy left.", [("11", "exact", 11, 11, 11)]),
    ("Only one soldier survived.", [("one", "exact", 1, 1, 1)]),
    ("The raid killed one and wounded two.", [("one", "exact", 1, 1, 1), ("two", "exact", 2, 2, 2)]),
    ("Nought point five was the score given.", [("Nought point five", "exact", 0.5, 0.5, 0.5)]),
]

SPELLINGS = [
    ("three hundred and twenty-one", 321),
    ("three hundred twenty one", 321),
    ("3 hundred and 21", 321),
    ("4 thousand 3 hundred and 21", 4321),
    ("twelve hundred", 1200),
    ("a hundred", 100),
    ("two thousand, three hundred and six", 2306),
    ("two hundred and two thousand", 202_000),
    ("one million two hundred thousand", 1_200_000),
    ("nineteen trillion", 19 * 10**12),
    ("five lakh", 500_000),
    ("three crore", 30_000_000),
    ("2.5 million", 2_500_000),
    ("2.3 million", 2_300_000),
    ("6.7bn", 6_700_000_000),
    ("half a million", 500_000),
    ("half a dozen", 6),
    ("two dozen", 24),
    ("one and a half million", 1_500_000),
    ("half-a-million", 500_000),
    ("one-and-a-half", 1.5),
    ("a million and a half", 1_500_000),
    ("two and three quarters", 2.75),
    ("12,345,678", 12_345_678),
    ("12 345 678", 12_345_678),
    ("12\u00a0345\u202f678", 12_345_678),
    ("12,34,567.89", 1_234_567.89),
    ("1 234.5", 1234.5),
    ("3\u00bd", 3.5),
    ("\u00be", 0.75),
    ("2 1/2", 2.5),
    ("2  1/2", 2.5),
    ("1.5e6", 1_500_000),
    ("2.4\u00d710^3", 2400),
    ("40k", 40_000),
    ("7M", 7_000_000),
    ("\u0661\u0662\u0663", 123),
    ("zero", 0),
]

FRACTIONS = [
    ("A third of the force fled.", [("A third", "exact", 1 / 3, "fraction")]),
    ("Two-thirds of the city is held.", [("Two-thirds", "exact", 2 / 3, "fraction")]),
    ("Nearly half of the camp burned.", [("Nearly half", "approximate", 0.5, "fraction")]),
    ("Half the camp burned.", [("Half", "exact", 0.5, "fraction")]),
    ("Three quarters of prisoners left.", [("Three quarters", "exact", 0.75, "fraction")]),
    ("One one-hundredth of the sum came.", [("One one-hundredth", "exact", 0.01, "fraction")]),
    ("Three one-hundredths of it was left.", [("Three one-hundredths", "exact", 0.03, "fraction")]),
    ("He took one one hundred and tenth of it.", [("one one hundred and tenth", "exact", 1 / 110, "fraction")]),
    ("One child in ten is hungry.", [("One child in ten", "exact", 0.1, "ratio")]),
    ("A 1-in-5 chance was seen.", [("1-in-5", "exact", 0.2, "ratio")]),
    ("Output fell by a third.", [("a third", "exact", 1 / 3, "fraction")]),
    ("Two out of three voters stayed home.", [("Two out of three", "exact", 2 / 3, "ratio")]),
    ("Six out of the ten wounded died.", [("Six out of the ten", "exact", 0.6, "ratio")]),
    ("One in five children is hungry.", [("One in five", "exact", 0.2, "ratio")]),
    ("They were outnumbered 3:1 there.", [("3:1", "exact", 3, "ratio")]),
    ("Prices doubled.", [("doubled", "exact", 2, "multiple")]),
    ("A threefold rise was seen.", [("threefold", "exact", 3, "multiple")]),
    ("A ten fold rise was seen.", [("ten fold", "exact", 10, "multiple")]),
    ("A 10-fold rise was seen.", [("10-fold", "exact", 10, "multiple")]),
    ("Three times as many came.", [("Three times", "exact", 3, "multiple")]),
    ("Twice as many came.", [("Twice", "exact", 2, "multiple")]),
    ("He was arrested twice.", [("twice", "exact", 2, "frequency")]),
]

RANGES = [
    ("Between 3,000 and 5,000 men fought.", [("Between 3,000 and 5,000", 3000, 5000)]),
    ("Between about 30 and 40 men fought.", [("Between about 30 and 40", 30, 40)]),
    ("From 20 to 30 trucks crossed.", [("From 20 to 30", 20, 30)]),
    ("Estimates range from 50,000 to 200,000.", [("from 50,000 to 200,000", 50_000, 200_000)]),
    ("Some 1200-1500 gunmen came.", [("Some 1200-1500", 1200, 1500)]),
    ("Two or three dozen men came.", [("Two or three dozen", 24, 36)]),
    ("It is up from 200-300 men.", [("200-300", 200, 300)]),
    ("They earn between $1,500 and $2,000 a month.", [("between $1,500 and $2,000 a month", 1500, 2000)]),
    ("It fell by 10 to 15 per cent.", [("10 to 15 per cent", 10, 15)]),
    ("Money was raised to pay wages, which run from 700 to 900 dinars.", [("from 700 to 900 dinars", 700, 900)]),
    ("Between half and three-quarters of the wells are dry.", [("Between half and three-quarters", 0.5, 0.75)]),
    ("Between a quarter and a third of the herd died.", [("Between a quarter and a third", 0.25, 1 / 3)]),
    ("From a third to half of the pupils stayed away.", [("From a third to half", 1 / 3, 0.5)]),
    ("Some 4-6 hundred stayed.", [("Some 4-6 hundred", 400, 600)]),
    ("Between one and three million left.", [("Between one and three million", 1_000_000, 3_000_000)]),
    ("Only one or two of the wells work.", [("one or two", 1, 2)]),
    ("Sales of 4bn-6bn euros were booked.", [("4bn-6bn euros", 4_000_000_000, 6_000_000_000)]),
    ("A strip 30km-40km wide burned.", [("30km-40km", 30, 40)]),
    ("It pays EUR 250-350 a month.", [("EUR 250-350 a month", 250, 350)]),
    ("Nights of -20 °C to -35 °C are common.", [("-20 °C to -35 °C", -35, -20)]),
    ("Some 10-15 gunmen came.", [("Some 10-15", 10, 15)]),
    ("Some 10\u201315 gunmen came.", [("Some 10\u201315", 10, 15)]),
    ("Two or three shells fell.", [("Two or three", 2, 3)]),
    ("Ten to twelve thousand fled.", [("Ten to twelve thousand", 10_000, 12_000)]),
    ("Between 1.5 and 2 million fled.", [("Between 1.5 and 2 million", 1_500_000, 2_000_000)]),
    ("Losses of $5m to $7m were booked.", [("$5m to $7m", 5_000_000, 7_000_000)]),
    ("Losses of $5-7 million were booked.", [("$5-7 million", 5_000_000, 7_000_000)]),
    ("Losses of \u00a33m-\u00a34m were booked.", [("\u00a33m-\u00a34m", 3_000_000, 4_000_000)]),
    ("Turnout of 5 to 7 per cent was seen.", [("5 to 7 per cent", 5, 7)]),
    ("A hole 8- to 16-metre wide opened.", [("8- to 16-metre", 8, 16)]),
    ("Between 44 km and 50 km of road is mined.", [("Between 44 km and 50 km", 44, 50)]),
]

VAGUE = [
    ("Thousands of prisoners escaped.", [("Thousands", NA, 1000, 9999, NA)]),
    ("Hundreds of detainees escaped.", [("Hundreds", NA, 100, 999, NA)]),
    ("They hold 100s of detainees.", [("100s", NA, 100, 999, NA)]),
    ("10s of thousands left.", [("10s of thousands", NA, 10_000, 99_999, NA)]),
    ("It lost 1,000s of head.", [("1,000s", NA, 1000, 9999, NA)]),
    ("Dozens were hurt.", [("Dozens", NA, 24, 99, NA)]),
    ("Scores of homes burned.", [("Scores", NA, 40, 99, NA)]),
    ("Tens of thousands marched.", [("Tens of thousands", NA, 10_000, 99_999, NA)]),
    ("Hundreds of thousands fled.", [("Hundreds of thousands", NA, 100_000, 999_999, NA)]),
    ("It held several hundred square kilometres.", [("several hundred square kilometres", NA, 200, 999, "several")]),
    ("Several thousand fled.", [("Several thousand", NA, 2000, 9999, "Several")]),
    ("A few hundred stayed.", [("A few hundred", NA, 200, 999, "A few")]),
    ("Several tens of thousands fled.", [("Several tens of thousands", NA, 20_000, 99_999, "Several")]),
    ("Several shells fell.", [("Several", NA, 3, 9, NA)]),
    ("A few shells fell.", [("A few", NA, 3, 5, NA)]),
    ("A handful of guards stayed.", [("A handful", NA, 3, 5, NA)]),
    ("A couple of guards stayed.", [("A couple", 2, 2, 2, NA)]),
    ("Millions of dollars vanished.", [("Millions of dollars", NA, 1_000_000, 9_999_999, NA)]),
]

UNITS = [
    ("They hold 12 square kilometres.", [("12 square kilometres", 12, "square kilometre", "area", NA)]),
    ("They hold 12 sq km.", [("12 sq km", 12, "square kilometre", "area", NA)]),
    ("They hold 12 km\u00b2.", [("12 km\u00b2", 12, "square kilometre", "area", NA)]),
    ("The front moved 5km north.", [("5km", 5, "kilometre", "distance", NA)]),
    ("A six-mile tunnel was found.", [("six-mile", 6, "mile", "distance", NA)]),
    ("He stood 5 feet 6 inches tall.", [("5 feet 6 inches", 5.5, "foot", "distance", NA)]),
    ("Output is 300,000 barrels per day.", [("300,000 barrels per day", 300_000, "barrel per day", "rate", NA)]),
    ("Output is 300,000 bpd.", [("300,000 bpd", 300_000, "barrel per day", "rate", NA)]),
    ("Output is 1.2 mb/d.", [("1.2 mb/d", 1_200_000, "barrel per day", "rate", NA)]),
    ("It shipped 40 tonnes of flour.", [("40 tonnes", 40, "tonne", "weight", NA)]),
    ("The plant gives 450 MW.", [("450 MW", 450, "megawatt", "other", NA)]),
    ("It flew at 90 km/h.", [("90 km/h", 90, "kilometre per hour", "rate", NA)]),
    ("Support fell 5 percentage points.", [("5 percentage points", 5, "percentage point", "percent", NA)]),
    ("Turnout was 41.5%.", [("41.5%", 41.5, "percent", "percent", NA)]),
    ("Turnout was 18 pc.", [("18 pc", 18, "percent", "percent", NA)]),
    ("Some fields lost 70 kb/d.", [("70 kb/d", 70_000, "barrel per day", "rate", NA)]),
    ("Turnout was ten per cent.", [("ten per cent", 10, "percent", "percent", NA)]),
    ("It lay five or so miles away.", [("five or so miles", 5, "mile", "distance", NA)]),
    ("It took nearly half an hour.", [("nearly half an hour", 0.5, "hour", "duration", NA)]),
    ("It held for two and half years.", [("two and half years", 2.5, "year", "duration", NA)]),
    ("It lasted for four more days.", [("four more days", 4, "day", "duration", NA)]),
    ("The clinics treat 30 a day.", [("30 a day", 30, "per day", "rate", NA)]),
    ("It shelters 90,000, up from 60,000 a year ago.", [("90,000", 90_000, NA, NA, NA), ("60,000", 60_000, NA, NA, NA)]),
    ("The clinic saw 80 cases, against 50 a month earlier.", [("80", 80, NA, NA, NA), ("50", 50, NA, NA, NA)]),
    ("Aid fell from $3bn a year before.", [("$3bn", 3_000_000_000, "US dollar", "money", "USD")]),
    ("It cost Rs7 crore.", [("Rs7 crore", 70_000_000, "Indian rupee", "money", "INR")]),
    ("It cost FCFA 300 million.", [("FCFA 300 million", 300_000_000, "CFA franc", "money", NA)]),
    ("It cost Ksh9,000.", [("Ksh9,000", 9000, "Kenyan shilling", "money", "KES")]),
    ("It is a $400-a-month post.", [("$400-a-month", 400, "US dollar per month", "money", "USD")]),
    ("A day later 12 a day were fed.", [("12 a day", 12, "per day", "rate", NA)]),
    ("It made $90 a day earlier this year.", [("$90 a day", 90, "US dollar per day", "money", "USD")]),
    ("He was sentenced to 15 years.", [("15 years", 15, "year", "duration", NA)]),
    ("It cost $1.2bn.", [("$1.2bn", 1_200_000_000, "US dollar", "money", "USD")]),
    ("It cost US$ 10 million.", [("US$ 10 million", 10_000_000, "US dollar", "money", "USD")]),
    ("It cost \u20ac5m.", [("\u20ac5m", 5_000_000, "euro", "money", "EUR")]),
    ("It cost 5 million euros.", [("5 million euros", 5_000_000, "euro", "money", "EUR")]),
    ("It cost LYD 40 million.", [("LYD 40 million", 40_000_000, "Libyan dinar", "money", "LYD")]),
    ("It cost 40m Libyan dinars.", [("40m Libyan dinars", 40_000_000, "Libyan dinar", "money", "LYD")]),
    ("It cost 40 million dinars.", [("40 million dinars", 40_000_000, "dinar", "money", NA)]),
    ("It cost 80 million pounds.", [("80 million pounds", 80_000_000, "pound sterling", "money", "GBP")]),
    ("It weighs 80 pounds.", [("80 pounds", 80, "pound", "weight", NA)]),
    ("The hotel paid a ransom of 70,000 pounds.", [("70,000 pounds", 70_000, "pound", "money", NA)]),
    ("He sold the boat for 4,500 pounds.", [("4,500 pounds", 4500, "pound", "money", NA)]),
    ("The depot sold 600 pounds last week.", [("600 pounds", 600, "pound", "weight", NA)]),
    ("They paid for 200 pounds of flour.", [("200 pounds", 200, "pound", "weight", NA)]),
    ("Fines of GEL 2.5m were set.", [("GEL 2.5m", 2_500_000, "lari", "money", "GEL")]),
    ("A grant of PEN 30 million was made.", [("PEN 30 million", 30_000_000, "Peruvian sol", "money", "PEN")]),
    ("It cost IDR300,000.", [("IDR300,000", 300_000, "Indonesian rupiah", "money", "IDR")]),
    ("It cost TRY 600 million.", [("TRY 600 million", 600_000_000, "Turkish lira", "money", "TRY")]),
    ("It cost MVR 40.", [("MVR 40", 40, "Maldivian rufiyaa", "money", "MVR")]),
    ("He bet 3m gourdes.", [("3m gourdes", 3_000_000, "Haitian gourde", "money", "HTG")]),
    ("Rice is 50,000 bol\u00edvares a bag.", [("50,000 bol\u00edvares", 50_000, "Venezuelan bolivar", "money", "VES")]),
    ("He had 20 z\u0142oty left.", [("20 z\u0142oty", 20, "zloty", "money", "PLN")]),
    ("A pass is 900 c\u00f3rdobas.", [("900 c\u00f3rdobas", 900, "Nicaraguan c\u00f3rdoba", "money", "NIO")]),
    ("A pass is 4,000 kwacha.", [("4,000 kwacha", 4000, "kwacha", "money", NA)]),
    ("Rent is 800,000 won a month.", [("800,000 won a month", 800_000, "won per month", "money", "KRW")]),
    ("Water boils at 100\u00b0 Celsius.", [("100\u00b0 Celsius", 100, "degree Celsius", "other", NA)]),
    ("Oil sold at $60 a barrel.", [("$60 a barrel", 60, "US dollar per barrel", "money", "USD")]),
    ("It cost 3 dollars 50 cents.", [("3 dollars 50 cents", 3.5, "US dollar", "money", "USD")]),
    ("A budget of 20 MEUR was set.", [("20 MEUR", 20_000_000, "euro", "money", "EUR")]),
    ("It fell to -5 degrees Celsius.", [("-5 degrees Celsius", -5, "degree Celsius", "other", NA)]),
    ("About 1.3m of 3.1m registered voters came.", [("About 1.3m", 1_300_000, NA, NA, NA), ("3.1m", 3_100_000, NA, NA, NA)]),
    ("A 3m deep trench was dug.", [("3m", 3, "metre", "distance", NA)]),
    ("Fuel is 0.15 dinars per litre.", [("0.15 dinars per litre", 0.15, "dinar per litre", "money", NA)]),
    ("About 5m people live there.", [("About 5m", 5_000_000, NA, NA, NA)]),
]

BOUNDED_MEASURES = [
    ("More than 2.5 km of wall fell.", NA, 2.5, NA),
    ("More than 30 km of wall fell.", NA, 30, NA),
    ("Under $5m was spent.", NA, NA, 5_000_000),
    ("Less than half came.", NA, NA, 0.5),
    ("At least several hundred came.", NA, 200, NA),
    ("Up to several thousand came.", NA, NA, 9999),
    ("Support is 52% \u00b1 3 there.", 52, 49, 55),
]

APART = [
    ("It rose from 4,000 to 5,000.", ["4,000", "5,000"]),
    ("It fell by 12 to 45.", ["12", "45"]),
    ("It fell from 5,000 to 100.", ["5,000", "100"]),
    ("Support fell from 48 to 36 per cent.", ["48", "36 per cent"]),
    ("They killed 20 and 30 fled.", ["20", "30"]),
    ("They hold 20 or 300 posts.", ["20", "300"]),
    ("It moved from 44 ml to 50 mg.", ["44 ml", "50 mg"]),
    ("It is worth $3 billion, and six planes came.", ["$3 billion", "six"]),
    ("Two thousand, five of them women, came.", ["Two thousand", "five"]),
    ("It took 12 in six boxes.", ["12", "six"]),
    ("The party of 3,000 won both seats.", ["3,000"]),
    ("Reads TRY 5 times.", ["5"]),
    ("They lost one truck in six raids.", ["one", "six"]),
]


def _figures(quantity: Quantity) -> tuple[str, str, float | None, float | None, float | None]:
    return quantity.text, quantity.kind, quantity.value, quantity.low, quantity.high


@pytest.mark.parametrize(("sentence", "expected"), COUNTS)
def test_counts_have_the_bounds_that_their_words_say(sentence: str, expected: list[tuple[object, ...]]) -> None:
    """Counts carry value and inclusive integer bounds."""
    assert [_figures(quantity) for quantity in find_quantities(sentence)] == expected


@pytest.mark.parametrize(("written", "value"), SPELLINGS)
def test_numbers_are_read_however_they_are_spelled(written: str, value: float) -> None:
    """Digits with any grouping and number words give the same values."""
    quantities = find_quantities(f"They counted {written} there.")
    assert [(quantity.text, quantity.value) for quantity in quantities] == [(written, pytest.approx(value))]


@pytest.mark.parametrize(("sentence", "expected"), FRACTIONS)
def test_parts_and_multiples_keep_their_rule(sentence: str, expected: list[tuple[object, ...]]) -> None:
    """Fractions, ratios and multiples have a value and the name of their rule."""
    found = find_quantities(sentence)
    assert [(q.text, q.kind, pytest.approx(q.value), q.rule) for q in found] == expected
    assert all(q.unit is None for q in found)


@pytest.mark.parametrize(("sentence", "expected"), RANGES)
def test_ranges_have_two_ends_and_no_midpoint(sentence: str, expected: list[tuple[object, ...]]) -> None:
    """A range has its two ends and no value."""
    found = find_quantities(sentence)
    assert [(q.text, q.low, q.high) for q in found] == expected
    assert {(q.kind, q.value, q.rule) for q in found} == {("range", None, "range")}


@pytest.mark.parametrize(("sentence", "expected"), VAGUE)
def test_vague_magnitudes_have_bounds_by_convention(sentence: str, expected: list[tuple[object, ...]]) -> None:
    """A vague magnitude has the bounds of the lexicon and keeps its lead word."""
    found = find_quantities(sentence)
    assert [(q.text, q.value, q.low, q.high, q.approximator) for q in found] == expected
    assert {q.kind for q in found} == {"vague"}


@pytest.mark.parametrize(("sentence", "expected"), UNITS)
def test_units_and_money_are_named_canonically(sentence: str, expected: list[tuple[object, ...]]) -> None:
    """A unit has its canonical name, class and currency, whatever it was written as."""
    assert [(q.text, q.value, q.unit, q.unit_class, q.currency) for q in find_quantities(sentence)] == expected


@pytest.mark.parametrize(("sentence", "value", "low", "high"), BOUNDED_MEASURES)
def test_bounds_of_measures_are_the_number_itself(sentence: str, value: float | None, low: float | None, high: float | None) -> None:
    """Measures, fractions and vague numbers are bounded by the number as written."""
    (quantity,) = find_quantities(sentence)
    assert (quantity.value, quantity.low, quantity.high) == (value, low, high)


@pytest.mark.parametrize(("sentence", "expected"), APART)
def test_two_numbers_that_are_no_range_stay_apart(sentence: str, expected: list[str]) -> None:
    """A change, a list and numbers of two units are two quantities."""
    assert [quantity.text for quantity in find_quantities(sentence)] == expected


def test_the_number_stands_inside_its_span() -> None:
    """The number's own span leaves out approximator, sign of currency and unit."""
    text = "At least $5 million and some 30 km were lost."
    assert [text[q.number_start : q.number_end] for q in find_quantities(text)] == ["5 million", "30"]


def test_approximators_are_kept_as_written() -> None:
    """The approximator is the words as they stand in the text."""
    found = find_quantities("Up to about 40 died, More than 30 fled and several thousand stayed.")
    assert [quantity.approximator for quantity in found] == ["Up to about", "More than", "several"]


def test_the_numbers_of_a_change_share_unit_and_scale() -> None:
    """The unit and scale that stand once behind a change belong to both its numbers."""
    assert [(q.value, q.unit) for q in find_quantities("Support fell from 48 to 36 per cent.")] == [(48, "percent"), (36, "percent")]
    assert [q.value for q in find_quantities("The debt rose from $3 to $4 million.")] == [3_000_000, 4_000_000]
    units = [q.unit for q in find_quantities("Output fell to 90,000 barrels a day in May from 1.2 million a year ago.")]
    assert units == ["barrel per day", "barrel per day"]
    assert [q.unit for q in find_quantities("It rose to 41% from 35, and to 300 tonnes from 12 mines.")] == [
        "percent",
        "percent",
        "tonne",
        None,
    ]


def test_line_wraps_do_not_part_a_quantity() -> None:
    """A newline inside a wrapped sentence is a space; a blank line parts."""
    assert [q.text for q in find_quantities("At\nleast three\nhundred\nkilometres")] == ["At\nleast three\nhundred\nkilometres"]
    assert [q.text for q in find_quantities("The total was three\n\nhundred men")] == ["three", "hundred"]
    assert [q.text for q in find_quantities("It was at least\r\n\r\nthree\r\nhundred men")] == ["three\r\nhundred"]


_VOCABULARY = (
    "at least,around,between,and,to,-, ,.,\n,three,hundred,thousand,million,half,a,third,dozen,several,hundreds,of,5,10,2 000,3.5,1/2,$"
    ",\u20ac,%,km,m,years,old,May,2019,one,point,or more,in,out of,:,/,twice,minus,e,x10^,^,st,(,),over,USD,per day,\u00bd,and a half"
    ",\u00b1,fifths,+,twenty,feet,inches,cents,from"
).split(",")
_PIECES = st.lists(st.sampled_from([*_VOCABULARY, ","]), max_size=14).map(" ".join)


_DIGITS_OF_ALL_KINDS = st.text(alphabet="0123456789\u00b2\u2077\u00bd\u0663\u09ea\U000112f0.,/-+ ekm$%\u00b0\n()", max_size=24)


@given(st.one_of(st.text(max_size=80), _DIGITS_OF_ALL_KINDS, _PIECES, _PIECES.map(lambda text: text.replace(" ", ""))))
def test_any_text_gives_sound_records(text: str) -> None:
    """Arbitrary text never raises; spans give back the text, do not overlap, and bounds are in order."""
    found = find_quantities(text)
    assert found == find_quantities(text)
    end = 0
    for quantity in found:
        assert end <= quantity.start <= quantity.number_start < quantity.number_end <= quantity.end
        assert text[quantity.start : quantity.end] == quantity.text
        figures = [figure for figure in (quantity.low, quantity.value, quantity.high) if figure is not None]
        assert figures
        assert figures == sorted(figures)
        end = quantity.end


@pytest.mark.parametrize(
    "unit",
    [
        "million ",
        "one hundred and ",
        "between 5 and ",
        "1,",
        "a third of ",
        "1 ",
        "five-",
        "$",
        "10/",
        "hundreds of ",
        "1.",
        "\u00bd",
        "1 to ",
        "at least ",
        "100 ",
        "9^99 ",
        "1e99 ",
        "one over ",
        "1-1/",
        "5 feet 2 ",
    ],
)
def test_long_runs_without_a_stop_are_read(unit: str) -> None:
    """Fifty thousand characters of one repeated form are read without trouble."""
    text = unit * (50_000 // len(unit))
    assert all(text[q.start : q.end] == q.text for q in find_quantities(text))
