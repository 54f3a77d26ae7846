"""A real JupyterLab on a workbook and a headless Chromium before it, for tests, benchmarks and pictures. No network but loopback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
# Chromium's own calls home would be refused here and would fail a test that looks for requests.
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
).split()
TOKEN = "analyst"
BENCH_CELL = "import briefing_kit as bk\n\nbk.bench()"


@dataclass
class Lab:
    """A running JupyterLab; `seen` collects what pages asked for and complained about."""

    url: str
    seen: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, browser: Any, notebook: str, *, width: int = 1280, height: int = 900) -> Any:
        """A page with a notebook, its kernel ready."""
        page = browser.new_context(viewport={"width": width, "height": height}).new_page()
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda asked: self.seen.append(asked.url))
        page.on("websocket", lambda asked: self.seen.append(asked.url))
        page.set_default_timeout(60_000)  # another program may have the machine
        page.goto(f"{self.url}/lab/tree/notebooks/{notebook}?token={TOKEN}&reset")
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        return page

    def run_all(self, page: Any, timeout: int = 60_000) -> None:
        """Run every cell, and wait until the kernel is idle again."""
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        page.wait_for_selector('.jp-Notebook-ExecutionIndicator:not([data-status="idle"])', timeout=10_000)
        page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=timeout)

    def elsewhere(self) -> set[str]:
        """Addresses other than this server that pages asked for."""
        here = urlsplit(self.url).netloc
        asked = {urlsplit(url).netloc for url in self.seen if not url.startswith(("data:", "blob:"))}
        return asked - {here}

    def forget_kernels(self) -> None:
        """End every session, so that the next notebook begins with a fresh kernel."""
        for session in json.loads(self._call("GET", "sessions")):
            self._call("DELETE", f"sessions/{session['id']}")

    def use_theme(self, theme: str) -> None:
        """JupyterLab's light or dark theme, as its settings menu sets it, for pages opened from now on."""
        raw = json.dumps({"theme": f"JupyterLab {theme.title()}"})
        body = json.dumps({"raw": raw}).encode()
        self._call("PUT", "settings/@jupyterlab/apputils-extension:themes", body, api="lab/api")

    def _call(self, method: str, path: str, body: bytes | None = None, api: str = "api") -> bytes:
        headers = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}
        request = Request(f"{self.url}/{api}/{path}", method=method, headers=headers, data=body)
        with urlopen(request, timeout=30) as answer:
            return bytes(answer.read())


@contextmanager
def running_lab(workbook: Path, scratch: Path) -> Iterator[Lab]:
    """JupyterLab with the shipped settings on a free port; what it would keep in the user's folders goes to scratch."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "JPY", "BRIEFING_KIT"))} | {
        "JUPYTER_CONFIG_PATH": str(ROOT / ".jupyter"),
        "JUPYTER_CONFIG_DIR": str(scratch / "config"),
        "JUPYTER_DATA_DIR": str(scratch / "data"),
        "JUPYTER_RUNTIME_DIR": str(scratch / "runtime"),
        "IPYTHONDIR": str(scratch / "ipython"),
    }
    options = (
        f"--no-browser --allow-root --port=0 --ServerApp.ip=127.0.0.1 --IdentityProvider.token={TOKEN} --LabApp.news_url=None "
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --ServerApp.terminals_enabled=False"
    )
    command = [sys.executable, "-m", "jupyterlab", *options.split(), f"--ServerApp.root_dir={workbook}"]
    process = subprocess.Popen(command, env=environment, cwd=workbook, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if found := re.search(r"(http://127\.0\.0\.1:\d+)/lab", line):
                break
        else:
            raise RuntimeError("JupyterLab did not start:\n" + "".join(said[-20:]))
        os.set_blocking(process.stderr.fileno(), False)
        lab = Lab(found[1])
        yield lab
        lab.forget_kernels()
    finally:
        process.terminate()
        process.wait(30)
        if process.stderr is not None:
            process.stderr.close()


@contextmanager
def running_browser() -> Iterator[Any]:
    """Headless Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def copied_workbook(folder: Path) -> Path:
    """This repository's data and notebooks in a folder of their own."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return folder


def write_notebook(path: Path, *sources: str) -> None:
    """A notebook with these code cells, none of them run."""
    cells = [
        {"cell_type": "code", "id": f"cell-{number}", "metadata": {}, "source": source, "execution_count": None, "outputs": []}
        for number, source in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def select_words(page: Any, words: str) -> None:
    """Select words in the bench's text, as dragging over them would."""
    page.evaluate(
        """(words) => {
            const walker = document.createTreeWalker(document.querySelector(".bk-bench .bk-text"), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(node, at, node, at + words.length);
                return;
            }
            throw new Error(`no ${words} in the text`);
        }""",
        words,
    )
