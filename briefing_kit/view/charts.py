"""One chart per question. Each takes what `analyse` takes (or its result), returns Axes, and says so where there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing_kit.answers import Source, tables_of
from briefing_kit.comparison import actor_changes
from briefing_kit.measures import (
    SOURCE_ORDER,
    actor_weeks,
    attribution_mix,
    claims_ladder,
    comentions,
    likelihoods,
    measure_label,
    mention_counts,
    reporting_lag,
)
from briefing_kit.tables import Tables
from briefing_kit.view.style import (
    GRID,
    INK,
    MAIN,
    MUTED,
    PALETTE,
    SOURCE_COLOURS,
    SOURCE_MARKERS,
    compact,
    in_style,
    label_points,
    legend_below,
    new_axes,
    sentence_axes,
    shorten,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW = 0.21  # inches per row of a chart with one line a row


_STANCES = {  # one look for each stance in every week's chart
    "none": ("#c8cdd2", ""),
    "neutral": (PALETTE[0], ""),
    "committed": (PALETTE[1], ".."),
    "distancing": (PALETTE[2], "///"),
    "warning": (PALETTE[3], "xx"),
    "denial": (PALETTE[4], "\\\\"),
}


@in_style
def plot_mentions(source: Source, *, top: int = 15) -> Axes:
    """Who dominates? Horizontal bars, mentions per actor, most first.

    >>> plot_mentions("The UN met Turkey. The UN left.").get_xlabel()
    'mentions'
    """
    counts = mention_counts(source).head(top)
    if counts.empty:
        return sentence_axes("No actor is mentioned.")
    axes = new_axes(0.6 + ROW * len(counts))
    places = range(len(counts))
    axes.barh(places, counts["mentions"], color=MAIN, height=0.7)
    for place, n in zip(places, counts["mentions"], strict=True):
        axes.annotate(f"{n}", (n, place), xytext=(3, 0), textcoords="offset points", va="center", fontsize=7.5)
    axes.set_yticks(places, [shorten(name) for name in counts["actor"]])
    axes.invert_yaxis()
    axes.set_xlabel("mentions")
    axes.locator_params(axis="x", integer=True)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    return axes


@in_style
def plot_changes(this: Tables, before: Tables, *, top: int = 15) -> Axes:
    """Who rose or fell? A dumbbell per actor: mean of the weeks before (ring) and this week (dot)."""
    frame = actor_changes(this, before)
    frame = frame[frame["trend"] != "limited change"]
    size = (frame["mentions"] - frame["mean_before"]).abs().sort_values(ascending=False, kind="stable")
    frame = frame.loc[size.index[:top]].sort_values(["mentions", "mean_before"], ascending=False, kind="stable")
    if frame.empty or before.documents.empty:
        return sentence_axes("No week before this one to compare with." if before.documents.empty else "No actor rose or fell notably.")
    axes = new_axes(0.7 + ROW * len(frame))
    for place, (_, row) in enumerate(frame.iterrows()):
        axes.plot([row["mean_before"], row["mentions"]], [place, place], color=MUTED, linewidth=1.2, zorder=1)
    places = range(len(frame))
    axes.scatter(
        frame["mean_before"], places, s=26, facecolors="white", edgecolors=INK, linewidths=1, label="mean of the weeks before", zorder=2
    )
    axes.scatter(frame["mentions"], places, s=28, color=MAIN, label="this week", zorder=3)
    axes.set_yticks(places, [f"{shorten(row['actor'], 34)} ({row['trend']})" for _, row in frame.iterrows()])
    axes.invert_yaxis()
    axes.set_xlim(left=-0.4)
    axes.set_xlabel("mentions a week")
    axes.grid(axis="x")
    axes.legend(loc="lower right")
    return axes


@in_style
def plot_actor_weeks(source: Source, weeks: Sequence[str], *, top: int = 15) -> Axes:
    """Who is new, back, gone? A heat map of mentions, actors by weeks; a hatched week has no briefing."""
    frame = actor_weeks(source, weeks, top=top)
    if frame.empty:
        return sentence_axes("No actor is mentioned in these weeks.")
    values = frame[list(weeks)].astype("Float64").to_numpy(dtype="float64", na_value=float("nan"))
    axes = new_axes(0.8 + ROW * len(frame))
    darkest = max(1.0, float(pd.Series(values.ravel()).max()) * 1.3)
    axes.imshow(values, aspect="auto", cmap="Blues", vmin=0, vmax=darkest)
    for row, column in ((r, c) for r in range(values.shape[0]) for c in range(values.shape[1])):
        value = values[row, column]
        if value > 0:
            colour = "white" if value > 0.55 * darkest else INK
            axes.text(column, row, f"{value:.0f}", ha="center", va="center", fontsize=7, color=colour)
    for column, week in enumerate(weeks):
        if frame[week].isna().all():
            axes.axvspan(column - 0.5, column + 0.5, facecolor="none", edgecolor=MUTED, hatch="////", linewidth=0)
    axes.set_xticks(range(len(weeks)), [week.replace("-", "\n") for week in weeks])
    axes.set_yticks(range(len(frame)), [shorten(name) for name in frame["actor"]])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return axes


@in_style
def plot_comentions(source: Source, *, top: int = 10) -> Axes:
    """Who appears with whom? A matrix of sentences that name both; counts, not dealings."""
    pairs = comentions(source, top=top)
    if pairs.empty:
        return sentence_axes("No sentence names two actors.")
    totals = pd.concat([pairs.groupby("actor")["sentences"].sum(), pairs.groupby("other")["sentences"].sum()])
    names = list(totals.groupby(level=0).sum().sort_values(ascending=False, kind="stable").index)
    axes = new_axes(1.3 + 0.26 * len(names))
    for _, pair in pairs.iterrows():
        one, other = sorted((names.index(pair["actor"]), names.index(pair["other"])))
        axes.scatter([one], [other], s=70 + 40 * pair["sentences"], color="#d3e8f8", edgecolors=MAIN, linewidths=0.8)
        axes.text(one, other, str(pair["sentences"]), ha="center", va="center", fontsize=7)
    axes.set_xticks(range(len(names)), [shorten(name, 30) for name in names], rotation=40, ha="right")
    axes.set_yticks(range(len(names)), [shorten(name, 34) for name in names])
    axes.set_xlim(-0.6, len(names) - 0.4)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(visible=True)
    axes.tick_params(length=0)
    return axes


@in_style
def plot_claims(source: Source, *, top: int = 25) -> Axes:
    """Who says how many? The claims ladder: dot exact, ring approximate, bar range or vague, arrow bound; colour and marker by source.

    >>> plot_claims("Officials said around 100 fighters remain.").get_xscale()
    'log'
    """
    frame = claims_ladder(source, top=top)
    if frame.empty:
        return sentence_axes("No figure is claimed.")
    axes = new_axes(1.15 + ROW * len(frame))
    seen: dict[str, Any] = {}
    for place, (_, row) in enumerate(frame.iterrows()):
        kind = str(row["source_kind"])
        colour, marker = SOURCE_COLOURS[kind], SOURCE_MARKERS[kind]
        low, high, value = (None if pd.isna(row[name]) else max(float(row[name]), 0.5) for name in ("low", "high", "value"))
        if value is not None:
            hollow = row["kind"] != "exact"
            drawn = axes.scatter(
                [value], [place], s=26, marker=marker, facecolors="white" if hollow else colour, edgecolors=colour, linewidths=1.2, zorder=3
            )
        elif low is not None and high is not None:
            axes.plot([low, high], [place, place], color=colour, linewidth=3.5, solid_capstyle="butt", alpha=0.45, zorder=2)
            drawn = axes.scatter([low, high], [place, place], s=14, marker="|", color=colour, zorder=3)
        else:
            drawn = axes.scatter([low or high or 0.5], [place], s=34, marker=">" if low is not None else "<", color=colour, zorder=3)
        seen.setdefault(kind, (drawn, colour, marker))
    axes.set_yticks(range(len(frame)), [shorten(text, 52) for text in frame["text"]])
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlabel("figure as claimed (log scale)")
    axes.xaxis.set_major_formatter(lambda x, _: compact(x))
    axes.minorticks_off()
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    order = [kind for kind in SOURCE_ORDER if kind in seen]
    handles = [axes.scatter([], [], s=26, marker=SOURCE_MARKERS[kind], color=SOURCE_COLOURS[kind]) for kind in order]
    legend_below(axes, "source", handles, order)
    return axes


@in_style
def plot_reporting_lag(source: Source) -> Axes:
    """How fresh is this? Days from event to publication, one dot an event."""
    frame = reporting_lag(source)
    if frame.empty:
        return sentence_axes("No dated event before the day of publication.")
    axes = new_axes(1.5)
    stacked = frame.groupby("days").cumcount()
    precise = frame["granularity"].isin(["time", "part_of_day", "day"])
    axes.scatter(frame["days"][precise], stacked[precise], s=22, color=MAIN, label="known to the day")
    axes.scatter(frame["days"][~precise], stacked[~precise], s=22, facecolors="white", edgecolors=MAIN, label="less precise")
    axes.set_yticks([])
    axes.set_ylim(-0.8, float(stacked.max()) + 1.2)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(f"days from the event's last day to publication (n = {len(frame)}, median {frame['days'].median():g})")
    axes.set_xscale("symlog", linthresh=14)
    axes.xaxis.set_major_formatter(lambda x, _: f"{x:g}")
    axes.set_xlim(left=-0.7)
    axes.grid(axis="x")
    axes.legend(loc="upper right")
    return axes


@in_style
def plot_attribution(source: Source) -> Axes:
    """What does this report rest on? Claims and dated events by kind of source, split by the stance of the reporting words."""
    mix = attribution_mix(source)
    if mix.empty:
        return sentence_axes("No claim and no dated event to attribute.")
    mix = mix.assign(rows=mix["claims"] + mix["events"])
    wide = mix.pivot_table(index="source_kind", columns="stance", values="rows", aggfunc="sum", fill_value=0)
    wide = wide.reindex([kind for kind in SOURCE_ORDER if kind in wide.index])
    axes = new_axes(1.1 + 0.28 * len(wide))
    left = pd.Series(0, index=wide.index)
    for stance, (colour, hatch) in _STANCES.items():
        if stance in wide.columns:
            axes.barh(range(len(wide)), wide[stance], left=left, color=colour, edgecolor="white", hatch=hatch, label=stance, height=0.65)
            left += wide[stance]
    for place, total in enumerate(left):
        axes.annotate(f"{total}", (total, place), xytext=(3, 0), textcoords="offset points", va="center", fontsize=7.5)
    axes.set_yticks(range(len(wide)), list(wide.index))
    axes.invert_yaxis()
    axes.set_xlabel("claims and dated events")
    axes.locator_params(axis="x", integer=True)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    legend_below(axes, "stance of the reporting words", *axes.get_legend_handles_labels())
    return axes


@in_style
def plot_likelihood(source: Source) -> Axes:
    """How firm are the judgements? Each estimative term on its scale's band of per cent; modals are not on any scale."""
    frame = likelihoods(source)
    frame = frame[frame["likelihood_low"].notna()].reset_index(drop=True)
    if frame.empty:
        return sentence_axes("No term of an estimative scale (ICD 203 or PHIA) is used.")
    axes = new_axes(0.8 + 0.26 * len(frame))
    for place, (_, row) in enumerate(frame.iterrows()):
        low, high = int(row["likelihood_low"]), int(row["likelihood_high"])
        axes.barh([place], [high - low], left=[low], color=MAIN, alpha=0.75, height=0.55)
        axes.annotate(
            f"{low}\u2013{high} %, n = {row['sentences']}",
            (high, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=7,
        )
    axes.set_yticks(range(len(frame)), [f"{row['term']} ({row['scale']})" for _, row in frame.iterrows()])
    axes.set_xlim(0, 118)
    axes.set_xticks(range(0, 101, 20))
    axes.set_xlabel("likelihood, per cent")
    axes.invert_yaxis()
    axes.grid(axis="x")
    return axes


@in_style
def plot_number_history(source: Source, measure: str) -> Axes:
    """How has the figure moved? One measure over its as-of days (else publication), with sources; nothing is drawn between the points."""
    claims = tables_of(source).claims
    rows = claims[(claims["measure"] == measure) & (claims["status"] != "rejected")]
    if rows.empty:
        return sentence_axes(f"No claim of {measure}.")
    day = rows["as_of_end"].fillna(rows["published_on"])
    rows = rows.assign(day=day).sort_values(["day", "start"], kind="stable")
    axes = new_axes(2.4)
    labels: dict[tuple[Any, float], list[str]] = {}
    for _, row in rows.iterrows():
        low, high, value = (None if pd.isna(row[name]) else float(row[name]) for name in ("low", "high", "value"))
        colour = SOURCE_COLOURS[str(row["source_kind"])]
        bounds = [bound for bound in (low, high) if bound is not None]
        if value is None and len(bounds) == 2:
            axes.plot([row["day"], row["day"]], bounds, color=colour, linewidth=3, alpha=0.5)
        height = value if value is not None else sum(bounds) / len(bounds)
        if value is not None:
            hollow = row["kind"] != "exact"
            axes.scatter([row["day"]], [value], s=28, facecolors="white" if hollow else colour, edgecolors=colour, linewidths=1.2, zorder=3)
        elif len(bounds) == 1:
            axes.scatter([row["day"]], bounds, s=34, marker="^" if low is not None else "v", color=colour, zorder=3)
        labels.setdefault((row["day"], height), []).append(f"{shorten(str(row['text']), 40)}, {shorten(str(row['source']), 36)}")
    axes.set_title(measure_label(measure), loc="left")
    axes.margins(x=0.25, y=0.3)
    axes.grid(axis="y", color=GRID)
    axes.yaxis.set_major_formatter(lambda y, _: compact(y))
    import matplotlib.dates as mdates

    locator = mdates.AutoDateLocator(minticks=2, maxticks=7)  # with fewer than 7 matplotlib warns of some ranges
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))
    label_points(axes, [(day, height, "\n".join(dict.fromkeys(told))) for (day, height), told in labels.items()])
    return axes
