"""Briefings as tables: actor mentions, numeric claims and a timeline in which every row can be defended.

    import briefing_kit as bk
    tables = bk.analyse(bk.load_briefing("2019-10-16_libya.md"))
    tables.mentions, tables.claims, tables.events

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing_kit.analysis import analyse
    from briefing_kit.answers import actor_mentions, coverage, numeric_claims, timeline, undated
    from briefing_kit.briefing import Briefing
    from briefing_kit.comparison import changes
    from briefing_kit.corrections import load_corrections, stale_corrections
    from briefing_kit.desk.bench import bench
    from briefing_kit.exports import export
    from briefing_kit.gazetteer import load_gazetteer
    from briefing_kit.measures import (
        actor_weeks,
        attribution_mix,
        claims_ladder,
        comentions,
        likelihoods,
        measure_label,
        mention_counts,
        reporting_lag,
    )
    from briefing_kit.reading import load_briefing, load_briefings
    from briefing_kit.scoring import score
    from briefing_kit.series import contested, number_history, totals
    from briefing_kit.sources import conventions, graded_sources
    from briefing_kit.store.archive import open_store
    from briefing_kit.tables import Tables, codebook, read_tables
    from briefing_kit.unknown_names import worklist
    from briefing_kit.view.charts import (
        plot_actor_weeks,
        plot_attribution,
        plot_changes,
        plot_claims,
        plot_comentions,
        plot_likelihood,
        plot_mentions,
        plot_number_history,
        plot_reporting_lag,
    )
    from briefing_kit.view.display import show_figure, show_table
    from briefing_kit.view.evidence import explain, show
    from briefing_kit.view.explore import explore
    from briefing_kit.view.marked import show_note
    from briefing_kit.view.timeline import plot_timeline
    from briefing_kit.weekly import run_week
    from briefing_kit.weekly.parameters import check_parameters
    from briefing_kit.weeks import load_week

_HOME = {
    "analysis": "analyse",
    "answers": "actor_mentions coverage numeric_claims timeline undated",
    "briefing": "Briefing",
    "comparison": "changes",
    "corrections": "load_corrections stale_corrections",
    "exports": "export",
    "desk.bench": "bench",
    "gazetteer": "load_gazetteer",
    "measures": "actor_weeks attribution_mix claims_ladder comentions likelihoods measure_label mention_counts reporting_lag",
    "reading": "load_briefing load_briefings",
    "scoring": "score",
    "series": "contested number_history totals",
    "sources": "conventions graded_sources",
    "store.archive": "open_store",
    "tables": "Tables codebook read_tables",
    "view.charts": (
        "plot_actor_weeks plot_attribution plot_changes plot_claims plot_comentions plot_likelihood plot_mentions "
        "plot_number_history plot_reporting_lag"
    ),
    "view.display": "show_figure show_table",
    "view.evidence": "explain show",
    "view.explore": "explore",
    "view.marked": "show_note",
    "view.timeline": "plot_timeline",
    "weekly": "run_week",
    "weekly.parameters": "check_parameters",
    "weeks": "load_week",
    "unknown_names": "worklist",
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names.split()}

__version__ = "0.1.0"
__all__ = [
    "Briefing",
    "Tables",
    "actor_mentions",
    "actor_weeks",
    "analyse",
    "attribution_mix",
    "bench",
    "changes",
    "check_parameters",
    "claims_ladder",
    "codebook",
    "comentions",
    "contested",
    "conventions",
    "coverage",
    "explain",
    "explore",
    "export",
    "graded_sources",
    "likelihoods",
    "load_briefing",
    "load_briefings",
    "load_corrections",
    "load_gazetteer",
    "load_week",
    "measure_label",
    "mention_counts",
    "number_history",
    "numeric_claims",
    "open_store",
    "plot_actor_weeks",
    "plot_attribution",
    "plot_changes",
    "plot_claims",
    "plot_comentions",
    "plot_likelihood",
    "plot_mentions",
    "plot_number_history",
    "plot_reporting_lag",
    "plot_timeline",
    "read_tables",
    "reporting_lag",
    "run_week",
    "score",
    "show",
    "show_figure",
    "show_note",
    "show_table",
    "stale_corrections",
    "timeline",
    "totals",
    "undated",
    "worklist",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext briefing_kit`: the magics `%%briefing`, `%actor` and `%measure`."""
    from briefing_kit.magics import load

    load(shell)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
