"""Charts draw the data they are given, and say so where there is nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import briefing_kit as bk
from briefing_kit.weeks import select_week

ROOT = Path(__file__).parents[1]
NOTHING = "Nothing of note."


@pytest.fixture(scope="module")
def week():
    tables = bk.analyse(bk.load_briefings(ROOT / "data" / "briefings"), gazetteer=bk.load_gazetteer(ROOT / "data" / "actors.csv"))
    return select_week(tables, "2019-W42", 4)


def _labels(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


def test_mention_bars_are_the_counts(week):
    """One bar an actor, as long as its count, most first."""
    counts = bk.mention_counts(week.this).head(5)
    axes = bk.plot_mentions(week.this, top=5)
    assert [bar.get_width() for bar in axes.patches] == counts["mentions"].tolist()
    assert _labels(axes.yaxis) == counts["actor"].tolist()


def test_timeline_draws_each_happening_once(week):
    """As many labels as happenings in the window, and planned ones say so."""
    events = bk.timeline(week.this).drop_duplicates("cluster_id")
    newest = week.this.documents["published_on"].max()
    drawn = events[(newest - events["date_end"].fillna(events["date_start"])).dt.days <= 60]
    texts = [text.get_text() for text in bk.plot_timeline(week.this, days=60).texts]
    left_out = len(events) - len(drawn)
    assert len([t for t in texts if t != "published" and "not drawn" not in t]) == len(drawn)
    assert any(t.startswith(f"{left_out} earlier") for t in texts) == bool(left_out)
    assert sum("(planned)" in t for t in texts) == drawn["is_future"].sum()


def test_ladder_has_a_line_a_claim(week):
    """The claims ladder labels every claim that it draws."""
    assert len(_labels(bk.plot_claims(week.this, top=12).yaxis)) == len(bk.claims_ladder(week.this, top=12))


def test_heat_map_and_matrix(week):
    """Cells hold the numbers of their tables."""
    weeks = [*week.weeks_before, week.week]
    table = bk.actor_weeks(week.all, weeks, top=6)
    cells = [text.get_text() for text in bk.plot_actor_weeks(week.all, weeks, top=6).texts]
    assert sorted(map(int, cells)) == sorted(int(v) for w in weeks for v in table[w] if v and v > 0)
    pairs = bk.comentions(week.this)
    assert sum(int(t.get_text()) for t in bk.plot_comentions(week.this).texts) == pairs["sentences"].sum()


PLOTS = [
    lambda t: bk.plot_mentions(t),
    lambda t: bk.plot_claims(t),
    lambda t: bk.plot_timeline(t),
    lambda t: bk.plot_comentions(t),
    lambda t: bk.plot_reporting_lag(t),
    lambda t: bk.plot_attribution(t),
    lambda t: bk.plot_likelihood(t),
    lambda t: bk.plot_changes(t, t),
    lambda t: bk.plot_actor_weeks(t, ["2019-W42"]),
    lambda t: bk.plot_number_history(t, "x"),
]


@pytest.mark.parametrize("plot", PLOTS)
def test_nothing_to_draw_is_said_in_a_sentence(plot):
    """Empty tables give one sentence, not an empty frame."""
    tables = bk.analyse(NOTHING, document_date=date(2019, 10, 16))
    axes = plot(tables)
    assert len(axes.texts) == 1
    assert axes.texts[0].get_text().endswith(".")
    assert not axes.axison


@pytest.mark.parametrize("plot", PLOTS)
def test_charts_are_the_same_every_time(week, plot):
    """The same data gives the same SVG."""
    one, other = (bk.show_figure(plot(week.this), caption="c", alt="a").svg for _ in range(2))
    assert one == other


def test_settings_of_the_user_are_left_alone(week):
    """Drawing changes no rcParams."""
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    bk.plot_mentions(week.this)
    assert dict(mpl.rcParams) == before


def test_money_is_no_formula():
    """Dollar signs in labels stay dollar signs."""
    axes = bk.plot_claims("Officials said the deal was worth $5m. Others spoke of $7m.")
    assert "$5m" in bk.show_figure(axes, caption="$", alt="$").svg
