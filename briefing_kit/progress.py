"""A progress bar where somebody watches and the work takes longer than about two seconds."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")
_SECONDS = 2.0


def shown(steps: Iterable[_T], total: int, label: str, unit: str) -> Iterator[_T]:
    """The steps themselves, counted on standard error; in a notebook as a widget, and nowhere else unless it is a terminal."""
    if not (sys.stderr.isatty() or "ipykernel" in sys.modules):
        yield from steps
        return
    from tqdm.auto import tqdm

    yield from tqdm(steps, total=total, desc=label, unit=f" {unit}", delay=_SECONDS, leave=False)
