"""What a careful reader finds in the three briefings of tests/sudan_week, written down before any extractor had read them.

Claims: words, value, low, high, unit class, source. Events: day or interval (EDTF), type, words that the headline holds. The lists name
what must be there; the days of events and the claims are complete.
"""

CLAIMS = [
    ("fewer than 100 people", None, None, 99, "people", "(author)"),
    ("91 of its citizens", 91, 91, 91, "people", "(author)"),
    ("66 people", 66, 66, 66, "people", "(author)"),
    ("at least 420 people", None, 420, None, "killed", "World Health Organization"),
    ("3,700", 3700, 3700, 3700, "injured", "World Health Organization"),
    ("459", 459, 459, 459, "killed", "WHO"),
    ("4,072", 4072, 4072, 4072, "injured", "WHO"),
    ("up to 270,000 people", None, None, 270000, "displaced", "UNHCR"),
    ("Around 20,000", 20000, None, None, "displaced", "(author)"),
    ("74", 74, 74, 74, "killed", "Sudan Doctors' Union"),
    ("512 people", 512, 512, 512, "killed", "health ministry"),
    ("4,193", 4193, 4193, 4193, "injured", "health ministry"),
]
DAYS = {
    "2023-04-15": "Fighting",
    "2023-04-22": "helicopter",
    "2023-04-24": "ceasefire",
    "2023-04-25": "air strikes",
    "2023-04-27": "truce",
    "2023-04-28": "shot at",
    "2023-05-02": "African Union",
}
ACTORS = {
    "sudanese-armed-forces": "state_force",
    "rapid-support-forces": "armed_group",
    "united-states": "state",
    "saudi-arabia": "state",
    "world-health-organization": "igo",
    "mohamed-hamdan-dagalo": "person",
    "antony-blinken": "person",
    "african-union": "igo",
}
