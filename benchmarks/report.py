"""The report stage beside the usual routes to a PDF: one run, one machine, cold processes, the same notebook for all.

Run `python benchmarks/report.py` from a checkout. `--rivals` (or the variable BRIEFING_KIT_RIVALS) names the Python of an environment
that has `weasyprint` and `nbconvert[webpdf]`; without it this one is asked. What is missing is named, not guessed. The
notebooks are built here (no kernel): one of 5 charts and 60 claims with whole sentences, one of a table of 5,000 rows, printed whole.
Times are the least of several rounds; memory is that of the largest process of a route.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = """
import sys; sys.path.insert(0, {tests!r})
import nbformat, reporting as r
from briefing_kit.view import display
display.HTML_ROW_LIMIT = 10**6  # the other routes print the notebook's own HTML: they get every row too
cells = ["# Benchmark"]
for i in range(1, 6):
    cells += [f"## Part {{i}}", r.code(r.output(r.show_figure(r.chart(), caption="Mentions.", alt="bars"))),
              r.code(r.output(r.show_table(r.claims(12), caption="One row per claim.", columns=r.NAMES)))]
nbformat.write(r.book(*cells), "{folder}/week.ipynb")
nbformat.write(r.book("# Long", r.code(r.output(r.show_table(r.claims(5000), caption="Rows.", columns=r.NAMES)))), "{folder}/rows.ipynb")
"""
OURS = """
import sys
from datetime import date
from briefing_kit.weekly.lean import lean_imports
with lean_imports():
    import nbformat
from briefing_kit.report import html, pdf, typstdoc
from briefing_kit.report.meta import ReportMeta
typstdoc.ROW_LIMIT = html.ROW_LIMIT = 10**6
book = nbformat.read(sys.argv[1], as_version=4)
meta = ReportMeta(title="Benchmark", published=(date(2019, 10, 16),), marking="TLP:CLEAR")
if sys.argv[2].endswith("html"):
    open(sys.argv[2], "w", encoding="utf-8").write(html.render_html([book], meta))
else:
    open(sys.argv[2], "wb").write(pdf.render_pdf([book], meta).data)
"""
# nbconvert's own exporter; only the browser is the system's, which its launcher has no option for.
WEBPDF = """
import sys
from playwright.async_api import BrowserType
launch = BrowserType.launch
BrowserType.launch = lambda self, **options: launch(self, executable_path=sys.argv[3], **options)
from nbconvert.exporters import WebPDFExporter
data, _ = WebPDFExporter(disable_sandbox=True, exclude_input=True).from_filename(sys.argv[1])
open(sys.argv[2], "wb").write(data)
"""
WEASYPRINT = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')"
Commands = list[list[str]]


def routes(notebook: Path, rivals: str) -> dict[str, Commands | str]:
    """Each route as the commands that it runs one after another, or the reason why it can't; ours comes first."""
    page, out = str(notebook.with_suffix(".html")), str(notebook.with_suffix(".out.pdf"))
    ours = [sys.executable, "-c", OURS, str(notebook)]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    webpdf: Commands | str = [[rivals, "-c", WEBPDF, str(notebook), out, str(chromium)]]
    if chromium is None:
        webpdf = "chromium is not installed"
    elif not has(rivals, "playwright, nbconvert"):
        webpdf = "nbconvert[webpdf] is not installed"
    return {
        "briefing_kit: PDF/UA-1 and PDF/A-2a": [[*ours, out]],
        "briefing_kit: HTML": [[*ours, page]],
        "nbconvert --to briefing-pdf (prints 500 rows)": [[sys.executable, "-m", "nbconvert", "--to", "briefing-pdf", str(notebook)]],
        "nbconvert --to webpdf, the system's Chromium": webpdf,
        "briefing_kit: HTML, then WeasyPrint as PDF/UA-1": (
            [[*ours, page], [rivals, "-c", WEASYPRINT, page, out]]
            if has(rivals, "weasyprint")
            else "weasyprint (or its Pango) is not installed"
        ),
    }


def has(python: str, modules: str) -> bool:
    """Whether this interpreter can import the modules."""
    return subprocess.run([python, "-c", f"import {modules}"], capture_output=True, check=False).returncode == 0


def measure(commands: Commands, limit: float) -> dict[str, float] | str:
    """Wall and processor seconds of the commands together and the memory (MB) of the largest process, or why there are none."""
    total = {"wall_s": 0.0, "cpu_s": 0.0, "peak_mb": 0.0}
    for command in commands:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, start_new_session=True)
        stop = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        stop.start()
        _, status, usage = os.wait4(process.pid, 0)
        stop.cancel()
        if status:
            return f"stopped after {limit:g} s" if time.perf_counter() - began >= limit else "failed"
        total["wall_s"] += time.perf_counter() - began
        total["cpu_s"] += usage.ru_utime + usage.ru_stime
        total["peak_mb"] = max(total["peak_mb"], usage.ru_maxrss / 1024)
    return total


def best(commands: Commands, rounds: int, limit: float) -> dict[str, float] | str:
    """The least of several rounds in each figure; a route that fails or takes too long has one round."""
    found: dict[str, float] = {}
    for _ in range(rounds):
        one = measure(commands, limit)
        if isinstance(one, str):
            return one
        found = {key: min(value, found.get(key, value)) for key, value in one.items()}
    return {key: round(value, 2) for key, value in found.items()}


def main() -> None:
    """Print one line a route, with the ratio of its time to ours."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the small notebook (default 3); the long one has one")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds after which a route is stopped (default 120)")
    parser.add_argument(
        "--rivals", default=os.environ.get("BRIEFING_KIT_RIVALS", sys.executable), help="a Python that has weasyprint and nbconvert[webpdf]"
    )
    options = parser.parse_args()
    figures: dict[str, dict[str, dict[str, float] | str]] = {}
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([sys.executable, "-c", BUILD.format(tests=str(ROOT / "tests"), folder=name)], check=True)
        for title, file, rounds in (("5 charts, 60 rows", "week.ipynb", options.rounds), ("5,000 rows", "rows.ipynb", 1)):
            print(f"\n{title:48}   wall s  ratio    cpu s  peak MB")
            told: dict[str, dict[str, float] | str] = {}
            for route, commands in routes(Path(name) / file, options.rivals).items():
                told[route] = commands if isinstance(commands, str) else best(commands, rounds, options.limit)
                print(line(route, told[route], next(iter(told.values()))), flush=True)
            figures[title] = told
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def line(route: str, figure: dict[str, float] | str, ours: dict[str, float] | str) -> str:
    """One route of the printed table."""
    if isinstance(figure, str):
        return f"{route:48}   {figure}"
    ratio = f"{figure['wall_s'] / ours['wall_s']:6.1f}" if isinstance(ours, dict) else "     –"
    return f"{route:48}   {figure['wall_s']:6.2f} {ratio}   {figure['cpu_s']:6.2f}   {figure['peak_mb']:6.0f}"


if __name__ == "__main__":
    main()
