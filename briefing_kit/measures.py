"""The small tables behind the charts: counts, matrices and intervals, each from a whole set of tables."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from briefing_kit.answers import Source, actor_mentions, numeric_claims, tables_of, timeline

SOURCE_ORDER = ("author", "named", "organisation", "unnamed", "media", "document")


def measure_label(measure: str) -> str:
    """The key of a series as a reader would say it.

    >>> measure_label("islamic-state:fighters:LBY"), measure_label("-:displaced:LBY")
    ('islamic-state: fighters (LBY)', 'displaced (LBY)')
    """
    parts = measure.split(":")
    if len(parts) != 3:
        return measure
    actor, counted, country = parts
    counted = counted.replace("-", " ")
    return (counted if actor == "-" else f"{actor}: {counted}") + (f" ({country})" if country not in ("", "-") else "")


def mention_counts(source: Source) -> pd.DataFrame:
    """One row per actor: actor_id, actor, actor_type, mentions, sentences, first_seen, share.

    `share` is per cent of all mentions; `first_seen` is 0 at the top of the text and 1 at its end. Counts mentions, not events;
    places and pronouns are left out. Most mentioned first.
    """
    tables = tables_of(source)
    mentions = _one_name_each(actor_mentions(tables))
    lengths = tables.documents.set_index("doc_id")["n_characters"]
    place = mentions["start"] / mentions["doc_id"].map(lengths).clip(lower=1).astype("Int64")
    grouped = mentions.assign(place=place).groupby("actor_id", sort=True)
    counts = pd.DataFrame(
        {
            "actor": grouped["actor"].first(),
            "actor_type": grouped["actor_type"].first().astype("str"),
            "mentions": grouped.size(),
            "sentences": grouped["sentence_id"].nunique(),
            "first_seen": grouped["place"].min().astype("float64").round(2),
        }
    ).reset_index()
    counts["share"] = (100 * counts["mentions"] / max(1, len(mentions))).round(1)
    return counts.sort_values(["mentions", "first_seen", "actor_id"], ascending=[False, True, True], ignore_index=True)


def _one_name_each(mentions: pd.DataFrame) -> pd.DataFrame:
    """The mentions with one name per actor_id, told apart by the id where two actors bear the same."""
    names = mentions.groupby("actor_id")["actor"].first()
    doubled = names.duplicated(keep=False)
    names = names.where(~doubled, names + " (" + names.index + ")")
    return mentions.assign(actor=mentions["actor_id"].map(names))


def actor_weeks(source: Source, weeks: Sequence[str], *, top: int = 15) -> pd.DataFrame:
    """Mentions per actor (rows, the `top` most mentioned) and week (columns, in the order given); weeks without a briefing are <NA>."""
    tables = tables_of(source)
    mentions = _one_name_each(actor_mentions(tables))
    mentions = mentions[mentions["week"].isin(weeks)]
    counts = mentions.groupby(["actor", "week"]).size().unstack("week", fill_value=0)
    published = set(tables.documents["week"].dropna())
    counts = counts.reindex(columns=list(weeks), fill_value=0).astype("Int64")
    for week in weeks:
        if week not in published:
            counts[week] = pd.array([pd.NA] * len(counts), dtype="Int64")
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index[:top]
    counts.columns.name = None
    return counts.loc[order].reset_index()


def comentions(source: Source, *, top: int = 10) -> pd.DataFrame:
    """How many sentences name both of two actors, for the `top` most mentioned: one row per pair, most frequent first.

    Columns: actor, other, sentences. A count of sentences, not of dealings between the two.
    """
    mentions = _one_name_each(actor_mentions(source))
    leading = mentions.groupby("actor").size().sort_values(ascending=False, kind="stable").index[:top]
    pairs: dict[tuple[str, str], int] = {}
    for _, actors in mentions[mentions["actor"].isin(leading)].groupby("sentence_id", sort=False)["actor"]:
        names = sorted(set(actors))
        for at, one in enumerate(names):
            for other in names[at + 1 :]:
                pairs[one, other] = pairs.get((one, other), 0) + 1
    rows = [(one, other, n) for (one, other), n in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))]
    return pd.DataFrame(rows, columns=["actor", "other", "sentences"]).astype({"sentences": "int64"})


def claims_ladder(source: Source, *, top: int = 25) -> pd.DataFrame:
    """One row per claim with a figure that can be placed: label, value, low, high, kind, source, source_kind, factuality, claim_id.

    Claims of one measure stand together; the measures with most claims, then the largest figures come first.
    """
    claims = numeric_claims(source)
    claims = claims[claims[["value", "low", "high"]].notna().any(axis=1) & (claims["unit_class"] != "percent")]
    size = claims[["value", "low", "high"]].max(axis=1)
    order = pd.DataFrame({"n": claims.groupby("measure")["claim_id"].transform("size"), "measure": claims["measure"], "size": size})
    chosen = claims.loc[order.sort_values(["n", "measure", "size"], ascending=[False, True, False], kind="stable").index[:top]]
    columns = ["text", "measure", "value", "low", "high", "kind", "source", "source_kind", "factuality", "claim_id"]
    return chosen[columns].reset_index(drop=True)


def reporting_lag(source: Source) -> pd.DataFrame:
    """Days from the last day of each dated event to its publication: event_id, headline, granularity, date_end, published_on, days."""
    events = timeline(source)
    events = events[events["date_end"].notna() & events["published_on"].notna() & ~events["is_future"]]
    lag = (events["published_on"] - events["date_end"]).dt.days
    frame = events.assign(days=lag)[["event_id", "headline", "granularity", "date_end", "published_on", "days"]]
    return frame[frame["days"] >= 0].reset_index(drop=True)


def attribution_mix(source: Source) -> pd.DataFrame:
    """On whose word the claims and dated events rest: source_kind, stance (cue class; "none" for the author), claims, events."""
    tables = tables_of(source)
    parts = []
    for name, frame in (("claims", numeric_claims(tables)), ("events", timeline(tables))):
        stance = frame["cue_class"].astype("str").fillna("none")
        parts.append(
            frame.assign(stance=stance, source_kind=frame["source_kind"].astype("str"))
            .groupby(["source_kind", "stance"])
            .size()
            .rename(name)
        )
    mix = pd.concat(parts, axis=1).fillna(0).astype("int64").reset_index()
    rank = mix["source_kind"].map({kind: at for at, kind in enumerate(SOURCE_ORDER)})
    return mix.assign(rank=rank).sort_values(["rank", "stance"]).drop(columns="rank").reset_index(drop=True)


def likelihoods(source: Source) -> pd.DataFrame:
    """One row per estimative term and scale: likelihood_term, likelihood_scale, likelihood_low, likelihood_high (per cent), sentences."""
    sentences = tables_of(source).sentences
    said = sentences[sentences["likelihood_term"].notna()].assign(scale=lambda f: f["likelihood_scale"].astype("str"))
    said = said.assign(term=said["likelihood_term"].str.lower())
    keys = ["term", "scale", "likelihood_low", "likelihood_high"]
    counted = said.groupby(keys, dropna=False).size().rename("sentences").reset_index()
    return counted.sort_values(["likelihood_low", "term"], ignore_index=True)
