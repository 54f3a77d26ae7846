"""The timeline chart: what happened when, and how sure is the date?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing_kit.answers import Source, tables_of, timeline
from briefing_kit.view.style import INK, MAIN, MUTED, PLATE, in_style, new_axes, sentence_axes, shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EXACT = ("time", "part_of_day", "day", "days")
LABEL = 62  # characters of a headline that fit beside its mark
_ROW = 0.2


@in_style
def plot_timeline(source: Source, *, lanes: str = "event_type", days: int = 60, limit: int = 40) -> Axes:
    """What happened when? One row an event, in lanes: dot a day, bar an interval, hatched approximate, hollow planned, arrow open.

    Args:
        source: what `analyse` takes, or its result.
        lanes: the column of the events table that parts the lanes (event_type, location, source_kind ...).
        days: how far back from the newest publication day to look; earlier events are counted under the chart, not drawn.
        limit: most events drawn, the latest ones.

    >>> plot_timeline("Troops seized Sirte on 6 January 2020.").get_yticklabels()[0].get_text()
    'territory change'
    """
    tables = tables_of(source)
    events = timeline(tables).drop_duplicates("cluster_id")
    events = events[events["date_start"].notna() | events["date_end"].notna()]
    if events.empty:
        return sentence_axes("No event with a date.")
    first = events["date_start"].fillna(events["date_end"])
    newest = tables.documents["published_on"].max()
    since = first.min() if pd.isna(newest) else newest - pd.Timedelta(days=days)
    recent = events[events["date_end"].fillna(events["date_start"]) >= since]
    drawn = recent.tail(limit)
    if drawn.empty:
        return sentence_axes(f"No event in the {days} days before publication; {len(events)} earlier ones are in the table.")
    return _draw(drawn, lanes, newest, len(events) - len(drawn))


def _draw(events: pd.DataFrame, lanes: str, newest: Any, left_out: int) -> Axes:
    lane_of = events[lanes].astype("str").fillna("no " + lanes.replace("_", " ")).str.replace("_", " ")
    start = events["date_start"].fillna(events["date_end"])
    earliest = start.groupby(lane_of).min().sort_values(kind="stable")
    rank = {lane: at for at, lane in enumerate(earliest.index)}
    events = events.assign(lane=lane_of, begin=start, rank=lane_of.map(rank)).sort_values(["rank", "begin"], kind="stable")
    axes = new_axes(0.9 + _ROW * len(events) + 0.06 * len(rank))
    low, high = events["begin"].min(), events["date_end"].fillna(events["begin"]).max()
    if pd.notna(newest):
        high = max(high, newest)
    span = max((high - low).days, 6)
    at, ticks, names = 0.0, [], []
    for lane, group in events.groupby("rank", sort=True):
        top = at
        for _, event in group.iterrows():
            _mark(axes, event, at, span)
            at += 1
        ticks.append((top + at - 1) / 2)
        names.append(shorten(str(group["lane"].iloc[0]), 22))
        if lane != len(rank) - 1:
            axes.axhline(at - 0.35, color=MUTED, linewidth=0.4)
        at += 0.3
    # Labels stand right of their marks, so the axis needs room for the longest one after the last day.
    axes.set_xlim(low - timedelta(days=0.04 * span), high + timedelta(days=0.9 * span))
    axes.set_ylim(at - 0.4, -0.8)
    axes.set_yticks(ticks, names)
    axes.tick_params(axis="y", length=0)
    if pd.notna(newest):
        axes.axvline(newest, color=MUTED, linewidth=0.8, linestyle=(0, (4, 3)))
        axes.annotate("published", (newest, -0.75), xytext=(3, 0), textcoords="offset points", fontsize=6.5, color=MUTED, va="top")
    _day_axis(axes, low, high)
    if left_out:
        axes.annotate(
            f"{left_out} earlier event{'s' * (left_out != 1)} not drawn: see the table",
            (1, 0),
            xycoords="axes fraction",
            xytext=(0, 4),
            textcoords="offset points",
            ha="right",
            fontsize=6.5,
            color=MUTED,
        )
    return axes


def _mark(axes: Axes, event: pd.Series[Any], row: float, span: int) -> None:
    begin, end = event["date_start"], event["date_end"]
    approximate = event["granularity"] not in EXACT or "~" in str(event["edtf"])
    planned = bool(event["is_future"])
    face = "white" if planned or approximate else MAIN
    if pd.isna(begin) or pd.isna(end):
        known = end if pd.isna(begin) else begin
        axes.scatter([known], [row], s=26, marker="<" if pd.isna(begin) else ">", facecolors="white", edgecolors=MAIN, linewidths=1)
        reach = known
    elif begin == end:
        axes.scatter([begin], [row], s=22, marker="o", facecolors=face, edgecolors=MAIN, linewidths=1)
        reach = begin
    else:
        width = max((end - begin).days + 1, 0.012 * span)
        hatch = "//////" if approximate and not planned else None
        axes.barh([row], [width], left=[begin], height=0.5, facecolor=face, edgecolor=MAIN, linewidth=0.8, hatch=hatch)
        reach = begin + timedelta(days=width)
    label = shorten(str(event["headline"]), LABEL) + (" (planned)" if planned else "")
    axes.annotate(label, (reach, row), xytext=(5, 0), textcoords="offset points", va="center", fontsize=6.3, color=INK, bbox=PLATE)


def _day_axis(axes: Axes, low: Any, high: Any) -> None:
    import matplotlib.dates as mdates

    locator = mdates.AutoDateLocator(minticks=2, maxticks=7)  # with fewer than 7 matplotlib warns of some ranges
    axes.xaxis.set_major_locator(locator)
    ticks = [tick for tick in locator.tick_values(low, high) if mdates.date2num(low) - 1 <= tick <= mdates.date2num(high) + 1]
    years = {mdates.num2date(tick).year for tick in ticks}
    if len(years) > 1:  # labels with a year are long, and the labels of the events have half the width
        ticks = ticks[:: -(-len(ticks) // 4)]
    days = [mdates.num2date(tick) for tick in ticks]
    form = "{0.day} {0:%b}" if len(years) == 1 else "{0:%b %Y}" if all(day.day == 1 for day in days) else "{0.day} {0:%b %Y}"
    axes.set_xticks(ticks, [form.format(day) for day in days])
    axes.set_xlabel(str(min(years)) if len(years) == 1 else "")
    axes.grid(axis="x")
