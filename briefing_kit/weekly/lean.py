"""A leaner start: two slow imports that no run needs, kept out while other libraries load."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

# rfc3987_syntax builds some 35 grammars for a format that no Jupyter schema uses (jsonschema takes it where it finds it);
# hypothesis is what pandera makes test data with, where it finds it.
SLOW = ("rfc3987_syntax", "hypothesis")


@contextmanager
def lean_imports() -> Iterator[None]:
    """Imports in this block do without the slow modules, which their importers treat as optional; after it all is as before."""
    absent = [name for name in SLOW if name not in sys.modules]
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]  # the documented way to make an import fail
    try:
        yield
    finally:
        for name in absent:
            if sys.modules.get(name, name) is None:
                del sys.modules[name]
