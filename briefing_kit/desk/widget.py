"""The bench in a notebook: an anywidget around an Exchange. All that it does is carry messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from briefing_kit.desk.exchange import Exchange
from briefing_kit.desk.sitting import Desk

_HERE = Path(__file__).parent
SCRIPTS = ("bench_parts.js", "bench_forms.js", "bench.js")  # one module for the browser, which has nothing to load others from


class BenchWidget(anywidget.AnyWidget):
    """The page travels whole when a briefing is opened; after that only answers do, with the rows that changed."""

    _esm = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    _css = _HERE / "bench.css"
    page = traitlets.Bytes().tag(sync=True)

    def __init__(self, desk: Desk) -> None:
        self._exchange = Exchange(desk)
        super().__init__(page=self._exchange.page())
        self.on_msg(self._asked)

    def _asked(self, _widget: Any, ask: Any, _buffers: Any) -> None:
        answer = self._exchange.answer(ask)
        if answer.get("page"):
            self.page = self._exchange.page()
        self.send(answer)
        if answer.get("rows") or answer.get("gone") or "actors" in answer:
            # Who looks at the page has the answer by now; a browser that reloads asks for the page as it is.
            self._trait_values["page"] = self._exchange.page()
