"""What changed since the weeks before: actors, figures, events and contests, each line with the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from briefing_kit.answers import actor_mentions, numeric_claims, timeline
from briefing_kit.tables import Tables

RISE, JUMP = 10.0, 25.0  # per cent: the bands of ACLED's Trendfinder
LOW_MEAN, LOW_COUNT = 2.0, 5  # its low-base guard: below both, a percentage says nothing
UNREAL_FIGURES = ("hypothetical", "forecast", "denied")


@dataclass(frozen=True)
class Changes:
    """Four tables. actors: per actor counts and trend; figures: per measure before and now; events: new and moved; contested."""

    actors: pd.DataFrame
    figures: pd.DataFrame
    events: pd.DataFrame
    contested: pd.DataFrame

    def __str__(self) -> str:
        trends = self.actors["trend"].value_counts()
        events = self.events["status"].value_counts()
        return (
            f"Actors: {trends.get('new', 0)} new, {trends.get('returning', 0)} back, {trends.get('gone', 0)} gone. Figures changed: "
            f"{len(self.figures)}. Dated happenings: {events.get('new', 0)} new, {events.get('reported again', 0)} reported again, "
            f"{events.get('moved', 0)} moved to another date. Figures newly contested: {len(self.contested)}."
        )

    def records(self) -> dict[str, list[dict[str, object]]]:
        """The same as plain values, for JSON; missing is None, days are ISO dates."""
        return {name: _plain(getattr(self, name)) for name in ("actors", "figures", "events", "contested")}


def changes(this: Tables, before: Tables) -> Changes:
    """What the tables of one week hold that those of the weeks before it do not, and the other way round.

    Args:
        this: tables of one week.
        before: tables of the weeks before it; a week without a briefing is not counted in a mean.
    """
    return Changes(
        actors=actor_changes(this, before),
        figures=figure_changes(this, before),
        events=event_changes(this, before),
        contested=newly_contested(this, before),
    )


def actor_changes(this: Tables, before: Tables) -> pd.DataFrame:
    """One row per actor of either side: actor_id, actor, mentions, mean_before, last_week_seen, trend, mention_id; most mentioned first.

    `mention_id` is the row of the latest mention, the evidence of an actor that is gone too.
    The mean is over the weeks before that have a briefing. Trends: above 25 % a strong rise, 10 to 25 % a rise, down to -25 % little
    change, below that a fall, with a guard for a mean of at most 2 and a count of at most 5 ("limited change"), after ACLED's
    Trendfinder. Unnamed groups are left out.
    """
    now, then = (_named(actor_mentions(tables)) for tables in (this, before))
    weeks = sorted(before.documents["week"].dropna().unique())
    latest = pd.concat([then, now]).drop_duplicates("actor_id", keep="last").set_index("actor_id")
    names, mention_ids = latest["actor"], latest["mention_id"]
    counts = now.groupby("actor_id").size()
    by_week = then.groupby(["actor_id", "week"]).size()
    rows = []
    for actor_id in sorted(names.index):
        n_now = int(counts.get(actor_id, 0))
        past = by_week[actor_id] if actor_id in by_week.index.get_level_values(0) else pd.Series(dtype="int64")
        mean = float(past.sum()) / len(weeks) if weeks else 0.0
        last = past.index.max() if len(past) else None
        rows.append((actor_id, names[actor_id], n_now, round(mean, 2), last, _trend(n_now, mean, last, weeks), mention_ids[actor_id]))
    frame = pd.DataFrame(rows, columns=["actor_id", "actor", "mentions", "mean_before", "last_week_seen", "trend", "mention_id"])
    return frame.sort_values(["mentions", "mean_before", "actor_id"], ascending=[False, False, True], ignore_index=True)


def _named(mentions: pd.DataFrame) -> pd.DataFrame:
    return mentions[~mentions["actor_type"].isin(["group"]) & (mentions["mention_kind"] != "nominal")]


def _trend(n_now: int, mean: float, last: str | None, weeks: list[str]) -> str:
    if last is None:
        return "new"
    if n_now == 0:
        return "gone"
    if weeks and last != weeks[-1]:
        return "returning"
    if mean <= LOW_MEAN and n_now <= LOW_COUNT:
        return "limited change"
    percent = 100 * (n_now - mean) / mean
    for bound, word in ((JUMP, "strong rise"), (RISE, "rise"), (-JUMP, "little change")):
        if percent > bound:
            return word
    return "fall"


def figure_changes(this: Tables, before: Tables) -> pd.DataFrame:
    """One row per measure that both sides have with different figures: the latest before, the latest now, change and percent.

    Only levels and running totals are series: the dead of two different strikes are no change. Single values alone give a
    change; ranges, bounds and vague figures show as text. Columns: measure, unit_class, before, before_week, now, source, change,
    percent, approximate, before_id, claim_id.
    """
    now, then = (_latest(numeric_claims(tables)) for tables in (this, before))
    rows = []
    for series in sorted(now.keys() & then.keys()):
        new, old = now[series], then[series]
        if _same_bounds(new, old):
            continue
        both = pd.notna(new["value"]) and pd.notna(old["value"])
        change = float(new["value"]) - float(old["value"]) if both else None
        rows.append(
            {
                "measure": new["measure"],
                "unit_class": new["unit_class"],
                "before": old["text"],
                "before_week": old["week"],
                "now": new["text"],
                "source": new["source"],
                "change": change,
                "percent": round(100 * change / float(old["value"]), 1) if change is not None and float(old["value"]) else None,
                "approximate": {new["kind"], old["kind"]} != {"exact"},
                "before_id": old["claim_id"],
                "claim_id": new["claim_id"],
            }
        )
    columns = "measure unit_class before before_week now source change percent approximate before_id claim_id".split()
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"change": "Float64", "percent": "Float64"})


def _latest(claims: pd.DataFrame) -> dict[tuple[str, ...], pd.Series[Any]]:
    """For each series the last level or running total of the newest briefing that is put forward as fact.

    A series is a measure and a statistic; of nobody in particular, only rates (barrels per day) and the figures of one place are one.
    """
    displaced = (claims["unit_class"] == "displaced") & (claims["statistic"] == "count")
    running = claims["statistic"].isin(["level", "cumulative"]) | displaced
    real = claims[~claims["factuality"].isin(UNREAL_FIGURES) & running]
    everywhere = real["actor_id"].notna() | (real["unit_class"] == "rate")
    real = real[everywhere | (real["location"].notna() & (real["unit_class"] != "percent"))]
    place = real["location"].where(~everywhere, "").fillna("")
    ordered = real.assign(place=place).sort_values(["published_on", "doc_id", "start"], kind="stable")
    return {(str(row["measure"]), str(row["place"]), str(row["statistic"])): row for _, row in ordered.iterrows()}


def _same_bounds(new: pd.Series[Any], old: pd.Series[Any]) -> bool:
    return all(_equal(new[column], old[column]) for column in ("value", "low", "high"))


def event_changes(this: Tables, before: Tables) -> pd.DataFrame:
    """One row per dated happening of this week: new, reported again, or moved (reported before with another date).

    Columns: status, date_start, date_end, edtf, granularity, event_type, headline, location, source, before_start, event_id, cluster_id.
    """
    now, then = timeline(this), timeline(before)
    earlier = then.drop_duplicates("cluster_id").set_index("cluster_id")
    rows = []
    for event in now.drop_duplicates("cluster_id").to_dict("records"):
        old = earlier.loc[event["cluster_id"]] if event["cluster_id"] in earlier.index else None
        if old is None:
            status = "new"
        else:
            same = all(_equal(event[column], old[column]) for column in ("date_start", "date_end"))
            status = "reported again" if same else "moved"
        rows.append({**event, "status": status, "before_start": None if old is None else old["date_start"]})
    columns = "status date_start date_end edtf granularity event_type headline location source before_start event_id cluster_id".split()
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"date_start": "datetime64[s]", "date_end": "datetime64[s]", "before_start": "datetime64[s]"})


def _equal(a: Any, b: Any) -> bool:
    return bool(pd.isna(a) and pd.isna(b)) if pd.isna(a) or pd.isna(b) else bool(a == b)


def newly_contested(this: Tables, before: Tables) -> pd.DataFrame:
    """The contested claims of this week whose measure was not contested before, with their sources side by side."""
    now, then = numeric_claims(this), numeric_claims(before)
    known = set(then.loc[then["contested"], "measure"])
    fresh = now[now["contested"] & ~now["measure"].isin(known)]
    return fresh[["measure", "text", "source", "cue_class", "factuality", "as_of_start", "as_of_end", "claim_id"]].reset_index(drop=True)


def _plain(frame: pd.DataFrame) -> list[dict[str, object]]:
    def plain(value: Any) -> object:
        if pd.isna(value):
            return None
        return value.date().isoformat() if isinstance(value, pd.Timestamp) else value

    return [{str(key): plain(value) for key, value in row.items()} for row in frame.astype(object).to_dict("records")]
