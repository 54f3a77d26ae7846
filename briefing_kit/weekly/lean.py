"""A leaner start: one slow import that no run needs, kept out while papermill and nbformat load."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

SLOW = "rfc3987_syntax"  # builds some 35 grammars at import; checks a format that no Jupyter schema uses


@contextmanager
def lean_imports() -> Iterator[None]:
    """Imports in this block do without `rfc3987_syntax` (jsonschema takes it only where it finds it); after it all is as before."""
    absent = SLOW not in sys.modules
    if absent:
        sys.modules[SLOW] = None  # type: ignore[assignment]  # the documented way to make an import fail
    try:
        yield
    finally:
        if absent and sys.modules.get(SLOW, True) is None:
            del sys.modules[SLOW]
