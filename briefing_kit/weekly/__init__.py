"""A run that can be trusted: parameters, plan, execute, publish, manifest, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing_kit.weekly.run import run_week as run_week

__all__ = ["run_week"]


def __getattr__(name: str) -> Any:
    """Import the run only when it is asked for: refusals and `--help` do without it."""
    if name == "run_week":
        from briefing_kit.weekly.run import run_week

        return run_week
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
